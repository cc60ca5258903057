"""What runs out soon: keys, changes of keys, confirmations, waivers, bans, last days. As text, JSON and a calendar."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from munsocial.errors import OutputRefused
from munsocial.journal import open_journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.credentials import Credential, Handover
from munsocial.model.statements import Waiver
from munsocial.operate.plans.plan import Step, new_plan
from munsocial.operate.reminding.reminders import Reminder, ReminderKind, reminders_of
from munsocial.operate.reminding.showing import as_calendar, as_json, as_text, save_reminders
from munsocial.policy.act import Act
from munsocial.testing import factories as make
from munsocial.wording import Text, printable

TODAY = date(2026, 11, 23)
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def key(**fields: Any) -> Credential:
    known = {"id": "page-key", "account": "administration-vk", "kind": "community_key", "holder": "ivanova"}
    return Credential.model_validate({**known, **fields})


def waiver(last: date) -> Waiver:
    return Waiver(requirement="a#b", subject="administration-vk", reason="ремонт", approver="ivanova", last_day=last)


def reminded(*records: Any, days: int = 30, **more: Any) -> list[Reminder]:
    registry = make.district(make.account(), make.person("ivanova"), *records)
    return list(reminders_of(registry, TODAY, days=days, **more))


def act(kind: str, **params: Any) -> Act:
    return make.act(make.requirement(kind, **params))


@pytest.mark.parametrize(
    ("situation", "records", "expected"),
    [
        ("a key that expires in a week", [key(expires=day(7))], [("key", 7)]),
        ("a key that expires in a year", [key(expires=day(365))], []),
        ("a key that has expired is told until it is renewed", [key(expires=day(-400))], [("key", -400)]),
        ("a revoked key matters no more", [key(expires=day(7), revoked=day(-1))], []),
        ("a key without a term", [key()], []),
        ("a waiver that ends today", [waiver(TODAY)], [("waiver", 0)]),
        ("a waiver that ended last week", [waiver(day(-7))], [("waiver", -7)]),
        ("a waiver that ended last year", [waiver(day(-300))], []),
        (
            "a confirmation with a last day of its own",
            [make.attestation("account.bound_phone", "administration-vk", valid_until=day(20))],
            [("confirmation", 20)],
        ),
        (
            "of two confirmations the newer one counts",
            [
                make.attestation("account.bound_phone", "x", date=day(-400), valid_until=day(-30)),
                make.attestation("account.bound_phone", "x", date=day(-1), valid_until=day(300)),
            ],
            [],
        ),
    ],
)
def test_what_is_told(situation: str, records: list[Any], expected: list[tuple[str, int]]) -> None:
    assert [(one.kind.value, one.days_left(TODAY)) for one in reminded(*records)] == expected, situation


def test_a_confirmation_without_a_last_day_runs_out_by_the_act() -> None:
    stated = make.attestation("profile.features", "administration-vk", date=day(-80))
    found = reminded(stated, acts=[act("profile.features", any_of=["widget"], valid_days=90)])
    assert [(one.kind, one.days_left(TODAY)) for one in found] == [(ReminderKind.CONFIRMATION, 10)]


@pytest.mark.parametrize(
    ("situation", "applies_to", "expected"),
    [
        ("every body", [], [5]),
        ("this kind of body", ["administration"], [5]),
        ("another kind of body", ["settlement"], []),
    ],
)
def test_a_key_is_to_be_changed_as_often_as_the_act_says(
    situation: str, applies_to: list[str], expected: list[int]
) -> None:
    law = make.act(make.requirement("credentials.hygiene", rotate_every="90d").but(applies_to=tuple(applies_to)))
    found = reminded(key(rotated=day(-85)), acts=[law])
    assert [one.days_left(TODAY) for one in found if one.kind is ReminderKind.ROTATION] == expected, situation


@pytest.mark.parametrize(
    ("every", "changed", "due", "words"),
    [
        ("90d", date(2026, 8, 27), date(2026, 11, 25), "велит раз в 90 дней"),
        ("3m", date(2026, 8, 27), date(2026, 11, 27), "велит раз в 3 месяца"),
        ("1y", date(2025, 11, 30), date(2026, 11, 30), "велит раз в год"),
    ],
)
def test_months_and_years_are_those_of_the_calendar(every: str, changed: date, due: date, words: str) -> None:
    law = make.act(make.requirement("credentials.hygiene", rotate_every=every))
    (found,) = [one for one in reminded(key(rotated=changed), acts=[law]) if one.kind is ReminderKind.ROTATION]
    assert found.day == due
    assert words in found.what.ru


def test_of_two_acts_the_nearer_term_is_told() -> None:
    laws = [
        make.act(make.requirement("credentials.hygiene", rotate_every=every), id=name)
        for name, every in (("order", "3m"), ("krai", "91d"))
    ]
    (found,) = [one for one in reminded(key(rotated=date(2026, 8, 27)), acts=laws) if one.kind is ReminderKind.ROTATION]
    assert (found.day, "krai" in found.what.ru) == (date(2026, 11, 26), True)


@pytest.mark.parametrize(("last", "told"), [(0, 1), (-1, 0)])
def test_an_act_that_has_ended_asks_for_no_change_of_keys(last: int, told: int) -> None:
    law = make.act(make.requirement("credentials.hygiene", rotate_every="90d"), in_force_until=day(last))
    found = reminded(key(rotated=day(-85)), acts=[law])
    assert len([one for one in found if one.kind is ReminderKind.ROTATION]) == told


def test_a_keeper_who_leaves_is_told_of_while_keys_hang_on_them() -> None:
    leaver = make.person("petrov", until=day(5))
    told = reminded(leaver, key(holder="petrov"))
    assert [one.kind for one in told] == [ReminderKind.LEAVING]
    assert f"{leaver.name}: последний рабочий день, а ещё числится: " in told[0].what.ru  # whether he or she
    given = Handover(account="administration-vk", giver="petrov", taker="ivanova", date=day(-1))
    assert reminded(leaver, key(holder="petrov"), given) == []
    assert reminded(leaver) == []


def test_bans_of_a_snapshot_that_end() -> None:
    bans = [make.ban("55", until=NOW + timedelta(days=3)), make.ban("56", until=None)]
    seen = make.snapshot(make.view("administration-vk", bans=bans))
    found = reminded(snapshot=seen)
    assert [(one.kind, one.item, one.days_left(TODAY)) for one in found] == [(ReminderKind.BAN, "55", 3)]


def test_bans_of_the_journal_and_their_review(tmp_path: Path) -> None:
    registry = make.district(make.account(), make.person("ivanova"))
    until, review = NOW + timedelta(days=20), NOW + timedelta(days=10)

    def step(name: str, action: str, user: str) -> Step:
        ends = None if user == "77" else until.isoformat()  # one is banned for good
        params = {"user": user, "until": ends, "review": review.isoformat()}
        facts = {"account": "administration-vk", "network": "vk", "action": action, "params": params}
        return Step(id=name, key=name, ru="x", en="x", **facts)

    plan = new_plan(
        "ban",
        registry,
        [step("s1", "ban", "55"), step("s2", "ban", "66"), step("s3", "unban", "66"), step("s4", "ban", "77")],
        now=NOW,
    )
    with open_journal(tmp_path / "j.sqlite", clock=lambda: NOW) as journal:
        book = StepBook(journal)
        book.enter(plan.id, plan.digest, plan.model_dump_json(), [(one.id, one.key, None) for one in plan.steps])
        for one in plan.steps:
            book.take(plan.id, one.id)
            book.settle(plan.id, one.id, "confirmed", {"user": one.params["user"], "until": one.params["until"]})
        found = reminders_of(registry, TODAY, days=30, journal=journal)
    assert [(one.kind.value, one.item, one.days_left(TODAY)) for one in found] == [
        ("review", "55", 10),
        ("review", "77", 10),
        ("ban", "55", 20),
    ]


def some() -> list[Reminder]:
    return reminded(key(expires=day(7)), waiver(day(-2)), make.attestation("x", "y", valid_until=TODAY))


def test_text_says_how_many_days_are_left_in_both_languages() -> None:
    told = as_text(some(), today=TODAY)
    assert "ПРОСРОЧЕНО на 2 дн." in told
    assert "сегодня" in told
    assert "через 7 дн." in told
    assert "in 7 d." in as_text(some(), today=TODAY, lang="en")


def test_json_holds_the_same() -> None:
    rows = json.loads(as_json(some(), today=TODAY))
    assert [(row["kind"], row["days_left"]) for row in rows] == [("waiver", -2), ("confirmation", 0), ("key", 7)]
    assert set(rows[0]) == {"kind", "subject", "item", "day", "days_left", "what", "remedy"}


def test_a_calendar_program_reads_it() -> None:
    calendar = Calendar.from_ical(as_calendar(some(), today=TODAY, now=NOW, district="Лесной район"))
    events = calendar.walk("VEVENT")
    assert [str(one["summary"]) for one in events][2].startswith("administration-vk: истекает ключ")
    # What is overdue stands on today: a calendar shows nobody the past.
    assert [one.start for one in events if isinstance(one, Event)] == [TODAY, TODAY, day(7)]
    assert all(one.walk("VALARM") for one in events)


def test_a_name_that_turns_letters_round_turns_none_of_ours(tmp_path: Path) -> None:
    turned = Reminder(
        ReminderKind.WAIVER, day(1), "adm\u202e-vk", Text("\u2066a", "a"), Text("Продлите\u202d.", "E"), "x"
    )
    for name in ("x.ics", "x.txt"):
        save_reminders([turned], tmp_path / name, today=TODAY, now=NOW, district="Лесной\u202e")
        assert not TURNING & set((tmp_path / name).read_text("utf-8")), name


def test_events_keep_their_names_from_day_to_day() -> None:
    def names(today: date) -> list[str]:
        made = as_calendar(some(), today=today, now=NOW, district="Лесной район")
        return [str(one["uid"]) for one in Calendar.from_ical(made).walk("VEVENT")]

    assert names(TODAY) == names(day(3))
    assert len(set(names(TODAY))) == 3


def test_a_strange_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="ics"):
        save_reminders(some(), tmp_path / "x.pdf", today=TODAY, now=NOW, district="")


@pytest.mark.parametrize("suffix", [".ics", ".json", ".txt"])
def test_what_no_text_can_hold_stops_no_reminder(tmp_path: Path, suffix: str) -> None:
    """Of who is banned the network tells; a broken sign of its answer must not cost the whole list."""
    broken = Text("кончается блокировка a\ud800b\x1bc", "the ban of a\ud800b\x1bc ends")
    terms = [Reminder(ReminderKind.BAN, day(3), "page", broken, Text("Продлите.", "Extend."), "a\ud800")]
    save_reminders(terms, tmp_path / f"x{suffix}", today=TODAY, now=NOW, district="")
    told = (tmp_path / f"x{suffix}").read_bytes().decode()
    assert "a?b" in told.replace("\r\n ", "")
    assert "\x1b" not in told


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(',;\\:"\n\u00a0📅ЁБ'), min_size=1, max_size=200
)


@given(texts=st.lists(WORDS, min_size=1, max_size=4, unique=True))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_a_calendar_keeps_to_the_letter_of_its_standard(texts: list[str]) -> None:
    """RFC 5545: lines end with CRLF, take at most 75 octets, break no letter; commas, semicolons, line ends escaped."""
    terms = [
        Reminder(ReminderKind.WAIVER, day(place), f"page-{place}", Text(text, text), Text("Продлите.", "Extend."), text)
        for place, text in enumerate(texts)
    ]
    made = as_calendar(terms, today=TODAY, now=NOW, district=texts[0])
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in made.replace(b"\r\n", b"")
    for line in made.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode() is not None
    lines = made.decode().replace("\r\n ", "").split("\r\n")
    said = [_unescaped(line.partition(":")[2]) for line in lines if line.startswith("SUMMARY:")]
    assert said == [printable(f"{one.subject}: {one.what.ru}") for one in terms]
    name = next(line for line in lines if line.startswith("X-WR-CALNAME:"))
    assert _unescaped(name.partition(":")[2]) == printable(f"Аккаунты: сроки ({texts[0]})")
    names = [line for line in lines if line.startswith("UID:")]
    assert len(set(names)) == len(names) == len(terms)
    assert [line for line in lines if line.startswith("DTSTAMP")] == ["DTSTAMP:20261123T070000Z"] * len(terms)
    assert lines.count("BEGIN:VALARM") == lines.count("END:VALARM") == len(terms)
    assert next(line for line in lines if line.startswith("DTSTART")) == "DTSTART;VALUE=DATE:20261123"


def _unescaped(value: str) -> str:
    """Read a TEXT as the standard has it, by an eye of our own; a bare comma or semicolon would be a fault."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value)
    return re.sub(r"\\([nN,;\\])", lambda found: "\n" if found[1] in "nN" else found[1], value)

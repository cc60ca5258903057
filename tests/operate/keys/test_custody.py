"""Who holds which key on any day, and what hangs on a person who leaves."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.errors import InputError
from munsocial.model.content import Manager
from munsocial.model.credentials import Credential, Handover
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.model.statements import Waiver
from munsocial.operate.keys.custody import Basis, custody_on
from munsocial.operate.keys.dismissal import Dismissal, HangingKind, dismissal_of
from munsocial.testing import factories as make
from munsocial.wording import Text

BORN, FIRST, SECOND = date(2025, 1, 10), date(2026, 3, 1), date(2026, 9, 1)
DAY = date(2026, 11, 23)


def key(**fields: Any) -> Credential:
    known = {"id": "page-key", "account": "administration-vk", "kind": "community_key", "holder": "ivanova"}
    return Credential.model_validate({**known, "since": BORN, **fields})


def over(day: date, giver: str | None, taker: str, **fields: Any) -> Handover:
    return Handover.model_validate(
        {"account": "administration-vk", "giver": giver, "taker": taker, "date": day} | fields
    )


def people(*more: Any) -> list[Any]:
    return [make.account(), make.person("ivanova"), make.person("petrov"), make.person("sidorova"), *more]


@pytest.mark.parametrize(
    ("situation", "records", "day", "holder"),
    [
        ("no handover: the record decides", [key()], DAY, "ivanova"),
        ("before the first handover its giver held it", [key(), over(FIRST, "ivanova", "petrov")], BORN, "ivanova"),
        ("on the day of the handover the taker holds it", [key(), over(FIRST, "ivanova", "petrov")], FIRST, "petrov"),
        (
            "of two handovers the last one decides",
            [key(), over(FIRST, "ivanova", "petrov"), over(SECOND, "petrov", "sidorova")],
            DAY,
            "sidorova",
        ),
        (
            "between two handovers the first taker held it",
            [key(holder="sidorova"), over(SECOND, "petrov", "sidorova"), over(FIRST, "ivanova", "petrov")],
            date(2026, 5, 5),
            "petrov",
        ),
        ("one of another key changes nothing", [key(), over(FIRST, None, "petrov", credential="x")], DAY, "ivanova"),
        ("one from before the key was about another", [key(since=SECOND), over(FIRST, None, "petrov")], DAY, "ivanova"),
        (
            "the record names who came later and nobody wrote down who was before",
            [key(holder="petrov"), over(FIRST, None, "petrov")],
            BORN,
            None,
        ),
    ],
)
def test_the_holder_of_a_day(situation: str, records: list[Any], day: date, holder: str | None) -> None:
    held = custody_on(make.district(*people(*records)), day)
    assert [one.holder for one in held] == [holder], situation


@pytest.mark.parametrize(
    ("situation", "fields"),
    [
        ("a key that is not there yet", {"since": date(2027, 1, 1)}),
        ("a key whose days are over", {"until": date(2026, 11, 22)}),
        ("a key revoked on that very day", {"revoked": DAY}),
    ],
)
def test_a_dead_key_is_held_by_nobody(situation: str, fields: dict[str, Any]) -> None:
    assert custody_on(make.district(*people(key(**fields))), DAY) == (), situation


@given(st.lists(st.dates(BORN, DAY), max_size=5, unique=True), st.dates(BORN, DAY))
def test_there_is_one_holder_on_each_day_and_the_order_of_records_changes_nothing(days: list[date], day: date) -> None:
    names = ["ivanova", "petrov", "sidorova"]
    chain = [over(on, names[n % 3], names[(n + 1) % 3]) for n, on in enumerate(sorted(days))]
    expected = names[sum(on <= day for on in days) % 3]
    for records in (chain, chain[::-1]):
        held = custody_on(make.district(*people(key(), *records)), day)
        assert [one.holder for one in held] == [expected]


def test_what_is_wrong_with_custody_is_noted() -> None:
    gone = make.person("ivanova", until=date(2026, 9, 30))
    registry = make.district(make.account(), gone, key(expires=date(2026, 11, 1), third_party="агентство"))
    held = custody_on(registry, DAY)[0]
    told = " ".join(note.ru for note in held.notes)
    assert held.basis is Basis.RECORD
    assert all(word in told for word in ("30.09.2026", "01.11.2026", "агентство"))


def test_a_record_that_the_last_handover_contradicts_is_noted() -> None:
    registry = make.district(*people(key(holder="sidorova"), over(FIRST, "ivanova", "petrov")))
    assert any("petrov" in note.ru and "sidorova" in note.ru for note in custody_on(registry, DAY)[0].notes)


def leaving(*views: Any, **profiles: str) -> Dismissal:
    registry = make.district(
        make.account(phone="+78616320000", owner_person="ivanova"),
        make.account("school-vk", "education"),
        make.phone(kind="private"),
        make.person("ivanova", profiles=profiles or {"vk": "501"}),
        make.person("petrov"),
        make.appointment("ivanova"),
        make.appointment("petrov", "education", deputy="ivanova"),
        key(),
        Waiver(requirement="order#posts", subject="education", reason="ремонт", approver="ivanova", last_day=DAY),
        Waiver(
            requirement="order#posts",
            subject="over",
            reason="было",
            approver="ivanova",
            last_day=DAY - timedelta(days=1),
        ),
        Waiver(requirement="order#posts", subject="anothers", reason="ремонт", approver="petrov", last_day=DAY),
        make.attestation("account.bound_phone", "administration-vk", by="ivanova"),
    )
    seen = make.snapshot(*views) if views else None
    return dismissal_of(registry, "ivanova", DAY, snapshot=seen)


def test_everything_that_hangs_on_a_person_is_listed() -> None:
    found = leaving(
        make.view(managers=[make.manager("501"), make.manager("777")]),
        make.view("school-vk", managers=[make.manager("501", "editor")]),
    )
    kinds = {one.kind for one in found.things}
    assert kinds == set(HangingKind) - {HangingKind.UNSEEN}
    assert [one.subject for one in found.of(HangingKind.ADMINISTRATOR)] == ["administration-vk", "school-vk"]
    assert [one.subject for one in found.of(HangingKind.APPOINTMENT)] == ["administration"]
    assert [one.subject for one in found.of(HangingKind.WAIVER)] == ["education"]
    assert "личному" in found.of(HangingKind.PHONE)[0].what.ru
    assert "00" in found.of(HangingKind.PHONE)[0].what.ru
    assert "8616320" not in found.of(HangingKind.PHONE)[0].what.ru


def test_it_is_told_in_words_and_not_in_codes() -> None:
    found = leaving(make.view(managers=[make.manager("501", "administrator")]))
    power = Text("управляет страницей в сети: администратор", "has power over the page: administrator")
    assert [one.what for one in found.of(HangingKind.ADMINISTRATOR)] == [power]
    duties = "хранение логинов и паролей, передача логинов и паролей, ведение аккаунтов, модерация"
    assert found.of(HangingKind.APPOINTMENT)[0].what.ru.startswith(f"отвечает за: {duties} (")
    assert found.of(HangingKind.WAIVER)[0].what == Text(
        "утвердил исключение order#posts до 23.11.2026", "approved the waiver order#posts until 2026-11-23"
    )
    stated = found.of(HangingKind.ATTESTATION)[0].what
    assert stated.ru.startswith("подтверждает факт «Аккаунт привязан к служебному телефону владельца» (от ")
    assert re.search(r"от \d\d\.\d\d\.\d{4}\)$", stated.ru)


def test_a_fact_of_ones_own_stands_as_it_is() -> None:
    registry = make.district(*people(make.attestation("our.own_fact", "administration-vk", by="ivanova")))
    stated = dismissal_of(registry, "ivanova", DAY).of(HangingKind.ATTESTATION)
    assert ["«our.own_fact»" in one.what.ru for one in stated] == [True]


def partly(*managers: Manager) -> AccountView:
    hidden = Missing(why=Why.NO_RIGHT, ru="Роль скрыта.", en="A role is hidden.", item="778")
    return make.view(managers=Observed[tuple[Manager, ...]](value=managers, gaps=(hidden,)))


@pytest.mark.parametrize(("since", "hangs"), [(DAY, False), (DAY + timedelta(days=1), True)])
def test_power_over_a_page_laid_up_later_hangs_until_then(since: date, hangs: bool) -> None:
    registry = make.district(make.account(mothballed=since), make.person("ivanova", profiles={"vk": "501"}))
    seen = make.snapshot(make.view(managers=[make.manager("501")]))
    found = dismissal_of(registry, "ivanova", DAY, snapshot=seen)
    assert bool(found.of(HangingKind.ADMINISTRATOR)) is hangs


def test_the_number_of_a_page_to_which_one_holds_the_key_hangs() -> None:
    registry = make.district(make.account(phone="+78616320000"), make.person("ivanova"), key())
    assert [one.subject for one in dismissal_of(registry, "ivanova", DAY).of(HangingKind.PHONE)] == [
        "administration-vk"
    ]


@pytest.mark.parametrize(
    ("situation", "found"),
    [
        ("no snapshot", leaving()),
        ("managers were not read", leaving(make.view(managers=make.missing()))),
        ("the roles of some are hidden", leaving(partly(make.manager("777")))),
        ("no profile of the person is on record", leaving(make.view(managers=[make.manager("777")]), ok="9")),
    ],
)
def test_what_was_not_seen_is_never_taken_for_nothing(situation: str, found: Dismissal) -> None:
    assert [one.subject for one in found.of(HangingKind.UNSEEN)] == ["administration-vk"], situation
    assert not found.clear
    assert not [
        one for one in found.of(HangingKind.UNSEEN) for words in (one.say("ru"), one.say("en")) if ".." in words
    ]


def test_a_hidden_role_of_others_says_nothing_where_the_person_is_seen() -> None:
    assert leaving(partly(make.manager("501"))).of(HangingKind.UNSEEN) == ()


def test_nothing_hangs_on_a_person_who_gave_everything_away() -> None:
    registry = make.district(*people(key(), over(FIRST, "ivanova", "petrov")))
    seen = make.snapshot(make.view(managers=[]))
    assert dismissal_of(registry, "ivanova", DAY, snapshot=seen).clear
    with pytest.raises(InputError, match="people"):
        dismissal_of(registry, "nobody", DAY)

"""The helpers of tests do what they say, and none lets a check pass that has checked nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from munsocial.model.base import Record
from munsocial.model.bodies import Municipality
from munsocial.model.registry import LanguageWord
from munsocial.model.snapshot import AccountView
from munsocial.model.statements import ExemptPeriod, Waiver
from munsocial.policy import Report, Requirement, audit, load_acts
from munsocial.testing import assert_complies
from munsocial.testing.factories import (
    MOMENT,
    MOSCOW,
    account,
    act,
    appointment,
    body,
    comment,
    district,
    message,
    missing,
    moment,
    person,
    post,
    requirement,
    snapshot,
    status,
    view,
    weekly,
)

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "unit-tests.md"
FAR_EAST = "2026-11-18T12:00:00+12:00"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-18", datetime(2026, 11, 18, tzinfo=MOSCOW)),
        ("2026-11-18 12:00", datetime(2026, 11, 18, 12, tzinfo=MOSCOW)),
        (FAR_EAST, datetime(2026, 11, 18, 12, tzinfo=timezone(timedelta(hours=12)))),
    ],
)
def test_a_moment_keeps_its_offset(text: str, meant: datetime) -> None:
    assert moment(text) == meant


@pytest.mark.parametrize("make", [lambda: post(FAR_EAST), lambda: comment(at=FAR_EAST), lambda: message(at=FAR_EAST)])
def test_what_is_made_keeps_its_offset(make: Callable[[], Any]) -> None:
    assert make().at == datetime.fromisoformat(FAR_EAST)


@pytest.mark.parametrize("number", [0, 1, 5, 26, 30, 500])
def test_a_week_holds_all_its_posts(number: int) -> None:
    days = {one.at.astimezone(MOSCOW) for one in weekly(number)}
    assert len(days) == number
    assert all(moment("2026-11-16") <= day < moment("2026-11-23") for day in days)


def test_a_district_takes_every_kind_of_record() -> None:
    word = LanguageWord(word="негодяй~", category="insult", reason="жители")
    assert district(word).words == (word,)
    with pytest.raises(TypeError, match="Municipality"):
        district(Municipality(id="other", name="Другой"))


def _report(*demands: Any, **fields: Any) -> Report:
    return audit(
        district(account()), snapshot(view(posts=weekly(5)), since="2026-11-16"), [act(*demands, **fields)], MOMENT
    )


@pytest.mark.parametrize(
    ("situation", "report"),
    [
        ("a slip in the addressee", _report(requirement("posting.frequency", min=5, applies_to=["adminstration"]))),
        ("a demand of the future", _report(requirement("posting.frequency", min=5, since_="2027-01-01"))),
        ("an act that is over", _report(requirement("posting.frequency", min=5), in_force_until=date(2025, 1, 1))),
    ],
)
@pytest.mark.parametrize("choice", [{"kind": "posting.frequency"}, {"clause": "1"}, {}])
def test_a_choice_under_which_nobody_was_judged_fails(situation: str, report: Report, choice: dict[str, str]) -> None:
    with pytest.raises(AssertionError, match="Ничего не проверено: "):
        assert_complies(report, **choice)  # type: ignore[arg-type]  # none of them is strict


def _of_five(*records: Record, **fields: Any) -> Report:
    """Five posts a week are wanted of a page that never published."""
    scope = fields.pop("scope", "per_account")
    ask = requirement("posting.frequency", min=5, scope=scope, networks_=fields.pop("networks_", None))
    empty = snapshot(view(posts=()), since="2026-11-16")
    return audit(district(*records), empty, [act(ask, **fields)], MOMENT)


REST = ExemptPeriod(
    subject="administration",
    since=date(2026, 11, 1),
    until=date(2026, 11, 30),
    reason="пожар",
    kinds=("reply.deadline",),
)


@pytest.mark.parametrize(
    ("situation", "report"),
    [
        ("a body without an account", _of_five(body())),
        ("a demand on another network", _of_five(account(), networks_=("ok",))),
        ("an act that names another network", _of_five(account(), networks=("ok",))),
        ("a page that was closed long before", _of_five(account(closed=date(2026, 1, 20)))),
        ("its sum", _of_five(account(closed=date(2026, 1, 20)), scope="per_body")),
        ("the sum of a page that opens later", _of_five(account(opened=date(2027, 1, 1)), scope="per_body")),
        ("a page that is mothballed", _of_five(account(mothballed=date(2026, 1, 1)))),
        ("a network that may not be used", _of_five(account(), network_status=(status("vk"),))),
        (
            "an account that is closed",
            audit(
                district(account(closed=date(2026, 1, 1))),
                snapshot(),
                [act(requirement("profile.design", required=["avatar"]))],
                MOMENT,
            ),
        ),
        (
            "a duty that rests",
            audit(
                district(body(), REST), snapshot(), [act(requirement("reply.deadline", limit=24, unit="hours"))], MOMENT
            ),
        ),
    ],
)
def test_a_choice_under_which_no_page_could_be_judged_fails(situation: str, report: Report) -> None:
    with pytest.raises(AssertionError, match="Ничего не проверено: "):
        assert_complies(report, clause="1")


@pytest.mark.parametrize(
    ("situation", "ask"),
    [
        ("nobody is in the black list", requirement("moderation.sanctions", "may")),
        ("no citizen asked", requirement("reply.deadline", limit=24, unit="hours")),
    ],
)
def test_where_nothing_happened_nothing_is_broken(situation: str, ask: Requirement) -> None:
    report = audit(district(account()), snapshot(view(bans=())), [act(ask)], MOMENT)
    assert {str(one.outcome) for one in report.findings} == {"not_applicable"}, situation
    assert_complies(report, clause="1")


UNSEEN = (
    ("an empty snapshot", ()),
    ("a page whose posts nobody asked for", (view(),)),
    ("a page that could not be reached", (view(posts=missing("unreachable")),)),
)


@pytest.mark.parametrize(("situation", "views"), UNSEEN, ids=[one[0] for one in UNSEEN])
def test_a_choice_of_which_nothing_was_seen_fails(situation: str, views: tuple[AccountView, ...]) -> None:
    fifth = requirement("posting.frequency", min=5)
    elsewhere = requirement("posting.frequency", min=5, networks_=("ok",), id_="elsewhere")
    report = audit(district(account()), snapshot(*views, since="2026-11-16"), [act(fifth, elsewhere)], MOMENT)
    assert {str(one.outcome) for one in report.findings} == {"unknown", "not_applicable"}
    choices: tuple[dict[str, Any], ...] = ({}, {"clause": "1"}, {"subject": "administration-vk"}, {"strict": True})
    for choice in choices:
        with pytest.raises(AssertionError) as failed:
            assert_complies(report, lang="en", **choice)
        head, reason, *_ = str(failed.value).splitlines()
        assert head.startswith("Nothing was judged: the answer is unknown, 1 of "), choice
        assert "[unknown]" in reason, choice
    assert_complies(report, clause="1", strict=False)


def test_an_unknown_answer_beside_one_that_is_known_fails_only_the_strict() -> None:
    pages = district(account(), account("administration-ok", network="ok"))
    seen = snapshot(view(posts=weekly(5)), since="2026-11-16")
    report = audit(pages, seen, [act(requirement("posting.frequency", min=5))], MOMENT)
    assert {str(one.outcome) for one in report.findings} >= {"met", "unknown"}
    assert_complies(report, clause="1")
    with pytest.raises(AssertionError, match="Не соответствует"):
        assert_complies(report, clause="1", strict=True)


def test_a_waived_answer_may_stay_unknown() -> None:
    excuse = {"reason": "ключа нет", "approver": "ivanova", "last_day": date(2026, 12, 31)}
    waiver = Waiver(requirement="posting-frequency", subject="administration-vk", **excuse)
    ask = act(requirement("posting.frequency", min=5), id="order")
    report = audit(district(account(), waiver), snapshot(since="2026-11-16"), [ask], MOMENT)
    assert [(str(one.outcome), one.waiver is not None) for one in report.findings] == [("unknown", True)]
    assert_complies(report, clause="1")


def test_one_who_is_judged_is_enough() -> None:
    nobody = requirement("posting.frequency", min=5, applies_to=["school"], id_="schools")
    assert_complies(_report(requirement("posting.frequency", min=5), nobody), kind="posting.frequency")


def test_a_language_that_nobody_speaks_is_told_as_everywhere() -> None:
    """`say` of all else answers in English when it is not asked for Russian."""
    report = _report(requirement("posting.frequency", min=50))
    with pytest.raises(AssertionError, match="Does not comply"):
        assert_complies(report, kind="posting.frequency", lang="de")  # type: ignore[arg-type]


def test_the_test_in_the_manual_can_fail() -> None:
    code = MANUAL.read_text("utf-8").split("```python", 1)[1].split("\n", 1)[1].split("```", 1)[0]
    names: dict[str, Any] = {}
    exec(code, names)
    judged = names["test_no_contractor_is_responsible"]

    def report(contractor: bool) -> Callable[..., Report]:
        registry = district(body(), account(), person(contractor=contractor), appointment())
        return lambda *_, **__: audit(registry, snapshot(view()), load_acts(["kalininsky"]), MOMENT)

    judged(report(contractor=False))
    with pytest.raises(AssertionError):
        judged(report(contractor=True))

"""The report is a value: it can be asked, summed up, written as JSON and read back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from munsocial.errors import FileRefused, InputError, NaiveTime, SnapshotRefused
from munsocial.model.statements import Waiver
from munsocial.policy import Report, audit, load_acts
from munsocial.policy.report_schema import report_schema
from munsocial.testing import assert_complies
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    appointment,
    body,
    comment,
    district,
    person,
    phone,
    profile,
    requirement,
    snapshot,
    view,
    weekly,
)
from seed_order import CLAUSES

ORDER = act(
    requirement("account.exists", clause="2.1", networks=["vk"]),
    requirement("posting.frequency", "should", clause="5", min=5),
    requirement("moderation.grounds", clause="9.3", grounds=["obscenity"]),
    requirement("account.bound_phone", clause="91"),
)


def made(*records: Any, **municipality: Any) -> Report:
    registry = district(*(records or (account(phone="+78616320000"), phone())), **municipality)
    hostile = "Вы {все} <script>alert(1)</script> просто пиздец \x00 {0} %s"
    seen = snapshot(view(posts=weekly(4), profile=profile(), comments=(comment(hostile),)), since="2026-11-16")
    return audit(registry, seen, [ORDER], MOMENT)


def test_a_clause_takes_in_its_points_and_nothing_else() -> None:
    report = made()
    assert {one.clause for one in report.of(clause="9")} == {"9.3"}
    assert {one.clause for one in report.of(clause="91")} == {"91"}
    assert report.of(clause="2") == report.of(clause="2.1")


def test_findings_are_chosen_by_what_is_named() -> None:
    report = made()
    assert {one.subject for one in report.of(kind="posting.frequency")} == {"administration-vk"}
    assert report.of(subject="administration") == report.findings
    assert {one.kind for one in report.of(outcome="not_met", level="must")} == {"moderation.grounds"}
    assert not report.of(act="another")
    assert report.of(requirement="account-exists", act="order")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"outcome": "not-met"}, "outcome: there is no such value: not-met. Did you mean not_met"),
        ({"outcome": ""}, "outcome: there is no such value: . Known: met,"),
        (
            {"kind": "posting.freqency"},
            "kind: there is no such value: posting.freqency. Did you mean posting.frequency",
        ),
        ({"level": "shall"}, "level: there is no such value: shall. "),
        ({"level": 5}, "level: there is no such value: 5. "),
    ],
)
def test_a_word_that_no_finding_can_have_is_refused(chosen: dict[str, Any], said: str) -> None:
    """`assert not report.of(outcome="not-met")` would never fail."""
    with pytest.raises(InputError) as told:
        made().of(**chosen)
    assert told.value.say("en").startswith(said)


def test_a_recommendation_is_a_remark_and_never_a_violation() -> None:
    report = made()
    assert {one.level for one in report.violations} == {"must"}
    assert [one.kind for one in report.remarks] == ["posting.frequency"]


def test_every_outcome_is_counted() -> None:
    report = made()
    assert set(report.counts) == {"met", "not_met", "unknown", "not_applicable", "suspended"}
    assert sum(report.counts.values()) == len(report.findings) == report.summary["findings"]
    assert report.summary["clauses"]["order"]["9.3"] == {"not_met": 1}


def test_json_keeps_clauses_as_texts_and_follows_the_published_schema() -> None:
    data = json.loads(json.dumps(made().to_json(), ensure_ascii=False))
    Draft202012Validator.check_schema(report_schema())
    Draft202012Validator(report_schema()).validate(data)
    assert {one["clause"] for one in data["findings"]} == {"2.1", "5", "9.3", "91"}
    assert {one["outcome"] for one in data["findings"]} <= {"met", "not_met", "unknown"}


def test_a_report_survives_writing_and_reading() -> None:
    report = made(account(phone="+78616320000"), phone(), person(), Waiver(
        requirement="order#moderation-grounds", subject="administration-vk", reason="спор в суде {дело}",
        approver="ivanova", last_day=date(2026, 12, 31)))  # fmt: skip
    text = json.dumps(report.to_json(), ensure_ascii=False)
    again = Report.from_json(text)
    assert json.dumps(again.to_json(), ensure_ascii=False) == text
    assert [one.say("ru") for one in again.findings] == [one.say("ru") for one in report.findings]
    assert again.summary == report.summary
    assert not again.violations


@pytest.mark.parametrize(
    "broken", ["", "{}", "[]", '{"schema": "munsocial.report/9"}', '{"schema": "munsocial.report/1"}']
)
def test_what_is_no_report_is_refused(broken: str) -> None:
    with pytest.raises(FileRefused, match="не отчёт"):
        Report.from_json(broken)


def test_a_report_that_was_read_says_the_same_and_holds_what_was_written() -> None:
    """Facts come back as JSON holds them, and the sentences whole: the docstring says so."""
    report = audit(district(account()), snapshot(view(posts=weekly(4))), [ORDER], MOMENT)
    again = Report.from_json(report.to_json())
    for field in ("municipality", "name", "timezone", "at", "taken_at", "since", "source", "acts", "subjects"):
        assert getattr(again, field) == getattr(report, field), field
    assert again.to_json() == report.to_json()
    assert [one.say("en") for one in again.findings] == [one.say("en") for one in report.findings]
    assert Report.from_json(again.to_json()) == again


@pytest.mark.parametrize("place", [("at",), ("snapshot", "since"), ("snapshot", "taken_at"), ("evidence", "at")])
def test_a_report_with_a_moment_without_a_zone_is_refused(place: tuple[str, ...]) -> None:
    told = audit(district(account()), snapshot(view(posts=weekly(4))), [ORDER], MOMENT).to_json()
    seen = next(evidence for one in told["findings"] for evidence in one["evidence"] if evidence["at"])
    owner = {"at": told, "snapshot": told["snapshot"], "evidence": seen}[place[0]]
    owner[place[-1]] = "2026-11-23T10:00:00"
    with pytest.raises(FileRefused, match="не отчёт"):
        Report.from_json(told)


def test_the_moment_must_have_a_zone() -> None:
    with pytest.raises(NaiveTime, match="часового пояса"):
        audit(district(account()), snapshot(), [ORDER], datetime(2026, 11, 23, 10, 0))  # noqa: DTZ001 - that is the case


@pytest.mark.parametrize("year", [1, 1989, 2101, 9999])
def test_a_moment_at_the_end_of_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(InputError, match=f"год {year} не имеет смысла. Годы здесь от 1990 до 2100."):
        audit(district(account()), snapshot(view(posts=())), [ORDER], datetime(year, 12, 31, 23, tzinfo=UTC))


def test_a_snapshot_of_another_district_is_refused() -> None:
    with pytest.raises(SnapshotRefused, match="реестр"):
        audit(district(account()), snapshot(municipality="zarechny"), [ORDER], MOMENT)


def test_the_same_moment_in_another_zone_gives_the_same_findings() -> None:
    registry, seen = district(account()), snapshot(view(posts=weekly(4)))
    assert (
        audit(registry, seen, [ORDER], MOMENT).findings
        == audit(registry, seen, [ORDER], MOMENT.astimezone(UTC)).findings
    )


def test_an_audit_is_the_same_every_time() -> None:
    assert made().to_json() == made().to_json()


def test_stacked_acts_answer_each_for_itself() -> None:
    """The order wants five a week, another act three: both are judged and cite their own."""
    other = act(requirement("posting.frequency", "must", clause="1", min=3), id="other")
    report = audit(district(account()), snapshot(view(posts=weekly(4)), since="2026-11-16"), [ORDER, other], MOMENT)
    weeks = {one.act: str(one.outcome) for one in reversed(report.of(kind="posting.frequency"))}
    assert weeks == {"order": "not_met", "other": "met"}


def test_a_complying_district_passes_and_a_failing_one_says_why() -> None:
    report = made()
    assert_complies(report, clause="2.1")
    assert_complies(report, clause="5", strict=False)
    with pytest.raises(AssertionError, match=r"Не соответствует: 1 из 1") as failed:
        assert_complies(report, clause="9.3")
    assert "нецензурная брань" in str(failed.value)
    assert "→" in str(failed.value)
    for named in ({"clause": "5"}, {"kind": "posting.frequency"}, {"clause": "5", "strict": True}):
        with pytest.raises(AssertionError, match="4 публикации, а норма — не менее 5"):
            assert_complies(report, **named)


def test_a_recommendation_that_nobody_named_fails_no_assertion() -> None:
    lazy = act(requirement("posting.frequency", "should", clause="5", min=5), id="order")
    report = audit(district(account()), snapshot(view(posts=weekly(4)), since="2026-11-16"), [lazy], MOMENT)
    assert_complies(report)
    assert_complies(report, subject="administration-vk")
    with pytest.raises(AssertionError):
        assert_complies(report, strict=True)


def test_an_assertion_that_judges_nothing_fails() -> None:
    with pytest.raises(AssertionError, match="Ничего не проверено"):
        assert_complies(made(), clause="77")


def test_the_seed_order_judges_every_clause_of_a_small_district() -> None:
    village = body("lebedinoye", "settlement", tags=("rural_settlement_body",), places=("хутор Лебединый",))
    registry = district(
        account(phone="+78616320000"),
        phone(),
        person(),
        appointment(),
        village,
        account("lebedinoye-vk", "lebedinoye"),
        account("administration-fb", network="facebook"),
        body("schools", "sectoral"),
        body("club", "functional", legal_entity=False),
    )
    seen = snapshot(view(posts=weekly(5), profile=profile(), comments=(comment(),)))
    report = audit(registry, seen, load_acts(["kalininsky"]), MOMENT)
    assert {one.clause for one in report.findings} == set(CLAUSES)
    assert all(report.counts.values()), report.counts
    assert {str(one.outcome) for one in report.of(subject="administration-fb")} == {"suspended"}
    assert report.of(clause="3.1", subject="schools", outcome="not_met")
    assert report.of(clause="3.1", subject="club", outcome="not_applicable")
    assert not report.of(clause="5", subject="lebedinoye")


def test_the_pytest_plugin_offers_the_acts(munsocial_acts: Any) -> None:
    first = munsocial_acts(["kalininsky"])
    assert [one.id for one in first] == ["kalininsky"]
    assert munsocial_acts(["kalininsky"]) == first

"""The sample register is written so that its report shows every clause and every outcome, whatever was seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from munsocial.model.snapshot import Snapshot
from munsocial.policy import audit, load_acts
from munsocial.policy.report import Report
from munsocial.policy.verdict import Outcome
from munsocial.sandbox.sample import sample_moment, sample_registry


@pytest.fixture(scope="module")
def blind_report() -> Report:
    """Judge the sample district with nothing seen in any network."""
    now = sample_moment(datetime(2026, 11, 26, 12, tzinfo=UTC))
    registry = sample_registry(now)
    seen = Snapshot(
        municipality=registry.municipality.id, since=now - timedelta(weeks=6), until=now, taken_at=now, source="sandbox"
    )
    return audit(registry, seen, load_acts(registry.municipality.acts), at=now)


def test_every_binding_clause_is_judged(blind_report: Report) -> None:
    order = load_acts(["kalininsky"])[0]
    judged = {finding.clause for finding in blind_report.findings if finding.act == "kalininsky"}
    assert judged == {name for name, clause in order.clauses.items() if clause.binding}


def test_each_of_the_five_outcomes_is_seen(blind_report: Report) -> None:
    outcomes = {finding.outcome for finding in blind_report.findings if finding.act == "kalininsky"}
    assert outcomes == set(Outcome)


@pytest.mark.parametrize("clause", ["5", "6", "8.1", "8.2", "9.3", "11"])
def test_what_only_a_network_shows_is_never_met_unseen(blind_report: Report, clause: str) -> None:
    found = [one for one in blind_report.findings if one.act == "kalininsky" and one.clause == clause]
    assert found
    assert not [one for one in found if one.outcome in (Outcome.MET, Outcome.NOT_MET)]


@pytest.mark.parametrize(
    ("situation", "clause", "kind", "subject", "outcome"),
    [
        ("the phone of another body", "2.1", "account.bound_phone", "administration-ok", "not_met"),
        ("a private phone", "3.1", "account.bound_phone", "culture-vk", "not_met"),
        ("a phone given back", "3.1", "account.bound_phone", "works-vk", "not_met"),
        ("its own service phone", "3.1", "account.bound_phone", "education-vk", "met"),
        ("nobody answers for handover", "3.2", "responsible.appointed", "works-vk", "not_met"),
        ("the key is held by one who has left", "3.2", "credentials.custody", "culture-vk", "not_met"),
        ("a page in a banned network", "7.1", "profile.fields", "administration-facebook", "suspended"),
    ],
)
def test_a_fault_of_the_sample_is_found(
    blind_report: Report, situation: str, clause: str, kind: str, subject: str, outcome: str
) -> None:
    found = [
        one
        for one in blind_report.findings
        if (one.act, one.clause, one.kind, one.subject) == ("kalininsky", clause, kind, subject) and not one.derived
    ]
    assert outcome in {one.outcome.value for one in found}, situation

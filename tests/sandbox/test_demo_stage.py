"""The whole way on the sample district: real adapters, wire formats, judging; and each trouble ends in its outcome."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import anyio
import pytest

from munsocial.model.snapshot import Snapshot, Why
from munsocial.policy import Report, audit, load_acts
from munsocial.sandbox.demo import Stage, sample

CLAUSES = {
    *("2.1", "2.2", "3.1", "3.2", "3.3", "4", "5", "6", "7.1", "7.2"),
    *("8.1", "8.2", "9.1", "9.2", "9.3", "9.4", "10", "11"),
}


@pytest.fixture(scope="module")
def stage() -> Stage:
    return sample(datetime(2026, 11, 27, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def snapshot(stage: Stage) -> Snapshot:
    with stage.connect() as social:
        return social.collect(weeks=4)


@pytest.fixture(scope="module")
def report(stage: Stage, snapshot: Snapshot) -> Report:
    return audit(stage.registry, snapshot, load_acts(stage.registry.municipality.acts), at=stage.now)


def test_every_clause_is_judged_and_every_outcome_seen(report: Report) -> None:
    order = [finding for finding in report.findings if finding.act == "kalininsky"]
    assert {finding.clause for finding in order} >= CLAUSES
    assert {finding.outcome.value for finding in order} == {
        *("met", "not_met", "unknown", "not_applicable", "suspended")
    }


def test_the_formats_of_publications_are_told_in_russian(report: Report) -> None:
    told = [one.say() for one in report.of(clause="6") if one.outcome.value == "met"]
    assert told
    assert [one for one in told if re.search("[A-Za-z]", one)] == []


EXPECTED = [
    # situation, requirement, account, an outcome that must be among its findings, one that must not
    (
        "pinned old post, night post, guests: weeks are counted right",
        "posts-weekly",
        "administration-vk",
        "met",
        "not_met",
    ),
    ("week not over", "posts-weekly", "administration-vk", "unknown", "suspended"),
    ("page that fell silent", "posts-weekly", "works-vk", "not_met", "met"),
    ("ban without a recorded ground", "black-list", "administration-vk", "not_met", "met"),
    ("press releases", "no-officialese", "works-ok", "not_met", "met"),
    ("spam left standing", "removal-words", "culture-vk", "not_met", "met"),
    ("insult waits for a person", "removal-words", "education-vk", "unknown", "not_met"),
    ("description of a link alone", "description", "works-ok", "not_met", "met"),
    ("all questions answered", "answers-upstream", "olkhovskoye-vk", "met", "not_met"),
    ("no question answered", "answers-upstream", "lugovskoye-vk", "not_met", "met"),
    ("a profile that follows", "subscribed", "topolevskoye-vk", "met", "not_met"),
]


@pytest.mark.parametrize(("situation", "requirement", "account", "seen", "never"), EXPECTED)
def test_each_trouble_ends_in_its_outcome(
    report: Report, situation: str, requirement: str, account: str, seen: str, never: str
) -> None:
    outcomes = {
        finding.outcome.value
        for finding in report.findings
        if finding.act == "kalininsky" and finding.requirement == requirement and finding.subject == account
    }
    assert seen in outcomes, situation
    assert never not in outcomes, situation


def test_what_cannot_be_read_says_why(snapshot: Snapshot) -> None:
    views = snapshot.views
    closed = views["kamyshovskoye-vk"].posts
    assert closed.value is None
    assert closed.missing is not None
    assert closed.missing.why is Why.CLOSED
    taken = views["lugovskoye-vk"].handle_now
    assert taken.value not in (None, "230000013")


def test_the_asynchronous_face_sees_the_same(stage: Stage, snapshot: Snapshot) -> None:
    async def collect() -> Snapshot:
        async with stage.aconnect() as social:
            return await social.collect(weeks=4)

    other = anyio.run(collect)
    seen = {view.account: (view.posts.value, view.comments.value) for view in other.accounts}
    assert seen == {view.account: (view.posts.value, view.comments.value) for view in snapshot.accounts}

"""Whatever a district looks like: no rule raises, nothing depends on the order of accounts, honesty holds."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from any_district import EVERYTHING, SETTINGS, districts, judged, posts
from munsocial.model.accounts import Account
from munsocial.model.content import (
    Post,
)
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Observed, Snapshot
from munsocial.policy import KINDS, Report, audit
from munsocial.testing.factories import MOMENT, act, body, district, requirement


def test_everything_is_in_the_act_that_is_tried() -> None:
    assert {one.kind for one in EVERYTHING.requirements} == set(KINDS)


@given(districts())
@SETTINGS
def test_no_rule_raises_every_demand_is_answered_and_honesty_holds(made: tuple[Registry, Snapshot]) -> None:
    report = judged(*made)
    _all_is_answered(report)
    _rules_of_honesty_hold(report, *made)


def _all_is_answered(report: Report) -> None:
    assert {one.requirement for one in report.findings} == {one.id for one in EVERYTHING.requirements}
    for one in report.findings:
        for lang in ("ru", "en"):
            assert one.say(lang)
            assert isinstance(one.advise(lang), str)
    told = json.dumps(report.to_json())
    assert json.dumps(Report.from_json(told).to_json()) == told


def _rules_of_honesty_hold(report: Report, registry: Registry, snapshot: Snapshot) -> None:
    networks = {one.id: one.network for one in registry.accounts}
    for one in report.findings:
        assert not (one.level == "may" and one.outcome == "not_met"), "a permission never fails"
        if one.outcome == "suspended":
            assert networks.get(one.subject, "facebook") == "facebook"
            assert one.facts["basis"], "a suspension cites its source"
    for view in snapshot.accounts:
        if view.posts.value is None:
            weeks = report.of(requirement="posting-frequency", subject=view.account)
            assert not {"met", "not_met"} & {str(one.outcome) for one in weeks}, "what was not seen is not judged"


@given(districts(), st.randoms(use_true_random=False))
@SETTINGS
def test_outcomes_do_not_depend_on_the_order_of_accounts(made: tuple[Registry, Snapshot], chance: Any) -> None:
    registry, snapshot = made
    shuffled, seen = list(registry.accounts), list(snapshot.accounts)
    chance.shuffle(shuffled)
    chance.shuffle(seen)
    other = judged(
        registry.model_copy(update={"accounts": tuple(shuffled)}), snapshot.model_copy(update={"accounts": tuple(seen)})
    )
    assert _outcomes(other) == _outcomes(judged(registry, snapshot))


def _outcomes(report: Report) -> Counter[tuple[str, ...]]:
    return Counter((one.requirement, one.subject, one.outcome, one.level, one.derived) for one in report.findings)


@given(st.lists(posts, max_size=12), st.integers(0, 8))
@SETTINGS
def test_a_running_week_is_never_failed(several_posts: list[Post], wanted: int) -> None:
    registry = district(body(), Account(id="one", body="administration", network="vk", opened=date(2025, 1, 1)))
    view = AccountView(
        account="one", network="vk", posts=Observed[tuple[Post, ...]](value=tuple(several_posts), at=MOMENT)
    )
    snapshot = Snapshot(
        municipality="prirechensky", since=MOMENT - timedelta(days=28), until=MOMENT, taken_at=MOMENT, accounts=(view,)
    )
    order = act(requirement("posting.frequency", min=wanted))
    running = [
        one for one in audit(registry, snapshot, [order], MOMENT).findings if one.facts["until"] >= MOMENT.date()
    ]
    assert running
    assert {str(one.outcome) for one in running} <= {"met", "unknown"}

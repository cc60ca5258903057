"""For any district: a stranger changes nothing for the others, acts answer for themselves, zones shift nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from any_district import EVERYTHING, SETTINGS, districts, judged, views
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.policy import Finding, audit
from munsocial.testing.factories import MOMENT, account, body

Made = tuple[Registry, Snapshot]
FEW = settings(SETTINGS, max_examples=25)
STRANGER = body("stranger", "sectoral")
PAGE = account("stranger-vk", "stranger", handle="stranger_page", network_id="999")


@given(districts(), views("stranger-vk"))
@FEW
def test_one_more_account_changes_nothing_for_the_others(made: Made, seen: AccountView) -> None:
    registry, snapshot = made
    more = registry.model_copy(update={"bodies": (*registry.bodies, STRANGER), "accounts": (*registry.accounts, PAGE)})
    wider = snapshot.model_copy(update={"accounts": (*snapshot.accounts, seen)})
    before, after = judged(registry, snapshot), judged(more, wider)
    assert [_told(one) for one in before.findings if one.body] == [
        _told(one) for one in after.findings if one.body and one.body != "stranger"
    ]


@given(districts())
@FEW
def test_acts_answer_for_themselves_in_any_order(made: Made) -> None:
    other = EVERYTHING.model_copy(update={"id": "other"})
    alone = Counter(_told(one) for act in (EVERYTHING, other) for one in audit(*made, [act], MOMENT).findings)
    for stack in ([EVERYTHING, other], [other, EVERYTHING]):
        assert Counter(_told(one) for one in audit(*made, stack, MOMENT).findings) == alone


@given(districts(), st.integers(-14, 14))
@FEW
def test_the_zone_in_which_the_moment_is_told_changes_nothing(made: Made, hours: int) -> None:
    elsewhere = MOMENT.astimezone(timezone(timedelta(hours=hours)))
    assert [_told(one) for one in audit(*made, [EVERYTHING], elsewhere).findings] == [
        _told(one) for one in audit(*made, [EVERYTHING], MOMENT).findings
    ]


def _told(one: Finding) -> tuple[str, ...]:
    return one.act, one.requirement, one.subject, one.outcome, one.derived, one.say("ru"), one.advise("en")

"""Bans over their lives: which one stands, which may be lifted, what an entry that is over says, and on which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from acting_world import District, fault
from munsocial.model.statements import Removal
from munsocial.operate.moderating.bans import bans_of, plan_bans
from munsocial.operate.plans.plan import Plan
from munsocial.sandbox.things import Ban
from munsocial.social import Social

VK = "administration-vk"
NIGHT = 15
"""Hours after ten in the morning: one at night of the next day in Moscow, still the same day in Greenwich."""


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def planned(district: District, social: Social, *, by_hand: bool = False) -> Plan:
    """Plan a ban of user 555 for fourteen days, after two removals of yesterday."""
    at = social.now() - timedelta(days=1)
    removals = [
        Removal.model_validate(
            {"at": at, "account": VK, "item": item, "ground": "obscenity", "clause": "9.3", "author_id": "555"}
        )
        for item in ("c1", "c2")
    ]
    adapters = {"vk": social.adapter("vk")}
    banned = () if by_hand else tuple(bans_of(social.journal))
    plan = plan_bans(
        removals, registry=district.registry, adapters=adapters, now=social.now(), made_by="elkina", banned=banned
    )
    return plan.signed("kedrov", social.now())


def in_list(district: District) -> dict[str, Ban]:
    return district.world.page(*district.page(VK)).bans


def _ended_by_the_network_and_banned_anew(district: District, social: Social) -> None:
    district.later(days=20)
    in_list(district).clear()
    assert social.apply(planned(district, social)).done


def _banned_anew_over_the_entry_that_is_over(district: District, social: Social) -> None:
    district.later(days=20)
    assert social.apply(planned(district, social)).done


def _prolonged_by_hand(district: District, social: Social) -> None:
    district.later(days=10)
    longer = replace(in_list(district)["555"], until=social.now() + timedelta(days=200))
    in_list(district)["555"] = longer
    district.later(days=5)


def _banned_for_ever_by_hand(district: District, social: Social) -> None:
    district.later(days=20)
    district.world.ban(*district.page(VK), Ban("555", social.now(), None, "other"))


@pytest.mark.parametrize(
    ("meanwhile", "steps"),
    [
        (_ended_by_the_network_and_banned_anew, 0),
        (_banned_anew_over_the_entry_that_is_over, 0),
        (_prolonged_by_hand, 1),
        (_banned_for_ever_by_hand, 1),
    ],
)
def test_a_ban_that_is_in_force_is_not_lifted(
    district: District, meanwhile: Callable[[District, Social], None], steps: int
) -> None:
    with district.connect() as social:
        assert social.apply(planned(district, social)).done
        meanwhile(district, social)
        stands = in_list(district)["555"]
        plan = social.plan_unbans(made_by="elkina")
        assert len(plan.steps) == steps
        outcomes = social.apply(plan).outcomes if steps else ()
        assert [(one.state, "заблокирован снова" in one.say()) for one in outcomes] == [("skipped", True)] * steps
        assert in_list(district) == {"555": stands}


def test_the_last_ban_is_lifted_when_its_own_term_is_over(district: District) -> None:
    with district.connect() as social:
        social.apply(planned(district, social))
        district.later(days=20)
        social.apply(planned(district, social))
        district.later(days=15)
        assert social.apply(social.plan_unbans(made_by="elkina")).done
        assert in_list(district) == {}
        assert social.plan_unbans().steps == ()


def test_a_ban_whose_end_is_unclear_keeps_the_earlier_one_from_being_lifted(district: District) -> None:
    with district.connect() as social:
        social.apply(planned(district, social))
        district.later(days=20)
        in_list(district).clear()
        district.faults.add(fault("lost_after", "groups.ban", times=None))
        district.faults.add(fault("unreachable", "groups.getBanned", times=None, after=1))
        assert district.states(social.apply(planned(district, social))) == ["uncertain"]
        district.faults.clear()
        assert social.plan_unbans().steps == ()


def test_an_entry_that_is_over_neither_blocks_a_new_ban_nor_is_taken_for_it(district: District) -> None:
    with district.connect() as social:
        social.apply(planned(district, social))
        district.later(days=20)
        assert in_list(district)["555"].until == datetime(2026, 12, 9, 7, tzinfo=UTC)
        district.faults.add(fault("lost_before", "groups.ban", times=None))
        plan = planned(district, social)
        assert district.states(social.apply(plan)) == ["uncertain"]
        district.faults.clear()
        assert social.apply(plan).done
        assert in_list(district)["555"].until == datetime(2026, 12, 29, 7, tzinfo=UTC)


def test_the_days_of_a_ban_are_those_of_the_district(district: District) -> None:
    district.later(hours=NIGHT)
    with district.connect() as social:
        plan = planned(district, social)
        assert "до 10.12.2026" in plan.steps[0].ru
        again = planned(district, social, by_hand=True)
        social.apply(plan)
        (outcome,) = social.apply(again).outcomes
        assert "уже в чёрном списке до 10.12.2026" in outcome.say()
        district.later(days=15)
        assert [step.ru for step in social.plan_unbans().steps] == ["снять блокировку 555: срок истёк 10.12.2026"]

"""Plans that wait while munsocial is upgraded or the register changes: what is the same stays good.

Where a plan may no more be applied nobody is sent round in a circle, or into doing a thing twice.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from acting_world import REGISTER, District, fault
from munsocial.errors import PlanRefused
from munsocial.model.accounts import Account
from munsocial.model.credentials import Credential
from munsocial.operate.applying.outbox import settle_unclear
from munsocial.operate.plans.plan import Plan, load_plan, registry_digest

VK = "administration-vk"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


class LaterAccount(Account):
    """An account as a later version may know it: with one more field, which no register of today fills."""

    colour: str = "unknown"


class LaterCredential(Credential):
    """A key as a later version may know it."""

    colour: str = "unknown"


def test_a_field_that_a_later_version_brings_leaves_waiting_plans_good(district: District) -> None:
    registry = district.registry
    later = registry.model_copy(
        update={
            "accounts": tuple(LaterAccount.model_validate(one.model_dump()) for one in registry.accounts),
            "credentials": tuple(LaterCredential.model_validate(one.model_dump()) for one in registry.credentials),
        }
    )
    assert registry_digest(later, {VK}) == registry_digest(registry, {VK})


KEPT = """{
 "schema_": "munsocial.plan/1",
 "id": "publication-20261125-070000-a1b2c3",
 "kind": "publication",
 "municipality": "lesnoy",
 "timezone": "Europe/Moscow",
 "registry": "0000000000000000000000000000000000000000000000000000000000000000",
 "made_at": "2026-11-25T07:00:00Z",
 "made_by": "elkina",
 "expires_at": "2026-12-02T07:00:00Z",
 "steps": [{"id": "s1", "key": "0f0e0d0c0b0a09080706050403020100", "account": "administration-vk", "network": "vk",
  "action": "publish", "params": {"draft": {"text": "Завтра субботник."}}, "ru": "опубликовать", "en": "publish",
  "clause": "5", "signatures": 1}],
 "problems": [{"account": "administration-vk", "weight": "advice", "ru": "коротко", "en": "short"}],
 "digest": "d50c3694ef3ccbc71bab56c358fb94932f38c24be40971dc7b6b6aa211fb4717"
}"""
"""A plan as the version 0.1 keeps it. Who adds a field to plans sees to it that its default is left out of the digest:
else every plan that waits would be called changed by hand."""


def test_a_plan_kept_by_the_first_version_is_not_called_changed(tmp_path: Path) -> None:
    place = tmp_path / "plan.json"
    place.write_text(KEPT, encoding="utf-8")
    assert load_plan(place).steps[0].clause == "5"


def left_unclear(district: District) -> Plan:
    plan = district.publications(VK)
    district.faults.add(fault("lost_after", "wall.post", times=None))
    district.faults.add(fault("unreachable", "wall.get", times=None))
    assert district.states(district.apply(plan)) == ["uncertain"]
    district.faults.clear()
    return plan


def test_a_step_that_is_unclear_is_settled_before_a_plan_is_made_again(district: District) -> None:
    plan = left_unclear(district)
    moved = District(district.folder, REGISTER.replace("LESNOY_VK_COMMUNITY", "LESNOY_VK_OTHER"))
    settle = f"munsocial outbox settle РЕЕСТР {plan.id}/s1 --done --yes"
    with moved.connect() as social:
        with pytest.raises(PlanRefused, match="реестр изменился") as refused:
            social.apply(plan)
        assert settle in str(refused.value)
        assert settle in social.outbox().lines()[0]
        assert settle_unclear(social.journal, plan.id, "s1", done=True, by="elkina")
        with pytest.raises(PlanRefused) as refused:
            social.apply(plan)
        assert "settle" not in str(refused.value)


def test_who_took_the_plan_of_another_district_is_not_sent_to_settle_it(district: District) -> None:
    """With the register in hand nothing of it can be settled."""
    plan = left_unclear(district)
    neighbour = District(district.folder, REGISTER.replace('id = "lesnoy"', 'id = "ozero"', 1))
    with pytest.raises(PlanRefused, match="для другого района") as refused:
        neighbour.apply(plan)
    assert "settle" not in str(refused.value)

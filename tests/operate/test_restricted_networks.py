"""An account of a network restricted by law stops no other: it is left out of plans and told, unless acknowledged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import District
from munsocial.model.registry import Registry
from munsocial.model.statements import Removal
from munsocial.operate.answering.answers import plan_answer, plan_answers
from munsocial.operate.answering.inbox import inbox_of
from munsocial.operate.answering.templates import Template
from munsocial.operate.applying.apply import apply_plan
from munsocial.operate.moderating.bans import OurBan, plan_bans, plan_unbans
from munsocial.operate.moderating.moderation import plan_moderation
from munsocial.operate.moderating.settings import Settings
from munsocial.operate.plans.plan import Plan
from munsocial.operate.publishing.links import MissingLink, plan_links
from munsocial.testing.factories import comment, post, snapshot, view
from munsocial.transport.port import drive

VK, THERE = "administration-vk", "borovoye-vk"
RESTRICTED = "facebook"
RUDE, GRAVE = "Иди на х@й", "Я тебя найду и убью, тварь"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def registered(district: District) -> Registry:
    """Register a page of a restricted network beside those of the others."""
    moved = {THERE: {"network": RESTRICTED}}
    accounts = (one.model_copy(update=moved.get(one.id, {})) for one in district.registry.accounts)
    return district.registry.model_copy(update={"accounts": tuple(accounts)})


def moderated(district: District, registry: Registry, adapters: Any, texts: Iterable[str], **facts: Any) -> Plan:
    pages = ((VK, "vk", district.post()), (THERE, RESTRICTED, None))
    seen = snapshot(
        *(
            view(
                account,
                network=network,
                posts=[post(id=made.id if made else "post-1")],
                comments=[
                    comment(
                        text,
                        id=district.says(text, made).id if made else f"c{place}",
                        author_id="555",
                        post_id=made.id if made else "post-1",
                    )
                    for place, text in enumerate(texts)
                ],
            )
            for account, network, made in pages
        ),
        municipality="lesnoy",
    )
    facts |= {"settings": Settings(signed=frozenset()), "made_by": "elkina", "now": district.world.now()}
    return plan_moderation(seen, registry=registry, adapters=adapters, **facts)


def test_moderation_goes_on_beside_a_restricted_network(district: District) -> None:
    registry = registered(district)
    with district.connect() as social:
        adapters = {**social._link.adapters, RESTRICTED: social._link.adapters["vk"]}
        plan = moderated(district, registry, adapters, (RUDE, GRAVE))
        assert [(one.account, one.action) for one in plan.steps] == [
            (VK, "refer"),
            (THERE, "refer"),
            (VK, "delete_comment"),
        ]
        told = [(one.weight, one.ru) for one in plan.problems if one.account == THERE]
        assert [weight for weight, _ in told] == ["error"]
        assert told[0][1].startswith("комментарии к удалению (1) в план не вошли: сеть ограничена законом: ")
        facts: dict[str, Any] = {"registry": registry, "adapters": adapters, "journal": social.journal}
        done = drive(apply_plan(plan, now=district.world.now, **facts))
    assert district.states(done) == ["manual", "manual", "confirmed"]


def test_who_acknowledges_a_network_has_it_in_the_plan(district: District) -> None:
    registry = registered(district)
    with district.connect() as social:
        adapters = {**social._link.adapters, RESTRICTED: social._link.adapters["vk"]}
        plan = moderated(district, registry, adapters, (RUDE,), acknowledge=[RESTRICTED])
    assert [one.account for one in plan.steps] == [VK, THERE]
    assert [one for one in plan.problems if "ограничена" in one.ru] == []


@pytest.mark.parametrize(("acknowledge", "accounts"), [((), [VK]), ((RESTRICTED,), [VK, THERE])])
def test_bans_leave_it_out_and_tell(district: District, acknowledge: tuple[str, ...], accounts: list[str]) -> None:
    registry, now = registered(district), district.world.now()
    facts = {"at": now, "ground": "obscenity", "clause": "9.3", "author_id": "555"}
    removals = [
        Removal.model_validate({**facts, "account": account, "item": f"{account}-{n}"})
        for account in (VK, THERE)
        for n in range(5)
    ]
    with district.connect() as social:
        adapters = {**social._link.adapters, RESTRICTED: social._link.adapters["vk"]}
        plan = plan_bans(removals, registry=registry, adapters=adapters, now=now, acknowledge=acknowledge)
    assert [one.account for one in plan.steps] == accounts
    assert [one.account for one in plan.problems if "сеть ограничена законом" in one.ru] == [THERE] * (not acknowledge)


@pytest.mark.parametrize("acknowledge", [(), (RESTRICTED,)])
def test_links_leave_it_out_and_tell(
    district: District, acknowledge: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = registered(district)
    above = registry.upstream[0]
    missing = tuple(MissingLink(registry.account_by_id[name], above) for name in (VK, THERE))
    monkeypatch.setattr("munsocial.operate.publishing.links.missing_links", lambda *given, **named: missing)
    seen = snapshot(above=[view(above.id, profile={"network_id": "1", "url": "https://vk.com/krai_example"})])
    with district.connect() as social:
        adapters = {**social._link.adapters, RESTRICTED: social._link.adapters["vk"]}
        now = district.world.now()
        plan = plan_links(seen, registry=registry, adapters=adapters, now=now, acknowledge=acknowledge)
    assert [one.account for one in plan.steps] == ([VK, THERE] if acknowledge else [VK])
    told = [one.account for one in plan.problems if "сеть ограничена законом" in one.ru]
    assert told == ([] if acknowledge else [THERE])


@pytest.mark.parametrize("acknowledge", [(), (RESTRICTED,)])
def test_unbans_leave_it_out_and_tell_once(
    district: District, acknowledge: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, now = registered(district), district.world.now()
    over, begun = now - timedelta(days=1), now - timedelta(days=9)
    known = [
        OurBan(account, user, "obscenity", over, None, begun, True, "confirmed")
        for account in (VK, THERE)
        for user in ("555", "556")
    ]
    monkeypatch.setattr("munsocial.operate.moderating.bans.bans_of", lambda journal, district: known)
    with district.connect() as social:
        adapters = {**social._link.adapters, RESTRICTED: social._link.adapters["vk"]}
        plan = plan_unbans(social.journal, registry=registry, adapters=adapters, now=now, acknowledge=acknowledge)
    assert [one.account for one in plan.steps] == [VK, VK] + [THERE, THERE] * bool(acknowledge)
    told = [(one.account, one.weight) for one in plan.problems if "сеть ограничена законом" in one.ru]
    assert told == [(THERE, "error")] * (not acknowledge)


@pytest.mark.parametrize("acknowledge", [(), (RESTRICTED,)])
@pytest.mark.parametrize("by_template", [False, True])
def test_answers_leave_it_out_and_tell(district: District, acknowledge: tuple[str, ...], by_template: bool) -> None:
    registry = registered(district)
    asked = [
        view(account, network=network, posts=[post()], comments=[comment(f"Когда починят {what}?", id=f"c-{account}")])
        for account, network, what in ((VK, "vk", "дорогу на Лесной"), (THERE, RESTRICTED, "лампу у клуба"))
    ]
    asked[1] = view(
        THERE, network=RESTRICTED, posts=[post()],
        comments=[comment(f"Когда починят {what}?", id=f"c-{what}") for what in ("лампу у клуба", "крышу школы")],
    )  # fmt: skip
    questions = inbox_of(snapshot(*asked, municipality="lesnoy"), registry)
    assert {one.account for one in questions} == {VK, THERE}
    with district.connect() as social:
        adapters = {**social._link.adapters, RESTRICTED: social._link.adapters["vk"]}
        facts: dict[str, Any] = {"registry": registry, "adapters": adapters, "now": district.world.now()}
        facts["acknowledge"] = acknowledge
        if by_template:
            words = Template(name="soon", text="Починим в среду.")
            plan = plan_answers(questions, {"soon": words}, template="soon", **facts)
        else:
            first, *others = questions
            plan = plan_answer(first, "Починим в среду.", also=others, **facts)
    assert {one.account for one in plan.steps} == {VK, *([THERE] if acknowledge else [])}
    told = [(one.account, one.weight) for one in plan.problems if "сеть ограничена законом" in one.ru]
    assert told == ([(THERE, "advice")] * 2 if acknowledge else [(THERE, "error")])

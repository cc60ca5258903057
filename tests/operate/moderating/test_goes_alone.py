"""What goes without a person: a hidden category, within the ceilings, and never a question that a citizen asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from acting_world import District
from munsocial.network.abilities import Ability, Capabilities, native
from munsocial.operate.moderating.moderation import Settings, plan_moderation
from munsocial.operate.moderating.replay import replay
from munsocial.operate.moderating.shadow import shadow_pass
from munsocial.testing.factories import comment, post, snapshot, view


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    return District(tmp_path_factory.mktemp("district"))


def seen(*texts: str) -> Any:
    comments = [comment(text, id=f"c{place}", author_id=f"citizen-{place}") for place, text in enumerate(texts)]
    return snapshot(view("administration-vk", posts=[post(id="post-1")], comments=comments), municipality="lesnoy")


class Hiding:
    """An adapter of a network that can hide."""

    capabilities = Capabilities({Ability.HIDE_COMMENT: native(), Ability.DELETE_COMMENT: native()})

    def has_key(self, ability: Ability, account: str) -> bool:
        return True


@pytest.mark.parametrize(
    ("network", "settings", "done_alone", "alone"),
    [
        ("hiding", Settings(), 0, 0),
        ("hiding", Settings(auto=frozenset({"obscenity"})), 0, 3),
        ("hiding", Settings(auto=frozenset({"spam"})), 0, 0),
        ("hiding", Settings(auto=frozenset({"obscenity"}), auto_per_run=1), 0, 1),
        ("hiding", Settings(auto=frozenset({"obscenity"}), auto_per_hour=5), 4, 1),
        ("hiding", Settings(auto=frozenset({"obscenity"}), auto_per_hour=5), 9, 0),
        ("deleting", Settings(auto=frozenset({"obscenity"})), 0, 0),
    ],
    ids=["off by default", "on for obscenity", "another category", "ceiling of a run", "ceiling of an hour",
         "the hour is full", "only where the network can hide"],
)  # fmt: skip
def test_without_a_person(district: District, network: str, settings: Settings, done_alone: int, alone: int) -> None:
    adapter: Any = Hiding()
    if network == "deleting":
        adapter.capabilities = Capabilities({Ability.DELETE_COMMENT: native()})
    texts = [f"Иди на х@й, {number}" for number in range(3)]
    plan = plan_moderation(
        seen(*texts),
        registry=district.registry,
        adapters={"vk": adapter},
        now=district.world.now(),
        settings=settings,
        done_alone=done_alone,
    )
    assert [step.params.get("alone", False) for step in plan.steps].count(True) == alone
    assert {step.action for step in plan.steps} == {"hide_comment" if network == "hiding" else "delete_comment"}


@pytest.mark.parametrize(
    ("texts", "settings", "done_alone", "steps"),
    [
        (("Иди на х@й, 1", "Иди на х@й, 2"), Settings(auto_per_run=1), 0, [(True, 0), (False, 1)]),
        (("Иди на х@й, 1", "Иди на х@й, 2"), Settings(auto_per_hour=5), 5, [(False, 1), (False, 1)]),
        (("Когда вы, б@ядь, почините дорогу?",), Settings(), 0, [(False, 0), (False, 1)]),
        (("Чиновники твари продажные",), Settings(signed=frozenset()), 0, [(False, 0)]),
    ],
    ids=["over the ceiling of a run", "over the ceiling of an hour", "a question", "another ground"],
)
def test_what_is_over_a_ceiling_waits_for_a_signature(
    district: District, texts: tuple[str, ...], settings: Settings, done_alone: int, steps: list[tuple[bool, int]]
) -> None:
    """A timer applies what it plans: over the ceilings nobody would have looked. A question is never done alone."""
    adapters: Any = {"vk": Hiding()}
    known: dict[str, Any] = {"registry": district.registry, "adapters": adapters, "now": district.world.now()}
    auto = replace(settings, auto=frozenset({"obscenity"}))
    plan = plan_moderation(seen(*texts), settings=auto, done_alone=done_alone, **known)
    assert [(step.params.get("alone", False), step.signatures) for step in plan.steps] == steps


ADVERTISEMENTS = (
    "Хотите заработать от 5000 в день? Пишите в личку! bit.ly/xx",
    "Нужны деньги? Займ онлайн без отказа! https://zaim.example",
    "Надоело жить в долгах? Спишем долги законно! Ссылка в профиле",
)


def test_what_is_handed_to_a_person_is_not_told_to_go_alone(district: District) -> None:
    """Rude words of a removable category, with somebody's passport beside them: a person decides."""
    settings, comments = Settings(auto=frozenset({"obscenity"})), seen("Иди на х@й, мой номер паспорт 0305 123456")
    shadow = shadow_pass(None, comments, district.registry, settings=settings, hides=frozenset({"vk"}))
    assert (len(shadow.decisions), shadow.alone) == (1, 0)
    assert replay(comments, district.registry, before=Settings(), after=settings).differences == ()


@pytest.mark.parametrize(
    ("texts", "alone"),
    [
        (ADVERTISEMENTS, [True, True, True]),
        (("Когда вы, б@ядь, почините дорогу?", "Иди на х@й"), [False, True]),
    ],
    ids=["an advertisement asks nobody", "a rude question is asked in earnest"],
)
def test_one_rule_of_what_goes_alone_in_plan_shadow_and_replay(
    district: District, texts: tuple[str, ...], alone: list[bool]
) -> None:
    settings, comments = Settings(auto=frozenset({"spam", "obscenity"})), seen(*texts)
    adapters: Any = {"vk": Hiding()}
    plan = plan_moderation(
        comments, registry=district.registry, adapters=adapters, now=district.world.now(), settings=settings
    )
    removals = [one for one in plan.steps if one.action == "hide_comment"]
    assert [one.params.get("alone", False) for one in removals] == alone
    assert [one.signatures for one in removals] == [int(not one) for one in alone]
    shadow = shadow_pass(None, comments, district.registry, settings=settings, hides=frozenset({"vk"}))
    assert (len(shadow.decisions), shadow.alone) == (len(texts), sum(alone))
    changed = replay(comments, district.registry, before=Settings(), after=settings).differences
    assert [one.comment.text for one in changed] == [
        text for text, by_itself in zip(texts, alone, strict=True) if by_itself
    ]
    assert all(one.alone_after and not one.alone_before for one in changed)

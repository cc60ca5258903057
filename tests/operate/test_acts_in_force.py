"""An act that has ended, or has not begun, grounds nothing today: the same days before every place that cites acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from munsocial.model.credentials import Credential
from munsocial.model.registry import Registry
from munsocial.model.statements import Removal
from munsocial.network.abilities import Ability, Capabilities, native
from munsocial.network.drafts import Draft
from munsocial.network.keyreport import KeyReport
from munsocial.operate.answering.answers import plan_answer
from munsocial.operate.answering.inbox import inbox_of
from munsocial.operate.clauses import clause_of
from munsocial.operate.keys.keylacks import key_lacks
from munsocial.operate.moderating.bans import plan_bans
from munsocial.operate.moderating.moderation import plan_moderation
from munsocial.operate.plans.plan import Plan
from munsocial.operate.publishing.changes import plan_change
from munsocial.operate.publishing.publication import plan_publication
from munsocial.operate.reminding.reminders import reminders_of
from munsocial.policy.act import Act
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    attestation,
    comment,
    district,
    requirement,
    snapshot,
    view,
)

TODAY = MOMENT.date()
PAGE = "administration-vk"
RUDE = comment("Иди на х@й со своими лавочками", id="c1", author_id="555")


class Network:
    """A network that can do all that is asked of it here; a key may be wanting."""

    capabilities = Capabilities(
        {ability: native(source="-", keys=("group_token",)) for ability in Ability if ability is not Ability.SCHEDULE}
    )

    def has_key(self, ability: Ability, account: str) -> bool:
        return True


ADAPTERS: Any = {"vk": Network()}
KNOWN: Registry = district(account(), Credential(account=PAGE, kind="group_token", rotated=TODAY - timedelta(days=85)))
ORDER = (
    requirement("moderation.grounds", clause="91", id_="grounds", grounds=["obscenity", "cruelty"]),
    requirement("moderation.sanctions", clause="92"),
    requirement("posting.frequency", clause="93", min=5),
    requirement("credentials.hygiene", clause="94", rotate_every="90d"),
    requirement("profile.features", clause="95", any_of=["widget"], valid_days=90),
)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


DAYS = [
    ("no dates", {}, True),
    ("begun today", {"in_force_from": day(0)}, True),
    ("its last day", {"in_force_until": day(0)}, True),
    ("begins tomorrow", {"in_force_from": day(1)}, False),
    ("signed for tomorrow", {"date": day(1)}, False),
    ("ended yesterday", {"in_force_until": day(-1)}, False),
]


def removal(acts: list[Act]) -> tuple[str, ...]:
    seen = snapshot(view(PAGE, comments=[RUDE]), municipality=KNOWN.municipality.id)
    plan = plan_moderation(seen, registry=KNOWN, adapters=ADAPTERS, now=MOMENT, acts=acts)
    return tuple(step.clause for step in plan.steps)


def bans(acts: list[Act], *, removed: int = 2) -> Plan:
    """Plan bans where so many comments of one author were removed."""
    at = MOMENT - timedelta(days=1)
    against = [
        Removal.model_validate({"at": at, "account": PAGE, "item": item, "ground": "obscenity", "author_id": "555"})
        for item in ("c1", "c2")[:removed]
    ]
    return plan_bans(against, registry=KNOWN, adapters=ADAPTERS, now=MOMENT, acts=acts)


def ban(acts: list[Act]) -> tuple[str, ...]:
    return tuple(step.clause for step in bans(acts).steps)


def publication(acts: list[Act]) -> tuple[str, ...]:
    draft = Draft(text="Друзья, завтра приём!", topic="other")
    plan = plan_publication(draft, [PAGE], registry=KNOWN, adapters=ADAPTERS, now=MOMENT, acts=acts)
    return tuple(step.clause for step in plan.steps if step.clause)


def deletion(acts: list[Act]) -> tuple[str, ...]:
    plan = plan_change("delete_post", PAGE, "1", registry=KNOWN, adapters=ADAPTERS, now=MOMENT, acts=acts)
    return tuple(step.clause for step in plan.steps if step.clause)


def lacking(acts: list[Act]) -> tuple[str, ...]:
    lacks = key_lacks(KNOWN, ADAPTERS, [KeyReport(PAGE, "group_token", "env:X", False)], acts, on=TODAY)
    return tuple(one.clause for one in lacks if one.ability is Ability.BAN and one.clause)


def reminded(acts: list[Act]) -> dict[str, int]:
    """What is reminded of, and in how many days it is due."""
    registry = district(*KNOWN.accounts, *KNOWN.credentials, attestation("profile.features", PAGE, date=day(-80)))
    return {one.kind.value: one.days_left(TODAY) for one in reminders_of(registry, TODAY, acts=acts)}


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (removal, ("91",)),
        (ban, ("92",)),
        (publication, ("93",)),
        (deletion, ("93",)),
        (lacking, ("92",)),
    ],
)
@pytest.mark.parametrize(("situation", "days", "holds"), DAYS, ids=[one[0] for one in DAYS])
def test_only_an_act_in_force_grounds_a_deed(
    place: Callable[[list[Act]], tuple[str, ...]], told: tuple[str, ...], situation: str, days: Any, holds: bool
) -> None:
    assert place([act(*ORDER, **days)]) == (told if holds else ()), situation


@pytest.mark.parametrize(
    ("situation", "days", "told"),
    [
        ("no dates", {}, {"rotation": 5, "confirmation": 10}),
        ("its last day", {"in_force_until": day(0)}, {"rotation": 5, "confirmation": 10}),
        ("ended yesterday", {"in_force_until": day(-1)}, {}),
        ("begins tomorrow", {"in_force_from": day(1)}, {"rotation": 5, "confirmation": 10}),
        ("signed for a day after the key is due", {"date": day(8)}, {"rotation": 8, "confirmation": 10}),
        ("begins when both will be overdue", {"in_force_from": day(20)}, {"rotation": 20, "confirmation": 20}),
        ("begins later than reminders look", {"in_force_from": day(40)}, {}),
    ],
)
def test_of_an_act_that_begins_soon_people_are_reminded_before(situation: str, days: Any, told: dict[str, int]) -> None:
    """Reminders look ahead: what is due as soon as an act begins is told before, and for no earlier day."""
    assert reminded([act(*ORDER, **days)]) == told, situation


def test_the_act_in_force_is_cited_past_one_that_has_ended() -> None:
    former = act(*ORDER, id="former", in_force_until=day(-1))
    new = act(requirement("moderation.grounds", clause="5", grounds=["obscenity"]), id="new", in_force_from=day(0))
    assert removal([former, new]) == ("5",)
    assert clause_of([former, new], "moderation.grounds", on=day(-1)) == "91"


def test_with_no_list_of_grounds_in_force_a_person_looks() -> None:
    seen = snapshot(view(PAGE, comments=[RUDE]), municipality=KNOWN.municipality.id)
    ended = act(*ORDER, in_force_until=day(-1))
    plan = plan_moderation(seen, registry=KNOWN, adapters=ADAPTERS, now=MOMENT, acts=[ended])
    assert any("ни один действующий сегодня акт" in one.ru for one in plan.problems)


@pytest.mark.parametrize(("removed", "told"), [(2, ["error"]), (1, []), (0, [])])
def test_that_no_act_provides_for_bans_is_told_where_one_would_be_proposed(removed: int, told: list[str]) -> None:
    """An order that has ended, or begins later, is no fault by itself, least of all every day."""
    for order in (act(*ORDER, in_force_until=day(-1)), act(*ORDER, in_force_from=day(1))):
        assert [one.weight for one in bans([order], removed=removed).problems] == told


def test_a_publication_is_held_to_the_acts_of_its_own_day() -> None:
    later = act(*ORDER, in_force_from=day(2))
    draft = Draft(text="Друзья, приём!", topic="other", publish_at=MOMENT + timedelta(days=3))
    plan = plan_publication(draft, [PAGE], registry=KNOWN, adapters=ADAPTERS, now=MOMENT, acts=[later])
    assert [step.clause for step in plan.steps] == ["93"]


@pytest.mark.parametrize(("ended", "cited"), [("2026-11-18", ["96"]), ("2026-11-17", [""])])
def test_an_answer_cites_what_held_on_the_day_of_asking(ended: str, cited: list[str]) -> None:
    order = act(requirement("moderation.duty", clause="96"), in_force_until=date.fromisoformat(ended))
    asks = comment("Когда почините дорогу на Сосновой?", at="2026-11-18 13:00", id="c2", author_id="555")
    seen = snapshot(view(PAGE, comments=[asks]), municipality=KNOWN.municipality.id)
    (question,) = inbox_of(seen, KNOWN, acts=[order])
    plan = plan_answer(question, "Завтра к 12 часам.", registry=KNOWN, adapters=ADAPTERS, now=MOMENT, acts=[order])
    assert [step.clause for step in plan.steps] == cited


def test_without_acts_the_deed_goes_by_the_custom_clause() -> None:
    assert clause_of([], "moderation.duty", on=TODAY, custom="9.1") == "9.1"
    assert clause_of([act(*ORDER)], "moderation.duty", on=TODAY, custom="9.1") == "9.1"

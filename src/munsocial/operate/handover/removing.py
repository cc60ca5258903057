"""A plan that takes power over the pages from the leaver: read, limited and applied as any other plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from munsocial.model.registry import Registry
from munsocial.operate.clauses import clause_of
from munsocial.operate.days import local_day
from munsocial.operate.handover.procedure import Procedure
from munsocial.operate.handover.steps import StepKind
from munsocial.operate.keys.custody import person_name
from munsocial.operate.plans.plan import Plan, PlanProblem, Proof, Step, new_plan, step_key
from munsocial.policy.act import Act
from munsocial.policy.words import word_of
from munsocial.wording import Text

__all__ = ["plan_removal"]

_REMOVE = Text("снять полномочия: {name}", "take power from {name}")
_NO_PROFILE = Text(
    "профиль ушедшего в сети {network} не записан (people.profiles): кого снимать, неизвестно",
    "no profile of the leaver in {network} is on record (people.profiles): nobody knows whom to remove",
)


def plan_removal(
    procedure: Procedure, registry: Registry, *, now: datetime, made_by: str = "", acts: Iterable[Act] = ()
) -> Plan:
    """Plan the removal of the leaver from the managers of every page where that is not yet shown to be done.

    ``acts`` give the clause that asks for it.
    """
    clause = clause_of(acts, "credentials.custody", on=local_day(now, registry))
    steps: list[Step] = []
    problems: list[PlanProblem] = []
    giver = registry.person_by_id.get(procedure.giver or "")
    for standing in procedure.standings:
        account = registry.account_by_id.get(standing.step.account)
        if standing.step.kind is not StepKind.MANAGERS or standing.done or account is None or giver is None:
            continue
        profile = giver.profiles.get(account.network)
        if profile is None:
            told = _NO_PROFILE.fill(network=word_of(account.network))
            problems.append(PlanProblem.of(account.id, "error", told))
            continue
        told = _REMOVE.fill(name=person_name(registry, giver.id))
        step = Step(
            id=f"s{len(steps) + 1}",
            key=step_key(),
            account=account.id,
            network=account.network,
            action="remove_manager",
            params={"user": profile},
            ru=told.ru,
            en=told.en,
            clause=clause,
            ground=procedure.id,
            evidence=(Proof(author=giver.name),),
        )
        steps.append(step)
    return new_plan("handover", registry, steps, now=now, made_by=made_by, problems=problems)

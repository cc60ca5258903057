"""Emergency mode: one warning to all accounts at once, in the order of their reach, and a report of who has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from munsocial.errors import DraftRefused
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.network.adapter import Adapter
from munsocial.network.drafts import Draft
from munsocial.operate.applying.outcomes import Applied
from munsocial.operate.days import local_day
from munsocial.operate.plans.plan import Plan, PlanProblem
from munsocial.operate.publishing.publication import plan_publication
from munsocial.policy.act import Act
from munsocial.wording import Lang, Text

__all__ = ["Reached", "plan_emergency", "reach_lines", "reach_of", "who_has_it"]

_LIFE = timedelta(hours=12)
_LATE = timedelta(hours=2)
"""A warning that could not be sent for so long is not sent without asking: it may be over."""
_EXEMPT = "экстренное предупреждение"

_NOWHERE = Text("нет ни одного живого аккаунта.", "there is no living account.")
_LINE = Text(
    "{mark} {account} ({network}), подписчиков {reach}: {state}",
    "{mark} {account} ({network}), readers {reach}: {state}",
)
_SUM = Text(
    "Предупреждение стоит в {done} из {all} аккаунтов; подписчиков у них {reached} из {reach}.",
    "The warning stands in {done} of {all} accounts; they have {reached} of {reach} readers.",
)
_AT_LEAST = Text(
    "Предупреждение стоит в {done} из {all} аккаунтов. Подписчиков у них: {reached}; всего: {reach}; неизвестно в "
    "аккаунтах: {unknown}.",
    "The warning stands in {done} of {all} accounts. Their readers: {reached}; in all: {reach}; unknown in accounts: "
    "{unknown}.",
)
_NO_LESS = Text("не меньше {count}", "at least {count}")
_HAS = Text("стоит {url}", "stands at {url}")
_LACKS = Text("НЕТ — {why}", "NO - {why}")
_UNSENT = Text("не отправлялось", "not sent")
_UNKNOWN = Text("неизвестно", "unknown")


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether the warning stands in one account. ``reach`` is its number of readers, None when nobody knows."""

    account: str
    network: str
    reach: int | None
    has: bool
    url: str = ""
    why: Text | None = None

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        reach = _UNKNOWN if self.reach is None else Text(str(self.reach), str(self.reach))
        state = _HAS.fill(url=self.url) if self.has else _LACKS.fill(why=self.why or _UNSENT)
        facts = {"mark": "✓" if self.has else "✗", "account": self.account, "network": self.network}
        return _LINE.fill(reach=reach, state=state, **facts).say(lang)


def plan_emergency(
    draft: Draft,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    reach: Mapping[str, int] | None = None,
    acts: Sequence[Act] = (),
    made_by: str = "",
    acknowledge: Iterable[str] = (),
    signatures: int = 0,
    known: Iterable[PlanProblem] = (),
) -> Plan:
    """Plan one warning to every living account, the widest reach first; no style is advised.

    ``reach`` maps accounts to their readers (`reach_of`); accounts nobody knows of come last, in the register's order.
    ``signatures`` is how many other persons must sign: none unless asked for. ``known`` are problems found elsewhere
    (`under_way`).

    Raises:
        DraftRefused: nothing is left of the plan, with every reason.
    """
    readers = reach or {}
    today = local_day(now, registry)
    alive = [one.id for one in registry.accounts if one.publishes_on(today)]
    if not alive:
        raise DraftRefused(_NOWHERE, where=registry.municipality.id)
    order = sorted(alive, key=lambda name: -readers.get(name, -1))
    warning = draft.model_copy(update={"publish_at": None, "style_exempt": draft.style_exempt or _EXEMPT})
    plan = plan_publication(
        warning,
        order,
        registry=registry,
        adapters=adapters,
        now=now,
        acts=acts,
        made_by=made_by,
        acknowledge=acknowledge,
        kind="emergency",
        signatures=signatures,
        known=known,
    )
    steps = tuple(step.model_copy(update={"late_after": now + _LATE}) for step in plan.steps)
    changed = plan.model_copy(update={"steps": steps, "expires_at": now + _LIFE})
    return changed.model_copy(update={"digest": changed.content_digest()})


def who_has_it(
    plan: Plan, applied: Applied, registry: Registry, *, reach: Mapping[str, int] | None = None
) -> tuple[Reached, ...]:
    """Return for every living account whether the warning stands there, in the order in which it was sent."""
    known = reach or {}
    outcomes = {one.step.account: one for one in applied.outcomes}
    refused = {one.account: Text(one.ru, one.en) for one in plan.problems if one.weight == "error"}
    names = [*dict.fromkeys([step.account for step in plan.steps]), *refused]
    found: list[Reached] = []
    for name in dict.fromkeys(names):
        account = registry.account_by_id.get(name)
        outcome = outcomes.get(name)
        has = outcome is not None and outcome.state == "confirmed"
        why = refused.get(name) if outcome is None else outcome.why
        url = str(outcome.result.get("url") or "") if outcome else ""
        found.append(Reached(name, account.network if account else "", known.get(name), has, url if has else "", why))
    return tuple(found)


def reach_of(snapshot: Snapshot) -> dict[str, int]:
    """Return the readers of each account whose profile was seen with their number."""
    return {
        view.account: view.profile.value.subscribers
        for view in snapshot.accounts
        if view.profile.value is not None and view.profile.value.subscribers is not None
    }


def reach_lines(reached: Sequence[Reached], lang: Lang = "ru") -> tuple[str, ...]:
    """Return the report line by line, its sum last."""
    there = [one for one in reached if one.has]
    facts: dict[str, object] = {"done": len(there), "all": len(reached)}
    if unknown := sum(one.reach is None for one in reached):
        total = _AT_LEAST.fill(reached=_readers(there), reach=_readers(reached), unknown=unknown, **facts)
    else:
        total = _SUM.fill(reached=_readers(there), reach=_readers(reached), **facts)
    return (*(one.say(lang) for one in reached), total.say(lang))


def _readers(accounts: Sequence[Reached]) -> Text:
    known = [one.reach for one in accounts if one.reach is not None]
    count = Text(str(sum(known)), str(sum(known)))
    if len(known) == len(accounts):
        return count
    return _NO_LESS.fill(count=count) if sum(known) else _UNKNOWN

"""The outbox: deeds whose time comes later are done by `run_outbox`, which a timer calls every minute or so.

After a stop it catches up; what has come too late is not done without asking. It takes up, of the plans in the
journal: steps that were left to it when their plan was applied, steps whose call was refused for a passing reason,
and steps whose end is unclear. An account whose network asked for a pause is left alone until that is over. Steps
that nobody has applied yet (a limit, a missing signature) are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from munsocial.errors import InputError, PlanRefused, RestrictedNetwork
from munsocial.journal.booked import Booked
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.registry import Registry
from munsocial.network.adapter import Adapter
from munsocial.operate.applying.apply import NEVER, apply_plan, check_limit, tried_at
from munsocial.operate.applying.carried import Carried, certainly_carried
from munsocial.operate.applying.outcomes import StepOutcome
from munsocial.operate.applying.pauses import paused_until
from munsocial.operate.applying.referrals import Referrals
from munsocial.operate.applying.unclear import SETTLE
from munsocial.operate.plans.booked_plan import plan_in
from munsocial.operate.plans.plan import Plan, Step
from munsocial.operate.restrictions import acknowledged_in
from munsocial.wording import Lang, Text

__all__ = [
    "OutboxRun",
    "Planned",
    "Waiting",
    "drop_step",
    "planned_keys",
    "run_outbox",
    "settle_unclear",
    "waiting_in",
]

_OPEN = ("planned", "sending", "uncertain")

_DUE = Text("в {when}", "at {when}")
_NOW = Text("пора", "due")
_LATE = Text(
    "опоздало, срок был {when}: сделать — munsocial outbox run РЕЕСТР --late --yes, снять — munsocial outbox drop "
    "РЕЕСТР {place} --yes",
    "too late, it was due by {when}: to do it munsocial outbox run REGISTRY --late --yes, to drop it munsocial outbox "
    "drop REGISTRY {place} --yes",
)
_NEVER = Text(
    "срок плана истёк {when}, отправлено не будет; снять: munsocial outbox drop РЕЕСТР {place} --yes",
    "the plan expired at {when}, it will not be sent; take it out: munsocial outbox drop REGISTRY {place} --yes",
)
_UNREADABLE = Text(
    "исход неясен, а срок плана истёк {when}: {remedy}", "unclear, and the plan expired at {when}: {remedy}"
)
_PAUSED = Text("перерыв до {when} после отказа сети", "pausing until {when} after a refusal by the network")
_UNCLEAR = Text(
    "исход неясен: прочитает munsocial outbox run РЕЕСТР --yes, или {remedy}",
    "unclear: munsocial outbox run REGISTRY --yes reads it back, or {remedy}",
)
_REFUSED = Text("план {plan} не выполнен: {why}", "plan {plan} was not done: {why}")
_NOBODY = Text("не указано, кто посмотрел.", "nobody is named who looked.")
_NAME = Text("Укажите --by.", "Give --by.")
_IS = Text("{by}: на странице это есть{why}", "{by}: it is on the page{why}")
_IS_NOT = Text("{by}: на странице этого нет{why}", "{by}: it is not on the page{why}")
_DROP = Text(
    "снять: munsocial outbox drop РЕЕСТР {place} --yes",
    "take it out with munsocial outbox drop REGISTRY {place} --yes",
)
_GO_ON = Text(
    "доделать: munsocial apply РЕЕСТР {plan} --yes, снять: munsocial outbox drop РЕЕСТР {place} --yes",
    "to go on munsocial apply REGISTRY {plan} --yes, to drop it munsocial outbox drop REGISTRY {place} --yes",
)
_DELETE = Text(
    "снять: munsocial post delete РЕЕСТР {account} {post} --yes",
    "take it down with munsocial post delete REGISTRY {account} {post} --yes",
)
_TASK = Text("это задание человеку: munsocial tasks list РЕЕСТР", "a person's task: munsocial tasks list REGISTRY")
_ASK = Text("исход неясен: munsocial outbox list РЕЕСТР", "its end is unclear: munsocial outbox list REGISTRY")
_IS_DONE = Text("уже сделано", "it is done")
_IDLE = Text("В очереди нет ничего, чему пришло время.", "Nothing in the outbox is due.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step in the outbox. ``late``: its last moment is over, and it waits for a person's word.

    ``paused``: until when the network wants nothing of its account.
    """

    plan: Plan
    step: Step
    state: str
    late: bool
    now: datetime
    tried_at: datetime = NEVER
    paused: datetime | None = None

    @property
    def due(self) -> bool:
        """Tell whether its time has come."""
        return self.step.due is None or self.step.due <= self.now

    @property
    def expired(self) -> bool:
        """Tell whether its plan may not be applied any more: only a person can end the step."""
        return self.now >= self.plan.expires_at

    def may_run(self, *, ask_late: bool) -> bool:
        """Tell whether a run of the outbox takes it up: it is due, or unclear, and waits for nobody."""
        ready = self.due or self.state != "planned"
        return ready and self.paused is None and not self.expired and not (self.late and ask_late)

    @property
    def never(self) -> bool:
        """Tell whether it was not done and never will be."""
        return self.expired and self.state == "planned"

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        place = f"{self.plan.id}/{self.step.id}"
        if self.expired:
            facts = {"when": self.plan.local(self.plan.expires_at), "place": place}
            when = (_NEVER if self.never else _UNREADABLE).fill(**facts, remedy=SETTLE.fill(place=place))
        elif self.state != "planned":
            when = _UNCLEAR.fill(remedy=SETTLE.fill(place=place))
        elif self.late and self.step.late_after:
            when = _LATE.fill(when=self.plan.local(self.step.late_after), place=place)
        elif self.paused:
            when = _PAUSED.fill(when=self.plan.local(self.paused))
        elif self.due or self.step.due is None:
            when = _NOW
        else:
            when = _DUE.fill(when=self.plan.local(self.step.due))
        return f"{place} {when.say(lang)} — {self.step.say(lang)}"


@dataclass(frozen=True, slots=True)
class OutboxRun:
    """What one run did: ends of steps, plans that could not be applied, and what waits for a person (``late``)."""

    outcomes: tuple[StepOutcome, ...]
    refused: tuple[tuple[str, Text], ...] = ()
    late: tuple[Waiting, ...] = ()
    next_due: datetime | None = None

    @property
    def amiss(self) -> bool:
        """True when somebody should look: refused, unclear, too late, or put off until a person passes a check.

        What passes by waiting (a network that is down, a spent limit) the next run does: that calls nobody.
        """
        ends = any(one.state in ("rejected", "uncertain") or one.by_person for one in self.outcomes)
        return bool(ends or self.refused or self.late)

    def lines(self, lang: Lang = "ru") -> tuple[str, ...]:
        """Return the run line by line."""
        lines = [one.say(lang) for one in self.outcomes]
        lines += [_REFUSED.fill(plan=plan, why=why).say(lang) for plan, why in self.refused]
        lines += [one.say(lang) for one in self.late]
        return tuple(lines) or (_IDLE.say(lang),)


def waiting_in(journal: Journal, now: datetime, district: str | None = None) -> tuple[Waiting, ...]:
    """Return what waits in the outbox, the earliest first; plans whose texts were purged are left out.

    With ``district``, the id of a municipality, those of others that share the journal are left out, too.
    """
    book = StepBook(journal)
    released = book.released()
    plan_named = cache(partial(plan_in, book))
    found: list[Waiting] = []
    pauses: dict[str, datetime] = {}
    for booked in book.waiting(_OPEN):
        if booked.state == "planned" and not _ours(booked, released):
            continue
        plan = plan_named(booked.plan)
        step = next((one for one in plan.steps if one.id == booked.step), None) if plan else None
        if plan is None or step is None or (district is not None and plan.municipality != district):
            continue
        late = booked.state == "planned" and step.late_after is not None and now > step.late_after
        found.append(Waiting(plan, step, booked.state, late, now, tried_at(booked)))
        if (until := paused_until(booked.result)) and until > now:
            pauses[step.account] = max(until, pauses.get(step.account, until))
    found = [replace(one, paused=pauses.get(one.step.account)) for one in found]
    return tuple(sorted(found, key=lambda one: (one.step.due or one.now, one.plan.id, one.step.id)))


async def run_outbox(
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    journal: Journal,
    now: Callable[[], datetime],
    ask_late: bool = True,
    limit: int | None = None,
    acknowledge: Iterable[str] = (),
) -> OutboxRun:
    """Do what is due, read back what is unclear, and say what is too late; at most ``limit`` steps.

    A plan that may not be applied any more (its accounts registered anew) is told and passed over; of an expired one
    it is told how a person ends its steps. Two runs at once do each step once.

    Raises:
        InputError: the limit is no whole number, or ``acknowledge`` no list. JournalError: nothing is done unrecorded.
    """
    check_limit(limit)
    acknowledged = acknowledged_in(acknowledge)  # each plan asks for them
    waiting = waiting_in(journal, now(), registry.municipality.id)
    outcomes: list[StepOutcome] = []
    refused: dict[str, Text] = {}
    ready = [one for one in waiting if one.may_run(ask_late=ask_late)]
    left = limit
    for plan, steps in _together(ready) if limit is None else _by_turns(ready):
        if left is not None and left <= 0:
            break
        if plan.id in refused:
            continue
        try:
            applied = await apply_plan(
                plan,
                registry=registry,
                adapters=adapters,
                journal=journal,
                now=now,
                ask_late=ask_late,
                limit=left,
                only=steps,
                acknowledge=acknowledged,
            )
        except (PlanRefused, RestrictedNetwork) as error:
            refused[plan.id] = Text.of(error)
            continue
        outcomes += applied.outcomes
        left = None if left is None else left - applied.tried
    late = tuple(one for one in waiting if one.expired or (one.late and ask_late))
    return OutboxRun(tuple(outcomes), tuple(refused.items()), late, _next_due(waiting, now()))


def _next_due(waiting: Iterable[Waiting], now: datetime) -> datetime | None:
    """Return the moment at which the next of them may run, None where nothing waits for one."""
    later = [when for one in waiting if (when := one.paused or one.step.due) and when > now]
    return min(later, default=None)


def _together(ready: Iterable[Waiting]) -> list[tuple[Plan, set[str]]]:
    """Return the steps of each plan in one."""
    plans: dict[str, tuple[Plan, set[str]]] = {}
    for one in ready:
        plans.setdefault(one.plan.id, (one.plan, set()))[1].add(one.step.id)
    return list(plans.values())


def _by_turns(ready: Iterable[Waiting]) -> Iterator[tuple[Plan, set[str]]]:
    """Give the steps in the order of their last attempts, so that a plan which never ends holds up no other one."""
    turns = groupby(sorted(ready, key=lambda one: one.tried_at), key=lambda one: one.plan.id)
    for _, group in turns:
        yield from _together(group)


def drop_step(
    journal: Journal,
    plan: str,
    step: str,
    *,
    by: str,
    why: str = "",
    district: str | None = None,
    write: bool = True,
) -> bool:
    """Take a step out of the outbox by a person's word; False when it is not waiting there any more.

    ``district`` as in `waiting_in`. Without ``write`` it is only looked whether it waits.
    """
    if not _stands(journal, plan, step, ("planned",), district):
        return False
    if not write:
        return True
    said = {"why": {"ru": f"снято с очереди: {by} {why}".strip(), "en": f"taken out by {by} {why}".strip()}}
    return StepBook(journal).give_up(plan, step, said)


def settle_unclear(
    journal: Journal,
    plan: str,
    step: str,
    *,
    done: bool,
    by: str,
    why: str = "",
    at: str = "",
    district: str | None = None,
    write: bool = True,
) -> bool:
    """Settle by the word of a person who looked at the page what no reading can tell. ``at`` is a link to what stands.

    With ``done`` the step is over; else it begins anew with the next application. False when its end is not unclear, or
    a program is at work on it. ``district`` as in `waiting_in`. Without ``write`` it is only looked whether its end is
    unclear.

    Raises:
        InputError: nobody is named.
    """
    if not by.strip():
        raise InputError(_NOBODY, where=f"{plan}/{step}", remedy=_NAME)
    if not _stands(journal, plan, step, ("sending", "uncertain"), district):
        return False
    if not write:
        return True
    book = StepBook(journal)
    try:
        return _settled(book, plan, step, done=done, by=by, why=why, at=at)
    finally:
        book.close()


def _settled(book: StepBook, plan: str, step: str, *, done: bool, by: str, why: str, at: str) -> bool:
    taken = book.take(plan, step)
    if taken is None:
        return False
    if not done:
        carried = Carried(book.journal, plan)
        carried.taken(taken)
        word = {"by": by, "why": _word(_IS_NOT, by, why), "passes": True}
        return book.settle(plan, step, "planned", word | certainly_carried(carried.kept(step)))
    meant = plan_in(book, plan)
    found = next((one for one in meant.steps if one.id == step), None) if meant else None
    result = {"by": by, "why": _word(_IS, by, why), **({"url": at} if at else {})}
    if meant is None or found is None:
        return book.settle(plan, step, "confirmed", result)
    return Referrals(book, meant.municipality).confirm(plan, found, result, book.journal.clock(), by=by)


def _stands(journal: Journal, plan: str, step: str, states: tuple[str, ...], district: str | None) -> bool:
    book = StepBook(journal)
    meant = plan_in(book, plan) if district is not None else None
    if meant is not None and meant.municipality != district:
        return False
    return any(one.step == step and one.state in states for one in book.of(plan))


def _word(what: Text, by: str, why: str) -> dict[str, str]:
    return what.fill(by=by, why=f" ({why})" if why else "")._asdict()


class Planned(NamedTuple):
    """Where a key stands already: the place of its step, how far that is, and the post that it has made.

    "left" is a planned step that the outbox does not know: nobody sends it until its plan is applied again.
    """

    place: str
    state: str
    post: str = ""

    def back(self, account: str) -> Text:
        """Say how it is taken back: the outbox knows only of what still waits there."""
        plan = self.place.rpartition("/")[0]
        facts = {"place": self.place, "plan": plan, "account": account, "post": self.post}
        if self.state == "confirmed":
            return (_DELETE if self.post else _IS_DONE).fill(**facts)
        return {"planned": _DROP, "left": _GO_ON, "manual": _TASK}.get(self.state, _ASK).fill(**facts)


def planned_keys(journal: Journal) -> dict[str, Planned]:
    """Return the keys of all steps that were entered and not given up, with their places: none is planned twice."""
    book = StepBook(journal)
    released, found = book.released(), dict[str, Planned]()
    for one in book.waiting((*_OPEN, "confirmed", "manual")):
        state = "left" if one.state == "planned" and not _ours(one, released) else one.state
        found[one.key] = Planned(f"{one.plan}/{one.step}", state, str(one.result.get("post") or ""))
    return found


def _ours(booked: Booked, released: frozenset[tuple[str, str]]) -> bool:
    """Tell whether a step was left to the outbox: for its time, or until a passing trouble is over.

    What a person has to mend first (a key, a right, a file) is not tried again every minute.
    """
    return bool(booked.result.get("passes", (booked.plan, booked.step) in released))

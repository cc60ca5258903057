"""What both faces do to the world: written once as coroutines over a connection, driven or awaited by the faces.

Every call that writes plans first. ``dry_run`` is the default: the plan comes back, nothing was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from munsocial.model.given import is_a, is_function
from munsocial.social.link import Link
from munsocial.social.planning import Planning
from munsocial.transport.port import drive

if TYPE_CHECKING:
    from munsocial.model.snapshot import Snapshot
    from munsocial.network.drafts import Draft
    from munsocial.operate.answering.answers import Place
    from munsocial.operate.answering.inbox import Question
    from munsocial.operate.applying.outbox import OutboxRun
    from munsocial.operate.applying.outcomes import Applied, StepOutcome
    from munsocial.operate.moderating.moderation import Settings
    from munsocial.operate.plans.plan import Plan

    Told = Callable[[StepOutcome], None]

__all__ = ["Acting", "AsyncActing", "Performed"]


@dataclass(frozen=True, slots=True)
class Performed:
    """What was planned, and what became of it; ``applied`` is None after a dry run."""

    plan: Plan
    applied: Applied | None = None

    @property
    def done(self) -> bool:
        """True when everything planned was done; a dry run did nothing."""
        return self.applied is not None and self.applied.done


class Acting(Planning):
    """The part of the blocking face."""

    def apply(
        self,
        plan: Plan,
        *,
        limit: int | None = None,
        acknowledge: Iterable[str] = (),
        ask_late: bool = True,
        told: Told | None = None,
        by: str = "",
    ) -> Applied:
        """Do the steps of a plan, at most ``limit``; each ends confirmed, rejected, uncertain, manual or skipped.

        A plan may be applied again: what is done stays done, what was uncertain is read back. ``acknowledge`` names
        networks restricted by law in which the caller acts all the same; ``ask_late=False`` does late steps too.
        ``told`` is called after each step. ``by`` is who decides on removals by applying the plan, else its maker.

        Raises:
            PlanRefused: changed by hand, of another register, expired, not signed. JournalError: nothing is done
                unrecorded. RestrictedNetwork: a step leads into one that was not acknowledged.
            InputError: ``limit`` is no whole number.
        """
        return drive(_apply(self._link, plan, limit, acknowledge, ask_late, told, by))

    def publish(
        self,
        draft: Draft,
        *,
        to: Iterable[str],
        dry_run: bool = True,
        limit: int | None = None,
        made_by: str = "",
        acknowledge: Iterable[str] = (),
    ) -> Performed:
        """Plan a draft for accounts and, unless ``dry_run``, publish it.

        Raises:
            DraftRefused: an unknown account, or nowhere to publish. Others as `apply`.
        """
        known = _acknowledged(acknowledge)
        plan = self.plan_publication(draft, to=to, made_by=made_by, acknowledge=known)
        return drive(_perform(self._link, plan, dry_run, limit, known))

    def moderate(
        self,
        snapshot: Snapshot,
        *,
        settings: Settings | None = None,
        dry_run: bool = True,
        limit: int | None = None,
        made_by: str = "",
        acknowledge: Iterable[str] = (),
    ) -> Performed:
        """Plan removals and, unless ``dry_run``, make those that need no signature; the others wait in the plan."""
        known = _acknowledged(acknowledge)
        plan = self.plan_moderation(snapshot, settings=settings, made_by=made_by, acknowledge=known)
        return drive(_perform(self._link, plan, dry_run, limit, known))

    def answer(
        self,
        question: Question,
        text: str,
        *,
        account: str | None = None,
        place: Place = "auto",
        dry_run: bool = True,
        made_by: str = "",
        acknowledge: Iterable[str] = (),
    ) -> Performed:
        """Plan an answer and, unless ``dry_run``, give it.

        Raises:
            InputError: the text is empty, or nobody may answer. Others as `apply`.
        """
        known = _acknowledged(acknowledge)
        plan = self.plan_answer(question, text, account=account, made_by=made_by, place=place, acknowledge=known)
        return drive(_perform(self._link, plan, dry_run, None, known))

    def outbox(self, *, ask_late: bool = True, limit: int | None = None, acknowledge: Iterable[str] = ()) -> OutboxRun:
        """Do what is due in the outbox, read back what is unclear, and say what is too late."""
        return drive(_outbox(self._link, ask_late, limit, acknowledge))


class AsyncActing(Planning):
    """The part of the asynchronous face; see `Acting` for each method."""

    async def apply(
        self,
        plan: Plan,
        *,
        limit: int | None = None,
        acknowledge: Iterable[str] = (),
        ask_late: bool = True,
        told: Told | None = None,
        by: str = "",
    ) -> Applied:
        """See `Social.apply`."""
        return await _apply(self._link, plan, limit, acknowledge, ask_late, told, by)

    async def publish(
        self,
        draft: Draft,
        *,
        to: Iterable[str],
        dry_run: bool = True,
        limit: int | None = None,
        made_by: str = "",
        acknowledge: Iterable[str] = (),
    ) -> Performed:
        """See `Social.publish`."""
        known = _acknowledged(acknowledge)
        plan = self.plan_publication(draft, to=to, made_by=made_by, acknowledge=known)
        return await _perform(self._link, plan, dry_run, limit, known)

    async def moderate(
        self,
        snapshot: Snapshot,
        *,
        settings: Settings | None = None,
        dry_run: bool = True,
        limit: int | None = None,
        made_by: str = "",
        acknowledge: Iterable[str] = (),
    ) -> Performed:
        """See `Social.moderate`."""
        known = _acknowledged(acknowledge)
        plan = self.plan_moderation(snapshot, settings=settings, made_by=made_by, acknowledge=known)
        return await _perform(self._link, plan, dry_run, limit, known)

    async def answer(
        self,
        question: Question,
        text: str,
        *,
        account: str | None = None,
        place: Place = "auto",
        dry_run: bool = True,
        made_by: str = "",
        acknowledge: Iterable[str] = (),
    ) -> Performed:
        """See `Social.answer`."""
        known = _acknowledged(acknowledge)
        plan = self.plan_answer(question, text, account=account, made_by=made_by, place=place, acknowledge=known)
        return await _perform(self._link, plan, dry_run, None, known)

    async def outbox(
        self, *, ask_late: bool = True, limit: int | None = None, acknowledge: Iterable[str] = ()
    ) -> OutboxRun:
        """See `Social.outbox`."""
        return await _outbox(self._link, ask_late, limit, acknowledge)


def _acknowledged(names: Iterable[str]) -> frozenset[str]:
    """Return the networks named; they are asked for twice, when it is planned and when it is done."""
    from munsocial.operate.restrictions import acknowledged_in

    return acknowledged_in(names)


async def _apply(
    link: Link,
    plan: Plan,
    limit: int | None,
    acknowledge: Iterable[str],
    ask_late: bool = True,
    told: Told | None = None,
    by: str = "",
) -> Applied:
    from munsocial.operate.applying.apply import apply_plan
    from munsocial.operate.plans.plan import Plan

    is_a(Plan, plan, "plan")
    is_a(str, by, "by")
    is_function(told, "told", "print")
    return await apply_plan(
        plan,
        registry=link.registry,
        adapters=link.adapters,
        journal=link.journal,
        now=link.clock,
        limit=limit,
        acknowledge=acknowledge,
        ask_late=ask_late,
        told=told,
        by=by,
    )


async def _perform(link: Link, plan: Plan, dry_run: bool, limit: int | None, acknowledge: Iterable[str]) -> Performed:
    if dry_run or not plan.steps:
        return Performed(plan)
    return Performed(plan, await _apply(link, plan, limit, acknowledge))


async def _outbox(link: Link, ask_late: bool, limit: int | None, acknowledge: Iterable[str]) -> OutboxRun:
    from munsocial.operate.applying.outbox import run_outbox

    known = _acknowledged(acknowledge)  # before a journal is made
    return await run_outbox(
        registry=link.registry,
        adapters=link.adapters,
        journal=link.journal,
        now=link.clock,
        ask_late=ask_late,
        limit=limit,
        acknowledge=known,
    )

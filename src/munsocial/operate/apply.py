"""Applying a plan: each step once, its key stored before the first attempt, an unclear end read back, never guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from munsocial.errors import MunsocialError, NetworkError, RestrictedNetwork
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import Booked, StepBook
from munsocial.model.accounts import NetworkAccount
from munsocial.model.registry import Registry
from munsocial.network.abilities import How
from munsocial.network.adapter import Adapter
from munsocial.network.missing import CAUGHT
from munsocial.operate.deeds import DEEDS, Deed, Scene, Seen, look
from munsocial.operate.manual import instruction_for
from munsocial.operate.plan import Plan, Step
from munsocial.wording import Lang, Text

__all__ = ["GRACE", "Applied", "StepOutcome", "apply_plan", "text_digest"]

GRACE = timedelta(seconds=120)
"""So long a network without keys may still be at work on a call whose answer was lost."""

_STATES = {
    "confirmed": Text("сделано", "done"),
    "rejected": Text("отказано", "rejected"),
    "uncertain": Text("неясно, будет прочитано ещё раз", "uncertain, will be read back again"),
    "manual": Text("нужно сделать вручную", "to be done by hand"),
    "skipped": Text("пропущено", "skipped"),
    "planned": Text("ждёт", "waiting"),
    "sending": Text("выполняет другая программа", "another program is at it"),
}
_NOT_DUE = Text("срок ещё не наступил: {when}", "not due before {when}")
_LATE = Text("слишком поздно: срок был {when}", "too late: it was due by {when}")
_UNSIGNED = Text(
    "нужна подпись второго лица: подписей {have}, требуется {need}",
    "a second person must sign: {have} signatures, {need} wanted",
)
_WAITS = Text("сначала должен быть выполнен шаг {step}", "step {step} must be done first")
_CHANGED = Text("с тех пор изменилось: {what}", "changed since then: {what}")
_NO_ADAPTER = Text("нет адаптера сети {network}", "there is no adapter for {network}")
_NO_DEED = Text("неизвестное действие {action}", "unknown action {action}")
_RETRY = Text("сеть не приняла вызов, он не выполнен; повторится при следующем применении: {why}",
              "the network did not take the call, it was not done; the next application repeats it: {why}")  # fmt: skip
_LOST = Text("ответ потерян; при чтении следов пока нет", "the answer was lost; reading back shows nothing yet")
_UNREAD = Text("ответ потерян, и прочитать результат не удалось", "the answer was lost, and the result cannot be read")


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What became of one step; ``result`` holds ids that the network gave."""

    step: Step
    state: str
    why: Text | None = None
    result: Mapping[str, Any] = field(default_factory=dict)

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        state = _STATES[self.state].say(lang)
        return f"{self.step.say(lang)} — {state}" + (f": {self.why.say(lang)}" if self.why else "")


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a plan, step by step."""

    plan: str
    outcomes: tuple[StepOutcome, ...]

    def of(self, state: str) -> tuple[StepOutcome, ...]:
        """Return the steps that ended in a state."""
        return tuple(one for one in self.outcomes if one.state == state)

    @property
    def done(self) -> bool:
        """True when every step was confirmed."""
        return all(one.state == "confirmed" for one in self.outcomes)

    def lines(self, lang: Lang = "ru") -> tuple[str, ...]:
        """Return a line for each step."""
        return tuple(one.say(lang) for one in self.outcomes)


async def apply_plan(
    plan: Plan,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    journal: Journal,
    now: Any,
    limit: int | None = None,
    acknowledge: Iterable[str] = (),
    ask_late: bool = True,
    grace: timedelta = GRACE,
    only: Collection[str] | None = None,
) -> Applied:
    """Do the steps of a plan that may be done now, at most ``limit`` of them; nothing is done twice.

    ``now`` is a function that gives the present moment. ``acknowledge`` names networks restricted by law in which the
    caller acts all the same. With ``ask_late`` a step after its last moment is skipped and not done. ``grace`` is how
    long a network without keys may still be at work on a call whose answer was lost. ``only`` names the steps to look
    at.

    Raises:
        PlanRefused: the plan may not be applied at all. JournalError: nothing is done unrecorded.
        RestrictedNetwork: a step leads into a restricted network that was not acknowledged; nothing was done.
    """
    plan.check(registry, now())
    _refuse_restricted(plan, registry, now(), frozenset(acknowledge))
    book = StepBook(journal)
    rows = [(step.id, step.key, step.due) for step in plan.steps]
    book.enter(plan.id, plan.digest, plan.model_dump_json(exclude_defaults=True), rows)
    work = _Work(plan, registry, adapters, book, now, ask_late, grace)
    chosen = [step for step in plan.limited(limit) if only is None or step.id in only]
    return Applied(plan.id, tuple([await work.one(step) for step in chosen]))


def text_digest(text: str) -> str:
    """Return the digest of a text at which a deed is aimed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_restricted(plan: Plan, registry: Registry, now: datetime, acknowledged: frozenset[str]) -> None:
    from munsocial.operate.restrictions import restriction_of

    for network in sorted({step.network for step in plan.steps} - acknowledged):
        if status := restriction_of(network, now, registry.municipality.timezone):
            raise RestrictedNetwork(
                Text("Сеть ограничена законом: {basis}.", "The network is restricted by law: {basis}.").fill(
                    basis=status.basis or status.status
                ),
                where=network,
                remedy=Text(
                    "Уберите эти шаги или назовите сеть в acknowledge (--acknowledge {network}).",
                    "Take these steps out, or name the network in acknowledge (--acknowledge {network}).",
                ).fill(network=network),
            )


class _Work:
    def __init__(
        self,
        plan: Plan,
        registry: Registry,
        adapters: Mapping[str, Adapter],
        book: StepBook,
        now: Any,
        ask_late: bool,
        grace: timedelta,
    ) -> None:
        self.plan = plan
        self.adapters = adapters
        self.book = book
        self.now = now
        self.ask_late = ask_late
        self.grace = grace
        self.signers = plan.signers
        self.accounts: dict[str, NetworkAccount] = {one.id: one for one in (*registry.upstream, *registry.accounts)}
        self.states = {one.step: one for one in book.of(plan.id)}
        self.taken = {str(value) for one in self.states.values() for value in one.result.values()}

    async def one(self, step: Step) -> StepOutcome:
        if outcome := self.not_now(step):
            return outcome
        booked = self.book.take(self.plan.id, step.id)
        if booked is None:
            return self.as_it_stands(step)
        deed, adapter = DEEDS.get(step.action), self.adapters.get(step.network)
        if deed is None:
            return self.settle(step, "rejected", _NO_DEED.fill(action=step.action))
        if adapter is None:
            return self.settle(step, "rejected", _NO_ADAPTER.fill(network=step.network))
        declared = adapter.capabilities.of(deed.ability)
        if declared.how is How.MANUAL:
            return self.settle(step, "manual", instruction_for(step, declared))
        if declared.how is How.ABSENT:
            return self.settle(step, "rejected", declared.reason)
        scene = self.scene(step, booked, adapter)
        if booked.state == "uncertain" and (outcome := await self.reconciled(scene, deed)):
            return outcome
        if what := await self.changed(scene, deed):
            return self.settle(step, "skipped", _CHANGED.fill(what=what))
        self.keep_evidence(step, deed)
        return await self.attempt(scene, deed)

    def not_now(self, step: Step) -> StepOutcome | None:
        """Return why a step is not even taken: not due, too late, or another one must come first."""
        now = self.now()
        booked = self.states.get(step.id)
        if booked is not None and booked.state != "planned":
            return None
        if step.signatures > self.signers:
            return StepOutcome(step, "planned", _UNSIGNED.fill(have=self.signers, need=step.signatures))
        if step.due and now < step.due:
            self.book.release(self.plan.id, step.id)
            return StepOutcome(step, "planned", _NOT_DUE.fill(when=step.due.isoformat()))
        if self.ask_late and step.late_after and now > step.late_after:
            return StepOutcome(step, "skipped", _LATE.fill(when=step.late_after.isoformat()))
        for earlier in step.after:
            if earlier in self.states and self.states[earlier].state != "confirmed":
                return StepOutcome(step, "skipped", _WAITS.fill(step=earlier))
        return None

    def as_it_stands(self, step: Step) -> StepOutcome:
        booked = {one.step: one for one in self.book.of(self.plan.id)}.get(step.id)
        if booked is None:
            return StepOutcome(step, "skipped")
        return StepOutcome(step, booked.state, _why(booked.result), booked.result)

    def scene(self, step: Step, booked: Booked, adapter: Adapter) -> Scene:
        under = step.params.get("under")
        return Scene(
            adapter=adapter,
            account=self.accounts[step.account],
            step=step,
            key=booked.key,
            started_at=booked.started_at or self.now(),
            now=self.now(),
            under=self.accounts.get(under) if under else None,
            taken=frozenset(self.taken),
        )

    async def reconciled(self, scene: Scene, deed: Deed) -> StepOutcome | None:
        """Look what an earlier attempt left; None means that it certainly left nothing and may be made anew."""
        seen, result = await look(deed, scene)
        if seen is Seen.THERE:
            return self.settle(scene.step, "confirmed", result=result)
        if seen is Seen.UNCLEAR:
            return self.settle(scene.step, "uncertain", _UNREAD, result)
        keyed = scene.adapter.capabilities.of(deed.ability).keyed
        if deed.harmless or keyed or self.now() - scene.started_at >= self.grace:
            return None
        return self.settle(scene.step, "uncertain", _LOST)

    async def changed(self, scene: Scene, deed: Deed) -> str:
        """Tell how what the deed is aimed at differs from what the plan saw; empty when it does not."""
        step = scene.step
        if not step.expect or "comment" not in step.params or "post" not in step.params:
            return ""
        from munsocial.operate.targets import comment_now

        try:
            comment = await comment_now(scene)
        except CAUGHT:
            return ""  # the deed itself will tell what is wrong
        if comment is None or comment.deleted:
            return "комментария уже нет" if deed.removes else ""
        return "" if text_digest(comment.text) == step.expect else "текст комментария другой"

    def keep_evidence(self, step: Step, deed: Deed) -> None:
        """Before anything of a citizen is removed, keep what it was: text, author, link, time, ground, decider."""
        if not deed.removes:
            return
        journal = self.book.journal
        body = {
            "plan": self.plan.id,
            "step": step.id,
            "action": step.action,
            "clause": step.clause,
            "ground": step.ground,
            "decided_by": self.plan.made_by,
            "alone": step.signatures == 0 and step.sure is not None,
            "written_at": [proof.at.isoformat() if proof.at else None for proof in step.evidence],
            "digests": [text_digest(proof.text) for proof in step.evidence],
            "urls": [proof.url for proof in step.evidence],
        }
        personal = {"evidence": [proof.model_dump(mode="json") for proof in step.evidence], "params": step.params}
        journal.append("evidence.kept", step.account, body, personal=personal)

    async def attempt(self, scene: Scene, deed: Deed) -> StepOutcome:
        try:
            result = await deed.do(scene)
        except NetworkError as error:
            return await self.failed(scene, deed, error)
        except (MunsocialError, OSError) as error:
            return self.settle(scene.step, "rejected", _said(error))
        self.taken |= {str(value) for value in result.values()}
        return self.settle(scene.step, "confirmed", result=result)

    async def failed(self, scene: Scene, deed: Deed, error: NetworkError) -> StepOutcome:
        if error.executed is False:
            if _passing(error):
                return self.settle(scene.step, "planned", _RETRY.fill(why=_said(error)))
            return self.settle(scene.step, "rejected", _said(error))
        seen, result = await look(deed, scene)
        if seen is Seen.THERE:
            return self.settle(scene.step, "confirmed", result=result)
        if error.executed is None:
            return self.settle(scene.step, "uncertain", _LOST if seen is Seen.NOT_THERE else _UNREAD)
        return self.settle(scene.step, "rejected", _said(error))

    def settle(
        self, step: Step, state: str, why: Text | None = None, result: Mapping[str, Any] | None = None
    ) -> StepOutcome:
        told = dict(result or {})
        if why is not None:
            told["why"] = {"ru": why.ru, "en": why.en}
        self.book.settle(self.plan.id, step.id, state, told)
        self.states |= {one.step: one for one in self.book.of(self.plan.id)} if step.id in self._awaited() else {}
        return StepOutcome(step, state, why, told)

    def _awaited(self) -> frozenset[str]:
        return frozenset(earlier for step in self.plan.steps for earlier in step.after)


def _passing(error: NetworkError) -> bool:
    """Tell whether the same call may be taken later."""
    from munsocial import errors

    passing = (errors.RateLimited, errors.Unreachable, errors.DeadlineExceeded, errors.ServerFault, errors.QuotaSpent)
    return isinstance(error, (*passing, errors.HumanCheckNeeded, errors.KeyInvalid))


def _said(error: Exception) -> Text:
    if isinstance(error, MunsocialError):
        return Text(error.say("ru"), error.say("en"))
    return Text(f"Файл не читается: {error}", f"A file cannot be read: {error}")


def _why(result: Mapping[str, Any]) -> Text | None:
    why = result.get("why")
    return Text(why["ru"], why["en"]) if isinstance(why, dict) else None

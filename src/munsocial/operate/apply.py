"""Applying a plan: each step once, its key stored before the first attempt, an unclear end read back, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from munsocial import errors
from munsocial.errors import MunsocialError, NetworkError, RestrictedNetwork
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import FINAL, Booked, StepBook
from munsocial.model.accounts import NetworkAccount
from munsocial.model.registry import Registry
from munsocial.network.abilities import How
from munsocial.network.adapter import Adapter
from munsocial.operate.deeds import DEEDS, REFER, Deed, Scene, Seen, look
from munsocial.operate.keeping import keep_evidence, keep_undoing
from munsocial.operate.manual import instruction_for
from munsocial.operate.outcomes import Applied, StepOutcome, why_of
from munsocial.operate.plan import Plan, Step
from munsocial.operate.targets import Differs, Targets
from munsocial.wording import Text

__all__ = ["GRACE", "Applied", "StepOutcome", "apply_plan"]

GRACE = timedelta(seconds=120)
"""So long a network without keys may still be at work on a call whose answer was lost."""

_LEASE = 300.0
_UPLOAD = 3600.0
"""Seconds that one file may take on its way (`TransportSettings.upload_deadline`): nobody takes the step meanwhile."""

_NOT_DUE = Text("срок ещё не наступил: {when}", "not due before {when}")
_LATE = Text(
    "слишком поздно: срок был {when}; чтобы сделать всё же, разрешите опоздавшие (--late)",
    "too late: it was due by {when}; to do it all the same allow late ones (--late)",
)
_UNSIGNED = Text(
    "нужна подпись второго лица: подписей {have}, требуется {need}",
    "a second person must sign: {have} signatures, {need} wanted",
)
_WAITS = Text("сначала должен быть выполнен шаг {step}", "step {step} must be done first")
_FLOOD = Text(
    "сеть остановила этот аккаунт за частые действия: сделайте перерыв и примените план снова",
    "the network has stopped this account for too many actions: pause, and apply the plan again",
)
_BUSY = Text("выполняет другая программа", "another program is at it")
_NO_ADAPTER = Text("нет адаптера сети {network}", "there is no adapter for {network}")
_NO_DEED = Text("неизвестное действие {action}", "unknown action {action}")
_NO_ACCOUNT = Text("в реестре нет аккаунта {account}", "the register has no account {account}")
_RETRY = Text("вызов не выполнен, повторится при следующем применении: {why}",
              "the call was not done, the next application repeats it: {why}")  # fmt: skip
_LOST = Text("ответ потерян; при чтении следов пока нет", "the answer was lost; reading back shows nothing yet")
_LATE_TO_SHOW = Text(
    "ответ потерян; сеть показывает сделанное с опозданием, поэтому вызов не повторяется: посмотрите на странице сами",
    "the answer was lost; the network shows what was done late, so the call is not repeated: look at the page yourself",
)
_UNREAD = Text("ответ потерян, и прочитать результат не удалось", "the answer was lost, and the result cannot be read")

_LATER = (
    errors.RateLimited,
    errors.Unreachable,
    errors.DeadlineExceeded,
    errors.ServerFault,
    errors.QuotaSpent,
    errors.HumanCheckNeeded,
)
"""Refusals that pass: the step is skipped and taken up by the next application."""
_MENDABLE = (
    errors.KeyInvalid,
    errors.KeyKindRefused,
    errors.PermissionDenied,
    errors.CapabilityMissing,
    errors.SecretUnavailable,
)
"""Refusals that a person mends outside of the plan: rejected now, and taken up by the next application."""


async def apply_plan(
    plan: Plan,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    journal: Journal,
    now: Callable[[], datetime],
    limit: int | None = None,
    acknowledge: Iterable[str] = (),
    ask_late: bool = True,
    grace: timedelta = GRACE,
    only: Collection[str] | None = None,
    told: Callable[[StepOutcome], None] | None = None,
) -> Applied:
    """Do the steps of a plan that may be done now, at most ``limit`` of them; nothing is done twice.

    ``now`` is a function that gives the present moment. ``acknowledge`` names networks restricted by law in which the
    caller acts all the same. With ``ask_late`` a step after its last moment is skipped. ``grace`` is how long
    a network without keys may still be at work on a call whose answer was lost. ``only`` names the steps to look at.
    ``told`` is called after each step. With ``limit``, steps settled before are passed over in silence: a repeated
    call does the next ones.

    Raises:
        PlanRefused: the plan may not be applied at all. JournalError: nothing is done unrecorded.
        RestrictedNetwork: a step leads into a restricted network that was not acknowledged; nothing was done.
    """
    plan.check(registry, now())
    _refuse_restricted(plan, registry, now(), frozenset(acknowledge))
    book = StepBook(journal, lease=_lease(plan))
    rows = [(step.id, step.key, step.due) for step in plan.steps]
    book.enter(plan.id, plan.digest, plan.model_dump_json(exclude_defaults=True), rows)
    work = _Work(plan, registry, adapters, book, now, ask_late, grace)
    outcomes: list[StepOutcome] = []
    for step in plan.steps:
        if limit is not None and work.taken_up >= max(0, limit):
            break
        if only is not None and step.id not in only:
            continue
        outcome = await work.one(step)
        if limit is not None and outcome.before:
            continue
        outcomes.append(outcome)
        if told:
            told(outcome)
    return Applied(plan.id, tuple(outcomes))


def _lease(plan: Plan) -> float:
    """Return for how many seconds a taken step is ours: longer than its calls may last."""
    return _LEASE + max((_uploading(step) for step in plan.steps), default=0.0)


def _uploading(step: Step) -> float:
    return _UPLOAD * len((step.params.get("draft") or {}).get("media") or ())


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
    """One application of a plan."""

    def __init__(
        self,
        plan: Plan,
        registry: Registry,
        adapters: Mapping[str, Adapter],
        book: StepBook,
        now: Callable[[], datetime],
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
        self.states: dict[str, tuple[str, Mapping[str, Any]]] = {
            one.step: (one.state, one.result) for one in book.of(plan.id)
        }
        self.targets = Targets()
        self.flooded: set[str] = set()
        """Accounts of which the network has had enough: nothing more is tried for them in this run."""
        self.taken_up = 0
        """Steps that were taken for an attempt in this run."""
        self._others: set[str] | None = None

    async def one(self, step: Step) -> StepOutcome:
        """Do one step, or say why not."""
        state, result = self.states.get(step.id, ("planned", {}))
        if state in FINAL or state == "manual":
            return StepOutcome(step, state, why_of(result), result, before=True)
        if why := self.not_now(step, state) or (_FLOOD if step.account in self.flooded else None):
            return StepOutcome(step, "skipped", why, again=True)
        booked = self.book.take(self.plan.id, step.id)
        if booked is None:
            return self.as_it_stands(step)
        self.taken_up += 1
        try:
            return await self.attempted(step, booked)
        except (MunsocialError, OSError) as error:
            # Neither the network's nor the plan's fault (a file of the draft, a key's store): the rest goes on.
            if isinstance(error, errors.JournalError):
                raise
            return self.refused(step, error)

    async def attempted(self, step: Step, booked: Booked) -> StepOutcome:
        deed, adapter = DEEDS.get(step.action), self.adapters.get(step.network)
        if step.action == REFER:
            keep_evidence(self.book.journal, self.plan, step)
            return self.settle(step, "manual", Text(step.params.get("how_ru", ""), step.params.get("how_en", "")))
        if deed is None:
            return self.settle(step, "rejected", _NO_DEED.fill(action=step.action))
        if adapter is None:
            return self.settle(step, "rejected", _NO_ADAPTER.fill(network=step.network))
        if step.account not in self.accounts:
            return self.settle(step, "rejected", _NO_ACCOUNT.fill(account=step.account))
        declared = adapter.capabilities.of(deed.ability)
        if declared.how is How.MANUAL:
            if deed.removes:
                keep_evidence(self.book.journal, self.plan, step)
            return self.settle(step, "manual", instruction_for(step, declared))
        if declared.how is How.ABSENT:
            return self.settle(step, "rejected", declared.reason)
        scene = self.scene(step, booked, adapter)
        if booked.state == "uncertain":
            if outcome := await self.reconciled(scene, deed, booked):
                return outcome
            # It left nothing: from here on it is as if it had never been tried, and its time may be over by now.
            if why := self.not_now(step, "planned"):
                return self.let_go(step, "skipped", why)
        try:
            await self.targets.check(scene, deed)
        except Differs as differs:
            return self.differing(step, differs)
        if deed.removes:
            keep_evidence(self.book.journal, self.plan, step)
        return await self.attempt(scene, deed)

    def not_now(self, step: Step, state: str) -> Text | None:
        """Return why a step is not even taken: not signed, not due, too late, or another one must come first.

        An unclear end is looked at whatever the hour: reading back does nothing to anybody.
        """
        if state != "planned":
            return None
        now = self.now()
        if step.signatures > self.signers:
            return _UNSIGNED.fill(have=self.signers, need=step.signatures)
        if step.due and now < step.due:
            self.book.release(self.plan.id, step.id)
            return _NOT_DUE.fill(when=self.plan.local(step.due))
        if self.ask_late and step.late_after and now > step.late_after:
            return _LATE.fill(when=self.plan.local(step.late_after))
        for earlier in step.after:
            if self.states.get(earlier, ("confirmed", {}))[0] != "confirmed":
                return _WAITS.fill(step=earlier)
        return None

    def as_it_stands(self, step: Step) -> StepOutcome:
        """Say what another program makes, or has made, of a step."""
        booked = next((one for one in self.book.of(self.plan.id) if one.step == step.id), None)
        if booked is None or booked.state not in (*FINAL, "manual"):
            return StepOutcome(step, "skipped", _BUSY, again=True)
        self.states[step.id] = (booked.state, booked.result)
        return StepOutcome(step, booked.state, why_of(booked.result), booked.result, before=True)

    def scene(self, step: Step, booked: Booked, adapter: Adapter) -> Scene:
        under = step.params.get("under")
        unclear = booked.state == "uncertain"
        return Scene(
            adapter=adapter,
            account=self.accounts[step.account],
            step=step,
            key=booked.key,
            started_at=booked.started_at or self.now(),
            now=self.now(),
            under=self.accounts.get(under) if under else None,
            taken=self.taken() if unclear else frozenset(),
        )

    def taken(self) -> frozenset[str]:
        """Return ids that other steps of any plan have made: equal texts of two steps are two publications."""
        if self._others is None:
            self._others = {
                str(value)
                for one in self.book.waiting(("confirmed",))
                for name, value in one.result.items()
                if name in ("post", "comment", "message")
            }
        return frozenset(self._others)

    async def reconciled(self, scene: Scene, deed: Deed, booked: Booked) -> StepOutcome | None:
        """Look what an earlier attempt left; None means that it certainly left nothing and may be made anew."""
        seen, result = await look(deed, scene)
        if seen is Seen.THERE:
            return self.settle(scene.step, "confirmed", result=result)
        lost_at = booked.result.get("lost_at") or scene.started_at.isoformat()
        if seen is Seen.UNCLEAR:
            return self.settle(scene.step, "uncertain", _UNREAD, {**result, "lost_at": lost_at})
        declared = scene.adapter.capabilities.of(deed.ability)
        if declared.shown_late and not deed.harmless:
            return self.settle(scene.step, "uncertain", _LATE_TO_SHOW, {"lost_at": lost_at})
        # A program that was killed left no moment of loss: its files may have been on their way for long.
        late = timedelta(0) if "lost_at" in booked.result else timedelta(seconds=_uploading(scene.step))
        if deed.harmless or declared.keyed or self.now() - datetime.fromisoformat(lost_at) >= self.grace + late:
            return None
        return self.settle(scene.step, "uncertain", _LOST, {"lost_at": lost_at})

    def differing(self, step: Step, differs: Differs) -> StepOutcome:
        if differs.final:
            return self.settle(step, "skipped", differs.what)
        return self.let_go(step, "rejected" if differs.refused else "skipped", differs.what)

    async def attempt(self, scene: Scene, deed: Deed) -> StepOutcome:
        try:
            result = await deed.do(scene)
        except NetworkError as error:
            return await self.failed(scene, deed, error)
        if self._others is not None:
            self._others |= {str(value) for value in result.values()}
        self.targets.forget(scene)
        keep_undoing(self.book.journal, self.plan, scene.step)
        return self.settle(scene.step, "confirmed", result=result)

    async def failed(self, scene: Scene, deed: Deed, error: NetworkError) -> StepOutcome:
        if error.executed is False:
            return self.refused(scene.step, error)
        from dataclasses import replace

        seen, result = await look(deed, replace(scene, taken=self.taken(), now=self.now()))
        if seen is Seen.THERE:
            return self.settle(scene.step, "confirmed", result=result)
        if error.executed is None:
            why = _LOST if seen is Seen.NOT_THERE else _UNREAD
            return self.settle(scene.step, "uncertain", why, {"lost_at": self.now().isoformat()})
        return self.settle(scene.step, "rejected", _said(error))

    def refused(self, step: Step, error: Exception) -> StepOutcome:
        """Settle a step whose deed certainly was not done."""
        if isinstance(error, errors.FloodRefused):
            self.flooded.add(step.account)
        if isinstance(error, _LATER):
            return self.let_go(step, "skipped", _RETRY.fill(why=_said(error)), passes=True)
        if isinstance(error, (*_MENDABLE, OSError)):
            return self.let_go(step, "rejected", _said(error))
        return self.settle(step, "rejected", _said(error))

    def let_go(self, step: Step, state: str, why: Text, *, passes: bool = False) -> StepOutcome:
        """End an attempt so that the next application takes the step up; the outbox does so if the reason passes."""
        self._settle(step, "planned", {"why": {"ru": why.ru, "en": why.en}, "passes": passes})
        return StepOutcome(step, state, why, again=True)

    def settle(
        self, step: Step, state: str, why: Text | None = None, result: Mapping[str, Any] | None = None
    ) -> StepOutcome:
        found = {**(result or {}), **({"why": {"ru": why.ru, "en": why.en}} if why else {})}
        self._settle(step, state, found)
        return StepOutcome(step, state, why, found, again=state == "uncertain")

    def _settle(self, step: Step, state: str, result: Mapping[str, Any]) -> None:
        self.book.settle(self.plan.id, step.id, state, result)
        self.states[step.id] = (state, result)


def _said(error: Exception) -> Text:
    if isinstance(error, MunsocialError):
        return Text(error.say("ru"), error.say("en"))
    return Text(f"Файл не читается: {error}", f"A file cannot be read: {error}")

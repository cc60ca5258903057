"""One step of an application: may it be tried now, what an earlier attempt left, the attempt itself, and its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from munsocial import errors
from munsocial.errors import MunsocialError, NetworkError
from munsocial.journal.stepbook import FINAL, Booked, StepBook
from munsocial.model.accounts import NetworkAccount
from munsocial.model.registry import Registry
from munsocial.network.abilities import Declared, How
from munsocial.network.adapter import Adapter
from munsocial.operate.byhand import ByHand
from munsocial.operate.deeds import DEEDS, REFER, Deed
from munsocial.operate.keeping import keep_evidence, keeps_evidence
from munsocial.operate.looks import Scene, Seen, looked
from munsocial.operate.made import Made
from munsocial.operate.manual import instruction_for
from munsocial.operate.outcomes import StepOutcome, why_of
from munsocial.operate.overruled import LaterWords
from munsocial.operate.params import fault_of
from munsocial.operate.pauses import kept_beside, kept_of, passes, rests_until
from munsocial.operate.plan import Plan, Proof, Step
from munsocial.operate.referrals import Referrals
from munsocial.operate.slips import left_to_people, lost_by, noted, refusal, slip_of, still_noted, unopened, unread
from munsocial.operate.targets import Differs, Targets
from munsocial.wording import Text

__all__ = ["Work", "uploading"]

_UPLOAD = 3600.0
"""Seconds that one file may take on its way (`TransportSettings.upload_deadline`): nobody takes the step meanwhile."""

_NOT_DUE = Text("срок ещё не наступил: {when}", "not due before {when}")
_LATE = Text(
    "слишком поздно: срок был {when}; чтобы сделать всё же, разрешите опоздавшие (--late)",
    "too late: it was due by {when}; to do it all the same allow late ones (--late)",
)
_WAITS = Text("сначала должен быть выполнен шаг {step}", "step {step} must be done first")
_FLOOD = Text(
    "сеть остановила этот аккаунт за частые действия: перерыв до {when}, потом очередь возьмётся за шаг",
    "the network has stopped this account for too many actions: a pause until {when}, then the outbox takes it up",
)
_BUSY = Text("выполняет другая программа", "another program is at it")
_NO_ADAPTER = Text("нет адаптера сети {network}", "there is no adapter for {network}")
_NO_DEED = Text("неизвестное действие {action}", "unknown action {action}")
_NO_ACCOUNT = Text("в реестре нет аккаунта {account}", "the register has no account {account}")
_ELSEWHERE = Text("аккаунт {account} — в сети {network}", "the account {account} is in {network}")
_RETRY = Text("вызов не выполнен, повторится при следующем применении: {why}",
              "the call was not done, the next application repeats it: {why}")  # fmt: skip
_REST = Text("{why} Очередь повторит после {when}.", "{why} The outbox repeats it after {when}.")
_LOST = Text("{lost}; при чтении следов пока нет", "{lost}; reading back shows nothing yet")
_MENDABLE = (
    errors.KeyInvalid,
    errors.KeyKindRefused,
    errors.PermissionDenied,
    errors.CapabilityMissing,
    errors.SecretUnavailable,
    errors.FileRefused,
)
"""Refusals that a person mends outside of the plan: rejected now, and taken up by the next application."""


def uploading(step: Step) -> float:
    """Return for how many seconds the files of a step may be on their way."""
    draft = step.params.get("draft")
    media = draft.get("media") if isinstance(draft, dict) else None
    return _UPLOAD * len(media) if isinstance(media, (list, tuple)) else 0.0


class Work:
    """One application of a plan, step by step."""

    def __init__(
        self,
        plan: Plan,
        registry: Registry,
        adapters: Mapping[str, Adapter],
        book: StepBook,
        now: Callable[[], datetime],
        ask_late: bool,
        grace: timedelta,
        by: str,
    ) -> None:
        self.plan = plan
        self.adapters = adapters
        self.book = book
        self.now = now
        self.ask_late = ask_late
        self.grace = grace
        self.by = by
        self.registry = registry
        self.signers = plan.signers_beside(by, registry)
        self.accounts: dict[str, NetworkAccount] = {one.id: one for one in (*registry.upstream, *registry.accounts)}
        self.found = book.of(plan.id)
        self.states: dict[str, tuple[str, Mapping[str, Any]]] = {
            one.step: (one.state, one.result) for one in self.found
        }
        self.by_hand = ByHand(plan, book, by)
        self.referrals = Referrals(book, plan.municipality)
        self.flooded: dict[str, datetime] = {}
        """Accounts of which the network has had enough, with the moment until which their steps are not tried."""
        self.tried = 0
        """Steps that were taken for an attempt in this run; what was only read back is not among them."""
        self.made = Made(book, plan.municipality)
        self.later_words = LaterWords(book.journal, registry, plan)
        self.targets = Targets(plan, self.made, now, registry.accounts)

    async def one(self, step: Step) -> StepOutcome:
        """Do one step, or say why not."""
        state, result = self.states.get(step.id, ("planned", {}))
        if state in FINAL or state == "manual":
            return StepOutcome(step, state, why_of(result), result, before=True)
        if why := self.not_now(step, state):
            return StepOutcome(step, "skipped", why, again=True)
        if step.account in self.flooded:
            return self.put_off(step, state)
        booked = self.book.take(self.plan.id, step.id)
        if booked is None:
            return self.as_it_stands(step)
        self.tried += booked.state == "planned"
        try:
            return await self.attempted(step, booked)
        except errors.JournalError:
            raise
        except MunsocialError as error:
            # Neither the network's nor the plan's fault (a file of the draft, a key's store): the rest goes on.
            return self.refused(step, error)

    def put_off(self, step: Step, state: str) -> StepOutcome:
        """Leave a step to the outbox, whose neighbour was refused for flood: nobody else would remember it."""
        until = self.flooded[step.account]
        why = _FLOOD.fill(when=self.plan.local(until))
        if state != "planned" or self.book.take(self.plan.id, step.id) is None:
            return StepOutcome(step, "skipped", why, again=True)
        return self.let_go(step, "skipped", why, kept=kept_beside(until))

    async def attempted(self, step: Step, booked: Booked) -> StepOutcome:
        deed, adapter = DEEDS.get(step.action), self.adapters.get(step.network)
        if fault := self.fault(step):
            return self.settle(step, "rejected", fault)
        if step.action == REFER:
            if said_since := self.later_words.left(step):
                return self.settle(step, "skipped", said_since)
            return self.left_to_a_person(step, Text(step.params.get("how_ru", ""), step.params.get("how_en", "")))
        if deed is None:
            return self.settle(step, "rejected", _NO_DEED.fill(action=step.action))
        if adapter is None:
            return self.settle(step, "rejected", _NO_ADAPTER.fill(network=step.network))
        declared = adapter.capabilities.of(deed.ability)
        if declared.how is How.ABSENT:
            return self.settle(step, "rejected", declared.reason)
        scene = self.scene(step, booked, adapter)
        if declared.how is How.MANUAL:
            return await self.by_a_person(scene, deed, declared)
        if booked.state == "uncertain":
            if outcome := await self.reconciled(scene, deed, booked):
                return outcome
            self.tried += 1
            # It left nothing: from here on it is as if it had never been tried, and its time may be over by now.
            if why := self.not_now(step, "planned"):
                return self.let_go(step, "skipped", why)
        try:
            self.later_words.check(step)
            seen = await self.targets.check(scene, deed)
        except Differs as differs:
            return self.differing(step, differs)
        if keeps_evidence(step):
            tried = booked.state == "uncertain" or bool(booked.result)
            keep_evidence(self.book.journal, self.plan, _with(step, seen), by=self.by, tried=tried)
        if started := self.still_ours(step, booked):
            return await self.attempt(replace(scene, started_at=started), deed)
        return self.as_it_stands(step)

    async def by_a_person(self, scene: Scene, deed: Deed, declared: Declared) -> StepOutcome:
        seen: tuple[Proof, ...] = ()
        try:
            self.later_words.check(scene.step)
            seen = await self.targets.check(scene, deed)
        except Differs as differs:
            if not differs.unread:
                return self.differing(scene.step, differs)
        how = instruction_for(self.plan, scene.step, declared, scene.account, scene.under)
        return self.left_to_a_person(_with(scene.step, seen), how)

    def left_to_a_person(self, step: Step, how: Text) -> StepOutcome:
        put_out = self.by_hand.put_out(step, how)
        if put_out is None:
            return self.as_it_stands(step)
        self.states[step.id] = put_out
        return StepOutcome(step, put_out[0], why_of(put_out[1]), put_out[1])

    def fault(self, step: Step) -> Text | None:
        """Return what is wrong with a step as it is written, whatever the network would say of it."""
        account = self.accounts.get(step.account)
        if account is None:
            return _NO_ACCOUNT.fill(account=step.account)
        if account.network != step.network:
            return _ELSEWHERE.fill(account=step.account, network=account.network)
        return fault_of(step)

    def still_ours(self, step: Step, booked: Booked) -> datetime | None:
        """Return when the attempt starts that is about to be made; None: another program has the step by now."""
        if booked.state == "uncertain":
            return self.book.anew(self.plan.id, step.id)
        return (booked.started_at or self.now()) if self.book.keep(self.plan.id, step.id) else None

    def not_now(self, step: Step, state: str) -> Text | None:
        """Return why a step is not even taken: not signed, not due, too late, or another one must come first.

        An unclear end is looked at whatever the hour: reading back does nothing to anybody.
        """
        if state != "planned":
            return None
        now = self.now()
        if step.signatures > self.signers:
            return self.plan.unsigned(step.signatures, self.by, self.registry)
        if step.due and now < step.due:
            self.book.release(self.plan.id, step.id)
            return _NOT_DUE.fill(when=self.plan.local(step.due))
        if self.ask_late and step.late_after and now > step.late_after:
            return _LATE.fill(when=self.plan.local(step.late_after))
        for earlier in step.after:
            before, kept = self.states.get(earlier, ("confirmed", {}))
            if before != "confirmed":
                if before in ("sending", "uncertain") or kept.get("passes"):
                    self.book.release(self.plan.id, step.id)  # the outbox takes up what it waits for, and then it
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
        scene = Scene(
            adapter=adapter,
            account=self.accounts[step.account],
            step=step,
            key=booked.key,
            started_at=booked.started_at or self.now(),
            now=self.now(),
            under=self.accounts.get(under) if under else None,
        )
        return replace(scene, taken=self.made.on_page_of(scene)) if booked.state == "uncertain" else scene

    async def reconciled(self, scene: Scene, deed: Deed, booked: Booked) -> StepOutcome | None:
        """Look what an earlier attempt left; None means that it certainly left nothing and may be made anew."""
        seen, result, why = await self.look(scene, deed)
        if seen is Seen.THERE:
            return self.confirm(scene, result)
        lost_at = booked.result.get("lost_at") or scene.started_at.isoformat()
        lost, kept = lost_by(booked.result), {**still_noted(booked.result), "lost_at": lost_at}
        place = f"{self.plan.id}/{scene.step.id}"
        if seen is Seen.UNCLEAR:
            return self.settle(scene.step, "uncertain", unread(lost, why, place), kept)
        declared = scene.adapter.capabilities.of(deed.ability)
        if declared.shown_late and not deed.harmless:
            return self.settle(scene.step, "uncertain", left_to_people(kept, place), kept)
        # A program that was killed left no moment of loss: its files may have been on their way for long.
        late = timedelta(0) if "lost_at" in booked.result else timedelta(seconds=uploading(scene.step))
        if deed.harmless or declared.keyed or self.now() - datetime.fromisoformat(lost_at) >= self.grace + late:
            return None
        return self.settle(scene.step, "uncertain", _LOST.fill(lost=lost), kept)

    async def look(self, scene: Scene, deed: Deed) -> tuple[Seen, dict[str, Any], Text | None]:
        """Read back; a deed that nothing shows counts as not there when its repetition does no harm."""
        if deed.look is None and deed.harmless:
            return Seen.NOT_THERE, {}, None
        return await looked(deed.look, scene)

    def differing(self, step: Step, differs: Differs) -> StepOutcome:
        what = differs.what
        if isinstance(differs.cause, errors.FloodRefused):
            until = self.flooded[step.account] = rests_until(differs.cause, self.now())
            if passes(differs.cause):
                what = _REST.fill(why=what, when=self.plan.local(until))
        if differs.final and not (differs.by_person and self.is_left(step)):
            return self.settle(step, "skipped", what)
        state = "rejected" if differs.refused else "skipped"
        kept = {"passes": True} if differs.by_person else None
        return self.let_go(step, state, what, differs.cause, kept=kept, by_person=differs.by_person)

    def is_left(self, step: Step) -> bool:
        """Tell whether a step was left to the outbox before: nobody reads what becomes of it there."""
        return step.due is not None or "passes" in self.states.get(step.id, ("", {}))[1]

    async def attempt(self, scene: Scene, deed: Deed) -> StepOutcome:
        try:
            result = await deed.do(scene)
        except NetworkError as error:
            return await self.failed(scene, deed, error)
        except MunsocialError:
            raise
        except Exception as error:  # noqa: BLE001 - an adapter may be anybody's: a slip tells nothing of what was sent
            if isinstance(error, OSError) and (refusal := unopened(error, scene.step)):
                raise refusal from None
            return await self.failed(scene, deed, slip_of(error, scene))
        self.targets.forget(scene)
        return self.confirm(scene, result)

    async def failed(self, scene: Scene, deed: Deed, error: NetworkError) -> StepOutcome:
        if error.executed is False:
            return self.refused(scene.step, error)
        lost_at = self.now().isoformat()
        seen, result, why = await self.look(replace(scene, taken=self.made.on_page_of(scene), now=self.now()), deed)
        if seen is Seen.THERE:
            return self.confirm(scene, result)
        if error.executed is None:
            kept = {**noted(error), **refusal(error), "lost_at": lost_at}
            lost, place = lost_by(kept), f"{self.plan.id}/{scene.step.id}"
            said = _LOST.fill(lost=lost) if seen is Seen.NOT_THERE else unread(lost, why, place)
            return self.settle(scene.step, "uncertain", said, kept)
        return self.settle(scene.step, "rejected", error.kept())

    def confirm(self, scene: Scene, result: Mapping[str, Any]) -> StepOutcome:
        """Settle a step whose effect stands, with the page on which the network made something."""
        step, found = scene.step, self.made.placed(scene, result)
        if not self.referrals.confirm(self.plan.id, step, found, self.now(), by=self.by):
            return self.as_it_stands(step)
        self.states[step.id] = ("confirmed", found)
        return StepOutcome(step, "confirmed", result=found)

    def refused(self, step: Step, error: MunsocialError) -> StepOutcome:
        """Settle a step whose deed certainly was not done."""
        if isinstance(error, errors.FloodRefused):
            until = self.flooded[step.account] = rests_until(error, self.now())
            if passes(error):
                error.remedy = None  # it says not to repeat, and when is told here
                whys = _live(error), error.kept()
                live, kept = (_REST.fill(why=why, when=self.plan.local(until)) for why in whys)
                return self.let_go(step, "rejected", kept, error, live=live)
        if passes(error):
            why, live = _RETRY.fill(why=error.kept()), _RETRY.fill(why=_live(error))
            return self.let_go(step, "skipped", why, error, live=live)
        if isinstance(error, _MENDABLE):
            return self.let_go(step, "rejected", error.kept())
        return self.settle(step, "rejected", error.kept())

    def let_go(
        self,
        step: Step,
        state: str,
        why: Text,
        cause: Exception | None = None,
        *,
        live: Text | None = None,
        kept: Mapping[str, Any] | None = None,
        by_person: bool = False,
    ) -> StepOutcome:
        """End an attempt so that the next application takes the step up; the outbox does so if its cause passes.

        ``live`` is told now in place of the reason that is kept, ``kept`` stands for what follows from the cause.
        """
        found = {"why": {"ru": why.ru, "en": why.en}, **(kept or kept_of(cause, self.now()))}
        if not self.book.settle(self.plan.id, step.id, "planned", found):
            return self.as_it_stands(step)
        self.states[step.id] = ("planned", found)
        by_person = by_person or isinstance(cause, errors.HumanCheckNeeded)
        return StepOutcome(step, state, live or why, again=True, by_person=by_person)

    def settle(
        self, step: Step, state: str, why: Text | None = None, result: Mapping[str, Any] | None = None
    ) -> StepOutcome:
        found = {**(result or {}), **({"why": {"ru": why.ru, "en": why.en}} if why else {})}
        if not self.book.settle(self.plan.id, step.id, state, found):
            return self.as_it_stands(step)
        self.states[step.id] = (state, found)
        return StepOutcome(step, state, why, found, again=state == "uncertain")


def _with(step: Step, seen: tuple[Proof, ...]) -> Step:
    """Return the step with what was seen right before it: that is what it takes away."""
    return step.model_copy(update={"evidence": seen}) if seen else step


def _live(error: MunsocialError) -> Text:
    return Text(error.say("ru"), error.say("en"))

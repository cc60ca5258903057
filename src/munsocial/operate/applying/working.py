"""One step of an application: may it be tried now, what an earlier attempt left, and the attempt itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from munsocial import errors
from munsocial.errors import MunsocialError, NetworkError
from munsocial.journal.booked import Booked
from munsocial.journal.stepbook import FINAL, StepBook
from munsocial.model.accounts import NetworkAccount
from munsocial.model.registry import Registry
from munsocial.network.abilities import Declared, How
from munsocial.network.adapter import Adapter
from munsocial.operate.applying.byhand import ByHand
from munsocial.operate.applying.carried import perhaps_carried
from munsocial.operate.applying.deeds import DEEDS, REFER, Deed
from munsocial.operate.applying.done_since import PublishedSince
from munsocial.operate.applying.ends import Ends
from munsocial.operate.applying.keeping import keep_evidence, keeps_evidence
from munsocial.operate.applying.looks import Scene, Seen, looked
from munsocial.operate.applying.manual import instruction_for
from munsocial.operate.applying.outcomes import StepOutcome, why_of
from munsocial.operate.applying.pauses import kept_beside
from munsocial.operate.applying.slips import (
    left_to_people,
    lost_by,
    noted,
    refusal,
    slip_of,
    still_noted,
    unopened,
    unread,
)
from munsocial.operate.applying.targets import Differs, Targets
from munsocial.operate.keys.at_hand import keys_at_hand
from munsocial.operate.moderating.overruled import LaterWords
from munsocial.operate.plans.params import fault_of
from munsocial.operate.plans.plan import Plan, Proof, Step
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
_NO_ADAPTER = Text("нет адаптера сети {network}", "there is no adapter for {network}")
_NO_DEED = Text("неизвестное действие {action}", "unknown action {action}")
_NO_ACCOUNT = Text("в реестре нет аккаунта {account}", "the register has no account {account}")
_ELSEWHERE = Text("аккаунт {account} — в сети {network}", "the account {account} is in {network}")
_LOST = Text("{lost}; при чтении следов пока нет", "{lost}; reading back shows nothing yet")


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
        self.ends = Ends(plan, book, now, by)
        self.by_hand = ByHand(plan, book, by)
        self.tried = 0
        """Steps that were taken for an attempt in this run; what was only read back is not among them."""
        self.later_words = LaterWords(book.journal, registry, plan)
        self.published = PublishedSince(book.journal, plan)
        self.targets = Targets(plan, self.ends.made, now, registry.accounts)

    async def one(self, step: Step) -> StepOutcome:
        """Do one step, or say why not."""
        state, result = self.ends.states.get(step.id, ("planned", {}))
        if state in FINAL or state == "manual":
            return StepOutcome(step, state, why_of(result), result, before=True)
        if why := self.not_now(step, state):
            return StepOutcome(step, "skipped", why, again=True)
        if step.account in self.ends.flooded:
            return self.put_off(step, state)
        booked = self.take(step)
        if booked is None:
            return self.ends.as_it_stands(step)
        self.tried += booked.state == "planned"
        try:
            return await self.attempted(step, booked)
        except errors.JournalError:
            raise
        except MunsocialError as error:
            # Neither the network's nor the plan's fault (a file of the draft, a key's store): the rest goes on.
            wanting = isinstance(error, (errors.SecretUnavailable, errors.CapabilityMissing))
            adapter = self.adapters.get(step.network) if wanting else None
            return self.ends.refused(step, error, keys_at_hand(adapter) if adapter else "")

    def take(self, step: Step) -> Booked | None:
        """Take a step for an attempt; None: it is not to be had."""
        booked = self.book.take(self.plan.id, step.id)
        if booked is not None:
            self.ends.carried.taken(booked)
        return booked

    def put_off(self, step: Step, state: str) -> StepOutcome:
        """Leave a step to the outbox, whose neighbour was refused for flood: nobody else would remember it."""
        until = self.ends.flooded[step.account]
        why = _FLOOD.fill(when=self.plan.local(until))
        if state != "planned" or self.take(step) is None:
            return StepOutcome(step, "skipped", why, again=True)
        return self.ends.let_go(step, "skipped", why, kept=kept_beside(until))

    async def attempted(self, step: Step, booked: Booked) -> StepOutcome:
        deed, adapter = DEEDS.get(step.action), self.adapters.get(step.network)
        if fault := self.fault(step):
            return self.ends.settle(step, "rejected", fault)
        if step.action == REFER:
            if said_since := self.later_words.left(step):
                return self.ends.settle(step, "skipped", said_since)
            return self.left_to_a_person(step, Text(step.params.get("how_ru", ""), step.params.get("how_en", "")))
        if deed is None:
            return self.ends.settle(step, "rejected", _NO_DEED.fill(action=step.action))
        if adapter is None:
            return self.ends.settle(step, "rejected", _NO_ADAPTER.fill(network=step.network))
        declared = adapter.capabilities.of(deed.ability)
        if declared.how is How.ABSENT:
            return self.ends.settle(step, "rejected", declared.reason)
        scene = self.scene(step, booked, adapter)
        if declared.how is How.MANUAL:
            return await self.by_a_person(scene, deed, declared)
        if booked.state == "uncertain":
            if outcome := await self.reconciled(scene, deed, booked):
                return outcome
            self.tried += 1
            # It left nothing: from here on it is as if it had never been tried, and its time may be over by now.
            if why := self.not_now(step, "planned"):
                return self.ends.let_go(step, "skipped", why)
        try:
            self.later_words.check(step)
            self.published.check(step)
            seen = await self.targets.check(scene, deed)
        except Differs as differs:
            return self.ends.differing(step, differs)
        if keeps_evidence(step):
            tried = booked.state == "uncertain" or bool(booked.result)
            keep_evidence(self.book.journal, self.plan, _with(step, seen), by=self.by, tried=tried)
        if started := self.still_ours(step, booked):
            return await self.attempt(replace(scene, started_at=started), deed)
        return self.ends.as_it_stands(step)

    async def by_a_person(self, scene: Scene, deed: Deed, declared: Declared) -> StepOutcome:
        seen: tuple[Proof, ...] = ()
        try:
            self.later_words.check(scene.step)
            seen = await self.targets.check(scene, deed)
        except Differs as differs:
            if not differs.unread:
                return self.ends.differing(scene.step, differs)
        how = instruction_for(self.plan, scene.step, declared, scene.account, scene.under)
        return self.left_to_a_person(_with(scene.step, seen), how)

    def left_to_a_person(self, step: Step, how: Text) -> StepOutcome:
        put_out = self.by_hand.put_out(step, how)
        if put_out is None:
            return self.ends.as_it_stands(step)
        self.ends.states[step.id] = put_out
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
            before, kept = self.ends.states.get(earlier, ("confirmed", {}))
            if before != "confirmed":
                if before in ("sending", "uncertain") or kept.get("passes"):
                    self.book.release(self.plan.id, step.id)  # the outbox takes up what it waits for, and then it
                return _WAITS.fill(step=earlier)
        return None

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
        return replace(scene, taken=self.ends.made.on_page_of(scene)) if booked.state == "uncertain" else scene

    async def reconciled(self, scene: Scene, deed: Deed, booked: Booked) -> StepOutcome | None:
        """Look what an earlier attempt left; None means that it certainly left nothing and may be made anew."""
        seen, result, why = await self.look(scene, deed)
        if seen is Seen.THERE:
            return self.ends.confirm(scene, result)
        lost_at = booked.result.get("lost_at") or scene.started_at.isoformat()
        lost, kept = lost_by(booked.result), {**still_noted(booked.result), "lost_at": lost_at}
        place = f"{self.plan.id}/{scene.step.id}"
        if seen is Seen.UNCLEAR:
            return self.ends.settle(scene.step, "uncertain", unread(lost, why, place), kept)
        declared = scene.adapter.capabilities.of(deed.ability)
        known = {**booked.result, **self.ends.carried.kept(scene.step.id)}
        if (declared.shown_late and not deed.harmless) or perhaps_carried(known):
            return self.ends.settle(scene.step, "uncertain", left_to_people(known, place), kept)
        # A program that was killed left no moment of loss: its files may have been on their way for long.
        late = timedelta(0) if "lost_at" in booked.result else timedelta(seconds=uploading(scene.step))
        if deed.harmless or declared.keyed or self.now() - datetime.fromisoformat(lost_at) >= self.grace + late:
            return None
        return self.ends.settle(scene.step, "uncertain", _LOST.fill(lost=lost), kept)

    async def look(self, scene: Scene, deed: Deed) -> tuple[Seen, dict[str, Any], Text | None]:
        """Read back; a deed that nothing shows counts as not there when its repetition does no harm."""
        if deed.look is None and deed.harmless:
            return Seen.NOT_THERE, {}, None
        return await looked(deed.look, scene)

    async def attempt(self, scene: Scene, deed: Deed) -> StepOutcome:
        try:
            with self.ends.carried.known_to(scene):
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
        return self.ends.confirm(scene, result)

    async def failed(self, scene: Scene, deed: Deed, error: NetworkError) -> StepOutcome:
        if error.executed is False:
            return self.ends.refused(scene.step, error)
        lost_at = self.now().isoformat()
        seen, result, why = await self.look(
            replace(scene, taken=self.ends.made.on_page_of(scene), now=self.now()), deed
        )
        if seen is Seen.THERE:
            return self.ends.confirm(scene, result)
        if error.executed is None:
            kept = {**noted(error), **refusal(error), "lost_at": lost_at}
            lost, place = lost_by(kept), f"{self.plan.id}/{scene.step.id}"
            said = _LOST.fill(lost=lost) if seen is Seen.NOT_THERE else unread(lost, why, place)
            return self.ends.settle(scene.step, "uncertain", said, kept)
        return self.ends.settle(scene.step, "rejected", error.kept())


def _with(step: Step, seen: tuple[Proof, ...]) -> Step:
    """Return the step with what was seen right before it: that is what it takes away."""
    return step.model_copy(update={"evidence": seen}) if seen else step

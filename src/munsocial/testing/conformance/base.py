"""What every ability is tried for, whatever it does: that it is there as declared, and how it bears trouble.

Three ancestors: `AbilityConformance`, its child for reading, its child for acting. The classes of the abilities say only
what to put into the world, what to call, and what has to be seen afterwards.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Coroutine, Iterator
from typing import Any, ClassVar

import pytest

from munsocial.errors import AbilityAbsent, MunsocialError, SecretUnavailable
from munsocial.network import protocols
from munsocial.network.abilities import Ability, How
from munsocial.network.keys import KeyRing
from munsocial.sandbox.faults import FaultKind
from munsocial.testing.conformance.checks import alike, caught, refusal_is_ours, secret_nowhere
from munsocial.testing.conformance.overseer import AFTER, BEFORE, IN_WORDS, Trouble
from munsocial.testing.conformance.stage import Bench, Stage

__all__ = ["METHODS", "AbilityConformance", "ActingConformance"]

METHODS: dict[Ability, tuple[type, str]] = {
    Ability.READ_PROFILE: (protocols.ReadsProfile, "read_profile"),
    Ability.RESOLVE_HANDLE: (protocols.ResolvesHandles, "resolve_handle"),
    Ability.LIST_POSTS: (protocols.ListsPosts, "list_posts"),
    Ability.LIST_COMMENTS: (protocols.ListsComments, "list_comments"),
    Ability.READ_LINKS: (protocols.ReadsLinks, "read_links"),
    Ability.READ_MANAGERS: (protocols.ReadsManagers, "read_managers"),
    Ability.READ_BANS: (protocols.ReadsBans, "read_bans"),
    Ability.READ_STATS: (protocols.ReadsStats, "read_stats"),
    Ability.LIST_MESSAGES: (protocols.ListsMessages, "list_messages"),
    Ability.CHECK_KEYS: (protocols.ChecksKeys, "check_keys"),
    Ability.PUBLISH: (protocols.Publishes, "publish"),
    Ability.SCHEDULE: (protocols.Publishes, "publish"),
    Ability.EDIT_POST: (protocols.EditsPosts, "edit_post"),
    Ability.DELETE_POST: (protocols.DeletesPosts, "delete_post"),
    Ability.RESTORE_POST: (protocols.RestoresPosts, "restore_post"),
    Ability.PIN_POST: (protocols.PinsPosts, "pin_post"),
    Ability.REPLY: (protocols.Replies, "reply"),
    Ability.HIDE_COMMENT: (protocols.HidesComments, "hide_comment"),
    Ability.DELETE_COMMENT: (protocols.DeletesComments, "delete_comment"),
    Ability.RESTORE_COMMENT: (protocols.RestoresComments, "restore_comment"),
    Ability.REPORT_COMMENT: (protocols.ReportsComments, "report_comment"),
    Ability.CLOSE_COMMENTS: (protocols.ClosesComments, "close_comments"),
    Ability.BAN: (protocols.Bans, "ban"),
    Ability.UNBAN: (protocols.Bans, "unban"),
    Ability.SEND_MESSAGE: (protocols.SendsMessages, "send_message"),
    Ability.DELETE_MESSAGE: (protocols.DeletesMessages, "delete_message"),
    Ability.EDIT_LINKS: (protocols.EditsLinks, "add_link"),
    Ability.EDIT_PROFILE: (protocols.EditsProfile, "edit_profile"),
    Ability.SET_AVATAR: (protocols.SetsAvatar, "set_avatar"),
    Ability.SET_COVER: (protocols.SetsCover, "set_cover"),
    Ability.SUBSCRIBE: (protocols.Subscribes, "subscribe"),
    Ability.REMOVE_MANAGER: (protocols.RemovesManagers, "remove_manager"),
}
"""The protocol and the method of each ability."""

_NAMED = [one.value for one in (*IN_WORDS, *BEFORE, *AFTER)]


class AbilityConformance:
    """One ability. A subclass of the author's gives the fixture ``stage``, which returns a `Stage`."""

    ability: ClassVar[Ability]
    named: ClassVar[bool] = True
    """Is the ability asked for an account, so that its errors name one?"""

    @pytest.fixture(autouse=True)
    def declared(self, stage: Stage) -> None:
        """Skip what is not declared, with the declared reason."""
        declared = stage.open().declared(self.ability)
        if declared.how is not How.NATIVE:
            why = declared.reason.ru if declared.reason else ""
            pytest.skip(f"{self.ability.value}: {declared.how.value}: {why}")

    def furnish(self, stage: Stage, number: int) -> Any:
        """Put into the world what the ability needs; return what `perform` is to be called with."""
        raise LookupError(f"{type(self).__name__} does not say what to furnish")

    def perform(self, bench: Bench, target: Any) -> Coroutine[Any, Any, Any]:
        """Return the work: the ability at the target."""
        raise LookupError(f"{type(self).__name__} does not say what to do")

    def refused_by(self, stage: Stage, trouble: Trouble, target: Any) -> tuple[Bench, BaseException | None]:
        """Try it under trouble; return the bench and what was raised."""
        bench = stage.open(trouble)
        return bench, caught(bench, self.perform(bench, target))

    def test_method_is_as_the_protocol_says(self, stage: Stage) -> None:
        """The method exists, is a coroutine function, and takes what the core will give it."""
        protocol, name = METHODS[self.ability]
        method = getattr(stage.open().adapter, name, None)
        assert callable(method), f"{self.ability.value} is declared, but there is no method {name}"
        assert inspect.iscoroutinefunction(method), f"{name} is not `async def`"
        promised = inspect.signature(getattr(protocol, name)).parameters
        own = inspect.signature(method).parameters
        lacking = [one for one in promised if one != "self" and one not in own]
        assert not lacking, f"{name} does not take {', '.join(lacking)}"
        extra = [
            one.name
            for one in own.values()
            if one.name not in promised and one.default is one.empty and one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)
        ]
        assert not extra, f"{name} wants {', '.join(extra)}, which nobody gives"

    def test_without_keys_nothing_crashes(self, stage: Stage) -> None:
        """Without a key it says which one is missing, before anything is changed; a network may also need none."""
        target = self.furnish(stage, 0)
        bench = stage.open(keys=KeyRing())
        error = caught(bench, self.perform(bench, target))
        assert error is None or isinstance(error, (AbilityAbsent, SecretUnavailable)), (
            f"without keys it ends in {type(error).__name__} instead of CapabilityMissing: {error}"
        )
        assert error is None or bench.port.witness is None or not bench.port.witness.changes

    def test_the_secret_is_nowhere(
        self, stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """After every fault no key is in errors, chains, representations, pickles or logs at DEBUG."""
        caplog.set_level(logging.DEBUG)
        kinds = [*_NAMED] if stage.world is not None else [one.value for one in BEFORE]
        target = self.furnish(stage, 0)
        for kind in kinds:
            bench, error = self.refused_by(stage, Trouble(FaultKind(kind)), target)
            secret_nowhere(bench, error, caplog.records)
            caplog.clear()


class ActingConformance(AbilityConformance):
    """An ability that changes something. `done` counts in the world how often the deed at a target stands."""

    harmless: ClassVar[bool] = True
    """Does repeating it leave the world as it is? False for what makes something new each time."""

    @pytest.fixture(autouse=True)
    def has_world(self, declared: None, stage: Stage) -> None:
        """Acting is tried in a world only."""
        if stage.world is None:
            pytest.skip(f"{self.ability.value}: a cassette shows no effect")

    def done(self, bench: Bench, target: Any) -> int:
        """Count in the world how often the deed stands."""
        raise LookupError(f"{type(self).__name__} does not say how its effect is seen")

    def may_repeat(self, bench: Bench) -> bool:
        """Tell whether a repetition after an unclear end does no harm."""
        return self.harmless or bench.declared(self.ability).keyed

    def test_it_takes_effect(self, stage: Stage) -> None:
        """The world is another one afterwards, in the way that the ability says."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        assert self.done(bench, target) == 0, "the kit's furnishing is at fault: the deed stands before it was done"
        bench.run(self.perform(bench, target))
        assert bench.port.requests, "it is declared, but nothing was sent"
        assert self.done(bench, target) == 1, "it is declared, but it has no effect on the world"

    def test_both_faces_alike(self, stage: Stage) -> None:
        """Over a blocking port and in an event loop it does the same with as many calls."""
        counts = []
        for number, asynchronous in enumerate((False, True)):
            target = self.furnish(stage, number)
            bench = stage.open(asynchronous=asynchronous)
            bench.run(self.perform(bench, target))
            assert self.done(bench, target) == 1, f"no effect ({'async' if asynchronous else 'blocking'})"
            counts.append(len(bench.port.requests))
        alike(*counts)

    @pytest.mark.parametrize("kind", [one.value for one in (*IN_WORDS, *BEFORE)])
    def test_a_refusal_changes_nothing(self, stage: Stage, kind: str) -> None:
        """What was refused, or never arrived, is our error, and nothing was done."""
        target = self.furnish(stage, 0)
        bench, error = self.refused_by(stage, Trouble(FaultKind(kind)), target)
        refusal_is_ours(bench, error, FaultKind(kind), named=self.named)
        assert self.done(bench, target) == 0, f"{kind}: refused, and yet it was done"

    def test_a_refusal_by_rate_is_waited_for(self, stage: Stage) -> None:
        """A refusal by rate is certain not to be executed: it is repeated, and then done once."""
        target = self.furnish(stage, 0)
        bench, error = self.refused_by(stage, Trouble(FaultKind.RATE, times=1), target)
        if bench.port.witness is not None and bench.port.witness.speechless:
            pytest.skip("the face has no words for a refusal by rate")
        assert error is None, f"one refusal by rate ended it: {error!r}"
        assert self.done(bench, target) == 1

    @pytest.mark.parametrize("kind", [one.value for one in AFTER])
    def test_a_lost_answer_is_not_doubled(self, stage: Stage, kind: str) -> None:
        """The work was done and its answer is lost: it stands once, and an error does not claim the contrary."""
        target = self.furnish(stage, 0)
        bench, error = self.refused_by(stage, Trouble(FaultKind(kind), times=1, work=True), target)
        assert self.done(bench, target) == 1, f"{kind}: it was done {self.done(bench, target)} times"
        if error is not None:
            refusal_is_ours(bench, error, FaultKind(kind), named=self.named)
            assert not bench.declared(self.ability).keyed, f"{kind}: it is keyed, and yet was not repeated: {error}"

    @pytest.mark.parametrize("kind", [one.value for one in AFTER])
    def test_a_lost_answer_for_ever(self, stage: Stage, kind: str) -> None:
        """When every answer is lost the end is told as unclear, and the deed stands at most once."""
        target = self.furnish(stage, 0)
        bench, error = self.refused_by(stage, Trouble(FaultKind(kind), work=True), target)
        assert self.done(bench, target) == 1, f"{kind}: it was done {self.done(bench, target)} times"
        if error is not None:
            refusal_is_ours(bench, error, FaultKind(kind), named=self.named)
        if not self.may_repeat(bench):
            assert error is not None, f"{kind}: nobody told that it was done, and yet it is reported as done"
            assert bench.port.struck == 1, f"{kind}: it was sent {bench.port.struck} times without an idempotency key"

    def test_repeating_it_is_safe(self, stage: Stage) -> None:
        """The same with the same key, or what is done already, is no error and changes nothing."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        if not self.may_repeat(bench):
            pytest.skip(f"{self.ability.value}: no idempotency is declared (Declared.keyed)")
        first = bench.run(self.perform(bench, target))
        again = caught(bench, self.perform(bench, target))
        assert not isinstance(again, BaseException), f"repeating it is an error: {again!r}"
        assert self.done(bench, target) == 1, f"repeated, it was done {self.done(bench, target)} times"
        if isinstance(first, str):
            assert bench.run(self.perform(bench, target)) == first, "the same key gave another id"


def texts() -> Iterator[tuple[str, str]]:
    """Yield texts that have to come back unchanged, with what they are."""
    yield "Cyrillic", "Ёлки, съезд № 5 – «Приреченский»: щи, ъ, Ђ, і"
    yield "emoji", "Ура 🎉👩‍👩‍👧‍👦🇷🇺 и снова 🫠"
    yield "markup", "<b>да</b> & &amp; \"кавычки\" 'одни' \\n %20 + {} [x|y]"
    yield "control characters", "а\tб\nв\r\nг\x0bд\x1fе\u200bё\u202eж\ufeffз"
    yield "combining", "и\u0306 е\u0308 \u0301а\U0001f1e6"


def ours(error: BaseException | None) -> bool:
    """Tell whether something is an error of munsocial, or none."""
    return error is None or isinstance(error, MunsocialError)

"""Acting, whatever is done: it takes effect, once, where it should, and every unclear end is told as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import pytest

from munsocial.errors import CapabilityMissing, MunsocialError
from munsocial.network.abilities import Limits
from munsocial.network.keys import KeyRing
from munsocial.sandbox.faults import FaultKind
from munsocial.testing.conformance.base import AbilityConformance
from munsocial.testing.conformance.checks import alike, caught, ours, refusal_is_ours, saying
from munsocial.testing.conformance.lives import enliven, things
from munsocial.testing.conformance.neighbours import neighbours
from munsocial.testing.conformance.overseer import AFTER, BEFORE, IN_WORDS, Trouble
from munsocial.testing.conformance.spoiling import with_unknown_fields
from munsocial.testing.conformance.stage import Bench, Stage
from munsocial.testing.conformance.targets import TEXTS, Target, measured_text, random_text

__all__ = ["ActingConformance", "WritingConformance"]

MOST_REQUESTS = 80


class ActingConformance(AbilityConformance):
    """An ability that changes something. `done` counts in the world how often the deed at a target stands."""

    harmless: ClassVar[bool] = True
    """Does repeating it leave the world as it is? False for what makes something new each time."""
    changes: ClassVar[str] = ""
    """What of the target changes, in a word of `things`: post, comment, message, ban, manager, or a field of a page."""
    makes: ClassVar[str] = ""
    """What is made anew, in such a word."""

    @pytest.fixture(autouse=True)
    def has_world(self, declared: None, stage: Stage) -> None:
        """Acting is tried in a world only."""
        if stage.world is None:
            pytest.skip(f"{self.ability.value}: a cassette shows no effect")

    def done(self, stage: Stage, target: Target) -> int:
        """Count in the world how often the deed stands."""
        raise LookupError(f"{type(self).__name__} does not say how its effect is seen")

    def may_repeat(self, bench: Bench) -> bool:
        """Tell whether a repetition after an unclear end does no harm."""
        return self.harmless or bench.declared(self.ability).keyed

    def once(self, stage: Stage, target: Target, case: str) -> None:
        """Check that the deed stands exactly once."""
        count = self.done(stage, target)
        assert count == 1, f"{case}: it stands {count} times instead of once"

    def test_it_takes_effect(self, stage: Stage) -> None:
        """The world is another one afterwards, in the way that the ability says; a handle alone is enough."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        assert self.done(stage, target) == 0, "the deed stands before it was done: give a fresh Stage for each test"
        bench.run(self.perform(bench, target))
        assert bench.port.requests, "it is declared, but nothing was sent"
        assert self.done(stage, target), "it is declared and ends without an error, but it has no effect on the world"
        self.once(stage, target, "done once")
        bench.inputs_stay()
        bench.waits_in_bounds()
        for through in (self.by_its_handle_alone, self.by_any_name):
            through(stage, lambda place, there, _: self.once(place, there, "done once"))

    def test_keys_of_other_accounts_are_left_alone(self, stage: Stage) -> None:
        """What is at hand for another account does nothing here, unless the adapter says that it serves (`has_key`)."""
        target = self.furnish(stage, 0)
        strange = (key if key.account == "*" else replace(key, account="drugaya") for key in stage.keys.keys)
        bench = stage.open(keys=KeyRing(tuple(strange)))
        serves = bench.adapter.has_key(self.ability, bench.account(self.ability).id)
        value, error = caught(bench, self.perform(bench, target))
        if serves:
            lacking = isinstance(error, CapabilityMissing)
            assert not lacking, f"has_key says that a key of another account serves, and yet it is not taken: {error}"
            pytest.skip(f"{self.ability.value}: has_key says that keys of other accounts serve")
        assert error is not None, f"has_key says no, and yet it was done with the key of another account: {value!r:.90}"
        ours(error, "with keys of another account only")
        assert not bench.changes, f"with keys of another account something was changed before the error: {error}"

    def test_nothing_else_is_touched(self, stage: Stage) -> None:
        """Of two things the one that was named is acted upon, and then the other; so of two pages."""
        targets = [self.furnish(stage, number) for number in range(2)]
        bench = stage.open()
        for number in (1, 0):
            bench.run(self.perform(bench, targets[number]))
            assert self.done(stage, targets[number]) == 1, "the thing that was named is not the one acted upon"
            if number:
                assert self.done(stage, targets[0]) == 0, "another thing than the named one was acted upon"
        self.each_page_for_itself(stage)

    def each_page_for_itself(self, stage: Stage) -> None:
        """Act on our page and on another with keys of its own, by one adapter: all else stays as it was, on both."""
        if not self.has_pages(stage):
            return
        own, other = neighbours(stage)
        targets = (self.furnish(own, 2), self.furnish(other, 3))
        bench = own.open()
        for place, target, left in ((own, targets[0], other), (other, targets[1], own)):
            enliven(place, target)
            before, there = things(place), repr(left.page)
            with saying(f"of two pages, the page {place.account.handle} was named"):
                _, error = caught(bench, self.perform(bench.at(place), target))
                assert repr(left.page) == there, f"{left.account.handle}, which was not named, has changed"
                if error is not None:
                    raise error
                self.once(place, target, "done once")
            self._nothing_beside(place, target, before)

    def _nothing_beside(self, stage: Stage, target: Target, before: Mapping[str, str]) -> None:
        after = things(stage)
        ids = {"post": target.post, "comment": target.comment, "message": target.message}
        ids |= {"ban": target.user, "manager": target.user}
        asked = f"{self.changes} {stage.page.id}/{ids.get(self.changes, '')}"
        made = {name for name in after.keys() - before.keys() if name.partition(" ")[0] == self.makes}
        touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        beside = sorted(touched - made - {asked})
        assert not beside, f"beside what was asked for it changed or made: {', '.join(beside)}"

    def test_both_faces_alike(self, stage: Stage) -> None:
        """Over a blocking port and in an event loop it does the same with as many calls."""
        counts = []
        for number, asynchronous in enumerate((False, True)):
            target = self.furnish(stage, number)
            bench = stage.open(asynchronous=asynchronous)
            bench.run(self.perform(bench, target))
            self.once(stage, target, "async" if asynchronous else "blocking")
            counts.append(len(bench.port.requests))
        alike(*counts)

    def test_several_at_once_do_not_mix(self, stage: Stage) -> None:
        """Four deeds at once on two pages, by one adapter in an event loop: each stands once, at its own target."""
        own, other = neighbours(stage) if self.has_pages(stage) else (stage, stage)
        deeds = [(place, self.furnish(place, number)) for number, place in enumerate((own, own, own, other))]
        bench = own.open(asynchronous=True)
        bench.run_at_once(*(self.perform(bench.at(place), target) for place, target in deeds))
        for place, target in deeds:
            self.once(place, target, "at once with others")

    def test_unknown_fields_are_borne(self, stage: Stage) -> None:
        """Fields that a network adds to its answers one day are passed over."""
        target = self.furnish(stage, 0)
        _, _, error = self.under(stage, None, target, spoil=with_unknown_fields)
        assert error is None, f"further fields in the answers are not borne: {error!r}"
        self.once(stage, target, "with further fields in the answers")

    @pytest.mark.parametrize("kind", [one.value for one in (*IN_WORDS, *BEFORE)])
    def test_a_refusal_changes_nothing(self, stage: Stage, kind: str) -> None:
        """What was refused, or never arrived, is our error, and nothing was done."""
        target = self.furnish(stage, 0)
        bench, value, error = self.under(stage, Trouble(FaultKind(kind)), target)
        refusal_is_ours(bench, error, FaultKind(kind), named=self.named, value=value)
        assert self.done(stage, target) == 0, f"{kind}: refused, and yet it was done"
        count = len(bench.port.requests)
        assert count <= MOST_REQUESTS, f"{kind}: {count} requests before it gave up"

    def test_a_refusal_by_rate_is_waited_for(self, stage: Stage) -> None:
        """A refusal by rate is certain not to be executed: it is repeated, and then done once."""
        target = self.furnish(stage, 0)
        _, _, error = self.under(stage, Trouble(FaultKind.RATE, times=1), target)
        assert error is None, f"one refusal by rate ended it: {error!r}"
        self.once(stage, target, "after a refusal by rate")

    @pytest.mark.parametrize("kind", [one.value for one in AFTER])
    def test_a_lost_answer_is_not_doubled(self, stage: Stage, kind: str) -> None:
        """The work was done and its answer is lost: it stands once, and an error does not claim the contrary."""
        target = self.furnish(stage, 0)
        bench, value, error = self.under(stage, Trouble(FaultKind(kind), times=1, work=True), target)
        self.once(stage, target, kind)
        if error is not None:
            refusal_is_ours(bench, error, FaultKind(kind), named=self.named, value=value)
            keyed = bench.declared(self.ability).keyed
            assert not keyed, f"{kind}: declared as keyed, and yet it was not repeated: {error}"

    @pytest.mark.parametrize("kind", [one.value for one in AFTER])
    def test_a_lost_answer_for_ever(self, stage: Stage, kind: str) -> None:
        """When every answer is lost the end is told as unclear, and the deed stands once."""
        target = self.furnish(stage, 0)
        bench, value, error = self.under(stage, Trouble(FaultKind(kind), work=True), target)
        self.once(stage, target, kind)
        if error is not None:
            refusal_is_ours(bench, error, FaultKind(kind), named=self.named, value=value)
        if not self.may_repeat(bench):
            keyed = "declare keyed=True if the network itself drops a repetition"
            assert bench.port.struck == 1, f"{kind}: it was sent {bench.port.struck} times; {keyed}"
            assert error is not None, f"{kind}: it was sent again after a lost answer; {keyed}"

    def test_repeating_it_is_safe(self, stage: Stage) -> None:
        """The same with the same key, or what is done already, is no error and changes nothing."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        if not self.may_repeat(bench):
            pytest.skip(f"{self.ability.value}: no idempotency is declared (Declared.keyed)")
        first = bench.run(self.perform(bench, target))
        for fresh in (bench, stage.open()):
            again, error = caught(fresh, self.perform(fresh, target))
            assert error is None, f"repeating it is an error: {error!r}"
            self.once(stage, target, "repeated")
            assert again == first, f"the same key gave another result: {again!r} instead of {first!r}"

    def test_another_key_is_another_deed(self, stage: Stage) -> None:
        """Idempotency is by the key and not by likeness: the same text under another key is made anew."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        if self.harmless:
            pytest.skip(f"{self.ability.value}: repeating it leaves the world as it is")
        bench.run(self.perform(bench, target))
        bench.run(self.perform(bench, replace(target, key=f"{target.key}-other")))
        count = self.done(stage, target)
        assert count == 2, f"two keys, one text: it stands {count} times instead of twice"

    def refused_unsent(self, bench: Bench, error: BaseException | None, what: str) -> None:
        """Check that something was refused with a reason, and before any request."""
        sent = len(bench.port.requests)
        assert error is not None, f"{what} was not refused; {sent} requests were sent"
        ours(error, what)
        assert isinstance(error, MunsocialError), what
        assert not sent, f"{what} was refused by {type(error).__name__}, but only after {sent} requests were sent"
        assert error.say("ru").strip(), f"{what}: the refusal says nothing"


class WritingConformance(ActingConformance):
    """A deed that carries a text. `done` counts what stands with exactly `Target.text`."""

    splits: ClassVar[bool] = False
    """May a text that is too long go in several pieces?"""
    full: ClassVar[bool] = True
    """Is an empty text nothing at all, and refused?"""

    def most(self, limits: Limits) -> int | None:
        """Return how long a text may be where `furnish` lets it stand."""
        return limits.text

    def standing(self, stage: Stage, target: Target) -> list[str]:
        """Return all texts that stand where this one should, in their order."""
        raise LookupError(f"{type(self).__name__} does not say where texts stand")

    def done(self, stage: Stage, target: Target) -> int:
        """Count what stands with exactly the text."""
        return self.standing(stage, target).count(target.text)

    def _unchanged(self, stage: Stage, text: str) -> None:
        target = replace(self.furnish(stage, 0), text=text)
        bench = stage.open()
        bench.run(self.perform(bench, target))
        seen = self.standing(stage, target)
        assert self.done(stage, target) == 1, f"{text!r:.200} stands there as {seen!r:.300}"

    @pytest.mark.parametrize("text", list(TEXTS))
    def test_texts_arrive_unchanged(self, stage: Stage, text: str) -> None:
        """A text arrives exactly as it was given; one that ``Limits.measure`` counts for too long is refused."""
        limits = stage.open().declared(self.ability).limits
        if limits.text is not None and limits.measure(TEXTS[text]) > limits.text:
            self._too_long(stage, TEXTS[text], limits)
        else:
            self._unchanged(stage, TEXTS[text])

    @pytest.mark.parametrize("seed", range(5))
    def test_random_texts_arrive_unchanged(self, stage: Stage, seed: int) -> None:
        """So does any mixture of scripts, signs and emoji, as far as there is room for it."""
        limits, text = stage.open().declared(self.ability).limits, random_text(seed)
        most = self.most(limits)
        if most is not None and limits.measure(text) > most:
            text = measured_text(seed, most, limits.measure)
        self._unchanged(stage, text)

    def test_the_longest_text_arrives(self, stage: Stage) -> None:
        """A text as long as the declared limit is taken and arrives whole."""
        limits = stage.open().declared(self.ability).limits
        most = self.most(limits)
        if most is None:
            pytest.skip(f"{self.ability.value}: no limit of text is declared")
        text = measured_text(3, most, limits.measure)
        try:
            self._unchanged(stage, text)
        except MunsocialError as error:
            what = f"a text as long as the declared limit ({most}, {len(text)} characters) is refused"
            raise AssertionError(
                f"{what}; a network that counts otherwise says so in Limits.measure: {error}"
            ) from error

    @pytest.mark.parametrize("over", [1, 1_000_000])
    def test_a_longer_text_is_refused_before_sending(self, stage: Stage, over: int) -> None:
        """A text over the declared limit is refused, and nothing was sent; it is never cut."""
        limits = stage.open().declared(self.ability).limits
        if limits.text is None:
            pytest.skip(f"{self.ability.value}: no limit of text is declared")
        text = measured_text(4, limits.text, limits.measure, over=True) + random_text(5, over - 1)
        self._too_long(stage, text, limits)

    def _too_long(self, stage: Stage, text: str, limits: Limits) -> None:
        target = replace(self.furnish(stage, 0), text=text)
        bench, _, error = self.under(stage, None, target)
        if self.splits and error is None:
            assert "".join(self.standing(stage, target)) == target.text, "sent in pieces, the text did not arrive whole"
            return
        self.refused_unsent(bench, error, f"a text of {limits.measure(text)} characters (the limit is {limits.text})")

    def test_a_megabyte_arrives_or_is_refused(self, stage: Stage) -> None:
        """A text of a megabyte arrives whole, or ends in our error; it is never cut."""
        target = replace(self.furnish(stage, 0), text=random_text(5, 480_000))
        _, _, error = self.under(stage, None, target)
        ours(error, "a text of a megabyte")
        whole = self.done(stage, target) == 1 or "".join(self.standing(stage, target)) == target.text
        assert error is not None or whole, "a text of a megabyte was cut or changed, and nobody was told"

    def test_an_empty_text_is_refused_before_sending(self, stage: Stage) -> None:
        """Nothing at all is not sent."""
        if not self.full:
            pytest.skip(f"{self.ability.value}: an empty text means something here")
        for text in ("", " \n\t "):
            target = replace(self.furnish(stage, 0), text=text)
            bench, _, error = self.under(stage, None, target)
            self.refused_unsent(bench, error, f"an empty text {text!r}")

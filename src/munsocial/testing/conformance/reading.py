"""Reading, whatever is read: it is what is there, on both faces, through every fault, in any zone, of any shape."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pydantic import BaseModel

from munsocial.network.drafts import Page
from munsocial.sandbox.faults import FaultKind
from munsocial.testing.conformance.base import AbilityConformance
from munsocial.testing.conformance.checks import alike, moments, ours, refusal_is_ours, saying, turned_to_nothing
from munsocial.testing.conformance.neighbours import neighbours
from munsocial.testing.conformance.overseer import AFTER, BEFORE, IN_WORDS, Trouble
from munsocial.testing.conformance.spoiling import STRANGE, UNSEEN, Sites, changed, with_unknown_fields
from munsocial.testing.conformance.stage import Bench, Stage
from munsocial.testing.conformance.targets import Target

__all__ = ["ReadingConformance"]

ALL = [one.value for one in (*IN_WORDS, *BEFORE, *AFTER)]
PASSING = [
    one.value
    for one in (
        FaultKind.RATE,
        FaultKind.SERVER,
        FaultKind.UNREACHABLE,
        FaultKind.LOST_BEFORE,
        FaultKind.STATUS,
        *AFTER,
    )
]
MOST_REQUESTS = 60
"""No single reading may cost more when nothing but errors come back."""


class ReadingConformance(AbilityConformance):
    """An ability that changes nothing."""

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """Compare what was read with the world."""
        raise LookupError(f"{type(self).__name__} does not say how a reading is checked")

    def read(self, bench: Bench, target: Target) -> Any:
        """Read once, without trouble."""
        return bench.run(self.perform(bench, target))

    def facts(self, value: Any) -> Any:
        """Return what two readings have to have in common: all of it, unless the raw answer is a part of it."""
        return value

    def told(self, bench: Bench, error: BaseException | None, kind: FaultKind, value: Any) -> None:
        """Check how a fault that does not pass ended."""
        refusal_is_ours(bench, error, kind, named=self.named, value=value)

    def test_it_reads_what_is_there(self, stage: Stage) -> None:
        """What comes back is what is in the world, was asked for, and is left as it was; a handle alone is enough."""
        target = self.prepared(stage)
        bench = stage.open(watching=True)
        value = self.read(bench, target)
        assert bench.port.requests, f"it is declared, but nothing was asked; it returned {value!r:.300}"
        assert value is not None, "it is declared, but it returns nothing"
        bench.inputs_stay()
        bench.waits_in_bounds()
        assert not bench.changes, f"reading changed the world: {bench.changes} of its requests did"
        if stage.world is not None:
            self.check(stage, target, value)
            self.by_its_handle_alone(stage, self.check)
            self.by_any_name(stage, self.check)

    def test_a_change_is_seen(self, stage: Stage) -> None:
        """The same adapter, asked again, tells how the world has changed; of two pages, it tells the named one."""
        self.needs_world(stage)
        bench = stage.open()
        for number in range(2):
            target = self.furnish(stage, number)
            self.check(stage, target, self.read(bench, target))
        self._each_page_for_itself(stage)

    def _each_page_for_itself(self, stage: Stage) -> None:
        if not self.has_pages(stage):
            return
        own, other = neighbours(stage)
        bench = own.open()
        for number, place in enumerate((own, other, own), start=2):
            target = self.furnish(place, number)
            with saying(f"of two pages, the page {place.account.handle} was asked for"):
                self.check(place, target, self.read(bench.at(place), target))
        asked = [(place, self.furnish(place, number)) for number, place in enumerate((own, other), start=5)]
        loop = own.open(asynchronous=True)
        values = loop.run_at_once(*(self.perform(loop.at(place), target) for place, target in asked))
        for (place, target), value in zip(asked, values, strict=True):
            with saying(f"of two pages, both at once, the page {place.account.handle} was asked for"):
                self.check(place, target, value)

    def test_both_faces_alike(self, stage: Stage) -> None:
        """Over a blocking port and in an event loop it gives the same with as many calls."""
        target = self.prepared(stage)
        blocking, loop = stage.open(), stage.open(asynchronous=True)
        alike(self.facts(self.read(blocking, target)), self.facts(self.read(loop, target)))
        alike(len(blocking.port.requests), len(loop.port.requests))

    @pytest.mark.parametrize("kind", ALL)
    def test_a_fault_is_told(self, stage: Stage, kind: str) -> None:
        """A fault that does not pass ends in the fitting error of munsocial, after few attempts."""
        target = self.prepared(stage)
        bench, value, error = self.under(stage, Trouble(FaultKind(kind)), target)
        self.told(bench, error, FaultKind(kind), value)
        count = len(bench.port.requests)
        assert count <= MOST_REQUESTS, f"{kind}: {count} requests before it gave up"

    @pytest.mark.parametrize("kind", PASSING)
    def test_a_passing_fault_is_borne(self, stage: Stage, kind: str) -> None:
        """A fault of a moment is repeated away, and nothing is missing afterwards."""
        target = self.prepared(stage)
        expected = self.facts(self.read(stage.open(), target))
        bench, value, error = self.under(stage, Trouble(FaultKind(kind), times=1), target)
        if kind in ("rate", "server") and bench.speechless(kind) and stage.world is not None:
            pytest.skip(f"the face has no words for {kind}: give it the method refuse()")
        assert error is None, f"{kind}: one fault ended it: {error!r}"
        assert self.facts(value) == expected, f"{kind}: after a fault it reads otherwise: {value!r:.300}"

    @pytest.mark.parametrize("zone", ["Asia/Kamchatka", "America/St_Johns"])
    def test_time_zones(self, stage: Stage, zone: str) -> None:
        """Moments are aware, in UTC, and do not depend on the zone of the machine."""
        target = self.prepared(stage)
        here = self.read(stage.open(), target)
        list(moments(here))
        with machine_in(zone):
            there = self.read(stage.open(), target)
        assert here == there, f"on a machine in {zone} it reads otherwise: {there!r:.300}"

    def test_unknown_fields_change_nothing(self, stage: Stage) -> None:
        """Fields that a network adds one day are passed over."""
        target = self.prepared(stage)
        expected = self.facts(self.read(stage.open(), target))
        _, value, error = self.under(stage, None, target, spoil=with_unknown_fields)
        assert error is None, f"further fields in the answers are not borne: {error!r}"
        assert self.facts(value) == expected, f"further fields in the answers change what is read: {value!r:.300}"

    def test_unknown_words_are_borne(self, stage: Stage) -> None:
        """A kind, state or role that nobody has seen before loses no item."""
        target, expected, sites = self._looked(stage)
        for site in sites.words():
            _, value, error = self.under(stage, None, target, spoil=changed(site, UNSEEN), attempts=1)
            place = ".".join(site)
            assert error is None, f"an unknown word at {place} is not borne: {error!r}"
            assert _count(value) == _count(expected), f"an unknown word at {place} loses items: {value!r:.300}"

    @pytest.mark.parametrize("into", list(STRANGE))
    def test_strange_values_end_in_a_value_or_our_error(self, stage: Stage, into: str) -> None:
        """Whatever stands in a place of the answer: a value comes of it, or our error; nothing is lost in silence."""
        target, expected, sites = self._looked(stage)
        for site in sites.found:
            _, value, error = self.under(stage, None, target, spoil=changed(site, into), attempts=1)
            place = ".".join(site)
            ours(error, f"{into} at {place}")
            if error is None and into in ("gone", "null") and sites.tells(site, stage.omits):
                self._honest(expected, value, f"{place} is {into}", gone=into == "gone")

    def _honest(self, expected: Any, value: Any, case: str, *, gone: bool) -> None:
        told = isinstance(value, Page) and value.gaps
        fewer = isinstance(value, (Page, tuple)) and not told and _count(value) < _count(expected)
        assert not fewer, f"{case}: items are lost and nobody is told (Page.gaps, or an error): {value!r:.300}"
        lies = list(turned_to_nothing(expected, value, gone=gone))
        omitted = "a network that leaves it out where there is none says so in Stage.omits"
        assert not lies, f"{case}: what was not seen is unknown (None), never nothing: {', '.join(lies)}; {omitted}"

    def _looked(self, stage: Stage) -> tuple[Target, Any, Sites]:
        """Read once, and note all places of the answers."""
        target, sites = self.prepared(stage), Sites()
        _, value, error = self.under(stage, None, target, spoil=sites)
        assert error is None, f"it does not even read: {error!r}"
        return target, value, sites

    def needs_world(self, stage: Stage) -> None:
        """Skip what a cassette cannot show."""
        if stage.world is None:
            pytest.skip(f"{self.ability.value}: a cassette cannot change")


def _count(value: Any) -> int:
    if isinstance(value, Page):
        return len(value.items)
    return len(value) if isinstance(value, (tuple, list)) else int(isinstance(value, (BaseModel, str)))


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """Let the machine stand in another zone; where a system cannot, nothing changes."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    _set()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        _set()


def _set() -> None:
    if hasattr(time, "tzset"):
        time.tzset()

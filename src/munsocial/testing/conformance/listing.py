"""Listings: to the end and no further, whatever the number of pages; and texts that come back as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from munsocial.network.drafts import Page
from munsocial.sandbox.faults import FaultKind
from munsocial.testing.conformance.checks import MOST_PAGES, alike, caught, items_of, ours, pages_of
from munsocial.testing.conformance.neighbours import neighbours
from munsocial.testing.conformance.overseer import Trouble
from munsocial.testing.conformance.reading import ReadingConformance
from munsocial.testing.conformance.secrecy import secret_nowhere
from munsocial.testing.conformance.stage import Bench, Stage, Work
from munsocial.testing.conformance.targets import TEXTS, Target, random_text

__all__ = ["ListingConformance", "TextsConformance"]

_USUAL_PAGE, _MOST_ITEMS, _FEW = 50, 2100, 20
_CUTS = 6
"""At about so many places a listing is broken off."""


class ListingConformance(ReadingConformance):
    """An ability that gives pages with a cursor. ``crowd`` puts many items into the world and names them."""

    id_field: ClassVar[str] = "id"
    full_pages: ClassVar[bool] = True
    """Are pages as full as they may be? Not where each holds what belongs together, e.g. one conversation."""

    def fetch(self, bench: Bench, target: Target, cursor: str | None) -> Work:
        """Return the work: one page."""
        raise LookupError(f"{type(self).__name__} does not say how a page is fetched")

    def crowd(self, stage: Stage, count: int) -> tuple[Target, list[str]]:
        """Put so many items into the world; return where they are listed, and their ids."""
        raise LookupError(f"{type(self).__name__} does not say how many items are made")

    def perform(self, bench: Bench, target: Target) -> Work:
        """Read all pages into one; what goes round in circles is left off, since that is tried apart."""
        return self._joined(bench, target)

    async def _joined(self, bench: Bench, target: Target) -> Page[Any]:
        pages: list[Page[Any]] = []
        cursor: str | None = None
        seen: set[str] = set()
        while cursor not in seen and len(pages) < _FEW:
            seen |= {cursor} if cursor is not None else set()
            page = await self.fetch(bench, target, cursor)
            if not isinstance(page, Page):
                kind = type(page).__name__
                raise AssertionError(f"a listing returned {kind} instead of munsocial.network.Page")
            pages.append(page)
            cursor = page.cursor
            if cursor is None:
                break
        gaps = tuple(gap for page in pages for gap in page.gaps)
        return Page(tuple(items_of(pages)), None, gaps)

    def _many(self, stage: Stage, pages: int = 2) -> int:
        limit = stage.open().declared(self.ability).limits.page or _USUAL_PAGE
        return min(pages * limit + 3, _MOST_ITEMS)

    def _all(self, bench: Bench, target: Target) -> list[Page[Any]]:
        return pages_of(bench, lambda cursor: self.fetch(bench, target, cursor))

    def _ids(self, pages: Sequence[Page[Any]]) -> list[str]:
        return [getattr(one, self.id_field) for one in items_of(pages)]

    def test_it_goes_to_the_end_and_stops(self, stage: Stage) -> None:
        """More items than three pages hold: each comes once, then nothing follows. A cassette is gone through."""
        if stage.world is None:
            self._all(stage.open(), self.prepared(stage))
            return
        target, wanted = self.crowd(stage, self._many(stage, pages=3))
        bench = stage.open()
        pages = self._all(bench, target)
        secret_nowhere(bench, pages, None, (), "")
        seen = self._ids(pages)
        gaps = [gap for page in pages for gap in page.gaps]
        missing = set(wanted) - set(seen)
        assert not missing, f"{len(missing)} of {len(wanted)} never come, in {len(pages)} pages; gaps: {gaps!r:.200}"
        doubled = {id for id in seen if seen.count(id) > 1}
        assert not doubled, f"{len(doubled)} come more than once, e.g. {sorted(doubled)[:3]}"
        strange = set(seen) - set(wanted)
        assert not strange, f"{len(strange)} come that are not there, e.g. {sorted(strange)[:3]}"
        limit, largest = bench.declared(self.ability).limits.page, max(len(page.items) for page in pages)
        as_said = limit is None or len(wanted) < limit or 2 * largest > limit
        assert as_said or not self.full_pages, (
            f"declared are pages of {limit}, but of {len(wanted)} items no page holds more than {largest}"
        )

    def test_an_empty_listing_ends(self, stage: Stage) -> None:
        """Nothing there is an empty page without a cursor, and no error."""
        self.needs_world(stage)
        target, _ = self.crowd(stage, 0)
        pages = self._all(stage.open(), target)
        assert self._ids(pages) == [], f"there is nothing, yet it lists {self._ids(pages)}"
        assert len(pages) <= 2, f"an empty listing takes {len(pages)} pages"

    def test_a_last_page_may_be_full(self, stage: Stage) -> None:
        """As many items as two pages hold: nothing is left for a third, which may come and be empty."""
        self.needs_world(stage)
        target, wanted = self.crowd(stage, self._many(stage) - 3)
        try:
            seen = self._ids(self._all(stage.open(), target))
        except Exception as error:
            raise AssertionError(f"the last page is full, and then comes {error!r}") from error
        assert sorted(seen) == sorted(wanted), f"of {len(wanted)} items in full pages {len(seen)} come"

    def test_two_listings_do_not_mix(self, stage: Stage) -> None:
        """Two pages are listed by one adapter, a page of the one, a page of the other: each comes whole."""
        if not self.has_pages(stage):
            pytest.skip(f"{self.ability.value}: it is not asked for pages of a world")
        places = neighbours(stage)
        asked = [(place, *self.crowd(place, self._many(place))) for place in places]
        bench = places[0].open()
        seen: list[list[str]] = [[], []]
        cursors: list[str | None] = [None, None]
        going = {0, 1}
        for _ in range(MOST_PAGES):
            for number in sorted(going):
                place, target, _wanted = asked[number]
                page = bench.run(self.fetch(bench.at(place), target, cursors[number]))
                seen[number] += self._ids([page])
                going -= {number} if page.cursor in (None, cursors[number]) else set()
                cursors[number] = page.cursor
        assert not going, f"the listing did not end after {MOST_PAGES} pages"
        for (place, _, wanted), ids in zip(asked, seen, strict=True):
            lost = set(wanted) - set(ids)
            assert not lost, (
                f"of {place.account.handle} {len(lost)} items never come when another page is listed meanwhile: "
                "where a listing stands belongs into the cursor, not into the adapter"
            )

    def test_pages_on_both_faces(self, stage: Stage) -> None:
        """The whole listing is the same on both faces."""
        self.needs_world(stage)
        target, _ = self.crowd(stage, self._many(stage))
        alike(*(self._ids(self._all(stage.open(asynchronous=loop), target)) for loop in (False, True)))

    @pytest.mark.parametrize("kind", ["lost_after", "html", "permission"])
    def test_a_fault_between_pages_is_told(self, stage: Stage, kind: str) -> None:
        """When a later page does not come, nobody takes the listing for whole: an error, or a gap."""
        self.needs_world(stage)
        target, wanted = self.crowd(stage, self._many(stage))
        calls = stage.open()
        self._all(calls, target)
        count = len(calls.port.requests)
        for after in range(1, count, max(1, count // _CUTS)):
            bench = stage.open(Trouble(FaultKind(kind), after=after), attempts=1)
            pages: list[Page[Any]] = []
            error = _error_of(bench, self, target, pages)
            ours(error, f"{kind} at request {after + 1}")
            told = error is not None or any(page.gaps for page in pages)
            lost = set(wanted) - set(self._ids(pages))
            assert told or not lost, f"{kind} at request {after + 1}: {len(lost)} items are lost and nobody is told"

    @pytest.mark.parametrize("cursor", ["", "conformance", "-1", "1e9", "9" * 40, "{}", "\x00", "щ", "../..", "0;0"])
    def test_a_strange_cursor_is_no_crash(self, stage: Stage, cursor: str) -> None:
        """A cursor that is not the adapter's own gives a page or our error."""
        self.needs_world(stage)
        target, _ = self.crowd(stage, 3)
        bench = stage.open()
        value, error = caught(bench, self.fetch(bench, target, cursor))
        ours(error, f"the cursor {cursor!r}")
        assert error is not None or isinstance(value, Page), f"the cursor {cursor!r} gave {value!r:.200}"


def _error_of(bench: Bench, kit: ListingConformance, target: Target, pages: list[Page[Any]]) -> BaseException | None:
    async def walk() -> None:
        cursor: str | None = None
        while True:
            page = await kit.fetch(bench, target, cursor)
            pages.append(page)
            cursor = page.cursor
            if cursor is None:
                return

    return caught(bench, walk())[1]


class TextsConformance(ListingConformance):
    """A listing whose items have texts. ``furnish`` takes a text through `with_text`."""

    def with_text(self, stage: Stage, text: str) -> Target:
        """Put one item with that text into the world."""
        raise LookupError(f"{type(self).__name__} does not say how a text gets into the world")

    def _comes_back(self, stage: Stage, text: str) -> None:
        self.needs_world(stage)
        target = replace(self.with_text(stage, text), text=text)
        bench = stage.open()
        seen = [one.text for one in items_of(self._all(bench, target))]
        assert text in seen, f"{text!r:.200} came back as {seen!r:.300}"

    @pytest.mark.parametrize("text", list(TEXTS))
    def test_texts_come_back(self, stage: Stage, text: str) -> None:
        """A text is read exactly as it stands there."""
        self._comes_back(stage, TEXTS[text])

    @pytest.mark.parametrize("seed", range(5))
    def test_random_texts_come_back(self, stage: Stage, seed: int) -> None:
        """So is any mixture of scripts, signs and emoji."""
        self._comes_back(stage, random_text(seed))

    def test_a_megabyte_comes_back(self, stage: Stage) -> None:
        """A text of a megabyte is neither cut nor refused."""
        self._comes_back(stage, random_text(7, 480_000))

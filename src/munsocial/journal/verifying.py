"""Is the chain whole? Finds the first row that was changed, removed, added or put elsewhere, and names it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from munsocial.journal.entries import GENESIS, chained, sealed_digest
from munsocial.wording import Lang, Text

__all__ = ["Verified", "verify_rows"]

_WHOLE = Text("Цепочка цела: записей {count}, конец {digest}.", "The chain is whole: {count} entries, end {digest}.")
_BROKEN = Text("Цепочка нарушена на записи {seq}: {what}", "The chain breaks at entry {seq}: {what}")
_GAP = Text(
    "перед ней не хватает записей (ожидалась {expected}).", "entries are missing before it ({expected} was due)."
)
_ORDER = Text(
    "она не продолжает предыдущую: убрана, вставлена или переставлена.",
    "it does not follow the one before: removed, inserted or moved.",
)
_CHANGED = Text("её содержимое изменено.", "its content was changed.")
_PERSONAL = Text("изменены её персональные данные.", "its personal data were changed.")
_SHORT = Text("конец обрезан: отметка {anchor} не найдена.", "the end is cut: the anchor {anchor} was not found.")


@dataclass(frozen=True, slots=True)
class Verified:
    """The answer: how many entries hold, the digest of the last one, and the first break if there is one."""

    whole: bool
    count: int
    digest: str
    broken_at: int | None = None
    what: Text | None = None

    def say(self, lang: Lang = "ru") -> str:
        """Return a sentence for a person."""
        if self.what is None:
            return _WHOLE.fill(count=self.count, digest=self.digest).say(lang)
        return _BROKEN.fill(seq=self.broken_at, what=self.what).say(lang)


def verify_rows(rows: Iterable[Any], *, anchor: tuple[int, str] | None = None) -> Verified:
    """Walk the rows in order of ``seq``. ``anchor`` is an exported (seq, digest): it must still stand there.

    Without an anchor an end that was cut off cannot be noticed: nothing inside tells how long a chain was.
    """
    previous, count = GENESIS, 0
    for row in rows:
        what = _fault(row, previous, count + 1)
        if what is None and anchor and row.seq == anchor[0] and row.digest != anchor[1]:
            what = _ORDER
        if what is not None:
            return Verified(False, count, previous, row.seq, what)
        previous, count = row.digest, count + 1
    if anchor and count < anchor[0]:
        return Verified(False, count, previous, count + 1, _SHORT.fill(anchor=anchor[0]))
    return Verified(True, count, previous)


def _fault(row: Any, previous: str, expected: int) -> Text | None:
    if row.seq != expected:
        return _GAP.fill(expected=expected)
    if row.previous != previous:
        return _ORDER
    if chained(previous, row.seq, row.at, row.kind, row.subject, row.body, row.seal) != row.digest:
        return _CHANGED
    if row.personal is not None and sealed_digest(row.personal) != row.seal:
        return _PERSONAL
    return None

"""Is the journal whole? Finds the first row that was changed, removed, added or put elsewhere, and names it.

Three things are compared: each entry with its digest and with the one before it; the last entry with the record of the
chain's end; plans and states of steps with what the entries tell of them. Whoever can rewrite all three together can be
found only by an anchor that was kept elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from munsocial.journal.bookcheck import BookCheck, Books
from munsocial.journal.entries import GENESIS, chained, sealed_digest
from munsocial.journal.forged import FORGED
from munsocial.wording import Lang, Text

__all__ = ["SPOILT", "Verified", "verify_rows"]

_WHOLE = Text("Журнал цел: записей {count}, конец {digest}.", "The journal is whole: entries {count}, end {digest}.")
_BROKEN = Text("Журнал нарушен, запись {seq}: {what}", "The journal is broken at entry {seq}: {what}")
_BROKEN_BOOK = Text("Журнал нарушен, {place}: {what}", "The journal is broken, {place}: {what}")
_GAP = Text(
    "перед ней не хватает записей (ожидалась {expected}).", "entries are missing before it ({expected} was due)."
)
_ORDER = Text(
    "она не продолжает предыдущую: убрана, вставлена или переставлена.",
    "it does not follow the one before: removed, inserted or moved.",
)
_CHANGED = Text("её содержимое изменено.", "its content was changed.")
_PERSONAL = Text("изменены её персональные данные.", "its personal data were changed.")
_TAKEN = Text(
    "её персональные данные стёрты в обход журнала.", "its personal data were removed without a record of it."
)
_ADDED = Text("ей добавлены персональные данные.", "personal data were added to it.")
_SHORT = Text("конец обрезан: отметка {anchor} не найдена.", "the end is cut: the anchor {anchor} was not found.")
_ANCHOR = Text("отметка (записей: {anchor})", "the anchor (entries: {anchor})")
_REWRITTEN = Text(
    "её отпечаток не тот, что в отметке: журнал до этой записи переписан, или отметка не от него.",
    "its digest is not that of the anchor: the journal was rewritten up to here, or the anchor is not of this one.",
)
_NO_SUCH = Text("у начала журнала такой не бывает.", "no journal begins with such a one.")
_CUT = Text("конец обрезан: последняя запись была {seq}.", "the end is cut: the last entry was {seq}.")
_LONG = Text("она дописана в обход программы: конец был на {seq}.", "it was added by other means: the end was {seq}.")
_NO_END = Text("запись о конце цепочки пропала.", "the record of the chain's end is gone.")
_OTHER_END = Text("запись о конце цепочки изменена.", "the record of the chain's end was changed.")
_NOT_JSON = Text("её содержимое не читается.", "its content cannot be read.")
SPOILT = Text("в тексте есть байты, которые не читаются.", "there are octets in a text that cannot be read.")
_BACK = Text(
    "Часы шли назад на записях: {numbers}. Порядок записей от часов не зависит.",
    "The clock went back at entries: {numbers}. The order of entries does not depend on it.",
)
_SHOWN = 5
_WAITED = timedelta(minutes=1)
"""Of two programs that write at once one takes its moment, then waits for the lock: that is no clock set back."""


def _set_back(at: str, before: str) -> bool:
    try:
        return datetime.fromisoformat(before) - datetime.fromisoformat(at) > _WAITED
    except (ValueError, TypeError):
        return True


@dataclass(frozen=True, slots=True)
class Verified:
    """The answer: how many entries hold, the digest of the last one, and the first break if there is one.

    ``broken_at`` is the number of the entry; for a plan or a step it is None and ``place`` names the row.
    """

    whole: bool
    count: int
    digest: str
    broken_at: int | None = None
    what: Text | None = None
    place: Text | None = None
    notes: tuple[Text, ...] = ()

    def say(self, lang: Lang = "ru") -> str:
        """Return a sentence for a person."""
        if self.what is None:
            told = _WHOLE.fill(count=self.count, digest=self.digest)
        elif self.place is not None:
            told = _BROKEN_BOOK.fill(place=self.place, what=self.what)
        else:
            told = _BROKEN.fill(seq=self.broken_at, what=self.what)
        return "\n".join(one.say(lang) for one in (told, *self.notes))


def verify_rows(
    rows: Iterable[Any],
    *,
    anchor: tuple[int, str] | None = None,
    end: Sequence[Any] | None = None,
    books: Books | None = None,
    withheld: bool = False,
) -> Verified:
    """Walk the rows in order of ``seq``. ``anchor`` is an exported (seq, digest): it must still stand there.

    ``end`` are the rows of the record of the chain's end (None where there is no such table); ``books`` are the
    rows of plans and steps, which are compared with the entries. Without these and without an anchor an end that was
    cut off cannot be noticed: nothing inside tells how long a chain was. ``withheld``: an export left personal
    data out on purpose.
    """
    if anchor and anchor[0] < 1 and anchor != (0, GENESIS):
        return Verified(False, 0, GENESIS, None, _NO_SUCH, _ANCHOR.fill(anchor=anchor[0]))
    walk = _Walk(anchor, books is not None)
    for row in rows:
        if (what := walk.fault(row)) is None:
            try:
                walk.step(row)
                continue
            except FORGED:  # a forged entry with digests that fit
                what = _NOT_JSON
        return Verified(False, walk.count, walk.previous, row.seq, what)
    count, digest = walk.count, walk.previous
    if withheld:
        walk.bare.clear()
    for seq, what in _at_the_end(walk, anchor, end):
        return Verified(False, count, digest, seq, what)
    if books is not None and walk.book is not None and (found := walk.book.compare(books)) is not None:
        return Verified(False, count, digest, None, found[1], found[0])
    return Verified(True, count, digest, notes=walk.notes)


def _at_the_end(walk: _Walk, anchor: tuple[int, str] | None, end: Sequence[Any] | None) -> Iterable[tuple[int, Text]]:
    count = walk.count
    if anchor and count < anchor[0]:
        yield count + 1, _SHORT.fill(anchor=anchor[0])
    if end is not None:
        if not end:
            yield count, _NO_END
        elif len(end) != 1 or getattr(end[0], "id", 1) != 1 or not isinstance(end[0].seq, int):
            yield count, _OTHER_END
        elif end[0].seq > count:
            yield count + 1, _CUT.fill(seq=end[0].seq)
        elif end[0].seq < count:
            yield end[0].seq + 1, _LONG.fill(seq=end[0].seq)
        elif end[0].digest != walk.previous:
            yield count, _OTHER_END
    if walk.bare:
        yield min(walk.bare), _TAKEN


class _Walk:
    """What is remembered on the way along the chain."""

    def __init__(self, anchor: tuple[int, str] | None, with_books: bool) -> None:
        self.anchor = anchor
        self.previous, self.count = GENESIS, 0
        self.bare: set[int] = set()
        """Entries whose personal data are gone and for which no purge has been met yet."""
        self.at = ""
        self.back: list[int] = []
        self.book = BookCheck() if with_books else None

    def fault(self, row: Any) -> Text | None:
        if row.seq != self.count + 1:
            return _GAP.fill(expected=self.count + 1)
        if row.previous != self.previous:
            return _ORDER
        try:
            if chained(self.previous, row.seq, row.at, row.kind, row.subject, row.body, row.seal) != row.digest:
                return _CHANGED
            if row.personal is not None and sealed_digest(row.personal) != row.seal:
                return _PERSONAL if row.seal else _ADDED
        except (AttributeError, TypeError):  # a column is no text any more
            return _CHANGED
        if self.anchor and row.seq == self.anchor[0] and row.digest != self.anchor[1]:
            return _REWRITTEN
        return None

    def step(self, row: Any) -> None:
        self.previous, self.count = row.digest, self.count + 1
        if row.personal is None and row.seal:
            self.bare.add(row.seq)
        if row.at < self.at and _set_back(row.at, self.at):
            self.back.append(row.seq)
        self.at = row.at
        if row.kind == "journal.purged":
            self.bare.difference_update(json.loads(row.body).get("entries", ()))
        if self.book is not None:
            self.book.see(row)

    @property
    def notes(self) -> tuple[Text, ...]:
        if not self.back:
            return ()
        numbers = ", ".join(map(str, self.back[:_SHOWN])) + (", …" if len(self.back) > _SHOWN else "")
        return (_BACK.fill(numbers=numbers),)

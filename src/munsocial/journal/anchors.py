"""Anchors: how long the journal was on a day and what its end was. Kept elsewhere, they find a shortened journal.

An anchor is public: it holds no data of anybody. Print it, mail it to the district's archive, register the letter.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from munsocial.errors import InputError
from munsocial.files import MEGABYTE, exists, read_bytes, write_bytes
from munsocial.journal.journal import Journal
from munsocial.model.base import Moment, Record
from munsocial.wording import Lang, Text

__all__ = ["ANCHOR_SCHEMA", "Anchor", "anchor_of", "read_anchor"]

ANCHOR_SCHEMA: Literal["munsocial.anchor/1"] = "munsocial.anchor/1"

_SHORT = re.compile(r"(\d{1,12}):([0-9a-f]{64})")
_BROKEN = Text("это не отметка журнала.", "this is no anchor of a journal.")
_HOW = Text(
    "Дайте файл из munsocial journal anchor или число:отпечаток (64 знака).",
    "Give a file of munsocial journal anchor, or number:digest (64 signs).",
)
_PAPER = Text(
    "Отметка журнала действий в социальных сетях\n{name}\n\nЗаписей:    {entries}\nОтпечаток:  {first}\n"
    "            {second}\nВремя:      {at}\n\nОтметка подтверждает, что на это время в журнале было указанное число "
    "записей с указанным концом.\nПроверка: munsocial journal verify ЖУРНАЛ --anchor {entries}:{digest}\n\n"
    "Подпись ____________________   Дата ____________________\n",
    "Anchor of a journal of deeds in social networks\n{name}\n\nEntries:    {entries}\nDigest:     {first}\n"
    "            {second}\nMoment:     {at}\n\nThe anchor shows that at this moment the journal held this number of "
    "entries with this end.\nTo check:   munsocial journal verify JOURNAL --anchor {entries}:{digest}\n\n"
    "Signature ____________________   Date ____________________\n",
)


class Anchor(Record):
    """The number of entries and the digest of the last one at a moment; ``name`` says whose journal it is."""

    schema_: Literal["munsocial.anchor/1"] = Field(default=ANCHOR_SCHEMA, alias="schema")
    name: str = ""
    entries: int = Field(ge=0)
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    at: Moment | None = None

    @property
    def pair(self) -> tuple[int, str]:
        """What `Journal.verify` takes."""
        return self.entries, self.digest

    def paper(self, lang: Lang = "ru") -> str:
        """Return a page to print and sign; the digest stands in groups, to be read aloud."""
        groups = [self.digest[place : place + 8] for place in range(0, 64, 8)]
        facts = {
            "name": self.name,
            "entries": self.entries,
            "digest": self.digest,
            "first": " ".join(groups[:4]),
            "second": " ".join(groups[4:]),
            "at": self.at.isoformat(timespec="seconds") if self.at else "",
        }
        return _PAPER.fill(**facts).say(lang)

    def save(self, path: Path) -> None:
        """Write it: ``.json`` for a program, anything else as a page to print.

        Raises:
            OutputRefused: the place cannot be written.
        """
        text = self.model_dump_json(by_alias=True, indent=1) + "\n" if path.suffix == ".json" else self.paper()
        write_bytes(path, text.encode())


def anchor_of(journal: Journal, *, name: str = "") -> Anchor:
    """Return the anchor of a journal as it is now.

    Raises:
        JournalError: it cannot be read.
    """
    count, digest = journal.anchor()
    return Anchor(name=name, entries=count, digest=digest, at=journal.clock())


def read_anchor(given: str) -> Anchor:
    """Read an anchor: a ``.json`` file, or ``number:digest``.

    Raises:
        InputError: neither. FileRefused: the file cannot be read.
    """
    if short := _SHORT.fullmatch(given.strip().lower().replace(" ", "")):
        return Anchor(entries=int(short[1]), digest=short[2])
    if ":" in given and not exists(given):
        raise InputError(_BROKEN, where=given[:80], remedy=_HOW)
    try:
        return Anchor.model_validate_json(read_bytes(Path(given), at_most=MEGABYTE))
    except ValidationError:
        raise InputError(_BROKEN, where=given[:80], remedy=_HOW) from None

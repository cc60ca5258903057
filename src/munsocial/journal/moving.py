"""Taking a journal out and in: lines of JSON that keep the chain, and import into a new place (SQLite to PostgreSQL).

    {"schema": "munsocial.journal/1", "entries": 5, "digest": "...", "full": true}
    {"table": "entries", "seq": 1, "at": "...", "kind": "...", ...}

A full export holds personal data, plans and steps, and can be imported. One that is not holds neither personal data nor
plans: it shows the chain to an auditor, and its seals still fit the data that stay at home.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from munsocial.errors import JournalError
from munsocial.files import refusing, replacing
from munsocial.journal.entries import GENESIS
from munsocial.journal.forged import FORGED, entry_unreadable, row_unreadable
from munsocial.journal.journal import Journal, open_journal, stored_end
from munsocial.journal.places import is_address
from munsocial.journal.tables import entries, head, plans, steps
from munsocial.journal.verifying import Verified, verify_rows
from munsocial.wording import Text

__all__ = ["JOURNAL_SCHEMA", "export_journal", "import_journal", "is_export", "verify_export", "vouched"]

JOURNAL_SCHEMA = "munsocial.journal/1"

_BATCH = 1000
_LINE = 64 * 1024 * 1024
_NOT_EXPORT = Text(
    "это не выгрузка журнала или она обрезана (строка {line}).", "no export, or it is cut (line {line})."
)
_AGAIN = Text(
    "Выгрузите журнал заново: munsocial journal export РЕЕСТР --full -o journal.jsonl",
    "Export it again: munsocial journal export REGISTRY --full -o journal.jsonl",
)
_NOT_FULL = Text(
    "в выгрузке нет персональных данных и планов: из неё журнал не восстановить.",
    "the export holds neither personal data nor plans: no journal can be made of it.",
)
_FULL = Text("Выгрузите с --full.", "Export with --full.")
_BROKEN = Text("источник не принят: {why}", "the source was not taken: {why}")
_UNFIT = Text(
    "ничего не внесено: в таблице {table} источника стоит то, чего не бывает в журнале.",
    "nothing was taken in: the table {table} of the source holds what never stands in a journal.",
)
_COPY = Text("Возьмите другую копию.", "Take another copy.")
_OTHER = Text("здесь уже лежит другой журнал.", "another journal lies here already.")
_NOT_WHOLE = Text("ничего не внесено: здесь получилось бы вот что. {why}",
                  "nothing was taken in: this is what would stand here. {why}")  # fmt: skip
_ELSEWHERE = Text("Укажите новое место.", "Name a new place.")


def export_journal(journal: Journal, path: Path, *, full: bool) -> int:
    """Write a journal as lines of JSON; returns the number of entries.

    Raises:
        OutputRefused: the place cannot be written. JournalError: it cannot be read.
    """
    with journal.reading() as connection, refusing(path), replacing(path, private=True) as file:
        count = 0
        for line in _lines(journal, connection, full=full):
            file.write(_written(line, journal.where))
            count += line.get("table") == "entries"
    return count


def _written(line: Mapping[str, Any], where: str) -> bytes:
    try:
        return json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
    except TypeError:  # octets, which SQLite takes in the place of a text
        if line.get("table") == "entries":
            raise entry_unreadable(line["seq"], where) from None
        raise row_unreadable(where, plan=line.get("plan", line.get("id")), step=line.get("step")) from None


def _lines(journal: Journal, connection: Connection, *, full: bool) -> Iterator[dict[str, Any]]:
    # By the record of the end, so that an export of a journal that was cut shows the cut.
    end = stored_end(connection, has_head=journal.has_head)
    yield {
        "schema": JOURNAL_SCHEMA,
        "entries": end.seq if end else 0,
        "digest": end.digest if end else GENESIS,
        "full": full,
    }
    for table in (entries, *((plans, steps) if full and journal.has_steps else ())):
        order = list(table.primary_key.columns)
        with closing(connection.execution_options(yield_per=_BATCH).execute(select(table).order_by(*order))) as rows:
            for row in rows.mappings():
                line = {"table": table.name, **row}
                if not full:
                    line.pop("personal", None)
                yield line


def is_export(place: str | Path) -> bool:
    """Tell an export from a database, by the suffix of its file."""
    return not is_address(place) and Path(place).suffix.lower() == ".jsonl"


def verify_export(path: Path, *, anchor: tuple[int, str] | None = None) -> Verified:
    """Check the chain of an export.

    Raises:
        JournalError: it is no export, or cut.
    """
    lines = _read(path)
    header = next(lines)
    end = [SimpleNamespace(seq=header["entries"], digest=header["digest"])]
    rows = _rows(lines, entries)
    if not header.get("full"):
        return verify_rows(rows, anchor=anchor, end=end, withheld=True)
    # Each book is read anew from the file: whole, they may be larger than the memory.
    kept, states = (_rows(_read(path), table) for table in (plans, steps))
    return verify_rows(rows, anchor=anchor, end=end, books=(kept, states))


def _rows(lines: Iterable[Mapping[str, Any]], table: Table) -> Iterator[SimpleNamespace]:
    return (SimpleNamespace(**{"personal": None, **line}) for line in lines if line.get("table") == table.name)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    """Give the lines of an export, the header first; a line that is not whole is named."""
    number = 0
    try:
        with path.open("rb") as file:
            while content := file.readline(_LINE):
                number += 1
                line = json.loads(content)
                if not isinstance(line, dict) or (number == 1 and line.get("schema") != JOURNAL_SCHEMA):
                    raise ValueError
                for name in _COLUMNS.get(str(line.get("table") if number > 1 else "header"), ()):
                    line[name]
                yield line
    except OSError as error:
        cause = Text(str(error.strerror), str(error.strerror))
        raise JournalError(_BROKEN.fill(why=cause), where=str(path), remedy=_COPY) from None
    except FORGED:
        raise JournalError(_NOT_EXPORT.fill(line=number), where=str(path), remedy=_AGAIN) from None
    if number == 0:
        raise JournalError(_NOT_EXPORT.fill(line=1), where=str(path), remedy=_AGAIN)


_COLUMNS = {
    "header": ("entries", "digest"),
    "entries": [one.name for one in entries.columns if one.name != "personal"],
    "plans": [one.name for one in plans.columns],
    "steps": [one.name for one in steps.columns],
}


def import_journal(source: str | Path, target: Journal) -> int:
    """Copy a journal (an export, a file of any version, an address) into a new one, chain and all; all or nothing.

    The source is only read. A target that holds the beginning of the same chain is completed. Returns how many entries
    were added.

    Raises:
        JournalError: the source is broken or not full, the target holds another journal, or would not be whole.
    """
    vouched(source)
    if is_export(source):
        return _take(target, (line for line in _read(Path(source)) if "table" in line))
    with open_journal(source, only_read=True) as opened, opened.reading() as connection:
        return _take(target, (line for line in _lines(opened, connection, full=True) if "table" in line))


def vouched(source: str | Path) -> Verified:
    """Verify what is to be imported.

    Raises:
        JournalError: it is broken or not full.
    """
    if is_export(source):
        if not next(_read(Path(source))).get("full"):
            raise JournalError(_NOT_FULL, where=str(source), remedy=_FULL)
        verified = verify_export(Path(source))
    else:
        with open_journal(source, only_read=True) as opened:
            verified = opened.verify()
    if not verified.whole:
        why = Text.of(verified)
        raise JournalError(_BROKEN.fill(why=why), where=str(source), remedy=_COPY)
    return verified


def _take(target: Journal, lines: Iterable[dict[str, Any]]) -> int:
    with target.writing() as connection:
        seq, digest = target.end_in(connection)
        connection.execute(delete(steps))
        connection.execute(delete(plans))
        added, forgotten, met, queue = 0, 0, seq == 0, iter(lines)
        while batch := list(islice(queue, _BATCH)):
            told = _of(batch, entries)
            fresh = [one for one in told if one["seq"] > seq]
            met = met or any((one["seq"], one["digest"]) == (seq, digest) for one in told)
            if fresh and not met:
                raise JournalError(_OTHER, where=target.where, remedy=_ELSEWHERE)
            for table, rows in ((entries, fresh), (plans, _of(batch, plans)), (steps, _of(batch, steps))):
                _put(connection, table, rows, target.where)
            forgotten += _forget(connection, [one["seq"] for one in told if one["seq"] <= seq and _is_purged(one)])
            added += len(fresh)
            if fresh:
                end = {"seq": fresh[-1]["seq"], "digest": fresh[-1]["digest"]}
                connection.execute(update(head).where(head.c.id == 1).values(**end))
        if not met:
            raise JournalError(_OTHER, where=target.where, remedy=_ELSEWHERE)
        # The source may have changed since it was verified, and what lay here before may have been broken.
        if not (verified := target.verify_in(connection)).whole:
            why = Text.of(verified)
            raise JournalError(_NOT_WHOLE.fill(why=why), where=target.where, remedy=_ELSEWHERE)
    if forgotten:
        target.sweep()
    return added


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]], where: str) -> None:
    try:
        if rows:
            connection.execute(insert(table), rows)
    except (UnicodeEncodeError, OverflowError):  # a forged export: no journal ever held such a value
        raise JournalError(_UNFIT.fill(table=table.name), where=where, remedy=_COPY) from None


def _of(batch: Iterable[dict[str, Any]], table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [{name: one.get(name) for name in names} for one in batch if one["table"] == table.name]


def _is_purged(entry: Mapping[str, Any]) -> bool:
    return entry["personal"] is None and bool(entry["seal"])


def _forget(connection: Connection, numbers: list[int]) -> int:
    """Forget here what the source has forgotten since the last import: its term is over in every copy."""
    mine = entries.c.seq.in_(numbers) & entries.c.personal.is_not(None)
    return connection.execute(update(entries).where(mine).values(personal=None)).rowcount if numbers else 0

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

from sqlalchemy import Connection, delete, insert, inspect, select, update

from munsocial.errors import JournalError
from munsocial.files import refusing, replacing
from munsocial.journal.entries import GENESIS
from munsocial.journal.journal import Journal, open_journal
from munsocial.journal.tables import entries, head, plans, steps
from munsocial.journal.verifying import Verified, verify_rows
from munsocial.wording import Text

__all__ = ["JOURNAL_SCHEMA", "export_journal", "import_journal", "is_export", "verify_export"]

JOURNAL_SCHEMA = "munsocial.journal/1"

_BATCH = 1000
_LINE = 64 * 1024 * 1024
_NOT_EXPORT = Text(
    "это не выгрузка журнала или она обрезана (строка {line}).", "no export, or it is cut (line {line})."
)
_AGAIN = Text("Выгрузите журнал заново: munsocial journal export", "Export it again: munsocial journal export")
_NOT_FULL = Text(
    "в выгрузке нет персональных данных и планов: из неё журнал не восстановить.",
    "the export holds neither personal data nor plans: no journal can be made of it.",
)
_FULL = Text("Выгрузите с --full.", "Export with --full.")
_BROKEN = Text("источник не принят: {why}", "the source was not taken: {why}")
_COPY = Text("Возьмите другую копию.", "Take another copy.")
_OTHER = Text("здесь уже лежит другой журнал.", "another journal lies here already.")
_ELSEWHERE = Text("Укажите новое место.", "Name a new place.")


def export_journal(journal: Journal, path: Path, *, full: bool) -> int:
    """Write a journal as lines of JSON; returns the number of entries.

    Raises:
        OutputRefused: the place cannot be written. JournalError: it cannot be read.
    """
    with journal.reading() as connection, refusing(path), replacing(path) as file:
        count = 0
        for line in _lines(connection, full=full):
            file.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
            count += line.get("table") == "entries"
    return count


def _lines(connection: Connection, *, full: bool) -> Iterator[dict[str, Any]]:
    known = set(inspect(connection).get_table_names())
    # By the record of the end, so that an export of a journal that was cut shows the cut.
    last = select(entries.c.seq, entries.c.digest).order_by(entries.c.seq.desc()).limit(1)
    end = connection.execute(select(head.c.seq, head.c.digest) if "head" in known else last).first()
    yield {
        "schema": JOURNAL_SCHEMA,
        "entries": end.seq if end else 0,
        "digest": end.digest if end else GENESIS,
        "full": full,
    }
    chosen = [entries, *((plans, steps) if full else ())]
    for table in chosen:
        if table.name not in known:
            continue
        order = list(table.primary_key.columns)
        with closing(connection.execution_options(yield_per=_BATCH).execute(select(table).order_by(*order))) as rows:
            for row in rows.mappings():
                line = {"table": table.name, **row}
                if not full:
                    line.pop("personal", None)
                yield line


def is_export(path: Path) -> bool:
    """Tell an export from a database by its suffix."""
    return path.suffix.lower() == ".jsonl"


def verify_export(path: Path, *, anchor: tuple[int, str] | None = None) -> Verified:
    """Check the chain of an export.

    Raises:
        JournalError: it is no export, or cut.
    """
    lines = _read(path)
    header = next(lines)
    end = [SimpleNamespace(seq=header["entries"], digest=header["digest"])]
    rows = (_row(line) for line in lines if line.get("table") == "entries")
    return verify_rows(rows, anchor=anchor, end=end, withheld=not header.get("full"))


def _row(line: Mapping[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(**{"personal": None, **line})


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
                if line.get("table") == "entries":
                    {name: line[name] for name in _COLUMNS}
                yield line
    except OSError as error:
        cause = Text(str(error.strerror), str(error.strerror))
        raise JournalError(_BROKEN.fill(why=cause), where=str(path), remedy=_COPY) from None
    except (ValueError, KeyError, TypeError):
        raise JournalError(_NOT_EXPORT.fill(line=number), where=str(path), remedy=_AGAIN) from None
    if number == 0:
        raise JournalError(_NOT_EXPORT.fill(line=1), where=str(path), remedy=_AGAIN)


_COLUMNS = ("seq", "at", "kind", "subject", "body", "seal", "previous", "digest")


def import_journal(source: str | Path, target: Journal) -> int:
    """Copy a journal (an export, a file of any version, an address) into a new one, chain and all; all or nothing.

    The source is only read. A target that holds the beginning of the same chain is completed. Returns how many entries
    were added.

    Raises:
        JournalError: the source is broken or not full, or the target holds another journal.
    """
    if "://" not in str(source) and is_export(Path(source)):
        return _import_export(Path(source), target)
    with open_journal(source, only_read=True) as opened:
        verified = opened.verify()
        if not verified.whole:
            raise _refused(verified, str(source))
        with opened.reading() as connection:
            return _take(target, (line for line in _lines(connection, full=True) if "table" in line))


def _import_export(path: Path, target: Journal) -> int:
    header = next(_read(path))
    if not header.get("full"):
        raise JournalError(_NOT_FULL, where=str(path), remedy=_FULL)
    verified = verify_export(path)
    if not verified.whole:
        raise _refused(verified, str(path))
    return _take(target, (line for line in _read(path) if "table" in line))


def _refused(verified: Verified, where: str) -> JournalError:
    return JournalError(_BROKEN.fill(why=Text(verified.say("ru"), verified.say("en"))), where=where, remedy=_COPY)


def _take(target: Journal, lines: Iterable[dict[str, Any]]) -> int:
    with target.writing() as connection:
        seq, digest = connection.execute(select(head.c.seq, head.c.digest)).one()
        connection.execute(delete(steps))
        connection.execute(delete(plans))
        added, met, queue = 0, seq == 0, iter(lines)
        while batch := list(islice(queue, _BATCH)):
            fresh = [one for one in _of(batch, "entries") if one["seq"] > seq]
            met = met or any((one["seq"], one["digest"]) == (seq, digest) for one in _of(batch, "entries"))
            if fresh and not met:
                raise JournalError(_OTHER, where=target.where, remedy=_ELSEWHERE)
            for table, rows in ((entries, fresh), (plans, _of(batch, "plans")), (steps, _of(batch, "steps"))):
                if rows:
                    connection.execute(insert(table), [{k: v for k, v in one.items() if k != "table"} for one in rows])
            added += len(fresh)
            if fresh:
                end = {"seq": fresh[-1]["seq"], "digest": fresh[-1]["digest"]}
                connection.execute(update(head).where(head.c.id == 1).values(**end))
        if not met:
            raise JournalError(_OTHER, where=target.where, remedy=_ELSEWHERE)
        return added


def _of(batch: Iterable[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    return [one for one in batch if one["table"] == table]

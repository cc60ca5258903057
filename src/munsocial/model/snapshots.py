"""Snapshots as files: one line for each account, written one by one, so that writing needs little memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, BinaryIO

from pydantic import ValidationError

from munsocial.errors import Problem, SnapshotRefused
from munsocial.files import MEGABYTE, read_bytes, replacing
from munsocial.model.checking.mistakes import problem_of
from munsocial.model.given import as_path, is_a
from munsocial.model.parsing import line_and_column
from munsocial.model.snapshot import SNAPSHOT_SCHEMA, AccountView, Snapshot
from munsocial.wording import Text

__all__ = ["SNAPSHOT_LIMIT", "load_snapshot", "save_snapshot"]

SNAPSHOT_LIMIT = 2048 * MEGABYTE
"""The biggest snapshot that is read: about 20 000 accounts for a year."""

_MOST_NAMED = 20
_VERSION = re.compile(rb'^\s*\{\s*"schema"\s*:\s*"([^"]{1,60})"')
_AGAIN = Text(
    "Соберите снимок снова: munsocial collect РЕЕСТР", "Collect the snapshot again: munsocial collect REGISTRY"
)


def load_snapshot(path: str | PathLike[str]) -> Snapshot:
    """Read what was seen; the district that it belongs to is compared by those who hold the register.

    Raises:
        FileRefused: the file is missing, unreadable, or too big.
        SnapshotRefused: it is cut, of another version, or no snapshot; ``problems`` lists what does not fit.
        InputError: ``path`` is none.
    """
    file = as_path(path, "path")
    content = read_bytes(file, at_most=SNAPSHOT_LIMIT).removeprefix(b"\xef\xbb\xbf")
    try:
        snapshot = Snapshot.model_validate_json(content)
    except ValidationError as failed:
        errors = failed.errors(include_url=False, include_input=False)
        raise _refusal(errors, content, str(file)) from None
    problems = _senseless(snapshot)
    if problems:
        raise SnapshotRefused(
            Text("снимок противоречит себе.", "the snapshot contradicts itself."),
            problems,
            where=str(file),
            remedy=_AGAIN,
        )
    return snapshot


def save_snapshot(snapshot: Snapshot, path: str | PathLike[str]) -> None:
    """Write a snapshot, whole or not at all.

    Raises:
        InputError: it is no snapshot, or ``path`` no path. OutputRefused: the place cannot be written.
    """
    is_a(Snapshot, snapshot, "snapshot")
    fields = snapshot.model_dump_json(by_alias=True, exclude_defaults=True, exclude={"accounts", "upstream", "schema_"})
    rest = fields[1:-1]
    with replacing(as_path(path, "path"), private=True) as file:
        # The version stands first, so that a reader can tell another one without reading the rest.
        file.write(f'{{"schema":"{SNAPSHOT_SCHEMA}",\n{rest},\n"accounts":['.encode())
        _write_views(file, snapshot.accounts)
        file.write(b'],\n"upstream":[')
        _write_views(file, snapshot.upstream)
        file.write(b"]}\n")


def _write_views(file: BinaryIO, views: Iterable[AccountView]) -> None:
    for number, view in enumerate(views):
        file.write(b",\n" if number else b"\n")
        file.write(view.model_dump_json(by_alias=True, exclude_defaults=True).encode())


def _senseless(snapshot: Snapshot) -> tuple[Problem, ...]:
    problems = []
    if snapshot.until < snapshot.since:
        what = Text("until раньше, чем since.", "until is before since.")
        problems.append(Problem("snapshot", "", "until", what, _AGAIN))
    for table, views in (("accounts", snapshot.accounts), ("upstream", snapshot.upstream)):
        for account, times in Counter(view.account for view in views).items():
            if times > 1:
                what = Text(f"аккаунт повторяется, снимков его: {times}.", f"the account stands {times} times.")
                problems.append(Problem(table, account, "account", what, _AGAIN))
    return tuple(problems)


def _refusal(rows: Sequence[Mapping[str, Any]], content: bytes, where: str) -> SnapshotRefused:
    if any(row["type"] == "json_invalid" for row in rows):
        return _broken(content, where)
    if any(row["loc"][:1] in (("schema",), ("schema_",)) for row in rows):
        found = _VERSION.match(content[:200])
        version = found.group(1).decode(errors="replace") if found else "?"
        return SnapshotRefused(
            Text(
                f"снимок другой версии: {version}, нужна {SNAPSHOT_SCHEMA}.",
                f"a snapshot of another version: {version}, {SNAPSHOT_SCHEMA} is needed.",
            ),
            where=where,
            remedy=_AGAIN,
        )
    problems = tuple(problem_of(row, "snapshot", "", ()) for row in rows[:_MOST_NAMED])
    return SnapshotRefused(
        Text(f"это не годится как снимок, замечаний: {len(rows)}.", f"not fit as a snapshot, problems: {len(rows)}."),
        problems,
        where=where,
        remedy=_AGAIN,
    )


def _broken(content: bytes, where: str) -> SnapshotRefused:
    line, column, cut = line_and_column(content)
    what = (
        Text(f"файл снимка обрезан на строке {line}.", f"the snapshot is cut at line {line}.")
        if cut
        else Text(
            f"ошибка в JSON: строка {line}, столбец {column}.",
            f"broken JSON: line {line}, column {column}.",
        )
    )
    return SnapshotRefused(what, where=where, remedy=_AGAIN)

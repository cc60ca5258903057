"""What a demo left in its folder, by digest: the next demo replaces exactly that, and nothing that a person has made.

A register that was filled in, a plan that was signed and a journal that was written on differ from what was left.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from munsocial.errors import FileRefused, OutputRefused
from munsocial.files import MEGABYTE, read_bytes, refusing, write_text
from munsocial.wording import Text

__all__ = ["LEFT", "OTHER_FOLDER", "leaving"]

LEFT = ".munsocial-demo.json"
"""The list of what was left: out of sight, since nobody has to look into it."""

_SCHEMA = "munsocial.demo/1"
_MOST = 64 * MEGABYTE
_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a journal: a log that is not empty holds deeds."""

_FOREIGN = Text(
    "здесь уже есть файл, которого демонстрация не оставляла или который с тех пор изменён: он был бы затёрт.",
    "there is a file here that no demo has left, or that was changed since: it would be overwritten.",
)
_UNKNOWN = Text(
    "такой файл здесь уже есть, но нет {list}, списка оставленного демонстрацией, или он не читается: папка осталась "
    "от прежней версии или не от демонстрации.",
    "there is such a file here, and no list of what a demo left ({list}) that can be read: the folder is of an older "
    "version, or of no demo.",
)
_DELETE = Text(
    "Если в ней нет ничего вашего, удалите папку и повторите; иначе укажите другую: --out demo2.",
    "If nothing in it is yours, delete the folder and repeat; else name another one: --out demo2.",
)
OTHER_FOLDER = Text("Укажите другую папку: --out demo2.", "Name another folder: --out demo2.")


@contextmanager
def leaving(folder: Path, names: Sequence[str], *, journal: str = "") -> Iterator[None]:
    """Make room for files of these names while the block writes them; whatever it wrote is known to the next demo.

    Raises:
        OutputRefused: one of them is there and is not what a demo left; nothing was touched.
    """
    known = _known(folder / LEFT)
    for name in names:
        _ours(folder / name, known)
    if journal:
        _forget(folder / journal, known)
    try:
        yield
    finally:
        # An interrupted demo has left something, too: everything of these names is its own by now.
        now = {name: _digest(folder / name) for name in (*names, *([journal] if journal else ()))}
        _note(folder / LEFT, {**known, **{name: digest for name, digest in now.items() if digest}})


def _ours(file: Path, known: Mapping[str, str]) -> None:
    if not (file.exists() or file.is_symlink()):
        return
    if not known:
        raise OutputRefused(_UNKNOWN.fill(list=LEFT), where=str(file), remedy=_DELETE)
    if file.name not in known or _digest(file) != known[file.name]:
        raise OutputRefused(_FOREIGN, where=str(file), remedy=OTHER_FOLDER)


def _forget(journal: Path, known: Mapping[str, str]) -> None:
    """Take the journal of the last demo away, with what lies beside it."""
    _ours(journal, known)
    beside = [journal.with_name(journal.name + end) for end in _BESIDE]
    for file in beside:
        if file.exists() and (not journal.exists() or (file.name.endswith("-wal") and file.stat().st_size)):
            raise OutputRefused(_FOREIGN, where=str(file), remedy=OTHER_FOLDER)
    for file in (journal, *beside):
        with refusing(file):
            file.unlink(missing_ok=True)


def _digest(file: Path) -> str:
    try:
        return sha256(read_bytes(file, at_most=_MOST)).hexdigest()
    except FileRefused:
        return ""


def _known(file: Path) -> dict[str, str]:
    with suppress(FileRefused, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        told: Any = json.loads(read_bytes(file, at_most=MEGABYTE))
        if told["schema"] == _SCHEMA:
            return {str(name): str(digest) for name, digest in told["left"].items()}
    return {}


def _note(file: Path, left: dict[str, str]) -> None:
    # Without the list the next demo only asks for another folder: no reason to fail this one.
    with suppress(OutputRefused):
        write_text(file, json.dumps({"schema": _SCHEMA, "left": left}, indent=1) + "\n")

"""Views on their way to disk: one line of JSON each, so that what was read survives Ctrl-C, a crash or a full day.

The partial file stands beside the target as ``<target>.partial``. Its first line says what is being collected; a later
run with the same aim goes on where the earlier one ended. Only offsets are held in memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import IO, Any

from munsocial.files import refusing
from munsocial.model.snapshot import AccountView
from munsocial.operate.reading import PARTS

__all__ = ["Partial"]


class Partial:
    """A growing file of views; safe to be written by many threads. Use as a context manager."""

    def __init__(self, target: Path, aim: dict[str, Any], *, resume: bool) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".partial")
        self._aim = json.dumps(aim, ensure_ascii=False, sort_keys=True)
        self._places: dict[tuple[str, str], tuple[int, int]] = {}
        self._blind: set[tuple[str, str]] = set()
        self._lock = Lock()
        self._file = self._open(resume)

    @property
    def done(self) -> frozenset[tuple[str, str]]:
        """The (``accounts`` or ``upstream``, id) pairs already read, here or by an earlier run.

        An account of which nothing came is not among them: the next run asks again.
        """
        return frozenset(self._places) - self._blind

    @property
    def blind(self) -> int:
        """How many accounts answered nothing at all."""
        return len(self._blind)

    def add(self, part: str, view: AccountView) -> None:
        """Write one view and see it safely on disk."""
        line = view.model_dump_json(by_alias=True, exclude_defaults=True).encode()
        head = json.dumps([part, view.account, saw_something(view)], ensure_ascii=False).encode()
        with self._lock, refusing(self.path):
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(head + b"\t" + line + b"\n")
            self._file.flush()
            self._note(part, view.account, saw_something(view), (start + len(head) + 1, len(line)))

    def lines(self, part: str, order: Iterator[str]) -> Iterator[bytes]:
        """Give the JSON of the views of one part, in the asked order of ids; ids never read are left out."""
        for account in order:
            place = self._places.get((part, account))
            if place is not None:
                self._file.seek(place[0])
                yield self._file.read(place[1])

    def discard(self) -> None:
        """Take the partial file away: the target is complete."""
        self.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file and keep it for the next run."""
        self._file.close()

    def __enter__(self) -> Partial:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self, resume: bool) -> IO[bytes]:
        with refusing(self.path):
            if resume and self.path.is_file():
                file = self.path.open("r+b")
                if self._recover(file):
                    return file
                file.close()
            file = self.path.open("w+b")
            file.write(self._aim.encode() + b"\n")
            file.flush()
            return file

    def _note(self, part: str, account: str, saw: bool, place: tuple[int, int]) -> None:
        self._places[part, account] = place
        (self._blind.discard if saw else self._blind.add)((part, account))

    def _recover(self, file: IO[bytes]) -> bool:
        """Find the whole lines of an earlier run with the same aim; cut a line that a crash left unfinished."""
        if file.readline().rstrip(b"\n").decode("utf-8", "replace") != self._aim:
            return False
        good = file.tell()
        while line := file.readline():
            head, tab, body = line.partition(b"\t")
            if not (tab and body.endswith(b"\n")):
                break
            part, account, saw = json.loads(head)
            self._note(part, account, saw, (good + len(head) + 1, len(body) - 1))
            good = file.tell()
        file.truncate(good)
        return True


def saw_something(view: AccountView) -> bool:
    """Tell whether anything at all was seen of an account."""
    return any(getattr(view, part).value is not None for part in PARTS)

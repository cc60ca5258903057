"""Views on their way to disk: one line of JSON each, so that what was read survives Ctrl-C, a crash or a full day.

The partial file stands beside the target as ``<target>.partial``. Its first line says what is being collected; a later
run with the same aim goes on where the earlier one ended. Only offsets are held in memory.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any

from munsocial.errors import OutputRefused
from munsocial.files import owner_only, refusing
from munsocial.model.snapshot import AccountView, Missing, Why
from munsocial.operate.collecting.reading import PARTS
from munsocial.wording import Text

__all__ = ["Partial", "saw_something"]

_BUSY = Text("сюда уже пишет другой сбор.", "another collecting writes here already.")
_WAIT = Text("Дождитесь его окончания или укажите другой файл в -o.", "Wait for its end, or name another file with -o.")
_DIRECTORY = Text("это папка, а нужен файл.", "this is a directory, a file is needed.")
_ADD_NAME = Text("Допишите имя файла.", "Add a file name.")
_SILENT = Text("Сеть ничего не сообщила.", "The network told nothing.")

_Key = tuple[str, str]


class Partial:
    """A growing file of views; safe to be written by many threads. Use as a context manager."""

    def __init__(self, target: Path, aim: dict[str, Any], *, resume: bool) -> None:
        """Open the file beside the target, going on with what an earlier run with the same aim left in it.

        Raises:
            OutputRefused: the place cannot be written, or another run is writing there.
        """
        if not target.name:
            raise OutputRefused(_DIRECTORY, where=str(target), remedy=_ADD_NAME)
        self.target = target
        self.path = target.with_name(target.name + ".partial")
        self._aim = json.dumps(aim, ensure_ascii=False, sort_keys=True)
        self._places: dict[_Key, tuple[int, int]] = {}
        self._blind: dict[_Key, tuple[str, Text]] = {}
        self._lock = Lock()
        self._lasting = True
        """Whether a later run can find the file again and go on from it."""
        self._file = self._open(resume)

    @property
    def done(self) -> frozenset[_Key]:
        """The (``accounts`` or ``upstream``, id) pairs already read, here or by an earlier run.

        An account of which nothing came is not among them: the next run asks again.
        """
        return frozenset(self._places) - self._blind.keys()

    @property
    def blind(self) -> int:
        """How many accounts answered nothing at all."""
        return len(self._blind)

    @property
    def reasons(self) -> tuple[tuple[str, Text], ...]:
        """Why, for each of those: its network and the first reason that was told."""
        return tuple(self._blind.values())

    def add(self, part: str, view: AccountView) -> None:
        """Write one view and hand it to the system: from then on the end of this program cannot take it away.

        Raises:
            OutputRefused: the disk is full or gone.
        """
        line = view.model_dump_json(by_alias=True, exclude_defaults=True).encode()
        why = blindness(view)
        head = json.dumps([part, view.account, why and [view.network, *why]], ensure_ascii=False).encode()
        with self._lock, refusing(self.path):
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(head + b"\t" + line + b"\n")
            self._file.flush()
            self._note((part, view.account), why and (view.network, why), (start + len(head) + 1, len(line)))

    def lines(self, part: str, order: Iterable[str]) -> Iterator[bytes]:
        """Give the JSON of the views of one part, in the asked order of ids; ids never read are left out."""
        for account in order:
            place = self._places.get((part, account))
            if place is not None:
                self._file.seek(place[0])
                yield self._file.read(place[1])

    def discard(self) -> None:
        """Take the partial file away: the target is complete, and no later run may go on from what was read."""
        # Emptied first: Windows takes no file away that is open, here or in another program.
        with suppress(OSError):
            self._file.truncate(0)
        self.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file and keep it for the next run, if that can find it."""
        # On a full disk the last line cannot be written out; `add` has already told so.
        with suppress(OSError):
            self._file.close()
        if not self._lasting:
            self.path.unlink(missing_ok=True)

    def __enter__(self) -> Partial:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self, resume: bool) -> IO[bytes]:
        with refusing(self.path):
            if self.target.is_dir():
                raise OutputRefused(_DIRECTORY, where=str(self.target), remedy=_ADD_NAME)
            if self.target.exists() and not self.target.is_file():
                # A terminal, a pipe, a device: nothing may be made beside it, and nobody can go on from there.
                return self._begun(self._elsewhere())
            file: IO[bytes] = open(self.path, "a+b", opener=owner_only)  # noqa: SIM115 - `close` closes it
            _hold(file, self.path)
            file.seek(0)
            if resume and self._recover(file):
                return file
            file.truncate(0)
            return self._begun(file)

    def _elsewhere(self) -> IO[bytes]:
        handle, name = tempfile.mkstemp(prefix="munsocial-", suffix=".partial")
        self.path = Path(name)
        self._lasting = False
        return os.fdopen(handle, "w+b")

    def _begun(self, file: IO[bytes]) -> IO[bytes]:
        file.write(self._aim.encode() + b"\n")
        file.flush()
        return file

    def _note(self, key: _Key, blind: tuple[str, Text] | None, place: tuple[int, int]) -> None:
        self._places[key] = place
        if blind:
            self._blind[key] = blind
        else:
            self._blind.pop(key, None)

    def _recover(self, file: IO[bytes]) -> bool:
        """Find the whole lines of an earlier run with the same aim; cut off what a crash left unfinished."""
        if file.readline().rstrip(b"\n").decode("utf-8", "replace") != self._aim:
            return False
        good = file.tell()
        while line := file.readline():
            head, tab, body = line.partition(b"\t")
            try:
                part, account, why = json.loads(head)
                blind = (str(why[0]), Text(str(why[1]), str(why[2]))) if why else None
            except (ValueError, TypeError, LookupError):
                break
            if not (tab and body.endswith(b"}\n")):
                break
            self._note((str(part), str(account)), blind, (good + len(head) + 1, len(body) - 1))
            good = file.tell()
        file.truncate(good)
        return True


def saw_something(view: AccountView) -> bool:
    """Tell whether anything at all was seen of an account."""
    return any(getattr(view, part).value is not None for part in PARTS)


def blindness(view: AccountView) -> Text | None:
    """Return the first reason why nothing was seen of an account, None when something was."""
    if saw_something(view):
        return None
    told: list[Missing] = [why for part in PARTS if (why := getattr(view, part).missing)]
    # A lack of keys or of a network says more than a lack of an ability, and that more than "was not asked".
    told.sort(key=lambda why: (why.why is Why.NOT_ASKED, why.why is Why.ABSENT))
    return told[0].told if told else _SILENT


def _hold(file: IO[bytes], path: Path) -> None:
    """Keep a second run from writing into the same file; where the system has no such locks nothing is held."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise OutputRefused(_BUSY, where=str(path), remedy=_WAIT) from None
    except OSError:
        return  # a network disk without locks

"""Targets looked at before any work is done: a slip in a name must not cost an hour, nor the file that was given."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from munsocial.cli.options import ADD_NAME, DIRECTORY, journal_at
from munsocial.errors import OutputRefused
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry

__all__ = ["check_free", "check_target", "kept_by", "same_file"]

_INPUT = Text(
    "с файлом {given} работает сама команда: запись его уничтожила бы.",
    "the command itself works with the file {given}: writing would destroy it.",
)
_OTHER_NAME = Text("Назовите другой файл.", "Name another file.")
_NO_FOLDER = Text("папки для этого файла нет.", "the directory of this file does not exist.")
_MAKE_FOLDER = Text("Создайте её или укажите другую.", "Create it or name another.")
_LOOP = Text("ссылка ведёт сама на себя.", "the link leads to itself.")
_EXISTS = Text("файл уже есть, он не тронут.", "the file exists and was left as it was.")
_FORCE = Text("Укажите другое имя или --force.", "Give another name or --force.")
_ANOTHER_SORT = Text("по имени это файл другого вида.", "by its name this is another sort of file.")
_END_IN = Text("Имя файла должно кончаться на {ends}", "Let the name end in {ends}")
_BROKEN = Text("путь не годится: {reason}.", "the path cannot be used: {reason}.")


def check_target(target: Path, *, inputs: Iterable[Path] = (), ends: Collection[str] = ()) -> None:
    """Refuse a target that cannot be written, or that is one of the files which are read.

    ``ends`` are the endings of a name that fit what is written; a name without one may be that of a device.

    Raises:
        OutputRefused: it is a directory, its directory is missing, it is an input, or of another sort by its name.
    """
    try:
        if target.is_dir():
            raise OutputRefused(DIRECTORY, where=str(target), remedy=ADD_NAME)
        # A pipe or a terminal (/dev/stdout) lies in no folder that could be missing.
        if not target.exists() and not target.resolve().parent.is_dir():
            raise OutputRefused(_NO_FOLDER, where=str(target), remedy=_MAKE_FOLDER)
    except RuntimeError:  # how Python before 3.13 tells a loop of links
        raise OutputRefused(_LOOP, where=str(target), remedy=_OTHER_NAME) from None
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or str(failed)
        raise OutputRefused(_BROKEN.fill(reason=reason), where=str(target), remedy=_OTHER_NAME) from None
    for given in inputs:
        # A journal that is not there yet will be made: by then the target would lie in its place.
        if same_file(target, given) or target.absolute() == given.absolute():
            raise OutputRefused(_INPUT.fill(given=given), where=str(target), remedy=_OTHER_NAME)
    if ends and target.suffix and target.suffix.lower() not in ends:
        raise OutputRefused(_ANOTHER_SORT, where=str(target), remedy=_END_IN.fill(ends=", ".join(ends)))


def check_free(target: Path, *, force: bool) -> None:
    """Refuse a target that somebody may have filled in, unless he said that it may be replaced.

    Raises:
        OutputRefused: there is such a file.
    """
    if not force and target.is_file():
        raise OutputRefused(_EXISTS, where=str(target), remedy=_FORCE)


def kept_by(file: Path, journal: str = "", registry: Registry | None = None) -> list[Path]:
    """Return the files that lie behind a register: itself, its journal with its logs, and acts of its own."""
    place = journal_at(file, journal)
    books = [] if isinstance(place, str) else [place.with_name(place.name + end) for end in ("", "-wal", "-shm")]
    acts = registry.municipality.acts if registry else ()
    return [file, *books, *(file.parent / name for name in acts if name.endswith(".toml"))]


def same_file(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to one file, by links too; a path that leads nowhere is no file."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False

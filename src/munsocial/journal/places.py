"""Where a journal may lie: a file of SQLite, or an address of PostgreSQL. What is none is told in our own words."""

from __future__ import annotations

from pathlib import Path

from munsocial.errors import JournalError
from munsocial.journal.addresses import refuse_address, refuse_disguised
from munsocial.wording import Text

__all__ = [
    "CHECK",
    "CLOSED",
    "RIGHTS",
    "file_at",
    "is_address",
    "is_there",
    "refuse_other",
    "refuse_place",
    "unreached",
]

_SCHEMES = ("postgresql", "postgres")

_FOLDER = Text("это папка, а нужен файл журнала.", "this is a folder, a file is wanted.")
_DEVICE = Text("это не обычный файл.", "this is no ordinary file.")
_NAME_FILE = Text(
    "Назовите файл: --journal district.journal.sqlite.", "Name a file: --journal district.journal.sqlite."
)
_NO_FOLDER = Text("папки {folder} нет.", "there is no folder {folder}.")
_MAKE_FOLDER = Text("Создайте её или назовите другую.", "Make it, or name another.")
_NUL = Text("в имени файла нулевой символ.", "there is a NUL in the name of the file.")
_MEMORY = Text("журнал не ведётся в памяти.", "a journal is not kept in memory.")
_SCHEME = Text("журнал не хранится по адресам {scheme}://.", "a journal is not kept at addresses {scheme}://.")
_NAME_PLACE = Text(
    "Назовите файл (--journal district.journal.sqlite) или адрес postgresql://.",
    "Name a file (--journal district.journal.sqlite) or an address postgresql://.",
)
CLOSED = Text("журнал не открывается: {cause}.", "the journal cannot be opened: {cause}.")
_NO_ENTRY = Text("нет права открыть журнал или его папку.", "there is no right to open the journal or its folder.")
_OTHER_FILE = Text(
    "файл журнала удалён или подменён, пока программа работала.",
    "the file of the journal was removed or replaced while the program was at work.",
)
_BRING_BACK = Text(
    "Верните файл на место, проверьте его (munsocial journal verify РЕЕСТР) и повторите: без записи ничего не "
    "выполняется.",
    "Bring the file back, check it (munsocial journal verify REGISTRY), and repeat: nothing is done unrecorded.",
)
CHECK = Text("Проверьте путь или адрес базы.", "Check the path or the address of the database.")
RIGHTS = Text("Проверьте права на файл, папку или базу.", "Check the rights of the file, its folder or the database.")


def is_address(place: str | Path) -> bool:
    """Tell whether a place is an address of a database, not a file."""
    return "://" in str(place)


def is_there(place: str | Path) -> bool:
    """Tell whether something lies in a place; an address is taken at its word.

    Raises:
        JournalError: nobody can tell, or nothing can lie there.
    """
    refuse_place(place, folder=False)
    try:
        return is_address(place) or Path(place).exists()
    except OSError as error:
        raise unreached(error, str(place)) from None


def refuse_place(place: str | Path, *, folder: bool = True) -> None:
    """Tell what is no place for a journal in our own words: the driver would blame the disk.

    Raises:
        JournalError: a folder, a device, a name or an address that no journal can have, or with ``folder`` one in a
            folder that is not there.
    """
    if is_address(place):
        scheme = str(place).partition("://")[0]
        # Of an address only its beginning is told: it may hold a password.
        if scheme.partition("+")[0] not in _SCHEMES:
            raise JournalError(_SCHEME.fill(scheme=scheme), where=f"{scheme}://", remedy=_NAME_PLACE)
        refuse_address(str(place))
        return
    if "\0" in str(place):
        raise JournalError(_NUL, where=repr(str(place)), remedy=_NAME_FILE)
    # A journal that ends with the program keeps nothing of what it confirmed.
    if str(place) == ":memory:":
        raise JournalError(_MEMORY, where=str(place), remedy=_NAME_FILE)
    refuse_disguised(str(place))
    try:
        _refuse_file(Path(place), folder=folder)
    except OSError as error:
        raise unreached(error, str(place)) from None


def _refuse_file(path: Path, *, folder: bool) -> None:
    if path.exists() and not path.is_file():
        raise JournalError(_FOLDER if path.is_dir() else _DEVICE, where=str(path), remedy=_NAME_FILE)
    if folder and not path.parent.is_dir():
        raise JournalError(_NO_FOLDER.fill(folder=path.parent), where=str(path), remedy=_MAKE_FOLDER)


def file_at(place: str | Path) -> tuple[int, int] | None:
    """Return which file lies in a place, by the system's own count; None where none does, or no file is meant."""
    if is_address(place):
        return None
    try:
        found = Path(place).stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def refuse_other(place: str, known: tuple[int, int] | None) -> None:
    """Refuse to write where another file lies than the one that was opened: what is written there nobody would find.

    Raises:
        JournalError: it was removed or replaced.
    """
    if known is not None and file_at(place) != known:
        raise JournalError(_OTHER_FILE, where=place, remedy=_BRING_BACK)


def unreached(error: OSError, where: str) -> JournalError:
    """Return our error for a file that the system does not let us look at."""
    if isinstance(error, PermissionError):
        return JournalError(_NO_ENTRY, where=where, remedy=RIGHTS)
    cause = error.strerror or type(error).__name__
    return JournalError(CLOSED.fill(cause=cause), where=where, remedy=CHECK)

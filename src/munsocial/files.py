"""Reading and writing whole files: each fault becomes one error of ours; a target is replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from munsocial.errors import FileRefused, OutputRefused
from munsocial.wording import Text

__all__ = [
    "MEGABYTE",
    "exists",
    "owner_only",
    "read_bytes",
    "read_text",
    "refusing",
    "replacing",
    "text_from",
    "text_of",
    "unreadable",
    "write_bytes",
    "write_text",
]

MEGABYTE = 1024 * 1024
_HOUR = 3600.0
_PRIVATE, _USUAL = 0o600, 0o666  # of a new file, before what the process masks

_DATABASE = b"SQLite format 3\0"
"""How a file of SQLite begins: https://www.sqlite.org/fileformat.html#magic_header_string."""
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How documents and workbooks begin: the new ones are ZIP archives, the old ones compound files."""
_NO_TEXT = Text(
    "это документ или книга (Word, Excel), а не текст.", "this is a document or a workbook (Word, Excel), not a text."
)
_AS_TEXT = Text(
    "Сохраните её как «Обычный текст» (.txt) в кодировке UTF-8; книге Excel нужно имя на .xlsx.",
    "Save it as plain text (.txt) in UTF-8; the name of a workbook must end in .xlsx.",
)
_AS_UTF8 = Text(
    "Сохраните его в кодировке UTF-8: в Блокноте «Сохранить как», внизу «Кодировка».",
    "Save it as UTF-8: in Notepad 'Save as', 'Encoding' below.",
)
_LOOP = Text("ссылка ведёт сама на себя.", "the link leads to itself.")
_HELD = Text(
    "файл занят другой программой или защищён от записи; он остался прежним.",
    "the file is held by another program, or is protected; it stayed as it was.",
)
_CLOSE = Text(
    "Закройте его (например, в Excel) и повторите или назовите другой файл.",
    "Close it (in Excel, for example) and repeat, or name another file.",
)
_NO_LOOP = Text("Укажите сам файл.", "Name the file itself.")


def read_bytes(path: Path, *, at_most: int) -> bytes:
    """Return the content of a file of at most so many bytes.

    Raises:
        FileRefused: it is missing, a directory, not permitted, not a regular file, or too big.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(at_most + 1)
    except (OSError, ValueError) as failed:
        if isinstance(failed, PermissionError) and path.is_dir():  # how Windows tells a directory
            failed = IsADirectoryError()
        raise unreadable(path, failed) from None
    if len(content) > at_most:
        raise _too_big(path, at_most)
    if stat.S_ISDIR(mode):
        raise unreadable(path, IsADirectoryError())
    return content


def read_text(path: Path, *, at_most: int) -> str:
    """Return the text of a UTF-8 file; a byte order mark is dropped and line ends become ``\\n``.

    Raises:
        FileRefused: as `read_bytes`, or it is not UTF-8; the line of the first wrong byte is named.
    """
    return text_of(read_bytes(path, at_most=at_most), where=str(path))


def text_from(stream: BinaryIO, *, at_most: int, where: str) -> str:
    """Return the text of a stream such as the standard input, as `read_text` does of a file.

    Raises:
        FileRefused: it is longer than so many bytes, or is not UTF-8.
    """
    content = stream.read(at_most + 1)
    if len(content) > at_most:
        raise _too_big(Path(where), at_most)
    return text_of(content, where=where)


def text_of(content: bytes, *, where: str) -> str:
    """Return UTF-8 bytes as text; a byte order mark is dropped and line ends become ``\\n``.

    Raises:
        FileRefused: it is not UTF-8; the line of the first wrong byte is named.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        if content.startswith(_OFFICE):
            raise FileRefused(_NO_TEXT, where=where, remedy=_AS_TEXT) from None
        line = content.count(b"\n", 0, failed.start) + 1
        raise FileRefused(
            Text(
                f"файл не в кодировке UTF-8 (строка {line}).",
                f"the file is not UTF-8 (line {line}).",
            ),
            where=where,
            remedy=_AS_UTF8,
        ) from None
    return text.replace("\r\n", "\n")


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of ``path`` when the block ends well, and vanishes when it does not.

    A target that is no regular file (a terminal, a pipe) is written straight away. What stood there keeps its readers,
    also while it is written; a new file that is ``private`` is read by its owner only.

    Raises:
        OutputRefused: the place cannot be written, or holds a database, or the disk is full; what stood at ``path`` is
            left as it was.
    """
    if _is_stream(path):
        if path.is_dir():  # Windows would say "no permission" of opening one
            raise _unwritable(path, IsADirectoryError())
        yield from _straight(path)
        return
    target = _followed(path)
    _spare_database(path, target)
    # A short name of its own: the target's name may already be as long as a name may be.
    mark = f".{crc32(os.fsencode(target.name)):08x}"
    fresh = target.with_name(f"{mark}-{secrets.token_hex(6)}.part")
    try:
        stood = target.exists()
        mode = stat.S_IMODE(target.stat().st_mode) if stood else _PRIVATE if private else _USUAL
        with open(fresh, "xb", opener=partial(os.open, mode=mode)) as file:
            _sweep(target, mark, os.fstat(file.fileno()).st_mtime)
            yield file
            file.flush()
            os.fsync(file.fileno())
        if stood:
            fresh.chmod(mode)  # what the process masks of a new file, too
        _put(fresh, path, target)
    except BaseException as failed:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        if isinstance(failed, OSError):
            raise _unwritable(path, failed) from None
        raise


def _sweep(target: Path, mark: str, now: float) -> None:
    """Remove what killed programs left of this very file: whoever still writes has touched his within the hour."""
    with suppress(OSError):
        for left in target.parent.glob(f"{mark}-*.part"):
            if now - left.stat().st_mtime > _HOUR:
                left.unlink(missing_ok=True)


def exists(place: str | Path) -> bool:
    """Tell whether something stands at a place; what is too long for a name (a text) stands nowhere."""
    return os.path.exists(place)  # noqa: PTH110 - Path.exists raises for a name that is too long


def owner_only(path: str, flags: int) -> int:
    """Open a file that only its owner may read if it is a new one: the ``opener`` of `open`."""
    return os.open(path, flags, _PRIVATE)


def _put(fresh: Path, path: Path, target: Path) -> None:
    try:
        fresh.replace(target)
    except PermissionError:
        # The folder may be written, the file not: Windows replaces no file that is open in another program.
        if target.is_file():
            raise OutputRefused(_HELD, where=str(path), remedy=_CLOSE) from None
        raise


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn an error of the file system into ours while a file is written piece by piece.

    Raises:
        OutputRefused: the block raised an OSError.
    """
    try:
        yield
    except OSError as failed:
        raise _unwritable(path, failed) from None


def write_bytes(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put content at a path, whole or not at all.

    Raises:
        OutputRefused: see `replacing`.
    """
    with replacing(path, private=private) as file:
        file.write(content)


def write_text(path: Path, text: str) -> None:
    """Put a text at a path as UTF-8, whole or not at all.

    Raises:
        OutputRefused: see `replacing`.
    """
    write_bytes(path, text.encode("utf-8"))


def _followed(path: Path) -> Path:
    """Where a symbolic link leads: the link stays a link, its target is replaced."""
    try:
        target = path.resolve()
        if target.is_symlink():  # since Python 3.13 a loop of links is no error there
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    except RuntimeError:  # how Python before 3.13 tells a loop of links
        raise _unwritable(path, OSError(errno.ELOOP, os.strerror(errno.ELOOP))) from None
    except (OSError, ValueError) as failed:
        raise _unwritable(path, failed) from None
    return target


def _spare_database(path: Path, target: Path) -> None:
    """Refuse to put an answer where a journal lies: no file that we write takes the place of a database."""
    with suppress(OSError), target.open("rb") as there:
        if there.read(len(_DATABASE)) == _DATABASE:
            what = Text(
                "здесь лежит база (журнал): она не тронута.", "a database (a journal) lies here: it was spared."
            )
            remedy = Text("Назовите другой файл.", "Name another file.")
            raise OutputRefused(what, where=str(path), remedy=remedy)


def _is_stream(path: Path) -> bool:
    """Tell whether something stands there that is no file to be replaced: asked of the path as given, since what it
    leads to (``/dev/stdout``: a pipe) may have no name of its own."""
    try:
        return path.exists() and not path.is_file()
    except (OSError, ValueError):
        return False


def _straight(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("wb") as file:
            yield file
    except OSError as failed:
        raise _unwritable(path, failed) from None


def unreadable(path: Path, failed: Exception) -> FileRefused:
    """Return our error for a file that could not be opened or read."""
    if isinstance(failed, FileNotFoundError):
        what = Text("файла нет.", "there is no such file.")
        remedy = Text("Проверьте путь и имя.", "Check the path and the name.")
    elif isinstance(failed, IsADirectoryError):
        what = Text("это папка, а нужен файл.", "this is a directory, a file is needed.")
        remedy = Text("Укажите файл внутри неё.", "Name a file inside it.")
    elif isinstance(failed, PermissionError):
        what = Text("нет права читать файл.", "no permission to read the file.")
        remedy = Text("Попросите доступ к нему.", "Ask for access to it.")
    elif isinstance(failed, OSError) and failed.errno == errno.ELOOP:
        what, remedy = _LOOP, _NO_LOOP
    else:
        reason = _reason(failed)
        what = Text(f"файл не читается: {reason}.", f"the file cannot be read: {reason}.")
        remedy = Text("Проверьте путь и диск.", "Check the path and the disk.")
    return FileRefused(what, where=str(path), remedy=remedy)


def _too_big(path: Path, at_most: int) -> FileRefused:
    size = f"{at_most / MEGABYTE:.0f}"
    return FileRefused(
        Text(f"файл больше {size} МБ.", f"the file is bigger than {size} MB."),
        where=str(path),
        remedy=Text("Проверьте, тот ли это файл.", "Check that it is the right file."),
    )


def _unwritable(path: Path, failed: Exception) -> OutputRefused:
    number = failed.errno if isinstance(failed, OSError) else None
    if isinstance(failed, IsADirectoryError):
        what = Text("это папка, а нужен файл.", "this is a directory, a file is needed.")
        remedy = Text("Допишите имя файла.", "Add a file name.")
    elif isinstance(failed, (FileNotFoundError, NotADirectoryError)):
        what = Text("папки для этого файла нет.", "the directory of this file does not exist.")
        remedy = Text("Создайте её или укажите другую.", "Create it or name another.")
    elif number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        what = Text("на диске нет места; файл не записан.", "the disk is full; the file was not written.")
        remedy = Text("Освободите место или выберите другой диск.", "Free some space or choose another disk.")
    elif number == errno.ELOOP:
        what, remedy = _LOOP, _NO_LOOP
    elif number in (errno.EACCES, errno.EPERM, errno.EROFS):
        what = Text("сюда нельзя записывать.", "this place cannot be written.")
        remedy = Text("Выберите другую папку или попросите доступ.", "Choose another directory or ask for access.")
    else:
        reason = _reason(failed)
        what = Text(f"файл не записан: {reason}.", f"the file was not written: {reason}.")
        remedy = Text("Проверьте путь и диск.", "Check the path and the disk.")
    return OutputRefused(what, where=str(path), remedy=remedy)


def _reason(failed: Exception) -> str:
    return (failed.strerror if isinstance(failed, OSError) else str(failed)) or type(failed).__name__

"""What is read while it is sent: a file that fails or changes on the way is an error of ours, not of the HTTP library.

The length is declared before the first byte leaves. A file that yields less would leave the server waiting, and one
that yields more would be cut: both end the request, and nothing came whole.
"""

from __future__ import annotations

import io
import os
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import IO

from munsocial.errors import FileRefused
from munsocial.transport.port import FilePart
from munsocial.wording import Text

__all__ = ["OutgoingFile", "changed", "later", "measured", "stream_of", "unread"]


class OutgoingFile:
    """A file as the HTTP library reads it: it measures the end, goes back to the beginning and reads on."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._length: int | None = None
        self._read = 0

    def tell(self) -> int:
        """Return the place."""
        return self._stream.tell()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; the end is the length that will be declared."""
        try:
            place = self._stream.seek(offset, whence)
        except io.UnsupportedOperation:
            raise  # a pipe has no length: it is sent in chunks
        except OSError as error:
            raise unread(self._name, error) from None
        if whence == os.SEEK_END:
            self._length = place
        self._read = 0
        return place

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        try:
            piece = self._stream.read(size)
        except OSError as error:
            raise unread(self._name, error) from None
        self._read += len(piece)
        _check(self._read, self._length, self._name, ended=not piece)
        return piece


def stream_of(part: FilePart) -> IO[bytes]:
    """Open a file."""
    try:
        return part.open()
    except OSError as error:
        raise FileRefused(
            Text(f"Файл не открыт: {error.strerror}.", f"The file cannot be opened: {error.strerror}."),
            where=part.name,
            remedy=Text("Проверьте путь и права.", "Check the path and the rights."),
        ) from None


def measured(pieces: Iterable[bytes], headers: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the pieces of a body, which has to be as long as its headers declare."""
    declared = next((value for name, value in headers.items() if name.lower() == "content-length"), "")
    length = int(declared) if declared.isascii() and declared.isdigit() else None
    count = 0
    source = iter(pieces)
    while True:
        try:
            piece = next(source, None)
        except OSError as error:
            raise unread("", error) from None
        count += len(piece or b"")
        _check(count, length, "", ended=piece is None)
        if piece is None:
            return
        yield piece


async def later(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    """Yield pieces in an event loop."""
    for piece in pieces:
        yield piece


def _check(count: int, length: int | None, name: str, *, ended: bool) -> None:
    if length is not None and (count > length or (ended and count < length)):
        raise changed(name)


def unread(name: str, error: OSError) -> FileRefused:
    """A file could be opened, and not read to its end."""
    return FileRefused(
        Text(f"Файл не дочитан: {error.strerror}.", f"The file could not be read to its end: {error.strerror}."),
        where=name,
        remedy=Text("Проверьте диск или скопируйте файл и повторите.", "Check the disk, or copy the file and repeat."),
    )


def changed(name: str) -> FileRefused:
    """A file has become longer or shorter while it was sent."""
    return FileRefused(
        Text("Файл изменился, пока отправлялся.", "The file changed while it was being sent."),
        where=name,
        remedy=Text("Повторите, когда файл записан до конца.", "Repeat when the file has been written to its end."),
    )

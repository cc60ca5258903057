"""A body that is collected within a bound, also when it is compressed: a small gzip may hold ten gigabytes."""

from __future__ import annotations

import zlib

from munsocial.transport import faults

__all__ = ["Body"]

_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


class Body:
    """Feed it the pieces as they come; ``close`` gives the whole.

    Raises (both):
        UnreadableAnswer: larger than ``limit`` after inflating, damaged, cut, or compressed in an unknown way.
    """

    def __init__(self, limit: int, *, encoding: str = "", length: str = "") -> None:
        self._limit = limit
        self._whole = bytearray()  # a list of pieces would cost fifty bytes for each crumb
        encoding = encoding.strip().lower()
        self._window = _WINDOWS.get(encoding)
        if self._window is None and encoding not in ("", "identity"):
            raise faults.encoding_unknown(encoding[:40])
        if length.isascii() and length.isdigit() and int(length[:20]) > limit:
            raise faults.too_big(limit)
        self._stream = zlib.decompressobj(self._window) if self._window is not None else None
        self._begun = False

    def feed(self, piece: bytes) -> None:
        """Take the next piece."""
        if self._stream is None or self._window is None:
            self._keep(piece)
            return
        self._begun = self._begun or bool(piece)
        while piece:
            if self._stream.eof:
                self._stream = zlib.decompressobj(self._window)
            piece = self._inflate(self._stream, piece)

    def _inflate(self, stream: zlib._Decompress, piece: bytes) -> bytes:
        """Inflate up to the bound and return what follows the end of the compressed stream."""
        damaged = False
        try:
            self._keep(stream.decompress(piece, self._limit - len(self._whole) + 1))
        except zlib.error:
            damaged = True
        if damaged:
            raise faults.encoding_unknown("zlib")
        return stream.unused_data

    def _keep(self, piece: bytes) -> None:
        if len(self._whole) + len(piece) > self._limit:
            self._whole.clear()
            raise faults.too_big(self._limit)
        self._whole += piece

    def close(self) -> bytes:
        """Return the whole body."""
        if self._stream is not None and self._begun and not self._stream.eof:
            raise faults.cut()
        return bytes(self._whole)

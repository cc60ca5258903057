"""How packages join in: the hooks (`hookspecs`) and their loading (`manager`) over pluggy; acts by name (`acts`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.lazily import named

if TYPE_CHECKING:
    from munsocial.plugins.acts import load_acts as load_acts
    from munsocial.plugins.hookspecs import hookimpl as hookimpl
    from munsocial.plugins.manager import Plugins as Plugins
    from munsocial.plugins.manager import load_plugins as load_plugins
else:
    # Out of sight of type checkers, which would take every slip for a name.
    def __getattr__(name: str) -> object:
        return named(__name__, name, _HOMES)


_HOMES = {
    "Plugins": "manager",
    "hookimpl": "hookspecs",
    "load_acts": "acts",
    "load_plugins": "manager",
}

__all__ = sorted(_HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

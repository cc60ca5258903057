"""Names of packages that load when they are first used, from however many threads ask for them at once.

Python guards each module by a lock of its own: two threads that enter one package through different modules come to
wait for each other, and Python then hands one of them a module that is half made. So here one thread loads at a time,
and a package before what is in it. No module may ask for such a name while it loads itself: it would hold its own lock
and wait for this one.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any

__all__ = ["loaded", "named"]

_LOADING = RLock()


def loaded(module: str) -> ModuleType:
    """Return a module, its packages loaded before it."""
    parts = module.split(".")
    with _LOADING:
        for length in range(1, len(parts)):
            import_module(".".join(parts[:length]))
        return import_module(module)


def named(package: str, name: str, homes: Mapping[str, str], *, modules: bool = True) -> Any:
    """Return a name of a package out of its home, a module in that package, and keep it in the package from then on.

    With ``modules`` the homes are names, too, as in a package that loads its modules at once.

    Raises:
        AttributeError: the package has no such name.
    """
    if modules and name not in homes and name in {home.partition(".")[0] for home in homes.values()}:
        return loaded(f"{package}.{name}")
    if name not in homes:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    value = getattr(loaded(f"{package}.{homes[name]}"), name)
    setattr(sys.modules[package], name, value)
    return value

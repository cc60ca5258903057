"""How packages join in: the hooks (`hookspecs`) and their loading (`manager`) over pluggy."""

from __future__ import annotations

from munsocial.plugins.hookspecs import hookimpl
from munsocial.plugins.manager import Plugins, load_plugins

__all__ = ["Plugins", "hookimpl", "load_plugins"]

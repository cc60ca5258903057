"""How packages join in: the hooks (`hookspecs`) and their loading (`manager`) over pluggy; acts by name (`acts`)."""

from __future__ import annotations

from munsocial.plugins.acts import load_acts
from munsocial.plugins.hookspecs import hookimpl
from munsocial.plugins.manager import Plugins, load_plugins

__all__ = ["Plugins", "hookimpl", "load_acts", "load_plugins"]

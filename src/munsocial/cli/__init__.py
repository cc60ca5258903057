"""The command line. `main` is the entry point; each command lives in a file of `commands/` and imports what it needs late."""

from __future__ import annotations

from munsocial.cli.main import main

__all__ = ["main"]

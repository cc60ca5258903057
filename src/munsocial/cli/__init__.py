"""The command line: `main` is the entry point, `commands/` holds a file for each command."""

from __future__ import annotations

from munsocial.cli.main import main

__all__ = ["main"]

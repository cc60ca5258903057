"""The command line: `main` is the entry point, `commands/` holds a file for each command."""

from __future__ import annotations

try:
    from munsocial.cli.main import main
except KeyboardInterrupt:  # Ctrl-C in the first moment, while modules are read: nothing has begun
    raise SystemExit(130) from None

__all__ = ["main"]

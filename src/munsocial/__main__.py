"""`python -m munsocial`: the command line without its script."""

from __future__ import annotations

from munsocial.cli import main

if __name__ == "__main__":
    main()

"""Write the generated pages; with ``--check`` only tell which are out of date (exit 1)."""

from __future__ import annotations

import sys

from tools.reference import written


def main() -> int:
    """Write or compare."""
    stale = [path for path, text in written().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" not in sys.argv[1:]:
        for path in stale:
            path.write_text(written()[path], "utf-8")
    for path in stale:
        print(path)
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    raise SystemExit(main())

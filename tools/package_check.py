"""Is the wheel whole? Everything under src is in it, the types are marked, and the demo runs from it alone.

    python tools/package_check.py dist/munsocial-*.whl

Run it with a Python into which that wheel, and no checkout, is installed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
LANGUAGE_LIMIT = 1024 * 1024
"""Bytes that munsocial.language, code and data together, adds to the wheel."""


def missing(names: set[str]) -> list[str]:
    """Return the files of the source that the wheel lacks."""
    files = (path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(str(path.relative_to(SOURCE)) for path in files if path.relative_to(SOURCE).as_posix() not in names)


def demo() -> None:
    """Run the demo in an empty folder, away from the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        code = "import munsocial.cli as c, munsocial; print(munsocial.__file__); c.main(['demo', '--out', 'demo'])"
        done = subprocess.run(
            [sys.executable, "-I", "-c", code], cwd=folder, check=True, capture_output=True, text=True
        )
        home = done.stdout.splitlines()[0]
        if str(SOURCE) in home:
            raise SystemExit(f"this Python runs the checkout, not the wheel: {home}")
        left = sorted(path.name for path in (Path(folder) / "demo").iterdir())
    print(f"demo from {home}: left {', '.join(left)}")


def main() -> int:
    """Check one wheel; exit 1 when it is not whole."""
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        sizes = {one.filename: one.compress_size for one in wheel.infolist()}
    lacking = missing(set(sizes))
    language = sum(size for name, size in sizes.items() if name.startswith("munsocial/language/"))
    print(f"{len(sizes)} files, {Path(sys.argv[1]).stat().st_size / 1024:.0f} kB; language {language / 1024:.0f} kB")
    for name in lacking:
        print(f"not in the wheel: {name}")
    if lacking or language > LANGUAGE_LIMIT:
        return 1
    demo()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

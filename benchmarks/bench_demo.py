"""The demo from a cold start: a fresh process collects, judges, shows and saves; and what it leaves behind.

    python benchmarks/bench_demo.py [RUNS]

Goal: under 3 s. The peer is the floor of such a program in the same run: the same Python importing what the demo must
load (models, HTTP, plugins, the command line, templates) and doing nothing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL = 3.0
FLOOR = "import pydantic, httpx, pluggy, tenacity, typer, rich.console, jinja2"
LEFT = ("district.toml", "snapshot.json", "report.html", "report.json")


def shown(folder: Path) -> float:
    """Run the demo; return its seconds."""
    code = "from munsocial.cli import main; main(['demo', '--out', " + repr(str(folder)) + ", '--lang', 'en'])"
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def floor() -> float:
    """Return the seconds of importing alone."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", FLOOR], check=True)
    return time.perf_counter() - begun


def main() -> int:
    """Print the figures; exit 1 when the goal is missed."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        taken = [(shown(Path(name)), floor()) for _ in range(runs)]
        sizes = {file: (Path(name) / file).stat().st_size for file in LEFT}
    demo, bare = min(one for one, _ in taken), min(one for _, one in taken)
    print(
        f"munsocial demo           {demo:.2f} s (goal {GOAL}); slowest of {runs}: {max(one for one, _ in taken):.2f} s"
    )
    print(f"importing its libraries  {bare:.2f} s; the demo takes {demo / bare:.1f} of it")
    for file, size in sizes.items():
        print(f"  {file:16} {size / 1024:7.0f} kB")
    return 1 if demo > GOAL else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The demo from a cold start: a fresh process collects, judges, shows and saves; and what it leaves behind.

Then the same district judged from its snapshot by a fresh process into JSON, HTML and a workbook.

    python benchmarks/bench_demo.py [RUNS]

Goals: under 3 s, and 2 s without collecting. The peer is the floor of such a program in the same run: the same Python
importing what the demo must load (models, HTTP, plugins, the command line, templates) and doing nothing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL, REPORTS_GOAL = 3.0, 2.0
FLOOR = "import pydantic, httpx, pluggy, tenacity, typer, rich.console, jinja2"
LEFT = ("district.toml", "snapshot.json", "report.html", "report.json")


def ran(*arguments: str, ends: int) -> float:
    """Run a command in a fresh process; return its seconds."""
    code = f"from munsocial.cli import main; raise SystemExit(main({[*arguments, '--lang', 'en']!r}))"
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False)
    if done.returncode != ends:
        raise SystemExit(f"{arguments[0]} ended with {done.returncode}, not {ends}")
    return time.perf_counter() - begun


def reported(folder: Path) -> float:
    """Judge what the demo has left into three reports; violations end with 1."""
    reports = [f"-o{folder / name}" for name in ("r.json", "r.html", "r.xlsx")]
    snapshot = str(folder / "snapshot.json")
    return ran("audit", str(folder / "district.toml"), "--snapshot", snapshot, *reports, ends=1)


def floor() -> float:
    """Return the seconds of importing alone."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", FLOOR], check=True)
    return time.perf_counter() - begun


def main() -> int:
    """Print the figures; exit 1 when the goal is missed."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        taken = [(ran("demo", "--out", name, ends=0), floor()) for _ in range(runs)]
        sizes = {file: (Path(name) / file).stat().st_size for file in LEFT}
        reports = min(reported(Path(name)) for _ in range(runs))
    demo, bare = min(one for one, _ in taken), min(one for _, one in taken)
    print(
        f"munsocial demo           {demo:.2f} s (goal {GOAL}); slowest of {runs}: {max(one for one, _ in taken):.2f} s"
    )
    print(f"importing its libraries  {bare:.2f} s; the demo takes {demo / bare:.1f} of it")
    print(f"JSON, HTML and workbook  {reports:.2f} s (goal {REPORTS_GOAL})")
    for file, size in sizes.items():
        print(f"  {file:16} {size / 1024:7.0f} kB")
    return 1 if demo > GOAL or reports > REPORTS_GOAL else 0


if __name__ == "__main__":
    raise SystemExit(main())

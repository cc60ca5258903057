"""What importing costs, beside the libraries that this one stands on, each in a fresh process of the same run.

    python benchmarks/bench_import.py [RUNS]

Goals: `import munsocial` at most 0.4 of `import pydantic, httpx, pluggy, tenacity`; with models and HTTP loaded at most
1.4 of the same libraries in use. "In use" means one model of one field, and the engine of httpx: a bare `import
pydantic` has loaded neither models nor validation, and a bare `import httpx` cannot send, so that what loads models and
HTTP cannot be held against them; that ratio is printed too. Programs are started in turns and the quickest run of each
is compared, since whatever else the machine does only adds.
"""

from __future__ import annotations

import subprocess
import sys
import time

PEER = "import pydantic, httpx, pluggy, tenacity"
IN_USE = PEER + ", httpcore\nclass One(pydantic.BaseModel):\n    field: int"
OURS = {
    "import munsocial": ("import munsocial", "peer", 0.4),
    "with models and HTTP": (
        "import munsocial as ms, pluggy, tenacity; ms.Registry; import munsocial.transport.http",
        "peer in use",
        1.4,
    ),
}


def started(code: str) -> float:
    """Return the seconds from the start of a process to its end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - begun


def least(codes: dict[str, str], runs: int) -> dict[str, float]:
    """Run every program in turns and keep the quickest run of each."""
    taken: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(runs):
        for name, code in codes.items():
            taken[name].append(started(code))
    return {name: min(times) for name, times in taken.items()}


def main() -> int:
    """Print the ratios; exit 1 when a goal is missed."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    peers = {"python alone": "pass", "peer": PEER, "peer in use": IN_USE}
    found = least(peers | {name: code for name, (code, _, _) in OURS.items()}, runs)
    for name in peers:
        print(f"{name:24} {found[name]:.3f} s")
    missed = 0
    for name, (_, beside, goal) in OURS.items():
        ratio, bare = found[name] / found[beside], found[name] / found["peer"]
        missed += ratio > goal
        print(f"{name:24} {found[name]:.3f} s   {ratio:.2f} of the {beside} (goal {goal}); {bare:.2f} of the bare peer")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""What importing costs, beside the libraries that this one stands on, each in a fresh process of the same run.

    python benchmarks/bench_import.py [RUNS]

Goals: `import munsocial` at most 0.4 of `import pydantic, httpx, pluggy, tenacity`; with models and HTTP loaded at most
1.4 of it. The peer stands on the same Python, started as often and in turns; the least of each is compared, since
whatever else the machine does only adds.
"""

from __future__ import annotations

import subprocess
import sys
import time

PEER = "import pydantic, httpx, pluggy, tenacity"
OURS = {
    "import munsocial": ("import munsocial", 0.4),
    "with models and HTTP": ("import munsocial as ms; ms.Registry; import munsocial.transport.http", 1.4),
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
    codes = {"python alone": "pass", "peer": PEER} | {name: code for name, (code, _) in OURS.items()}
    found = least(codes, runs)
    print(f"{'python alone':24} {found['python alone']:.3f} s")
    print(f"{'peer':24} {found['peer']:.3f} s   ({PEER})")
    missed = 0
    for name, (_, goal) in OURS.items():
        ratio = found[name] / found["peer"]
        bare = (found[name] - found["python alone"]) / (found["peer"] - found["python alone"])
        missed += ratio > goal
        print(
            f"{name:24} {found[name]:.3f} s   {ratio:.2f} of the peer (goal {goal}), {bare:.2f} without Python itself"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())

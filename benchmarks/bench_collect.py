"""Collecting big districts from the sandbox: calls for each account, rate by the world's clock, time, peak memory.

    python benchmarks/bench_collect.py --network vk --accounts 2000

Goals: 20 VK communities with 7 commented posts each in 7 calls; never over 3 calls a second for one service key and
at least 95 % of that when there is work; 2,000 accounts under 300 MB.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from munsocial.plugins import Plugins, load_plugins
from munsocial.sandbox.big import big_registry, big_world
from munsocial.sandbox.cast import secrets_of
from munsocial.sandbox.port import SandboxPort
from munsocial.social import connect

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)


def only(network: str) -> Plugins:
    """Return the installed plugins, cut down to one network."""
    plugins = load_plugins()
    return Plugins({network: plugins.adapters[network]}, {network: plugins.faces[network]})


def collect(network: str, accounts: int, *, days: int, posts: int, comments: int) -> dict[str, float]:
    """Collect once and return what was measured."""
    registry = big_registry(accounts, network=network)
    world = big_world(registry, NOW, weeks=max(1, days // 7), posts=posts, comments=comments)
    plugins = only(network)
    port = SandboxPort.over(world, plugins.faces)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "snapshot.json"
        began = time.perf_counter()
        link = connect(registry, secrets=secrets_of(registry), port=port, clock=world.now, plugins=plugins)
        with link as social:
            social.collect_to(target, since=NOW - timedelta(days=days), until=NOW, resume=False)
        seconds, size = time.perf_counter() - began, target.stat().st_size
    starts = [moment for moment, _ in port.started]
    lasted = starts[-1] - starts[0] if len(starts) > 1 else 0.0
    return {
        "accounts": accounts,
        "calls": len(starts),
        "calls per account": round(len(starts) / accounts, 3),
        "calls a second (world)": round((len(starts) - 1) / lasted, 3) if lasted else 0.0,
        "least pause, s (world)": round(min((b - a for a, b in pairwise(starts)), default=0.0), 4),
        "own seconds": round(seconds, 2),
        "snapshot, MB": round(size / 1e6, 1),
        "peak memory, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def main() -> None:
    """Print one line of figures for a small audit and one for a big district."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", default="vk", choices=("vk", "ok"))
    parser.add_argument("--accounts", type=int, default=2000)
    asked = parser.parse_args()
    print(asked.network, collect(asked.network, 20, days=7, posts=7, comments=3))
    print(asked.network, collect(asked.network, asked.accounts, days=28, posts=5, comments=3))


if __name__ == "__main__":
    main()

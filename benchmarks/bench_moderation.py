"""A moderation pass over 100,000 comments: time and memory.

    python benchmarks/bench_moderation.py [comments]

Prints seconds of the wall and of the processor, and the peak of memory of the whole process. The goals: 30 s, 300 MB.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from munsocial.model.content import Comment
from munsocial.model.snapshot import AccountView, Observed, Snapshot
from munsocial.operate.moderating.moderation import plan_moderation
from munsocial.sandbox.sample import sample_registry
from munsocial.sandbox.texts import Texts

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)


def comments(count: int) -> tuple[Comment, ...]:
    """Make comments as citizens write them: two sentences of the sample put together, with names of streets between."""
    texts, dice = Texts(), random.Random(1)
    said = [texts.comment(NOW) for _ in range(300)]
    streets = [f"{start}{end}" for start in ("Нов", "Лес", "Луг", "Реч", "Сад", "Мир") for end in ("ая", "овая", "ной")]
    bad = [texts.bad(mark).text for mark in ("obscenity", "spam", "insult", "threat", "personal_data")]
    found = []
    for number in range(count):
        text = f"{dice.choice(said)} {dice.choice(streets)} {dice.choice(streets)}, {number % 97}. {dice.choice(said)}"
        found.append(
            Comment(
                id=str(number),
                post_id=str(number // 50),
                at=NOW - timedelta(seconds=number),
                text=dice.choice(bad) if number % 200 == 0 else text,
                author_id=str(dice.randrange(max(1, count // 4))),
            )
        )
    return tuple(found)


def measure(count: int) -> dict[str, Any]:
    """Make one pass and measure it."""
    registry = sample_registry(NOW)
    view = AccountView(
        account="administration-vk",
        network="vk",
        comments=Observed[tuple[Comment, ...]](value=comments(count), at=NOW, through="bench"),
    )
    snapshot = Snapshot(
        municipality=registry.municipality.id,
        since=NOW - timedelta(days=7),
        until=NOW,
        taken_at=NOW,
        accounts=(view,),
    )
    wall, processor = time.perf_counter(), time.process_time()
    plan = plan_moderation(snapshot, registry=registry, adapters={}, now=NOW)
    return {
        "comments": count,
        "seconds": round(time.perf_counter() - wall, 1),
        "processor seconds": round(time.process_time() - processor, 1),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "steps": len(plan.steps),
        "for a person": len(plan.problems),
    }


if __name__ == "__main__":
    print(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))

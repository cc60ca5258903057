"""A plan of 2,000 steps: made, saved, read back, checked, and applied to the sandbox with a journal on the disk.

    python benchmarks/bench_plan.py [steps]

The goal: a plan of 2,000 steps in 2 s (making, saving and reading). Applying is shown beside it: two commits a step.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from munsocial.network.drafts import Draft
from munsocial.operate.plans.plan import Plan, Step, load_plan, new_plan, step_key
from munsocial.sandbox.demo import Stage, sample

TO = ("administration-vk", "works-vk", "education-vk")


def made(stage: Stage, count: int) -> Plan:
    """Make a plan of publications as `plan_publication` makes its steps."""
    steps = []
    for number in range(count):
        account = stage.registry.account_by_id[TO[number % len(TO)]]
        draft = Draft(text=f"Новость номер {number}: друзья, сегодня в парке зажгли фонари.")
        steps.append(
            Step(
                id=f"s{number + 1}",
                key=step_key(),
                account=account.id,
                network=account.network,
                action="publish",
                params={"draft": draft.model_dump(mode="json", exclude_defaults=True)},
                ru=draft.text,
                en=draft.text,
                clause="5",
            )
        )
    return new_plan("publication", stage.registry, steps, now=stage.now)


def measure(count: int) -> dict[str, Any]:
    """Measure each part in seconds."""
    stage = sample(datetime.now(UTC))
    found: dict[str, Any] = {"steps": count}
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "plan.json"
        start = time.perf_counter()
        plan = made(stage, count)
        plan.save(place)
        plan = load_plan(place)
        plan.check(stage.registry, stage.now)
        list(plan.lines())
        found["made, saved, read, checked, printed"] = round(time.perf_counter() - start, 2)
        settings = {"vk": {"community_rate": 10_000, "user_rate": 10_000}}
        from munsocial.social import connect

        with connect(
            stage.registry,
            secrets=stage.secrets,
            settings=settings,
            port=stage.port(),
            clock=stage.world.now,
            plugins=stage.plugins,
            journal=Path(name) / "journal.sqlite",
        ) as social:
            start = time.perf_counter()
            applied = social.apply(plan)
            found["applied"] = round(time.perf_counter() - start, 2)
            start = time.perf_counter()
            social.apply(plan)
            found["applied once more"] = round(time.perf_counter() - start, 2)
        found |= applied.counts
    return found


if __name__ == "__main__":
    print(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))

"""The kill test: a program that applies a plan is killed with SIGKILL at random moments until the plan is done.

    python benchmarks/kill_steps.py [kills] [steps]

A sandbox is served on a loopback address; a child process applies a plan of publications to VK (which knows keys) and
Odnoklassniki (which does not, and shows what is new late: of a post lost there a person has to say whether it stands).
Afterwards every text must stand exactly once. Prints kills, doubled, lost, and of how many steps a person had to look.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from munsocial.journal import open_journal
from munsocial.journal.stepbook import StepBook
from munsocial.network.drafts import Draft
from munsocial.operate.outbox import settle_unclear
from munsocial.operate.plan import Plan, Step, load_plan, new_plan, step_key
from munsocial.sandbox.demo import Stage, sample
from munsocial.sandbox.sample import sample_world
from munsocial.sandbox.serve import serving
from munsocial.social import connect

TO = ("administration-ok", "administration-vk", "works-ok")
GRACE = timedelta(seconds=0.5)


def plan_of(stage: Stage, count: int) -> Plan:
    """Make a plan of so many publications with texts of their own."""
    steps = []
    for number in range(count):
        account = stage.registry.account_by_id[TO[number % len(TO)]]
        draft = Draft(text=f"Публикация {number} из {count}: испытание на обрыв.")
        steps.append(
            Step(
                id=f"s{number}",
                key=step_key(),
                account=account.id,
                network=account.network,
                action="publish",
                params={"draft": draft.model_dump(mode="json", exclude_defaults=True)},
                ru=draft.text,
                en=draft.text,
            )
        )
    return new_plan("publication", stage.registry, steps, now=stage.now)


def child(folder: Path) -> None:
    """Apply the plan once, from the files that the parent left."""
    from munsocial.operate.apply import apply_plan
    from munsocial.transport.port import drive

    told = json.loads((folder / "told.json").read_text())
    start = datetime.fromisoformat(told["now"])

    def now() -> datetime:
        return start + timedelta(seconds=time.time() - told["since"])

    stage = sample(start)
    plan = load_plan(folder / "plan.json")
    with connect(
        stage.registry,
        secrets=stage.secrets,
        settings=told["settings"],
        clock=now,
        plugins=stage.plugins,
        journal=folder / "journal.sqlite",
    ) as social:
        social.journal.anchor()
        print("ready", flush=True)
        applied = drive(
            apply_plan(
                plan,
                registry=stage.registry,
                adapters=social._link.adapters,
                journal=social.journal,
                now=now,
                grace=GRACE,
            )
        )
    states = Counter(one.state for one in applied.outcomes)
    sys.exit(0 if states["confirmed"] == len(plan.steps) else 7)


def run(kills: int, steps: int, *, seed: int = 1) -> dict[str, Any]:
    """Kill a child so many times, then let it finish; count what stands in the world."""
    chance = random.Random(seed)
    now = datetime.now(UTC)
    stage = sample(now)
    world = sample_world(now, real_time=True)
    texts = Counter[str]()
    with tempfile.TemporaryDirectory() as name, serving(world) as server:
        folder = Path(name)
        settings = {
            "vk": {"base_url": f"{server.base('api.vk.ru')}/method/", "user_rate": 500, "community_rate": 500},
            "ok": {"base_url": server.base("api.ok.ru"), "per_second": 50, "graph_per_second": 50},
        }
        told = {"now": world.now().isoformat(), "since": time.time(), "settings": settings}
        (folder / "told.json").write_text(json.dumps(told))
        plan = plan_of(stage, steps)
        plan.save(folder / "plan.json")

        def look() -> int:
            """Say of every unclear step what stands on the page, as a person would who opens it."""
            standing = {post.text for page in world.pages.values() for post in page.posts.values()}
            with open_journal(folder / "journal.sqlite") as journal:
                unclear = [one.step for one in StepBook(journal).of(plan.id) if one.state == "uncertain"]
                for step in unclear:
                    settle_unclear(journal, plan.id, step, done=words[step] in standing, by="who looks")
            return len(unclear)

        words = {step.id: step.ru for step in plan.steps}
        done, looked = _killing(folder, kills, chance, look)
        with open_journal(folder / "journal.sqlite") as journal:
            whole = journal.verify().whole
        for page in world.pages.values():
            texts.update(post.text for post in page.posts.values() if "испытание на обрыв" in post.text)
    wanted = {step.ru for step in plan.steps}
    return {
        "kills": done,
        "told by a person": looked,
        "steps": steps,
        "doubled": sum(count - 1 for count in texts.values()),
        "lost": len(wanted - set(texts)),
        "journal whole": whole,
    }


def _killing(folder: Path, kills: int, chance: random.Random, look: Callable[[], int]) -> tuple[int, int]:
    """Kill a child again and again; ``look`` settles what no reading can tell once the killing is over."""
    done = looked = 0
    while True:
        command = [sys.executable, __file__, "--child", str(folder)]
        process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()  # everything is loaded: from here on it works
        if done >= kills:
            code = process.wait(timeout=300)
            if code == 0:
                return done, looked
            if code != 7:
                raise SystemExit(f"the child failed with {code}")
            time.sleep(GRACE.total_seconds())
            looked += look()
            continue
        try:
            code = process.wait(timeout=chance.uniform(0.0, 0.2))
            if code == 0:
                return done, looked
            if code != 7:
                raise SystemExit(f"the child failed with {code}")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            done += 1


if __name__ == "__main__":
    if "--child" in sys.argv:
        child(Path(sys.argv[-1]))
    numbers = [int(one) for one in sys.argv[1:]]
    print(run(*(numbers or [200, 400])))

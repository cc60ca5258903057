"""The kill test: a program that applies a plan is killed with SIGKILL at random moments of its work.

    python benchmarks/kill_steps.py [kills] [steps]

A sandbox is served on a loopback address; a child process applies a plan of publications to VK (which knows keys) and
Odnoklassniki (which does not, and shows what is new late: of a post lost there a person has to say whether it stands).
Afterwards every text must stand exactly once. Prints kills, doubled, lost, and of how many steps a person had to look.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from munsocial.journal import open_journal
from munsocial.journal.stepbook import StepBook
from munsocial.network.drafts import Draft
from munsocial.operate.applying.outbox import settle_unclear
from munsocial.operate.plans.plan import Plan, Step, load_plan, new_plan, step_key
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


def child(folder: Path, stage: Stage) -> int:
    """Apply the plan once, from the files that the parent left."""
    from munsocial.operate.applying.apply import apply_plan
    from munsocial.transport.port import drive

    told = json.loads((folder / "told.json").read_text())
    start = datetime.fromisoformat(told["now"])

    def now() -> datetime:
        return start + timedelta(seconds=time.time() - told["since"])

    plan = load_plan(folder / "plan.json")
    with connect(
        stage.registry,
        secrets=stage.secrets,
        settings=told["settings"],
        clock=now,
        plugins=stage.plugins,
        journal=folder / "journal.sqlite",
    ) as social:
        facts: dict[str, Any] = {
            "registry": stage.registry,
            "adapters": social._link.adapters,
            "journal": social.journal,
        }
        print("at work", flush=True)
        applied = drive(apply_plan(plan, **facts, now=now, grace=GRACE))
    states = Counter(one.state for one in applied.outcomes)
    return 0 if states["confirmed"] == len(plan.steps) else 7


def nursery(folder: Path) -> None:
    """Load everything once; for each line of input fork a child that applies the plan, and tell how it ended."""
    stage = sample(datetime.fromisoformat(json.loads((folder / "told.json").read_text())["now"]))
    for _ in sys.stdin:
        process = os.fork()
        if process == 0:
            print(os.getpid(), flush=True)
            code = 9
            try:
                code = child(folder, stage)
            except BaseException:  # noqa: BLE001 - told and ended here: nothing may go on in a fork
                traceback.print_exc()
            os._exit(code)
        print(os.waitpid(process, 0)[1], flush=True)


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

        def look() -> dict[str, int]:
            """Say of every unclear step what stands on the page, as a person would who opens it; count states."""
            standing = {post.text for page in world.pages.values() for post in page.posts.values()}
            with open_journal(folder / "journal.sqlite") as journal:
                booked = StepBook(journal).of(plan.id)
                for step in [one.step for one in booked if one.state == "uncertain"]:
                    settle_unclear(journal, plan.id, step, done=words[step] in standing, by="who looks")
            return Counter(one.state for one in booked)

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


def _killing(folder: Path, kills: int, chance: random.Random, look: Callable[[], dict[str, int]]) -> tuple[int, int]:
    """Kill a child again and again; ``look`` settles what no reading can tell, as a person would in between."""
    done = looked = 0
    command = [sys.executable, __file__, "--nursery", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forks:
        assert forks.stdin is not None
        assert forks.stdout is not None
        while True:
            print("go", file=forks.stdin, flush=True)
            process = int(forks.stdout.readline())
            assert forks.stdout.readline() == "at work\n"
            if done < kills:
                time.sleep(chance.uniform(0.0, 0.6))
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            status = int(forks.stdout.readline())
            if os.WIFSIGNALED(status):
                done += 1
                looked += look()["uncertain"]  # else the next one would read those back again before anything new
                continue
            code = os.waitstatus_to_exitcode(status)
            if code == 0:
                return done, looked
            if code != 7:
                raise SystemExit(f"the child failed with {code}")
            time.sleep(GRACE.total_seconds())
            looked += look()["uncertain"]


if __name__ == "__main__":
    if "--nursery" in sys.argv:
        nursery(Path(sys.argv[-1]))
    else:
        print(run(*([int(one) for one in sys.argv[1:]] or [200, 300])))

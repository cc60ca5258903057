"""The kill test of what people do: a handover and tasks by hand, each command killed with SIGKILL at random moments.

    python benchmarks/kill_handover.py [kills] [seed]

The sample district is served on a loopback address. A key holder leaves: the commands of the handover are given one
after another, while a person does in the networks what only a person can do; a rude comment of Odnoklassniki becomes a
task by hand. Before each command ends, it is killed several times: half of the kills come at a random moment, half
right before a random statement of the database. Half of the commands are lines of the command line, half are calls
from Python. Nothing that was told may be lost, nothing may stand twice, and the journal must verify after every kill.
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
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handover_story import GIVER, PAGES, TAKER, Call, Deed, Story

from munsocial.journal import Journal, open_journal
from munsocial.model.files import load_registry
from munsocial.operate.handover import handovers
from munsocial.sandbox.demo import sample
from munsocial.sandbox.sample import sample_world
from munsocial.sandbox.serve import serving

# --- the child


def nursery(folder: Path) -> None:
    """Load everything once; for each line of input fork a child that makes the call, and tell how it ended."""
    from sqlalchemy import Engine, event

    from munsocial.cli import main

    faces: dict[str, Callable[[Call], None]] = {"cli": main, "python": _python}
    for line in sys.stdin:
        told = json.loads(line)
        process = os.fork()
        if process == 0:
            os.environ.update(told["environment"])
            for stream, name in ((1, "out"), (2, "err")):
                os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
            if told["at_statement"]:
                event.listen(Engine, "before_cursor_execute", _Last(told["at_statement"]))
            code = 9
            try:
                faces[told["face"]](told["call"])
                code = 0
            except SystemExit as left_with:
                code = left_with.code if isinstance(left_with.code, int) else 1
            except BaseException:  # noqa: BLE001 - told and ended here: nothing may go on in a fork
                traceback.print_exc()
            sys.stdout.flush()
            os._exit(code)
        print(process, flush=True)
        print(os.waitpid(process, 0)[1], flush=True)


class _Last:
    """Kills this program right before its n-th statement to the database."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, *_: Any) -> None:
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _python(call: Call) -> None:
    """Make a call of the library as another municipal program would."""
    import munsocial as ms

    file, name, arguments = call
    registry = load_registry(Path(file))
    place = Path(file).with_name("district.journal.sqlite")
    if name == "begin":
        ms.handover(registry, place, giver=GIVER, taker=TAKER, accounts=PAGES, by=TAKER)
        return
    with ms.connect(registry, secrets=ms.EnvSecrets(), journal=place) as social:
        if name == "moderate":
            social.apply(social.plan_moderation(social.collect(weeks=1), made_by=GIVER).signed("ilmenev", social.now()))
        elif name == "remove":
            social.apply(social.plan_removal(arguments["handover"], made_by=TAKER))
        else:
            getattr(social, name)(**arguments)


# --- the parent


class Killer:
    """Gives each deed to children, kills them, and holds what they said against the journal."""

    def __init__(self, story: Story, forks: subprocess.Popen[str], seed: int) -> None:
        self.story = story
        self.forks = forks
        self.chance = random.Random(seed)
        self.count = Counter[str]()
        self.entries = 0
        self.faults: list[str] = []
        self.lasted: dict[str, float] = {}

    @property
    def killed(self) -> int:
        """How many were killed."""
        return self.count["killed at a statement"] + self.count["killed at a moment"]

    def work(self, deed: Deed, kills: int) -> None:
        """Kill a deed so many times, then let it be done, and look whether it is."""
        wanted = self.killed + kills
        for _ in range(3 * kills):
            if self.killed < wanted:  # some end before their moment comes
                self.once(deed, killing=True)
        said = self.once(deed, killing=False)
        with open_journal(self.story.place) as journal:
            if not deed.done(journal):
                self.faults.append(f"not done: {deed.cli}: {said}")
        self.count["deeds"] += 1

    def once(self, deed: Deed, *, killing: bool) -> str:
        """Give a deed to one child; return what it said."""
        face = self.chance.choice(("cli", "python"))
        call = deed.cli if face == "cli" else deed.python
        name = f"{face} {call[0 if face == 'cli' else 1]}"
        at_statement = self.chance.randint(1, 30) if killing and self.chance.random() < 0.5 else 0
        told = {"face": face, "call": call, "environment": self.story.environment, "at_statement": at_statement}
        assert self.forks.stdin is not None
        assert self.forks.stdout is not None
        print(json.dumps(told), file=self.forks.stdin, flush=True)
        process, began = int(self.forks.stdout.readline()), time.monotonic()
        if killing and not at_statement:
            time.sleep(self.chance.uniform(0.0, self.lasted.get(name, 0.8)))
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        status = int(self.forks.stdout.readline())
        if os.WIFSIGNALED(status):
            self.count[f"killed at a {'statement' if at_statement else 'moment'}"] += 1
        else:
            self.lasted[name] = time.monotonic() - began
        said = "".join((self.story.folder / one).read_text(errors="replace") for one in ("out", "err"))
        if "Traceback" in said or "Внутренняя ошибка" in said:
            self.faults.append(f"broke: {call}: {said[-1500:]}")
        self.hold(deed, said if face == "cli" else "")
        return said[-1500:]

    def hold(self, deed: Deed, said: str) -> None:
        """After each child: the chain is whole, has not shrunk, and holds what was said."""
        if not self.story.place.exists():
            return
        with open_journal(self.story.place) as journal:
            verified = journal.verify()
            if not verified.whole or verified.count < self.entries:
                self.faults.append(f"the journal: {verified}")
            self.entries = verified.count
            if deed.says and deed.says in said and not deed.done(journal):
                self.faults.append(f"told and lost: {deed.cli}")


def doubled(journal: Journal) -> Iterator[str]:
    """Give what stands twice in the journal: a beginning, an end, a signature, a word, evidence, a task."""
    found = Counter[str]()
    for entry in journal.entries():
        body = entry.body
        if entry.kind in ("handover.begun", "handover.ended"):
            found[entry.kind] += 1
        elif entry.kind == "handover.step" and body["state"] in ("stated", "waived"):
            found[f"word {body['step']}"] += 1
        elif entry.kind == "evidence.kept":
            found[f"evidence {body['item']}"] += 1
        elif entry.kind == "task.done":
            found[f"task {body['step']}"] += 1
        elif entry.kind in ("step.manual", "step.confirmed"):
            found[f"{entry.kind} {entry.subject}/{body['step']}"] += 1
    yield from (f"{name}: {count}" for name, count in found.items() if count > 1)


def run(kills: int, *, seed: int = 1) -> dict[str, Any]:
    """Play the story with so many kills; return the counts."""
    now = datetime.now(UTC)
    stage, world = sample(now), sample_world(now, real_time=True)
    command = [sys.executable, __file__, "--nursery"]
    with tempfile.TemporaryDirectory() as name, serving(world) as server:
        story = Story(Path(name), stage, world, server)
        with subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forks:
            killer = Killer(story, forks, seed)
            try:
                for deed in story.deeds():
                    killer.work(deed, -(-kills // 22))
            finally:
                print(*killer.faults, sep="\n", file=sys.stderr)
            assert forks.stdin is not None
            forks.stdin.close()
        with open_journal(story.place) as journal:
            twice = list(doubled(journal))
            ended = handovers(journal)[0].finished
        papers = [(story.folder / f"act.{suffix}").stat().st_size > 0 for suffix in ("html", "docx")]
    return {**killer.count, "faults": killer.faults, "doubled": twice, "signed": ended, "papers": all(papers)}


if __name__ == "__main__":
    if "--nursery" in sys.argv:
        nursery(Path(sys.argv[-1]))
    else:
        given = [int(one) for one in sys.argv[1:]] or [110]
        found = run(given[0], seed=given[1] if len(given) > 1 else 1)
        print(json.dumps(found, ensure_ascii=False, indent=1))
        raise SystemExit(bool(found["faults"] or found["doubled"] or not found["signed"]))

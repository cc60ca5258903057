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
import itertools
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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from munsocial.journal import Journal, open_journal
from munsocial.model.files import load_registry
from munsocial.operate.handover import Procedure, handover_of, handovers
from munsocial.operate.tasks import tasks_of
from munsocial.sandbox.demo import Stage, sample
from munsocial.sandbox.sample import sample_world
from munsocial.sandbox.serve import SandboxServer, serving
from munsocial.sandbox.things import Key
from munsocial.sandbox.world import World

GIVER, TAKER = "verbina", "osokin"
PAGES = ("administration-vk", "administration-ok")
NETWORKS = """
[networks.vk]
base_url = "{vk}/method/"
user_rate = 500
community_rate = 500

[networks.ok]
base_url = "{ok}"
per_second = 50
graph_per_second = 50
"""
APPOINTMENT = """
[[appointments]]
person = "osokin"
body = "administration"
duties = ["credential_custody", "credential_handover", "running", "moderation"]
act = {{number = "77-р", date = {day}}}
since = {day}
"""
Call = Sequence[Any]
"""The name of a call and its arguments: a line of the command line, or what Python calls."""


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


@dataclass
class Deed:
    """One thing to be done: both ways to do it, and how the journal shows that it is done."""

    cli: Call
    python: Call
    done: Callable[[Journal], bool]
    says: str = ""
    """A word by which the command tells that it was done."""


@dataclass
class Story:
    """A handover and a task by hand from start to end, and what a person does between the commands."""

    folder: Path
    stage: Stage
    world: World
    server: SandboxServer
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text = self.stage.registry_text + NETWORKS.format(
            vk=self.server.base("api.vk.ru"), ok=self.server.base("api.ok.ru")
        )
        self.file.write_text(text, encoding="utf-8")
        self.environment = self.stage.secrets.environment()

    @property
    def file(self) -> Path:
        """The register."""
        return self.folder / "district.toml"

    @property
    def place(self) -> Path:
        """The journal."""
        return self.folder / "district.journal.sqlite"

    def looked(self) -> Procedure:
        """Return the handover as it stands."""
        with open_journal(self.place, only_read=True) as journal:
            return handover_of(journal, "")

    def deeds(self) -> Iterator[Deed]:
        """Give what is to be done, one after another; between two a person does something in the world."""
        yield self.deed("moderate", "--signed-by", "ilmenev", call=("moderate", {}), done=_one_task("delete_comment"))
        self.person_deletes()
        with open_journal(self.place, only_read=True) as journal:
            task = next(one for one in tasks_of(journal) if one.step.action == "delete_comment")
        yield self.deed("tasks done", task.id, "--by", TAKER, call=("tell_done", {"task": task.id, "by": TAKER}),
                        done=lambda journal: any(journal.entries(kind="task.done")),
                        says="сделано со слов")  # fmt: skip
        yield self.tasks_closed("delete_comment")
        yield self.deed("handover start", "--giver", GIVER, "--taker", TAKER, *_accounts(), call=("begin", {}),
                        done=lambda journal: len(handovers(journal)) == 1, says="записана в журнале")  # fmt: skip
        yield self.checking("failed")
        name = self.looked().id
        yield self.deed("handover remove", call=("remove", {"handover": name}), done=_one_task("remove_manager"))
        self.person_acts()
        yield self.tasks_closed("remove_manager")
        yield self.checking("seen")
        for standing in self.looked().left:
            step = standing.step
            if step.kind.value == "sign":
                continue
            if standing.state.value == "failed":
                yield self.deed("handover skip", step.id, "--note", "после отпуска", "--by", TAKER,
                                call=("leave_out_handover",
                                      {"handover": name, "step": step.id, "by": TAKER, "why": "после отпуска"}),
                                done=_stands(step.id, "waived"), says="Записано")  # fmt: skip
            else:
                yield self.word(name, step.id, TAKER)
        for person in (GIVER, TAKER):
            yield self.word(name, f"sign:{person}", person)
        self.write_act(name)

    def deed(self, line: str, *more: str, call: tuple[str, Any], done: Callable[[Journal], bool], says: str = "",
             writes: bool = True) -> Deed:  # fmt: skip
        """Return one deed."""
        yes = ("--yes",) if writes else ()
        cli = (*line.split(), str(self.file), *more, *yes)
        return Deed(cli, (str(self.file), *call), done, says)

    def checking(self, state: str) -> Deed:
        """Check a handover; the managers are then read to be in a state."""
        steps = [f"managers:{page}" for page in PAGES]
        return self.deed("handover check", call=("check_handover", {"handover": "handover"}),
                         done=lambda journal: all(_stands(step, state)(journal) for step in steps))  # fmt: skip

    def word(self, name: str, step: str, by: str) -> Deed:
        """Let a person say that a step is done."""
        arguments = {"handover": name, "step": step, "by": by}
        return self.deed("handover done", step, "--id", name, "--by", by, call=("state_handover", arguments),
                         done=_stands(step, "stated", name), says="Записано")  # fmt: skip

    def tasks_closed(self, action: str) -> Deed:
        """Read back what a person did by hand."""

        def done(journal: Journal) -> bool:
            return not any(one.step.action == action for one in tasks_of(journal))

        return self.deed("tasks check", call=("check_tasks", {}), done=done)

    def person_acts(self) -> None:
        """Appoint, issue keys anew, revoke old ones, take the leaver's power on the site of Odnoklassniki."""
        text = self.file.read_text(encoding="utf-8") + APPOINTMENT.format(day=datetime.now(UTC).date())
        for old in ("PRIRECHYE_VK_ADMINISTRATION", "PRIRECHYE_OK_PERSON", "PRIRECHYE_VK_USER", "PRIRECHYE_VK_SERVICE"):
            known = self.world.keys[self.environment[old]]
            owner = "810000102" if known.kind == "user" else known.owner
            fresh = Key(f"fresh-{old}", known.network, known.kind, owner=owner, page=known.page,
                        application=known.application, rights=known.rights, settings=known.settings)  # fmt: skip
            self.world.add_key(fresh)
            known.revoked = True
            self.environment[f"{old}_2"] = fresh.value
            text = text.replace(f'"env:{old}"', f'"env:{old}_2"')
        self.file.write_text(text, encoding="utf-8")
        for account in self.stage.registry.accounts:
            if account.network == "vk" and ("vk", account.network_id) in self.world.pages:
                self.world.appoint("vk", account.network_id, "810000102", "administrator", since=None)
        page = self.stage.registry.account_by_id["administration-ok"]
        del self.world.page("ok", page.network_id).managers["570000000101"]
        self.world.add_user("ok", "Роман", "Осокин", id="570000000102")
        self.world.appoint("ok", page.network_id, "570000000102", "ADMIN", since=None)
        self.world.keys["fresh-PRIRECHYE_OK_PERSON"].owner = "570000000102"

    def person_deletes(self) -> None:
        """Delete on the site what the tasks ask for."""
        with open_journal(self.place, only_read=True) as journal:
            for task in tasks_of(journal):
                if task.step.action != "delete_comment":
                    continue
                page = self.stage.registry.account_by_id[task.step.account]
                self.world.delete_comment("ok", page.network_id, task.step.params["comment"])

    def write_act(self, name: str) -> None:
        """Write the act; the command that writes nothing else is not killed."""
        from munsocial.cli import main

        for suffix in ("html", "docx"):
            with contextlib.suppress(SystemExit):
                main(["handover", "act", str(self.file), "--id", name, "-o", str(self.folder / f"act.{suffix}")])


def _accounts() -> tuple[str, ...]:
    return tuple(itertools.chain.from_iterable(("--account", page) for page in PAGES))


def _stands(step: str, state: str, name: str = "handover") -> Callable[[Journal], bool]:
    def done(journal: Journal) -> bool:
        standing = handover_of(journal, name).standing(step)
        return standing is not None and standing.state.value == state

    return done


def _one_task(action: str) -> Callable[[Journal], bool]:
    return lambda journal: [one.step.action for one in tasks_of(journal)].count(action) == 1


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

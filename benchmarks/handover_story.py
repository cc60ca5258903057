"""A handover and a task by hand on the sample district, from start to end: what the kill test plays.

Each `Deed` is one command, as a line of the command line and as a call from Python; between two a person does in the
networks what only a person can do.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from munsocial.journal import Journal, open_journal
from munsocial.operate.applying.tasks import tasks_of
from munsocial.operate.handover import Procedure, handover_of, handovers
from munsocial.sandbox.demo import Stage
from munsocial.sandbox.serve import SandboxServer
from munsocial.sandbox.things import Key
from munsocial.sandbox.world import World

__all__ = ["GIVER", "PAGES", "TAKER", "Call", "Deed", "Story"]

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

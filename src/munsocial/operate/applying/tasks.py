"""What a person does by hand, because the network has no method: listed, stated done with evidence, checked by reading.

    open ──done──▶ stated ──check: it is so──▶ closed
      ▲              │
      └──check: it is not so (reopened)        a check that can read nothing changes nothing

The step stays ``manual`` in the journal until reading shows its effect, or a person drops it. What was handed to a
person to decide (``refer``) leaves nothing to read: it is closed by that person's word, the task to answer also by an
answer that the journal knows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import Any

from munsocial.errors import InputError
from munsocial.files import MEGABYTE, read_bytes
from munsocial.journal.booked import Booked
from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.accounts import NetworkAccount
from munsocial.model.given import as_path, each_is, is_a, several
from munsocial.model.registry import Registry
from munsocial.network.adapter import Adapter
from munsocial.operate.answering.given_answers import GivenAnswers
from munsocial.operate.applying.deeds import DEEDS, REFER
from munsocial.operate.applying.looks import Scene, Seen, looked
from munsocial.operate.applying.made import Made
from munsocial.operate.applying.referrals import Referrals
from munsocial.operate.grounds import OWED
from munsocial.operate.plans.booked_plan import plan_in
from munsocial.operate.plans.plan import Plan, Step
from munsocial.wording import Lang, Text

__all__ = ["Checked", "Task", "TaskState", "check_tasks", "drop_task", "task_of", "tasks_of", "tell_done"]

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_MOST = 50 * MEGABYTE
_UNKNOWN = Text("такого открытого задания нет.", "there is no such open task.")
_LIST = Text("Список: munsocial tasks list РЕЕСТР", "See: munsocial tasks list REGISTRY")
_NO_NAME = Text("не указано, кто сделал.", "nobody is named who did it.")
_NAME = Text("Укажите --by.", "Give --by.")
_NO_REASON = Text("не указана причина.", "no reason is given.")
_REASON = Text("Укажите --note.", "Give --note.")
_NO_ADAPTER = Text("нет адаптера этой сети", "there is no adapter for this network")
_NO_ACCOUNT = Text("аккаунта больше нет в реестре", "the account is no longer in the register")
_STILL = Text(
    "сказано, что сделано, а чтение показывает прежнее", "stated as done, and reading shows it as it was"
)  # fmt: skip
_PLAN_GONE = Text("тексты плана удалены по сроку хранения", "the texts of the plan were forgotten on term")


class TaskState(StrEnum):
    """How far a task is."""

    OPEN = "open"
    STATED = "stated"  # a person says that it is done
    REOPENED = "reopened"  # a person said so, and reading showed otherwise
    CLOSED = "closed"  # reading showed that it is done, or a person said so where nothing can be read
    DROPPED = "dropped"  # a person decided that it will not be done


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do by hand: ``how`` is the instruction, ``since`` when it came up; of evidence names and digests."""

    plan: str
    step: Step
    how: Text
    since: datetime
    state: TaskState = TaskState.OPEN
    by: str = ""
    at: datetime | None = None
    note: str = ""
    evidence: tuple[Mapping[str, Any], ...] = ()
    why: Text | None = None

    @property
    def id(self) -> str:
        """Plan and step: what a task is called by."""
        return f"{self.plan}/{self.step.id}"

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        return self.step.say(lang)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check showed of a task."""

    task: Task
    seen: Seen
    why: Text | None = None


def tasks_of(journal: Journal, district: str | None = None) -> tuple[Task, ...]:
    """Return the tasks that wait, the oldest plan first.

    With ``district``, the id of a municipality, those of others that share the journal are left out; of a plan that was
    forgotten nobody knows whose it is.
    """
    book = StepBook(journal)
    return _tasks(book, book.waiting(["manual"]), _told(journal), district)


def _tasks(
    book: StepBook, waiting: Iterable[Booked], told: Mapping[tuple[str, str], dict[str, Any]], district: str | None
) -> tuple[Task, ...]:
    plan_named = cache(partial(plan_in, book))
    found = []
    for booked in waiting:
        plan = plan_named(booked.plan)
        if district is not None and plan is not None and plan.municipality != district:
            continue
        task = _task(booked, plan)
        found.append(replace(task, **told.get((booked.plan, booked.step), {})))
    return tuple(found)


def _task(booked: Booked, plan: Plan | None) -> Task:
    step = next((one for one in plan.steps if one.id == booked.step), None) if plan else None
    if step is None:
        step = Step(
            id=booked.step, key=booked.key, account="unknown", network="unknown", action="", ru=_PLAN_GONE.ru,
            en=_PLAN_GONE.en,
        )  # fmt: skip
    why = booked.result.get("why") or {}
    how = Text(why.get("ru", ""), why.get("en", ""))
    started = booked.started_at or (plan.made_at if plan else _LONG_AGO)
    return Task(booked.plan, step, how, started)


def _told(journal: Journal, plan: str | None = None) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what people and checks said last of tasks, of those of one ``plan`` if it is given."""
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in journal.entries(kind="task.*", subject=plan):
        name = entry.subject, entry.body["step"]
        if entry.kind == "task.done":
            told[name] = _stated(entry)
        elif entry.kind == "task.reopened":
            told[name] = {**told.get(name, {}), "state": TaskState.REOPENED, "at": entry.at, "why": _STILL}
    return told


def _stated(word: Entry) -> dict[str, Any]:
    """Return what the word of a person makes of a task."""
    return {
        "state": TaskState.STATED,
        "by": word.body["by"],
        "at": word.at,
        "note": (word.personal or {}).get("note", ""),
        "evidence": tuple(word.body.get("evidence", ())),
        "why": None,
    }


def task_of(journal: Journal, name: str, district: str | None = None) -> Task:
    """Return a waiting task by its id; the step alone will do where it is the only one of that name.

    ``district`` as in `tasks_of`.

    Raises:
        InputError: there is none, or more than one.
    """
    book, plan = StepBook(journal), name.rpartition("/")[0] or None
    like = [one for one in book.waiting(["manual"]) if name in (f"{one.plan}/{one.step}", one.step)]
    waiting = _tasks(book, like, _told(journal, plan), district)
    found = [one for one in waiting if one.id == name] or [one for one in waiting if one.step.id == name]
    if len(found) != 1:
        raise _unknown(name)
    return found[0]


def _unknown(name: str) -> InputError:
    return InputError(_UNKNOWN, where=name, remedy=_LIST)


def tell_done(
    journal: Journal,
    name: str,
    *,
    by: str,
    note: str = "",
    evidence: Iterable[Path] = (),
    district: str | None = None,
    write: bool = True,
) -> Task:
    """Note that a person did a task. Of files of evidence the name, size and digest are kept: keep the files yourself.

    ``district`` as in `tasks_of`. Without ``write`` it is only looked whether this could be noted.

    Raises:
        InputError: no such task, or nobody is named. FileRefused: a file of evidence cannot be read.
    """
    task = task_of(journal, name, district)
    is_a(str, by, "by")
    if not by.strip():
        raise InputError(_NO_NAME, where=name, remedy=_NAME)
    several(evidence, "evidence", '["act.pdf"]')
    proofs = [_proof(as_path(path, "evidence")) for path in evidence]
    body = {"step": task.step.id, "by": by, "evidence": proofs}
    if not write:
        return task
    said = Entry("task.done", task.plan, body, journal.clock(), {"note": note} if note else None)
    if task.step.action == REFER:
        also = _unless_said(task, said)
        if not StepBook(journal).tell(task.plan, task.step.id, "confirmed", {"by": by, "checked": "word"}, also=also):
            raise _unknown(name)
        return replace(task, **_stated(said) | {"state": TaskState.CLOSED})
    with journal.writing() as connection:
        task = task_of(journal, task.id)
        journal.append_in(connection, _unless_said(task, said))
    return task_of(journal, task.id)


def _unless_said(task: Task, word: Entry) -> tuple[Entry, ...]:
    """Return the word that a task was done; none when it stands there: a command that was killed is given again."""
    told = _stated(word)
    return () if all(getattr(task, name) == told[name] for name in ("state", "by", "note", "evidence")) else (word,)


def _proof(path: Path) -> dict[str, Any]:
    content = read_bytes(path, at_most=_MOST)
    return {"name": path.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def drop_task(
    journal: Journal, name: str, *, by: str, why: str, district: str | None = None, write: bool = True
) -> Task:
    """Decide that a task will not be done; the step ends as skipped, with the reason and who decided.

    ``district`` as in `tasks_of`.

    Raises:
        InputError: no such task, nobody named, or no reason.
    """
    task = task_of(journal, name, district)
    if not by.strip():
        raise InputError(_NO_NAME, where=name, remedy=_NAME)
    if not why.strip():
        raise InputError(_NO_REASON, where=name, remedy=_REASON)
    if not write:
        return task
    said = {"by": by, "why": {"ru": why, "en": why}}
    if not StepBook(journal).tell(task.plan, task.step.id, "skipped", said):
        raise _unknown(name)  # another program came first
    return replace(task, state=TaskState.DROPPED, by=by, note=why)


async def check_tasks(
    journal: Journal,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    only: Sequence[str] | None = None,
    write: bool = True,
) -> tuple[Checked, ...]:
    """Read back every waiting task: what stands is closed, what was stated and does not stand is opened again.

    The task to answer a removed comment is closed once the journal knows an answer.
    """
    if only is not None:
        only = each_is(str, only, "only", '["20261125-1"]')
    accounts: dict[str, NetworkAccount] = {one.id: one for one in (*registry.upstream, *registry.accounts)}
    book, district, checked = StepBook(journal), registry.municipality.id, list[Checked]()
    given, made, referrals = GivenAnswers(journal, district), Made(book, district), Referrals(book, district)
    for task in tasks_of(journal, district):
        if only is not None and task.id not in only:
            continue
        if task.step.action == REFER and task.step.ground == OWED and given.hold_for(task.step):
            seen, found, why = Seen.THERE, dict[str, Any](), None
        else:
            seen, found, why = await _look(task, accounts, adapters, now, made)
        after = _after(referrals, task, seen, found, now, journal=journal if write else None)
        checked.append(Checked(after, seen, why))
    return tuple(checked)


async def _look(
    task: Task, accounts: Mapping[str, NetworkAccount], adapters: Mapping[str, Adapter], now: datetime, made: Made
) -> tuple[Seen, dict[str, Any], Text | None]:
    step = task.step
    if step.account not in accounts:
        return Seen.UNCLEAR, {}, _NO_ACCOUNT
    if step.network not in adapters:
        return Seen.UNCLEAR, {}, _NO_ADAPTER
    under = accounts.get(step.params.get("under") or "")
    scene = Scene(
        adapter=adapters[step.network],
        account=accounts[step.account],
        step=step,
        key=step.key,
        started_at=task.since,
        now=now,
        under=under,
    )
    deed = DEEDS.get(step.action)
    seen, found, why = await looked(deed.look if deed else None, replace(scene, taken=made.on_page_of(scene)))
    return seen, made.placed(scene, found) if seen is Seen.THERE else {}, why


def _after(
    referrals: Referrals,
    task: Task,
    seen: Seen,
    found: Mapping[str, Any],
    now: datetime,
    *,
    journal: Journal | None,
) -> Task:
    """Return a task as reading leaves it; with a ``journal`` that is written there."""
    if seen is Seen.THERE:
        if journal:
            result = {**found, "by": task.by, "checked": "read"}
            referrals.confirm(task.plan, task.step, result, now, by=task.by)
        return replace(task, state=TaskState.CLOSED, at=now, why=None)
    if seen is Seen.NOT_THERE and task.state is TaskState.STATED:
        if journal:
            _reopen(journal, task)
        return replace(task, state=TaskState.REOPENED, at=now, why=_STILL)
    return task


def _reopen(journal: Journal, task: Task) -> None:
    """Write that a task is open again, unless another program, or a newer word, came first."""
    with journal.writing() as connection:
        known = _told(journal, task.plan).get((task.plan, task.step.id), {})
        if (known.get("state"), known.get("at")) == (TaskState.STATED, task.at):
            entry = Entry("task.reopened", task.plan, {"step": task.step.id}, journal.clock())
            journal.append_in(connection, [entry])

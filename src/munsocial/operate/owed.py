"""Answers that are owed although the comment that asked is gone: they wait as tasks, which no reading could show."""

from __future__ import annotations

from collections.abc import Iterator

from munsocial.journal.journal import Journal
from munsocial.model.snapshot import Snapshot
from munsocial.operate.deeds import REFER
from munsocial.operate.grounds import OWED
from munsocial.operate.tasks import Task, tasks_of

__all__ = ["owed_answers"]


def owed_answers(journal: Journal, snapshot: Snapshot) -> Iterator[Task]:
    """Give the tasks to answer what a removed comment asked; one whose comment still stands is seen as a question."""
    standing = {
        (view.account, one.id) for view in snapshot.accounts for one in view.comments.value or () if not one.deleted
    }
    for task in tasks_of(journal):
        step = task.step
        owed = step.action == REFER and step.ground == OWED
        if owed and (step.account, step.params.get("comment")) not in standing:
            yield task

"""Answers that are owed although the comment that asked is gone: they wait as tasks, which no reading could show."""

from __future__ import annotations

from collections.abc import Iterator

from munsocial.journal.journal import Journal
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.operate.answering.given_answers import GivenAnswers
from munsocial.operate.applying.deeds import REFER
from munsocial.operate.applying.tasks import Task, tasks_of
from munsocial.operate.grounds import OWED
from munsocial.operate.moderating.log import removed_in

__all__ = ["owed_answers"]


def owed_answers(journal: Journal, snapshot: Snapshot, district: str | None = None) -> Iterator[Task]:
    """Give the tasks to answer what a removed comment asked; one whose comment still stands is seen as a question.

    It is gone when the journal knows of its removal, or where all was read and it was not there; what the journal knows
    as answered is owed no more. ``district``, the id of a municipality, leaves out the tasks of others that share the
    journal.
    """
    owed = [one for one in tasks_of(journal, district) if one.step.action == REFER and one.step.ground == OWED]
    removed = removed_in(journal, district) if owed else frozenset()
    given = GivenAnswers(journal, district)
    for task in owed:
        if given.hold_for(task.step):
            continue
        account, item = task.step.account, task.step.params.get("comment", "")
        if (seen := snapshot.comment(account, item)) is not None:
            gone = seen.deleted
        else:
            view = snapshot.views.get(account)
            gone = (account, item) in removed or (view is not None and _is_missed(view, task, snapshot))
        if gone:
            yield task


def _is_missed(view: AccountView, task: Task, snapshot: Snapshot) -> bool:
    """Tell whether the comment would have been read if it stood: its post was seen, in its time, and nothing missed."""
    if view.comments.value is None or view.comments.gaps:
        return False
    posts = {one.id for one in view.posts.value or ()}
    asked_at = next((proof.at for proof in task.step.evidence), None)
    return task.step.params.get("post") in posts and asked_at is not None and asked_at >= snapshot.since

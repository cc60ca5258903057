"""Which citizens' questions were answered: by the journal in whatever place, by reading under the question itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.operate.answering.inbox import question_id
from munsocial.operate.answering.replies import OurReplies
from munsocial.operate.applying.digests import read_digest
from munsocial.operate.plans.plan import Step

__all__ = ["WRITTEN", "GivenAnswers", "SeenAnswers"]

WRITTEN = frozenset({"reply", "send_message", "publish"})
"""Actions by which a question is answered."""
_CLOCKS = timedelta(days=1)
"""By so much at most the clocks of a network and of ours differ."""


class _Given(NamedTuple):
    """An answer that the journal knows as given."""

    at: datetime
    action: str
    asked: str
    """The digest of what stood there then."""


class GivenAnswers:
    """The questions that the journal knows as answered, read when it is first asked.

    With ``district``, the id of a municipality, answers of others that share the journal are left out. ``since`` is
    when the first of the questions was asked: no older answer is read.
    """

    def __init__(self, journal: Journal, district: str | None = None, *, since: datetime | None = None) -> None:
        self._journal = journal
        self._district = district
        self._since = since - _CLOCKS if since else None

    def hold(self, account: str, post: str, item: str) -> bool:
        """Tell whether what a comment asked was answered: under it, privately, or by a post of one's own."""
        return question_id(account, post, item) in self._questions

    def hold_for(self, step: Step) -> bool:
        """Tell whether the question of a step about a comment was answered."""
        return self.hold(step.account, step.params.get("post", ""), step.params.get("comment", ""))

    def unseen(self, question: str, text: str, read: datetime, *, privately: bool) -> datetime | None:
        """Return when a question was answered, as it reads now, of which a reading shows no answer.

        What was given where it was asked before it was ``read`` is gone by now; elsewhere no reading would show it.
        """
        there, asked = "send_message" if privately else "reply", read_digest(text)
        given = (one for one in self._questions.get(question, ()) if one.asked == asked)
        return min((one.at for one in given if one.at > read or one.action != there), default=None)

    @cached_property
    def _questions(self) -> Mapping[str, Sequence[_Given]]:
        done: dict[str, dict[str, Entry]] = {}
        for entry in self._journal.entries(kind="step.confirmed", since=self._since):
            done.setdefault(entry.subject, {})[entry.body["step"]] = entry
        book, found, gone = StepBook(self._journal), list[tuple[str, str, str, _Given]](), set[tuple[str, str]]()
        for plan, ends in done.items():
            body = json.loads(book.plan_body(plan) or "{}")
            if self._district not in (None, body.get("municipality")):
                continue
            for step in body.get("steps", ()):
                if (end := ends.get(step["id"])) is None:
                    continue
                action, params = step["action"], step.get("params", {})
                if action == "delete_post":
                    gone.add((step["account"], params.get("post") or ""))
                elif action == "restore_post":
                    gone.discard((step["account"], params.get("post") or ""))
                elif action in WRITTEN and params.get("question"):
                    post = str(end.body.get("post") or "") if action == "publish" else ""
                    (proof, *_) = step.get("evidence") or [{}]
                    asked = read_digest(proof.get("text", ""))
                    found.append((params["question"], step["account"], post, _Given(end.at, action, asked)))
        questions: dict[str, list[_Given]] = {}
        for question, account, post, given in found:
            if (account, post) not in gone:
                questions.setdefault(question, []).append(given)
        return questions


class SeenAnswers:
    """The comments under which somebody of ours has answered, by a snapshot; an account is read when first asked of."""

    def __init__(self, snapshot: Snapshot, registry: Registry) -> None:
        self._views = snapshot.views
        self._replies = OurReplies(snapshot.identified(account) for account in registry.accounts)
        self._answered: dict[str, frozenset[str]] = {}

    def hold(self, account: str, item: str) -> bool:
        """Tell whether a comment was answered under it."""
        if account not in self._answered:
            view = self._views.get(account)
            self._answered[account] = frozenset(self._replies.in_view(view)) if view else frozenset()
        return item in self._answered[account]

"""Which citizens' questions were answered: by the journal in whatever place, by reading under the question itself."""

from __future__ import annotations

import json
from functools import cached_property

from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.operate.answering.inbox import question_id
from munsocial.operate.answering.replies import OurReplies
from munsocial.operate.plans.plan import Step

__all__ = ["WRITTEN", "GivenAnswers", "SeenAnswers"]

WRITTEN = frozenset({"reply", "send_message", "publish"})
"""Actions by which a question is answered."""


class GivenAnswers:
    """The questions that the journal knows as answered, read when it is first asked.

    With ``district``, the id of a municipality, answers of others that share the journal are left out.
    """

    def __init__(self, journal: Journal, district: str | None = None) -> None:
        self._journal = journal
        self._district = district

    def hold(self, account: str, post: str, item: str) -> bool:
        """Tell whether what a comment asked was answered: under it, privately, or by a post of one's own."""
        return question_id(account, post, item) in self._questions

    def hold_for(self, step: Step) -> bool:
        """Tell whether the question of a step about a comment was answered."""
        return self.hold(step.account, step.params.get("post", ""), step.params.get("comment", ""))

    @cached_property
    def _questions(self) -> frozenset[str]:
        book = StepBook(self._journal)
        done = {(one.plan, one.step) for one in book.waiting(("confirmed",))}
        found: set[str] = set()
        for plan in sorted({plan for plan, _ in done}):
            body = json.loads(book.plan_body(plan) or "{}")
            if self._district not in (None, body.get("municipality")):
                continue
            for step in body.get("steps", ()):
                if step["action"] in WRITTEN and (plan, step["id"]) in done:
                    found.add(step.get("params", {}).get("question") or "")
        return frozenset(found)


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

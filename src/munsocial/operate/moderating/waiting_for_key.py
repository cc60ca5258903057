"""Removals that wait for a key: refused for want of one, they are not planned anew while the same keys are at hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, cached_property

from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.network.adapter import Adapter
from munsocial.operate.applying.digests import read_digest
from munsocial.operate.applying.outcomes import why_of
from munsocial.operate.keys.at_hand import KEYS, keys_at_hand
from munsocial.operate.moderating.queue import Queued
from munsocial.operate.plans.booked_plan import plan_in
from munsocial.wording import Text

__all__ = ["WaitingForKey"]

_TRIED = timedelta(days=7)
"""After so long it is tried again all the same: a right that was given to the same key nobody sees from here."""


class WaitingForKey:
    """The removals that wait for a key by the journal, read when it is first asked.

    ``district``, the id of a municipality, leaves out those of others that share the journal.
    """

    def __init__(
        self, journal: Journal, adapters: Mapping[str, Adapter], now: datetime, district: str | None = None
    ) -> None:
        self._book = StepBook(journal)
        self._adapters = adapters
        self._since = now - _TRIED
        self._district = district

    def why(self, one: Queued) -> Text | None:
        """Return why a removal of a comment, as it reads now, was refused; None when it may be tried."""
        return self._known.get((one.account, one.comment.id, read_digest(one.comment.text)))

    @cached_property
    def _known(self) -> dict[tuple[str, str, str], Text]:
        found: dict[tuple[str, str, str], Text] = {}
        at_hand = cache(lambda network: keys_at_hand(self._adapters[network]))
        for booked in self._book.waiting(("planned",)):
            lately = booked.started_at is not None and booked.started_at > self._since
            why = why_of(booked.result) if lately and KEYS in booked.result else None
            plan = plan_in(self._book, booked.plan) if why else None
            if why is None or plan is None or self._district not in (None, plan.municipality):
                continue
            for step in plan.steps:
                if step.id != booked.step or step.network not in self._adapters:
                    continue
                if at_hand(step.network) != booked.result[KEYS]:
                    continue
                item = str(step.params.get("comment") or "")
                found.update({(step.account, item, read_digest(proof.text)): why for proof in step.evidence})
        return found

"""What both faces do without sending anything: plans, the inbox, estimates, and the journal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from munsocial.model.given import is_a
from munsocial.network.adapter import Adapter
from munsocial.operate.days import local_day
from munsocial.social.collecting import budget
from munsocial.social.link import Link
from munsocial.social.planning_comments import CommentPlans
from munsocial.social.planning_posts import PostPlans

if TYPE_CHECKING:
    from datetime import datetime

    from munsocial.journal.journal import Journal
    from munsocial.model.registry import Registry
    from munsocial.network.keyreport import KeyReport
    from munsocial.operate.collecting.budget import Budget
    from munsocial.operate.keys.keylacks import KeyLack
    from munsocial.operate.plans.plan import Plan

__all__ = ["Planning"]


class Planning(PostPlans, CommentPlans):
    """The base of both faces: nothing here leaves the computer."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def adapter(self, network: str) -> Adapter:
        """Return the adapter of a network of this district.

        Raises:
            UnknownNetwork: none is installed, or no account lies there.
        """
        is_a(str, network, "network")
        return self._link.adapter(network)

    @property
    def registry(self) -> Registry:
        """The register of this connection."""
        return self._link.registry

    def now(self) -> datetime:
        """Return the present moment of this connection, aware."""
        return self._link.clock()

    def budget(self, *, weeks: int = 4) -> Budget:
        """Estimate how many calls a collecting will take, without making any.

        Raises:
            InputError: ``weeks`` is no whole number, or none of 1 to 520.
        """
        return budget(self._link, weeks=weeks)

    def key_lacks(self, reports: Sequence[KeyReport]) -> tuple[KeyLack, ...]:
        """Say what each account cannot do with all its keys together, and for which clause; see `Social.check_keys`."""
        from munsocial.operate.keys.keylacks import key_lacks

        link = self._link
        today = local_day(link.clock(), link.registry)
        return key_lacks(link.registry, link.adapters, reports, link.acts(), on=today)

    def plan(self, place: str | Path) -> Plan:
        """Return a saved plan: from a file, or by its id from the journal.

        Raises:
            FileRefused: no such file and no such plan; it is no plan or is cut. PlanRefused: it was changed by hand.
            InputError: ``place`` is neither a text nor a path.
        """
        from munsocial.journal.stepbook import StepBook
        from munsocial.operate.plans.booked_plan import plan_in
        from munsocial.operate.plans.plan import load_plan

        journal = self._link.journal_there
        booked = plan_in(StepBook(journal), str(place)) if journal is not None else None
        return booked or load_plan(place)

    @property
    def journal(self) -> Journal:
        """The journal of this connection, opened on first use.

        Raises:
            JournalError: it cannot be opened.
        """
        return self._link.journal

"""Plans about publications, for both faces: one draft, a content plan, an emergency, a change; and the running week."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from munsocial.model.districts import same_district
from munsocial.model.given import each_is, is_a, whole
from munsocial.social.link import Link

if TYPE_CHECKING:
    from munsocial.model.content import Post
    from munsocial.model.snapshot import Observed, Snapshot
    from munsocial.network.drafts import Draft
    from munsocial.operate.applying.outbox import Waiting
    from munsocial.operate.plans.plan import Plan, PlanProblem
    from munsocial.operate.publishing.changes import Change
    from munsocial.operate.publishing.content_plan import ContentPlan
    from munsocial.operate.publishing.content_week import AccountWeek

__all__ = ["PostPlans", "plan_facts"]


_MOST_SIGNATURES = 100


def plan_facts(link: Link) -> dict[str, Any]:
    """Return what every plan is made from: register, adapters, present moment, acts."""
    return {"registry": link.registry, "adapters": link.adapters, "now": link.clock(), "acts": link.acts()}


def _told(made_by: str, signatures: int) -> dict[str, Any]:
    """Return what is told of a plan, looked at before anything is planned."""
    is_a(str, made_by, "made_by")
    whole(signatures, "signatures", most=_MOST_SIGNATURES)
    return {"made_by": made_by, "signatures": signatures}


class PostPlans:
    """Nothing here leaves the computer."""

    _link: Link

    def plan_publication(
        self,
        draft: Draft,
        *,
        to: Iterable[str],
        made_by: str = "",
        acknowledge: Iterable[str] = (),
        signatures: int = 0,
    ) -> Plan:
        """Plan a draft for accounts; ``problems`` of the plan tell per account what stands in the way.

        ``signatures`` is how many other persons must sign the plan before anything is published.

        Raises:
            DraftRefused: an unknown account, or nowhere to publish. InputError: ``to`` is no list, ``draft`` no draft.
        """
        from munsocial.network.drafts import Draft
        from munsocial.operate.publishing.publication import plan_publication

        is_a(Draft, draft, "draft")
        names = each_is(str, to, "to", '["grivenskoye-vk"]')
        facts: dict[str, Any] = {**_told(made_by, signatures), "acknowledge": acknowledge}
        known = (*self._under_way(draft, names), *self._without_adapter(names))
        return plan_publication(draft, names, known=known, **facts, **plan_facts(self._link))

    def plan_emergency(
        self,
        draft: Draft,
        *,
        snapshot: Snapshot | None = None,
        made_by: str = "",
        acknowledge: Iterable[str] = (),
        signatures: int = 0,
    ) -> Plan:
        """Plan one warning to every living account, those with most readers (seen in ``snapshot``) first.

        ``signatures`` is how many other persons must sign it: none unless asked for.

        Raises:
            DraftRefused: nowhere to publish. SnapshotRefused: the snapshot is of another district. InputError:
                ``draft`` is no draft.
        """
        from munsocial.network.drafts import Draft
        from munsocial.operate.publishing.emergency import plan_emergency, reach_of

        is_a(Draft, draft, "draft")
        if snapshot is not None:
            same_district(self._link.registry, snapshot)
        facts: dict[str, Any] = {**_told(made_by, signatures), "acknowledge": acknowledge}
        facts["reach"] = reach_of(snapshot) if snapshot else None
        names = [one.id for one in self._link.registry.accounts]
        facts["known"] = (*self._under_way(draft, names, urgent=True), *self._without_adapter(names))
        return plan_emergency(draft, **facts, **plan_facts(self._link))

    def _under_way(self, draft: Draft, accounts: Collection[str], *, urgent: bool = False) -> tuple[PlanProblem, ...]:
        from munsocial.operate.applying.underway import under_way

        link = self._link
        journal = link.journal_there
        if journal is None:
            return ()
        return tuple(under_way(journal, draft, accounts, link.clock(), link.district, urgent=urgent))

    def _without_adapter(self, accounts: Collection[str]) -> Iterator[PlanProblem]:
        """Say of accounts whose network has no adapter what broke."""
        from munsocial.operate.plans.plan import PlanProblem

        known = self._link.registry.account_by_id
        for name in accounts:
            if name in known and (why := self._link.lacking.get(known[name].network)):
                yield PlanProblem.of(name, "error", why)

    def plan_content(self, content: ContentPlan, *, made_by: str = "", signatures: int = 0) -> Plan:
        """Plan everything of a content plan that is ready and was not planned before."""
        from munsocial.operate.applying.outbox import planned_keys
        from munsocial.operate.publishing.content_week import plan_content

        journal = self._link.journal_there
        known = planned_keys(journal) if journal else {}
        facts: dict[str, Any] = {**_told(made_by, signatures), "known": known}
        facts["under_way"] = self._under_way
        return plan_content(content, **facts, **plan_facts(self._link))

    def plan_change(
        self,
        change: Change,
        account: str,
        post: str,
        *,
        draft: Draft | None = None,
        snapshot: Snapshot | None = None,
        found: Observed[Post] | None = None,
        made_by: str = "",
        signatures: int = 0,
    ) -> Plan:
        """Plan to edit, delete, restore or pin one post, or to close its comments.

        ``found`` is the post as `read_post` saw it just now: what is not there is refused.

        Raises:
            InputError: an unknown change or account, an edit with no draft, or another district's snapshot.
        """
        from munsocial.model.snapshot import Observed
        from munsocial.network.drafts import Draft
        from munsocial.operate.publishing.changes import plan_change
        from munsocial.operate.publishing.published import edited_since

        if draft is not None:
            is_a(Draft, draft, "draft")
        if found is not None:
            is_a(Observed, found, "found")
        if snapshot is not None:
            same_district(self._link.registry, snapshot)
        journal = self._link.journal_there
        facts: dict[str, Any] = {"draft": draft, "snapshot": snapshot, "found": found}
        facts |= _told(made_by, signatures)
        if snapshot is not None and journal is not None:
            facts["edited"] = edited_since(journal, account, post, snapshot.taken_at, self._link.district)
        return plan_change(change, account, post, **facts, **plan_facts(self._link))

    def week(self, snapshot: Snapshot, *, content: ContentPlan | None = None) -> tuple[AccountWeek, ...]:
        """Return what each account lacks until Sunday, those furthest behind first.

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.applying.outbox import planned_keys
        from munsocial.operate.publishing.content_week import week_of

        same_district(self._link.registry, snapshot)
        link = self._link
        journal = link.journal_there
        known = {key for key, one in planned_keys(journal).items() if one.state != "left"} if journal else ()
        facts: dict[str, Any] = {"content": content, "outbox": [one.step for one in self.waiting()], "known": known}
        return week_of(link.registry, snapshot, now=link.clock(), acts=link.acts(), **facts)

    def waiting(self) -> tuple[Waiting, ...]:
        """Return what waits in the outbox, the earliest first."""
        from munsocial.operate.applying.outbox import waiting_in

        journal = self._link.journal_there
        return waiting_in(journal, self._link.clock(), self._link.district) if journal else ()

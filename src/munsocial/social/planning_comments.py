"""Plans about comments, questions and bans, for both faces; shadow mode, replay, and the report of moderation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from munsocial.model.districts import same_district
from munsocial.model.given import is_a
from munsocial.social.link import Link
from munsocial.social.planning_posts import plan_facts

if TYPE_CHECKING:
    from datetime import datetime

    from munsocial.journal.journal import Journal
    from munsocial.model.registry import Registry
    from munsocial.model.snapshot import Snapshot
    from munsocial.model.statements import Removal
    from munsocial.operate.answering.answers import Place
    from munsocial.operate.answering.given_answers import GivenAnswers
    from munsocial.operate.answering.inbox import Question
    from munsocial.operate.answering.templates import Template
    from munsocial.operate.applying.tasks import Task
    from munsocial.operate.moderating.log import Logged
    from munsocial.operate.moderating.moderation import Settings
    from munsocial.operate.moderating.replay import Replay
    from munsocial.operate.moderating.report import AccountModeration
    from munsocial.operate.moderating.shadow import ShadowRun, ShadowSums
    from munsocial.operate.plans.plan import Plan, PlanProblem
    from munsocial.operate.publishing.links import MissingLink

__all__ = ["CommentPlans"]


class CommentPlans:
    """Nothing here leaves the computer; decisions are written to the journal where a method says so."""

    _link: Link

    def plan_moderation(
        self,
        snapshot: Snapshot,
        *,
        settings: Settings | None = None,
        made_by: str = "",
        acknowledge: Iterable[str] = (),
    ) -> Plan:
        """Plan removals of comments with ground, clause and evidence; nothing is done yet.

        What only a person can decide stands among the plan's ``problems``; what a person has decided is left alone.
        ``acknowledge`` names networks restricted by law in which you act all the same; others are left out and told.

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.moderating.log import alone_since
        from munsocial.operate.moderating.moderation import plan_moderation
        from munsocial.operate.moderating.settled import settled_in
        from munsocial.operate.moderating.waiting_for_key import WaitingForKey

        same_district(self._link.registry, snapshot)
        known: dict[str, Any] = {"acknowledge": acknowledge}
        if (journal := self._link.journal_there) is not None:
            facts = self._link.adapters, self._link.clock(), self._link.district
            known |= {
                "settled": settled_in(journal, district=self._link.district),
                "done_alone": alone_since(journal, self._link.clock(), district=self._link.district),
                "given": _given(self._link, snapshot),
                "keyless": WaitingForKey(journal, *facts),
            }
        return plan_moderation(snapshot, settings=settings, made_by=made_by, **known, **plan_facts(self._link))

    def plan_comment_removal(
        self,
        snapshot: Snapshot,
        account: str,
        comment: str,
        ground: str,
        *,
        why: str,
        made_by: str,
        settings: Settings | None = None,
        acknowledge: Iterable[str] = (),
    ) -> Plan:
        """Plan the removal of one comment that a person decided on, as of a threat that was handed to a person.

        ``ground`` is a code or its name; evidence and signatures are as in `plan_moderation`.

        Raises:
            InputError: no such ground, a comment that was not read, no reason, or nobody named.
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.moderating.removal_by_person import plan_comment_removal

        same_district(self._link.registry, snapshot)
        facts: dict[str, Any] = {"settings": settings, "acknowledge": acknowledge, **plan_facts(self._link)}
        facts["given"] = _given(self._link, snapshot)
        return plan_comment_removal(snapshot, account, comment, ground, why=why, made_by=made_by, **facts)

    def leave_comment(
        self, account: str, comment: str, *, by: str, why: str, text: str | None, write: bool = True
    ) -> None:
        """Write down that a person decided to leave a comment: as it reads, it is not proposed again.

        ``text`` is what the person decided on: once its author changes it, the comment is looked at anew. None lets the
        decision hold whatever it says. Unless ``write`` it is only looked whether this could be noted.

        Raises:
            InputError: an account that the register does not know, nobody named, or no reason.
        """
        from munsocial.operate.moderating.settled import leave_comment

        journal = self._link.journal if write else self._link.journal_there
        leave_comment(journal, self._link.registry, account, comment, by=by, why=why, text=text, write=write)

    def shadow(self, snapshot: Snapshot, *, settings: Settings | None = None, write: bool = True) -> ShadowRun:
        """Moderate in the shadow: write to the journal what would have been done, and do nothing else.

        Unless ``write`` not even that.

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.network.abilities import Ability, How
        from munsocial.operate.moderating.shadow import shadow_pass

        same_district(self._link.registry, snapshot)
        link = self._link
        hides = {
            name for name, one in link.adapters.items() if one.capabilities.of(Ability.HIDE_COMMENT).how is How.NATIVE
        }
        facts: dict[str, Any] = {"settings": settings, "acts": link.acts(), "hides": frozenset(hides)}
        journal = link.journal if write else link.journal_there
        return shadow_pass(journal, snapshot, link.registry, write=write, **facts)

    def shadow_sums(self) -> tuple[ShadowSums, ...]:
        """Return over all passes what the shadow proposed and what people did about it, by ground."""
        from munsocial.operate.moderating.shadow import shadow_sums

        return shadow_sums(self._link.journal_there, self._link.district)

    def replay(self, after: Settings, *, before: Settings | None = None, comments: Snapshot | None = None) -> Replay:
        """Read the comments of the journal (or of a snapshot) with other settings, and return what would change.

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.moderating.moderation import Settings as Known
        from munsocial.operate.moderating.replay import replay
        from munsocial.operate.moderating.shadow import comments_in

        link = self._link
        is_a(Known, after, "after")
        if comments is not None:
            same_district(link.registry, comments)
        given = comments or comments_in(link.journal_there, link.clock(), link.district)
        return replay(given, link.registry, before=before or Known(), after=after, acts=link.acts())

    def moderation_report(
        self,
        snapshot: Snapshot | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        settings: Settings | None = None,
    ) -> tuple[AccountModeration, ...]:
        """Return for each account what came, what was done, by whom, and how fast.

        Raises:
            SnapshotRefused: it is of another district. NaiveTime: a bound is a day, or has no zone.
        """
        from munsocial.operate.moderating.report import moderation_report

        if snapshot is not None:
            same_district(self._link.registry, snapshot)
        link = self._link
        return moderation_report(
            link.registry,
            snapshot=snapshot,
            journal=link.journal_there,
            since=since,
            until=until,
            settings=settings,
            acts=link.acts(),
        )

    def plan_bans(
        self,
        *,
        settings: Settings | None = None,
        snapshot: Snapshot | None = None,
        only: Iterable[tuple[str, str]] | None = None,
        made_by: str = "",
        acknowledge: Iterable[str] = (),
    ) -> Plan:
        """Plan bans of authors whose comments were removed on record; each wants a second person's signature.

        What an earlier ban was for counts no more. ``snapshot`` shows the black lists: a ban that is in them no longer
        is over; without it the journal's word holds. ``only`` names (account, author) for which a person wants a ban
        after one logged removal already.

        Raises:
            SnapshotRefused: the snapshot is of another district.
        """
        from munsocial.operate.moderating.bans import bans_of, plan_bans
        from munsocial.operate.moderating.log import logged

        link = self._link
        if snapshot is not None:
            same_district(link.registry, snapshot)
        journal = link.journal_there
        deeds = tuple(logged(journal, link.district)) if journal else ()
        removals = _removals(link.registry, journal, deeds)
        banned = tuple(bans_of(journal, deeds, district=link.district)) if journal else ()
        facts: dict[str, Any] = {"settings": settings, "made_by": made_by, "banned": banned, "only": only}
        facts |= {"acknowledge": acknowledge, "seen": snapshot}
        return plan_bans(removals, **facts, **plan_facts(link))

    def plan_unbans(self, *, made_by: str = "", acknowledge: Iterable[str] = ()) -> Plan:
        """Plan the end of bans whose term is over."""
        from munsocial.operate.moderating.bans import plan_unbans

        link = self._link
        facts: dict[str, Any] = {"made_by": made_by, "acknowledge": acknowledge, "now": link.clock()}
        return plan_unbans(link.journal_there, registry=link.registry, adapters=link.adapters, **facts)

    def import_bans(self, snapshot: Snapshot, *, write: bool = True) -> tuple[PlanProblem, ...]:
        """Write bans made by hand in the networks to the journal, as ungrounded; say what to do about each.

        Unless ``write`` nothing is written.

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.moderating.bans import import_bans
        from munsocial.operate.moderating.log import logged

        same_district(self._link.registry, snapshot)
        journal = self._link.journal if write else self._link.journal_there
        banned = any(view.bans.value for view in snapshot.accounts)
        deeds = tuple(logged(journal, self._link.district)) if journal and banned else ()
        removals = (*_removals(self._link.registry, journal, deeds), *snapshot.removals)
        return import_bans(snapshot, journal, removals=removals, write=write, deeds=deeds)

    def inbox(self, snapshot: Snapshot) -> tuple[Question, ...]:
        """Return the questions seen in own and upstream accounts: open ones first, the urgent and the nearest first.

        Deadlines come from the terms of the district's acts. What the journal knows as answered since, or where no
        reading shows it, waits no more.

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.answering.inbox import inbox_of

        same_district(self._link.registry, snapshot)
        given = _given(self._link, snapshot)
        return inbox_of(snapshot, self._link.registry, acts=self._link.acts(), given=given)

    def owed_answers(self, snapshot: Snapshot) -> tuple[Task, ...]:
        """Return the answers owed to comments that asked and were removed: tasks, closed by `Social.tell_done`.

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.answering.owed import owed_answers

        same_district(self._link.registry, snapshot)
        journal = self._link.journal_there
        return tuple(owed_answers(journal, snapshot, self._link.district)) if journal else ()

    def with_inquiries(self, snapshot: Snapshot) -> Snapshot:
        """Return the snapshot with its questions as messages on their way: what ``reply.deadline`` is judged by.

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.answering.inbox import inbox_of, inquiries_of

        same_district(self._link.registry, snapshot)
        found = inquiries_of(inbox_of(snapshot, self._link.registry, acts=self._link.acts()))
        return snapshot.model_copy(update={"inquiries": (*snapshot.inquiries, *found)})

    def plan_answer(
        self,
        question: Question,
        text: str,
        *,
        account: str | None = None,
        made_by: str = "",
        place: Place = "auto",
        also: Iterable[Question] = (),
        acknowledge: Iterable[str] = (),
    ) -> Plan:
        """Plan an answer: in place where the network lets us, else as a post of one's own with a reference.

        ``also`` are other questions that the same words answer. ``acknowledge`` names networks restricted by law in
        which you act all the same; an answer in another one is left out and told.

        Raises:
            InputError: the text is empty, the body has no account to answer from, or there is no such ``place``.
        """
        from munsocial.operate.answering.answers import plan_answer

        facts: dict[str, Any] = {"account": account, "made_by": made_by, "place": place, "also": also}
        facts |= {"journal": self._link.journal_there, "acknowledge": acknowledge}
        return plan_answer(question, text, **facts, **plan_facts(self._link))

    def plan_answers(
        self,
        questions: Iterable[Question],
        templates: Mapping[str, Template],
        *,
        template: str = "",
        account: str | None = None,
        made_by: str = "",
        place: Place = "auto",
        acknowledge: Iterable[str] = (),
    ) -> Plan:
        """Plan answers to many questions from templates; what fails is told among the problems and the rest goes on.

        Raises:
            InputError: there is no such ``place``.
        """
        from munsocial.operate.answering.answers import plan_answers

        facts: dict[str, Any] = {"template": template, "account": account, "made_by": made_by, "place": place}
        facts |= {"journal": self._link.journal_there, "acknowledge": acknowledge}
        return plan_answers(questions, templates, **facts, **plan_facts(self._link))

    def missing_links(self, snapshot: Snapshot) -> tuple[MissingLink, ...]:
        """Return which own accounts do not lead to which accounts above (clause 10).

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.publishing.links import missing_links

        same_district(self._link.registry, snapshot)
        return missing_links(snapshot, self._link.registry, self._link.acts(), now=self._link.clock())

    def plan_links(self, snapshot: Snapshot, *, made_by: str = "", acknowledge: Iterable[str] = ()) -> Plan:
        """Plan to add the missing links to accounts above, or the subscription of a profile.

        Raises:
            SnapshotRefused: it is of another district.
        """
        from munsocial.operate.publishing.links import plan_links

        same_district(self._link.registry, snapshot)
        return plan_links(snapshot, made_by=made_by, acknowledge=acknowledge, **plan_facts(self._link))


def _removals(
    registry: Registry, journal: Journal | None, deeds: Iterable[Logged] | None = None
) -> tuple[Removal, ...]:
    """Return the removals on record: those of the register and of the journal, whose ``deeds`` may be read already."""
    from munsocial.operate.moderating.log import logged, removals_of

    if journal is None:
        return registry.removals
    found = logged(journal, registry.municipality.id) if deeds is None else deeds
    return (*registry.removals, *removals_of(journal, found))


def _given(link: Link, snapshot: Snapshot) -> GivenAnswers | None:
    """Return what the journal knows of answers to what a snapshot shows."""
    from munsocial.operate.answering.given_answers import GivenAnswers

    views = (*snapshot.accounts, *snapshot.upstream)
    written = [one.at for view in views for one in view.comments.value or ()]
    written += [one.at for view in views for one in view.messages.value or ()]
    if not written or (journal := link.journal_there) is None:
        return None
    return GivenAnswers(journal, link.district, since=min(written))

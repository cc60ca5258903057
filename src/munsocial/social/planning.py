"""What both faces do without sending anything: plans, the inbox, estimates, and the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from munsocial.network.adapter import Adapter
from munsocial.social.link import Link

if TYPE_CHECKING:
    from datetime import datetime

    from munsocial.journal.journal import Journal
    from munsocial.model.snapshot import Snapshot
    from munsocial.network.drafts import Draft
    from munsocial.operate.answer_templates import Template
    from munsocial.operate.answers import Place
    from munsocial.operate.budget import Budget
    from munsocial.operate.inbox import Question
    from munsocial.operate.moderation import Settings
    from munsocial.operate.plan import Plan

__all__ = ["Planning"]


def _known(link: Link) -> dict[str, Any]:
    """Return what the journal knows of moderation; a journal that is not there yet is not made for that."""
    from munsocial.operate.moderation_log import alone_since, settled_items

    journal = link.journal_there
    if journal is None:
        return {}
    return {"settled": settled_items(journal), "done_alone": alone_since(journal, link.clock())}


class Planning:
    """The base of both faces: nothing here leaves the computer."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def adapter(self, network: str) -> Adapter:
        """Return the adapter of a network of this district.

        Raises:
            UnknownNetwork: none is installed, or no account lies there.
        """
        return self._link.adapter(network)

    def now(self) -> datetime:
        """Return the present moment of this connection, aware."""
        return self._link.clock()

    def budget(self, *, weeks: int = 4) -> Budget:
        """Estimate how many calls a collecting will take, without making any."""
        return self._link.budget(weeks=weeks)

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
            DraftRefused: an unknown account, or nowhere to publish.
        """
        from munsocial.operate.publication import plan_publication

        link = self._link
        return plan_publication(
            draft,
            to,
            registry=link.registry,
            adapters=link.adapters,
            now=link.clock(),
            made_by=made_by,
            acknowledge=acknowledge,
            acts=link.acts(),
            signatures=signatures,
        )

    def plan_moderation(self, snapshot: Snapshot, *, settings: Settings | None = None, made_by: str = "") -> Plan:
        """Plan removals of comments with ground, clause and evidence; nothing is done yet.

        What only a person can decide stands among the plan's ``problems``.
        """
        from munsocial.operate.moderation import plan_moderation

        link = self._link
        return plan_moderation(
            snapshot,
            registry=link.registry,
            adapters=link.adapters,
            now=link.clock(),
            settings=settings,
            acts=link.acts(),
            made_by=made_by,
            **_known(link),
        )

    def inbox(self, snapshot: Snapshot) -> tuple[Question, ...]:
        """Return the questions seen in own and upstream accounts: open ones first, the urgent and the nearest first.

        Deadlines come from the terms of the district's acts.
        """
        from munsocial.operate.inbox import inbox_of

        return inbox_of(snapshot, self._link.registry, acts=self._link.acts())

    def plan_answer(
        self,
        question: Question,
        text: str,
        *,
        account: str | None = None,
        made_by: str = "",
        place: Place = "auto",
    ) -> Plan:
        """Plan an answer: in place where the network lets us, else as a post of one's own with a reference.

        Raises:
            InputError: the text is empty, or the body has no account to answer from.
        """
        from munsocial.operate.answers import plan_answer

        return plan_answer(question, text, account=account, made_by=made_by, place=place, **self._facts())

    def plan_answers(
        self,
        questions: Iterable[Question],
        templates: Mapping[str, Template],
        *,
        template: str = "",
        account: str | None = None,
        made_by: str = "",
    ) -> Plan:
        """Plan answers to many questions from templates; what fails is told among the problems and the rest goes on."""
        from munsocial.operate.answers import plan_answers

        return plan_answers(questions, templates, template=template, account=account, made_by=made_by, **self._facts())

    def _facts(self) -> dict[str, Any]:
        link = self._link
        return {"registry": link.registry, "adapters": link.adapters, "now": link.clock(), "acts": link.acts()}

    @property
    def journal(self) -> Journal:
        """The journal of this connection, opened on first use.

        Raises:
            JournalError: it cannot be opened.
        """
        return self._link.journal

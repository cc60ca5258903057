"""What people state or decide about duties: attestations, waivers, recommendations, exempt periods, logs by hand."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from munsocial.model.base import Id, Line, Moment, OpenWord, Record

__all__ = ["Attestation", "ExemptPeriod", "Inquiry", "Recommendation", "Removal", "Removed", "Waiver"]


class Attestation(Record):
    """A person states a fact that no API shows; good until ``valid_until`` or as long as the act allows."""

    statement: OpenWord
    """Open word that requirements refer to, e.g. ``account.bound_phone``, ``policy.alignment``."""
    subject: Id
    """Id of a body or account, or of the municipality."""
    by: Id
    date: dt.date
    valid_until: dt.date | None = None
    holds: bool = True
    """False: the person states that the fact does not hold."""
    note: str = ""


class Waiver(Record):
    """An excuse for one requirement and one subject; what it excuses is still checked and shown."""

    requirement: str
    """``act-id#requirement-id``, or ``requirement-id`` for any act of the stack."""
    subject: Id
    reason: Line
    approver: Id
    last_day: dt.date
    since: dt.date | None = None


class Recommendation(Record):
    """A recommendation received from above (clause 4): carried out, or refused with a reason."""

    id: Id
    from_whom: Line
    date: dt.date
    number: str = ""
    summary: Line
    valid_until: dt.date | None = None
    """Last day on which it holds; after it no reaction is owed."""
    accounts: tuple[Id, ...] = ()
    done: dt.date | None = None
    refused: dt.date | None = None
    reason: str = ""


class ExemptPeriod(Record):
    """Days on which a duty of one subject rests, with a reason: holidays, reorganisation, no connection."""

    subject: Id
    since: dt.date
    until: dt.date
    reason: Line
    kinds: tuple[str, ...] = ("posting.frequency",)


class Removed(StrEnum):
    """What was removed: networks number comments and messages apart, so that one number may be both."""

    COMMENT = "comment"
    MESSAGE = "message"


class Removal(Record):
    """One removed comment or message, kept by hand or by the journal: without it a ban has no ground."""

    account: Id
    item: str
    """Id of the comment or message in its network."""
    at: Moment
    ground: OpenWord
    """Code or name of the ground, several by comma: ``obscenity``, ``insult``, ``spam``, ``threat``, ``extremism``,
    ``drugs``, ``personal_data``, ``law_violation``, ``external_links``, ``flood``, ``off_topic``; the act's own words
    do too. Other words are for a person to judge; criticism is no ground."""
    kind: Removed | None = None
    """Left out: not noted; then the author or the text has to tell which thing of that number is meant."""
    clause: str = ""
    """Clause of the act that names the ground, e.g. ``9.3``; it tells where the words do not."""
    by: Id | None = None
    author_id: str = ""
    text: str = ""
    url: str = ""
    restored_at: Moment | None = None


class Inquiry(Record):
    """A citizen's question or message on its way to an answer; moments that nobody noted are None."""

    id: str
    body: Id | None = None
    account: Id | None = None
    """Account or upstream account where it was asked."""
    item: str = ""
    """Number of the comment. Networks number them per wall: give ``account``, or else ``url`` or ``asked_at``, too."""
    asked_at: Moment | None = None
    detected_at: Moment | None = None
    assigned_at: Moment | None = None
    registered_at: Moment | None = None
    """Registered as a citizen's appeal under 59-FZ."""
    interim_at: Moment | None = None
    answered_at: Moment | None = None
    answer: str = ""
    answer_has: tuple[OpenWord, ...] = ()
    """What the answer contains, in the words of the act: ``measures_taken``, ..."""
    priority: OpenWord = "normal"
    appeal: bool = False
    within_competence: bool | None = None
    significant: tuple[OpenWord, ...] = ()
    """Marks that call for a report to a superior: ``socially_significant``, ..."""
    escalated_at: Moment | None = None
    escalated_to: str = ""
    forwarded_at: Moment | None = None
    url: str = ""

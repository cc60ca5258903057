"""Parameters of what is published, moderated, answered and reported."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from munsocial.model.bodies import Zone
from munsocial.model.checking.mistakes import unfit
from munsocial.policy.params.base import (
    Comparator,
    Count,
    GoodFor,
    Params,
    SomeWords,
    Told,
    Unit,
    Word,
    Words,
    together,
)
from munsocial.wording import Text

__all__ = [
    "AppealBoundary",
    "Attested",
    "ModerationDuty",
    "ModerationGrounds",
    "ModerationSanctions",
    "PeriodicReporting",
    "PostingFormats",
    "PostingFrequency",
    "PostingStyle",
    "PostingTopics",
    "ProtectCriticism",
    "ReplyContent",
    "ReplyDeadline",
    "ReplyEscalation",
    "ReplyRouting",
    "ReplyUpstream",
    "RepostSource",
    "SubscriptionUpstream",
]


class PostingFrequency(Params):
    """So many publications in a period."""

    min: Count | None = None
    """How many; nothing makes the answer unknown."""
    comparator: Comparator = "ge"
    period: Literal["day", "week", "month"] = "week"
    window: Literal["calendar", "calendar_iso", "rolling", "rolling_7d"] = "calendar"
    """Whole days, weeks from Monday and months, or the days up to the moment of judgement."""
    scope: Literal["per_account", "per_network", "per_body"] = "per_account"
    """Count each account, or all accounts of a body (in one network) together."""
    topics: Words | None = None
    """A post tagged ``other`` by a person does not count, unless it is named here."""
    by_category: dict[str, Count | None] | None = None
    """Category of the account to its own minimum."""
    timezone: Zone | None = None
    """Where days are cut; else by the municipality."""
    count_reposts: bool = True
    count_stories: bool = False
    count_guest_posts: bool = False
    count_deleted: bool = False
    dedupe_within_account: bool = True
    """A text of 40 letters or more counts once in a period."""
    threads_as_one: bool = True
    """A chain of posts counts as one."""


class PostingTopics(Params):
    """Publications serve the named purposes. A text suggests, a person's tag decides."""

    topics: SomeWords
    """Purposes, each of which should occur."""
    silence_days: Count = 14
    """Derived warning: nothing published for so many days."""
    valid_days: GoodFor = 365


class PostingFormats(Params):
    """Various formats are used."""

    allowed: Words = ()
    """Formats that count."""
    min_distinct: Count | None = None
    """How many of them at least; nothing: any."""


class PostingStyle(Params):
    """How publications read."""

    style: str | None = None
    """The manner wanted; only ``written_colloquial`` can be read from texts."""
    avoid: Words = ()
    """What should not be found."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.style and not self.avoid:
            raise unfit(
                "style",
                Text("не сказано, какого стиля требует акт.", "it is not said which style the act asks for."),
                Text("Укажите style или avoid.", "Give style or avoid."),
            )
        return self


class RepostSource(Params):
    """No reposts from big pages that are not in the public list."""

    forbid_unregistered_over: Count = 10_000
    """Subscribers of such a page."""


class ModerationDuty(Params):
    """Somebody is there to moderate."""

    by: str | None = None
    """Who it is."""
    objects: SomeWords = ("comments",)
    """What is moderated."""


class ModerationGrounds(Params):
    """What is subject to removal is removed. A text only suspects; a person decides on law and insults."""

    grounds: Words
    """Grounds of removal; none (the act's list is not at hand) makes the answer unknown."""
    objects: SomeWords = ("comments",)
    """Where to look."""
    action: Annotated[str, Told] = "delete"
    """What is to be done."""
    open_list: Annotated[bool, Told] = False
    """The act's list of grounds is not closed."""
    within_hours: Count | None = None
    """The act's own term for removal, if it has one."""


class ModerationSanctions(Params):
    """Every ban has a recorded removal behind it, by a ground of the act."""

    ladder: Annotated[Words, Told] = ()
    """Steps in their order."""
    by_network_rules: Annotated[bool | None, Told] = None
    """The act refers to the network's rules."""
    terms: Words = ()
    """Lengths of bans that the act knows; without ``forever`` a ban for good is remarked."""
    discretion: Annotated[bool | None, Told] = None
    """A ban may be, not must be."""


class ProtectCriticism(Params):
    """Nothing is removed and nobody banned without a closed ground."""

    exceptions: Words = ()
    """The grounds that are closed."""


class ReplyDeadline(Params):
    """Answers are given in a term."""

    limit: Count | None = None
    """The term; nothing makes the answer unknown."""
    unit: Unit | None = None
    priority: str = "any"
    """Only messages of this priority."""
    start: Literal["asked", "detected", "assigned", "registered"] = "detected"
    """From which moment the term runs."""
    interim_allowed: bool = False
    """A first answer keeps the term, the final one has its own. Without ``limit`` it holds for the terms of the act."""
    final_limit: Count | None = None
    final_unit: Unit | None = None
    applies_when: str | None = None
    """``appeal_under_59_fz``: only messages that are appeals."""

    @model_validator(mode="after")
    def _whole_terms(self) -> Self:
        together(self.limit, self.unit, "unit")
        together(self.final_limit, self.final_unit, "final_unit")
        if self.final_limit is not None and not self.interim_allowed:
            raise unfit(
                "final_limit",
                Text("второй срок есть, а первого ответа нет.", "a second term, but no first answer."),
                Text("Добавьте interim_allowed = true.", "Add interim_allowed = true."),
            )
        return self


class ReplyRouting(Params):
    """Messages are passed on in a term, from their detection."""

    limit: Count | None = None
    unit: Unit | None = None
    role: Annotated[str | None, Told] = None
    """Who passes on."""

    @model_validator(mode="after")
    def _whole_term(self) -> Self:
        together(self.limit, self.unit, "unit")
        return self


class ReplyContent(Params):
    """An answer holds what it must, by what is recorded of it."""

    must_have: SomeWords
    """Its parts; one that begins with ``or_`` stands for all the rest."""
    format: Annotated[str | None, Told] = None


class ReplyUpstream(Params):
    """Questions in the accounts above are answered."""

    upstream: SomeWords
    """Roles of the accounts above."""
    within_competence: Annotated[bool, Told] = True
    """Only questions routed to the body are counted in any case."""
    accept: SomeWords = ("reply_in_place", "own_post_with_reference")
    """What counts as an answer."""


class AppealBoundary(Params):
    """Appeals are registered, ordinary messages are not."""

    appeals_law_applies: bool
    """Whether the act puts messages under the law on appeals."""


class ReplyEscalation(Params):
    """Important messages are reported to a superior."""

    to: str | None = None
    """To whom."""
    when: Words = ()
    """Marks of messages that matter; empty: any mark."""


class SubscriptionUpstream(Params):
    """The page follows the accounts above."""

    upstream: SomeWords
    """Roles of the accounts above."""
    accept: SomeWords = ("subscription", "link", "owner_profile_subscription", "attestation")
    """What counts as following."""
    valid_days: GoodFor = 365


class PeriodicReporting(Params):
    """Reports are made in time: attested once a period."""

    period: Literal["continuous", "day", "week", "month", "quarter", "half_year", "year"] = "continuous"
    content: Annotated[str | None, Told] = None
    """Of what."""


class Attested(Params):
    """A person states it."""

    statement: Word
    """The word under which it is attested."""
    by: str | None = None
    """Who may: a person's id, body or position, or a duty or role held on the day."""
    valid_days: Annotated[int, Field(ge=1, le=36_500)] = 365
    """Days for which the statement is good, unless it says less itself."""

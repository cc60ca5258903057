"""The parameters of each kind of requirement, under the names that acts use. Strict: a slip is named at load.

Closed words (``Literal``) are those that a rule computes with. Words that acts spell freely are plain strings here;
the catalogue lists which of them a rule understands, so that `check_acts` can point out the others.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from munsocial.model.base import Record

__all__ = ["Count", "Params", "Unit", "Words"]

Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Unit = Literal["minutes", "hours", "working_hours", "days", "working_days"]
Comparator = Literal["ge", "gt", "le", "lt", "eq"]
Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Words = tuple[Word, ...]
Rotation = Annotated[str, StringConstraints(pattern=r"^\d{1,4}[dwmy]$")]
"""A length of time as acts write it: 90d, 2w, 3m, 1y."""


class Params(Record):
    """The base of all parameters: frozen, unknown names refused, no text where a number belongs."""

    model_config = ConfigDict(strict=True)

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, given: Any) -> Any:
        """Files know lists only; strict models want tuples."""
        if not isinstance(given, dict):
            return given
        return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


class Term(Params):
    """A length of time with its unit."""

    value: Count
    unit: Unit


class AccountExists(Params):
    networks: Words = ()
    mode: Literal["any", "all", "at_least_n"] = "any"
    n: Annotated[int, Field(ge=1)] | None = None
    deadline_days: Count | None = None
    """Calendar days from the act's entry into force."""


class BoundPhone(Params):
    phone_kind: Literal["service", "private", "any"] = "service"
    owner: Literal["administration", "same_body", "any"] = "same_body"
    shared_allowed: bool = True
    valid_days: Count = 365


class StateVerification(Params):
    officer_role: str | None = None
    via: str | None = None
    mark: str | None = None
    valid_days: Count = 365


class CentralPlatform(Params):
    platform: str | None = None
    relay_allowed: bool | None = None
    valid_days: Count = 365


class AccountRegister(Params):
    publish: bool = False
    publish_where: str | None = None
    valid_days: Count = 365


class AccountCategory(Params):
    categories: Words = ()
    thresholds_by_category: str | dict[str, Count | None] | None = None


class AudienceRegister(Params):
    threshold: Count = 10_000
    comparator: Literal["gt", "ge"] = "gt"
    apply_within: Term | None = None
    show_number_within: Term | None = None
    show_entry_link: bool = False


class ResponsibleAppointed(Params):
    duties: Words
    roles: Words = ()
    act_required: bool = False
    absent_days: Count = 14
    """Derived warning: the only holder is away for longer and has no deputy."""


class CredentialsCustody(Params):
    handover_record: bool = False


class CredentialsHygiene(Params):
    complex: bool | None = None
    rotate_every: Rotation | Count | None = None
    """``90d``, ``3m``, ``1y``, or a number of days."""


class TwoFactor(Params):
    roles: Words = ()
    valid_days: Count = 365


class Coordination(Params):
    with_: str | None = Field(default=None, alias="with")
    valid_days: Count = 365


class ControlOfficer(Params):
    officer: str | None = None
    valid_days: Count = 365


class PolicyAlignment(Params):
    policy: str | None = None
    recommendations_of: str | None = None
    mode: Literal["take_into_account", "conform"] = "conform"
    valid_days: Count = 365


class ProfileFields(Params):
    required: Words
    min_length: Count = 10
    """Shortest description, in characters, links and spaces apart (derived: acts name no number)."""


class ProfileDesign(Params):
    required: Words
    valid_days: Count = 365


class ProfileFeatures(Params):
    any_of: Words = ()
    min: Count = 1
    valid_days: Count = 365


class RulesPublished(Params):
    where: str | None = None
    valid_days: Count = 365


class ProfileNaming(Params):
    category_only: bool | None = None
    match: Literal["official_name"] | None = None
    valid_days: Count = 365


class CommentsEnabled(Params):
    pass


class PostingFrequency(Params):
    min: Count | None = None
    comparator: Comparator = "ge"
    period: Literal["day", "week", "month"] = "week"
    window: Literal["calendar", "calendar_iso", "rolling", "rolling_7d"] = "calendar"
    scope: Literal["per_account", "per_network", "per_body"] = "per_account"
    topics: Words | None = None
    by_category: dict[str, Count | None] | None = None
    timezone: str | None = None
    count_reposts: bool = True
    count_stories: bool = False
    count_guest_posts: bool = False
    count_deleted: bool = False
    dedupe_within_account: bool = True
    threads_as_one: bool = True


class PostingTopics(Params):
    topics: Words
    silence_days: Count = 14
    """Derived warning: nothing published for so many days."""
    valid_days: Count = 365


class PostingFormats(Params):
    allowed: Words = ()
    min_distinct: Count | None = None


class PostingStyle(Params):
    style: str | None = None
    avoid: Words = ()


class RepostSource(Params):
    forbid_unregistered_over: Count = 10_000


class ModerationDuty(Params):
    by: str | None = None
    objects: Words = ("comments",)


class ModerationGrounds(Params):
    grounds: Words
    objects: Words = ("comments",)
    action: str = "delete"
    open_list: bool = False
    within_hours: Count | None = None
    """The act's own term for removal, if it has one."""


class ModerationSanctions(Params):
    ladder: Words = ()
    by_network_rules: bool | None = None
    terms: Words = ()
    discretion: bool | None = None


class ProtectCriticism(Params):
    exceptions: Words = ()


class ReplyDeadline(Params):
    limit: Count | None = None
    unit: Unit | None = None
    priority: str = "any"
    start: Literal["asked", "detected", "assigned", "registered"] = "detected"
    interim_allowed: bool = False
    final_limit: Count | None = None
    final_unit: Unit | None = None
    applies_when: str | None = None


class ReplyRouting(Params):
    limit: Count | None = None
    unit: Unit | None = None
    role: str | None = None


class ReplyContent(Params):
    must_have: Words
    format: str | None = None


class ReplyUpstream(Params):
    upstream: Words
    within_competence: bool = True
    accept: Words = ("reply_in_place", "own_post_with_reference")


class AppealBoundary(Params):
    appeals_law_applies: bool


class ReplyEscalation(Params):
    to: str | None = None
    when: Words = ()


class SubscriptionUpstream(Params):
    upstream: Words
    accept: Words = ("subscription", "link", "owner_profile_subscription", "attestation")
    valid_days: Count = 365


class PeriodicReporting(Params):
    period: Literal["continuous", "day", "week", "month", "quarter", "half_year", "year"] = "continuous"
    content: str | None = None


class Attested(Params):
    statement: Word
    by: str | None = None
    valid_days: Annotated[int, Field(ge=1, le=36_500)] = 365

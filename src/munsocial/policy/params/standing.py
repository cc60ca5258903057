"""Parameters of what accounts, people and pages must be."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from munsocial.model.checking.mistakes import unfit
from munsocial.policy.params.base import Count, GoodFor, Params, Rotation, SomeWords, Term, Told, Words
from munsocial.wording import Text

__all__ = [
    "AccountCategory",
    "AccountExists",
    "AccountRegister",
    "AudienceRegister",
    "BoundPhone",
    "CentralPlatform",
    "CommentsEnabled",
    "ControlOfficer",
    "Coordination",
    "CredentialsCustody",
    "CredentialsHygiene",
    "PolicyAlignment",
    "ProfileDesign",
    "ProfileFeatures",
    "ProfileFields",
    "ProfileNaming",
    "ResponsibleAppointed",
    "RulesPublished",
    "StateVerification",
    "TwoFactor",
]


class AccountExists(Params):
    """A body has its accounts."""

    networks: Words = ()
    """Networks in question; else those of the requirement, then of the act. ``other``: any lawful one not named."""
    mode: Literal["any", "all", "at_least_n"] = "any"
    """In any one of them, in all, or in at least ``n``. Restricted ones are not counted."""
    n: Annotated[int, Field(ge=1)] | None = None
    deadline_days: Count | None = None
    """Calendar days from the act's entry into force."""

    @model_validator(mode="after")
    def _number_that_can_be_reached(self) -> Self:
        if self.mode == "at_least_n" and self.n is None:
            raise unfit(
                "n",
                Text("не сказано, в скольких сетях.", "it is not said in how many networks."),
                Text("Укажите n, например n = 2.", "Give n, e.g. n = 2."),
            )
        named = len(set(self.networks))
        if self.mode == "at_least_n" and self.n is not None and 0 < named < self.n:
            raise unfit(
                "n",
                Text(f"сетей названо {named}, а нужно {self.n}.", f"networks named: {named}, wanted: {self.n}."),
                Text("Назовите больше сетей или уменьшите n.", "Name more networks or lower n."),
            )
        return self


class BoundPhone(Params):
    """An account hangs on the right phone."""

    phone_kind: Literal["service", "private", "any"] = "service"
    """The kind that the register must give for the number."""
    owner: Literal["administration", "same_body", "any"] = "same_body"
    """Whose number: of the body itself (or one it took over from), or of the administration."""
    shared_allowed: bool = True
    """False makes a number shared by several logins a breach; else it is a derived remark."""
    valid_days: GoodFor = 365


class StateVerification(Params):
    """The page carries the mark of a state organisation."""

    officer_role: Annotated[str | None, Told] = None
    """Who obtains it, in the words of the act."""
    via: Annotated[str | None, Told] = None
    """Through what."""
    mark: Annotated[str | None, Told] = None
    """How the act calls the mark."""
    valid_days: GoodFor = 365


class CentralPlatform(Params):
    """The page is connected to a central platform."""

    platform: str | None = None
    """Its name as the field ``platform`` of the account holds it; empty: any."""
    relay_allowed: Annotated[bool | None, Told] = None
    """Whether posts may only be passed on from there."""
    valid_days: GoodFor = 365


class AccountRegister(Params):
    """A register of accounts is kept."""

    publish: bool = False
    """True: it must also be published, which is attested."""
    publish_where: Annotated[str | None, Told] = None
    """Where."""
    valid_days: GoodFor = 365


class AccountCategory(Params):
    """The page has a category."""

    categories: Words = ()
    """The categories that exist; empty: any."""
    thresholds_by_category: Annotated[str | dict[str, Count | None] | None, Told] = None
    """What follows from each."""


class AudienceRegister(Params):
    """A page with a big audience is in the public list."""

    threshold: Count = 10_000
    """Subscribers."""
    comparator: Literal["gt", "ge"] = "gt"
    """Over the threshold, or from it on."""
    apply_within: Term | None = None
    """From the day in ``audience_over_since`` of the account."""
    show_number_within: Term | None = None
    """The page must show its number in the list."""
    show_entry_link: bool = False
    """The page must show a link to its entry: any in the description or the pinned post is taken for it.

    So is one in the field of the site or the block of links that leads deeper than a front page, and neither to the
    body's own site nor into the network.
    """


class ResponsibleAppointed(Params):
    """Persons are appointed for duties."""

    duties: SomeWords
    """Each must be held on the day by somebody who is employed."""
    roles: Words = ()
    """One holder at least has one of these roles or positions."""
    act_required: bool = False
    """Each appointment names the document it rests on."""
    absent_days: Count = 14
    """Derived warning: the only holder is away for longer and has no deputy."""


class CredentialsCustody(Params):
    """Each login and key has a holder who is employed and appointed."""

    handover_record: bool = False
    """A change of holder is recorded, and the secret changed with it."""


class CredentialsHygiene(Params):
    """Passwords are strong, changed, and not with strangers."""

    complex: bool | None = None
    """True: the register must say so of each login."""
    rotate_every: Rotation | Count | None = None
    """``90d``, ``3m``, ``1y``, or a number of days; months and years are those of the calendar."""


class TwoFactor(Params):
    """Two-factor login is on."""

    roles: Words = ()
    """For these roles in the network; empty: for those that the account names."""
    valid_days: GoodFor = 365


class Coordination(Params):
    """Work is coordinated with a higher body: attested."""

    with_: Annotated[str | None, Told] = Field(default=None, alias="with")
    """With whom."""
    valid_days: GoodFor = 365


class ControlOfficer(Params):
    """Somebody holds the duty ``control`` or the named role."""

    officer: str | None = None
    """The role, as the appointment spells it."""
    valid_days: GoodFor = 365


class PolicyAlignment(Params):
    """Recommendations from above are carried out or refused with a reason; the rest is attested."""

    policy: Annotated[str | None, Told] = None
    """Which policy."""
    recommendations_of: Annotated[str | None, Told] = None
    """Whose recommendations."""
    mode: Annotated[Literal["take_into_account", "conform"], Told] = "conform"
    """How binding the act makes it."""
    valid_days: GoodFor = 365


class ProfileFields(Params):
    """Fields of the page are filled."""

    required: SomeWords
    """Which; one that the network does not show makes the answer unknown."""
    min_length: Count = 10
    """Shortest description, in characters, links and spaces apart (derived: acts name no number)."""


class ProfileDesign(Params):
    """The page has its design."""

    required: SomeWords
    """Things to be there; ``design`` means avatar and cover, ``uniform_style`` is attested."""
    valid_days: GoodFor = 365


class ProfileFeatures(Params):
    """New features of the network are used."""

    any_of: Words = ()
    """Features that count; empty or with ``other``: any."""
    min: Annotated[Count, Field(ge=1)] = 1
    """How many of them."""
    valid_days: GoodFor = 365


class RulesPublished(Params):
    """Rules of conduct are published."""

    where: str | None = None
    """Description and pinned post are read; ``official_site`` is attested."""
    valid_days: GoodFor = 365


class ProfileNaming(Params):
    """The name fits the body."""

    category_only: Annotated[bool | None, Told] = None
    """The act speaks of the theme only."""
    match: Literal["official_name"] | None = None
    """Compare with the name of the body; without it the fit is attested."""
    valid_days: GoodFor = 365


class CommentsEnabled(Params):
    """Users can comment."""

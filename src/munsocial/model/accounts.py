"""Where bodies are present in networks: accounts, their handles over time, and the accounts above them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import ValidationInfo, field_validator, model_validator

from munsocial.model.addresses import short_handle
from munsocial.model.base import Id, Line, Period
from munsocial.model.checking.mistakes import unfit
from munsocial.model.phones import E164
from munsocial.wording import Text

__all__ = ["Account", "AccountKind", "HandlePeriod", "NetworkAccount", "Upstream"]

_OWNED_BY_PROFILES = Text(
    "страницами владеет профиль, а вид этого аккаунта — «{kind}».",
    "a profile owns pages, and the kind of this account is '{kind}'.",
)
_OF_A_PROFILE = Text('Укажите kind = "profile" или уберите only_owns.', 'Give kind = "profile", or drop only_owns.')


class AccountKind(StrEnum):
    """What an account is in its network; only a profile is bound to a phone by itself."""

    PROFILE = "profile"
    COMMUNITY = "community"
    PAGE = "page"
    CHANNEL = "channel"
    BOT = "bot"


class NetworkAccount(Period):
    """Where something is in a network: all that an adapter needs to find it.

    ``network_id`` never changes and decides; ``handle`` is the changing short name. A copied address of a page and
    ``@name`` are taken for the name in them.
    """

    id: Id
    network: Id
    kind: AccountKind = AccountKind.COMMUNITY
    handle: str = ""
    network_id: str = ""

    @field_validator("handle")
    @classmethod
    def _short(cls, handle: str, info: ValidationInfo) -> str:
        return short_handle(info.data.get("network", ""), handle)


class HandlePeriod(Period):
    """A handle that the account had on some days."""

    handle: Line


class Account(NetworkAccount):
    """An account of a body. ``opened``/``closed`` are its first and last day; ``since``/``until`` mean the same."""

    body: Id
    title: str = ""
    category: str = ""
    created_by: str = ""
    """The unit that created it (clause 2: the media department; clause 3: the body itself)."""
    owner_profile: Id | None = None
    """Id of the account (a profile) that owns this page in the network: the bound phone is its phone."""
    owner_person: Id | None = None
    """The person who owns the page in the network, if that is a person and no profile of the body."""
    only_owns: bool = False
    """A service profile that owns pages and is none itself: nothing is published there, citizens do not come."""
    phone: E164 | None = None
    phone_since: date | None = None
    phone_until: date | None = None
    login_by: str = "phone"
    """``phone``, ``email``, ``state_portal`` or another open word."""
    handles: tuple[HandlePeriod, ...] = ()
    opened: date | None = None
    closed: date | None = None
    mothballed: date | None = None
    """From this day nothing is published on purpose (a restricted network)."""
    state_mark: bool | None = None
    audience_register_number: str = ""
    audience_register_applied: date | None = None
    audience_over_since: date | None = None
    platform: str = ""
    """A central publishing platform to which the page is connected."""
    two_factor: dict[str, bool] = {}
    """Role in the network (owner, administrator) to whether two-factor login is on."""
    features: tuple[str, ...] = ()
    """Features of clause 7.2 that the network does not show: app, widget, dynamic_cover, ..."""

    @field_validator("only_owns")
    @classmethod
    def _of_a_profile(cls, only_owns: bool, info: ValidationInfo) -> bool:
        kind = info.data.get("kind", AccountKind.PROFILE)  # one that cannot be read is told itself
        if only_owns and kind is not AccountKind.PROFILE:
            raise unfit("only_owns", _OWNED_BY_PROFILES.fill(kind=kind.value), _OF_A_PROFILE)
        return only_owns

    @property
    def first_day(self) -> date | None:
        """The first day of the account, None when nobody knows."""
        return self.opened or self.since

    @property
    def last_day(self) -> date | None:
        """The last day of a closed account, None while it lives."""
        return self.closed or self.until

    def alive_on(self, day: date) -> bool:
        """Tell whether the account existed on that day, as far as the register knows."""
        first, last = self.first_day, self.last_day
        return (first is None or first <= day) and (last is None or day <= last)

    def publishes_on(self, day: date) -> bool:
        """Tell whether something may be published there: it lives, is not mothballed, and is a page for citizens."""
        return self.alive_on(day) and not self.only_owns and (self.mothballed or date.max) > day


class Upstream(NetworkAccount):
    """An account above: of the governor, the krai administration, the district administration.

    ``since`` and ``until`` bound the days on which it was the right one: a new governor has a new account.
    """

    role: Id
    name: str = ""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        """Give an upstream account without an id the name of its role, network and first day."""
        if isinstance(given, dict) and not given.get("id"):
            parts = (given.get("role"), given.get("network"), given.get("since"))
            return {**given, "id": "-".join(str(part) for part in parts if part)}
        return given

"""What was seen of a district, when, through what - and what could not be seen and why. Plain data.

Nothing here is interpreted: rules read it, collecting writes it.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field, PlainSerializer

from munsocial.model.accounts import NetworkAccount, Upstream
from munsocial.model.base import Id, Large, Moment, Record
from munsocial.model.content import Ban, Comment, Link, Manager, Message, Post, Profile, Stats
from munsocial.model.statements import Inquiry, Removal
from munsocial.wording import Text

__all__ = ["SNAPSHOT_SCHEMA", "AccountView", "Missing", "Observed", "Snapshot", "Why"]

SNAPSHOT_SCHEMA: Literal["munsocial.snapshot/1"] = "munsocial.snapshot/1"

Value = TypeVar("Value")
Known = TypeVar("Known", bound=NetworkAccount)


class Why(StrEnum):
    """Why something was not seen."""

    NOT_ASKED = "not_asked"
    ABSENT = "absent"  # the network or the adapter has no such ability
    NO_KEY = "no_key"
    KEY_INVALID = "key_invalid"
    NO_RIGHT = "no_right"
    CLOSED = "closed"
    NOT_FOUND = "not_found"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"
    RESTRICTED = "restricted"  # by law; reading was not tried
    QUOTA = "quota"
    HUMAN_CHECK = "human_check"
    NO_ADAPTER = "no_adapter"
    OVER_BUDGET = "over_budget"


class Missing(Record):
    """One thing that could not be seen, with a sentence for people."""

    why: Why
    where: str = ""
    """The network, its call and the account. It stands apart, for what holds of many reads alike."""
    ru: str = ""
    en: str = ""
    item: str = ""
    """What exactly, when only a part is missing, e.g. the id of a post whose comments did not come."""

    @classmethod
    def of(cls, why: Why, told: Text, item: str = "") -> Missing:
        """Return what is missing, with the sentence that tells of it."""
        return cls(why=why, ru=told.ru, en=told.en, item=item)

    @property
    def told(self) -> Text:
        """The sentence for people."""
        return Text(self.ru, self.en)


class Observed(Record, Generic[Value]):
    """A fact with its moment and means, or the reason of its absence.

    ``value`` None means not seen at all; with ``gaps`` it was seen in part only, and counts are lower bounds.
    """

    value: Value | None = None
    at: Moment | None = None
    through: str = ""
    missing: Missing | None = None
    gaps: tuple[Missing, ...] = ()

    @property
    def complete(self) -> bool:
        """True when it was seen and nothing of it is known to be missing."""
        return self.value is not None and not self.gaps

    def __reduce__(self) -> tuple[Any, ...]:
        # `Observed[Profile]` is a class made on the spot: pickle finds none of that name in this module.
        made = type(self).__pydantic_generic_metadata__
        return (_observed_again, (made["origin"] or type(self), made["args"], self.__getstate__()))


def _observed_again(kind: Any, values: tuple[Any, ...], state: dict[Any, Any]) -> Any:
    made = kind[values] if values else kind
    observed = made.__new__(made)
    observed.__setstate__(state)
    return observed


NOT_ASKED = Missing(why=Why.NOT_ASKED, ru="Не запрашивалось.", en="Was not asked for.")


def _by_name(declared: dict[str, bool]) -> dict[str, bool]:
    return dict(sorted(declared.items()))


Declared = Annotated[dict[str, bool], PlainSerializer(_by_name, when_used="json")]
"""Sorted when written: adapters declare sets, which have another order in each process; a file has one."""


class AccountView(Record):
    """All that was seen of one account (own or upstream) in one collecting."""

    account: Id
    network: Id
    profile: Observed[Profile] = Observed[Profile](missing=NOT_ASKED)
    handle_now: Observed[str] = Observed[str](missing=NOT_ASKED)
    """The network id to which the registered handle resolves now: another one is a takeover."""
    posts: Observed[tuple[Post, ...]] = Observed[tuple[Post, ...]](missing=NOT_ASKED)
    comments: Observed[tuple[Comment, ...]] = Observed[tuple[Comment, ...]](missing=NOT_ASKED)
    links: Observed[tuple[Link, ...]] = Observed[tuple[Link, ...]](missing=NOT_ASKED)
    managers: Observed[tuple[Manager, ...]] = Observed[tuple[Manager, ...]](missing=NOT_ASKED)
    bans: Observed[tuple[Ban, ...]] = Observed[tuple[Ban, ...]](missing=NOT_ASKED)
    messages: Observed[tuple[Message, ...]] = Observed[tuple[Message, ...]](missing=NOT_ASKED)
    stats: Observed[Stats] = Observed[Stats](missing=NOT_ASKED)
    can: Declared = {}
    """What the network's adapter declares for this kind of account: ability or format to yes or no."""


class Snapshot(Large):
    """What was seen of a district between ``since`` and ``until`` (UTC moments), taken at ``taken_at``."""

    schema_: Literal["munsocial.snapshot/1"] = Field(default=SNAPSHOT_SCHEMA, alias="schema")
    municipality: Id
    since: Moment
    until: Moment
    taken_at: Moment
    source: str = "networks"
    """``networks``, or ``sandbox`` when an invented world was read."""
    accounts: tuple[AccountView, ...] = ()
    upstream: tuple[AccountView, ...] = ()
    removals: tuple[Removal, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()

    @cached_property
    def views(self) -> dict[str, AccountView]:
        """Views of own accounts by account id."""
        return {view.account: view for view in self.accounts}

    @cached_property
    def upstream_views(self) -> dict[str, AccountView]:
        """Views of upstream accounts by their id."""
        return {view.account: view for view in self.upstream}

    def comment(self, account: str, item: str) -> Comment | None:
        """Return a comment of an own account by its id; None when it was not read."""
        view = self.views.get(account)
        comments = (view.comments.value or ()) if view else ()
        return next((one for one in comments if one.id == item), None)

    def network_id_of(self, account: NetworkAccount) -> str:
        """The id of an account in its network: the register's, else that of the profile which was read; "" if none."""
        view = (self.upstream_views if isinstance(account, Upstream) else self.views).get(account.id)
        profile = view.profile.value if view else None
        return account.network_id or (profile.network_id if profile else "")

    def identified(self, account: Known) -> Known:
        """Return an account with its id in the network, where the register or the profile that was read tells it."""
        known = self.network_id_of(account)
        return account if known == account.network_id else account.model_copy(update={"network_id": known})

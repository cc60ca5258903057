"""Everything that rules may look at, with look-ups made once: registry, snapshot, moment, readings of texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeGuard, TypeVar
from zoneinfo import ZoneInfo

from munsocial.model.accounts import Account, Upstream
from munsocial.model.authors import Authors
from munsocial.model.bodies import Body, BodyKind
from munsocial.model.grouping import grouped
from munsocial.model.people import Person
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.model.statements import ExemptPeriod, Inquiry, Recommendation, Removal
from munsocial.policy.act import Act, Requirement
from munsocial.policy.force import Force
from munsocial.policy.params import Params
from munsocial.policy.readings import Readings
from munsocial.policy.terms import Calendar
from munsocial.policy.words import word_of
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.model.content import Comment, Message, Post
    from munsocial.policy.facts.periods import Span
    from munsocial.policy.facts.questions import Question
    from munsocial.policy.facts.reactions import Reactions
    from munsocial.policy.facts.references import References
    from munsocial.policy.readings import Place

__all__ = ["Ask", "Case", "Page"]

P = TypeVar("P", bound=Params)


@dataclass(frozen=True, slots=True)
class Ask(Generic[P]):
    """One requirement with its act, its parameters, and the days on which it holds."""

    act: Act
    requirement: Requirement
    params: P
    force: Force


class Page:
    """An account with its body and with what was seen of it."""

    __slots__ = ("account", "body", "id", "view")

    def __init__(self, account: Account, body: Body, view: AccountView) -> None:
        self.id = account.id
        self.account = account
        self.body = body
        self.view = view


class Case:
    """The matter to be judged. Built once for an audit; rules only read it.

    ``at`` is in UTC, like every moment of a snapshot: moments of one zone compare many times faster.
    ``day`` is the local day of ``at``. ``seen_until`` is the end of what the snapshot covers, never after ``at``.
    ``routed``, ``spans``, ``sorted_posts``, ``counted``, ``published``, ``marked``, ``references`` and ``reactions``
    keep what several judgements need and one of them has worked out: questions above by body, periods, posts by
    period and their counts, publications, marked texts, what own posts refer to, what was made of recommendations
    meant for all.
    """

    def __init__(
        self, registry: Registry, snapshot: Snapshot, acts: tuple[Act, ...], at: datetime, readings: Readings
    ) -> None:
        self.registry = registry
        self.snapshot = snapshot
        self.acts = acts
        self.readings = readings
        self.zone = ZoneInfo(registry.municipality.timezone)
        self.at = at.astimezone(UTC)
        self.day: date = at.astimezone(self.zone).date()
        self.seen_from = snapshot.since
        self.seen_until = min(snapshot.until, snapshot.taken_at, self.at)
        self.spans: dict[tuple[str, bool, str], tuple[Span, ...]] = {}
        self.marked: dict[tuple[str, str], list[tuple[Comment | Message, tuple[Place, ...]]]] = {}
        self.sorted_posts: dict[tuple[str, tuple[str, bool, str]], dict[datetime, list[Post]]] = {}
        self.published: dict[str, list[Post]] = {}
        self.counted: dict[tuple[Any, ...], dict[tuple[str, datetime], Any]] = {}
        self.routed: dict[str, dict[str, list[Question]]] = {}
        self.references: dict[str, References] = {}
        self.reactions: dict[date | None, Reactions] = {}
        self._words: dict[str, frozenset[str]] = {}
        self.calendar = Calendar(registry.municipality.country_calendar)

    def person_name(self, person: str | None) -> str:
        """The name of a person of the register; the id itself when nobody stands behind it."""
        known = self.registry.person_by_id.get(person or "")
        return known.name if known else person or ""

    def body_name(self, body: str | None) -> str:
        """The name of a body of the register; the id itself when there is none."""
        known = self.registry.body_by_id.get(body or "")
        return known.name if known else body or ""

    def account_name(self, account: str) -> Text:
        """An account as people know it: its title, else its address, and its network."""
        known = self.registry.account_by_id.get(account)
        if known is None:
            return Text(account, account)
        network = word_of(known.network)
        name = known.title or (f"@{known.handle.lstrip('@')}" if known.handle else known.id)
        return Text(f"{name} ({network.ru})", f"{name} ({network.en})")

    def known_account(self, account: str | None) -> Account | Upstream | None:
        """The account of ours or the one above that has an id, None when the register knows none of that id."""
        name = account or ""
        return self.registry.account_by_id.get(name) or self.registry.upstream_by_id.get(name)

    def words_of(self, body: Body) -> frozenset[str]:
        """Every word by which acts may address a body."""
        words = self._words.get(body.id)
        if words is None:
            words = body.addressed_as
            if body.kind is BodyKind.ADMINISTRATION:
                words |= {"municipality"}
            self._words[body.id] = words
        return words

    def local_day(self, moment: datetime) -> date:
        """The day of a moment in the municipality's time zone."""
        return moment.astimezone(self.zone).date()

    def by_now(self, moment: datetime | None) -> TypeGuard[datetime]:
        """Tell whether something had happened by the moment judged."""
        return moment is not None and moment <= self.at

    def held(self, force: Force, moment: datetime) -> bool:
        """Tell whether a demand had come into force at a moment."""
        return force.begun(self.local_day(moment))

    def owed_since(self, force: Force, moment: datetime) -> datetime:
        """The moment from which something owed is owed: not before the demand came into force."""
        if self.held(force, moment) or force.first is None:
            return moment
        return datetime.combine(force.first, time(0), self.zone).astimezone(UTC)

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Pages of all registered accounts; one that was not collected has an empty view."""
        bodies, views = self.registry.body_by_id, self.snapshot.views
        return {
            account.id: Page(
                account,
                bodies[account.body],
                views.get(account.id) or AccountView(account=account.id, network=account.network),
            )
            for account in self.registry.accounts
            if account.body in bodies
        }

    @cached_property
    def pages_of(self) -> dict[str, tuple[Page, ...]]:
        """Pages of each body, by body id, in the order of the registry."""
        return grouped(self.pages.values(), lambda page: page.body.id)

    @cached_property
    def authors(self) -> Authors:
        """Our accounts by the ids under which they write, as the register or their profiles tell them."""
        return Authors(self.snapshot.identified(one) for one in self.registry.accounts)

    @cached_property
    def exemptions_of(self) -> dict[str, tuple[ExemptPeriod, ...]]:
        """Exempt periods by subject: an account, a body, or the municipality."""
        return grouped(self.registry.exempt_periods, lambda period: period.subject)

    def subjects_of(self, judged: Page | Body | None) -> tuple[str, ...]:
        """Ids under which the register may speak of somebody, the nearest first."""
        municipality = self.registry.municipality.id
        if isinstance(judged, Page):
            return judged.id, judged.body.id, municipality
        # What is asked of the municipality its administration answers for.
        return (municipality, *self.administrations) if judged is None else (judged.id, municipality)

    def exemptions(self, judged: Page | Body | None, kind: str) -> tuple[ExemptPeriod, ...]:
        """Exempt periods of whoever is judged, of the body and of the municipality behind it, for a kind."""
        if not self.registry.exempt_periods:
            return ()
        known = self.exemptions_of
        return tuple(one for subject in self.subjects_of(judged) for one in known.get(subject, ()) if kind in one.kinds)

    @cached_property
    def removals_of(self) -> dict[str, tuple[Removal, ...]]:
        """Logged removals by account, from the registry and from the snapshot, as they stood at the moment judged."""
        both = (*self.registry.removals, *self.snapshot.removals)
        return grouped((self._as_it_stood(one) for one in both if one.at <= self.at), lambda one: one.account)

    def _as_it_stood(self, removal: Removal) -> Removal:
        """A removal that was taken back only after the moment judged still stood then."""
        later = removal.restored_at is not None and removal.restored_at > self.at
        return removal.model_copy(update={"restored_at": None}) if later else removal

    @cached_property
    def inquiries_of(self) -> dict[str, tuple[Inquiry, ...]]:
        """Citizens' questions by body; the snapshot's entry of an id replaces that of the registry."""
        both = {one.id: one for one in (*self.registry.inquiries, *self.snapshot.inquiries)}
        accounts = self.registry.account_by_id

        def body(one: Inquiry) -> str:
            if one.body:
                return one.body
            account = accounts.get(one.account or "")
            return account.body if account else ""

        return grouped(both.values(), body)

    @cached_property
    def inquiries_by_item(self) -> dict[str, tuple[Inquiry, ...]]:
        """Citizens' questions by the number of the comment in which they were asked; several walls may have it."""
        return grouped((one for group in self.inquiries_of.values() for one in group if one.item), lambda one: one.item)

    @cached_property
    def comment_numbers(self) -> Counter[str]:
        """How many comments of all pages seen bear a number; a page may be seen twice, as ours and as one above."""
        views = (*self.snapshot.accounts, *self.snapshot.upstream)
        seen = {(one.id, view.network, one.at) for view in views for one in view.comments.value or ()}
        return Counter(number for number, _, _ in seen)

    @cached_property
    def upstream_of(self) -> dict[str, tuple[Upstream, ...]]:
        """Upstream accounts in force on the day, by network."""
        return grouped((one for one in self.registry.upstream if one.covers(self.day)), lambda one: one.network)

    @cached_property
    def person_by_profile(self) -> dict[str, dict[str, Person]]:
        """Persons by network and by their immutable id there."""
        found: dict[str, dict[str, Person]] = {}
        for person in self.registry.people:
            for network, profile in person.profiles.items():
                found.setdefault(network, {})[profile] = person
        return found

    @cached_property
    def logins_by_phone(self) -> dict[str, tuple[str, ...]]:
        """Ids of living accounts that log in by a number themselves and through no owner's profile, in order."""
        known = self.registry.accounts_by_phone
        return {
            number: tuple(sorted(one.id for one in group if one.owner_profile is None and one.alive_on(self.day)))
            for number, group in known.items()
        }

    @cached_property
    def recommendations_of(self) -> dict[str, tuple[Recommendation, ...]]:
        """Recommendations received by the day, by account; those meant for every account stand under an empty id."""
        received = [one for one in self.registry.recommendations if one.date <= self.day]
        pairs = [(account, one) for one in received for account in one.accounts or ("",)]
        groups = grouped(pairs, lambda pair: pair[0])
        return {account: tuple(one for _, one in group) for account, group in groups.items()}

    @cached_property
    def administrations(self) -> tuple[str, ...]:
        """Ids of the bodies that are the municipality's administration on the day."""
        return tuple(
            one.id for one in self.registry.bodies if one.kind is BodyKind.ADMINISTRATION and one.covers(self.day)
        )

    @cached_property
    def predecessors_of(self) -> dict[str, frozenset[str]]:
        """Ids of abolished bodies whose successor a body is."""
        groups = grouped((one for one in self.registry.bodies if one.successor), lambda one: one.successor or "")
        return {successor: frozenset(one.id for one in group) for successor, group in groups.items()}

"""The register of a municipality: all tables together, with look-ups that rules and adapters need."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from munsocial.model.accounts import Account, Upstream
from munsocial.model.base import Large, Line, Record
from munsocial.model.bodies import Body, Municipality
from munsocial.model.credentials import Credential, Handover
from munsocial.model.grouping import grouped
from munsocial.model.people import Appointment, Person
from munsocial.model.phones import Phone
from munsocial.model.statements import Attestation, ExemptPeriod, Inquiry, Recommendation, Removal, Waiver

__all__ = ["LanguageWord", "Registry", "WordCategory"]

# Adding, taking out, sparing: the categories are those of `munsocial.language`, which the model may not import.
WordCategory = Literal[
    "obscenity", "insult", "threat", "extremism", "drugs", "personal_data", "spam",
    "-obscenity", "-insult", "-threat", "-extremism", "-drugs", "-personal_data", "-spam",
    "protected",
]  # fmt: skip


_RUSSIAN = re.compile(r"[а-яё]+(?:[ -][а-яё]+)*~?", re.IGNORECASE)
_SHORTEST_WORD, _LONGEST_WORD = 3, 100


def _russian(word: str) -> str:
    if len(word) > _LONGEST_WORD or _RUSSIAN.fullmatch(word) is None:
        raise ValueError("not a Russian word")
    if len(word.removesuffix("~")) < _SHORTEST_WORD:
        raise ValueError("fewer than three letters")
    return word


class LanguageWord(Record):
    """An own word of the municipality for reading texts, with the reason why it was added or taken out."""

    word: Annotated[str, AfterValidator(_russian)]
    """In Russian letters, three at least, with all its cases; ``~`` at the end stands for any ending."""
    category: WordCategory
    """Where the word is added (``insult``) or taken out (``-insult``); ``protected`` spares names everywhere."""
    reason: Line


class Registry(Large):
    """A register that has been checked: ids are unique and every reference leads somewhere.

    Make one with `munsocial.load_registry`; a registry built by hand in a test is not cross-checked.
    """

    municipality: Municipality
    bodies: tuple[Body, ...] = ()
    phones: tuple[Phone, ...] = ()
    people: tuple[Person, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    accounts: tuple[Account, ...] = ()
    credentials: tuple[Credential, ...] = ()
    handovers: tuple[Handover, ...] = ()
    upstream: tuple[Upstream, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    exempt_periods: tuple[ExemptPeriod, ...] = ()
    removals: tuple[Removal, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    words: tuple[LanguageWord, ...] = ()
    networks: dict[str, dict[str, Any]] = {}
    """Settings of adapters by network name."""

    @cached_property
    def body_by_id(self) -> dict[str, Body]:
        """Bodies by id."""
        return {body.id: body for body in self.bodies}

    @cached_property
    def account_by_id(self) -> dict[str, Account]:
        """Accounts by id."""
        return {account.id: account for account in self.accounts}

    @cached_property
    def upstream_by_id(self) -> dict[str, Upstream]:
        """Accounts above by id."""
        return {account.id: account for account in self.upstream}

    @cached_property
    def person_by_id(self) -> dict[str, Person]:
        """Persons by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def accounts_of(self) -> dict[str, tuple[Account, ...]]:
        """Accounts of each body, by body id; a body without accounts is absent."""
        return grouped(self.accounts, lambda one: one.body)

    @cached_property
    def appointments_of(self) -> dict[str, tuple[Appointment, ...]]:
        """Appointments of each body, by body id."""
        return grouped(self.appointments, lambda one: one.body)

    @cached_property
    def credentials_of(self) -> dict[str, tuple[Credential, ...]]:
        """Credentials of each account, by account id."""
        return grouped(self.credentials, lambda one: one.account)

    @cached_property
    def handovers_of(self) -> dict[str, tuple[Handover, ...]]:
        """Handovers of each account, by account id."""
        return grouped(self.handovers, lambda one: one.account)

    @cached_property
    def phones_by_number(self) -> dict[str, tuple[Phone, ...]]:
        """Entries of each number: one number may pass from body to body over time."""
        return grouped(self.phones, lambda one: one.number)

    @cached_property
    def accounts_by_phone(self) -> dict[str, tuple[Account, ...]]:
        """Accounts bound to each number, by their own entry."""
        return grouped((one for one in self.accounts if one.phone), lambda one: one.phone or "")

    @cached_property
    def attestations_of(self) -> dict[tuple[str, str], tuple[Attestation, ...]]:
        """Attestations by statement and subject, oldest first."""
        oldest_first = sorted(self.attestations, key=lambda one: one.date)
        return grouped(oldest_first, lambda one: (one.statement, one.subject))

"""A handover as it stands in the journal: begun once, gone on with after any interruption, by any program.

Nothing is kept beside the journal: what is read here is the whole state. A step is

    open ──check──▶ seen                     the network or the register shows that it is done
      │  ├─check──▶ failed ──check──▶ ...    shown not to be done: no word helps, only doing it
      │  └─check──▶ unseen ──state──▶ stated nothing can show it: a person answers for it
      └──state──▶ stated | waived            only for what no check reads
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from munsocial.errors import InputError
from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal, open_journal
from munsocial.model.accounts import Account
from munsocial.model.credentials import Credential, Handover
from munsocial.model.given import each_is, is_a
from munsocial.model.registry import Registry
from munsocial.operate.days import local_day
from munsocial.operate.districts import of_district
from munsocial.operate.handover.steps import HandoverStep, StepKind, key_id, steps_of
from munsocial.operate.homes import home_of
from munsocial.operate.keys.custody import custody_on
from munsocial.operate.keys.dismissal import known_person
from munsocial.wording import Lang, Text

__all__ = [
    "GivenKey",
    "Procedure",
    "Standing",
    "StepState",
    "handover",
    "handover_of",
    "handovers",
    "open_handover",
    "plan_handover",
    "signed",
]

_SAME = Text("передающий и принимающий — один человек.", "the giver and the taker are one person.")
_TWO = Text("Укажите двух разных людей.", "Name two different persons.")
_GONE = Text("принимающий уже не работает.", "the taker no longer works here.")
_OTHER = Text("Укажите работающего сотрудника.", "Name an employee who works.")
_NOTHING = Text(
    "за этим человеком не записано ни ключей, ни страниц: передавать нечего.",
    "neither keys nor pages are on record for this person: there is nothing to hand over.",
)
_NONE_NAMED = Text(
    "не назван ни один аккаунт: передавать нечего.", "no account is named: there is nothing to hand over."
)
_NAME_SOME = Text(
    "Назовите аккаунты или не называйте вовсе: тогда берётся всё, что записано за передающим.",
    "Name accounts, or none at all (None): then all that is on record for the giver is taken.",
)
_OF_NAMED = Text(
    "между этими людьми идёт передача, для которой аккаунты названы: {accounts}.",
    "a handover between these two is open, and its accounts were named: {accounts}.",
)
_NAME_THE_SAME = Text(
    "Чтобы её продолжить, назовите те же аккаунты; чтобы начать другую — её аккаунты.",
    "To go on with it name the same accounts; to begin another, those of the other.",
)
_NAME_PAGES = Text("Назовите аккаунты сами: --account ID.", "Name the accounts yourself: --account ID.")
_UNKNOWN = Text("такой передачи нет в журнале.", "there is no such handover in the journal.")
_NONE_OPEN = Text("незаконченной передачи в журнале нет.", "the journal has no handover that is not over.")
_MANY = Text("таких передач несколько.", "there are several such handovers.")
_SEE = Text(
    "Список: munsocial handover list РЕЕСТР; одну называет --id.",
    "See: munsocial handover list REGISTRY; --id names one.",
)

_MARKS = {
    "open": Text("не начато", "not begun"),
    "seen": Text("проверено", "checked"),
    "stated": Text("подтверждено лицом", "stated by a person"),
    "waived": Text("не выполняется", "left out"),
    "failed": Text("НЕ ВЫПОЛНЕНО", "NOT DONE"),
    "unseen": Text("проверить нельзя, нужно слово человека", "cannot be checked, a person must state it"),
}


class StepState(StrEnum):
    """How far a step is."""

    OPEN = "open"
    SEEN = "seen"  # read in the network or the register
    STATED = "stated"  # a person answers for it
    WAIVED = "waived"  # left out, with a reason
    FAILED = "failed"  # read, and it is not so
    UNSEEN = "unseen"  # nothing shows it


@dataclass(frozen=True, slots=True)
class Standing:
    """One step with what became of it: ``by`` is who stated it, ``why`` what was read or said."""

    step: HandoverStep
    state: StepState = StepState.OPEN
    at: datetime | None = None
    by: str = ""
    why: Text | None = None

    @property
    def done(self) -> bool:
        """Tell whether the handover may go on over it."""
        return self.state in (StepState.SEEN, StepState.STATED, StepState.WAIVED)

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        told = f"{self.step.say(lang)} — {_MARKS[self.state].say(lang)}"
        return f"{told}: {self.why.say(lang)}" if self.why else told


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that changes hands, as the register had it when the handover began. ``program``: a program can use it."""

    account: str
    credential: str | None
    key: str
    program: bool


@dataclass(frozen=True, slots=True)
class Procedure:
    """A handover: who gives (None: nobody knows who held it), who takes, which accounts, and every step."""

    id: str
    giver: str | None
    taker: str
    accounts: tuple[str, ...]
    begun_at: datetime
    begun_by: str
    keys: tuple[GivenKey, ...]
    standings: tuple[Standing, ...]
    ended_at: datetime | None = None
    stopped: str = ""
    """Why it was given up; empty when it was not."""
    district: str = ""
    """The id of the municipality; empty of one that was begun before journals recorded it."""
    named: bool = False
    """Whether its accounts were named by whoever began it, and not taken from the register."""

    @property
    def finished(self) -> bool:
        """Tell whether it was signed by all."""
        return self.ended_at is not None and not self.stopped

    @property
    def left(self) -> tuple[Standing, ...]:
        """The steps that are still to be done, in order."""
        return tuple(one for one in self.standings if not one.done)

    @property
    def unsigned(self) -> bool:
        """Tell whether nothing but signatures is left: the act can be printed."""
        return all(one.step.kind is StepKind.SIGN for one in self.left)

    def standing(self, step: str) -> Standing | None:
        """Return a step by its id."""
        return next((one for one in self.standings if one.step.id == step), None)


def handover(
    registry: Registry,
    journal: Journal | str | Path,
    *,
    giver: str | None,
    taker: str,
    accounts: Iterable[str] | None = None,
    by: str = "",
) -> Procedure:
    """Begin a handover, or go on with the unfinished one between the same two persons; nothing leaves the computer.

    ``journal`` is an open one, a file or an address. ``accounts`` are ids; if None, those whose keys the giver holds or
    whose pages they own. One that was begun with other accounts named is not gone on with. ``by`` is who begins it.

    Raises:
        InputError: an unknown person or account, one and the same person, nothing to hand over, or None while one of
            named accounts is open. JournalError.
    """
    is_a(Registry, registry, "registry")
    wanted = None if accounts is None else tuple(dict.fromkeys(each_is(str, accounts, "accounts", '["school-vk"]')))
    if wanted == ():
        raise InputError(_NONE_NAMED, where="accounts", remedy=_NAME_SOME)
    if not isinstance(journal, Journal):
        with open_journal(journal) as opened:
            return handover(registry, opened, giver=giver, taker=taker, accounts=wanted, by=by)
    district = registry.municipality.id
    if (known := open_handover(journal, giver, taker, wanted, district=district)) is not None:
        return known
    begun = plan_handover(registry, giver=giver, taker=taker, accounts=wanted, now=journal.clock(), by=by)
    # Under the writers' lock: two programs that begin at once begin one handover.
    with journal.writing() as connection:
        known = open_handover(journal, giver, taker, wanted, district=district)
        if known is None:
            journal.append_in(connection, [Entry("handover.begun", begun.id, _begun_body(begun), begun.begun_at)])
    return known or begun


def open_handover(
    journal: Journal,
    giver: str | None,
    taker: str,
    accounts: Iterable[str] | None = None,
    *,
    district: str | None = None,
) -> Procedure | None:
    """Return the unfinished handover of a district between these two; None if there is none.

    With ``accounts`` it is the one of these; without, the one whose accounts nobody named.

    Raises:
        InputError: without ``accounts``, and only one of accounts that somebody named is open.
    """
    wanted = None if accounts is None else set(accounts)
    between = [
        one
        for one in handovers(journal, district)
        if (one.giver, one.taker) == (giver, taker) and one.ended_at is None and one.accounts
    ]
    mine = [one for one in between if (not one.named if wanted is None else wanted == set(one.accounts))]
    if wanted is None and between and not mine:
        told = ", ".join(between[0].accounts)
        raise InputError(_OF_NAMED.fill(accounts=told), where=between[0].id, remedy=_NAME_THE_SAME)
    return mine[0] if mine else None


def _begun_body(begun: Procedure) -> dict[str, Any]:
    return {
        "giver": begun.giver,
        "taker": begun.taker,
        "accounts": list(begun.accounts),
        "district": begun.district,
        "named": begun.named,
        "by": begun.begun_by,
        "keys": [asdict(one) for one in begun.keys],
        "steps": [one.step.model_dump(mode="json", exclude_defaults=True) for one in begun.standings],
    }


def plan_handover(
    registry: Registry, *, giver: str | None, taker: str, accounts: Iterable[str] | None, now: datetime, by: str = ""
) -> Procedure:
    """Return a handover as it would begin, written nowhere.

    Raises:
        InputError: see `handover`.
    """
    day = local_day(now, registry)
    person = known_person(registry, taker)
    if giver is not None:
        known_person(registry, giver)
    if giver == taker:
        raise InputError(_SAME, where=taker, remedy=_TWO)
    if person.until is not None and person.until < day:
        raise InputError(_GONE, where=taker, remedy=_OTHER)
    pages = _pages(registry, giver, day, accounts)
    keys = _keys(registry, giver, day, pages)
    steps = steps_of(registry, giver=giver, taker=taker, accounts=pages, keys=keys)
    name = f"handover-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    given = tuple(GivenKey(one.account, one.id, key_id(one), one.secret is not None) for one in keys)
    return Procedure(
        name,
        giver,
        taker,
        tuple(one.id for one in pages),
        now,
        by,
        given,
        tuple(map(Standing, steps)),
        district=registry.municipality.id,
        named=accounts is not None,
    )


def _pages(registry: Registry, giver: str | None, day: date, accounts: Iterable[str] | None) -> tuple[Account, ...]:
    if accounts is not None:
        return tuple(home_of(registry, one) for one in accounts)
    held = {one.account for one in custody_on(registry, day, person=giver)} if giver else set()
    found = tuple(
        one
        for one in registry.accounts
        if one.alive_on(day) and (one.id in held or (giver is not None and one.owner_person == giver))
    )
    if not found:
        raise InputError(_NOTHING, where=giver or "giver", remedy=_NAME_PAGES)
    return found


def _keys(registry: Registry, giver: str | None, day: date, pages: Iterable[Account]) -> tuple[Credential, ...]:
    """Keys of these pages that the giver holds; all of them when nobody knows who held them."""
    names = {one.id for one in pages}
    return tuple(one.credential for one in custody_on(registry, day, person=giver) if one.account in names)


def handovers(journal: Journal, district: str | None = None) -> tuple[Procedure, ...]:
    """Return every handover of a journal as it stands, the oldest first.

    With ``district``, the id of a municipality, those of others that share the journal are left out.
    """
    begun: dict[str, Entry] = {}
    later: dict[str, list[Entry]] = {}
    for entry in journal.entries(kind="handover.*"):
        if entry.kind == "handover.begun":
            begun[entry.subject] = entry
        else:
            later.setdefault(entry.subject, []).append(entry)
    mine = {name: entry for name, entry in begun.items() if of_district(entry, district)}
    return tuple(_standing(entry, later.get(name, ())) for name, entry in mine.items())


def handover_of(journal: Journal, name: str, district: str | None = None) -> Procedure:
    """Return one handover; a beginning of its id will do where it is the only one, and nothing: the only open one.

    ``district`` as in `handovers`.

    Raises:
        InputError: there is none, or more than one.
    """
    known = handovers(journal, district)
    found = [one for one in known if one.id.startswith(name) and (name or one.ended_at is None)]
    exact = [one for one in found if one.id == name] or found
    if len(exact) != 1:
        what = _MANY if exact else _UNKNOWN if name else _NONE_OPEN
        raise InputError(what, where=name or "handover", remedy=_SEE)
    return exact[0]


def _standing(begun: Entry, later: Iterable[Entry]) -> Procedure:
    body = begun.body
    steps = {step.id: step for step in map(HandoverStep.model_validate, body["steps"])}
    standings = {name: Standing(step) for name, step in steps.items()}
    ended_at, stopped = None, ""
    for entry in later:
        if entry.kind == "handover.step" and (step := steps.get(entry.body["step"])):
            standings[step.id] = _told(step, entry)
        elif entry.kind == "handover.ended":
            ended_at = entry.at
        elif entry.kind == "handover.stopped":
            ended_at, stopped = entry.at, entry.body["why"]
    return Procedure(
        begun.subject,
        body["giver"],
        body["taker"],
        tuple(body["accounts"]),
        begun.at,
        body["by"],
        tuple(GivenKey(**one) for one in body["keys"]),
        tuple(standings.values()),
        ended_at,
        stopped,
        body.get("district", ""),
        body.get("named", False),
    )


def _told(step: HandoverStep, entry: Entry) -> Standing:
    why: Mapping[str, Any] = (entry.personal or {}).get("why") or entry.body.get("why") or {}
    told = Text(why["ru"], why["en"]) if why else None
    return Standing(step, StepState(entry.body["state"]), entry.at, entry.body.get("by", ""), told)


def signed(journal: Journal, district: str | None = None) -> tuple[Handover, ...]:
    """Return the records of all signed handovers, as the table ``handovers`` of a register takes them.

    ``district`` as in `handovers`.
    """
    return tuple(
        Handover.model_validate(record) for entry in _ended_in(journal, district) for record in entry.body["records"]
    )


def _ended_in(journal: Journal, district: str | None) -> Iterable[Entry]:
    others = {one.subject for one in journal.entries(kind="handover.begun") if not of_district(one, district)}
    return (one for one in journal.entries(kind="handover.ended") if one.subject not in others)

"""Who holds which key on any day, by the register and by signed handovers. Pure: reads no network and no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from munsocial.model.credentials import Credential, Handover
from munsocial.model.registry import Registry
from munsocial.wording import Text

__all__ = ["Basis", "Held", "custody_on", "holder_on", "key_name", "person_name"]

_EXPIRED = Text("срок ключа истёк {day:%d.%m.%Y}", "the key expired on {day}")
_NOBODY = Text("хранитель не записан", "no holder is on record")
_LEFT = Text("хранитель ушёл {day:%d.%m.%Y}", "the holder left on {day}")
_THIRD = Text("есть и у посторонних: {name}", "a third party has it too: {name}")
_DIFFERS = Text(
    "в реестре хранителем записан {registered}, последняя передача — {taker}",
    "the register names {registered} as holder, the last handover {taker}",
)


class Basis(StrEnum):
    """From what a holder is known."""

    RECORD = "record"  # the credential itself names the holder
    HANDOVER = "handover"  # a handover up to that day
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Held:
    """One key on one day. ``since`` is the first day known of this holder; ``notes`` say what is wrong with it."""

    account: str
    credential: Credential
    holder: str | None
    since: date | None
    basis: Basis
    notes: tuple[Text, ...] = ()

    @property
    def where(self) -> str:
        """Where it is kept: a reference or words, never the key."""
        return self.credential.secret or self.credential.kept


def custody_on(
    registry: Registry, day: date, *, more: Iterable[Handover] = (), person: str | None = None
) -> tuple[Held, ...]:
    """Return every key that lived on a day with its holder of that day, in the order of the register.

    ``more`` are handovers signed in the journal that the register does not show yet. ``person`` keeps only theirs.
    """
    handovers = (*registry.handovers, *more)
    held = [_held(registry, one, day, handovers) for one in registry.credentials if _lives(one, day)]
    return tuple(one for one in held if person is None or one.holder == person)


def holder_on(one: Credential, day: date, handovers: Iterable[Handover]) -> tuple[str | None, date | None, Basis]:
    """Return (holder, since when, from what) of a key on a day.

    The last handover up to that day decides; before the first one its giver held the key. A handover from before the
    key existed was about another one.
    """
    born = one.since or one.issued
    mine = sorted((over for over in handovers if _concerns(over, one, born)), key=lambda over: over.date)
    past = [over for over in mine if over.date <= day]
    if past:
        return past[-1].taker, past[-1].date, Basis.HANDOVER
    if mine and mine[0].giver:
        return mine[0].giver, born, Basis.HANDOVER
    if mine and mine[0].taker == one.holder:
        # The record already names the one who came later; who held it before, nobody wrote down.
        return None, None, Basis.UNKNOWN
    return one.holder, born, Basis.RECORD if one.holder else Basis.UNKNOWN


def _concerns(over: Handover, one: Credential, born: date | None) -> bool:
    if over.account != one.account or (over.credential is not None and over.credential != one.id):
        return False
    return born is None or over.date >= born


def _lives(one: Credential, day: date) -> bool:
    started = one.since or one.issued
    return (
        (started is None or started <= day)
        and (one.until is None or day <= one.until)
        and (one.revoked is None or day < one.revoked)
    )


def _held(registry: Registry, one: Credential, day: date, handovers: tuple[Handover, ...]) -> Held:
    holder, since, basis = holder_on(one, day, handovers)
    return Held(one.account, one, holder, since, basis, tuple(_notes(registry, one, day, holder, handovers)))


def _notes(
    registry: Registry, one: Credential, day: date, holder: str | None, handovers: tuple[Handover, ...]
) -> Iterable[Text]:
    person = registry.person_by_id.get(holder or "")
    if holder is None:
        yield _NOBODY
    elif person is not None and person.until is not None and person.until < day:
        yield _LEFT.fill(day=person.until)
    if one.expires is not None and one.expires < day:
        yield _EXPIRED.fill(day=one.expires)
    if one.third_party:
        yield _THIRD.fill(name=one.third_party)
    last = holder_on(one, date.max, handovers)[0]
    if one.holder and last and last != one.holder and not _giver(one, handovers):
        yield _DIFFERS.fill(registered=person_name(registry, one.holder), taker=person_name(registry, last))


def _giver(one: Credential, handovers: tuple[Handover, ...]) -> bool:
    """Tell whether the holder on record gave the key away later: then record and handover agree."""
    born = one.since or one.issued
    return any(_concerns(over, one, born) and over.giver == one.holder for over in handovers)


def person_name(registry: Registry, person: str | None) -> str:
    """Return a person's name, or the id where the register knows no such person."""
    known = registry.person_by_id.get(person or "")
    return known.name if known else person or ""


def key_name(one: Credential) -> str:
    """Return how a key is called among people: its id, else its kind."""
    return one.id or one.kind

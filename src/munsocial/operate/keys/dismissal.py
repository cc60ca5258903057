"""What hangs on a person who leaves: keys, duties, pages, phones, power in the networks, excuses under their name.

What the networks were not asked, or did not show, is told as not seen and never as absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from munsocial.errors import InputError
from munsocial.model.accounts import Account
from munsocial.model.checking.mistakes import meant
from munsocial.model.credentials import Handover
from munsocial.model.given import is_a
from munsocial.model.people import Person
from munsocial.model.phones import PhoneKind, masked
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.operate.keys.custody import custody_on, key_name, person_name
from munsocial.policy.words import listed, word_of
from munsocial.wording import Lang, Text

__all__ = ["Dismissal", "Hanging", "HangingKind", "dismissal_of", "known_person"]

_NO_PERSON = Text("такого человека нет в реестре.", "there is no such person in the register.")
_NAME_ONE = Text("Укажите id из таблицы people.", "Give an id of the table people.")

_APPOINTED = Text("отвечает за: {duties} ({body})", "answers for: {duties} ({body})")
_RELEASE = Text(
    "Назначьте преемника тем же актом, которым освобождаете.", "Appoint a successor by the act that releases."
)
_DEPUTY = Text("замещает {name} ({body})", "is deputy of {name} ({body})")
_OTHER_DEPUTY = Text("Назначьте другого заместителя.", "Name another deputy.")
_KEY = Text("хранит ключ «{key}» ({where})", "holds the key {key!r} ({where})")
_HAND_OVER = Text(
    "Передайте ключ: munsocial handover start РЕЕСТР --giver {person} --taker ID",
    "Hand it over: munsocial handover start REGISTRY --giver {person} --taker ID",
)
_OWNER = Text("владелец страницы в сети", "owns the page in the network")
_OWN_PROFILE = Text(
    "страница принадлежит его личному профилю ({profile})", "the page belongs to their own profile ({profile})"
)
_TRANSFER = Text(
    "Передайте права владельца до последнего рабочего дня: потом это сможет только сам владелец.",
    "Transfer the ownership before the last working day: later only the owner can.",
)
_PHONE = Text("вход по телефону {phone}, страницу ведёт этот человек", "sign-in by {phone}, run by this person")
_PRIVATE = Text("вход по личному телефону {phone}", "sign-in by a private phone {phone}")
_SIM = Text(
    "Примите телефон или SIM-карту; личный номер замените служебным.",
    "Take over the phone or its SIM; replace a private number.",
)
_ROLE = Text("управляет страницей в сети: {role}", "has power over the page: {role}")
_REMOVE = Text("Снимите полномочия после передачи ключей.", "Take the power away after the keys are handed over.")
_UNSEEN = Text("управляющие страницей не прочитаны: {why}", "the managers of the page were not read: {why}")
_UNSEEN_PART = Text("управляющие страницей прочитаны не все: {why}", "not all managers of the page were read: {why}")
_NO_PROFILE = Text(
    "профиль человека в сети {network} не записан: среди управляющих его не узнать",
    "no profile in {network} is on record: among managers nobody can tell",
)
_LOOK = Text("Проверьте список управляющих сами.", "Check the list of managers yourself.")
_WAIVER = Text("утвердил исключение {requirement} до {day:%d.%m.%Y}", "approved the waiver {requirement} until {day}")
_CONFIRM = Text("Пусть преемник подтвердит или отменит его.", "Let the successor confirm or end it.")
_STATED = Text(
    "подтверждает факт «{statement}» (от {day:%d.%m.%Y})", "vouches for the fact {statement!r} (stated on {day})"
)  # fmt: skip
_NOT_COLLECTED = Text("снимка нет", "no snapshot was given")
_SILENT = Text("снимок о них молчит", "the snapshot says nothing of them")


class HangingKind(StrEnum):
    """What a thing that hangs on a person is."""

    APPOINTMENT = "appointment"
    DEPUTY = "deputy"
    CREDENTIAL = "credential"
    OWNER = "owner"
    PHONE = "phone"
    ADMINISTRATOR = "administrator"
    WAIVER = "waiver"
    ATTESTATION = "attestation"
    UNSEEN = "unseen"  # could not be found out: no answer is no "nothing"


@dataclass(frozen=True, slots=True)
class Hanging:
    """One thing: of which account or body (``subject``), what, and what to do."""

    kind: HangingKind
    subject: str
    what: Text
    remedy: Text
    item: str = ""

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        return f"{self.subject}: {self.what.say(lang)}. {self.remedy.say(lang)}"


@dataclass(frozen=True, slots=True)
class Dismissal:
    """All that hangs on a person on a day; empty ``things`` and nothing unseen means that they may go."""

    person: Person
    day: date
    things: tuple[Hanging, ...]

    def of(self, kind: HangingKind) -> tuple[Hanging, ...]:
        """Return the things of one kind."""
        return tuple(one for one in self.things if one.kind is kind)

    @property
    def clear(self) -> bool:
        """True when nothing hangs on the person and everything could be seen."""
        return not self.things


def dismissal_of(
    registry: Registry, person: str, day: date, *, snapshot: Snapshot | None = None, more: Iterable[Handover] = ()
) -> Dismissal:
    """List what hangs on a person on a day; without a snapshot their power in the networks is told as not seen.

    Raises:
        InputError: the register knows no such person.
    """
    one = known_person(registry, person)
    things = [
        *_duties(registry, one, day),
        *_keys(registry, one, day, tuple(more)),
        *_pages(registry, one, day),
        *_phones(registry, one, day, tuple(more)),
        *_power(registry, one, day, snapshot),
        *_words(registry, one, day),
    ]
    return Dismissal(one, day, tuple(things))


def known_person(registry: Registry, person: str) -> Person:
    """Return a person of the register.

    Raises:
        InputError: there is none of that id.
    """
    is_a(str, person, "person")
    found = registry.person_by_id.get(person)
    if found is None:
        # People are called by name, and the register by id: who is so named is told.
        named = [one.id for one in registry.people if person.casefold() in one.name.casefold()]
        known = named[:1] or registry.person_by_id
        raise InputError(_NO_PERSON, where=person, remedy=meant(named[0] if named else person, known, _NAME_ONE))
    return found


def _duties(registry: Registry, person: Person, day: date) -> Iterator[Hanging]:
    for one in registry.appointments:
        if one.until is not None and one.until < day:
            continue
        body = registry.body_by_id[one.body].name if one.body in registry.body_by_id else one.body
        if one.person == person.id:
            what = _APPOINTED.fill(duties=listed(one.duties), body=body)
            yield Hanging(HangingKind.APPOINTMENT, one.body, what, _RELEASE)
        if one.deputy == person.id:
            what = _DEPUTY.fill(name=person_name(registry, one.person), body=body)
            yield Hanging(HangingKind.DEPUTY, one.body, what, _OTHER_DEPUTY)


def _keys(registry: Registry, person: Person, day: date, more: tuple[Handover, ...]) -> Iterator[Hanging]:
    for held in custody_on(registry, day, more=more, person=person.id):
        what = _KEY.fill(key=key_name(held.credential), where=held.where)
        remedy = _HAND_OVER.fill(person=person.id)
        yield Hanging(HangingKind.CREDENTIAL, held.account, what, remedy, key_name(held.credential))


def _pages(registry: Registry, person: Person, day: date) -> Iterator[Hanging]:
    for account in _living(registry, day):
        if account.owner_person == person.id:
            yield Hanging(HangingKind.OWNER, account.id, _OWNER, _TRANSFER)
        owner = registry.account_by_id.get(account.owner_profile or "")
        mine = person.profiles.get(account.network)
        if owner is not None and mine and owner.network_id == mine:
            yield Hanging(HangingKind.OWNER, account.id, _OWN_PROFILE.fill(profile=owner.id), _TRANSFER, owner.id)


def _phones(registry: Registry, person: Person, day: date, more: tuple[Handover, ...]) -> Iterator[Hanging]:
    """Nobody writes down in whose pocket a SIM lies: the numbers of the pages that a person runs or signs in to."""
    held = {one.account for one in custody_on(registry, day, more=more, person=person.id)}
    bodies = {one.body for one in registry.appointments if one.person == person.id and one.covers(day)}
    for account in _living(registry, day):
        owned = account.owner_person == person.id
        if not account.phone or not (account.id in held or owned or account.body in bodies):
            continue
        entries = [one for one in registry.phones_by_number.get(account.phone, ()) if one.covers(day)]
        private = any(one.kind is PhoneKind.PRIVATE for one in entries)
        what = (_PRIVATE if private else _PHONE).fill(phone=masked(account.phone))
        yield Hanging(HangingKind.PHONE, account.id, what, _SIM)


def _power(registry: Registry, person: Person, day: date, snapshot: Snapshot | None) -> Iterator[Hanging]:
    """Power may have been given on any page; that it was not seen is told only where the person had to do."""
    views = snapshot.views if snapshot else {}
    concerned = _concerned(registry, person)
    for account in _living(registry, day):
        if account.mothballed and account.mothballed <= day:
            continue
        view, mine = views.get(account.id), person.profiles.get(account.network)
        managers = view.managers.value if view else None
        if account.id in concerned and (unseen := _unseen(account, view, mine)):
            yield Hanging(HangingKind.UNSEEN, account.id, unseen, _LOOK)
        for one in managers or ():
            if mine is not None and one.network_id == mine:
                yield Hanging(HangingKind.ADMINISTRATOR, account.id, _ROLE.fill(role=word_of(one.role)), _REMOVE, mine)


def _concerned(registry: Registry, person: Person) -> frozenset[str]:
    bodies = {person.body, *(one.body for one in registry.appointments if one.person == person.id)}
    held = {one.account for one in registry.credentials if one.holder == person.id}
    return frozenset(held | {one.id for one in registry.accounts if one.body in bodies})


def _unseen(account: Account, view: AccountView | None, mine: str | None) -> Text | None:
    if view is None:
        return _UNSEEN.fill(why=_NOT_COLLECTED)
    if view.managers.value is None:
        missing = view.managers.missing
        return _UNSEEN.fill(why=missing.told.inside() if missing and missing.ru else _SILENT)
    if view.managers.value and mine is None:
        return _NO_PROFILE.fill(network=word_of(account.network))
    gap = next(iter(view.managers.gaps), None)
    there = any(one.network_id == mine for one in view.managers.value)
    return None if gap is None or there else _UNSEEN_PART.fill(why=gap.told.inside())


def _words(registry: Registry, person: Person, day: date) -> Iterator[Hanging]:
    for one in registry.waivers:
        if one.approver == person.id and one.last_day >= day:
            what = _WAIVER.fill(requirement=one.requirement, day=one.last_day)
            yield Hanging(HangingKind.WAIVER, one.subject, what, _CONFIRM, one.requirement)
    for stated in registry.attestations:
        if stated.by == person.id and (stated.valid_until is None or stated.valid_until >= day):
            what = _STATED.fill(statement=_fact(stated.statement), day=stated.date)
            yield Hanging(HangingKind.ATTESTATION, stated.subject, what, _CONFIRM, stated.statement)


def _fact(statement: str) -> Text:
    """Return a stated fact as the catalogue of kinds says it; an open word of somebody's own stands as it is."""
    from munsocial.policy.catalogue import KINDS

    if (kind := KINDS.get(statement)) is None:
        return word_of(statement)
    return kind.says.inside()


def _living(registry: Registry, day: date) -> Iterator[Account]:
    return (account for account in registry.accounts if account.alive_on(day))

"""What runs out soon, or has run out: keys, changes of keys, confirmations, waivers, bans, the last days of keepers.

A reminder is a plain fact with a day; nothing here reads a network or a clock. What was never written down cannot be
reminded of: the audit tells what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from munsocial.journal.journal import Journal
from munsocial.model.bodies import Body
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.model.statements import Attestation
from munsocial.operate.handover.procedure import signed
from munsocial.operate.keys.custody import key_name, person_name
from munsocial.operate.keys.dismissal import HangingKind, dismissal_of
from munsocial.operate.moderating.banned import banned_in
from munsocial.policy.act import Act, Requirement
from munsocial.policy.force import force_of
from munsocial.policy.terms import length_in_words, renewed_until
from munsocial.wording import Lang, Text

__all__ = ["Reminder", "ReminderKind", "reminders_of"]

_EXPIRES = Text("истекает ключ «{key}» ({holder})", "the key {key!r} expires ({holder})")
_RENEW = Text(
    "Выпустите новый ключ и впишите его срок в реестр.", "Issue a new key and enter its term into the register."
)
_ROTATE = Text("пора сменить ключ «{key}»: {act} велит раз в {every}", "the key {key!r} is due: {act}, every {every}")
_CHANGE = Text("Смените его и запишите день (rotated).", "Change it and note the day (rotated).")
_STATED = Text("истекает подтверждение «{statement}» ({by})", "the confirmation {statement!r} runs out ({by})")
_CONFIRM = Text(
    "Проверьте факт и внесите новое подтверждение.", "Check the fact and enter a new confirmation."
)  # fmt: skip
_WAIVER = Text("кончается исключение {requirement}: {reason}", "the waiver {requirement} ends: {reason}")
_END_WAIVER = Text("Исполните требование или утвердите новый срок.", "Meet the demand, or have a new term approved.")
_BAN = Text("кончается блокировка {who}", "the ban of {who} ends")
_UNBAN = Text("Убедитесь, что доступ возвращён.", "Make sure that access was given back.")
_REVIEW = Text("пора пересмотреть блокировку {who}", "the ban of {who} is to be reviewed")
_DECIDE = Text("Решите, нужна ли она ещё, и запишите решение.", "Decide whether it is still needed, and note it.")
_LEAVES = Text(
    "{name}: последний рабочий день, а ещё числится: {things}", "{name}: last working day, and still holds: {things}"
)
_HAND_OVER = Text(
    "Передайте ключи и страницы до этого дня: munsocial handover start РЕЕСТР --giver {person} --taker ID",
    "Hand keys and pages over before it: munsocial handover start REGISTRY --giver {person} --taker ID",
)
_NOBODY = Text("хранитель не записан", "no holder on record")
_OVERDUE = Text("ПРОСРОЧЕНО на {days} дн.: ", "OVERDUE by {days} d.: ")
_LEFT = Text("через {days} дн.: ", "in {days} d.: ")
_TODAY = Text("сегодня: ", "today: ")


class ReminderKind(StrEnum):
    """What runs out."""

    KEY = "key"
    ROTATION = "rotation"
    CONFIRMATION = "confirmation"
    WAIVER = "waiver"
    BAN = "ban"
    REVIEW = "review"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One day to think of: the last good ``day`` of something, of whom (``subject``), what and what to do."""

    kind: ReminderKind
    day: date
    subject: str
    what: Text
    remedy: Text
    item: str = ""

    def days_left(self, today: date) -> int:
        """Return the days until then; negative when it is over."""
        return (self.day - today).days

    def say(self, today: date, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        left = self.days_left(today)
        when = _TODAY if left == 0 else (_LEFT if left > 0 else _OVERDUE).fill(days=abs(left))
        return f"{self.day:%d.%m.%Y}  {when.say(lang)}{self.subject}: {self.what.say(lang)}. {self.remedy.say(lang)}"


def reminders_of(
    registry: Registry,
    today: date,
    *,
    days: int = 30,
    acts: Iterable[Act] = (),
    journal: Journal | None = None,
    snapshot: Snapshot | None = None,
) -> tuple[Reminder, ...]:
    """Return what runs out up to ``days`` from a local day, and what has run out and still matters, the nearest first.

    Ended waivers and bans are told of for as many days back; keys and confirmations until they are renewed.
    """
    laws = tuple(acts)
    found = [
        *_keys(registry, today),
        *_rotations(registry, today, laws),
        *_confirmations(registry, today, laws),
        *_waivers(registry),
        *_bans(registry, snapshot),
        *(_journaled_bans(registry, journal) if journal is not None else ()),
        *_leaving(registry, journal),
    ]
    first, last = today - timedelta(days=days), today + timedelta(days=days)
    passing = (ReminderKind.WAIVER, ReminderKind.BAN, ReminderKind.LEAVING)
    kept = {one for one in found if one.day <= last and (one.kind not in passing or one.day >= first)}
    return tuple(sorted(kept, key=lambda one: (one.day, one.kind, one.subject, one.item)))


def _keys(registry: Registry, today: date) -> Iterator[Reminder]:
    for one in registry.credentials:
        if one.expires is None or one.revoked is not None or (one.until is not None and one.until < today):
            continue
        holder = person_name(registry, one.holder)
        told = Text(holder, holder) if holder else _NOBODY
        what = _EXPIRES.fill(key=key_name(one), holder=told)
        yield Reminder(ReminderKind.KEY, one.expires, one.account, what, _RENEW, key_name(one))


def _rotations(registry: Registry, today: date, acts: Iterable[Act]) -> Iterator[Reminder]:
    terms = [
        (act, one, every, first)
        for act, one, first in _demands(today, acts)
        if (every := getattr(one.params, "rotate_every", None)) is not None
    ]
    for key in registry.credentials:
        changed = key.rotated or key.issued or key.since
        account = registry.account_by_id.get(key.account)
        body = registry.body_by_id.get(account.body) if account else None
        if changed is None or body is None or key.revoked is not None or (key.until and key.until < today):
            continue
        due = [
            (max(renewed_until(changed, every), first), act, every)
            for act, one, every, first in terms
            if _addressed(one, body, key.account)
        ]
        if due:
            day, act, every = min(due, key=lambda one: one[0])
            what = _ROTATE.fill(key=key_name(key), act=act.id, every=length_in_words(every))
            yield Reminder(ReminderKind.ROTATION, day, key.account, what, _CHANGE, key_name(key))


def _demands(today: date, acts: Iterable[Act]) -> Iterator[tuple[Act, Requirement, date]]:
    """Give the demands that hold or will hold, each with its first day: nothing is due by it before."""
    for act in acts:
        for one in act.requirements:
            force = force_of(act, one)
            if not force.ended(today):
                yield act, one, force.first or date.min


def _addressed(requirement: Requirement, body: Body, account: str) -> bool:
    words = frozenset(requirement.applies_to)
    return not words or body.id in words or account in words or not words.isdisjoint(body.addressed_as)


def _confirmations(registry: Registry, today: date, acts: Iterable[Act]) -> Iterator[Reminder]:
    terms = _terms(today, acts)
    for (statement, subject), records in registry.attestations_of.items():
        last = records[-1]
        day = _good_until(last, terms.get(statement, ()))
        if day is not None:
            what = _STATED.fill(statement=statement, by=person_name(registry, last.by))
            yield Reminder(ReminderKind.CONFIRMATION, day, subject, what, _CONFIRM, statement)


def _terms(today: date, acts: Iterable[Act]) -> dict[str, list[tuple[int, date]]]:
    """Return for how many days a statement counts, and since when, by every name under which it is looked for."""
    terms: dict[str, list[tuple[int, date]]] = {}
    for act, one, first in _demands(today, acts):
        days = getattr(one.params, "valid_days", None)
        if days is None:
            continue
        for name in one.attested_as(act.id):
            terms.setdefault(name, []).append((days, first))
    return terms


def _good_until(record: Attestation, terms: Iterable[tuple[int, date]]) -> date | None:
    ends = [] if record.valid_until is None else [record.valid_until]
    for days, first in terms:
        ordinal = record.date.toordinal() + days
        if ordinal <= date.max.toordinal():
            ends.append(max(date.fromordinal(ordinal), first))
    return min(ends, default=None)


def _waivers(registry: Registry) -> Iterator[Reminder]:
    for one in registry.waivers:
        what = _WAIVER.fill(requirement=one.requirement, reason=one.reason)
        yield Reminder(ReminderKind.WAIVER, one.last_day, one.subject, what, _END_WAIVER, one.requirement)


def _bans(registry: Registry, snapshot: Snapshot | None) -> Iterator[Reminder]:
    zone = ZoneInfo(registry.municipality.timezone)
    for view in snapshot.accounts if snapshot else ():
        for ban in view.bans.value or ():
            if ban.until is not None:
                what = _BAN.fill(who=ban.user_id)
                day = ban.until.astimezone(zone).date()
                yield Reminder(ReminderKind.BAN, day, view.account, what, _UNBAN, ban.user_id)


def _journaled_bans(registry: Registry, journal: Journal) -> Iterator[Reminder]:
    """Bans that were made through the journal: the last deed on a user counts."""
    zone = ZoneInfo(registry.municipality.timezone)
    for one in banned_in(journal, registry.municipality.id):
        if one.until is not None:
            day = one.until.astimezone(zone).date()
            yield Reminder(ReminderKind.BAN, day, one.account, _BAN.fill(who=one.user), _UNBAN, one.user)
        if one.review is not None:
            day = one.review.astimezone(zone).date()
            yield Reminder(ReminderKind.REVIEW, day, one.account, _REVIEW.fill(who=one.user), _DECIDE, one.user)


_HEAVY = (HangingKind.CREDENTIAL, HangingKind.OWNER)


def _leaving(registry: Registry, journal: Journal | None) -> Iterator[Reminder]:
    """A keeper's last working day matters while keys or pages still hang on them."""
    more = signed(journal, registry.municipality.id) if journal is not None else ()
    for person in registry.people:
        if person.until is None:
            continue
        hanging = dismissal_of(registry, person.id, person.until, more=more).things
        things = [f"{one.subject} {one.item}".strip() for one in hanging if one.kind in _HEAVY]
        if things:
            told = ", ".join(dict.fromkeys(things))
            what = _LEAVES.fill(name=person.name, things=told)
            remedy = _HAND_OVER.fill(person=person.id)
            yield Reminder(ReminderKind.LEAVING, person.until, person.id, what, remedy, person.id)

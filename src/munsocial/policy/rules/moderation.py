"""Moderation: who does it (9.1), and what should be gone (9.2, 9.3).

A text only suspects. What breaks the law, and what insults, a person decides: such comments are "unknown" until then.
Criticism is never a ground.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from munsocial.model.content import Comment, Message
from munsocial.model.grouping import grouped
from munsocial.model.snapshot import Observed
from munsocial.model.statements import Removal
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.catalogue import GROUNDS
from munsocial.policy.facts.grounds import LAW, Grounds, clauses_of
from munsocial.policy.facts.removals import tells_of
from munsocial.policy.params import ModerationDuty, ModerationGrounds
from munsocial.policy.readings import Place
from munsocial.policy.rules.attesting import attested_or_unknown, statement_of
from munsocial.policy.rules.people import holders
from munsocial.policy.rules.seen import on_record, unseen, witness
from munsocial.policy.speech import counted
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["duty", "grounds"]

_OBJECTS = {
    "comments": Text("комментарии", "comments"),
    "messages": Text("сообщения", "messages"),
}
_WHO = Text(
    "Модерирует {who}; прочитано {seen:комментарий|комментария|комментариев}.",
    "Moderated by {who}; {seen:comment was|comments were} read.",
)
_WHO_UNREAD = Text("Модерирует {who}; комментарии не прочитаны.", "Moderated by {who}; the comments were not read.")
_NOBODY = Text("Модерировать некому: {objects}.", "Nobody is there to moderate: {objects}.")
_STATE_WHO = Text("Внесите подтверждение, что модерация ведётся.", "Enter an attestation that it is moderated.")
_NAME_OWNER = Text("Впишите владельца страницы в реестр.", "Enter the owner of the page into the register.")
_NO_OWNER = Text("Владелец страницы в реестре не указан.", "The register does not name the owner of the page.")
_OWNER_GONE = Text(
    "Модерировать некому: владелец страницы по реестру — {gone}, этот человек у нас не работает.",
    "Nobody is there to moderate: by the register the page is owned by {gone}, who does not work here.",
)
_OWNER_CLOSED = Text(
    "Владелец страницы не известен: профиль {gone}, записанный владельцем, закрыт или ещё не открыт.",
    "Nobody knows who owns the page: the profile on record, {gone}, is closed or not open yet.",
)
_OPEN_WORD = Text("Кто модерирует ({by}), программа проверить не может.", "Who moderates ({by}) cannot be checked.")
_APPOINT = Text("Назначьте ответственного за ведение или модерацию.", "Appoint somebody for running or moderation.")

_CLEAN = Text("Прочитано: {items}; признаков нет ({grounds}).", "Read: {items}; no signs of {grounds}.")
_UNREAD = Text(
    "Прочитано: {items}; явных признаков нет, но не всё видит программа ({unread}).",
    "Read: {items}; no plain signs, but only a person can see the rest ({unread}).",
)
_VISIBLE = Text("Не удалено: {items} с признаками ({found}).", "Not removed: {items} with signs of {found}.")
_CONFIRMED = Text(
    "Не удалено: {items}, хотя основание подтвердил человек ({found}).",
    "Not removed: {items}, though a person confirmed the ground ({found}).",
)
_WHICH = Text(
    "В журнале под этим номером записано решение ({found}), но о комментарии оно или о сообщении, не сказано: {items}.",
    "A decision is on record under the same number ({found}), but not whether of a comment or of a message: {items}.",
)
_SAY_WHICH = Text(
    "Впишите в запись об удалении, что удалено (kind: comment или message).",
    "Enter into the record of the removal what it was (kind: comment or message).",
)
_UNCLEAR = Text(
    "В журнале записано решение ({found}); есть ли такое основание в пункте, программе не ясно: {items}.",
    "A decision is on record ({found}); whether the clause has such a ground the program cannot tell: {items}.",
)
_SAY_GROUND = Text(
    "Запишите основание словом из акта; если оно подтвердится, удалите или скройте.",
    "Note the ground by the word of the act; if it holds, delete or hide.",
)
_QUEUE = Text(
    "Ждёт решения человека: {items} с признаками ({found}).", "Waiting for a person: {items} with signs of {found}."
)
_CLOSED = Text("Нечего модерировать, закрыто: {object}.", "Nothing to moderate, closed: {object}.")
_STRANGE = Text(
    "Не проверено: {strange}; программа читает только комментарии и сообщения.",
    "Not checked: {strange}; the program reads comments and messages only.",
)
_LOOK_AT_WORDS = Text("Посмотрите это сами или исправьте слово в акте.", "Look at it, or correct the act's word.")
_NO_LIST = Text(
    "По каким основаниям удалять, из акта не известно.", "On which grounds to remove, the act's text does not say."
)
_LOOK_UP = Text("Найдите перечень в тексте акта и впишите его.", "Look the list up in the act and enter it.")
_READ = Text("Прочитайте сами и внесите подтверждение.", "Read them yourself and enter an attestation.")
_NOUNS = {
    "comments": ("комментарий|комментария|комментариев", "comment|comments"),
    "messages": ("сообщение|сообщения|сообщений", "message|messages"),
}
_REMOVE = Text(
    "Сохраните свидетельство, решите и удалите или скройте; на вопрос внутри ответьте.",
    "Keep the evidence, decide, then delete or hide; answer a question inside.",
)
_DECIDE = Text("Посмотрите очередь модерации и решите.", "Look into the moderation queue and decide.")

_SURE = 0.9
# Grounds on which a sure sign is enough to say "should be gone"; on the others a person decides first.
_PLAIN_GROUNDS = frozenset({"obscenity", "spam"})
_FRESH = timedelta(hours=24)  # derived: acts name no term, and nobody moderates within the minute
_SHOWN = 20
_ATTESTED_DAYS = 31
_A_LINK = Text("ссылка", "a link")
_LINK = re.compile(r"https?://|\bwww\.|\bt\.me/", re.IGNORECASE)


def duty(case: Case, ask: Ask[ModerationDuty], page: Page) -> Iterator[Verdict]:
    """Tell whether somebody is there to moderate; what was seen to be moderated stands beside it."""
    who = _moderators(case, ask.params.by, page)
    comments = page.view.comments.value
    facts: dict[str, Any] = {
        "by": ask.params.by,
        "who": who,
        "objects": ask.params.objects,
        "seen": None if comments is None else len(comments),
        "removed": len(case.removals_of.get(page.id, ())),
    }
    evidence = on_record(page.id)
    if who is None:
        open_word = Verdict(Outcome.UNKNOWN, _OPEN_WORD, facts, evidence, _STATE_WHO)
        yield attested_or_unknown(case, ask, page, 365, otherwise=open_word)
    elif who:
        yield Verdict(Outcome.MET, _WHO_UNREAD if comments is None else _WHO, facts, evidence)
    elif ask.params.by == "page_owner":
        yield _without_owner(case, page, facts, evidence)
    else:
        yield Verdict(Outcome.NOT_MET, _NOBODY, facts, evidence, _APPOINT)


def _without_owner(case: Case, page: Page, facts: dict[str, Any], evidence: tuple[Evidence, ...]) -> Verdict:
    """The owner is not on record, or is on record and not there any more."""
    person, profile = page.account.owner_person, page.account.owner_profile
    if person:
        told = {**facts, "gone": case.person_name(person)}
        return Verdict(Outcome.NOT_MET, _OWNER_GONE, told, evidence, _NAME_OWNER)
    if profile:
        told = {**facts, "gone": case.account_name(profile)}
        return Verdict(Outcome.UNKNOWN, _OWNER_CLOSED, told, evidence, _NAME_OWNER)
    return Verdict(Outcome.UNKNOWN, _NO_OWNER, facts, evidence, _NAME_OWNER)


def _owners(case: Case, page: Page) -> list[str | Text]:
    """Who owns the page on the day: a person at work here, and a profile that lives."""
    account = page.account
    person = case.registry.person_by_id.get(account.owner_person or "")
    profile = case.registry.account_by_id.get(account.owner_profile or "")
    owners: list[str | Text] = []
    if account.owner_person and (person is None or person.covers(case.day)):
        owners.append(case.person_name(account.owner_person))
    if account.owner_profile and (profile is None or profile.alive_on(case.day)):
        owners.append(case.account_name(account.owner_profile))
    return owners


def _moderators(case: Case, by: str | None, page: Page) -> Sequence[str | Text] | None:
    """Names of those who moderate in the sense of an act; None for a word that says nothing to us."""
    if by == "page_owner":
        return _owners(case, page)
    if by not in (None, "responsible_for_running", "appointed_official"):
        return None
    duties = ("running", "moderation") if by != "appointed_official" else ("moderation",)
    found = [one for name in duties for one in holders(case, page.body.id, page.id, name, case.day)]
    people = case.registry.person_by_id
    return list(dict.fromkeys(people[one.person].name if one.person in people else one.person for one in found))


Marked = list[tuple[Comment | Message, tuple[Place, ...]]]


class _Item(NamedTuple):
    """A comment or message which still stands, with what is suspected of it."""

    item: Comment | Message
    places: tuple[Place, ...]
    confirmed: Removal | None = None
    perhaps: Removal | None = None
    """A decision noted under this number which may be about another thing."""
    unclear: Removal | None = None
    """A decision on a ground whose words may or may not be of the list."""

    @property
    def noted(self) -> Removal | None:
        """The record that is told of, whatever it proves."""
        return self.confirmed or self.perhaps or self.unclear


def grounds(case: Case, ask: Ask[ModerationGrounds], page: Page) -> Iterator[Verdict]:
    """Judge comments and messages apart: they are seen by different keys."""
    if not ask.params.grounds:
        yield Verdict(Outcome.UNKNOWN, _NO_LIST, {}, on_record(page.id), _LOOK_UP)
        return
    judge, profile = _Grounds(case, ask, page), page.view.profile.value
    if "comments" in ask.params.objects:
        closed = profile is not None and profile.comments_open is False
        yield judge.verdict("comments", page.view.comments, closed)
    if "messages" in ask.params.objects:
        closed = profile is not None and profile.messages_open is False
        yield judge.verdict("messages", page.view.messages, closed)
    strange = [word for word in ask.params.objects if word not in _OBJECTS]
    if strange and len(strange) < len(ask.params.objects):
        facts = {"strange": strange}
        yield Verdict(Outcome.UNKNOWN, _STRANGE, facts, on_record(page.id), _LOOK_AT_WORDS)


class _Grounds:
    """Looks through the comments or messages of one page for what a closed list of grounds names."""

    def __init__(self, case: Case, ask: Ask[ModerationGrounds], page: Page) -> None:
        params = ask.params
        self._case = case
        self._params = params
        self._force = ask.force
        self._page = page
        self._wanted = _wanted(params.grounds)
        self._listed = Grounds.of(params.grounds, clauses=clauses_of((ask.act,)))
        self._looked = self._last_look(ask)
        removals = case.removals_of.get(page.id, ())
        held = (one for one in removals if one.restored_at is None and self._listed.hold(one) is not False)
        self._logged = grouped(held, lambda one: one.item)
        term = params.within_hours
        self._grace = _FRESH if term is None else timedelta(hours=min(term, 87_600))

    def verdict(self, name: str, view: Observed[Any], closed: bool) -> Verdict:
        """Judge one sort of object by what of it still stands."""
        items: Sequence[Comment | Message] | None = view.value
        seen = len(items or ())
        facts: dict[str, Any] = {"object": name, "grounds": self._params.grounds, "seen": seen}
        facts["items"] = counted(seen, *_NOUNS[name])
        if not items and closed:
            return Verdict(Outcome.NOT_APPLICABLE, _CLOSED, facts, (witness(view, item=self._page.id),))
        if items is None:
            return unseen(_OBJECTS[name], view, object=name)
        found = self._suspects(name, items)
        verdict = self._settled(found, view, facts)
        if verdict:
            return verdict
        if not view.complete:
            return unseen(_OBJECTS[name], view, object=name)
        # Some grounds no program can suspect: where anything was written, only a person can say that it is clean.
        unread = [one for one in self._params.grounds if one not in GROUNDS]
        if unread and any(not self._looked_at(one) for one in items):
            told = {**facts, "unread": unread}
            return Verdict(Outcome.UNKNOWN, _UNREAD, told, (witness(view, item=self._page.id),), _READ)
        return Verdict(Outcome.MET, _CLEAN, facts, (witness(view, item=self._page.id),))

    def _looked_at(self, item: Comment | Message) -> bool:
        """Tell whether somebody attested to have looked, on the day of the item or later."""
        return self._looked is not None and self._case.local_day(item.at) <= self._looked

    def _last_look(self, ask: Ask[ModerationGrounds]) -> date | None:
        found = statement_of(self._case, ask, self._page, _ATTESTED_DAYS)
        return found.record.date if found and found.valid and found.record.holds else None

    def _suspects(self, name: str, items: Sequence[Comment | Message]) -> list[_Item]:
        wanted, found = self._wanted, dict[str, _Item]()
        for item, places in self._marked(name, items):
            chosen = tuple(place for place in places if place.category in wanted)
            if chosen:
                found[item.id] = _Item(item, chosen)
        if "external_links" in self._params.grounds:
            for item in items:
                if item.id not in found and self._stands(item) and not _own(item) and _LINK.search(item.text):
                    found[item.id] = _Item(item, (Place("external_links", 0, len(item.text), 0.5, _A_LINK),))
        for item in items if self._logged else ():
            noted = self._logged.get(item.id)
            if noted and self._stands(item):
                places = found[item.id].places if item.id in found else ()
                decided = self._decided(item, places, noted)
                if decided:
                    found[item.id] = decided
        return list(found.values())

    def _marked(self, name: str, items: Sequence[Comment | Message]) -> Marked:
        """Items that still stand and in which reading has marked anything at all; found once for all grounds."""
        key = (self._page.id, name)
        known = self._case.marked.get(key)
        if known is None:
            marks = self._case.readings.marks
            read = ((item, marks(item.text)) for item in items if self._stands(item))
            known = self._case.marked[key] = [(item, places) for item, places in read if places]
        return known

    def _stands(self, item: Comment | Message) -> bool:
        return bool(item.text) and not item.deleted and item.at <= self._case.at

    def _decided(self, item: Comment | Message, places: tuple[Place, ...], noted: Sequence[Removal]) -> _Item | None:
        """An item with the decision that a person noted of it, or noted perhaps of it; None when all are of others."""
        of_it = [one for one in noted if tells_of(one, item)]
        sure = next((one for one in of_it if self._listed.hold(one)), None)
        if sure:
            return _Item(item, places, sure)
        perhaps = next((one for one in noted if tells_of(one, item) is None), None)
        if of_it:
            return _Item(item, places, unclear=of_it[0])
        return _Item(item, places, perhaps=perhaps) if perhaps else None

    def _settled(self, found: Sequence[_Item], view: Observed[Any], facts: dict[str, Any]) -> Verdict | None:
        confirmed = [one for one in found if one.confirmed and self._overdue(one.confirmed.at)]
        plain = [one for one in found if self._plain(one)]
        doubtful = [one for one in found if one.perhaps]
        unclear = [one for one in found if one.unclear]
        for some, outcome, text, remedy in (
            (confirmed, Outcome.NOT_MET, _CONFIRMED, _REMOVE),
            (plain, Outcome.NOT_MET, _VISIBLE, _REMOVE),
            (doubtful, Outcome.UNKNOWN, _WHICH, _SAY_WHICH),
            (unclear, Outcome.UNKNOWN, _UNCLEAR, _SAY_GROUND),
            (found, Outcome.UNKNOWN, _QUEUE, _DECIDE),
        ):
            if some:
                return Verdict(outcome, text, {**facts, **_told(some, facts)}, _evidence(some, view), remedy)
        return None

    def _plain(self, one: _Item) -> bool:
        """A sure sign on a ground that needs no judgement, old enough to have been dealt with."""
        sure = any(place.category in _PLAIN_GROUNDS and place.weight >= _SURE for place in one.places)
        return sure and self._overdue(one.item.at)

    def _overdue(self, since: datetime) -> bool:
        return self._case.seen_until - self._case.owed_since(self._force, since) > self._grace


def _wanted(names: Sequence[str]) -> frozenset[str]:
    return frozenset(part for name in names for part in (LAW if name == "law_violation" else (name,)))


def _own(item: Comment | Message) -> bool:
    return item.by_owner if isinstance(item, Comment) else item.outgoing


def _told(found: Sequence[_Item], facts: dict[str, Any]) -> dict[str, Any]:
    signs = {place.category for one in found for place in one.places}
    decided = {noted.ground for one in found if (noted := one.noted)}
    items = counted(len(found), *_NOUNS[facts["object"]])
    return {"count": len(found), "items": items, "found": sorted(signs | decided)}


def _evidence(found: Sequence[_Item], view: Observed[Any]) -> tuple[Evidence, ...]:
    return tuple(_one_evidence(one, view) for one in found[:_SHOWN])


def _one_evidence(one: _Item, view: Observed[Any]) -> Evidence:
    item, link = one.item, getattr(one.item, "url", None) or ""
    noted = one.noted
    if noted is not None:
        note = Text(f"решение: {noted.ground}", f"decided: {noted.ground}")
        return Evidence(Means.LOG, noted.at, noted.by or "", link, item.id, item.text[:300], note=note)
    place = max(one.places, key=lambda place: place.weight)
    quote = item.text[place.start : place.end]
    return Evidence(
        Means.TEXT, view.at, view.through, link, item.id, quote, place.start, place.end, place.weight, place.why
    )

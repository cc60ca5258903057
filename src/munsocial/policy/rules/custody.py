"""Who keeps which key: custody, handovers, hygiene, two-factor login; and who has power over a page (clause 3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeGuard

from munsocial.model.credentials import Credential, Handover
from munsocial.model.people import Person
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.facts.passing import changes, doubts, unrecorded
from munsocial.policy.force import Force
from munsocial.policy.params import CredentialsCustody, CredentialsHygiene, TwoFactor
from munsocial.policy.rules.attesting import attested_or_unknown
from munsocial.policy.rules.people import holders
from munsocial.policy.rules.seen import on_record, witness
from munsocial.policy.terms import length_in_words, renewed_until
from munsocial.policy.verdict import Evidence, Level, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["custody", "hygiene", "two_factor"]

_KEPT = Text("Записано, кто хранит ключи: {holders}.", "It is on record who keeps the keys: {holders}.")
_NO_RECORD = Text(
    "Не записано, кто хранит логин и пароль аккаунта.", "Nobody noted who keeps the login of the account."
)
_NO_HOLDER = Text("Не записано, кто хранит доступ «{key}».", "Nobody noted who keeps the access “{key}”.")
_LEFT = Text(
    "Доступ «{key}» числится за тем, кто уже не работает ({holder}): последний день — {left_on}.",
    "The access “{key}” is with somebody who has left ({holder}): the last day was {left_on}.",
)
_NOT_YET = Text(
    "Доступ «{key}» числится за тем, кто ещё не работает ({holder}): первый день — {since}.",
    "The access “{key}” is with somebody who does not work here yet ({holder}): the first day is {since}.",
)
_NOBODY_APPOINTED = Text(
    "Доступ «{key}» хранит {holder}, но обязанность хранить его ни одним актом не возложена.",
    "{holder} keeps the access “{key}” without being appointed for custody.",
)
_NO_HANDOVER = Text(
    "Доступ «{key}» сменил хранителя, а передача не записана (был: {giver}; стал: {taker}).",
    "The access “{key}” changed hands, and no handover is recorded (from {giver} to {taker}).",
)
_SINCE_WHEN = Text(
    "Передан ли доступ «{key}», не ясно: один хранитель ({giver}) держал его по {ended}, с какого дня держит другой"
    " ({taker}), не записано.",
    "Whether the access “{key}” was handed over is not clear: one holder ({giver}) kept it until {ended}; since when"
    " the other ({taker}) has kept it is not on record.",
)
_NOTE_FIRST_DAY = Text(
    "Впишите первый день ключа; если его передали, запишите передачу.",
    "Enter the first day of the key; if it was handed over, record that.",
)
_NOT_ROTATED = Text(
    "При передаче {date} пароль не сменён, и позже его не меняли ({key}).",
    "The secret was not changed at the handover of {date}, nor later ({key}).",
)
_EXPIRED = Text(
    "Срок доступа «{key}» истёк: последний день — {expires}.",
    "The access “{key}” has expired: its last day was {expires}.",
)
_RENEW = Text("Получите новый ключ и впишите его срок.", "Get a new key and enter its term.")
_ALL_KEYS = Text("все ключи аккаунта", "all keys of the account")
_STRANGER = Text(
    "Управлять страницей может {name} ({role}); в реестре такого человека нет.",
    "{name} ({role}) has power over the page and is not in the register.",
)
_GONE = Text(
    "Управлять страницей всё ещё может {name} ({role}): последний рабочий день — {left_on}.",
    "{name} ({role}) still has power over the page, though the last working day was {left_on}.",
)
_OWNER_LEFT = Text(
    "Владелец страницы в сети — {name}: последний рабочий день — {left_on}.",
    "The page is owned by {name}, whose last working day was {left_on}.",
)
_TRANSFER = Text("Передайте права владельца работнику органа.", "Transfer the ownership to the body.")
_RECORD = Text(
    "Внесите ключи аккаунта в реестр: кто хранит и с какого дня.", "Enter the keys: who keeps them since when."
)
_HAND_OVER = Text("Передайте ключ, смените пароль, запишите передачу.", "Hand the key over, change it, record it.")
_REMOVE = Text("Уберите этого человека из управляющих.", "Remove this person from those who run the page.")
_REMOVE_OR_ENTER = Text(
    "Уберите этого человека из управляющих или внесите его в реестр.",
    "Remove this person from those who run the page, or enter into the register.",
)
_APPOINT_OR_HAND_OVER = Text(
    "Возложите хранение актом или передайте доступ тому, на кого оно возложено.",
    "Put the custody on this person by an act, or hand the access to whom it is put on.",
)

_CLEAN = Text("Требования к паролям соблюдены.", "The demands on passwords are met.")
_THIRD = Text(
    "Доступ «{key}» доверен посторонним: {third_party}.", "A third party has the access “{key}”: {third_party}."
)
_WEAK = Text("Пароль («{key}») недостаточно стойкий.", "The password (“{key}”) is not strong enough.")
_OLD = Text(
    "Доступ «{key}» не меняли с {rotated}, а менять нужно раз в {term}.",
    "The access “{key}” was last changed on {rotated}; it is to be changed every {term}.",
)
_UNSTATED = Text("Не записано: {lacking}.", "Not on record: {lacking}.")
_UNMEASURED = Text("Какие меры защиты нужны, из акта не известно.", "The act's measures of protection are not known.")
_LOOK_UP = Text("Найдите меры в тексте акта и впишите их.", "Look the measures up in the act and enter them.")
_CHANGE = Text("Смените пароль и запишите дату.", "Change the password and note the day.")
_STRENGTH, _ROTATION = (
    Text("стойкость пароля", "strength of the password"),
    Text("дата смены", "day of the last change"),
)

_TWO_FACTOR = Text("Вход в два шага включён: {roles}.", "Two-factor login is on: {roles}.")
_ONE_FACTOR = Text("Вход в два шага выключен: {off}.", "Two-factor login is off: {off}.")
_TURN_ON = Text("Включите вход в два шага.", "Turn two-factor login on.")


def custody(case: Case, ask: Ask[CredentialsCustody], page: Page) -> Iterator[Verdict]:
    """Judge the record of custody; then tell what follows from it though the act does not say so."""
    living = _living(case, page)
    yield from _held(case, page, living)
    if ask.params.handover_record:
        yield from _handed_over(case, ask.force, page, living)
    yield from _appointed(case, page, living)
    yield from _expired(case, living)
    yield from _owner(case, page)
    yield from _managers(case, page)


def _owner(case: Case, page: Page) -> Iterator[Verdict]:
    """A page whose owner in the network has left must change hands before anything else."""
    person = case.registry.person_by_id.get(page.account.owner_person or "")
    if _has_left(person, case.day):
        facts = {"name": person.name, "left_on": person.until}
        yield Verdict(Outcome.NOT_MET, _OWNER_LEFT, facts, on_record(page.id), _TRANSFER, Level.SHOULD, "former_owner")


def _living(case: Case, page: Page) -> list[Credential]:
    known = case.registry.credentials_of.get(page.id, ())
    return [one for one in known if one.covers(case.day) and (one.revoked is None or one.revoked > case.day)]


def _held(case: Case, page: Page, living: Sequence[Credential]) -> Iterator[Verdict]:
    if not living:
        yield Verdict(Outcome.NOT_MET, _NO_RECORD, {}, on_record(page.id), _RECORD)
        return
    faults = [fault for one in living if (fault := _fault(case, one))]
    yield from faults
    if not faults:
        facts = {"holders": sorted({case.person_name(one.holder) for one in living})}
        yield Verdict(Outcome.MET, _KEPT, facts, tuple(_evidence(one) for one in living))


def _fault(case: Case, one: Credential) -> Verdict | None:
    facts: dict[str, Any] = {"key": one.kind}
    person = case.registry.person_by_id.get(one.holder or "")
    if person is None:
        return Verdict(Outcome.NOT_MET, _NO_HOLDER, facts, (_evidence(one),), _RECORD)
    if _has_left(person, case.day):
        facts |= {"holder": person.name, "left_on": person.until}
        return Verdict(Outcome.NOT_MET, _LEFT, facts, (_evidence(one),), _HAND_OVER)
    if not person.covers(case.day):
        facts |= {"holder": person.name, "since": person.since}
        return Verdict(Outcome.NOT_MET, _NOT_YET, facts, (_evidence(one),), _RECORD)
    return None


def _appointed(case: Case, page: Page, living: Sequence[Credential]) -> Iterator[Verdict]:
    keepers = {one.person for one in holders(case, page.body.id, page.id, "credential_custody", case.day)}
    for one in living:
        person = case.registry.person_by_id.get(one.holder or "")
        there = person is not None and person.covers(case.day)
        if there and one.holder not in keepers:
            facts = {"key": one.kind, "holder": case.person_name(one.holder)}
            yield Verdict(Outcome.NOT_MET, _NOBODY_APPOINTED, facts, (_evidence(one),), _APPOINT_OR_HAND_OVER,
                          derived="credential_without_appointment")  # fmt: skip


def _handed_over(case: Case, force: Force, page: Page, living: Sequence[Credential]) -> Iterator[Verdict]:
    """Every change of holder of one kind of key needs a record; of a record we also ask whether the key was changed.

    A change is a deed of its day: one before the demand, or before the account, is nobody's fault.
    """
    handovers = [one for one in case.registry.handovers_of.get(page.id, ()) if one.date <= case.day]
    keys = case.registry.credentials_of.get(page.id, ())
    opened = page.account.first_day or date.min
    for change in unrecorded(changes(keys, case.day), handovers):
        if not force.begun(change.began) or change.began < opened:
            continue
        giver, taker = case.person_name(change.before.holder), case.person_name(change.after.holder)
        facts = {"key": change.after.kind, "giver": giver, "taker": taker}
        yield Verdict(Outcome.NOT_MET, _NO_HANDOVER, facts, (_evidence(change.after),), _HAND_OVER)
    for doubt in doubts(keys, case.day):
        if force.begun(doubt.ended) and not any(doubt.recorded_by(one) for one in handovers):
            giver, taker = case.person_name(doubt.before.holder), case.person_name(doubt.after.holder)
            noted: dict[str, Any] = {"key": doubt.after.kind, "giver": giver, "taker": taker, "ended": doubt.ended}
            yield Verdict(Outcome.UNKNOWN, _SINCE_WHEN, noted, (_evidence(doubt.after),), _NOTE_FIRST_DAY)
    for record in handovers:
        if force.begun(record.date) and _still_known(case, living, record):
            told = {"date": record.date, "key": record.credential or _ALL_KEYS}
            yield Verdict(Outcome.NOT_MET, _NOT_ROTATED, told, on_record(page.id), _CHANGE, Level.SHOULD, "not_rotated")


def _still_known(case: Case, living: Sequence[Credential], record: Handover) -> bool:
    """Tell whether the giver still knows the secret: it was not changed at the handover, nor on a later day."""
    handed = [one for one in living if record.credential in (None, one.id)]
    changed = bool(handed) and all(one.rotated is not None and record.date <= one.rotated <= case.day for one in handed)
    if changed or record.rotated:
        return False
    if record.rotated is False:
        return True
    # Nobody noted it. A giver who has left, and a secret older than the leaving, speak for themselves.
    gone = _has_left(case.registry.person_by_id.get(record.giver or ""), case.day)
    return gone and any(one.rotated is not None and one.rotated < record.date for one in handed)


def _expired(case: Case, living: Sequence[Credential]) -> Iterator[Verdict]:
    for one in living:
        if one.expires is not None and one.expires < case.day:
            facts: dict[str, Any] = {"key": one.kind, "expires": one.expires}
            yield Verdict(Outcome.NOT_MET, _EXPIRED, facts, (_evidence(one),), _RENEW, Level.SHOULD, "expired_key")


def _managers(case: Case, page: Page) -> Iterator[Verdict]:
    """Compare those who have power over the page with the register, where the network lets us read them."""
    known = case.person_by_profile.get(page.account.network, {})
    owner = case.registry.account_by_id.get(page.account.owner_profile or "")
    for manager in page.view.managers.value or ():
        if owner is not None and owner.network_id == manager.network_id:
            continue
        person = known.get(manager.network_id)
        somebody = Text(f"пользователь {manager.network_id}", f"the user {manager.network_id}")
        name = person.name if person else manager.name or somebody
        facts: dict[str, Any] = {"name": name, "role": manager.role}
        evidence = (witness(page.view.managers, item=manager.network_id),)
        if person is None:
            yield Verdict(
                Outcome.NOT_MET,
                _STRANGER,
                facts,
                evidence,
                _REMOVE_OR_ENTER,
                Level.SHOULD,
                "unregistered_administrator",
            )
        elif _has_left(person, case.day):
            facts["left_on"] = person.until
            yield Verdict(Outcome.NOT_MET, _GONE, facts, evidence, _REMOVE, Level.SHOULD, "former_administrator")


def _has_left(person: Person | None, day: date) -> TypeGuard[Person]:
    return person is not None and person.until is not None and person.until < day


def _evidence(one: Credential) -> Evidence:
    return Evidence(Means.REGISTRY, item=one.id or one.account)


def hygiene(case: Case, ask: Ask[CredentialsHygiene], page: Page) -> Iterator[Verdict]:
    """Judge strength, age and third parties by the register; what the act does not measure stays unknown."""
    living = _living(case, page)
    every = ask.params.rotate_every
    broken = next((found for one in living if (found := _unclean(case, one, ask.params))), None)
    lacking = _lacking(living, ask.params, case.day)
    evidence = tuple(_evidence(one) for one in living)
    if broken:
        yield broken
    elif not living:
        yield Verdict(Outcome.UNKNOWN, _NO_RECORD, {}, evidence, _RECORD)
    elif lacking:
        yield Verdict(Outcome.UNKNOWN, _UNSTATED, {"lacking": lacking}, evidence, _RECORD)
    elif not ask.params.complex and every is None:
        yield Verdict(Outcome.UNKNOWN, _UNMEASURED, {}, evidence, _LOOK_UP)
    else:
        yield Verdict(Outcome.MET, _CLEAN, {}, evidence)


def _unclean(case: Case, one: Credential, params: CredentialsHygiene) -> Verdict | None:
    facts: dict[str, Any] = {"key": one.kind}
    if one.third_party:
        return Verdict(Outcome.NOT_MET, _THIRD, {**facts, "third_party": one.third_party}, (_evidence(one),), _CHANGE)
    if params.complex and one.complex is False:
        return Verdict(Outcome.NOT_MET, _WEAK, facts, (_evidence(one),), _CHANGE)
    changed, every = _changed(one, case.day), params.rotate_every
    if every is not None and changed is not None and case.day > renewed_until(changed, every):
        facts |= {"rotated": changed, "every": every, "term": length_in_words(every)}
        return Verdict(Outcome.NOT_MET, _OLD, facts, (_evidence(one),), _CHANGE)
    return None


def _changed(one: Credential, day: date) -> date | None:
    """The day of the last change, else of issue; a day to come has changed nothing yet."""
    return next((noted for noted in (one.rotated, one.issued) if noted is not None and noted <= day), None)


def _lacking(living: Sequence[Credential], params: CredentialsHygiene, day: date) -> list[Text]:
    lacking = []
    if params.complex and any(one.complex is None for one in living):
        lacking.append(_STRENGTH)
    if params.rotate_every is not None and any(_changed(one, day) is None for one in living):
        lacking.append(_ROTATION)
    return lacking


def two_factor(case: Case, ask: Ask[TwoFactor], page: Page) -> Iterator[Verdict]:
    """Judge by the register, role by role; roles that it does not mention need an attestation."""
    states = {role: page.account.two_factor.get(role) for role in ask.params.roles or page.account.two_factor}
    off = [role for role, on in states.items() if on is False]
    evidence = on_record(page.id)
    if off:
        yield Verdict(Outcome.NOT_MET, _ONE_FACTOR, {"off": off}, evidence, _TURN_ON)
    elif states and all(states.values()):
        yield Verdict(Outcome.MET, _TWO_FACTOR, {"roles": list(states)}, evidence)
    else:
        yield attested_or_unknown(case, ask, page, ask.params.valid_days)

"""Who keeps which key: custody, handovers, hygiene, two-factor login; and who has power over a page (clause 3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from munsocial.model.credentials import Credential, Handover
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.params import CredentialsCustody, CredentialsHygiene, TwoFactor
from munsocial.policy.rules.attesting import attested_or_unknown
from munsocial.policy.rules.people import holders
from munsocial.policy.rules.seen import witness
from munsocial.policy.verdict import Evidence, Level, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["custody", "hygiene", "two_factor"]

_KEPT = Text("Хранение записано: {holders}.", "Custody is recorded: {holders}.")
_NO_RECORD = Text(
    "Не записано, кто хранит логин и пароль аккаунта.", "Nobody noted who keeps the login of the account."
)
_NO_HOLDER = Text("У ключа «{key}» не записан хранитель.", "The key {key!r} has no holder on record.")
_LEFT = Text(
    "Хранитель ключа «{key}» ({holder}) ушёл {left_on}.", "The holder of {key!r} ({holder}) left on {left_on}."
)
_NOBODY_APPOINTED = Text(
    "Ключ «{key}» хранит {holder}, но обязанность хранения на него не возложена.",
    "{holder} keeps the key {key!r} without being appointed for custody.",
)
_NO_HANDOVER = Text(
    "Ключ «{key}» перешёл от {giver} к {taker}, а передача не записана.",
    "The key {key!r} went from {giver} to {taker}, and no handover is recorded.",
)
_NOT_ROTATED = Text(
    "При передаче {date} пароль не сменён (ключ «{key}»).",
    "The secret was not changed at the handover of {date} ({key}).",
)
_EXPIRED = Text("Ключ «{key}» истёк {expires}.", "The key {key!r} expired on {expires}.")
_STRANGER = Text(
    "Управлять страницей может {name} ({role}), которого нет в реестре.",
    "{name} ({role}) has power over the page and is not in the register.",
)
_GONE = Text(
    "Управлять страницей может {name} ({role}), ушедший {left_on}.",
    "{name} ({role}), who left on {left_on}, has power over the page.",
)
_OWNER_LEFT = Text(
    "Владелец страницы в сети — {name}, ушедший {left_on}.", "The page is owned by {name}, who left on {left_on}."
)
_TRANSFER = Text("Передайте права владельца работнику органа.", "Transfer the ownership to the body.")
_RECORD = Text(
    "Внесите ключи аккаунта в реестр: кто хранит и с какого дня.", "Enter the keys: who keeps them since when."
)
_HAND_OVER = Text("Передайте ключ, смените пароль, запишите передачу.", "Hand the key over, change it, record it.")
_REMOVE = Text("Уберите его из управляющих или внесите в реестр.", "Remove this person, or enter into the register.")

_CLEAN = Text("Требования к паролям соблюдены.", "The demands on passwords are met.")
_THIRD = Text("Ключ «{key}» доверен посторонним: {third_party}.", "A third party has the key {key!r}: {third_party}.")
_WEAK = Text("Пароль «{key}» не отвечает требованиям.", "The password {key!r} is too weak.")
_OLD = Text(
    "Ключ «{key}» не меняли с {rotated}, срок — {every} дн.",
    "The key {key!r} was last changed on {rotated}; every {every} days.",
)
_UNSTATED = Text("Не записано: {lacking}.", "Not on record: {lacking}.")
_UNMEASURED = Text("Меры защиты в акте не названы числом.", "The act names no measurable protection.")
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
    living = [one for one in case.registry.credentials_of.get(page.id, ()) if _alive(one, case.day)]
    yield from _held(case, page, living)
    if ask.params.handover_record:
        yield from _handed_over(case, page)
    yield from _appointed(case, page, living)
    yield from _expired(case, page)
    yield from _owner(case, page)
    yield from _managers(case, page)


def _owner(case: Case, page: Page) -> Iterator[Verdict]:
    """A page whose owner in the network has left must change hands before anything else."""
    person = case.registry.person_by_id.get(page.account.owner_person or "")
    if person is not None and person.until is not None and person.until < case.day:
        facts = {"name": person.name, "left_on": person.until}
        evidence = (Evidence(Means.REGISTRY, item=page.id),)
        yield Verdict(Outcome.NOT_MET, _OWNER_LEFT, facts, evidence, _TRANSFER, Level.SHOULD, "former_owner")


def _alive(one: Credential, day: date) -> bool:
    return one.covers(day) and (one.revoked is None or one.revoked > day)


def _held(case: Case, page: Page, living: Sequence[Credential]) -> Iterator[Verdict]:
    if not living:
        yield Verdict(Outcome.NOT_MET, _NO_RECORD, {}, (Evidence(Means.REGISTRY, item=page.id),), _RECORD)
        return
    faults = [fault for one in living if (fault := _fault(case, one))]
    yield from faults
    if not faults:
        facts = {"holders": sorted({_name(case, one.holder) for one in living})}
        yield Verdict(Outcome.MET, _KEPT, facts, tuple(_evidence(one) for one in living))


def _fault(case: Case, one: Credential) -> Verdict | None:
    facts: dict[str, Any] = {"key": one.kind}
    person = case.registry.person_by_id.get(one.holder or "")
    if person is None:
        return Verdict(Outcome.NOT_MET, _NO_HOLDER, facts, (_evidence(one),), _RECORD)
    if person.until is not None and person.until < case.day:
        facts |= {"holder": person.name, "left_on": person.until}
        return Verdict(Outcome.NOT_MET, _LEFT, facts, (_evidence(one),), _HAND_OVER)
    return None


def _appointed(case: Case, page: Page, living: Sequence[Credential]) -> Iterator[Verdict]:
    keepers = {one.person for one in holders(case, page.body.id, page.id, "credential_custody", case.day)}
    for one in living:
        person = case.registry.person_by_id.get(one.holder or "")
        gone = person is None or (person.until is not None and person.until < case.day)
        if not gone and one.holder not in keepers:
            facts = {"key": one.kind, "holder": _name(case, one.holder)}
            yield Verdict(Outcome.NOT_MET, _NOBODY_APPOINTED, facts, (_evidence(one),), _HAND_OVER,
                          derived="credential_without_appointment")  # fmt: skip


def _handed_over(case: Case, page: Page) -> Iterator[Verdict]:
    """Every change of holder of one kind of key needs a record; of a record we also ask whether the key was changed."""
    handovers = case.registry.handovers_of.get(page.id, ())
    kinds: dict[str, list[Credential]] = {}
    for one in case.registry.credentials_of.get(page.id, ()):
        if one.since is None or one.since <= case.day:
            kinds.setdefault(one.kind, []).append(one)
    for kind, chain in kinds.items():
        ordered = sorted(chain, key=lambda one: one.since or date.min)
        for before, after in pairwise(ordered):
            if (
                before.holder
                and after.holder
                and before.holder != after.holder
                and not _recorded(handovers, before, after)
            ):
                facts = {"key": kind, "giver": _name(case, before.holder), "taker": _name(case, after.holder)}
                yield Verdict(Outcome.NOT_MET, _NO_HANDOVER, facts, (_evidence(after),), _HAND_OVER)
    for record in handovers:
        if record.rotated is False and record.date <= case.day:
            told = {"date": record.date, "key": record.credential or "*"}
            evidence = (Evidence(Means.REGISTRY, item=page.id),)
            yield Verdict(Outcome.NOT_MET, _NOT_ROTATED, told, evidence, _CHANGE, Level.SHOULD, "not_rotated")


def _recorded(handovers: Sequence[Handover], before: Credential, after: Credential) -> bool:
    """Tell whether the change is on record: the same taker, and the same giver if anybody noted one."""
    return any(
        one.taker == after.holder
        and one.giver in (None, before.holder)
        and (one.credential is None or one.credential in (before.id, after.id))
        for one in handovers
    )


def _expired(case: Case, page: Page) -> Iterator[Verdict]:
    for one in case.registry.credentials_of.get(page.id, ()):
        if _alive(one, case.day) and one.expires is not None and one.expires < case.day:
            facts: dict[str, Any] = {"key": one.kind, "expires": one.expires}
            yield Verdict(Outcome.NOT_MET, _EXPIRED, facts, (_evidence(one),), _CHANGE, Level.SHOULD, "expired_key")


def _managers(case: Case, page: Page) -> Iterator[Verdict]:
    """Compare those who have power over the page with the register, where the network lets us read them."""
    known = case.person_by_profile.get(page.account.network, {})
    owner = case.registry.account_by_id.get(page.account.owner_profile or "")
    for manager in page.view.managers.value or ():
        if owner is not None and owner.network_id == manager.network_id:
            continue
        person = known.get(manager.network_id)
        facts: dict[str, Any] = {"name": manager.name or manager.network_id, "role": manager.role}
        evidence = (witness(page.view.managers, item=manager.network_id),)
        if person is None:
            yield Verdict(
                Outcome.NOT_MET, _STRANGER, facts, evidence, _REMOVE, Level.SHOULD, "unregistered_administrator"
            )
        elif person.until is not None and person.until < case.day:
            facts["left_on"] = person.until
            yield Verdict(Outcome.NOT_MET, _GONE, facts, evidence, _REMOVE, Level.SHOULD, "former_administrator")


def _name(case: Case, person: str | None) -> str:
    known = case.registry.person_by_id.get(person or "")
    return known.name if known else person or ""


def _evidence(one: Credential) -> Evidence:
    return Evidence(Means.REGISTRY, item=one.id or one.account)


def hygiene(case: Case, ask: Ask[CredentialsHygiene], page: Page) -> Iterator[Verdict]:
    """Judge strength, age and third parties by the register; what the act does not measure stays unknown."""
    living = [one for one in case.registry.credentials_of.get(page.id, ()) if _alive(one, case.day)]
    every = _days(ask.params.rotate_every)
    broken = next((found for one in living if (found := _unclean(case, one, ask.params, every))), None)
    lacking = _lacking(living, ask.params, every)
    evidence = tuple(_evidence(one) for one in living)
    if broken:
        yield broken
    elif not living:
        yield Verdict(Outcome.UNKNOWN, _NO_RECORD, {}, evidence, _RECORD)
    elif lacking:
        yield Verdict(Outcome.UNKNOWN, _UNSTATED, {"lacking": lacking}, evidence, _RECORD)
    elif not ask.params.complex and every is None:
        yield Verdict(Outcome.UNKNOWN, _UNMEASURED, {}, evidence)
    else:
        yield Verdict(Outcome.MET, _CLEAN, {}, evidence)


def _unclean(case: Case, one: Credential, params: CredentialsHygiene, every: int | None) -> Verdict | None:
    facts: dict[str, Any] = {"key": one.kind}
    if one.third_party:
        return Verdict(Outcome.NOT_MET, _THIRD, {**facts, "third_party": one.third_party}, (_evidence(one),), _CHANGE)
    if params.complex and one.complex is False:
        return Verdict(Outcome.NOT_MET, _WEAK, facts, (_evidence(one),), _CHANGE)
    changed = one.rotated or one.issued
    if every is not None and changed is not None and case.day - changed > timedelta(days=every):
        return Verdict(Outcome.NOT_MET, _OLD, {**facts, "rotated": changed, "every": every}, (_evidence(one),), _CHANGE)
    return None


def _lacking(living: Sequence[Credential], params: CredentialsHygiene, every: int | None) -> list[Text]:
    lacking = []
    if params.complex and any(one.complex is None for one in living):
        lacking.append(_STRENGTH)
    if every is not None and any(one.rotated is None and one.issued is None for one in living):
        lacking.append(_ROTATION)
    return lacking


def _days(every: str | int | None) -> int | None:
    """Return a length such as ``90d`` in days; a month is taken as 30 of them, a year as 365."""
    if every is None or isinstance(every, int):
        return min(every, 3_650_000) if every is not None else None
    return int(every[:-1]) * {"d": 1, "w": 7, "m": 30, "y": 365}[every[-1]]


def two_factor(case: Case, ask: Ask[TwoFactor], page: Page) -> Iterator[Verdict]:
    """Judge by the register, role by role; roles that it does not mention need an attestation."""
    states = {role: page.account.two_factor.get(role) for role in ask.params.roles or page.account.two_factor}
    off = [role for role, on in states.items() if on is False]
    evidence = (Evidence(Means.REGISTRY, item=page.id),)
    if off:
        yield Verdict(Outcome.NOT_MET, _ONE_FACTOR, {"off": off}, evidence, _TURN_ON)
    elif states and all(states.values()):
        yield Verdict(Outcome.MET, _TWO_FACTOR, {"roles": list(states)}, evidence)
    else:
        yield attested_or_unknown(case, ask, page, ask.params.valid_days)

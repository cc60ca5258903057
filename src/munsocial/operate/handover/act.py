"""The act of handover as plain facts, in Russian: what HTML and DOCX show alike. No secret is ever in it.

It can be printed at any time: before everything but the signatures is done it calls itself a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from munsocial.model.people import Person
from munsocial.model.phones import masked
from munsocial.model.registry import Registry
from munsocial.operate.clauses import clause_of
from munsocial.operate.handover.procedure import Procedure, Standing, StepState
from munsocial.operate.handover.steps import StepKind, key_id
from munsocial.operate.keys.custody import person_name
from munsocial.policy.act import Act
from munsocial.policy.speech import MONTHS

__all__ = ["ActOfHandover", "Party", "act_of"]

_NETWORKS = {"vk": "ВКонтакте", "ok": "Одноклассники", "telegram": "Telegram", "max": "MAX", "rutube": "RUTUBE"}
_KINDS = {
    "login": "логин и пароль",
    "community_key": "ключ сообщества",
    "service_key": "сервисный ключ",
    "user_key": "ключ пользователя",
    "access_token": "токен доступа",
    "group_token": "ключ сообщений группы",
    "application_secret": "секретный ключ приложения",
}
_BASES = {
    StepState.SEEN: "проверено программой чтением сети или реестра",
    StepState.STATED: "со слов: {by}",
    StepState.WAIVED: "не выполнялось, решение: {by}",
    StepState.FAILED: "НЕ ВЫПОЛНЕНО",
    StepState.UNSEEN: "не подтверждено",
    StepState.OPEN: "не выполнено",
}
_READ_AND = " Причина: "
"""Stands in what was left out although reading had shown something: the finding, then the reason."""


@dataclass(frozen=True, slots=True)
class Party:
    """One who signs: name, position and body, and whether the signature is noted in the journal."""

    name: str
    position: str
    body: str
    signed: str = ""

    @property
    def whole(self) -> str:
        """Name, position and body in one line."""
        return ", ".join(filter(None, (self.name, self.position, self.body)))


@dataclass(frozen=True, slots=True)
class ActOfHandover:
    """Everything that stands on the paper. Rows are tuples of cells in the order of the heads of their tables."""

    title: str
    number: str
    draft: bool
    day: str
    municipality: str
    giver: Party | None
    taker: Party
    basis: str
    pages: tuple[tuple[str, ...], ...]
    keys: tuple[tuple[str, ...], ...]
    steps: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]
    record: str
    made_at: datetime

    @property
    def given(self) -> str:
        """The sentence that the paper is about."""
        who = "Передающий передал, а принимающий принял" if self.giver else "Принимающий принял"
        return f"{who} права на ведение страниц и доступ к ним:"

    @property
    def bound(self) -> str:
        """What the signatures mean."""
        told = "После подписания ответственность за хранение логинов и паролей, их передачу и ведение страниц несёт"
        kept = " Передающий копий логинов, паролей и ключей не сохранил." if self.giver else ""
        return f"{told} принимающий.{kept}"

    PAGES: ClassVar[tuple[str, ...]] = ("№", "Страница", "Сеть", "Адрес или номер", "Телефон", "Орган")
    KEYS: ClassVar[tuple[str, ...]] = ("№", "Что передано", "Страница", "Где хранится", "Сменён", "Старый не действует")
    STEPS: ClassVar[tuple[str, ...]] = ("№", "Действие", "Чем подтверждено", "Когда")


def act_of(
    procedure: Procedure,
    registry: Registry,
    *,
    now: datetime,
    anchor: tuple[int, str] | None = None,
    acts: Iterable[Act] = (),
) -> ActOfHandover:
    """Return the act of a handover.

    ``anchor`` is the journal's end (number, digest): it ties paper and journal. ``acts`` give the clause that asks for
    a record of handovers.
    """
    zone = ZoneInfo(registry.municipality.timezone)
    moment = (procedure.ended_at or now).astimezone(zone)
    signs = {one.step.subject: one for one in procedure.standings if one.step.kind is StepKind.SIGN}
    return ActOfHandover(
        title="Акт приёма-передачи аккаунтов в социальных сетях и доступа к ним",
        number=procedure.id.removeprefix("handover-"),
        draft=not procedure.unsigned or bool(procedure.stopped),
        day=f"{moment.day} {MONTHS['ru'][moment.month - 1]} {moment.year} г.",
        municipality=registry.municipality.name,
        giver=_party(registry, procedure.giver, signs, zone) if procedure.giver else None,
        taker=_party(registry, procedure.taker, signs, zone),
        basis=_basis(procedure, registry, clause_of(acts, "credentials.custody", on=moment.date())),
        pages=tuple(_pages(procedure, registry)),
        keys=tuple(_keys(procedure, registry)),
        steps=tuple(_steps(procedure, registry, zone)),
        remarks=tuple(_remarks(procedure, registry)),
        record=_record(procedure, anchor),
        made_at=moment,
    )


def _party(registry: Registry, person: str, signs: Mapping[str, Standing], zone: ZoneInfo) -> Party:
    known = registry.person_by_id.get(person) or Person(id=person, name=person)
    body = registry.body_by_id.get(known.body or "")
    sign = signs.get(person)
    at = sign.at.astimezone(zone) if sign is not None and sign.done and sign.at else None
    return Party(known.name, known.position, body.name if body else "", f"{at:%d.%m.%Y %H:%M}" if at else "")


def _basis(procedure: Procedure, registry: Registry, clause: str) -> str:
    acts = []
    bodies = {registry.account_by_id[one].body for one in procedure.accounts if one in registry.account_by_id}
    for one in registry.appointments:
        if one.person == procedure.taker and one.body in bodies and one.act is not None:
            number = f" № {one.act.number}" if one.act.number else ""
            acts.append(f"распорядительный акт от {one.act.date:%d.%m.%Y}{number} о назначении принимающего")
    found = [*dict.fromkeys(acts)] or ["назначение принимающего в реестре не записано"]
    return "; ".join([*found, f"пункт {clause} Порядка"] if clause else found)


def _pages(procedure: Procedure, registry: Registry) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for number, name in enumerate(procedure.accounts, 1):
        one = registry.account_by_id.get(name)
        if one is None:
            rows.append((str(number), name, "", "", "", "страницы больше нет в реестре"))
            continue
        body = registry.body_by_id.get(one.body)
        place = " / ".join(filter(None, (one.handle, one.network_id)))
        network = _NETWORKS.get(one.network, one.network)
        phone = masked(one.phone) if one.phone else "не записан"
        rows.append((str(number), one.title or name, network, place, phone, body.name if body else one.body))
    return rows


def _keys(procedure: Procedure, registry: Registry) -> list[tuple[str, ...]]:
    by_id = {key_id(one): one for one in registry.credentials}
    rows: list[tuple[str, ...]] = []
    for number, given in enumerate(procedure.keys, 1):
        one = by_id.get(given.key)
        kind = one.kind if one else given.key.rpartition(".")[2]
        told = f"{_KINDS.get(kind, kind)} «{given.key}»"
        changed = procedure.standing(
            f"{StepKind.ROTATE}:{given.key}" if given.program else f"{StepKind.PASSWORD}:{given.account}"
        )
        tried = procedure.standing(f"{StepKind.VERIFY}:{given.key}")
        where = (one.secret or one.kept) if one else ""
        page = registry.account_by_id.get(given.account)
        title = (page.title or page.handle) if page else given.account
        rows.append((str(number), told, title, where or "не записано", _answer(changed), _dead(tried)))
    return rows


def _answer(standing: Standing | None) -> str:
    if standing is None or not standing.done:
        return "нет"
    return {StepState.SEEN: "да", StepState.STATED: "да, со слов"}.get(standing.state, "нет, по решению")


def _dead(tried: Standing | None) -> str:
    if tried is None:
        return "программой не проверяется"
    if tried.state is StepState.SEEN:
        return "да, проверено чтением"
    return "со слов" if tried.state is StepState.STATED else "нет подтверждения"


def _steps(procedure: Procedure, registry: Registry, zone: ZoneInfo) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for one in procedure.standings:
        if one.step.kind is StepKind.SIGN:
            continue
        told = _told(one, registry)
        when = f"{one.at.astimezone(zone):%d.%m.%Y %H:%M}" if one.at else ""
        rows.append((str(len(rows) + 1), one.step.ru, told, when))
    return rows


def _told(one: Standing, registry: Registry) -> str:
    """Return on what a step rests: what was read is a sentence of its own, a person's words are added to the name."""
    basis = _BASES[one.state].format(by=person_name(registry, one.by))
    if one.why is None:
        return basis
    if one.state not in (StepState.STATED, StepState.WAIVED) or _READ_AND in one.why.ru:
        return f"{basis}. {one.why.ru}"
    return f"{basis}; {'причина' if one.state is StepState.WAIVED else 'примечание'}: {one.why.ru}"


def _remarks(procedure: Procedure, registry: Registry) -> list[str]:
    told = [
        f"{one.step.ru}: {_told(one, registry)}"
        for one in procedure.standings
        if one.step.kind is not StepKind.SIGN and one.state not in (StepState.SEEN, StepState.STATED)
    ]
    if procedure.stopped:
        told.insert(0, f"Передача прекращена: {procedure.stopped}")
    return told


def _record(procedure: Procedure, anchor: tuple[int, str] | None) -> str:
    begun = f"Передача {procedure.id} записана в журнале"
    return f"{begun}; запись {anchor[0]}, отпечаток {anchor[1]}." if anchor else f"{begun}."

"""How records lie in a workbook: the columns of each table, their headers, and the lists that get own sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime

from munsocial.model.base import Record
from munsocial.model.people import Person
from munsocial.model.tables import TABLES

__all__ = ["HEADERS", "NETWORKS", "Column", "Sheet", "sheets"]

Form = Literal["text", "flag", "day", "moment", "list", "mapping", "flags"]

HEADERS = {
    "absences": "отсутствия", "accounts": "аккаунты", "act": "акт", "acts": "акты", "account": "аккаунт",
    "answer": "ответ", "answer_has": "что есть в ответе", "answered_at": "отвечено", "appeal": "обращение по 59-ФЗ",
    "approver": "утвердил", "asked_at": "задано", "assigned_at": "поручено", "at": "когда", "author_id": "id автора",
    "audience_over_since": "более 10 000 с", "audience_register_applied": "подано в перечень",
    "audience_register_number": "номер в перечне", "body": "орган", "by": "кем", "category": "категория",
    "clause": "пункт", "closed": "закрыт", "competence": "компетенция", "complex": "стойкий пароль",
    "contractor": "подрядчик", "country_calendar": "производственный календарь", "created_by": "кем создан",
    "credential": "ключ", "date": "дата", "deputy": "заместитель", "detected_at": "выявлено", "done": "выполнено",
    "duties": "обязанности", "escalated_at": "доложено", "escalated_to": "кому доложено", "expires": "истекает",
    "features": "возможности", "file": "файл", "forwarded_at": "переслано", "from_whom": "от кого", "giver": "сдал",
    "ground": "основание", "handle": "короткое имя", "handles": "прежние имена", "holder": "держатель",
    "holds": "верно", "id": "id", "interim_at": "промежуточный ответ", "issued": "выдан", "item": "id записи",
    "kept": "где хранится", "key": "настройка", "kind": "вид", "kinds": "виды требований", "last_day": "последний день",
    "legal_entity": "юридическое лицо", "login_by": "вход по", "lost": "утерян", "mothballed": "законсервирован",
    "name": "название", "network": "сеть", "network_id": "id в сети", "note": "примечание", "number": "номер",
    "only_owns": "только владеет", "opened": "открыт", "organisations": "организации",
    "owner_person": "владелец-человек", "owner_profile": "профиль-владелец", "people": "сотрудники",
    "person": "сотрудник", "phone": "телефон",
    "phone_since": "телефон с", "phone_until": "телефон по", "places": "населённые пункты", "platform": "платформа",
    "position": "должность", "priority": "срочность", "profiles": "профили в сетях", "reason": "причина",
    "refused": "отклонено", "registered_at": "зарегистрировано", "requirement": "требование",
    "restored_at": "восстановлено", "revoked": "отозван", "role": "роль", "rotated": "сменён", "scope": "права",
    "secret": "ссылка на секрет", "served_by": "кто обслуживает", "settings": "настройки", "significant": "значимость",
    "since": "с", "site": "сайт", "state_mark": "госорганизация", "statement": "что подтверждается",
    "streets": "улицы", "subject": "о ком", "successor": "преемник", "summary": "суть", "tags": "метки",
    "taker": "принял", "text": "текст", "third_party": "у кого ещё", "timezone": "часовой пояс",
    "title": "заголовок", "two_factor": "вход в два шага", "unit": "подразделение", "until": "по",
    "url": "ссылка", "valid_until": "действует до", "value": "значение", "verified": "проверен",
    "within_competence": "в компетенции", "word": "слово",
}  # fmt: skip
"""Russian header of each field; a workbook may use it or the field's own name, in any letter case."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its path inside the record (``act.number``), how its cells are read, its header.

    ``words`` are all that may stand in it; none: it is no closed list.
    """

    path: str
    form: Form
    header: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a table, or with ``inside`` a list of records inside those of a table, tied by ``parent``."""

    table: str
    title: str
    columns: tuple[Column, ...]
    inside: str = ""
    parent: str = ""


NETWORKS = Sheet("networks", "Сети", tuple(Column(name, "text", HEADERS[name]) for name in ("network", "key", "value")))
"""The sheet of adapters' settings: a row for each, whatever its network."""

_INNER_TITLES = {
    ("people", "absences"): ("Отсутствия", "person"),
    ("accounts", "handles"): ("Имена аккаунтов", "account"),
}
_OWN_HEADERS: dict[tuple[type[Record], str], str] = {(Person, "name"): "ФИО"}


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return every sheet of a workbook but the one of adapters' settings."""
    return tuple(_sheets())


def _sheets() -> Iterator[Sheet]:
    for name, table in TABLES.items():
        yield Sheet(name, table.title.ru, tuple(_columns(table.record)))
        for field, info in table.record.model_fields.items():
            inner = _records_in(info.annotation)
            if inner is not None:
                title, parent = _INNER_TITLES[name, field]
                link = Column(parent, "text", HEADERS[parent])
                yield Sheet(name, title, (link, *_columns(inner)), inside=field, parent=parent)


def _columns(model: type[Record], prefix: str = "", head: str = "") -> Iterator[Column]:
    for name, info in _first_things_first(model):
        if _records_in(info) is not None:
            continue
        nested = _record(info)
        if nested is not None:
            yield from _columns(nested, f"{prefix}{name}.", f"{head}{HEADERS[name]}: ")
        else:
            header = f"{head}{_OWN_HEADERS.get((model, name), HEADERS[name])}"
            yield Column(f"{prefix}{name}", _form(info), header, _words(info))


def _first_things_first(model: type[Record]) -> list[tuple[str, object]]:
    """Fields in their order, but what names a record before the days of its period."""
    fields = [(name, info.annotation) for name, info in model.model_fields.items()]
    return sorted(fields, key=lambda field: (field[0] != "id", field[0] in ("since", "until")))


def _unwrapped(annotation: object) -> object:
    """Take off Annotated and "or None"."""
    if get_origin(annotation) is Annotated:
        return _unwrapped(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        some = [one for one in get_args(annotation) if one is not type(None)]
        return _unwrapped(some[0])
    return annotation


def _record(annotation: object) -> type[Record] | None:
    inner = _unwrapped(annotation)
    return inner if isinstance(inner, type) and issubclass(inner, Record) else None


def _records_in(annotation: object) -> type[Record] | None:
    inner = _unwrapped(annotation)
    return _record(get_args(inner)[0]) if get_origin(inner) is tuple else None


def _words(annotation: object) -> tuple[str, ...]:
    inner = _unwrapped(annotation)
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return tuple(one.value for one in inner)
    return get_args(inner) if get_origin(inner) is Literal else ()


def _form(annotation: object) -> Form:
    inner = _unwrapped(annotation)
    if get_origin(inner) is tuple:
        return "list"
    if get_origin(inner) is dict:
        return "flags" if get_args(inner)[1] is bool else "mapping"
    forms: dict[object, Form] = {bool: "flag", dt.date: "day", AwareDatetime: "moment"}
    return forms.get(inner, "text")

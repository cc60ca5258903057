"""The tables of a register: their names, records, Russian titles, and which fields refer to which table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from munsocial.model.accounts import Account, Upstream
from munsocial.model.base import Record
from munsocial.model.bodies import Body, Municipality
from munsocial.model.credentials import Credential, Handover
from munsocial.model.people import Appointment, Person
from munsocial.model.phones import Phone
from munsocial.model.registry import LanguageWord
from munsocial.model.statements import Attestation, ExemptPeriod, Inquiry, Recommendation, Removal, Waiver
from munsocial.wording import Text

__all__ = ["MUNICIPALITY", "TABLES", "Table", "model_inside"]

MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its record, its title for people, and what its references lead to.

    ``refers`` maps a field (holding one id or several) to the tables one of which must know the id;
    ``municipality`` among them allows the id of the municipality itself.
    """

    record: type[Record]
    title: Text
    refers: dict[str, tuple[str, ...]]
    unique_id: bool = True


_SUBJECT = ("bodies", "accounts", MUNICIPALITY)

TABLES: dict[str, Table] = {
    "municipality": Table(Municipality, Text("Муниципальное образование", "Municipality"), {}, unique_id=False),
    "bodies": Table(Body, Text("Органы", "Bodies"), {"served_by": ("bodies",), "successor": ("bodies",)}),
    "phones": Table(Phone, Text("Телефоны", "Phones"), {"body": ("bodies",)}, unique_id=False),
    "people": Table(Person, Text("Сотрудники", "People"), {"body": ("bodies",)}),
    "appointments": Table(
        Appointment,
        Text("Назначения", "Appointments"),
        {"person": ("people",), "deputy": ("people",), "body": ("bodies",), "accounts": ("accounts",)},
        unique_id=False,
    ),
    "accounts": Table(
        Account,
        Text("Аккаунты", "Accounts"),
        {"body": ("bodies",), "owner_profile": ("accounts",), "owner_person": ("people",)},
    ),
    "credentials": Table(
        Credential, Text("Ключи и логины", "Credentials"), {"account": ("accounts",), "holder": ("people",)}
    ),
    "handovers": Table(
        Handover,
        Text("Передачи", "Handovers"),
        {"account": ("accounts",), "credential": ("credentials",), "giver": ("people",), "taker": ("people",)},
        unique_id=False,
    ),
    "upstream": Table(Upstream, Text("Вышестоящие аккаунты", "Upstream accounts"), {}),
    "attestations": Table(
        Attestation, Text("Подтверждения", "Attestations"), {"subject": _SUBJECT, "by": ("people",)}, unique_id=False
    ),
    "waivers": Table(
        Waiver, Text("Исключения", "Waivers"), {"subject": _SUBJECT, "approver": ("people",)}, unique_id=False
    ),
    "recommendations": Table(Recommendation, Text("Рекомендации", "Recommendations"), {"accounts": ("accounts",)}),
    "exempt_periods": Table(
        ExemptPeriod, Text("Периоды освобождения", "Exempt periods"), {"subject": _SUBJECT}, unique_id=False
    ),
    "removals": Table(
        Removal, Text("Удаления", "Removals"), {"account": ("accounts",), "by": ("people",)}, unique_id=False
    ),
    "inquiries": Table(
        Inquiry, Text("Обращения", "Inquiries"), {"body": ("bodies",), "account": ("accounts", "upstream")}
    ),
    "words": Table(LanguageWord, Text("Слова", "Words"), {}, unique_id=False),
}
"""Every table but ``networks``, which has no records, in the order in which they are written."""


def model_inside(annotation: Any) -> type[BaseModel] | None:
    """Return the record that a field holds, alone, in a list or perhaps; None for a plain value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = model_inside(inner)
        if found is not None:
            return found
    return None

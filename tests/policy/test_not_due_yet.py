"""A term that still runs: it excuses the duty itself, and no fault that stands beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.credentials import Credential
from munsocial.testing.factories import account, appointment, ban, manager, person, requirement, view
from policy_tables import Row, check, rows

BY_NEW_YEAR: dict[str, Any] = {"deadline_": "2026-12-31"}
KEY = Credential(account="administration-vk", kind="login", holder="ivanova")
HERE = (account(), person())
STRANGER = (view(managers=(manager("user-9"),)),)
KEYS = requirement("credentials.custody", **BY_NEW_YEAR)
RUNNING = requirement("responsible.appointed", duties=["running"], **BY_NEW_YEAR)


@rows(
    Row("ключей нет: срок ещё идёт", KEYS, "unknown", HERE, (), says="он ещё не вышел"),
    Row("посторонний среди управляющих", KEYS, "met", (*HERE, KEY, appointment()), STRANGER,
        derived=["unregistered_administrator"], says="Управлять страницей может"),
    Row("блокировка без основания", requirement("moderation.sanctions", "may", **BY_NEW_YEAR), [], (account(),),
        (view(bans=(ban(),)),), derived=["ungrounded_ban"], says="В чёрном списке без записанного основания"),
    Row("хранитель не назначен: назначать ещё не поздно", KEYS, "met", (*HERE, KEY), (),
        derived=["credential_without_appointment"], says="он ещё не вышел"),
    Row("в назначениях был разрыв, пока срок идёт", RUNNING, "met",
        (*HERE, appointment(until=date(2026, 10, 1)), appointment(since=date(2026, 11, 1))), (), derived=["gap"],
        says="он ещё не вышел"),
)  # fmt: skip
def test_a_term_that_runs(row: Row) -> None:
    check(row)

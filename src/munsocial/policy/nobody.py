"""Why nobody is judged by a demand: it is not in force, reaches nobody, or whom it reaches cannot be judged."""

from __future__ import annotations

from munsocial.wording import Text

__all__ = [
    "CLOSED",
    "EXEMPT",
    "HELD_SINCE",
    "HELD_UNTIL",
    "MOTHBALLED",
    "NOBODY",
    "NOBODY_JUDGED",
    "NOT_ALL_THE_TIME",
    "NOT_IN_FORCE",
    "NOT_OPEN_YET",
    "NOT_THERE",
    "NO_ACCOUNT",
    "NO_ACCOUNTS",
    "NO_BODIES",
    "NO_RIGHTS",
    "NO_RIGHTS_ALONE",
    "ONLY_OWNS",
    "OTHER_NETWORK",
    "SUSPENDED",
]

NOT_IN_FORCE = Text("На {day} требование не действует.", "The requirement is not in force on {day}.")
NOBODY = Text(
    "В реестре нет тех, к кому обращено требование: {addressees}.",
    "The register has nobody to whom this is addressed: {addressees}.",
)
NO_BODIES = Text("В реестре нет ни одного органа.", "The register has no body.")
SUSPENDED = Text(
    "Пользоваться сейчас нельзя по закону: {network_name} — {held}. Проверка приостановлена.",
    "Not to be used now by law: {network_name}, {held}. The check is suspended.",
)
OTHER_NETWORK = Text("Акт не называет сеть {network_name}.", "The act does not name {network_name}.")
CLOSED = Text("Аккаунт закрыт {day}.", "The account was closed on {day}.")
NOT_OPEN_YET = Text("Аккаунт открывается {day}.", "The account opens on {day}.")
NOT_THERE = Text("Во время наблюдения аккаунта не было.", "The account did not exist in the time seen.")
MOTHBALLED = Text("Аккаунт законсервирован с {day}.", "The account has been mothballed since {day}.")
ONLY_OWNS = Text(
    "Служебный профиль только владеет страницами: сам он не для жителей.",
    "A service profile only owns pages: it is none for citizens itself.",
)
EXEMPT = Text("Обязанность не действует {period}: {reason}.", "The duty rests {period}: {reason}.")
NOT_ALL_THE_TIME = Text(
    "{period}: аккаунт вёлся не всё это время, оценки нет ({count:публикация|публикации|публикаций}).",
    "{period}: the account was not run all that time; not judged ({count:publication|publications}).",
)
HELD_SINCE = Text(
    "{period}: требование действует с {since}, оценки за это время нет.",
    "{period}: in force since {since}; that time is not judged.",
)
HELD_UNTIL = Text(
    "{period}: требование действует по {until}, оценки за это время нет.",
    "{period}: in force until {until}; that time is not judged.",
)
NO_RIGHTS = Text(
    "Орган не обладает правами юридического лица и аккаунтов создавать не обязан; его обслуживает: {server}.",
    "The body is no legal entity and need not create accounts; it is served by: {server}.",
)
NO_RIGHTS_ALONE = Text(
    "Орган не обладает правами юридического лица и аккаунтов создавать не обязан.",
    "The body is no legal entity and need not create accounts.",
)
NO_ACCOUNTS = Text("У органа нет аккаунтов.", "The body has no account.")
NO_ACCOUNT = Text("У органа нет аккаунта, который можно проверить.", "The body has no account to judge.")
NOBODY_JUDGED = frozenset(one for one in tuple(globals().values()) if isinstance(one, Text))
"""All sentences of this file: a finding says so when nobody was judged, and who tests for compliance tested nothing."""

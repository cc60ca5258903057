"""Telling a secret that was pasted into a register from an ordinary value: the value itself is never shown."""

from __future__ import annotations

import re

__all__ = ["OPAQUE_FIELDS", "PUBLIC_WORDS", "SECRET_NAMES", "SHORTEST", "may_hold_secret", "secret_like", "shown"]

SECRET_NAMES = frozenset(
    {
        "access_token",
        "api_key",
        "app_secret",
        "application_secret_key",
        "bot_token",
        "client_secret",
        "login_password",
        "pass",
        "passwd",
        "password",
        "private_key",
        "refresh_token",
        "secret_key",
        "service_token",
        "session_secret_key",
        "token",
        "пароль",
        "токен",
        "ключ",
        "секрет",
    }
)
"""Names of fields that can only hold a secret."""

OPAQUE_FIELDS = frozenset({"id", "item", "author_id", "network_id", "url", "file", "secret"})
"""Fields whose long unreadable values are identifiers of a network (OK spells comment ids in Base64) or places."""

PUBLIC_WORDS = frozenset({("inquiries", "answer"), ("removals", "text")})
"""Fields of tables in which stands what was said in public: a password told there («Wi-Fi, пароль: …») is no secret."""

SHORTEST = 12
"""No secret of any network is shorter than so many characters."""

# Shapes published by the networks themselves; each is certain wherever it stands.
_CERTAIN = re.compile(
    r"vk[12]\.a\.[\w-]{8}"  # VK tokens since 2022
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\."  # JSON Web Token
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\btkn1[A-Za-z0-9]{12}"  # OK access tokens
    r"|\b\d{8,10}:[A-Za-z0-9_-]{34,36}\b"  # Telegram bots
    r"|\bEAA[A-Za-z0-9]{28}"  # Meta tokens
    r"|\bA{10,}[A-Za-z0-9%]{20,}"  # X bearer tokens
    r"|://[^/\s:@]{1,100}:[^/\s@]{1,100}@"  # user and password inside an address
)
# A password beside its name («пароль: Qwerty123»): Latin letters and digits in one. With nothing between the two it has
# to look the part, small and capital letters in it; and no word of a sentence, file or keeper of passwords is one.
_TOLD = re.compile(
    r"""\b(?:
        (?:[Пп]арол[ьи]|ПАРОЛЬ|[Pp]assword|PASSWORD)
        (?:\s{0,3}[:=]\s{0,3}|\s{1,3}[-–—]\s{1,3}|\s{1,3}(?=\S{8})(?=\S{0,100}[a-z])(?=\S{0,100}[A-Z]))
        |(?:[Pp]ass(?:wd)?|PASS(?:WD)?|[Pp]wd)\s{0,3}[:=]\s{0,3}
    )
    (?!env:|keyring:|\S{0,100}[/\\@]|[^\s,;.]{0,100}[А-Яа-яЁё№])
    (?!\S{0,100}\.(?:xlsx?|docx?|od[st]|pdf|txt|csv|kdbx?|zip|7z|rar|gpg)(?!\w))
    (?!(?i:1password|keepass\w{0,4}|keeper|bitwarden|vaultwarden|lastpass|nordpass|enpass|passbolt|passwork|teampass
        |vault|safe|journal|windows)[-_]?\d{0,2}(?:\.\d{1,4}){0,3}(?:[\s,;.:)»"]|$))
    (?=[^\s\d]{0,100}\d)(?=[^\sA-Za-z]{0,100}[A-Za-z])\S{6}""",
    re.VERBOSE,
)
# The same in Russian letters: one word with a number after it («Ромашка2024») or before it («2024Ромашка») and nothing
# more. Where papers lie, what is numbered, what is signed in to and when it was changed («кабинет214», «СОШ12»,
# «Битрикс24», «сменён2026») is no password.
_TOLD_IN_RUSSIAN = re.compile(
    r"""\b(?:[Пп]арол[ьи]|ПАРОЛЬ|[Pp]ass(?:word|wd)?|PASS(?:WORD|WD)?|[Pp]wd)
    (?:\s{0,3}[:=]\s{0,3}|\s{1,3}[-–—]\s{1,3}|\s{1,3}(?=\S{8})(?=\S{0,100}[а-яё])(?=\S{0,100}[А-ЯЁ]))
    (?=\S{6})
    (?!(?i:архив|блокнот|дел|диск|журнал|запис|каб(?![а-яё])|кабинет|карточк|ключ|книг|комнат|компьютер|конверт|корпус|лист
        |ноутбук|отдел|пакет|папк|полк|приказ|приложени|протокол|пункт|раздел|распоряжени|реестр|сейф|сервер|сотрудник|стол
        |строк|тетрад|том|флешк|хранилищ|шкаф|школ|этаж|ячейк|ящик|битрикс|госуслуг|контур|яндекс
        |(?:измен|обновл|смен)[её]н)
        [а-яё]{0,2}[-_]?\d)
    (?![А-ЯЁ]{2,5}\d{1,3}\b)
    (?:[А-Яа-яЁё]{3,40}(?:\d{1,10}|[-_!@#$%^&*+?]\d{3,10})|\d{1,10}[А-ЯЁ][а-яё]{2,40})[-_!@#$%^&*+?]{0,10}
    (?=[\s,;.:)»"]|$)(?!\.\w)""",
    re.VERBOSE,
)
_RUN = re.compile(r"[A-Za-z0-9+/=_-]{32}")
_WORD = re.compile(r"[A-Za-z0-9+/=_-]{32,4096}")
_HEX = re.compile(r"[0-9a-fA-F]{32,}")


def may_hold_secret(text: str) -> bool:
    """Tell quickly whether a closer look is due: true for every text with a part that `secret_like` would name."""
    # Each shape by a part of it that is found fastest; the tail of a Telegram key is a run.
    return (
        "vk1.a." in text
        or "vk2.a." in text
        or "eyJ" in text
        or "PRIVATE KEY" in text
        or "tkn1" in text
        or "EAA" in text
        or "AAAAAAAAAA" in text
        or "://" in text
        or "арол" in text
        or "АРОЛ" in text
        or "ass" in text
        or "ASS" in text
        or "wd" in text
        or _RUN.search(text) is not None
    )


def secret_like(text: str, field: str = "", *, public: bool = False) -> bool:
    """Tell whether a value looks like a token, a key or a password in an address or in words.

    Certain shapes are recognised anywhere; a password told in words where they are not ``public``; long runs of
    hexadecimal or Base64 only where a field may not hold an identifier of a network.
    """
    if len(text) < SHORTEST:
        return False
    if _CERTAIN.search(text) or (not public and (_TOLD.search(text) or _TOLD_IN_RUSSIAN.search(text))):
        return True
    if field in OPAQUE_FIELDS or len(text) < 32:
        return False
    return any(_random(found.group()) for found in _WORD.finditer(text))


def shown(text: object) -> str:
    """Return a value for a message: short, and hidden when it may be a secret."""
    line = str(text)
    if secret_like(line):
        return "•••"
    return line if len(line) <= 60 else f"{line[:57]}..."


def _random(run: str) -> bool:
    """A run without spaces that no person types: hexadecimal, or letters of both cases mixed with digits."""
    if run.isdigit():
        return False
    if _HEX.fullmatch(run):
        return True
    body = run.rstrip("=")
    if len(body) < 40 or "--" in body or body.count("/") > len(body) // 12:
        return False
    return any(c.islower() for c in body) and any(c.isupper() for c in body) and any(c.isdigit() for c in body)

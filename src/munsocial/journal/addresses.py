"""Addresses of a database, and what looks like one: a slip is told without a word of it, since it may hold a password.

SQLite would take a connection string of libpq for the name of a file, and the folder would show the password.
"""

from __future__ import annotations

import re
from pathlib import Path

from munsocial.errors import JournalError
from munsocial.wording import Text

__all__ = ["refuse_address", "refuse_disguised"]

_WORD = r"(?:host|hostaddr|port|dbname|user|service|passfile|sslmode|pass(?:word|wd|phrase)?)\s*="
"""A word of a connection string of libpq:
https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING"""
_DISGUISED = re.compile(
    # A scheme without its slashes: «postgresql:…», but not «oracle: отчёт.sqlite».
    r"\s*(?:postgres|postgresql|mysql|mariadb|oracle|mssql|sqlite)(?:\+\w+)?:(?:\S|.*@)"
    # Two words; one is enough where the name has not the end of a journal's file.
    rf"|\s*{_WORD}.*\s{_WORD}"
    rf"|(?:\s*{_WORD}|.*\bpass\s*=)(?!.*\.(?:sqlite3?|db)\s*$)"
    r"|.*\bpass(?:word|wd|phrase)\s*=|.*[?&]pass\s*=",
    re.IGNORECASE | re.DOTALL,
)
_SQLITE = b"SQLite format 3\0"
"""How every file of SQLite that holds something begins: https://www.sqlite.org/fileformat.html#the_database_header"""

_NO_FILE = Text(
    "это похоже на адрес базы, а не на имя файла; здесь он не повторяется: в нём может быть пароль.",
    "this looks like an address of a database, not like a name of a file; it is not repeated: it may hold a password.",
)
_WRITE_ADDRESS = Text(
    "Адрес пишется так: postgresql://имя@сервер/база; пароль храните в ~/.pgpass. Если это файл, назовите его иначе.",
    "An address is written postgresql://user@server/database; keep the password in ~/.pgpass. "
    "If it is a file, give it another name.",
)
_MISWRITTEN = Text(
    "адрес базы записан с ошибкой; здесь он не повторяется: в нём может быть пароль.",
    "the address of the database is miswritten; it is not repeated: it may hold a password.",
)
_QUOTE = Text(
    "Порт пишется цифрами, знаки «@», «:», «/» в пароле — кодами %40, %3A, %2F. "
    "Лучше без пароля: postgresql://имя@сервер/база и файл ~/.pgpass.",
    "A port is digits; '@', ':' and '/' of a password are written %40, %3A, %2F. "
    "Better without one: postgresql://user@server/database and the file ~/.pgpass.",
)


def refuse_disguised(name: str) -> None:
    """Refuse to take for a file what somebody meant as an address; a file of SQLite that lies there is a file.

    Raises:
        JournalError: it begins as an address, or names a password.
    """
    if _DISGUISED.match(name) and not _is_database(name):
        raise JournalError(_NO_FILE, where="journal", remedy=_WRITE_ADDRESS)


def _is_database(name: str) -> bool:
    path = Path(name)
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def refuse_address(address: str) -> None:
    """Refuse an address that cannot be read, or that can be read only with a part of the password in another place.

    Raises:
        JournalError: so it is.
    """
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ValueError, ArgumentError):
        url = None
    if url is None or "@" in f"{url.host}{url.database}":
        raise JournalError(_MISWRITTEN, where="postgresql", remedy=_QUOTE)

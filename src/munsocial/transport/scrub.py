"""Personal data replaced in answers that are kept: names, contacts, free texts and ids of persons.

What is replaced keeps its shape (length, alphabet, capital letters, digits), and the same value is replaced by
the same one within a cassette, so that answers still fit each other. The salt is forgotten, so nobody can go back.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from typing import Any

from munsocial.transport.secret_addresses import secret_part

__all__ = ["PERSONAL_IDS", "PERSONAL_TEXTS", "SECRET_KEYS", "Scrub"]

PERSONAL_TEXTS = frozenset({
    "first_name", "last_name", "maiden_name", "nickname", "full_name", "name_gen", "author_name",
    "reply_to_name", "about", "activities", "status", "text", "message", "body", "title", "caption", "comment",
    "note", "description", "email", "phone", "mobile_phone", "home_phone", "contact", "bdate", "birthday",
    "birthdate", "city_name", "address", "screen_name", "domain", "login", "username", "user_name",
    "login_name", "photo_50", "photo_100", "photo_200", "photo_max", "pic50x50", "pic128x128", "site", "skype",
    "instagram", "telegram", "location",
})  # fmt: skip
"""Keys whose texts tell of a person or may do so. Names of pages are public but texts beside them need not be."""
PERSONAL_IDS = frozenset({
    "from_id", "user_id", "peer_id", "signer_id", "created_by", "author", "author_id", "uid", "author_ref",
    "banned_by", "admin_id", "reply_to_user", "deleted_by", "userId", "reply_to_id",
})  # fmt: skip
"""Keys whose positive numbers mean persons; negative ones are communities and stay."""
SECRET_KEYS = frozenset({
    "access_token", "refresh_token", "id_token", "token", "session_key", "session_secret_key", "client_secret",
    "secret_key", "secret", "sig", "password", "code", "code_verifier", "success_token", "remixstlid",
    "session_token", "access_key", "api_token", "apitoken", "hash", "key", "rhash", "stream_key",
})  # fmt: skip
"""Keys, in small letters, whose texts are never kept: a network hands out new secrets in its answers."""
_WORDS = frozenset(("code", "key"))
"""Those of them which also name harmless words: such a word is not looked for elsewhere."""
_ADDRESSES = frozenset(("upload_url", "fallback_upload_url", "okmp_url", "redirect_uri"))
"""Keys whose texts are addresses that are themselves a right: whoever has one may upload, go on the air, pass a check
for us."""

_WHOSE = ("uid", "user_id", "userId", "author", "author_id")
"""Beside one of these, or of the ids that a network's author names, a ``name`` is a person's, unless the id is that of
a page which is kept."""
_REFERENCE = re.compile(r"([a-z_]{1,20}):(.+)", re.DOTALL)
"""An id with its kind before it, as OK writes them: ``user:1``, ``group:1``."""

_RANDOM = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[\x21-\x7e]{8,}")
"""Letters and digits: a secret that may be looked for elsewhere without hiding words."""

_WORD = re.compile(r"[A-Z][A-Z_]*")
"""A word of the network's own, such as ADMIN: what a person writes of himself is not written so."""

_PHONE = re.compile(
    r"\+\d[\d ()-]{8,18}\d"  # as numbers are written for the whole world
    r"|(?<![\w.-])[78][ (-]{0,2}\d{3}[ )-]{0,2}\d{3}[ -]?\d{2}[ -]?\d{2}(?![\w-])"  # as they are written at home
)
"""A long row of digits alone is an id, and digits between dashes are a date: both are needed to play a cassette."""
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}")
_LOWER, _UPPER = "абвгдежзиклмнопрстуфхцчшэюя", "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"


class Scrub:
    """Replaces personal data; one per cassette. ``texts`` and ``ids`` add keys of a network.

    ``keep`` are ids of pages, which are public and needed: a network may write them where persons stand elsewhere.
    """

    def __init__(
        self,
        *,
        texts: Iterable[str] = (),
        ids: Iterable[str] = (),
        keep: Iterable[str] = (),
        salt: bytes | None = None,
    ) -> None:
        self.keep = frozenset(keep)
        self._texts = PERSONAL_TEXTS | frozenset(texts)
        own = frozenset(ids)
        self._ids = PERSONAL_IDS | own
        self._whose = own.union(_WHOSE)
        self._salt = secrets.token_bytes(16) if salt is None else salt
        self._people: dict[int, int] = {}
        self.learned: set[str] = set()
        """Secrets that answers held: they come back in later requests, and are to be masked there too."""

    def body(self, body: bytes) -> bytes:
        """Return a body without personal data: JSON by its keys, other text by the shape of contacts."""
        try:
            document = json.loads(body)
        except ValueError:
            return self.contacts(body.decode("utf-8", "replace")).encode()
        self._meet(document)
        return json.dumps(self._clean(document, ""), ensure_ascii=False).encode()

    def params(self, params: dict[str, str]) -> dict[str, str]:
        """Return parameters of a request; personal parts become a constant, so that a replay finds them again."""
        personal = self._texts | self._ids | {"user_ids", "uids"}
        hidden = {name for name, value in params.items() if name in personal and not self._all_kept(value)}
        return {name: "***" if name in hidden else self._hidden(value) for name, value in params.items()}

    def _all_kept(self, value: str) -> bool:
        return set(value.split(",")) <= self.keep

    def _hidden(self, text: str) -> str:
        return _PHONE.sub("***", _MAIL.sub("***", text))

    def contacts(self, text: str) -> str:
        """Replace telephone numbers and mail addresses in a text."""
        return _PHONE.sub(self._shaped, _MAIL.sub(self._shaped, text))

    def _shaped(self, found: re.Match[str]) -> str:
        return self.shape(found.group())

    def shape(self, text: str) -> str:
        """Return another text of the same shape."""
        stream = self._stream(text)
        return "".join(_other(letter, next(stream)) for letter in text)

    def _stream(self, text: str) -> Any:
        count = 0
        while True:
            yield from hashlib.blake2b(
                text.encode("utf-8", "replace"), key=self._salt, salt=count.to_bytes(16)
            ).digest()
            count += 1

    def _meet(self, value: Any, key: str = "") -> None:
        """Learn which numbers are persons, so that they are replaced also where their key does not tell."""
        if isinstance(value, dict):
            if "first_name" in value or "last_name" in value:
                self._person(value.get("id"))
            for name, one in value.items():
                self._meet(one, name)
        elif isinstance(value, list):
            for one in value:
                self._meet(one, key)
        elif key in self._ids:
            self._person(value)

    def _person(self, number: Any) -> None:
        if isinstance(number, int) and not isinstance(number, bool) and number > 0 and number not in self._people:
            self._people[number] = 900_000_000 + len(self._people) + 1

    def _clean(self, value: Any, key: str) -> Any:
        if isinstance(value, dict):
            person = any(not self._public(str(value[name])) for name in self._whose if value.get(name) is not None)
            named = {name: "author_name" if name == "name" and person else name for name in value}
            return {self._name(name): self._clean(one, named[name]) for name, one in value.items()}
        if isinstance(value, list):
            return [self._clean(one, key) for one in value]
        if isinstance(value, str) and (key.lower() in SECRET_KEYS or key in _ADDRESSES):
            return self._secret(value, key)
        if str(value) in self.keep or (key == "status" and _WORD.fullmatch(str(value))):
            return value
        if isinstance(value, str) and key in self._ids:
            return self._id(value)
        if isinstance(value, str):
            return self.shape(value) if key in self._texts else self.contacts(value)
        if isinstance(value, int) and not isinstance(value, bool) and (key in self._ids or key.endswith("id")):
            return self._people.get(value, value)
        return value

    def _secret(self, value: str, key: str) -> str:
        """Return what stands in place of a secret: of an address so much that a replay can go there."""
        address = secret_part(value) if key in _ADDRESSES else None
        if address is not None or (key.lower() not in _WORDS and _RANDOM.fullmatch(value)):
            self.learned.add(value)
        return value.replace(address.text, address.shown) if address is not None else "***"

    def _name(self, name: str) -> str:
        """Return the name of a field; some networks put persons there (OK: participants of a conversation)."""
        return self._id(name) if name.startswith("user:") else name

    def _id(self, id: str) -> str:
        """Return another id of the same kind; that of a page stays."""
        kind = _REFERENCE.fullmatch(id)
        if self._public(id):
            return id
        return f"{kind[1]}:{self.shape(kind[2])}" if kind else self.shape(id)

    def _public(self, id: str) -> bool:
        """Tell whether an id is that of a page: kept, or naming its kind as one."""
        return id in self.keep or id.startswith("group")


def _other(letter: str, byte: int) -> str:
    if letter.isdigit():
        return str(byte % 10)
    if letter.lower() in _LATIN:
        other = _LATIN[byte % len(_LATIN)]
        return other.upper() if letter.isupper() else other
    if letter.isalpha():
        return (_UPPER if letter.isupper() else _LOWER)[byte % len(_LOWER)]
    return letter

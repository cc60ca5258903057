"""A package of adapters that keep or show a key, each in one way; a module of its own, as a package of an author is."""

from __future__ import annotations

import base64
import functools
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from broken.cases import Ploshchad
from munsocial.network import Page

_kept: dict[str, str] = {}
_folder = tempfile.TemporaryDirectory()


class _Revealing(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        self.keep(self.keys.keys[0].reveal())
        return await super().read_profile(account)

    def keep(self, secret: str) -> None:
        """Do with a key what must not be done."""


class KeyInTheClass(_Revealing):
    last: ClassVar[str] = ""

    def keep(self, secret: str) -> None:
        type(self).last = str(secret)


class KeyInTheModule(_Revealing):
    def keep(self, secret: str) -> None:
        _kept["key"] = str(secret)


class KeyInAClosure(_Revealing):
    def keep(self, secret: str) -> None:
        self.sign = lambda: secret


class KeyInADefault(_Revealing):
    def keep(self, secret: str) -> None:
        def sign(key: str = secret) -> str:
            return key

        self.sign = sign


class KeyInAPartial(_Revealing):
    def keep(self, secret: str) -> None:
        self.sign = functools.partial(str, secret)


class KeyInBase64(_Revealing):
    def keep(self, secret: str) -> None:
        self.header = base64.b64encode(f"me:{secret}".encode()).decode()


class KeyPercentEncoded(_Revealing):
    def keep(self, secret: str) -> None:
        self.query = f"key={quote(secret, safe='')}".encode()


class KeysBeginning(_Revealing):
    def keep(self, secret: str) -> None:
        self.shown = str(secret)[:12]


class KeyInAWarning(_Revealing):
    def keep(self, secret: str) -> None:
        warnings.warn(f"asking with {secret}", stacklevel=2)


class KeyInHex(_Revealing):
    def keep(self, secret: str) -> None:
        self.digits = secret.encode().hex()


class KeyInACache(_Revealing):
    def keep(self, secret: str) -> None:
        _remembered(str(secret))


@functools.lru_cache
def _remembered(secret: str) -> str:
    return secret[:3]


class KeyInTheEnvironment(_Revealing):
    def keep(self, secret: str) -> None:
        os.environ["PLOSHCHAD_LAST"] = str(secret)


class KeyInAFile(_Revealing):
    def keep(self, secret: str) -> None:
        (Path(_folder.name) / "ploshchad.last").write_text(secret, encoding="utf-8")


class KeyInACursor(Ploshchad):
    async def list_posts(self, account: Any, *, cursor: str | None = None, **given: Any) -> Any:
        page = await super().list_posts(account, cursor=cursor and cursor.partition("|")[0], **given)
        return Page(page.items, page.cursor and f"{page.cursor}|{self.keys.keys[0].reveal()}")

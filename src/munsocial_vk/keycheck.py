"""Asking VK what each key of an account allows, and naming what will fail for want of what."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from munsocial.errors import KeyInvalid, KeyKindRefused, NetworkError, SecretUnavailable
from munsocial.model.accounts import NetworkAccount
from munsocial.network.abilities import Ability
from munsocial.network.adapter import Equipment
from munsocial.network.keyreport import KeyReport
from munsocial.network.keys import Key
from munsocial.wording import Text, join_texts
from munsocial_vk import wire
from munsocial_vk.base import VkBase
from munsocial_vk.capabilities import CAPABILITIES, RIGHTS
from munsocial_vk.envelope import open_answer, unreadable
from munsocial_vk.keys import KIND_NAMES
from munsocial_vk.methods import COMMUNITY, SERVICE, USER, method_of

__all__ = ["KeyCheck"]

_BITS = {
    "friends": 2, "photos": 4, "video": 16, "stories": 64, "pages": 128, "status": 1024, "messages": 4096, "wall": 8192,
    "ads": 32768, "offline": 65536, "docs": 131072, "groups": 262144, "stats": 1048576,
}  # fmt: skip
"""Bits of a user key."""
_UNCONFIRMED = frozenset({"offline", "docs", "groups", "stats"})
"""Rights of a user key whose bits VK does not publish: they are common knowledge."""
_CARRIES = {"photos": Text("фото", "photos"), "video": Text("видео", "videos"), "docs": Text("документ", "documents")}
"""What a user key carries with which right. A post without files goes without them."""
_COMMUNITY_BITS = {
    "stories": 1, "photos": 4, "app_widget": 64, "messages": 4096, "wall": 8192, "docs": 131072, "manage": 262144,
    "market": 134217728,
}  # fmt: skip
"""Bits of a community key, for an answer that names no rights; ``app_widget`` is common knowledge."""
_WEAK = Text(
    "Ключ VK ID: читает людей и сообщества, остальное ВКонтакте разрешает приложению по письму в поддержку.",
    "A VK ID key: it reads persons and communities; VK grants more to an application by letter to its support.",
)
_WALL = frozenset({Ability.LIST_POSTS, Ability.LIST_COMMENTS})
"""They want no right of a key of the old kind; one of VK ID is answered 1051 by methods of the wall."""
_FRESH = 60.0
"""Seconds for which the answer about a common key is good."""
_NO_METHOD = Text("Нужен другой ключ: {kinds}.", "Another key is wanted: {kinds}.")
_NO_RIGHT = Text("Нет права «{right}».", "The right “{right}” is wanting.")
_NO_RIGHT_IT_SEEMS = Text("Похоже, нет права «{right}».", "It seems that the right “{right}” is wanting.")
_CANNOT = Text("{what} — нет права «{right}»", "{what}: no right “{right}”")
_CANNOT_IT_SEEMS = Text("{what} — похоже, нет права «{right}»", "{what}: it seems, no right “{right}”")
_NOT_CARRIED = Text("Этот ключ не загрузит к записи: {what}.", "This key will not upload for a post: {what}.")
_ONLY_USER = Text(
    "Фото и видео к записи загружает только ключ пользователя.",
    "Only a user key uploads photos and videos for a post.",
)
_UNTOLD = Text("Права ключа в ответе не названы.", "The answer does not name the rights of the key.")


class _Permission(wire.Wire):
    name: wire.Loose[str] = None


class _Permissions(wire.Wire):
    mask: wire.Loose[int] = None
    permissions: wire.Items[_Permission] = None


class KeyCheck(VkBase):
    """What every key allows."""

    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self._services: dict[str, tuple[float, KeyReport]] = {}

    async def check_keys(self, account: NetworkAccount) -> list[KeyReport]:
        """Ask about each key of the account and each that serves it from elsewhere; changes nothing."""
        own = self.keys.of(account.id)
        keys = {key.reference: key for key in (*own, *self._lent(account))}
        return [
            await (self._check(account, key) if key in own and key.kind != SERVICE else self._common(account, key))
            for key in keys.values()
        ]

    def _lent(self, account: NetworkAccount) -> tuple[Key, ...]:
        """Return the keys that serve every account: service keys, or a user key for what is public."""
        if (services := self.keys.any_of((SERVICE,))) or self.keys.of(account.id, (USER,)):
            return services
        return self.keys.any_of((USER,))[:1]

    async def _common(self, account: NetworkAccount, key: Key) -> KeyReport:
        """Ask about a key that serves all accounts once for all of them, not once for each."""
        seen, now = self._services.get(key.reference), self.session.now()
        if seen is None or seen[1].valid is None or now - seen[0] > _FRESH:
            report = await self._check(account, key)
            if report.valid:  # what is another account's serves for what a service key would
                report = replace(report, missing=_missing(SERVICE, (), weak=report.note is _WEAK))
            seen = self._services[key.reference] = (now, report)
        return replace(seen[1], account=account.id)

    async def _check(self, account: NetworkAccount, key: Key) -> KeyReport:
        try:
            allows, note = await self._ask(account, key)
        except KeyInvalid as error:
            return KeyReport(account.id, key.kind, key.reference, False, note=error.what)
        except (NetworkError, SecretUnavailable) as error:
            return KeyReport(account.id, key.kind, key.reference, None, note=error.what)
        whose = "" if key.kind == SERVICE else key.account
        return KeyReport(
            account.id,
            key.kind,
            key.reference,
            True,
            whose,
            allows,
            _missing(key.kind, allows, weak=note is _WEAK),
            note,
        )

    async def _ask(self, account: NetworkAccount, key: Key) -> tuple[tuple[str, ...], Text | None]:
        if key.kind == COMMUNITY:
            found = await self._call(account, key, "groups.getTokenPermissions", _Permissions)
            named = tuple(one.name for one in found.permissions or () if one is not None and one.name)
            if not named and found.mask is None:
                raise unreadable(_UNTOLD)
            allows = named or tuple(name for name, bit in _COMMUNITY_BITS.items() if (found.mask or 0) & bit)
            return allows, None if self.keys.of(account.id, (USER,)) else _ONLY_USER
        if key.kind != USER:
            await self._call(account, key, "utils.getServerTime", int)
            return ("read",), None
        try:
            mask = await self._call(account, key, "account.getAppPermissions", int)
        except KeyKindRefused:
            await self._call(account, key, "users.get", list[Any])
            return (), _WEAK
        allows = tuple(name for name, bit in _BITS.items() if mask & bit)
        return allows, _not_carried(allows)

    async def _call(self, account: NetworkAccount, key: Key, name: str, shape: Any) -> Any:
        decode = partial(open_answer, shape=shape, method=name)
        return await self.calls.with_key(key, method_of(name), {}, decode, account=account.id)


def _not_carried(allows: tuple[str, ...]) -> Text | None:
    """Return which files of a post a user key cannot carry; None: it carries all."""
    lacking = [
        (_CANNOT_IT_SEEMS if right in _UNCONFIRMED else _CANNOT).fill(what=what, right=right)
        for right, what in _CARRIES.items()
        if right not in allows
    ]
    return _NOT_CARRIED.fill(what=join_texts("; ", lacking)) if lacking else None


def _missing(kind: str, allows: tuple[str, ...], *, weak: bool) -> tuple[tuple[Ability, Text], ...]:
    wants: list[tuple[Ability, Text]] = []
    for ability, declared in CAPABILITIES.abilities.items():
        right = RIGHTS.get(ability, "")
        spelled = "groups" if right == "manage" and kind == USER else right
        if not declared.keys:
            continue
        if kind not in declared.keys:
            kinds = join_texts(" / ", (KIND_NAMES[one] for one in declared.keys))
            wants.append((ability, _NO_METHOD.fill(kinds=kinds)))
        elif weak and ability in _WALL:
            wants.append((ability, _WEAK))
        elif spelled and kind != SERVICE and spelled not in allows:
            wanting = _NO_RIGHT_IT_SEEMS if kind == USER and spelled in _UNCONFIRMED else _NO_RIGHT
            wants.append((ability, _WEAK if weak else wanting.fill(right=spelled)))
    return tuple(wants)

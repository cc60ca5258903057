"""What each key of an account allows, in the order in which connecting fails in practice.

Whose token is it, what was granted, is the person an administrator of this very group, does the group allow what we
want, does the group token belong to this group.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from munsocial.errors import MunsocialError, NetworkError, UnreadableAnswer
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.network.abilities import Ability
from munsocial.network.keyreport import KeyReport
from munsocial.network.keys import Key
from munsocial.network.missing import CAUGHT
from munsocial.transport.port import Answer
from munsocial.wording import Text
from munsocial_ok import wire
from munsocial_ok.answers import json_of, reader, said_yes
from munsocial_ok.keys import APPLICATION, GROUP, PERSON, REFRESH, SESSION
from munsocial_ok.unread import part_lost

if TYPE_CHECKING:
    from munsocial_ok.base import OkBase

__all__ = ["KeyCheck"]

_USER = reader(TypeAdapter(wire.User))
_MEMBERSHIPS, _GROUPS = reader(wire.Memberships), reader(wire.Groups)

_OPENS: dict[str, tuple[Ability, ...]] = {
    "VALUABLE_ACCESS": (Ability.READ_PROFILE, Ability.LIST_COMMENTS, Ability.PUBLISH),
    "GROUP_CONTENT": (
        Ability.LIST_POSTS,
        Ability.READ_STATS,
        Ability.READ_MANAGERS,
        Ability.READ_BANS,
        Ability.PUBLISH,
    ),
    "PHOTO_CONTENT": (Ability.SET_AVATAR,),
    "VIDEO_CONTENT": (),
    "LONG_ACCESS_TOKEN": (),
}
"""What fails for want of a permission. Photos and videos fail within a publication, which works without them."""
_CARRIES = {"PHOTO_CONTENT": Text("фото", "photos"), "VIDEO_CONTENT": Text("видео", "videos")}

_ROLE_OPENS = (
    Ability.LIST_POSTS,
    Ability.READ_STATS,
    Ability.READ_MANAGERS,
    Ability.READ_BANS,
    Ability.PUBLISH,
    Ability.DELETE_POST,
    Ability.SET_AVATAR,
)
_SWITCHES: dict[str, tuple[Ability, ...]] = {
    "stats_allowed": (Ability.LIST_POSTS, Ability.READ_STATS),
    "content_as_official": (Ability.PUBLISH,),
    "publish_delayed_theme_allowed": (Ability.SCHEDULE,),
}

Missings = list[tuple[Ability, Text]]


def _granted(answer: Answer) -> bool:
    granted = said_yes(json_of(answer))
    if granted is not None:
        return granted
    remedy = Text("Повторите проверку позже.", "Check again later.")
    raise UnreadableAnswer(Text("ОК не ответил да или нет.", "OK did not answer yes or no."), remedy=remedy)


def _not_carried(allows: Collection[str]) -> Text | None:
    """Return what stands against files of a publication; None: nothing."""
    found = [(scope, what) for scope, what in _CARRIES.items() if scope not in allows]
    if not found:
        return None
    ru = "; ".join(f"публикация с {what.ru} не пройдёт, приложению не дано {scope}" for scope, what in found)
    en = "; ".join(f"a post with {what.en} will fail, the application lacks {scope}" for scope, what in found)
    return Text(f"{ru[0].upper()}{ru[1:]}.", f"{en[0].upper()}{en[1:]}.")


class KeyCheck:
    """The checks of one account's keys."""

    def __init__(self, ok: OkBase, account: NetworkAccount) -> None:
        self.ok = ok
        self.account = account

    async def reports(self) -> tuple[KeyReport, ...]:
        """Return a report for each key of the account; a key that cannot be asked says why."""
        return tuple([await self._report(key) for key in self.ok.secrets.all_of(self.account.id)])

    async def _report(self, key: Key) -> KeyReport:
        if key.kind not in (PERSON, GROUP):
            return self._beside(key)
        try:
            return await (self._person(key) if key.kind == PERSON else self._group(key))
        except NetworkError as error:
            invalid = error.code.startswith("key.") or None
            return self._of(key, None if invalid is None else False, note=Text.of(error))
        except CAUGHT as error:
            return self._of(key, None, note=Text.of(error))

    def _of(self, key: Key, valid: bool | None, **facts: Any) -> KeyReport:
        return KeyReport(self.account.id, key.kind, key.reference, valid, **facts)

    def _beside(self, key: Key) -> KeyReport:
        """Report a key that has no life of its own: it is tried together with the person's token."""
        if key.kind not in (APPLICATION, SESSION, REFRESH):
            note = Text(f"Ключи вида {key.kind} в ОК не нужны.", f"OK needs no keys of the kind {key.kind}.")
            return self._of(key, None, note=note)
        try:
            key.reveal()
        except MunsocialError as error:
            return self._of(key, None, note=Text.of(error))
        note = Text("Проверяется вместе с access_token.", "Is tried together with the access_token.")
        return self._of(key, None, note=note)

    async def _person(self, key: Key) -> KeyReport:
        me = (await self._ask("users.getCurrentUser", _USER, {"fields": "uid,name"}, key)).value
        missing: Missings = []
        allows, role, note = list[str](), "", None
        group = self.account.kind is not AccountKind.PROFILE  # nobody is an administrator of a person's own page
        try:
            await self._scopes(key, allows, missing)
            if group:
                role = await self._role(key, me.uid, missing)
                await self._switches(key, missing)
        except NetworkError as error:
            # The token lives; what was learnt until now stands.
            note = Text.of(error)
        else:
            note = _not_carried(allows) if group else None
        whose = f"{me.called or me.uid} ({role})" if role else me.called or me.uid
        return self._of(key, True, whose=whose, allows=tuple(allows), missing=tuple(dict(missing).items()), note=note)

    async def _scopes(self, key: Key, allows: list[str], missing: Missings) -> None:
        for scope, abilities in _OPENS.items():
            if await self._ask("users.hasAppPermission", _granted, {"ext_perm": scope}, key):
                allows.append(scope)
                continue
            want = Text(f"Приложению не дано разрешение {scope}.", f"The application lacks {scope}.")
            missing.extend((ability, want) for ability in abilities)
        if not any(one.kind == GROUP for one in self.ok.secrets.all_of(self.account.id)):
            want = Text("Сообщениям нужен ключ group_token.", "Messages need a group_token.")
            missing += [(Ability.LIST_MESSAGES, want), (Ability.SEND_MESSAGE, want)]

    async def _role(self, key: Key, uid: str, missing: Missings) -> str:
        gid = await self.ok.gid_of(self.account)
        method = "group.getUserGroupsByIds"
        read = await self._ask(method, _MEMBERSHIPS, {"group_id": gid, "uids": uid}, key)
        mine = next((row for row in read.value if row.userId == uid and row.groupId in (gid, None)), None)
        if mine is None and read.lost:
            raise part_lost(read.lost, method, self.account.id)
        status = (mine.status if mine else None) or ""
        if status not in ("ADMIN", "MODERATOR"):
            want = Text(
                "Владелец ключа не администратор и не модератор этой группы.",
                "The token's person is no administrator or moderator of this group.",
            )
            missing.extend((ability, want) for ability in _ROLE_OPENS)
        return status

    async def _switches(self, key: Key, missing: Missings) -> None:
        gid = await self.ok.gid_of(self.account)
        fields = ["uid", *_SWITCHES]
        groups = (await self._ask("group.getInfo", _GROUPS, {"uids": gid, "fields": fields}, key)).value
        group = next((one for one in groups if one.uid == gid), None)
        for switch, abilities in _SWITCHES.items():
            # Absent is "not visible", so only an outspoken "false" counts.
            if group is not None and getattr(group, switch) is False:
                want = Text(f"Группа не разрешает: {switch}.", f"The group does not allow {switch}.")
                missing.extend((ability, want) for ability in abilities)

    async def _group(self, key: Key) -> KeyReport:
        info = await self.ok.graph.info(self.account.id)
        gid = await self.ok.gid_of(self.account)
        theirs = (info.group_id or "").removeprefix("group:")
        if not theirs:
            raise part_lost(1, "graph.me.info", self.account.id)
        missing: tuple[tuple[Ability, Text], ...] = ()
        if theirs != gid:
            want = Text("Ключ сообщений принадлежит другой группе.", "The token of messages is another group's.")
            missing = ((Ability.LIST_MESSAGES, want), (Ability.SEND_MESSAGE, want))
        return self._of(key, True, whose=info.name or theirs, allows=("MESSAGES",), missing=missing)

    async def _ask(self, method: str, decode: Callable[[Answer], Any], params: dict[str, Any], key: Key) -> Any:
        return await self.ok.calls.call(method, decode, params, account=self.account.id, key=key)

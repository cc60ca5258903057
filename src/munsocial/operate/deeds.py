"""What each action of a step calls, and how its effect is read back when its end is unclear.

One small class a deed: `do` acts through the adapter, `look` tells whether the effect stands. A deed that nothing shows
has no `look`, and is then one whose repetition does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from munsocial.errors import InputError, MunsocialError
from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import PostState
from munsocial.network.abilities import Ability
from munsocial.network.drafts import Draft, Media, Page
from munsocial.network.missing import CAUGHT
from munsocial.operate.plan import Step
from munsocial.wording import Text

__all__ = ["DEEDS", "REFER", "Deed", "Scene", "Seen", "bans_of", "comments_of", "look"]

_SLACK = timedelta(hours=12)
"""Our clock may be wrong or set back between two attempts: reading back looks that much to both sides. What other steps
made is not taken for ours, so only a hand that wrote the very same text within these hours could be mistaken."""

_LONG_AGO = timedelta(days=28)
"""A listing is asked from here on: one that shows nothing at all may be a listing that does not work."""
_JUST_NOW = timedelta(minutes=10)
"""A post without words is known by its moment alone."""

_PAGES = 1000


_NO_TARGET = Text("в реестре нет аккаунта, на который подписываются.", "the register has no account to subscribe to.")


class Seen(Enum):
    """What reading back shows."""

    THERE = "there"
    NOT_THERE = "not_there"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a deed is done: adapter, account, step, its key, and when its first attempt was about to be made."""

    adapter: Any
    account: NetworkAccount
    step: Step
    key: str
    started_at: datetime
    now: datetime
    under: NetworkAccount | None = None
    """The page under whose post an answer stands, when it is another one."""
    taken: frozenset[str] = frozenset()
    """Ids that other steps have made: equal texts of two steps are two publications."""


Do = Callable[[Scene], Awaitable[dict[str, Any]]]
Look = Callable[[Scene], Awaitable[tuple[Seen, dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Deed:
    """An action: its ability, its call, its reading back, and whether repeating it changes anything."""

    ability: Ability
    do: Do
    look: Look | None = None
    harmless: bool = True
    """Repeating it leaves the world as it is (deleting what is deleted)."""
    removes: bool = False
    """Takes something of a citizen away: its evidence is kept first."""


async def _publish(scene: Scene) -> dict[str, Any]:
    draft = Draft.model_validate(scene.step.params["draft"])
    if draft.publish_at and draft.publish_at <= scene.now:
        draft = draft.model_copy(update={"publish_at": None})  # its time came while nobody knew what had become of it
    made = await scene.adapter.publish(scene.account, draft, key=scene.key)
    return {"post": made.id, "url": made.url, "scheduled": made.scheduled}


async def _find_post(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    draft = Draft.model_validate(scene.step.params["draft"])
    wanted = _plain(draft.text_for(scene.account.network))
    since, until = min(scene.started_at, scene.now) - _SLACK, scene.started_at + _SLACK
    if draft.publish_at:
        until = max(until, draft.publish_at + _SLACK)

    def page(at: str | None) -> Awaitable[Page[Any]]:
        found: Awaitable[Page[Any]] = scene.adapter.list_posts(
            scene.account, since=since - _LONG_AGO, until=until, cursor=at
        )
        return found

    if not wanted:
        since = scene.started_at - _JUST_NOW
    gaps: list[Any] = []
    async for post in _posts(scene, draft, page, gaps):
        if post.state is PostState.DELETED or post.at < since or post.id in scene.taken:
            continue
        if _plain(post.text) == wanted:
            return Seen.THERE, {"post": post.id, "url": post.url}
    return (Seen.UNCLEAR if gaps else Seen.NOT_THERE), {}


async def _posts(scene: Scene, draft: Draft, page: Any, gaps: list[Any]) -> Any:
    """Give what stands on a page and, for a scheduled draft, what waits there; what nobody can list is a gap."""
    if draft.publish_at and draft.publish_at > scene.now:
        waiting = getattr(scene.adapter, "list_waiting", None)
        if waiting is None:
            gaps.append(draft.publish_at)
        else:
            async for post in _items(lambda _: waiting(scene.account), gaps):
                yield post
    async for post in _items(page, gaps):
        yield post


async def _reply(scene: Scene) -> dict[str, Any]:
    params = scene.step.params
    made = await scene.adapter.reply(
        scene.account, params["text"], post=params["post"], to=params.get("to"), under=scene.under, key=scene.key
    )
    return {"comment": made}


async def _find_reply(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    wanted = _plain(scene.step.params["text"])
    mine = scene.account.network_id
    async for comment in comments_of(scene):
        ours = comment.by_account == scene.account.id or (comment.author_id or "").lstrip("-") == mine
        fresh = comment.at >= min(scene.started_at, scene.now) - _SLACK
        if comment.deleted or not fresh or comment.id in scene.taken:
            continue
        if (ours or comment.by_owner) and _plain(comment.text) == wanted:
            return Seen.THERE, {"comment": comment.id}
    return Seen.NOT_THERE, {}


async def _send_message(scene: Scene) -> dict[str, Any]:
    params = scene.step.params
    made = await scene.adapter.send_message(scene.account, params["peer"], params["text"], key=scene.key)
    return {"message": made}


async def _find_message(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    params, since = scene.step.params, min(scene.started_at, scene.now) - _SLACK

    def page(at: str | None) -> Awaitable[Page[Any]]:
        found: Awaitable[Page[Any]] = scene.adapter.list_messages(scene.account, since=since, cursor=at)
        return found

    async for one in _items(page):
        if (
            one.outgoing
            and one.peer_id == params["peer"]
            and one.at >= since
            and one.id not in scene.taken
            and _plain(one.text) == _plain(params["text"])
        ):
            return Seen.THERE, {"message": one.id}
    return Seen.NOT_THERE, {}


async def _is_gone(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    wanted = scene.step.params["comment"]
    if "post" not in scene.step.params:
        return Seen.UNCLEAR, {}
    async for comment in comments_of(scene):
        if comment.id == wanted and not comment.deleted:
            return Seen.NOT_THERE, {}
    return Seen.THERE, {}


async def _is_banned(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    return (Seen.THERE if await _in_black_list(scene) else Seen.NOT_THERE), {}


async def _is_unbanned(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    return (Seen.NOT_THERE if await _in_black_list(scene) else Seen.THERE), {}


async def _in_black_list(scene: Scene) -> bool:
    async for one in bans_of(scene):
        if one.user_id == scene.step.params["user"]:
            return True
    return False


async def _ban(scene: Scene) -> dict[str, Any]:
    params = scene.step.params
    until = datetime.fromisoformat(params["until"]) if params.get("until") else None
    await scene.adapter.ban(
        scene.account,
        params["user"],
        ground=params["ground"],
        until=until,
        note=params.get("note", ""),
        show_note=params.get("show_note", False),
    )
    return {"user": params["user"], "until": params.get("until")}


async def _edit_post(scene: Scene) -> dict[str, Any]:
    draft = Draft.model_validate(scene.step.params["draft"])
    await scene.adapter.edit_post(scene.account, scene.step.params["post"], draft)
    return {"post": scene.step.params["post"]}


async def _add_link(scene: Scene) -> dict[str, Any]:
    await scene.adapter.add_link(scene.account, scene.step.params["url"], title=scene.step.params.get("title", ""))
    return {"url": scene.step.params["url"]}


async def _has_link(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    links = await scene.adapter.read_links(scene.account)
    there = any(_bare(link.url or "") == _bare(scene.step.params["url"]) for link in links)
    return (Seen.THERE if there else Seen.NOT_THERE), {}


async def _subscribe(scene: Scene) -> dict[str, Any]:
    if scene.under is None:
        raise InputError(_NO_TARGET, where=scene.step.id)
    await scene.adapter.subscribe(scene.account, scene.under)
    return {"to": scene.under.id}


async def _edit_profile(scene: Scene) -> dict[str, Any]:
    await scene.adapter.edit_profile(scene.account, scene.step.params["fields"])
    return {"fields": sorted(scene.step.params["fields"])}


def _on_post(method: str) -> Do:
    async def do(scene: Scene) -> dict[str, Any]:
        await getattr(scene.adapter, method)(scene.account, scene.step.params["post"])
        return {"post": scene.step.params["post"]}

    return do


def _on_comment(method: str, **more: Any) -> Do:
    async def do(scene: Scene) -> dict[str, Any]:
        await getattr(scene.adapter, method)(scene.account, scene.step.params["comment"], **more)
        return {"comment": scene.step.params["comment"]}

    return do


async def _report(scene: Scene) -> dict[str, Any]:
    await scene.adapter.report_comment(scene.account, scene.step.params["comment"], ground=scene.step.ground)
    return {"comment": scene.step.params["comment"]}


async def _unban(scene: Scene) -> dict[str, Any]:
    await scene.adapter.unban(scene.account, scene.step.params["user"])
    return {"user": scene.step.params["user"]}


async def _remove_manager(scene: Scene) -> dict[str, Any]:
    await scene.adapter.remove_manager(scene.account, scene.step.params["user"])
    return {"user": scene.step.params["user"]}


async def _delete_message(scene: Scene) -> dict[str, Any]:
    await scene.adapter.delete_message(scene.account, scene.step.params["message"])
    return {"message": scene.step.params["message"]}


def _picture(method: str) -> Do:
    async def do(scene: Scene) -> dict[str, Any]:
        await getattr(scene.adapter, method)(scene.account, Media.model_validate(scene.step.params["picture"]))
        return {}

    return do


DEEDS: dict[str, Deed] = {
    "publish": Deed(Ability.PUBLISH, _publish, _find_post, harmless=False),
    "edit_post": Deed(Ability.EDIT_POST, _edit_post),
    "delete_post": Deed(Ability.DELETE_POST, _on_post("delete_post")),
    "restore_post": Deed(Ability.RESTORE_POST, _on_post("restore_post")),
    "pin_post": Deed(Ability.PIN_POST, _on_post("pin_post")),
    "close_comments": Deed(Ability.CLOSE_COMMENTS, _on_post("close_comments")),
    "reply": Deed(Ability.REPLY, _reply, _find_reply, harmless=False),
    "send_message": Deed(Ability.SEND_MESSAGE, _send_message, _find_message, harmless=False),
    "delete_message": Deed(Ability.DELETE_MESSAGE, _delete_message, removes=True),
    "hide_comment": Deed(Ability.HIDE_COMMENT, _on_comment("hide_comment", hidden=True), removes=True),
    "show_comment": Deed(Ability.HIDE_COMMENT, _on_comment("hide_comment", hidden=False)),
    "delete_comment": Deed(Ability.DELETE_COMMENT, _on_comment("delete_comment"), _is_gone, removes=True),
    "restore_comment": Deed(Ability.RESTORE_COMMENT, _on_comment("restore_comment")),
    "report_comment": Deed(Ability.REPORT_COMMENT, _report),
    "ban": Deed(Ability.BAN, _ban, _is_banned, removes=True),
    "unban": Deed(Ability.UNBAN, _unban, _is_unbanned),
    "add_link": Deed(Ability.EDIT_LINKS, _add_link, _has_link, harmless=False),
    "subscribe": Deed(Ability.SUBSCRIBE, _subscribe),
    "edit_profile": Deed(Ability.EDIT_PROFILE, _edit_profile),
    "set_avatar": Deed(Ability.SET_AVATAR, _picture("set_avatar")),
    "set_cover": Deed(Ability.SET_COVER, _picture("set_cover")),
    "remove_manager": Deed(Ability.REMOVE_MANAGER, _remove_manager),
}
"""Every action of a network that a step may name."""

REFER = "refer"
"""The one action that touches no network: a person is told at once, and the evidence is kept."""


async def look(deed: Deed, scene: Scene) -> tuple[Seen, dict[str, Any]]:
    """Read back whether a deed's effect stands; what cannot be read is unclear, and said so.

    A deed that nothing shows counts as not there when its repetition does no harm.
    """
    if deed.look is None:
        return (Seen.NOT_THERE if deed.harmless else Seen.UNCLEAR), {}
    try:
        return await deed.look(scene)
    except CAUGHT as error:
        return Seen.UNCLEAR, {"why": _said(error)}


def _said(error: MunsocialError) -> dict[str, str]:
    return {"ru": error.say("ru"), "en": error.say("en")}


def bans_of(scene: Scene) -> Any:
    """Give the black list of the step's account, page by page."""
    return _items(lambda at: scene.adapter.read_bans(scene.account, cursor=at))


def comments_of(scene: Scene) -> Any:
    """Give the comments under the step's post, page by page."""
    page_owner = scene.under or scene.account
    return _items(lambda at: scene.adapter.list_comments(page_owner, scene.step.params["post"], cursor=at))


async def _items(page: Callable[[str | None], Awaitable[Page[Any]]], gaps: list[Any] | None = None) -> Any:
    """Give the items of all pages; ``gaps`` is filled with what the network left out."""
    cursor: str | None = None
    for _ in range(_PAGES):
        one = await page(cursor)
        if gaps is not None:
            gaps += one.gaps
        for item in one.items:
            yield item
        if one.cursor is None:
            return
        cursor = one.cursor


def _plain(text: str) -> str:
    """Networks trim and reflow texts: what is compared is the words."""
    return re.sub(r"\s+", " ", text).strip()


def _bare(url: str) -> str:
    return re.sub(r"^https?://(www\.|m\.)?", "", url).rstrip("/").lower()

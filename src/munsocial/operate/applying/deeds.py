"""What each action of a step calls, and how its effect is read back when its end is unclear.

One value a deed: `do` acts through the adapter, `look` tells whether the effect stands. A deed that nothing shows
has no `look`, and is then one whose repetition does no harm, or one that stays unclear.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from munsocial.errors import InputError
from munsocial.network.abilities import Ability
from munsocial.network.drafts import Draft, Media
from munsocial.network.protocols import RemembersCarried
from munsocial.operate.applying import looks
from munsocial.operate.applying.looks import Look, Scene
from munsocial.operate.applying.post_looks import comments_closed, has_text, of_post, post_is_gone, stands
from munsocial.operate.applying.slips import id_made, post_made
from munsocial.wording import Text

__all__ = ["DEEDS", "REFER", "Deed"]

_NO_TARGET = Text("в реестре нет аккаунта, на который подписываются.", "the register has no account to subscribe to.")

Do = Callable[[Scene], Awaitable[dict[str, Any]]]


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
    replaces: bool = False
    """Takes away what an own post says: its words are kept first."""
    undoes: str = ""
    """The kind of entry that says that a removal or ban was taken back; empty: it takes nothing back."""


async def _publish(scene: Scene) -> dict[str, Any]:
    draft = Draft.model_validate(scene.step.params["draft"])
    if draft.publish_at and draft.publish_at <= scene.now:
        draft = draft.model_copy(update={"publish_at": None})  # its time came while nobody knew what had become of it
    made = post_made(await scene.adapter.publish(scene.account, draft, key=scene.key), scene)
    return {"post": made.id, "url": made.url, "scheduled": made.scheduled}


async def _reply(scene: Scene) -> dict[str, Any]:
    params = scene.step.params
    made = await scene.adapter.reply(
        scene.account, params["text"], post=params["post"], to=params.get("to"), under=scene.under, key=scene.key
    )
    return {"comment": id_made(made, scene)}


async def _send_message(scene: Scene) -> dict[str, Any]:
    params = scene.step.params
    made = await scene.adapter.send_message(scene.account, params["peer"], params["text"], key=scene.key)
    return {"message": id_made(made, scene)}


async def _ban(scene: Scene) -> dict[str, Any]:
    params = scene.step.params
    until = datetime.fromisoformat(params["until"]) if params.get("until") else None
    await scene.adapter.ban(
        scene.account,
        params["user"],
        ground=params.get("ground") or scene.step.ground,
        until=until,
        note=params.get("note", ""),
        show_note=params.get("show_note", False),
    )
    return {"user": params["user"], "until": params.get("until")}


async def _edit_post(scene: Scene) -> dict[str, Any]:
    draft = Draft.model_validate(scene.step.params["draft"])
    known = {"key": scene.key} if isinstance(scene.adapter, RemembersCarried) else {}
    await scene.adapter.edit_post(scene.account, scene.step.params["post"], draft, **known)
    return {"post": scene.step.params["post"]}


async def _add_link(scene: Scene) -> dict[str, Any]:
    await scene.adapter.add_link(scene.account, scene.step.params["url"], title=scene.step.params.get("title", ""))
    return {"url": scene.step.params["url"]}


async def _subscribe(scene: Scene) -> dict[str, Any]:
    if scene.under is None:
        raise InputError(_NO_TARGET, where=scene.step.id)
    await scene.adapter.subscribe(scene.account, scene.under)
    return {"to": scene.under.id}


async def _edit_profile(scene: Scene) -> dict[str, Any]:
    await scene.adapter.edit_profile(scene.account, scene.step.params["fields"])
    return {"fields": sorted(scene.step.params["fields"])}


def _on(what: str, method: str, **more: Any) -> Do:
    """Make a deed that needs to know nothing but to what, or to whom, it is done."""

    async def do(scene: Scene) -> dict[str, Any]:
        id = scene.step.params[what]
        await getattr(scene.adapter, method)(scene.account, id, **more)
        return {what: id}

    return do


async def _report(scene: Scene) -> dict[str, Any]:
    await scene.adapter.report_comment(scene.account, scene.step.params["comment"], ground=scene.step.ground)
    return {"comment": scene.step.params["comment"]}


def _picture(method: str) -> Do:
    async def do(scene: Scene) -> dict[str, Any]:
        await getattr(scene.adapter, method)(scene.account, Media.model_validate(scene.step.params["picture"]))
        return {}

    return do


DEEDS: dict[str, Deed] = {
    "publish": Deed(Ability.PUBLISH, _publish, looks.find_post, harmless=False),
    "edit_post": Deed(Ability.EDIT_POST, _edit_post, of_post(has_text), replaces=True),
    "delete_post": Deed(Ability.DELETE_POST, _on("post", "delete_post"), post_is_gone, replaces=True),
    "restore_post": Deed(Ability.RESTORE_POST, _on("post", "restore_post"), of_post(stands)),
    "pin_post": Deed(Ability.PIN_POST, _on("post", "pin_post"), of_post(lambda _, post: post.pinned)),
    "close_comments": Deed(Ability.CLOSE_COMMENTS, _on("post", "close_comments"), of_post(comments_closed)),
    "reply": Deed(Ability.REPLY, _reply, looks.find_reply, harmless=False),
    "send_message": Deed(Ability.SEND_MESSAGE, _send_message, looks.find_message, harmless=False),
    "delete_message": Deed(Ability.DELETE_MESSAGE, _on("message", "delete_message"), removes=True),
    "hide_comment": Deed(
        Ability.HIDE_COMMENT, _on("comment", "hide_comment", hidden=True), looks.comment_is_gone, removes=True
    ),
    "show_comment": Deed(
        Ability.HIDE_COMMENT,
        _on("comment", "hide_comment", hidden=False),
        looks.comment_is_shown,
        undoes="comment.restored",
    ),
    "delete_comment": Deed(
        Ability.DELETE_COMMENT, _on("comment", "delete_comment"), looks.comment_is_gone, removes=True
    ),
    "restore_comment": Deed(
        Ability.RESTORE_COMMENT, _on("comment", "restore_comment"), looks.comment_is_shown, undoes="comment.restored"
    ),
    "report_comment": Deed(Ability.REPORT_COMMENT, _report, harmless=False),
    "ban": Deed(Ability.BAN, _ban, looks.is_banned, removes=True),
    "unban": Deed(Ability.UNBAN, _on("user", "unban"), looks.is_unbanned, undoes="ban.lifted"),
    "add_link": Deed(Ability.EDIT_LINKS, _add_link, looks.has_link, harmless=False),
    "subscribe": Deed(Ability.SUBSCRIBE, _subscribe, looks.is_subscribed),
    "edit_profile": Deed(Ability.EDIT_PROFILE, _edit_profile, looks.profile_reads),
    "set_avatar": Deed(Ability.SET_AVATAR, _picture("set_avatar"), looks.has_picture("avatar"), harmless=False),
    "set_cover": Deed(Ability.SET_COVER, _picture("set_cover"), looks.has_picture("cover")),
    "remove_manager": Deed(Ability.REMOVE_MANAGER, _on("user", "remove_manager"), looks.no_manager),
}
"""Every action of a network that a step may name."""

REFER = "refer"
"""The one action that touches no network: a person is told at once, and the evidence is kept."""

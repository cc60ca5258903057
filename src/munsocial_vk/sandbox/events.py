"""Events of the sandbox: what happened in a world in the shape of Callback API and Bots Long Poll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from munsocial.sandbox.faces import fields_of, json_answer
from munsocial.sandbox.things import Event, Page, Refusal
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request
from munsocial_vk.sandbox import shapes
from munsocial_vk.sandbox.asked import Asked

__all__ = ["EVENTS", "LONG_POLL_HOST", "event_body", "long_poll_answer"]

LONG_POLL_HOST = "lp.vk.ru"
_KEPT = 1000
"""Events that the server remembers; who comes later has lost some."""
_KINDS = {
    "post": "wall_post_new",
    "comment": "wall_reply_new",
    "edit_comment": "wall_reply_edit",
    "restore_comment": "wall_reply_restore",
    "delete_comment": "wall_reply_delete",
    "ban": "user_block",
    "unban": "user_unblock",
    "message": "message_new",
}


def event_body(world: World, event: Event) -> dict[str, Any] | None:
    """Return the envelope of an event, None for one that VK does not tell."""
    kind = _KINDS.get(event.what)
    page = world.pages.get(("vk", event.page))
    if event.network != "vk" or kind is None or page is None:
        return None
    try:
        inside = _object(world, page, event)
    except Refusal:
        return None
    head = {"type": kind, "event_id": f"event-{event.number}", "v": "5.199", "group_id": int(page.id)}
    return head | {"object": inside}


def _object(world: World, page: Page, event: Event) -> dict[str, Any]:
    match event.what:
        case "post":
            return shapes.post(page, world.post("vk", page.id, event.id))
        case "message":
            one = world.find_message("vk", page.id, event.id)
            return {"message": shapes.message(one), "client_info": {}}
        case "ban":
            return shapes.block(page, event.id, event.by)
        case "unban":
            return {"admin_id": int(event.by or 0), "user_id": int(event.id), "by_end_date": 0}
    comment = world.find_comment("vk", page.id, event.id)
    if event.what == "delete_comment":
        people = {"user_id": 0 if comment.as_page else int(comment.author), "deleter_id": int(event.by or 0)}
        return {"owner_id": shapes.owner(page), "id": int(event.id), "post_id": int(comment.post), **people}
    return shapes.comment(page, comment) | {"post_id": int(comment.post), "post_owner_id": shapes.owner(page)}


def _server(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    newest = len(asked.world.events)
    return {"server": f"https://{LONG_POLL_HOST}/wh{page.id}", "key": f"lp-{page.id}", "ts": str(newest)}


def long_poll_answer(world: World, request: Request) -> Answer:
    """Answer ``GET server?act=a_check``: where nothing has happened the time of waiting goes by."""
    fields = fields_of(request)
    page, newest = fields.get("key", "").removeprefix("lp-"), len(world.events)
    if ("vk", page) not in world.pages:
        return json_answer({"failed": 2})
    ts = fields.get("ts", "")
    if not ts.isdecimal() or len(ts) > 15 or int(ts) > newest:
        return json_answer({"failed": 3})
    if newest - int(ts) > _KEPT:
        return json_answer({"failed": 1, "ts": newest})
    if int(ts) == newest:
        wait = fields.get("wait", "25")
        world.clock.sleep(min(90.0, float(wait) if wait.isdecimal() else 25.0))
    fresh = [one for one in world.events[int(ts) :] if one.page == page]
    bodies = [body for one in fresh if (body := event_body(world, one)) is not None]
    return json_answer({"ts": str(newest), "updates": bodies})


def _managed_one(value: Any) -> Callable[[Asked], Any]:
    def answer(asked: Asked) -> Any:
        asked.managed(asked.group())
        return value

    return answer


EVENTS: dict[str, Callable[[Asked], Any]] = {
    "groups.getCallbackConfirmationCode": _managed_one({"code": "sandbox1"}),
    "groups.getLongPollServer": _server,
    "groups.setLongPollSettings": _managed_one(1),
}

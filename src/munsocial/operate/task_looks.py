"""How a task that a person did on the site is checked: what the network shows of it afterwards.

Deeds that read their own effect back are reused; the others have a look of their own here. What nothing shows (a
complaint that was sent, comments that were closed where the network does not say so) has no look: it stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from munsocial.network.drafts import Draft, Page
from munsocial.network.missing import CAUGHT
from munsocial.operate.deeds import DEEDS, Look, Scene, Seen, comments_of
from munsocial.wording import Text

__all__ = ["look_at"]

_PAGES = 50
_AROUND = timedelta(days=400)
_NO_LOOK = Text("ни одно чтение этого не показывает", "no reading shows this")
_UNCLEAR = Text("прочитать не удалось", "it could not be read")

Found = tuple[Seen, Text | None]


async def look_at(scene: Scene) -> Found:
    """Return whether the effect of a task stands, and why nobody can tell if so."""
    action = scene.step.action
    deed = DEEDS.get(action)
    look = _LOOKS.get(action) or (deed.look if deed is not None else None)
    if look is None:
        return Seen.UNCLEAR, _NO_LOOK
    try:
        seen, told = await look(scene)
    except CAUGHT as error:
        return Seen.UNCLEAR, Text(error.say("ru"), error.say("en"))
    why = told.get("why")
    said = Text(why["ru"], why["en"]) if isinstance(why, dict) else _UNCLEAR
    return seen, said if seen is Seen.UNCLEAR else None


async def _hidden(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    if "post" not in scene.step.params:
        return Seen.UNCLEAR, {}
    wanted = scene.step.params["comment"]
    async for comment in comments_of(scene):
        if comment.id == wanted and not comment.deleted:
            return Seen.NOT_THERE, {}
    return Seen.THERE, {}


async def _shown(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    seen, told = await _hidden(scene)
    return {Seen.THERE: Seen.NOT_THERE, Seen.NOT_THERE: Seen.THERE}.get(seen, seen), told


async def _no_manager(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    managers = await scene.adapter.read_managers(scene.account)
    there = any(one.network_id == scene.step.params["user"] for one in managers)
    return (Seen.NOT_THERE if there else Seen.THERE), {}


def _of_post(holds: Callable[[Scene, Any], bool | None]) -> Look:
    async def look(scene: Scene) -> tuple[Seen, dict[str, Any]]:
        wanted = scene.step.params["post"]
        async for post in _posts(scene):
            if post.id == wanted:
                held = holds(scene, post)
                return (Seen.UNCLEAR if held is None else Seen.THERE if held else Seen.NOT_THERE), {}
        return Seen.UNCLEAR, {}

    return look


async def _posts(scene: Scene) -> Any:
    cursor: str | None = None
    for _ in range(_PAGES):
        asked: Awaitable[Page[Any]] = scene.adapter.list_posts(
            scene.account, since=scene.now - _AROUND, until=scene.now, cursor=cursor
        )
        page = await asked
        for post in page.items:
            yield post
        if page.cursor is None:
            return
        cursor = page.cursor


def _has_text(scene: Scene, post: Any) -> bool:
    draft = Draft.model_validate(scene.step.params["draft"])
    return _plain(post.text) == _plain(draft.text_for(scene.account.network))


def _comments_closed(_: Scene, post: Any) -> bool | None:
    return None if post.comments_open is None else not post.comments_open


async def _profile(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    profile = await scene.adapter.read_profile(scene.account)
    wanted: dict[str, str] = scene.step.params["fields"]
    shown = {**profile.fields, "description": profile.description}
    if any(shown.get(name) is None for name in wanted):
        return Seen.UNCLEAR, {}
    same = all(_plain(str(shown[name])) == _plain(value) for name, value in wanted.items())
    return (Seen.THERE if same else Seen.NOT_THERE), {}


async def _cover(scene: Scene) -> tuple[Seen, dict[str, Any]]:
    profile = await scene.adapter.read_profile(scene.account)
    # A cover that was there before tells nothing of the new one.
    return (Seen.NOT_THERE if profile.cover is False else Seen.UNCLEAR), {}


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


_LOOKS: dict[str, Look] = {
    "hide_comment": _hidden,
    "show_comment": _shown,
    "remove_manager": _no_manager,
    "edit_post": _of_post(_has_text),
    "pin_post": _of_post(lambda _, post: bool(post.pinned)),
    "close_comments": _of_post(_comments_closed),
    "edit_profile": _profile,
    "set_cover": _cover,
}

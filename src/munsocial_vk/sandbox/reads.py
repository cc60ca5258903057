"""Methods of the face that read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from typing import Any

from munsocial.sandbox.things import Comment, Page, Post, Refusal, User
from munsocial_vk.sandbox import shapes
from munsocial_vk.sandbox.asked import Asked, VkError, wrong

__all__ = ["READS"]

_FILTERS = {"postponed": ("scheduled",), "suggests": ("suggested",)}
_COMMUNITY_BITS = {
    "stories": 1, "photos": 4, "app_widget": 64, "messages": 4096, "wall": 8192, "docs": 131072,
    "manage": 262144,
}  # fmt: skip
_USER_BITS = {
    "photos": 4, "video": 16, "stories": 64, "messages": 4096, "wall": 8192, "docs": 131072, "groups": 262144,
    "stats": 1048576,
}  # fmt: skip


def _group_by_id(asked: Asked) -> Any:
    names = asked.items("group_ids") or asked.items("group_id") or ([asked.key.page] if asked.key.page else [])
    if not names:
        raise wrong("group_ids is undefined")
    if len(names) > 500:
        raise wrong("too many group_ids")
    found = [page for name in names if (page := _find(asked, name)) is not None and page.kind != "profile"]
    if not found:
        raise wrong("group_ids is invalid")
    return {"groups": [shapes.group(page, asked.items("fields")) for page in found], "profiles": []}


def _find(asked: Asked, name: str) -> Page | None:
    for prefix in ("club", "public", "event"):
        if name.removeprefix(prefix).isdigit():
            name = name.removeprefix(prefix)
    if name.isdigit() and ("vk", name) in asked.world.pages:
        return asked.world.page("vk", name)
    with contextlib.suppress(Refusal):
        found = asked.world.find("vk", name)
        return found if isinstance(found, Page) else None
    return None


def _users_get(asked: Asked) -> Any:
    names = asked.items("user_ids") or ([asked.key.owner] if asked.key.owner else [])
    found = (_person(asked, name) for name in names)
    return [shown for shown in found if shown is not None]


def _person(asked: Asked, name: str) -> dict[str, Any] | None:
    number = name.removeprefix("id") if name.removeprefix("id").isdigit() else name
    person = asked.world.users.get(("vk", number))
    page = asked.world.pages.get(("vk", number))
    if person is None and page is None:
        with contextlib.suppress(Refusal):
            found = asked.world.find("vk", name)
            person, page = (found, None) if isinstance(found, User) else (None, found)
    if page is not None and page.kind == "profile":
        return shapes.profile_page(page)
    return shapes.user(person, asked.items("fields")) if person is not None else None


def _resolve(asked: Asked) -> Any:
    try:
        found = asked.world.find("vk", asked.text("screen_name"))
    except Refusal:
        return []
    kind = "user" if isinstance(found, User) or found.kind == "profile" else "group"
    return {"type": kind, "object_id": int(found.id)}


def _wall_get(asked: Asked) -> Any:
    if asked.text("owner_id"):
        page = asked.wall()
    else:
        found = _find(asked, asked.text("domain"))
        if found is None:
            raise wrong("domain is invalid")
        page = found
    asked.shown(page)
    states = _FILTERS.get(asked.text("filter"), ("published",))
    if states != ("published",):
        asked.managed(page)
    posts = asked.world.wall("vk", page.id, states=states)
    posts.sort(key=lambda one: not one.pinned)
    if asked.text("filter") == "owner":
        posts = [one for one in posts if one.author is None]
    shown = asked.part_of(posts, 20, 100)
    reply: dict[str, Any] = {"count": len(posts), "items": [shapes.post(page, one) for one in shown]}
    return reply | (_people(asked, (), [page]) if asked.flag("extended") else {})


def _people(asked: Asked, comments: Iterable[Comment], pages: Iterable[Page]) -> dict[str, Any]:
    people = dict.fromkeys(one.author for one in comments if not one.as_page and not one.deleted)
    groups = {page.id: page for page in pages}
    for one in comments:
        if one.as_page and (page := asked.world.pages.get(("vk", one.author))):
            groups[page.id] = page
    known = (asked.world.users.get(("vk", id)) for id in people)
    return {
        "profiles": [shapes.user(person, ("screen_name",)) for person in known if person],
        "groups": [shapes.group(page, ()) for page in groups.values() if page.kind != "profile"],
    }


def _wall_by_id(asked: Asked) -> Any:
    items = []
    for name in asked.items("posts"):
        whose, _, number = name.partition("_")
        with contextlib.suppress(VkError, Refusal, ValueError):
            page = asked.shown(asked.page_by(int(whose)))
            one = asked.world.post("vk", page.id, number)
            if one.state in ("published", "deleted") or asked.managed(page):
                items.append(shapes.post(page, one))
    return {"items": items}


def _comments(place: str, id_field: str) -> Callable[[Asked], Any]:
    def read(asked: Asked) -> Any:
        page = asked.shown(asked.group() if place == "board" else asked.wall())
        one = _commented(asked, page, str(asked.number(id_field)), place)
        return _comment_page(asked, page, one, threads=place in ("wall", "video"))

    return read


def _commented(asked: Asked, page: Page, number: str, place: str) -> Post:
    one = page.posts.get(number)
    if one is None or one.place != place or one.state != "published":
        raise VkError(15 if place != "wall" else 100, "Access to post is denied: post was not found")
    return one


def _comment_page(asked: Asked, page: Page, one: Post, *, threads: bool) -> dict[str, Any]:
    # A discussion does not show what was deleted, while elsewhere its place stays.
    there = [c for c in one.comments if not (c.deleted and one.place == "board")]
    ordered = sorted(there, key=lambda c: (c.at, int(c.id)), reverse=asked.text("sort") == "desc")
    root = asked.text("comment_id")
    level = [c for c in ordered if c.thread == (root or None)] if threads else ordered
    shown = asked.part_of(level, 10, 100)
    few = asked.number("thread_items_count", 0, low=0, high=10)
    items, given = [], list(shown)
    for item in shown:
        answers = [c for c in ordered if c.thread == item.id]
        given += answers[:few]
        items.append(shapes.comment(page, item, answers[:few] if threads and not root else None, len(answers)))
    reply: dict[str, Any] = {"count": len(there), "items": items}
    if threads:
        may = one.comments_open and page.comments_open
        reply |= {
            "current_level_count": len(level),
            "can_post": may,
            "show_reply_button": True,
            "groups_can_post": page.pages_may_comment,
        }
    return reply | (_people(asked, given, [page]) if asked.flag("extended") else {})


def _one_comment(asked: Asked) -> Any:
    page = asked.shown(asked.wall())
    one = asked.world.find_comment("vk", page.id, str(asked.number("comment_id")))
    return {"items": [shapes.comment(page, one)]}


def _members(asked: Asked) -> Any:
    page = asked.group()
    if asked.text("filter") != "managers":
        return {"count": page.subscribers, "items": []}
    asked.managed(page)
    roles = [(one, asked.world.users.get(("vk", one.user))) for one in page.managers.values()]
    items = [
        {"id": int(one.user), "role": one.role} | (shapes.user(person) if person and asked.text("fields") else {})
        for one, person in roles
    ]
    return {"count": len(items), "items": items}


def _banned(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    if whom := asked.text("owner_id"):
        if whom not in page.bans:
            raise VkError(104, "Not found")
        return {"count": 1, "items": [shapes.ban(asked.world, page.bans[whom])]}
    bans = list(page.bans.values())
    return {"count": len(bans), "items": [shapes.ban(asked.world, one) for one in asked.part_of(bans, 20, 200)]}


def _conversations(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    dialogs = [dialog for dialog in page.dialogs.values() if dialog]
    dialogs.sort(key=lambda dialog: dialog[-1].at, reverse=True)
    items = [
        {
            "conversation": {
                "peer": {"id": int(dialog[-1].peer), "type": "user", "local_id": int(dialog[-1].peer)},
                "last_message_id": int(dialog[-1].id),
                "last_conversation_message_id": int(dialog[-1].id),
                "in_read": int(dialog[-1].id),
                "out_read": int(dialog[-1].id),
                "version": 1,
                "is_marked_unread": False,
                "important": False,
                "unread_count": sum(not one.read and not one.outgoing for one in dialog),
                "can_write": {"allowed": dialog[-1].peer in page.may_write_to},
            },
            "last_message": shapes.message(dialog[-1]),
        }
        for dialog in asked.part_of(dialogs, 20, 200)
    ]
    return {"count": len(dialogs), "items": items}


def _history(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    dialog = [one for one in page.dialogs.get(str(asked.number("peer_id")), []) if not one.deleted]
    if not asked.flag("rev"):
        dialog = dialog[::-1]
    return {"count": len(dialog), "items": [shapes.message(one) for one in asked.part_of(dialog, 20, 200)]}


def _may_write(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    return {"is_allowed": int(str(asked.number("user_id")) in page.may_write_to)}


def _stats(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    figures = page.statistics
    period: dict[str, Any] = {
        "period_from": asked.number("timestamp_from", 0),
        "period_to": asked.number("timestamp_to", 0),
    }
    activity = {
        name: figures[name]
        for name in ("likes", "copies", "comments", "subscribed", "unsubscribed", "hidden")
        if name in figures
    }
    if activity:
        period["activity"] = activity
    if "views" in figures:
        period["visitors"] = {"views": figures["views"], "visitors": figures.get("visitors", 0)}
    return [period]


def _subscriptions(asked: Asked) -> Any:
    number = str(asked.number("user_id", int(asked.key.owner or 0) or None))
    person = asked.world.users.get(("vk", number))
    page = asked.world.pages.get(("vk", number))
    if person is not None:
        if person.subscriptions_hidden:
            raise VkError(30, "This profile is private")
        ids = person.subscriptions
    elif page is not None:
        ids = [one.page for one in page.links if one.kind != "link" and one.page]
    else:
        raise VkError(113, "Invalid user id")
    groups = [asked.world.pages["vk", id] for id in ids if ("vk", id) in asked.world.pages]
    shown = [shapes.group(one, asked.items("fields")) for one in asked.part_of(groups, 20, 200)]
    return {"count": len(groups), "items": shown}


def _token_rights(asked: Asked) -> Any:
    rights = asked.key.rights or frozenset(_COMMUNITY_BITS)
    named = [{"name": name, "setting": bit} for name, bit in _COMMUNITY_BITS.items() if name in rights]
    return {"mask": sum(one["setting"] for one in named if isinstance(one["setting"], int)), "permissions": named}


def _app_rights(asked: Asked) -> Any:
    rights = asked.key.rights or frozenset(_USER_BITS)
    return sum(bit for name, bit in _USER_BITS.items() if name in rights)


def _poll(asked: Asked) -> Any:
    number = str(asked.number("poll_id"))
    for (network, kind, whose, id), media in asked.world.media.items():
        if (network, kind, id) == ("vk", "poll", number):
            return {"id": int(id), "owner_id": int(whose), **shapes.poll_body(media)}
    raise VkError(251, "Invalid poll id")


_SWITCHES = (
    "articles", "audio", "docs", "disable_replies_from_groups", "obscene_filter", "obscene_stopwords", "photos",
    "topics", "toxic_filter", "video", "wiki",
)  # fmt: skip


def _settings(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    shown: dict[str, Any] = {"title": page.name, "description": page.description or "", "address": page.handle}
    shown |= {"city_id": 0, "city_name": "", **dict.fromkeys(_SWITCHES, 0), "wall": 1}
    shown |= {name: int(value) if value.isdigit() else value for name, value in page.settings.items()}
    words = page.settings.get("obscene_words", "")
    return shown | {"obscene_words": [one for one in words.split(",") if one]}


READS: dict[str, Callable[[Asked], Any]] = {
    "account.getAppPermissions": _app_rights,
    "board.getComments": _comments("board", "topic_id"),
    "groups.getBanned": _banned,
    "groups.getById": _group_by_id,
    "groups.getMembers": _members,
    "groups.getSettings": _settings,
    "groups.getTokenPermissions": _token_rights,
    "messages.getConversations": _conversations,
    "messages.getHistory": _history,
    "messages.isMessagesFromGroupAllowed": _may_write,
    "photos.getComments": _comments("photo", "photo_id"),
    "polls.getById": _poll,
    "stats.get": _stats,
    "users.get": _users_get,
    "users.getSubscriptions": _subscriptions,
    "utils.getServerTime": lambda asked: shapes.seconds(asked.world.now()),
    "utils.resolveScreenName": _resolve,
    "video.getComments": _comments("video", "video_id"),
    "wall.get": _wall_get,
    "wall.getById": _wall_by_id,
    "wall.getComment": _one_comment,
    "wall.getComments": _comments("wall", "post_id"),
}

"""What VK has beside the common methods: lives, widgets, mentions, reach, places of talk, servers of events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from munsocial.sandbox.things import Ban, Media, Page, Post, Source
from munsocial_vk.sandbox import shapes
from munsocial_vk.sandbox.asked import Asked, VkError, wrong

__all__ = ["MORE"]

_MOST_SERVERS = 10


# A person's own black list


def _own_page(asked: Asked) -> Page:
    page = asked.world.pages.get(("vk", asked.key.owner or ""))
    if page is None:
        raise VkError(15, "Access denied")
    return page


def _block(asked: Asked) -> Any:
    page, whom = _own_page(asked), str(asked.number("owner_id"))
    asked.world.ban("vk", page.id, Ban(whom, asked.world.now()))
    return 1


def _unblock(asked: Asked) -> Any:
    asked.world.unban("vk", _own_page(asked).id, str(asked.number("owner_id")))
    return 1


def _blocked(asked: Asked) -> Any:
    bans = list(_own_page(asked).bans)
    shown = asked.part_of(bans, 20, 200)
    people = [asked.world.users.get(("vk", one)) for one in shown]
    profiles = [shapes.user(one) for one in people if one is not None]
    return {"count": len(bans), "items": [int(one) for one in shown], "profiles": profiles, "groups": []}


# Lives and the widget


def _start_live(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    owner, title = shapes.owner(page), asked.text("name")
    media = asked.world.add_media("vk", Media("live", "", str(owner), title, facts={"live": 1}))
    shown: dict[str, Any] = {
        "owner_id": owner,
        "video_id": int(media.id),
        "name": title,
        "description": asked.text("description"),
        "access_key": "sandbox",
        "stream": {"url": "rtmp://sandbox.example/live", "key": f"key-{media.id}"},
    }
    if asked.flag("wallpost"):
        shown["post_id"] = int(asked.world.publish("vk", page.id, title, attachments=[media]).id)
    return shown


def _stop_live(asked: Asked) -> Any:
    page, number = asked.managed(asked.group()), str(asked.number("video_id"))
    if ("vk", "live", str(shapes.owner(page)), number) not in asked.world.media:
        raise wrong("video_id")
    return {"unique_viewers": 0}


def _update_widget(asked: Asked) -> Any:
    page = asked.world.page("vk", asked.key.page or "")
    if not asked.text("code") or not asked.text("type"):
        raise wrong("code")
    page.features.add("widget")
    page.settings["widget"] = asked.text("type")
    return 1


# Mentions and reach


def _mentions(asked: Asked) -> Any:
    number = asked.number("owner_id", int(asked.key.owner or 0) or None)
    word = f"[club{-number}|" if number < 0 else f"[id{number}|"
    pages = [page for (network, _), page in asked.world.pages.items() if network == "vk" and page.closed == "open"]
    found = [(post, page) for page in pages for post in page.posts.values() if _mentions_it(post, word)]
    found.sort(key=lambda pair: (pair[0].at, int(pair[0].id)), reverse=True)
    shown = [shapes.post(page, post) for post, page in asked.part_of(found, 20, 50)]
    return {"count": len(found), "items": shown}


def _mentions_it(post: Post, word: str) -> bool:
    return post.place == "wall" and post.state == "published" and word in post.text


def _reach(asked: Asked) -> Any:
    page, numbers = asked.managed(asked.wall()), asked.items("post_ids")
    if len(numbers) > 30:
        raise wrong("post_ids: over 30")
    posts = [page.posts[number] for number in numbers if number in page.posts]
    return [{"post_id": int(one.id), "reach_total": one.views or 0, "reach_subscribers": 0} for one in posts]


# Places of talk


def _topics(asked: Asked) -> Any:
    page = asked.shown(asked.group())
    topics = [one for one in page.posts.values() if one.place == "board" and one.state == "published"]
    shown = [
        {
            "id": int(one.id),
            "title": one.text,
            "created": shapes.seconds(one.at),
            "updated": shapes.seconds(max([one.at, *(comment.at for comment in one.comments)])),
            "comments": len(one.comments),
        }
        for one in asked.part_of(topics, 40, 100)
    ]
    return {"count": len(topics), "items": shown, "default_order": 1, "can_add_topics": 0}


def _videos(asked: Asked) -> Any:
    page = asked.shown(asked.wall())
    videos = [one for one in page.posts.values() if one.place == "video" and one.state == "published"]
    owner = shapes.owner(page)
    shown = [
        {
            "id": int(one.id),
            "owner_id": owner,
            "title": one.text,
            "date": shapes.seconds(one.at),
            "comments": len(one.comments),
            "type": "video",
        }
        for one in asked.part_of(videos, 20, 200)
    ]
    return {"count": len(videos), "items": shown}


def _photo_comments(asked: Asked) -> Any:
    page = asked.shown(asked.wall())
    photos = [one for one in page.posts.values() if one.place == "photo"]
    found = [(comment, one) for one in photos for comment in one.comments]
    found.sort(key=lambda pair: pair[0].at, reverse=True)
    shown = [shapes.comment(page, comment) | {"pid": int(one.id)} for comment, one in asked.part_of(found, 20, 100)]
    return {"count": len(found), "items": shown}


# Servers of events


def _add_server(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    servers = page.settings.setdefault("callback_servers", [])
    if len(servers) >= _MOST_SERVERS:
        raise VkError(2000, "Servers number limit is reached")
    if not 0 < len(asked.text("title")) <= 14 or len(asked.text("secret_key")) > 50 or not asked.text("url"):
        raise wrong("title")
    number = len(servers) + 1
    facts = {"id": number, "title": asked.text("title"), "url": asked.text("url"), "status": "wait"}
    servers.append(facts | {"creator_id": int(asked.key.owner or 0), "secret_key": asked.text("secret_key")})
    return {"server_id": number}


def _servers(asked: Asked) -> Any:
    servers = asked.managed(asked.group()).settings.get("callback_servers", [])
    return {"count": len(servers), "items": list(servers)}


def _set_events(asked: Asked) -> Any:
    page, number = asked.managed(asked.group()), asked.number("server_id")
    if all(one["id"] != number for one in page.settings.get("callback_servers", [])):
        raise wrong("server_id")
    return 1


# Small changes


def _rename_link(asked: Asked) -> Any:
    link = next((one for one in asked.managed(asked.group()).links if one.id == str(asked.number("link_id"))), None)
    if link is None:
        raise VkError(104, "Not found")
    link.name = asked.text("text")
    return 1


def _move_link(asked: Asked) -> Any:
    page, number, after = asked.managed(asked.group()), str(asked.number("link_id")), str(asked.number("after", 0))
    moved = next((one for one in page.links if one.id == number), None)
    rest = [one for one in page.links if one.id != number]
    ids = ["0", *(one.id for one in rest)]
    if moved is None or after not in ids:
        raise VkError(104, "Not found")
    rest.insert(ids.index(after), moved)
    page.links = rest
    return 1


def _answered(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    for message in page.dialogs.get(str(asked.number("peer_id")), []):
        message.read = True
    return 1


def _report_post(asked: Asked) -> Any:
    page = asked.shown(asked.wall())
    asked.world.post("vk", page.id, str(asked.number("post_id")))
    if asked.number("reason") not in (0, 1, 2, 3, 4, 5, 6, 8, 11):
        raise wrong("reason")
    return 1


def _repost(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    whose, _, number = asked.text("object").removeprefix("wall").partition("_")
    origin = asked.shown(asked.page_by(int(whose)))
    post = asked.world.post("vk", origin.id, number)
    source = Source(origin.id, post.id, name=origin.name, text=post.text, at=post.at)
    made = asked.world.publish("vk", page.id, asked.text("message"), kind="repost", source=source)
    post.reposts += 1
    return {"success": 1, "post_id": int(made.id), "reposts_count": post.reposts, "likes_count": post.likes}


MORE: dict[str, Callable[[Asked], Any]] = {
    "account.ban": _block,
    "account.getBanned": _blocked,
    "account.unban": _unblock,
    "appWidgets.update": _update_widget,
    "board.getTopics": _topics,
    "groups.addCallbackServer": _add_server,
    "groups.editLink": _rename_link,
    "groups.getCallbackServers": _servers,
    "groups.reorderLink": _move_link,
    "groups.setCallbackSettings": _set_events,
    "messages.markAsAnsweredConversation": _answered,
    "newsfeed.getMentions": _mentions,
    "photos.getAllComments": _photo_comments,
    "stats.getPostReach": _reach,
    "video.get": _videos,
    "video.startStreaming": _start_live,
    "video.stopStreaming": _stop_live,
    "wall.reportPost": _report_post,
    "wall.repost": _repost,
}

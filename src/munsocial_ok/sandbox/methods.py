"""The REST methods of the face by their names: reading here, writing in `writes`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from munsocial.sandbox.things import Comment, Page, Post, Refusal
from munsocial_ok.sandbox import shapes
from munsocial_ok.sandbox.calls import BASE, GROUP, Method, OkRefusal, RestCall
from munsocial_ok.sandbox.writes import WRITES

__all__ = ["METHODS"]

_KNOWN_SCOPES = frozenset({*GROUP, "PHOTO_CONTENT", "VIDEO_CONTENT", "LONG_ACCESS_TOKEN", "PUBLISH_TO_STREAM"})
_DAY_MS = 86_400_000


def _fields(call: RestCall, default: str = "") -> list[str]:
    return [name.rpartition(".")[2] for name in call.fields.get("fields", default).split(",") if name]


def _current_user(call: RestCall) -> Any:
    return shapes.only(shapes.user(call.world.user("ok", call.me)), _fields(call, "uid,name"))


def _users(call: RestCall) -> Any:
    people = (call.world.users.get(("ok", uid)) for uid in call.listed("uids"))
    return [shapes.only(shapes.user(one), ["uid", *_fields(call)]) for one in people if one is not None]


def _has_permission(call: RestCall) -> Any:
    if call.want("ext_perm") not in _KNOWN_SCOPES:
        raise OkRefusal(100, "Wrong parameter ext_perm")
    return call.fields["ext_perm"] in call.rights


def _calls_left(call: RestCall) -> Any:
    return [{"name": name, "callsLeft": 100, "available": True} for name in call.listed("methods")]


def _touch(call: RestCall) -> Any:
    if call.key.expires is not None and "LONG_ACCESS_TOKEN" in call.rights:
        call.key.expires = call.world.now() + timedelta(days=30)
    return True


def _url(call: RestCall) -> Any:
    parts = [part for part in urlsplit(call.want("url")).path.split("/") if part]
    found: Any = None
    try:
        if len(parts) >= 2 and parts[0] in ("group", "profile"):
            one = call.world.page if parts[0] == "group" else call.world.user
            found = one("ok", parts[1])
        elif parts:
            found = call.world.find("ok", parts[0])
    except Refusal:
        return {"type": "UNKNOWN"}
    if found is None:
        return {"type": "UNKNOWN"}
    kind = "GROUP" if isinstance(found, Page) and found.kind != "profile" else "PROFILE"
    return {"type": kind, "objectId": int(found.id), "objectIdStr": found.id}


def _groups(call: RestCall) -> Any:
    wanted = ["uid", *_fields(call)]
    found = []
    for gid in call.listed("uids"):
        page = call.world.pages.get(("ok", gid))
        if page is None or page.kind == "profile":
            continue
        found.append(shapes.only(shapes.group(page, call.manager_of(page)), wanted))
    return {"groups": found} if call.face.wrapped_groups else found


def _my_groups(call: RestCall) -> Any:
    found = ((page, call.manager_of(page)) for page in call.managed_groups())
    rows = {page.id: shapes.manager(page, mine) for page, mine in found if mine is not None}
    person = call.world.users.get(("ok", call.me))
    for gid in person.subscriptions if person else ():
        rows.setdefault(gid, {"groupId": gid, "userId": call.me, "status": "ACTIVE"})
    some, paging = call.paged(list(rows.values()))
    return {"anchor": paging["anchor"], "groups": some}


def _memberships(call: RestCall) -> Any:
    page = call.page("group_id")
    rows = []
    for uid in call.listed("uids"):
        person = call.world.users.get(("ok", uid))
        if (mine := page.managers.get(uid)) is not None:
            rows.append(shapes.manager(page, mine))
        elif uid in page.bans:
            rows.append(shapes.ban(page, page.bans[uid]))
        elif person is not None and page.id in person.subscriptions:
            rows.append({"groupId": page.id, "userId": uid, "status": "ACTIVE"})
    return rows


def _members(call: RestCall) -> Any:
    page = call.managed("uid")
    statuses = set(call.fields.get("statuses", "ACTIVE,ADMIN,MODERATOR").split(","))
    people = [one for one in call.world.users.values() if one.network == "ok" and page.id in one.subscriptions]
    rows = [
        *(shapes.manager(page, one) for one in page.managers.values()),
        *({"groupId": page.id, "userId": one.id, "status": "ACTIVE"} for one in people if one.id not in page.managers),
        *(shapes.ban(page, one) for one in page.bans.values() if one.until is None or one.until > call.world.now()),
    ]
    wanted = [row for row in rows if row["status"] in statuses]
    some, paging = call.paged(wanted)
    return {**paging, "members": some or None, "totalCount": len(wanted)}


def _counters(call: RestCall) -> Any:
    page = call.page("group_id")
    counts = {"themes": len(call.world.wall("ok", page.id)), "members": page.subscribers, "links": len(page.links)}
    if call.manager_of(page) is not None:
        counts |= {"black_list": len(page.bans), "moderators": len(page.managers)}
    asked = [name.lower() for name in call.listed("counterTypes")]
    return {"counters": {name: counts[name] for name in asked if name in counts}}


def _messages_allowed(call: RestCall) -> Any:
    return {"allowed": call.me in call.page("gid").may_write_to}


def _stat_page(call: RestCall) -> Page:
    page = call.managed("gid")
    if not page.statistics_open:
        raise OkRefusal(10, "Statistics are not available for the group")
    return page


def _stat_topics(call: RestCall) -> Any:
    page = _stat_page(call)
    since = call.moment("start_time") or datetime(1970, 1, 1, tzinfo=UTC)
    until = call.moment("end_time") or call.world.now()
    edge = call.world.now() - call.face.statistics_delay
    posts = [
        post
        for post in call.world.wall("ok", page.id, states=("published", "deleted", "hidden"))
        # A post that nobody has seen is missing from statistics, and young ones are.
        if since <= post.at < until and post.at <= edge and post.views != 0
    ]
    some, paging = call.paged(posts)
    asked = [name.lower() for name in _fields(call, "ID,CREATED_MS")]
    rows = [{name: value for name, value in shapes.stat(post).items() if name in asked} for post in some]
    return {**paging, "topics": rows or None}


def _trends(call: RestCall) -> Any:
    page = _stat_page(call)
    start, end = call.moment("start_time"), call.moment("end_time")
    if start is None or end is None:
        raise OkRefusal(100, "Missing required parameter start_time")
    days = range(shapes.millis(start), shapes.millis(end), _DAY_MS)
    totals = {"members_count": page.subscribers, **page.statistics}
    asked = [name.lower() for name in _fields(call)]
    return {
        name: [
            {"time": day, "value": totals[name] if name == "members_count" else _share(totals[name], number, days)}
            for number, day in enumerate(days)
        ]
        for name in asked
        if name in totals
    }


def _share(total: int, number: int, days: range) -> int:
    """Spread a total over days so that the days add up to it."""
    return total // len(days) + (1 if number < total % len(days) else 0)


def _overview(call: RestCall) -> Any:
    page = _stat_page(call)
    asked = [name.lower() for name in _fields(call)]
    now = call.world.now()
    found = {name: page.statistics[name] for name in asked if name in page.statistics}
    return {**found, "start_time_ms": shapes.millis(now - timedelta(days=7)), "end_time_ms": shapes.millis(now)}


def _shown(call: RestCall, id: str) -> tuple[Post, Page] | None:
    try:
        post = call.world.post_anywhere("ok", id)
    except Refusal:
        return None
    page = call.world.page("ok", post.page)
    public = post.state == "published" and call.visible(page)
    inside = post.state in ("published", "scheduled", "suggested") and call.manager_of(page) is not None
    return (post, page) if public or inside else None


def _topics(call: RestCall) -> Any:
    ids = call.listed("topic_ids")
    if len(ids) > 1 and "media_limit" not in call.fields:
        raise OkRefusal(100, "Missing required parameter media_limit")
    blocks = call.number("media_limit", 3, most=3) if "media_limit" in call.fields else None
    found = [shown for id in dict.fromkeys(ids) if (shown := _shown(call, id)) is not None]
    if not found:
        raise OkRefusal(300, "Topics not found")
    return {"media_topics": [shapes.topic(post, page, blocks=blocks) for post, page in found]}


def _topics_of_group(call: RestCall) -> Any:
    page = call.page("gid")
    some, paging = call.paged(call.world.wall("ok", page.id) if call.visible(page) else [])
    return {**paging, "media_topics": [shapes.topic(post, page, blocks=3) for post in some]}


def _republished(call: RestCall) -> Any:
    topic = call.want("topic_id")
    for page in [one for one in call.world.pages.values() if one.network == "ok"]:
        # Reading the page lets posts appear whose moment has come.
        new = call.world.page("ok", page.id).republished.get(topic)
        if new is not None:
            return {"topicId": new}
    return {"topicId": None}


def _discussion(call: RestCall) -> tuple[Post, Page]:
    if call.want("discussionType") != "GROUP_TOPIC":
        raise OkRefusal(100, "Wrong parameter discussionType")
    shown = _shown(call, call.want("discussionId"))
    if shown is None:
        raise OkRefusal(300, "Discussion not found")
    return shown


def _name(call: RestCall, one: Comment) -> str | None:
    if call.face.nameless:
        return None
    author = call.world.pages.get(("ok", one.author)) if one.as_page else call.world.users.get(("ok", one.author))
    return author.name if author is not None else None


def _asked_ms(call: RestCall) -> bool:
    return any(name.upper() == "DATE_MS" for name in _fields(call))


def _comments(call: RestCall) -> Any:
    post, _ = _discussion(call)
    backward = call.fields.get("direction", "FORWARD") == "BACKWARD"
    mine = call.flag("includeRemoved")
    # "Removed" shows a person's own comments that others removed, nobody else's.
    there = [one for one in post.comments if not one.deleted or (mine and one.author == call.me)]
    ordered = sorted(there, key=lambda one: (one.at, one.id), reverse=backward)
    some, paging = call.paged(ordered, start="LAST" if backward else "FIRST")
    rows = [shapes.comment(one, name=_name(call, one), milliseconds=_asked_ms(call)) for one in some]
    return {"discussionId": post.id, "discussionType": "GROUP_TOPIC", **paging, "comments": rows or None}


def _comment(call: RestCall) -> Any:
    post, _ = _discussion(call)
    wanted = call.want("comment_id")
    one = next((one for one in post.comments if one.id == wanted), None)
    if one is None:
        raise OkRefusal(700, "Comment not found")
    if one.deleted:
        raise OkRefusal(702, "Comment is not active")
    return {"comment": shapes.comment(one, name=_name(call, one), milliseconds=_asked_ms(call))}


def _discussions(call: RestCall) -> Any:
    rows = [
        {
            "object_id": post.id,
            "object_type": "GROUP_TOPIC",
            "title": post.text[:50],
            "new_comments_count": sum(not one.deleted for one in post.comments),
            "ref_objects": [{"id": page.id, "type": "GROUP"}],
        }
        for page in call.managed_groups()
        for post in call.world.wall("ok", page.id)
        if post.comments
    ]
    some, paging = call.paged(rows)
    return {"anchor": paging["anchor"], "discussions": some}


METHODS: dict[str, Method] = {
    "users.getCurrentUser": Method(_current_user),
    "users.getInfo": Method(_users, BASE),
    "users.hasAppPermission": Method(_has_permission),
    "users.getCallsLeft": Method(_calls_left),
    "auth.touchSession": Method(_touch),
    "url.getInfo": Method(_url, BASE),
    "group.getInfo": Method(_groups, BASE),
    "group.getUserGroupsV2": Method(_my_groups),
    "group.getUserGroupsByIds": Method(_memberships, GROUP),
    "group.getMembers": Method(_members, GROUP),
    "group.getCounters": Method(_counters),
    "group.isMessagesAllowed": Method(_messages_allowed),
    "group.getStatTopics": Method(_stat_topics, GROUP),
    "group.getStatTrends": Method(_trends, GROUP),
    "group.getStatOverview": Method(_overview, GROUP),
    "mediatopic.getByIds": Method(_topics, BASE),
    "mediatopic.getTopics": Method(_topics_of_group),
    "mediatopic.getRepublishedTopic": Method(_republished),
    "discussions.getComments": Method(_comments, BASE),
    "discussions.getComment": Method(_comment, BASE),
    "discussions.getList": Method(_discussions, BASE),
    **WRITES,
}
"""Withdrawn methods are missing on purpose: OK answers them with "no such method"."""

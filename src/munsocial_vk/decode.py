"""From shapes of VK to what munsocial knows: profiles, posts, comments, links, people, bans, messages.

Pure functions. What VK did not say stays None; what had to be derived is named in ``inferred``. An item without an id
or a moment cannot be kept: it becomes a gap, so that counts are never silently short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from munsocial.model.base import typed_maker
from munsocial.model.content import Ban, Comment, Link, Manager, Message, Post, PostKind, PostState, RepostSource
from munsocial.model.snapshot import Missing, Why
from munsocial_vk import wire
from munsocial_vk.addresses import handle_in, id_in
from munsocial_vk.text_marks import plain
from munsocial_vk.unread import Kept, gap_of, keep, unread

__all__ = [
    "bans_of",
    "blocked_of",
    "comments_of",
    "comments_open",
    "counted",
    "links_of",
    "managers_of",
    "messages_of",
    "moment",
    "peers_of",
    "posts_of",
    "subscriptions_of",
]

_made_post, _made_comment = typed_maker(Post), typed_maker(Comment)
SITE = "https://vk.com/"
_LATEST = 253402300799 - 86400  # beyond it a date is a slip: the year 9999 ends within a day, in some zone it is over

_FORMATS = {
    "photo": "photo", "posted_photo": "photo", "photos_list": "photo", "album": "photo", "graffiti": "photo",
    "video": "video", "video_playlist": "video", "clip": "clip", "poll": "poll", "link": "link",
    "doc": "document", "audio": "audio", "podcast": "audio", "audio_playlist": "audio", "story": "story",
    "textlive": "live",
}  # fmt: skip
_BEGUN = frozenset({"started", "finished"})
_STATES = {"postpone": PostState.SCHEDULED, "suggest": PostState.SUGGESTED}
_HIDDEN_ROLE = Missing(
    why=Why.NO_RIGHT,
    ru="ВКонтакте не показала роли руководителей: нужен ключ администратора сообщества.",
    en="VK did not show the roles of managers: the key of an administrator is wanted.",
)
BAN_REASONS = {0: "other", 1: "spam", 2: "insult", 3: "obscenity", 4: "off_topic"}


def moment(seconds: int | None) -> datetime | None:
    """Turn Unix seconds into a moment in UTC; None for what is no date."""
    if seconds is None or not 0 < seconds <= _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC)


# Posts


def posts_of(reply: wire.WallReply, wall: int | str = "") -> Kept[Post]:
    """Read a page of a wall; the pinned post may come first whatever its date.

    ``wall`` is the one that was asked for; where it is named by its signed number, a post of another is a gap.
    """
    names = {group.id: group for group in reply.groups or () if group is not None}
    elsewhere = {item.owner_id for item in reply.items or () if item} - {wall, None} if isinstance(wall, int) else set()
    kept = keep(reply.items, lambda item: None if item.owner_id in elsewhere else _post(item, names), "post")
    ids = {one.id for one in kept.items}
    shown = (item for item in reply.items or () if item is not None and str(item.id) in ids)
    return Kept(kept.items, kept.gaps + tuple(gap for item in shown for gap in _unread_parts(item)))


def _unread_parts(item: wire.Post) -> Iterator[Missing]:
    """Return the gaps of a post that is shown without something that VK gave and nobody can read."""
    if item.is_deleted:
        return
    if unread(item, "text"):
        yield gap_of("text of post", str(item.id))
    if unread(item, "attachments") or any(one is None or not one.type for one in item.attachments or ()):
        yield gap_of("attachments of post", str(item.id))


def _post(item: wire.Post, names: dict[int | None, wire.Group]) -> Post | None:
    at = moment(item.date)
    if item.id is None or at is None:
        return None
    origin = next((one for one in item.copy_history or () if one is not None), None)
    comments = item.comments
    return _made_post(
        id=str(item.id),
        at=at,
        text=plain(item.text),
        author_id=None if item.from_id is None else str(item.from_id),
        by_owner=item.from_id is None or item.owner_id is None or item.from_id == item.owner_id,
        kind=_kind(item),
        state=_state(item),
        edited_at=moment(item.edited),
        pinned=bool(item.is_pinned),
        formats=_formats(item),
        source=_source(origin, names) if item.copy_history else None,
        url=f"{SITE}wall{item.owner_id}_{item.id}" if item.owner_id is not None else None,
        comments=_counted(comments),
        comments_open=comments_open(comments),
        likes=_counted(item.likes),
        reposts=_counted(item.reposts),
        views=_counted(item.views),
        inferred=_inferred(item),
    )


def _counted(info: wire.CommentsInfo | wire.Counted | None) -> int | None:
    return None if info is None else counted(info.count)


def counted(count: int | None) -> int | None:
    """Return a count; one below zero says nothing."""
    return count if count is not None and count >= 0 else None


def _kind(item: wire.Post) -> PostKind:
    if item.marked_as_ads or item.post_type == "post_ads":
        return PostKind.AD
    return PostKind.REPOST if item.copy_history or item.post_type == "copy" else PostKind.OWN


def _state(item: wire.Post) -> PostState:
    if item.is_deleted:
        return PostState.DELETED
    if item.is_archived:
        return PostState.HIDDEN
    return _STATES.get(item.post_type or "", PostState.PUBLISHED)


def _formats(item: wire.Post) -> tuple[str, ...]:
    found = ["text"] if item.text and not item.text.isspace() else []
    found += [_format(one) for one in item.attachments or () if one is not None and one.type]
    return tuple(dict.fromkeys(found))


def _format(attachment: wire.Attachment) -> str:
    video = attachment.video
    if video is not None:
        if video.live or video.type == "live" or video.live_start_time or video.live_status in _BEGUN:
            return "live"
        if video.type in ("short_video", "clip"):
            return "clip"
    return _FORMATS.get(attachment.type or "", attachment.type or "other")


def comments_open(info: wire.CommentsInfo | None) -> bool | None:
    """Tell whether a post can be commented; None when VK does not say."""
    if info is None:
        return None
    if info.can_open:
        return False
    return True if info.can_close else info.can_post


def _inferred(item: wire.Post) -> tuple[str, ...]:
    """Name what VK did not state: whose post it is, and whether comments are closed to all or only to this key."""
    derived = []
    if item.from_id is None or item.owner_id is None:
        derived.append("by_owner")
    info = item.comments
    if info is not None and info.can_post is False and not info.can_open:
        derived.append("comments_open")
    return tuple(derived)


def _source(origin: wire.Post | wire.Origin | None, names: dict[int | None, wire.Group]) -> RepostSource:
    if origin is None or origin.owner_id is None:
        return RepostSource(network_id="")
    group = names.get(-origin.owner_id)
    return RepostSource(
        network_id=str(origin.owner_id).removeprefix("-"),
        post_id="" if origin.id is None else str(origin.id),
        name=group.name if group else None,
        subscribers=counted(group.members_count) if group else None,
    )


# Comments


_Said = tuple[wire.Comment | None, str | None]
"""A comment, and the first-level comment under which it stands."""


def comments_of(reply: wire.CommentReply, *, post: str, owner: int, thread: str | None = None) -> Kept[Comment]:
    """Read a page of comments with their answers. ``owner`` is signed; ``thread`` is the one asked for."""
    place, _, number = post.rpartition(":")
    context = _Context(post, place, number, owner, _names(reply))
    said = list(_flat(reply.items, thread))
    kept = keep(said, lambda pair: _comment(pair, context), "comment", lambda pair: _comment_gap(pair, context))
    return Kept(kept.items, kept.gaps + tuple(gap for pair in said for gap in _unread_words(pair, context)))


def _unread_words(said: _Said, context: _Context) -> Iterator[Missing]:
    """Return the gaps of a comment that is shown without its words, or of answers that are not shown."""
    item, thread = said
    if item is None or item.id is None:
        return
    if unread(item, "text") and not item.deleted and moment(item.date):
        yield gap_of("text of comment", str(item.id), _comment_gap(said, context).item)
    told = item.answers
    lost = told is not None and unread(told, "items") and told.count is None
    if thread is None and (unread(item, "thread") or lost):
        yield gap_of("thread", str(item.id), _comment_gap(said, context).item)


def _comment_gap(said: _Said, context: _Context) -> Missing:
    """Return the gap of a comment, which names its thread; under photos and in discussions there are none."""
    item, thread = said
    number = str(getattr(item, "id", None) or "?")
    prefix = f"{context.place}:{context.number}:" if context.place else ""
    threaded = context.place in ("", "video") and (thread or number) != "?"
    return gap_of("comment", number, f"{prefix}{thread or number}" if threaded else context.post)


@dataclass(frozen=True, slots=True)
class _Context:
    post: str
    place: str
    number: str
    owner: int
    names: dict[int, str]


def _names(reply: wire.CommentReply) -> dict[int, str]:
    people = {one.id: _name(one) or "" for one in reply.profiles or () if one is not None and one.id is not None}
    groups = {-one.id: one.name or "" for one in reply.groups or () if one is not None and one.id is not None}
    return people | groups


def _name(person: wire.User | wire.MemberRole) -> str | None:
    return " ".join(part for part in (person.first_name, person.last_name) if part) or None


def _flat(items: Iterable[wire.Comment | None] | None, thread: str | None) -> Iterator[_Said]:
    """Walk comments with their answers: an answer of any depth belongs to its first-level comment."""
    stack = [(item, thread) for item in reversed(list(items or ()))]
    while stack:
        item, above = stack.pop()
        yield item, above
        if item is not None and item.answers is not None and item.answers.items:
            root = above or (None if item.id is None else str(item.id))
            stack.extend((inner, root) for inner in reversed(item.answers.items))


def _comment(said: _Said, context: _Context) -> Comment | None:
    item, thread = said
    at = moment(item.date) if item is not None else None
    if item is None or item.id is None or at is None:
        return None
    parents = [one for one in item.parents_stack or () if one is not None]
    root = str(parents[0]) if parents else thread
    author, prefix = item.from_id, f"{context.place}:{context.number}:" if context.place else ""
    return _made_comment(
        id=f"{prefix}{item.id}",
        post_id=context.post,
        at=at,
        text="" if item.deleted else plain(item.text),
        author_id=None if author is None or item.deleted else str(author),
        author_name=None if author is None or item.deleted else context.names.get(author) or None,
        author_kind="group" if author is not None and author < 0 else "user",
        by_owner=author is not None and author == context.owner,
        deleted=bool(item.deleted),
        reply_to=f"{prefix}{item.reply_to_comment}" if item.reply_to_comment else None,
        thread=f"{prefix}{root}" if root and root != str(item.id) else None,
        url=_comment_url(item.id, root, context),
    )


def _comment_url(number: int, root: str | None, context: _Context) -> str:
    if context.place == "board":
        return f"{SITE}topic{context.owner}_{context.number}?post={number}"
    thread = f"&thread={root}" if root and root != str(number) else ""
    return f"{SITE}{context.place or 'wall'}{context.owner}_{context.number}?reply={number}{thread}"


# Links, people, bans, messages


def links_of(group: wire.Group) -> Kept[Link]:
    """Read the block of links of a community; one whose address cannot be read is told without it, and is a gap too."""
    kept = keep(group.links, _link, "link", lambda item: gap_of("link", "?", "links"))
    unread = tuple(gap_of("link", one.name or "?", "links") for one in kept.items if one.url is None)
    return Kept(kept.items, kept.gaps + unread)


def _link(item: wire.GroupLink) -> Link:
    url = (item.url or "").strip() or None
    return Link(kind="link", url=url, name=item.name or None, handle=handle_in(url), network_id=id_in(url))


def subscriptions_of(reply: wire.SubscriptionsReply) -> Kept[Link]:
    """Read what communities a person's page follows: a person may bear the number of a community and is left out."""
    others = [one for one in reply.items or () if one is None or one.type != "profile"]
    return keep(others, _subscription, "subscription", lambda item: gap_of("subscription", _called(item), "links"))


def _subscription(item: wire.Group) -> Link | None:
    if item.id is None:
        return None
    return Link(kind="subscription", network_id=str(item.id), handle=item.screen_name, name=item.name)


def _called(item: wire.Group | None) -> str:
    return (item and (item.screen_name or item.name)) or "?"


def managers_of(items: Iterable[wire.MemberRole | None] | None) -> Kept[Manager]:
    """Read persons with roles; one without a role shown is kept out and named as a gap."""
    return keep(items, _manager, "manager", _manager_gap)


def _manager_gap(item: wire.MemberRole | None) -> Missing:
    """Return the gap of a person: only one who is named without a role wants a key that may do more."""
    if item is None or item.id is None:
        return gap_of("manager", "?")
    return _HIDDEN_ROLE.model_copy(update={"item": str(item.id)})


def _manager(item: wire.MemberRole) -> Manager | None:
    if item.id is None or not item.role:
        return None
    return Manager(network_id=str(item.id), name=_name(item), role=item.role)


def bans_of(reply: wire.BannedReply) -> Kept[Ban]:
    """Read a page of the black list."""
    return keep(reply.items, _ban, "ban")


def _ban(item: wire.Banned) -> Ban | None:
    whom, info = item.profile or item.group, item.ban_info or wire.BanInfo()
    if whom is None or whom.id is None:
        return None
    person = isinstance(whom, wire.User)
    return Ban(
        user_id=str(whom.id) if person else f"-{whom.id}",
        name=_name(whom) if isinstance(whom, wire.User) else whom.name,
        since=moment(info.date),
        until=moment(info.end_date),
        forever=info.end_date == 0,
        reason=None if info.reason is None else BAN_REASONS.get(info.reason, str(info.reason)),
        note=info.comment,
        by=None if info.admin_id is None else str(info.admin_id),
    )


def blocked_of(reply: wire.BlockedReply) -> Kept[Ban]:
    """Read whom a person has blocked: for ever, as a person can set no term."""
    names: dict[int | None, str | None] = {one.id: _name(one) for one in reply.profiles or () if one is not None}
    names |= {-one.id: one.name for one in reply.groups or () if one is not None and one.id}
    return keep(reply.items, lambda who: Ban(user_id=str(who), name=names.get(who), forever=True), "ban")


def peers_of(items: Iterable[wire.Dialog | None] | None) -> Kept[tuple[str, datetime | None]]:
    """Read with whom there are dialogs, and when something was last said in each."""
    return keep(items, _peer, "dialog")


def _peer(dialog: wire.Dialog) -> tuple[str, datetime | None] | None:
    last, peer = dialog.last_message, dialog.conversation.peer if dialog.conversation else None
    number = (last.peer_id if last is not None else None) or (peer.id if peer is not None else None)
    return (str(number), moment(last.date) if last is not None else None) if number else None


def messages_of(items: Iterable[wire.Message | None] | None) -> Kept[Message]:
    """Read private messages."""
    return keep(items, _message, "message")


def _message(item: wire.Message) -> Message | None:
    at = moment(item.date)
    # In a chat of several persons only the number within the chat tells messages apart: the other one is 0.
    number = item.id or (f"{item.peer_id}_{item.conversation_message_id}" if item.conversation_message_id else None)
    if number is None or item.peer_id is None or at is None:
        return None
    return Message(
        id=str(number),
        peer_id=str(item.peer_id),
        at=at,
        text="" if item.deleted else plain(item.text),
        author_id=None if item.from_id is None else str(item.from_id),
        outgoing=bool(item.out),
        deleted=bool(item.deleted),
    )

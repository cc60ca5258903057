"""Reading of groups: profile, posts, comments, people, statistics.

Posts of a group are found by its statistics, which only its administrators see and which come late; ids that we
published ourselves or that an operator pasted are asked for beside them. Without statistics the list is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import aclosing
from datetime import datetime, timedelta
from math import inf
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from munsocial.errors import AbilityAbsent, NetworkError, NotFound
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.content import Ban, Comment, Link, Manager, Post, Profile, Stats
from munsocial.network.drafts import Page, Window
from munsocial.wording import Text
from munsocial_ok import decode, wire
from munsocial_ok.answers import Read, reader
from munsocial_ok.base import OkBase
from munsocial_ok.posts import PostReader
from munsocial_ok.unread import concealed, hidden, nobody_shown, part_lost, unreadable, unshown

__all__ = ["Reading"]

_GROUPS, _USERS = reader(wire.Groups), reader(wire.Users)
_MEMBERS = reader(TypeAdapter(wire.Members))
_COMMENTS = reader(TypeAdapter(wire.Comments))
_COMMENT = reader(TypeAdapter(wire.SingleComment))
_COUNTERS = reader(TypeAdapter(wire.Counters))
_TRENDS = reader(TypeAdapter(dict[str, Any]))
_DISCUSSIONS = reader(TypeAdapter(wire.Discussions))

_GROUP_FIELDS = (
    "uid,name,description,shortname,status,members_count,pic_avatar,main_photo,photo_id,cover,mobile_cover,cover_series,"
    "cover_buttons,profile_buttons,homepage_url,phone,address,city,category,access_type,private,gos_org,rkn_mark,"
    "who_can_comment,role,member_status,stats_allowed,content_as_official,publish_delayed_theme_allowed,"
    "messaging_enabled,messaging_allowed"
)
_USER_FIELDS = "uid,name,first_name,last_name"
_COUNTED = ("THEMES", "MEMBERS", "PHOTOS", "VIDEOS", "LINKS", "BLACK_LIST", "MODERATORS")
_SUMMED = ("NEW_MEMBERS", "LEFT_MEMBERS", "LIKES", "COMMENTS", "RESHARES", "RENDERINGS", "LINK_CLICKS", "PAGE_VISITS")
_LAST = ("MEMBERS_COUNT",)
_BY_DAY_ONLY = ("REACH",)
"""People reached on two days may be the same people: days are kept, no sum is made."""
_BESIDE_COMMENTS = frozenset({"author_name", "date", "date_ms", "created_ms", "entities"})
"""Fields without which a comment is read all the same; one that has no moment left is counted by itself."""
_STATUSES = frozenset({"ACTIVE", "ADMIN", "MODERATOR", "BLOCKED", "FOLLOWER", "MAYBE", "PASSIVE"})
"""Statuses of members that OK documents."""
_NOT_JOINED = frozenset({"BLOCKED", "MAYBE"})
"""Statuses of a person whom a group has shut out or not taken yet."""


class Listed(NamedTuple):
    """Rows of a listing of memberships, how many OK counts, and whether it says that people are hidden."""

    rows: list[wire.Member]
    counted: int
    hidden: bool


class Reading(OkBase):
    """The reading abilities."""

    async def read_profile(self, account: NetworkAccount) -> Profile:
        """See a group, or a person's profile as far as the API shows one: its name."""
        gid = await self.gid_of(account)
        if account.kind is AccountKind.PROFILE:
            return await self._person(account, gid)
        params = {"uids": gid, "fields": _GROUP_FIELDS}
        read = await self.calls.call("group.getInfo", _GROUPS, params, account=account.id)
        group = next((one for one in read.value if one.uid == gid), None)
        if group is None:
            raise _absent(read, "group.getInfo", account)
        return decode.profile_of(group)

    async def _person(self, account: NetworkAccount, uid: str) -> Profile:
        params = {"uids": uid, "fields": _USER_FIELDS}
        read = await self.calls.call("users.getInfo", _USERS, params, account=account.id)
        person = next((one for one in read.value if one.uid == uid), None)
        if person is None:
            raise _absent(read, "users.getInfo", account)
        fields = {"name": person.called} if person.called else {}
        return Profile(network_id=uid, name=person.called, url=f"https://ok.ru/profile/{uid}", fields=fields)

    async def shows_picture(self, account: NetworkAccount, gid: str, photo: str) -> bool:
        """Tell whether a group shows this photo as its picture; False, too, when that could not be read."""
        params = {"uids": gid, "fields": "uid,photo_id,main_photo"}
        try:
            read = await self.calls.call("group.getInfo", _GROUPS, params, account=account.id)
        except NetworkError:
            return False
        shown = next((one for one in read.value if one.uid == gid), None)
        main = shown.main_photo if shown is not None and isinstance(shown.main_photo, dict) else {}
        return shown is not None and photo in (str(shown.photo_id), str(main.get("id")))

    async def read_counters(self, account: NetworkAccount) -> dict[str, int]:
        """Return the group's counters by OK's names in lower case; those for administrators only may be absent."""
        params = {"group_id": await self.gid_of(account), "counterTypes": _COUNTED}
        read = await self.calls.call("group.getCounters", _COUNTERS, params, account=account.id)
        return {name: count for name, count in read.value.counters.items() if count is not None}

    async def list_posts(
        self, account: NetworkAccount, *, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page[Post]:
        """Return all posts of the window in one page: their ids by statistics, their content in parcels.

        ``gaps`` tell of statistics that do not reach back, of parcels and posts that could not be read.

        Raises:
            PermissionDenied: statistics are for administrators, and no id is known by other means.
        """
        del cursor  # everything comes in one page
        _demand_group(account, Text("публикации", "posts"))
        return await PostReader(self, account, await self.gid_of(account)).page(Window(since, until))

    async def read_post(self, account: NetworkAccount, address: str) -> Post | None:
        """Return a single post of any group by its id or address; None when it is deleted or hidden.

        Raises:
            UnreadableAnswer: what OK says of it could not be read.
        """
        topic = decode.topic_id(address)
        if topic is None:
            raise NotFound(
                Text("Это не адрес и не номер публикации ОК.", "This is no address or id of a post of OK."),
                network="ok",
                method="mediatopic.getByIds",
                account=account.id,
                remedy=Text("Нужен адрес вида https://ok.ru/group/…/topic/….", "Give https://ok.ru/group/…/topic/…."),
            )
        return await PostReader(self, account, await self.gid_of(account)).post(topic)

    async def topic(self, account: NetworkAccount, gid: str, post: str) -> wire.Topic | None:
        """Return a post as OK gives it; None when it is deleted or hidden.

        Raises:
            UnreadableAnswer: what OK says of it could not be read.
        """
        return await PostReader(self, account, gid).topic(post)

    async def list_comments(self, account: NetworkAccount, post: str, *, cursor: str | None = None) -> Page[Comment]:
        """Return comments of one post, newest first, removed ones among them; OK has one flat thread."""
        params = {**_discussion(post), "anchor": cursor or "LAST", "direction": "BACKWARD", "count": self.settings.page}
        params |= {"includeRemoved": True, "mark_as_read": False}
        gid = await self.gid_of(account)
        read = await self.calls.call("discussions.getComments", _COMMENTS, params, account=account.id)
        names = await self._named(read.value, account)
        found = [decode.comment_of(one, post, gid, names) for one in read.value.comments]
        comments = tuple(one for one in found if one is not None)
        onward = read.value.anchor if read.value.has_more is not False and found else None
        stuck = read.value.has_more is True and onward in (None, cursor)
        lost = read.unread(_BESIDE_COMMENTS) + len(found) - len(comments) + stuck
        return Page(comments, None if onward == cursor else onward, unreadable(lost, post))

    async def _named(self, comments: wire.Comments, account: NetworkAccount) -> dict[str, str]:
        names = decode.names_of(comments.entities)
        lacking = {
            one.author_id
            for one in comments.comments
            if one.author_id and not one.author_name and (one.author_type or "").upper() != "GROUP"
        }
        return names | await self._names(lacking - names.keys(), account) if self.settings.fetch_names else names

    async def read_comment(self, account: NetworkAccount, post: str, comment: str) -> Comment | None:
        """Return one comment as it is now; None when it is gone: so a task done by a person is checked."""
        params = {**_discussion(post), "comment_id": comment}
        try:
            read = await self.calls.call("discussions.getComment", _COMMENT, params, account=account.id)
        except NotFound:
            return None
        found = read.value.comment
        now = decode.comment_of(found, post, await self.gid_of(account), {}) if found is not None else None
        if now is None:
            raise part_lost(1, "discussions.getComment", account.id)
        return None if now.deleted else now

    async def new_comments(self, account: NetworkAccount) -> dict[str, int]:
        """Return posts with the number of new comments, as the person of the token sees them: a hint where to look.

        A moderator may not take part in every discussion, so an absent post proves nothing.
        """
        gid = await self.gid_of(account)
        fields = "discussion.OBJECT_ID,discussion.OBJECT_TYPE,discussion.NEW_COMMENTS_COUNT,discussion.REF_OBJECTS"
        params = {"category": "GROUP", "count": self.settings.page, "fields": fields}
        read = await self.calls.call("discussions.getList", _DISCUSSIONS, params, account=account.id)
        return {
            one.object_id: one.new_comments_count or 0
            for one in read.value.discussions
            if one.object_type == "GROUP_TOPIC" and any(ref.id == gid for ref in one.ref_objects)
        }

    async def read_links(self, account: NetworkAccount) -> tuple[Link, ...]:
        """Return the groups which the token's person has joined. A group cannot join a group.

        The person is that of the account's own token, or one who manages this very group by another account's token.

        Raises:
            CapabilityMissing: no token at hand is of a person who has to do with this account.
            UnreadableAnswer: a row names no group, unless of one not joined: what was joined is not known whole.
        """
        kind = "subscription" if account.kind is AccountKind.PROFILE else "owner_profile_subscription"
        members = (await self.members("group.getUserGroupsV2", {"count": self.settings.page}, account)).rows
        if not self.secrets.has_own(account.id) and not _manages(members, await self.gid_of(account)):
            self.secrets.person_key(account.id, own=True)  # raises: another person's subscriptions prove nothing
        joined = [one.groupId for one in members if one.status not in _NOT_JOINED]
        groups = [group for group in joined if group]
        if lost := len(joined) - len(groups):
            raise part_lost(lost, "group.getUserGroupsV2", account.id)
        return tuple(Link(kind=kind, network_id=group, url=decode.group_url(group)) for group in groups)

    async def read_managers(self, account: NetworkAccount) -> tuple[Manager, ...]:
        """Return the persons with power over a group, with OK's words for their roles.

        They are those whom OK shows: its count differs from that in ordinary life, and a tuple carries no gap.

        Raises:
            UnreadableAnswer: a row could not be read, nobody is shown, though a group always has an administrator, or
                OK says that people are hidden.
        """
        _demand_group(account, Text("управляющих", "managers"))
        listed = await self._by_status(account, ("ADMIN", "MODERATOR"))
        if listed.hidden:
            raise concealed("group.getMembers", account.id)
        if not listed.rows:
            raise nobody_shown(0, "group.getMembers", account.id)
        names = await self._names([one.userId for one in listed.rows], account)
        return tuple(decode.manager_of(one, names) for one in listed.rows)

    async def read_bans(self, account: NetworkAccount, *, cursor: str | None = None) -> Page[Ban]:
        """Return the whole black list in one page, with a gap where OK hides people, or counts more than it shows."""
        del cursor
        _demand_group(account, Text("чёрный список", "the black list"))
        listed = await self._by_status(account, ("BLOCKED",))
        names = await self._names([one.userId for one in listed.rows], account)
        forever = self.settings.null_unblock_is_forever
        bans = tuple(decode.ban_of(one, names, null_is_forever=forever) for one in listed.rows)
        gaps = (hidden("bans"),) if listed.hidden else unshown(listed.counted, len(bans), "bans")
        return Page(bans, gaps=gaps)

    async def _by_status(self, account: NetworkAccount, statuses: tuple[str, ...]) -> Listed:
        # The id of the group travels in "uid" here.
        params = {"uid": await self.gid_of(account), "statuses": statuses, "count": self.settings.page}
        listed = await self.members("group.getMembers", params, account)
        # OK chose by status already; a word nobody knows is no reason to lose a person.
        kept = [one for one in listed.rows if one.status in statuses or one.status not in _STATUSES]
        return listed._replace(rows=kept, counted=listed.counted - (len(listed.rows) - len(kept)))

    async def members(self, method: str, params: dict[str, Any], account: NetworkAccount) -> Listed:
        """Return all rows of a listing of memberships, each person or group once.

        Raises:
            UnreadableAnswer: a row could not be read, people are counted and nobody is shown, or the list does not come
                to its end: who is missing from it nobody could tell.
        """
        found: dict[tuple[str | None, str, bool], wire.Member] = {}
        counted, concealing = 0, False
        async with aclosing(self.calls.pages(method, _MEMBERS, params, account=account.id)) as pages:
            async for read, last in pages:
                if read.lost:
                    raise part_lost(read.lost, method, account.id)
                found.update({_place(one): one for one in read.value.members})
                counted = read.value.totalCount or counted
                concealing = concealing or bool(read.value.membersHidden)
                if last or not read.value.members:
                    if counted > len(found) and not _told_end(read.value):
                        raise part_lost(counted - len(found), method, account.id)
                    if counted and not found:
                        raise nobody_shown(counted, method, account.id)
                    return Listed(list(found.values()), counted, concealing)
        raise part_lost(1, method, account.id)

    async def _names(self, uids: Iterable[str], account: NetworkAccount) -> dict[str, str]:
        """Return names by id; a failure leaves them out, since nobody's name is worth the rest of the answer."""
        wanted = sorted(set(uids))
        names: dict[str, str] = {}
        for start in range(0, len(wanted), 100):
            params = {"uids": wanted[start : start + 100], "fields": _USER_FIELDS}
            try:
                users: Read[list[wire.User]] = await self.calls.call(
                    "users.getInfo", _USERS, params, account=account.id
                )
            except NetworkError:
                return names
            names |= {one.uid: one.called for one in users.value if one.called}
        return names

    async def read_stats(self, account: NetworkAccount, window: Window) -> Stats:
        """Return figures of the window: sums of what adds up over days, the last of what does not, days in ``raw``.

        A figure of which a day could not be read is left out.
        """
        _demand_group(account, Text("статистику", "statistics"))
        fields = (*_SUMMED, *_LAST, *_BY_DAY_ONLY)
        params = {"gid": await self.gid_of(account), "start_time": window.since, "end_time": window.until}
        read = await self.calls.call("group.getStatTrends", _TRENDS, {**params, "fields": fields}, account=account.id)
        days = {name: _days(rows, window) for name, rows in read.value.items() if isinstance(rows, list)}
        figures = dict[str, int]()
        for name in (word.lower() for word in (*_SUMMED, *_LAST)):
            found, lost = days.get(name, ({}, []))
            last = max(found, default=0)
            if found and name.upper() in _SUMMED and not lost:
                figures[name] = sum(found.values())
            if found and name.upper() in _LAST and all(at < last for at in lost):
                figures[name] = found[last]
        raw = {name: {str(at): value for at, value in found.items()} for name, (found, _) in days.items()}
        return Stats(since=window.since, until=window.until, figures=figures, raw=raw)


def _demand_group(account: NetworkAccount, what: Text) -> None:
    if account.kind is AccountKind.PROFILE:
        said = Text("ОК не показывает {what} личных профилей.", "OK does not show {what} of personal profiles.")
        raise AbilityAbsent(said.fill(what=what), where=f"ok / {account.id}")


def _place(member: wire.Member) -> tuple[str | None, str, bool]:
    """Return what tells a row of memberships from others; of groups without a number, one left out hides no other."""
    return member.groupId, member.userId, member.groupId is None and member.status in _NOT_JOINED


def _told_end(page: wire.Members) -> bool:
    """Tell whether a page is the last by OK's word, and not only because its anchor leads nowhere new."""
    return page.has_more is False or (page.has_more is None and not (page.anchor and page.members))


def _manages(groups: list[wire.Member], gid: str) -> bool:
    return any(one.groupId == gid and one.status in ("ADMIN", "MODERATOR") for one in groups)


def _days(rows: list[Any], window: Window) -> tuple[dict[int, int], list[float]]:
    """Return values by moment (milliseconds) inside the window, and the moments of rows that could not be read."""
    day = timedelta(days=1).total_seconds() * 1000
    since, until = window.since.timestamp() * 1000 - day, window.until.timestamp() * 1000
    found, lost = dict[int, int](), list[float]()
    for row in rows:
        told = row if isinstance(row, dict) else {}
        at, value = _number(told.get("time")), _number(told.get("value"))
        if at is None:
            lost.append(inf)  # may have been any day
        elif since < at < until and value is not None:
            found[at] = value
        elif since < at < until:
            lost.append(at)
    return found, lost


def _number(value: Any) -> int | None:
    """Return a number, also one that is written as text; None for what is none or beyond all counts."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return int(number) if abs(number) < 10**15 else None


def _discussion(post: str) -> dict[str, str]:
    # GROUP_TOPIC, though the post was published as GROUP_THEME.
    return {"discussionId": post, "discussionType": "GROUP_TOPIC"}


def _absent(read: Read[Any], method: str, account: NetworkAccount) -> NetworkError:
    """Return the error of what an answer lacks: it is not there only if the answer was read whole."""
    if read.lost:
        return part_lost(read.lost, method, account.id)
    return NotFound(
        Text("По этому номеру ничего нет.", "There is nothing of that id."),
        network="ok",
        method=method,
        account=account.id,
        remedy=Text("Проверьте network_id в реестре.", "Check network_id in the registry."),
    )

"""Profiles of communities and persons, in the words of the model. Pure.

An absent field means "not set, or not visible with this key": it is never read as empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from munsocial.model.accounts import AccountKind
from munsocial.model.content import Profile
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.decode import SITE, counted
from munsocial_vk.unread import unread

__all__ = ["NO_PAGE", "pages_asked", "pages_in", "profile_of_group", "profile_of_user"]

_GROUP_FIELDS = (
    "description,members_count,verified,site,status,cover,has_photo,crop_photo,links,contacts,addresses,fixed_post,"
    "live_covers,activity,city,counters,wall,can_message,online_status,age_limits,main_section,secondary_section,"
    "ban_info,has_market_app,is_government_organization,trust_mark,is_verified"
)
"""The last three are asked for by VK's own client; whether other keys are given them is not known."""
_NO_COMMENTS = frozenset({0, 3})
"""Walls that are off or closed; on a limited one (2) people comment and do not post."""
NO_PAGE = Text("Страница в ответе не читается.", "The page in the answer cannot be read.")
_USER_FIELDS = "screen_name,about,status,site,has_photo,verified,followers_count,city,can_write_private_message,domain"


def pages_asked(kind: AccountKind, names: str | list[str]) -> tuple[str, dict[str, Any], Any]:
    """Return the call for pages of persons or of communities: its method, its parameters, the shape of the answer."""
    if kind is AccountKind.PROFILE:
        return "users.get", {"user_ids": names, "fields": _USER_FIELDS}, list[wire.Loose[wire.User]]
    return "groups.getById", {"group_ids": names, "fields": _GROUP_FIELDS}, wire.Groups


def pages_in(reply: wire.GroupReply | list[Any]) -> tuple[list[wire.Group | wire.User], bool]:
    """Return the pages of an answer in any of its forms, and whether it shows no other: each of a list has a number."""
    rows = reply.groups if isinstance(reply, wire.GroupReply) else reply
    pages = [one for one in rows or () if one is not None and one.id is not None]
    return pages, rows is not None and len(pages) == len(rows)


def profile_of_group(group: wire.Group) -> Profile | None:
    """Read a community; None when it has no id. A deleted or banned one shows its name only."""
    if group.id is None:
        return None
    fields = dict(_group_fields(group))
    return Profile(
        network_id=str(group.id),
        handle=group.screen_name or None,
        url=f"{SITE}{group.screen_name or f'club{group.id}'}",
        name=group.name,
        description=group.description,
        closed=None if group.is_closed is None else group.is_closed != 0,
        blocked=group.deactivated or None,
        avatar=group.has_photo,
        cover=group.cover.enabled if group.cover else None,
        dynamic_cover=group.live_covers.is_enabled if group.live_covers else None,
        subscribers=counted(group.members_count),
        verified=group.is_verified if group.verified is None else group.verified,
        state_mark=group.is_government_organization,
        fields=fields,
        seen_fields=frozenset((*_seen(group), *_ways_to_reach(group))) | fields.keys(),
        features=_features(group),
        pinned_post=str(group.fixed_post) if group.fixed_post else None,
        comments_open=None if group.wall is None else group.wall not in _NO_COMMENTS,
        messages_open=group.can_message,
    )


def _seen(page: wire.Group | wire.User) -> Iterator[str]:
    """Name the words which VK showed, filled or not; null says nothing."""
    return (word for word in ("name", "site", "activity", "status") if getattr(page, word, None) is not None)


def _ways_to_reach(group: wire.Group) -> Iterator[str]:
    contacts, addresses = group.contacts, group.addresses
    if contacts is not None:
        for word in ("email", "phone"):
            if all(one is not None and not unread(one, word) for one in contacts):
                yield word
    known = isinstance(addresses, list) or (addresses and (addresses.is_enabled is not None or addresses.count == 0))
    if not known:
        return
    yield "postal_address"
    # The hours come with the main address, which not every key is shown.
    main = shown.main_address if (shown := _shown(addresses)) else None
    if not shown or (main and (main.work_info_status or main.timetable)):
        yield "working_hours"


def _group_fields(group: wire.Group) -> Iterator[tuple[str, str]]:
    if group.name:
        yield "name", group.name
    if group.site:
        yield "site", group.site
    if group.activity:
        yield "activity", group.activity
    if group.status:
        yield "status", group.status
    if group.city and group.city.title:
        yield "city", group.city.title
    addresses = _shown(group.addresses)
    main = addresses.main_address if addresses else None
    contacts = [one for one in group.contacts or () if one is not None]
    phones = [*(one.phone for one in contacts), main.phone if main else None]
    for word, found in (("email", [one.email for one in contacts]), ("phone", phones)):
        if told := "; ".join(dict.fromkeys(one for one in found if one)):
            yield word, told
    people = [text for one in contacts if (text := _contact(one))]
    if people:
        yield "contacts", "; ".join(people)
    if addresses:
        yield from _address_fields(addresses)


def _shown(addresses: wire.Addresses | list[Any] | None) -> wire.Addresses | None:
    """Return the addresses if the page shows any."""
    if not isinstance(addresses, wire.Addresses):
        return None
    return addresses if addresses.is_enabled and addresses.count != 0 else None


def _contact(one: wire.Contact) -> str:
    """Name a contact: who (as an address of VK reads), for what, and how to reach."""
    who = f"id{one.user_id}" if one.user_id else None
    return ", ".join(part for part in (one.desc, who, one.phone, one.email) if part)


def _address_fields(addresses: wire.Addresses) -> Iterator[tuple[str, str]]:
    main = addresses.main_address
    text = ", ".join(part for part in (main.address, main.title) if part) if main else ""
    # VK tells the number of addresses, and the text of the main one only to some keys.
    yield "postal_address", text or f"адресов на странице: {addresses.count or 1}"
    status = main.work_info_status if main and main.work_info_status != "no_information" else None
    if status or (main and main.timetable):
        yield "working_hours", status or "timetable"


def _features(group: wire.Group) -> frozenset[str] | None:
    """Name the new features seen; widgets and apps are not shown by the API, so an empty set proves nothing."""
    found = set()
    if group.live_covers and group.live_covers.is_enabled:
        found.add("dynamic_cover")
    if group.has_market_app:
        found.add("app")
    return frozenset(found) or None


def profile_of_user(user: wire.User) -> Profile | None:
    """Read a person's page; None when it has no id."""
    if user.id is None:
        return None
    handle = user.screen_name or user.domain
    name = " ".join(part for part in (user.first_name, user.last_name) if part)
    told = {"site": user.site, "status": user.status, "city": user.city.title if user.city else None}
    fields = {"name": name} | {word: value for word, value in told.items() if value}
    return Profile(
        network_id=str(user.id),
        handle=handle or None,
        url=f"{SITE}{handle or f'id{user.id}'}",
        name=name or None,
        description=user.about,
        closed=user.is_closed,
        blocked=user.deactivated or None,
        avatar=user.has_photo,
        subscribers=counted(user.followers_count),
        verified=user.verified,
        fields=fields,
        seen_fields=frozenset(_seen(user)) | fields.keys(),
        messages_open=user.can_write_private_message,
    )

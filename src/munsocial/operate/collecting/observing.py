"""What was seen, kept in the journal: networks forget, so that a post which later vanishes leaves no other trace.

Only what is new is written. What a snapshot did not show completely proves nothing: a post is called gone only when its
page was read whole over the day on which the post stood. A look that is older than one we have kept tells of no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Any

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.model.content import Manager, Post, PostState
from munsocial.model.snapshot import AccountView, Observed, Snapshot
from munsocial.network.keyreport import KeyReport
from munsocial.operate.applying.digests import text_digest
from munsocial.operate.districts import of_district
from munsocial.wording import Lang, Text

__all__ = ["Change", "ChangeKind", "Observations", "observe", "observe_keys", "with_vanished"]

_VANISHED = Text("публикации {item} от {day} больше нет", "the post {item} of {day} is gone")
_EDITED = Text("публикация {item} изменена", "the post {item} was changed")
_BACK = Text("публикация {item} снова на месте", "the post {item} stands again")
_MANAGERS = Text("управляющие страницей изменились: {who}", "the managers of the page have changed: {who}")
_HANDLE = Text("короткое имя ведёт теперь на {now} (было {was})", "the handle leads to {now} now (it was {was})")
_NOWHERE = Text("ничто", "nothing")
_KEY = Text("ключ {item}: {now} (было {was})", "the key {item}: {now} (it was {was})")
_VALID = {
    True: Text("действует", "works"),
    False: Text("не действует", "dead"),
    None: Text("проверить не удалось", "could not be checked"),
}
_STOOD = (PostState.PUBLISHED, PostState.HIDDEN)


class ChangeKind(StrEnum):
    """What differs from what was seen before."""

    VANISHED = "vanished"
    EDITED = "edited"
    BACK = "back"
    MANAGERS = "managers"
    HANDLE = "handle"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, of which account."""

    kind: ChangeKind
    account: str
    what: Text
    item: str = ""

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        return f"{self.account}: {self.what.say(lang)}"


@dataclass(frozen=True, slots=True)
class Observations:
    """What an observation brought: posts seen for the first time, and changes.

    ``older`` are accounts of which a newer look is kept: what the snapshot shows of them is passed over.
    """

    posts: int
    changes: tuple[Change, ...]
    older: tuple[str, ...] = ()


@dataclass(slots=True)
class _Known:
    """What the journal holds of one account."""

    posts: dict[str, list[str]] = field(default_factory=dict)
    """Id to moment, digest of the text, and address."""
    gone: dict[str, str] = field(default_factory=dict)
    """Id to the moment at which it was missed."""
    managers: list[list[str]] | None = None
    """Id, role and name of each, in order."""
    handle: str | None = None
    keys: dict[str, Any] = field(default_factory=dict)
    looked: dict[str, datetime] = field(default_factory=dict)
    """Part of the page to the last look that brought something new of it."""


_PARTS = {
    "seen.posts": "posts",
    "seen.vanished": "posts",
    "seen.back": "posts",
    "seen.managers": "managers",
    "seen.handle": "handle_now",
}
"""Kinds of entries to the part of a view that they tell of."""


def observe(snapshot: Snapshot, journal: Journal, *, zone: tzinfo = UTC, write: bool = True) -> Observations:
    """Hold a snapshot against what was seen before, and keep what is new; ``seen_at`` is the snapshot's moment.

    Days are told as in the zone.

    Raises:
        JournalError: nothing was kept.
    """
    district = snapshot.municipality
    known, entries, changes, fresh = _known(journal, district), list[Entry](), list[Change](), 0
    older: list[str] = []
    now, told = journal.clock(), {"seen_at": snapshot.taken_at.isoformat(), "district": district}
    for given in snapshot.accounts:
        mine = known.setdefault(given.account, _Known())
        view = _newer(given, mine, snapshot.taken_at)
        if view is not given:
            older.append(view.account)
        for kind, body, personal, found in _news(view, mine, snapshot, zone):
            fresh += len(body.get("posts", ())) if kind == "seen.posts" else 0
            entries.append(Entry(kind, view.account, body | told, now, personal))
            changes += found
    if write and entries:
        journal.append_many(entries)
    return Observations(fresh, tuple(changes), tuple(older))


def _newer(view: AccountView, mine: _Known, taken_at: datetime) -> AccountView:
    """Return a view without its parts of which a newer look is kept; the very same when there is none."""
    stale = {part for part, at in mine.looked.items() if taken_at < at and getattr(view, part).value is not None}
    return view.model_copy(update={part: Observed() for part in stale}) if stale else view


_News = tuple[str, dict[str, Any], dict[str, Any] | None, list[Change]]
"""Kind of the entry, its body, personal data, and the changes that it tells of."""


def _news(view: AccountView, mine: _Known, snapshot: Snapshot, zone: tzinfo) -> Iterator[_News]:
    yield from _posts(view, mine)
    yield from _vanished(view, mine, snapshot, zone)
    yield from _managers(view.managers, mine, view.account)
    now = view.handle_now.value
    if now is not None and now != mine.handle:
        changes = []
        if mine.handle is not None:
            what = _HANDLE.fill(now=now or _NOWHERE, was=mine.handle or _NOWHERE)
            changes = [Change(ChangeKind.HANDLE, view.account, what)]
        yield "seen.handle", {"leads_to": now}, None, changes


def _managers(seen: Observed[tuple[Manager, ...]], mine: _Known, account: str) -> Iterator[_News]:
    known = mine.managers
    if seen.value is None or (known is None and not seen.complete):
        return
    people = [[one.network_id, one.role, one.name or ""] for one in seen.value]
    if known is not None and not seen.complete:  # whom a list with gaps leaves out has not gone
        shown = {one.network_id for one in seen.value}
        people += [one for one in known if one[0] not in shown]
    people.sort()
    if known is not None and [one[:2] for one in people] == [one[:2] for one in known]:
        return
    who = ", ".join(f"{name or id} ({role})" for id, role, name in people)
    change = Change(ChangeKind.MANAGERS, account, _MANAGERS.fill(who=who))
    # Persons are personal data: once they are forgotten, the next look is a first look.
    yield "seen.managers", {"count": len(people)}, {"managers": people}, [change] if known is not None else []


def _posts(view: AccountView, mine: _Known) -> Iterator[_News]:
    new: dict[str, list[str]] = {}
    edited, back = [], []
    for post in view.posts.value or ():
        if post.state not in _STOOD:
            continue
        facts = [post.at.isoformat(), text_digest(post.text), post.url or ""]
        was = mine.posts.get(post.id)
        if post.id in mine.gone:
            back.append(post.id)
        if was is None or was[1] != facts[1]:
            new[post.id] = facts
        if was is not None and was[1] != facts[1]:
            edited.append(post.id)
    if new:
        changes = [Change(ChangeKind.EDITED, view.account, _EDITED.fill(item=one), one) for one in edited]
        yield "seen.posts", {"posts": new}, None, changes
    if back:
        changes = [Change(ChangeKind.BACK, view.account, _BACK.fill(item=one), one) for one in back]
        yield "seen.back", {"items": back}, None, changes


def _vanished(view: AccountView, mine: _Known, snapshot: Snapshot, zone: tzinfo) -> Iterator[_News]:
    if not view.posts.complete:
        return
    there = {post.id for post in view.posts.value or () if post.state in _STOOD}
    gone = [
        id
        for id, (at, *_) in mine.posts.items()
        if id not in there and id not in mine.gone and snapshot.since <= datetime.fromisoformat(at) < snapshot.until
    ]
    if gone:
        changes = []
        for id in gone:
            day = datetime.fromisoformat(mine.posts[id][0]).astimezone(zone)
            what = _VANISHED.fill(item=id, day=f"{day:%d.%m.%Y}")
            changes.append(Change(ChangeKind.VANISHED, view.account, what, id))
        yield "seen.vanished", {"items": gone}, None, changes


def observe_keys(
    reports: Iterable[KeyReport], journal: Journal, *, district: str | None = None, write: bool = True
) -> tuple[Change, ...]:
    """Keep what a check of keys showed, where it differs from the last one: reference, whether it works, its rights.

    ``district`` is the id of the municipality whose keys they are: others may share the journal.
    """
    known, entries, changes = _known(journal, district), list[Entry](), list[Change]()
    told = {"district": district} if district is not None else {}
    for one in reports:
        now = {"kind": one.kind, "valid": one.valid, "allows": sorted(one.allows)}
        was = known.setdefault(one.account, _Known()).keys.get(one.reference)
        if was == now:
            continue
        entries.append(Entry("seen.key", one.account, {"reference": one.reference, **now, **told}, journal.clock()))
        if was is not None and was["valid"] != one.valid:
            what = _KEY.fill(item=one.reference, now=_VALID[one.valid], was=_VALID[was["valid"]])
            changes.append(Change(ChangeKind.KEY, one.account, what, one.reference))
    if write and entries:
        journal.append_many(entries)
    return tuple(changes)


def with_vanished(snapshot: Snapshot, journal: Journal) -> Snapshot:
    """Return the snapshot with posts that were seen before and are gone now, as deleted ones of its days.

    Nobody knows when they were removed: ``removed_at`` is when they were first missed.
    """
    known = _known(journal, snapshot.municipality)
    return snapshot.model_copy(
        update={"accounts": tuple(_completed(view, known.get(view.account), snapshot) for view in snapshot.accounts)}
    )


def _completed(view: AccountView, mine: _Known | None, snapshot: Snapshot) -> AccountView:
    if mine is None or view.posts.value is None:
        return view
    there = {post.id for post in view.posts.value}
    gone = []
    for id, missed in mine.gone.items():
        at = datetime.fromisoformat(mine.posts[id][0])
        if id not in there and snapshot.since <= at < snapshot.until:
            url, removed = mine.posts[id][2] or None, datetime.fromisoformat(missed)
            gone.append(Post(id=id, at=at, state=PostState.DELETED, removed_at=removed, url=url))
    if not gone:
        return view
    posts = tuple(sorted((*view.posts.value, *gone), key=lambda post: (post.at, post.id)))
    return view.model_copy(update={"posts": Observed(**{**dict(view.posts), "value": posts})})


def _known(journal: Journal, district: str | None) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for entry in journal.entries(kind="seen.*"):
        if not of_district(entry, district):
            continue
        mine, body = known.setdefault(entry.subject, _Known()), entry.body
        # Entries of older programs bear the snapshot's moment as their own.
        seen_at = datetime.fromisoformat(body["seen_at"]) if "seen_at" in body else entry.at
        if part := _PARTS.get(entry.kind):
            # A snapshot from a computer whose clock ran ahead must not hide all that is seen after it.
            look = min(seen_at, entry.at)
            mine.looked[part] = max(look, mine.looked.get(part, look))
        if entry.kind == "seen.posts":
            mine.posts |= body["posts"]
        elif entry.kind == "seen.vanished":
            mine.gone |= dict.fromkeys(body["items"], seen_at.isoformat())
        elif entry.kind == "seen.back":
            for item in body["items"]:
                mine.gone.pop(item, None)
        elif entry.kind == "seen.managers":
            mine.managers = (entry.personal or {}).get("managers")
        elif entry.kind == "seen.handle":
            mine.handle = body["leads_to"]
        elif entry.kind == "seen.key":
            mine.keys[body["reference"]] = {name: body[name] for name in ("kind", "valid", "allows")}
    return known

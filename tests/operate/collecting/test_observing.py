"""What was seen is kept: posts that vanish, change or come back, managers, handles, keys. Silence proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from munsocial.journal import Journal, open_journal
from munsocial.journal.entries import Entry
from munsocial.model.content import Post, PostState
from munsocial.model.snapshot import AccountView, Missing, Observed, Snapshot, Why
from munsocial.network.keyreport import KeyReport
from munsocial.operate.collecting.observing import ChangeKind, observe, observe_keys, with_vanished
from munsocial.testing import factories as make

ACCOUNT = "administration-vk"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "j.sqlite") as opened:
        yield opened


@pytest.fixture
def dated(tmp_path: Path) -> Iterator[Journal]:
    """A journal whose clock stands ten days after the first look."""
    with open_journal(tmp_path / "j.sqlite", clock=lambda: make.MOMENT + timedelta(days=10)) as opened:
        yield opened


def posts(*texts: str, **gap: Any) -> AccountView:
    """A page with posts on Monday, Tuesday, ... of the week before the moment; an empty text is a post left out."""
    found = [
        Post(id=str(number), at=make.moment(f"2026-11-{16 + number} 12:00"), text=text)
        for number, text in enumerate(texts)
        if text
    ]
    return AccountView(account=ACCOUNT, network="vk", posts=Observed[tuple[Post, ...]](value=tuple(found), **gap))


def seen(view: AccountView, days: int = 0) -> Snapshot:
    since, until = make.moment("2026-11-16"), make.moment("2026-11-23")
    taken = make.MOMENT + timedelta(days=days)
    return Snapshot(municipality="prirechensky", since=since, until=until, taken_at=taken, accounts=(view,))


def kinds(journal: Journal, view: AccountView, days: int = 0) -> list[tuple[ChangeKind, str]]:
    return [(one.kind, one.item) for one in observe(seen(view, days), journal).changes]


def test_the_first_look_is_no_change(journal: Journal) -> None:
    found = observe(seen(posts("а", "б")), journal)
    assert (found.posts, found.changes) == (2, ())


def test_the_same_seen_again_writes_nothing(journal: Journal) -> None:
    observe(seen(posts("а", "б")), journal)
    before = journal.anchor()
    assert observe(seen(posts("а", "б"), 1), journal).posts == 0
    assert journal.anchor() == before


def test_a_post_that_is_gone_is_told_once_and_when_it_comes_back(journal: Journal) -> None:
    observe(seen(posts("а", "б")), journal)
    assert kinds(journal, posts("а", ""), 1) == [(ChangeKind.VANISHED, "1")]
    assert kinds(journal, posts("а", ""), 2) == []
    assert kinds(journal, posts("а", "б"), 3) == [(ChangeKind.BACK, "1")]
    assert kinds(journal, posts("а", ""), 4) == [(ChangeKind.VANISHED, "1")]


def test_an_edited_post_is_told(journal: Journal) -> None:
    observe(seen(posts("а", "б")), journal)
    assert kinds(journal, posts("а", "в"), 1) == [(ChangeKind.EDITED, "1")]


SILENT = Missing(why=Why.UNREACHABLE, ru="не ответила", en="did not answer")


@pytest.mark.parametrize(
    ("situation", "view"),
    [
        ("the page was not read", AccountView(account=ACCOUNT, network="vk")),
        ("the page did not answer", AccountView(account=ACCOUNT, network="vk",
                                                posts=Observed[tuple[Post, ...]](missing=SILENT))),
        ("a part of the listing is missing", posts("а", "", gaps=(SILENT,))),
    ],
)  # fmt: skip
def test_what_was_not_seen_whole_is_not_gone(journal: Journal, situation: str, view: AccountView) -> None:
    observe(seen(posts("а", "б")), journal)
    assert kinds(journal, view, 1) == [], situation


def test_a_post_from_before_the_window_is_not_gone(journal: Journal) -> None:
    observe(seen(posts("а", "б")), journal)
    later = seen(posts("", ""), 7).but(since=make.moment("2026-11-18"), until=make.moment("2026-11-25"))
    assert observe(later, journal).changes == ()


def test_a_scheduled_post_was_never_there(journal: Journal) -> None:
    waiting = Post(id="9", at=make.moment("2026-11-20 12:00"), state=PostState.SCHEDULED)
    view = AccountView(account=ACCOUNT, network="vk", posts=Observed[tuple[Post, ...]](value=(waiting,)))
    observe(seen(view), journal)
    assert kinds(journal, posts(), 1) == []


def test_a_snapshot_is_completed_by_what_has_vanished(journal: Journal) -> None:
    observe(seen(posts("а", "б")), journal)
    observe(seen(posts("а", ""), 1), journal)
    completed = with_vanished(seen(posts("а", ""), 1), journal).views[ACCOUNT].posts.value
    assert completed is not None
    gone = [one for one in completed if one.state is PostState.DELETED]
    assert [(one.id, one.removed_at) for one in gone] == [("1", make.MOMENT + timedelta(days=1))]
    later = seen(posts(), 1).model_copy(update={"since": make.moment("2026-11-17 12:01")})
    assert with_vanished(later, journal) == later, "both were published before its days"


def test_a_vanished_post_is_counted_as_published_and_later_removed(journal: Journal) -> None:
    from munsocial.policy import audit

    observe(seen(posts("а", "б", "в", "г", "д")), journal)
    observe(seen(posts("а", "б", "в", "г", ""), 1), journal)
    registry = make.district(make.account(opened=make.moment("2024-01-01").date()))
    snapshot = with_vanished(seen(posts("а", "б", "в", "г", ""), 1), journal)
    report = audit(registry, snapshot, [make.act(make.requirement("posting.frequency", min=5))], at=snapshot.taken_at)
    told = " ".join(one.say("ru") for one in report.findings)
    assert "позже удален" in told


def managed(*roles: str) -> AccountView:
    people = tuple(make.manager(id, role=role) for id, role in (one.split(":") for one in roles))
    return make.view(ACCOUNT, managers=people)


def test_managers_who_came_or_went_are_told_and_can_be_forgotten(journal: Journal) -> None:
    assert kinds(journal, managed("1:editor")) == []
    assert kinds(journal, managed("1:editor", "2:administrator"), 1) == [(ChangeKind.MANAGERS, "")]
    assert kinds(journal, managed("1:editor", "2:administrator"), 2) == []
    journal.purge(before=make.MOMENT + timedelta(days=30), reason="срок")
    assert kinds(journal, managed("2:administrator"), 3) == []
    assert journal.verify().whole


def test_whom_a_list_with_gaps_leaves_out_has_not_gone(journal: Journal) -> None:
    both, hidden = managed("1:editor", "2:administrator"), Missing(why=Why.NO_RIGHT, ru="Скрыто.", en="Hidden.")
    assert kinds(journal, both) == []
    one = managed("1:editor").managers.model_copy(update={"gaps": (hidden,)})
    assert kinds(journal, both.model_copy(update={"managers": one}), 1) == []
    assert kinds(journal, both, 2) == []


def test_who_is_new_in_a_list_with_gaps_is_told_once_and_nobody_is_taken_for_gone(journal: Journal) -> None:
    hidden = Missing(why=Why.NO_RIGHT, ru="Скрыто.", en="Hidden.")

    def partly(*roles: str) -> AccountView:
        view = managed(*roles)
        return view.model_copy(update={"managers": view.managers.model_copy(update={"gaps": (hidden,)})})

    assert kinds(journal, partly("3:administrator")) == []  # who was there before nobody knows
    assert kinds(journal, managed("1:editor", "2:moderator"), 1) == []
    told = observe(seen(partly("1:administrator", "3:editor"), 2), journal).changes
    assert [one.kind for one in told] == [ChangeKind.MANAGERS]
    assert all(f"{who})" in told[0].say("ru") for who in ("(administrator", "(editor", "2 (moderator"))
    assert kinds(journal, partly("3:editor"), 3) == []
    assert kinds(journal, managed("1:administrator", "2:moderator", "3:editor"), 4) == []
    assert kinds(journal, managed("1:administrator", "3:editor"), 5) == [(ChangeKind.MANAGERS, "")]


def test_a_handle_that_leads_elsewhere_is_told(journal: Journal) -> None:
    def view(leads: str) -> AccountView:
        return AccountView(account=ACCOUNT, network="vk", handle_now=Observed[str](value=leads))

    assert kinds(journal, view("1")) == []
    assert kinds(journal, view("2"), 1) == [(ChangeKind.HANDLE, "")]
    assert kinds(journal, view(""), 2) == [(ChangeKind.HANDLE, "")]


def test_a_key_that_died_is_told(journal: Journal) -> None:
    works = KeyReport(ACCOUNT, "community_key", "env:PAGE", True, allows=("wall",))
    dead = KeyReport(ACCOUNT, "community_key", "env:PAGE", False)
    assert observe_keys([works], journal) == ()
    assert observe_keys([works], journal) == ()
    assert journal.anchor()[0] == 1
    assert [one.kind for one in observe_keys([dead], journal)] == [ChangeKind.KEY]


def test_looking_without_writing_leaves_nothing(journal: Journal) -> None:
    assert observe(seen(posts("а")), journal, write=False).posts == 1
    assert journal.anchor()[0] == 0


# --- looks in another order than they were made


def test_a_look_is_written_down_by_the_clock_of_the_journal(dated: Journal) -> None:
    dated.append("note", "x", {})
    observe(seen(posts("а", "б")), dated)
    observe(seen(posts("а", ""), 1), dated)
    assert [one.at for one in dated.entries(kind="seen.*")] == [make.MOMENT + timedelta(days=10)] * 2
    assert dated.verify().notes == ()
    completed = with_vanished(seen(posts("а", ""), 1), dated).views[ACCOUNT].posts.value or ()
    assert [one.removed_at for one in completed if one.removed_at] == [make.MOMENT + timedelta(days=1)]


@pytest.mark.parametrize(
    ("situation", "looks", "told", "older"),
    [
        ("in order", [("а", "б", 0), ("а", "", 1), ("а", "б", 2)], [[], ["vanished 1"], ["back 1"]], []),
        ("an older one last", [("а", "б", 0), ("а", "", 2), ("а", "б", 1)], [[], ["vanished 1"], []], [ACCOUNT]),
        ("an older text last", [("а", "б", 0), ("а", "в", 2), ("а", "б", 1)], [[], ["edited 1"], []], [ACCOUNT]),
        ("an older gap last", [("а", "б", 2), ("а", "", 1)], [[], []], [ACCOUNT]),
        ("the same one again", [("а", "б", 0), ("а", "", 1), ("а", "", 1)], [[], ["vanished 1"], []], []),
        ("after one from a clock far ahead", [("а", "б", 99), ("а", "", 11)], [[], ["vanished 1"]], []),
    ],
)
def test_an_older_look_tells_of_no_change(
    dated: Journal, situation: str, looks: list[tuple[str, str, int]], told: list[list[str]], older: list[str]
) -> None:
    found = [observe(seen(posts(first, second), days), dated) for first, second, days in looks]
    assert [[f"{change.kind} {change.item}" for change in one.changes] for one in found] == told, situation
    assert list(found[-1].older) == older, situation


def test_only_the_part_that_is_older_is_passed_over(dated: Journal) -> None:
    observe(seen(posts("а", "б"), 2), dated)
    both = posts("а", "").but(managers=make.view(ACCOUNT, managers=(make.manager("1"),)).managers)
    assert observe(seen(both, 1), dated).older == (ACCOUNT,)
    assert [one.kind for one in dated.entries(kind="seen.*")] == ["seen.posts", "seen.managers"]


def test_looks_of_an_older_journal_are_known_by_their_moment(dated: Journal) -> None:
    facts = {"0": [make.moment("2026-11-16 12:00").isoformat(), "x", ""]}
    dated.append_many([Entry("seen.posts", ACCOUNT, {"posts": facts}, make.MOMENT + timedelta(days=2))])
    assert observe(seen(posts("а"), 1), dated).older == (ACCOUNT,)
    assert [one.kind for one in observe(seen(posts("а"), 3), dated).changes] == [ChangeKind.EDITED]


def test_the_day_of_a_vanished_post_is_that_of_the_district(journal: Journal) -> None:
    night = Post(id="1", at=make.moment("2026-11-16 00:30"), text="Ночью")
    view = AccountView(account=ACCOUNT, network="vk", posts=Observed[tuple[Post, ...]](value=(night,)))
    observe(seen(view), journal)
    (gone,) = observe(seen(posts(), 1), journal, zone=ZoneInfo("Europe/Moscow")).changes
    assert "от 16.11.2026 больше нет" in gone.say()

"""The running week told from a snapshot: what the snapshot does not reach is unknown, and no zero."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from acting_world import NOW, REGISTER, District
from command_line import run
from munsocial.model.content import PostState
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Missing, Snapshot
from munsocial.model.snapshots import save_snapshot
from munsocial.operate.publishing.content_week import AccountWeek, week_of
from munsocial.policy import load_acts
from munsocial.testing.factories import moment, post, snapshot, view, weekly

VK, RURAL = "administration-vk", "borovoye-vk"


@pytest.mark.parametrize(
    ("later", "done"),
    [(timedelta(hours=5), 2), (timedelta(days=1), None), (timedelta(days=5), None), (timedelta(days=30), None)],
    ids=["later that day", "on the next day", "in the next week", "in another month"],
)
@pytest.mark.parametrize("acts", [(), ("kalininsky",)], ids=["no act", "the order"])
def test_a_week_that_nobody_saw_is_not_told_as_empty(
    tmp_path: Path, later: timedelta, done: int | None, acts: tuple[str, ...]
) -> None:
    district = District(tmp_path)
    district.world.publish(*district.page(VK), "Новость", at=NOW - timedelta(hours=20))
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("profile", "posts"))
    now = seen.taken_at + later
    found = {one.account: one for one in week_of(district.registry, seen, now=now, acts=load_acts(acts))}
    assert found[VK].done == done
    assert (f"снимок от {NOW:%d.%m.%Y}" in found[VK].say()) == (done is None)
    assert not found[VK].behind


@pytest.mark.parametrize(("done", "scheduled", "behind"), [(1, 3, True), (1, 4, False), (2, 0, False)])
def test_what_is_scheduled_to_the_end_of_the_week_makes_up_for_what_is_lacking(
    tmp_path: Path, done: int, scheduled: int, behind: bool
) -> None:
    """On Thursday two of five should be out; what waits for next Monday helps this week in nothing."""
    now = moment("2026-11-19 12:00")
    ahead = [moment(f"2026-11-{19 + n} 23:00") for n in range(scheduled)] + [moment("2026-11-23 10:00")]
    waiting = [post(at, state=PostState.SCHEDULED) for at in ahead]
    seen = snapshot(view(VK, posts=[*weekly(done), *waiting]), since="2026-11-09", until=now)
    found = {one.account: one for one in week_of(District(tmp_path).registry, seen, now=now)}
    assert (found[VK].scheduled, found[VK].behind) == (scheduled, behind)


def test_a_command_that_saw_no_week_says_so(tmp_path: Path) -> None:
    """The clock of the command is that of today, the snapshot is of a week long ago."""
    district = District(tmp_path)
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("profile", "posts"))
    register, file = tmp_path / "register.toml", tmp_path / "seen.json"
    register.write_text(REGISTER, "utf-8")
    ended = {"since": seen.since - timedelta(days=700), "until": seen.until - timedelta(days=700)}
    save_snapshot(seen.but(**ended, taken_at=ended["until"]), file)
    ran = run("plan", "week", register, "--snapshot", file)
    assert (ran.code, ran.out.splitlines()[-1]) == (
        3,
        "Аккаунтов: 2, отстают: неизвестно, всего не хватает публикаций: неизвестно, не прочитаны: 2.",
    ), ran.said


def _with_one_unread(district: District, account: str) -> tuple[Registry, Snapshot]:
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("profile", "posts"))
    unread = Missing(why="no_right", ru="нет доступа", en="no access")
    views = [
        view.but(posts=view.posts.but(value=None, missing=unread)) if view.account == account else view
        for view in seen.accounts
    ]
    return district.registry, seen.but(accounts=tuple(views))


@pytest.mark.parametrize(("account", "wanted"), [(VK, 5), (RURAL, 3)], ids=["an administration", "a settlement"])
def test_the_norm_of_an_account_that_was_not_read_is_that_of_its_act(tmp_path: Path, account: str, wanted: int) -> None:
    registry, seen = _with_one_unread(District(tmp_path), account)
    found = {one.account: one for one in week_of(registry, seen, now=NOW, acts=load_acts(("kalininsky", "federal")))}
    assert (found[account].done, found[account].wanted) == (None, wanted)
    assert found[account].say().startswith(f"{account}: опубликовано ? из {wanted},")


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ((2, 0, 2), "отстают: 1, всего не хватает публикаций: 7, не прочитаны: 0."),
        ((None, 0, 2), "отстают: не меньше 1, всего не хватает публикаций: не меньше 6, не прочитаны: 1."),
        (
            (None, 5, 3),
            "отстают: среди прочитанных 0, всего не хватает публикаций: среди прочитанных 0, не прочитаны: 1.",
        ),
        ((None, None, None), "отстают: неизвестно, всего не хватает публикаций: неизвестно, не прочитаны: 3."),
    ],
    ids=["all read", "one not read", "one not read, the rest is well", "none read"],
)
def test_the_sum_of_the_week_says_what_it_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: tuple[int | None, ...], said: str
) -> None:
    monday, sunday = date(2026, 11, 23), date(2026, 11, 29)
    weeks = [
        AccountWeek(f"page{place}", monday, sunday, count, wanted, behind=count == 0)
        for place, (count, wanted) in enumerate(zip(done, (3, 5, 3), strict=True))
    ]
    monkeypatch.setattr("munsocial.social.Social.week", lambda *_, **__: weeks)
    monkeypatch.setattr("munsocial.cli.commands.plans.seen_now", lambda *_: None)
    register = tmp_path / "register.toml"
    register.write_text(REGISTER, "utf-8")
    assert run("plan", "week", register).out.splitlines()[-1] == f"Аккаунтов: 3, {said}"

"""The running week told from a snapshot: what the snapshot does not reach is unknown, and no zero."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from acting_world import NOW, REGISTER, District
from command_line import run
from munsocial.model.snapshots import save_snapshot
from munsocial.operate.content_week import week_of
from munsocial.policy import load_acts

VK = "administration-vk"


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
    assert (ran.code, "отстают: 0" in ran.out, "не прочитаны: 0" in ran.out) == (3, True, False), ran.said

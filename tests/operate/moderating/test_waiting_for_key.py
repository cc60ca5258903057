"""A removal that was refused for want of a key waits for one: planned and evidenced once, told each day, then done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from acting_world import District
from munsocial.sandbox.cast import SandboxSecrets
from munsocial.social import Social

VK = "administration-vk"
RUDE = "Иди на х@й со своими лавочками"
KEYS = ("env:LESNOY_VK_COMMUNITY", "env:LESNOY_VK_USER")


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def without(district: District, *references: str) -> dict[str, str]:
    """Take keys out of the store."""
    secrets: SandboxSecrets = district.stage.secrets
    return {one: secrets._values.pop(one) for one in references}


def moderated(social: Social) -> tuple[list[str], list[str]]:
    """Moderate as a timer does each day; return the ends of the steps and what people are told."""
    plan = social.plan_moderation(social.collect(weeks=2, want=("posts", "comments")), made_by="elkina")
    ends = [one.state for one in social.apply(plan, by="elkina").outcomes]
    return ends, [one.ru for one in plan.problems if one.weight == "error"]


def kept(social: Social) -> int:
    return sum(1 for _ in social.journal.entries(kind="evidence.kept"))


def test_it_is_planned_once_told_each_day_and_done_when_the_key_appears(district: District) -> None:
    post = district.post(VK)
    district.says(RUDE, post, VK)
    gone = without(district, *KEYS)
    days: list[tuple[list[str], int]] = []
    for _ in range(4):
        with district.connect() as social:
            ends, told = moderated(social)
            days.append((ends, kept(social)))
        district.later(days=1)
    assert days == [(["rejected"], 1), ([], 1), ([], 1), ([], 1)]
    (why,) = told
    assert RUDE in why
    assert KEYS[0] in why
    for reference, value in gone.items():
        district.stage.secrets.put(reference, value)
    with district.connect() as social:
        assert moderated(social) == (["confirmed"], [])
        assert moderated(social) == ([], [])


def test_a_comment_that_reads_otherwise_by_now_is_planned_anew(district: District) -> None:
    post = district.post(VK)
    rude = district.says(RUDE, post, VK)
    without(district, *KEYS)
    with district.connect() as social:
        assert moderated(social)[0] == ["rejected"]
        rude.text = f"{RUDE}, х@й вам"
        assert moderated(social)[0] == ["rejected"]


def test_after_a_week_it_is_tried_again_whatever_keys_there_are(district: District) -> None:
    district.says(RUDE, district.post(VK), VK)
    without(district, *KEYS)
    with district.connect() as social:
        assert moderated(social)[0] == ["rejected"]
    district.later(days=7)
    with district.connect() as social:
        assert moderated(social)[0] == ["rejected"]


def test_what_a_person_decides_is_tried_all_the_same(district: District) -> None:
    district.says(RUDE, district.post(VK), VK)
    without(district, *KEYS)
    with district.connect() as social:
        assert moderated(social)[0] == ["rejected"]
        seen = social.collect(weeks=2, want=("posts", "comments"))
        (comment,) = [one for one in seen.views[VK].comments.value or () if one.text == RUDE]
        plan = social.plan_comment_removal(seen, VK, comment.id, "obscenity", why="мат", made_by="elkina")
        assert len(plan.steps) == 1


def test_a_new_key_in_the_place_of_the_one_that_was_refused_is_tried(district: District) -> None:
    """Whoever gets a token with the right puts it where the old one was: the reference stays as it is."""
    district.says(RUDE, district.post(VK), VK)
    store: SandboxSecrets = district.stage.secrets
    given = {one: district.world.keys[store.get(one)] for one in KEYS}
    for reference, known in given.items():
        lesser = replace(known, value=f"lesser-{known.value}", rights=frozenset({"photos"}))
        district.world.keys[lesser.value] = lesser
        store.put(reference, lesser.value)
    with district.connect() as social:
        assert moderated(social)[0] == ["rejected"]
        assert moderated(social)[0] == []
    for reference, known in given.items():
        store.put(reference, known.value)
    with district.connect() as social:
        assert moderated(social) == (["confirmed"], [])

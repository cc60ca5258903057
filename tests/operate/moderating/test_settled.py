"""A decision holds for the comment as it read: what its author makes of it afterwards is looked at anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from acting_world import District
from munsocial.errors import InputError
from munsocial.journal.entries import Entry
from munsocial.operate.moderating.settled import leave_comment
from munsocial.operate.moderating.shadow import shadow_sums
from munsocial.sandbox.things import Comment
from munsocial.social import Social

VK = "administration-vk"
BAD = "Иди на х@й со своими лавочками"
THREAT = "Я тебя найду и убью, тварь"
WORSE = "Я приду к тебе ночью и зарежу, тварь"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def edit(comment: Comment, text: str) -> None:
    """Let the author change the comment."""
    comment.text = text


def proposed(social: Social) -> list[str]:
    seen = social.collect(weeks=1, want=("posts", "comments"))
    return [step.action for step in social.plan_moderation(seen, made_by="elkina").steps]


def moderated(social: Social) -> list[str]:
    seen = social.collect(weeks=1, want=("posts", "comments"))
    return [one.state for one in social.apply(social.plan_moderation(seen, made_by="elkina")).outcomes]


def left(district: District, social: Social, comment: Comment) -> None:
    social.leave_comment(VK, comment.id, by="elkina", why="критика", text=comment.text)


def left_unread(district: District, social: Social, comment: Comment) -> None:
    social.leave_comment(VK, comment.id, by="elkina", why="критика", text=None)


def left_by_an_older_program(district: District, social: Social, comment: Comment) -> None:
    body = {"item": comment.id, "by": "elkina", "why": "критика"}
    social.journal.append_many([Entry("comment.left", VK, body, social.now())])


def left_and_forgotten(district: District, social: Social, comment: Comment) -> None:
    left(district, social, comment)
    social.journal.purge(before=social.now() + timedelta(seconds=1), reason="срок")


def left_twice(district: District, social: Social, comment: Comment) -> None:
    left(district, social, comment)
    edit(comment, THREAT)
    left(district, social, comment)


def referred(district: District, social: Social, comment: Comment) -> None:
    edit(comment, f"  {THREAT}\n")
    assert moderated(social) == ["manual"]


def restored(district: District, social: Social, comment: Comment) -> None:
    assert moderated(social) == ["confirmed"]
    assert social.apply(district.plan(district.step("restore_comment", params={"comment": comment.id}))).done


SITUATIONS: tuple[tuple[Callable[[District, Social, Comment], None], str, list[str]], ...] = (
    (left, THREAT, ["refer"]),
    (left, BAD, []),
    (left, f" {BAD}\n", []),
    (left_unread, THREAT, []),
    (left_by_an_older_program, THREAT, []),
    (left_and_forgotten, THREAT, []),
    (left_twice, THREAT, []),
    (left_twice, WORSE, ["refer"]),
    (referred, THREAT, []),
    (referred, WORSE, ["refer"]),
    (restored, BAD, []),
    (restored, THREAT, ["refer"]),
)


@pytest.mark.parametrize(("settle", "text", "steps"), SITUATIONS)
def test_what_is_settled_is_the_text(
    district: District, settle: Callable[[District, Social, Comment], None], text: str, steps: list[str]
) -> None:
    comment = district.says(BAD, district.post())
    with district.connect() as social:
        settle(district, social, comment)
        edit(comment, text)
        assert proposed(social) == steps


def test_a_threat_that_was_changed_is_a_task_of_its_own_with_its_evidence(district: District) -> None:
    comment = district.says(THREAT, district.post())
    with district.connect() as social:
        assert moderated(social) == ["manual"]
        edit(comment, WORSE)
        assert moderated(social) == ["manual"]
        kept = [(one.personal or {})["evidence"][0]["text"] for one in social.journal.entries(kind="evidence.kept")]
    assert kept == [THREAT, WORSE]


def test_the_shadow_looks_again_at_what_was_changed(district: District) -> None:
    comment = district.says(BAD, district.post())
    with district.connect() as social:
        looks = []
        for text in (BAD, BAD, THREAT, THREAT):
            edit(comment, text)
            run = social.shadow(social.collect(weeks=1, want=("posts", "comments")))
            looks.append([one.decision.what for one in run.decisions])
        assert [one.proposed for one in shadow_sums(social.journal)] == [1]
    assert looks == [["remove"], [], ["refer"], []]


def test_a_word_about_a_page_of_nobody_is_refused(district: District) -> None:
    with pytest.raises(InputError, match="nobody-vk"):
        leave_comment(None, district.registry, "nobody-vk", "1", by="elkina", why="критика", text=None)


def test_the_same_word_is_written_once_and_no_digest_outlives_the_text(district: District) -> None:
    with district.connect() as social:
        journal = social.journal
        for text in ("а", "а", "б", None, None):
            leave_comment(journal, district.registry, VK, "7", by="elkina", why="цитата", text=text)
        entries = list(journal.entries(kind="comment.left"))
    assert len(entries) == 3
    assert {tuple(one.body) for one in entries} == {("by", "district", "item", "why")}

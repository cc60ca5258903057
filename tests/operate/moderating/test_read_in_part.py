"""What moderation tells of comments that were read in part, and of those of which a person has decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acting_world import District
from munsocial.cli.seen import sight_of
from munsocial.model.snapshot import AccountView, Missing, Observed, Snapshot, Why
from munsocial.operate.moderating.report import AccountModeration
from munsocial.social import Social
from munsocial.testing.factories import comment, post, snapshot, view

VK = "administration-vk"
BAD, THREAT = "Иди на х@й со своими лавочками", "Я тебя найду и убью, тварь"
CUT = Missing(why=Why.QUOTA, ru="сеть оборвала список", en="the network cut the list")


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def test_comments_that_were_not_read_are_told_beside_an_empty_plan(district: District) -> None:
    seen = snapshot(view(VK, comments=CUT), municipality="lesnoy")
    with district.connect() as social:
        plan = social.plan_moderation(seen, made_by="elkina")
    assert (plan.steps, [one.ru for one in plan.problems]) == ((), ["комментарии не прочитаны: сеть оборвала список"])


def partly(*gaps: Missing) -> AccountView:
    whole = view(VK, posts=[post(id="post-1")], comments=[comment(BAD, id="c1", author_id="1")])
    return whole.model_copy(update={"comments": whole.comments.model_copy(update={"gaps": gaps})})


@pytest.mark.parametrize(
    ("gaps", "notes", "came", "lines"),
    [
        ((), [], "1", []),
        (
            (CUT, CUT),
            ["комментарии прочитаны не полностью, пропусков 2: сеть оборвала список"],
            "не меньше 1",
            [
                "Прочитано не полностью (комментарии) аккаунтов: 1 из 1; в сети может быть больше, чем прочитано.",
                f"  vk: {VK}: сеть оборвала список",
            ],
        ),
    ],
)
def test_what_was_read_in_part_is_told(
    district: District, gaps: tuple[Missing, ...], notes: list[str], came: str, lines: list[str]
) -> None:
    seen = snapshot(partly(*gaps), municipality="lesnoy")
    with district.connect() as social:
        plan = social.plan_moderation(seen, made_by="elkina")
        (told,) = social.moderation_report(seen)
    assert ([one.ru for one in plan.problems], len(plan.steps)) == (notes, 1)
    assert (told.cells()[1], told.to_dict()["partial"]) == (came, bool(gaps))
    sight = sight_of(seen.accounts, "comments")
    assert (sight.blind, list(sight.lines("ru"))) == (False, lines)
    lost = {"account": VK, "network": "vk", "part": "comments", "why": {"ru": CUT.ru, "en": CUT.en}}
    assert sight.as_plain() == {"unread": [], "partly": [lost] * bool(gaps)}


def test_what_was_not_read_at_all_is_not_told_as_a_part(district: District) -> None:
    blind = partly().model_copy(update={"comments": Observed[Any](missing=CUT)})
    sight = sight_of([blind], "comments")
    assert (sight.blind, sight.partly) == (True, ())
    plain = sight.as_plain()
    assert ([one["account"] for one in plain["unread"]], plain["partly"]) == ([VK], [])


def seen_now(social: Social) -> Snapshot:
    return social.collect(weeks=1, want=("posts", "comments"))


def test_what_a_person_decided_waits_for_nobody(district: District) -> None:
    left, threat = district.says(BAD, district.post()), district.says(THREAT, district.post(), author="556")
    with district.connect() as social:
        (before,) = [one for one in social.moderation_report(seen_now(social)) if one.account == VK]
        assert before.waiting == {"remove": 1, "refer": 1}
        social.leave_comment(VK, left.id, by="elkina", why="цитата", text=left.text)
        social.apply(social.plan_moderation(seen_now(social), made_by="elkina"))
        (after,) = [one for one in social.moderation_report(seen_now(social)) if one.account == VK]
        assert (after.waiting, after.open) == ({}, {"manual": 1})
        assert [one.comment.id for one in social.shadow(seen_now(social)).decisions] == [threat.id]
        assert social.shadow_sums() == ()
        left.text = THREAT
        assert [one.comment.id for one in social.shadow(seen_now(social)).decisions] == [left.id]


def test_at_least_none_is_not_known() -> None:
    assert AccountModeration(VK, seen=0, partial=True).cells()[1] == "?"

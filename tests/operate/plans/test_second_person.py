"""Two persons are two: a signature counts beside who made the plan and who applies it, whatever spelling they use."""

from __future__ import annotations

from pathlib import Path

import pytest

from acting_world import NOW, District
from munsocial.errors import PlanRefused

INSULT = "Ты тупая скотина и идиот"

TWO = (
    ("a timer made it, one clerk signs and applies", "cron", ("Иванова М. П.",), "Иванова М. П.", False),
    ("the same, spelled without spaces", "cron", ("Иванова М. П.",), "ИВАНОВА М.П.", False),
    ("a timer made it, one signs, another applies", "cron", ("Иванова М. П.",), "Кедров И. И.", True),
    ("one made it and applies, another signs", "elkina", ("kedrov",), "elkina", True),
    ("one made it, the other signs and applies", "elkina", ("kedrov",), "kedrov", False),
    ("three: made, signed, applied", "elkina", ("kedrov",), "Соснин О. О.", True),
    ("the id and the full name are one person", "elkina", ("Ёлкина Мария Петровна",), "elkina", False),
    ("the id and the surname with letters are one person", "elkina", ("Елкина М. П.",), "", False),
    ("the id and the surname are one person", "Ёлкина", ("elkina",), "", False),
    ("whoever applies under the full name has signed under the id", "cron", ("kedrov",), "Кедров Иван Ильич", False),
    ("two signed, one of them applies", "cron", ("elkina", "kedrov"), "kedrov", True),
    ("nobody made it", "", ("kedrov",), "elkina", False),
    ("nobody made it and nobody is named who applies", "", ("kedrov",), "", False),
)


@pytest.mark.parametrize(("made_by", "signed", "by", "removed"), [one[1:] for one in TWO], ids=[one[0] for one in TWO])
def test_an_insult_wants_two_persons(
    tmp_path: Path, made_by: str, signed: tuple[str, ...], by: str, removed: bool
) -> None:
    district = District(tmp_path)
    comment = district.says(INSULT, district.post())
    with district.connect() as social:
        plan = social.plan_moderation(social.collect(weeks=1, want=("posts", "comments")), made_by=made_by)
        for name in signed:
            plan = plan.signed(name, NOW)
        if removed:
            assert district.states(social.apply(plan, by=by)) == ["confirmed"]
        else:
            with pytest.raises(PlanRefused) as refused:
                social.apply(plan, by=by)
            assert refused.value.remedy is not None
    (post, *_) = district.world.wall(*district.page("administration-vk"))
    assert [one.deleted for one in post.comments if one.id == comment.id] == [removed]


def test_steps_that_want_no_second_person_go_on_without_a_maker(tmp_path: Path) -> None:
    district = District(tmp_path)
    post = district.post()
    district.says(INSULT, post)
    district.says("Иди на х@й со своими лавочками", post, at=NOW)
    with district.connect() as social:
        plan = social.plan_moderation(social.collect(weeks=1, want=("posts", "comments")))
        outcomes = {one.step.ground: one for one in social.apply(plan.signed("kedrov", NOW), by="elkina").outcomes}
    assert {ground: one.state for ground, one in outcomes.items()} == {"obscenity": "confirmed", "insult": "skipped"}
    assert "не указано, кто составил план" in outcomes["insult"].say()


MAKER = "не в счёт: «Ёлкина» — это составитель плана («elkina»)"
APPLIES = "не в счёт: «kedrov» — это тот, кто применяет план («Кедров»)"
SAME = "не в счёт: «Кедров И. И.» — то же лицо, что «kedrov»"
LEFT_OUT = (
    ("nobody signed", (), "elkina", 0, "кто составил или применяет план, не в счёт"),
    ("the maker by surname", ("Ёлкина",), "", 0, MAKER),
    ("who applies", ("kedrov",), "Кедров", 0, APPLIES),
    ("one person twice", ("kedrov", "Кедров И. И."), "", 1, SAME),
    ("no name", (" ",), "", 0, "не в счёт: подпись без имени"),
)


@pytest.mark.parametrize(
    ("signed", "by", "have", "which"), [one[1:] for one in LEFT_OUT], ids=[one[0] for one in LEFT_OUT]
)
def test_a_signature_that_does_not_count_is_named(
    tmp_path: Path, signed: tuple[str, ...], by: str, have: int, which: str
) -> None:
    district = District(tmp_path)
    (step, *_) = district.publications().steps
    plan = district.plan(step.model_copy(update={"signatures": 2}))
    for name in signed:
        plan = plan.signed(name, NOW)
    with district.connect() as social, pytest.raises(PlanRefused) as refused:
        social.apply(plan, by=by)
    assert f"подписей {have}, требуется 2; {which}." in refused.value.say("ru")


def test_a_signature_under_another_content_is_named(tmp_path: Path) -> None:
    district = District(tmp_path)
    plans = [
        district.plan(*(one.model_copy(update={"signatures": 1}) for one in district.publications().steps))
        for _ in range(2)
    ]
    taken = plans[1].model_copy(update={"approvals": plans[0].signed("kedrov", NOW).approvals})
    with district.connect() as social, pytest.raises(PlanRefused, match="«kedrov» — подпись под другим содержанием"):
        social.apply(taken)

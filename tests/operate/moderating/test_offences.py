"""What counts for a ban: each removal once, on whatever words its ground is noted, for one ban and no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import NOW, District
from munsocial.model.content import Ban as Entry
from munsocial.model.statements import Removal, Removed
from munsocial.network.abilities import Ability, Capabilities, Declared, Limits, absent, manual, native
from munsocial.operate.moderating.bans import bans_of, plan_bans
from munsocial.operate.moderating.log import removals_of
from munsocial.operate.moderating.settings import Settings
from munsocial.operate.plans.plan import Plan
from munsocial.sandbox.things import Ban, Post
from munsocial.social import Social
from munsocial.testing.factories import snapshot, view
from munsocial.wording import Text

VK = "administration-vk"
BAD = ("Иди на х@й со своими лавочками", "Пиздец какой-то у вас")


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def noted(item: str, hours: int = 0, **facts: object) -> Removal:
    """Return a removal of 25 November at ten, and so many hours later, as a hand keeps it."""
    known = {"account": VK, "item": item, "ground": "obscenity", "author_id": "555", **facts}
    return Removal.model_validate({"at": NOW + timedelta(hours=hours), **known})


back: dict[str, Any] = {"restored_at": NOW + timedelta(hours=1)}


@pytest.mark.parametrize(
    ("removals", "counted"),
    [
        ((noted("a"), noted("a")), ["a"]),
        ((noted("a"), noted("a", kind=Removed.COMMENT, author_id="")), ["a"]),
        ((noted("a", kind=Removed.COMMENT), noted("a", kind=Removed.MESSAGE)), ["a", "a"]),
        ((noted("a"), noted("a", author_id="556")), ["a"]),
        ((noted("a"), noted("b")), ["a", "b"]),
        ((noted("a"), noted("a", **back)), []),
        ((noted("a", **back), noted("a", 2)), ["a"]),
        ((noted("a", **back), noted("a", 2), noted("a", 3, restored_at=NOW + timedelta(hours=4))), []),
        ((noted("a"), noted("b", account="borovoye-vk")), ["a"]),
        ((noted("a", ground="спам"), noted("b", ground="нецензурные выражения")), ["a", "b"]),
        ((noted("a", ground="Мат"), noted("b", ground="спам, оскорбление")), ["a", "b"]),
        ((noted("a", ground="критика"), noted("b", ground="спам и критика"), noted("c", ground="не понравилось")), []),
        ((noted("a", ground="персональные данные"), noted("b", ground="так решили")), []),
    ],
    ids=["noted twice", "in the register and in the journal", "a comment and a message", "of two authors",
         "two comments", "restored in either", "removed again", "restored again", "on two pages", "in words",
         "several grounds", "criticism", "no ground for a ban"],
)  # fmt: skip
def test_each_removal_counts_once_by_whatever_words(
    district: District, removals: tuple[Removal, ...], counted: list[str]
) -> None:
    with district.connect() as social:
        plan = plan_bans(
            removals,
            registry=district.registry,
            adapters={"vk": social.adapter("vk")},
            now=NOW + timedelta(days=1),
            only=[(VK, "555")],
        )
    assert [item for step in plan.steps for item in step.params["removals"]] == counted


def test_a_ground_in_words_is_told_to_the_network_by_its_code(district: District) -> None:
    district.registry = district.stage.registry = district.registry.but(
        removals=(noted("a", ground="спам"), noted("b", ground="спам-рассылка"))
    )
    with district.connect() as social:
        (step,) = social.plan_bans(made_by="elkina").steps
    assert (step.ground, step.params["ground"]) == ("spam", "spam")


@pytest.mark.parametrize(
    ("account", "days", "planned", "told"),
    [
        (VK, 365, 1, []),
        (VK, 366, 0, ["не дольше чем на 365 дней, а в настройках ban_days.spam = 366"]),
        ("administration-ok", 3650, 1, []),
    ],
    ids=["a year", "longer than VK bans", "a network that names no limit"],
)
def test_a_term_is_held_against_what_the_network_can(
    district: District, account: str, days: int, planned: int, told: list[str]
) -> None:
    mine = (noted("a", ground="spam", account=account), noted("b", account=account))
    district.registry = district.stage.registry = district.registry.but(removals=mine)
    settings = Settings(ban_days={"spam": days, "obscenity": 14}, appeal="lesnoy@example.org")
    with district.connect() as social:
        plan = social.plan_bans(settings=settings, made_by="elkina")
    assert len(plan.steps) == planned
    assert [(one.weight, said in one.ru) for one, said in zip(plan.problems, told, strict=True)] == [
        ("error", True) for _ in told
    ]


@pytest.mark.parametrize(
    ("unban", "planned", "told"),
    [
        (native(), 1, []),
        (absent(Text("Нет.", "No.")), 0, ["эта сеть блокирует только навсегда"]),
        (
            manual(Text("Нет.", "No."), Text("Снимите: {link}", "Lift: {link}")),
            0,
            ["снять блокировку munsocial там не"],
        ),
    ],
    ids=["munsocial lifts it", "nobody lifts it", "a person lifts it"],
)
def test_where_bans_have_no_end_one_is_planned_if_it_can_be_lifted(
    district: District, unban: Declared, planned: int, told: list[str]
) -> None:
    class ForEver:
        capabilities = Capabilities({Ability.BAN: native(limits=Limits(days=0)), Ability.UNBAN: unban})

    adapters: Any = {"vk": ForEver()}
    mine = (noted("a", ground="spam"), noted("b"))
    plan = plan_bans(mine, registry=district.registry, adapters=adapters, now=NOW + timedelta(days=1))
    errors = [one.ru for one in plan.problems if one.weight == "error"]
    assert len(plan.steps) == planned
    assert [said in one for one, said in zip(errors, told, strict=True)] == [True] * len(told)


def offend(district: District, social: Social, post: Post) -> None:
    """Let the citizen write two rude comments, and let them be removed."""
    for text in BAD:
        district.says(text, post)
    plan = social.plan_moderation(social.collect(weeks=1, want=("posts", "comments")), made_by="elkina")
    assert district.states(social.apply(plan)) == ["confirmed", "confirmed"]


def bans(social: Social) -> Plan:
    """Plan bans as the command does, by the black lists as they are now."""
    return social.plan_bans(made_by="elkina", snapshot=social.collect(weeks=1, want=("bans",)))


def banned(district: District, social: Social) -> None:
    assert social.apply(bans(social).signed("kedrov", social.now())).done


def lift(district: District, social: Social) -> None:
    assert social.apply(district.plan(district.step("unban", params={"user": "555"}))).done


def test_what_was_noted_by_hand_too_is_one_offence(district: District) -> None:
    comment = district.says(BAD[0], district.post())
    with district.connect() as social:
        social.apply(social.plan_moderation(social.collect(weeks=1, want=("posts", "comments")), made_by="elkina"))
        (logged,) = removals_of(social.journal)
        mine = noted(comment.id, at=logged.at)
        adapters = {"vk": social.adapter("vk")}
        facts: dict[str, Any] = {"registry": district.registry, "adapters": adapters, "now": social.now()}
        assert plan_bans((mine, logged), **facts).steps == ()
        social.apply(district.plan(district.step("restore_comment", params={"comment": comment.id})))
        again = (mine, *removals_of(social.journal))
        assert plan_bans(again, only=[(VK, "555")], **facts).steps == ()


def _served(district: District, social: Social) -> None:
    banned(district, social)
    district.later(days=20)
    assert social.apply(social.plan_unbans(made_by="elkina")).done


def _lifted_on_appeal(district: District, social: Social) -> None:
    banned(district, social)
    lift(district, social)


def _lifted_on_appeal_long_ago(district: District, social: Social) -> None:
    _lifted_on_appeal(district, social)
    district.later(days=15)


def _ended_on_the_site(district: District, social: Social) -> None:
    banned(district, social)
    district.later(days=1)
    district.world.page(*district.page(VK)).bans.clear()


def _banned_for_ever_by_hand_and_ended_on_the_site(district: District, social: Social) -> None:
    bans_there = district.world.page(*district.page(VK)).bans
    district.world.ban(*district.page(VK), Ban("555", social.now(), None, "other"))
    social.import_bans(social.collect(weeks=1, want=("bans",)))
    district.later(days=1)
    bans_there.clear()


@pytest.mark.parametrize(
    "meanwhile",
    [_served, _lifted_on_appeal, _lifted_on_appeal_long_ago, _ended_on_the_site,
     _banned_for_ever_by_hand_and_ended_on_the_site],
)  # fmt: skip
def test_an_offence_is_punished_once_and_new_ones_anew(
    district: District, meanwhile: Callable[[District, Social], None]
) -> None:
    post = district.post()
    with district.connect() as social:
        offend(district, social, post)
        meanwhile(district, social)
        assert bans(social).steps == ()
        district.later(hours=1)
        offend(district, social, district.post())
        assert [len(step.evidence) for step in bans(social).steps] == [2]


def test_a_ban_that_the_black_list_still_shows_is_in_force(district: District) -> None:
    with district.connect() as social:
        since = social.now() - timedelta(days=1)
        offend(district, social, district.post())
        district.world.ban(*district.page(VK), Ban("555", since, None, "other"))
        social.import_bans(social.collect(weeks=1, want=("bans",)))
        assert bans(social).steps == ()
        assert [one.in_force(social.now()) for one in bans_of(social.journal)] == [True]


@pytest.mark.parametrize(("days", "told"), [(0, []), (-1, ["без записанного основания"])], ids=["after", "before"])
def test_a_ban_by_hand_rests_on_what_munsocial_removed_before_it(
    district: District, days: int, told: list[str]
) -> None:
    with district.connect() as social:
        offend(district, social, district.post())
        district.later(hours=1)
        since = social.now() + timedelta(days=days)
        district.world.ban(*district.page(VK), Ban("555", since, social.now() + timedelta(days=7), "other"))
        seen = social.collect(weeks=1, want=("bans",))
        for write in (False, True):
            said = [one.ru for one in social.import_bans(seen, write=write)]
            assert [what in one for what, one in zip(told, said, strict=True)] == [True] * len(told)


def test_a_ban_by_hand_rests_on_a_removal_that_the_snapshot_notes(district: District) -> None:
    with district.connect() as social:
        entry = Entry(user_id="555", since=social.now(), until=social.now() + timedelta(days=7))
        known: dict[str, Any] = {"until": social.now(), "municipality": "lesnoy"}
        seen = snapshot(view(VK, bans=(entry,)), removals=(noted("a", ground="spam"), noted("b", hours=9)), **known)
        assert social.import_bans(seen) == ()


def test_what_was_removed_while_a_ban_waited_for_its_signature_is_not_punished_by_it(district: District) -> None:
    with district.connect() as social:
        offend(district, social, district.post())
        plan = bans(social)
        district.later(days=2)
        offend(district, social, district.post())
        district.later(days=1)
        assert social.apply(plan.signed("kedrov", social.now())).done
        district.later(days=14)
        assert social.apply(social.plan_unbans(made_by="elkina")).done
        (step,) = bans(social).steps
        assert not set(step.params["removals"]) & set(plan.steps[0].params["removals"])


@pytest.mark.parametrize("began", [timedelta(days=400), None], ids=["before the offences", "nobody knows when"])
def test_an_old_entry_of_the_black_list_punishes_nothing(district: District, began: timedelta | None) -> None:
    with district.connect() as social:
        offend(district, social, district.post())
        since = social.now() - began if began else None
        entry = Entry(user_id="555", until=social.now() - timedelta(days=365), since=since)
        social.import_bans(snapshot(view(VK, bans=(entry,)), until=social.now(), municipality="lesnoy"))
        assert [len(step.evidence) for step in social.plan_bans(made_by="elkina").steps] == [2]


@pytest.mark.parametrize("meanwhile", [_ended_on_the_site, _banned_for_ever_by_hand_and_ended_on_the_site])
def test_a_person_may_want_another_ban_for_what_was_punished(
    district: District, meanwhile: Callable[[District, Social], None]
) -> None:
    with district.connect() as social:
        offend(district, social, district.post())
        meanwhile(district, social)
        (told,) = bans(social).problems
        assert (told.weight, "уже блокировали" in told.ru) == ("note", True)
        seen = social.collect(weeks=1, want=("bans",))
        (step,) = social.plan_bans(made_by="elkina", snapshot=seen, only=[(VK, "555")]).steps
        assert [one.author for one in step.evidence] == ["555", "555"]


@pytest.mark.parametrize(("user", "why"), [("555", "уже действует"), ("556", "не за что")])
def test_why_nobody_is_banned_whom_a_person_named_is_told(district: District, user: str, why: str) -> None:
    with district.connect() as social:
        offend(district, social, district.post())
        banned(district, social)
        plan = social.plan_bans(made_by="elkina", only=[(VK, user)])
        assert (plan.steps, [why in one.ru for one in plan.problems]) == ((), [True])

"""Two districts at one journal, where ids of accounts and people coincide: neither sees what the other has begun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import munsocial as ms
from acting_world import District, fault
from leaving_world import Leaving, all_but_signatures
from munsocial.errors import InputError, SnapshotRefused
from munsocial.journal import open_journal
from munsocial.model.snapshot import Observed
from munsocial.operate.applying.outbox import drop_step, settle_unclear
from munsocial.operate.handover import handovers
from munsocial.operate.moderating.moderation import Settings
from munsocial.operate.plans.plan import new_plan, step_key

VK, OK = "administration-vk", "administration-ok"


class Neighbours(District):
    """The small district, and a neighbour with the same records."""

    def of_the_neighbour(self) -> ms.Social:
        place = self.registry.municipality.model_copy(update={"id": "ozero"})
        other = self.registry.model_copy(update={"municipality": place})
        return replace(self.stage, registry=other).connect(journal=self.journal_file)


@pytest.fixture
def neighbours(tmp_path: Path) -> Neighbours:
    return Neighbours(tmp_path)


@pytest.fixture
def leaving(tmp_path: Path) -> Leaving:
    return Leaving(tmp_path)


def moved(leaving: Leaving) -> Leaving:
    """The same register under the id of the neighbour."""
    leaving.text = leaving.text.replace(f'id = "{leaving.registry.municipality.id}"', 'id = "ozero"', 1)
    return leaving


def test_a_task_of_another_district_is_neither_listed_nor_checked_nor_told_done(neighbours: Neighbours) -> None:
    post = neighbours.post(OK)
    rude = neighbours.says("Какая чушь, ругательство", post, OK)
    neighbours.apply(neighbours.plan(neighbours.removal(rude, post, OK)))
    with neighbours.connect() as ours:
        (task,) = ours.tasks()
    with neighbours.of_the_neighbour() as theirs:
        before = theirs.journal.anchor()
        assert (theirs.tasks(), theirs.check_tasks()) == ((), ())
        with pytest.raises(InputError):
            theirs.tell_done(task.id, by="elkina")
        assert theirs.journal.anchor() == before
    with neighbours.connect() as ours:
        assert ours.tell_done(task.step.id, by="elkina").id == task.id


def test_answers_owed_by_another_district_are_not_ours(neighbours: Neighbours) -> None:
    rude = neighbours.says("Когда вы, б@ядь, почините дорогу?", neighbours.post(VK))
    with neighbours.connect() as ours:
        seen = ours.collect(weeks=1, want=("posts", "comments"))
        ours.apply(ours.plan_moderation(seen, made_by="elkina"), by="elkina")
        assert rude.deleted
        seen = ours.collect(weeks=1, want=("posts", "comments"))
        assert len(ours.owed_answers(seen)) == 1
    with neighbours.of_the_neighbour() as theirs:
        assert theirs.owed_answers(seen.model_copy(update={"municipality": "ozero"})) == ()
        with pytest.raises(SnapshotRefused):
            theirs.owed_answers(seen)


def test_the_outbox_of_another_district_is_left_alone(neighbours: Neighbours) -> None:
    post = neighbours.post(VK)
    plan = neighbours.plan(neighbours.removal(neighbours.says("бля, яма", post), post))
    neighbours.faults.add(fault("unreachable", "wall.getComments", times=None))
    neighbours.apply(plan)
    neighbours.faults.clear()
    with neighbours.connect() as ours:
        (mine,) = ours.waiting()
    with neighbours.of_the_neighbour() as theirs:
        assert theirs.waiting() == ()
        run = theirs.outbox()
        assert (run.outcomes, run.refused, run.late, run.next_due) == ((), (), (), None)
    with neighbours.connect() as ours:
        assert [one.step.id for one in ours.outbox().outcomes] == [mine.step.id]


def test_a_person_says_nothing_of_the_outbox_of_another_district(neighbours: Neighbours) -> None:
    """Neither that a step will not be done, nor what became of one."""
    dropped, unclear = (neighbours.publications(VK, text=one) for one in ("Субботник в десять.", "Приём в четверг."))
    neighbours.faults.add(fault("unreachable", "wall.post", times=None))
    assert neighbours.states(neighbours.apply(dropped)) == ["skipped"]
    neighbours.faults.clear()
    for kind, method in (("lost_before", "wall.post"), ("unreachable", "wall.get")):
        neighbours.faults.add(fault(kind, method, times=None))
    assert neighbours.states(neighbours.apply(unclear)) == ["uncertain"]
    with neighbours.connect() as ours:
        journal, before = ours.journal, ours.journal.anchor()
        for write in (False, True):
            assert not drop_step(journal, dropped.id, "s1", by="elkina", district="ozero", write=write)
            assert not settle_unclear(journal, unclear.id, "s1", done=True, by="elkina", district="ozero", write=write)
        assert journal.anchor() == before
        assert drop_step(journal, dropped.id, "s1", by="elkina", district="lesnoy")
        assert settle_unclear(journal, unclear.id, "s1", done=True, by="elkina", district="lesnoy")


def test_a_handover_of_another_district_is_not_gone_on_with(leaving: Leaving) -> None:
    ours = ms.handover(leaving.registry, leaving.journal, giver="elkina", taker="sosnov")
    theirs = ms.handover(moved(leaving).registry, leaving.journal, giver="elkina", taker="sosnov")
    assert (ours.id != theirs.id, theirs.district) == (True, "ozero")
    with leaving.connect() as social:
        assert [one.id for one in social.handovers()] == [theirs.id]
        assert social.check_handover("").id == theirs.id
        for call in (
            lambda: social.act_of_handover(ours.id),
            lambda: social.check_handover(ours.id),
            lambda: social.plan_removal(ours.id),
            lambda: social.state_handover(ours.id, "password:lesnoy-vk", by="sosnov"),
            lambda: social.leave_out_handover(ours.id, "two_factor:lesnoy-vk", by="sosnov", why="нет телефона"),
        ):
            with pytest.raises(InputError, match="такой передачи нет"):
                call()
    with open_journal(leaving.journal, only_read=True) as journal:
        assert [one.id for one in handovers(journal)] == [ours.id, theirs.id]


def test_keys_that_changed_hands_in_another_district_are_held_as_before_here(leaving: Leaving) -> None:
    begun = all_but_signatures(leaving)
    with leaving.connect() as social:
        social.state_handover(begun.id, "sign:elkina", by="elkina")
        social.state_handover(begun.id, "sign:sosnov", by="sosnov")
        after = {one.credential.id: one.holder for one in social.custody()}
    with moved(leaving).connect() as social:
        before = {one.credential.id: one.holder for one in social.custody()}
    assert (after["vk-page"], before["vk-page"]) == ("sosnov", "elkina")


def test_a_handover_begun_before_districts_were_recorded_is_still_found(leaving: Leaving) -> None:
    body = {"giver": "elkina", "taker": "sosnov", "accounts": ["lesnoy-vk"], "by": "", "keys": [], "steps": []}
    with open_journal(leaving.journal) as journal:
        journal.append("handover.begun", "handover-old", body)
    with leaving.connect() as social:
        assert [one.id for one in social.handovers()] == ["handover-old"]
        assert social.handover("elkina", "sosnov").id == "handover-old"


def lost_to_rudeness(district: District, account: str) -> None:
    """Two comments of one author are removed on record."""
    for text in ("бля, яма", "бля, опять яма"):
        post = district.post(account)
        district.apply(district.plan(district.removal(district.says(text, post, account), post, account)))


def test_removals_of_another_district_are_no_ground_for_a_ban_of_ours(neighbours: Neighbours) -> None:
    lost_to_rudeness(neighbours, VK)
    with neighbours.connect() as ours, neighbours.of_the_neighbour() as theirs:
        settings = Settings(ban_after=2)
        found = [len(one.plan_bans(settings=settings, made_by="elkina").steps) for one in (ours, theirs)]
        only = theirs.plan_bans(only=[(VK, "555")], made_by="elkina")
    assert (found, only.steps) == ([1, 0], ())


def test_a_ban_of_another_district_is_neither_ours_to_lift_nor_known_here(neighbours: Neighbours) -> None:
    lost_to_rudeness(neighbours, VK)
    with neighbours.connect() as ours:
        banned = ours.plan_bans(settings=Settings(ban_after=2), made_by="elkina").signed("Кедров", ours.now())
        assert neighbours.states(ours.apply(banned)) == ["confirmed"]
        seen = ours.collect(weeks=1, want=("bans",))
    neighbours.later(days=400)
    with neighbours.connect() as ours, neighbours.of_the_neighbour() as theirs:
        assert [len(one.plan_unbans(made_by="elkina").steps) for one in (ours, theirs)] == [1, 0]
        told = theirs.import_bans(seen.model_copy(update={"municipality": "ozero"}))
        assert (len(told) > 0, ours.import_bans(seen)) == (True, ())


def test_a_task_of_another_district_stands_in_nobodys_way(neighbours: Neighbours) -> None:
    post = neighbours.post(OK)
    rude = neighbours.says("Какая чушь, ругательство", post, OK)
    step = neighbours.removal(rude, post, OK)
    neighbours.apply(neighbours.plan(step))
    with neighbours.of_the_neighbour() as theirs:
        again = step.model_copy(update={"key": step_key()})
        plan = new_plan("test", theirs.registry, [again], now=theirs.now(), made_by="elkina")
        assert neighbours.states(theirs.apply(plan)) == ["manual"]
        assert [one.plan for one in theirs.tasks()] == [plan.id]


def test_what_another_district_saw_is_nothing_that_we_saw(neighbours: Neighbours) -> None:
    """Neither posts that are missed, nor comments that are read again with other settings."""
    neighbours.says("бля, яма", neighbours.post(VK))
    with neighbours.connect() as ours, neighbours.of_the_neighbour() as theirs:
        seen = ours.collect(weeks=1, want=("posts", "comments", "managers"))
        ours.observe(seen)
        assert ours.shadow(seen).seen == 1
        views = [
            one.model_copy(update={"posts": Observed(**{**dict(one.posts), "value": ()})}) for one in seen.accounts
        ]
        empty = seen.model_copy(update={"municipality": "ozero", "accounts": tuple(views)})
        assert theirs.observe(empty).changes == ()
        assert theirs.replay(Settings()).read == 0
        assert theirs.shadow(seen.model_copy(update={"municipality": "ozero"})).seen == 1
        assert [one.replay(Settings()).read for one in (ours, theirs)] == [1, 1]
        assert ours.observe(seen).changes == ()


def test_what_another_district_left_or_restored_is_decided_anew_here(neighbours: Neighbours) -> None:
    post = neighbours.post(VK)
    left, back = (neighbours.says(text, post) for text in ("бля, яма", "бля, опять яма"))
    removal = neighbours.removal(back, post)
    returned = neighbours.step("restore_comment", params={"comment": back.id, "post": post.id})
    neighbours.apply(neighbours.plan(removal))
    with neighbours.connect() as ours, neighbours.of_the_neighbour() as theirs:
        ours.leave_comment(VK, left.id, by="elkina", why="цитата", text=None)
        assert neighbours.states(ours.apply(neighbours.plan(returned))) == ["confirmed"]
        seen = ours.collect(weeks=1, want=("posts", "comments"))
        known = seen.model_copy(update={"municipality": "ozero"})
        plans = ours.plan_moderation(seen, made_by="elkina"), theirs.plan_moderation(known, made_by="elkina")
        assert [[one.params["comment"] for one in plan.steps] for plan in plans] == [[], [left.id, back.id]]
        assert {one.state for one in theirs.apply(plans[1], by="elkina").outcomes} == {"confirmed"}

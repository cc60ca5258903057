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
from munsocial.operate.handover import handovers
from munsocial.operate.outbox import drop_step, settle_unclear

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

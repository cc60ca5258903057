"""Refusals that pass by waiting end no step; after a refusal for flood the outbox waits as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from acting_world import District, fault
from munsocial.network.drafts import Poll
from munsocial_ok.sandbox import face as sandbox

VK, OK = "administration-vk", "administration-ok"
LAMPS = "Завтра на Сосновой меняем лампы, свет будет к вечеру."
POLL = Poll(question="Когда собраться?", answers=("в субботу", "в воскресенье"))


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.mark.parametrize("kind", ["cut", "html", "empty"])
def test_an_unreadable_answer_before_the_deed_ends_no_publication(district: District, kind: str) -> None:
    plan = district.publications(VK, text=LAMPS, poll=POLL)
    district.faults.add(fault(kind, "polls.create", times=None))
    (outcome,) = district.apply(plan).outcomes
    assert (outcome.state, outcome.again) == ("skipped", True)
    assert "повторите" in outcome.say()
    district.faults.clear()
    assert district.states(district.apply(plan)) == ["confirmed"]
    assert district.texts(VK)[LAMPS] == 1


@pytest.mark.parametrize(
    ("account", "method", "code", "minutes"),
    [
        (VK, "wall.post", 9, 30),
        (OK, "mediatopic.post", 8, 30),
        (OK, "mediatopic.post", 7, 180),
        (OK, "mediatopic.post", 9, 180),
    ],
)
def test_after_a_refusal_for_flood_the_outbox_waits_and_then_publishes(
    district: District, monkeypatch: pytest.MonkeyPatch, account: str, method: str, code: int, minutes: int
) -> None:
    monkeypatch.setitem(sandbox._FAULTS, "flood", code)
    plan = district.publications(account, text=LAMPS)
    district.faults.add(fault("flood", method, times=None))
    with district.connect() as social:
        (outcome,) = social.apply(plan).outcomes
        assert (outcome.state, outcome.again) == ("rejected", True)
        district.faults.clear()
        district.later(minutes=minutes - 1)
        run = social.outbox()
        assert (run.outcomes, run.next_due is not None) == ((), True)
        (waiting,) = social.waiting()
        assert "перерыв до 25.11.2026 1" in waiting.say()  # VK named no time
        district.later(minutes=2)
        assert [one.state for one in social.outbox().outcomes] == ["confirmed"]
    assert district.texts(account)[LAMPS] == 1


def test_the_outbox_lets_no_neighbour_of_a_flooded_step_through(district: District) -> None:
    plans = [district.publications(VK, text=text) for text in (LAMPS, "Сход граждан — в пятницу, в шесть вечера.")]
    district.faults.add(fault("unreachable", "wall.post", times=8))
    with district.connect() as social:
        for plan in plans:
            social.apply(plan)
        district.faults.clear()
        district.faults.add(fault("flood", "wall.post", times=None))
        first, *_ = social.outbox().outcomes
        assert first.state == "rejected"
        before = len(district.faults.happened)
        assert social.outbox().outcomes == ()
        assert len(district.faults.happened) == before


@pytest.mark.parametrize("trouble", ["flood", "captcha", "unreachable", "lost_before"])
def test_a_step_that_waits_for_one_which_was_put_off_is_done_after_it(district: District, trouble: str) -> None:
    drafts = [{"draft": {"text": f"{LAMPS} Часть {number}."}} for number in (1, 2)]
    first, second = (district.step("publish", VK, number=n, params=one) for n, one in enumerate(drafts, 1))
    district.faults.add(fault(trouble, "wall.post", times=None))
    with district.connect() as social:
        social.apply(district.plan(first, second.model_copy(update={"after": ("s1",)})))
        assert [one.step.id for one in social.waiting()] == ["s1", "s2"]
        district.faults.clear()
        district.later(hours=26)
        assert [(one.step.id, one.state) for one in social.outbox().outcomes] == [
            ("s1", "confirmed"), ("s2", "confirmed"),
        ]  # fmt: skip


def test_a_step_that_waits_for_one_which_a_person_mends_is_not_tried_before(district: District) -> None:
    drafts = [{"draft": {"text": f"{LAMPS} Часть {number}."}} for number in (1, 2)]
    first, second = (district.step("publish", VK, number=n, params=one) for n, one in enumerate(drafts, 1))
    district.faults.add(fault("permission", "wall.post", times=None))
    with district.connect() as social:
        social.apply(district.plan(first, second.model_copy(update={"after": ("s1",)})))
        assert social.waiting() == ()


@pytest.mark.parametrize(("code", "first"), [(8, "confirmed"), (511, None)], ids=["too often", "taken for spam"])
def test_neighbours_that_a_flood_kept_from_their_turn_wait_with_it(
    district: District, monkeypatch: pytest.MonkeyPatch, code: int, first: str | None
) -> None:
    monkeypatch.setitem(sandbox._FAULTS, "flood", code)
    drafts = [{"draft": {"text": f"{LAMPS} Часть {number}."}} for number in (1, 2, 3)]
    plan = district.plan(*(district.step("publish", OK, number=n, params=one) for n, one in enumerate(drafts, 1)))
    district.faults.add(fault("flood", "mediatopic.post"))
    with district.connect() as social:
        refused, *beside = social.apply(plan).outcomes
        assert ("повторит" in refused.say(), "не повторяйте" in refused.say().lower()) == (bool(first), not first)
        assert [(one.state, one.again, "10:30" in one.say()) for one in beside] == [("skipped", True, True)] * 2
        waiting = [one.step.id for one in social.waiting()]
        assert waiting == (["s1", "s2", "s3"] if first else ["s2", "s3"])
        district.later(minutes=29)
        assert social.outbox().outcomes == ()
        district.later(minutes=2)
        assert [(one.step.id, one.state) for one in social.outbox().outcomes] == [(id, "confirmed") for id in waiting]


def test_comments_that_a_flood_left_standing_are_removed_later(district: District) -> None:
    post = district.post(VK)
    said = [district.says(f"хлам {number}", post) for number in range(3)]
    plan = district.plan(*(district.removal(one, post, number=place) for place, one in enumerate(said, 1)))
    district.faults.add(fault("flood", "wall.getComments"))
    outcomes = district.apply(plan).outcomes
    assert {(one.again, "10:30" in one.say(), "Не повторяйте" in one.say()) for one in outcomes} == {
        (True, True, False)
    }
    district.later(minutes=31)
    with district.connect() as social:
        assert [one.state for one in social.outbox().outcomes] == ["confirmed"] * 3
    assert all(one.deleted for one in said)


def test_a_look_before_a_deed_that_fails_for_a_passing_reason_leaves_it_to_the_outbox(district: District) -> None:
    post = district.post(VK)
    plan = district.plan(district.removal(district.says("бля, яма", post), post))
    for kind in ("unreachable", "flood"):
        district.faults.add(fault(kind, "wall.getComments", times=None))
        (outcome,) = district.apply(plan).outcomes
        assert outcome.again
        district.faults.clear()
        with district.connect() as social:
            assert [one.step.id for one in social.waiting()] == ["s1"]


def test_a_text_that_is_taken_for_spam_is_not_sent_again(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sandbox._FAULTS, "flood", 511)
    plan = district.publications(OK, text=LAMPS)
    district.faults.add(fault("flood", "mediatopic.post", times=None))
    (outcome,) = district.apply(plan).outcomes
    assert (outcome.state, outcome.again) == ("rejected", False)
    district.faults.clear()
    assert district.states(district.apply(plan)) == ["rejected"]
    assert district.texts(OK)[LAMPS] == 0

"""The fault matrix of acting: what goes wrong, what the first application says, what the next one makes of it.

Whatever happens, in the end every publication stands exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from acting_world import District, fault
from munsocial.operate.applying.outcomes import ENDS
from munsocial.sandbox.faults import Fault

VK, OK = "administration-vk", "administration-ok"
WAYS = {VK: "wall.post", OK: "mediatopic.post"}


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@dataclass(frozen=True)
class Row:
    """One trouble. ``times`` None is for ever; ``first`` and ``then`` are the ends in VK and in OK."""

    trouble: str
    kind: str
    times: int | None
    first: tuple[str, str]
    then: tuple[str, str] = ("confirmed", "confirmed")

    def knob(self, account: str) -> Fault:
        return fault(self.kind, WAYS[account], times=self.times)


# VK knows keys (guid): a repetition with the same key is dropped, so a lost answer is asked for again at once.
# OK does not: what became of a call is read back, and only after the grace is it made anew.
MATRIX = (
    Row("answer lost after the work", "lost_after", 1, ("confirmed", "confirmed")),
    Row("answers lost for ever", "lost_after", None, ("confirmed", "confirmed")),
    Row("request lost before the work", "lost_before", 1, ("confirmed", "uncertain")),
    Row("requests lost for long", "lost_before", 5, ("uncertain", "uncertain")),
    Row("connection refused", "unreachable", 5, ("skipped", "skipped")),
    Row("body cut after the work", "cut", 1, ("confirmed", "confirmed")),
    Row("empty body after the work", "empty", 1, ("confirmed", "confirmed")),
    Row("HTML in place of an answer", "html", 1, ("confirmed", "confirmed")),
    Row("bytes that are no text", "garbage", 1, ("confirmed", "confirmed")),
    Row("502 before the network", "status", 1, ("confirmed", "uncertain")),
    Row("502 for long", "status", 5, ("uncertain", "uncertain")),
    Row("the network's own fault", "server", 5, ("uncertain", "uncertain")),
    Row("too many calls", "rate", 1, ("confirmed", "confirmed")),
    Row("too many calls for long", "rate", 8, ("skipped", "skipped")),
    Row("the quota is spent", "quota", 8, ("skipped", "skipped")),
    Row("a captcha", "captcha", 1, ("skipped", "skipped")),
    Row("the key was revoked", "key", 8, ("rejected", "rejected")),
    Row("the right was taken", "permission", 8, ("rejected", "rejected")),
)


@pytest.mark.parametrize("account", [VK, OK])
@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row.trouble)
def test_one_trouble(district: District, row: Row, account: str) -> None:
    plan = district.publications(account)
    (text,) = (step.params["draft"]["text"] for step in plan.steps)
    district.faults.add(row.knob(account))

    first = district.apply(plan).outcomes[0]
    assert first.state == row.first[account == OK], first.say("en")
    assert first.state in ENDS
    assert first.state == "confirmed" or (first.why and first.why.ru and first.why.en)

    district.faults.clear()
    district.later(minutes=5)
    for _ in range(2):  # applied once more than needed: nothing doubles
        after = district.apply(plan).outcomes[0]
    assert after.state == row.then[account == OK], after.say("en")
    assert district.texts(account)[text] == 1


def test_what_was_done_is_not_done_again(district: District) -> None:
    plan = district.publications()
    first, second = district.apply(plan), district.apply(plan)
    assert first.done
    assert [one.before for one in second.outcomes] == [True, True]
    assert [one.result for one in second.outcomes] == [one.result for one in first.outcomes]


def test_the_rest_goes_on_when_one_step_fails(district: District) -> None:
    plan = district.publications(VK, OK, "borovoye-vk")
    district.faults.add(fault("key", "mediatopic.post", times=None))
    assert district.states(district.apply(plan)) == ["confirmed", "rejected", "confirmed"]


def test_equal_texts_are_two_publications(district: District) -> None:
    """An answer lost for the second of two equal texts must not be mistaken for the first."""
    one, two = district.publications(OK), district.publications(OK)
    assert district.apply(one).done
    district.faults.add(fault("lost_before", WAYS[OK]))
    assert district.states(district.apply(two)) == ["uncertain"]
    district.later(minutes=5)
    assert district.apply(two).done
    assert 2 in district.texts(OK).values()


@pytest.mark.parametrize("kind", ["lost_before", "lost_after"])
def test_a_network_that_shows_late_is_never_sent_a_lost_publication_again(tmp_path: Path, kind: str) -> None:
    """Odnoklassniki as it is: nobody knows how late statistics are, so "not seen" never proves anything."""
    late = District(tmp_path, ok_shows_late=True)
    late.faults.add(fault(kind, WAYS[OK]))
    plan = late.publications(OK)
    (text,) = (step.params["draft"]["text"] for step in plan.steps)
    first = late.apply(plan).outcomes[0]
    late.later(days=3)
    after = late.apply(plan).outcomes[0]
    there = kind == "lost_after"
    assert (first.state, after.state) == (("confirmed", "confirmed") if there else ("uncertain", "uncertain"))
    assert late.texts(OK)[text] == int(there)
    assert there or "посмотрите на странице и скажите: munsocial outbox settle" in after.say()


def test_nothing_is_sent_again_while_the_network_may_be_at_work(district: District) -> None:
    plan = district.publications(OK)
    district.faults.add(fault("lost_before", WAYS[OK]))
    district.apply(plan)
    district.later(seconds=30)
    again = district.apply(plan).outcomes[0]
    assert (again.state, again.again) == ("uncertain", True)
    assert plan.steps[0].params["draft"]["text"] not in district.texts(OK)


def test_what_cannot_be_read_back_is_not_sent_again(district: District) -> None:
    plan = district.publications(OK)
    district.faults.add(fault("lost_after", WAYS[OK]))
    district.faults.add(fault("unreachable", "group.getStatTopics", times=None))
    assert district.states(district.apply(plan)) == ["uncertain"]
    district.later(hours=2)
    assert district.states(district.apply(plan)) == ["uncertain"]
    district.faults.clear()
    assert district.apply(plan).done
    assert set(district.texts(OK).values()) == {1}


def test_limit_does_the_next_ones(district: District) -> None:
    plan = district.publications(VK, OK, "borovoye-vk")
    done = [district.apply(plan, limit=1) for _ in range(4)]
    assert [[one.step.account for one in run.outcomes] for run in done] == [[VK], [OK], ["borovoye-vk"], []]
    assert district.apply(plan, limit=0).outcomes == ()


@pytest.mark.parametrize("kind", ["lost_after", "lost_before"])
@pytest.mark.parametrize("account", [VK, OK])
def test_a_scheduled_publication_stands_once(district: District, account: str, kind: str) -> None:
    """VK lists what waits; OK does not: there its time must come before anybody can tell."""
    plan = district.publications(account, publish_at=district.world.now() + timedelta(days=1))
    (text,) = (step.params["draft"]["text"] for step in plan.steps)
    district.faults.add(fault(kind, WAYS[account]))
    district.apply(plan)
    district.later(minutes=5)
    after = district.apply(plan).outcomes[0]
    assert after.state == ("confirmed" if account == VK else "uncertain")
    district.later(days=1, minutes=5)
    assert district.apply(plan).done
    assert district.texts(account)[text] == 1


def test_what_was_lost_and_is_late_by_now_asks_first(district: District) -> None:
    plan = district.publications(OK, publish_at=district.world.now() + timedelta(days=1))
    district.faults.add(fault("lost_before", WAYS[OK]))
    district.apply(plan)
    district.later(days=2)
    late = district.apply(plan).outcomes[0]
    assert (late.state, late.again) == ("skipped", True)
    assert "слишком поздно" in late.say()
    assert district.apply(plan, ask_late=False).done

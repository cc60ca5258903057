"""Clause 11 where the register names a page by its handle alone: whose an answer is, the profile that was read tells.

Where nobody knows the id of our page, an answer by some page may be ours: nothing is said then, neither yes nor no.
"""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.model.accounts import AccountKind
from munsocial.policy import audit
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    body,
    comment,
    district,
    post,
    profile,
    requirement,
    snapshot,
    upstream,
    view,
)
from sentences import fit_for_people

ASK = requirement("reply.upstream", "should", upstream=["krai_governor"], applies_to=["river"])
RIVER = body("river", "settlement", places=("станица Гривенская",))
GOVERNOR = upstream(network_id="777")
QUESTION = comment("Когда отремонтируют дорогу в станице Гривенской?", "2026-11-10 13:00", id="12", post_id="15")


def page(network_id: str = "", **fields: Any) -> Any:
    return account("river-vk", "river", network_id=network_id, **fields)


def reply(author_id: str | None, author_kind: str = "group", **fields: Any) -> Any:
    known = {"author_id": author_id, "author_kind": author_kind, "reply_to": "12", "post_id": "15", **fields}
    return comment("Починим в среду.", "2026-11-11 10:00", id="13", **known)


def judged(ours: Any, *said: Any, seen_id: str = "", more: tuple[Any, ...] = ()) -> Any:
    known: dict[str, Any] = {"profile": profile(network_id=seen_id)} if seen_id else {}
    above = [view(GOVERNOR.id, posts=(post("2026-11-09 10:00", id="15"),), comments=(QUESTION, *said))]
    seen = snapshot(view("river-vk", **known), above=above)
    (found, *_) = audit(district(RIVER, ours, GOVERNOR, *more), seen, [act(ASK)], MOMENT).findings
    fit_for_people(found)
    return found


@pytest.mark.parametrize(
    ("situation", "ours", "seen_id", "said", "expected"),
    [
        ("the register has the id", page("123"), "", reply("123"), "met"),
        ("the profile has it", page(), "123", reply("123"), "met"),
        ("the register wins over a handle that passed on", page("123"), "999", reply("999"), "not_met"),
        ("a citizen of that number, by the register", page("123"), "", reply("123", "user"), "not_met"),
        ("a citizen of that number, by the profile", page(), "123", reply("123", "user"), "not_met"),
        ("another page", page(), "123", reply("999"), "not_met"),
        ("nobody knows our id: some page answered", page(), "", reply("999"), "unknown"),
        ("nobody knows our id: written as a negative number", page(), "", reply("-999", "user"), "unknown"),
        ("nobody knows our id: a citizen answered", page(), "", reply("999", "user"), "not_met"),
        ("our page is a profile, a person answered", page(kind=AccountKind.PROFILE), "", reply("9", "user"), "unknown"),
        ("nobody knows our id: another page of ours answered", page(), "", reply("9", by_account="other"), "not_met"),
        ("a page of that number in another network", page(network="ok"), "", reply("123"), "not_applicable"),
    ],
)  # fmt: skip
def test_whose_answer_it_is(situation: str, ours: Any, seen_id: str, said: Any, expected: str) -> None:
    assert str(judged(ours, said, seen_id=seen_id).outcome) == expected, situation


def test_a_number_of_ours_in_another_network_is_nobody_here() -> None:
    assert str(
        judged(page("5"), reply("123"), more=(account("river-ok", "river", "ok", network_id="123"),)).outcome
    ) == ("not_met")


def test_what_is_not_known_is_told_with_a_remedy() -> None:
    found = judged(page(), reply("999"))
    assert "river-vk" in found.say("ru")
    assert "network_id" in found.advise("ru")


def test_without_any_answer_the_question_is_open() -> None:
    assert str(judged(page()).outcome) == "not_met"


def test_a_question_of_our_own_page_is_no_citizens_question() -> None:
    own = QUESTION.model_copy(update={"author_id": "123", "author_kind": "group"})
    above = [view(GOVERNOR.id, posts=(), comments=(own,))]
    seen = snapshot(view("river-vk", profile=profile(network_id="123")), above=above)
    (found,) = audit(district(RIVER, page(), GOVERNOR), seen, [act(ASK)], MOMENT).findings
    assert str(found.outcome) == "not_applicable"

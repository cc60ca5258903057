"""Clause 11: what answers a question asked above is an answer to that very question, and stands on our own page.

Networks number comments and posts per wall, so that one number is many things.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from munsocial.model.addresses import Address
from munsocial.model.content import Post, PostKind, PostState, RepostSource
from munsocial.model.statements import ExemptPeriod, Inquiry
from munsocial.policy import audit
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    body,
    comment,
    district,
    moment,
    post,
    requirement,
    snapshot,
    upstream,
    view,
)

ASK = requirement(
    "reply.upstream", "should", upstream=["krai_governor", "district_administration"], applies_to=["river"]
)
RIVER = body("river", "settlement", places=("станица Гривенская",))
PAGE = account("river-vk", "river")
GOVERNOR, DISTRICT = upstream(network_id="777"), upstream("district_administration", network_id="888")
TEXT, ASKED, LATER = "Когда отремонтируют дорогу в станице Гривенской?", "2026-11-10 13:00", "2026-11-11 10:00"
ADDRESS = "https://vk.com/wall-777_15?reply=12"
QUESTION = comment(TEXT, ASKED, id="12", post_id="15", url=ADDRESS)
OWN_12 = comment("Спасибо!", "2026-11-09 12:00", id="12", post_id="3")


def judged(
    *records: Any,
    posts: tuple[Post, ...] = (),
    own: tuple[Any, ...] = (),
    question: Any = QUESTION,
    replies: Any = (),
    above: Any = GOVERNOR,
    ask: Any = ASK,
) -> str:
    place = post("2026-11-09 10:00", id="15", url="https://vk.com/wall-777_15")
    pages = [
        view(GOVERNOR.id, posts=(place,), comments=(question, *replies)),
        view(DISTRICT.id, posts=(), comments=()),
    ]
    known = district(RIVER, PAGE, body("roads", "sectoral"), above, DISTRICT, *records)
    seen = snapshot(view(PAGE.id, posts=posts, comments=own), above=pages)
    (found,) = audit(known, seen, [act(ask)], MOMENT).findings
    return str(found.outcome)


def entry(**fields: Any) -> Inquiry:
    return Inquiry(**{"id": "q1", "body": "river", "item": "12", "answered_at": moment(LATER), **fields})


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (entry(account="krai_governor-vk"), "met"),
        (entry(account="krai_governor-vk", body="roads"), "met"),
        (entry(account="district_administration-vk"), "not_met"),
        (entry(account="river-vk"), "not_met"),
        (entry(account="district_administration-vk", within_competence=False, answered_at=None), "not_met"),
        (entry(account="krai_governor-vk", within_competence=False, answered_at=None), "not_applicable"),
        # No account is noted: the address, else the moment, else the body and the number have to tell.
        (entry(url="vk.com/wall-777_15?reply=12"), "met"),
        (entry(url="https://vk.com/wall-888_15?reply=12"), "not_met"),
        # One address has many spellings; that of the post leaves the number of the comment to the entry.
        (entry(url="https://m.vk.com/wall-777_15?reply=12"), "met"),
        (entry(url="https://www.vk.ru/wall-777_15?reply=12#x"), "met"),
        (entry(url="https://vk.com/wall-777_15?reply=12&thread=10"), "met"),
        (entry(url="https://vk.com/wall-777_15?from=feed&reply=12"), "met"),
        (entry(url="https://vk.com/governor?w=wall-777_15_r12"), "met"),
        (entry(url="https://vk.com/wall-777_15"), "met"),
        (entry(url="https://vk.com/wall-777_15?reply=99"), "not_met"),
        (entry(url="https://shop.ru/wall-777_15?reply=12"), "not_met"),
        (entry(url="по телефону"), "met"),
        (entry(asked_at=moment(ASKED)), "met"),
        (entry(asked_at=moment("2026-11-10 13:01")), "met"),
        (entry(asked_at=moment("2026-11-10 00:00")), "met"),
        (entry(asked_at=moment("2026-11-10 00:00"), body="roads"), "not_met"),
        (entry(asked_at=moment("2026-10-01 10:00")), "not_met"),
        (entry(), "met"),
        (entry(body="roads"), "not_met"),
        (entry(answered_at=moment("2026-11-02 10:00")), "not_met"),
    ],
)
def test_an_entry_is_about_the_comment_of_its_wall(note: Inquiry, expected: str) -> None:
    assert judged(note) == expected


def rest(first: int, last: int, subject: str = "river-vk") -> ExemptPeriod:
    begin, end = date(2026, 11, first), date(2026, 11, last)
    return ExemptPeriod(subject=subject, since=begin, until=end, reason="пожар", kinds=("reply.upstream",))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        # Asked on 10 November; a day later it was late.
        (rest(12, 30), "not_met"),
        (rest(20, 30), "not_met"),
        (rest(11, 30), "not_applicable"),
        (rest(1, 30), "not_applicable"),
        (rest(1, 30, "river"), "not_applicable"),
        (rest(1, 22), "not_met"),
    ],
)
def test_a_rest_of_today_does_not_hide_what_was_late_before_it(period: ExemptPeriod, expected: str) -> None:
    assert judged(period) == expected


def test_a_rest_with_every_question_answered() -> None:
    assert judged(rest(20, 30), entry()) == "not_applicable"


def test_a_bare_number_of_two_comments_says_nothing() -> None:
    assert judged(entry(), own=(OWN_12,)) == "not_met"
    assert judged(entry(account="krai_governor-vk"), own=(OWN_12,)) == "met"
    assert judged(entry(asked_at=moment("2026-11-10 13:01")), own=(OWN_12,)) == "not_met"
    assert judged(entry(asked_at=moment(ASKED)), own=(OWN_12,)) == "met"


def test_entries_of_one_number_do_not_hide_each_other() -> None:
    both = (entry(id="q1", account="krai_governor-vk"), entry(id="q2", account="river-vk", answered_at=None))
    assert judged(*both) == judged(*reversed(both)) == "met"


def test_an_entry_names_the_page_above_by_its_id_in_the_register() -> None:
    """Whether or not somebody knows its number in the network."""
    assert judged(entry(account="krai_governor-vk"), above=GOVERNOR.but(network_id="")) == "met"


def test_the_page_above_may_be_a_page_of_ours() -> None:
    ours = account("governor-ours", "roads", network_id="777")
    assert judged(ours, entry(account="governor-ours")) == "met"


THREAD = QUESTION.but(thread="10")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"reply_to": "12"}, "met"),
        ({"reply_to": "10"}, "met"),  # a network that knows only the head of a thread
        ({"reply_to": None}, "met"),
        ({"reply_to": "11"}, "not_met"),  # it answers somebody else
        ({"reply_to": None, "thread": "9"}, "not_met"),
        ({"reply_to": None, "at": "2026-11-10 12:00"}, "not_met"),  # before the question
    ],
)
def test_an_answer_in_the_thread_of_the_question(fields: dict[str, Any], expected: str) -> None:
    ours = {"at": LATER, "id": "20", "thread": "10", "author_id": PAGE.network_id, "by_account": PAGE.id, **fields}
    assert judged(question=THREAD, replies=(comment("Отремонтируем в мае.", **ours),)) == expected


def reference(text: str = f"Отвечаем: {ADDRESS}", **fields: Any) -> Post:
    return post(LATER, text, **fields)


def repost(page: str, number: str = "15") -> Post:
    return reference("", kind=PostKind.REPOST, source=RepostSource(network_id=page, post_id=number))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reference(), "met"),
        (reference(by_owner=False), "not_met"),
        (reference(by_owner=False, state=PostState.SUGGESTED), "not_met"),
        (reference(state=PostState.SCHEDULED), "not_met"),
        (reference(state=PostState.DELETED), "not_met"),
        (reference(removed_at=moment("2026-11-12 10:00")), "not_met"),
        (repost("777"), "met"),
        (repost("-777"), "met"),
        (repost("31337"), "not_met"),
        (repost(""), "not_met"),
        (repost("777", "16"), "not_met"),
    ],
)
def test_an_answer_of_our_own_that_stands(answer: Post, expected: str) -> None:
    assert judged(posts=(answer,)) == expected


def test_an_act_may_accept_no_answer_elsewhere() -> None:
    in_place = requirement(
        "reply.upstream", upstream=["krai_governor"], applies_to=["river"], accept=["reply_in_place"]
    )
    assert judged(posts=(reference(),), ask=in_place) == "not_met"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ответ на вопрос https://vk.com/wall-777_15?reply=12: починим.", "met"),
        ("Ответ (vk.com/wall-777_15?reply=12).", "met"),
        ("Ответ: https://m.vk.ru/wall-777_15?reply=12&from=feed", "met"),
        ("Губернатор написал: https://vk.com/wall-777_15", "met"),
        ("[https://vk.com/wall-777_15|Вопрос] решён", "met"),
        ("Ответ — https://vk.com/wall-777_15—читайте", "met"),
        ("https://vk.com/wall-777_15,https://vk.com/wall-1_1", "met"),
        ("https://vk.com/wall-1_1,https://vk.com/wall-777_15", "met"),
        ("https://vk.com/wall-777_15\u200b и далее", "met"),
        ("https://vk.com/governor?w=wall-777_15", "met"),
        ("https://vk.com/governor?w=wall-777_15_r12", "met"),
        ("https://vk.com/governor?w=wall-777_15_r99", "not_met"),
        ("https://vk.com/governor?w=wall-777_156", "not_met"),
        ("https://vk.com@shop.ru/wall-777_15", "not_met"),
        ("Смотрите https://vk.com/wall-777_15?reply=99", "not_met"),
        ("Смотрите https://vk.com/wall-777_15?reply=120", "not_met"),
        ("Смотрите https://vk.com/wall-777_156", "not_met"),
        ("Смотрите https://vk.com/wall-7777_15", "not_met"),
        ("Смотрите https://shop.ru/wall-777_15", "not_met"),
        ("Смотрите https://vk.com\uff0fx/wall-777_15", "not_met"),
        ("Смотрите wall-777_15", "not_met"),
    ],
)
def test_addresses_are_compared_whole(text: str, expected: str) -> None:
    assert judged(posts=(reference(text),)) == expected


def test_a_short_address_is_not_found_inside_a_longer_one() -> None:
    first = comment(TEXT, ASKED, id="12", post_id="1", url="https://vk.com/wall-777_1")
    assert judged(posts=(reference("Смотрите https://vk.com/wall-777_15"),), question=first) == "not_met"


def test_links_to_other_comments_are_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many questions under one post, many own posts that link to comments of it: each is compared with its own."""
    compared: list[Address] = []
    plain = Address.leads_to

    def counted(one: Address, other: Address) -> bool:
        compared.append(other)
        return plain(one, other)

    monkeypatch.setattr(Address, "leads_to", counted)
    place = post("2026-11-09 10:00", id="15", url="https://vk.com/wall-777_15")
    asked = [
        comment(f"{TEXT} Номер {n}.", ASKED, id=str(n), post_id="15", url=f"https://vk.com/wall-777_15?reply={n}")
        for n in range(30)
    ]
    posts = [reference(f"Ответ: https://vk.com/wall-777_15?reply={n}", id=f"o{n}") for n in range(1, 60)]
    above = [view(GOVERNOR.id, posts=(place,), comments=asked), view(DISTRICT.id, posts=(), comments=())]
    known = district(RIVER, PAGE, body("roads", "sectoral"), GOVERNOR, DISTRICT)
    (found,) = audit(known, snapshot(view(PAGE.id, posts=posts), above=above), [act(ASK)], MOMENT).findings
    assert (found.facts["count"], found.facts["open"], len(compared)) == (30, 1, 29)

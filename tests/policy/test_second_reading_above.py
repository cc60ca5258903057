"""Clauses 10 and 11 read a second time: links to the accounts above, and questions asked there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from munsocial.model.accounts import AccountKind
from munsocial.model.statements import Inquiry
from munsocial.testing.factories import (
    account,
    attestation,
    body,
    comment,
    link,
    missing,
    moment,
    post,
    requirement,
    status,
    upstream,
    view,
)
from second_reading import NOT_APPLICABLE, REMARK, SATISFIED, SUSPENDED, UNKNOWN, Case, cases, judge, several

RIVER = body("river", "settlement", tags=("rural_settlement_body",), places=("село Приречное",))
PAGE = account("river-vk", "river")
GOVERNOR, KRAI, DISTRICT = (
    upstream(role) for role in ("krai_governor", "krai_administration", "district_administration")
)
THREE = ("krai_governor", "krai_administration", "district_administration")
SUBSCRIBED = requirement("subscription.upstream", "should", clause="10", upstream=THREE)
ONE = requirement("subscription.upstream", "should", clause="10", upstream=("krai_governor",))
STATED = attestation("subscription.upstream", "river-vk")


def above(situation: str, expected: Any, *records: Any, links: Any = (), ask: Any = ONE, **more: Any) -> Case:
    return Case(situation, ask, expected, (RIVER, PAGE, *records), (view("river-vk", links=links),), **more)


OLD, NEW = (
    GOVERNOR.but(id="old", network_id="up-old", handle="old_governor"),
    GOVERNOR.but(id="new", network_id="up-new", handle="new"),
)
CHANGED = (OLD.but(until=date(2026, 11, 22)), NEW.but(since=date(2026, 11, 23)))


@cases(
    above(
        "подписан на всех троих",
        SATISFIED,
        GOVERNOR,
        KRAI,
        DISTRICT,
        ask=SUBSCRIBED,
        links=[link(GOVERNOR, "subscription"), link(KRAI, "subscription"), link(DISTRICT, "subscription")],
        proof="network",
    ),
    above(
        "на одного не подписан",
        REMARK,
        GOVERNOR,
        KRAI,
        DISTRICT,
        ask=SUBSCRIBED,
        links=[link(GOVERNOR, "subscription"), link(DISTRICT, "subscription")],
        says="администрация края",
        to_do="одпи",
    ),
    above("сообщество подписаться не может: годится ссылка", SATISFIED, GOVERNOR, links=[link(GOVERNOR)]),
    above("подписан профиль-владелец", SATISFIED, GOVERNOR, links=[link(GOVERNOR, "owner_profile_subscription")]),
    above(
        "акт принимает только подписку, есть только ссылка",
        REMARK,
        GOVERNOR,
        links=[link(GOVERNOR)],
        ask=requirement("subscription.upstream", "should", upstream=("krai_governor",), accept=("subscription",)),
    ),
    above("в реестре нет вышестоящих ни в одной сети", UNKNOWN, says="губернатор края", to_do="upstream"),
    Case(
        "сообщество подписаться не может, а акт принимает только подписку",
        requirement("subscription.upstream", "should", upstream=("krai_governor",), accept=("subscription",)),
        NOT_APPLICABLE,
        (RIVER, PAGE, GOVERNOR),
        view("river-vk", links=(), can={"subscribe": False}),
    ),
    above("подписки скрыты", UNKNOWN, GOVERNOR, links=missing("closed")),
    above(
        "подписки скрыты, подтвердил ответственный",
        SATISFIED,
        GOVERNOR,
        STATED,
        links=missing("closed"),
        proof="attestation",
    ),
    above(
        "подписки скрыты, подтверждение истекло вчера",
        UNKNOWN,
        GOVERNOR,
        STATED.but(valid_until=date(2026, 11, 22)),
        links=missing("closed"),
    ),
    above("у губернатора нет аккаунта в этой сети", NOT_APPLICABLE, upstream("krai_governor", "ok")),
    above("губернатор сменился сегодня, подписка осталась на прежнего", REMARK, *CHANGED, links=[link(OLD)]),
    above("губернатор сменился сегодня, подписан на нового", SATISFIED, *CHANGED, links=[link(NEW)]),
    above("накануне смены верен прежний", SATISFIED, *CHANGED, links=[link(OLD)], at=moment("2026-11-22 23:59")),
    above(
        "страница в запрещённой сети",
        SUSPENDED,
        GOVERNOR,
        of_act={"network_status": (status("vk", since="2026-01-01"),)},
    ),
    above("ссылка только по короткому имени", SATISFIED, GOVERNOR, links=[link(GOVERNOR).but(network_id=None)]),
    above(
        "регистр короткого имени не важен",
        SATISFIED,
        GOVERNOR,
        links=[link(GOVERNOR).but(network_id=None, handle="Krai_Governor_VK")],
    ),
    above("ссылка на тёзку с другим номером", REMARK, GOVERNOR, links=[link(GOVERNOR).but(network_id="up-fake")]),
)
def test_subscriptions(case: Case) -> None:
    judge(case)


ANSWERS = requirement("reply.upstream", "should", clause="11", upstream=("krai_governor",))
QUESTION = comment("Когда починят дорогу в селе Приречное?", "2026-11-18 13:00", post_id="up-1")
ELSEWHERE = comment("Когда починят дорогу в городе Сочи?", "2026-11-18 13:00", post_id="up-1")
UP_POST = post("2026-11-18 09:00", id="up-1", url="https://vk.example/wall-1_1")
REPLY = comment("Начнём в марте.", "2026-11-18 18:00", post_id="up-1", reply_to=QUESTION.id, by_account="river-vk")


YOUNG = requirement("reply.upstream", "should", clause="11", upstream=("krai_governor",), since_="2026-11-23")


def question(
    situation: str, expected: Any, *comments: Any, mine: Any = (), records: Any = (), ask: Any = ANSWERS, **more: Any
) -> Case:
    seen = view("krai_governor-vk", posts=[UP_POST], comments=comments)
    known = (RIVER, PAGE, GOVERNOR, *several(records))
    return Case(situation, ask, expected, known, (view("river-vk", posts=mine),),
                **{"above": (seen,), **more})  # fmt: skip


@cases(
    question("ответили на месте", SATISFIED, QUESTION, REPLY),
    question("не ответили пятые сутки", REMARK, QUESTION, to_do="тветьте"),
    question("вопросу меньше суток: срока в порядке нет", UNKNOWN, QUESTION.but(at=moment("2026-11-22 18:00"))),
    question("вопрос о другом месте", NOT_APPLICABLE, ELSEWHERE),
    question("вопросов не было", NOT_APPLICABLE),
    question(
        "благодарность - не вопрос", NOT_APPLICABLE, comment("Спасибо губернатору от села Приречное!", post_id="up-1")
    ),
    question(
        "ответили у себя со ссылкой на вопрос",
        SATISFIED,
        QUESTION.but(url="https://vk.example/wall-1_1?reply=5"),
        mine=[post("2026-11-19 10:00", "Отвечаем на вопрос https://vk.example/wall-1_1?reply=5 о дороге.")],
    ),
    question(
        "ответил кто-то другой, не поселение", REMARK, QUESTION, REPLY.but(by_account=None, author_id="citizen-9")
    ),
    question(
        "ответил профиль - владелец страницы",
        [SATISFIED, SATISFIED],
        QUESTION,
        REPLY.but(by_account=None, author_id="id-owner"),
        records=(account("owner", "river", kind=AccountKind.PROFILE)),
    ),
    question("на вопрос уже ответили наверху", NOT_APPLICABLE, QUESTION, REPLY.but(by_account=None, by_owner=True)),
    question(
        "тот же человек спросил то же дважды: вопрос один",
        REMARK,
        QUESTION,
        QUESTION.but(id="again", at=moment("2026-11-19 13:00")),
        says="— 1, без ответа — 1",
    ),
    question("вопрос удалён автором", NOT_APPLICABLE, QUESTION.but(deleted=True, text="")),
    question("комментарии губернатора не прочитаны", UNKNOWN, above=(view("krai_governor-vk", comments=missing()),)),
    question("губернатора в снимке нет", UNKNOWN, above=()),
    Case(
        "в реестре нет вышестоящих ни в одной сети: вопросы не с чем искать",
        ANSWERS,
        UNKNOWN,
        (RIVER, PAGE),
        (view("river-vk"),),
        says="ни в одной сети",
        to_do="upstream",
    ),
    question("вопрос задан до требования", NOT_APPLICABLE, QUESTION, ask=YOUNG, says="с 23 ноября 2026 года"),
    question(
        "вопрос вне компетенции",
        NOT_APPLICABLE,
        QUESTION,
        records=(Inquiry(id="q", body="river", item=QUESTION.id, account="krai_governor-vk", within_competence=False),),
    ),
    question("ответ раньше вопроса - не ответ", REMARK, QUESTION, REPLY.but(at=moment("2026-11-18 12:00"))),
)
def test_questions_above(case: Case) -> None:
    judge(case)


PROFILE = account("river-vk", "river", kind=AccountKind.PROFILE)


def test_a_profile_that_may_subscribe_is_judged_like_a_page() -> None:
    judge(Case("профиль не подписан", ONE, REMARK, (RIVER, PROFILE, GOVERNOR), (view("river-vk", links=()),)))


@pytest.mark.parametrize(("kind", "expected"), [("subscription", SATISFIED), ("link", SATISFIED), ("", REMARK)])
def test_a_profile_is_its_own_owner(kind: str, expected: Any) -> None:
    ask = requirement("subscription.upstream", "should", upstream=("krai_governor",),
                      accept=("owner_profile_subscription",))  # fmt: skip
    links = (link(GOVERNOR, kind),) if kind else ()
    judge(Case("подписан сам профиль", ask, expected, (RIVER, PROFILE, GOVERNOR), (view("river-vk", links=links),)))

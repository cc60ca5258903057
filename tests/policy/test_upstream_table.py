"""Clauses 10 and 11: settlements follow the accounts above and answer questions asked there."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.content import Comment, Link
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.model.statements import Inquiry
from munsocial.testing.factories import (
    MOMENT,
    account,
    attestation,
    body,
    comment,
    link,
    missing,
    moment,
    person,
    post,
    requirement,
    status,
    upstream,
    view,
)
from policy_tables import Row, check, rows

ROLES = ["krai_governor", "krai_administration", "district_administration"]
FOLLOW = requirement(
    "subscription.upstream", "should", clause="10", applies_to=["rural_settlement_body"], upstream=ROLES
)
VILLAGE = body(
    "lebedinoye",
    "settlement",
    name="Администрация Лебединого сельского поселения",
    tags=("rural_settlement_body",),
    places=("хутор Лебединый",),
)
PAGE = account("lebedinoye-vk", "lebedinoye")
GOVERNOR, KRAI, DISTRICT = (upstream(role) for role in ROLES)
HERE = (VILLAGE, PAGE, GOVERNOR, KRAI, DISTRICT)
ALL_LINKS = tuple(link(one) for one in (GOVERNOR, KRAI, DISTRICT))


def seen(links: Any, **other: Any) -> tuple[AccountView, ...]:
    return (view("lebedinoye-vk", links=links, **other),)


@rows(
    Row("ссылки на всех вышестоящих", FOLLOW, "met", HERE, seen(ALL_LINKS)),
    Row(
        "подписан на всех вышестоящих",
        FOLLOW,
        "met",
        HERE,
        seen(tuple(link(one, "subscription") for one in (GOVERNOR, KRAI, DISTRICT))),
    ),
    Row(
        "нет ссылки на администрацию района", FOLLOW, "not_met", HERE, seen(ALL_LINKS[:2]), says="администрация района"
    ),
    Row("сообщество не может подписаться, ссылок нет", FOLLOW, "not_met", HERE, seen((), can={"subscribe": False})),
    Row(
        "сообщество не может подписаться: подписан профиль-владелец",
        FOLLOW,
        ["met", "met"],
        (
            VILLAGE,
            account("lebedinoye-vk", "lebedinoye", owner_profile="owner"),
            account("owner", "lebedinoye", kind="profile"),
            GOVERNOR,
            KRAI,
            DISTRICT,
        ),
        (
            view("lebedinoye-vk", links=()),
            view("owner", links=tuple(link(one, "subscription") for one in (GOVERNOR, KRAI, DISTRICT))),
        ),
    ),
    Row("подписки скрыты: не известно", FOLLOW, "unknown", HERE, seen(missing("closed"))),
    Row(
        "подписки скрыты, но подтверждены",
        FOLLOW,
        "met",
        (*HERE, person("petrov", "lebedinoye"), attestation("subscription.upstream", "lebedinoye-vk", by="petrov")),
        seen(missing("closed")),
    ),
    Row(
        "список подписок прочитан не весь",
        FOLLOW,
        "unknown",
        HERE,
        seen(Observed(value=ALL_LINKS[:1], at=MOMENT, gaps=(Missing(why=Why.QUOTA),))),
    ),
    Row(
        "вышестоящих аккаунтов в этой сети нет",
        FOLLOW,
        "not_applicable",
        (VILLAGE, PAGE, upstream("krai_governor", "ok")),
        seen(()),
    ),
    Row(
        "аккаунта администрации края в сети нет: судят остальных",
        FOLLOW,
        "met",
        (VILLAGE, PAGE, GOVERNOR, DISTRICT),
        seen((link(GOVERNOR), link(DISTRICT))),
    ),
    Row(
        "губернатор сменился, ссылка осталась на прежнего",
        FOLLOW,
        "not_met",
        (
            VILLAGE,
            PAGE,
            GOVERNOR.but(id="old", network_id="up-old", handle="old_governor", until=date(2026, 9, 30)),
            GOVERNOR.but(since=date(2026, 10, 1)),
        ),
        seen((Link(kind="link", network_id="up-old", handle="old_governor"),)),
    ),
    Row(
        "губернатор сменился, ссылка на нового",
        FOLLOW,
        "met",
        (
            VILLAGE,
            PAGE,
            GOVERNOR.but(id="old", network_id="up-old", until=date(2026, 9, 30)),
            GOVERNOR.but(since=date(2026, 10, 1)),
        ),
        seen((link(GOVERNOR),)),
    ),
    Row(
        "ссылка записана адресом страницы",
        FOLLOW,
        "met",
        (VILLAGE, PAGE, GOVERNOR),
        seen((Link(kind="link", url="https://vk.com/krai_governor_vk?from=menu"),)),
    ),
    Row(
        "роль в реестре названа короче: governor",
        FOLLOW,
        "met",
        (VILLAGE, PAGE, upstream("governor")),
        seen((link(upstream("governor")),)),
    ),
    Row(
        "акт не принимает ссылок вместо подписки",
        requirement(
            "subscription.upstream",
            "should",
            applies_to=["rural_settlement_body"],
            upstream=ROLES,
            accept=["subscription"],
        ),
        "not_met",
        HERE,
        seen(ALL_LINKS),
    ),
    Row(
        "сеть ограничена законом",
        FOLLOW,
        "suspended",
        (VILLAGE, account("lebedinoye-fb", "lebedinoye", "facebook"), upstream("krai_governor", "facebook")),
        (),
        of_act={"network_status": (status("facebook"),)},
    ),
    Row(
        "администрация района пунктом 10 не названа",
        FOLLOW,
        "not_applicable",
        (body(), account(), GOVERNOR),
        seen(ALL_LINKS),
    ),
)
def test_settlements_follow_those_above(row: Row) -> None:
    check(row)


ANSWER = requirement("reply.upstream", "should", clause="11", applies_to=["rural_settlement_body"], upstream=ROLES)
QUESTION = comment("Когда в хуторе Лебединый починят дорогу?", id="q1", url="https://vk.com/wall-1_2?reply=3")
LATER = "2026-11-19 10:00"


def above(*comments: Comment, **other: Any) -> tuple[AccountView, ...]:
    known = {"posts": (), **other}
    return (view(GOVERNOR.id, comments=comments, **known), view(KRAI.id, comments=()), view(DISTRICT.id, comments=()))


@rows(
    Row("вопросов не было", ANSWER, "not_applicable", HERE, seen(()), above(comment("Спасибо!"))),
    Row("вопрос без ответа пятый день", ANSWER, "not_met", HERE, seen(()), above(QUESTION)),
    Row(
        "вопрос задан час назад",
        ANSWER,
        "unknown",
        HERE,
        seen(()),
        above(comment("Когда в хуторе Лебединый починят дорогу?", "2026-11-23 09:00")),
    ),
    Row(
        "ответили под вопросом",
        ANSWER,
        "met",
        HERE,
        seen(()),
        above(QUESTION, comment("Починим в среду.", LATER, reply_to="q1", by_account="lebedinoye-vk", author_id=None)),
    ),
    Row(
        "ответили под вопросом, автор узнан по id страницы",
        ANSWER,
        "met",
        HERE,
        seen(()),
        above(QUESTION, comment("Починим в среду.", LATER, reply_to="q1", author_id="-id-lebedinoye-vk")),
    ),
    Row(
        "под вопросом ответил посторонний",
        ANSWER,
        "not_met",
        HERE,
        seen(()),
        above(QUESTION, comment("Никогда!", LATER, reply_to="q1", author_id="citizen-7")),
    ),
    Row(
        "ответил сам вышестоящий аккаунт: отвечать больше некому",
        ANSWER,
        "not_applicable",
        HERE,
        seen(()),
        above(QUESTION, comment("Взяли на контроль.", LATER, reply_to="q1", by_owner=True)),
    ),
    Row(
        "ответили в своём аккаунте со ссылкой на вопрос",
        ANSWER,
        "met",
        HERE,
        seen((), posts=(post(LATER, "Отвечаем на вопрос https://vk.com/wall-1_2?reply=3: починим в среду."),)),
        above(QUESTION),
    ),
    Row(
        "своя запись вышла раньше вопроса",
        ANSWER,
        "not_met",
        HERE,
        seen((), posts=(post("2026-11-17 10:00", "https://vk.com/wall-1_2?reply=3"),)),
        above(QUESTION),
    ),
    Row(
        "ответ записан в журнале обращений",
        ANSWER,
        "met",
        (*HERE, Inquiry(id="i1", body="lebedinoye", item="q1", answered_at=moment(LATER))),
        seen(()),
        above(QUESTION),
    ),
    Row(
        "вопрос вне компетенции",
        ANSWER,
        "not_applicable",
        (*HERE, Inquiry(id="i1", body="lebedinoye", item="q1", within_competence=False)),
        seen(()),
        above(QUESTION),
        says="Вопросы к этому поселению (1) его ответа не ждут",
    ),
    Row(
        "тот же человек спросил дважды: один вопрос",
        ANSWER,
        "met",
        HERE,
        seen(()),
        above(
            QUESTION,
            comment(QUESTION.text, "2026-11-20 10:00"),
            comment("Починим.", "2026-11-20 11:00", reply_to="q1", by_account="lebedinoye-vk", author_id=None),
        ),
    ),
    Row(
        "вопрос о другом месте",
        ANSWER,
        "not_applicable",
        HERE,
        seen(()),
        above(comment("Когда в городе Краснодар починят дорогу?")),
    ),
    Row("комментарии вышестоящих не видны", ANSWER, "unknown", HERE, seen(()), ()),
    Row(
        "вышестоящих в этой сети нет",
        ANSWER,
        "not_applicable",
        (VILLAGE, PAGE, upstream("krai_governor", "ok")),
        seen(()),
        (),
    ),
)
def test_settlements_answer_questions_asked_above(row: Row) -> None:
    check(row)

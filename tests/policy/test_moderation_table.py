"""Clauses 9.1 to 9.4: who moderates, what should be gone, and that bans and removals have a ground."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from munsocial.model.content import Comment
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.model.statements import Removal
from munsocial.testing.factories import (
    MOMENT,
    account,
    appointment,
    attestation,
    ban,
    comment,
    message,
    missing,
    moment,
    person,
    profile,
    requirement,
    view,
)
from policy_tables import Row, check, rows

VK = (account(),)
DUTY = requirement("moderation.duty", clause="9.1", by="responsible_for_running", objects=["comments", "messages"])


@rows(
    Row(
        "есть ответственный за ведение",
        DUTY,
        "met",
        (*VK, person(), appointment("ivanova", "administration", "running")),
    ),
    Row(
        "есть ответственный за модерацию",
        DUTY,
        "met",
        (*VK, person(), appointment("ivanova", "administration", "moderation")),
    ),
    Row("ответственного нет", DUTY, "not_met", VK),
    Row("ответственный уволен", DUTY, "not_met", (*VK, person(until=date(2026, 11, 1)), appointment())),
    Row(
        "модерирует владелец страницы",
        requirement("moderation.duty", by="page_owner"),
        "met",
        (account(owner_person="ivanova"), person()),
    ),
    Row("владелец не известен", requirement("moderation.duty", by="page_owner"), "unknown", VK),
    Row(
        "назначенное должностное лицо",
        requirement("moderation.duty", by="appointed_official"),
        "not_met",
        (*VK, person(), appointment("ivanova", "administration", "running")),
    ),
    Row(
        "слово акта, которого программа не понимает",
        requirement("moderation.duty", by="regional_centre"),
        "unknown",
        VK,
    ),
)
def test_somebody_moderates(row: Row) -> None:
    check(row)


LAW = requirement("moderation.grounds", clause="9.2", grounds=["law_violation"], objects=["comments", "messages"])
WORDS = requirement("moderation.grounds", clause="9.3", grounds=["spam", "insult", "obscenity"])
FLOOD = requirement("moderation.grounds", grounds=["flood"])
THREAT = "Я тебя найду и убью, ходи оглядывайся"
OBSCENE = "Дорога у вас просто пиздец"
INSULT = "Глава района дебил и урод"


def said(*comments: Comment, **other: Any) -> tuple[AccountView, ...]:
    return (view(comments=comments, **other),)


def removal(item: str, ground: str = "obscenity", **fields: Any) -> Removal:
    known = {"at": moment("2026-11-18 13:30"), "by": "ivanova", "author_id": "citizen-1", **fields}
    return Removal(account="administration-vk", item=item, ground=ground, **known)


@rows(
    Row(
        "списка оснований нет под рукой: чисто ли, не известно",
        requirement("moderation.grounds", grounds=[]),
        "unknown",
        VK,
        said(comment()),
    ),
    Row("обычные комментарии", WORDS, "met", VK, said(comment())),
    Row(
        "резкая критика — не основание",
        WORDS,
        "met",
        VK,
        said(
            comment(
                "Позор! Третий год не можете сделать дорогу, деньги разворовали, а отчитываетесь как ни в чём не бывало"
            )
        ),
    ),
    Row("брань стоит шестой день", WORDS, "not_met", VK, said(comment(OBSCENE))),
    Row("брань написана час назад: ещё не успели", WORDS, "unknown", VK, said(comment(OBSCENE, "2026-11-23 09:00"))),
    Row("брань удалена", WORDS, "met", VK, said(comment("", deleted=True))),
    Row("похоже на оскорбление: решает человек", WORDS, "unknown", VK, said(comment(INSULT))),
    Row(
        "оскорбление подтверждено человеком, но не удалено",
        WORDS,
        "not_met",
        (*VK, removal("c1", "insult")),
        said(comment(INSULT, id="c1")),
    ),
    Row(
        "комментарий восстановлен по жалобе",
        WORDS,
        "unknown",
        (*VK, removal("c1", "insult", restored_at=moment("2026-11-19 10:00"))),
        said(comment(INSULT, id="c1")),
    ),
    Row(
        "основание «критика» ничего не подтверждает",
        WORDS,
        "met",
        (*VK, removal("c1", "criticism")),
        said(comment("Плохо работаете", id="c1")),
    ),
    Row("комментариев не видно", WORDS, "unknown", VK, (view(comments=missing("no_right")),)),
    Row("комментарии закрыты", WORDS, "not_applicable", VK, (view(comments=(), profile=profile(comments_open=False)),)),
    Row(
        "видна часть комментариев, в ней чисто",
        WORDS,
        "unknown",
        VK,
        (view(comments=Observed(value=(comment(),), at=MOMENT, gaps=(Missing(why=Why.UNREACHABLE, item="p7"),))),),
    ),
    Row(
        "видна часть комментариев, в ней брань",
        WORDS,
        "not_met",
        VK,
        (
            view(
                comments=Observed(value=(comment(OBSCENE),), at=MOMENT, gaps=(Missing(why=Why.UNREACHABLE, item="p7"),))
            ),
        ),
    ),
    Row("брань своего сотрудника", WORDS, "not_met", VK, said(comment(OBSCENE, by_owner=True))),
    Row("комментарий написан позже проверяемого дня", WORDS, "met", VK, said(comment(OBSCENE, "2026-11-25 10:00"))),
    Row("признаки нарушения закона: решает человек", LAW, ["unknown", "unknown"], VK, said(comment(THREAT))),
    Row(
        "нарушение подтверждено, комментарий стоит",
        LAW,
        ["not_met", "unknown"],
        (*VK, removal("c1", "law_violation")),
        said(comment("текст", id="c1")),
    ),
    Row(
        "подтверждено час назад: ещё не успели",
        LAW,
        ["unknown", "unknown"],
        (*VK, removal("c1", "law_violation", at=moment("2026-11-23 09:00"))),
        said(comment("текст", id="c1")),
    ),
    Row("сообщения тоже видны", LAW, ["met", "met"], VK, (view(comments=(comment(),), messages=(message(),)),)),
    Row(
        "сообщения закрыты",
        LAW,
        ["met", "not_applicable"],
        VK,
        (view(comments=(comment(),), profile=profile(messages_open=False)),),
    ),
    Row(
        "брань внутри осмысленной жалобы тоже подлежит удалению",
        WORDS,
        "not_met",
        VK,
        said(comment("Когда почините свет на Речной? Темно пиздец, дети идут в школу наощупь")),
    ),
    Row(
        "акт запрещает посторонние ссылки",
        requirement("moderation.grounds", grounds=["external_links"]),
        "unknown",
        VK,
        said(comment("Смотрите https://example.org/a")),
    ),
    Row(
        "акт запрещает посторонние ссылки в сообщениях: свои - не посторонние",
        requirement("moderation.grounds", grounds=["external_links"], objects=["messages"]),
        "met",
        VK,
        (view(messages=(message("Запись: https://example.org/a", outgoing=True),)),),
    ),
    Row("акт запрещает флуд: видит только человек", FLOOD, "unknown", VK, said(comment())),
    Row(
        "флуд: человек посмотрел и подтвердил",
        FLOOD,
        "met",
        (*VK, person(), attestation("moderation.grounds", "administration-vk", date=date(2026, 11, 20))),
        said(comment()),
    ),
    Row("флуд: никто ничего не писал", FLOOD, "met", VK, said()),
)
def test_what_should_be_gone(row: Row) -> None:
    check(row)


def test_a_suspicion_carries_its_place_and_its_confidence() -> None:
    (finding,) = Row("", WORDS, (), VK, said(comment(OBSCENE))).report().findings
    (place,) = finding.evidence
    assert place.means == "text"
    assert place.quote == OBSCENE[place.start : place.end] == "пиздец"
    assert place.confidence is not None
    assert 0 < place.confidence <= 1


BANS = requirement("moderation.sanctions", "may", clause="9.4", ladder=["ban"], by_network_rules=True)


@rows(
    Row("никого не заблокировали: правом не пользовались", BANS, "not_applicable", VK, (view(bans=()),)),
    Row(
        "виден не весь чёрный список, и в виденном никого",
        BANS,
        "unknown",
        VK,
        (view(bans=Observed(value=(), at=MOMENT, gaps=(Missing(why=Why.UNREACHABLE),))),),
    ),
    Row("заблокирован после записанного удаления", BANS, "met", (*VK, removal("c1")), (view(bans=(ban(),)),)),
    Row("заблокирован без записанного основания", BANS, (), VK, (view(bans=(ban(),)),), derived=["ungrounded_ban"]),
    Row(
        "удаление записано после блокировки",
        BANS,
        (),
        (*VK, removal("c1", at=moment("2026-11-19 10:00"))),
        (view(bans=(ban(),)),),
        derived=["ungrounded_ban"],
    ),
    Row(
        "записано удаление другого человека",
        BANS,
        (),
        (*VK, removal("c1", author_id="citizen-2")),
        (view(bans=(ban(),)),),
        derived=["ungrounded_ban"],
    ),
    Row(
        "удалённое восстановлено, блокировка осталась",
        BANS,
        (),
        (*VK, removal("c1", restored_at=moment("2026-11-20 10:00"))),
        (view(bans=(ban(),)),),
        derived=["ungrounded_ban"],
    ),
    Row(
        "заблокирован за критику",
        BANS,
        (),
        (*VK, removal("c1", "criticism")),
        (view(bans=(ban(),)),),
        derived=["ungrounded_ban"],
    ),
    Row("блокировка уже кончилась", BANS, "not_applicable", VK, (view(bans=(ban(until=moment("2026-11-20 10:00")),)),)),
    Row(
        "заблокирован навсегда",
        BANS,
        "met",
        (*VK, removal("c1")),
        (view(bans=(ban(forever=True),)),),
        derived=["ban_forever"],
    ),
    Row("чёрный список не читается этим ключом", BANS, "unknown", VK, (view(bans=missing("no_right")),)),
    Row("в сети нет чёрного списка", BANS, "not_applicable", VK, (view(bans=missing("absent")),)),
)
def test_bans_have_a_ground(row: Row) -> None:
    check(row)


@pytest.mark.parametrize(
    ("kind", "advice"),
    [("community", "Ограничьте срок блокировки."), ("profile", "Разблокируйте, когда пройдёт назначенный срок")],
)
def test_a_page_that_blocks_without_terms_is_not_told_to_set_one(kind: str, advice: str) -> None:
    """At VK the page of a person blocks without a term, and munsocial refuses one there."""
    report = Row("", BANS, (), (account(kind=kind), removal("c1")), (view(bans=(ban(forever=True),)),)).report()
    (found,) = [one for one in report.findings if one.derived == "ban_forever"]
    assert found.remedy is not None
    assert found.remedy.ru.startswith(advice)


def test_a_permission_never_fails_but_an_ungrounded_ban_is_a_violation_of_its_own() -> None:
    report = Row("", BANS, (), VK, (view(bans=(ban(),)),)).report()
    assert [one.derived for one in report.violations] == ["ungrounded_ban"]
    assert not report.of(level="may", outcome="not_met")


CRITICISM = requirement("moderation.protect_criticism", exceptions=["law_violation", "insult", "obscenity", "spam"])


@rows(
    Row("ничего не удаляли и никого не блокировали", CRITICISM, "met", VK, (view(bans=(), comments=(comment(),)),)),
    Row("удалено по закрытому списку", CRITICISM, "met", (*VK, removal("c1")), (view(bans=(), comments=()),)),
    Row(
        "угроза — тоже нарушение закона",
        CRITICISM,
        "met",
        (*VK, removal("c1", "threat")),
        (view(bans=(), comments=()),),
    ),
    Row("удалено за критику", CRITICISM, "not_met", (*VK, removal("c1", "criticism")), (view(bans=(), comments=()),)),
    Row(
        "удалено как «не по теме», а такого основания нет",
        CRITICISM,
        "not_met",
        (*VK, removal("c1", "off_topic")),
        (view(bans=(), comments=()),),
    ),
    Row(
        "ошибочно удалённое восстановлено",
        CRITICISM,
        "met",
        (*VK, removal("c1", "criticism", restored_at=moment("2026-11-19 10:00"))),
        (view(bans=(), comments=()),),
    ),
    Row("заблокирован без основания", CRITICISM, "not_met", VK, (view(bans=(ban(),), comments=()),)),
    Row(
        "комментарий исчез, запись об этом не сделана",
        CRITICISM,
        "unknown",
        VK,
        (view(bans=(), comments=(comment("", deleted=True),)),),
    ),
    Row("чёрный список не виден", CRITICISM, "unknown", VK, (view(bans=missing("no_right"), comments=()),)),
)
def test_criticism_is_protected(row: Row) -> None:
    check(row)

"""A demand judges nothing that was before it: neither before its act or itself came into force, nor before the body."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from munsocial.model.content import PostKind, RepostSource
from munsocial.model.credentials import Credential, Handover
from munsocial.model.statements import Inquiry, Recommendation, Removal
from munsocial.policy import Act, audit
from munsocial.policy.force import Force, force_of
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    appointment,
    attestation,
    ban,
    body,
    comment,
    district,
    moment,
    person,
    post,
    requirement,
    snapshot,
    view,
    weekly,
)
from policy_tables import Row, check, rows

VK = (account(),)
TODAY = {"in_force_from": date(2026, 11, 23)}
LAST_WEEK = {"in_force_from": date(2026, 11, 16)}
RESPONSE: dict[str, Any] = {"limit": 9, "unit": "working_hours"}


def asked(situation: str, ask: Any, expected: Any, of_act: dict[str, Any], **moments: str) -> Row:
    one = Inquiry(id="q", body="administration", **{name: moment(text) for name, text in moments.items()})
    return Row(situation, ask, expected, (body(), one), of_act=of_act)


LATE = {"detected_at": "2026-10-01 10:00", "answered_at": "2026-10-20 10:00"}


@rows(
    asked("ответили поздно, но до акта", requirement("reply.deadline", **RESPONSE), "not_applicable", TODAY, **LATE),
    asked("ответили поздно при действующем акте", requirement("reply.deadline", **RESPONSE), "not_met", {}, **LATE),
    asked(
        "ответили поздно, но ещё до начала требования",
        requirement("reply.deadline", since_="2026-11-23", **RESPONSE),
        "not_applicable",
        {},
        **LATE,
    ),
    asked(
        "спросили до акта, заметили при нём: срок идёт от обнаружения",
        requirement("reply.deadline", **RESPONSE),
        "not_met",
        LAST_WEEK,
        asked_at="2026-11-15 10:00",
        detected_at="2026-11-16 10:00",
        answered_at="2026-11-19 10:00",
    ),
    asked("переслали поздно, но до акта", requirement("reply.routing", **RESPONSE), "not_applicable", TODAY, **LATE),
    asked(
        "спросили до акта, ответили при нём: о содержании ответа судят",
        requirement("reply.content", must_have=["measures_taken"]),
        "unknown",
        LAST_WEEK,
        asked_at="2026-11-13 10:00",
        answered_at="2026-11-17 10:00",
    ),
    asked(
        "ответили до акта: о содержании ответа не судят",
        requirement("reply.content", must_have=["measures_taken"]),
        "not_applicable",
        LAST_WEEK,
        asked_at="2026-11-13 10:00",
        answered_at="2026-11-14 10:00",
    ),
)
def test_messages_of_citizens(row: Row) -> None:
    check(row)


BIG = RepostSource(network_id="1", name="Блогер", subscribers=50_000, registered=False)
SHARED = post("2026-11-10 10:00", kind=PostKind.REPOST, source=BIG)
TOPICS = requirement("posting.topics", topics=["activity"])
OFF_TOPIC = post("2026-11-10 10:00", topic="other")


@rows(
    Row("репост сделан до акта", requirement("posting.repost_source"), "not_applicable", VK, (view(posts=(SHARED,)),),
        of_act=LAST_WEEK),
    Row("репост сделан при акте", requirement("posting.repost_source"), "not_met", VK, (view(posts=(SHARED,)),)),
    Row("акт действует с сегодняшнего дня, записей ещё нет", TOPICS, "unknown", VK, (view(posts=()),), of_act=TODAY,
        says="с 23 ноября 2026 года"),
    Row("акт действует две недели, записи были только раньше", TOPICS, "not_met", VK,
        (view(posts=weekly(5, week="2026-11-02")),), of_act={"in_force_from": date(2026, 11, 9)},
        says="с 9 ноября 2026 года; с тех пор ни одной публикации"),
    Row("запись не по теме вышла до акта, при нём - по теме", TOPICS, "met", VK,
        (view(posts=(OFF_TOPIC, post("2026-11-18 10:00", topic="activity"))),), of_act=LAST_WEEK,
        says="1 публикация"),
    Row("два формата были до акта, при нём один", requirement("posting.formats", min_distinct=2), "not_met", VK,
        (view(posts=(post("2026-11-10 10:00", formats=("photo", "video")),
                     post("2026-11-18 10:00", formats=("text",)))),), of_act=LAST_WEEK),
    Row("брань в записи была до акта", requirement("posting.style", avoid=["obscenity"]), "not_applicable", VK,
        (view(posts=(post("2026-11-10 10:00", "Дорога просто пиздец, но мы её починим"),)),), of_act=LAST_WEEK),
)  # fmt: skip
def test_publications(row: Row) -> None:
    check(row)


FREE = requirement("moderation.protect_criticism", exceptions=["spam", "insult"])
BANS = requirement("moderation.sanctions", "may", ladder=["ban"])
SPAM = requirement("moderation.grounds", grounds=["obscenity"])
REMOVED = Removal(account="administration-vk", item="5", at=moment("2026-11-10 10:00"), ground="flood",
                  author_id="citizen-1")  # fmt: skip
SEEN = (view(bans=(), comments=()),)
SWEARING = (view(comments=(comment("Дорога у вас просто пиздец", "2026-11-10 10:00"),)),)


@rows(
    Row("удалили за флуд до акта", FREE, "met", (*VK, REMOVED), SEEN, of_act=LAST_WEEK),
    Row("удалили за флуд при акте", FREE, "not_met", (*VK, REMOVED), SEEN),
    Row("заблокировали до акта без основания, блокировка стоит: она длится", FREE, "not_met", VK,
        (view(bans=(ban(since="2026-11-10 11:00"),), comments=()),), of_act=LAST_WEEK),
    Row("удалили за спам и заблокировали до акта: основание остаётся основанием", FREE, "met",
        (*VK, REMOVED.but(ground="spam")), (view(bans=(ban(since="2026-11-10 11:00"),), comments=()),),
        of_act=LAST_WEEK),
    Row("брань стоит с тех времён, когда акта не было, акту десять часов", SPAM, "unknown", VK, SWEARING, of_act=TODAY),
    Row("брань стоит с тех времён, когда акта не было, акту неделя", SPAM, "not_met", VK, SWEARING, of_act=LAST_WEEK),
)  # fmt: skip
def test_removals_and_bans(row: Row) -> None:
    check(row)


HEIR = (person(), person("petrov"), appointment(until=date(2026, 11, 1)))
RUNNING = requirement("responsible.appointed", duties=["running"])


def gap(situation: str, said: str, *records: Any, heir_since: date = date(2026, 11, 15), **more: Any) -> Row:
    heir = appointment("petrov", since=heir_since)
    derived = ["gap"] if said else ()
    return Row(situation, RUNNING, "met", (*HEIR, heir, *records), (), says=said, derived=derived, **more)


@rows(
    gap("разрыв в назначениях", "2 по 14 ноября 2026 года", account()),
    gap("разрыв кончился до открытия аккаунта", "", account(opened=date(2026, 11, 20))),
    gap("аккаунт открыт посреди разрыва", "10 по 14 ноября 2026 года", account(opened=date(2026, 11, 10))),
    gap("разрыв кончился накануне появления органа", "", account(), body(since=date(2026, 11, 15))),
    gap("разрыв кончился накануне вступления акта в силу", "", account(), of_act={"in_force_from": date(2026, 11, 15)}),
    gap("акт вступил в силу в последний день разрыва", "14 ноября 2026 года", account(),
        of_act={"in_force_from": date(2026, 11, 14)}),
)  # fmt: skip
def test_days_on_which_nobody_answered(row: Row) -> None:
    check(row)


def changed(day: date) -> tuple[Any, ...]:
    """A login that passed from one to another on a day, with the record of nobody."""
    keys = {"account": "administration-vk", "kind": "login"}
    return (
        person(), person("petrov"), appointment(), appointment("petrov"),
        Credential(holder="petrov", since=date(2024, 1, 1), until=day, **keys),
        Credential(holder="ivanova", since=day + timedelta(days=1), **keys),
    )  # fmt: skip


KEYS = requirement("credentials.custody", handover_record=True)
OCTOBER = date(2026, 10, 1)
HANDED = Handover(account="administration-vk", giver="petrov", taker="ivanova", date=OCTOBER, rotated=False)


@rows(
    Row("хранитель сменился до акта", KEYS, "met", (*VK, *changed(OCTOBER)), (), of_act=LAST_WEEK),
    Row("хранитель сменился при акте", KEYS, ["met", "not_met"], (*VK, *changed(OCTOBER)), ()),
    Row("хранитель сменился до открытия аккаунта", KEYS, "met", (account(opened=date(2026, 10, 5)), *changed(OCTOBER)),
        ()),
    Row("пароль не сменён при передаче до акта", KEYS, "met", (*VK, *changed(OCTOBER), HANDED), (), of_act=LAST_WEEK),
    Row("пароль не сменён при передаче при акте", KEYS, "met", (*VK, *changed(OCTOBER), HANDED), (),
        derived=["not_rotated"]),
)  # fmt: skip
def test_keys_that_changed_hands(row: Row) -> None:
    check(row)


ALIGNED = requirement("policy.alignment")
STATED = (person(), attestation("policy.alignment", "administration"))


def recommended(day: str, **more: Any) -> Recommendation:
    return Recommendation(id="r", from_whom="Департамент", date=date.fromisoformat(day), summary="проще", **more)


@rows(
    Row("рекомендация пришла до акта, реакции нет", ALIGNED, "met", (*STATED, recommended("2023-05-18")), (),
        of_act=LAST_WEEK),
    Row("рекомендация пришла при акте, реакции нет", ALIGNED, "not_met", (*STATED, recommended("2023-05-18")), ()),
    Row("срок рекомендации вышел", ALIGNED, "met",
        (*STATED, recommended("2023-05-18", valid_until=date(2026, 11, 22))), ()),
    Row("последний день рекомендации", ALIGNED, "not_met",
        (*STATED, recommended("2023-05-18", valid_until=date(2026, 11, 23))), ()),
    Row("срок вышел, а отказались без причины", ALIGNED, "not_met",
        (*STATED, recommended("2023-05-18", valid_until=date(2026, 11, 22), refused=date(2026, 5, 1))), ()),
)  # fmt: skip
def test_recommendations(row: Row) -> None:
    check(row)


def test_two_demands_of_different_age_look_at_recommendations_apart() -> None:
    old, new = (
        requirement("policy.alignment", id_="old"),
        requirement("policy.alignment", id_="new", since_="2026-11-16"),
    )
    report = audit(district(*STATED, recommended("2023-05-18")), snapshot(), [act(old, new)], MOMENT)
    assert [(one.requirement, str(one.outcome)) for one in report.findings] == [("old", "not_met"), ("new", "met")]


DATED = {"date": "2026-11-18", "number": "12-р"}
MADE = requirement("account.exists", networks=["vk"], deadline_days=30)


@rows(
    Row("подписан сегодня, о вступлении ничего: прошлая неделя", requirement("posting.frequency", min=5),
        ["not_applicable", "unknown"], VK, (view(posts=()),), of_act={"date": "2026-11-20"},
        seen={"since": "2026-11-16"}),
    Row("ещё не подписан", requirement("comments.enabled"), "not_applicable", VK, (view(),),
        of_act={"date": "2026-12-01"}),
    Row("старый акт, новое требование: 30 дней с требования идут",
        requirement("account.exists", networks=["vk"], deadline_days=30, since_="2026-11-01"), "unknown", (body(),), (),
        of_act={"in_force_from": date(2024, 1, 1)}, says="1 декабря 2026 года"),
    Row("начало есть только у требования: 30 дней вышли",
        requirement("account.exists", networks=["vk"], deadline_days=30, since_="2026-09-01"), "not_met", (body(),),
        ()),
    Row("30 дней со дня подписания", MADE, "unknown", (body(),), (), of_act=DATED, says="18 декабря 2026 года"),
    Row("начала нет нигде", MADE, "unknown", (body(),), (), says="этот день не известен"),
)  # fmt: skip
def test_the_first_day(row: Row) -> None:
    check(row)


def test_an_old_removal_and_the_shipped_federal_demand() -> None:
    from munsocial.policy import load_acts

    old = REMOVED.but(at=moment("2023-05-18 10:00"))
    report = audit(district(*VK, old), snapshot(*SEEN), load_acts(["federal"]), MOMENT)
    (finding,) = report.of(kind="moderation.protect_criticism")
    assert str(finding.outcome) == "met"


@pytest.mark.parametrize(
    ("of_act", "own", "force"),
    [
        ({}, {}, Force()),
        ({"date": "2026-11-18"}, {}, Force(date(2026, 11, 18))),
        ({"date": "2026-11-18", "in_force_from": "2026-11-01"}, {}, Force(date(2026, 11, 1))),
        ({"date": "2026-11-18"}, {"since_": "2026-11-01"}, Force(date(2026, 11, 18))),
        ({"in_force_from": "2026-11-16"}, {}, Force(date(2026, 11, 16))),
        ({"in_force_from": "2026-11-16"}, {"since_": "2026-11-01"}, Force(date(2026, 11, 16))),
        ({"in_force_from": "2026-11-16"}, {"since_": "2026-11-20"}, Force(date(2026, 11, 20))),
        ({"in_force_until": "2026"}, {"until_": "2026-11-30"}, Force(None, date(2026, 11, 30))),
        ({"in_force_until": "2026-10"}, {"until_": "2026-11-30"}, Force(None, date(2026, 10, 31))),
    ],
)
def test_the_narrower_of_two_bounds(of_act: dict[str, Any], own: dict[str, Any], force: Force) -> None:
    demand = requirement("comments.enabled", **own)
    order = Act.model_validate({**act(demand).model_dump(by_alias=True), **of_act, "requirements": (demand,)})
    assert force_of(order, demand) == force

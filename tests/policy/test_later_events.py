"""What happens after the moment judged changes nothing: an audit of an earlier day sees that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from munsocial.model.people import ActReference
from munsocial.model.statements import Inquiry, Removal
from munsocial.testing.factories import (
    account,
    appointment,
    ban,
    body,
    comment,
    moment,
    person,
    profile,
    requirement,
    view,
)
from policy_tables import Row, check, rows

VK = (account(),)


def asked(situation: str, ask: Any, expected: str, **fields: Any) -> Row:
    given = {name: moment(value) if name.endswith("_at") else value for name, value in fields.items()}
    return Row(situation, ask, expected, (body(), Inquiry(id="q", body="administration", **given)))


def boundary(applies: bool) -> Any:
    return requirement("reply.appeal_boundary", appeals_law_applies=applies)


APPEALS = requirement("reply.deadline", limit=30, unit="days", start="asked", applies_when="appeal_under_59_fz")
HOURS = requirement("reply.deadline", limit=24, unit="hours", start="detected")
ASKED = {"asked_at": "2026-10-01 10:00"}
LATER, EARLIER = {"registered_at": "2026-12-18 10:00"}, {"registered_at": "2026-11-18 10:00"}


@rows(
    asked("обращение зарегистрируют лишь потом", boundary(True), "not_met", appeal=True, **ASKED, **LATER),
    asked("обращение уже зарегистрировано", boundary(True), "met", appeal=True, **ASKED, **EARLIER),
    asked("сообщение по ошибке зарегистрируют лишь потом", boundary(False), "met", **ASKED, **LATER),
    asked("сообщение уже зарегистрировано по ошибке", boundary(False), "not_met", **ASKED, **EARLIER),
    asked("обращением сообщение станет лишь потом", APPEALS, "not_applicable", **ASKED, **LATER),
    asked("обращением сообщение уже стало", APPEALS, "not_met", **ASKED, **EARLIER),
)
def test_a_message_registered_later(row: Row) -> None:
    check(row)


def test_a_message_answered_later_is_told_as_waiting() -> None:
    found = asked("", HOURS, "", detected_at="2026-11-23 09:00", answered_at="2026-11-23 20:00").report().findings
    assert [(str(one.outcome), one.facts["pending"], one.facts["dark"]) for one in found] == [("unknown", 1, 0)]


def removal(restored: str | None, ground: str = "obscenity") -> Removal:
    return Removal(
        account="administration-vk",
        item="c1",
        at=moment("2026-11-18 13:30"),
        ground=ground,
        author_id="citizen-1",
        kind="comment",
        restored_at=moment(restored) if restored else None,
    )


SANCTIONS = requirement("moderation.sanctions", "may")
PROTECT = requirement("moderation.protect_criticism", exceptions=["insult"])
INSULT = requirement("moderation.grounds", grounds=["insult"])
STILL = comment("Просто слова", "2026-11-18 13:00", id="c1", author_id="citizen-1")


def removed(situation: str, ask: Any, expected: str, record: Removal, *derived: str, comments: Sequence[Any]) -> Row:
    seen = view(bans=(ban(),) if ask is SANCTIONS else (), comments=comments, profile=profile())
    return Row(situation, ask, expected or (), (*VK, record), (seen,), derived=derived)


@rows(
    removed("комментарий вернут лишь потом", SANCTIONS, "met", removal("2026-12-20"), comments=()),
    removed("комментарий уже вернули", SANCTIONS, "", removal("2026-11-20"), "ungrounded_ban", comments=()),
    removed("удалённую критику вернут лишь потом", PROTECT, "not_met", removal("2026-12-20", "criticism"), comments=()),
    removed("удалённую критику уже вернули", PROTECT, "met", removal("2026-11-20", "criticism"), comments=()),
    removed("решение отменят лишь потом", INSULT, "not_met", removal("2026-12-20", "insult"), comments=(STILL,)),
    removed("решение уже отменено", INSULT, "met", removal("2026-11-20", "insult"), comments=(STILL,)),
)
def test_a_comment_restored_later(row: Row) -> None:
    check(row)


def appointed(situation: str, expected: str, *acts: date) -> Row:
    ask = requirement("responsible.appointed", duties=["running"], act_required=True)
    records = [appointment(act=ActReference(number="1", date=day)) for day in acts]
    return Row(situation, ask, expected, (*VK, person(), *records))


@rows(
    appointed("акт о назначении датирован завтрашним днём", "not_met", date(2026, 11, 24)),
    appointed("акт о назначении датирован сегодняшним днём", "met", date(2026, 11, 23)),
)
def test_an_act_of_tomorrow(row: Row) -> None:
    check(row)

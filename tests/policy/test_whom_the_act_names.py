"""What nobody noted is not known: whose role or position an appointed person has, to whom something was reported."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.model.statements import Inquiry
from munsocial.policy import audit
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    appointment,
    body,
    district,
    moment,
    person,
    requirement,
    snapshot,
)
from second_reading import SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

HERE = account()
HEAD = requirement("responsible.appointed", duties=["running"], roles=["начальник отдела информации"])
DRIVER, PETROV = person(position="водитель"), person("petrov")


@cases(
    Case(
        "назначен водитель, роль в акте о назначении не записана",
        HEAD,
        VIOLATED,
        (HERE, DRIVER, appointment()),
        says="Назначены не те",
    ),
    Case(
        "ни роль, ни должность не записаны",
        HEAD,
        UNKNOWN,
        (HERE, person(), appointment()),
        says="не записано",
        to_do="должность (position)",
    ),
    Case("должность та самая", HEAD, SATISFIED, (HERE, person(position="Начальник отдела информации"), appointment())),
    Case("из двоих один водитель, о другом не записано", HEAD, UNKNOWN,
         (HERE, DRIVER, PETROV, appointment(), appointment("petrov"))),
    Case("из двоих один тот, кого называет акт", HEAD, SATISFIED,
         (HERE, DRIVER, PETROV, appointment(), appointment("petrov", role="начальник отдела информации"))),
)  # fmt: skip
def test_those_whom_the_act_names(case: Case) -> None:
    judge(case)


DEPUTY = requirement("responsible.appointed", duties=["running"], roles=["заместитель главы", "пресс-секретарь"])


@cases(
    *(
        Case(f"{position}; роль: {role}", DEPUTY, expected, (HERE, person(position=position), appointment(role=role)))
        for position, role, expected in (
            ("Заместитель главы администрации", "", SATISFIED),
            ("Первый заместитель главы", "", SATISFIED),
            ("пресс-секретарь главы", "", SATISFIED),
            ("водитель", "заместитель главы района", SATISFIED),
            ("заместитель", "", UNKNOWN),
            ("секретарь по связям с прессой", "", UNKNOWN),
            ("Зам. главы администрации", "", UNKNOWN),
            ("заместитель начальника отдела", "", UNKNOWN),
            ("заместитель начальника отдела", "системный администратор", VIOLATED),
            ("водитель", "", VIOLATED),
            # Only an act may be retold in Latin letters; this role is another one, whatever its letters.
            ("водитель", "SMM", VIOLATED),
            ("", "PR manager", VIOLATED),
            ("SMM", "", VIOLATED),
            ("пресс-секретарь", "SMM", SATISFIED),
            ("", "", UNKNOWN),
        )
    )
)
def test_a_position_in_fuller_words(case: Case) -> None:
    judge(case)


REPORT = requirement("reply.escalation", to="governor", when=["socially_significant"])
MARKED: dict[str, Any] = {"significant": ("socially_significant",), "escalated_at": moment("2026-11-18 11:00")}


def asked(**fields: Any) -> Inquiry:
    return Inquiry(**{"id": "q1", "body": "administration", **fields})


@cases(
    Case(
        "доложено, а кому, не записано",
        REPORT,
        UNKNOWN,
        (HERE, asked(**MARKED)),
        says="кому, не записано",
        to_do="escalated_to",
    ),
    Case("доложено губернатору", REPORT, SATISFIED, (HERE, asked(**MARKED, escalated_to="governor"))),
    Case("кому докладывать, акт не говорит", requirement("reply.escalation"), SATISFIED, (HERE, asked(**MARKED))),
    Case("об одном не записано кому, о другом не доложено", REPORT, VIOLATED,
         (HERE, asked(**MARKED), asked(id="q2", significant=("socially_significant",)))),
)  # fmt: skip
def test_to_whom_it_was_reported(case: Case) -> None:
    judge(case)


BODIES = (
    body(),
    body("culture", "sectoral"),
    body("archive", "functional", legal_entity=False),
    body("river", "settlement", tags=("rural_settlement_body",)),
    body("school", "organisation"),
)


@pytest.mark.parametrize(
    ("word", "addressed"),
    [
        ("administration", {"administration"}),
        ("municipality", {"administration"}),
        ("sectoral", {"culture"}),
        ("body", {"culture", "archive"}),
        ("legal_entity_body", {"culture"}),
        ("settlement_administration", {"river"}),
        ("rural_settlement_body", {"river"}),
        ("local_body", {"administration", "culture", "archive", "river"}),
        ("subordinate_organisation", {"school"}),
        ("school", {"school"}),
        ("cossacks", set()),
    ],
)
def test_by_which_words_an_act_addresses_whom(word: str, addressed: set[str]) -> None:
    ask = requirement("account.exists", networks=["vk"], applies_to=[word])
    report = audit(district(*BODIES), snapshot(), [act(ask)], MOMENT)
    assert {one.subject for one in report.findings if one.outcome == "not_met"} == addressed

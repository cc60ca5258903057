"""Findings show machine words by name, so people write the names into the register: they mean what was shown."""

from __future__ import annotations

from munsocial.model.statements import Inquiry
from munsocial.testing.factories import account, body, moment, requirement, view, weekly
from policy_tables import Row, check, rows

CONTENT = requirement(
    "reply.content", must_have=["measures_taken", "stages_and_terms", "or_reasoned_impossibility_with_references"]
)
REPORT = requirement("reply.escalation", to="governor", when=["socially_significant"])
CATEGORY = requirement("account.category", categories=["flagship", "card"])
BY_CATEGORY = requirement("posting.frequency", by_category={"flagship": 5, "card": 1})
PAGE = (view(posts=weekly(3)),)
WEEK = {"since": "2026-11-16"}


def answered(*has: str, marks: tuple[str, ...] = (), to: str = "") -> Inquiry:
    at = moment("2026-11-18 10:00")
    return Inquiry(
        id="i1",
        body="administration",
        asked_at=at,
        answered_at=at,
        answer_has=has,
        significant=marks,
        escalated_at=at if to else None,
        escalated_to=to,
    )


@rows(
    Row("ответ по-русски полный", CONTENT, "met", (body(), answered("принятые меры", "Этапы и сроки"))),
    Row("ответ по-русски без сроков", CONTENT, "not_met", (body(), answered("принятые меры"))),
    Row("названы английские имена", CONTENT, "met", (body(), answered("measures taken", "stages and terms"))),
    Row(
        "обоснование невозможности",
        CONTENT,
        "met",
        (body(), answered("обоснование невозможности со ссылками")),
    ),
    Row(
        "обоснование невозможности, как его пишет отчёт",
        CONTENT,
        "met",
        (body(), answered("либо обоснование невозможности со ссылками")),
    ),
    Row(
        "важное по-русски, доложено губернатору",
        REPORT,
        "met",
        (body(), answered(marks=("социально значимое",), to="губернатор")),
    ),
    Row("важное по-русски, не доложено", REPORT, "not_met", (body(), answered(marks=("Социально значимое",)))),
    Row(
        "важное доложено другому",
        REPORT,
        "not_met",
        (body(), answered(marks=("социально значимое",), to="глава района")),
    ),
    Row("отметка не о важном", REPORT, "not_applicable", (body(), answered(marks=("флуд",)))),
    Row("категория по-русски", CATEGORY, "met", (account(category="Флагманская"),), PAGE),
    Row("категории по-русски в акте нет", CATEGORY, "not_met", (account(category="активная"),), PAGE),
)
def test_a_word_may_be_written_by_its_name(row: Row) -> None:
    check(row)


@rows(
    Row(
        "норма флагманской: пяти нет, новая неделя идёт",
        BY_CATEGORY,
        ("not_met", "unknown"),
        (account(category="флагманская"),),
        PAGE,
        seen=WEEK,
    ),
    Row(
        "норма визитки: одной хватает, новая неделя идёт",
        BY_CATEGORY,
        ("met", "unknown"),
        (account(category="визитка"),),
        PAGE,
        seen=WEEK,
    ),
    Row("категории в акте нет", BY_CATEGORY, "unknown", (account(category="особая"),), PAGE, seen=WEEK),
)
def test_the_number_of_a_category_written_by_its_name(row: Row) -> None:
    check(row)

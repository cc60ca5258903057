"""Findings and reports for the tests of the report's forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from munsocial.policy.finding import Finding
from munsocial.policy.report import ActSummary, Report, SubjectSummary
from munsocial.policy.verdict import Level, Outcome
from munsocial.wording import Text

HOSTILE = '<script>alert("1")</script>=HYPERLINK("http://evil.example")\x00\ud800'
MOMENT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def finding(outcome: Outcome, level: Level = Level.MUST, **changes: object) -> Finding:
    base = Finding(
        act="kalininsky",
        requirement="posts-weekly",
        clause="5",
        kind="posting.frequency",
        level=level,
        subject="lipovka-vk",
        outcome=outcome,
        text=Text("На неделе {count} публикаций.", "{count} posts in the week."),
        facts={"count": 3},
        evidence=(),
        remedy=Text("Опубликуйте ещё.", "Publish more."),
        waiver=None,
        body="lipovka",
        network="vk",
        derived="",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # fields by name, as the tables below give them


def report(*findings: Finding) -> Report:
    return Report(
        municipality="priruchye",
        name="Приреченский район",
        timezone="Europe/Moscow",
        at=MOMENT,
        taken_at=MOMENT,
        since=MOMENT,
        source="sandbox",
        acts=(ActSummary("kalininsky", "Порядок", "draft", {"5": Text("Пять в неделю", "Five a week")}),),
        subjects={"lipovka-vk": SubjectSummary("lipovka-vk", "account", HOSTILE, "lipovka", "vk", "javascript:x")},
        findings=findings,
    )

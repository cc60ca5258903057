"""A duty that rests for a body or the municipality rests whatever it is judged for, on the days of its rest alone."""

from __future__ import annotations

from datetime import date

from munsocial.model.statements import ExemptPeriod, Inquiry
from munsocial.testing.factories import account, body, moment, requirement, view, weekly
from policy_tables import Row, check, rows

LATE = Inquiry(id="q", body="administration", detected_at=moment("2026-11-10 10:00"))
DEADLINE = requirement("reply.deadline", limit=24, unit="hours", start="detected")
EXISTS = requirement("account.exists", networks=["vk"])
APPOINTED = requirement("responsible.appointed", duties=["running"])


def rest(kind: str, subject: str = "administration", last: int = 30) -> ExemptPeriod:
    return ExemptPeriod(
        subject=subject, since=date(2026, 11, 1), until=date(2026, 11, last), reason="пожар в здании", kinds=(kind,)
    )


@rows(
    Row("срок ответа: отдых органа", DEADLINE, "not_applicable", (body(), LATE, rest("reply.deadline")), says="пожар"),
    Row(
        "срок ответа: отдых всего района",
        DEADLINE,
        "not_applicable",
        (body(), LATE, rest("reply.deadline", "prirechensky")),
    ),
    Row("срок ответа: отдых кончился", DEADLINE, "not_met", (body(), LATE, rest("reply.deadline", last=22))),
    Row("срок ответа: отдых от другого", DEADLINE, "not_met", (body(), LATE, rest("reply.routing"))),
    Row(
        "срок ответа: отдых другого органа",
        DEADLINE,
        ["not_met", "not_applicable"],
        (body(), body("school", "organisation"), LATE, rest("reply.deadline", "school")),
    ),
    Row("аккаунта нет, создавать его пока не нужно", EXISTS, "not_applicable", (body(), rest("account.exists"))),
    Row(
        "политика: отдых органа",
        requirement("policy.alignment"),
        "not_applicable",
        (body(), rest("policy.alignment")),
    ),
    Row(
        "обязанность района: отдых района",
        requirement("coordination"),
        "not_applicable",
        (body(), rest("coordination", "prirechensky")),
    ),
    Row(
        "обязанность района: отдых администрации, которая за неё отвечает",
        requirement("coordination"),
        "not_applicable",
        (body(), rest("coordination")),
    ),
    Row(
        "обязанность района: отдых школы её не снимает",
        requirement("coordination"),
        "unknown",
        (body(), body("school", "organisation"), rest("coordination", "school")),
    ),
    Row(
        "ответственного пока нет, и аккаунта нет",
        APPOINTED,
        "not_applicable",
        (body(), rest("responsible.appointed")),
    ),
    Row(
        "публикации органа в сумме: судят неделю за неделей",
        requirement("posting.frequency", min=3, scope="per_body"),
        ["not_applicable", "unknown"],
        (account(), rest("posting.frequency", last=22)),
        (view(posts=weekly(1)),),
        seen={"since": "2026-11-09"},
    ),
)
def test_resting_bodies(row: Row) -> None:
    check(row)

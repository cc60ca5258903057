"""Situations of a third reading: what a municipality writes down in its own words, and what acts then find of it."""

from __future__ import annotations

from typing import Any

from munsocial.model.content import PostKind
from munsocial.model.statements import Inquiry, Removal
from munsocial.testing.factories import (
    account,
    appointment,
    attestation,
    body,
    comment,
    moment,
    person,
    requirement,
    upstream,
    view,
    weekly,
)
from second_reading import NOT_APPLICABLE, SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

HERE = account()
PRESS = requirement("responsible.appointed", duties=["running"], roles=["Пресс-секретарь"])
IN_AN_HOUR: dict[str, Any] = {"limit": 60, "unit": "minutes"}
LATE = Inquiry(
    id="q1",
    body="administration",
    account="administration-vk",
    detected_at=moment("2026-11-20 10:00"),
    assigned_at=moment("2026-11-20 15:00"),
)


@cases(
    Case(
        "роль в назначении другая, но должность та, которую называет акт",
        PRESS,
        SATISFIED,
        (HERE, person(position="пресс-секретарь"), appointment(role="куратор")),
    ),
    Case(
        "ни роль, ни должность не те",
        PRESS,
        VIOLATED,
        (HERE, person(position="водитель"), appointment(role="куратор")),
        says="Назначены не те",
    ),
    Case(
        "о согласовании заявила администрация: за муниципалитет отвечает она",
        requirement("coordination", **{"with": "департамент"}),
        SATISFIED,
        (HERE, person(), attestation("coordination", "administration")),
    ),
    Case(
        "о согласовании заявил посторонний орган: за муниципалитет он не отвечает",
        requirement("coordination", **{"with": "департамент"}),
        UNKNOWN,
        (HERE, body("school", "sectoral"), person(), attestation("coordination", "school")),
    ),
    Case(
        "утверждение записано по-русски, как его называет акт",
        requirement("attested", statement="Правила размещены на сайте"),
        SATISFIED,
        (HERE, person(), attestation("Правила размещены на сайте", "administration")),
        proof="attestation",
    ),
    Case(
        "адресат назван в акте по-русски, орган имеет такую метку",
        requirement("account.exists", applies_to=["казачье общество"], mode="any"),
        {"cossacks": VIOLATED},
        body("cossacks", "organisation", tags=("казачье общество",)),
    ),
)
def test_words_of_the_municipality(case: Case) -> None:
    judge(case)


@cases(
    Case("передано через пять часов вместо одного", requirement("reply.routing", **IN_AN_HOUR), VIOLATED, (HERE, LATE)),
    Case(
        "требование только об Одноклассниках, а спрошено ВКонтакте",
        requirement("reply.routing", networks_=["ok"], **IN_AN_HOUR),
        NOT_APPLICABLE,
        (HERE, LATE),
    ),
    Case(
        "требование о ВКонтакте, спрошено под записью губернатора там же",
        requirement("reply.routing", networks_=["vk"], **IN_AN_HOUR),
        VIOLATED,
        (HERE, upstream(), LATE.but(account="krai_governor-vk")),
    ),
    Case(
        "где спрошено, не записано: требование о сети его не теряет",
        requirement("reply.routing", networks_=["ok"], **IN_AN_HOUR),
        VIOLATED,
        (HERE, LATE.but(account=None)),
    ),
)
def test_a_demand_on_some_networks(case: Case) -> None:
    judge(case)


@cases(
    Case(
        "основание записано словом акта, которого программа не знает: решение человека, комментарий стоит",
        requirement("moderation.grounds", grounds=["призывы к самосуду"], objects=["comments"]),
        VIOLATED,
        (
            HERE,
            Removal(
                account="administration-vk",
                item="c1",
                at=moment("2026-11-19 10:00"),
                ground="призывы к самосуду",
                kind="comment",
            ),
        ),
        view(comments=(comment("Соберёмся и разберёмся", id="c1"),)),
        proof="log",
    ),
)
def test_open_words_in_the_log(case: Case) -> None:
    judge(case)


@cases(
    Case(
        "поселение в реестре есть, но без метки сельского: сказано, кого искали",
        requirement("subscription.upstream", applies_to=["rural_settlement_body"], upstream=["krai_governor"]),
        NOT_APPLICABLE,
        (body("village", "settlement"), account("village-vk", "village")),
        says="к кому обращено требование: орган сельского поселения (метка rural_settlement_body)",
    ),
    Case(
        "органов в реестре нет вовсе",
        requirement("policy.alignment"),
        NOT_APPLICABLE,
        says="В реестре нет ни одного органа.",
    ),
)
def test_nobody_is_addressed(case: Case) -> None:
    judge(case)


@cases(
    Case(
        "два требования считают по-разному: репосты одному в счёт, другому нет",
        (
            requirement("posting.frequency", min=5, id_="with"),
            requirement("posting.frequency", min=5, count_reposts=False, id_="without"),
            requirement("posting.frequency", min=3, count_reposts=False, id_="fewer"),
        ),
        [SATISFIED, UNKNOWN, VIOLATED, UNKNOWN, SATISFIED, UNKNOWN],
        HERE,
        view(posts=(*weekly(3), *weekly(5, kind=PostKind.REPOST)[3:])),
        seen={"since": "2026-11-16"},
    ),
)
def test_demands_that_count_apart(case: Case) -> None:
    judge(case)

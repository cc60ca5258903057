"""A statement counts under every name of its demand, and about the account, the body or the municipality."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from munsocial.model.base import Record
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView
from munsocial.model.statements import Attestation
from munsocial.policy import Requirement, audit
from munsocial.policy.overlooked import check_registry
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    attestation,
    body,
    comment,
    district,
    missing,
    person,
    phone,
    profile,
    requirement,
    snapshot,
    upstream,
    view,
)

VK = account()
NOT_SEEN = view(profile=missing())
QUIET = view(profile=profile(), comments=(comment("Спасибо", "2026-11-18 12:00"),))
FOUND: list[tuple[str, str, dict[str, Any], Sequence[Record], AccountView]] = [
    ("design that no network shows", "profile.design", {"required": ["uniform_style"]}, (), view(profile=profile())),
    ("a name that was not seen", "profile.naming", {"match": "official_name"}, (), NOT_SEEN),
    ("a field that was not seen", "profile.fields", {"required": ["site"]}, (), view(profile=profile())),
    ("comments, open or not", "comments.enabled", {}, (), view(profile=profile(comments_open=None))),
    ("a page that was not seen", "account.exists", {"networks": ["vk"]}, (), NOT_SEEN),
    ("words that only a person finds", "moderation.grounds", {"grounds": ["flood"]}, (), QUIET),
    ("a phone that is not bound on record", "account.bound_phone", {}, (phone(),), view(profile=profile())),
    ("a mark that was not seen", "account.state_verification", {}, (), view(profile=profile())),
    (
        "subscriptions that are hidden",
        "subscription.upstream",
        {"upstream": ["krai_governor"], "accept": ["subscription", "attestation"]},
        (upstream("krai_governor"),),
        view(links=missing("closed")),
    ),
]


def judged(ask: Requirement, records: Sequence[Record], seen: AccountView) -> list[str]:
    report = audit(district(body(), VK, person(), *records), snapshot(seen), [act(ask)], MOMENT)
    return [str(one.outcome) for one in report.of(derived="")]


@pytest.mark.parametrize(("situation", "kind", "params", "records", "seen"), FOUND, ids=[row[0] for row in FOUND])
@pytest.mark.parametrize("about", ["administration-vk", "administration", "prirechensky"])
@pytest.mark.parametrize("name", ["{kind}", "its-own", "order.its-own"])
def test_a_statement_is_found(
    situation: str,
    kind: str,
    params: dict[str, Any],
    records: Sequence[Record],
    seen: AccountView,
    about: str,
    name: str,
) -> None:
    ask = requirement(kind, id_="its-own", **params)
    said = attestation(name.format(kind=kind), about, date=date(2026, 11, 20))
    assert judged(ask, records, seen) == ["unknown"], situation
    assert judged(ask, (*records, said), seen) == ["met"], situation
    assert judged(ask, (*records, said.but(statement="other")), seen) == ["unknown"], situation


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("training", "met"),
        ("training-yearly", "met"),
        ("order.training-yearly", "met"),
        ("attested", "unknown"),  # the name of the kind says nothing of what is attested
        ("other.training-yearly", "unknown"),
    ],
)
def test_what_an_act_wants_attested_has_its_word_for_a_kind(name: str, expected: str) -> None:
    ask = requirement("attested", statement="training", id_="training-yearly")
    assert judged(ask, (attestation(name, "administration"),), view()) == [expected]


MARK = requirement("account.state_verification")
SEEN = view(profile=profile())
EXPIRED = attestation("account.state_verification", "administration-vk", date=date(2024, 1, 1))
OF_BODY = attestation("account.state_verification", "administration", date=date(2026, 10, 1))


@pytest.mark.parametrize(
    ("situation", "said", "expected"),
    [
        ("the page's has expired, the body's is good", (EXPIRED, OF_BODY), "met"),
        ("the page's has expired, the body's denies", (EXPIRED, OF_BODY.but(holds=False)), "not_met"),
        ("both are good: the page's counts", (EXPIRED.but(date=date(2026, 9, 1), holds=False), OF_BODY), "not_met"),
        ("both have expired", (EXPIRED, OF_BODY.but(date=date(2024, 5, 1))), "unknown"),
        ("the page's has expired, the newer one replaces it", (EXPIRED, EXPIRED.but(date=date(2026, 9, 1))), "met"),
    ],
)
def test_a_good_statement_is_not_hidden_by_an_expired_one(
    situation: str, said: tuple[Attestation, ...], expected: str
) -> None:
    assert judged(MARK, said, SEEN) == [expected], situation


ACTS = (act(requirement("policy.alignment", id_="policy"), requirement("attested", statement="training")),)


def _register(statement: str) -> Registry:
    return district(body(), person(), attestation(statement, "administration"))


def test_a_statement_that_nobody_asks_for_is_pointed_out() -> None:
    (notice,) = check_registry(_register("polcy.alignment"), ACTS)
    assert "attestations / № 1 (administration) / statement" in notice.say("ru")
    assert "«polcy.alignment»" in notice.say("ru")
    assert "Может быть, policy.alignment?" in notice.say("ru")
    assert notice.say("en") != notice.say("ru")
    assert check_registry(_register("polcy.alignment"), ()) == ()


@pytest.mark.parametrize("name", ["policy.alignment", "policy", "order.policy", "training", "profile.features"])
def test_a_statement_that_somebody_may_ask_for_is_not(name: str) -> None:
    assert check_registry(_register(name), ACTS) == ()

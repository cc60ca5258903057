"""Clause 10: "does not follow" needs a look at every accepted place; what people state is set beside what was seen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from munsocial.model.accounts import AccountKind
from munsocial.model.content import Link
from munsocial.model.snapshot import Observed
from munsocial.policy import audit
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    attestation,
    body,
    district,
    link,
    missing,
    person,
    profile,
    requirement,
    snapshot,
    upstream,
    view,
)
from second_reading import REMARK, SATISFIED, UNKNOWN, Case, cases, judge

RIVER = body("river", "settlement", tags=("rural_settlement_body",))
OWNED, OWNER = account("river-vk", "river", owner_profile="owner"), account("owner", "river", kind=AccountKind.PROFILE)
ALONE = account("river-vk", "river")
GOVERNOR, KRAI = upstream(), upstream("krai_administration")
PETROV = person("petrov", "river")
SAID = attestation("subscription.upstream", "river-vk", by="petrov")
TODAY = date(2026, 11, 23)


def ask(*accept: str, roles: tuple[str, ...] = ("krai_governor",)) -> Any:
    more = {"accept": accept} if accept else {}
    return requirement("subscription.upstream", "should", clause="10", applies_to=["river-vk"], upstream=roles, **more)


def page(situation: str, expected: Any, *records: Any, links: Any = (), owner: Any = None, **more: Any) -> Case:
    asked = more.pop("ask", ask())
    seen = (view("river-vk", links=links), *(() if owner is None else (view("owner", links=owner),)))
    return Case(situation, asked, expected, (RIVER, PETROV, GOVERNOR, *records), seen, **more)


@cases(
    page(
        "на странице ссылки нет, а подписки владельца сеть не отдала",
        UNKNOWN,
        OWNED,
        OWNER,
        owner=missing(),
        says="сеть не ответила",
        to_do="Повторите сбор",
    ),
    page("подписки владельца в снимок не попали", UNKNOWN, OWNED, OWNER),
    page("ни на странице, ни у владельца нет", REMARK, OWNED, OWNER, owner=()),
    page("владелец только упоминает", REMARK, OWNED, OWNER, owner=[link(GOVERNOR, "mention")]),
    page("у владельца есть, страницу не прочли", SATISFIED, OWNED, OWNER, links=missing(), owner=[link(GOVERNOR)]),
    page("у владельца нет, страницу не прочли", UNKNOWN, OWNED, OWNER, links=missing("no_key"), owner=()),
    page(
        "акт подписок владельца не принимает: смотреть их незачем",
        REMARK,
        OWNED,
        OWNER,
        owner=missing(),
        ask=ask("subscription", "link"),
    ),
    page(
        "акт принимает только подписку владельца, сама страница не важна",
        REMARK,
        OWNED,
        OWNER,
        links=missing(),
        owner=(),
        ask=ask("owner_profile_subscription"),
    ),
    page(
        "акт принимает только подписку владельца, а владелец не записан",
        UNKNOWN,
        ALONE,
        ask=ask("owner_profile_subscription"),
        says="не записан профиль",
        to_do="Впишите",
    ),
    page(
        "профиль-владелец закрыт: чьи подписки смотреть, не известно",
        UNKNOWN,
        OWNED,
        OWNER.but(closed=date(2025, 1, 1)),
        owner=[link(GOVERNOR)],
        ask=ask("owner_profile_subscription"),
    ),
    page(
        "страницей владеет сотрудник лично: его подписок никто не видел",
        UNKNOWN,
        ALONE.but(owner_person="petrov"),
        says="Сотрудник petrov",
        to_do="подтверждение",
    ),
    page("акт принимает только подтверждение, а его нет", UNKNOWN, ALONE, ask=ask("attestation")),
    page("акт принимает только подтверждение, оно есть", SATISFIED, ALONE, SAID, ask=ask("attestation")),
    page(
        "акт принимает только подтверждение, оно истекло",
        UNKNOWN,
        ALONE,
        SAID.but(valid_until=date(2026, 11, 22)),
        ask=ask("attestation"),
        says="действовало по",
    ),
)
def test_every_accepted_place_is_looked_at(case: Case) -> None:
    judge(case)


@cases(
    page(
        "подписки скрыты, ответственный заявил, что их нет",
        REMARK,
        ALONE,
        SAID.but(holds=False),
        links=missing("absent"),
        says="не исполнено",
        proof=["attestation", "network"],
    ),
    page(
        "заявлено, что подписки нет, а ссылка видна",
        SATISFIED,
        ALONE,
        SAID.but(holds=False),
        links=[link(GOVERNOR)],
        proof="network",
    ),
    page(
        "подтверждено давно, теперь не видно ни на странице, ни у владельца",
        REMARK,
        OWNED,
        OWNER,
        SAID,
        owner=(),
        says="Подтверждено 1 октября 2026 года (Сотрудник petrov), а позже не увидено",
        proof=["attestation", "network"],
    ),
    page(
        "подтверждено давно, на странице теперь не видно, чей это профиль, не записано",
        UNKNOWN,
        ALONE,
        SAID,
        says="а позже не увидено",
        to_do="новое подтверждение",
    ),
    page(
        "подтверждено в день снимка, на странице не видно: человек видит больше",
        SATISFIED,
        ALONE,
        SAID.but(date=TODAY),
        says="не видно",
        proof=["attestation", "network"],
    ),
    page(
        "подтверждено, когда смотрели у владельца; страницу прочли на день позже",
        SATISFIED,
        OWNED,
        OWNER,
        SAID.but(date=date(2026, 11, 22)),
        owner=Observed(value=(), at=MOMENT - timedelta(days=1), through="test"),
        says="не видно",
        proof=["attestation", "network"],
    ),
    page(
        "одна ссылка видна, другая подтверждена, подписки скрыты не все",
        SATISFIED,
        OWNED,
        OWNER,
        KRAI,
        SAID,
        links=[link(GOVERNOR)],
        owner=missing(),
        ask=ask(roles=("krai_governor", "krai_administration")),
        says="Подтверждено 1 октября 2026 года (Сотрудник petrov): администрация края",
    ),
)
def test_what_is_stated_stands_beside_what_was_seen(case: Case) -> None:
    judge(case)


THREE = ask(roles=("krai_governor", "krai_administration", "district_administration"))


@cases(
    page(
        "из трёх названных в реестре один: об остальных сказано",
        SATISFIED,
        ALONE,
        links=[link(GOVERNOR)],
        ask=THREE,
        says="В реестре нет их аккаунтов в этой сети: администрация края, администрация района",
    ),
    page(
        "из трёх названных в реестре один, и на него не подписаны",
        REMARK,
        ALONE,
        ask=THREE,
        says="В реестре нет их аккаунтов в этой сети: администрация края, администрация района",
    ),
)
def test_roles_without_an_account_are_named(case: Case) -> None:
    judge(case)


def leading(url: str, **fields: Any) -> tuple[Link, ...]:
    return (Link(kind="link", url=url, **fields),)


HEAD = GOVERNOR.but(handle="example_governor", network_id="777")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://vk.com/example_governor", "met"),
        ("https://vk.ru/Example_Governor/", "met"),
        ("m.vk.com/example_governor?from=menu", "met"),
        ("https://vk.com/club777", "met"),
        ("https://vk.com/public777", "met"),
        ("https://vk.com/club7777", "not_met"),
        ("https://vk.com/id777", "not_met"),
        ("https://t.me/example_governor", "not_met"),
        ("https://ok.ru/example_governor", "not_met"),
        ("https://some-shop.ru/goods/example_governor", "not_met"),
        ("https://vk.com/goods/example_governor", "not_met"),
        ("https://vk.com.some-shop.ru/example_governor", "not_met"),
        ("https://vk.com@some-shop.ru/example_governor", "not_met"),
        ("https://vk.com/away?to=example_governor", "not_met"),
        ("https://[vk.com/example_governor", "not_met"),
    ],
)
def test_an_address_leads_upwards_on_the_site_of_the_network_only(url: str, expected: str) -> None:
    seen = snapshot(view("river-vk", links=leading(url)))
    (found,) = audit(district(RIVER, ALONE, HEAD), seen, [act(ask("link"))], MOMENT).findings
    assert str(found.outcome) == expected


@pytest.mark.parametrize(
    ("link_to", "expected"),
    [
        ({"url": "https://vk.com/example_governor"}, "met"),
        ({"url": "https://vk.com/club777"}, "met"),
        ({"url": "https://vk.com/public777", "network_id": "777"}, "met"),
        ({"url": "https://vk.com/club778", "network_id": "778"}, "not_met"),
        ({"url": "https://vk.com/id777"}, "not_met"),
    ],
)
def test_the_profile_tells_the_number_of_the_account_above(link_to: dict[str, str], expected: str) -> None:
    head = HEAD.but(network_id="")
    above = [view(head.id, profile=profile(network_id="777"))]
    seen = snapshot(view("river-vk", links=leading(**link_to)), above=above)
    (found,) = audit(district(RIVER, ALONE, head), seen, [act(ask("link"))], MOMENT).findings
    assert str(found.outcome) == expected


@pytest.mark.parametrize(
    ("network", "target", "url", "expected"),
    [
        ("vk", {"network_id": "777", "kind": "profile"}, "https://vk.com/id777", "met"),
        ("vk", {"network_id": "777", "kind": "profile"}, "https://vk.com/club777", "not_met"),
        ("ok", {"network_id": "777"}, "https://ok.ru/group/777", "met"),
        ("ok", {"network_id": "777"}, "https://ok.ru/profile/777", "not_met"),
        ("ok", {"network_id": "", "handle": "head"}, "https://ok.ru/head", "met"),
        ("telegram", {"network_id": "", "handle": "@head"}, "https://t.me/s/head", "met"),
        ("max", {"network_id": "", "handle": "head"}, "https://max.ru/head", "met"),
        # A network that nobody described: its site is where its pages were seen.
        ("square", {"network_id": "", "handle": "head"}, "https://square.example/head", "met"),
        ("square", {"network_id": "", "handle": "head"}, "https://shop.example/head", "not_met"),
    ],
)
def test_each_network_writes_addresses_its_way(network: str, target: dict[str, Any], url: str, expected: str) -> None:
    page_here = account("river-page", "river", network)
    above = upstream(network=network, **target)
    asked = requirement("subscription.upstream", applies_to=["river"], upstream=["krai_governor"], accept=["link"])
    own = profile(url=f"https://{network}.example/river")
    seen = snapshot(view("river-page", network=network, links=leading(url), profile=own))
    (found,) = audit(district(RIVER, page_here, above), seen, [act(asked)], MOMENT).findings
    assert str(found.outcome) == expected

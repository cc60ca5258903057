"""Clause 10: which page an address in a link names, in networks that are described and in those of plug-ins."""

from __future__ import annotations

from datetime import date

import pytest

from munsocial.model.content import Link
from munsocial.policy import Finding, audit
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    attestation,
    body,
    district,
    person,
    profile,
    requirement,
    snapshot,
    upstream,
    view,
)
from sentences import fit_for_people

LINK = requirement("subscription.upstream", "should", upstream=["krai_governor"], accept=["link", "attestation"])
SAID = attestation("subscription.upstream", "page", date=date(2026, 11, 1))


def judged(network: str, *urls: str, own: str = "", number: str = "777", stated: bool = False) -> Finding:
    above = upstream(network=network, handle="governor", network_id=number)
    links = tuple(Link(kind="link", url=url) for url in urls)
    seen = view("page", network=network, profile=profile(url=own or None), links=links)
    records = (body(), person(), account("page", network=network), above, *((SAID,) if stated else ()))
    (found,) = audit(district(*records), snapshot(seen), [act(LINK)], MOMENT).findings
    fit_for_people(found)
    return found


@pytest.mark.parametrize(
    ("network", "url", "expected"),
    [
        ("vk", "https://vk.me/governor", "met"),
        ("vk", "https://new.vk.com/governor", "met"),
        ("vk", "https://m.vk.ru/public777", "met"),
        ("vk", "https://vk.com/governor?w=wall-777_15", "met"),
        ("vk", "https://vk.com/public778", "not_met"),
        ("vk", "https://shop.ru/governor", "not_met"),
        ("ok", "https://ok.ru/group777", "met"),
        ("ok", "https://ok.ru/group/777", "met"),
        ("ok", "https://ok.ru/group778", "not_met"),
    ],
)
def test_a_described_network(network: str, url: str, expected: str) -> None:
    assert judged(network, url).outcome == expected


@pytest.mark.parametrize(
    ("url", "own", "expected"),
    [
        # Nothing is known of the site: a shop may have a page of that name, too.
        ("https://rutube.ru/governor", "", "unknown"),
        ("https://rutube.ru/@Governor/", "", "unknown"),
        ("https://rutube.ru/channel/777", "", "unknown"),
        ("https://rutube.ru/mayor", "", "not_met"),
        ("https://rutube.ru/", "", "not_met"),
        # A page of it was seen.
        ("https://rutube.ru/governor", "https://rutube.ru/ours", "met"),
        ("https://shop.ru/governor", "https://rutube.ru/ours", "not_met"),
        ("https://rutube.ru/channel/777", "https://rutube.ru/ours", "unknown"),
    ],
)
def test_a_network_of_a_plug_in(url: str, own: str, expected: str) -> None:
    found = judged("rutube", url, own=own)
    assert found.outcome == expected
    if expected == "unknown":
        assert url in found.say("ru")
        assert "куда ведёт ссылка" in found.advise("ru")


def test_a_statement_and_a_link_that_is_alike_leave_it_open() -> None:
    assert judged("rutube", "https://rutube.ru/mayor", stated=True).outcome == "not_met"
    assert judged("rutube", "https://rutube.ru/governor", stated=True).outcome == "unknown"

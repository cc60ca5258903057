"""Clause 10: which links upwards are missing, and what stands on the page when they are added."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.model.content import Link
from munsocial.network.abilities import Ability, Capabilities, Declared, How
from munsocial.operate.publishing.links import missing_links, plan_links
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    body,
    district,
    profile,
    requirement,
    snapshot,
    upstream,
    view,
)

ADDRESS = "https://vk.com/example_governor"
RIVER, PAGE = body("river", "settlement"), account("river-vk", "river")
ASK = requirement("subscription.upstream", applies_to=["river"], upstream=["krai_governor"], accept=["link"])


class LinksOnly:
    """A network that offers links and nothing else."""

    capabilities = Capabilities(abilities={Ability.EDIT_LINKS: Declared(How.NATIVE)})


def planned(head: Any, *, seen_name: str | None, url: str | None = None) -> tuple[list[str], list[Any]]:
    """Return what is missing in words for people, and what the steps would write."""
    known = district(RIVER, PAGE, head)
    there = profile(network_id="777", name=seen_name, url=ADDRESS)
    links = [Link(kind="link", url=url)] if url else []
    seen = snapshot(
        view("river-vk", links=links), above=[view(head.id, profile=there)], municipality=known.municipality.id
    )
    missing = missing_links(seen, known, [act(ASK)], now=MOMENT)
    adapters: Any = {"vk": LinksOnly()}
    plan = plan_links(seen, registry=known, adapters=adapters, now=MOMENT, acts=[act(ASK)])
    assert all(one.action == "add_link" for one in plan.steps)
    return [one.say() for one in missing], [one.params for one in plan.steps]


@pytest.mark.parametrize(
    ("head", "seen_name", "title"),
    [
        (upstream(name="Губернатор края"), "Пётр Петров", "Губернатор края"),
        (upstream(), "Пётр Петров", "Пётр Петров"),
        (upstream(handle="example_governor"), None, "example_governor"),
        (upstream(handle="", network_id="777"), None, ADDRESS),
    ],
    ids=["the register's name", "the page's own name", "the handle", "the address"],
)
def test_the_title_on_the_page_is_a_name_for_people(head: Any, seen_name: str | None, title: str) -> None:
    _, steps = planned(head, seen_name=seen_name)
    assert steps == [{"url": ADDRESS, "title": title}]


def test_people_read_the_name_of_the_page() -> None:
    told, _ = planned(upstream(), seen_name="Пётр Петров")
    assert told == ["river-vk не ведёт на «Пётр Петров»"]


@pytest.mark.parametrize(
    ("url", "missing"),
    [
        ("https://vk.com/club777", False),
        (ADDRESS, False),
        ("https://vk.com/club778", True),
        ("https://some-shop.ru/example_governor", True),
    ],
)
def test_a_link_that_leads_there_is_not_doubled(url: str, missing: bool) -> None:
    told, steps = planned(upstream(handle="example_governor", network_id=""), seen_name=None, url=url)
    assert (bool(told), bool(steps)) == (missing, missing)

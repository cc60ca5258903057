"""Networks of a demand: an empty list says nothing, and a demand may name a network that its act does not."""

from __future__ import annotations

from typing import Any

from munsocial.policy import audit
from munsocial.testing.factories import MOMENT, account, act, district, requirement, snapshot, status, view, weekly
from policy_tables import Row, check, rows

MAX = (account("administration-max", network="max"),)
IN_MAX = (view("administration-max", network="max", posts=weekly(2)),)
WEEK: dict[str, Any] = {"since": "2026-11-16"}
TWO: dict[str, Any] = {"networks": ("vk", "ok")}


def five(**own: Any) -> Any:
    return requirement("posting.frequency", min=5, **own)


@rows(
    Row(
        "список сетей требования пуст: сети не названы, подходит любая",
        five(networks_=()),
        ["not_met", "unknown"],
        (account(),),
        (view(posts=weekly(4)),),
        seen=WEEK,
    ),
    Row(
        "требование называет сеть, которой в списке акта нет",
        five(networks_=("max",)),
        ["not_met", "unknown"],
        MAX,
        IN_MAX,
        seen=WEEK,
        of_act=TWO,
    ),
    Row(
        "то же требование обо всех страницах органа вместе",
        five(networks_=("max",), scope="per_body"),
        ["not_met", "unknown"],
        MAX,
        IN_MAX,
        seen=WEEK,
        of_act=TWO,
    ),
    Row(
        "ни акт, ни требование сети не называют",
        five(),
        "not_applicable",
        MAX,
        IN_MAX,
        seen=WEEK,
        of_act=TWO,
        says="Акт не называет сеть",
    ),
    Row(
        "требование называет сеть, которой пользоваться нельзя",
        five(networks_=("max",)),
        "suspended",
        MAX,
        IN_MAX,
        seen=WEEK,
        of_act={**TWO, "network_status": (status("max"),)},
    ),
)
def test_named_networks(row: Row) -> None:
    check(row)


def test_a_demand_that_names_a_network_opens_it_for_no_other() -> None:
    asks = (five(networks_=("max",), id_="in-max"), five(id_="anywhere"))
    for order in (asks, asks[::-1]):
        report = audit(district(*MAX), snapshot(*IN_MAX, **WEEK), [act(*order, **TWO)], MOMENT)
        assert {str(one.outcome) for one in report.of(requirement="anywhere")} == {"not_applicable"}
        assert "not_met" in {str(one.outcome) for one in report.of(requirement="in-max")}

"""The federal layer: every fact with its source and certainty, and the status of networks from day to day."""

from __future__ import annotations

import json
from datetime import date

import pytest

from munsocial.policy import load_acts
from munsocial.policy.act import Act, Clause, Fact, NetworkStatus, Requirement
from munsocial.wording import Text
from shared_material import shared


@pytest.fixture(scope="module")
def federal() -> Act:
    return load_acts(["federal"])[0]


def test_every_fact_has_a_source_and_a_certainty(federal: Act) -> None:
    stated: list[Clause | Requirement | NetworkStatus | Fact] = [
        *federal.clauses.values(),
        *federal.requirements,
        *federal.network_status,
        *federal.facts,
    ]
    assert len(stated) > 40
    assert all(one.certainty in {"A", "B", "C"} and one.source for one in stated)


def test_requirements_are_those_of_the_collected_data(federal: Act) -> None:
    listed = json.loads(shared("regulation/federal.json").read_text("utf-8"))["requirements"]
    ours = {one.kind: one for one in federal.requirements}
    assert set(ours) == {one["kind"] for one in listed}
    for one in listed:
        mine = ours[one["kind"]]
        assert (mine.level.value, mine.certainty) == (one["level"], one["certainty"])
        assert str(mine.since).startswith(str(one["from"]))


def test_network_statuses_are_those_of_the_collected_data(federal: Act) -> None:
    listed = json.loads(shared("regulation/federal.json").read_text("utf-8"))["network_status"]
    ours = [(one.network, one.status, one.certainty) for one in federal.network_status]
    assert ours == [(one["network"], one["status"], one["certainty"]) for one in listed]


@pytest.mark.parametrize(
    ("situation", "network", "day", "restricted"),
    [
        ("Facebook before March 2022", "facebook", date(2022, 2, 28), False),
        ("Facebook after the ruling of the court", "facebook", date(2022, 3, 21), True),
        ("Instagram today", "instagram", date(2026, 11, 23), True),
        ("Twitter since March 2022", "twitter", date(2022, 3, 31), True),
        ("VKontakte is listed for official pages", "vk", date(2026, 11, 23), False),
        ("Telegram is slowed, not banned", "telegram", date(2026, 11, 23), False),
        ("MAX is a social network", "max", date(2026, 11, 23), False),
    ],
)
def test_a_network_is_restricted_only_by_a_ban(
    federal: Act, situation: str, network: str, day: date, restricted: bool
) -> None:
    held = [one for one in federal.network_status if one.network == network and one.covers(day)]
    assert any(one.restricting for one in held) is restricted, situation


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2022-03", Text("марта 2022 года", "March 2022")),
        ("2022", Text("2022 года", "2022")),
        (2022, Text("2022 года", "2022")),
        ("2022-03-01", date(2022, 3, 1)),
        (date(2022, 3, 1), date(2022, 3, 1)),
        (None, None),
    ],
)
def test_a_status_tells_its_first_day_as_closely_as_it_is_known(given: object, said: object) -> None:
    status = NetworkStatus.model_validate({"network": "x", "status": "blocked", "from": given})
    assert status.begun == said
    assert status.model_copy().begun == said
    assert status.but(note="по сообщениям").begun == said
    assert NetworkStatus.model_validate(status.model_dump(by_alias=True)).begun == said
    assert NetworkStatus.model_validate_json(status.model_dump_json(by_alias=True)) == status


def test_a_status_with_another_first_day_tells_that_one() -> None:
    status = NetworkStatus.model_validate({"network": "x", "status": "blocked", "from": "2022-03"})
    assert status.but(**{"from": date(2023, 5, 1)}).begun == date(2023, 5, 1)
    assert status.but(**{"from": "2023"}).begun == Text("2023 года", "2023")
    assert status.since == date(2022, 3, 1)


def test_what_was_not_found_is_said(federal: Act) -> None:
    assert len(federal.not_found) == 5

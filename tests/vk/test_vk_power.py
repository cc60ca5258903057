"""Power over a page and over people: what VK is told of it, and what its refusal means."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from munsocial.errors import NetworkError, RequestRefused
from munsocial.network.drafts import Draft
from munsocial.transport.port import drive
from vk_world import account, failing, scripted


@pytest.mark.parametrize(("ground", "reason"), [("spam", "1"), ("insult", "2"), ("obscenity", "3"), ("threat", "0")])
def test_a_ground_goes_by_the_number_of_vk_or_as_another(ground: str, reason: str) -> None:
    adapter, port = scripted("user", groups_ban=1)
    drive(adapter.ban(account(), "555", ground=ground, until=None))
    assert port.asked[0][1]["reason"] == reason


@pytest.mark.parametrize("number", ["x1", "1" * 20, "١"])
def test_nothing_is_sent_for_an_account_whose_number_is_none(number: str) -> None:
    adapter, port = scripted("user")
    nobody = account(network_id=number)
    for deed in (
        adapter.publish(nobody, Draft(text="а"), key="k"),
        adapter.delete_post(nobody, "5"),
        adapter.ban(nobody, "555", ground="spam", until=None),
    ):
        with pytest.raises(RequestRefused, match="network_id"):
            drive(deed)
    assert not port.asked


@pytest.mark.parametrize(
    ("code", "taken"), [(701, True), (15, False), (700, False)], ids=["no member", "closed", "creator"]
)
def test_power_is_taken_from_a_person_only_where_vk_says_so(code: int, taken: bool) -> None:
    adapter, _ = scripted("user", groups_editManager=failing(code))
    with nullcontext() if taken else pytest.raises(NetworkError):
        drive(adapter.remove_manager(account(), "500"))

"""account.exists: how a report says that accounts are missing in named networks and in another one."""

from __future__ import annotations

import pytest

from munsocial.policy import Requirement
from munsocial.testing.factories import body, requirement
from policy_tables import Row

IN_ANOTHER = requirement("account.exists", networks=["other"])
ALL_OF = requirement("account.exists", networks=["vk", "ok", "other"], mode="all")
ANY_OF = requirement("account.exists", networks=["vk", "ok", "other"])


@pytest.mark.parametrize(
    ("ask", "absent", "says", "advises"),
    [
        (
            IN_ANOTHER,
            ["other"],
            "Нет ни одного аккаунта в другой сети.",
            "Создайте аккаунт в другой сети.",
        ),
        (
            ALL_OF,
            ["vk", "ok", "other"],
            "Нет ни одного аккаунта в сетях: ВКонтакте, Одноклассники, а также в другой сети.",
            "Создайте аккаунты в сетях: ВКонтакте, Одноклассники, а также в другой сети.",
        ),
        (
            ANY_OF,
            ["vk", "ok", "other"],
            "Нет ни одного аккаунта в сетях: ВКонтакте, Одноклассники, а также в другой сети.",
            "Создайте аккаунт в любой из сетей: ВКонтакте, Одноклассники, или в другой сети.",
        ),
    ],
)
def test_another_network_is_named_in_its_case(ask: Requirement, absent: list[str], says: str, advises: str) -> None:
    (found,) = Row("", ask, "not_met", (body(),)).report().findings
    assert (found.facts["absent"], found.say("ru"), found.advise("ru")) == (absent, says, advises)
    assert "another network" in found.say("en")

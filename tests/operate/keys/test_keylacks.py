"""What fails for want of a key: all keys of an account together, and the clause behind it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from munsocial.model.credentials import Credential
from munsocial.network.abilities import Ability, Capabilities, Limits, absent, native
from munsocial.network.keyreport import KeyReport
from munsocial.operate.keys.keycheck import check_keys
from munsocial.operate.keys.keylacks import TITLES, key_lacks
from munsocial.testing.factories import MOMENT, account, act, district, requirement
from munsocial.transport.port import drive
from munsocial.wording import Text

DECLARED = Capabilities(
    {
        Ability.READ_PROFILE: native(source="-"),
        Ability.LIST_POSTS: native(keys=("reader", "group_token"), limits=Limits(), source="-"),
        Ability.BAN: native(keys=("group_token",), source="-"),
        Ability.SUBSCRIBE: native(keys=("group_token",), source="-"),
        Ability.REPLY: absent(Text("нет", "no")),
    },
    subscribers=frozenset({"profile"}),
)
OTHER, RIGHT = Text("Нужен другой ключ.", "Another key."), Text("Нет права.", "No right.")
ADAPTERS: Any = {"vk": SimpleNamespace(capabilities=DECLARED)}
ACT = act(requirement("posting.frequency", clause="5"), requirement("moderation.sanctions", clause="9.4"))


def report(kind: str, valid: bool | None = True, **missing: Text) -> KeyReport:
    wants = tuple((Ability(name), why) for name, why in missing.items())
    return KeyReport("administration-vk", kind, f"env:{kind}", valid, missing=wants)


@pytest.mark.parametrize(
    ("situation", "reports", "expected"),
    [
        ("everything serves", [report("group_token")], []),
        ("nothing was asked", [], []),
        ("a key serves reading alone", [report("reader", ban=OTHER)], [("ban", "9.4", OTHER)]),
        ("two keys add up", [report("reader", ban=OTHER), report("group_token", list_posts=RIGHT)], []),
        (
            "a right that is wanting says more than another kind of key",
            [report("reader", ban=OTHER), report("group_token", ban=RIGHT)],
            [("ban", "9.4", RIGHT)],
        ),
        (
            "a key that could not be asked leaves open what it may serve",
            [report("reader", ban=OTHER), report("group_token", None)],
            [],
        ),
        (
            "and nothing that it never serves",
            [report("reader", None), report("group_token", list_posts=RIGHT, ban=RIGHT)],
            [("ban", "9.4", RIGHT)],
        ),
        ("nothing is known where no key could be asked", [report("reader", None)], []),
        (
            "a key that is never asked by itself is none",
            [report("application_secret", None)],
            [
                ("list_posts", "5", Text("Нужен ключ: reader, ключ группы.", "A key is wanted: reader, group token.")),
                ("ban", "9.4", Text("Нужен ключ: ключ группы.", "A key is wanted: group token.")),
            ],
        ),
        (
            "a key that is never asked by itself hides nothing",
            [report("application_secret", None), report("group_token", list_posts=RIGHT)],
            [("list_posts", "5", RIGHT)],
        ),
        (
            "a good key of another kind serves nothing, though it does not say so",
            [report("stranger"), report("group_token", ban=RIGHT)],
            [("ban", "9.4", RIGHT)],
        ),
        (
            "a key that is not valid serves nothing",
            [report("group_token", False)],
            [
                ("list_posts", "5", Text("Нужен ключ: reader, ключ группы.", "A key is wanted: reader, group token.")),
                ("ban", "9.4", Text("Нужен ключ: ключ группы.", "A key is wanted: group token.")),
            ],
        ),
    ],
)
def test_what_fails_with_all_keys_together(situation: str, reports: list[KeyReport], expected: Any) -> None:
    registry = district(account())
    lacks = key_lacks(registry, ADAPTERS, reports, [ACT], on=MOMENT.date())
    assert [(one.ability.value, one.clause, one.why) for one in lacks] == expected, situation
    assert all(one.account == "administration-vk" for one in lacks)


def test_an_account_without_keys_lacks_all_that_wants_one() -> None:
    other = account("other-vk")
    closed = account("closed-vk", closed=date(2025, 1, 1))
    registry = district(account(), other, closed, account("foreign", network="telegram"))
    lacks = key_lacks(registry, ADAPTERS, [report("group_token")], [ACT], on=MOMENT.date())
    assert [(one.account, one.ability.value, one.why.en) for one in lacks] == [
        ("other-vk", "list_posts", "A key is wanted: reader, group token."),
        ("other-vk", "ban", "A key is wanted: group token."),
    ]


class Asking:
    """An adapter that says of each account one key: its own, or the first one's."""

    async def check_keys(self, account: Any) -> list[KeyReport]:
        return [KeyReport(account.id, "reader", "env:READER", True)]


def test_an_account_without_keys_is_asked_about_where_its_network_has_any() -> None:
    registry = district(
        account(),
        account("other-vk"),
        account("closed-vk", closed=date(2025, 1, 1)),
        account("spare-ok", network="ok"),
        Credential(account="administration-vk", kind="reader", secret="env:READER"),
        Credential(account="spare-ok", kind="reader", secret="env:OLD", revoked=date(2025, 1, 1)),
    )
    adapters: Any = {"vk": Asking(), "ok": Asking()}
    assert [one.account for one in drive(check_keys(registry, adapters))] == ["administration-vk", "other-vk"]


def test_every_ability_has_a_title_for_people() -> None:
    assert TITLES.keys() == set(Ability)
    assert all(title.ru != title.en for title in TITLES.values())

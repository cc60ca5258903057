"""What fails for want of a key: all keys of an account together, and the clause behind it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from munsocial.network.abilities import Ability, Capabilities, Limits, absent, native
from munsocial.network.keyreport import KeyReport
from munsocial.operate.keylacks import TITLES, key_lacks
from munsocial.testing.factories import account, act, district, requirement
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
            "a key that could not be asked leaves all open",
            [report("reader", ban=OTHER), report("group_token", None)],
            [],
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
    lacks = key_lacks(registry, ADAPTERS, reports, [ACT])
    assert [(one.ability.value, one.clause, one.why) for one in lacks] == expected, situation
    assert all(one.account == "administration-vk" for one in lacks)


def test_every_ability_has_a_title_for_people() -> None:
    assert TITLES.keys() == set(Ability)
    assert all(title.ru != title.en for title in TITLES.values())

"""Rows of links, subscriptions and managers that cannot be read are told: to have seen none of them is no proof."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.errors import MunsocialError, PermissionDenied, UnreadableAnswer
from munsocial.model.snapshot import Why
from munsocial.transport.port import drive
from vk_world import account, gather, scripted

HEAD = account(8, kind="profile")
KRAI = {"id": 2, "url": "https://vk.com/krai", "name": "Край"}

LINKS: list[tuple[str, list[Any], list[str | None], list[str]]] = [
    ("all is read", [KRAI, {"id": 3, "url": "https://primer.example/"}], ["Край", None], []),
    ("none is there", [], [], []),
    ("rows that are none", [KRAI, "x", ["y"], None], ["Край"], ["?", "?", "?"]),
    ("nothing but a row that is none", ["x"], [], ["?"]),
    ("a link without an address", [KRAI, {"id": 3, "name": "Губернатор"}], ["Край", "Губернатор"], ["Губернатор"]),
    ("an address that is no text", [{"id": 3, "url": {"href": "x"}, "name": "Край"}], ["Край"], ["Край"]),
    ("an empty address", [{"id": 3, "url": " "}], [None], ["?"]),
]


@pytest.mark.parametrize(("situation", "rows", "names", "lost"), LINKS, ids=[one[0] for one in LINKS])
def test_links_that_cannot_be_read_are_gaps_and_no_whole_tuple(
    situation: str, rows: list[Any], names: list[str | None], lost: list[str]
) -> None:
    group = {"id": 1, "name": "Администрация", "screen_name": "adm1", "links": rows}
    adapter, _ = scripted("service", groups_getById={"groups": [group]})
    links = gather(adapter, [account()], {"links"})["adm1"].links
    assert [one.name for one in links.value] == names
    assert [(gap.why, gap.item) for gap in links.gaps] == [(Why.UNREADABLE, "links")] * len(lost)
    assert [gap.ru for gap in links.gaps] == [f"В ответе ВКонтакте не читается: ссылка {name}." for name in lost]
    if not lost:
        assert drive(adapter.read_links(account())) == links.value
        return
    with pytest.raises(UnreadableAnswer, match=f"ссылка {lost[0]}".replace("?", r"\?")) as caught:
        drive(adapter.read_links(account()))
    assert (caught.value.account, caught.value.method) == ("adm1", "groups.getById")


GOVERNOR = {"id": 9, "type": "page", "screen_name": "gov", "name": "Губернатор"}

SUBSCRIPTIONS: list[tuple[str, list[Any], list[str], int]] = [
    ("all is read", [GOVERNOR, {"id": 10}], ["9", "10"], 0),
    ("a person without a number", [GOVERNOR, {"type": "profile"}], ["9"], 0),
    ("rows that are none", [GOVERNOR, None, "x"], ["9"], 2),
    ("a page without a number", [GOVERNOR, {"type": "page", "name": "Край"}], ["9"], 1),
    ("nothing else", [{"type": "page", "name": "Край"}], [], 1),
]


@pytest.mark.parametrize(("situation", "rows", "numbers", "lost"), SUBSCRIPTIONS, ids=[one[0] for one in SUBSCRIPTIONS])
@pytest.mark.parametrize("pages", [1, 2])
def test_subscriptions_that_cannot_be_read_are_gaps_and_no_whole_tuple(
    pages: int, situation: str, rows: list[Any], numbers: list[str], lost: int
) -> None:
    """On a first page of two as well: what was lost there is not forgotten on the second."""
    behind = [{"id": 1000 + number, "type": "page"} for number in range(200 * (pages - 1))]
    every = rows + behind

    def answer(fields: dict[str, Any]) -> Any:
        offset = int(fields.get("offset", 0))
        return {"count": len(every), "items": every[offset : offset + 200]}

    adapter, _ = scripted("service", users_get=[{"id": 8, "first_name": "Глава"}], users_getSubscriptions=answer)
    links = gather(adapter, [HEAD], {"links"})["adm8"].links
    assert [one.network_id for one in links.value] == numbers + [str(one["id"]) for one in behind]
    assert [(gap.why, gap.item) for gap in links.gaps] == [(Why.UNREADABLE, "links")] * lost
    if not lost:
        assert drive(adapter.read_links(HEAD)) == links.value
        return
    with pytest.raises(UnreadableAnswer) as caught:
        drive(adapter.read_links(HEAD))
    assert (caught.value.account, caught.value.method) == ("adm8", "users.getSubscriptions")


EDITOR = {"id": 500, "role": "editor"}

MANAGERS: list[tuple[str, list[Any], list[tuple[Why, str]], type[MunsocialError]]] = [
    ("a role that is hidden", [EDITOR, {"id": 501}], [(Why.NO_RIGHT, "501")], PermissionDenied),
    (
        "a number that cannot be read",
        [EDITOR, {"id": "x", "role": "editor"}],
        [(Why.UNREADABLE, "?")],
        UnreadableAnswer,
    ),
    ("no number and no role", [EDITOR, {"first_name": "М"}], [(Why.UNREADABLE, "?")], UnreadableAnswer),
    ("a row that is none", [EDITOR, "x"], [(Why.UNREADABLE, "?")], UnreadableAnswer),
    ("both", [EDITOR, None, {"id": 501}], [(Why.UNREADABLE, "?"), (Why.NO_RIGHT, "501")], PermissionDenied),
]


@pytest.mark.parametrize(("situation", "rows", "gaps", "kind"), MANAGERS, ids=[one[0] for one in MANAGERS])
def test_only_a_hidden_role_wants_the_key_of_an_administrator(
    situation: str, rows: list[Any], gaps: list[tuple[Why, str]], kind: type[MunsocialError]
) -> None:
    adapter, _ = scripted("community", groups_getMembers={"count": len(rows), "items": rows})
    managers = gather(adapter, [account()], {"managers"})["adm1"].managers
    assert [one.network_id for one in managers.value] == ["500"]
    assert [(gap.why, gap.item) for gap in managers.gaps] == gaps
    for gap in managers.gaps:
        assert ("нужен ключ администратора" in gap.ru) is (gap.why is Why.NO_RIGHT)
    with pytest.raises(kind):
        drive(adapter.read_managers(account()))


def test_managers_of_whom_none_could_be_read_are_not_nobody() -> None:
    adapter, _ = scripted("community", groups_getMembers={"count": 1, "items": [{"id": "x", "role": "editor"}]})
    managers = gather(adapter, [account()], {"managers"})["adm1"].managers
    assert (managers.value, managers.missing.why) == (None, Why.UNREADABLE)


def test_a_hidden_role_says_what_to_do_though_a_row_before_it_could_not_be_read() -> None:
    adapter, _ = scripted("community", groups_getMembers={"count": 2, "items": [None, {"id": 501}]})
    managers = gather(adapter, [account()], {"managers"})["adm1"].managers
    assert (managers.value, managers.missing.why) == (None, Why.NO_RIGHT)
    with pytest.raises(PermissionDenied):
        drive(adapter.read_managers(account()))

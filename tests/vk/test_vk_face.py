"""The face as other clients meet it: it answers everything, keeps the rules of VK, and is never broken by a call."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial.network import protocols
from munsocial.network.abilities import Ability, How
from munsocial.transport.port import Request
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.sandbox.face import _METHODS, VkFace
from vk_world import NOW, SECRETS, account, busy_wall, connect, make_world

API = "https://api.vk.ru/method/"
FIELDS = "owner_id group_id post_id comment_id count offset message attachments user_ids fields group_ids domain filter"
DATES = "publish_date end_date peer_id peer_ids random_id photo hash add_answers"
NAMES = st.sampled_from(sorted({*FIELDS.split(), *DATES.split()}))
ODD = st.sampled_from(["²", "9" * 40, "1e9", "-", "nan", "[]", "1,2"])
VALUES = st.one_of(st.text(max_size=8), st.integers(-3, 3).map(str), ODD)


def ask(face: VkFace, method: str, token: str = SECRETS["env:USER"], **fields: Any) -> Any:
    form = {"v": "5.199", "access_token": token, **{name: str(value) for name, value in fields.items()}}
    return json.loads(face.handle(Request("POST", API + method, form=form)).body)


def code(reply: Any) -> int | None:
    found: int | None = reply.get("error", {}).get("error_code")
    return found


@pytest.mark.parametrize(
    ("situation", "method", "fields", "expected"),
    [
        ("no version", "users.get", {"v": ""}, 8),
        ("no such method", "users.fly", {}, 3),
        ("a wrong key", "users.get", {"access_token": "x"}, 5),
        ("a community key reads no wall", "wall.get", {"access_token": SECRETS["env:COMMUNITY"], "owner_id": -1}, 27),
        ("a service key bans nobody", "groups.ban", {"access_token": SECRETS["env:SERVICE"], "group_id": 1}, 28),
        ("a script that is none", "execute", {"code": "var = 1;"}, 12),
        ("a script without an end", "execute", {"code": "while (1) {}"}, 13),
        ("26 calls", "execute", {"code": f"return [{','.join(['API.users.get({})'] * 26)}];"}, 13),
        ("a key of a stranger", "wall.pin", {"access_token": "stranger", "owner_id": -1, "post_id": 1}, 15),
        ("nothing to unban", "groups.unban", {"group_id": 1, "owner_id": 5}, 104),
        ("two links", "wall.post", {"owner_id": -1, "from_group": 1, "attachments": "https://a.ru,https://b.ru"}, 222),
        (
            "published in the past",
            "wall.post",
            {"owner_id": -1, "message": "a", "from_group": 1, "publish_date": 5},
            100,
        ),
    ],
)
def test_refusals_have_the_codes_of_vk(situation: str, method: str, fields: dict[str, Any], expected: Any) -> None:
    world = make_world()
    world.add_key(type(world.keys["user-5ecret"])("stranger", "vk", "user", owner="555"))
    assert code(ask(VkFace(world), method, **fields)) == expected, situation


def test_the_fourth_call_in_a_second_is_refused() -> None:
    face = VkFace(make_world())
    codes = [code(ask(face, "utils.getServerTime")) for _ in range(4)]
    assert codes == [None, None, None, 6]
    face.world.clock.sleep(1.01)
    assert code(ask(face, "utils.getServerTime")) is None


def test_the_key_is_never_echoed() -> None:
    face = VkFace(make_world())
    assert "5ecret" not in json.dumps(ask(face, "wall.get", owner_id=0))


def test_execute_pairs_errors_with_calls() -> None:
    script = 'return [API.users.get({"user_ids":"555"}),API.wall.get({"owner_id":-77}),API.utils.getServerTime()];'
    reply = ask(VkFace(make_world()), "execute", code=script)
    assert reply["response"][0][0]["first_name"] == "Пётр"
    assert reply["response"][1:] == [False, int(NOW.timestamp())]
    assert [one["method"] for one in reply["execute_errors"]] == ["wall.get"]


@settings(max_examples=400, deadline=None)
@given(method=st.sampled_from(sorted(_METHODS)), fields=st.dictionaries(NAMES, VALUES, max_size=4))
def test_any_call_is_answered(method: str, fields: dict[str, Any]) -> None:
    world = make_world()
    busy_wall(world, 1, 1)
    reply = ask(VkFace(world), method, **fields)
    assert ("response" in reply) != ("error" in reply)


WORDS = {
    "read_profile": "ReadsProfile",
    "resolve_handle": "ResolvesHandles",
    "read_managers": "ReadsManagers",
    "read_links": "ReadsLinks",
    "read_bans": "ReadsBans",
    "read_stats": "ReadsStats",
    "check_keys": "ChecksKeys",
    "publish": "Publishes",
    "schedule": "Publishes",
    "reply": "Replies",
    "ban": "Bans",
    "unban": "Bans",
    "edit_profile": "EditsProfile",
    "set_avatar": "SetsAvatar",
    "set_cover": "SetsCover",
    "subscribe": "Subscribes",
}
VERBS = {"list": "Lists", "edit": "Edits", "delete": "Deletes", "restore": "Restores", "pin": "Pins", "hide": "Hides"}
VERBS |= {"report": "Reports", "close": "Closes", "send": "Sends", "remove": "Removes"}


def protocol_of(ability: Ability) -> Any:
    """Return the protocol of an ability; most are named by its verb and the plural of its noun."""
    verb, _, noun = ability.value.partition("_")
    name = WORDS.get(ability.value) or f"{VERBS[verb]}{noun.capitalize().rstrip('s')}s"
    return getattr(protocols, name)


@pytest.mark.parametrize("ability", list(Ability))
def test_what_is_declared_is_there_and_what_is_absent_says_why(ability: Ability) -> None:
    adapter, _ = connect(make_world(), "user")
    declared = VkAdapter.capabilities.of(ability)
    assert isinstance(adapter, protocol_of(ability)) == (declared.how is How.NATIVE)
    assert declared.keys if declared.how is How.NATIVE else declared.reason
    assert isinstance(adapter, protocols.CollectsMany)
    assert adapter._can(account())[ability.value] == (declared.how is How.NATIVE) or ability is Ability.SUBSCRIBE

"""Calls of the adapter and answers of the face, checked against VK's published schema of version 5.199."""

from __future__ import annotations

import json
import struct
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from munsocial.network.drafts import Draft, Media, Poll
from munsocial.sandbox.faces import fields_of, path_of
from munsocial.transport.port import drive
from munsocial_vk.errors import policy_of
from munsocial_vk.face_events import event_body
from munsocial_vk.face_script import calls_of
from munsocial_vk.methods import known_methods
from shared_material import shared
from vk_world import NOW, WEEK, account, add_community, busy_wall, connect, gather, make_world


@cache
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(shared("networks/vk-schema.json").read_text("utf-8"))
    return loaded


def decoded(method: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Turn form fields back into values before encoding, by the types of the schema."""
    common = schema()["common_params"]
    types = schema()["methods"][method]["params"].get("properties", {})
    values: dict[str, Any] = {}
    for name, value in fields.items():
        if name in common or name == "access_token":
            continue
        values[name] = _typed(types.get(name, {}), value)
    return values


def _typed(kind: dict[str, Any], value: Any) -> Any:
    if kind.get("type") == "array":
        return [_typed(kind.get("items", {}), one) for one in str(value).split(",")]
    number = str(value).removeprefix("-")
    wants_text = kind.get("type") == "string" and "$ref" not in kind
    return int(value) if number.isdigit() and not wants_text else value


def check_call(method: str, fields: dict[str, Any]) -> None:
    validator_of_call(method).validate(decoded(method, fields))


@cache
def validator_of_call(method: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(dict(schema()["methods"][method]["params"], definitions=schema()["definitions"]))


@cache
def validator_of_answer(name: str) -> jsonschema.Draft7Validator:
    full = {"$ref": f"#/definitions/{name}", "definitions": schema()["definitions"]}
    return jsonschema.Draft7Validator(full)


def check_answer(method: str, body: Any, fields: dict[str, Any]) -> None:
    """Check a body against any of the answers that the method has."""
    names = schema()["methods"][method]["responses"].values()
    problems = []
    for name in names:
        found = [f"{error.json_path} {error.message[:200]}" for error in validator_of_answer(name).iter_errors(body)]
        if not found:
            return
        problems.append(f"{name}: {found[:5]}")
    pytest.fail(f"{method} {fields}: {problems}")


class Watching:
    """A port that remembers what went through it."""

    def __init__(self, port: Any) -> None:
        self.port = port
        self.seen: list[tuple[Any, Any]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.port, name)

    async def send(self, request: Any, *, timeout: float) -> Any:
        answer = await self.port.send(request, timeout=timeout)
        self.seen.append((request, answer))
        return answer


def watched(world: Any, *kinds: str) -> tuple[Any, Watching]:
    adapter, port = connect(world, *kinds)
    watching = Watching(port)
    adapter.session.port = watching
    return adapter, watching


def check_all(seen: list[tuple[Any, Any]]) -> set[str]:
    """Check every call and answer; return the methods that were seen."""
    methods: set[str] = set()
    for request, answer in seen:
        method = path_of(request).rpartition("/method/")[2]
        if "/method/" not in request.url:
            continue
        fields, body = fields_of(request), json.loads(answer.body)
        if method == "execute":
            errors = iter(body.get("execute_errors", ()))
            for (inner, params), value in zip(calls_of(fields["code"]), body["response"], strict=True):
                check_call(inner, params)
                methods.add(inner)
                if value is False:
                    assert next(errors)["method"] == inner
                else:
                    check_answer(inner, {"response": value}, params)
            continue
        check_call(method, fields)
        methods.add(method)
        if "error" in body:
            assert policy_of(body["error"]["error_code"]).kind != "unknown"
        else:
            check_answer(method, body, fields)
    return methods


def test_reading_speaks_the_published_wire_format() -> None:
    world = make_world()
    add_community(world, 2).closed = "private"
    busy_wall(world, 1)
    post = world.wall("vk", "1")[0]
    world.comment("vk", "1", post.id, "Ответ", author="1", as_page=True, reply_to=post.comments[0].id)
    world.delete_comment("vk", "1", post.comments[0].id)
    world.add_link("vk", "1", "https://vk.com/governor", "Губернатор")
    world.receive("vk", "1", "555", "Здравствуйте")
    adapter, port = watched(world, "service", "community", "user")
    gather(
        adapter,
        [account(1), account(2)],
        {"profile", "posts", "comments", "links", "managers", "bans", "stats", "messages"},
    )
    drive(adapter.ban(account(), "555", ground="spam", until=NOW + timedelta(days=3), note="п. 9.4"))
    drive(adapter.read_bans(account()))
    drive(adapter.resolve_handle("adm2"))
    drive(adapter.read_stats(account(), WEEK))
    drive(adapter.check_keys(account()))
    assert len(check_all(port.seen)) >= 13


def test_acting_speaks_the_published_wire_format(tmp_path: Path) -> None:
    world = make_world()
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 800, 600) + b"x")
    world.receive("vk", "1", "555", "Здравствуйте")
    adapter, port = watched(world, "community", "user")
    media = (Media(path=path), Media(path=path, kind="video"), Media(path=path, kind="document"))
    draft = Draft(
        text="Новость", media=media, poll=Poll(question="?", answers=("Да", "Нет")), link="https://example.org/"
    )
    made = drive(adapter.publish(account(), draft, key="k"))
    drive(adapter.edit_post(account(), made.id, Draft(text="Правка", comments_closed=False)))
    drive(adapter.pin_post(account(), made.id))
    comment = drive(adapter.reply(account(), "Ответ", post=made.id, key="r"))
    drive(adapter.report_comment(account(), comment, ground="spam"))
    drive(adapter.delete_comment(account(), comment))
    drive(adapter.restore_comment(account(), comment))
    drive(adapter.close_comments(account(), made.id))
    drive(adapter.send_message(account(), "555", "Добрый день", key="m"))
    drive(adapter.send_messages(account(), ["555", "556"], "Всем", key="m2"))
    drive(adapter.edit_profile(account(), {"description": "Новое", "site": "https://example.org"}))
    drive(adapter.add_link(account(), "https://vk.com/governor", title="Г"))
    drive(adapter.set_avatar(account(), media[0]))
    drive(adapter.set_cover(account(), media[0]))
    drive(adapter.set_filters(account(), obscene=True, toxic=True, words=["спам"]))
    drive(adapter.delete_post(account(), made.id))
    assert len(check_all(port.seen)) >= 22


def test_the_table_of_methods_agrees_with_the_schema() -> None:
    words = {"service": "service_key", "group": "community_key", "user": "user_key"}
    seen_in_life = {
        "wall.post": {"community_key"},
        "wall.deleteComment": {"community_key"},
        "wall.restoreComment": {"community_key"},
    }
    for name, method in known_methods().items():
        expected = {words[one] for one in schema()["methods"][name]["token"]} | seen_in_life.get(name, set())
        assert set(method.kinds) == expected, name


def test_every_published_policy_has_a_kind_of_ours() -> None:
    # The notes class code 28 with wrong kinds of keys, and 18 and 37 with blocked pages; the rest follows the table.
    words = {
        "auth": {"key", "refresh", "key_kind"},
        "token_type": {"key_kind"},
        "permission": {"permission", "blocked"},
        "human_check": {"human"},
        "needs_2fa": {"two_factor"},
        "cannot_message": {"message"},
    }
    for code, policy in schema()["error_policy"].items():
        kind = policy_of(int(code)).kind
        assert kind != "unknown", code
        assert kind in words.get(policy["kind"], {kind}), (code, policy, kind)


def test_events_of_the_face_have_the_published_shape(tmp_path: Path) -> None:
    world = make_world()
    post = world.publish("vk", "1", "Новость")
    comment = world.comment("vk", "1", post.id, "Спасибо", author="555")
    world.edit_comment("vk", "1", comment.id, "Спасибо!")
    world.delete_comment("vk", "1", comment.id, by="500")
    world.receive("vk", "1", "555", "Здравствуйте")
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 800, 600) + b"x")
    adapter, port = watched(world, "community", "user")
    drive(adapter.ban(account(), "555", ground="spam", until=None))
    drive(adapter.publish_story(account(), Media(path=path)))
    drive(adapter.start_long_poll(account(), "wall_reply_new"))
    drive(adapter._server(account()))
    assert check_all(port.seen) >= {"stories.save", "groups.getLongPollServer"}
    bodies = [body for one in world.events if (body := event_body(world, one)) is not None]
    assert len({body["type"] for body in bodies}) >= 5
    for body in bodies:
        problems = list(validator_of_answer(schema()["callback_events"][body["type"]]).iter_errors(body["object"]))
        assert not problems, (body["type"], [f"{one.json_path} {one.message[:200]}" for one in problems])

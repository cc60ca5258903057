"""Hostile servers: whatever comes back, each act ends in a value or in our error, after a bounded number of calls."""

from __future__ import annotations

import contextlib
import json
import random
import struct
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from munsocial.errors import MunsocialError, NetworkError
from munsocial.network.drafts import Draft, Media, Poll
from munsocial.transport.port import Answer, drive
from munsocial_vk.methods import known_methods
from vk_schema import Drawn
from vk_world import NOW, SECRETS, WEEK, account, busy_wall, connect, gather, make_world, scripted

ODD: list[Any] = [
    None, True, False, 0, -1, 1, 10**9, 2**63, 10**30, 1.5, -1e300, "", "0", "12", "word", "\u0000", [], {},
    [None], [[]], {"items": None}, [1, "a"], "9" * 5000,
]  # fmt: skip
WANT = {"profile", "handle_now", "posts", "comments", "links", "managers", "bans", "stats", "messages"}
MOST_CALLS = 600


class Hostile:
    """A port that spoils one place of some answers."""

    def __init__(self, port: Any, seed: int, share: float) -> None:
        self.port, self.random, self.share = port, random.Random(seed), share
        self.sent = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.port, name)

    async def send(self, request: Any, *, timeout: float) -> Answer:
        self.sent += 1
        assert self.sent < MOST_CALLS, "calls without end"
        answer: Answer = await self.port.send(request, timeout=timeout)
        if self.random.random() >= self.share:
            return answer
        try:
            value = json.loads(answer.body)
        except ValueError:
            return answer
        return Answer(answer.status, answer.headers, json.dumps(self.spoiled(value)).encode())

    def spoiled(self, value: Any) -> Any:
        places = _places(value)
        place = self.random.choice(places)
        how = self.random.randrange(4)
        if how == 0 and place:
            return _changed(value, place, _remove)
        if how == 1:
            return _changed(value, place, _doubled)
        return _changed(value, place, lambda parent, key: parent.__setitem__(key, self.random.choice(ODD)))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in inside for place in _places(inner, (*path, key)))]


def _changed(value: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    holder = {"": value}
    parent: Any = holder
    steps = ("", *path)
    for step in steps[:-1]:
        parent = parent[step]
    change(parent, steps[-1])
    return holder.get("")


def _remove(parent: Any, key: Any) -> None:
    del parent[key]


def _doubled(parent: Any, key: Any) -> None:
    if isinstance(parent[key], list):
        parent[key] = parent[key] * 3
    elif isinstance(parent[key], int):
        parent[key] = str(parent[key])
    else:
        parent[key] = [parent[key]]


def _every_page(page: Callable[[str | None], Any]) -> None:
    cursor: str | None = None
    for _ in range(50):
        cursor = drive(page(cursor)).cursor
        if cursor is None:
            return


def acts(folder: Path) -> dict[str, Callable[[Any], Any]]:
    """Return acts by name, each a function of the adapter."""
    path = folder / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1600, 800) + b"x")
    photo, one = Media(path=path), account()
    poll = Poll(question="?", answers=("Да", "Нет"))
    since = NOW - timedelta(days=7)
    return {
        "collect": lambda a: gather(a, [account(1), account(2)], WANT),
        "profile": lambda a: drive(a.read_profile(one)),
        "handle": lambda a: drive(a.resolve_handle("adm1")),
        "posts": lambda a: _every_page(lambda at: a.list_posts(one, since=since, until=NOW, cursor=at)),
        "waiting": lambda a: _every_page(lambda at: a.list_waiting(one, cursor=at)),
        "comments": lambda a: _every_page(lambda at: a.list_comments(one, "1", cursor=at)),
        "talks": lambda a: _every_page(lambda at: a.list_talks(one, "board", cursor=at)),
        "managers": lambda a: drive(a.read_managers(one)),
        "bans": lambda a: _every_page(lambda at: a.read_bans(one, cursor=at)),
        "stats": lambda a: drive(a.read_stats(one, WEEK)),
        "messages": lambda a: _every_page(lambda at: a.list_messages(one, since=since, cursor=at)),
        "mentions": lambda a: _every_page(lambda at: a.list_mentions(one, cursor=at)),
        "reach": lambda a: drive(a.read_reach(one, ["1", "2"])),
        "filters": lambda a: drive(a.read_filters(one)),
        "keys": lambda a: drive(a.check_keys(one)),
        "publish": lambda a: drive(a.publish(one, Draft(text="а", media=(photo,), poll=poll), key="k")),
        "edit": lambda a: drive(a.edit_post(one, "1", Draft(text="б"))),
        "delete": lambda a: drive(a.delete_post(one, "1")),
        "reply": lambda a: drive(a.reply(one, "а", post="1", key="k")),
        "moderate": lambda a: drive(a.delete_comment(one, "2")),
        "ban": lambda a: drive(a.ban(one, "555", ground="spam", until=None)),
        "send": lambda a: drive(a.send_message(one, "555", "а", key="k", media=(photo,))),
        "send to several": lambda a: drive(a.send_messages(one, ["555", "777"], "а", key="k")),
        "unsend": lambda a: drive(a.delete_message(one, "1")),
        "avatar": lambda a: drive(a.set_avatar(one, photo)),
        "cover": lambda a: drive(a.set_cover(one, photo)),
        "story": lambda a: drive(a.publish_story(one, photo)),
        "live": lambda a: drive(a.start_live(one, "а")),
        "servers": lambda a: drive(a.list_callback_servers(one)),
        "link": lambda a: drive(a.add_link(one, "https://vk.com/x", title="x")),
    }


def world() -> Any:
    made = make_world()
    busy_wall(made, 1, 3)
    made.receive("vk", "1", "555", "Здравствуйте")
    made.add_link("vk", "1", "https://vk.com/governor", "Губернатор")
    made.publish("vk", "1", "О чём", place="board")
    return made


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 2**32), share=st.sampled_from([0.3, 1.0]))
def test_spoiled_answers_end_in_a_value_or_in_our_error(data: Any, seed: int, share: float, tmp_path: Path) -> None:
    table = acts(tmp_path)
    name = data.draw(st.sampled_from(sorted(table)))
    adapter, port = connect(world(), "service", "community", "user")
    adapter.session.port = Hostile(port, seed, share)
    try:
        table[name](adapter)
    except MunsocialError as error:
        told = f"{error.say('ru')}{error.say('en')}{error!r}{error.__dict__}"
        assert not any(secret in told for secret in SECRETS.values())


WHOLE = {
    "a list": b"[]",
    "a number": b"7",
    "a text": b'"ok"',
    "null": b"null",
    "nothing": b"",
    "blanks": b"  \n ",
    "HTML": b"<!doctype html><html>busy</html>",
    "XML": b'<?xml version="1.0"?><response/>',
    "a mark of byte order before HTML": "\ufeff<html>".encode(),
    "no response": b"{}",
    "response null": b'{"response": null}',
    "response false": b'{"response": false}',
    "response a text": b'{"response": "ok"}',
    "response a list of lists": b'{"response": [[[]]]}',
    "response and error": b'{"response": 1, "error": {"error_code": 15, "error_msg": "Access denied"}}',
    "error a number": b'{"error": 15}',
    "error a list": b'{"error": [{"error_code": 15}]}',
    "error empty": b'{"error": {}}',
    "error code a text": b'{"error": {"error_code": "15", "error_msg": "Access denied"}}',
    "error code a word": b'{"error": {"error_code": "denied"}}',
    "error code null": b'{"error": {"error_code": null, "error_msg": null}}',
    "error code huge": b'{"error": {"error_code": 1' + b"0" * 5000 + b"}}",
    "error text a table": b'{"error": {"error_code": 15, "error_msg": {"a": 1}}}',
    "cut": b'{"response": {"count": 1, "items": [{"id"',
    "deep": b'{"response": ' + b"[" * 100_000,
    "deep and closed": b'{"response": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "another charset": '{"response": "привет"}'.encode("cp1251"),
    "half a character": b'{"response": {"items": [{"id": 1, "date": 1, "text": "\\ud83d"}]}}',
    "not a number": b'{"response": {"count": NaN, "items": Infinity}}',
    "a key twice": b'{"response": 1, "response": 2}',
}


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_answers_that_are_none_at_all(body: bytes, tmp_path: Path) -> None:
    for name, act in acts(tmp_path).items():
        adapter, port = scripted("service", "community", "user")
        port.answers = _Same(body)
        with contextlib.suppress(MunsocialError):
            act(adapter)
        assert 0 < port.sent < 60, name


UNREAD: dict[str, Any] = {
    "HTML": WHOLE["HTML"],
    "cut": WHOLE["cut"],
    "response null": WHOLE["response null"],
    "the server's own fault": Answer(502, {}, b""),
}


@pytest.mark.parametrize("answer", UNREAD.values(), ids=UNREAD)
def test_after_a_write_one_looks_and_after_a_reading_one_repeats(answer: Any) -> None:
    adapter, _ = scripted("user", "service", wall_pin=answer, wall_get=answer, execute=answer)
    with pytest.raises(NetworkError) as written:
        drive(adapter.pin_post(account(), "7"))
    assert written.value.executed is None
    assert written.value.say("ru").endswith("проверьте чтением, прежде чем повторять.")
    with pytest.raises(NetworkError) as read:
        drive(adapter.list_posts(account(), since=NOW, until=NOW))
    assert read.value.say("ru").endswith("Повторите позже.")
    views = gather(adapter, [account(1), account(2)], {"posts"}).values()
    assert all(view.posts.missing.ru.endswith("Повторите позже.") for view in views)


def test_a_deed_that_vk_does_not_confirm_is_looked_for() -> None:
    adapter, _ = scripted("user", wall_pin={})
    with pytest.raises(NetworkError, match=r"не подтвердила действие.*прежде чем повторять") as caught:
        drive(adapter.pin_post(account(), "7"))
    assert caught.value.executed is None


class _Same(dict[str, Any]):
    """One answer to everything."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body

    def __contains__(self, name: object) -> bool:
        return True

    def get(self, name: str, default: Any = None) -> Any:
        del name, default
        return self.body


class _FromSchema(dict[str, Any]):
    """Answers of any method, drawn from the published schema."""

    def __init__(self, drawn: Drawn) -> None:
        super().__init__()
        self.drawn = drawn

    def __contains__(self, name: object) -> bool:
        return name != "execute"

    def get(self, name: str, default: Any = None) -> Any:
        return self.drawn.response(name) if name in known_methods() else default


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 2**32), spoiling=st.sampled_from([0.0, 0.03, 0.2]))
def test_answers_drawn_from_the_schema_are_read(data: Any, seed: int, spoiling: float, tmp_path: Path) -> None:
    table = acts(tmp_path)
    name = data.draw(st.sampled_from(sorted(table)))
    adapter, port = scripted("service", "community", "user")
    port.answers = _FromSchema(Drawn(seed, spoiling=spoiling))
    with contextlib.suppress(MunsocialError):
        table[name](adapter)
    assert 0 < port.sent < MOST_CALLS


EXECUTED = {
    "errors as a table": {"response": [False, False], "execute_errors": {"method": "wall.get", "error_code": 15}},
    "errors as null": {"response": [False, False], "execute_errors": None},
    "errors as texts": {"response": [False, False], "execute_errors": ["denied", 7]},
    "more errors than failures": {"response": [False, {"count": 0, "items": []}], "execute_errors": [{}, {}, {}]},
    "fewer errors": {"response": [False, False], "execute_errors": [{"method": "wall.get", "error_code": 15}]},
    "errors of other methods": {"response": [False, False], "execute_errors": [{"method": "a.b"}, {"method": "c.d"}]},
    "codes as texts": {"response": [False, False], "execute_errors": [{"error_code": "15"}, {"error_code": "29"}]},
    "too few values": {"response": [{"count": 0, "items": []}]},
    "too many values": {"response": [{"count": 0, "items": []}] * 9},
    "no list": {"response": {"0": False, "1": False}},
    "nulls": {"response": [None, None]},
    "texts": {"response": ["", "ok"]},
    "zeros": {"response": [0, 0]},
    "errors without failures": {"response": [{"count": 0, "items": []}] * 2, "execute_errors": [{"error_code": 15}]},
}


@pytest.mark.parametrize("body", EXECUTED.values(), ids=EXECUTED)
def test_packs_answered_oddly_give_each_account_a_value_or_a_reason(body: Any) -> None:
    alone = {"count": 0, "items": []}
    adapter, port = scripted("service", wall_get=alone)
    port.answers["execute"] = json.dumps(body).encode()
    views = gather(adapter, [account(1), account(2)], {"posts"})
    assert set(views) == {"adm1", "adm2"}
    for view in views.values():
        assert view.posts.value == () or view.posts.missing is not None
    assert port.sent < 60

"""VKScript of the sandbox: values of scripts, calls of the API in them, bounds, and scripts of other clients."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial_vk.sandbox.script import ScriptError, ScriptFailure, calls_of, run_script


def value_of(code: str, **arguments: Any) -> Any:
    return run_script(code, lambda method, params: {"method": method, **params}, arguments)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("return 1 + 2 * 3;", 7),
        ("return (1 + 2) * 3 - -1;", 10),
        ('return "a" + 1 + null;', "a1"),
        ('return "1" == 1;', True),
        ("return [1, 2] + [3];", [1, 2, 3]),
        ("return {a: 1, 'b': [true, null]};", {"a": 1, "b": [True, None]}),
        ("var a = 5, b; a = a - 1; return [a, b];", [4, None]),
        ("var a = 1; a += 2; return a;", 3),
        ("var p = {}; p.x = 3; p.x += 1; return p;", {"x": 4}),
        ("if (1 > 2) { return 1; } else if (!0) return 2; return 3;", 2),
        ("var i = 0, s = []; while (i < 3) { s.push(i); i = i + 1; } return s;", [0, 1, 2]),
        ("var a = [3,1]; a.unshift(5); return [a.shift(), a.pop(), a, a.length];", [5, 1, [3], 1]),
        ("var a = [1,2,3,4]; return [a.slice(1,3), a.splice(0,2), a];", [[2, 3], [1, 2], [3, 4]]),
        (
            'return ["a,b".split(","), "hello".substr(1,2), "hello".indexOf("l"), [7,8].indexOf(8)];',
            [["a", "b"], "el", 2, 1],
        ),
        ('return [parseInt("12px"), parseInt("x"), parseDouble("1.5")];', [12, 0, 1.5]),
        ("var a = [{id: 1}, {id: 2}, {}]; return a@.id;", [1, 2, None]),
        ("return Args.who || 'nobody';", "you"),
        ("return null && API.users.get({});", None),
        ("return API.wall.get({owner_id: -1}).owner_id;", -1),
        ("var m = {a: 1}; return [m.b, m['a'], [5][0], [5][9]];", [None, 1, 5, None]),
        ("var a = 1, b = a + 1; return a == null ? 0 : b;", 2),
        ("// said\nreturn /* here */ 1;", 1),
        ("API.users.get();", None),
        ("return 'it\\'s \\u0434\\n';", "it's д\n"),
    ],
)
def test_values_of_scripts(code: str, value: Any) -> None:
    assert value_of(code, who="you") == value


@pytest.mark.parametrize(
    "code",
    ["", "return [API.users.get({]);", "var = 1;", "for (;;) {}", "return 1 +;", "return 'open;", "a.cry();", "1 = 2;",
     "return API.users;", "{", "(" * 5000, "return @;", "if (1", "return {1 2};", "[{", "return 1 ? 2;"],
)  # fmt: skip
def test_what_does_not_compile(code: str) -> None:
    with pytest.raises(ScriptError):
        value_of(code)


@pytest.mark.parametrize(
    "code",
    ["while (1) {}", "var s = 'x'; while (1) { s = s + s; }", "return 1 / 0;", "return API.users.get(5);", "null.x = 1;"
     , "return null.slice(1);", "x.push(1);", "return 'a' * 'b' / 0;"],
)  # fmt: skip
def test_what_fails_while_it_runs(code: str) -> None:
    with pytest.raises((ScriptFailure, ScriptError)):
        value_of(code)


def test_calls_are_listed_in_their_order() -> None:
    code = 'return [API.users.get({"user_ids":"5"}),API.wall.get({owner_id:-1,count:2})];'
    assert calls_of(code) == [("users.get", {"user_ids": "5"}), ("wall.get", {"owner_id": -1, "count": 2})]


@settings(max_examples=300, deadline=None)
@given(code=st.text("varif()while{}[]return API.users.get;:,+-*/=<>!&|'\"@0123 ", max_size=60))
def test_any_text_has_a_value_or_an_error(code: str) -> None:
    try:
        value = value_of(code)
    except (ScriptError, ScriptFailure) as error:
        value = str(error)
    json.dumps(value)
    assert len(calls_seen(code)) <= 60


def calls_seen(code: str) -> list[str]:
    """Return the methods that a script calls, whether it ends well or not."""
    seen: list[str] = []
    with contextlib.suppress(ScriptError, ScriptFailure):
        run_script(code, lambda method, _: seen.append(method))
    return seen

"""Calls and answers checked against VK's published schema of version 5.199, and answers drawn from it.

Tests that use it are skipped where the schema is not at hand.
"""

from __future__ import annotations

import json
import random
from functools import cache
from typing import Any

import jsonschema
import pytest

from munsocial.sandbox.faces import fields_of, path_of
from munsocial_vk.errors import policy_of
from munsocial_vk.sandbox.script import calls_of
from shared_material import shared
from vk_world import connect

__all__ = ["Drawn", "check_all", "check_answer", "schema", "validator_of_answer", "watched"]


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


class Drawn:
    """Answers drawn from the published schema at random, some of them spoiled, by a seed."""

    def __init__(self, seed: int, *, spoiling: float) -> None:
        self.random, self.spoiling = random.Random(seed), spoiling

    def response(self, method: str) -> Any:
        """Return what follows ``response`` in an answer of a method."""
        name = self.random.choice(sorted(schema()["methods"][method]["responses"].values()))
        body = self.value(schema()["definitions"][name])
        return body.get("response") if isinstance(body, dict) else body

    def value(self, kind: Any, depth: int = 0) -> Any:
        """Draw a value of a schema."""
        if self.random.random() < self.spoiling:
            return self.random.choice(_ODD)
        if "$ref" in kind:
            return self.value(schema()["definitions"][kind["$ref"].rpartition("/")[2]], depth)
        if "const" in kind or "enum" in kind:
            return self.random.choice([*kind.get("enum", ()), *([kind["const"]] if "const" in kind else ())])
        if "allOf" in kind:
            parts = [self.value(one, depth) for one in kind["allOf"]]
            return {name: value for part in parts if isinstance(part, dict) for name, value in part.items()}
        for word in ("anyOf", "oneOf"):
            if word in kind and "properties" not in kind:
                return self.value(self.random.choice(kind[word]), depth)
        types = kind.get("type", "object" if "properties" in kind else "string")
        return self._of_type(self.random.choice(types) if isinstance(types, list) else types, kind, depth)

    def _of_type(self, word: str, kind: Any, depth: int) -> Any:
        if word == "object":
            return self._table(kind, depth)
        if word == "array":
            most = 0 if depth > _DEEPEST else 4
            return [self.value(kind.get("items", {}), depth + 1) for _ in range(self.random.randint(0, most))]
        if word == "integer":
            return self.random.choice([kind.get("minimum", -5), 0, 1, 17, 1795165200, 2**40])
        if word == "number":
            return self.random.choice([0, 0.5, 1e9])
        return {"boolean": self.random.random() < 0.5, "null": None}.get(word, self.random.choice(_TEXTS))

    def _table(self, kind: Any, depth: int) -> Any:
        required = set(kind.get("required", ()))
        chosen = {
            name: inner
            for name, inner in kind.get("properties", {}).items()
            if name in required or (depth <= _DEEPEST and self.random.random() < 0.6)
        }
        return {name: self.value(inner, depth + 1) for name, inner in chosen.items()}


_DEEPEST = 6
_TEXTS = ["", "Когда?", "vk.com/club5", "https://vk.com/wall-1_2", "word", "0", "[id5|Пётр], да"]
_ODD: list[Any] = [None, True, 0, -1, 10**30, 1.5, "", "x", [], {}, [None], [[]]]

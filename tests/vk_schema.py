"""Checking of calls and answers against VK's published schema of version 5.199; skips where it is not at hand."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema
import pytest

from munsocial.sandbox.faces import fields_of, path_of
from munsocial_vk.errors import policy_of
from munsocial_vk.face_script import calls_of
from shared_material import shared
from vk_world import connect

__all__ = ["check_all", "check_answer", "schema", "validator_of_answer", "watched"]


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

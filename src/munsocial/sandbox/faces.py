"""What a face is: one network's wire format over a world.

A face is written beside its adapter (``munsocial_vk.sandbox.face``, ``munsocial_ok.sandbox.face``) and offered through
the plugin hook ``munsocial_faces``. It reads requests as the network would, checks key, rights, signature and limits,
and answers in the network's own envelopes and error codes. It never sees the adapter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Protocol, runtime_checkable
from urllib.parse import parse_qsl, unquote, urlsplit

from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request

__all__ = [
    "Face",
    "FaceMaker",
    "Refusing",
    "bearer",
    "fields_of",
    "json_answer",
    "json_of",
    "parts_of",
    "path_of",
]


class Face(Protocol):
    """One network, as seen through its addresses."""

    hosts: frozenset[str]
    """Host names it answers for, without port: API, OAuth, uploads."""

    def handle(self, request: Request) -> Answer:
        """Answer one request; never raises for bad input, since a network does not either."""
        ...


@runtime_checkable
class Refusing(Protocol):
    """A face that can say no in its network's own words when a fault is asked for."""

    def refuse(self, fault: str, request: Request) -> Answer | None:
        """Return the network's answer for a fault: rate, flood, quota, key, captcha, server, permission.

        None: the network has no such answer, and a plain HTTP status is sent in its place.
        """
        ...


FaceMaker = Callable[[World], Face]


def path_of(request: Request) -> str:
    """Return the path of the address, without a trailing slash."""
    return urlsplit(request.url).path.rstrip("/")


def parts_of(request: Request) -> list[str]:
    """Return the parts of the path, each as it was before it was quoted: an id may hold any sign."""
    return [unquote(part) for part in path_of(request).split("/")[1:]]


def fields_of(request: Request) -> dict[str, str]:
    """Return all parameters: of the address, of ``query``, of the form, and of an urlencoded body."""
    fields = dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    fields.update(request.query)
    fields.update(request.form or {})
    if isinstance(request.content, bytes) and "urlencoded" in _header(request, "content-type"):
        fields.update(parse_qsl(request.content.decode("utf-8", "replace"), keep_blank_values=True))
    return fields


def _header(request: Request, name: str) -> str:
    return next((value for key, value in request.headers.items() if key.lower() == name), "")


def bearer(request: Request) -> str:
    """Return the key of the header ``Authorization: Bearer``, or an empty text."""
    kind, _, value = _header(request, "authorization").partition(" ")
    return value.strip() if kind.lower() == "bearer" else ""


def json_of(request: Request) -> dict[str, Any]:
    """Return the JSON object of a body; an empty one where there is none.

    Raises:
        ValueError: the body is no JSON object.
    """
    if not isinstance(request.content, bytes) or not request.content:
        return {}
    value = json.loads(request.content)
    if not isinstance(value, dict):
        raise ValueError("no JSON object")
    return value


def json_answer(value: Any, *, status: int = 200, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """Return a JSON body as the networks send it: compact, UTF-8, with a status that tells nothing."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Answer(status, {"content-type": "application/json; charset=utf-8", **dict(headers)}, body)

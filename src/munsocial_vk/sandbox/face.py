"""VK as a sandbox shows it: ``POST /method/NAME`` with forms, errors with status 200, keys, rights, rates.

Kinds of keys in the world: ``service``, ``community`` (of one page), ``user``. A key without named rights has all of
them; a user key with the setting ``vkid`` is as weak as VK ID keys are.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import Any
from urllib.parse import urlsplit

from munsocial.sandbox.faces import bearer, fields_of, json_answer, path_of
from munsocial.sandbox.things import Key, Refusal
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request
from munsocial_vk.methods import COMMUNITY, SERVICE, USER, method_of
from munsocial_vk.sandbox.asked import Asked, VkError
from munsocial_vk.sandbox.events import EVENTS, LONG_POLL_HOST, long_poll_answer
from munsocial_vk.sandbox.extras import MORE
from munsocial_vk.sandbox.oauth import oauth_answer
from munsocial_vk.sandbox.reads import READS
from munsocial_vk.sandbox.script import ScriptError, ScriptFailure, run_script
from munsocial_vk.sandbox.uploads import UPLOADS, upload_answer
from munsocial_vk.sandbox.writes import WRITES

__all__ = ["VkFace"]

_API = frozenset({"api.vk.ru", "api.vk.com"})
_OAUTH = frozenset({"id.vk.ru", "id.vk.com"})
_UPLOADS = "pu.vk.com"
_KINDS = {"service": SERVICE, "community": COMMUNITY, "group": COMMUNITY, "user": USER}
_METHODS = READS | WRITES | UPLOADS | EVENTS | MORE
# What VK does not confirm for community keys is refused here, so that falling back to a user key is exercised.
_USER_ONLY = frozenset({"wall.deleteComment", "wall.editComment", "wall.restoreComment"})
_VKID_MAY = frozenset({"users.get", "groups.getById"})
_RATES = {"community": 20, "group": 20}
_CALLS = 25
_LARGEST = 5 * 1024 * 1024
_FAULTS: dict[str, tuple[int, str]] = {
    "rate": (6, "Too many requests per second"),
    "flood": (9, "Flood control"),
    "quota": (29, "Rate limit reached"),
    "key": (5, "User authorization failed: invalid access_token (4)."),
    "server": (10, "Internal server error"),
    "permission": (15, "Access denied"),
}


class VkFace:
    """The face of VK over a world."""

    hosts = _API | _OAUTH | {_UPLOADS, LONG_POLL_HOST}

    def __init__(self, world: World) -> None:
        self.world = world
        self._starts: dict[str, deque[float]] = defaultdict(deque)

    def handle(self, request: Request) -> Answer:
        """Answer one request as VK would."""
        host, path = urlsplit(request.url).hostname or "", path_of(request)
        if path.startswith("/upload"):
            return upload_answer(self.world, request)
        if host == LONG_POLL_HOST:
            return long_poll_answer(self.world, request)
        if host in _OAUTH or "/oauth2/" in path:
            return oauth_answer(self.world, fields_of(request), path)
        method = path.rpartition("/method/")[2]
        fields = fields_of(request)
        try:
            with self.world.lock:
                return json_answer(self._top(method, fields, bearer(request) or fields.get("access_token", "")))
        except VkError as error:
            return json_answer({"error": error.body() | {"request_params": _echo(method, fields)}})

    def refuse(self, fault: str, request: Request) -> Answer | None:
        """Say no in VK's words."""
        fields = fields_of(request)
        if fault == "captcha":
            link = "https://id.vk.ru/not_robot_captcha?domain=vk.com&session_token=sandbox"
            more = {"captcha_sid": "1", "captcha_img": "https://api.vk.ru/captcha.php?sid=1", "redirect_uri": link}
            error = VkError(14, "Captcha needed", more=more)
        elif fault in _FAULTS:
            error = VkError(*_FAULTS[fault])
        else:
            return None
        return json_answer({"error": error.body() | {"request_params": _echo(path_of(request), fields)}})

    def _top(self, method: str, fields: dict[str, str], value: str) -> dict[str, Any]:
        if not method or ("." not in method and method != "execute"):
            raise VkError(3, "Unknown method passed")
        if not fields.get("v"):
            raise VkError(8, "Invalid request: v (version) is required")
        try:
            key = self.world.key(value)
        except Refusal:
            raise VkError(*_FAULTS["key"]) from None
        if key.network != "vk":
            raise VkError(*_FAULTS["key"])
        self._count(key)
        if method == "execute":
            return self._execute(key, fields)
        return {"response": self._one(Asked(self.world, method, fields, key))}

    def _count(self, key: Key) -> None:
        """Keep the rate of a key: so many starts in any second."""
        now, starts = self.world.clock.elapsed(), self._starts[key.value]
        while starts and starts[0] <= now - 1.0:
            starts.popleft()
        if len(starts) >= _RATES.get(key.kind, 3):
            raise VkError(*_FAULTS["rate"])
        starts.append(now)

    def _execute(self, key: Key, fields: dict[str, str]) -> dict[str, Any]:
        self._check_kind(key, "execute")
        made: list[str] = []
        errors: list[dict[str, Any]] = []

        def call(method: str, params: dict[str, Any]) -> Any:
            made.append(method)
            if len(made) > _CALLS:
                raise ScriptFailure("Too many API calls")
            try:
                return self._one(Asked(self.world, method, params, key))
            except VkError as error:
                errors.append(error.body(method))
                return False

        try:
            value = run_script(fields.get("code", ""), call, fields)
        except ScriptError as error:
            raise VkError(12, f"Unable to compile code: {error}") from None
        except ScriptFailure as error:
            raise VkError(13, f"Runtime error occurred during code invocation: {error}") from None
        reply: dict[str, Any] = {"response": value} | ({"execute_errors": errors} if errors else {})
        if len(json_answer(reply).body) > _LARGEST:
            raise VkError(13, "Runtime error occurred during code invocation: response size is too big")
        return reply

    def _one(self, asked: Asked) -> Any:
        handler = _METHODS.get(asked.method)
        if handler is None:
            raise VkError(3, "Unknown method passed")
        self._check_kind(asked.key, asked.method)
        self._check_right(asked.key, asked.method)
        try:
            return handler(asked)
        except Refusal as refusal:
            raise asked.refused(refusal) from None
        except (ValueError, LookupError, ArithmeticError):
            # A value that no reader foresaw: VK answers something to everything.
            raise VkError(100, "One of the parameters specified was missing or invalid") from None

    def _check_kind(self, key: Key, method: str) -> None:
        kind = _KINDS.get(key.kind, "")
        if kind == USER and key.settings.get("vkid") and method not in _VKID_MAY:
            raise VkError(1051, "Method is unavailable for this profile type")
        kinds = method_of(method).kinds
        if kind == COMMUNITY and (COMMUNITY not in kinds or method in _USER_ONLY):
            raise VkError(27, "Group authorization failed: method is unavailable with group auth.")
        if kind == SERVICE and SERVICE not in kinds:
            raise VkError(28, "Application authorization failed: method is unavailable with service token.")

    def _check_right(self, key: Key, method: str) -> None:
        right = method_of(method).right
        if key.kind == "user" and right == "manage":
            right = "groups"
        if right and key.kind != "service" and key.rights and right not in key.rights:
            raise VkError(
                15,
                "Access denied: no access to call this method. It cannot be called with current scopes.",
                subcode=1133,
            )


def _echo(method: str, fields: dict[str, str]) -> list[dict[str, str]]:
    shown = {name: value for name, value in fields.items() if name != "access_token"}
    return [{"key": "method", "value": method.rpartition("/")[2]}, *({"key": k, "value": v} for k, v in shown.items())]

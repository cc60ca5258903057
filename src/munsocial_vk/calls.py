"""One call of a method: parameters to a form, the key, once more with the next kind of key."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, overload

from munsocial.errors import KeyKindRefused, NetworkError, QuotaSpent, RateLimited, RequestRefused, UnsafeAddress
from munsocial.network.keys import Key
from munsocial.transport import faults
from munsocial.transport.addresses import handed_over
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Repeat, Session
from munsocial.wording import Text
from munsocial_vk.envelope import open_answer, opener, unreadable
from munsocial_vk.errors import HumanCheck, KeyExpired
from munsocial_vk.keys import KeyChoice, is_about_key
from munsocial_vk.methods import Method, method_of
from munsocial_vk.oauth import Renewal
from munsocial_vk.settings import VkSettings

__all__ = ["Calls", "confirmed", "form_of", "unconfirmed"]

T = TypeVar("T")
_TOO_FAST = "6"
_WAIT = 1.0
"""Seconds to wait once when three attempts in a row came too fast."""
_BLIND = 2
"""How long VK remembers a ``guid`` is not published: after two lost answers somebody looks before a third try."""
_PERHAPS_RENEWED = Text(
    "Неизвестно, обновлён ли ключ; больше ничего не сделано. Повторите, а если ключ не подойдёт, пройдите вход заново.",
    "It is not known whether the key was renewed; nothing else was done. Try again; if the key fails, sign in anew.",
)
"""A refresh token works once: where the answer was lost it may be spent."""


def form_of(params: Mapping[str, Any]) -> dict[str, str]:
    """Write parameters as VK wants them: lists by commas, flags as 1 and 0, objects as JSON; None is left out."""
    return {name: _field(value) for name, value in params.items() if value is not None}


def _field(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(_field(one) for one in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise RequestRefused(
            Text("В тексте есть знак, которого нет в Юникоде.", "The text holds half a character."),
            network="vk",
            remedy=Text("Наберите это место заново.", "Type that place anew."),
        ) from None
    return text


def confirmed(reply: Any, made: str = "") -> None:
    """Read the answer to a write: ``1``, or an object with what was made where the method answers so.

    Raises:
        UnreadableAnswer: it is anything else: VK says neither that it is done nor why not.
    """
    if not (reply in (1, "1") or (made and isinstance(reply, dict) and reply.get(made))):
        raise unconfirmed()


def unconfirmed(method: str = "", account: str = "") -> NetworkError:
    """Make the error of a deed of which VK says neither that it is done nor why not."""
    what = Text("ВКонтакте не подтвердила действие.", "VK did not confirm the action.")
    error = unreadable(what, method=method, account=account, remedy=faults.CHECK)
    error.lasting = True  # the same call would be answered the same
    return error


def _shown(reply: Any) -> None:
    """Read the answer to a write that shows what there is now, of which the schema promises no field.

    VK gives an empty object as an empty list (the fact sheet, trap 3).
    """
    if not (isinstance(reply, dict) or reply in (1, "1") or reply == []):
        raise unconfirmed()


def _yes_or_no(reply: Any) -> bool:
    if reply in (0, "0"):
        return False
    confirmed(reply)
    return True


@contextlib.contextmanager
def _after(earlier: NetworkError | None) -> Iterator[None]:
    """Make calls after one that failed: where an answer was lost then, no later refusal says that nothing was done."""
    try:
        yield
    except NetworkError as error:
        if earlier is not None and earlier.executed is None and error.executed is False:
            error.executed = None
        raise


@contextlib.contextmanager
def _about_the_deed(executed: bool | None) -> Iterator[None]:
    """Renew a key: what fails here says nothing of the deed, of which is known what was known before."""
    try:
        yield
    except NetworkError as error:
        if executed is False and error.executed is None and not error.lasting:
            error.remedy = _PERHAPS_RENEWED
        error.executed = executed
        raise


class Calls:
    """Makes calls for the adapter: chooses the key, keeps its pace, tries the next kind once."""

    def __init__(self, session: Session, choice: KeyChoice, settings: VkSettings, renewal: Renewal) -> None:
        self.session = session
        self.choice = choice
        self.settings = settings
        self.renewal = renewal
        self.asked: dict[tuple[str, str], dict[str, str]] = {}
        """What VK wants to see again beside that which a person brings back from a check."""
        self.checks: dict[tuple[str, str], dict[str, str]] = {}
        """Fields for the next call of a method by an account: a check was passed."""

    def passed_check(self, account: str, method: str, fields: Mapping[str, str]) -> None:
        """Let the next call of a method carry what a person brought back."""
        self.checks[account, method] = self.asked.pop((account, method), {}) | dict(fields)

    async def call(self, account: str, name: str, shape: Any, params: Mapping[str, Any], make: Callable[[Any], T]) -> T:
        """Call a method in the name of an account (our id, may be empty) and read its ``response``.

        Raises:
            CapabilityMissing: no key at hand serves; nothing was executed.
            NetworkError: as the network and the transport report it.
        """
        return await self.first_serving(account, method_of(name), params, opener(shape, make, method=name))

    @overload
    async def get(self, account: str, name: str, shape: type[T], params: Mapping[str, Any]) -> T: ...

    @overload
    async def get(self, account: str, name: str, shape: Any, params: Mapping[str, Any]) -> Any: ...

    async def get(self, account: str, name: str, shape: Any, params: Mapping[str, Any]) -> Any:
        """Call a method and return its ``response`` in a shape; raises as `call` does."""
        decode = partial(open_answer, shape=shape, method=name)
        return await self.first_serving(account, method_of(name), params, decode)

    async def do(self, account: str, name: str, params: Mapping[str, Any], *, made: str = "") -> None:
        """Do something by a method that answers ``1``, or names what it ``made``; raises as `call` and `confirmed`."""
        await self.call(account, name, Any, params, lambda reply: confirmed(reply, made))

    async def do_and_show(self, account: str, name: str, params: Mapping[str, Any]) -> None:
        """Do something by a method that answers with any object; raises as `call` and `confirmed`."""
        await self.call(account, name, Any, params, _shown)

    async def agrees(self, account: str, name: str, params: Mapping[str, Any]) -> bool:
        """Do something by a method that answers yes or no (``base_bool_int``); raises as `call` and `confirmed`.

        It says no where nothing was left to do as well, as to a repetition after a lost answer.
        """
        return await self.call(account, name, Any, params, _yes_or_no)

    async def first_serving(
        self, account: str, method: Method, params: Mapping[str, Any], decode: Callable[[Answer], T]
    ) -> T:
        """Try the keys that may serve, weakest first; a kind that was refused is not tried with another key of it."""
        refused: set[str] = set()
        refusal: NetworkError | None = None
        reads = method.repeat is Repeat.READ
        for key in self.choice.candidates(account, method):
            if key.kind in refused:
                continue
            try:
                with _after(None if reads else refusal):
                    return await self.with_key(key, method, params, decode, account=account)
            except (KeyKindRefused, QuotaSpent) as error:
                if not is_about_key(error):
                    raise
                self.choice.refuse(method.name, key, error)
                refusal = error
                if error.executed is None and (method.repeat is Repeat.ONCE or method.name in _NEEDS_KEY):
                    raise  # an answer was lost before: VK need not know our mark again from another key
                if isinstance(error, KeyKindRefused):
                    refused.add(key.kind)
        if refusal is not None and refusal.executed is None and not reads:
            raise refusal
        raise self.choice.none_left(method, account)

    async def with_key(
        self, key: Key, method: Method, params: Mapping[str, Any], decode: Callable[[Answer], T], *, account: str = ""
    ) -> T:
        """Call with one key; an expired one is renewed once if it can be."""
        params = {**params, **self.checks.pop((account, method.name), {})}
        with _about_the_deed(False):
            value = await self.renewal.value(key)
        try:
            return await self._send(key, value, method, params, decode, account)
        except KeyExpired as error:
            expired = error
        with _about_the_deed(expired.executed):
            fresh = await self.renewal.renew(key, spent=value)
        if fresh is None:
            raise expired from None
        with _after(expired):
            return await self._send(key, fresh, method, params, decode, account)

    async def _send(
        self,
        key: Key,
        value: str,
        method: Method,
        params: Mapping[str, Any],
        decode: Callable[[Answer], T],
        account: str,
    ) -> T:
        request = self._request(value, method.name, params)
        # A write whose idempotency key is absent must not be taken for one that may be repeated.
        repeat = method.repeat if _is_keyed(method, params) else Repeat.ONCE
        pace, blind = self.choice.pace(key, value), _BLIND if _NEEDS_KEY.get(method.name) == "guid" else 0
        call = Call(request, decode, method.name, account, pace, repeat, blind)
        try:
            return await self._unhurried(call)
        except HumanCheck as error:
            error.account = account
            self.asked[account, method.name], error.seen = error.seen, {}
            raise

    async def _unhurried(self, call: Call[T]) -> T:
        """Make a call; a refusal by rate is no failure: it is waited out longer than a fault would be."""
        try:
            return await self.session.call(call)
        except RateLimited as error:
            if error.network_code != _TOO_FAST:
                raise
            earlier = error
        if earlier.executed is None:
            call = replace(call, blind=min(call.blind, 1))  # one answer was lost already
        await self.session.sleep(_WAIT)
        with _after(earlier):
            return await self.session.call(call)

    def followed(self, request: Request, method: str, account: str) -> Request:
        """Let a request go to an address that VK handed to us.

        Raises:
            UnsafeAddress: it may not be followed; nothing was sent.
        """
        settings = self.settings
        try:
            return handed_over(request, hosts=settings.upload_hosts, base_url=settings.base_url)
        except UnsafeAddress as error:
            error.network, error.method, error.account = "vk", method, account
            raise

    def _request(self, value: str, name: str, params: Mapping[str, Any]) -> Request:
        form = {**form_of(params), "v": self.settings.api_version, "lang": self.settings.lang}
        headers = {}
        if self.settings.key_in == "header":
            headers["Authorization"] = f"Bearer {value}"
        else:
            form["access_token"] = value
        return Request("POST", f"{self.settings.base_url}{name}", headers, form=form, secrets=(value,))


_NEEDS_KEY = {"wall.post": "guid", "wall.createComment": "guid", "messages.send": "random_id",
              "photos.createComment": "guid", "video.createComment": "guid", "board.createComment": "guid"}  # fmt: skip


def _is_keyed(method: Method, params: Mapping[str, Any]) -> bool:
    needed = _NEEDS_KEY.get(method.name)
    return needed is None or bool(params.get(needed))

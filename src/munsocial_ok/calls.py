"""A call of a REST method: signed, paced, decoded, and once renewed when the token has expired.

Only ``fb.do`` with POST is used: tokens stay out of logs, and texts may be long. ``__online=false`` keeps the person of
the token from being shown as online by background work.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any, TypeVar

from munsocial.errors import KeyInvalid, KeyKindRefused, NetworkError
from munsocial.network.keys import Key
from munsocial.transport.faults import LookFirst
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Pace, Repeat, Session
from munsocial.wording import Text
from munsocial_ok.answers import Read
from munsocial_ok.keys import Keys, Person
from munsocial_ok.oauth import renew
from munsocial_ok.settings import OkSettings
from munsocial_ok.sign import FORM_TYPE, final_strings, signed
from munsocial_ok.wire import Anchored

__all__ = ["Calls"]

T = TypeVar("T")
L = TypeVar("L", bound=Anchored)

_EXPIRED = frozenset({"102", "103", "107"})
_NO_SESSION = "451"
_RENEW_LATER = Text(
    "Ключ истёк, и обновить его не удалось; сам вызов не выполнен. Повторите позже.",
    "The token has expired and was not renewed; the call itself was not done. Repeat later.",
)

_RENEW_AND_LOOK = LookFirst(
    "Ключ истёк, и обновить его не удалось; выполнен ли вызов, неизвестно. Посмотрите в группе, затем повторите.",
    "The token has expired and was not renewed; whether the call was done is unknown. Look in the group, then repeat.",
)


class Calls:
    """The REST methods of OK over one session."""

    def __init__(self, session: Session, keys: Keys, settings: OkSettings) -> None:
        self.session = session
        self.keys = keys
        self.settings = settings

    async def call(
        self,
        method: str,
        decode: Callable[[Answer], T],
        params: Mapping[str, Any],
        *,
        account: str,
        repeat: Repeat = Repeat.READ,
        own: bool = False,
        key: Key | None = None,
    ) -> T:
        """Call a method with a person's token, that of ``key`` if given.

        An expired one is renewed once, if it can be, and a method that refuses sessions is called without one: both
        calls were refused. An earlier attempt of them whose end is unclear stays unclear.

        Raises:
            NetworkError: whatever the network or the way to it reported.
            CapabilityMissing: no key at hand serves.
        """
        person = self.keys.person(account, own=own, key=key)
        try:
            return await self._once(method, decode, params, account, repeat, person)
        except (KeyInvalid, KeyKindRefused) as error:
            executed = error.executed
            other = await self._other(error, account, person, own, key)
            if other is None:
                raise
        try:
            return await self._once(method, decode, params, account, repeat, other)
        except NetworkError as error:
            if error.executed is False:
                error.executed = executed
            raise

    async def _other(
        self, error: NetworkError, account: str, person: Person, own: bool, key: Key | None
    ) -> Person | None:
        """Return with what a refused call may be made once more; None: with nothing at hand."""
        if error.network_code == _NO_SESSION:
            return self.keys.without_session(account)
        if error.network_code not in _EXPIRED:
            return None
        try:
            renewed = await renew(self, account, person, key)
        except NetworkError as failed:
            failed.executed = error.executed
            failed.remedy = _RENEW_LATER if error.executed is False else _RENEW_AND_LOOK
            raise
        return self.keys.person(account, own=own, key=key) if renewed else None

    async def _once(
        self,
        method: str,
        decode: Callable[[Answer], T],
        params: Mapping[str, Any],
        account: str,
        repeat: Repeat,
        person: Person,
    ) -> T:
        pace = Pace(f"ok:{person.reference}", self.settings.per_second)
        request = self._request(method, params, person)
        return await self.session.call(Call(request, decode, method, account, pace, repeat))

    def _request(self, method: str, params: Mapping[str, Any], person: Person) -> Request:
        """Make a request here, so that no frame that an error passes holds its parts."""
        common = {"method": method, "application_key": person.application_key, "format": "json", "__online": False}
        form = signed(final_strings({**params, **common}), person.secret, access_token=person.token)
        secrets = (person.secret, form["sig"], *([person.token] if person.token else ()))
        return Request(
            "POST", f"{self.settings.base_url}/fb.do", headers={"Content-Type": FORM_TYPE}, form=form, secrets=secrets
        )

    async def pages(
        self,
        method: str,
        decode: Callable[[Answer], Read[L]],
        params: Mapping[str, Any],
        *,
        account: str,
    ) -> AsyncGenerator[tuple[Read[L], bool], None]:
        """Yield the pages of an anchored listing, each with "this was certainly the last".

        It ends when ``has_more`` is false, without a new anchor, and after the ceiling of pages of the settings; a page
        that ended it while the network said that more follows is not certainly the last. Where ``has_more`` is
        missing, an empty page is the end, at which the caller stops taking. A list that changed underway is read from
        its beginning once more: items may come twice.
        """
        seen: set[str] = set()
        anchor: str | None = None
        again = 1
        for _ in range(self.settings.max_pages):
            read = await self.call(method, decode, {**params, "anchor": anchor}, account=account)
            if read.value.inconsistent and again:
                again, anchor, seen = again - 1, None, set()
                continue
            anchor = read.value.anchor
            ended = read.value.has_more is False or not anchor or anchor in seen
            yield read, ended and read.value.has_more is not True and not read.value.inconsistent
            if ended or anchor is None:
                return
            seen.add(anchor)

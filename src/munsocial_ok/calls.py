"""A call of a REST method: signed, paced, decoded, and once renewed when the token has expired.

Only ``fb.do`` with POST is used: tokens stay out of logs, and texts may be long. ``__online=false`` keeps the person of
the token from being shown as online by background work.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, TypeVar

from munsocial.errors import KeyInvalid
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Pace, Repeat, Session
from munsocial_ok.answers import Read
from munsocial_ok.keys import Keys, Person
from munsocial_ok.oauth import renew
from munsocial_ok.settings import OkSettings
from munsocial_ok.sign import final_strings, signed
from munsocial_ok.wire import Anchored

__all__ = ["Calls"]

T = TypeVar("T")
L = TypeVar("L", bound=Anchored)

_EXPIRED = frozenset({"102", "103", "107"})


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
    ) -> T:
        """Call a method with a person's token. An expired one is renewed once, if it can be: the call was refused.

        Raises:
            NetworkError: whatever the network or the way to it reported.
            CapabilityMissing: no key at hand serves.
        """
        person = self.keys.person(account, own=own)
        try:
            return await self._once(method, decode, params, account, repeat, person)
        except KeyInvalid as error:
            if error.network_code not in _EXPIRED or not await renew(self, account, person):
                raise
        return await self._once(method, decode, params, account, repeat, self.keys.person(account, own=own))

    async def _once(
        self,
        method: str,
        decode: Callable[[Answer], T],
        params: Mapping[str, Any],
        account: str,
        repeat: Repeat,
        person: Person,
    ) -> T:
        common = {"method": method, "application_key": person.application_key, "format": "json", "__online": False}
        form = signed(final_strings({**params, **common}), person.secret, access_token=person.token)
        request = Request(
            "POST",
            f"{self.settings.base_url}/fb.do",
            form=form,
            secrets=(person.token, person.secret, form["sig"]),
        )
        pace = Pace(f"ok:{person.reference}", self.settings.per_second)
        return await self.session.call(Call(request, decode, method, account, pace, repeat))

    async def pages(
        self,
        method: str,
        decode: Callable[[Answer], Read[L]],
        params: Mapping[str, Any],
        *,
        account: str,
    ) -> AsyncIterator[tuple[Read[L], bool]]:
        """Yield the pages of an anchored listing, each with "this was certainly the last".

        It ends when ``has_more`` is false, without a new anchor, and after the ceiling of pages of the settings; a page
        that ended it while the network said that more follows is not certainly the last. Where ``has_more`` is
        missing, an empty page is the end, at which the caller stops taking.
        """
        seen: set[str] = set()
        anchor: str | None = None
        for _ in range(self.settings.max_pages):
            read = await self.call(method, decode, {**params, "anchor": anchor}, account=account)
            anchor = read.value.anchor
            ended = read.value.has_more is False or not anchor or anchor in seen
            yield read, ended and read.value.has_more is not True
            if ended or anchor is None:
                return
            seen.add(anchor)

"""Adapters and a face that put ids and handles into addresses wrongly, and the test of the kit that catches each.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from broken.cases import Case, Ploshchad, PloshchadFace, suites
from munsocial.network import Equipment
from munsocial.testing import conformance as kit
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Session


class _Altering(Session):
    """Alters requests on their way."""

    def __init__(self, usual: Session, alter: Callable[[Request], Request]) -> None:
        super().__init__(usual.port, network=usual.network, settings=usual.settings)
        self.alter = alter

    async def call(self, call: Call[Any]) -> Any:
        return await super().call(replace(call, request=self.alter(call.request)))


def _quoted_twice(request: Request) -> Request:
    return replace(request, url=request.url.replace("%", "%25"))


class _Alters(Ploshchad):
    """Alters its requests on their way."""

    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self.session = _Altering(equipment.session, self.alter)

    @staticmethod
    def alter(request: Request) -> Request:
        raise NotImplementedError


class AddressesAsTheyAre(_Alters):
    @staticmethod
    def alter(request: Request) -> Request:
        return replace(request, url=unquote(request.url))


class QuotesTwice(_Alters):
    alter = staticmethod(_quoted_twice)


class HeadersAsTheyAre(_Alters):
    @staticmethod
    def alter(request: Request) -> Request:
        headers: Mapping[str, str] = {name: unquote(value) for name, value in request.headers.items()}
        return replace(request, headers=headers)


class QuotesForNobody(Ploshchad):
    """Its face does not take the quotes off."""


class NeverUnquotes(PloshchadFace):
    def handle(self, request: Request) -> Answer:
        return super().handle(_quoted_twice(request))


class SpacesAsPluses(_Alters):
    """Quotes as forms do."""

    @staticmethod
    def alter(request: Request) -> Request:
        return replace(request, url=request.url.replace(quote(" "), "+"))


_READ, _DONE, _SAYS = "test_it_reads_what_is_there", "test_it_takes_effect", "ids and handles with any signs"

CASES = (
    Case(AddressesAsTheyAre, kit.ListCommentsConformance, _READ, _SAYS),
    Case(AddressesAsTheyAre, kit.BanConformance, _DONE, _SAYS),
    Case(QuotesTwice, kit.ReadProfileConformance, _READ, _SAYS),
    Case(SpacesAsPluses, kit.DeletePostConformance, _DONE, _SAYS),
    Case(HeadersAsTheyAre, kit.DeleteCommentConformance, _DONE, "a header holds"),
    Case(QuotesForNobody, kit.ListPostsConformance, _READ, _SAYS, NeverUnquotes),
    Case(
        QuotesForNobody,
        kit.ResolveHandleConformance,
        "test_a_former_handle_leads_nowhere",
        "a handle with any signs",
        NeverUnquotes,
    ),
)

globals().update(suites(CASES, __name__))

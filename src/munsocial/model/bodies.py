"""Who runs accounts: the municipality and its bodies."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator

from munsocial.model.base import Id, Line, OpenWord, Period, Record
from munsocial.model.checking.mistakes import unfit
from munsocial.wording import Text

__all__ = ["Body", "BodyKind", "Municipality", "Zone"]


def _known_zone(name: str) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"unknown time zone {name!r}, expected a name like Europe/Moscow") from None
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]
"""A time zone by a name that this computer knows."""


def _known_country(code: str) -> str:
    if code == "RU":  # the library of calendars costs more than the whole register
        return code
    from holidays import list_supported_countries

    if code not in list_supported_countries(include_aliases=False):
        raise unfit(
            "country_calendar",
            Text("такого производственного календаря нет.", "there is no such calendar of working days."),
            Text("Напишите код страны двумя заглавными буквами: RU.", "Write a country's code in two capitals: RU."),
        )
    return code


class BodyKind(StrEnum):
    """What a body is; acts address kinds by these words."""

    ADMINISTRATION = "administration"
    SECTORAL = "sectoral"
    FUNCTIONAL = "functional"
    TERRITORIAL = "territorial"
    SETTLEMENT = "settlement"
    ORGANISATION = "organisation"


class Municipality(Record):
    """The municipality whose register this is; weeks and terms are cut in its time zone."""

    id: Id
    name: Line
    timezone: Zone = "Europe/Moscow"
    acts: tuple[str, ...] = ()
    """Ids of shipped acts or paths beside the registry; they stack."""
    country_calendar: Annotated[str, AfterValidator(_known_country)] = "RU"
    """Production calendar for working terms, a country code of the library ``holidays``."""


class Body(Period):
    """A body of local self-government, from the day it exists to the day it is abolished."""

    id: Id
    kind: BodyKind
    name: Line
    legal_entity: bool = False
    tags: tuple[OpenWord, ...] = ()
    """Further words by which acts address it, e.g. ``rural_settlement_body``."""
    unit: str = ""
    """The department that creates and runs the accounts (clause 2: the media department)."""
    places: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    competence: tuple[str, ...] = ()
    served_by: Id | None = None
    """The body whose accounts serve one that has none of its own."""
    successor: Id | None = None
    """The body that took over when this one was abolished."""
    site: str = ""

    @property
    def addressed_as(self) -> frozenset[str]:
        """Every word by which an act may address this body: its kind, its tags and what follows from them."""
        words = {self.kind.value, *self.tags}
        if self.kind in _DISTRICT_BODIES:
            words.add("body")
            if self.legal_entity:
                words.add("legal_entity_body")
        if self.kind is BodyKind.SETTLEMENT:
            words.add("settlement_administration")
        if self.kind is BodyKind.ORGANISATION:
            words.add("subordinate_organisation")
        else:
            words.add("local_body")
        return frozenset(words)


_DISTRICT_BODIES = frozenset({BodyKind.SECTORAL, BodyKind.FUNCTIONAL, BodyKind.TERRITORIAL})

"""Phone numbers of a register: checked by ``phonenumbers``, kept as E.164, shown masked."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

from munsocial.model.base import Id, Period

__all__ = ["E164", "Phone", "PhoneKind", "e164", "masked"]


# Russian numbers as they are saved, the bulk of every register: phonenumbers gives the same answer fifty times slower.
_PLAIN_RUSSIAN = re.compile(r"\+7[3489][0-9]{9}")


@lru_cache(maxsize=65536)
def e164(number: str) -> str:
    """Return a number as E.164; one without the code of its country is Russian.

    Raises:
        ValueError: it is not a possible phone number of its country.
    """
    if _PLAIN_RUSSIAN.fullmatch(number):
        return number
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, "RU")
    except phonenumbers.NumberParseException as failed:
        raise ValueError("not a phone number") from failed
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError("not a possible phone number: wrong count of digits")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def masked(number: str) -> str:
    """Return a number for people: the country code and the last two digits, the rest as dots."""
    return f"{number[:2]}{'•' * max(len(number) - 4, 0)}{number[-2:]}"


E164 = Annotated[str, AfterValidator(e164)]


class PhoneKind(StrEnum):
    """Whose the phone is."""

    SERVICE = "service"
    PRIVATE = "private"


class Phone(Period):
    """A phone of a body from the day it was received to the day it was given back."""

    number: E164
    body: Id | None = None
    kind: PhoneKind | None = None
    """None: nobody knows whether it is a service phone."""
    lost: bool = False
    note: str = ""

    @property
    def masked(self) -> str:
        """The number as it is shown to people."""
        return masked(self.number)

"""What all parameters share: they are frozen, unknown names are refused, no text stands where a number belongs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from munsocial.model.base import Record
from munsocial.model.checking.mistakes import unfit
from munsocial.wording import Text

__all__ = [
    "Comparator", "Count", "GoodFor", "Params", "Rotation", "SomeWords", "Term", "Told", "Unit", "Word", "Words",
    "together",
]  # fmt: skip

Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Unit = Literal["minutes", "hours", "working_hours", "days", "working_days"]
Comparator = Literal["ge", "gt", "le", "lt", "eq"]
Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Words = tuple[Word, ...]
SomeWords = Annotated[Words, Field(min_length=1)]
"""At least one word: a demand that names nothing cannot fail, and so demands nothing."""
GoodFor = Annotated[Count, Field(description="Days for which an attestation is good, unless it says less itself.")]
Told = Field(description="For the reader: no rule looks at it.")
"""Marks what an act says and nothing here can check."""

Rotation = Annotated[str, StringConstraints(pattern=r"^\d{1,4}[dwmy]$")]
"""A length of time as acts write it: 90d, 2w, 3m, 1y."""


class Params(Record):
    """The base of all parameters."""

    model_config = ConfigDict(strict=True)

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, given: Any) -> Any:
        """Files know lists only; strict models want tuples."""
        if not isinstance(given, dict):
            return given
        return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


class Term(Params):
    """A length of time with its unit."""

    value: Count
    unit: Unit


def together(limit: int | None, unit: str | None, name: str) -> None:
    """Refuse a number of the term ``name`` without its unit: nothing could be counted by it."""
    if limit is not None and unit is None:
        raise unfit(
            name,
            Text("срок без единицы.", "a term without its unit."),
            Text(
                "Напишите единицу: minutes, hours, working_hours, days или working_days.",
                "Write the unit: minutes, hours, working_hours, days or working_days.",
            ),
        )

"""The years that make sense here: a day outside them is a slip, and weeks and terms would leave the calendar."""

from __future__ import annotations

from datetime import date

from munsocial.wording import Text

__all__ = ["NO_SENSE", "YEARS", "makes_sense"]

_FIRST, _LAST = 1990, 2100
"""Days outside are slips of the keyboard: the first municipal page is younger, the last appointment ends earlier."""
NO_SENSE = Text("год {year} не имеет смысла.", "the year {year} makes no sense.")
YEARS = Text(f"Годы здесь от {_FIRST} до {_LAST}.", f"Years go from {_FIRST} to {_LAST}.")


def makes_sense(day: date) -> bool:
    """Tell whether a day, or a moment, lies in a year that somebody can have meant."""
    return _FIRST <= day.year <= _LAST

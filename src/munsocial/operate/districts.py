"""Whose an entry is: districts may share a journal, and their accounts may be called alike."""

from __future__ import annotations

from munsocial.journal.entries import Entry

__all__ = ["of_district"]


def of_district(entry: Entry, district: str | None) -> bool:
    """Tell whether an entry may be of a district, the id of a municipality; None for any.

    Older entries do not say whose they are: they are everybody's.
    """
    return district is None or entry.body.get("district", district) == district

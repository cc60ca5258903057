"""What a rule says of one subject: an outcome, the facts behind it, and where they can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from munsocial.wording import Text

__all__ = ["Evidence", "Level", "Means", "Outcome", "Verdict"]


class Outcome(StrEnum):
    """How a demand stands; a demand that cannot be judged is never counted as met."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    SUSPENDED = "suspended"  # the network may not lawfully be used now


class Level(StrEnum):
    """How strongly an act wants something; kept apart from the outcome."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Means(StrEnum):
    """Through what a fact is known."""

    REGISTRY = "registry"
    NETWORK = "network"
    TEXT = "text"  # read by a program: an indication with a confidence, for a person to decide
    ATTESTATION = "attestation"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one fact can be seen: checked through what, when, and the very place if there is one.

    ``start`` and ``end`` are places in the text of the item (characters) and ``quote`` is what stands there, or the
    beginning of the text when no place is meant; ``confidence`` belongs to `Means.TEXT` only.
    ``item`` is the network's id of a post or comment, or the registry's id of a record.
    """

    means: Means
    at: datetime | None = None
    through: str = ""
    link: str = ""
    item: str = ""
    quote: str = ""
    start: int | None = None
    end: int | None = None
    confidence: float | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer of a rule.

    ``text`` is a sentence with ``{facts}`` in it; it is filled when somebody reads it. ``derived`` names a check
    which does not stand in the act and only follows from it; ``level`` then may differ from that of the act.
    ``subject`` is the id of what was judged when it is not the one that the rule was asked about.
    """

    outcome: Outcome
    text: Text
    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    remedy: Text | None = None
    level: Level | None = None
    derived: str = ""
    subject: str = ""

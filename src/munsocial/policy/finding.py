"""A finding: a verdict tied to the act, clause and subject it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from munsocial.model.statements import Waiver
from munsocial.policy.citing import cites
from munsocial.policy.speech import plain, speak
from munsocial.policy.verdict import Evidence, Level, Outcome
from munsocial.wording import Lang, Text

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of an audit.

    ``subject`` is the id of an account, a body or the municipality; ``body`` is the body behind it (may be empty).
    ``derived`` names a check that only follows from the act (empty: the act itself says it).
    ``waiver`` is the excuse in force; what it excuses is judged and shown all the same.
    """

    act: str
    requirement: str
    clause: str
    kind: str
    level: Level
    subject: str
    outcome: Outcome
    text: Text
    facts: Mapping[str, Any]
    evidence: tuple[Evidence, ...]
    remedy: Text | None
    waiver: Waiver | None
    body: str
    network: str
    derived: str

    def say(self, lang: Lang = "ru") -> str:
        """Return the finding as one or two sentences for a person."""
        return speak(self.text, self.facts, lang)

    def advise(self, lang: Lang = "ru") -> str:
        """Return what to do, empty when there is nothing to do."""
        return speak(self.remedy, self.facts, lang) if self.remedy else ""

    @property
    def violation(self) -> bool:
        """Tell whether a duty is broken with no excuse in force."""
        return self.outcome is Outcome.NOT_MET and self.level is Level.MUST and self.waiver is None

    @property
    def remark(self) -> bool:
        """Tell whether a recommendation is not followed, with no excuse in force."""
        return self.outcome is Outcome.NOT_MET and self.level is Level.SHOULD and self.waiver is None

    def cites(self, clause: str) -> bool:
        """Tell whether it rests on a clause or on a point of it: ``9`` takes in ``9.1``."""
        return cites(self.clause, clause)

    def as_plain(self) -> dict[str, Any]:
        """Return the finding as JSON can hold it."""
        return {
            "act": self.act,
            "requirement": self.requirement,
            "clause": self.clause,
            "kind": self.kind,
            "level": str(self.level),
            "subject": self.subject,
            "body": self.body,
            "network": self.network,
            "outcome": str(self.outcome),
            "text": {"ru": self.say("ru"), "en": self.say("en")},
            "remedy": {"ru": self.advise("ru"), "en": self.advise("en")} if self.remedy else None,
            "facts": plain(self.facts),
            "evidence": [_evidence_as_plain(one) for one in self.evidence],
            "waiver": self.waiver.model_dump(mode="json") if self.waiver else None,
            "derived": self.derived,
        }


def _evidence_as_plain(one: Evidence) -> dict[str, Any]:
    return {
        "means": str(one.means),
        "at": plain(one.at),
        "through": one.through,
        "link": one.link,
        "item": one.item,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "confidence": one.confidence,
        "note": plain(one.note),
    }

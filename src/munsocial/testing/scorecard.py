"""The score card of the conformance kit: for each network and ability what was kept, what broke, what was not tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["DECLARES", "TRIED", "Card", "cards_of", "lines_of"]

TRIED, DECLARES = "munsocial", "munsocial-declares"
"""Names of the properties that the kit's tests leave in their reports."""


@dataclass
class Card:
    """What is known of one network after a run."""

    network: str
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """Ability to how many of its tests passed, failed, were skipped."""
    absent: dict[str, str] = field(default_factory=dict)
    """Ability to how it is declared, and the reason for which it was skipped: ``absent: the reason``."""
    declared: set[str] = field(default_factory=set)
    """Abilities that the adapter declares as native."""

    def verdict(self, ability: str) -> str:
        """Return one word: kept, BROKEN, in part, NOT TRIED; or how it is declared: absent, manual, local."""
        counts = self.counts.get(ability, Counter())
        if counts["failed"]:
            return "BROKEN"
        if ability in self.declared or ability == "declaration":
            if not counts["passed"]:
                return "NOT TRIED"
            return "in part" if counts["cassette"] else "kept"
        return self.absent[ability].partition(": ")[0] if ability in self.absent else "kept"

    @property
    def whole(self) -> bool:
        """True when everything that is declared was tried and kept."""
        return all(self.verdict(one) == "kept" for one in self.declared) and not any(
            counts["failed"] for counts in self.counts.values()
        )


def cards_of(reports: Iterable[Any]) -> list[Card]:
    """Make the cards out of pytest's reports, whatever their phase and outcome."""
    cards: dict[str, Card] = {}
    for report in reports:
        known = dict(getattr(report, "user_properties", ()))
        if TRIED not in known:
            continue
        network, ability = known[TRIED]
        card = cards.setdefault(network, Card(network))
        card.declared.update(known.get(DECLARES, ("", ""))[1].split())
        _count(card, ability, report)
    return sorted(cards.values(), key=lambda card: card.network)


def _count(card: Card, ability: str, report: Any) -> None:
    counts = card.counts.setdefault(ability, Counter())
    if report.skipped:
        reason = _reason(report)
        if ability not in card.declared and reason.startswith(f"{ability}: "):
            card.absent.setdefault(ability, reason.removeprefix(f"{ability}: "))
        counts["cassette" if "cassette" in reason else "skipped"] += 1
    elif report.failed:
        counts["failed"] += 1
    elif report.when == "call":
        counts["passed"] += 1


def _reason(report: Any) -> str:
    told = report.longrepr
    text = told[2] if isinstance(told, (tuple, list)) and len(told) == 3 else str(told)
    return str(text).removeprefix("Skipped: ")


def lines_of(card: Card) -> Iterator[str]:
    """Yield the lines of a card."""
    names = sorted({*card.counts, *card.declared}, key=lambda one: (_ORDER.get(card.verdict(one), 9), one))
    width = max(map(len, names), default=0)
    for name in names:
        verdict, counts = card.verdict(name), card.counts.get(name, Counter())
        told = ", ".join(f"{counts[word]} {word}" for word in ("passed", "failed") if counts[word])
        if name in card.absent and verdict not in _ORDER:
            told = card.absent[name].partition(": ")[2]
        if verdict == "in part":
            told += f", {counts['cassette']} need a world"
        yield f"{name:<{width}}  {verdict:<9}  {told}".rstrip()
    kept = sum(card.verdict(one) == "kept" for one in card.declared)
    yield f"{card.network}: {kept} of {len(card.declared)} declared abilities kept"


_ORDER = {"BROKEN": 0, "NOT TRIED": 1, "in part": 2, "kept": 3}

"""Names by which tools tell findings apart, the same in the next report of the same district.

A name holds what a finding speaks of, never how it stands: else a tool takes a mended one for another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from munsocial.policy.finding import Finding
from munsocial.policy.speech import plain

__all__ = ["named"]

_TELLING = ("since", "unit", "duty", "kind", "key", "item", "object", "category", "statement", "network_name")
"""Facts by which findings of one demand on one subject differ: the week or its kind, the duty, the key, the thing."""


def named(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Give findings with what tells each from the others of its demand and subject; empty where one is alone.

    What no fact tells apart is numbered, so give all findings of a report: no choice of them may shift the numbers.
    """
    met: Counter[tuple[str, str, str, str]] = Counter()
    for one in findings:
        marks = [one.derived, *(_said(plain(one.facts[name])) for name in _TELLING if name in one.facts)]
        name = ", ".join(filter(None, marks))
        place = (one.act, one.requirement, one.subject, name)
        met[place] += 1
        yield one, name if met[place] == 1 else f"{name} #{met[place]}".strip()


def _said(fact: Any) -> str:
    if isinstance(fact, dict):
        return str(fact.get("ru", ""))
    return "+".join(map(_said, fact)) if isinstance(fact, list) else "" if fact is None else str(fact)

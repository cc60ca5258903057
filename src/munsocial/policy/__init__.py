"""What is required and whether it is met: acts as data, rules as pure functions, a report as a value.

`act` and `params` say what can be demanded, `loading` reads it, `checking` points out slips. `auditing` asks the
`rules` about a `case`, of which `facts` are read; their verdicts become findings, and these a `report`.

Names load on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.lazily import named

if TYPE_CHECKING:
    from munsocial.policy.act import Act as Act
    from munsocial.policy.act import Clause as Clause
    from munsocial.policy.act import NetworkStatus as NetworkStatus
    from munsocial.policy.act import Requirement as Requirement
    from munsocial.policy.auditing import audit as audit
    from munsocial.policy.catalogue import KINDS as KINDS
    from munsocial.policy.checking import Notice as Notice
    from munsocial.policy.checking import check_acts as check_acts
    from munsocial.policy.finding import Finding as Finding
    from munsocial.policy.loading import load_acts as load_acts
    from munsocial.policy.loading import network_statuses as network_statuses
    from munsocial.policy.loading import read_act as read_act
    from munsocial.policy.loading import shipped_acts as shipped_acts
    from munsocial.policy.readings import Readings as Readings
    from munsocial.policy.report import Report as Report
    from munsocial.policy.terms import Calendar as Calendar
    from munsocial.policy.verdict import Evidence as Evidence
    from munsocial.policy.verdict import Level as Level
    from munsocial.policy.verdict import Means as Means
    from munsocial.policy.verdict import Outcome as Outcome
    from munsocial.policy.verdict import Verdict as Verdict
else:
    # Out of sight of type checkers, which would take every slip for a name.
    def __getattr__(name: str) -> object:
        return named(__name__, name, _HOMES)


_HOMES = {
    "Act": "act",
    "Calendar": "terms",
    "Clause": "act",
    "Evidence": "verdict",
    "Finding": "finding",
    "KINDS": "catalogue",
    "Level": "verdict",
    "Means": "verdict",
    "NetworkStatus": "act",
    "Notice": "checking",
    "Outcome": "verdict",
    "Readings": "readings",
    "Report": "report",
    "Requirement": "act",
    "Verdict": "verdict",
    "audit": "auditing",
    "check_acts": "checking",
    "load_acts": "loading",
    "network_statuses": "loading",
    "read_act": "loading",
    "shipped_acts": "loading",
}

__all__ = sorted(_HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

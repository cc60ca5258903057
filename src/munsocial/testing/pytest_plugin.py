"""Fixtures for policy checks in unit tests, and the score card of the conformance kit, found by pytest by themselves.

Loaded at the start of every pytest run of whoever has munsocial installed, so it imports nothing but
pytest: the rest is imported by the fixture that needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from munsocial.policy import Act, Report


@pytest.fixture(scope="session")
def munsocial_acts() -> Callable[[Sequence[str | Path]], tuple[Act, ...]]:
    """Load acts by id, shipped or of a plugin, or by path; a file is read each time, so that a changed one is seen."""
    from munsocial.plugins import load_acts

    return load_acts


@pytest.fixture(scope="session")
def munsocial_report(munsocial_acts: Callable[[Sequence[str | Path]], tuple[Act, ...]]) -> Callable[..., Report]:
    """Judge a registry file by a snapshot file; without ``acts`` by those that the registry names.

    ``at`` is the moment of the snapshot unless given; reports are not kept, so a changed file is seen.
    """
    from pathlib import Path

    from munsocial.model.files import load_registry
    from munsocial.model.snapshots import load_snapshot
    from munsocial.plugins import load_acts
    from munsocial.policy import audit

    def judge(
        registry: str | Path, snapshot: str | Path, *, at: datetime | None = None, acts: Sequence[str | Path] = ()
    ) -> Report:
        district, seen = load_registry(registry), load_snapshot(snapshot)
        order = munsocial_acts(acts) if acts else load_acts(district.municipality.acts, beside=Path(registry).parent)
        return audit(district, seen, order, at or seen.taken_at)

    return judge


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Show the score card of each network whose adapter the conformance kit has tried in this run."""
    reports = [one for some in terminalreporter.stats.values() for one in some if hasattr(one, "user_properties")]
    if not any(name == "munsocial" for one in reports for name, _ in one.user_properties):
        return
    from munsocial.testing.scorecard import cards_of, lines_of

    for card in cards_of(reports):
        terminalreporter.section(f"munsocial: score card of {card.network}")
        for line in lines_of(card):
            terminalreporter.write_line(line)

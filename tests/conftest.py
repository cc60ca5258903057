"""What a run left out and why, in a line a reason; the skips of the kit stand in its score cards, once is enough."""

from __future__ import annotations

import os
import signal
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, settings

from munsocial.testing.scorecard import TRIED

# No test measures time: what a loaded machine needs for one example says nothing of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores Ctrl-C and so would the commands that tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Workers and programs that tests start read what one of them has compiled; where nothing may be written nothing is.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell what was skipped outside of the conformance kit."""
    skipped = terminalreporter.stats.get("skipped", ())
    outside = [one for one in skipped if TRIED not in dict(one.user_properties)]
    if outside:
        terminalreporter.section("not tried in this run")
    for reason, count in Counter(_reason(one) for one in outside).most_common():
        terminalreporter.write_line(f"{count:>5}  {reason}")


def _reason(report: Any) -> str:
    told = report.longrepr
    return str(told[2] if isinstance(told, tuple) else told).removeprefix("Skipped: ")

"""What a run left out and why, in a line a reason; the skips of the kit stand in its score cards, once is enough."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
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

_IN_MEMORY = Path("/dev/shm")
_ENOUGH = 4 << 30


def _fit(folder: Path) -> bool:
    """Whether programs may be started there, and there is room for the files of some runs."""
    return (
        os.access(folder, os.W_OK)
        and not os.statvfs(folder).f_flag & os.ST_NOEXEC
        and shutil.disk_usage(folder).free > _ENOUGH
    )


# A journal waits for the disk at each entry, which is a third of the time that its tests take. Linux has a disk in
# memory; whoever has named a folder for temporary files keeps it.
if "TMPDIR" not in os.environ and _IN_MEMORY.is_dir() and _fit(_IN_MEMORY):
    os.environ["TMPDIR"] = tempfile.tempdir = str(_IN_MEMORY)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let the cycle collector rest while thousands of tests are found, and never look through them again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


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

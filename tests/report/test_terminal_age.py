"""The terminal says when the networks were read, where that is not the moment of judgement."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.console import Console

from munsocial.policy.verdict import Outcome
from munsocial.report.console import show
from report_samples import finding, report


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "проверка на 23.11.2026 10:00\nПесочница"),
        (5, "Сети прочитаны 23.11.2026 05:00.\n"),
        (24, "Сети прочитаны 22.11.2026 10:00: за 1 день до момента проверки.\n"),
        (21 * 24 + 5, "Сети прочитаны 02.11.2026 05:00: за 21 день до момента проверки.\n"),
        (-24, "Сети прочитаны 24.11.2026 10:00.\n"),
    ],
)
def test_the_terminal_says_how_old_is_what_was_seen(hours: int, said: str) -> None:
    target = io.StringIO()
    seen = report(finding(Outcome.MET))
    show(replace(seen, taken_at=seen.at - timedelta(hours=hours)), "ru", Console(file=target))
    assert said in target.getvalue()

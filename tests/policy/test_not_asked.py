"""What was not asked for is told with a remedy that helps: no command asks for private messages or statistics."""

from __future__ import annotations

from datetime import UTC, datetime

from munsocial.operate.collecting.collect import OWN
from munsocial.operate.collecting.reading import PARTS
from munsocial.policy import audit, load_acts
from munsocial.sandbox.demo import sample


def test_the_remedy_for_messages_that_no_command_reads() -> None:
    assert set(PARTS) - OWN == {"messages", "stats"}
    stage = sample(datetime(2026, 11, 27, 9, tzinfo=UTC))
    with stage.connect() as social:
        seen = social.collect(weeks=1)
    report = audit(stage.registry, seen, load_acts(["kalininsky"]), at=stage.now)
    told = {one.advise() for one in report.of(clause="9.2") if one.say() == "Не видно: сообщения (не запрашивалось)."}
    assert told == {
        "Соберите новый снимок. Сообщения и статистику команда collect не читает: запросите их в Python (want=…)."
    }

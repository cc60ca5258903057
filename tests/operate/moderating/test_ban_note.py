"""What a ban's note says to the banned person: how much was removed and why, and where to appeal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import District
from munsocial.model.statements import Removal
from munsocial.operate.moderating.bans import plan_bans
from munsocial.operate.moderating.moderation import Settings
from munsocial.operate.plans.plan import Plan

VK = "administration-vk"

NOTES = (
    (
        ({"ground": "obscenity"}, {"ground": "insult"}, {"ground": "spam"}),
        "Удалено комментариев: 3 (нецензурная брань — 1, оскорбление — 1, спам — 1) (п. 9.3).",
    ),
    (
        ({"ground": "threat", "kind": "message", "clause": "9.2"}, {"ground": "threat", "kind": "message"}),
        "Удалено личных сообщений: 2 (угроза — 2) (п. 9.2, 9.3).",
    ),
    (
        ({"ground": "spam", "kind": "comment"}, {"ground": "spam"}, {"ground": "threat", "kind": "message"}),
        "Удалено комментариев: 2 (спам — 2); личных сообщений: 1 (угроза — 1) (п. 9.3).",
    ),
    (
        ({"ground": "spam", "clause": ""}, {"ground": "spam", "clause": ""}),
        "Удалено комментариев: 2 (спам — 2) (п. 9.4).",
    ),
)


def planned(folder: Path, *rows: dict[str, str], settings: Settings) -> Plan:
    district = District(folder)
    with district.connect() as social:
        known: dict[str, Any] = {"account": VK, "author_id": "555", "clause": "9.3"}
        removals = [
            Removal.model_validate(
                {"at": social.now() - timedelta(days=1, minutes=-place), "item": str(place), **known, **row}
            )
            for place, row in enumerate(rows)
        ]
        adapters = {"vk": social.adapter("vk")}
        return plan_bans(removals, registry=district.registry, adapters=adapters, now=social.now(), settings=settings)


@pytest.mark.parametrize(("rows", "said"), NOTES)
def test_a_note_counts_by_kind_and_ground(tmp_path: Path, rows: tuple[dict[str, str], ...], said: str) -> None:
    (step,) = planned(tmp_path, *rows, settings=Settings(appeal="lesnoy@example.org")).steps
    note: str = step.params["note"]
    assert note.startswith(said)
    assert note.endswith("Обжаловать: lesnoy@example.org")


@pytest.mark.parametrize(
    ("rows", "appeal", "told"),
    [
        (({"ground": "spam"}, {"ground": "spam"}), "", ["укажите appeal"]),
        (({"ground": "spam"}, {"ground": "spam"}), " ", ["укажите appeal"]),
        (({"ground": "spam"}, {"ground": "spam"}), "lesnoy@example.org", []),
        (({"ground": "spam"},), "", []),
    ],
)
def test_a_ban_without_a_way_to_appeal_is_told(
    tmp_path: Path, rows: tuple[dict[str, str], ...], appeal: str, told: list[str]
) -> None:
    plan = planned(tmp_path, *rows, settings=Settings(appeal=appeal))
    assert [part for one in plan.problems for part in told if part in one.ru] == told
    assert len(plan.problems) == len(told)

"""Comments and bans of our own side: shown to a person with who it is, never planned."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import REGISTER, District
from munsocial.model.statements import Removal
from munsocial.operate.moderating.bans import plan_bans
from munsocial.operate.moderating.moderation import plan_moderation
from munsocial.testing.factories import comment, post, snapshot, view

VK = "administration-vk"
LEFT = REGISTER.replace('id = "elkina"', 'id = "elkina"\nuntil = 2026-11-20', 1)

WHO = (
    (REGISTER, "810000001", "user", "наш сотрудник Ёлкина Мария Петровна"),
    (REGISTER, "-240000100", "user", "вышестоящий аккаунт Администрация края"),
    (REGISTER, "240000100", "group", "вышестоящий аккаунт Администрация края"),
    (REGISTER, "-240000002", "user", "наш аккаунт borovoye-vk"),
    (REGISTER, "240000100", "user", ""),
    (REGISTER, "-810000001", "group", ""),
    (REGISTER, "570000000001", "user", ""),
    (LEFT, "810000001", "user", ""),
)
"""By network and kind: another network's number, a citizen with a page's number and who has left are strangers."""


@pytest.mark.parametrize(("register", "author", "kind", "who"), WHO)
def test_a_comment_of_our_side_is_shown_and_not_removed(
    tmp_path: Path, register: str, author: str, kind: str, who: str
) -> None:
    district = District(tmp_path, register)
    said = comment("Иди на х@й", id="c1", author_id=author, author_kind=kind)
    seen = snapshot(view(VK, posts=[post(id="post-1")], comments=[said]), municipality="lesnoy")
    with district.connect() as social:
        adapters = social._link.adapters
        plan = plan_moderation(seen, registry=district.registry, adapters=adapters, now=social.now())
    told = [one.ru for one in plan.problems]
    assert (len(plan.steps), [who in one for one in told]) == ((0, [True]) if who else (1, []))


BANS = (
    ("810000001", "наш сотрудник Ёлкина Мария Петровна"),
    ("-240000100", "вышестоящий аккаунт Администрация края"),
    ("-240000001", "наш аккаунт administration-vk"),
    ("240000001", "наш аккаунт administration-vk"),
    ("-240000999", ""),
    ("555", ""),
)
"""A removal keeps no kind of author: a bare number that may be ours is left to a person."""


@pytest.mark.parametrize(("author", "who"), BANS)
def test_nobody_of_our_side_is_banned(tmp_path: Path, author: str, who: str) -> None:
    district = District(tmp_path)
    with district.connect() as social:
        row: dict[str, Any] = {"at": social.now() - timedelta(days=1), "account": VK, "ground": "spam"}
        removals = [Removal.model_validate({**row, "item": item, "author_id": author}) for item in ("c1", "c2")]
        adapters = {"vk": social.adapter("vk")}
        plan = plan_bans(removals, registry=district.registry, adapters=adapters, now=social.now())
    assert len(plan.steps) == (not who)
    assert any(who in one.ru for one in plan.problems) if who else True

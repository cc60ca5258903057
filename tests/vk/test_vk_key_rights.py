"""What a key may carry is told before a publication fails on it; what VK did not say of a key is not known."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.network.abilities import Ability
from munsocial.network.keyreport import KeyReport
from munsocial.transport.port import drive
from vk_world import account, failing, scripted

PHOTOS, VIDEO, WALL, DOCS, GROUPS, STATS = 4, 16, 8192, 131072, 262144, 1048576
COMMUNITY = {"permissions": [{"name": name} for name in ("photos", "wall", "docs", "manage", "messages")]}


def reported(kind: str, *, rights: int, community: Any = COMMUNITY, kinds: tuple[str, ...] = ()) -> KeyReport:
    answers = {"account_getAppPermissions": rights, "groups_getTokenPermissions": community}
    adapter, _ = scripted(*(kinds or (kind,)), **answers)
    return next(one for one in drive(adapter.check_keys(account())) if one.kind == f"{kind}_key")


CARRIED: dict[str, tuple[int, tuple[str, ...], tuple[str, ...]]] = {
    "everything": (PHOTOS | VIDEO | DOCS, (), ("фото", "видео", "документ")),
    "no video": (PHOTOS | DOCS, ("видео — нет права «video»",), ("фото", "документ")),
    "photos and documents are wanting": (VIDEO, ("фото — нет права «photos»", "документ — похоже, нет"), ("видео",)),
    "nothing": (0, ("фото — нет", "видео — нет", "документ — похоже, нет права «docs»"), ()),
}


@pytest.mark.parametrize(("rights", "told", "silent"), CARRIED.values(), ids=CARRIED)
def test_a_user_key_that_cannot_carry_files_says_which(
    rights: int, told: tuple[str, ...], silent: tuple[str, ...]
) -> None:
    report = reported("user", rights=rights | WALL)
    note = report.note.ru if report.note else ""
    assert report.valid
    assert bool(note) is bool(told)
    assert all(one in note for one in told)
    assert not any(one in note for one in silent)
    assert Ability.PUBLISH not in dict(report.missing), "a text goes without them"


def test_a_community_key_alone_carries_neither_photos_nor_videos() -> None:
    alone = reported("community", rights=0).note
    assert alone is not None
    assert "Фото и видео к записи загружает только ключ пользователя" in alone.ru
    assert reported("community", rights=PHOTOS | VIDEO, kinds=("community", "user")).note is None


@pytest.mark.parametrize(
    ("rights", "ability", "word", "sure"),
    [
        (WALL | GROUPS, Ability.SET_AVATAR, "photos", True),
        (GROUPS, Ability.PUBLISH, "wall", True),
        (WALL, Ability.BAN, "groups", False),
        (WALL, Ability.READ_STATS, "stats", False),
    ],
)
def test_a_bit_that_vk_does_not_publish_is_told_as_likely(rights: int, ability: Ability, word: str, sure: bool) -> None:
    why = dict(reported("user", rights=rights).missing)[ability]
    assert f"«{word}»" in why.ru
    assert ("Похоже" in why.ru, "It seems" in why.en) == (not sure, not sure)


@pytest.mark.parametrize("answer", [{"mask": None, "permissions": "wall"}, {}, {"mask": "x"}, {"permissions": None}])
def test_rights_that_could_not_be_read_are_not_none(answer: Any) -> None:
    report = reported("community", rights=0, community=answer)
    assert (report.valid, report.missing) == (None, ())
    assert report.note is not None
    assert "Права ключа" in report.note.ru


def test_a_key_without_any_right_has_none() -> None:
    assert Ability.PUBLISH in dict(reported("community", rights=0, community={"mask": 0, "permissions": []}).missing)


@pytest.mark.parametrize(("answer", "valid"), [([], True), (failing(5), False)], ids=["alive", "dead"])
def test_a_weak_key_is_tried_by_a_method_that_takes_it(answer: Any, valid: bool) -> None:
    adapter, _ = scripted("user", account_getAppPermissions=failing(1051), users_get=answer)
    assert [one.valid for one in drive(adapter.check_keys(account()))] == [valid]

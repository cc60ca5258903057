"""A municipality's own words and protected names, from the registry to moderation, the audit and the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from command_line import run
from munsocial.language.comments.lexicon import CATEGORIES
from munsocial.model.registry import WordCategory
from munsocial.model.snapshots import save_snapshot
from munsocial.testing.factories import comment, snapshot, view, weekly
from small_district import REGISTRY

OWN = """
[[words]]
word = "кабанюк"
category = "insult"
reason = "местное прозвище, обидное"

[[words]]
word = "Баран"
category = "protected"
reason = "фамилия участкового"

[[words]]
word = "балабол"
category = "-insult"
reason = "так зовут районную газету"
"""
ADDED, SPARED, TAKEN_OUT = "Ну и кабанюки там сидят", "Ты Баран, Иван Петрович?", "балабол пишет"


@pytest.fixture(name="district")
def _district(tmp_path: Path) -> Path:
    (tmp_path / "plain.toml").write_text(REGISTRY, "utf-8")
    (tmp_path / "own.toml").write_text(REGISTRY + OWN, "utf-8")
    said = tuple(comment(text, id=str(number)) for number, text in enumerate((ADDED, SPARED, TAKEN_OUT)))
    seen = view("adm-vk", posts=weekly(5), comments=said)
    save_snapshot(snapshot(seen).but(municipality="reka"), tmp_path / "snapshot.json")
    labelled = [
        {"text": ADDED, "labels": ["insult"]},
        {"text": SPARED, "labels": []},
        {"text": TAKEN_OUT, "labels": []},
    ]
    (tmp_path / "mine.jsonl").write_text("\n".join(json.dumps(one) for one in labelled), "utf-8")
    return tmp_path


def test_moderation_removes_what_the_own_words_say(district: Path) -> None:
    snap = district / "snapshot.json"
    without = run("moderate", district / "plain.toml", "--snapshot", snap, "--journal", district / "a.db").said
    with_own = run("moderate", district / "own.toml", "--snapshot", snap, "--journal", district / "b.db").said
    assert (ADDED in without, SPARED in without, TAKEN_OUT in without) == (False, True, True)
    assert (ADDED in with_own, SPARED in with_own, TAKEN_OUT in with_own) == (True, False, False)


def test_the_audit_reads_with_the_same_words(district: Path) -> None:
    snap, at = district / "snapshot.json", "2026-11-23T10:00:00+03:00"
    found = {}
    for name in ("plain", "own"):
        run("audit", district / f"{name}.toml", "--snapshot", snap, "--at", at, "-o", district / f"{name}.json")
        found[name] = (district / f"{name}.json").read_text("utf-8")
    assert "кабанюк" not in found["plain"]
    assert "кабанюк" in found["own"]


def test_explaining_and_measuring_take_the_words_of_a_registry(district: Path) -> None:
    given = SPARED.encode()
    assert "insult:" in run("language", "explain", "-", stdin=given).out
    assert "insult:" not in run("language", "explain", "--registry", district / "own.toml", "-", stdin=given).out
    assert "| insult | 0.000" in run("language", "evaluate", district / "mine.jsonl").out
    measured = run("language", "evaluate", district / "mine.jsonl", "--registry", district / "own.toml").out
    assert "| insult | 1.000" in measured


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"-insult"', '"rude"', "category: слова «rude» здесь нет"),
        ('"Баран"', '"b.*"', "word: это не русское слово"),
        ('"Баран"', '"ба"', "word: в слове меньше трёх букв"),
        ('"фамилия участкового"', '""', "reason: значение пустое"),
    ],
)
def test_a_word_that_cannot_be_used_is_refused_with_the_registry(district: Path, old: str, new: str, said: str) -> None:
    (district / "bad.toml").write_text(REGISTRY + OWN.replace(old, new), "utf-8")
    ran = run("registry", "check", district / "bad.toml")
    assert ran.code == 2
    assert said in ran.err


def test_the_registry_and_the_reader_name_the_same_categories() -> None:
    assert set(get_args(WordCategory)) == {*CATEGORIES, *(f"-{name}" for name in CATEGORIES), "protected"}

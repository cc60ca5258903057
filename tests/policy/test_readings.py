"""Texts are read once, and readings can be kept beside a snapshot without keeping the texts."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from munsocial.language.edition import digest_of
from munsocial.model.registry import Registry
from munsocial.policy import Readings, audit
from munsocial.policy.readings import Place, Reader, StyleRead
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    body,
    comment,
    district,
    requirement,
    snapshot,
    upstream,
    view,
    weekly,
)
from munsocial.wording import Text

REGISTRY = district(account(), body("lebedinoye", "settlement", places=("хутор Лебединый",)), upstream())
QUESTION = "Когда в хуторе Лебединый починят дорогу?"
SNAPSHOT = snapshot(
    view(posts=weekly(3), comments=(comment("Вы просто пиздец"), comment("Спасибо!"), comment("Спасибо!", id="again"))),
    above=(view("krai_governor-vk", comments=(comment(QUESTION),)),),
)
ORDER = act(
    requirement("moderation.grounds", grounds=["obscenity", "insult"]),
    requirement("posting.style", style="written_colloquial", avoid=["bureaucratese"]),
    requirement("posting.topics", topics=["activity"]),
    requirement("reply.upstream", upstream=["krai_governor"]),
)


class Counting(Reader):
    """A reader that notes what it was asked."""

    def __init__(self, registry: Registry) -> None:
        super().__init__(registry)
        self.asked: Counter[tuple[str, str]] = Counter()

    def marks(self, text: str) -> tuple[Place, ...]:
        self.asked["marks", text] += 1
        return super().marks(text)

    def style(self, text: str) -> StyleRead:
        self.asked["style", text] += 1
        return super().style(text)


def test_every_text_is_read_once() -> None:
    reader = Counting(REGISTRY)
    readings = Readings(reader)
    readings.read(SNAPSHOT)
    for _ in range(2):
        audit(REGISTRY, SNAPSHOT, [ORDER], MOMENT, readings=readings)
    assert reader.asked
    assert set(reader.asked.values()) == {1}


@pytest.mark.parametrize(
    ("situation", "params", "times"),
    [
        ("nothing but words", {"avoid": ["obscenity", "needless_foreign_words"]}, 0),
        ("the style wanted", {"style": "written_colloquial"}, 1),
        ("two things avoided", {"avoid": ["press_release", "bureaucratese"]}, 1),
        (
            "everything at once",
            {"style": "written_colloquial", "avoid": ["press_release", "bureaucratese", "obscenity"]},
            1,
        ),
    ],
)
def test_a_demand_on_style_asks_for_each_text_once(
    monkeypatch: pytest.MonkeyPatch, situation: str, params: dict[str, Any], times: int
) -> None:
    asked: list[str] = []
    style = Readings.style

    def counted(self: Readings, text: str) -> StyleRead:
        asked.append(text)
        return style(self, text)

    monkeypatch.setattr(Readings, "style", counted)
    readings = Readings(Reader(REGISTRY))
    audit(REGISTRY, SNAPSHOT, [act(requirement("posting.style", **params))], MOMENT, readings=readings)
    assert len(asked) == 3 * times, situation


def test_an_audit_reads_what_nobody_read_before() -> None:
    before = audit(REGISTRY, SNAPSHOT, [ORDER], MOMENT, readings=Readings.of(REGISTRY, SNAPSHOT))
    assert audit(REGISTRY, SNAPSHOT, [ORDER], MOMENT).findings == before.findings


def test_kept_readings_give_the_same_report_and_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "readings.json"
    first = Readings.of(REGISTRY, SNAPSHOT)
    first.save(kept)
    expected = audit(REGISTRY, SNAPSHOT, [ORDER], MOMENT, readings=first)
    again = Readings.of(REGISTRY, kept=kept)
    for aspect in ("marks", "style", "topic", "question", "route"):
        monkeypatch.setattr(Reader, aspect, _never)
    assert audit(REGISTRY, SNAPSHOT, [ORDER], MOMENT, readings=again).to_json() == expected.to_json()


def _never(_: Reader, text: str) -> None:
    raise AssertionError(f"read again: {text}")


def test_no_text_is_kept(tmp_path: Path) -> None:
    kept = tmp_path / "readings.json"
    Readings.of(REGISTRY, SNAPSHOT).save(kept)
    assert "пиздец" not in kept.read_text("utf-8")
    assert QUESTION not in kept.read_text("utf-8")


def test_readings_of_another_district_or_a_broken_file_are_left_aside(tmp_path: Path) -> None:
    kept = tmp_path / "readings.json"
    Readings.of(REGISTRY, SNAPSHOT).save(kept)
    other = district(account(), body("rechnoye", "settlement", places=("село Речное",)))
    for registry, content in ((other, None), (REGISTRY, "{"), (REGISTRY, "[]"), (REGISTRY, '{"schema": "x"}')):
        if content is not None:
            kept.write_text(content, "utf-8")
        reader = Counting(registry)
        readings = Readings.of(registry, SNAPSHOT, kept=kept)
        assert readings.marks("Спасибо!") == reader.marks("Спасибо!")


def test_own_words_of_a_municipality_are_read() -> None:
    from munsocial.model.registry import LanguageWord

    word = LanguageWord(word="бармалей", category="insult", reason="местное прозвище")
    registry = REGISTRY.model_copy(update={"words": (word,)})
    assert {one.category for one in Readings.of(registry).marks("Ну ты и бармалей")} == {"insult"}
    assert not Readings.of(REGISTRY).marks("Ну ты и бармалей")


def test_places_carry_their_reason_in_both_languages() -> None:
    (place,) = Readings.of(REGISTRY).marks("Вы просто пиздец")
    assert isinstance(place.why, Text)
    assert place.why.ru != place.why.en


def _language(folder: Path, changed: dict[str, bytes]) -> str:
    (folder / "data" / "__pycache__").mkdir(parents=True)
    kept = {"rules.json": b"[1]", "data/model.bin": b"\0\1", "data/__pycache__/rules.pyc": b"1"}
    for name, content in {**kept, **changed}.items():
        (folder / name).write_bytes(content)
        os.utime(folder / name, (0, 0))
    return digest_of(folder)


@pytest.mark.parametrize(
    ("situation", "changed", "same"),
    [
        ("nothing", {}, True),
        ("a model of the same size and age", {"data/model.bin": b"\0\2"}, False),
        ("a rule", {"rules.json": b"[2]"}, False),
        ("a file more", {"data/more.bin": b""}, False),
        ("what Python compiled", {"data/__pycache__/rules.pyc": b"2"}, True),
    ],
)
def test_the_edition_of_the_language_is_its_content(
    tmp_path: Path, situation: str, changed: dict[str, bytes], same: bool
) -> None:
    assert (_language(tmp_path / "one", {}) == _language(tmp_path / "other", changed)) == same, situation


def test_readings_of_another_edition_of_the_language_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "kept.json"
    Readings.of(REGISTRY, SNAPSHOT).save(place)
    assert Readings.of(REGISTRY, SNAPSHOT, kept=place).read_anew == 0
    monkeypatch.setattr("munsocial.language.edition.edition", lambda: "another")
    assert Readings.of(REGISTRY, SNAPSHOT, kept=place).read_anew > 0

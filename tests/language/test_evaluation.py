"""Measuring on one's own labelled comments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import FileRefused, InputError
from munsocial.language import evaluate, evaluate_file, table
from munsocial.language.comments.evaluation import wilson

ROWS = [
    {"text": "Ты дебил", "labels": ["insult"]},
    {"text": "Спасибо за ремонт", "labels": []},
    {"text": "Спасибо", "labels": ["insult"]},
    {"text": "Ты дебил, сосед", "labels": [], "ignore": ["insult"]},
]


def test_hits_misses_and_ignored_lines_are_counted() -> None:
    insult = next(figure for figure in evaluate(ROWS) if figure.category == "insult")
    assert (insult.hit, insult.false, insult.missed, insult.silent) == (1, 0, 1, 1)
    assert (insult.precision, insult.recall) == (1.0, 0.5)


def test_what_never_fired_has_no_precision() -> None:
    spam = next(figure for figure in evaluate(ROWS) if figure.category == "spam")
    assert spam.precision is None
    assert spam.recall is None


@pytest.mark.parametrize(
    ("good", "all_", "low", "high"), [(0, 0, 0.0, 1.0), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)]
)
def test_the_interval_is_wilsons(good: int, all_: int, low: float, high: float) -> None:
    assert wilson(good, all_) == pytest.approx((low, high), abs=5e-4)


def test_a_file_gives_the_same_table(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS) + "\n\n", "utf-8")
    printed = table(evaluate_file(path))
    assert printed == table(evaluate(ROWS))
    assert "| insult | 1.000 |" in printed


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"text": 1, "labels": []}', '{"text": "a"}', '{"text": "a", "labels": ["rude"]}']
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"text": "a", "labels": []}\n' + line, "utf-8")
    with pytest.raises(FileRefused) as caught:
        evaluate_file(path)
    assert caught.value.where.endswith(":2")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "строка не объект JSON"),
        ("[" * 5000, "строка не объект JSON"),
        ('{"labels": []}', "«text»"),
        ('{"text": "a"}', "«labels» нужен список"),
        ('{"text": "a", "labels": [], "ignore": null}', "«ignore» нужен список"),
        ('{"text": "a", "labels": ["rude"]}', "неизвестная категория «rude»"),
        ('{"text": "a", "labels": [["insult"]]}', "неизвестная категория"),
        ('{"text": "a", "labels": [null]}', "неизвестная категория «None»"),
        ('{"text": "a", "labels": [], "ignore": [null]}', "неизвестная категория «None»"),
        ('{"text": "a", "labels": "insult"}', "«labels» нужен список"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(FileRefused, match=said):
        evaluate_file(path)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe\x00"])
def test_a_file_with_nothing_to_measure_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        evaluate_file(path)


def test_a_byte_order_mark_and_separators_inside_a_text_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text('\ufeff{"text": "Ты\u2028дебил", "labels": ["insult"]}\r\n', "utf-8")
    insult = next(figure for figure in evaluate_file(path) if figure.category == "insult")
    assert insult.hit + insult.missed == 1


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        evaluate_file(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": "ты дурак", "labels": ["оскорбление"]}, "неизвестная категория «оскорбление»"),
        ({"text": "ты дурак", "labels": "insult, threat"}, "«labels» нужен список"),
        ({"text": "ты дурак", "labels": [None]}, "неизвестная категория «None»"),
        ({"text": "ты дурак"}, "«labels» нужен список"),
        ({"labels": []}, "«text»"),
    ],
)
def test_rows_are_checked_as_the_lines_of_a_file_are(row: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        evaluate([ROWS[0], row])
    assert caught.value.where == "evaluate:2"


@pytest.mark.parametrize("kind", [list, tuple, set, frozenset])
def test_labels_may_be_any_collection(kind: Any) -> None:
    insult = next(one for one in evaluate([{"text": "Ты дебил", "labels": kind(["insult"])}]) if one.hit)
    assert insult.category == "insult"

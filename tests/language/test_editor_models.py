"""The shipped models are what the training script makes of the lines in the repository, to the byte."""

from __future__ import annotations

import json
from types import ModuleType

import pytest

from tool_scripts import script


@pytest.fixture(scope="module")
def train() -> ModuleType:
    return script("language/train.py")


def test_training_again_gives_the_same_bytes(train: ModuleType) -> None:
    task = train.tasks()[0]  # the quickest of the three; what the others learn from is held against its sum below
    shipped = (train.MODELS / f"{task.name}.json").read_text("utf-8")
    assert train.packed(train.trained(task, train.lines_of(task))) == shipped


# What the first has learnt stands in its bytes, which are made again above.
@pytest.mark.parametrize("number", [1, 2])
def test_a_shipped_model_has_learnt_the_lines_that_stand_here_as_they_are_measured(
    train: ModuleType, number: int
) -> None:
    task = train.tasks()[number]
    stored = json.loads((train.MODELS / f"{task.name}.json").read_text("utf-8"))
    assert stored["sources"] == train.sum_of(train.rows_of(task, train.lines_of(task))), "run tools/language/train.py"


def test_models_are_small(train: ModuleType) -> None:
    assert sum(path.stat().st_size for path in train.MODELS.glob("*.json")) < 300_000


def test_lines_kept_aside_are_not_among_the_own_ones(train: ModuleType) -> None:
    for task in train.tasks():
        own = {text for _, text in train.own_lines(task.name)}
        aside = {text for _, text in train.carried_lines(task.name) if train.kept_aside(text)}
        assert aside
        assert not own & aside


def test_signals_of_a_model_are_those_that_are_measured(train: ModuleType) -> None:
    for task in train.tasks():
        stored = json.loads((train.MODELS / f"{task.name}.json").read_text("utf-8"))
        words, signals = task.measure("Когда дадут воду?")
        assert words
        assert list(stored["signals"]) == list(task.signals)
        assert len(signals) == len(task.signals)

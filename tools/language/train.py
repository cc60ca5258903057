"""Train the small linear models of `munsocial.language` and write them as whole numbers.

    python tools/language/train.py              # writes src/munsocial/language/data/models/*.json
    python tools/language/train.py --check      # five-fold figures on the same lines, writes nothing

Sources, all written for this project and under its licence: `tools/language/lines/*.tsv` and
`tests/language/data/*.jsonl` (lines kept aside by hash are never trained on). Plain Python, no random numbers, sums
by `math.fsum`, since that of `sum` is another one from Python 3.12 on: the same lines give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from base64 import b85encode
from collections.abc import Callable, Sequence
from math import sqrt
from operator import itemgetter, mul
from pathlib import Path
from typing import NamedTuple

from munsocial.language.linear import BUCKETS, buckets_of_pair, buckets_of_word

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODELS = ROOT / "src/munsocial/language/data/models"
OWN = ROOT / "tests/language/data"
UNIT = 1 / 1024
ROUNDS = 30


class Row(NamedTuple):
    """One line as the model sees it: bucket and its share, signals, number of the class."""

    buckets: tuple[tuple[int, float], ...]
    signals: tuple[float, ...]
    label: int


class Inputs(NamedTuple):
    """One line as it is learnt: different places of a model, how they are looked up all at once, the value at each."""

    look: Callable[[list[float]], tuple[float, ...]]  # its last is one too many: of a single place it would be no tuple
    places: tuple[int, ...]
    values: tuple[float, ...]


class Task(NamedTuple):
    """What is learnt: name, classes, names of signals, and how a text is measured."""

    name: str
    classes: tuple[str, ...]
    signals: tuple[str, ...]
    measure: Callable[[str], tuple[Sequence[str], Sequence[float]]]
    decay: float


def kept_aside(text: str) -> bool:
    """Whether a line of the carried sets is only for measuring."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 5 == 0


def row(task: Task, text: str, label: str) -> Row:
    words, signals = task.measure(text)
    shares: dict[int, float] = {}
    before = ""
    root = math.sqrt(max(1, len(words)))
    for word in words:
        for found in (buckets_of_word(word[:24]), buckets_of_pair(before, word)):
            for bucket in found:
                shares[bucket] = shares.get(bucket, 0.0) + 1 / math.sqrt(len(found)) / root
        before = word
    return Row(tuple(sorted(shares.items())), tuple(signals), task.classes.index(label))


def sum_of(rows: list[Row]) -> str:
    """A sum of all that a model learns from: lines, their order, and how they are measured."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


class Model:
    """Softmax regression by AdaGrad, in a fixed order."""

    def __init__(self, task: Task) -> None:
        self.task = task
        kinds = len(task.classes)
        size = BUCKETS + len(task.signals) + 1
        self.weights = [[0.0] * size for _ in range(kinds)]
        self.squares = [[1e-2] * size for _ in range(kinds)]
        self.sources = ""

    def inputs(self, one: Row) -> Inputs:
        signals = [(BUCKETS + i, value) for i, value in enumerate(one.signals) if value]
        places, values = zip(*one.buckets, *signals, (BUCKETS + len(one.signals), 1.0), strict=True)
        return Inputs(itemgetter(*places, places[0]), places, values)

    def chances(self, inputs: Inputs) -> list[float]:
        scores = [math.fsum(map(mul, inputs.look(weights), inputs.values)) for weights in self.weights]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = math.fsum(powers)
        return [power / total for power in powers]

    def learn(self, rows: list[Row]) -> None:
        self.sources = sum_of(rows)
        prepared = [(self.inputs(one), one.label) for one in rows]
        for turn in range(ROUNDS):
            order = sorted(range(len(prepared)), key=lambda i: hashlib.md5(f"{turn} {i}".encode()).digest())
            for i in order:
                self._step(*prepared[i])

    def _step(self, inputs: Inputs, label: int) -> None:
        decay = self.task.decay
        for k, chance in enumerate(self.chances(inputs)):
            slope = chance - (k == label)
            weights, squares = self.weights[k], self.squares[k]
            before = zip(inputs.places, inputs.values, inputs.look(weights), inputs.look(squares), strict=False)
            for place, value, weight, square in before:
                gradient = slope * value + decay * weight
                squares[place] = square = square + gradient * gradient
                weights[place] = weight - 0.1 * gradient / sqrt(square)

    def best(self, one: Row) -> int:
        chances = self.chances(self.inputs(one))
        return chances.index(max(chances))


def packed(model: Model) -> str:
    """The model as JSON: words in signed bytes, signals and bias in whole units."""
    task = model.task
    largest = max(abs(w) for weights in model.weights for w in weights[:BUCKETS])
    scale = round(largest / 127, 6) or UNIT
    body = [bytes(round(w / scale) % 256 for w in weights[:BUCKETS]) for weights in model.weights]
    signals = {
        name: [round(weights[BUCKETS + i] / UNIT) for weights in model.weights] for i, name in enumerate(task.signals)
    }
    bias = [round(weights[-1] / UNIT) for weights in model.weights]
    stored = {"sources": model.sources, "classes": task.classes, "unit": UNIT, "scale": scale, "bias": bias}
    stored["signals"] = signals
    return (
        json.dumps({**stored, "weights": [b85encode(one).decode() for one in body]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def tasks() -> list[Task]:
    """The three models; measuring belongs to the parts that use them."""
    from munsocial.language import questions, topics
    from munsocial.language.editor import voice

    return [
        Task("press", ("press", "talk"), voice.SIGNALS, voice.measure, 2e-4),
        Task("question", ("0", "1"), questions.SIGNALS, questions.measure, 2e-4),
        Task("topic", topics.TOPICS, topics.SIGNALS, topics.measure, 2e-4),
    ]


_CARRIED = {
    "press": ("style_posts.jsonl", "label", {}),
    "question": ("questions.jsonl", "question", {}),
    "topic": ("topics.jsonl", "label", {"head": "head_event", "body": "activity", "social": "socially_important"}),
}
_OWN = {"press": "press.tsv", "question": "questions.tsv", "topic": "topics.tsv"}


def own_lines(name: str) -> list[tuple[str, str]]:
    """Label and text of every line written for training."""
    text = (HERE / "lines" / _OWN[name]).read_text("utf-8")
    return [(label, line) for label, line in (raw.split("\t", 1) for raw in text.splitlines() if raw.strip())]


def carried_lines(name: str) -> list[tuple[str, str]]:
    """Label and text of every line of the carried set, kept aside or not."""
    file, field, names = _CARRIED[name]
    records = [json.loads(line) for line in (OWN / file).read_text("utf-8").splitlines()]
    return [(names.get(str(record[field]), str(record[field])), record["text"]) for record in records]


def rows_of(task: Task, lines: list[tuple[str, str]]) -> list[Row]:
    return [row(task, text, label) for label, text in lines]


def trained(task: Task, lines: list[tuple[str, str]]) -> Model:
    model = Model(task)
    model.learn(rows_of(task, lines))
    return model


def lines_of(task: Task) -> list[tuple[str, str]]:
    """What the shipped model learns from: own lines, and the carried ones that are not kept aside."""
    return own_lines(task.name) + [line for line in carried_lines(task.name) if not kept_aside(line[1])]


def figures(task: Task, model: Model, lines: list[tuple[str, str]], show: bool = False) -> tuple[int, int]:
    right = 0
    for label, text in lines:
        said = task.classes[model.best(row(task, text, label))]
        right += said == label
        if show and said != label:
            print("   ", label, said, text)
    return right, len(lines)


def check(task: Task, show: bool) -> None:
    """Own lines five-fold, then all carried lines by a model that has seen none of them."""
    own = own_lines(task.name)
    right = total = 0
    for fold in range(5):
        model = trained(task, [line for i, line in enumerate(own) if i % 5 != fold])
        good, count = figures(task, model, [line for i, line in enumerate(own) if i % 5 == fold], show)
        right, total = right + good, total + count
    print(f"{task.name}: own lines, five-fold: {right} of {total}")
    good, count = figures(task, trained(task, own), carried_lines(task.name), show)
    print(f"{task.name}: carried lines, trained on own lines only: {good} of {count}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--show", action="store_true", help="print every line that --check gets wrong")
    asked = parser.parse_args()
    for task in tasks():
        if asked.check:
            check(task, asked.show)
            continue
        MODELS.mkdir(parents=True, exist_ok=True)
        (MODELS / f"{task.name}.json").write_text(packed(trained(task, lines_of(task))), "utf-8")


if __name__ == "__main__":
    main()

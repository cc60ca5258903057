"""Train the models of `munsocial.language.comments.adwords` and write them as whole numbers.

    python tools/language/train_words.py              # writes a file of data/models for each category
    python tools/language/train_words.py --check      # figures for each page of strangers, by models without it

Sources, all written for this project and under its licence: `tests/language/data/*.jsonl` (the fifth of the carried
sets that is kept aside by hash is never trained on); the pages of `tools/language/lines`, among them those of
`strangers`, whose authors had seen neither rules nor program; lines that `made_lines.py` makes of the parts there.
Plain Python, no random numbers, sums by `math.fsum`: the same lines give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from math import sqrt
from multiprocessing import Pool
from operator import itemgetter, mul
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

sys.path.insert(0, str(Path(__file__).parent))

from made_lines import of_kinds, of_trades, pick

from munsocial.language.comments.adwords import BUCKETS, CATEGORIES, FEWEST, SIGNALS, bits_of, bucket_of, read
from munsocial.language.comments.unmask import plain_view

HERE = Path(__file__).resolve().parent
OWN = HERE.parents[1] / "tests/language/data"
MODELS = HERE.parents[1] / "src/munsocial/language/data/models"
CARRIED = ("municipal_flags", "municipal_insult", "municipal_neutral", "municipal_spam", "scunthorpe", "adv_clean")
BATCHES = ("own_batches", "lure_batches", "own_harm")
OF_CITIZENS = ("questions", "topics", "style_posts")
PLAIN_PAGES = {"citizens.txt": 1, "talk.txt": 3}  # what people say to each other is rarer here than under any post
LABELLED_PAGES = ("questions.tsv", "topics.tsv", "press.tsv")
HARM = ("threat", "extremism")
UNIT = 1 / 1024
ROUNDS, STEP = 12, 0.5
DECAY = 3e-5
HARM_COUNTS = 1.5  # a missed line costs more than a citizen taken for one: they are fewer here
JOINED, JOINED_HARM = 2000, 300
ANSWERS = 4  # every fourth line of a citizen is read as an answer to somebody


class Line(NamedTuple):
    """One line to learn from; ``source`` tells the batch that a check leaves out."""

    source: str
    text: str
    harmful: bool


def rows_of(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a set but those of the carried ones that are kept aside."""
    for raw in (OWN / f"{name}.jsonl").read_text("utf-8").splitlines():
        one = json.loads(raw)
        if not (name in CARRIED and kept_aside(one["text"])):
            yield one


def page(name: str) -> list[str]:
    """Return the lines of a page of `lines`."""
    return (HERE / "lines" / name).read_text("utf-8").splitlines()


def kept_aside(text: str) -> bool:
    """Whether a line of the carried sets is only for measuring."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 5 == 0


class Told(NamedTuple):
    """One labelled line: what it is, and what it may as well be."""

    source: str
    text: str
    labels: frozenset[str]
    ignore: frozenset[str]


@cache
def told() -> tuple[Told, ...]:
    """Return the labelled lines of all sets and pages; masked obscenity teaches nothing of words."""
    return tuple(_told())


def _told() -> Iterator[Told]:
    for name in (*CARRIED, *BATCHES, *OF_CITIZENS):
        for row in rows_of(name):
            labels = frozenset(row.get("labels", ()))
            if "obscenity" not in labels:
                yield Told(name, row["text"], labels, frozenset(row.get("ignore", ())))
    for stranger in sorted((HERE / "lines/strangers").glob("*.tsv")):
        for raw in stranger.read_text("utf-8").splitlines():
            labels_of, ignored, text = raw.split("\t")
            yield Told(stranger.stem, text, names(labels_of), names(ignored))
    for raw in page("harm.tsv"):
        label, text = raw.split("\t")
        yield Told("harm", text, frozenset({label}), frozenset(CATEGORIES) - {label})
    for name, often in PLAIN_PAGES.items():
        yield from (Told(name, raw, frozenset(), frozenset()) for raw in page(name) for _ in range(often))
    for name in LABELLED_PAGES:
        yield from (Told(name, raw.split("\t", 1)[1], frozenset(), frozenset()) for raw in page(name))
    for label, text in chain(of_trades(), of_kinds()):
        yield Told("parts", text, frozenset({label} - {""}), frozenset({"spam"} if label == "drugs" else ()))


def names(written: str) -> frozenset[str]:
    """Read the names of categories of a page: a comma between them, or a dash for none."""
    return frozenset(written.split(",")) - {"-"}


def is_known(line: Told, category: str) -> bool:
    """Tell whether it is known if a line is of the category: abuse is no threat, advertising is no sale of drugs."""
    if category in line.labels or category not in line.ignore:
        return True
    if category in HARM:
        return "insult" in line.labels and not line.labels & set(HARM)
    return category == "drugs" and "spam" in line.labels


def all_lines(category: str) -> list[Line]:
    """Every line to learn from, in a fixed order."""
    return [Line(one.source, one.text, category in one.labels) for one in told() if is_known(one, category)]


def lengthened(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield all lines, longer texts joined of them, and some of the citizens' lines as answers."""
    texts_of = [[line.text for line in lines if line.harmful is harmful] for harmful in (False, True)]
    for harmful, often, most in ((False, JOINED, 6), (True, JOINED_HARM, 3)):
        texts = texts_of[harmful]
        for number in range(often):
            count = 2 + crc32(f"{harmful} {number} count".encode()) % (most - 1)
            yield Line("joined", ". ".join(pick(texts, harmful, number, place) for place in range(count)), harmful)
    for line in lines:
        answer = not line.harmful and crc32(line.text.encode()) % ANSWERS == 0
        yield line._replace(text=f"[id1|Анна], {line.text}") if answer else line


class Row(NamedTuple):
    """A line as numbers: different places and the value at each, the constant last; what was to be said."""

    places: tuple[int, ...]
    values: tuple[float, ...]
    harmful: bool


def row(line: Line) -> Row:
    words, signals = read(plain_view(line.text).seen)
    shares: dict[int, float] = {}
    root = math.sqrt(max(FEWEST, len(words)))
    for word in sorted(words):
        buckets = [bucket_of(bit) for bit in bits_of(word)]
        for bucket in buckets:
            shares[bucket] = shares.get(bucket, 0.0) + 1 / math.sqrt(len(buckets)) / root
    there = ((BUCKETS + place, 1.0) for place, signal in enumerate(signals) if signal)
    places, values = zip(*sorted(shares.items()), *there, (BUCKETS + len(SIGNALS), 1.0), strict=True)
    return Row(places, values, line.harmful)


def trained(lines: Sequence[Line]) -> list[float]:
    """Logistic regression by AdaGrad, in a fixed order; returns weights of words, of signals, the constant."""
    rows = [row(line) for line in lengthened(lines)]
    size = BUCKETS + len(SIGNALS) + 1
    weights, squares = [0.0] * size, [1.0] * size
    for turn in range(ROUNDS):
        for number in sorted(range(len(rows)), key=lambda one: crc32(f"{turn} {one}".encode())):
            places, values, harmful = rows[number]
            look = itemgetter(*places, places[0])  # of a single place it would return no tuple
            before = look(weights)
            score = math.fsum(map(mul, before, values))
            slope = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - harmful
            slope *= HARM_COUNTS if harmful else 1.0
            for place, value, weight, square in zip(places, values, before, look(squares), strict=False):
                gradient = slope * value + DECAY * weight
                squares[place] = square = square + gradient * gradient
                weights[place] = weight - STEP * gradient / sqrt(square)
    return weights


class Packed(NamedTuple):
    """A model as whole numbers: words in signed bytes; how much such a byte is, the constant and signals in units."""

    weights: bytes
    numbers: dict[str, float]


def packed(weights: Sequence[float]) -> Packed:
    largest = max(abs(weight) for weight in weights[:BUCKETS])
    scale = round(largest / 127, 6)
    body = bytes(max(-127, min(127, round(weight / scale))) % 256 for weight in weights[:BUCKETS])
    signals = {name: round(weights[BUCKETS + place] / UNIT) for place, name in enumerate(SIGNALS)}
    return Packed(body, {"scale": scale, "bias": round(weights[-1] / UNIT), **signals})


def trained_anew() -> list[Packed]:
    """Train all models, on as many cores as there are."""
    with Pool() as pool:
        return pool.map(packed_of, CATEGORIES)


def packed_of(category: str) -> Packed:
    return packed(trained(all_lines(category)))


def score(weights: Sequence[float], text: str) -> float:
    said = row(Line("", text, False))
    return sum(weights[place] * value for place, value in zip(said.places, said.values, strict=True))


def check(category: str) -> None:
    """Leave out one page of strangers after the other, train on the rest, and say what its lines get."""
    lines = all_lines(category)
    pages = {path.stem for path in (HERE / "lines/strangers").glob("*.tsv")}
    for source in sorted(pages & {line.source for line in lines if line.harmful}):
        weights = trained([line for line in lines if line.source != source])
        said = [(score(weights, line.text) > 0, line.harmful) for line in lines if line.source == source]
        there = sum(harmful for _, harmful in said)
        hit = sum(high and harmful for high, harmful in said)
        false = sum(high and not harmful for high, harmful in said)
        print(f"{category}, {source}: {hit} of {there} found, {false} of {len(said)} false")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        for category in CATEGORIES:
            check(category)
        return
    models = trained_anew()
    numbers = dict(zip(CATEGORIES, (model.numbers for model in models), strict=True))
    told_with = {"unit": UNIT, "sources": sources(), **numbers}
    (MODELS / "words.json").write_text(json.dumps(told_with, indent=1) + "\n", "utf-8")
    (MODELS / "words.bin").write_bytes(b"".join(model.weights for model in models))


def sources() -> str:
    """Sum up all that the models are made of, so that a test tells when they are to be trained anew."""
    found = hashlib.sha256(Path(__file__).read_bytes())
    for one in told():
        found.update(f"{one.source}\t{sorted(one.labels)}\t{sorted(one.ignore)}\t{one.text}\n".encode())
    return found.hexdigest()


if __name__ == "__main__":
    main()

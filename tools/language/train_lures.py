"""Train the models of `munsocial.language.adwords` and write them as whole numbers.

    python tools/language/train_lures.py              # writes spam, drugs, threat and extremism.json of data/models
    python tools/language/train_lures.py --check      # for each batch: figures of models that have not seen it

Sources, all written for this project and under its licence: `tests/language/data/*.jsonl` (the fifth of the carried
sets that is kept aside by hash is never trained on); `citizens.txt`, `talk.txt` and `harm.tsv` of
`tools/language/lines`; lines that `made_lines.py` makes of the parts there. Plain Python, no random numbers: the same
lines give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from base64 import b85encode
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import sqrt
from operator import itemgetter, mul
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

sys.path.insert(0, str(Path(__file__).parent))

from made_lines import of_kinds, of_trades, pick

from munsocial.language.adwords import BUCKETS, FEWEST, SIGNALS, bits_of, bucket_of, read
from munsocial.language.unmask import plain_view

HERE = Path(__file__).resolve().parent
OWN = HERE.parents[1] / "tests/language/data"
MODELS = HERE.parents[1] / "src/munsocial/language/data/models"
CARRIED = ("municipal_flags", "municipal_insult", "municipal_neutral", "municipal_spam", "scunthorpe", "adv_clean")
OF_CITIZENS = ("questions", "topics", "style_posts")
LURES, HARM = ("spam", "drugs"), ("threat", "extremism")
CATEGORIES = (*LURES, *HARM)
BATCHES = ("own_batches", "lure_batches")
HARM_BATCHES = (*BATCHES, "own_harm")
LATEST, LATEST_HARM = 7, 21  # batches of other categories may be added without training again
NO_LURES = {"extremism", "obscenity"}  # calls may be paid for; masked words teach nothing of trade
UNIT = 1 / 1024
ROUNDS, STEP = 12, 0.5
# How fast weights decay, and how much louder they are made then: much decay speaks low, while `spam` and `dealers` were
# set to louder words.
LIGHTLY, HEAVILY = (3e-5, 1.0), (1e-3, 1.2)
MANNERS = dict.fromkeys(LURES, HEAVILY) | dict.fromkeys(HARM, LIGHTLY)
LURE_COUNTS = 1.5  # a missed lure costs more than a citizen taken for one: lures are fewer here
TALK_COUNTS = 3  # what people say to each other is rarer here than under any post
JOINED, JOINED_LURES = 2000, 300
ANSWERS = 4  # every fourth line of a citizen is read as an answer to somebody


class Line(NamedTuple):
    """One line to learn from; ``source`` tells the batch that a check leaves out."""

    source: str
    text: str
    lure: bool


def rows_of(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a set but those of the carried ones that are kept aside."""
    for raw in (OWN / f"{name}.jsonl").read_text("utf-8").splitlines():
        one = json.loads(raw)
        if not (name in CARRIED and kept_aside(one["text"])):
            yield one


def source_of(name: str, one: Mapping[str, Any]) -> str:
    """Name the batch of a row, or its set."""
    return f"{name} {one.get('batch', '')}".strip()


def page(name: str) -> list[str]:
    """Return the lines of a page of `lines`."""
    return (HERE / "lines" / name).read_text("utf-8").splitlines()


def labelled(name: str, category: str) -> Iterator[Line]:
    """Yield the lines of a set for which it is known whether they are of the category."""
    for row in rows_of(name):
        labels = set(row.get("labels", ()))
        unknown = category == "spam" and "drugs" in labels  # a dealer advertises as well
        newer = name == "own_batches" and row["batch"] > LATEST
        if not (unknown or newer):
            yield Line(source_of(name, row), row["text"], category in labels)


def kept_aside(text: str) -> bool:
    """Whether a line of the carried sets is only for measuring."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 5 == 0


def citizens() -> Iterator[Line]:
    """Yield lines that are no lures: questions and posts, and what citizens say in chats and comments."""
    for raw in page("citizens.txt"):
        yield Line("citizens", raw, False)
    for name in OF_CITIZENS:
        yield from labelled(name, "spam")


def talk_and_quarrels() -> Iterator[Line]:
    """Yield harsh lines and talk: whoever quarrels sells nothing."""
    for row in rows_of("own_harm"):
        if row["batch"] <= LATEST_HARM and not NO_LURES.intersection(row["labels"]):
            yield Line("harm", row["text"], False)
    for raw in page("talk.txt"):
        yield Line("talk", raw, False)


def made(category: str) -> Iterator[Line]:
    """Yield lines made of parts; a dealer advertises as well, so that his lines say nothing of spam."""
    for label, text in chain(of_trades(), of_kinds()):
        if category != "spam" or label != "drugs":
            yield Line("parts", text, label == category)


def lengthened(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield all lines, longer texts joined of them, and some of the citizens' lines as answers."""
    told = [[line.text for line in lines if line.lure is lure] for lure in (False, True)]
    for lure, often, most in ((False, JOINED, 6), (True, JOINED_LURES, 3)):
        texts = told[lure]
        for number in range(often):
            count = 2 + crc32(f"{lure} {number} count".encode()) % (most - 1)
            yield Line("joined", ". ".join(pick(texts, lure, number, place) for place in range(count)), lure)
    for line in lines:
        answer = not line.lure and crc32(line.text.encode()) % ANSWERS == 0
        yield line._replace(text=f"[id1|Анна], {line.text}") if answer else line


class Row(NamedTuple):
    """A line as numbers: different places and the value at each, the constant last; what was to be said."""

    places: tuple[int, ...]
    values: tuple[float, ...]
    lure: bool


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
    return Row(places, values, line.lure)


def trained(lines: Sequence[Line], category: str) -> list[float]:
    """Logistic regression by AdaGrad, in a fixed order; returns weights of words, of signals, the constant."""
    decay, louder = MANNERS[category]
    rows = [row(line) for line in lengthened(lines)]
    size = BUCKETS + len(SIGNALS) + 1
    weights, squares = [0.0] * size, [1.0] * size
    for turn in range(ROUNDS):
        for number in sorted(range(len(rows)), key=lambda one: crc32(f"{turn} {one}".encode())):
            places, values, lure = rows[number]
            look = itemgetter(*places, places[0])  # of a single place it would return no tuple
            before = look(weights)
            score = sum(map(mul, before, values))
            slope = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - lure
            slope *= LURE_COUNTS if lure else 1.0
            for place, value, weight, square in zip(places, values, before, look(squares), strict=False):
                gradient = slope * value + decay * weight
                squares[place] = square = square + gradient * gradient
                weights[place] = weight - STEP * gradient / sqrt(square)
    return [louder * weight for weight in weights]


def packed(weights: Sequence[float]) -> str:
    """The model as JSON: words in signed bytes, signals and the constant in whole units."""
    largest = max(abs(weight) for weight in weights[:BUCKETS])
    scale = round(largest / 127, 6)
    body = bytes(max(-127, min(127, round(weight / scale))) % 256 for weight in weights[:BUCKETS])
    signals = {name: round(weights[BUCKETS + place] / UNIT) for place, name in enumerate(SIGNALS)}
    stored = {"unit": UNIT, "scale": scale, "bias": round(weights[-1] / UNIT), "signals": signals}
    return json.dumps({**stored, "weights": b85encode(body).decode()}, indent=1) + "\n"


def harsh(category: str) -> Iterator[Line]:
    """Yield the lines of all sets but those that may as well be of the category; an insult is no threat."""
    for name in (*CARRIED, *HARM_BATCHES):
        for row in rows_of(name):
            labels = set(row["labels"])
            unknown = category in row["ignore"] and (labels & set(HARM) or "insult" not in labels)
            if category in labels or not unknown:
                yield Line(source_of(name, row), row["text"], category in labels)
    for raw in page("harm.tsv"):
        told, text = raw.split("\t")
        if told == category:
            yield Line("harm", text, True)
    for raw in page("talk.txt"):
        yield from [Line("talk", raw, False)] * TALK_COUNTS


def all_lines(category: str) -> list[Line]:
    """Every line to learn from, in a fixed order; what trades advertise is no sale of drugs and no threat."""
    if category in HARM:
        return [*harsh(category), *citizens(), *(Line("parts", text, False) for _, text in of_trades())]
    sets = [line for name in (*CARRIED, *BATCHES) for line in labelled(name, category)]
    return [*sets, *citizens(), *talk_and_quarrels(), *made(category)]


def score(weights: Sequence[float], text: str) -> float:
    said = row(Line("", text, False))
    return sum(weights[place] * value for place, value in zip(said.places, said.values, strict=True))


def check(category: str) -> None:
    """Leave out one batch after the other, train on the rest, and say what its lines get."""
    lines = all_lines(category)
    for source in dict.fromkeys(line.source for line in lines if line.source.startswith(HARM_BATCHES)):
        weights = trained([line for line in lines if line.source != source], category)
        told = [(score(weights, line.text) > 0, line.lure) for line in lines if line.source == source]
        hit, false = sum(said and lure for said, lure in told), sum(said and not lure for said, lure in told)
        print(f"{category}, {source}: {hit} of {sum(lure for _, lure in told)} found, {false} of {len(told)} false")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    for category in CATEGORIES:
        if asked.check:
            check(category)
        else:
            (MODELS / f"{category}.json").write_text(packed(trained(all_lines(category), category)), "utf-8")


if __name__ == "__main__":
    main()

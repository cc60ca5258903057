"""How well and how fast the editor reads: style, questions, topics, places.

    python benchmarks/bench_editor.py            # figures with 95 % intervals, errors listed with --show
    python benchmarks/bench_editor.py --speed    # texts a second of the processor, and its time on hostile input

Sets: lines of the carried sets kept aside by hash (never trained on), all carried lines, and our own lines written only
to measure (`blind*.tsv`, `own_*.txt`). Intervals are Wilson's for shares; for F1 they are a bootstrap over lines with a
fixed order of draws.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from munsocial.language import Router, is_question, router, style, topic

DATA = Path(__file__).resolve().parents[1] / "tests/language/data"
TOPICS = {"head": "head_event", "body": "activity", "social": "socially_important", "other": "other"}
BODIES = {
    "kalininskoe": ("Калининского", "станица Калининская"),
    "starovelichkovskoe": ("Старовеличковского", "станица Старовеличковская"),
    "grivenskoe": ("Гривенского", "станица Гривенская"),
    "novonikolaevskoe": ("Новониколаевского", "станица Новониколаевская"),
    "dzhumaylovskoe": ("Джумайловского", "хутор Джумайловка"),
    "grishkovskoe": ("Гришковского", "село Гришковское"),
    "boykoponurskoe": ("Бойкопонурского", "хутор Бойкопонура"),
    "kuybyshevskoe": ("Куйбышевского", "хутор Лебеди"),
}
DRAWS = 1000

Case = tuple[str, object, object]
"""Text, right answer, given answer."""


@dataclass(frozen=True)
class Body:
    """What the router needs of a body."""

    id: str
    name: str
    places: tuple[str, ...]


def kept_aside(text: str) -> bool:
    """Whether a carried line was kept from training and tuning."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 5 == 0


def records(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def blind(name: str) -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in (DATA / "blind.tsv").read_text("utf-8").splitlines() if line[:1] != "#")
    return [(text, answer) for kind, answer, text in rows if kind == name]


def marked(line: str) -> tuple[str, frozenset[tuple[int, int]]]:
    text, spans, opened = "", set(), 0
    for character in line:
        if character == "[":
            opened = len(text)
        elif character == "]":
            spans.add((opened, len(text)))
        else:
            text += character
    return text, frozenset(spans)


def spans_of(text: str) -> frozenset[tuple[int, int]]:
    return frozenset((remark.start, remark.end) for remark in style(text).remarks)


def own_spans(name: str) -> list[Case]:
    lines = [line for line in (DATA / name).read_text("utf-8").splitlines() if line and line[0] != "#"]
    return [(text, spans, spans_of(text)) for text, spans in map(marked, lines)]


def made_router() -> Router:
    """The settlements that the carried questions speak of."""
    return router(
        [Body(key, f"Администрация {name} сельского поселения", (place,)) for key, (name, place) in BODIES.items()]
    )


def own_routes(ways: Router) -> list[Case]:
    lines = [line for line in (DATA / "blind_routes.txt").read_text("utf-8").splitlines() if line and line[0] != "#"]
    pairs = [line.split(" | ", 1) for line in lines]
    return [(text, None if answer == "None" else answer, ways.route(text)) for answer, text in pairs]


def wilson(right: int, total: int) -> tuple[float, float]:
    z, share = 1.96, right / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - half) / (1 + z * z / total), (middle + half) / (1 + z * z / total)


def f1(counts: Iterable[tuple[int, int, int]]) -> float:
    hit = extra = missed = 0
    for one in counts:
        hit, extra, missed = hit + one[0], extra + one[1], missed + one[2]
    return 2 * hit / max(1, 2 * hit + extra + missed)


def bootstrap(counts: list[tuple[int, int, int]]) -> tuple[float, float]:
    """Middle 95 % of F1 over samples drawn by a fixed multiplicative generator."""
    state, found = 12345, []
    for _ in range(DRAWS):
        sample = []
        for _ in counts:
            state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
            sample.append(counts[(state >> 33) % len(counts)])
        found.append(f1(sample))
    found.sort()
    return found[DRAWS // 40], found[-DRAWS // 40]


def binary(cases: list[Case], positive: object) -> list[tuple[int, int, int]]:
    return [
        (int(g == w == positive), int(g == positive != w), int(w == positive != g)) for _, w, g in cases
    ]  # fmt: skip


def spanwise(cases: list[Case]) -> list[tuple[int, int, int]]:
    pairs = [(w, g) for _, w, g in cases if isinstance(w, frozenset) and isinstance(g, frozenset)]
    return [(len(w & g), len(g - w), len(w - g)) for w, g in pairs]


def figures() -> dict[str, tuple[list[Case], Callable[[list[Case]], list[tuple[int, int, int]]] | None]]:
    """Every set by name, with how its F1 is counted (None: share of right answers)."""
    posts: list[Case] = [
        (str(r["text"]), r["label"], style(str(r["text"])).reads_as) for r in records("style_posts.jsonl")
    ]
    asks: list[Case] = [
        (str(r["text"]), bool(r["question"]), is_question(str(r["text"]))) for r in records("questions.jsonl")
    ]
    about: list[Case] = [
        (str(r["text"]), TOPICS[str(r["label"])], topic(str(r["text"]))) for r in records("topics.jsonl")
    ]
    ways = made_router()
    routed: list[Case] = [
        (str(r["text"]), r["settlement"], ways.route(str(r["text"]))) for r in records("questions.jsonl")
    ]
    spans: list[Case] = [
        (str(r["text"]), frozenset((a, b) for a, b, _ in r["spans"]), spans_of(str(r["text"])))  # type: ignore[attr-defined]  # JSON
        for r in records("style_spans.jsonl")
    ]
    press = lambda cases: binary(cases, "press")  # noqa: E731  # two one-line ways to count
    yes = lambda cases: binary(cases, True)  # noqa: E731  # the other one
    sets: dict[str, tuple[list[Case], Callable[[list[Case]], list[tuple[int, int, int]]] | None]] = {}
    for name, cases, count in (
        ("press or talk", posts, press), ("spans", spans, spanwise), ("question", asks, yes), ("route", routed, None),
        ("topic", about, None),
    ):  # fmt: skip
        sets[f"{name}, kept aside"] = ([case for case in cases if kept_aside(case[0])], count)
        sets[f"{name}, all carried"] = (cases, count)
    sets["press or talk, own blind"] = ([(t, w, style(t).reads_as) for t, w in blind("post")], press)
    sets["question, own blind"] = ([(t, w == "1", is_question(t)) for t, w in blind("question")], yes)
    sets["topic, own blind"] = ([(t, w, topic(t)) for t, w in blind("topic")], None)
    sets["route, own blind"] = (own_routes(ways), None)
    sets["spans, own blind"] = (own_spans("blind_spans.txt"), spanwise)
    return sets


def show_figures(show: bool) -> None:
    print(f"{'set':28} {'lines':>5} {'figure':>8}  95 % interval")
    for name, (cases, count) in figures().items():
        right = sum(w == g for _, w, g in cases)
        if count is None:
            value, (low, high) = right / len(cases), wilson(right, len(cases))
        else:
            counts = count(cases)
            value, (low, high) = f1(counts), bootstrap(counts)
        print(f"{name:28} {len(cases):5} {value:8.3f}  {low:.3f} .. {high:.3f}   {'share' if count is None else 'F1'}")
        for text, w, g in cases if show else ():
            if w != g:
                print(f"      wanted {w}, got {g}: {text}")


HOSTILE: dict[str, str | None] = {
    "dots": ".", "letters apart": "а ", "one word": "а", "prepositions": "В ", "brackets": "[(", "combining": "а\u0301",
    "light verbs": "осуществляет работы по ", "verbal nouns": "обеспечения выполнения ", "places": "из Гривенской в ",
    "quotes": "закон «", "surrogates": "\ud83d", "new lines": "\n", "abbreviations": "ул. ", "hyphens": "а-",
    "passives": "был выполнен ", "prose": None,
    "words never met": None,
}  # fmt: skip


def show_speed() -> None:
    ways = made_router()
    readers: dict[str, Callable[[str], object]] = {
        "style": style, "is_question": is_question, "topic": topic, "route": ways.route,
    }  # fmt: skip
    texts = [str(r["text"]) for name in ("style_posts.jsonl", "questions.jsonl", "topics.jsonl") for r in records(name)]
    for name, reader in readers.items():
        started = time.process_time()
        for text in texts:
            reader(text)
        first = time.process_time() - started
        started = time.process_time()
        for text in texts * 5:
            reader(text)
        warm = (time.process_time() - started) / 5
        print(f"{name:12} first pass {len(texts) / first:8.0f} a second, later {len(texts) / warm:8.0f} a second")
        worst = max((_seconds(reader, kind), kind) for kind in HOSTILE)
        print(f"{'':12} 150,000 characters of the worst kind ({worst[1]}): {worst[0]:.2f} s")


def _endless(kind: str) -> str:
    """150,000 characters of a kind."""
    unit = HOSTILE[kind]
    if kind == "prose":
        unit = " ".join(str(record["text"]) for record in records("style_posts.jsonl")) + " "
    if unit is None:
        dice = random.Random(1)  # the same words each time
        unit = " ".join("".join(dice.choices("оеаинтсрвлкдм", k=dice.randint(4, 11))) for _ in range(25_000))
    return (unit * (150_000 // len(unit) + 1))[:150_000]


def _seconds(reader: Callable[[str], object], kind: str) -> float:
    text = _endless(kind)
    started = time.process_time()
    reader(text)
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description="Figures of the editor.")
    parser.add_argument("--show", action="store_true", help="print every error")
    parser.add_argument("--speed", action="store_true", help="measure speed instead")
    asked = parser.parse_args()
    if asked.speed:
        show_speed()
    else:
        show_figures(asked.show)


if __name__ == "__main__":
    main()

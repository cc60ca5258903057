"""Measure the categories on somebody's own labelled comments and say how sure the figures are.

A line of the file is a JSON object: ``text``, ``labels`` (categories that must fire) and, if wanted, ``ignore``
(categories not judged on this line). A category in neither list must stay silent.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from munsocial.errors import FileRefused
from munsocial.language.lexicon import CATEGORIES
from munsocial.language.marking import categories
from munsocial.language.vocabulary import Vocabulary
from munsocial.wording import Text

__all__ = ["Figure", "evaluate", "evaluate_file", "table", "wilson"]

_HEAD = ("category", "precision", "95 %", "recall", "95 %", "hit", "false", "missed", "silent")


@dataclass(slots=True)
class Figure:
    """What one category did: rightly fired, falsely fired, missed, rightly silent."""

    category: str
    hit: int = 0
    false: int = 0
    missed: int = 0
    silent: int = 0

    @property
    def precision(self) -> float | None:
        """Return the share of right ones among the fired; None when nothing fired."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else None

    @property
    def recall(self) -> float | None:
        """Return the share of fired ones among those that had to; None when none had to."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else None


def wilson(good: int, all_: int) -> tuple[float, float]:
    """Return Wilson's interval of 95 % for a share; (0, 1) when nothing was counted."""
    if not all_:
        return (0.0, 1.0)
    z = 1.959964
    share, slack = good / all_, z * z / all_
    middle = share + slack / 2
    spread = z * math.sqrt(share * (1 - share) / all_ + slack / (4 * all_))
    return (max(0.0, (middle - spread) / (1 + slack)), min(1.0, (middle + spread) / (1 + slack)))


def evaluate(rows: Iterable[Mapping[str, Any]], *, vocabulary: Vocabulary | None = None) -> tuple[Figure, ...]:
    """Count every category over labelled texts."""
    figures = {name: Figure(name) for name in CATEGORIES}
    for row in rows:
        found = categories(row["text"], vocabulary=vocabulary)
        ignored = row.get("ignore", ())
        for name, figure in figures.items():
            if name not in ignored:
                _count(figure, wanted=name in row["labels"], fired=name in found)
    return tuple(figures.values())


def _count(figure: Figure, *, wanted: bool, fired: bool) -> None:
    match wanted, fired:
        case True, True:
            figure.hit += 1
        case False, True:
            figure.false += 1
        case True, False:
            figure.missed += 1
        case _:
            figure.silent += 1


def evaluate_file(path: str | Path, *, vocabulary: Vocabulary | None = None) -> tuple[Figure, ...]:
    """Measure a file of labelled comments.

    Raises:
        FileRefused: the file cannot be read, or a line is not what it should be; the line is named.
    """
    return evaluate(_rows(Path(path)), vocabulary=vocabulary)


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileRefused(
            Text(ru="Файл не читается: {why}", en="The file cannot be read: {why}").fill(why=error),
            where=str(path),
            remedy=Text(ru="Нужен файл JSONL в UTF-8.", en="A JSONL file in UTF-8 is wanted."),
        ) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(line, f"{path}:{number}")


def _row(line: str, where: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not _fits(row):
        raise FileRefused(
            Text(ru="Строка не размечена как нужно.", en="The line is not labelled as it should be."),
            where=where,
            remedy=Text(
                ru='Нужен объект вида {{"text": "…", "labels": ["insult"], "ignore": []}}; категории: {names}.',
                en='Write an object such as {{"text": "…", "labels": ["insult"], "ignore": []}}; categories: {names}.',
            ).fill(names=", ".join(CATEGORIES)),
        )
    return row


def _fits(row: Mapping[str, Any]) -> bool:
    lists = (row.get("labels"), row.get("ignore", []))
    return isinstance(row.get("text"), str) and all(
        isinstance(names, list) and all(name in CATEGORIES for name in names) for names in lists
    )


def table(figures: Iterable[Figure]) -> str:
    """Print the figures as a Markdown table; a dash stands where nothing was counted."""
    lines = ["| " + " | ".join(_HEAD) + " |", "|" + "---|" * len(_HEAD)]
    for figure in figures:
        cells = (
            figure.category,
            *_share(figure.hit, figure.hit + figure.false),
            *_share(figure.hit, figure.hit + figure.missed),
            *map(str, (figure.hit, figure.false, figure.missed, figure.silent)),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _share(good: int, all_: int) -> tuple[str, str]:
    if not all_:
        return "-", "-"
    low, high = wilson(good, all_)
    return f"{good / all_:.3f}", f"{low:.3f}-{high:.3f}"

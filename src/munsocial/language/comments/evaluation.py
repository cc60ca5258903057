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

from munsocial.errors import FileRefused, InputError
from munsocial.files import read_text
from munsocial.language.comments.lexicon import CATEGORIES
from munsocial.language.comments.marking import categories
from munsocial.language.comments.vocabulary import Vocabulary
from munsocial.model.given import as_path, several
from munsocial.wording import Text

__all__ = ["Figure", "evaluate", "evaluate_file", "table", "wilson"]

_MOST = 64 * 1024 * 1024
_SHAPE = Text(
    ru='Нужен объект вида {{"text": "…", "labels": ["insult"], "ignore": []}}; категории: {names}.',
    en='Write an object such as {{"text": "…", "labels": ["insult"], "ignore": []}}; categories: {names}.',
)
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
    """Count every category over labelled texts.

    Raises:
        InputError: a row is not what it should be; it is named by its number, from 1.
    """
    several(rows, "rows", '[{"text": "…", "labels": []}]')
    return _counted(_checked(rows), vocabulary)


def _checked(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for number, row in enumerate(rows, 1):
        wrong = _fault(row)
        if wrong is not None:
            raise InputError(wrong, where=f"evaluate:{number}", remedy=_SHAPE.fill(names=", ".join(CATEGORIES)))
        yield row


def _counted(rows: Iterable[Mapping[str, Any]], vocabulary: Vocabulary | None) -> tuple[Figure, ...]:
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
    return _counted(_rows(as_path(path, "path")), vocabulary)


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    empty = True
    for number, line in enumerate(read_text(path, at_most=_MOST).split("\n"), 1):
        if line.strip():
            empty = False
            yield _row(line, f"{path}:{number}")
    if empty:
        raise FileRefused(
            Text(ru="в файле нет ни одной размеченной строки.", en="the file has no labelled line."),
            where=str(path),
            remedy=_SHAPE.fill(names=", ".join(CATEGORIES)),
        )


def _row(line: str, where: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    wrong = _fault(row)
    if wrong is not None:
        raise FileRefused(wrong, where=where, remedy=_SHAPE.fill(names=", ".join(CATEGORIES)))
    found: Mapping[str, Any] = row
    return found


def _fault(row: object) -> Text | None:
    """What is wrong with a line, or None."""
    if not isinstance(row, Mapping):
        return Text(ru="строка не объект JSON.", en="the line is no JSON object.")
    if not isinstance(row.get("text"), str):
        return Text(ru="нет поля «text» с текстом.", en="there is no field «text» with a text.")
    for field in ("labels", "ignore"):
        names = row.get(field, [] if field == "ignore" else None)
        if not isinstance(names, list | tuple | set | frozenset):  # a text would be searched, letter by letter
            return Text(ru="в поле «{field}» нужен список категорий.", en="«{field}» is no list of categories.").fill(
                field=field
            )
        unknown = [name for name in names if name not in CATEGORIES]
        if unknown:
            return Text(
                ru="в поле «{field}» неизвестная категория «{name}».", en="«{field}» has an unknown category «{name}»."
            ).fill(field=field, name=str(unknown[0])[:60])
    return None


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

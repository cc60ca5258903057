"""The plain verb of a verbal noun, by what it is of: «захоронение воинов» is «похоронить», that of waste is not."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from munsocial.language.editor.conjugation import command, gerund, past, they_to
from munsocial.language.editor.light_forms import Form
from munsocial.language.reading.forms import dependent_adjective
from munsocial.language.reading.tables import rows
from munsocial.language.reading.words import Words

__all__ = ["plain_verb", "said", "unnamed"]

_NO_VERB = "-"
_REACH = 3  # words after a noun among which the one stands that it is about


class _Row(NamedTuple):
    stem: str
    imperfective: tuple[str, str]  # infinitive and they-form; empty where no verb is safe
    perfective: tuple[str, str]
    about: tuple[str, ...]  # beginnings of what it is done to; empty where it may be anything


@cache
def _table() -> tuple[_Row, ...]:
    """Rows of `verbs.tsv`, the longer stem first; of one stem, those that ask what it is about."""
    table = []
    for stem, imperfective, perfective, *about in rows("editor/verbs.tsv"):
        table.append(_Row(stem, _pair(imperfective), _pair(perfective), tuple(about[0].split("|")) if about else ()))
    return tuple(sorted(table, key=lambda row: (-len(row.stem), not row.about)))


def _pair(cell: str) -> tuple[str, str]:
    parts = [] if cell == _NO_VERB else cell.split()
    half = len(parts) // 2
    return " ".join(parts[:half]), " ".join(parts[half:])


@lru_cache(maxsize=1 << 12)
def _rows_of(noun: str) -> tuple[_Row, ...]:
    return tuple(row for row in _table() if noun.startswith(row.stem) and len(noun) - len(row.stem) <= 3)


def _row(words: Words, at: int) -> _Row | None:
    for row in _rows_of(words.plain[at]):
        if not row.about or any(word.startswith(row.about) for word in _done_to(words, at)):
            return row
    return None


def _done_to(words: Words, at: int) -> list[str]:
    """Words after a noun up to the first that is no adjective: «конфискованного имущества»."""
    found: list[str] = []
    for i in range(at + 1, min(len(words.plain), at + 1 + _REACH)):
        if words.gap(i - 1).strip():
            break
        found.append(words.plain[i])
        if not dependent_adjective(words.plain[i]) and len(words.plain[i]) > _REACH:
            break
    return found


def plain_verb(words: Words, at: int) -> str | None:
    """The infinitive that says the same as the verbal noun, or None where no verb is safe."""
    row = _row(words, at)
    return row.imperfective[0] or None if row else None


def said(words: Words, form: Form, at: int) -> str | None:
    """The noun's own verb in the form of the light one; None where no verb is safe."""
    row = _row(words, at)
    infinitive, they = (row.perfective if form.perfective else row.imperfective) if row else ("", "")
    if not infinitive:
        return None
    if form.kind == "infinitive":
        return infinitive
    if form.kind == "command":
        return command(infinitive, they)
    if form.kind == "gerund":
        return gerund(infinitive, they, perfective=form.perfective)
    if form.kind in ("past", "participle"):
        return past(infinitive, "pl" if form.passive else form.person)
    return they_to(they, "3pl" if form.passive else form.person)


def unnamed(form: Form, beside: str = "") -> str:
    """The advice where no verb is safe: it names the time alone."""
    if form.kind in ("infinitive", "command", "gerund"):
        what = f"{beside} {'сделать' if form.perfective else 'делать'}".strip()
    elif form.kind in ("past", "participle"):
        what = "сделали" if form.perfective else "делали"
    else:
        what = "сделают" if form.perfective else "делают"
    return f"скажите одним глаголом, что {what}"

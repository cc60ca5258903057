"""Weak places of a text, before anybody judges it: phrases of the table, light verbs, passives, chains of genitives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from munsocial.language.editor.auxiliary import Auxiliary, auxiliary
from munsocial.language.editor.light_verbs import light_verbs
from munsocial.language.editor.noun_verbs import plain_verb
from munsocial.language.editor.participles import past_of_participle
from munsocial.language.editor.phrases import Found, Phrases, joined
from munsocial.language.editor.set_phrases import passive, plainly
from munsocial.language.reading.forms import (
    any_participle,
    dependent_adjective,
    genitive_noun,
    instrumental_agent,
    short_participle,
    verbal_noun,
)
from munsocial.language.reading.tables import rows, stem_pattern, word_set
from munsocial.language.reading.words import Words

__all__ = ["CERTAIN", "Weak", "weak_places"]

CERTAIN = 1.4
"""A place lighter than this is said at home too: it counts for the whole, but nobody is told to rewrite it."""


class Weak(NamedTuple):
    """Words `first`..`last` (inclusive), what they are, what to write instead, how strongly they smell of an office."""

    first: int
    last: int
    category: str
    advice: str
    weight: float


_WAS = frozenset(["был", "была", "было", "были", "будет", "будут", "быть"])
_CHAIN = 3
_NEAR = 5
"""Words around a phrase in which a verb may stand that governs it."""
_FORMED = ("light_verb", "cliche")
"""Kinds of phrases where the advice may be put into the form of the verb."""


@cache
def _phrases() -> Phrases[tuple[str, str, float]]:
    table = rows("editor/officialese.tsv")
    return Phrases((pattern, (category, advice, float(weight))) for category, pattern, advice, weight in table)


def _from_table(words: Words) -> Iterator[Weak]:
    for found in _phrases().find(words):
        category, advice, weight = found.value
        if category == "denominal_prep" and _is_of_nothing(words, found):
            continue
        if category == "third_person" and _governed(words, found.first):
            continue
        first = found.first
        if category in _FORMED:
            first, advice = _in_one_verb(words, found, advice)
        yield Weak(first, found.last, category, advice, weight)


def _in_one_verb(words: Words, found: Found[tuple[str, str, float]], advice: str) -> tuple[int, str]:
    """Where the phrase begins and its advice in the form of its verb: «имеем возможность» is «можем»."""
    denied = found.first < found.last and words.plain[found.first] == "не"
    verb = found.first + denied
    inside = range(found.first, found.last + 1)
    for at in (verb, found.last):  # «принято решение», «решение принято»
        word = words.plain[at]
        small = auxiliary(words, at) if passive(word) else Auxiliary(at, "", "")
        first = min(found.first, small.first)
        said = (plainly(word, words.plain[noun], small.when, small.beside) for noun in reversed(inside) if noun != at)
        plain = next(filter(None, said), None)
        if plain:
            return first, f"«{'не ' if denied else ''}{plain}»"
        if at == verb and small.first < at and advice.startswith("«"):
            return first, advice if small.when == "past" else "скажите одним глаголом, что сделают"
    return found.first, advice


def _governed(words: Words, first: int) -> bool:
    """«Вместе с администрацией», «руководит администрацией»: an instrumental that is not by whom it was done."""
    if not first or not joined(words, first) or not words.plain[first].endswith(("ей", "ем", "ом")):
        return False
    before = words.plain[first - 1]
    if dependent_adjective(before) and first > 1 and joined(words, first - 1):
        before = words.plain[first - 2]
    return before in word_set("with_instrumental") or stem_pattern("governs_instrumental").match(before) is not None


def _is_of_nothing(words: Words, found: Found[tuple[str, str, float]]) -> bool:
    """«В адрес на посылке», «в силу борца верит вся улица»: no preposition, its noun does not follow or is meant."""
    if words.after(found.last) in word_set("parting") and joined(words, found.last + 1):
        return True
    believing = word_set("believing") if words.plain[found.first] == "в" else frozenset[str]()
    near = words.plain[max(0, found.first - _NEAR) : found.last + _NEAR]
    return any(word in believing for word in near)


def _from_light_verbs(words: Words) -> Iterator[Weak]:
    for found in light_verbs(words):
        yield Weak(found.first, found.last, "light_verb", found.advice, 3.0)


_WHO_MAY = {"должны": "кто должен это сделать", "могут": "кто может это сделать", "могли": "кто мог это сделать"}


def _active(words: Words, was_at: int, done_at: int) -> str:
    was, done = words.plain[was_at], words.plain[done_at]
    if was.startswith("буд"):
        return "скажите, кто это сделает: «мы сделаем», «рабочие починят»"
    if was == "быть":
        may = auxiliary(words, done_at).beside if was_at < done_at else ""
        return f"скажите, {_WHO_MAY.get(may, 'кто это сделает')}"
    they = past_of_participle(done)
    return f"скажите, кто это сделал: «{they}»" if they else "скажите, кто это сделал: «мы сделали», «рабочие починили»"


def _passives(words: Words) -> Iterator[Weak]:
    """«были выполнены», «будет осуществлено»: a short participle of an office verb beside быть."""
    plain = words.plain
    for at, was in enumerate(plain):
        if was not in _WAS:
            continue
        for i, beside in ((at - 1, at - 1), (at, at + 1)):
            if i < 0 or beside >= len(plain) or not joined(words, i + 1):
                continue
            done = plain[beside]
            by_office = short_participle(done) or (any_participle(done) and instrumental_agent(words.after(i + 1)))
            if by_office and not _a_state(words, i, done):
                yield Weak(i, i + 1, "passive", _active(words, at, beside), 2.1)


def _a_state(words: Words, i: int, done: str) -> bool:
    """«Окно было открыто всю ночь», «был построен прадедом»: how things stood or stand, not what an office did."""
    after = words.after(i + 1)
    if after in word_set("family") or after in word_set("manner"):
        return True
    if done.startswith("открыт"):
        return not (instrumental_agent(after) or words.closed_before(i))
    taken_for = "за" in words.plain[i + 2 : i + 5]  # «был принят котятами за своего»
    return done.startswith("принят") and (
        taken_for or after in ("в", "на", "у", "считать") or after.endswith(("ть", "ти", "чь"))
    )


def _verbal_pairs(words: Words) -> Iterator[Weak]:
    """A verbal noun that hangs on another: «обеспечение выполнения», «проведение ремонта»."""
    plain = words.plain
    for i in range(len(plain) - 1):
        if not verbal_noun(plain[i]) or not joined(words, i + 1) or words.gap(i) != " ":
            continue
        if verbal_noun(plain[i + 1]) and genitive_of(plain[i + 1]):
            empty = stem_pattern("empty_nouns").match(plain[i]) is not None
            verb = plain_verb(words, i + 1 if empty else i)
            advice = f"скажите глаголом: «{verb}»" if verb else "скажите глаголом, кто что делает"
            yield Weak(i, i + 1, "verbal_noun", advice, 2.4)


def genitive_of(word: str) -> bool:
    """Whether a verbal noun may stand in the genitive."""
    return word.endswith(("ия", "а", "ы", "и", "ий", "ов", "ок", "й")) and not word.endswith("ами")


def _chains(words: Words) -> Iterator[Weak]:
    """Four nouns in the genitive in a row are more than a reader can unwind."""
    plain, count = words.plain, len(words.plain)
    i = 0
    while i < count:
        j = i
        while j < count and genitive_noun(plain[j]) and (j == i or words.gap(j - 1) == " "):
            j += 1
        if j - i > _CHAIN:
            yield Weak(i, j - 1, "genitive_chain", "разбейте: один-два родительных падежа подряд, не больше", 2.0)
        i = max(j, i + 1)


def _heaviest_apart(found: Iterable[Weak]) -> list[Weak]:
    """Of overlapping places the heavier stays, of equal ones the longer; the result is in the order of the text."""
    kept: list[Weak] = []
    taken: set[int] = set()
    for weak in sorted(found, key=lambda w: (-w.weight, w.first - w.last, w.first)):
        place = range(weak.first, weak.last + 1)
        if taken.isdisjoint(place):
            kept.append(weak)
            taken.update(place)
    return sorted(kept)


def weak_places(words: Words) -> list[Weak]:
    """Places that do not overlap, in order, light ones too."""
    found = [*_from_light_verbs(words), *_from_table(words), *_passives(words), *_verbal_pairs(words), *_chains(words)]
    return _heaviest_apart(found)

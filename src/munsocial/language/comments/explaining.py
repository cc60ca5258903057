"""Step by step: how a text was read and why it was marked, or why a find was dropped."""

from __future__ import annotations

from collections.abc import Iterator

from munsocial.language.comments.finding import readings, spared
from munsocial.language.comments.marking import THRESHOLDS, marks
from munsocial.language.comments.unmask import HIDDEN
from munsocial.language.comments.vocabulary import Vocabulary
from munsocial.model.given import is_a
from munsocial.wording import Text, decimal

__all__ = ["explain"]

_READINGS = {
    "plain": Text(ru="прочитано как", en="read as"),
    "hidden": Text(ru="знаки прочитаны как закрытые буквы", en="signs read as hidden letters"),
    "tight": Text(ru="прочитано без знаков внутри слов", en="read without the signs inside words"),
    "runs": Text(ru="разрозненные буквы собраны", en="letters written apart are joined"),
    "joined": Text(ru="собранные слова на своих местах", en="the joined words in their places"),
    "latin": Text(ru="прочитано как транслит", en="read as transliteration"),
    "layout": Text(ru="прочитано в другой раскладке", en="read in the other keyboard layout"),
}
_EXCUSED = Text(
    ru="  правило «{rule}» ({category}) нашло «{word}», но это безобидное чтение",
    en="  the rule «{rule}» ({category}) found «{word}», but this reading is harmless",
)
_SPARED = Text(
    ru="  правило «{rule}» ({category}) нашло «{word}», но слово «{own}» муниципалитета велит это пропустить: {reason}",
    en="  the rule «{rule}» ({category}) found «{word}», but the municipality's own word «{own}» spares it: {reason}",
)
_MARKED = Text(
    ru="{category}: «{word}», место {start}–{end}, уверенность {confidence}, порог {threshold}: {why}",
    en="{category}: «{word}», place {start}–{end}, confidence {confidence}, threshold {threshold}: {why}",
)
_HIDDEN_SHOWN = "·".encode("cp1251")
_NOTHING = Text(ru="ничего не отмечено", en="nothing is marked")


def explain(text: str, *, vocabulary: Vocabulary | None = None) -> tuple[Text, ...]:
    """Return the steps as sentences: the readings of a text, the finds that were excused or spared, then the marks.

    Raises:
        InputError: it is no text.
    """
    is_a(str, text, "text")
    steps: list[Text] = []
    for name, matcher, view in readings(text):
        steps.append(_READINGS[name].fill() if not view.seen.strip() else _step(name, view.seen))
        for find in matcher.excused(view):
            start, end = find.place()
            steps.append(_EXCUSED.fill(rule=find.rule, category=find.category, word=text[start:end]))
    if vocabulary is not None:
        steps.extend(_spared(text, vocabulary))
    found = marks(text, vocabulary=vocabulary)
    for mark in found:
        steps.append(
            _MARKED.fill(
                category=mark.category,
                word=text[mark.start : mark.end],
                start=mark.start,
                end=mark.end,
                confidence=decimal(mark.confidence),
                threshold=decimal(THRESHOLDS[mark.category]),
                why=mark.why,
            )
        )
    return tuple(steps) if found else (*steps, _NOTHING)


def _spared(text: str, vocabulary: Vocabulary) -> Iterator[Text]:
    told: set[Text] = set()
    for find, own in spared(text, vocabulary):
        start, end = find.place()
        said = {"word": text[start:end], "own": own.word, "reason": own.reason}
        step = _SPARED.fill(rule=find.rule, category=find.category, **said)
        if find.weight >= THRESHOLDS[find.category] and step not in told:
            told.add(step)
            yield step


def _step(name: str, seen: bytes) -> Text:
    shown = seen.replace(HIDDEN, _HIDDEN_SHOWN).decode("cp1251", "replace").strip()
    reading = _READINGS[name]
    return Text(ru=f"{reading.ru}: «{shown}»", en=f"{reading.en}: «{shown}»")

"""Spam is decided by a sum: signals of ``spam.toml``, traits of the text and the sound of its words add weight."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from munsocial.language.comments.adwords import CATEGORIES, adwords, read
from munsocial.language.comments.folding import SEEN_PICTURE
from munsocial.language.comments.matcher import Find, PlainMatcher
from munsocial.language.comments.noise import is_noise
from munsocial.language.comments.unmask import BAR, View
from munsocial.wording import Text, join_texts

__all__ = ["finds"]

_SPAM = CATEGORIES.index("spam")
_ENOUGH = 1.0
_OF_CITIZENS = ("citizen", "neighbour", "household", "official")
_PRICE = "price"  # buyers name one as well: alone it says nothing
_WARNING = "warning"  # who warns of a lure quotes it: its words are not his
# Weak signals meet by chance in a long text: beyond so many bytes more of them are asked for, half as much at most.
_SHORT, _PER_BYTE, _MOST_MORE = 500, 1 / 2000, 0.5
_ROUNDING = 1e-9
_SHORTEST_APART = 12
_LINK = re.compile(
    rb"(?:https?://|www\.|\bt\.me/|\bvk\.cc/|\bclck\.|(?<![@a-z0-9.-])[a-z0-9-]{3,}\.(?:example|com|net|org|xyz|top|shop|site|online|club|info|ru|su|io|me|pro|biz|bot|app|link|click)\b)",
    re.IGNORECASE,
)
_STATE = re.compile(
    rb"gosuslugi|gorodsreda|trudvsem|gov\.ru|nalog|pfr\.|sfr\.|krasnodar\.ru|mos\.ru|\.adm|adm[-.]|duma|kremlin|pravo\.|vk\.com/(?:wall|album|video|photo|club\d)|ok\.ru|youtube|youtu\.be|wikipedia|yandex\.ru/maps|2gis|rosreestr|mchs|mvd|edu\.|school|kubzsk",
    re.IGNORECASE,
)
_HANDLE = re.compile(rb"(?<![a-z0-9.])@[a-z0-9_]{4,}", re.IGNORECASE)
_MESSENGER = re.compile(rb"t\.me/|wa\.me/|telegra|@[a-z0-9_]*bot\b", re.IGNORECASE)
_PHONE = re.compile(rb"(?<!\d)(?:\+?7|8)[ (-]{0,2}9\d{2}[) -]{0,2}\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)")
_OTHER = "a-zà-ʯα-ωᴀ-ᵿ"  # Latin with its marks, Greek, small capitals of phonetics
_MIXED_WORD = re.compile(rf"[а-яё][{_OTHER}]|[{_OTHER}][а-яё]", re.IGNORECASE)

# What the words of the whole text add: a straight line through the model's answer, cut at both ends; words that are
# surely a citizen's take a little away. Chosen on batches that the model had not seen; see the page of figures.
_SLOPE, _OFFSET, _MOST = 0.4, 0.42, 1.2
_CITIZEN, _OF_A_CITIZEN = -2.5, -0.2
_USUAL_WORDS, _PER_WORD = 12, 0.08  # weak words meet by chance in a long text, as in `by_words`
_FEWEST_ALONE = 3  # «по-любому» is two words
_ALONE = 0.1  # where no rule and no trait says anything, words must be louder
_FEW_ALONE, _EACH_ALONE = 8, 0.03  # the more so in a long text: advertisers who write much give signs
_SURELY_LOUD = 2.0  # no citizen speaks so, whoever is named
_MOST_BESIDE_CITIZENS = 0.6  # an office may be called day and night as well as a plumber
_WORDS = Text(ru="слова как в объявлениях: {words}", en="words as in advertisements: {words}")
_WHY = Text(ru="похоже на рекламу или обман: {signs}", en="looks like advertising or fraud: {signs}")
_TRAITS = {
    "link": (0.4, Text(ru="ссылка", en="a link")),
    "messenger": (0.6, Text(ru="ссылка на мессенджер или бота", en="a link to a messenger or a bot")),
    "handle": (0.55, Text(ru="имя @пользователя", en="an @handle")),
    "phone": (0.5, Text(ru="мобильный телефон", en="a mobile phone")),
    "mixed": (0.7, Text(ru="чужие буквы внутри русских слов", en="foreign letters inside Russian words")),
    "mixed-some": (0.4, Text(ru="чужие буквы внутри русского слова", en="foreign letters inside a Russian word")),
    "pictures": (0.3, Text(ru="много картинок", en="many pictures")),
    "apart": (0.6, Text(ru="слова по одной букве", en="words letter by letter")),
    "noise": (1.0, Text(ru="бессмысленный набор букв", en="senseless letters")),
    "state": (-1.5, Text(ru="ссылка на государственный ресурс", en="a link to a state service")),
}


@cache
def _signals() -> PlainMatcher:
    return PlainMatcher(spam=True)


def _named(view: View) -> dict[str, tuple[float, Text]]:
    return {find.rule: (find.weight, find.why) for find in _signals().first(view)}


def finds(text: str, view: View, told: set[str], joined: View | None = None) -> Iterator[Find]:
    """Yield one find for the whole text when the signals add up.

    ``told`` are the text's clues; ``joined`` are letters that were written apart.
    """
    traits = {name: _TRAITS[name] for name in _traits(text, view, told)}
    said = view if joined is None or len(joined.seen) < _SHORTEST_APART else joined
    most = _signals().most(view)
    if traits:
        most += sum([weight for weight, _ in traits.values() if weight > 0])
    if said is not view:
        most += _signals().most(said) + _TRAITS["apart"][0]
    answers = BAR in view.seen
    if answers and not most:
        return  # words alone never tell of an answer to somebody
    loud = _loudness(said) if "noise" not in traits else 0.0
    enough = _ENOUGH + min(_MOST_MORE, max(0, len(view.seen) - _SHORT) * _PER_BYTE)
    if most + max(0.0, min(_MOST, loud - (0 if most else _ALONE))) < enough - _ROUNDING:
        return  # whatever is tried, it will not be enough
    named = _named(view)
    if said is not view:
        named |= {"apart": _TRAITS["apart"], **_named(said)}
    named |= traits
    if not any(weight > 0 for weight, _ in named.values()):
        count = len(read(said.seen).words)
        loud = 0.0 if answers or count < _FEWEST_ALONE else loud - _ALONE - _EACH_ALONE * max(0, count - _FEW_ALONE)
    if any(weight >= _ENOUGH for weight, _ in named.values()) and b"?" not in view.seen:
        for name in _OF_CITIZENS:
            named.pop(name, None)  # a sure lure speaks of schools too and cries for help
        loud = max(0.0, loud)
    if any(name in named for name in _OF_CITIZENS) and loud < _SURELY_LOUD:
        loud = min(loud, _MOST_BESIDE_CITIZENS)
    loud = min(loud, 0.0 if _WARNING in named else _MOST)
    total = math.fsum([loud, *(weight for weight, _ in named.values())])
    if total < enough - _ROUNDING:
        return
    signs = [why for weight, why in named.values() if weight > 0]
    if loud > 0:
        signs.append(_WORDS.fill(words=", ".join(adwords().loudest(read(said.seen), "spam"))))
    why = _WHY.fill(signs=join_texts(", ", signs))
    yield Find.of_whole("spam", "spam", round(min(0.99, 0.6 + 0.2 * total), 2), why, view)


def _loudness(view: View) -> float:
    """Weigh the words of a text by the trained model; one word alone says nothing, nor do letters written apart."""
    reading = read(view.seen)
    if len(reading.words) < 2 or all(len(word) == 1 for word in reading.words):
        return 0.0
    score = adwords().scores(reading)[_SPAM] - _PER_WORD * max(0, len(reading.words) - _USUAL_WORDS)
    return _OF_A_CITIZEN if score < _CITIZEN else max(0.0, _SLOPE * score + _OFFSET)


def _is_usual(text: str) -> bool:
    """Tell whether all its signs are of a Russian keyboard's code page; most texts are."""
    try:
        text.encode("cp1251")
    except UnicodeEncodeError:
        return False
    return True


def _traits(text: str, view: View, told: set[str]) -> Iterator[str]:
    seen = view.seen
    if "address" in told:
        if _MESSENGER.search(seen):
            yield "messenger"
        elif _LINK.search(seen):
            yield "state" if _STATE.search(seen) else "link"
        if _HANDLE.search(seen):
            yield "handle"
    if "phone" in told and _PHONE.search(seen):
        yield "phone"
    if (view.mixed or not _is_usual(text)) and (pairs := len(_MIXED_WORD.findall(text[:2000]))) > 1:
        yield "mixed" if pairs >= 4 else "mixed-some"
    if seen.count(SEEN_PICTURE) >= 4:
        yield "pictures"
    if "noise" in told and is_noise(seen):
        yield "noise"

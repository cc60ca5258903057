"""The cases of an own word of a municipality: an insult, a surname, a place or a phrase, by rule.

Every word of the language has its own way; here are the common ones, so a spelling too many is made now and then
(«подлц» beside «подлец»). None of them is another word: that is what this is for, since three letters more made
«ворота» of «вор». Words are in lower case with е for ё, as texts are read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

__all__ = ["case_forms"]


def _set(endings: str) -> frozenset[str]:
    return frozenset("" if end == "0" else end for end in endings.split())


_VOWELS: Final = "аеиоуыэюя"
_HUSHING: Final = tuple("жчшщ")
_NO_Y: Final = tuple("гкхжчшщ")  # «дураки», «суки»: after these «ы» is never written
_ADJECTIVE_ENDS: Final = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")
_ADJECTIVE: Final = _set("ый ий ой ая ое ые ие ого ому ую ою ым им ом ых их ыми ими")
_ADJECTIVE_SOFT: Final = _set("ий яя ая ее ие его ему юю ую ею ей им ем их ими")
_OF_ANIMALS: Final = _set("я е и его ему ю ею ей им ем их ими")  # казачий: казачьего
# Иванов: Ивановым, Ивановой, Ивановых.
_SURNAME: Final = _set("0 а у ым ом е ы ых ыми ой ою")
_SURNAME_ENDS: Final = ("ов", "ев", "ин", "ын")

_HARD: Final = _set("а у е ам ами ах")  # of any noun that is not soft
_FEMININE_SOFT: Final = _set("я и е ю ей ею ям ями ях")
_NEUTER_SOFT: Final = _set("е я ю ем и ей ям ями ях")
_SOFT: Final = _set("ь я ю ем е и ью ей ям ями ях")
_SOFT_HUSHING: Final = _set("ь и ью ей ам ами ах")  # «сволочь»
_SHORT_I: Final = _set("й я ю ем е и ев ям ями ях")
# A word that is given in the plural stands for one of them as well: «дебилы» for «дебил».
_PLURAL_SOFT: Final = _set("и ям ями ях ей ев ь я ю ем е ею")

# Words of one syllable lose their vowel as nobody could guess; of longer ones the end tells (`_fled`).
_SHORT_STEMS: Final = {
    "пень": "пн", "день": "дн", "лев": "льв", "пес": "пс", "лоб": "лб", "рот": "рт", "лед": "льд", "лен": "льн",
    "сон": "сн", "ров": "рв", "мох": "мх", "вошь": "вш", "рожь": "рж", "ложь": "лж", "бугор": "бугр",
    "багор": "багр", "любовь": "любв", "церковь": "церкв", "дочь": "дочер", "мать": "матер",
}  # fmt: skip
_KEEP_THEIR_VOWEL: Final = frozenset({"урок", "порок", "человек", "король"})  # «урка» and «порка» are other words


@lru_cache(maxsize=4096)
def case_forms(word: str) -> frozenset[str]:
    """Return the spellings of one word in all its cases, itself among them."""
    if len(word) < 3:
        return frozenset({word})  # a preposition in a phrase
    found = {word, *_as_noun(word)}
    if len(word) > 4 and word.endswith(_ADJECTIVE_ENDS):
        found |= _as_adjective(word)
    surname = word.removesuffix("а") if len(word) > 5 else word
    if len(surname) > 4 and surname.endswith(_SURNAME_ENDS):
        found |= _with(surname, _SURNAME)
    return frozenset(found)


def _with(stem: str, endings: frozenset[str]) -> set[str]:
    return {stem + ending for ending in endings}


def _as_adjective(word: str) -> set[str]:
    stem, end = word[:-2], word[-2:]
    if end in {"яя", "ее"} or (end in {"ий", "ие"} and stem.endswith("н")):
        return _with(stem, _ADJECTIVE_SOFT)
    found = _with(stem, _ADJECTIVE)
    if stem.endswith(_HUSHING):
        found |= _with(stem, _ADJECTIVE_SOFT) | (_with(stem + "ь", _OF_ANIMALS) if end == "ий" else set())
    return found


def _as_noun(word: str) -> set[str]:
    base, end = word[:-1], word[-1]
    if end == "а":
        return _with(base, _HARD | {"", _many(base)} | _by_a_woman(base)) | _with_vowel(base)
    if end == "я":
        return _with(base, _FEMININE_SOFT) | _many_soft(base)
    if end == "о":
        return _with(base, _HARD | {"", "ом"} | ({"и", "ов"} if base.endswith("к") else set())) | _with_vowel(base)
    if end == "е":
        return _neuter_soft(base)
    if end in "иы":
        return _as_many(base, end)
    if end == "ь":
        endings = _SOFT_HUSHING if base.endswith(_HUSHING) else _SOFT
        return _with(base, endings) | _fled(word, endings - {"ь"} | {"ью"})
    if end == "й":
        return _with(base, _SHORT_I) | _fled(word, _SHORT_I - {"й"})
    if end in _VOWELS:
        return set()  # кенгуру, Баку
    endings = _HARD | _by_a_man(word) | {_many(word)}
    return _with(word, endings) | _fled(word, endings) | _of_another_stem(word)


def _of_another_stem(word: str) -> set[str]:
    """«Горожане» for «горожанин», «крысята» for «крысёнок»."""
    if word.endswith(("анин", "янин")):
        return _with(word[:-2], _set("е 0 ам ами ах"))
    if len(word) > 5 and word.endswith(("онок", "енок")):
        return _with(word[:-4] + ("ат" if word[-4] == "о" else "ят"), _set("а 0 ам ами ах"))
    return set()


def _as_many(base: str, end: str) -> set[str]:
    if end == "ы" or base.endswith(_NO_Y):
        return _with(base, _HARD | {end, ""} | _by_a_man(base) | _by_a_woman(base)) | _with_vowel(base)
    return _with(base, _PLURAL_SOFT) | _many_soft(base)


def _many(stem: str) -> str:
    return "и" if stem.endswith(_NO_Y) else "ы"


def _by_a_man(stem: str) -> frozenset[str]:
    """«Вором», «воров»; «врачом», «врачей», «лужем»; «отцом», «китайцем»."""
    return _set("ом ем ей" if stem.endswith(_HUSHING) else "ом ем ов ев" if stem.endswith("ц") else "ом ов")


def _by_a_woman(base: str) -> frozenset[str]:
    return _set("ой ою ей ею" if base.endswith((*_HUSHING, "ц")) else "ой ою")


def _neuter_soft(base: str) -> set[str]:
    if base.endswith((*_HUSHING, "ц")):
        return _with(base, _HARD | {"ем", ""}) | _with_vowel(base)
    return _with(base, _NEUTER_SOFT) | _many_soft(base)


def _many_soft(base: str) -> set[str]:
    """«Пуль», «мафий», «вишен», «свиней»: the genitive of many."""
    if base[-1] in _VOWELS:
        return {base + "й"}
    if base[-1] == "ь":
        return {base[:-1] + "ей", base[:-1] + "ий"}
    return {base + "ь"} | _with_vowel(base)


def _with_vowel(base: str) -> set[str]:
    """«Девок», «шлюшек», «писем»: the genitive of many parts two consonants."""
    if len(base) < 3 or base[-1] not in "кнлцрмв" or base[-2] in _VOWELS:
        return set()
    head = base[:-2] if base[-2] in "ьй" else base[:-1]
    return {head + vowel + base[-1] for vowel in "ео"}


def _fled(word: str, endings: frozenset[str]) -> set[str]:
    """«Козла», «отца», «китайца», «воробья», «пня»: the vowel of the nominative is gone."""
    short = _SHORT_STEMS.get(word)
    if short is not None:
        return _with(short, endings)
    if len(word) < 4 or word in _KEEP_THEIR_VOWEL:
        return set()
    if word.endswith("ей"):
        return _with(word[:-2] + "ь", endings)
    if word.endswith(("ень", "оть")):
        return _with(word[:-3] + word[-2], endings)
    if not word.endswith(("ок", "ек", "ец", "ел", "ол", "ер")):
        return set()
    head, last = word[:-2], word[-1]
    if head[-1] in _VOWELS:
        return _with(head + "й" + last, endings)
    return _with(head + last, endings) | (_with(head + "ь" + last, endings) if head[-1] in "лн" else set())

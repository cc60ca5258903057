"""Putting a plain verb into the form of the office verb that it replaces: «осуществляет ремонт» → «ремонтирует».

Rules of Russian conjugation over two given forms of each verb (infinitive and they-form); the few verbs with a
past tense of their own are told by their last letters.
"""

from __future__ import annotations

__all__ = ["past", "they_to"]

_PAST_STEMS = (  # ending of the infinitive, past masculine, past stem before -ла/-ло/-ли
    ("обойти", "обошёл", "обошл"),
    ("йти", "шёл", "шл"),
    ("честь", "чёл", "чл"),
    ("стричь", "стриг", "стригл"),
    ("мочь", "мог", "могл"),
    ("беречь", "берёг", "берегл"),
    ("шибить", "шиб", "шибл"),
    ("везти", "вёз", "везл"),
    ("вести", "вёл", "вел"),
    ("нести", "нёс", "несл"),
    ("мести", "мёл", "мел"),
    ("расти", "рос", "росл"),
)
_STRESSED = (
    "дают",
    "ведут",
    "везут",
    "несут",
    "метут",
    "йдут",
    "стригут",
    "льют",
    "вьют",
    "чтут",
    "берут",
    "растут",
    "берегут",
)
_PAST_ENDINGS = {"m": "л", "f": "ла", "n": "ло", "pl": "ли"}


def _split(verb: str) -> tuple[str, str]:
    """The verb itself and the words after it: «действовать вместе»."""
    head, blank, tail = verb.partition(" ")
    return head, blank + tail


def past(infinitive: str, gender: str) -> str:
    """Past tense of an infinitive; gender is m, f, n or pl."""
    verb, tail = _split(infinitive)
    reflexive = ""
    if verb.endswith(("ся", "сь")):
        verb, reflexive = verb[:-2], "ся" if gender == "m" else "сь"
    for ending, masculine, stem in _PAST_STEMS:
        if verb.endswith(ending):
            head = verb[: -len(ending)]
            if gender == "m":
                masculine = masculine.replace("ё", "е") if head == "вы" else masculine  # вы- takes the stress: вывез
                return head + masculine + reflexive + tail
            stem = stem if stem.endswith("л") else stem + "л"
            return head + stem + _PAST_ENDINGS[gender][1:] + reflexive + tail
    return verb.removesuffix("ть") + _PAST_ENDINGS[gender] + reflexive + tail


def they_to(they: str, person: str) -> str:
    """The they-form turned into another person: `3sg`, `1pl` (we) or `3pl`."""
    if person == "3pl":
        return they
    verb, tail = _split(they)
    reflexive = ""
    if verb.endswith("ся"):
        verb, reflexive = verb[:-2], "ся"
    if verb.endswith("дадут"):
        return verb[:-2].removesuffix("д") + ("ст" if person == "3sg" else "дим") + reflexive + tail
    yo = (
        verb.endswith(_STRESSED)
        and not verb.endswith(("ждают", "юдают"))
        and not (verb.startswith("вы") and verb[2:3] != "д")
    )
    stem, second = verb[:-2], verb.endswith(("ят", "ат"))
    if not second and stem.endswith("г"):
        stem = stem[:-1] + "ж"
    vowel = "и" if second else "ё" if yo else "е"
    return stem + vowel + ("т" if person == "3sg" else "м") + reflexive + tail

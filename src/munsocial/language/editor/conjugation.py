"""Putting a plain verb into the form of the office verb that it replaces: «осуществляет ремонт» → «ремонтирует».

Rules of Russian conjugation over two given forms of each verb (infinitive and they-form); the few verbs with a
past tense of their own are told by their last letters.
"""

from __future__ import annotations

__all__ = ["command", "gerund", "past", "they_to"]

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
_I_SOFTENED = (  # end of the stem before -ят, and before -у of «I»: «разместят» – «размещу»; the first that fits counts
    ("ст", "щ"), ("врат", "вращ"), ("обрат", "обращ"), ("крат", "кращ"), ("освет", "освещ"), ("посет", "посещ"),
    ("запрет", "запрещ"), ("защит", "защищ"), ("т", "ч"), ("д", "ж"), ("з", "ж"), ("с", "ш"),
    ("б", "бл"), ("в", "вл"), ("м", "мл"), ("п", "пл"),
)  # fmt: skip
# They-forms whose command ends in -ьте: no stress on the ending, one consonant before it.
_SOFT_COMMANDS = (
    "верят", "мерят", "товят", "ставят", "правят", "красят", "режут", "сыплют", "бросят", "метят", "тратят", "ответят",
)  # fmt: skip
_STRESSED_GERUNDS = ("берут", "ведут", "везут", "несут", "йдут", "чтут")
_VOWELS = "аеиоуыэюя"
_PAST_ENDINGS = {"m": "л", "f": "ла", "n": "ло", "pl": "ли"}


def _split(verb: str) -> tuple[str, str]:
    """The verb itself and the words after it: «действовать вместе»."""
    head, blank, tail = verb.partition(" ")
    return head, blank + tail


def past(infinitive: str, gender: str) -> str:
    """Past tense of an infinitive; gender is m, f, n or pl."""
    verb, tail = _split(infinitive)
    verb, reflexive = _without_self(verb, "ся" if gender == "m" else "сь")
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
    """The they-form turned into another person: `1sg` (I), `3sg`, `1pl` (we) or `3pl`."""
    if person == "3pl":
        return they
    verb, tail = _split(they)
    if person == "1sg":
        return _first_person(verb) + tail
    verb, reflexive = _without_self(verb, "ся")
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


def _first_person(they: str) -> str:
    verb, reflexive = _without_self(they, "сь")
    if verb.endswith("дадут"):
        return verb.removesuffix("дут") + "м" + ("ся" if reflexive else "")
    if verb.endswith(("ут", "ют")):
        return verb[:-1] + reflexive
    stem = verb[:-2]
    if verb.endswith("ат"):
        return stem + "у" + reflexive
    for end, softened in _I_SOFTENED:
        if stem.endswith(end):
            return stem.removesuffix(end) + softened + ("ю" if softened.endswith("л") else "у") + reflexive
    return stem + "ю" + reflexive


def _without_self(verb: str, reflexive: str) -> tuple[str, str]:
    return (verb[:-2], reflexive) if verb.endswith(("ся", "сь")) else (verb, "")


def command(infinitive: str, they: str) -> str | None:
    """What many are asked to do: «проверьте», «вывезите»; None for verbs that make it in a way of their own."""
    (verb, tail), (form, _) = _split(infinitive), _split(they)
    verb, reflexive = _without_self(verb, "сь")
    form, _ = _without_self(form, "")
    if verb.endswith(("ехать", "езжать")) or form == "могут":
        return None
    if verb.endswith("дать") or (verb.endswith("авать") and not form.endswith("вают")):
        made = verb[:-2] + "йте"
    elif form.endswith(("льют", "вьют")):
        made = verb[:-3] + "ейте"
    elif form[-3] in _VOWELS:
        made = form[:-2] + "йте"
    else:
        soft = form.endswith(_SOFT_COMMANDS)
        made = (form[:-2].removesuffix("л") if form.endswith("плют") else form[:-2]) + ("ьте" if soft else "ите")
    return made + reflexive + tail


def gerund(infinitive: str, they: str, *, perfective: bool) -> str | None:
    """«Проверив», «проверяя»; None where the language has no such form or nobody uses it: «стригут», «пишут»."""
    (verb, tail), (form, _) = _split(infinitive), _split(they)
    verb, myself = _without_self(verb, "сь")
    form, _ = _without_self(form, "")
    if perfective and verb.endswith("ть") and verb[-3] in _VOWELS:
        return verb[:-2] + ("вшись" if myself else "в") + tail
    if verb.endswith("авать") and not form.endswith("вают"):
        return verb[:-2] + "я" + myself + tail
    second, vowel = form.endswith(("ят", "ат")), form[-3] in _VOWELS
    if form.endswith(("льют", "вьют")) or not (second or vowel or form.endswith(_STRESSED_GERUNDS)):
        return None
    return form[:-2] + ("а" if form[-3] in "жшчщ" else "я") + myself + tail

"""«Приняла решение» is «решила»: phrases of a verb and a noun that mean one plain verb, in the form of theirs."""

from __future__ import annotations

import re

from munsocial.language.editor.conjugation import past, they_to

__all__ = ["plainly"]

_MEANINGS = (  # beginning of the verb, of the noun, plain verb: imperfective, perfective; infinitive and they-form
    ("прин|прим", "решени", ("решать", "решают"), ("решить", "решат")),
    ("да", "разъяснени", ("объяснять", "объясняют"), ("объяснить", "объяснят")),
    ("да", "оценк", ("оценивать", "оценивают"), ("оценить", "оценят")),
    ("да", "согласи", ("соглашаться", "соглашаются"), ("согласиться", "согласятся")),
    ("да", "поручени", ("поручать", "поручают"), ("поручить", "поручат")),
    ("внес|внос", "изменени", ("менять", "меняют"), ("изменить", "изменят")),
    ("внес|внос", "предложени", ("предлагать", "предлагают"), ("предложить", "предложат")),
    ("нес", "ответственност", ("отвечать", "отвечают"), ("ответить", "ответят")),
    ("выраз|выраж", "благодарност|признательност", ("благодарить", "благодарят"), ("поблагодарить", "поблагодарят")),
)
_IMPERFECTIVE = re.compile(r"принима|да[ею][тм]|дава|внос|нес|выража")
_FUTURE = re.compile(r"прим|даст|дадут|внесет|внесут|вырази[тм]|выразят")
_GENDERS = {"л": "m", "ла": "f", "ло": "n", "ли": "pl"}
_SPLIT = re.compile(
    r"[а-я]{2,12}?(?:(?P<past>л[аои]?)|(?P<they>[юуая]т)|(?P<done>(?:н|ят)[аоы]?)|(?P<we>[еи]м)|(?P<one>[еи]т|ст))(?:ся|сь)?"
)


def plainly(verb: str, noun: str) -> str | None:
    """The one plain verb in the form of `verb`, or None where the pair is not known or its form is not clear."""
    for start, about, imperfective, perfective in _MEANINGS:
        if re.match(start, verb) and re.match(about, noun):
            return _formed(verb, perfective, imperfective)
    return None


def _formed(verb: str, perfective: tuple[str, str], imperfective: tuple[str, str]) -> str | None:
    lasting = _IMPERFECTIVE.match(verb) is not None and _FUTURE.match(verb) is None
    infinitive, they = imperfective if lasting else perfective
    if verb.endswith(("ть", "сти")):
        return infinitive
    passive = verb.endswith(("ся", "сь"))
    found = _SPLIT.fullmatch(verb)
    if verb in ("внес", "нес"):
        return past(infinitive, "m")
    if found is None:
        return None
    if found["past"]:
        return past(infinitive, "pl" if passive else _GENDERS[found["past"]])
    if found["done"]:
        return past(infinitive, "pl")
    person = "3pl" if passive or found["they"] or verb == "дадут" else "1pl" if found["we"] else "3sg"
    return they_to(they, person)

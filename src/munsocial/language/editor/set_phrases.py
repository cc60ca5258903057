"""«Приняла решение» is «решила»: phrases of a verb and a noun that mean one plain verb, in the form of theirs."""

from __future__ import annotations

import re
from functools import cache

from munsocial.language.editor.conjugation import past, they_to
from munsocial.language.editor.tables import rows

__all__ = ["plainly"]

_IMPERFECTIVE = re.compile(
    r"принима|(?:вы|по)?да[ею][тм]|дава|внос|нес|выража|вед|вел|вест|провод|производ|происход|обеспечива|подава|направля|бер"
    r"|ввод|наклад|возлаг|предпринима|допуска|предоставля"
)
_FUTURE = re.compile(r"прим|даст|дадут|внесет|внесут|вырази[тм]|выразят")
_NOBODY = re.compile(r"произош|происход|.{1,30}с[яь]$")  # nobody is said to do it: the advice says «they»
_GENDERS = {"л": "m", "ла": "f", "ло": "n", "ли": "pl"}
_SPLIT = re.compile(
    r"[а-я]{2,12}?(?:(?P<past>л[аои]?)|(?P<they>[юуая]т)|(?P<done>(?:н|ят)[аоы]?)|(?P<we>[еи]м)|(?P<one>[еи]т|ст))(?:ся|сь)?"
)


@cache
def _meanings() -> tuple[tuple[re.Pattern[str], re.Pattern[str], tuple[str, str], tuple[str, str]], ...]:
    table = []
    for verb, noun, imperfective, perfective in rows("editor/set_phrases.tsv"):
        table.append((re.compile(verb), re.compile(noun), _pair(imperfective), _pair(perfective)))
    return tuple(table)


def _pair(cell: str) -> tuple[str, str]:
    infinitive, they = cell.split()
    return infinitive, they


def plainly(verb: str, noun: str) -> str | None:
    """The one plain verb in the form of `verb`, or None where the pair is not known or its form is not clear."""
    for start, about, imperfective, perfective in _meanings():
        if start.match(verb) and about.match(noun):
            return _formed(verb, perfective, imperfective)
    return None


def _formed(verb: str, perfective: tuple[str, str], imperfective: tuple[str, str]) -> str | None:
    lasting = _IMPERFECTIVE.match(verb) is not None and _FUTURE.match(verb) is None
    infinitive, they = imperfective if lasting else perfective
    if verb.endswith(("ть", "сти")):
        return infinitive
    passive = _NOBODY.match(verb) is not None
    found = _SPLIT.fullmatch(verb)
    if verb in ("внес", "нес", "понес"):
        return past(infinitive, "m")
    if found is None:
        return None
    if found["past"]:
        return past(infinitive, "pl" if passive else _GENDERS[found["past"]])
    if found["done"]:
        return past(infinitive, "pl")
    person = "3pl" if passive or found["they"] or verb == "дадут" else "1pl" if found["we"] else "3sg"
    return they_to(they, person)

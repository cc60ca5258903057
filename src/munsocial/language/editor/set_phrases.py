"""«Приняла решение» is «решила»: phrases of a verb and a noun that mean one plain verb, in the form of theirs."""

from __future__ import annotations

import re
from functools import cache

from munsocial.language.editor.conjugation import command, gerund, past, they_to
from munsocial.language.reading.tables import rows

__all__ = ["passive", "plainly"]

_IMPERFECTIVE = re.compile(
    r"принима|(?:вы|по)?да(?:[ею][тм]|ю)$|дава|внос|нес|выража|вед|вел|вест|провод|производ|происход|обеспечива|подава|направля|бер"
    r"|ввод|наклад|возлаг|предпринима|допуска|предоставля|поступа|вынос|нанос|объявля|дово[дж]"
)
_FUTURE = re.compile(r"прим|даст|дадут|дадим|внес|нанес|проведе[тм]|проведут|проведу|произвед|введ|выраз")
_NOBODY = re.compile(
    r"произош|произойд|происход|поступ|.{1,30}с[яь]$"
)  # nobody is said to do it: the advice says «they»
_GENDERS = {"л": "m", "ла": "f", "ло": "n", "ли": "pl"}
_SPLIT = re.compile(
    r"[а-я]{2,12}?(?:(?P<past>л[аои]?)|(?P<they>[юуая]т)|(?P<done>(?:н|ят)[аоы]?)|(?P<we>[еи]м)|(?P<one>[еи]т|ст)|(?P<me>[юу])"
    r"|(?P<asked>(?:и|й|ь)те)|(?P<while>[яа]|ив|яв))(?:ся|сь)?"
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


def passive(verb: str) -> bool:
    """Whether small words beside it tell when it is done: «внесено», «вноситься»."""
    found = _SPLIT.fullmatch(verb)
    return verb.endswith(("ться", "тись")) or (found is not None and found["done"] is not None)


def plainly(verb: str, noun: str, when: str = "", beside: str = "") -> str | None:
    """The one plain verb in the form of `verb`, or None where the pair is not known or its form is not clear.

    `when` and `beside` are of an `Auxiliary` beside a passive.
    """
    for start, about, imperfective, perfective in _meanings():
        if start.match(verb) and about.match(noun):
            return _formed(verb, perfective, imperfective, when, beside)
    return None


def _formed(
    verb: str, perfective: tuple[str, str], imperfective: tuple[str, str], when: str, beside: str
) -> str | None:
    lasting = _IMPERFECTIVE.match(verb) is not None and _FUTURE.match(verb) is None
    infinitive, they = imperfective if lasting else perfective
    if verb.endswith(("ть", "сти", "ться", "тись")):
        return f"{beside} {infinitive}".strip()
    nobody = _NOBODY.match(verb) is not None
    found = _SPLIT.fullmatch(verb)
    if verb in ("внес", "нес", "понес", "нанес", "вынес"):
        return past(infinitive, "m")
    if verb == "дам":
        return they_to(they, "1sg")
    if found is None:
        return None
    if found["past"]:
        return past(infinitive, "pl" if nobody else _GENDERS[found["past"]])
    if found["done"]:
        return _done(infinitive, they, when, beside)
    if found["asked"]:
        return command(infinitive, they)
    if found["while"]:
        return gerund(infinitive, they, perfective=not lasting)
    if nobody or found["they"] or verb == "дадут":
        return they
    return they_to(they, "1pl" if found["we"] else "1sg" if found["me"] else "3sg")


def _done(infinitive: str, they: str, when: str, beside: str) -> str:
    if when == "must":
        return f"{beside} {infinitive}".strip()
    return they if when == "future" else past(infinitive, "pl")

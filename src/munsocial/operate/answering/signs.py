"""What a question shows of itself: whether it is urgent, an appeal under 59-FZ, and whose competence it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from munsocial.model.bodies import Body
from munsocial.model.registry import Registry

__all__ = ["Competence", "is_appeal", "is_urgent"]

# An appeal asks for a decision of the authority, not for information: statement, complaint, request for measures or for
# an official answer (articles 4 and 7 of 59-FZ). A comment is none by itself; the citizen is told how to file it.
_APPEAL = re.compile(
    r"59-?\s?фз|официальн\w{2,4} (?:обращени|ответ|запрос|жалоб)"
    r"|прошу (?:вас )?(?:принять меры|разобраться|провести проверку|привлечь|рассмотреть|зарегистрировать)"
    r"|прошу (?:вас )?дать (?:письменный|официальный|мотивированный) ответ|прошу (?:считать (?:это|данное)|письменно)"
    r"|прошу ответить письменно|требую (?:провести|привлечь|принять|дать|проверки|ответа)"
    r"|(?:подаю|пишу|направляю) (?:жалобу|заявление|обращение)"
    r"|обращаюсь (?:к вам )?с (?:жалобой|заявлением|просьбой принять)|заявляю о"
    r"|(?:жалоба|заявление|обращение) (?:на|от|главе)\b|в соответствии со? (?:стать|закон)"
)
_URGENT = re.compile(
    r"прорвал\w{0,3}|авари[яию]\b|пожар|горит|дым\w{0,2} из|утечк\w газ|пахнет газом|запах газа|газом пахнет"
    r"|оборван\w{0,3}|провод\w{0,2} (?:упал|лежит|висит|искрит|оборв)|искрит"
    r"|нет (?:воды|света|тепла|отопления|электричества|газа)"
    r"|без (?:воды|света|тепла|отопления|электричества|газа)|(?:воду|свет|отопление|газ) отключили"
    r"|замерза\w{2,4}|затопил\w?|затаплива\w{2,4}|подтопи\w{2,4}|паводок|обвал\w{0,4}|рухнул\w?"
    r"|открыт\w{1,3} люк|люк открыт|провалил\w{1,3}|покусал\w?|стая собак|собаки (?:напада|кида|броса)"
    r"|скор\w{2,3} не (?:едет|приезжа|может)|отравил\w{1,3}|угроз\w жизни|опасно для (?:жизни|детей)"
    r"|дети (?:падают|могут упасть|в опасности)|сбил\w? (?:человека|ребенка)"
)
_LONGEST = 5000
_WORD = re.compile(r"[а-я]{3,}")
_FEW = 4


def is_appeal(text: str) -> bool:
    """Tell whether a text has the features of a citizen's appeal under 59-FZ; advice, not a legal reading."""
    return _APPEAL.search(_plain(text)) is not None


def is_urgent(text: str) -> bool:
    """Tell whether a text speaks of danger or of a failure of water, light, heat or gas."""
    return _URGENT.search(_plain(text)) is not None


class Competence:
    """Whose matter a text is by the words of competence in the register; used when no place says it."""

    def __init__(self, registry: Registry) -> None:
        self._stems = {body.id: tuple(_stems(body)) for body in registry.bodies if body.competence}

    def of(self, text: str) -> str | None:
        """Return the body whose competence the text names most; None when none does or several do equally."""
        words = _WORD.findall(_plain(text))
        counts = {body: sum(_named(one, words) for one in stems) for body, stems in self._stems.items()}
        best = max(counts.values(), default=0)
        found = [body for body, count in counts.items() if count == best]
        return found[0] if best and len(found) == 1 else None

    def covers(self, body: str, text: str) -> bool:
        """Tell whether a text names something of a body's competence."""
        words = _WORD.findall(_plain(text))
        return any(_named(one, words) for one in self._stems.get(body, ()))


def _named(stems: tuple[str, ...], words: list[str]) -> bool:
    """Tell whether half of the words of a competence are there: «вывоз мусора» is meant by «вывезут мусор»."""
    there = sum(any(word.startswith(stem) for word in words) for stem in stems)
    return there * 2 >= len(stems)


def _stems(body: Body) -> Iterable[tuple[str, ...]]:
    for named in (*body.competence, *body.organisations):
        stems = tuple(_stem(word) for word in _WORD.findall(_plain(named)))
        if stems:
            yield stems


@cache
def _stem(word: str) -> str:
    """Cut the ending: «дороги» and «дорог» begin alike."""
    return word if len(word) <= _FEW else word[: max(_FEW, len(word) - 2)]


def _plain(text: str) -> str:
    return text[:_LONGEST].lower().replace("ё", "е")

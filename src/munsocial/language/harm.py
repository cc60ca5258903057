"""Threats and calls told by their words, where no rule knows them: a model is asked about texts that may be one.

A threat is said to somebody, a call is aimed at somebody or something; where neither is met, or where somebody is
thanked or wished well, no model is asked. What excuses every rule of the category (reports, films, sport, garden work)
excuses these finds as well.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import cache
from typing import Final, NamedTuple

from munsocial.language.adwords import adwords, is_answer, read
from munsocial.language.engine import which_of
from munsocial.language.harmless import readings
from munsocial.language.lexicon import Excuses, rules
from munsocial.language.matcher import Find
from munsocial.language.unmask import View
from munsocial.wording import Text

__all__ = ["finds"]

_FEWEST: Final = 2
_MOST: Final = 60  # different words: a longer text is a story
_SUREST: Final = 0.79  # a rule that finds the same is surer
_TO_SOMEBODY, _AT_SOMEBODY, _KINDLY = 0, 1, 2

# To whom one speaks, and what somebody is told to do or will do.
_YOU: Final = (
    "ты тебя тебе тобой тобою вы вас вам вами"
    " твой твоя твое твои твою твоего твоей твоему твоим твоем твоих твоими"
    " ваш ваша ваше ваши вашу вашего вашей вашему вашим вашем ваших вашими"
    " жди молись запомни смотри учти беги передай скажи готовь пиши ходи сиди помни"
)
_DONE_BY_YOU: Final = "ешь ишь ете ите ешься ишься етесь итесь йся йтесь"
# How words begin that name a group, those in power, places, arms, revolt: what calls are aimed at or made with.
_AIMED: Final = (
    "хач чурк чурбан чуреч жид евре кавказ чечен ингуш даг армян азер грузин осетин таджик узбек киргиз туркмен казах"
    " цыган татар башкир турок турк китай вьетнам индус негр ниггер черн узкоглаз нерус инород иновер неверн кафир гяур"
    " мигрант гастарб понаех приезж пришл чуж беженц азиат хохл хохо украин бандер москал кацап русск русн славян бел"
    " росси кубан поляк пиндос америк католик сектант иегов православ поп попа попов мулл буддис христиан мусульм ислам"
    " гомик гомос гей геев геям педик пидор лесби транс лгбт либер коммун комуняк бомж ватник недочел народ рас нац"
    " ари гитлер рейх зиг хайль сс фюрер нацис фашис джихад шахид халифат джамаат игил аллах вер каратель"
    " власт чинов чинуш депутат губерн минист прокур суд мэр мент мусор полиц полица росгв омон гаи дпс силов фсб чекис"
    " единорос олигарх бурж богат богач военк войск солдат пристав начальн глав администр управ кабинет сельсовет совет"
    " дум правит президен путин режим кремл систем москв оккупант предател"
    " мечет синагог церк храм костел рынк рынок табор общежит квартал аул участок отдел пост здани штаб офис дом склад"
    " релей вышк станц подстанц трансформ рельс поезд электрич состав локомотив мост пути путей газопров шкаф машин"
    " оруж ружь автомат ствол вил топор нож кинжал бит арматур кол бензин коктейл бутыл взрыв взорв бомб гранат мин"
    " теракт поджог подж восста револю бунт майдан штурм погром громи резн сверг захват расправ виселиц"
)
# How words begin with which one thanks, wishes well or mourns.
_KIND_WORDS: Final = (
    "спасибо благодар поздрав праздник юбиле здоров счасть удач любв любим обним соболезн царств упокой"
    " пожалуйст приглаш концерт дружб"
)


@cache
def _told_of() -> Callable[[bytes], list[int] | None]:
    """Return what tells of a text: somebody is spoken to, something is aimed at, somebody is thanked."""
    begins, ends = r"(?:^|[^a-zа-я])", r"(?:[^a-zа-я]|$)"
    patterns = (
        f"{begins}(?:{_any_of(_YOU)}){ends}|(?:{_any_of(_DONE_BY_YOU)}){ends}",
        f"{begins}(?:{_any_of(_AIMED)})",
        f"{begins}(?:{_any_of(_KIND_WORDS)})",
    )
    return which_of(pattern.encode("cp1251") for pattern in patterns)


def _any_of(words: str) -> str:
    return "|".join(words.split())


class _Kind(NamedTuple):
    """How one category is told: what must be met, and the score from which the words are enough."""

    category: str
    asks: int
    enough: float
    why: Text


# The scores were chosen on batches that neither rules nor models had seen; see docs/explanation/moderation-figures.md.
_KINDS: Final = (
    _Kind("threat", _TO_SOMEBODY, 1.5, Text(ru="слова как в угрозах: {words}", en="words as in threats: {words}")),
    _Kind(
        "extremism",
        _AT_SOMEBODY,
        1.5,
        Text(ru="слова как в призывах к насилию: {words}", en="words as in calls to violence: {words}"),
    ),
)


@cache
def _excuses(category: str) -> Excuses:
    """Return the harmless readings that stand at the head of a page."""
    return next(rule.excuses[-1] for rule in rules() if rule.category == category and rule.view == "plain")


def finds(view: View, known: Container[str]) -> Iterator[Find]:
    """Yield a find for each category of harm that no rule has found and of which the words are enough.

    Answers to somebody are left to the rules: most of them quarrel.
    """
    if is_answer(view.seen):
        return
    told = _told_of()(view.seen)
    if not told or _KINDLY in told:
        return
    reading = read(view.seen)
    if not _FEWEST <= len(reading.words) <= _MOST:
        return
    for kind in _KINDS:
        if kind.asks not in told or kind.category in known:
            continue
        model = adwords(kind.category)
        score = model.score(reading)
        if score > kind.enough and not readings(_excuses(kind.category), view.seen):
            why = kind.why.fill(words=", ".join(model.loudest(reading)))
            yield Find(kind.category, "words", min(_SUREST, 0.7 + 0.02 * score), why, view, 1, len(view.seen) - 1)

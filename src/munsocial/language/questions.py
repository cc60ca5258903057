"""Whether a citizen asks the authorities something: a question, a request, a complaint that waits for an answer.

Also with no question mark, as people write; and not every question mark asks: rhetoric and talk among neighbours do
not. Signs found by rules and a small trained model over the words decide together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import compress

from munsocial.language.linear import load
from munsocial.language.reading.forms import command
from munsocial.language.reading.legible import folded
from munsocial.language.reading.signs import shown
from munsocial.language.reading.words import plain_words
from munsocial.language.streams import one_by_one
from munsocial.model.given import is_a

__all__ = ["SIGNALS", "is_question", "is_question_many", "measure"]

SIGNALS = (
    "request", "ask_verb", "li", "mark", "asks", "open", "rhetoric", "thanks", "command", "asks_first", "short",
    "matter", "trouble", "asks_in_earnest", "asks_of_matter", "in_trouble", "command_of_matter",
    "exclaims", "when_clause", "asks_inside",
    "asks_how_to", "asks_what_they_do", "asks_what_is", "solved",
    "wish", "since", "glad", "they_will", "since_matter", "glad_only", "but", "negated", "thanks_but",
    "plain_request", "plain_trouble",
    "first_why", "first_when", "first_who", "first_where", "first_how_many", "first_how", "first_which", "first_may",
)  # fmt: skip

# How a clause begins: after the start, a mark, or a dash, with small words in between.
_START = (
    r"(?:^|[.!?,;:…\n—–()-][ \n]{0,2}|\b(?:а|и|но|так|ну|подскажите|скажите|интересно|непонятно|неясно|узнать|понять"
    r"|знать|пожалуйста)\s+)"
)
_ASKING = (
    r"(?:когда|почему|зачем|отчего|где|куда|откуда|кто|кому|кого|чей|чья|чье|чьи|сколько|как|каким|какой|какая|какое"
    r"|какие|какого|каких|какому|каков[аыо]?|что|чем|до (?:какого|которого|каких|скольки)"
    r"|с (?:какого|какой|каких|кем|кого|чем)"
    r"|из-за (?:чего|кого)|для чего|ради чего|в чем|о чем|про что"
    r"|на (?:каком|какой|какое|каких|кого|что|сколько|чем)|в (?:какой|какое|каком|какие|каких|чем|котором)|во сколько"
    r"|по (?:какой|какому|каким|чем)|к (?:кому|какому)|у кого|от кого|за (?:что|сколько|чей))"
)
_BLANKS = re.compile(r"[^\S\n]+")  # of a word processor, or several
_ASKS = re.compile(_START + _ASKING + r"\b")
_ASKS_FIRST = re.compile(r"\W{0,9}(?:а |и |но |ну )?" + _ASKING + r"\b")
_LI = re.compile(r"\b[а-я]{2,30}[ -]ли\b")
_NOT_LI = re.compile(r"\b(?:вряд|едва|мало|разве|то|чуть|не так)[ -]ли\b")
_OPEN = re.compile(r"(?:^|[.!?,;:—-] ?)(?:(?:а |и |но )?можно\b|(?:[а-я-]{1,30} ){0,4}(?:есть места|будет)\b)")
# «Когда дети поют, сердце радуется»: a clause of time, not a question; and so with other words of that kind.
_WHEN_CLAUSE = re.compile(
    r"\W{0,5}(?:когда|как|кто|что|где|куда|чем|сколько|кому) [^,?]{2,60}, "
    r"(?!когда|почему|кто|где|куда|сколько|как)[^?]*$"
)
# With no comma before it, as people write: «в амбулатории нет вакцины когда привезут».
_ASKS_INSIDE = re.compile(r"[а-я] (?:когда|почему|зачем|куда|сколько|где|кто|как|какие|какой)\b")
_WHICH = (
    r"\b(?:когда|почему|отчего|зачем|где|куда|откуда|кто|кому|кого|чем|сколько|как|какие|какой|какая|что|до скольки"
    r"|во сколько) "
)
# «куда обратиться», «как нам оформить»: how to do something; «когда заменят»: what they will do.
_HOW_TO = re.compile(_WHICH + r"(?:[а-я]{1,12} ){0,2}[а-я]{2,20}(?:ть|ться|ти|тись|чь)\b")
_WHAT_THEY_DO = re.compile(
    _WHICH + r"(?:[а-я-]{1,20} ){0,3}[а-я]{2,20}(?:ут|ют|ат|ят|утся|ются|атся|ятся|ится|ется|ают)\b"
)
_WHAT_IS = re.compile(
    _WHICH + r"(?:стоит|нужн|можно|положен|работает|принима|ходит|отвеча|будет|должен|должн|телефон|адрес|график"
    r"|документ|номер)"
)
_THANKS = re.compile(
    r"\b(?:спасибо|благодар|молодцы|молодец|поздравля|решен[аоы]?\b|решили|понятно|с праздником|приятно|славил)"
)
# «Трубу заменили, вода пошла»: what was asked for is done.
_SOLVED = re.compile(
    r"\b(?:(?:за|по|при|от|вы|на|у|под|о|со|с|вос|пере)[а-я]{2,14}(?:или|ули|али|яли|ели|езли|сли)|дали|пустили|нашл(?:ась|ся|ись|и)"
    r"|пошла|заработал[аои]?)\b"
)
_UNSOLVED = re.compile(
    r"\?|\b(?:не|нет|без|ни|а|но|обещали|забыли|бросили|отключили|закрыли|отменили|сломали|украли|опять|снова)\b"
)
# How a text begins that asks: each word is trusted by itself, «кто» less than «почему».
_FIRST_WORDS = (
    r"почему|отчего|зачем|из-за чего|по какой причине",
    r"когда",
    r"кто|кем|чей|чья|чье|чьи",
    r"где|куда|откуда",
    r"сколько|почем|во сколько|до скольки|со скольки|на сколько|насколько",
    r"как",
    r"(?:с|в|на|до|по|за|из|от|у|к|о|об|про|для)? ?"
    r"(?:как(?:ой|ая|ое|ие|ого|ому|ую|им|их|ом)|котор[а-я]{2,3}|чем|чего|чему|кого|кому|ком)",
    r"можно|есть|будет|будут|могу|можем|нужн[оаы]?|надо|правда|положен[аоы]?|планирует(?:ся|е)|собирает(?:есь|ся)",
)
_FIRST = re.compile(
    r"\W{0,5}(?:(?:здравствуйте|добрый (?:день|вечер)|доброе утро|скажите|подскажите|пожалуйста|а|и|но|ну|так|вот)"
    r"\W{1,3}){0,4}"
    rf"(?:{'|'.join(f'({words})' for words in _FIRST_WORDS)})\b"
)
_THEY_WILL = re.compile(
    r"\b(?:(?:за|по|при|от|вы|на|у|под|о|об|со|с|вос|пере|про|рас|раз|из|до|в)[а-я]{2,12}(?:ут|ют|ат|ят)(?:ся)?"
    r"|дадут|пустят|вернут|начнут|будут)\b"
)
# «Спасибо за горку, а качели когда»: what comes after is what is asked.
_BUT = re.compile(r"[а-я][,.!…)]{0,3} (?:а|но|только|однако|теперь бы)\b")
# «Приезжайте к нам», «прошу к столу» ask nothing of the authorities.
_INVITES = re.compile(r"\bк (?:нам|столу)\b|\bна бис\b|\bв гости\b|\bсоседи,|\bдрузья,")
# «Чище, чем в роднике» compares, it does not ask «чем».
_COMPARES = re.compile(r"(?:[а-я](?:ее|ей|ще|че|же|ше|ьше)|иначе|кроме),? чем\b")
_NEGATED = re.compile(r"\b(?:не|никто не|так и не) [а-я]{3,20}(?:ет|ит|ют|ут|ят|ат|[аиеуя]л|ла|ли|ло)(?:ся|сь)?\b")
# What asks, or tells of a need; where a word stands alone («по», «Маша», «5 из 5»), one of these must be there.
_TELLING = frozenset([
    "request", "ask_verb", "li", "mark", "asks", "open", "command", "asks_first", "matter", "trouble",
    "asks_inside", "asks_how_to", "asks_what_they_do", "asks_what_is", "wish", "since", "they_will", "negated",
])  # fmt: skip
_TELLS = tuple(name in _TELLING or name.startswith("first_") for name in SIGNALS)
_CONTENT = re.compile(r"[а-я-]{3,}")
_SECTIONS = ("request", "ask_verb", "rhetoric", "proverb", "matter", "trouble", "wish", "since", "glad")
_SHORT = 3
_LONGEST = 5000
"""Characters of a comment that are read: networks allow about as many, and what is asked stands before that."""
# «Продам козу, Степная 4»: neighbours read it.
_SELLS = re.compile(r"(?:срочно )?(?:продам|продаю|сдам|сдаю|отдам|отдаю|куплю|сниму|обменяю)\b[^?]*")
# «Кто последний уходит, закрывайте дверь»: whoever it is is told what to do, nobody is asked who.
_TO_WHOEVER = re.compile(
    r"\W{0,5}кто (?:последн|перв|крайн)[а-я]{1,3} [^,?]{2,60}, "
    r"(?!ответьте|скажите|подскажите|объясните|напишите)[а-я]{2,20}(?:йте|ите|ьте)(?:сь)?\b[^?]*"
)
_LENIENT = 0.5
"""What is missed waits unanswered; a remark taken for a question costs a look."""


def _begins(plain: str) -> int:
    """Which of `_FIRST_WORDS` the text begins with, from one; zero for none."""
    found = _FIRST.match(plain)
    return (found.lastindex or 0) if found is not None else 0


def _mood(plain: str, signs: frozenset[str], thanks: bool) -> tuple[bool, ...]:
    """What is wished, how long it lasts, whether the writer is glad, and whether something is held against it."""
    wish, since = "wish" in signs, "since" in signs
    glad = "glad" in signs and not wish
    held_against = _BUT.search(plain) is not None
    in_need = "matter" in signs or "trouble" in signs
    content = ((thanks or glad) and not held_against) or "rhetoric" in signs
    return (
        wish,
        since,
        glad,
        _THEY_WILL.search(plain) is not None,
        since and in_need,
        glad and not ("trouble" in signs or "request" in signs or "?" in plain),
        held_against,
        _NEGATED.search(plain) is not None,
        (glad or thanks) and held_against,
        "request" in signs and not content,
        "trouble" in signs and not content,
    )


@lru_cache(maxsize=4)
def _plain(text: str) -> str:
    return _BLANKS.sub(" ", folded(text[:_LONGEST])).strip()


@lru_cache(maxsize=4)  # whoever asks for the signs asks for the answer too
def measure(text: str) -> tuple[list[str], list[float]]:
    """Words of a text and its `SIGNALS`, as the model was trained on them."""
    plain = _plain(text)
    words = plain_words(plain)
    signs = shown(plain, _SECTIONS)
    if "request" in signs and _INVITES.search(plain) is not None:
        signs -= {"request"}
    rhetoric = "rhetoric" in signs or "proverb" in signs
    thanks = _THANKS.search(plain) is not None and "?" not in plain
    li = _LI.search(plain) is not None and _NOT_LI.search(plain) is None
    asking = _COMPARES.sub(" ", plain) if "чем" in plain else plain
    asks = _ASKS.search(asking) is not None
    first = _ASKS_FIRST.match(plain) is not None
    matter, trouble = "matter" in signs, "trouble" in signs
    commands = any(map(command, words))
    in_earnest = (first or asks or li or "?" in plain) and not rhetoric and not thanks
    found: tuple[bool, ...] = (
        "request" in signs,
        "ask_verb" in signs,
        li,
        "?" in plain,
        asks,
        _OPEN.search(plain) is not None,
        rhetoric,
        thanks,
        commands,
        first,
        len(words) <= _SHORT,
        matter,
        trouble,
        in_earnest,
        in_earnest and matter,
        matter and trouble and not thanks,
        commands and (matter or trouble),
        "!" in plain and "?" not in plain,
        _WHEN_CLAUSE.match(plain) is not None,
        _ASKS_INSIDE.search(plain) is not None and not rhetoric,
        _HOW_TO.search(plain) is not None,
        _WHAT_THEY_DO.search(plain) is not None and not rhetoric,
        _WHAT_IS.search(plain) is not None and not rhetoric,
        not trouble and _SOLVED.search(plain) is not None and _UNSOLVED.search(plain) is None,
    )
    begins = 0 if rhetoric else _begins(plain)
    found += (*_mood(plain, signs, thanks), *(number == begins for number in range(1, len(_FIRST_WORDS) + 1)))
    return words, [float(one) for one in found]


def is_question(text: str) -> bool:
    """Whether the text waits for an answer or an action of the authorities.

    Raises:
        InputError: it is no text.
    """
    is_a(str, text, "text")
    words, signals = measure(text)
    alone = len({word for word in words if _CONTENT.fullmatch(word)}) <= 1
    if not words or (alone and not any(compress(signals, _TELLS))):
        return False
    plain = _plain(text)
    if _SELLS.fullmatch(plain) or _TO_WHOEVER.fullmatch(plain):
        return False
    no, yes = load("question").scores(words, signals)
    return yes + _LENIENT > no


def is_question_many(texts: Iterable[str]) -> Iterator[bool]:
    """Read a stream of comments, one answer for each, in order."""
    return one_by_one(is_question, texts)

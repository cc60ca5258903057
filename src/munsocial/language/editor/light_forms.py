"""In which form a light verb stands, by its ending: осуществляет, проводили, оказана, ведите, осуществив."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Form", "form_of"]

_PRESENT = r"(?P<present>{})(?P<person>ет|ют|ут|ит|ят|ат|ем|им)(?P<self>ся)?"
_STEMS = {
    "present": "осуществля|производ|провод|вед|оказыва|организу|организовыва|выполня|обеспечива|реализу|соверша|исполня"
    "|предоставля|предпринима",
    "past": "осуществля|осуществи|производи|произве|проводи|прове|ве|оказыва|оказа|организова|организовыва|выполни"
    "|выполня|обеспечи|обеспечива|реализова|соверши|исполни|предостави|предприня",
    "participle": "осуществлен|произведен|проведен|оказан|организован|выполнен|обеспечен|реализован|совершен|исполнен"
    "|предоставлен|предпринят",
    "infinitive": "осуществить|осуществлять|произвести|производить|провести|проводить|вести|оказать|оказывать"
    "|организовать|организовывать|выполнить|выполнять|обеспечить|обеспечивать|реализовать|реализовывать|совершить|совершать"
    "|предоставить|предоставлять",
    "future": "осуществ|произвед|провед|окаж|организу|выполн|обеспеч|реализу|соверш",
    "doing": "осуществля|производ|провод|вед|оказыва|организу|выполня|обеспечива|реализу|соверша|предоставля",
}
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        _PRESENT.format(_STEMS["present"]),
        rf"(?P<past>{_STEMS['past']})(?P<gender>л|ла|ло|ли)(?P<self>ся|сь)?",
        rf"(?P<participle>{_STEMS['participle']})(?P<short>|а|о|ы)",
        rf"(?P<doing>{_STEMS['doing']})[юуя]щ(?P<which>ий|его|ему|им|ем|ая|ей|ую|ее|ие|их|ими)",
        rf"(?P<infinitive>{_STEMS['infinitive']})",
        rf"(?P<future>{_STEMS['future']})(?P<person>ит|ят|ет|ут|ем|им)(?P<self>ся)?",
    )
)
_IMPERFECTIVE_PAST = ("ля", "оди", "ыва", "лня", "ва")
_WHICH = {
    **dict.fromkeys(("ий", "его", "ему", "ем"), "который"),
    **dict.fromkeys(("ая", "ей", "ую"), "которая"),
    **dict.fromkeys(("ие", "их", "ими"), "которые"),
    "ее": "которое",
    "им": "",  # подрядчиком, осуществляющим; рабочим, осуществляющим
}
"""What «осуществляющая вывоз» turns to: «которая вывозит»; empty where one and many look alike."""


class Form(NamedTuple):
    """How a light verb stands; `person` is as the kind has it."""

    kind: str  # present, past, participle, infinitive, future, doing, command, gerund
    person: str  # 3sg, 3pl, 1pl; for the past m, f, n, pl; for doing the pronoun
    passive: bool
    perfective: bool


_ASKED = "осуществляйте производите проводите ведите оказывайте выполняйте реализуйте совершайте предоставляйте"
_ASKED_ONCE = "осуществите произведите проведите окажите выполните совершите предоставьте"
_I_DO = "осуществляю произвожу провожу веду оказываю выполняю реализую совершаю исполняю предоставляю предпринимаю"
_I_SHALL = "осуществлю произведу проведу окажу выполню совершу предоставлю"
_WHILE = "осуществляя производя проводя ведя оказывая организуя выполняя обеспечивая реализуя совершая предоставляя"
_AFTER = "осуществив произведя проведя оказав организовав выполнив обеспечив реализовав совершив предоставив предприняв"
_TO_BE_DONE = (
    "осуществляться производиться проводиться вестись оказываться организовываться выполняться обеспечиваться"
    " реализовываться совершаться исполняться предоставляться"
)
_WHOLE = {
    **dict.fromkeys(_ASKED.split(), Form("command", "", False, False)),
    **dict.fromkeys(_ASKED_ONCE.split(), Form("command", "", False, True)),
    **dict.fromkeys(_I_DO.split(), Form("present", "1sg", False, False)),
    **dict.fromkeys(_I_SHALL.split(), Form("future", "1sg", False, True)),
    **dict.fromkeys(_WHILE.split(), Form("gerund", "", False, False)),
    **dict.fromkeys(_AFTER.split(), Form("gerund", "", False, True)),
    **dict.fromkeys(_TO_BE_DONE.split(), Form("infinitive", "", True, False)),
}
"""Forms that no ending tells alone."""


@lru_cache(maxsize=1 << 15)
def form_of(word: str) -> Form | None:
    """In which form the word stands; None where it is no light verb."""
    if word in _WHOLE:
        return _WHOLE[word]
    for pattern in _FORMS:
        found = pattern.fullmatch(word)
        if found is not None:
            return _described(found.groupdict())
    return None


def _described(parts: dict[str, str | None]) -> Form:
    passive = bool(parts.get("self"))
    if parts.get("participle") is not None:
        return Form("participle", "pl", True, True)
    if parts.get("infinitive") is not None:
        return Form("infinitive", "", False, _perfective_infinitive(parts["infinitive"] or ""))
    if parts.get("doing") is not None:
        return Form("doing", _WHICH[parts["which"] or "ий"], False, False)
    if parts.get("past") is not None:
        gender = {"л": "m", "ла": "f", "ло": "n", "ли": "pl"}[parts["gender"] or "ли"]
        return Form("past", gender, passive, not _lasting(parts["past"] or ""))
    person = parts["person"] or ""
    who = "1pl" if person in ("ем", "им") else "3sg" if person in ("ет", "ёт", "ит") else "3pl"
    future = parts.get("future") is not None
    return Form("future" if future else "present", who, passive, future)


def _lasting(stem: str) -> bool:
    """Whether a past stem is of a verb that tells how something went on: вели, проводили."""
    return stem == "ве" or stem.endswith(_IMPERFECTIVE_PAST)


def _perfective_infinitive(verb: str) -> bool:
    return not verb.endswith(("лять", "одить", "вать", "шать", "нять")) and verb != "вести"

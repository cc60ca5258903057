"""Drugs named by pictures: a leaf, snow, a pill, beside words of trade. Pictures alone say nothing.

A view keeps no picture apart from another, so this reads the text itself, and only where the view has seen a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from munsocial.language.comments.folding import SEEN_PICTURE
from munsocial.language.comments.matcher import Find
from munsocial.language.comments.unmask import View
from munsocial.wording import Text

__all__ = ["finds"]

_GOODS: Final = frozenset("🍁🌿🍃🍀☘🌲🥦❄🧊💎🍫🍄💊💉🧂🔌🐎🍬🍭👽🚀🌈🐬🦄")
_PLAINEST: Final = frozenset("🍁🌿🍃🥦❄🍄💊💉")  # one of these twice says what two kinds do
# Beside one picture only words of this trade count, beside several of them any word of trade.
_OF_DEALERS = re.compile(
    r"свежак|клад|в теме|стафф|вставля|накур|для отдыха|ищешь отдых|ночн\w{1,9} доставк|без кидк|в касани"
    r"|хочешь улет|товар\w{0,9} ровн|есть ч[еёо]|(?:кому|кто)\s*\?\s*@\w+bot",
    re.IGNORECASE,
)
_OF_TRADE = re.compile(
    r"в наличии|торг\b|свеж[аи]|пиш[иу]|бот[уае]?\b|телег|@\w{4,}|район|24/7|прайс|ассортимент|магазин", re.IGNORECASE
)
_HARMLESS = re.compile(
    r"рассад|цвет|саженц|торт|конфет|праздн|нов(?:ый|ым|ого) год|гол[её]лед|снегопад|концерт|букет|дет[ия]|школ|урожай"
    r"|погод|каток|экскурс|парк|сквер|аптек|здоров|маникюр|ресниц|подар|скидк|игрушк|сказк|поздравл"
    r"|аниматор|украшен|кольц|серьг|удач|кафе|меню|чай|огород|дач[аеу]|салат|витамин|врач|грядк|зелень|соленья|ёлк|елк",
    re.IGNORECASE,
)
_PRICED: Final = re.compile(f"[{''.join(sorted(_PLAINEST))}]\ufe0f?\\s*(?:по\\s*)?\\d{{3,5}}\\b")
_WHY: Final = Text(
    ru="картинки вместо названий наркотиков рядом со словами торговли",
    en="pictures in place of names of drugs beside words of trade",
)


def finds(text: str, view: View) -> Iterator[Find]:
    """Yield one find for a text that trades in pictures."""
    if SEEN_PICTURE not in view.seen:
        return
    kinds = _GOODS.intersection(text)
    if not kinds or _HARMLESS.search(text):
        return
    several = len(kinds) > 1 or any(text.count(kind) > 1 for kind in kinds & _PLAINEST)
    if _OF_DEALERS.search(text) or (several and (_OF_TRADE.search(text) or _PRICED.search(text))):
        yield Find.of_whole("drugs", "pictures", 0.8, _WHY, view)

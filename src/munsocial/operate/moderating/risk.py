"""Signs that a person may harm himself: never a ground of removal, always a reason to fetch a person at once.

A short list of plain phrases, read by a regular expression without nesting. It misses much and may err; whoever reads
the comment decides. Common turns of speech that mean something else («не хочу жить в такой грязи») are left out.
"""

from __future__ import annotations

import re

from munsocial.language.comments.marking import Mark
from munsocial.wording import Text

__all__ = ["suicide_risk"]

_WHY = Text("похоже на риск самоубийства", "may be a sign of suicide risk")
_SIGNS = re.compile(
    r"поконч\w{1,4} с собой|покончу с жизнью|наложу на себя руки|наложить на себя руки|убью себя|убить себя"
    r"|повешусь|повеситься хочу|хочу повеситься|вскро(?:ю|ю себе) вены|вскрыть вены|выпрыгну из окна"
    r"|прыгну с (?:моста|крыши)"
    r"|(?<!бы )хочу умереть|хочется умереть|жить (?:больше )?не хочу|жить (?:больше )?не хочется|жить незачем"
    r"|незачем жить"
    r"|не хочу (?:больше )?жить(?! (?:в|во|на|среди|рядом|тут|здесь|так|с|под|около|как|по)\b)"
    r"|нет смысла жить|лучше бы я умер(?:ла)?|уйду из жизни|уйти из жизни|свести счеты с жизнью|сведу счеты с жизнью"
    r"|думаю о самоубийстве|думаю о суициде|наглотаюсь таблеток"
    r"|(?:выпью|съем) (?:все(?: эти)?|(?:всю )?(?:пачку|упаковку|горсть)) таблет(?:ки|ок)\b"
    r"(?!,? (?:что|которые|от|по|как)\b)"
    r"|(?:усну|уснуть|засну|заснуть) навсегда|меня скоро не станет|прощайте все"
)
_CONFIDENCE = 0.6
_LONGEST = 5000


def suicide_risk(text: str) -> Mark | None:
    """Return the first sign in a text, as a mark of the category ``suicide``; None when there is none."""
    plain = text[:_LONGEST].lower().replace("ё", "е")
    if "жить" not in plain and "умер" not in plain and not any(part in plain for part in _PARTS):
        return None
    found = _SIGNS.search(plain)
    if found is None:
        return None
    return Mark("suicide", found.start(), found.end(), _CONFIDENCE, _WHY, "suicide-risk")


_PARTS = ("собой", "жизн", "себя", "вешусь", "веситься", "вены", "окна", "моста", "крыши", "самоубий", "суицид",
          "таблет", "навсегда", "не станет", "прощайте все")  # fmt: skip

"""Texts whose formal style is right, each with its reason: warning, obituary, quotation of law, another language."""

from __future__ import annotations

import re

from munsocial.language.reading.signs import shown
from munsocial.language.reading.tables import word_set
from munsocial.language.reading.words import Words
from munsocial.wording import Text

__all__ = ["exempt", "quoted_law", "russian"]

WARNING = Text(ru="предупреждение об опасности", en="a warning of danger")
OBITUARY = Text(ru="соболезнование", en="an obituary")
LAW = Text(ru="цитата закона", en="a quotation of law")
FOREIGN = Text(ru="текст не на русском языке", en="the text is not in Russian")

_LAW_BEFORE = re.compile(
    r"(?:стать[яиеёйю]{1,2}|ст\.|пункт\w{0,2}|п\.|част[ьи]ю?|ч\.|закон\w{0,3}|кодекс\w{0,2}|коап|конституци\w|постановлени\w{1,2}"
    r"|приказ\w?|указ\w?|устав\w?|положени\w{1,2}|порядк\w{1,2}|правил\w{0,2}|решени\w{1,2})\b[^«»]{0,120}$"
)
_QUOTED = re.compile(r"«([^«»]{1,4000})»|\"([^\"]{1,4000})\"|„([^„“”]{1,4000})[“”]|“([^“”]{1,4000})”")
# «…», — сказано в законе «О выборах»: the source stands behind the quotation.
_LAW_AFTER = re.compile(
    r"[\s,.!—–-]{1,8}(?:так |это |прямо |именно ){0,2}"
    r"(?:сказано|говорит\w{0,4}|гласит|написано|записано|указано|установлено|требует)\b"
    r"[^«»\n]{0,40}\b(?:стать\w{1,3}|ст\.|пункт\w{0,2}|закон\w{0,3}|кодекс\w{0,2}|коап|конституци\w|постановлени\w{1,2}|указ\w?"
    r"|устав\w?|приказ\w?|правил\w{0,2})"
)
# «Согласно части 1 статьи 16 закона … относятся: …»: what stands after the colon is the law's own words.
_INTRODUCED = re.compile(
    r"\b(?:стать\w{1,3}|ст\.|част\w{1,2}|ч\.|пункт\w{0,2}|п\.) ?\d[^:\n]{0,200}"
    r"\b(?:закон|фз\b|кодекс|коап|конституци|устав)[^:\n]{0,300}:([^\n]{40,4000})"
)
# «Статья 8. Собственники…», not «Раздел 3 плана выполнен».
_ARTICLE_START = re.compile(r"\s*(?i:статья|глава|раздел) \d+(?:\.\d+)*(?:\.?\n|\. |\.? [А-ЯЁ])")
# «Вечная память героям! В рамках Дня Победы осуществлено возложение…»: a report of a day of memory.
_COMMEMORATES = re.compile(
    r"дн[еёя]м? победы|возложени|годовщин|\bмитинг|памятн\w{2,3} (?:мероприяти|дат)|9 мая|22 июня|великой отечеств"
)
_LAW_SHARE = 0.5
_LAW_WITHIN = 50_000
"""Characters in which quotations are looked for: longer than any post."""

_RUSSIAN_END = re.compile(
    r"[а-я]{2,40}(?:ого|его|ому|ему|ый|ий|ой|ая|яя|ое|ые|ие|ых|их|ым|им|ую|юю|ть|ся|сь|л[аио]?|ет|ит|ют|ут|ят|ем|ешь|ишь"
    r"|йте|ите|ни[еяюй]|нием|ость|ости|ство|ства|ци[яию]|ов|ев|ам|ям|ами|ями|ах|ях|ом|ью|ен[аоы]?|ка|ки|ку|ке|кой|ок|ик)"
)
# Letters of other Cyrillic alphabets, Latin letters with marks, and what Russian never spells: «къ», «хь», «1» inside.
_FOREIGN_LETTER = re.compile(r"[ѐ-ѿҊ-ԯіїєґўà-ɏ]|ъ(?![еюя])|[гкх]ь|[а-я]1[а-я]?")
_FOREIGN_SHARE, _RUSSIAN_SHARE = 0.12, 0.25
_NOT_PROSE = re.compile(r"(?:https?://|www\.|t\.me/|vk\.|youtu\.)\S{1,500}|[@#]\w{1,60}|\[[^\]\s|]{1,60}\|")
_ENOUGH = 4000
"""Characters by which the language of a text is judged."""
_WORDISH = re.compile(r"[^\W\d_]+")


def exempt(words: Words) -> Text | None:
    """The reason why style is not judged here, or None."""
    if not russian(words):
        return FOREIGN
    signs = shown(words.folded, ("obituary", "warning", "memory"))
    if "obituary" in signs or ("memory" in signs and not _COMMEMORATES.search(words.folded)):
        return OBITUARY
    if "warning" in signs:
        return WARNING
    if _ARTICLE_START.match(words.text) or _share_of_law(words) >= _LAW_SHARE:
        return LAW
    return None


def quoted_law(words: Words) -> list[tuple[int, int]]:
    """Places of quotations beside the name of an act."""
    text = words.folded[:_LAW_WITHIN]
    places = []
    for found in _QUOTED.finditer(text):
        before = _LAW_BEFORE.search(text, max(0, found.start() - 160), found.start())
        if before or _LAW_AFTER.match(text, found.end()):
            places.append(found.span())
    places += [found.span(1) for found in _INTRODUCED.finditer(text)]
    return places


def _share_of_law(words: Words) -> float:
    quoted = sum(end - start for start, end in quoted_law(words) if end - start > 40)
    return quoted / max(1, len(words.text))


def russian(words: Words) -> bool:
    """Whether the text is in Russian, as far as letters, small words and endings tell; a short one is taken for it."""
    found = _WORDISH.findall(_NOT_PROSE.sub(" ", words.folded[:_ENOUGH]))
    if not found:
        return True
    foreign = sum(1 for word in found if _FOREIGN_LETTER.search(word) or not ("а" <= word[0] <= "я"))
    letters = sum(1 for word in found if _FOREIGN_LETTER.search(word))
    if letters / len(found) > _FOREIGN_SHARE or foreign / len(found) > 0.6:
        return False
    if len(found) < 8:
        return True
    near = [word for word in found if word in word_set("foreign_words")]
    if len(set(near)) > 1 and (letters + len(near)) / len(found) > _FOREIGN_SHARE:
        return False
    known = sum(1 for word in found if word in word_set("function_words") or _RUSSIAN_END.fullmatch(word))
    return known / len(found) >= _RUSSIAN_SHARE

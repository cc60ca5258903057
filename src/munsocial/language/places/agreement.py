"""Whether an adjective in a text has a noun after it that it agrees with: «в новом доме»; not «в новом где вода»."""

from __future__ import annotations

import re

from munsocial.language.places.around import is_listed, listed
from munsocial.language.places.lacking import lacked
from munsocial.language.reading.words import Words

__all__ = ["adjective_end", "noun_after"]

_END = re.compile(r"(?:ого|его|ому|ему|ыми|ими|ый|ий|ой|ей|ая|яя|ое|ее|ые|ие|ую|юю|ою|ею|ым|им|ом|ем|ых|их)$")
_PREPOSITIONAL = frozenset(["в", "во", "на", "о", "об", "при"])
_GENITIVE = frozenset(["из", "до", "у", "от", "с", "со", "без", "для", "около", "возле", "близ"])
_DATIVE = frozenset(["по", "к", "ко"])  # of a feminine noun it ends as the prepositional does
_INSTRUMENTAL = frozenset(["под", "над", "за", "между", "перед"])
_VERB = re.compile(r".+(?:йте|ите|ьте|[аеиуюя]т|[аеиыуя]л|[аеиыуя]ла|[аеиуыя]ть|т?ся|сь)")
_CLOSED = r".+[бвгджзйклмнпрстфхцчшщь]"
_NOUNS = {
    "ом": r".+е|.+ии|.+мени", "ого": r".+[ая]|.+мени", "ому": r".+[ую]|.+мени", "ым": r".+[оеая]м|.+менем",
    "ый": _CLOSED, "ое": r".+[оея]", "ая": r".+[аяь]", "ую": r".+[уюь]", "ою": r".+(?:[оеё]й|ью)",
    "ые": r".+[ыиая]", "ыми": r".+[ая]ми",
}  # fmt: skip
_SAME = {
    "ем": "ом", "его": "ого", "ему": "ому", "им": "ым", "ий": "ый", "ее": "ое", "яя": "ая", "юю": "ую", "ею": "ою",
    "ие": "ые", "ими": "ыми",
}  # fmt: skip
_MOST_ADJECTIVES = 2  # between: «в новом большом детском саду»


def adjective_end(word: str) -> str:
    """The ending of an adjective, the hard one for a soft one; empty where the word has none."""
    found = _END.search(word)
    return _SAME.get(found[0], found[0]) if found else ""


def noun_after(words: Words, i: int, *, closed: bool = False) -> bool:
    """Whether a noun that the adjective `i` agrees with follows it, maybe after other adjectives.

    ``closed``: «-ой» may be the nominative of a masculine name, as in «через лесной массив».
    """
    end = adjective_end(words.plain[i])
    before = words.plain[i - 1] if i else ""
    pattern = _pattern(end, before, closed=closed)
    if not pattern:
        return False
    for at in range(i, min(i + 1 + _MOST_ADJECTIVES, len(words.plain) - 1)):
        word = words.plain[at + 1]
        if words.gap(at) != " ":
            return False
        if word in listed("abbreviated"):  # «калининская СОШ»
            return True
        if words.capital(at + 1) and not words.text.isupper():
            return False
        if _noun(word, end, before, pattern):
            return not lacked(words, i, at + 1, end)
        if adjective_end(word) != end or word in listed("no_noun"):
            return False
    return False


def _pattern(end: str, before: str, *, closed: bool) -> str:
    if end in ("ой", "ей"):
        return _feminine(before) + ("|" + _CLOSED if closed else "")
    if end in ("ых", "их"):
        return r".+[ая]х" if before in _PREPOSITIONAL else rf".+[ая]х|{_CLOSED}"
    return _NOUNS.get(end, "")


def _feminine(before: str) -> str:
    if before in _PREPOSITIONAL | _DATIVE:
        return r".+е|.+ии|.+сти"
    if before in _GENITIVE:
        return r".+[ыи]"
    if before in _INSTRUMENTAL:
        return r".+(?:[оеё]й|ью)"
    return r".+[еиы]|.+[оеё]й|.+ью"


def _noun(word: str, end: str, before: str, pattern: str) -> bool:
    if word in listed("no_noun") or (end in ("ого", "ому") and word in listed("asked_about")):
        return False
    if end == "ом" and (word in listed("in_u") or word in listed("like_nouns")):
        return True
    if end in ("ой", "ей") and before in _PREPOSITIONAL | _DATIVE and word in listed("in_i"):
        return True
    if _VERB.fullmatch(word) and not is_listed(word, "like_verbs"):
        return False
    return re.fullmatch(pattern, word) is not None

"""What people write for a ground of removal: "нецензурные выражения" and "мат" are obscenity, as in clause 9.3.

A log is kept by hand, in words of the act, in plurals, several at once. What is not recognised stays unrecognised:
a person has to say what it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from munsocial.policy.catalogue import KINDS
from munsocial.policy.words import WORDS, folded

__all__ = ["CRITICISM", "DISLIKE", "Noted", "clause_numbers", "read_ground"]

CRITICISM = "criticism"
DISLIKE = "dislike"
"""No code of acts: what people write when they have no ground."""


_CODES = {
    folded(name): code
    for code in (*KINDS["moderation.grounds"].words["grounds"], CRITICISM)
    for name in (code, *WORDS.get(code, ()))
}

_SIGNS = {
    code: re.compile(pattern)
    for code, pattern in {
        "obscenity": r"нецензурн|ненормативн|непристойн|обсценн|\bмат(?:а|у|ом|ы|ерн\w*|ер[шщ]ин\w*)?\b|\bбран[иьн]|"
        r"ругат|сквернослов|obscen|profan|swear",
        "insult": r"оскорб|insult",
        "spam": r"спам|\bspam",
        "threat": r"угроз|\bthreat",
        "extremism": r"экстреми[зс]|extremis",
        "drugs": r"наркот|\bdrugs?\b",
        "personal_data": r"персональн\w{0,4} данн|personal data",
        "law_violation": r"наруш\w{1,9} .{0,200}(?:закон|правов\w{1,4} акт)|противоправн|"
        r"(?:violation|breach)s? of (?:the )?law",
        "external_links": r"(?:посторонн|сторонн|внешн)\w{0,4} ссыл|external links?|foreign links?",
        "flood": r"флуд|\bflood",
        "off_topic": r"не по теме|офф?топ|\boff[ -]?topic",
        CRITICISM: r"критик|критич|\bcritic",
        DISLIKE: r"не понрав|недовол|\bdislike",
    }.items()
}
_BETWEEN = re.compile(r"[,;/+]|\bи\b|\bили\b|\band\b|\bor\b")
_NEGATED = re.compile(r"\b(?:не(?! по теме| понрав)|нет|без|отсутств\w*|not?|without)\b")
_CLAUSE = re.compile(r"(?<![\d.])\d+(?:\.\d+)*(?![\d.]*\d)")
_REFERENCE = re.compile(r"\b(?:п(?:п|ункт\w*|одпункт\w*|\.)?|clause|cl\.)[\s.]*(?=\d)|^(?=\d+\.\d)")


class Noted(NamedTuple):
    """Grounds recognised in a note; ``whole`` is false where a part of the note says something else."""

    codes: frozenset[str]
    whole: bool


@lru_cache(maxsize=1024)
def read_ground(ground: str) -> Noted:
    """Read a ground as people note it: by its code, by its name, or by the words of acts, one or several."""
    exact = _CODES.get(folded(ground))
    if exact:
        return Noted(frozenset({exact}), True)
    codes, whole = set[str](), True
    for part in filter(None, (one.strip() for one in _BETWEEN.split(folded(ground)))):
        found = _part(part)
        codes |= found
        whole = whole and bool(found)
    return Noted(frozenset(codes), whole and bool(codes))


def _part(part: str) -> set[str]:
    exact = _CODES.get(part)
    if exact:
        return {exact}
    if _NEGATED.search(part):
        return set()
    return {code for code, signs in _SIGNS.items() if signs.search(part)}


@lru_cache(maxsize=1024)
def clause_numbers(text: str, *, field: bool = False) -> frozenset[str]:
    """Numbers of clauses in a text: all in a field that is for them, else those that a text refers to as clauses."""
    if not field and not _REFERENCE.search(folded(text)):
        return frozenset()
    return frozenset(_CLAUSE.findall(text))

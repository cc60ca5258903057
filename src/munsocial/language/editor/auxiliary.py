"""«Была», «будет», «может быть», «должны»: small words before a passive that tell when it is done, or only may be."""

from __future__ import annotations

from typing import NamedTuple

from munsocial.language.reading.words import Words

__all__ = ["Auxiliary", "auxiliary"]

_WAS = frozenset(["был", "была", "было", "были"])
_WILL = frozenset(["будет", "будут"])
_MAY = {
    **dict.fromkeys(("должен", "должна", "должно", "должны"), "должны"),
    **dict.fromkeys(("может", "могут"), "могут"),
    **dict.fromkeys(("мог", "могла", "могло", "могли"), "могли"),
}
"""What the small word is where people do it: «должна быть проведена» is «должны провести»."""


class Auxiliary(NamedTuple):
    """The phrase begins with word `first`; `when` is past, future, must (only an infinitive is left) or empty."""

    first: int
    when: str
    beside: str
    """What stands before the plain infinitive: «будут», «должны», «могут»; empty where nothing does."""


def auxiliary(words: Words, i: int) -> Auxiliary:
    """The small words right before word `i`; without any the phrase begins with `i` itself."""
    before = _word(words, i - 1)
    if before in _WAS:
        return Auxiliary(i - 1, "past", "")
    if before in _WILL:
        return Auxiliary(i - 1, "future", "будут")
    if before == "быть":
        may = _MAY.get(_word(words, i - 2), "")
        return Auxiliary(i - 2 if may else i - 1, "must", may)
    may = _MAY.get(before, "")
    return Auxiliary(i - 1, "must", may) if may else Auxiliary(i, "", "")


def _word(words: Words, i: int) -> str:
    """Word `i`, where only blanks part it from the next: «может быть, проведена» is another «может быть»."""
    return words.plain[i] if i >= 0 and words.gap(i).isspace() else ""

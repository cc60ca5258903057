"""What a description says in words: a link, a nickname or signs alone are no textual description (clause 7.1).

People leave out the space after a full stop: "Новости.Контакты" is no address. One has Latin letters or a known ending.
"""

from __future__ import annotations

import re

__all__ = ["RUSSIAN_ENDINGS", "in_words", "says_enough"]

# Letters to Unicode, blank to the eye: fillers of Hangul.
_BLANK = str.maketrans("", "", "\u115f\u1160\u3164\uffa0")
RUSSIAN_ENDINGS = "рф|рус|онлайн|орг|ком|бел"
"""Of names of sites in Russian letters; any other one is a word: «Новости.Контакты», «тыс.руб/мес»."""
_LINKS = re.compile(
    # Begun only where a token begins, and no further back than a name of a mailbox is long (RFC 5321, 4.5.3.1.1):
    # a page may describe itself without one blank.
    r"(?<!\S)\S*://\S*"
    r"|[\w.+-]{0,64}@[\w.-]*"
    r"|(?<![\w-])(?:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,24}(?![\w-])(?:/\S*)?"
    rf"|(?<![\w-])(?:[\w-]{{1,63}}\.){{1,9}}(?:{RUSSIAN_ENDINGS})(?![\w-])(?:/\S*)?",
    re.IGNORECASE,
)


def in_words(text: str) -> str:
    """What a description says in words: with no links, addresses and nicknames, and nothing that is not seen."""
    words = _seen(_LINKS.sub(" ", text))
    return words if any(one.isalpha() for one in words) else ""


def says_enough(text: str, least: int) -> bool:
    """Tell whether a description says something in words and is as long as wanted, links and all."""
    return bool(in_words(text)) and len(_seen(text)) >= max(least, 1)


def _seen(text: str) -> str:
    said = (_visible(one) for one in text.split())
    return " ".join(one for one in said if one)


def _visible(token: str) -> str:
    filled = token.translate(_BLANK)
    return filled if filled.isprintable() else "".join(one for one in filled if one.isprintable())

"""What a description says in words: a link, a nickname or signs alone are no textual description (clause 7.1)."""

from __future__ import annotations

import re

__all__ = ["in_words"]

# Letters to Unicode, blank to the eye: fillers of Hangul.
_BLANK = str.maketrans("", "", "\u115f\u1160\u3164\uffa0")
_DOT_INSIDE = re.compile(r"[^\W_]\.[^\W_]")


def in_words(text: str) -> str:
    """What a description says in words: with no links, addresses and nicknames, and nothing that is not seen."""
    said = (_visible(one) for one in text.split() if not _is_link(one))
    words = " ".join(one for one in said if one)
    return words if any(one.isalpha() for one in words) else ""


def _is_link(token: str) -> bool:
    return "@" in token or "://" in token or _DOT_INSIDE.search(token) is not None


def _visible(token: str) -> str:
    return "".join(one for one in token.translate(_BLANK) if one.isprintable())

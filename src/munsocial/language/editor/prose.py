"""What of a post is prose: its words without links, handles and signs that nobody sees, each with its place.

A link is no word that somebody reads. Places that are found in the prose are told in characters of the post.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from munsocial.language.reading.legible import Legible, legible
from munsocial.language.reading.words import Words, read

__all__ = ["Prose", "prose"]

_NOT_READ = re.compile(
    r"(?:(?:https?://|www\.|t\.me/|(?:m\.)?vk\.(?:com|ru|cc|me)/|ok\.ru/|youtu\.)[^\s«»()]{0,500}"
    r"|(?<![\w.+-])[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}"
    r"|(?<![\w.@-])[a-z0-9][a-z0-9-]{0,60}(?:\.[a-z0-9-]{1,60}){0,3}\.(?:ru|su|com|org|net|info|me)(?![\w-])(?:/[^\s«»()]{0,500})?"
    r"|(?<!\w)[@#][\w.-]{1,60}|\[(?:id|club|public)\d{1,20}\|)",
    re.IGNORECASE,
)
_MAY_BE_LINK = re.compile(r"[@#/\[]|\.[a-z]", re.IGNORECASE)
_ENDS = ".,!?:;…\"'”»)"  # what stands behind a link belongs to the sentence
_HIDDEN = "\ufffc"  # stands for one letter of what is not read: no letter, no blank and no end of a sentence


class Prose(NamedTuple):
    """Words of the prose, and the post as it is read, which knows where its characters stand."""

    words: Words
    post: Legible

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the prose stands in the post, with the marks on its last letter."""
        starts, ends = self.post.starts, self.post.ends
        return (start, end) if starts is None or ends is None else (starts[start], ends[end - 1])


def prose(text: str) -> Prose:
    """The prose of a post; of a plain one nothing is copied."""
    post = legible(text)
    text = post.text
    if _MAY_BE_LINK.search(text) is not None:
        text = _NOT_READ.sub(_hide, text)
    return Prose(read(text), post)


def _hide(found: re.Match[str]) -> str:
    link = found[0].rstrip(_ENDS)
    return _HIDDEN * len(link) + found[0][len(link) :]

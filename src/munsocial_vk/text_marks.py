"""VK's marks inside texts: how a mention or a link is written, and what a reader sees of it. Pure."""

from __future__ import annotations

import re

__all__ = ["as_read", "plain"]

_MARK = re.compile(r"\[(?:(?:id|club|public|event|app)-?\d+|https?://[^\s|\[\]]+)\|([^\[\]|]*)\]")
_NAMED = re.compile(r"(?<!\w)[@*][A-Za-z_][A-Za-z0-9_.]{0,63} ?\(([^()\n]{1,200})\)")
"""A mention with a name, as people write it: VK makes ``[club5|Name]`` of ``@club5 (Name)``.

An address of mail (``info@adm.ru (reception)``) and a product (``5*3 (pieces)``) are none: a word or number stands
before the sign, or a number after it.
"""
_ESCAPED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "<br>": "\n"}
"""What old versions of the API escape in answers."""
_ESCAPE = re.compile("|".join(map(re.escape, _ESCAPED)))


def plain(text: str | None) -> str:
    """Take VK's marks of mentions and links out of a text: ``[id5|Name]`` reads ``Name``."""
    return _MARK.sub(r"\1", text) if text and "|" in text else text or ""


def as_read(text: str) -> str:
    """Bring a text that was sent and one that was read to one form, whatever VK made of mentions and signs."""
    bare = _ESCAPE.sub(lambda found: _ESCAPED[found[0]], text)
    return _NAMED.sub(r"\1", plain(bare))

"""Whether a record of a removal tells of a comment or message that is seen."""

from __future__ import annotations

from munsocial.model.content import Comment, Message
from munsocial.model.statements import Removal, Removed

__all__ = ["tells_of"]


def tells_of(removal: Removal, item: Comment | Message) -> bool | None:
    """Tell whether a record is about an item; None: the number is the same, and nothing else says.

    A comment and a message may have one number. A record that does not say which it means is held against what else
    it notes, the address, the author and the text; a number alone is not enough to lay an insult to somebody's charge.
    """
    if removal.item != item.id:
        return False
    if removal.kind is not None:
        return (removal.kind is Removed.COMMENT) == isinstance(item, Comment)
    if isinstance(item, Comment) and item.url and _address(removal.url) == _address(item.url):
        return True
    author = item.author_id if isinstance(item, Comment) else item.author_id or item.peer_id
    if author and removal.author_id and author != removal.author_id:
        return False
    same_author = bool(author and removal.author_id)
    same_text = _fits(removal.text, item.text, begun=same_author)
    if same_text is False:
        return None
    return True if same_text or same_author else None


def _address(url: str) -> str:
    return url.split("://", 1)[-1].rstrip("/").casefold()


def _fits(noted: str, shown: str, *, begun: bool) -> bool | None:
    """Tell whether a text is the one noted; people note the beginning, which says enough beside the same author."""
    if not noted or not shown:
        return None
    noted, shown = " ".join(noted.split()), " ".join(shown.split())
    beginning = noted.rstrip(".… ")
    return noted == shown or (begun and bool(beginning) and shown.startswith(beginning))

"""Whether a record of a removal tells of a comment or message that is seen."""

from __future__ import annotations

from munsocial.model.content import Comment, Message
from munsocial.model.statements import Removal, Removed

__all__ = ["tells_of"]


def tells_of(removal: Removal, item: Comment | Message) -> bool | None:
    """Tell whether a record is about an item; None: the number is the same, and nothing else says.

    A comment and a message may have one number. A record that does not say which it means is held against what else
    it notes, the author and the text; a number alone is not enough to lay an insult to somebody's charge.
    """
    if removal.item != item.id:
        return False
    if removal.kind is not None:
        return (removal.kind is Removed.COMMENT) == isinstance(item, Comment)
    author = item.author_id if isinstance(item, Comment) else item.author_id or item.peer_id
    if author and removal.author_id and author != removal.author_id:
        return False
    same_text = removal.text == item.text if removal.text and item.text else None
    if same_text is False:
        return None
    return True if same_text or (author and removal.author_id) else None

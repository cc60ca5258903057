"""What our side has answered among the comments that were read: when, and to which comment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from munsocial.model.accounts import NetworkAccount
from munsocial.model.authors import Authors
from munsocial.model.content import Comment
from munsocial.model.snapshot import AccountView

__all__ = ["OurReplies"]


class OurReplies:
    """Knows the words of our accounts from those of citizens; ``accounts`` are ours, with ids as they were seen."""

    def __init__(self, accounts: Iterable[NetworkAccount]) -> None:
        self._authors = Authors(accounts)

    def is_ours(self, comment: Comment, network: str) -> bool:
        """Tell whether the page or one of our accounts wrote a comment."""
        return comment.by_owner or self._authors.of(comment, network, stored=True) is not None

    def in_view(self, view: AccountView) -> dict[str, datetime]:
        """Return when comments were answered, by their ids: directly, or later in the same thread."""
        found: dict[str, datetime] = {}
        for one in view.comments.value or ():
            if one.deleted or not self.is_ours(one, view.network):
                continue
            for to in (one.reply_to, None if one.reply_to else one.thread):
                if to:
                    found[to] = min(found.get(to, one.at), one.at)
        return found

"""Which of our accounts wrote a comment. Networks may number persons and pages apart: a number alone is no name."""

from __future__ import annotations

from collections.abc import Iterable

from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.content import Comment

__all__ = ["Authors", "author_kind", "kind_of"]


def kind_of(account: NetworkAccount) -> str:
    """Return as what an account writes: ``user`` or ``group``."""
    return "user" if account.kind is AccountKind.PROFILE else "group"


def author_kind(comment: Comment) -> str:
    """Return who wrote a comment, ``user`` or ``group``: some networks write communities as negative numbers."""
    return "group" if (comment.author_id or "").startswith("-") else comment.author_kind


class Authors:
    """Accounts by the names under which they write: network, kind of author, network id."""

    def __init__(self, accounts: Iterable[NetworkAccount]) -> None:
        self._by_name = {
            (one.network, kind_of(one), one.network_id.lstrip("-")): one.id for one in accounts if one.network_id
        }

    def of(self, comment: Comment, network: str, *, stored: bool = False) -> str | None:
        """Return the id of the account that wrote a comment of a network.

        ``stored``: it comes from a snapshot, which marked what was ours and keeps no sign that its kind was told.
        """
        if comment.by_account or not comment.author_id:
            return comment.by_account
        # Some networks write communities as negative numbers; the register holds the number itself.
        name = comment.author_id.lstrip("-")
        # An adapter that never tells the kind leaves the id alone, which serves where one account only bears it.
        told = stored or "author_kind" in comment.model_fields_set
        kinds = ("group",) if name != comment.author_id else (comment.author_kind,) if told else ("user", "group")
        found = [self._by_name[network, kind, name] for kind in kinds if (network, kind, name) in self._by_name]
        return found[0] if len(found) == 1 else None

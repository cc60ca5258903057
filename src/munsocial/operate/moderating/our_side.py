"""Who of our own side writes: our accounts, those above, employees by profile. No plan removes or bans them.

A person may still do so: an account may have been taken over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from munsocial.model.accounts import NetworkAccount
from munsocial.model.authors import author_kind, kind_of
from munsocial.model.content import Comment
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.wording import Text

__all__ = ["OurSide"]

_OURS = Text("наш аккаунт {name}", "our account {name}")
_ABOVE = Text("вышестоящий аккаунт {name}", "the account above {name}")
_PERSON = Text("наш сотрудник {name}", "our employee {name}")
_KINDS = ("user", "group")


class OurSide:
    """Authors of our own side by network, kind and id, on a day: who left is a citizen like others."""

    def __init__(self, registry: Registry, day: date, snapshot: Snapshot | None = None) -> None:
        self._known: dict[tuple[str, str, str], Text] = {}
        for person in registry.people:
            if person.covers(day):
                told = _PERSON.fill(name=person.name)
                self._known |= {(network, "user", id): told for network, id in person.profiles.items()}
        self._add(((one, _ABOVE.fill(name=one.name or one.id)) for one in registry.upstream), snapshot)
        self._add(((one, _OURS.fill(name=one.title or one.id)) for one in registry.accounts), snapshot)

    def _add(self, accounts: Iterable[tuple[NetworkAccount, Text]], snapshot: Snapshot | None) -> None:
        for account, told in accounts:
            if id := snapshot.network_id_of(account) if snapshot else account.network_id:
                self._known[account.network, kind_of(account), id.lstrip("-")] = told

    def wrote(self, comment: Comment, network: str) -> Text | None:
        """Say who of our side wrote a comment; None: somebody else."""
        id = (comment.author_id or "").lstrip("-")
        return self._known.get((network, author_kind(comment), id))

    def bears(self, author: str, network: str) -> Text | None:
        """Say who of our side an id may be, whose kind nobody noted; None: somebody else."""
        kinds = ("group",) if author.startswith("-") else _KINDS
        found = (self._known.get((network, kind, author.lstrip("-"))) for kind in kinds)
        return next((one for one in found if one), None)

"""One district: what was seen in another one says nothing of ours, even where ids of accounts coincide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.errors import SnapshotRefused
from munsocial.model.given import is_a
from munsocial.model.snapshot import Snapshot
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry

__all__ = ["same_district"]

_ANOTHER = Text(
    "снимок сделан для «{theirs}», а реестр описывает «{ours}».",
    "the snapshot was taken of {theirs!r}, the registry describes {ours!r}.",
)
_MATCH = Text("Укажите снимок и реестр одного района.", "Give the snapshot and the registry of one district.")


def same_district(registry: Registry, snapshot: Snapshot, *, where: str = "snapshot") -> None:
    """See that a snapshot is of the district that the register describes.

    Raises:
        SnapshotRefused: it is of another.
    """
    is_a(Snapshot, snapshot, where)
    theirs, ours = snapshot.municipality, registry.municipality.id
    if theirs != ours:
        raise SnapshotRefused(_ANOTHER.fill(theirs=theirs, ours=ours), where=where, remedy=_MATCH)

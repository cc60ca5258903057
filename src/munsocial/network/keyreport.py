"""What one key of an account allows, and what will fail for want of what."""

from __future__ import annotations

from dataclasses import dataclass

from munsocial.network.abilities import Ability
from munsocial.wording import Text

__all__ = ["KeyReport"]


@dataclass(frozen=True, slots=True)
class KeyReport:
    """The finding on one key; ``valid`` None means that it could not be asked.

    ``allows`` are the network's own words for rights; ``missing`` maps abilities to what they want.
    """

    account: str
    kind: str
    reference: str
    valid: bool | None
    whose: str = ""
    allows: tuple[str, ...] = ()
    missing: tuple[tuple[Ability, Text], ...] = ()
    note: Text | None = None

"""From views on disk to a snapshot file: streamed in the register's order, put in place whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from munsocial.files import replacing
from munsocial.model.registry import Registry
from munsocial.model.snapshot import SNAPSHOT_SCHEMA
from munsocial.network.drafts import Window
from munsocial.operate.collecting.partial import Partial
from munsocial.wording import Text

__all__ = ["Collected", "write_snapshot"]


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collecting to disk came to."""

    path: Path
    accounts: int
    """Own and upstream accounts asked for."""
    blind: int
    """Accounts of which nothing at all came."""
    calls: int
    """Requests sent in this run."""
    reasons: tuple[tuple[str, Text], ...] = ()
    """For each blind account its network and why nothing came."""
    served: frozenset[str] = frozenset()
    """Networks that have an adapter."""
    kept: bool = False
    """True when nothing was seen and what stood at ``path`` before was left there."""

    @property
    def nothing_seen(self) -> bool:
        """True when there was something to ask for and nothing answered."""
        return self.accounts > 0 and self.blind == self.accounts

    @property
    def nobody_to_ask(self) -> bool:
        """True when nothing answered because no asked network has an adapter: keys are not at fault."""
        return self.nothing_seen and not self.served & {network for network, _ in self.reasons}


def write_snapshot(partial: Partial, registry: Registry, window: Window, *, taken_at: datetime, source: str) -> None:
    """Put the target together from the partial file; memory does not depend on the number of accounts.

    Raises:
        OutputRefused: the target cannot be written; the partial file stays.
    """
    head: dict[str, Any] = {
        "schema": SNAPSHOT_SCHEMA,
        "municipality": registry.municipality.id,
        "since": window.since.isoformat(),
        "until": window.until.isoformat(),
        "taken_at": taken_at.isoformat(),
        "source": source,
    }
    with replacing(partial.target, private=True) as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}").encode())
        for part, records in (("accounts", registry.accounts), ("upstream", registry.upstream)):
            file.write(f',\n "{part}": ['.encode())
            file.writelines(_separated(partial.lines(part, (record.id for record in records))))
            file.write(b"]")
        file.write(b"\n}\n")


def _separated(lines: Iterator[bytes]) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        yield b",\n" if number else b"\n"
        yield line

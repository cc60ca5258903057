"""Snapshots that a command is given or takes now: of this district, and what in them could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.tongue import both
from munsocial.model.districts import same_district
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry
    from munsocial.model.snapshot import AccountView, Snapshot
    from munsocial.social import Social

__all__ = ["Seen", "Sight", "seen_now", "sight_of", "snapshot_of"]

Seen = Annotated[
    str,
    typer.Option("--snapshot", help=both("Снимок; без него прочитать сети сейчас.", "A snapshot; else read now.")),
]

_PARTS = {
    "comments": Text("комментарии", "comments"),
    "messages": Text("личные сообщения", "private messages"),
    "bans": Text("чёрный список", "the black list"),
}
_UNREAD = Text("Не прочитано ({what}) аккаунтов: {count} из {of}.", "Accounts not read ({what}): {count} of {of}.")
_PARTLY = Text(
    "Прочитано не полностью ({what}) аккаунтов: {count} из {of}; в сети может быть больше, чем прочитано.",
    "Accounts read in part ({what}): {count} of {of}; there may be more than was read.",
)
_LINE = Text("  {network}: {accounts}: {why}", "  {network}: {accounts}: {why}")
_MORE = Text("{names} и ещё {count}", "{names} and {count} more")
_FURTHER = Text("  …и ещё аккаунтов: {count}, по другим причинам.", "  …and more accounts, for other reasons: {count}.")
_NAMED, _REASONS = 8, 5
_SILENT = Text("Сеть ничего не сообщила.", "The network told nothing.")


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of an account that was not read, and why."""

    account: str
    network: str
    part: str
    why: Text

    def as_plain(self) -> dict[str, object]:
        """Return it as JSON can hold it."""
        return {"account": self.account, "network": self.network, "part": self.part, "why": self.why._asdict()}


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of what a command needs was read: ``read`` counts parts of accounts, ``of`` accounts."""

    read: int
    of: int
    unread: tuple[Unread, ...]
    partly: tuple[Unread, ...] = ()
    """What was read with gaps, each with the first reason: counts are lower bounds."""
    empty: bool = False
    """The register has no such accounts: there is nothing to read."""

    @property
    def blind(self) -> bool:
        """True when nothing was read of what there is: what is not seen there is not known to be absent."""
        return not (self.read or self.empty)

    def lines(self, lang: Lang) -> Iterator[str]:
        """Give what was not read, and why: the commonest reasons first."""
        for part, word in _PARTS.items():
            for told, among in ((_UNREAD, self.unread), (_PARTLY, self.partly)):
                left = [one for one in among if one.part == part]
                if left:
                    yield told.fill(what=word, count=len(left), of=self.of).say(lang)
                    yield from _by_reason(left, lang)

    def as_plain(self) -> dict[str, list[dict[str, object]]]:
        """Return what was not read, and what with gaps, as JSON can hold it."""
        return {"unread": [one.as_plain() for one in self.unread], "partly": [one.as_plain() for one in self.partly]}


def _by_reason(left: Iterable[Unread], lang: Lang) -> Iterator[str]:
    groups: defaultdict[tuple[str, Text], list[str]] = defaultdict(list)
    for one in left:
        groups[one.network, one.why].append(one.account)
    found = sorted(groups.items(), key=lambda group: -len(group[1]))
    for (network, why), accounts in found[:_REASONS]:
        names, more = ", ".join(accounts[:_NAMED]), len(accounts) - _NAMED
        told = _MORE.fill(names=names, count=more) if more > 0 else names
        yield _LINE.fill(network=network, accounts=told, why=why).say(lang)
    if others := sum(len(accounts) for _, accounts in found[_REASONS:]):
        yield _FURTHER.fill(count=others).say(lang)


def sight_of(views: Iterable[AccountView], *parts: str, empty: bool = False) -> Sight:
    """Tell what was read of some parts of accounts; ``empty`` is a register that has none of these accounts.

    Of the further parts those pass that nobody asked for or the network has not: a snapshot is usually without them.
    """
    from munsocial.model.snapshot import Missing, Why

    seen, read, unread = tuple(views), 0, []
    partly: list[Unread] = []
    for view in seen:
        for number, part in enumerate(parts):
            observed = getattr(view, part)
            missing: Missing | None = observed.missing
            if observed.value is not None:
                read += 1
                partly += [Unread(view.account, view.network, part, gap.told) for gap in observed.gaps[:1]]
            elif not (number and missing and missing.why in (Why.NOT_ASKED, Why.ABSENT)):
                why = missing.told if missing and missing.ru else _SILENT
                unread.append(Unread(view.account, view.network, part, why))
    return Sight(read, len(seen), tuple(unread), tuple(partly), empty)


def seen_now(social: Social, snapshot: str, weeks: int, want: tuple[str, ...]) -> Snapshot:
    """Return the snapshot of a file, or read the networks now.

    Raises:
        FileRefused, SnapshotRefused: the file is none, or of another district.
    """
    return snapshot_of(snapshot, social.registry) if snapshot else social.collect(weeks=weeks, want=want)


def snapshot_of(path: str | Path, registry: Registry) -> Snapshot:
    """Read a snapshot of the register's own district.

    Raises:
        FileRefused, SnapshotRefused: the file is none, or of another district.
    """
    from munsocial.model.snapshots import load_snapshot

    seen = load_snapshot(path)
    same_district(registry, seen, where=str(path))
    return seen

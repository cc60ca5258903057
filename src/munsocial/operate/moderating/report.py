"""The report of moderation: for each account what came, what was done about it, by whom, and how fast."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from munsocial.journal.journal import Journal
from munsocial.model.given import has_zone
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.operate.applying.deeds import REFER
from munsocial.operate.grounds import ground_name
from munsocial.operate.moderating.log import Logged, logged, once
from munsocial.operate.moderating.queue import queue_of
from munsocial.operate.moderating.settings import Settings
from munsocial.operate.moderating.settled import Settled, settled_in
from munsocial.policy.act import Act
from munsocial.wording import Lang, Text, decimal

__all__ = ["AccountModeration", "moderation_report"]

_STATES = {
    "manual": Text("ждёт человека", "waits for a person"),
    "uncertain": Text("неясно", "unclear"),
    "rejected": Text("отказано", "refused"),
    "skipped": Text("не понадобилось", "not needed any more"),
}
_ACTIONS = {
    "hide_comment": Text("скрыто", "hidden"),
    "delete_comment": Text("удалено", "deleted"),
    "delete_message": Text("удалено сообщений", "messages deleted"),
    "refer": Text("передано человеку", "handed to a person"),
    "ban": Text("заблокировано", "banned"),
}
_WAITING = {
    "remove": Text("предложено удалить", "proposed for removal"),
    "refer": Text("человеку сейчас же", "to a person at once"),
    "review": Text("решает человек", "for a person"),
    "protect": Text("вопросы и жалобы", "questions and complaints"),
}
_AT_LEAST = Text("не меньше {count}", "at least {count}")
_HOURS = Text("{hours} ч", "{hours} h")
_NOBODY = Text("программа", "the program")


@dataclass(frozen=True, slots=True)
class AccountModeration:
    """Moderation of one account over a span. ``seen`` None: comments were not read; ``partial``: not all of them.

    ``done`` counts (action, ground) of what was confirmed; ``open`` counts deeds by their unfinished state;
    ``speed`` is the median time from a comment to its removal, None when nothing was removed.
    """

    account: str
    seen: int | None
    waiting: dict[str, int] = field(default_factory=dict)
    """Comments of which nobody has decided, by what is proposed: remove, refer, review, protect."""
    done: dict[tuple[str, str], int] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    """Who did it by hand, else who decided, and how often; an empty name is the program by itself."""
    speed: timedelta | None = None
    partial: bool = False

    def cells(self, lang: Lang = "ru") -> tuple[str, str, str, str, str, str]:
        """Return a row for a table: account, came, stands, done, by whom, how fast."""
        done = [f"{_said(_ACTIONS, action, lang)} ({ground_name(ground).say(lang)}): {count}"
                for (action, ground), count in sorted(self.done.items())]  # fmt: skip
        done += [f"{_said(_STATES, state, lang)}: {count}" for state, count in sorted(self.open.items())]
        people = [f"{who or _NOBODY.say(lang)}: {count}" for who, count in sorted(self.people.items())]
        waiting = [f"{_said(_WAITING, what, lang)}: {count}" for what, count in sorted(self.waiting.items())]
        hours = None if self.speed is None else decimal(self.speed.total_seconds() / 3600, ".1f")
        speed = _HOURS.fill(hours=hours).say(lang) if hours else "—"
        came = str(self.seen) if self.seen is not None and not self.partial else "?"
        came = _AT_LEAST.fill(count=self.seen).say(lang) if self.partial and self.seen else came
        return (self.account, came, "\n".join(waiting) or "—", "\n".join(done) or "—", "\n".join(people) or "—", speed)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON; times in seconds."""
        return {
            "account": self.account,
            "seen": self.seen,
            "partial": self.partial,
            "waiting": dict(self.waiting),
            "done": [{"action": action, "ground": ground, "count": n} for (action, ground), n in self.done.items()],
            "open": dict(self.open),
            "people": dict(self.people),
            "speed": self.speed.total_seconds() if self.speed is not None else None,
        }


def moderation_report(
    registry: Registry,
    *,
    snapshot: Snapshot | None = None,
    journal: Journal | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    settings: Settings | None = None,
    acts: Sequence[Act] = (),
) -> tuple[AccountModeration, ...]:
    """Return the moderation of each own account: what came from the snapshot, what was done from the journal.

    ``since`` and ``until`` bound the deeds by when they were done (aware moments, ``until`` excluded).

    Raises:
        NaiveTime: one of them is a day, or has no zone.
    """
    has_zone(since, "since")
    has_zone(until, "until")
    district = registry.municipality.id
    every = tuple(logged(journal, district)) if journal else ()
    settled = settled_in(journal, every, district=district) if journal else None
    came, waiting = _came(registry, snapshot, settings, acts, settled)
    partial = {view.account for view in snapshot.accounts if view.comments.gaps} if snapshot else frozenset()
    deeds: dict[str, list[Logged]] = defaultdict(list)
    for one in every:
        if (since is None or one.done_at >= since) and (until is None or one.done_at < until):
            deeds[one.account].append(one)
    return tuple(
        _of_account(one.id, came.get(one.id), waiting[one.id], deeds[one.id], partial=one.id in partial)
        for one in registry.accounts
        if one.id in came or deeds[one.id]
    )


def _came(
    registry: Registry,
    snapshot: Snapshot | None,
    settings: Settings | None,
    acts: Sequence[Act],
    settled: Settled | None,
) -> tuple[dict[str, int | None], dict[str, Counter[str]]]:
    waiting: dict[str, Counter[str]] = defaultdict(Counter)
    if snapshot is None:
        return {}, waiting
    came: dict[str, int | None] = {}
    for view in snapshot.accounts:
        comments = view.comments.value
        came[view.account] = None if comments is None else sum(not (one.by_owner or one.by_account) for one in comments)
    for queued in queue_of(snapshot, registry, settings=settings, acts=acts, settled=settled):
        waiting[queued.account][queued.decision.what] += 1
    return came, waiting


def _of_account(
    account: str, came: int | None, waiting: Counter[str], deeds: Sequence[Logged], *, partial: bool
) -> AccountModeration:
    done: Counter[tuple[str, str]] = Counter()
    people: Counter[str] = Counter()
    speeds: list[float] = []
    for one in once(deeds):
        done[one.action, one.ground] += 1
        people["" if one.alone else one.done_by] += 1
        if one.written_at is not None and one.action not in ("ban", REFER):
            speeds.append((one.done_at - one.written_at).total_seconds())
    unfinished = Counter(one.state for one in deeds if one.state in _STATES)
    speed = timedelta(seconds=median(speeds)) if speeds else None
    return AccountModeration(account, came, dict(waiting), dict(done), dict(unfinished), dict(people), speed, partial)


def _said(names: dict[str, Text], name: str, lang: Lang) -> str:
    return names[name].say(lang) if name in names else name

"""Replay: the same comments read with other settings, and what would change, before they are switched on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from munsocial.model.content import Comment
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.operate.grounds import ground_name
from munsocial.operate.moderating.queue import Decision, Queued, goes_alone, queue_of
from munsocial.operate.moderating.settings import Settings
from munsocial.operate.shown import shown
from munsocial.policy.act import Act
from munsocial.wording import Lang, Text

__all__ = ["Difference", "Replay", "replay"]

_WHATS = {
    "remove": Text("удалить ({ground}{alone})", "remove ({ground}{alone})"),
    "refer": Text("человеку сейчас же ({ground})", "to a person at once ({ground})"),
    "review": Text("показать человеку", "show to a person"),
    "protect": Text("оставить", "leave"),
    "": Text("ничего", "nothing"),
}
_ALONE = Text(", без человека", ", without a person")
_SIGNED = Text("", "")
_LINE = Text(
    "{account}: «{shown}» — было: {before}; станет: {after}", "{account}: {shown!r} - was {before}, will be {after}"
)
_HEAD = Text(
    "Прочитано комментариев: {read}. Решения изменятся у {changed}; удалений было {before}, станет {after}.",
    "Comments read: {read}. Decisions change for {changed}; removals were {before}, will be {after}.",
)
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Difference:
    """One comment on which two settings disagree; None stands for no decision at all."""

    account: str
    comment: Comment
    before: Decision | None
    after: Decision | None
    alone_before: bool = False
    """It would have gone without a person's signature, where the network can hide."""
    alone_after: bool = False

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        before, after = _what(self.before, self.alone_before), _what(self.after, self.alone_after)
        return _LINE.fill(account=self.account, shown=shown(self.comment.text, _SHOWN), before=before, after=after).say(
            lang
        )


@dataclass(frozen=True, slots=True)
class Replay:
    """What other settings would make of the same comments."""

    read: int
    removed_before: int
    removed_after: int
    differences: tuple[Difference, ...]

    def lines(self, lang: Lang = "ru") -> tuple[str, ...]:
        """Return the sums, then a line for each difference."""
        facts = {"before": self.removed_before, "after": self.removed_after}
        head = _HEAD.fill(read=self.read, changed=len(self.differences), **facts).say(lang)
        return (head, *(one.say(lang) for one in self.differences))


def replay(
    comments: Snapshot, registry: Registry, *, before: Settings, after: Settings, acts: Sequence[Act] = ()
) -> Replay:
    """Read the same comments with two settings; ``comments`` come from `comments_in` or any snapshot.

    Ceilings and hours play no part here: the question is what each setting thinks of each comment.
    """
    found = [_decisions(comments, registry, settings, acts) for settings in (before, after)]
    differences: list[Difference] = []
    removed: Counter[str] = Counter()
    read = 0
    for view in comments.accounts:
        for comment in view.comments.value or ():
            read += 1
            place = (view.account, comment.id)
            old, new = found[0].get(place), found[1].get(place)
            was, will = (one.decision if one else None for one in (old, new))
            removed["before"] += was is not None and was.what == "remove"
            removed["after"] += will is not None and will.what == "remove"
            alone = _alone(old, before), _alone(new, after)
            if _gist(was) != _gist(will) or alone[0] != alone[1]:
                differences.append(Difference(view.account, comment, was, will, *alone))
    return Replay(read, removed["before"], removed["after"], tuple(differences))


def _decisions(
    comments: Snapshot, registry: Registry, settings: Settings, acts: Sequence[Act]
) -> dict[tuple[str, str], Queued]:
    queue = queue_of(comments, registry, settings=settings, acts=acts, protected=False)
    return {(one.account, one.comment.id): one for one in queue}


def _alone(one: Queued | None, settings: Settings) -> bool:
    return one is not None and goes_alone(one, settings)


def _gist(decision: Decision | None) -> tuple[str, str]:
    return ("", "") if decision is None else (decision.what, decision.ground)


def _what(decision: Decision | None, alone: bool) -> Text:
    if decision is None:
        return _WHATS[""]
    ground = ground_name(decision.ground)
    return _WHATS[decision.what].fill(ground=ground, alone=_ALONE if alone else _SIGNED)

"""The queue of moderation: comments that carry a mark or ask something, each with what is proposed and its context.

Criticism is never a ground. A question or complaint without a hit in the closed grounds is protected. What breaks the
law, threats and signs of suicide risk go to a person and are never removed first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from munsocial.model.content import Comment, Post
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.operate.days import local_day
from munsocial.operate.moderating.our_side import OurSide
from munsocial.operate.moderating.risk import suicide_risk
from munsocial.operate.moderating.settings import REMOVABLE, Settings, settings_given
from munsocial.operate.moderating.settled import Settled
from munsocial.policy.act import Act
from munsocial.policy.force import demands_on
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.language import Mark, SpamWatch

__all__ = ["GRAVE", "Decision", "Queued", "clause_in", "clauses_of", "goes_alone", "owes_answer", "queue_of"]

GRAVE = frozenset({"threat", "suicide", "extremism", "drugs"})
"""What a person must see at once, with the evidence kept: it may be a matter for the police or for a doctor."""

_RUDE = frozenset({"obscenity", "insult"})
"""Grounds under which a citizen may still have asked in earnest; what spam asks, it asks nobody."""

_CLAUSES = {"obscenity": "9.3", "insult": "9.3", "spam": "9.3"}
_REVIEW_CLAUSE = "9.2"
_LIST = "moderation.grounds"
_CONTEXT = 160


@dataclass(frozen=True, slots=True)
class Decision:
    """What is proposed for a comment and why.

    ``remove`` on a closed ground; ``refer``: to a person with its evidence, as it is grave or on a closed ground and
    something else besides; ``review``: a person looks; ``protect``: leave it.
    """

    what: str
    ground: str = ""
    clause: str = ""
    sure: float | None = None
    why: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Queued:
    """A comment in the queue with its marks, its context and the decision proposed."""

    account: str
    network: str
    comment: Comment
    categories: tuple[str, ...]
    decision: Decision
    asks: bool
    """It reads like a question; whether an answer is owed, `owes_answer` tells."""
    spans: tuple[tuple[int, int], ...] = ()
    post: str = ""
    """Beginning of the text under which it stands; empty when that was not seen."""
    answers: str = ""
    """Beginning of the comment that it answers."""
    under: str = ""
    """Address of the post under which it stands; empty when that was not seen."""
    ours: Text | None = None
    """Who of our own side wrote it: such a comment is never removed by plan."""


def owes_answer(one: Queued) -> bool:
    """Tell whether a citizen asked something in earnest: the answer is owed whatever becomes of the comment."""
    return one.asks and one.decision.ground in _RUDE


def goes_alone(one: Queued, settings: Settings) -> bool:
    """Tell whether a comment may go without a person, where the network can hide and the ceilings are not reached."""
    return one.decision.what == "remove" and one.decision.ground in settings.auto and not owes_answer(one)


def queue_of(
    snapshot: Snapshot,
    registry: Registry,
    *,
    settings: Settings | None = None,
    acts: Sequence[Act] = (),
    settled: Settled | None = None,
    protected: bool = True,
    on: date | None = None,
) -> Iterator[Queued]:
    """Give the comments of citizens that carry a mark or ask something, in the order in which they were written.

    A stream: memory does not grow with the number of comments. Repetitions within an account count as spam.
    ``settled`` are comments of which a person has decided or is deciding; as they read then, they are passed over.
    ``protected=False`` leaves out what is only protected, which saves reading whether it asks something.
    ``on`` is the day on which acts have to be in force, else that of the snapshot; with no list of grounds in force
    what would be removed a person looks at instead.
    """
    settings = settings_given(settings)
    clauses = clauses_of(acts, on or local_day(snapshot.taken_at, registry))
    watch_for = _reader(registry)
    start = settings.start(ZoneInfo(registry.municipality.timezone))
    our_side = OurSide(registry, local_day(snapshot.taken_at, registry), snapshot)
    for view in snapshot.accounts:
        comments = view.comments.value or ()
        if not comments:
            continue
        reader = _View(view, watch_for(), settings, clauses, protected)
        for comment in sorted(comments, key=lambda one: one.at):
            if comment.deleted or comment.by_owner or comment.by_account or not comment.text.strip():
                continue
            if start and comment.at < start:
                continue
            queued = reader.read(comment)
            if queued and not (settled and settled.holds(view.account, comment)):
                yield _of_whom(queued, our_side)


def _of_whom(queued: Queued, our_side: OurSide) -> Queued:
    """Return it with who of our own side wrote it: what would be removed a person looks at instead."""
    who = our_side.wrote(queued.comment, queued.network)
    if who is None:
        return queued
    decision = queued.decision
    if decision.what == "remove":
        decision = replace(decision, what="review", ground="")
    return replace(queued, ours=who, decision=decision)


def _reader(registry: Registry) -> Callable[[], SpamWatch]:
    from munsocial.language import SpamWatch, Vocabulary

    return partial(SpamWatch, vocabulary=Vocabulary.of(registry.words) if registry.words else None)


def clauses_of(acts: Sequence[Act], on: date) -> Mapping[str, str]:
    """Return which clause of the first act in force on a day names a ground.

    The order's own numbers where no act lists grounds; nothing where acts do and none of the lists holds that day.
    """
    if not any(one.kind == _LIST for act in acts for one in act.requirements):
        return _CLAUSES
    holding = [one for _, one in demands_on(acts, on) if one.kind == _LIST]
    found: dict[str, str] = {}
    for one in holding:
        for ground in getattr(one.params, "grounds", ()):
            found.setdefault(ground, one.clause)
    return {**_CLAUSES, **found} if holding else {}


def clause_in(clauses: Mapping[str, str], ground: str) -> str:
    """Return the clause by which comments are removed on a ground; empty where no list of grounds holds."""
    return clauses.get(ground) or clauses.get("law_violation") or (_REVIEW_CLAUSE if clauses else "")


class _View:
    """Reads the comments of one account."""

    def __init__(
        self,
        view: AccountView,
        watch: SpamWatch,
        settings: Settings,
        clauses: Mapping[str, str],
        protected: bool,
    ) -> None:
        self.view = view
        self.watch = watch
        self.settings = settings
        self.clauses = clauses
        self.protected = protected
        self._posts: dict[str, Post] | None = None
        self._comments: dict[str, Comment] | None = None

    def read(self, comment: Comment) -> Queued | None:
        """Return the comment with its decision; None when nothing is to be said of it."""
        from munsocial.language import is_question

        marks = self.watch.see(comment.text, author=comment.author_id or "")
        if risk := suicide_risk(comment.text):
            marks = (*marks, risk)
        if not marks and not self.protected:
            return None
        asks = is_question(comment.text)
        if not marks:
            return self._queued(comment, (), Decision("protect"), asks) if asks else None
        return self._queued(comment, marks, self._decide(marks), asks)

    def _queued(self, comment: Comment, marks: Sequence[Mark], decision: Decision, asks: bool) -> Queued:
        post, answered, under = self._context(comment) if marks else ("", "", "")
        return Queued(
            self.view.account,
            self.view.network,
            comment,
            tuple(sorted({mark.category for mark in marks})),
            decision,
            asks,
            tuple(mark.span for mark in marks),
            post,
            answered,
            under,
        )

    def _decide(self, marks: Sequence[Mark]) -> Decision:
        surest: dict[str, float] = {}
        for mark in marks:
            surest[mark.category] = max(surest.get(mark.category, 0.0), mark.confidence)
        why = tuple(dict.fromkeys(mark.why for mark in marks))
        grave = [category for category in surest if category in GRAVE]
        if grave:
            # Help comes before everything else, however sure the rest is: "убью себя" reads like a threat, too.
            first = max(grave, key=lambda category: (category == "suicide", surest[category]))
            return Decision("refer", first, self._clause(first), surest[first], why)
        sure_of = (one for one in REMOVABLE if one in surest and surest[one] >= self.settings.threshold(one))
        ground = next(sure_of, "")
        mixed = any(category not in REMOVABLE for category in surest)
        if ground and (mixed or self.clauses):
            # Beside a closed ground a weak sign of something else must not let the evidence go.
            return Decision("refer" if mixed else "remove", ground, self._clause(ground), surest[ground], why)
        if mixed:
            return Decision("review", clause=clause_in(self.clauses, ""), why=why)
        likeliest = max(surest, key=lambda category: surest[category])
        return Decision("review", clause=self._clause(likeliest), sure=surest[likeliest], why=why)

    def _clause(self, ground: str) -> str:
        return clause_in(self.clauses, ground)

    def _context(self, comment: Comment) -> tuple[str, str, str]:
        if self._posts is None or self._comments is None:
            self._posts = {one.id: one for one in self.view.posts.value or ()}
            self._comments = {one.id: one for one in self.view.comments.value or ()}
        post, answered = self._posts.get(comment.post_id), self._comments.get(comment.reply_to or "")
        beginning, under = (post.text[:_CONTEXT], post.url or "") if post else ("", "")
        return beginning, (answered.text[:_CONTEXT] if answered else ""), under

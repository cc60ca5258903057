"""The inbox (clauses 9.1 and 11): which questions wait in own and upstream accounts, whose they are, and until when."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from munsocial.model.bodies import BodyKind
from munsocial.model.content import Comment, Message
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.model.statements import Inquiry
from munsocial.operate.answering.replies import OurReplies
from munsocial.operate.answering.signs import Competence, is_appeal, is_urgent
from munsocial.operate.answering.terms import Terms
from munsocial.operate.shown import shown
from munsocial.policy.act import Act
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.operate.answering.given_answers import GivenAnswers

__all__ = ["Question", "inbox_of", "inquiries_of", "question_id"]

_ALIKE = 0.6
_FEWEST_PAIRS = 3
_MANY = 3
_WORD = re.compile(r"[а-яёa-z0-9]{2,}")

_UNTIL = Text(" до {when}", " by {when}")
_LATE = Text(" ПРОСРОЧЕНО с {when}", " OVERDUE since {when}")
_URGENT = Text(" срочно", " urgent")
_APPEAL = Text(" обращение?", " appeal?")
_DONE = Text(" отвечено", " answered")
_ELSEWHERE = Text("не наше место", "another place")


@dataclass(frozen=True, slots=True)
class Question:
    """A citizen's question that waits, or was answered.

    ``account`` is where it was asked (own or upstream), ``body`` whose matter it is: a body's id, ``other`` (a place
    elsewhere) or None (nothing says whose). ``deadline`` is an aware moment; None: not known. A private message
    stands in ``comment`` with an empty ``post_id``, its sender in ``peer``.
    """

    id: str
    account: str
    network: str
    upstream: bool
    comment: Comment
    body: str | None
    topic: str
    deadline: datetime | None
    answered: bool
    appeal: bool
    others: tuple[Question, ...] = ()
    """Further questions that ask the same of the same body, the earliest first."""
    priority: str = "normal"
    """``high``: danger, a failure of water, light, heat or gas, or many ask the same."""
    clause: str = ""
    """Clause of the act that names the term; empty when it is only custom."""
    peer: str = ""
    answered_at: datetime | None = None
    within_competence: bool | None = None
    """Whether the register's words of competence name its matter; None when the body has none."""
    post_url: str = ""
    timezone: str = "UTC"
    seen_at: datetime | None = None
    """When its thread or dialogue was read: what was answered since nobody saw."""

    @property
    def code(self) -> str:
        """Six signs by which a person names the question; the same on every day."""
        return hashlib.sha256(self.id.encode("utf-8", "surrogatepass")).hexdigest()[:6]

    @property
    def repeats(self) -> tuple[str, ...]:
        """Ids of the further comments that ask the same."""
        return tuple(one.comment.id for one in self.others)

    def overdue(self, now: datetime) -> bool:
        """Tell whether the answer is late."""
        return not self.answered and self.deadline is not None and now > self.deadline

    def say(self, lang: Lang = "ru", now: datetime | None = None) -> str:
        """Return one line for a person; with ``now`` it says what is overdue."""
        until = ""
        if self.deadline and not self.answered:
            when = f"{self.deadline.astimezone(ZoneInfo(self.timezone)):%d.%m %H:%M}"
            until = (_LATE if now and self.overdue(now) else _UNTIL).fill(when=when).say(lang)
        signs = (_URGENT, self.priority == "high"), (_APPEAL, self.appeal), (_DONE, self.answered)
        marks = "".join(word.say(lang) for word, there in signs if there)
        times = f" (×{1 + len(self.repeats)})" if self.repeats else ""
        body = _ELSEWHERE.say(lang) if self.body == "other" else self.body or "—"
        return f"{self.code} [{self.account} → {body}]{until}{marks}{times}: {shown(self.comment.text)}"


def inbox_of(
    snapshot: Snapshot,
    registry: Registry,
    *,
    acts: Sequence[Act] = (),
    deadlines: Callable[[datetime], datetime | None] | None = None,
    given: GivenAnswers | None = None,
) -> tuple[Question, ...]:
    """Return the questions seen in own and upstream accounts: open ones first, the urgent and the nearest first.

    A deadline comes from the acts' terms in working time; with none in the acts, by the same time of the next working
    day. ``deadlines`` overrides them: from the moment of asking to the moment by which an answer is due.
    ``given`` knows answers that the snapshot does not show.
    """
    reader = _Reader(snapshot, registry, acts, deadlines, given)
    found = [
        question
        for upstream, views in ((False, snapshot.accounts), (True, snapshot.upstream))
        for view in views
        if not (upstream and view.account in reader.doubles)
        for question in reader.view(view, upstream)
    ]
    return tuple(sorted(_folded(found), key=_order))


def inquiries_of(questions: Iterable[Question]) -> tuple[Inquiry, ...]:
    """Return questions of our bodies as messages on their way to an answer: what ``reply.deadline`` is judged by.

    Only what was seen is filled in: when it was asked, when a reply of ours stood under it.
    """
    return tuple(
        Inquiry(
            id=one.id,
            body=one.body,
            account=one.account,
            item=one.comment.id,
            asked_at=one.comment.at,
            detected_at=one.comment.at,
            answered_at=one.answered_at,
            priority=one.priority,
            appeal=one.appeal,
            within_competence=one.within_competence,
            url=one.comment.url or "",
        )
        for one in questions
        if one.body not in (None, "other")
    )


class _Reader:
    """Reads the views of a snapshot into questions."""

    def __init__(
        self,
        snapshot: Snapshot,
        registry: Registry,
        acts: Sequence[Act],
        deadlines: Callable[[datetime], datetime | None] | None,
        given: GivenAnswers | None,
    ) -> None:
        from munsocial.language import router

        self.route = router(registry).route
        self.competence = Competence(registry)
        self.terms = Terms(registry, acts)
        self.deadlines = deadlines
        self.given = given
        self.owners = {account.id: account.body for account in registry.accounts}
        accounts = [snapshot.identified(account) for account in registry.accounts]
        self.replies = OurReplies(accounts)
        self.timezone = registry.municipality.timezone
        self.until = min(snapshot.taken_at, snapshot.until)
        self.general = {body.id for body in registry.bodies if body.kind is BodyKind.ADMINISTRATION}
        own = {(account.network, account.network_id) for account in accounts if account.network_id}
        self.doubles = {one.id for one in registry.upstream if (one.network, snapshot.network_id_of(one)) in own}
        """Accounts above that are our own as well: their questions are read once."""

    def view(self, view: AccountView, upstream: bool) -> Iterator[Question]:
        """Give the questions of one account, comments first, then private messages."""
        from munsocial.language import categories, is_question

        comments = view.comments.value or ()
        replies = self.replies.in_view(view)
        urls = {post.id: post.url or "" for post in view.posts.value or ()}
        for comment in comments:
            ours = self.replies.is_ours(comment, view.network)
            if comment.deleted or ours or not is_question(comment.text):
                continue
            if "spam" in categories(comment.text):
                continue
            at = replies.get(comment.id)
            yield self._question(view, upstream, comment, at, post_url=urls.get(comment.post_id, ""))
        messages = () if upstream else view.messages.value or ()
        for message in messages:
            if message.outgoing or message.deleted or not is_question(message.text):
                continue
            if "spam" in categories(message.text):
                continue
            yield self._question(
                view, upstream, _as_comment(message), _answer_to(message, messages), peer=message.peer_id
            )

    def _question(
        self,
        view: AccountView,
        upstream: bool,
        comment: Comment,
        answered_at: datetime | None,
        *,
        peer: str = "",
        post_url: str = "",
    ) -> Question:
        from munsocial.language import topic

        text, id = comment.text, question_id(view.account, comment.post_id, comment.id)
        seen_at = min((view.messages if peer else view.comments).at or self.until, self.until)
        if answered_at is None and self.given is not None:
            answered_at = self.given.unseen(id, text, seen_at, privately=bool(peer))
        body = self._body(text, None if upstream else self.owners.get(view.account))
        appeal, priority = is_appeal(text), "high" if is_urgent(text) else "normal"
        due = self.terms.due(comment.at, priority=priority, appeal=appeal)
        return Question(
            id=id,
            account=view.account,
            network=view.network,
            upstream=upstream,
            comment=comment,
            body=body,
            topic=topic(text),
            deadline=self.deadlines(comment.at) if self.deadlines else due.at,
            answered=answered_at is not None,
            appeal=appeal,
            priority=priority,
            clause="" if self.deadlines else due.clause,
            peer=peer,
            answered_at=answered_at,
            within_competence=self._within(body, text),
            post_url=post_url,
            timezone=self.timezone,
            seen_at=seen_at,
        )

    def _body(self, text: str, own: str | None) -> str | None:
        """Whose matter it is: the place named decides, then the page on which it was asked.

        Under a page above, or the administration's, that says little, and the words of competence come first.
        """
        named = self.route(text)
        if named is None and (own is None or own in self.general):
            named = self.competence.of(text)
        return named or own

    def _within(self, body: str | None, text: str) -> bool | None:
        """Say yes when the words of competence name the matter; that they do not proves nothing."""
        return True if body and body != "other" and self.competence.covers(body, text) else None


def question_id(account: str, post: str, item: str) -> str:
    """Return the id of the question that a comment or a private message asks."""
    return ":".join(part for part in (account, post or "message", item) if part)


def _as_comment(message: Message) -> Comment:
    return Comment(
        id=message.id, post_id="", at=message.at, text=message.text, author_id=message.author_id or message.peer_id
    )


def _answer_to(message: Message, messages: Sequence[Message]) -> datetime | None:
    later = [one.at for one in messages if one.outgoing and one.peer_id == message.peer_id and one.at >= message.at]
    return min(later, default=None)


def _folded(questions: Iterable[Question]) -> list[Question]:
    """Put questions together that ask the same of one body: one answer serves them all."""
    groups: list[list[Question]] = []
    pairs_of: list[frozenset[tuple[str, str]]] = []
    exact: dict[tuple[object, ...], int] = {}
    by_pair: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for one in sorted(questions, key=lambda one: one.comment.at):
        words = _WORD.findall(one.comment.text.lower())
        pairs, kind = frozenset(pairwise(words)), (one.body, one.answered, bool(one.peer))
        place = exact.get((*kind, *words))
        if place is None and len(pairs) >= _FEWEST_PAIRS:
            place = _alike(pairs, kind, by_pair, pairs_of)
        if place is None:
            place = len(groups)
            groups.append([])
            pairs_of.append(pairs)
            exact[(*kind, *words)] = place
            for pair in pairs:
                by_pair[kind, pair].append(place)
        groups[place].append(one)
    return [_joined(first, rest) for first, *rest in groups]


def _alike(
    pairs: frozenset[tuple[str, str]],
    kind: tuple[object, ...],
    by_pair: dict[tuple[object, ...], list[int]],
    pairs_of: list[frozenset[tuple[str, str]]],
) -> int | None:
    shared: defaultdict[int, int] = defaultdict(int)
    for pair in pairs:
        for place in by_pair.get((kind, pair), ()):
            shared[place] += 1
    best = max(shared.items(), key=lambda item: item[1], default=None)
    if best is None or best[1] < _ALIKE * max(len(pairs), len(pairs_of[best[0]])):
        return None
    return best[0]


def _joined(first: Question, rest: Sequence[Question]) -> Question:
    many = len({one.comment.author_id for one in (first, *rest)}) >= _MANY
    urgent = many or any(one.priority == "high" for one in (first, *rest))
    return replace(first, others=tuple(rest), priority="high" if urgent else first.priority)


def _order(one: Question) -> tuple[bool, bool, bool, datetime, str]:
    return (one.answered, one.body == "other", one.priority != "high", one.deadline or one.comment.at, one.id)

"""Citizens' questions in the accounts above: found, routed to a body, and paired with their answers. Made once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from munsocial.model.bodies import Body
from munsocial.model.content import Comment
from munsocial.model.snapshot import AccountView
from munsocial.policy.case import Case
from munsocial.policy.facts.noted import noted

__all__ = ["Question", "questions_for"]


@dataclass(frozen=True, slots=True)
class Question:
    """A citizen's question under a post of an account above.

    ``replies`` came after it in the same thread. ``elsewhere``: answered by the account above itself, or known to be
    outside competence, so that nobody else owes an answer. ``noted``: the register of messages has its answer.
    """

    upstream: str
    comment: Comment
    post_url: str
    replies: tuple[Comment, ...]
    elsewhere: bool
    noted: bool


def questions_for(case: Case, view: AccountView, body: Body) -> Sequence[Question]:
    """The questions of one account above that name a place of a body."""
    routed = case.routed.get(view.account)
    if routed is None:
        routed = case.routed[view.account] = _routed(case, view)
    return routed.get(body.id, ())


def _routed(case: Case, view: AccountView) -> dict[str, list[Question]]:
    groups: dict[str, list[Question]] = {}
    asked: set[tuple[str | None, str]] = set()
    comments = [one for one in view.comments.value or () if not one.deleted and one.at <= case.at]
    threads = _threads(comments)
    urls = {post.id: post.url or "" for post in view.posts.value or ()}
    for comment in sorted(comments, key=lambda one: (one.at, one.id)):
        if comment.by_owner or not comment.text or not case.readings.question(comment.text):
            continue
        if case.authors.of(comment, view.network, stored=True) is not None:
            continue
        body = case.readings.route(comment.text)
        # The same person asking the same again asks one question.
        key = (comment.author_id, comment.text.strip())
        if body is None or (comment.author_id and key in asked):
            continue
        asked.add(key)
        groups.setdefault(body, []).append(_question(case, view, body, comment, threads, urls))
    return groups


def _threads(comments: Sequence[Comment]) -> dict[str, list[Comment]]:
    """Comments by what they answer: the comment itself, and the thread they stand in."""
    groups: dict[str, list[Comment]] = {}
    for one in comments:
        for name in {one.reply_to, one.thread} - {None}:
            groups.setdefault(str(name), []).append(one)
    return groups


def _question(
    case: Case,
    view: AccountView,
    body: str,
    comment: Comment,
    threads: dict[str, list[Comment]],
    urls: dict[str, str],
) -> Question:
    replies = tuple(_replies(comment, threads))
    entries = noted(case, view.account, body, comment)
    outside = any(one.within_competence is False for one in entries)
    return Question(
        upstream=view.account,
        comment=comment,
        post_url=urls.get(comment.post_id, ""),
        replies=replies,
        elsewhere=outside or any(one.by_owner for one in replies),
        noted=any(case.by_now(one.answered_at) for one in entries),
    )


def _replies(comment: Comment, threads: dict[str, list[Comment]]) -> Iterator[Comment]:
    """Later comments that answer this one, or that follow it in its thread and answer nobody else."""
    direct = threads.get(comment.id, ())
    around = threads.get(comment.thread, ()) if comment.thread else ()
    yield from (
        one for one in direct if one.at >= comment.at and one.id != comment.id and one.reply_to in (None, comment.id)
    )
    yield from (
        one
        for one in around
        if one.at >= comment.at and one.id != comment.id and one.reply_to in (None, comment.thread)
    )

"""Whether an entry in the register of messages is about a question that is seen: networks number comments per wall."""

from __future__ import annotations

from datetime import timedelta

from munsocial.model.addresses import read_address
from munsocial.model.authors import kind_of
from munsocial.model.content import Comment
from munsocial.model.statements import Inquiry
from munsocial.policy.case import Case

__all__ = ["noted"]

_MINUTE = timedelta(minutes=1)  # people note minutes, networks seconds
_DAY = timedelta(days=1)  # or the day alone, or the minute of their own clock


def noted(case: Case, upstream: str, body: str, comment: Comment) -> tuple[Inquiry, ...]:
    """The entries about a comment under an account above, whose question is for a body."""
    known = case.inquiries_by_item.get(comment.id, ())
    return tuple(one for one in known if _about(case, one, upstream, body, comment))


def _about(case: Case, entry: Inquiry, upstream: str, body: str, comment: Comment) -> bool:
    """Hold an entry of the same number against what else it notes: the account, else the address, else the moment.

    The only comment of its number for the same body is meant where nothing of these speaks against it.
    """
    if entry.account is not None:
        return entry.account == upstream or _same_page(case, entry.account, upstream)
    noted_at, stands_at = read_address(entry.url), read_address(comment.url)
    if noted_at and stands_at:
        one, other = noted_at.shown, stands_at.shown
        return one[:2] == other[:2] and not one.denies(other)
    if entry.asked_at is not None:
        apart = abs(entry.asked_at - comment.at)
        if apart < _MINUTE:
            return True
        if apart > _DAY:
            return False
    early = entry.answered_at is not None and entry.answered_at < comment.at
    return not early and entry.body in (None, body) and case.comment_numbers[comment.id] == 1


def _same_page(case: Case, one: str, other: str) -> bool:
    """Tell whether two ids of the register are one page: that of the district is an account of ours and one above."""
    first, second = _page(case, one), _page(case, other)
    return first is not None and first == second


def _page(case: Case, account: str) -> tuple[str, str, str] | None:
    """Name a page by its network, by person or community (networks number those apart), and by its number."""
    known = case.known_account(account)
    number = case.snapshot.network_id_of(known).lstrip("-") if known else ""
    return (known.network, kind_of(known), number) if known and number else None

"""Clause 5 read a second time: one week, looked at in its last minute, and how its posts are written down."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from munsocial.model.content import Post
from munsocial.model.snapshot import AccountView
from munsocial.testing.factories import account, moment, requirement, view
from second_reading import Case

__all__ = ["HERE", "MONDAY", "SUNDAY", "WEEK", "often", "seen", "utc", "week"]

MONDAY = moment("2026-11-23 00:00")
SUNDAY = moment("2026-11-22 23:59")
WEEK = {"since": "2026-11-16", "until": MONDAY}
HERE = (account(),)


def often(number: int | None = 5, **more: Any) -> Any:
    return requirement("posting.frequency", "should", clause="5", **{"min": number, "period": "week", **more})


def seen(*posts: Post, **other: Any) -> tuple[AccountView, ...]:
    return (view(posts=posts, **other),)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def week(situation: str, expected: Any, posts: tuple[Post, ...], ask: Any = None, **more: Any) -> Case:
    """The week from 16 to 22 November, looked at in its last minute unless told otherwise."""
    known: dict[str, Any] = {"records": HERE, "views": seen(*posts), "at": SUNDAY, "seen": WEEK, **more}
    return Case(situation, ask or often(), expected, **known)

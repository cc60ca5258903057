"""Whose a post or a comment is, when it was published, and what absence means to whom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from munsocial_ok import decode, wire


@pytest.mark.parametrize(
    ("told", "avatar"),
    [
        ({"role": "EDITOR"}, False),
        ({"stats_allowed": True}, False),
        ({"member_status": "ADMIN"}, False),
        ({"member_status": "MODERATOR"}, False),
        ({"member_status": "ACTIVE"}, None),
        ({"stats_allowed": False}, None),
        ({}, None),
    ],
    ids=repr,
)
def test_what_is_not_there_is_empty_to_those_who_manage_and_hidden_to_others(
    told: dict[str, Any], avatar: bool | None
) -> None:
    assert decode.profile_of(wire.Group.model_validate({"uid": "1", **told})).avatar is avatar


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ({"is_on_behalf_of_group": True, "author_ref": "user:5"}, True),
        ({"is_on_behalf_of_group": False, "author_ref": "group:1"}, False),
        ({"author_ref": "group:1"}, True),
        ({"author_ref": "group:2"}, False),
        ({"author_ref": "user:1"}, False),
        ({}, True),
    ],
    ids=repr,
)
def test_whose_a_post_is(told: dict[str, Any], own: bool) -> None:
    post = decode.post_of(wire.Topic.model_validate({"id": 1, "created_ms": 1764000000000, **told}), "1")
    assert post is not None
    assert post.by_owner is own


@pytest.mark.parametrize(
    ("told", "hour"),
    [({"created_ms": 1764000000000}, 16), ({"created_ms": 1764000000000, "publication_date_ms": 1764003600000}, 17)],
    ids=["at once", "delayed: when it appeared"],
)
def test_the_moment_of_a_post(told: dict[str, Any], hour: int) -> None:
    post = decode.post_of(wire.Topic.model_validate({"id": 1, **told}), "1")
    assert post is not None
    assert post.at == datetime(2025, 11, 24, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("author", "own"),
    [
        ({"author_type": "GROUP", "author_id": "1"}, True),
        ({"author_type": "GROUP", "author_id": "2"}, False),
        ({"author_type": "USER", "author_id": "1"}, False),
        ({"author_id": "5"}, False),
    ],
    ids=repr,
)
def test_whose_a_comment_is(author: dict[str, Any], own: bool) -> None:
    """A person and a group may bear one number."""
    said = wire.WireComment.model_validate({"id": "a", "date_ms": 1764000000000, "text": "Да", **author})
    comment = decode.comment_of(said, "155", "1", {})
    assert comment is not None
    assert comment.by_owner is own

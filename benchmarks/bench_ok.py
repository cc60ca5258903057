"""Reading of OK's answers: 100 posts and 100 comments to models, against ``json.loads`` of the same bytes."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from munsocial.transport.port import Answer
from munsocial_ok import decode, wire
from munsocial_ok.answers import reader

_TEXT = "Уважаемые жители! Завтра в 10:00 отключат воду на улице Садовой. " * 8
_BLOCKS = [
    {"type": "text", "text": _TEXT, "text_tokens": [{"text": _TEXT}]},
    {"type": "photo", "photo_refs": ["group_photo:900000000001", "group_photo:900000000002"]},
    {
        "type": "link",
        "url": "https://primer.example/news",
        "title": "Новость",
        "description": _TEXT,
        "domain": "primer",
    },
]
_POST = {
    "created_ms": 1764000000000,
    "author_ref": "group:70000000000001",
    "owner_ref": "group:70000000000001",
    "media": _BLOCKS,
    "discussion_summary": {"comments_count": 3, "discussion_type": "GROUP_TOPIC"},
    "like_summary": {"count": 21, "self": False},
    "reshare_summary": {"count": 2},
    "views_count": 500,
    "is_commenting_denied": False,
}
POSTS = Answer(
    200,
    {},
    json.dumps(
        {"media_topics": [{"id": str(155 * 10**12 + n), **_POST} for n in range(100)]}, ensure_ascii=False
    ).encode(),
)
_COMMENT = {
    "author_id": "5",
    "author_name": "Анна Примерова",
    "text": "Когда включат воду?",
    "date": "2025-11-24 19:00:00",
}
COMMENTS = Answer(
    200, {}, json.dumps({"comments": [{"id": f"c{n}", **_COMMENT} for n in range(100)]}, ensure_ascii=False).encode()
)
_TOPICS, _COMMENTS = reader(TypeAdapter(wire.Topics)), reader(TypeAdapter(wire.Comments))


def test_json_of_100_posts(benchmark: Any) -> None:
    assert len(benchmark(json.loads, POSTS.body)["media_topics"]) == 100


def test_100_posts_to_models(benchmark: Any) -> None:
    posts = benchmark(lambda: [decode.post_of(one, "70000000000001") for one in _TOPICS(POSTS).value.media_topics])
    assert len(posts) == 100


def test_json_of_100_comments(benchmark: Any) -> None:
    assert len(benchmark(json.loads, COMMENTS.body)["comments"]) == 100


def test_100_comments_to_models(benchmark: Any) -> None:
    comments = benchmark(lambda: [decode.comment_of(one, "1", "1", {}) for one in _COMMENTS(COMMENTS).value.comments])
    assert len(comments) == 100

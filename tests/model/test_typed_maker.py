"""Records made without a second check are the same as checked ones."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from munsocial.model.base import typed_maker
from munsocial.model.content import Comment, Post, PostKind, Profile, RepostSource

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
VALUES: dict[str, tuple[Any, dict[str, Any]]] = {
    "bare": (Comment, {"id": "1", "post_id": "2", "at": AT}),
    "filled": (Comment, {"id": "1", "post_id": "2", "at": AT, "text": "Когда?", "author_id": "-5", "deleted": False}),
    "nested": (Post, {"id": "1", "at": AT, "kind": PostKind.REPOST, "source": RepostSource(network_id="9")}),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_made_record_is_as_good_as_a_checked_one(name: str) -> None:
    kind, values = VALUES[name]
    made, checked = typed_maker(kind)(**values), kind(**values)
    assert (made, hash(made), repr(made)) == (checked, hash(checked), repr(checked))
    assert made.model_dump_json() == checked.model_dump_json()
    assert made.model_dump(exclude_unset=True) == checked.model_dump(exclude_unset=True)
    assert made.model_copy(update={"text": "x"}).text == "x"
    assert made.text == checked.text
    with pytest.raises(ValueError, match="frozen"):
        made.id = "2"


def test_the_names_of_the_given_fields_are_kept_once_and_a_copy_has_its_own() -> None:
    one, two, made = Comment(id="1", post_id="2", at=AT), Comment(id="3", post_id="2", at=AT), typed_maker(Comment)
    assert one.model_fields_set is two.model_fields_set is made(id="4", post_id="2", at=AT).model_fields_set
    assert one.model_copy(update={"text": "x"}).model_fields_set == {"id", "post_id", "at", "text"}
    assert one.model_fields_set == pickle.loads(pickle.dumps(one)).model_fields_set == {"id", "post_id", "at"}


def test_records_with_defaults_that_can_be_changed_are_refused() -> None:
    with pytest.raises(TypeError, match="Profile"):
        typed_maker(Profile)

"""Reading of answers, however strange: a value or our error, never anything else."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from munsocial.errors import KeyInvalid, NetworkError, PermissionDenied, RequestRefused, UnreadableAnswer
from munsocial.model.content import PostKind, PostState
from munsocial.transport.port import Answer
from munsocial_ok import decode, wire
from munsocial_ok.acting import _topic_id
from munsocial_ok.answers import json_of, reader
from munsocial_ok.graph_wire import Chats, Info, Messages, message_of
from munsocial_ok.upload import StoredPhotos
from shared_material import shared

READERS: dict[str, Any] = {
    "group.getInfo": reader(wire.Groups),
    "group.getUserGroupsByIds": reader(wire.Memberships),
    "users.getInfo": reader(wire.Users),
    "users.getCurrentUser": reader(TypeAdapter(wire.User)),
    "group.getMembers": reader(TypeAdapter(wire.Members)),
    "group.getUserGroupsV2": reader(TypeAdapter(wire.Members)),
    "group.getCounters": reader(TypeAdapter(wire.Counters)),
    "group.getStatTopics": reader(TypeAdapter(wire.StatTopics)),
    "mediatopic.getByIds": reader(TypeAdapter(wire.Topics)),
    "mediatopic.getTopics": reader(TypeAdapter(wire.Topics)),
    "discussions.getComments": reader(TypeAdapter(wire.Comments)),
    "discussions.getComment": reader(TypeAdapter(wire.SingleComment)),
    "discussions.getList": reader(TypeAdapter(wire.Discussions)),
    "url.getInfo": reader(TypeAdapter(wire.UrlInfo)),
    "photosV2.getUploadUrl": reader(TypeAdapter(wire.UploadUrl)),
    "video.getUploadUrl": reader(TypeAdapter(wire.VideoUrl)),
    "upload.photo": reader(TypeAdapter(StoredPhotos)),
    "graph.me.info": reader(TypeAdapter(Info)),
    "graph.me.chats": reader(TypeAdapter(Chats)),
    "graph.messages.list": reader(TypeAdapter(Messages)),
    "mediatopic.post": _topic_id,
}


def answer(body: bytes | str, status: int = 200, **headers: str) -> Answer:
    return Answer(status, headers, body if isinstance(body, bytes) else body.encode())


@cache
def examples() -> dict[str, Any]:
    listed = json.loads(shared("networks/ok-methods.json").read_text())["methods"]
    return {one["name"]: one["example_response"] for one in listed if one.get("example_response") is not None}


@cache
def schemas() -> dict[str, Any]:
    listed = json.loads(shared("networks/ok-methods.json").read_text())["methods"]
    return {one["name"]: one["response_schema"] for one in listed}


def into_model(value: Any) -> None:
    """Use a decoded value as the adapter does."""
    match value:
        case wire.Topics():
            for topic in value.media_topics:
                decode.post_of(topic, "1")
        case wire.Comments():
            for comment in value.comments:
                decode.comment_of(comment, "1", "1", decode.names_of(value.entities))
        case wire.StatTopics():
            for stat in value.topics:
                decode.gone_post(stat, "1")
        case wire.Members():
            for member in value.members:
                decode.manager_of(member, {})
                decode.ban_of(member, {}, null_is_forever=True)
        case Messages():
            for message in value.messages:
                message_of(message, "chat:C1")
        case [*items]:
            for item in items:
                if isinstance(item, wire.Group):
                    decode.profile_of(item)


def test_every_published_example_is_read_whole() -> None:
    read = 0
    for name, example in examples().items():
        if name in READERS and name != "mediatopic.post":
            found = READERS[name](answer(json.dumps(example)))
            assert found.left_out == (), name
            into_model(found.value)
            read += 1
    assert read >= 15


STRANGE = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        -1,
        1.5,
        10**30,
        "",
        "x",
        "true",
        [],
        {},
        [None],
        [1],
        {"a": 1},
        "9" * 400,
        "\ud800",
        float("inf"),
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """An example with up to four of its places removed or replaced by something strange."""
    name = draw(st.sampled_from(sorted(set(examples()) & set(READERS))))
    value = json.loads(json.dumps(examples()[name]))
    for _ in range(draw(st.integers(1, 4))):
        value = _mutate(draw, value)
    text = json.dumps(value, ensure_ascii=draw(st.booleans()))
    return name, text.encode("utf-8", "surrogatepass")


def _mutate(draw: st.DrawFn, value: Any) -> Any:
    places: list[tuple[Any, Any]] = []

    def walk(one: Any) -> None:
        pairs = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for key, inner in list(pairs):
            places.append((one, key))
            walk(inner)

    walk(value)
    if not places:
        return copy.deepcopy(draw(STRANGE))
    holder, key = draw(st.sampled_from(places))
    if draw(st.booleans()):
        holder[key] = copy.deepcopy(draw(STRANGE))
    elif isinstance(holder, dict):
        del holder[key]
    else:
        holder.append(copy.deepcopy(draw(STRANGE)))
    return value


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_spoilt_example_ends_in_a_value_or_in_our_error(data: st.DataObject) -> None:
    shared("networks/ok-methods.json")
    name, body = data.draw(mutated())
    assert said_or_read(name, body)


def said_or_read(name: str, body: bytes) -> bool:
    """Decode and use an answer; anything but a value or an error of ours is raised here."""
    try:
        found = READERS[name](answer(body))
    except NetworkError as error:
        return bool(error.say("ru") and error.say("en"))
    into_model(getattr(found, "value", found))
    return True


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_end_in_a_value_or_in_our_error(name: str, body: bytes) -> None:
    assert said_or_read(name, body)


def test_one_strange_item_does_not_hide_the_rest_and_is_counted() -> None:
    body = {
        "comments": [
            {"id": "a", "date": "2025-11-24 19:00:00"},
            {"text": "no id"},
            7,
            {"id": "b", "date_ms": "x", "date": "2025-11-24 19:00:00"},
        ]
    }
    read = READERS["discussions.getComments"](answer(json.dumps(body)))
    assert [one.id for one in read.value.comments] == ["a", "b"]
    assert len(read.left_out) == 3


def test_missing_null_and_bare_lists_are_empty() -> None:
    for body in ("{}", '{"topics": null}', '{"topics": []}'):
        assert READERS["group.getStatTopics"](answer(body)).value.topics == ()


@pytest.mark.parametrize(
    ("body", "headers", "kind", "code"),
    [
        ('{"error_code": 10, "error_msg": "PERMISSION_DENIED : no"}', {}, PermissionDenied, "10"),
        ('{"error_code": "102"}', {}, KeyInvalid, "102"),
        ('{"error_code": 424242, "error_msg": null}', {}, RequestRefused, "424242"),
        ('{"error_code": "what"}', {}, RequestRefused, "0"),
        ('{"error": "invalid_token", "error_description": "expired"}', {}, KeyInvalid, "102"),
        ('{"error": {"code": 103, "message": "no"}}', {}, KeyInvalid, "103"),
        ("<html>", {"invocation-error": "104"}, KeyInvalid, "104"),
        ("<html><body>502</body></html>", {}, UnreadableAnswer, ""),
        ('{"comments": [', {}, UnreadableAnswer, ""),
        ("NaN", {}, UnreadableAnswer, ""),
        ("[" * 100_000, {}, UnreadableAnswer, ""),
        ("9" * 5000, {}, UnreadableAnswer, ""),
    ],
)
def test_what_an_answer_reports_becomes_our_error(body: str, headers: dict[str, str], kind: Any, code: str) -> None:
    with pytest.raises(kind) as caught:
        READERS["discussions.getComments"](answer(body, 200, **headers))
    assert caught.value.network_code == code


@pytest.mark.parametrize("name", ["discussions.getComments", "url.getInfo"])
def test_an_error_may_be_told_at_length(name: str) -> None:
    """Long answers are not searched for an error before they are read."""
    with pytest.raises(PermissionDenied):
        READERS[name](answer(json.dumps({"error_code": 10, "error_msg": "нет прав " * 1000})))


@pytest.mark.parametrize("text", ['"error_code"', '{\\"error_code\\": 1}', "error_code"])
def test_a_text_about_errors_is_no_error(text: str) -> None:
    body = json.dumps({"comments": [{"id": "a", "text": text, "date": "2025-11-24 19:00:00"}]})
    assert READERS["discussions.getComments"](answer(body)).value.comments[0].text == text


@pytest.mark.parametrize(("body", "value"), [("", None), ("null", None), ("true", True), ('"1"', "1"), ("\ufeff5", 5)])
def test_bare_values_are_values(body: str, value: Any) -> None:
    assert json_of(answer(body)) == value


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ({"date": "2025-11-24 19:00:00"}, datetime(2025, 11, 24, 16, tzinfo=UTC)),
        ({"date": "2025-01-01 00:30:00"}, datetime(2024, 12, 31, 21, 30, tzinfo=UTC)),
        ({"date": "2025-07-01 00:30:00"}, datetime(2025, 6, 30, 21, 30, tzinfo=UTC)),  # no summer time in Moscow
        ({"date_ms": 1764000000000, "date": "2001-01-01 00:00:00"}, datetime(2025, 11, 24, 16, tzinfo=UTC)),
        ({"date_ms": None, "created_ms": 1764000000000}, datetime(2025, 11, 24, 16, tzinfo=UTC)),
        ({"id": "MTc2NDAwMDAwMDAwMDotMTAwMToxNzY0MDAwMDAwMDAwOjE1NTox"}, datetime(2025, 11, 24, 16, tzinfo=UTC)),
        ({"date": "вчера"}, None),
        ({"date": "0001-01-01 00:00:00"}, None),
        ({}, None),
    ],
    ids=[
        "winter",
        "new year",
        "summer",
        "milliseconds win",
        "of two names",
        "id as a last resort",
        "words",
        "year one",
        "nothing",
    ],
)
def test_the_moment_of_a_comment(given: dict[str, Any], moment: datetime | None) -> None:
    comment = decode.comment_of(wire.WireComment.model_validate({"id": "x", **given}), "1", "1", {})
    assert (comment.at if comment else None) == moment


@pytest.mark.parametrize(
    "names",
    [{"picAvatar": "https://i.example/a.jpg"}, {"pic_avatar": "https://i.example/a.jpg"}],
    ids=lambda names: next(iter(names)),
)
@pytest.mark.parametrize("other", [{}, {"picAvatar": None}, {"pic_avatar": None}, {"picAvatar": ""}], ids=repr)
def test_what_has_two_names_is_read_by_the_one_that_says_something(
    names: dict[str, Any], other: dict[str, Any]
) -> None:
    group = wire.Group.model_validate({"uid": "1", "role": "ADMIN", **other, **names})
    assert decode.profile_of(group).avatar is True
    assert decode.profile_of(wire.Group.model_validate({"uid": "1", "role": "ADMIN", **other})).avatar is False


@pytest.mark.parametrize(
    "given", [{"objectIdStr": "5"}, {"objectId": 5}, {"objectIdStr": None, "objectId": 5}], ids=repr
)
def test_the_id_of_an_address_is_read_by_the_name_that_says_it(given: dict[str, Any]) -> None:
    assert wire.UrlInfo.model_validate({"type": "GROUP", **given}).id == "5"


def test_new_words_of_the_network_stay_as_text() -> None:
    media = [{"type": "hologram"}, {"type": "text", "text_tokens": [{"text": "При"}, {"text": "вет"}]}]
    topic = wire.Topic.model_validate({"id": 1, "created_ms": 1764000000000, "media": media})
    post = decode.post_of(topic, "1")
    assert post is not None
    assert (post.id, post.formats, post.text) == ("1", ("hologram", "text"), "Привет")
    manager = decode.manager_of(wire.Member(userId="1", status="ADMIN", role="ARCHIVIST"), {})
    assert manager.role == "ARCHIVIST"


@pytest.mark.parametrize(
    ("flags", "state"),
    [
        ({}, PostState.PUBLISHED),
        ({"is_unpublished_post": True}, PostState.SCHEDULED),
        ({"on_moderation": True}, PostState.SUGGESTED),
        ({"is_hidden_post": True}, PostState.HIDDEN),
    ],
)
def test_the_state_of_a_post(flags: dict[str, bool], state: PostState) -> None:
    topic = wire.Topic.model_validate(
        {"id": "1", "created_ms": 1764000000000, "is_promo": True, "is_sticky": True, **flags}
    )
    post = decode.post_of(topic, "1")
    assert post is not None
    assert (post.state, post.kind, post.pinned) == (state, PostKind.AD, True)


@pytest.mark.parametrize(
    ("pasted", "id"),
    [
        ("155000000000001", "155000000000001"),
        ("https://ok.ru/group/7/topic/155?x=1#c", "155"),
        (" https://m.ok.ru/name/topic/155/ ", "155"),
        ("https://ok.ru/group/7", None),
        ("", None),
    ],
)
def test_addresses_that_operators_paste(pasted: str, id: str | None) -> None:
    assert decode.topic_id(pasted) == id

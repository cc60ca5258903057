"""Answers of VK to models: what is there is read, what is odd is tolerated, what is broken is a gap or our error."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial.errors import MunsocialError, NetworkError, RateLimited, ServerFault, UnreadableAnswer
from munsocial.model.content import PostKind, PostState
from munsocial.transport.port import Answer
from munsocial_vk import wire
from munsocial_vk.addresses import id_in
from munsocial_vk.decode import bans_of, comments_of, links_of, managers_of, messages_of, posts_of
from munsocial_vk.envelope import open_answer, open_pack
from munsocial_vk.profile import profile_of_group, profile_of_user
from munsocial_vk.text_marks import as_read, plain

PHOTO = {
    "type": "photo",
    "photo": {"id": 5, "owner_id": -123, "sizes": [{"type": "x", "url": "https://a", "width": 1}]},
}


def answer(body: Any, status: int = 200) -> Answer:
    return Answer(status, {}, json.dumps(body, ensure_ascii=False).encode())


def post(**fields: Any) -> Any:
    item = {"id": 17, "owner_id": -123, "from_id": -123, "date": 1700000000, "text": "Субботник", **fields}
    return posts_of(open_answer(answer({"response": {"count": 1, "items": [item]}}), wire.WallReply)).items[0]


@pytest.mark.parametrize(
    ("situation", "fields", "formats"),
    [
        ("only text", {}, ("text",)),
        ("a photo without a word", {"text": " ", "attachments": [PHOTO]}, ("photo",)),
        ("two photos count once", {"attachments": [PHOTO, PHOTO]}, ("text", "photo")),
        ("a recorded video", {"attachments": [{"type": "video", "video": {"type": "video"}}]}, ("text", "video")),
        ("a live by flag", {"attachments": [{"type": "video", "video": {"live": 1}}]}, ("text", "live")),
        ("a live by type", {"attachments": [{"type": "video", "video": {"type": "live"}}]}, ("text", "live")),
        ("a live by start", {"attachments": [{"type": "video", "video": {"live_start_time": 9}}]}, ("text", "live")),
        ("a clip", {"attachments": [{"type": "video", "video": {"type": "short_video"}}]}, ("text", "clip")),
        ("a poll and a link", {"attachments": [{"type": "poll"}, {"type": "link"}]}, ("text", "poll", "link")),
        ("a document", {"attachments": [{"type": "doc", "doc": {}}]}, ("text", "document")),
        ("a kind of tomorrow", {"attachments": [{"type": "hologram"}]}, ("text", "hologram")),
        ("attachments as null", {"attachments": None}, ("text",)),
    ],
)
def test_formats_of_a_post(situation: str, fields: dict[str, Any], formats: Any) -> None:
    assert post(**fields).formats == formats, situation


@pytest.mark.parametrize(
    ("situation", "fields", "kind", "state"),
    [
        ("plain", {}, PostKind.OWN, PostState.PUBLISHED),
        ("advertising as 1", {"marked_as_ads": 1}, PostKind.AD, PostState.PUBLISHED),
        ("advertising as true", {"marked_as_ads": True}, PostKind.AD, PostState.PUBLISHED),
        ("a repost", {"copy_history": [{"id": 4, "owner_id": -9}]}, PostKind.REPOST, PostState.PUBLISHED),
        ("an empty history is none", {"copy_history": []}, PostKind.OWN, PostState.PUBLISHED),
        ("scheduled", {"post_type": "postpone"}, PostKind.OWN, PostState.SCHEDULED),
        ("suggested", {"post_type": "suggest"}, PostKind.OWN, PostState.SUGGESTED),
        ("deleted", {"is_deleted": True, "text": None}, PostKind.OWN, PostState.DELETED),
        ("archived", {"is_archived": True}, PostKind.OWN, PostState.HIDDEN),
    ],
)
def test_kind_and_state_of_a_post(situation: str, fields: dict[str, Any], kind: Any, state: Any) -> None:
    seen = post(**fields)
    assert (seen.kind, seen.state) == (kind, state), situation


def test_source_of_a_repost_and_guest_posts() -> None:
    reposted = {"items": [POST | {"copy_history": [{"id": 4, "owner_id": -9}]}]}
    groups = [{"id": 8, "name": "Другие"}, {"id": 9, "name": "Глава", "members_count": 5}]
    found = posts_of(open_answer(answer({"response": reposted | {"groups": groups}}), wire.WallReply)).items[0].source
    assert found is not None
    assert (found.network_id, found.post_id, found.name, found.subscribers) == ("9", "4", "Глава", 5)
    assert post(from_id=555).by_owner is False
    assert post().url == "https://vk.com/wall-123_17"
    assert post().at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize("date", [None, "soon", -5, 10**30, 1.5, [], True and "x"])
def test_a_post_without_a_moment_is_a_gap(date: Any) -> None:
    reply = open_answer(answer({"response": {"count": 1, "items": [{"id": 1, "date": date}]}}), wire.WallReply)
    kept = posts_of(reply)
    assert (len(kept.items), len(kept.gaps)) == (0, 1)


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("[id555|Иван], в субботу", "Иван, в субботу"),
        ("[club1|Мэрия] и [https://vk.com/a|сюда]", "Мэрия и сюда"),
        ("a[1] | b[2]", "a[1] | b[2]"),
        ("[[[[|]]", "[[[[|]]"),
        (None, ""),
    ],
)
def test_marks_of_mentions_are_taken_out(marked: str, read: str) -> None:
    assert plain(marked) == read


def test_marks_are_read_in_linear_time() -> None:
    text = "[id1|" * 200_000
    assert plain(text) == text


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Спасибо [club123|Боровому]!", "Спасибо Боровому!"),
        ("Спасибо @club123 (Боровому)!", "Спасибо [club123|Боровому]!"),
        ("Спасибо *adm.123(Боровому)!", "Спасибо [club123|Боровому]!"),
        ("(*club123 (Боровому))", "([club123|Боровому])"),
        ("Спасибо @club123!", "Спасибо [club123|@club123]!"),
        ("Спасибо @nobody (никому)", "Спасибо @nobody (никому)"),
        ('Вода <5° & "лёд"', "Вода &lt;5° &amp; &quot;лёд&quot;"),
        ("[id5|А & Б]", "[id5|А &amp; Б]"),
        ("вода\nлёд", "вода<br>лёд"),
    ],
)
def test_what_was_sent_and_what_vk_shows_of_it_are_alike(sent: str, shown: str) -> None:
    assert as_read(sent) == as_read(shown) == as_read(plain(shown))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Спасибо [club1|Мэрии]", "Спасибо [club1|Думе]"),
        ("@club1 (Мэрия)", "@club1 (Дума)"),
        ("Пишите на info@adm.ru (приёмная)", "Пишите на info@adm26.ru (приёмная)"),
        ("Пишите на приём@adm.ru (приёмная)", "Пишите на приём@adm26.ru (приёмная)"),
        ("Доски 5*3 (шт)", "Доски 5*4 (шт)"),
        ("Доски 5 *3 (шт)", "Доски 5 *4 (шт)"),
    ],
)
def test_other_words_are_another_text(one: str, other: str) -> None:
    assert as_read(one) != as_read(other)


@pytest.mark.parametrize("piece", ["[id1|", "@a(", "@", "&amp", "@a (", " @a("])
def test_texts_are_brought_to_one_form_in_linear_time(piece: str) -> None:
    text = piece * 100_000
    assert as_read(text) == text


def test_deleted_comment_keeps_its_answers() -> None:
    items = [
        {"id": 33, "date": 1700000300, "deleted": True, "thread": {"count": 1, "items": [
            {"id": 34, "from_id": -123, "date": 1700000400, "text": "Ответ", "parents_stack": [33]}]}},
    ]  # fmt: skip
    reply = open_answer(answer({"response": {"count": 2, "items": items}}), wire.CommentReply)
    first, second = comments_of(reply, post="17", owner=-123).items
    assert (first.deleted, first.author_id, first.text) == (True, None, "")
    assert (second.thread, second.by_owner, second.author_kind, second.author_id) == ("33", True, "group", "-123")
    assert second.url == "https://vk.com/wall-123_17?reply=34&thread=33"


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://vk.com/club123", "123"),
        ("m.vk.ru/public77", "77"),
        ("https://vk.com/adm", None),
        ("https://example.org/club1", None),
        (None, None),
    ],
)
def test_numbers_in_addresses(address: str, number: Any) -> None:
    assert id_in(address) == number


@pytest.mark.parametrize(
    ("told", "features"),
    [
        ({"live_covers": {"is_enabled": True}}, {"dynamic_cover"}),
        ({"has_market_app": 1, "live_covers": {"is_enabled": False}}, {"app"}),
        ({"live_covers": {"is_enabled": False}}, None),
        ({}, None),
    ],
)
def test_features_that_are_not_seen_are_not_known_to_be_wanting(
    told: dict[str, Any], features: set[str] | None
) -> None:
    seen = profile_of_group(wire.Group.model_validate({"id": 1, "name": "А", **told}))
    assert seen is not None
    assert seen.features == features


def test_profile_says_what_was_seen_and_nothing_more() -> None:
    seen = profile_of_group(wire.Group.model_validate({"id": 1, "name": "А", "site": "", "verified": 0, "cover": []}))
    assert seen is not None
    assert seen.fields == {"name": "А"}
    assert seen.seen_fields == {"name", "site"}
    assert (seen.verified, seen.cover, seen.avatar, seen.description) == (False, None, None, None)


@pytest.mark.parametrize(
    ("situation", "body", "status", "error"),
    [
        ("HTML with 200", b"<!doctype html><title>x</title>", 200, UnreadableAnswer),
        ("HTML with 502", b"<html>", 502, ServerFault),
        ("empty", b"", 200, UnreadableAnswer),
        ("cut", b'{"response": {"count"', 200, UnreadableAnswer),
        ("another thing", b"[1, 2]", 200, UnreadableAnswer),
        ("neither response nor error", b"{}", 200, UnreadableAnswer),
        ("wrong charset", '{"response": "привет"}'.encode("cp1251"), 200, UnreadableAnswer),
        ("too often", b"{}", 429, RateLimited),
        ("error as text", b'{"error": "invalid_request", "error_description": "x"}', 401, NetworkError),
    ],
)
def test_answers_that_are_no_answers(situation: str, body: Any, status: int, error: Any) -> None:
    with pytest.raises(error):
        open_answer(Answer(status, {}, body), wire.WallReply)


POST = {
    "id": 17,
    "owner_id": -123,
    "from_id": -123,
    "date": 1700000000,
    "text": "т",
    "post_type": "post",
    "attachments": [PHOTO],
    "comments": {"count": 2, "can_post": 1},
    "likes": {"count": 3},
    "copy_history": [{"id": 1, "owner_id": -9}],
    "is_pinned": 1,
}
ANSWER = {"id": 4, "from_id": -1, "date": 1700000001, "parents_stack": [3]}
COMMENT = {"id": 3, "from_id": 5, "date": 1700000000, "text": "т", "thread": {"count": 1, "items": [ANSWER]}}
GROUP = {
    "id": 1,
    "name": "г",
    "cover": {"enabled": 1},
    "links": [{"id": 1, "url": "https://vk.com/club3"}],
    "contacts": [{"phone": "8"}],
    "addresses": {"is_enabled": True, "count": 1, "main_address": {"title": "х"}},
}
BAN = {"type": "profile", "profile": {"id": 5}, "ban_info": {"date": 1700000000, "end_date": 0, "reason": 1}}


def _groups(reply: Any) -> Any:
    return [(profile_of_group(one), links_of(one).items) for one in reply.groups or () if one]


def test_a_link_whose_address_cannot_be_read_is_told_without_it() -> None:
    links = [{"id": 1, "name": "Край"}, {"id": 2, "url": "https://vk.com/krai"}]
    group = wire.Group.model_validate({"id": 1, "links": links})
    assert [(one.name, one.url, one.handle) for one in links_of(group).items] == [
        ("Край", None, None),
        (None, "https://vk.com/krai", "krai"),
    ]


SAMPLES: dict[str, tuple[Any, Any, Any]] = {
    "wall": (wire.WallReply, posts_of, {"count": 1, "items": [POST], "groups": [{"id": 9, "members_count": 5}]}),
    "comments": (
        wire.CommentReply,
        lambda reply: comments_of(reply, post="17", owner=-1),
        {"count": 2, "items": [COMMENT], "profiles": [{"id": 5, "first_name": "И"}]},
    ),
    "groups": (wire.GroupReply, _groups, {"groups": [GROUP]}),
    "users": (
        list[wire.Loose[wire.User]],
        lambda reply: [profile_of_user(one) for one in reply if one],
        [{"id": 1, "first_name": "И"}],
    ),
    "bans": (wire.BannedReply, bans_of, {"count": 1, "items": [BAN]}),
    "managers": (
        wire.MembersReply,
        lambda reply: managers_of(reply.items),
        {"count": 1, "items": [{"id": 5, "role": "editor"}]},
    ),
    "messages": (
        wire.HistoryReply,
        lambda reply: messages_of(reply.items),
        {"count": 1, "items": [{"id": 1, "peer_id": 5, "date": 1700000000, "out": 0, "text": "т"}]},
    ),
}

ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(10**18, 10**40), st.floats(), st.text(max_size=5),
    st.just([]), st.just({}), st.lists(st.integers(), max_size=2),
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in inside for place in _places(inner, (*path, key)))]


def _changed(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _changed(copy[path[0]], path[1:], odd)
    return copy


@settings(max_examples=400, deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(SAMPLES)), odd=ODD)
def test_a_mutated_answer_ends_in_a_value_or_in_our_error(data: Any, name: str, odd: Any) -> None:
    shape, read, sample = SAMPLES[name]
    body = _changed(sample, data.draw(st.sampled_from(_places(sample))), odd)
    try:
        result = read(open_answer(Answer(200, {}, json.dumps({"response": body}).encode()), shape))
    except MunsocialError:
        return
    assert result is not None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_end_in_a_value_or_in_our_error(body: Any) -> None:
    for opened in (
        lambda: open_answer(Answer(200, {}, body), wire.WallReply),
        lambda: open_pack(Answer(200, {}, body)),
    ):
        try:
            value = opened()
        except MunsocialError:
            continue
        assert value is not None


def test_a_mark_of_byte_order_before_an_answer_is_no_fault() -> None:
    body = b'\xef\xbb\xbf{"response": {"count": 0, "items": []}}'
    assert open_answer(Answer(200, {}, body), wire.WallReply).items == []

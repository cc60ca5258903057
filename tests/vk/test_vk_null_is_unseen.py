"""What VK gives as null, or in a form that cannot be read, was not seen: it is neither empty nor "no"."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.errors import NotFound, UnreadableAnswer
from munsocial.model.snapshot import Why
from munsocial.transport.port import drive
from vk_world import NOW, account, failing, gather, scripted

GROUP = {"id": 1, "name": "Администрация", "screen_name": "adm1"}
SHOWN = {"is_enabled": True, "count": 1}
EVERY = {"name", "site", "activity", "status", "email", "phone", "postal_address", "working_hours", "contacts"}

WORDS: list[tuple[str, dict[str, Any], set[str], set[str]]] = [
    ("a site that is empty", {"site": ""}, {"site"}, set()),
    ("a site as null", {"site": None}, set(), {"site"}),
    ("a site of a wrong form", {"site": ["x"]}, set(), {"site"}),
    ("status and activity as null", {"status": None, "activity": None}, set(), {"status", "activity"}),
    ("no contacts", {"contacts": []}, {"email", "phone"}, set()),
    ("contacts as null", {"contacts": None}, set(), {"email", "phone"}),
    ("a contact without an address", {"contacts": [{"phone": "8 800"}]}, {"email", "phone"}, set()),
    ("a contact whose phone is null", {"contacts": [{"phone": None, "email": "a@b.example"}]}, {"email"}, {"phone"}),
    ("a contact that is none", {"contacts": [None]}, set(), {"email", "phone"}),
    ("one of two contacts that is none", {"contacts": [{"phone": "8 800"}, 5]}, {"phone"}, {"email"}),
    ("addresses that are off", {"addresses": {"is_enabled": False}}, {"postal_address", "working_hours"}, set()),
    ("no addresses", {"addresses": SHOWN | {"count": 0}}, {"postal_address", "working_hours"}, set()),
    ("addresses as an empty list", {"addresses": []}, {"postal_address", "working_hours"}, set()),
    ("addresses as null", {"addresses": None}, set(), {"postal_address", "working_hours"}),
    ("nobody knows whether they are on", {"addresses": {"is_enabled": None}}, set(), {"postal_address"}),
    ("a number of addresses", {"addresses": SHOWN}, {"postal_address"}, {"working_hours"}),
    (
        "an address without hours",
        {"addresses": SHOWN | {"main_address": {"id": 3, "work_info_status": "no_information"}}},
        {"postal_address", "working_hours"},
        set(),
    ),
    (
        "an address with hours as null",
        {"addresses": SHOWN | {"main_address": {"id": 3, "work_info_status": None}}},
        {"postal_address"},
        {"working_hours"},
    ),
]


@pytest.mark.parametrize(("situation", "told", "seen", "unseen"), WORDS, ids=[one[0] for one in WORDS])
def test_a_word_of_a_profile_is_seen_when_vk_says_something_of_it(
    situation: str, told: dict[str, Any], seen: set[str], unseen: set[str]
) -> None:
    adapter, _ = scripted("service", groups_getById={"groups": [GROUP | told]})
    words = drive(adapter.read_profile(account())).seen_fields
    assert seen <= words, situation
    assert not unseen & words, situation
    assert words <= EVERY


@pytest.mark.parametrize("told", [{"site": None}, {"status": None}, {"site": 5}])
def test_neither_is_a_word_of_a_person(told: dict[str, Any]) -> None:
    adapter, _ = scripted("service", users_get=[{"id": 1, "first_name": "Анна", **told}])
    assert drive(adapter.read_profile(account(kind="profile"))).seen_fields == {"name"}


NOWHERE: list[tuple[str, Any, Any]] = [
    ("an empty list, as of old", [], None),
    ("an empty object", {}, None),
    ("a number", {"type": "group", "object_id": 1}, "1"),
    ("a number as null", {"type": "group", "object_id": None}, UnreadableAnswer),
    ("a number of a wrong form", {"type": "group", "object_id": "адм"}, UnreadableAnswer),
    ("a number that nobody has", {"type": "group", "object_id": 0}, UnreadableAnswer),
    ("a yes in place of a number", {"type": "group", "object_id": True}, UnreadableAnswer),
    ("a list of something", [{"object_id": 1}], UnreadableAnswer),
    ("a page of no kind", {"object_id": 1}, UnreadableAnswer),
]


@pytest.mark.parametrize(("situation", "told", "number"), NOWHERE, ids=[one[0] for one in NOWHERE])
def test_a_short_name_leads_nowhere_only_when_vk_says_so(situation: str, told: Any, number: Any) -> None:
    adapter, _ = scripted("service", utils_resolveScreenName=told, groups_getById=failing(100))
    view = gather(adapter, [account()], {"handle_now"})["adm1"].handle_now
    if number is UnreadableAnswer:
        with pytest.raises(UnreadableAnswer):
            drive(adapter.resolve_handle("adm1"))
        with pytest.raises(UnreadableAnswer):
            drive(adapter.list_waiting(account(network_id="")))
        assert (view.value, view.missing.why) == (None, Why.UNREADABLE), situation
    else:
        assert drive(adapter.resolve_handle("adm1")) == number, situation
        assert view.value == (number or "")


LISTS: list[tuple[str, Any, list[str] | None, Why | None]] = [
    ("somebody is blocked", {"count": 1, "items": [555], "profiles": []}, ["555"], None),
    ("nobody is", {"count": 0, "items": [], "profiles": []}, [], None),
    ("a list as null", {"count": None, "items": None}, [], Why.UNREADABLE),
    ("VK refuses", failing(15), None, Why.CLOSED),
]


@pytest.mark.parametrize(("situation", "told", "bans", "why"), LISTS, ids=[one[0] for one in LISTS])
def test_the_black_list_of_a_person_is_read_and_is_no_thing_that_a_person_has_not(
    situation: str, told: Any, bans: list[str] | None, why: Why | None
) -> None:
    adapter, _ = scripted("user", account_getBanned=told, users_get=[{"id": 1, "first_name": "Анна"}])
    seen = gather(adapter, [account(kind="profile")], {"bans", "managers"})["adm1"]
    found = None if seen.bans.value is None else [one.user_id for one in seen.bans.value]
    assert found == bans, situation
    told_why = seen.bans.missing or next(iter(seen.bans.gaps), None)
    assert (told_why and told_why.why) == why
    assert seen.managers.missing.why is Why.ABSENT


def test_without_a_key_of_the_person_it_is_not_seen() -> None:
    adapter, _ = scripted("service", users_get=[{"id": 1, "first_name": "Анна"}])
    bans = gather(adapter, [account(kind="profile")], {"bans"})["adm1"].bans
    assert (bans.value, bans.missing.why) == (None, Why.NO_RIGHT)


@pytest.mark.parametrize("thread", [[], {}, {"count": 0}, {"count": 0, "items": []}])
def test_a_thread_without_answers_is_none(thread: Any) -> None:
    comment = {"id": 31, "from_id": 555, "date": 1795000000, "text": "Когда?", "thread": thread}
    adapter, _ = scripted("user", wall_getComments={"count": 1, "current_level_count": 1, "items": [comment]})
    page = drive(adapter.list_comments(account(), "17"))
    assert (page.gaps, page.cursor) == ((), None)


@pytest.mark.parametrize(
    ("thread", "asked_for"),
    [
        (None, False),
        ("x", False),
        ([1], False),
        ({"count": None, "items": None}, False),
        ({"count": 3, "items": None}, True),
    ],
)
def test_answers_in_a_thread_that_could_not_be_read_are_a_gap_or_asked_for(thread: Any, asked_for: bool) -> None:
    comment = {"id": 31, "from_id": 555, "date": 1795000000, "text": "Когда?", "thread": thread}
    adapter, _ = scripted("user", wall_getComments={"count": 4, "current_level_count": 1, "items": [comment]})
    page = drive(adapter.list_comments(account(), "17"))
    assert [one.id for one in page.items] == ["31"]
    assert [gap.item for gap in page.gaps] == ["31"] * (not asked_for)
    assert bool(page.cursor) is asked_for


PARTS: list[tuple[str, dict[str, Any], int]] = [
    ("an empty text", {"text": "", "attachments": []}, 0),
    ("neither is told", {}, 0),
    ("a text as null", {"text": None}, 1),
    ("a text of a wrong form", {"text": ["x"]}, 1),
    ("a deleted one has none", {"text": None, "is_deleted": True, "deleted": True, "attachments": None}, 0),
]
OF_POSTS: list[tuple[str, dict[str, Any], int]] = [
    ("attachments as null", {"attachments": None}, 1),
    ("an attachment that is none", {"attachments": [{"type": "photo"}, None]}, 1),
    ("an attachment of no kind", {"attachments": [{"type": 5}]}, 1),
]


@pytest.mark.parametrize(("situation", "told", "gaps"), PARTS + OF_POSTS)
def test_what_of_a_post_could_not_be_read_is_a_gap_beside_it(situation: str, told: dict[str, Any], gaps: int) -> None:
    post = {"id": 17, "owner_id": -1, "from_id": -1, "date": 1795000000, **told}
    adapter, _ = scripted("user", wall_get={"count": 1, "items": [post]})
    page = drive(adapter.list_posts(account(), since=NOW, until=NOW))
    assert [one.id for one in page.items] == ["17"], situation
    assert [(gap.why, gap.item) for gap in page.gaps] == [(Why.UNREADABLE, "17")] * gaps


@pytest.mark.parametrize(("situation", "told", "gaps"), PARTS)
def test_a_comment_whose_words_could_not_be_read_is_a_gap(situation: str, told: dict[str, Any], gaps: int) -> None:
    comment = {"id": 31, "from_id": 555, "date": 1795000000, **told}
    adapter, _ = scripted("user", wall_getComments={"count": 1, "current_level_count": 1, "items": [comment]})
    page = drive(adapter.list_comments(account(), "17"))
    assert [one.id for one in page.items] == ["31"], situation
    assert [(gap.why, gap.item) for gap in page.gaps] == [(Why.UNREADABLE, "31")] * gaps


@pytest.mark.parametrize("told", [{"text": None, "attachments": None}, {"text": "Да"}])
def test_what_is_not_shown_at_all_is_one_gap(told: dict[str, Any]) -> None:
    """Neither has a moment; the second post stands on another wall."""
    posts = [{"id": 17, "owner_id": -1, **told}, {"id": 18, "owner_id": -9, "date": 1795000000, **told}]
    said = {"count": 1, "current_level_count": 1, "items": [{"id": 31, "from_id": 555, **told}]}
    adapter, _ = scripted("user", wall_get={"count": 2, "items": posts}, wall_getComments=said)
    page = drive(adapter.list_posts(account(), since=NOW, until=NOW))
    assert (page.items, [gap.item for gap in page.gaps]) == ((), ["17", "18"])
    talk = drive(adapter.list_comments(account(), "17"))
    assert (talk.items, [gap.item for gap in talk.gaps]) == ((), ["31"])


NOBODY: list[tuple[str, Any, bool]] = [
    ("an empty list", {"groups": []}, True),
    ("an empty bare list", [], True),
    ("another page", {"groups": [{"id": 9, "name": "Другая"}]}, True),
    ("no list", {"profiles": []}, False),
    ("a list as null", {"groups": None}, False),
    ("a row that is none", {"groups": [None]}, False),
    ("a row without a number", {"groups": [{"name": "Администрация"}]}, False),
    ("a row of a bare list that is none", ["x"], False),
]


@pytest.mark.parametrize(("situation", "told", "gone"), NOBODY, ids=[one[0] for one in NOBODY])
def test_there_is_no_page_only_when_vk_shows_none(situation: str, told: Any, gone: bool) -> None:
    adapter, _ = scripted("service", groups_getById=told)
    with pytest.raises(NotFound if gone else UnreadableAnswer):
        drive(adapter.read_profile(account()))
    seen = gather(adapter, [account()], {"profile"})["adm1"].profile
    assert (seen.value, seen.missing.why) == (None, Why.NOT_FOUND if gone else Why.UNREADABLE), situation


@pytest.mark.parametrize(("told", "gone"), [([], True), ([None], False), ([{"first_name": "Анна"}], False)])
def test_there_is_no_person_only_when_vk_shows_none(told: Any, gone: bool) -> None:
    adapter, _ = scripted("service", users_get=told)
    person = account(kind="profile")
    with pytest.raises(NotFound if gone else UnreadableAnswer):
        drive(adapter.read_profile(person))
    seen = gather(adapter, [person], {"profile"})["adm1"].profile
    assert (seen.value, seen.missing.why) == (None, Why.NOT_FOUND if gone else Why.UNREADABLE)

"""Servers that behave oddly: lists that repeat, counts that lie, older forms. Reading ends, and is honest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from munsocial.errors import NotFound, PermissionDenied, Unreachable, UnreadableAnswer
from munsocial.model.snapshot import Why
from munsocial.sandbox.faults import Fault, FaultKind, Faults
from munsocial.transport.port import drive
from vk_world import NOW, WEEK, account, connect, every, gather, make_world, scripted

AT = int(NOW.timestamp()) - 86400
SINCE = NOW - timedelta(days=7)


def post(number: int, at: int = AT, **fields: Any) -> dict[str, Any]:
    return {"id": number, "owner_id": -1, "from_id": -1, "date": at, "text": f"Новость {number}", **fields}


def comment(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": number, "from_id": 555, "date": AT + number, "text": "Когда?", "parents_stack": [], **fields}


def slices(items: list[Any], **more: Any) -> Any:
    def answer(fields: dict[str, Any]) -> Any:
        offset, count = int(fields.get("offset", 0)), int(fields.get("count", 20))
        return {"count": len(items), "items": items[offset : offset + count], **more}

    return answer


def wall(adapter: Any, since: Any = SINCE) -> list[Any]:
    return every(lambda cursor: adapter.list_posts(account(), since=since, until=NOW, cursor=cursor))


FOREVER = {"count": 10**12, "items": [post(n) for n in range(100, 0, -1)]}


def test_a_wall_that_repeats_its_page_ends_and_says_so() -> None:
    adapter, port = scripted("service", wall_get=FOREVER)
    pages = wall(adapter)
    # The third looks once beyond the page that came again: VK may hide what lies there.
    assert len(pages) == 3
    assert pages[-1].gaps
    view = gather(adapter, [account()], {"posts"})["adm1"]
    assert len(view.posts.value) == 100
    assert not view.posts.complete
    assert port.sent == 6


@pytest.mark.parametrize(
    ("method", "part", "item"),
    [
        ("wall_getComments", "comments", comment(1)),
        ("groups_getBanned", "bans", {"type": "profile", "profile": {"id": 7}, "ban_info": {"end_date": 0}}),
    ],
)
def test_other_lists_that_repeat_end_too(method: Any, part: Any, item: Any) -> None:
    answers: dict[str, Any] = {method: {"count": 10**9, "current_level_count": 10**9, "items": [item] * 100}}
    adapter, port = scripted(
        "service", "community", wall_get={"count": 1, "items": [post(1, comments={"count": 9})]}, **answers
    )
    reading = (
        adapter.read_bans if part == "bans" else lambda one, cursor: adapter.list_comments(one, "1", cursor=cursor)
    )
    assert len(every(lambda cursor: reading(account(), cursor=cursor))) <= 3
    view = gather(adapter, [account()], {part, "posts"})["adm1"]
    assert len(getattr(view, part).value) == 1
    assert port.sent < 12


def test_subscriptions_and_dialogs_that_repeat_end_too() -> None:
    followed = {"count": 10**9, "items": [{"id": 5, "screen_name": "governor"}]}
    dialog = {"conversation": {"peer": {"id": 555}}, "last_message": {"id": 1, "peer_id": 555, "date": AT}}
    adapter, port = scripted(
        "service",
        "community",
        users_getSubscriptions=followed,
        users_get=[{"id": 8, "first_name": "Глава"}],
        messages_getConversations={"count": 10**9, "items": [dialog]},
        messages_getHistory={"count": 10**9, "items": [{"id": 1, "peer_id": 555, "date": AT, "text": "а"}]},
    )
    head = account(8, kind="profile")
    with pytest.raises(UnreadableAnswer):
        drive(adapter.read_links(head))
    links = gather(adapter, [head], {"links"})["adm8"].links
    assert (len(links.value), links.complete) == (1, False)
    pages = every(lambda cursor: adapter.list_messages(account(), since=SINCE, cursor=cursor))
    assert {one.id for page in pages for one in page} == {"1"}
    assert port.sent < 15


@pytest.mark.parametrize("shown", [{"count": 50, "items": []}, {"count": 50}, {"count": 50, "items": None}])
def test_what_is_counted_and_not_shown_is_no_zero(shown: Any) -> None:
    adapter, _ = scripted("service", wall_get=shown, wall_getComments={**shown, "current_level_count": 50})
    assert wall(adapter)[0].gaps
    assert drive(adapter.list_comments(account(), "17")).gaps
    assert not gather(adapter, [account()], {"posts"})["adm1"].posts.complete


def test_an_empty_wall_is_seen_to_be_empty() -> None:
    adapter, _ = scripted("service", wall_get={"count": 0, "items": []})
    posts = gather(adapter, [account()], {"posts"})["adm1"].posts
    assert (posts.value, posts.complete) == ((), True)


def test_a_list_without_a_count_is_read_until_nothing_comes() -> None:
    items = [post(n, at=AT - n) for n in range(250)]

    def answer(fields: dict[str, Any]) -> Any:
        offset = int(fields.get("offset", 0))
        return {"items": items[offset : offset + int(fields["count"])]}

    adapter, _ = scripted("service", wall_get=answer)
    assert len({one.id for page in wall(adapter) for one in page}) == 250
    assert len(gather(adapter, [account()], {"posts"})["adm1"].posts.value) == 250


@pytest.mark.parametrize("marked", [{"is_pinned": 1}, {}])
def test_an_old_post_on_top_does_not_end_the_reading(marked: Any) -> None:
    old = post(1, at=AT - 400 * 86400, **marked)
    items = [old, *(post(n, at=AT - 60 * n) for n in range(200, 80, -1))]
    adapter, _ = scripted("service", wall_get=slices(items))
    posts = gather(adapter, [account()], {"posts"})["adm1"].posts.value
    assert len([one for one in posts if one.at > SINCE]) == 120


def test_posts_and_comments_of_one_second_stand_in_the_order_of_their_numbers() -> None:
    same = [post(n, comments={"count": 3}) for n in (10, 9, 100)]
    comments = slices([comment(n) | {"date": AT} for n in (30, 9, 200)], current_level_count=3)
    adapter, _ = scripted("service", wall_get=slices(same), wall_getComments=comments)
    view = gather(adapter, [account()], {"posts", "comments"})["adm1"]
    assert [one.id for one in view.posts.value] == ["9", "10", "100"]
    assert [one.id for one in view.comments.value] == ["9", "30", "200"]


def test_posts_published_while_reading_do_not_hide_others() -> None:
    items = [post(n, at=AT - n) for n in range(1, 131)]
    fresh = [post(1000 + n, at=AT + n) for n in range(5)]

    def answer(fields: dict[str, Any]) -> Any:
        offset = int(fields.get("offset", 0))
        now = fresh + items if offset else items
        return {"count": len(now), "items": now[offset : offset + int(fields["count"])]}

    adapter, _ = scripted("service", wall_get=answer)
    posts = gather(adapter, [account()], {"posts"})["adm1"].posts.value
    assert {one.id for one in posts} >= {str(n) for n in range(1, 131)}


GROUP = {"id": 1, "name": "Администрация", "screen_name": "adm1", "links": []}


def test_the_bare_list_of_older_versions_is_understood() -> None:
    adapter, _ = scripted("service", groups_getById=[GROUP], settings={"api_version": "5.131"})
    assert drive(adapter.read_profile(account())).name == "Администрация"
    assert gather(adapter, [account()], {"profile"})["adm1"].profile.value.name == "Администрация"


@pytest.mark.parametrize("reply", [{"groups": []}, []])  # what cannot be read: test_vk_null_is_unseen.py
def test_a_page_that_does_not_come_is_not_there(reply: Any) -> None:
    adapter, _ = scripted("service", groups_getById=reply)
    with pytest.raises(NotFound):
        drive(adapter.read_profile(account()))
    assert gather(adapter, [account()], {"profile"})["adm1"].profile.value is None


@pytest.mark.parametrize("found", [{"type": "user", "object_id": 1}, {"type": "application", "object_id": 1}, []])
def test_a_handle_of_another_kind_of_page_is_not_taken_for_ours(found: Any) -> None:
    adapter, port = scripted("service", utils_resolveScreenName=found, wall_getComments=slices([comment(1)]))
    with pytest.raises(NotFound):
        drive(adapter.list_comments(account(network_id=""), "17"))
    assert [method for method, _ in port.asked] == ["utils.resolveScreenName"]


def test_managers_whose_roles_are_hidden_are_not_nobody() -> None:
    adapter, _ = scripted("community", groups_getMembers={"count": 1, "items": [{"id": 500, "first_name": "М"}]})
    with pytest.raises(PermissionDenied):
        drive(adapter.read_managers(account()))
    view = gather(adapter, [account()], {"managers"})["adm1"]
    assert view.managers.value is None
    assert view.managers.missing.why is Why.NO_RIGHT
    assert "нужен ключ администратора" in view.managers.missing.ru


def test_a_manager_whose_role_is_hidden_beside_others_is_told_as_that() -> None:
    items = [{"id": 500, "role": "editor"}, {"id": 501}]
    adapter, _ = scripted("community", groups_getMembers={"count": 2, "items": items})
    managers = gather(adapter, [account()], {"managers"})["adm1"].managers
    assert [one.network_id for one in managers.value] == ["500"]
    assert [(one.item, one.why) for one in managers.gaps] == [("501", Why.NO_RIGHT)]


def test_what_cannot_be_read_is_named_in_russian() -> None:
    adapter, _ = scripted("service", wall_get={"count": 1, "items": [{"id": 5}]})
    gaps = gather(adapter, [account()], {"posts"})["adm1"].posts.gaps
    assert [(one.ru, one.en) for one in gaps] == [
        ("В ответе ВКонтакте не читается: запись 5.", "An item of VK's answer cannot be read: post 5.")
    ]


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("https://vk.com/club123", "123"),
        ("vk.ru/public123", "123"),
        ("https://m.vk.com/event123", "123"),
        ("https://vk.com/wall-123_17", "123"),
        ("https://vk.com/feed?w=wall-123_17", "123"),
        ("https://vkontakte.ru/Adm1", "77"),
        ("adm1", "77"),
        ("https://vk.com/adm1?from=search", "77"),
        ("https://vk.com/id5", "5"),
        ("id5", "5"),
        ("https://vk.com/video-123_5", None),
        ("https://vk.com/topic-123_9?post=4", None),
    ],
)
def test_addresses_in_any_form_lead_to_their_page(given: Any, number: Any) -> None:
    def resolve(fields: dict[str, Any]) -> Any:
        known = fields["screen_name"].casefold() in ("adm1", "video", "topic")
        return {"type": "group", "object_id": 77} if known else []

    adapter, _ = scripted("service", utils_resolveScreenName=resolve)
    assert drive(adapter.resolve_handle(given)) == number


@pytest.mark.parametrize(
    ("kind", "handle", "owner"), [("profile", "id5", 5), ("community", "club5", -5), ("profile", "club5", None)]
)
def test_a_number_in_a_handle_is_one_of_its_own_kind_of_page(kind: str, handle: str, owner: int | None) -> None:
    adapter, port = scripted("user", wall_get={"count": 0, "items": []}, utils_resolveScreenName=[])
    one = account(network_id="", handle=handle, kind=kind)
    if owner is None:
        with pytest.raises(NotFound):
            drive(adapter.list_waiting(one))
    else:
        drive(adapter.list_waiting(one))
        assert int(port.asked[-1][1]["owner_id"]) == owner


@pytest.mark.parametrize("made", [{}, {"comment_id": None}, {"parents_stack": []}])
def test_an_answer_that_is_not_named_is_no_success(made: Any) -> None:
    adapter, _ = scripted("community", wall_createComment=made)
    with pytest.raises(UnreadableAnswer):
        drive(adapter.reply(account(), "Ответ", post="5", key="k"))


def test_a_deed_that_vk_answers_with_zero_is_not_asked_for_again() -> None:
    adapter, port = scripted("user", wall_pin=0)
    with pytest.raises(UnreadableAnswer) as caught:
        drive(adapter.pin_post(account(), "5"))
    assert len(port.asked) == 1
    assert caught.value.executed is None


def test_whom_a_person_has_blocked_is_read_from_the_persons_own_list() -> None:
    reply = {"count": 2, "items": [555, -9], "profiles": [{"id": 555, "first_name": "Пётр"}], "groups": []}
    adapter, _ = scripted("user", account_getBanned=reply)
    bans = drive(adapter.read_bans(account(kind="profile"))).items
    assert [(one.user_id, one.name, one.forever) for one in bans] == [("555", "Пётр", True), ("-9", None, True)]


def test_everything_that_a_profile_can_show_is_asked_for_and_kept() -> None:
    told = GROUP | {
        "contacts": [{"user_id": 555, "desc": "Пресс-служба", "phone": "8 800", "email": "a@example.org"}],
        "status": "Работаем",
        "city": {"id": 1, "title": "Приречье"},
        "wall": 3,
    }
    adapter, port = scripted("service", groups_getById={"groups": [told]})
    seen = drive(adapter.read_profile(account()))
    assert seen.fields["contacts"] == "Пресс-служба, id555, 8 800, a@example.org"
    assert (seen.fields["status"], seen.fields["city"], seen.comments_open) == ("Работаем", "Приречье", False)
    wanted = "description members_count verified site status cover has_photo crop_photo links contacts addresses "
    wanted += "fixed_post live_covers activity city counters wall can_message online_status age_limits main_section "
    wanted += "secondary_section ban_info is_government_organization trust_mark is_verified"
    assert set(wanted.split()) <= set(port.asked[0][1]["fields"].split(","))


def test_what_a_persons_page_says_of_itself_is_kept_and_not_only_seen() -> None:
    told = {"id": 1, "first_name": "Анна", "last_name": "Ли", "status": "На связи", "city": {"title": "Приречье"}}
    adapter, _ = scripted("service", users_get=[told])
    seen = drive(adapter.read_profile(account(kind="profile")))
    assert seen.fields == {"name": "Анна Ли", "status": "На связи", "city": "Приречье"}


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"work_info_status": "always_opened"}, "always_opened"),
        ({"work_info_status": "timetable", "timetable": {"mon": {"open_time": 540}}}, "timetable"),
        ({"work_info_status": "no_information", "timetable": {"mon": {"open_time": 540}}}, "timetable"),
        ({"work_info_status": "no_information"}, None),
    ],
)
def test_phones_of_contacts_and_of_the_address_stand_beside_each_other(hours: Any, said: Any) -> None:
    contacts = [{"phone": "8 800"}, {"phone": "8 801"}, {"phone": "8 800"}]
    addresses = {"is_enabled": True, "count": 1, "main_address": {"id": 3, "phone": "8 861", **hours}}
    told = GROUP | {"contacts": contacts, "addresses": addresses}
    adapter, _ = scripted("service", groups_getById={"groups": [told]})
    fields = drive(adapter.read_profile(account())).fields
    assert (fields["phone"], fields.get("working_hours")) == ("8 800; 8 801; 8 861", said)


@pytest.mark.parametrize("shown", [{"is_enabled": False, "count": 1}, {"is_enabled": True, "count": 0}])
def test_an_address_that_the_page_does_not_show_lends_it_no_phone(shown: Any) -> None:
    told = GROUP | {"addresses": {"main_address": {"id": 3, "phone": "8 861", "address": "Мира, 1"}, **shown}}
    adapter, _ = scripted("service", groups_getById={"groups": [told]})
    assert not {"phone", "postal_address"} & drive(adapter.read_profile(account())).fields.keys()


def test_counts_below_zero_and_figures_as_texts_are_read_for_what_they_are() -> None:
    item = {"id": 5, "owner_id": -1, "from_id": -1, "date": 1795165200, "text": "а"}
    counts = {"comments": {"count": -1}, "likes": {"count": "3"}, "views": [], "reposts": {"count": None}}
    adapter, _ = scripted("service", "user", wall_get={"count": "1", "items": [item | counts]}, stats_get=PERIODS)
    post = drive(adapter.list_posts(account(), since=NOW - timedelta(days=30), until=NOW)).items[0]
    assert (post.comments, post.likes, post.views, post.reposts) == (None, 3, None, None)
    assert drive(adapter.read_stats(account(), WEEK)).figures == {"views": 15, "likes": 2}


PERIODS: list[Any] = [
    {"visitors": {"views": "10"}, "activity": {"likes": 2, "comments": None}},
    None,
    [],
    {"visitors": {"views": 5}},
]


def test_messages_of_a_chat_are_told_apart_by_their_numbers_within_it() -> None:
    said = [{"id": 0, "peer_id": 2000000001, "date": 1795165200, "conversation_message_id": n} for n in (4, 5)]
    adapter, port = scripted(
        "community", messages_getHistory={"count": 2, "items": said}, messages_delete=[{"response": 1}]
    )
    since = NOW - timedelta(days=30)
    found = drive(adapter.list_messages(account(), since=since, cursor="2000000001:0")).items
    assert [one.id for one in found] == ["2000000001_4", "2000000001_5"]
    drive(adapter.delete_message(account(), found[0].id))
    assert (port.asked[-1][1]["peer_id"], port.asked[-1][1]["cmids"]) == ("2000000001", "4")


@pytest.mark.parametrize("kind", ["community", "profile"])
def test_a_wall_that_its_short_name_does_not_lead_to_is_read_by_number(kind: str) -> None:
    sign = 1 if kind == "profile" else -1
    post = {"id": 5, "owner_id": sign * 77, "from_id": sign * 77, "date": int(NOW.timestamp()) - 60, "text": "а"}

    def wall(fields: dict[str, Any]) -> Any:
        if str(fields.get("owner_id")) == str(sign * 77):
            return {"count": 1, "items": [post]}
        return {"error": {"error_code": 100, "error_msg": "domain is undefined"}}

    page = {"id": 77, "name": "Администрация", "screen_name": "adm77", "first_name": "Мария"}
    adapter, _ = scripted("service", groups_getById={"groups": [page]}, users_get=[page], wall_get=wall)
    view = gather(adapter, [account(network_id="", handle="adm77", kind=kind)], {"profile", "posts"})["adm1"]
    assert [one.id for one in view.posts.value] == ["5"]


@pytest.mark.parametrize(("level", "complete"), [({"current_level_count": 0}, True), ({}, False)])
def test_deleted_comments_that_are_still_counted_are_no_gap(level: dict[str, int], complete: bool) -> None:
    post = {"id": 5, "owner_id": -1, "from_id": -1, "date": int(NOW.timestamp()) - 60, "comments": {"count": 2}}
    adapter, _ = scripted(
        "service", wall_get={"count": 1, "items": [post]}, wall_getComments={"count": 2, "items": [], **level}
    )
    view = gather(adapter, [account()], {"posts", "comments"})["adm1"]
    assert (view.comments.value, view.comments.complete) == ((), complete)
    assert (drive(adapter.list_comments(account(), "5")).gaps == ()) is complete


@pytest.mark.parametrize(
    "deed",
    [
        lambda vk: vk.delete_post(account(), "17"),
        lambda vk: vk.delete_comment(account(), "17"),
        lambda vk: vk.unban(account(), "555"),
        lambda vk: vk.delete_message(account(), "5"),
        lambda vk: vk.resolve_handle("adm1"),
    ],
    ids=["delete_post", "delete_comment", "unban", "delete_message", "resolve_handle"],
)
def test_a_page_of_a_gateway_with_404_is_no_word_of_vk(deed: Any) -> None:
    adapter, _ = connect(
        make_world(), "service", "community", "user", faults=Faults(Fault(FaultKind.NOWHERE, times=None))
    )
    with pytest.raises(Unreachable, match="404") as caught:
        drive(deed(adapter))
    assert (caught.value.executed, caught.value.network_code) == (False, "404")


def test_a_page_of_a_gateway_with_404_takes_no_account_for_gone() -> None:
    adapter, port = connect(make_world(), "service", faults=Faults(Fault(FaultKind.NOWHERE, times=None)))
    views = gather(adapter, [account(number) for number in range(1, 9)], {"profile", "posts", "handle_now"})
    seen = {fact.missing.why for view in views.values() for fact in (view.profile, view.posts, view.handle_now)}
    assert seen == {Why.UNREACHABLE}
    assert {view.handle_now.value for view in views.values()} == {None}
    assert port.calls.total() < len(views)

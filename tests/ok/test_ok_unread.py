"""What could not be read is no fact: nothing is told as deleted, empty or absent for want of a readable answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from munsocial.errors import (
    FloodRefused,
    KeyInvalid,
    NetworkError,
    NotFound,
    QuotaSpent,
    ServerFault,
    UnreadableAnswer,
)
from munsocial.model.accounts import AccountKind
from munsocial.model.content import PostState
from munsocial.network.drafts import Window
from munsocial.operate.collecting.reading import read_view
from munsocial.transport.faults import LookFirst
from munsocial.transport.port import Answer, Request
from ok_world import ACCOUNT, GID, NOW, PERSON, SINCE, District, run


def told(district: District, **answers: Any) -> District:
    """Let a face give these answers to REST methods, whose points are written as two underlines."""
    real = district.face.handle

    def telling(request: Request) -> Answer:
        method = (request.form or {}).get("method", "").replace(".", "__")
        return Answer(200, {}, json.dumps(answers[method]).encode()) if method in answers else real(request)

    district.face.handle = telling  # type: ignore[method-assign]  # a face that answers otherwise
    return district


# --- posts

UNREADABLE_TOPICS = {
    "a post without id": [{"id": None, "media": []}],
    "a post of a wrong kind": ["x"],
    "a text for a list": "x",
    "an object for a list": {"0": {"id": "1"}},
    "a number for a list": 7,
}


@pytest.mark.parametrize("topics", UNREADABLE_TOPICS.values(), ids=UNREADABLE_TOPICS)
def test_an_unreadable_post_is_neither_deleted_nor_gone(topics: Any) -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    told(district, mediatopic__getByIds={"media_topics": topics})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.delete_post(ACCOUNT, post.id))
    assert district.asked("mediatopic.deleteTopic") == 0
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_post(ACCOUNT, post.id))
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert page.items == ()
    assert [gap.why for gap in page.gaps] == ["unreadable"]


def test_an_unreadable_post_of_a_parcel_hides_neither_its_neighbours_nor_that_it_is_there() -> None:
    district = District()
    made = [district.world.publish("ok", GID, f"{n}", at=district.ago(days=n + 1)).id for n in range(3)]
    told(district, mediatopic__getByIds={"media_topics": [{"id": made[0], "created_ms": 1764000000000}, {"media": []}]})
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert [(one.id, one.state) for one in page.items] == [(made[0], PostState.PUBLISHED)]
    assert page.gaps


@pytest.mark.parametrize(("code", "asked"), [(8, 2), (10, 2), (1, 4)], ids=["flood", "no right", "a fault"])
def test_a_parcel_that_fails_takes_nothing_from_what_was_read_and_asks_for_nothing_else(code: int, asked: int) -> None:
    district = District()
    made = [district.world.publish("ok", GID, f"{n}", at=district.ago(hours=n + 1)).id for n in range(25)]
    real = district.face.handle

    def failing(request: Request) -> Answer:
        if (request.form or {}).get("method") == "mediatopic.getByIds":
            told(district, mediatopic__getByIds={"error_code": code})
        return real(request)

    district.face.handle = failing  # type: ignore[method-assign]  # a face that fails from the second parcel on
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    (gap,) = page.gaps
    shown = {one.id for one in page.items}
    assert (len(shown), {one.state for one in page.items}) == (20, {PostState.PUBLISHED})
    assert set(gap.item.split(",")) == set(made) - shown
    assert district.asked("mediatopic.getByIds") == asked
    assert district.asked("mediatopic.getRepublishedTopic") == 0


def test_a_flood_while_names_are_looked_up_leaves_the_comments_and_stops_the_rest() -> None:
    district = District()
    district.face.nameless = True
    posts = [district.world.publish("ok", GID, f"{n}", at=district.ago(hours=n + 1)).id for n in range(3)]
    for post in posts:
        district.world.comment("ok", GID, post, "Когда?", author=PERSON)
    told(district, users__getInfo={"error_code": 8, "error_msg": "FLOOD"})
    window = Window(SINCE, NOW)
    view = run(read_view(district.ok, ACCOUNT, window, frozenset({"posts", "comments", "bans"}), district.world.now))
    assert [one.author_name for one in view.comments.value or ()] == [None]
    assert len(view.comments.gaps) == 2
    assert view.bans.value is None
    assert (district.asked("users.getInfo"), district.asked("discussions.getComments")) == (1, 1)
    assert district.asked("group.getMembers") == 0


@pytest.mark.parametrize("answer", [{"media_topics": None}, {"media_topics": []}, {}, {"has_more": False}])
def test_an_answer_that_is_whole_and_lacks_a_post_tells_that_it_is_gone(answer: dict[str, Any]) -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    told(district, mediatopic__getByIds=answer)
    assert run(district.ok.read_post(ACCOUNT, post.id)) is None
    (found,) = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW)).items
    assert found.state is PostState.DELETED


FIGURES_ONLY = {"views": 5.5, "likes": "many", "comments": -1, "reshares": None, "created_ms": "today"}


def test_a_figure_that_is_not_whole_or_not_read_leaves_no_gap_in_the_list_of_posts() -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1)).id
    topic = {"id": post, "created_ms": 1795330800000, "media": [], "delete_id": 9155, "like_summary": {"count": {}}}
    told(
        district,
        group__getStatTopics={"topics": [{"id": post, **FIGURES_ONLY}], "has_more": False},
        mediatopic__getByIds={"media_topics": [topic]},
    )
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert page.gaps == ()
    assert [(one.views, one.likes, one.reposts) for one in page.items] == [(5, None, None)]


def test_a_post_is_deleted_by_its_own_id_for_deletion_though_it_comes_as_a_number() -> None:
    district = District()
    post = district.world.publish("ok", GID, "Ошибка", at=district.ago(days=1)).id
    told(district, mediatopic__getByIds={"media_topics": [{"id": post, "media": [], "delete_id": 9155}]})
    with pytest.raises(NetworkError):  # it is shown as before
        run(district.ok.delete_post(ACCOUNT, post))
    forms = [one.form or {} for one in district.port.sent]
    (sent, *_) = (form for form in forms if form["method"] == "mediatopic.deleteTopic")
    assert sent["delete_id"] == "9155"


BESIDE: dict[str, tuple[dict[str, Any], int, int]] = {
    "no author": ({"author_id": "", "author_name": ""}, 1, 0),
    "no answer": ({"reply_to_comment_id": ""}, 1, 0),
    "a number for a date": ({"date": 1795330800000}, 1, 0),
    "milliseconds beside": ({"date": {"is": "no date"}, "date_ms": 1795330800000}, 1, 0),
    "no date": ({"date": {"is": "no date"}}, 0, 1),
    "a name of a wrong kind": ({"author_name": 7}, 1, 0),
    "no text": ({"text": {"is": "no text"}}, 1, 1),
    "no kind": ({"type": 5}, 1, 1),
}


@pytest.mark.parametrize(("fields", "shown", "gaps"), BESIDE.values(), ids=BESIDE)
def test_only_what_decides_of_a_comment_is_told_as_unread(fields: dict[str, Any], shown: int, gaps: int) -> None:
    comment = {
        "id": "MTox",
        "author_id": PERSON,
        "author_name": "Анна",
        "text": "Когда?",
        "date": "2026-11-22 10:00:00",
    }
    told_so = {"comments": [{**comment, **fields}], "has_more": False}
    page = run(told(District(), discussions__getComments=told_so).ok.list_comments(ACCOUNT, "155"))
    assert (len(page.items), len(page.gaps)) == (shown, gaps)
    assert all(one.reply_to is None for one in page.items)


def test_a_post_without_a_moment_is_a_gap_and_not_gone() -> None:
    district = District()
    told(district, mediatopic__getByIds={"media_topics": [{"id": "155"}]})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_post(ACCOUNT, "155"))
    told(district, group__getStatTopics={"topics": [{"id": "155"}, {"id": "156"}], "has_more": False})
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert (page.items, [gap.item for gap in page.gaps]) == ((), ["155", "156"])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"media_topics": "x"}, UnreadableAnswer),
        ({"x": 1}, UnreadableAnswer),
        ({"error_code": 8, "error_msg": "FLOOD"}, FloodRefused),
        ({"error_code": 11, "error_msg": "LIMIT"}, QuotaSpent),
    ],
    ids=["unreadable", "another answer", "refused for the account", "refused for the method"],
)
def test_a_deletion_that_reading_cannot_confirm_is_unclear(answer: Any, kind: type[NetworkError]) -> None:
    district = District()
    post = district.world.publish("ok", GID, "Ошибка", at=district.ago(days=1))
    real = district.face.handle

    def silent_afterwards(request: Request) -> Answer:
        if (request.form or {}).get("method") == "mediatopic.deleteTopic":
            told(district, mediatopic__getByIds=answer)
        return real(request)

    district.face.handle = silent_afterwards  # type: ignore[method-assign]  # a face that falls silent
    with pytest.raises(kind) as caught:
        run(district.ok.delete_post(ACCOUNT, post.id))
    assert caught.value.executed is None
    assert "удалите ещё раз" in caught.value.say("ru")
    assert isinstance(caught.value.remedy, LookFirst), "or the step tells no more than that the answer was lost"


# --- lists

WRONG_LISTS: dict[str, dict[str, Any]] = {
    "a text": {"members": "x"},
    "an object": {"members": {"0": {"userId": "1"}}},
    "a number, and people counted": {"members": 7, "totalCount": 5},
    "an anchor of a wrong kind": {"members": [{"userId": PERSON, "status": "ADMIN"}], "anchor": {"at": 1}},
    "an end of a wrong kind": {"members": [{"userId": PERSON, "status": "ADMIN"}], "has_more": {}},
    "nobody shown, and people counted": {"totalCount": 3, "members": []},
    "no list, and people counted": {"totalCount": 3},
    "fewer shown than counted, and more follow": {"totalCount": 3, "has_more": True, "members": [{"userId": PERSON}]},
    "fewer shown than counted, and the anchor stays": {"totalCount": 3, "anchor": "a", "members": [{"userId": PERSON}]},
}


@pytest.mark.parametrize("answer", WRONG_LISTS.values(), ids=WRONG_LISTS)
def test_a_list_of_people_that_is_no_list_is_unknown_and_not_empty(answer: dict[str, Any]) -> None:
    district = told(District(), group__getMembers=answer)
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_managers(ACCOUNT))
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_bans(ACCOUNT))


FEWER_SHOWN: dict[str, tuple[dict[str, Any], int, list[str]]] = {
    "a profile is hidden": ({"totalCount": 3, "has_more": False}, 2, ["OK counts 3, shows 2"]),
    "all members are counted": ({"totalCount": 1234, "has_more": False}, 2, ["OK counts 1234, shows 2"]),
    "without a word of more": ({"totalCount": 3}, 2, ["OK counts 3, shows 2"]),
    "a row comes twice": ({"totalCount": 2, "has_more": False}, 1, ["OK counts 2, shows 1"]),
    "as many as counted": ({"totalCount": 2, "has_more": False}, 2, []),
    "fewer counted": ({"totalCount": 1, "has_more": False}, 2, []),
    "not counted": ({"totalCount": None, "has_more": False}, 2, []),
}


@pytest.mark.parametrize(("answer", "shown", "gaps"), FEWER_SHOWN.values(), ids=FEWER_SHOWN)
def test_who_is_counted_and_not_shown_takes_nobody_else_away(
    answer: dict[str, Any], shown: int, gaps: list[str]
) -> None:
    people = [PERSON, str(int(PERSON) + shown - 1)]

    def members(status: str) -> dict[str, Any]:
        return {**answer, "members": [{"userId": one, "status": status} for one in people]}

    page = run(told(District(), group__getMembers=members("BLOCKED")).ok.read_bans(ACCOUNT))
    assert ([one.user_id for one in page.items], page.cursor) == (people[:shown], None)
    assert [gap.en.partition(":")[0] for gap in page.gaps] == gaps
    managers = run(told(District(), group__getMembers=members("ADMIN")).ok.read_managers(ACCOUNT))
    assert [one.network_id for one in managers] == people[:shown]


def test_nobody_shown_of_those_counted_is_told_as_that() -> None:
    with pytest.raises(UnreadableAnswer, match="ОК насчитал 3, но не показал никого") as caught:
        run(told(District(), group__getMembers={"totalCount": 3, "members": []}).ok.read_managers(ACCOUNT))
    assert "на сайте ОК" in caught.value.say("ru")


@pytest.mark.parametrize("answer", [{}, {"members": None}, {"members": [], "totalCount": 0}])
def test_a_black_list_of_nobody_is_empty_and_a_group_without_managers_is_not_known(answer: dict[str, Any]) -> None:
    district = told(District(), group__getMembers=answer)
    page = run(district.ok.read_bans(ACCOUNT))
    assert (page.items, page.gaps) == ((), ())
    with pytest.raises(UnreadableAnswer, match="ОК не показал никого, а кто-то там есть"):
        run(district.ok.read_managers(ACCOUNT))


@pytest.mark.parametrize("rows", [None, [], [{"userId": PERSON}]], ids=["no list", "nobody", "somebody"])
def test_people_that_are_hidden_are_not_told_as_absent(rows: Any) -> None:
    district = told(District(), group__getMembers={"membersHidden": True, "members": rows, "has_more": False})
    with pytest.raises(UnreadableAnswer, match="участники группы скрыты"):
        run(district.ok.read_managers(ACCOUNT))
    page = run(district.ok.read_bans(ACCOUNT))
    assert [one.user_id for one in page.items] == [row["userId"] for row in rows or ()]
    assert [(gap.why, gap.item) for gap in page.gaps] == [("unreadable", "bans")]


@pytest.mark.parametrize(
    "groups",
    [{"0": {}}, [{"status": "ACTIVE"}], [{"groupId": GID}, {"groupId": None, "status": "ADMIN"}]],
    ids=["no list", "no group is named", "one is not named"],
)
def test_subscriptions_that_cannot_be_read_are_unknown(groups: Any) -> None:
    district = told(District(), group__getUserGroupsV2={"groups": groups})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_links(ACCOUNT))


NAMELESS: dict[str, tuple[list[dict[str, Any]], bool]] = {
    "blocked": ([{"status": "BLOCKED"}], True),
    "asked and not taken yet": ([{"status": "MAYBE"}], True),
    "blocked, and joined": ([{"status": "ACTIVE"}, {"status": "BLOCKED"}], False),
    "joined, and blocked": ([{"status": "BLOCKED"}, {"status": "ACTIVE"}], False),
    "of a status that is not told": ([{}], False),
}


@pytest.mark.parametrize(("rows", "known"), NAMELESS.values(), ids=NAMELESS)
def test_a_nameless_group_that_counts_for_nothing_hides_no_other(rows: list[dict[str, Any]], known: bool) -> None:
    groups = [{"groupId": GID, "userId": PERSON, "status": "ACTIVE"}, *({"userId": PERSON, **row} for row in rows)]
    district = told(District(), group__getUserGroupsV2={"groups": groups})
    if known:
        assert [one.network_id for one in run(district.ok.read_links(ACCOUNT))] == [GID]
        return
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_links(ACCOUNT))


@pytest.mark.parametrize("comments", ["x", {"0": {"id": "1"}}, 7])
def test_comments_that_are_no_list_are_a_gap(comments: Any) -> None:
    page = run(told(District(), discussions__getComments={"comments": comments}).ok.list_comments(ACCOUNT, "155"))
    assert (page.items, len(page.gaps)) == ((), 1)


@pytest.mark.parametrize(
    "groups",
    [{"groups": "x"}, {"groups": {"0": {"uid": GID}}}, {"groups": [{"uid": None}]}, [{"name": "Сад"}]],
    ids=["a text", "an object", "no id", "no id in a bare list"],
)
def test_a_group_that_could_not_be_read_is_not_told_as_missing(groups: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        run(told(District(), group__getInfo=groups).ok.read_profile(ACCOUNT))


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ({"error_code": 2, "error_msg": "SERVICE"}, ServerFault),
        ({"error_code": 102, "error_msg": "PARAM_SESSION_EXPIRED"}, KeyInvalid),
        ([{"name": "Анна"}], UnreadableAnswer),
        ([], NotFound),
    ],
    ids=["a fault", "a dead token", "no id", "nobody"],
)
def test_a_person_is_missing_only_if_ok_says_so(users: Any, error: type[NetworkError]) -> None:
    person = ACCOUNT.model_copy(update={"network_id": PERSON, "kind": AccountKind.PROFILE})
    with pytest.raises(error):
        run(told(District(), users__getInfo=users).ok.read_profile(person))


@pytest.mark.parametrize(
    "answer", [{"type": "GROUP"}, {"type": "GROUP", "objectId": 0}, {"type": "GROUP", "objectIdStr": "-5"}]
)
def test_an_address_of_something_without_id_does_not_lead_nowhere(answer: dict[str, Any]) -> None:
    with pytest.raises(UnreadableAnswer):
        run(told(District(), url__getInfo=answer).ok.resolve_handle("sadovoe"))


@pytest.mark.parametrize("rows", [[{"status": "ADMIN"}], {"memberships": "x"}, ["x"]])
def test_a_role_that_could_not_be_read_is_not_told_as_missing(rows: Any) -> None:
    district = told(District(), group__getUserGroupsByIds=rows)
    report = next(one for one in run(district.ok.check_keys(ACCOUNT)) if one.kind == "access_token")
    assert report.valid
    assert "администратор" not in " ".join(text.ru for _, text in report.missing)
    assert report.note is not None

"""Comments, people and figures through the real wire format of the face."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from munsocial.errors import (
    CapabilityMissing,
    UnreadableAnswer,
)
from munsocial.network.drafts import Window
from munsocial.operate.collecting.reading import read_view
from munsocial.sandbox.things import Ban
from munsocial.transport.port import Answer, Request
from ok_world import ACCOUNT, CITIZEN, GID, NOW, PERSON, SINCE, UPSTREAM, District, run

FAR = NOW + timedelta(days=1)


def test_comments_bear_moscow_time_and_their_authors() -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    at = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)  # half past midnight of Monday in Moscow
    asked = district.world.comment("ok", GID, post.id, "Когда включат?", author=CITIZEN, at=at)
    told = district.world.comment("ok", GID, post.id, "Завтра", author=GID, as_page=True, reply_to=asked.id)
    page = run(district.ok.list_comments(ACCOUNT, post.id))
    answer, question = page.items
    assert question.at == at
    assert (question.author_id, question.author_name, question.author_kind) == (CITIZEN, "Иван Образцов", "user")
    assert (answer.id, answer.by_owner, answer.reply_to, answer.author_kind) == (told.id, True, asked.id, "group")
    assert not question.by_owner


def test_names_that_an_answer_leaves_out_are_asked_for() -> None:
    district = District()
    district.face.nameless = True
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    district.world.comment("ok", GID, post.id, "Когда?", author=CITIZEN)
    assert run(district.ok.list_comments(ACCOUNT, post.id)).items[0].author_name == "Иван Образцов"


def test_names_beside_the_comments_are_used_in_either_form() -> None:
    district = District()
    rows = [{"id": str(n), "author_id": str(n), "text": "Да", "date_ms": 1764000000000} for n in (5, 6)]
    people = [{"uid": "5", "first_name": "Анна", "last_name": "Примерова"}, {"uid": 6, "name": "Иван"}]
    body = json.dumps({"comments": rows, "has_more": False, "entities": {"users": people}}).encode()
    district.face.handle = lambda request: Answer(200, {}, body)  # type: ignore[method-assign]  # an answer with its people
    page = run(district.ok.list_comments(ACCOUNT, "155"))
    assert [one.author_name for one in page.items] == ["Анна Примерова", "Иван"]
    assert len(district.port.sent) == 1  # nobody was asked for


def test_comments_are_paged_to_the_end_and_each_comes_once() -> None:
    district = District(page=50)
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    made = [
        district.world.comment("ok", GID, post.id, str(n), author=CITIZEN, at=district.ago(minutes=n + 1)).id
        for n in range(120)
    ]
    found, cursor, pages = [], None, 0
    while pages < 10:
        page = run(district.ok.list_comments(ACCOUNT, post.id, cursor=cursor))
        found += [one.id for one in page.items]
        cursor, pages = page.cursor, pages + 1
        if cursor is None:
            break
    assert (sorted(found), pages) == (sorted(made), 3)


@pytest.mark.parametrize("anchor", ["null", '"LTE2"'], ids=["no anchor", "the same anchor again"])
def test_a_listing_that_stops_while_more_follows_is_a_gap(anchor: str) -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    district.world.comment("ok", GID, post.id, "Когда?", author=CITIZEN)
    handle = district.face.handle

    def stuck(request: Request) -> Answer:
        body = handle(request).body.replace(b'"has_more":false', b'"has_more":true')
        return Answer(200, {}, re.sub(rb'"anchor":"[^"]*"', f'"anchor":{anchor}'.encode(), body))

    district.face.handle = stuck  # type: ignore[method-assign]  # a face that gets stuck
    window = Window(SINCE, FAR)
    view = run(read_view(district.ok, ACCOUNT, window, frozenset({"comments", "posts"}), district.world.now))
    assert view.posts.gaps
    assert view.comments.gaps
    assert {one.text for one in view.comments.value or ()} == {"Когда?"}


def test_a_removed_comment_is_gone_when_read_again() -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    one = district.world.comment("ok", GID, post.id, "Реклама", author=CITIZEN)
    assert run(district.ok.read_comment(ACCOUNT, post.id, one.id)) is not None
    district.world.delete_comment("ok", GID, one.id)
    assert run(district.ok.read_comment(ACCOUNT, post.id, one.id)) is None


def test_people_with_power_and_the_black_list() -> None:
    district = District()
    district.world.appoint("ok", GID, CITIZEN, "EDITOR")
    until = NOW + timedelta(days=7)
    for user, end in (("500000000008", until), ("500000000009", None)):
        district.world.add_user("ok", "Пётр", "Спамов", id=user)
        district.world.ban("ok", GID, Ban(user, NOW, end, "spam"))
    roles = {one.network_id: (one.name, one.role) for one in run(district.ok.read_managers(ACCOUNT))}
    assert roles == {PERSON: ("Анна Примерова", "ADMIN"), CITIZEN: ("Иван Образцов", "EDITOR")}
    bans = {one.user_id: one for one in run(district.ok.read_bans(ACCOUNT)).items}
    assert bans["500000000008"].until == until
    assert bans["500000000008"].reason == "SPAM"
    assert (bans["500000000009"].until, bans["500000000009"].forever) == (None, False)
    sure = District(null_unblock_is_forever=True)
    sure.world.ban("ok", GID, Ban("500000000009", NOW))
    assert run(sure.ok.read_bans(ACCOUNT)).items[0].forever


@pytest.mark.parametrize("sure", [False, True])
def test_nought_is_no_end_of_a_ban(sure: bool) -> None:
    district = District(null_unblock_is_forever=sure)
    row = {"userId": CITIZEN, "status": "BLOCKED", "unblock_date_ms": 0}
    body = json.dumps({"members": [row], "has_more": False}).encode()
    district.face.handle = lambda request: Answer(200, {}, body)  # type: ignore[method-assign]  # a ban that ends at nought
    (ban,) = run(district.ok.read_bans(ACCOUNT)).items
    assert (ban.until, ban.forever) == (None, sure)


def test_subscriptions_are_those_of_the_accounts_own_person() -> None:
    district = District()
    links = run(district.ok.read_links(ACCOUNT))
    assert {(one.kind, one.network_id) for one in links} >= {("owner_profile_subscription", district.upstream.id)}
    with pytest.raises(CapabilityMissing, match="access_token"):
        run(district.ok.read_links(UPSTREAM))  # another account's token would tell about another person


def test_a_token_of_another_account_serves_if_its_person_manages_the_group() -> None:
    district = District()
    district.world.appoint("ok", district.upstream.id, PERSON, "EDITOR")
    links = run(district.ok.read_links(UPSTREAM))
    assert GID in {one.network_id for one in links}


@pytest.mark.parametrize(
    "row",
    ['{"status": "ADMIN"}', '"who"', '{"userId": {}, "status": "ADMIN"}'],
    ids=["no id", "a text", "a strange id"],
)
def test_a_list_of_people_with_an_unreadable_row_is_unknown(row: str) -> None:
    district = District()
    handle = district.face.handle

    def strange(request: Request) -> Answer:
        real = handle(request)
        return Answer(200, {}, real.body.replace(b'"members":[', f'"members":[{row},'.encode()))

    district.face.handle = strange  # type: ignore[method-assign]  # a face with one strange row
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_managers(ACCOUNT))


def test_a_list_without_end_is_unknown() -> None:
    district = District(max_pages=2, page=1)
    for number in range(4):
        district.world.add_user("ok", "Пётр", id=f"50000000090{number}")
        district.world.appoint("ok", GID, f"50000000090{number}", "EDITOR")
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_managers(ACCOUNT))


def test_statistics_add_up_what_adds_up() -> None:
    district = District()
    district.page.statistics = {"likes": 100, "reach": 700, "new_members": 7}
    stats = run(district.ok.read_stats(ACCOUNT, Window(NOW - timedelta(days=7), NOW)))
    assert stats.figures == {"likes": 100, "new_members": 7, "members_count": 1234}
    assert len(stats.raw["reach"]) == 7


FIGURES: list[tuple[str, list[Any], dict[str, int]]] = [
    ("numbers", [(0, 5), (1, 7.0)], {"likes": 12, "members_count": 7}),
    ("numbers as text", [(0, "5"), ("1", 7), ("2", " 9 ")], {"likes": 21, "members_count": 9}),
    ("a day without its number", [(0, 5), (1, None), (2, 9)], {"members_count": 9}),
    ("a last day without its number", [(0, 5), (1, "много")], {}),
    ("a day that is none", [(0, 5), ("вчера", 7)], {}),
    ("no yes for a number", [(0, 5), (1, True)], {}),
    ("what is beside the window does not count", [(0, 5), (-40, None), (90, "x")], {"likes": 5, "members_count": 5}),
]


@pytest.mark.parametrize(("situation", "days", "figures"), FIGURES, ids=[row[0] for row in FIGURES])
def test_a_figure_that_lacks_a_day_is_not_told(situation: str, days: list[Any], figures: dict[str, int]) -> None:
    def at(day: Any) -> Any:
        start = int((NOW - timedelta(days=7)).timestamp() * 1000) + 3_600_000
        if isinstance(day, int):
            return start + day * 86_400_000
        return str(start + int(day) * 86_400_000) if day.isdecimal() else day

    rows = [{"time": at(day), "value": value} for day, value in days]
    answer = Answer(200, {}, json.dumps({"likes": rows, "members_count": rows, "reach": "x"}).encode())
    district = District()
    district.face.handle = lambda request: answer  # type: ignore[method-assign]  # a face with figures of its own
    stats = run(district.ok.read_stats(ACCOUNT, Window(NOW - timedelta(days=7), NOW)))
    assert stats.figures == figures, situation


def test_counters_and_hints_of_new_comments() -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    district.world.comment("ok", GID, post.id, "Когда?", author=CITIZEN)
    assert run(district.ok.read_counters(ACCOUNT))["themes"] == 1
    assert run(district.ok.new_comments(ACCOUNT)) == {post.id: 1}


NOTHING: dict[str, Callable[[Any], Coroutine[Any, Any, Any]]] = {
    "a page": lambda ok: ok.read_profile(ACCOUNT),
    "a handle": lambda ok: ok.resolve_handle("sadovoe"),
    "posts": lambda ok: ok.list_posts(ACCOUNT, since=SINCE, until=FAR),
    "comments": lambda ok: ok.list_comments(ACCOUNT, "155000000000001"),
    "a comment": lambda ok: ok.read_comment(ACCOUNT, "155000000000001", "x"),
    "managers": lambda ok: ok.read_managers(ACCOUNT),
    "bans": lambda ok: ok.read_bans(ACCOUNT),
    "links": lambda ok: ok.read_links(ACCOUNT),
    "a prolonged token": lambda ok: ok.touch(ACCOUNT),
    "figures": lambda ok: ok.read_stats(ACCOUNT, Window(SINCE, NOW)),
}


@pytest.mark.parametrize("call", NOTHING)
@pytest.mark.parametrize("body", [b"", b"null"])
def test_an_answer_of_nothing_is_no_fact(call: str, body: bytes) -> None:
    district = District()
    district.face.handle = lambda request: Answer(200, {}, body)  # type: ignore[method-assign]  # says nothing
    with pytest.raises(UnreadableAnswer):
        run(NOTHING[call](district.ok))

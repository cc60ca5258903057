"""Reading through the real wire format of the face."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from munsocial.errors import (
    AbilityAbsent,
    InputError,
    KeyInvalid,
    MunsocialError,
    NotFound,
    PermissionDenied,
    RequestRefused,
)
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.content import PostKind, PostState
from munsocial.network.drafts import Window
from munsocial.operate.collecting.reading import read_view
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.sandbox.things import Media, Page, Source
from munsocial_ok.adapter import OkAdapter
from ok_world import ACCOUNT, CITIZEN, GID, GROUP_TOKEN, NOW, PERSON, SECRET, SINCE, TOKEN, UPSTREAM, District, run

FAR = NOW + timedelta(days=1)


def posts(district: District, **settings: Any) -> Any:
    return run(district.ok.list_posts(ACCOUNT, since=SINCE, until=FAR))


def test_a_profile_says_what_the_page_shows() -> None:
    district = District()
    profile = run(district.ok.read_profile(ACCOUNT))
    assert profile.network_id == GID
    assert profile.name == "Садовое сельское поселение"
    assert profile.url == "https://ok.ru/sadovoe"
    assert profile.subscribers == 1234
    assert (profile.avatar, profile.cover, profile.dynamic_cover) == (True, True, False)
    assert profile.state_mark is True
    assert profile.audience_mark is None  # absent is not "no": the shape of the mark is not published
    assert profile.fields["phone"] == "+7 861 000-00-00"
    assert profile.closed is False


def test_to_a_manager_absent_means_empty_and_to_a_stranger_unknown() -> None:
    district = District()
    district.page.description, district.page.avatar = "", False
    managed = run(district.ok.read_profile(ACCOUNT))
    assert (managed.description, managed.avatar) == ("", False)
    assert "phone" in managed.seen_fields
    district.page.managers.clear()
    seen = run(district.ok.read_profile(ACCOUNT))
    assert (seen.description, seen.avatar, seen.dynamic_cover, seen.features) == (None, None, None, None)


def test_both_shapes_of_the_list_of_groups_are_read() -> None:
    district = District()
    district.face.wrapped_groups = True
    assert run(district.ok.read_profile(ACCOUNT)).network_id == GID


@pytest.mark.parametrize("handle", ["governor", "@governor", "https://ok.ru/governor", "ok.ru/governor"])
def test_a_handle_leads_to_its_id(handle: str) -> None:
    district = District()
    assert run(district.ok.resolve_handle(handle)) == district.upstream.id


def test_a_handle_that_leads_nowhere_is_none_and_an_account_without_id_says_so() -> None:
    district = District()
    assert run(district.ok.resolve_handle("nobody")) is None
    assert run(district.ok.resolve_handle("half of a sign: \ud800")) is None
    lost = NetworkAccount(id="lost-ok", network="ok", handle="nobody")
    with pytest.raises(NotFound, match="network_id"):
        run(district.ok.read_profile(lost))


def test_a_group_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        run(District().ok.read_profile(ACCOUNT.model_copy(update={"network_id": "70000000000999"})))


def test_posts_come_with_formats_figures_and_states() -> None:
    district = District()
    media = [
        Media("photo", "1", GID),
        Media("video", "2", GID),
        Media("poll", "3", GID),
        Media("link", "", GID, url="https://a.example"),
    ]
    rich = district.world.publish("ok", GID, "Сход граждан", at=district.ago(days=2), attachments=media)
    rich.views, rich.likes = 500, 21
    plain = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    page = posts(district)
    assert [post.id for post in page.items] == [plain.id, rich.id]
    assert page.gaps == ()
    first = page.items[1]
    assert first.formats == ("text", "photo", "video", "poll", "link")  # more than three blocks: asked for alone
    assert (first.views, first.likes, first.comments) == (500, 21, 0)
    assert first.url == f"https://ok.ru/group/{GID}/topic/{rich.id}"
    assert first.at == rich.at
    assert first.by_owner
    assert first.kind is PostKind.OWN
    asked = next(one.form or {} for one in district.port.sent if "group.getStatTopics" in (one.form or {}).values())
    assert float(asked["start_time"]) < float(asked["end_time"])


def test_a_post_in_a_persons_name_is_a_guests_and_a_repost_has_its_source() -> None:
    district = District()
    district.world.publish("ok", GID, "Привет", at=district.ago(days=1), author=CITIZEN)
    source = Source(district.upstream.id, "155000000000900", district.ago(days=3), name="Глава региона")
    district.world.publish("ok", GID, "Важно", at=district.ago(days=2), kind="repost", source=source)
    guest, repost = posts(district).items
    assert (guest.by_owner, guest.author_id) == (False, CITIZEN)
    assert repost.kind is PostKind.REPOST
    assert repost.source is not None
    assert repost.source.network_id == district.upstream.id


def test_a_deleted_post_with_statistics_is_known_as_deleted() -> None:
    district = District()
    gone = district.world.publish("ok", GID, "Ошибка", at=district.ago(days=1))
    district.world.delete_post("ok", GID, gone.id)
    (post,) = posts(district).items
    assert post.state is PostState.DELETED
    assert "state" in post.inferred


def test_two_hundred_posts_are_read_to_the_end_each_once() -> None:
    district = District()
    made = [district.world.publish("ok", GID, f"Новость {n}", at=district.ago(hours=n + 1)).id for n in range(207)]
    page = posts(district)
    assert sorted(post.id for post in page.items) == sorted(made)
    assert district.asked("group.getStatTopics") == 3
    assert district.asked("mediatopic.getByIds") == 11


def test_empty_statistics_are_unknown_and_not_zero() -> None:
    district = District()
    page = posts(district)
    assert page.items == ()
    assert page.gaps
    window = Window(SINCE, FAR)
    view = run(read_view(district.ok, ACCOUNT, window, frozenset({"posts"}), district.world.now))
    assert view.posts.value is None
    assert view.posts.missing is not None
    assert view.posts.missing.ru


@pytest.mark.parametrize("through", ["the journal", "known_posts"])
def test_empty_statistics_stay_unknown_whatever_posts_are_known_beside_them(through: str) -> None:
    district = District()
    made = [district.world.publish("ok", GID, f"{n}", at=district.ago(days=n + 1)).id for n in range(10)]
    for post in district.world.wall("ok", GID):
        post.views = 0
    if through == "known_posts":
        district.ok.settings.known_posts[ACCOUNT.id] = (made[0],)
    else:
        district.ok.remember_posts(ACCOUNT, made[:1])
    view = run(read_view(district.ok, ACCOUNT, Window(SINCE, FAR), frozenset({"posts"}), district.world.now))
    assert [post.id for post in view.posts.value or ()] == made[:1]
    assert not view.posts.complete
    assert [gap.en.partition(":")[0] for gap in view.posts.gaps] == ["The group's statistics hold no post of this time"]


def test_without_the_right_to_statistics_posts_are_refused_or_known_in_part() -> None:
    district = District(known_posts={"governor-ok": ("https://ok.ru/group/1/topic/155000000000001",)})
    post = district.world.publish("ok", district.upstream.id, "Обращение", at=district.ago(days=1))
    page = run(district.ok.list_posts(UPSTREAM, since=SINCE, until=FAR))
    assert [one.id for one in page.items] == [post.id]
    assert page.gaps
    with pytest.raises(PermissionDenied):
        run(District().ok.list_posts(UPSTREAM, since=SINCE, until=FAR))


def test_foreign_posts_are_listed_only_when_asked_for() -> None:
    district = District(foreign_topics=True)
    made = [
        district.world.publish("ok", district.upstream.id, f"{n}", at=district.ago(days=n + 1)).id for n in range(3)
    ]
    page = run(district.ok.list_posts(UPSTREAM, since=SINCE, until=FAR))
    assert [post.id for post in page.items] == made
    assert page.gaps  # the third parties' method is no promise


def test_a_post_that_nobody_has_seen_is_found_by_its_known_id() -> None:
    district = District()
    new = district.world.publish("ok", GID, "Только что", at=district.ago(minutes=1))
    new.views = 0
    district.ok.remember_posts(ACCOUNT, [new.id])
    assert [post.id for post in posts(district).items] == [new.id]


def test_a_young_post_may_be_unseen_and_the_setting_says_so() -> None:
    district = District(statistics_delay_hours=24)
    district.world.publish("ok", GID, "Вчера", at=district.ago(days=2))
    assert any("запаздывает" in gap.ru for gap in posts(district).gaps)


def test_a_single_post_is_read_by_its_address() -> None:
    district = District()
    post = district.world.publish("ok", district.upstream.id, "Обращение", at=district.ago(days=1))
    found = run(district.ok.read_post(UPSTREAM, f"https://ok.ru/governor/topic/{post.id}?st=1"))
    assert found is not None
    assert found.text == "Обращение"
    district.world.delete_post("ok", district.upstream.id, post.id)
    assert run(district.ok.read_post(UPSTREAM, post.id)) is None
    with pytest.raises(NotFound, match="topic"):
        run(district.ok.read_post(UPSTREAM, "ok.ru/somewhere"))


def test_broken_json_with_raw_line_feeds_is_read() -> None:
    district = District()
    district.face.control_characters = True
    district.world.publish("ok", GID, "Первая\nВторая\tстрока", at=district.ago(days=1))
    assert posts(district).items[0].text == "Первая\nВторая\tстрока"


def test_a_persons_profile_shows_a_name_and_no_posts() -> None:
    district = District()
    person = NetworkAccount(id="anna-ok", network="ok", kind=AccountKind.PROFILE, network_id=PERSON)
    assert run(district.ok.read_profile(person)).name == "Анна Примерова"
    with pytest.raises(MunsocialError, match="личных профилей"):
        run(district.ok.list_posts(person, since=SINCE, until=FAR))


OF_GROUPS: dict[str, Callable[[OkAdapter, NetworkAccount], Coroutine[Any, Any, Any]]] = {
    "публикации": lambda ok, person: ok.list_posts(person, since=SINCE, until=FAR),
    "управляющих": lambda ok, person: ok.read_managers(person),
    "чёрный список": lambda ok, person: ok.read_bans(person),
    "статистику": lambda ok, person: ok.read_stats(person, Window(SINCE, NOW)),
}


@pytest.mark.parametrize(("what", "read"), OF_GROUPS.items(), ids=OF_GROUPS)
def test_what_groups_alone_have_is_absent_from_a_profile_and_not_a_wrong_number(what: str, read: Any) -> None:
    district = District()
    person = NetworkAccount(id="anna-ok", network="ok", kind=AccountKind.PROFILE, network_id=PERSON)
    with pytest.raises(AbilityAbsent, match=f"ОК не показывает {what} личных профилей"):
        run(read(district.ok, person))
    assert district.port.calls.total() == 0


def test_a_key_of_a_profile_is_not_reproached_with_a_role_in_it() -> None:
    person = ACCOUNT.model_copy(update={"network_id": PERSON, "kind": AccountKind.PROFILE})
    report = next(one for one in run(District().ok.check_keys(person)) if one.kind == "access_token")
    assert (report.valid, report.whose, report.missing, report.note) == (True, "Анна Примерова", (), None)


def test_raw_calls_any_method_once() -> None:
    district = District()
    assert run(district.ok.raw("users.getCurrentUser", {"fields": ["uid", "name"]})) == {
        "uid": PERSON,
        "name": "Анна Примерова",
    }
    with pytest.raises(RequestRefused, match="METHOD"):
        run(district.ok.raw("discussions.addDiscussionComment", {"comment": "нет"}))


@pytest.mark.parametrize(
    ("spoil", "kind", "code"),
    [
        (lambda d: setattr(d.token, "revoked", True), KeyInvalid, "103"),
        (lambda d: setattr(d.token, "expires", NOW), KeyInvalid, "102"),
        (lambda d: setattr(d.token, "rights", frozenset({"SET_STATUS"})), PermissionDenied, "10"),
        (lambda d: d.store.put("env:OK_APP", "another-secret"), KeyInvalid, "104"),
        (lambda d: d.world.applications.clear(), KeyInvalid, "101"),
        (lambda d: setattr(d.world.applications["CEXAMPLEPUBLICKEY0"], "enabled", False), KeyInvalid, "210"),
    ],
    ids=["withdrawn", "expired", "no permission", "wrong secret", "unknown application", "application off"],
)
def test_what_is_wrong_with_the_keys_is_said(spoil: Any, kind: type[MunsocialError], code: str) -> None:
    district = District()
    spoil(district)
    with pytest.raises(kind) as caught:
        run(district.ok.read_profile(ACCOUNT))
    error: Any = caught.value
    assert (error.network_code, error.network, error.method, error.account) == (code, "ok", "group.getInfo", ACCOUNT.id)
    assert error.executed is False
    assert not any(secret in repr(error) + error.say() for secret in (TOKEN, SECRET, GROUP_TOKEN))


def test_a_lost_answer_of_a_read_is_asked_for_again() -> None:
    district = District(Fault(FaultKind.LOST_AFTER, method="group.getInfo"))
    assert run(district.ok.read_profile(ACCOUNT)).network_id == GID
    assert district.asked("group.getInfo") == 2


def test_a_key_is_used_no_more_often_than_allowed() -> None:
    district = District()
    for _ in range(6):
        run(district.ok.read_profile(ACCOUNT))
    starts = [at for at, _ in district.port.started]
    assert all(later - earlier >= 0.5 for earlier, later in itertools.pairwise(starts))


@pytest.mark.parametrize("settings", [{"per_second": 0}, {"colour": "red"}, {"base_url": "http://api.ok.ru"}])
def test_settings_that_make_no_sense_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=next(iter(settings))):
        District(**settings)


def test_closed_groups_show_no_posts_to_strangers() -> None:
    district = District(known_posts={"closed-ok": ("155000000000001",)})
    page = district.world.add_page(Page("ok", "", "closed", name="Закрытая", closed="closed"))
    district.world.publish("ok", page.id, "Тайна", at=district.ago(days=1))
    listed = run(
        district.ok.list_posts(NetworkAccount(id="closed-ok", network="ok", handle="closed"), since=SINCE, until=FAR)
    )
    assert listed.items == ()
    assert listed.gaps

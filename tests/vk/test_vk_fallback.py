"""Which key is tried next, for which code, how often; what comes back from a check; renewal by many at once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import anyio
import pytest

from munsocial.errors import (
    AccountBlocked,
    CapabilityMissing,
    FloodRefused,
    HumanCheckNeeded,
    KeyInvalid,
    NetworkError,
    NotFound,
    PermissionDenied,
    RequestRefused,
    SecretUnavailable,
    Unreachable,
)
from munsocial.network.adapter import Equipment
from munsocial.network.drafts import Draft
from munsocial.network.keys import Key, KeyRing
from munsocial.sandbox.faults import Fault, FaultKind, Faults
from munsocial.sandbox.port import AsyncSandboxPort
from munsocial.transport.port import Answer, drive
from munsocial.transport.session import Session
from munsocial.wording import Text
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.batch import Job, script_of
from munsocial_vk.sandbox.face import VkFace
from vk_world import NOW, SECRETS, Store, account, connect, make_world, scripted

KINDS = [
    {"error_code": 20},
    {"error_code": 21},
    {"error_code": 27},
    {"error_code": 28},
    {"error_code": 1051},
    {"error_code": 15, "error_subcode": 1133},
    {"error_code": 15, "error_subcode": 1134},
]


class ByKey:
    """Answers that differ by the key of a call, through the field ``access_token``."""

    def __init__(self, **errors: Any) -> None:
        self.errors = {SECRETS[f"env:{kind.upper()}"]: error for kind, error in errors.items()}
        self.used: list[str] = []

    def __call__(self, fields: dict[str, Any]) -> Any:
        value = fields["access_token"]
        self.used.append(value.partition("-")[0])
        error = self.errors.get(value)
        return {"error": {"error_msg": "told", **error}} if error else 1


BODY = {"key_in": "body"}


@pytest.mark.parametrize("error", KINDS, ids=str)
def test_a_refused_kind_is_tried_once_the_next_once_and_it_is_remembered(error: dict[str, int]) -> None:
    answers = ByKey(community=error)
    adapter, _ = scripted("community", "user", settings=BODY, wall_deleteComment=answers)
    for _ in range(3):
        drive(adapter.delete_comment(account(), "5"))
    assert answers.used == ["community", "user", "user", "user"]


@pytest.mark.parametrize("error", KINDS, ids=str)
def test_when_no_kind_is_left_the_missing_one_and_its_right_are_named(error: dict[str, int]) -> None:
    answers = ByKey(community=error, user=error)
    adapter, _ = scripted("community", "user", settings=BODY, wall_closeComments=answers)
    for _ in range(3):
        with pytest.raises(CapabilityMissing) as caught:
            drive(adapter.close_comments(account(), "5"))
    assert answers.used == ["community", "user"]
    assert "ключ сообщества или ключ пользователя с правом «wall»" in caught.value.say("ru")
    assert "wall.closeComments" in caught.value.say("en")


def test_ten_keys_of_one_kind_are_not_tried_one_after_another() -> None:
    used: list[str] = []

    def refuse(fields: dict[str, Any]) -> Any:
        used.append(fields["access_token"])
        return {"error": {"error_code": 1051, "error_msg": "told"}}

    adapter, _ = scripted("user", settings=BODY, wall_pin=refuse)
    held = Store()
    held.kept |= {f"env:U{n}": f"u{n}-5ecret" for n in range(10)}
    adapter.choice.ring = KeyRing(tuple(Key("adm1", "user_key", f"env:U{n}", {}, held) for n in range(10)))
    with pytest.raises(CapabilityMissing):
        drive(adapter.pin_post(account(), "5"))
    assert len(used) == 1


@pytest.mark.parametrize(
    ("code", "error", "calls"),
    [
        (7, PermissionDenied, 1),
        (15, PermissionDenied, 1),
        (18, AccountBlocked, 1),
        (9, FloodRefused, 1),
        (100, RequestRefused, 1),
        (5, KeyInvalid, 1),
        (17, HumanCheckNeeded, 1),
        (24, HumanCheckNeeded, 1),
        (703, HumanCheckNeeded, 1),
        (1, NetworkError, 3),
        (10, NetworkError, 3),
        (6, NetworkError, 6),
        (987654, RequestRefused, 1),
    ],
)
def test_other_refusals_are_no_question_of_the_key(code: int, error: type[NetworkError], calls: int) -> None:
    answers = ByKey(service={"error_code": code}, user={"error_code": code})
    adapter, port = scripted("service", "user", settings=BODY, wall_get=answers)
    with pytest.raises(error) as caught:
        drive(adapter.list_posts(account(), since=NOW - timedelta(days=7), until=NOW))
    assert answers.used == ["service"] * calls
    assert (1.0 in port.slept) is (code == 6)  # a whole second where slots were too fast
    assert (caught.value.network_code, caught.value.method, caught.value.account) == (str(code), "wall.get", "adm1")


def test_a_write_without_an_idempotency_key_is_not_repeated_after_a_fault_of_the_server() -> None:
    answers = ByKey(user={"error_code": 10})
    adapter, _ = scripted("user", settings=BODY, wall_reportPost=answers, groups_ban=answers)
    with pytest.raises(NetworkError):
        drive(adapter.report_post(account(), "5", ground="spam"))
    assert len(answers.used) == 1
    with pytest.raises(NetworkError):
        drive(adapter.ban(account(), "555", ground="spam", until=None))  # safe to repeat: a second ban is the first
    assert len(answers.used) == 4


REDIRECT = {"redirect_uri": "https://id.vk.ru/not_robot_captcha?session_token=t", "remixstlid": "9" * 12}


@pytest.mark.parametrize(
    ("error", "brought", "sent"),
    [
        ({"error_code": 14, **REDIRECT}, {"success_token": "ok"}, {"success_token": "ok", "remixstlid": "9" * 12}),
        (
            {"error_code": 14, "captcha_sid": 42, "captcha_img": "https://api.vk.ru/captcha.php?sid=42"},
            {"captcha_key": "zq7"},
            {"captcha_key": "zq7", "captcha_sid": "42"},
        ),
        ({"error_code": 24, "confirmation_text": "Удалить всё?"}, {"confirm": "1"}, {"confirm": "1"}),
    ],
)
def test_a_check_is_resumed_with_what_vk_wants_to_see_again(error: Any, brought: Any, sent: Any) -> None:
    asked: list[dict[str, Any]] = []

    def answer(fields: dict[str, Any]) -> Any:
        asked.append(fields)
        return {"post_id": 7} if len(asked) > 1 else {"error": {"error_msg": "needed", **error}}

    adapter, _ = scripted("user", wall_post=answer)
    with pytest.raises(HumanCheckNeeded) as caught:
        drive(adapter.publish(account(), Draft(text="Раз"), key="k"))
    assert len(asked) == 1
    assert "9" * 12 not in f"{caught.value.say()}{caught.value!r}{caught.value.__dict__}"
    adapter.passed_check(caught.value.account, caught.value.method, brought)
    assert drive(adapter.publish(account(), Draft(text="Раз"), key="k")).id == "7"
    assert asked[1].items() >= sent.items()
    assert asked[0]["guid"] == asked[1]["guid"]
    drive(adapter.publish(account(), Draft(text="Два"), key="k2"))
    assert not asked[2].keys() & sent.keys()


class Watched(Store):
    """A store that remembers the order of what was kept, and what was sent when."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[str] = []

    def put(self, reference: str, secret: str) -> None:
        self.log.append(f"kept {reference}")
        super().put(reference, secret)


def test_many_calls_at_once_renew_a_key_once_and_keep_the_refresh_token_first() -> None:
    world = make_world()
    key = world.keys["user-5ecret"]
    key.refresh, key.expires, key.settings["device_id"] = "refresh-1", NOW + timedelta(hours=1), "d1"
    world.clock.sleep(4000)
    store = Watched()
    store.kept["file:refresh"] = "refresh-1"
    named = {"client_id": "77", "device_id": "d1", "refresh": "file:refresh"}
    ring = KeyRing((Key("adm1", "user_key", "env:USER", named, store),))

    async def run() -> None:
        port = AsyncSandboxPort({"vk": VkFace(world)}, latency=1.0)
        answer = port.faces.answer

        def noting(network: str, request: Any) -> Any:
            store.log.append(request.url.rpartition("/")[2])
            return answer(network, request)

        port.faces.answer = noting  # type: ignore[method-assign]  # the order of calls and of keeping is the point
        adapter = VkAdapter(Equipment(Session(port, network="vk"), ring, {}, world.now, store))
        async with anyio.create_task_group() as group:
            for _ in range(12):
                group.start_soon(adapter.read_profile, account())

    anyio.run(run)
    renewing = [one for one in store.log if one != "groups.getById"]
    assert renewing == ["kept file:refresh", "auth", "kept file:refresh", "kept env:USER"]
    assert store.kept["file:refresh"] != "refresh-1"


def test_a_renewal_that_answers_without_a_new_token_keeps_the_old_one() -> None:
    store = Watched()
    store.kept |= {"file:refresh": "refresh-1"}
    expired = [{"error": {"error_code": 5, "error_msg": "expired"}}]
    profile = {"groups": [{"id": 1, "name": "Администрация"}]}
    adapter, port = scripted("user", store=store, groups_getById=lambda _: expired.pop() if expired else profile)
    port.answers["auth"] = json.dumps({"access_token": "fresh", "expires_in": 3600}).encode()
    named = {"client_id": "77", "device_id": "d1", "refresh": "file:refresh"}
    adapter.choice.ring = KeyRing((Key("adm1", "user_key", "env:USER", named, store),))
    assert drive(adapter.read_profile(account())).name == "Администрация"
    assert store.kept["file:refresh"] == "refresh-1"
    assert store.kept["env:USER"] == "fresh"


def test_where_a_new_token_cannot_be_kept_none_is_asked_for() -> None:
    class Environment(Store):
        def put(self, reference: str, secret: str) -> None:
            del secret
            raise SecretUnavailable(Text("нельзя", "cannot"), where=reference)

    store = Environment()
    store.kept["env:REFRESH"] = "refresh-1"
    world = make_world()
    world.keys["user-5ecret"].expires = NOW - timedelta(seconds=1)
    named = {"client_id": "77", "device_id": "d1", "refresh": "env:REFRESH"}
    adapter, port = connect(world, "user", store=store, key_settings=named)
    with pytest.raises(SecretUnavailable):
        drive(adapter.read_profile(account()))
    assert len(port.started) == 1


def test_an_access_token_of_the_environment_is_renewed_in_memory() -> None:
    class Half(Watched):
        def put(self, reference: str, secret: str) -> None:
            if reference.startswith("env:"):
                raise SecretUnavailable(Text("нельзя", "cannot"), where=reference)
            super().put(reference, secret)

    world, store = make_world(), Half()
    key = world.keys["user-5ecret"]
    key.refresh, key.expires, key.settings["device_id"] = "refresh-1", NOW - timedelta(seconds=1), "d1"
    store.kept["file:refresh"] = "refresh-1"
    named = {"client_id": "77", "device_id": "d1", "refresh": "file:refresh"}
    adapter, port = connect(world, "user", store=store, key_settings=named)
    for _ in range(3):
        drive(adapter.read_profile(account()))
    assert [call.method for _, call in port.started].count("auth") == 1
    assert store.kept["file:refresh"] != "refresh-1"


GONE = {"count": 1, "items": [{"id": 5, "owner_id": -1, "date": 1, "is_deleted": True}]}
THERE = {"count": 1, "items": [{"id": 5, "owner_id": -1, "date": 1, "text": "Новость"}]}


NOT_FOUND = {"error": {"error_code": 104, "error_msg": "Not found"}}
NO_PAGE = Answer(404, {"content-type": "text/html"}, b"<html>404</html>")
ANOTHER = {"items": [{"id": 6, "owner_id": -1, "date": 1, "is_deleted": True}]}


@pytest.mark.parametrize("code", [15, 100])
@pytest.mark.parametrize(
    ("seen", "refused"),
    [
        (GONE, False),
        (NOT_FOUND, False),
        (THERE, True),
        (ANOTHER, True),
        # What this key may not see VK does not show either: an empty list is no proof.
        ({"items": []}, True),
        ([], True),
        ({"count": 1, "items": []}, True),
        ({"items": None}, True),
        ({"items": [None]}, True),
        ({}, True),
        (NO_PAGE, True),
        ({"error": {"error_code": 15, "error_msg": "Access denied"}}, True),
    ],
)
def test_a_refused_deletion_of_what_is_gone_is_no_error(code: int, seen: Any, refused: bool) -> None:
    denied = {"error": {"error_code": code, "error_msg": "Access denied"}}
    adapter, _ = scripted("user", wall_delete=denied, wall_getById=seen)
    if refused:
        with pytest.raises(NetworkError):
            drive(adapter.delete_post(account(), "5"))
    else:
        drive(adapter.delete_post(account(), "5"))


@pytest.mark.parametrize(
    ("method", "act"),
    [
        ("wall_delete", lambda adapter: adapter.delete_post(account(), "5")),
        ("wall_deleteComment", lambda adapter: adapter.delete_comment(account(), "5")),
        ("messages_delete", lambda adapter: adapter.delete_message(account(), "5")),
        ("groups_unban", lambda adapter: adapter.unban(account(), "5")),
    ],
)
@pytest.mark.parametrize(("answer", "gone"), [(NOT_FOUND, True), (NO_PAGE, False)])
def test_only_vk_itself_says_that_nothing_is_there(method: str, act: Any, answer: Any, gone: bool) -> None:
    adapter, _ = scripted("community", "user", **{method: answer}, wall_getComment=answer, wall_getById=answer)
    if gone:
        drive(act(adapter))
    else:
        with pytest.raises(NetworkError):
            drive(act(adapter))


def test_a_post_of_a_page_that_is_not_found_is_not_deleted() -> None:
    adapter, _ = scripted("user", utils_resolveScreenName=[])
    with pytest.raises(NotFound):
        drive(adapter.delete_post(account(network_id=""), "5"))


def test_parameters_in_a_pack_are_written_as_in_the_examples_of_vk() -> None:
    params = {
        "owner_id": -1,
        "count": 15,
        "extended": True,
        "group_ids": ["1", "2"],
        "offset": None,
        "text": "</a> «»",
    }
    job = Job("adm1", "wall.get", params, Any, lambda value, error: None)
    written = '{"owner_id":-1,"count":15,"extended":1,"group_ids":"1,2","text":"<\\/a> \\u00ab\\u00bb"}'
    assert script_of([job, job]) == f"return [API.wall.get({written}),API.wall.get({written})];"


def test_a_refusal_by_rate_is_no_failure() -> None:
    refusals = [{"error": {"error_code": 6, "error_msg": "Too many requests per second"}}] * 5
    wall = {"count": 0, "items": []}
    adapter, port = scripted("service", wall_get=lambda _: refusals.pop() if refusals else wall)
    assert drive(adapter.list_posts(account(), since=NOW - timedelta(days=7), until=NOW)).items == ()
    assert port.sent == 6
    assert port.clock >= 2.0


@pytest.mark.parametrize(
    ("method", "act", "most"),
    [
        ("wall.post", lambda adapter: adapter.publish(account(), Draft(text="Раз"), key="k"), 2),
        ("wall.createComment", lambda adapter: adapter.reply(account(), "Ответ", post="1", key="k"), 2),
        ("messages.send", lambda adapter: adapter.send_message(account(), "555", "Ответ", key="k"), 3),
    ],
)
def test_after_two_lost_answers_somebody_looks_before_a_third_try(method: str, act: Any, most: int) -> None:
    """How long VK remembers a ``guid`` is not published; a ``random_id`` it keeps with the message for ever."""
    world = make_world()
    world.publish("vk", "1", "Новость")
    world.receive("vk", "1", "555", "Здравствуйте")
    lost = Fault(FaultKind.LOST_AFTER, method=method, times=9)
    adapter, port = connect(world, "community", faults=Faults(lost))
    with pytest.raises(Unreachable) as caught:
        drive(act(adapter))
    assert (len(port.started), caught.value.executed) == (most, None)

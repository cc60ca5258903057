"""Keys: the weakest that serves, one fallback, remembered; VK ID signed in, renewed early and once."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from munsocial.errors import (
    CapabilityMissing,
    HumanCheckNeeded,
    InputError,
    KeyInvalid,
    NetworkError,
    QuotaSpent,
    RequestRefused,
)
from munsocial.network.drafts import Draft
from munsocial.sandbox.faults import Fault, FaultKind, Faults
from munsocial.sandbox.things import Key
from munsocial.transport.port import drive
from munsocial_vk.envelope import oauth_error
from munsocial_vk.errors import BatchTooBig, KeyExpired, error_of
from munsocial_vk.oauth import authorize, exchange, whose
from munsocial_vk.settings import VkSettings
from munsocial_vk.wire import ApiError
from vk_world import NOW, Store, account, connect, make_world

VK_ID = {"client_id": "77", "device_id": "d1", "refresh": "file:refresh"}


def list_posts(adapter: Any) -> Any:
    return drive(adapter.list_posts(account(), since=NOW - timedelta(days=7), until=NOW))


@pytest.mark.parametrize(
    ("situation", "kinds", "call", "tries"),
    [
        ("reading takes the service key", ("service", "user"), list_posts, ["service"]),
        ("without it the user key", ("user",), list_posts, ["user"]),
        (
            "a ban takes the user key",
            ("service", "community", "user"),
            lambda a: drive(a.unban(account(), "5")),
            ["user"],
        ),
    ],
)
def test_the_weakest_key_that_serves(situation: str, kinds: tuple[str, ...], call: Any, tries: Any) -> None:
    adapter, port = connect(make_world(), *kinds)
    call(adapter)
    used = [request.headers["Authorization"].split()[1].split("-")[0] for request in _sent(port, adapter, call)]
    assert used == tries, situation


def _sent(port: Any, adapter: Any, call: Any) -> list[Any]:
    requests: list[Any] = []
    answer = port.faces.answer

    def watch(network: str, request: Any) -> Any:
        requests.append(request)
        return answer(network, request)

    port.faces.answer = watch
    call(adapter)
    return requests


def test_no_key_at_all_is_named_before_anything_is_sent() -> None:
    adapter, port = connect(make_world(), "community")
    with pytest.raises(CapabilityMissing) as caught:
        list_posts(adapter)
    assert "wall.get" in caught.value.say()
    assert "сервисный ключ приложения или ключ пользователя" in caught.value.say("ru")
    assert "service key" in caught.value.say("en")
    assert not port.started


def test_a_weak_vk_id_key_is_tried_once_and_remembered() -> None:
    world = make_world()
    world.keys["user-5ecret"].settings["vkid"] = "1"
    adapter, port = connect(world, "user")
    for _ in range(3):
        with pytest.raises(CapabilityMissing):
            drive(adapter.delete_post(account(), "1"))
    assert len(port.started) == 1


def test_a_missing_right_leads_to_the_next_kind() -> None:
    world = make_world()
    world.keys["community-5ecret"].rights = frozenset({"messages"})
    adapter, _ = connect(world, "community", "user")
    assert drive(adapter.publish(account(), Draft(text="Новость"), key="k")).id == "1"


def test_a_spent_quota_of_one_key_leaves_the_others() -> None:
    world = make_world()
    world.publish("vk", "1", "Новость", at=NOW - timedelta(days=1))
    adapter, port = connect(world, "service", "user", faults=Faults(Fault(FaultKind.QUOTA, method="wall.get")))
    assert len(list_posts(adapter).items) == 1
    assert len(list_posts(adapter).items) == 1
    assert len(port.started) == 3
    alone, _ = connect(world, "service", faults=Faults(Fault(FaultKind.QUOTA)))
    with pytest.raises(QuotaSpent):
        list_posts(alone)


@pytest.mark.parametrize(("times", "keys"), [(1, ("user", "community")), (None, ("user", "community")), (1, ("user",))])
def test_a_spent_quota_stops_a_publication_when_no_key_is_left(times: int | None, keys: tuple[str, ...]) -> None:
    world = make_world()
    spent = Faults(Fault(FaultKind.QUOTA, method="wall.post", times=times))
    adapter, _ = connect(world, *keys, faults=spent)
    if times is not None and len(keys) > times:
        assert drive(adapter.publish(account(), Draft(text="Новость"), key="k")).id == "1"
    else:
        with pytest.raises(QuotaSpent):
            drive(adapter.publish(account(), Draft(text="Новость"), key="k"))
    assert len(spent.happened) == (times or len(keys))


@pytest.mark.parametrize(
    ("code", "fields", "kind"),
    [
        (5, {}, "key.invalid"),
        (6, {}, "network.rate"),
        (9, {}, "network.flood"),
        (15, {}, "network.permission"),
        (15, {"error_subcode": 1133}, "key.kind"),
        (15, {"error_msg": "Access denied: no access to call this method"}, "key.kind"),
        (19, {}, "network.blocked"),
        (29, {}, "network.quota"),
        (40, {}, "network.not_found"),
        (100, {}, "network.refused"),
        (214, {"error_msg": "you can only add 50 posts a day"}, "network.quota"),
        (901, {}, "network.cannot_message"),
        (1051, {}, "key.kind"),
        (424242, {}, "network.refused"),
        (None, {}, "network.refused"),
    ],
)
def test_codes_become_our_errors(code: int, fields: dict[str, Any], kind: Any) -> None:
    error = error_of(ApiError.model_validate({"error_code": code, "error_msg": "told", **fields}), method="wall.get")
    assert error.code == kind
    assert error.method == "wall.get"
    assert error.remedy is not None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Access denied", "Код 15: Access denied."),
        ("Access denied.", "Код 15: Access denied."),
        ("Who are you?", "Код 15: Who are you?"),
        ("", "Код 15."),
    ],
)
def test_the_words_of_vk_end_before_the_advice_begins(told: str, said: str) -> None:
    error = error_of(ApiError(error_code=15, error_msg=told))
    assert error.remedy is not None
    assert f" {said} {error.remedy.ru}" in error.say("ru")


def test_special_errors() -> None:
    assert isinstance(error_of(ApiError(error_code=1117)), KeyExpired)
    assert isinstance(error_of(ApiError(error_code=13, error_msg="... response size is too big")), BatchTooBig)
    asked = ApiError(error_code=14, captcha_sid="1", captcha_img="https://x/1")
    captcha, unsafe = error_of(asked), error_of(ApiError(error_code=14, redirect_uri="javascript:alert(1)"))
    assert isinstance(captcha, HumanCheckNeeded)
    assert captcha.resume == ("captcha_sid", "captcha_key")
    assert isinstance(unsafe, HumanCheckNeeded)
    assert unsafe.link == ""


@pytest.mark.parametrize("code", [14, 17, 24, 25, 41, 3300, 3301, 3302, 3303, 3304, 11500])
def test_the_advice_of_a_check_needs_no_link(code: int) -> None:
    """VK gives no link with most of them, and what is kept of the others has none."""
    error = error_of(ApiError(error_code=code))
    assert isinstance(error, HumanCheckNeeded)
    assert "на сайт" in error.say("ru")
    assert not any(word in f"{error.say('ru')} {error.say('en')}" for word in ("ссылк", "link"))


def test_what_vk_asks_to_be_confirmed_is_done_on_the_site() -> None:
    said = error_of(ApiError(error_code=24, confirmation_text="Удалить всё?")).say("ru")
    assert said == (
        "vk: ВКонтакте переспрашивает, делать ли это. Код 24: Удалить всё? "
        "Сделайте это сами на сайте: он спросит то же, и вы ответите."
    )


COMMANDS = "bad \x1b[2J\x1b]0;pwn\x07\r\nline two\u2028\u202e \x9b31m"


def test_what_vk_says_commands_no_terminal_and_stays_on_its_line() -> None:
    told = [
        error_of(ApiError(error_code=100, error_msg=COMMANDS)),
        error_of(ApiError(error_code=24, confirmation_text=COMMANDS, method=COMMANDS)),
        oauth_error(f"invalid_grant{COMMANDS}", COMMANDS, "oauth2/auth"),
    ]
    for error in told:
        said = error.say("ru") + error.say("en") + error.network_code + error.method
        assert said.isprintable()
        assert "line two" in said


def test_each_sentence_of_vk_ends_before_the_next_begins() -> None:
    asked = ApiError(error_code=24, error_msg="Confirmation required", confirmation_text="Удалить всё?")
    declined, curt = (oauth_error("access_denied", more, "authorize") for more in ("User denied", ""))
    assert error_of(asked).what.ru == (
        "ВКонтакте переспрашивает, делать ли это. Код 24: Confirmation required. Удалить всё?"
    )
    assert declined.what.ru == "Вход не удался: access_denied. User denied."
    assert curt.what.ru == "Вход не удался: access_denied."


@pytest.mark.parametrize("link", ["https://x/\x1b[31mimg", "https://x/ a", "https://x/\n", "https://x/\u202egnp"])
def test_a_link_that_commands_a_terminal_is_no_link(link: str) -> None:
    for asked in (ApiError(error_code=14, captcha_img=link), ApiError(error_code=17, redirect_uri=link)):
        error = error_of(asked)
        assert isinstance(error, HumanCheckNeeded)
        assert error.link == ""


def test_the_address_for_a_person_carries_proof_and_state() -> None:
    consent = authorize("77", "https://example.org/back", scope="wall groups")
    query = {name: values[0] for name, values in parse_qs(urlsplit(consent.address).query).items()}
    digest = hashlib.sha256(consent.verifier.encode()).digest()
    assert query["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert (query["code_challenge_method"], query["state"], query["scope"]) == ("S256", consent.state, "wall groups")
    assert len(consent.state) >= 32
    assert 43 <= len(consent.verifier) <= 128
    assert not any(hidden in repr(consent) for hidden in (consent.verifier, consent.state))


def test_a_code_is_exchanged_and_a_foreign_state_is_not() -> None:
    world = make_world()
    world.add_key(Key("unused", "vk", "user", owner="500", refresh="the-code"))
    adapter, port = connect(world, "user")
    consent = authorize("77", "https://example.org/back")
    state = f"state={consent.state}"
    for strange in ("code=the-code&device_id=d1&state=other", f"code=the-code&{state}", f"device_id=d1&{state}"):
        with pytest.raises(RequestRefused):
            drive(exchange(adapter.session, consent, f"https://example.org/back?{strange}"))
    assert not port.started
    back = f"https://example.org/back?code=the-code&device_id=d1&state={consent.state}"
    grant = drive(exchange(adapter.session, consent, back))
    assert (grant.device_id, grant.user_id) == ("d1", "500")
    assert grant.access_token not in repr(grant)
    with pytest.raises(KeyInvalid):
        drive(exchange(adapter.session, consent, back))


@pytest.mark.parametrize("pasted", ["https://[half?code=a&state=s", "code=a&state=s", "", "согласие дано"])
def test_what_is_no_address_is_no_way_back(pasted: str) -> None:
    adapter, port = connect(make_world(), "user")
    with pytest.raises(RequestRefused, match="state"):
        drive(exchange(adapter.session, authorize("77", "https://example.org/back"), pasted))
    assert not port.started


@pytest.mark.parametrize("kept", ["", "s"])
@pytest.mark.parametrize("tail", ["", "&state=", "&state=\udcff"])
def test_a_state_that_was_lost_lets_nobody_in(kept: str, tail: str) -> None:
    """A consent kept by a session that has ended has an empty state: it is not that of an address without one."""
    adapter, port = connect(make_world(), "user")
    consent = replace(authorize("77", "https://example.org/back"), state=kept)
    with pytest.raises(RequestRefused, match="state"):
        drive(exchange(adapter.session, consent, f"https://example.org/back?code=c&device_id=d{tail}"))
    assert not port.started


def vk_id(world: Any) -> tuple[Any, Store]:
    key = world.keys["user-5ecret"]
    key.refresh, key.expires, key.settings["device_id"] = "refresh-1", NOW + timedelta(hours=1), "d1"
    store = Store()
    store.kept["file:refresh"] = "refresh-1"
    return connect(world, "user", store=store, key_settings=VK_ID)[0], store


def test_an_expired_key_is_renewed_once_and_the_new_refresh_token_is_kept() -> None:
    world = make_world()
    adapter, store = vk_id(world)
    world.clock.sleep(4000)
    assert list_posts(adapter).items == ()
    assert store.kept["file:refresh"] not in ("refresh-1", "")
    assert store.kept["env:USER"] != "user-5ecret"
    before = dict(store.kept)
    world.clock.sleep(2900)  # past 80 % of an hour: renewed before VK has to say so
    list_posts(adapter)
    assert store.kept["file:refresh"] != before["file:refresh"]


def test_a_key_that_cannot_be_renewed_is_invalid() -> None:
    world = make_world()
    adapter, store = vk_id(world)
    store.kept["file:refresh"] = "used-up"
    world.clock.sleep(4000)
    with pytest.raises(KeyInvalid) as caught:
        list_posts(adapter)
    assert "used-up" not in caught.value.say()


@pytest.mark.parametrize("fault", [kind for kind in FaultKind if kind is not FaultKind.DELAY])
@pytest.mark.parametrize("act", ["read", "delete", "publish"])
def test_every_fault_ends_in_a_value_or_in_our_error_without_the_key(fault: Any, act: Any) -> None:
    world = make_world()
    adapter, _ = connect(world, "user", faults=Faults(Fault(fault, times=None)))
    try:
        if act == "read":
            list_posts(adapter)
        elif act == "delete":
            drive(adapter.delete_comment(account(), "1"))
        else:
            drive(adapter.publish(account(), Draft(text="Раз"), key="k"))
    except (NetworkError, CapabilityMissing) as error:
        told = f"{error.say('ru')}{error.say('en')}{error!r}{error.__dict__}"
        assert "5ecret" not in told
        return
    pytest.fail("a network in trouble for ever answered")


@pytest.mark.parametrize(
    "table",
    [
        {"base_url": "http://example.org/"},
        {"base_url": "https://user:pw@example.org/"},
        {"packed": 26},
        {"no_such": 1},
        {"key_in": "address"},
    ],
)
def test_settings_that_do_not_fit_are_refused(table: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        VkSettings.of(table)
    assert next(iter(table)) in caught.value.say()
    assert not [word for word in ("Input", "Value error", "Extra", "must be", "..") if word in caught.value.say()]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/", "Укажите адрес вида https://"),
        ("http://example.org/", "http допустим только"),
        ("https://[x/", "Это не адрес http(s)"),
        ("https://example.org:99999/", "Это не адрес http(s)"),
        ("https://an example.org/", "Это не адрес http(s)"),
        ("https://a:b@example.org/", "не должно быть логина и пароля"),
        ("https://example.org/?v=5", "не должно быть «?»"),
    ],
)
def test_what_an_address_has_to_be_is_told(url: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        VkSettings.of({"base_url": url})
    assert said.lower() in caught.value.say().lower()


def test_a_served_sandbox_may_be_addressed_by_http() -> None:
    assert VkSettings.of({"base_url": "http://127.0.0.1:8765/api.vk.ru/method"}).base_url.endswith("/method/")


def test_whose_a_key_is() -> None:
    world = make_world()
    world.add_key(Key("unused", "vk", "user", owner="500", refresh="the-code"))
    adapter, _ = connect(world, "user")
    consent = authorize("77", "https://example.org/back")
    back = f"https://example.org/back?code=the-code&device_id=d1&state={consent.state}"
    grant = drive(exchange(adapter.session, consent, back))
    assert drive(whose(adapter.session, grant, "77")) == "500"
    with pytest.raises(KeyInvalid):
        drive(whose(adapter.session, replace(grant, access_token="another"), "77"))


def test_a_person_who_refuses_is_no_fault_of_the_code() -> None:
    adapter, port = connect(make_world(), "user")
    consent = authorize("77", "https://example.org/back")
    with pytest.raises(RequestRefused, match="access_denied"):
        drive(exchange(adapter.session, consent, f"{consent.redirect_uri}?error=access_denied&state={consent.state}"))
    assert not port.started

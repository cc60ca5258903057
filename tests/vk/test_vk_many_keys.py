"""Districts with many keys: one key under many names, keys that may not pack, allowances that are none of a key."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import anyio
import pytest

from munsocial.errors import CapabilityMissing, QuotaSpent, SecretUnavailable
from munsocial.model.snapshot import Why
from munsocial.network.abilities import Ability
from munsocial.network.adapter import Equipment
from munsocial.network.keys import Key, KeyRing
from munsocial.sandbox.port import AsyncSandboxPort
from munsocial.sandbox.things import Key as Issued
from munsocial.transport.port import drive
from munsocial.transport.session import Session
from munsocial.wording import Text
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.keys import KeyChoice
from munsocial_vk.methods import method_of
from munsocial_vk.oauth import Renewal
from munsocial_vk.sandbox.asked import VkError
from munsocial_vk.sandbox.face import VkFace
from munsocial_vk.settings import VkSettings
from vk_world import NOW, SECRETS, WEEK, Store, account, add_community, busy_wall, connect, gather, make_world, scripted

WANT = {"profile", "handle_now", "posts", "comments", "links"}
TWENTY = range(1, 21)


def busy(*kinds: str, **settings: Any) -> tuple[VkAdapter, Any]:
    world = make_world()
    for number in TWENTY:
        if number > 1:
            add_community(world, number)
        busy_wall(world, number)
    return connect(world, *kinds, **settings)


@pytest.mark.parametrize(("references", "most"), [(["env:SERVICE"], 7), (["env:SERVICE", "env:AGAIN"], 12)])
def test_a_key_registered_for_each_account_is_still_one_key(references: list[str], most: int) -> None:
    adapter, port = busy()
    store = Store()
    store.kept["env:AGAIN"] = SECRETS["env:SERVICE"]
    adapter.choice.ring = KeyRing(
        tuple(Key(f"adm{n}", "service_key", references[n % len(references)], {}, store) for n in TWENTY)
    )
    views = gather(adapter, [account(n) for n in TWENTY], WANT)
    assert sum(len(view.comments.value) for view in views.values()) == 140
    starts = [at for at, _ in port.started]
    assert len(starts) <= most
    assert all(later - first >= 1.0 for first, later in zip(starts, starts[3:], strict=False))


@pytest.mark.parametrize("told", [True, False])
def test_where_the_weakest_key_may_not_pack_one_that_may_is_used(told: bool) -> None:
    adapter, port = busy("service", "user", settings={"service_key_executes": not told})
    face = port.faces.by_network["vk"]
    refused: list[str] = []
    check = face._check_kind

    def strict(key: Any, method: str) -> None:
        if method == "execute" and key.kind == "service":
            refused.append(method)
            raise VkError(28, "Application authorization failed: method is unavailable with service token.")
        check(key, method)

    face._check_kind = strict
    views = gather(adapter, [account(n) for n in TWENTY], WANT)
    assert sum(len(view.comments.value) for view in views.values()) == 140
    assert len(port.started) == 7 + len(refused)
    assert len(refused) == (0 if told else 1)


@pytest.mark.parametrize(("code", "used"), [(29, ["service", "user"]), (103, ["service"]), (601, ["service"])])
def test_another_key_is_tried_for_an_allowance_of_the_key_only(code: int, used: list[str]) -> None:
    tried: list[str] = []

    def refuse(fields: dict[str, Any]) -> Any:
        tried.append(fields["access_token"].partition("-")[0])
        return {"error": {"error_code": code, "error_msg": "told"}}

    adapter, _ = scripted("service", "user", settings={"key_in": "body"}, wall_get=refuse)
    with pytest.raises(QuotaSpent):
        drive(adapter.list_posts(account(), since=NOW, until=NOW))
    assert tried == used
    assert bool(adapter.choice.candidates("adm1", method_of("wall.get"))) is (code != 29)


def owned(numbers: range, store: Store, kind: str = "community") -> tuple[Any, KeyRing]:
    """Return a world of communities, each with a key of its own, and the ring of these keys."""
    world = make_world()
    for number in numbers:
        if number > 1:
            add_community(world, number)
        world.appoint("vk", str(number), "500", "administrator")
        whose: dict[str, Any] = {"page": str(number)} if kind == "community" else {"owner": "500"}
        world.add_key(Issued(f"own-{number}", "vk", kind, **whose))
        store.kept[f"env:OWN{number}"] = f"own-{number}"
    return world, KeyRing(tuple(Key(f"adm{n}", f"{kind}_key", f"env:OWN{n}", {}, store) for n in numbers))


@pytest.mark.parametrize("kind", ["community", "user"])
def test_fifty_keys_are_used_at_once_and_not_one_after_another(kind: str) -> None:
    numbers = range(1, 51)
    world, ring = owned(numbers, Store(), kind)

    async def run() -> Any:
        port = AsyncSandboxPort({"vk": VkFace(world)}, latency=1.0)
        adapter = VkAdapter(Equipment(Session(port, network="vk"), ring, {}, world.now, None))
        want = frozenset({"managers", "bans"})
        return [one async for one in adapter.collect_many([account(n) for n in numbers], WEEK, want)], port

    views, port = anyio.run(run)
    assert sum(view.bans.value is not None for view in views) == 50
    starts = [at for at, _ in port.started]
    assert len(starts) == 50
    assert starts[-1] - starts[0] < 1.0


def test_a_key_that_is_not_kept_anywhere_spoils_its_own_account_only() -> None:
    store = Store()
    world, ring = owned(range(1, 6), store)

    class Holed(Store):
        def get(self, reference: str) -> str:
            if reference == "env:OWN3":
                raise SecretUnavailable(Text("пусто", "empty"), where=reference)
            return store.kept[reference]

    holed = Holed()
    adapter, port = connect(world, "service")
    adapter.choice.ring = KeyRing(tuple(replace(key, _secrets=holed) for key in ring.keys))
    views = gather(adapter, [account(n) for n in range(1, 6)], {"managers", "bans"})
    assert [name for name, view in views.items() if view.bans.value is None] == ["adm3"]
    assert "env:OWN3" in views["adm3"].bans.missing.en
    assert len(port.started) == 4


def test_a_kind_that_the_settings_rule_out_is_not_asked_for() -> None:
    adapter, _ = connect(make_world(), "service")
    with pytest.raises(CapabilityMissing) as caught:
        drive(adapter.read_managers(account()))
    assert "сервисный" not in caught.value.say("ru")
    assert "ключ сообщества или ключ пользователя" in caught.value.say("ru")


def test_scheduled_posts_are_looked_for_with_the_key_that_sees_them() -> None:
    seen: list[str] = []

    def wall(fields: dict[str, Any]) -> Any:
        seen.append(fields["access_token"])
        shown = fields["access_token"] == SECRETS["env:USER"]
        item = {"id": 5, "owner_id": -1, "from_id": -1, "date": 1795000000, "post_type": "postpone", "text": "Потом"}
        return {"count": int(shown), "items": [item] * shown}

    adapter, _ = scripted("service", "user", settings={"key_in": "body"}, wall_get=wall)
    assert [post.id for post in drive(adapter.list_waiting(account()))] == ["5"]
    assert seen == [SECRETS["env:USER"]]


@pytest.mark.parametrize(
    ("references", "paces"),
    [(["env:SERVICE", "env:AGAIN"], 1), (["env:SERVICE", "env:USER"], 2), (["env:SERVICE", "env:SERVICE"], 1)],
)
def test_the_pace_is_that_of_the_key_itself(references: list[str], paces: int) -> None:
    store = Store()
    store.kept["env:AGAIN"] = SECRETS["env:SERVICE"]
    ring = tuple(Key(f"a{n}", "service_key", one, {}, store) for n, one in enumerate(references))
    choice = KeyChoice(KeyRing(ring), VkSettings(), lambda: 0.0)
    found = {choice.pace(key, key.reveal()) for key in ring}
    assert len(found) == paces
    assert not any(secret in str(found) for secret in SECRETS.values())


def test_a_renewed_key_goes_on_at_the_pace_of_the_one_before() -> None:
    key = Key("adm1", "user_key", "env:USER", {}, Store())
    choice = KeyChoice(KeyRing((key,)), VkSettings(), lambda: 0.0)
    assert choice.pace(key, "before") == choice.pace(key, "after")


def test_two_processes_that_both_renew_do_not_void_each_others_keys() -> None:
    world, store = make_world(), Store()
    held = world.keys["user-5ecret"]
    held.refresh, held.settings["device_id"] = "refresh-1", "d1"
    store.kept["file:refresh"] = "refresh-1"
    named = {"client_id": "77", "device_id": "d1", "refresh": "file:refresh"}
    adapter, port = connect(world, "user", store=store)
    key = Key("adm1", "user_key", "env:USER", named, store)
    first, second = (Renewal(Session(port, network="vk"), adapter.settings, store) for _ in range(2))

    one = drive(first.renew(key, spent="user-5ecret"))
    store.kept["env:USER"] = "user-5ecret"  # as if the second one had renewed in its own turn before
    two = drive(second.renew(key, spent="user-5ecret"))
    assert len({one, two} - {None}) == 2
    assert drive(first.renew(key, spent=one or "")) == two
    assert drive(first.value(key)) == two
    assert drive(second.value(key)) == two
    assert len(port.started) == 2


@pytest.mark.parametrize(("answers", "asked"), [([1795165200], 1), ([b"<html>"] * 3, 9)])
def test_a_key_that_serves_all_accounts_is_checked_once(answers: list[Any], asked: int) -> None:
    """What could not be asked is asked again for the next account."""
    given = iter(answers * 9)
    adapter, port = scripted("service", utils_getServerTime=lambda _: next(given))
    reports = [report for n in (1, 2, 3) for report in drive(adapter.check_keys(account(n)))]
    assert [report.account for report in reports] == ["adm1", "adm2", "adm3"]
    assert {report.valid for report in reports} == {True if asked == 1 else None}
    assert len(port.asked) == asked


def refusing(code: int) -> Any:
    return lambda _: {"error": {"error_code": code, "error_msg": "told"}}


@pytest.mark.parametrize("calls", [1, 2])
def test_a_spent_allowance_is_told_as_such_however_often_it_is_asked_for(calls: int) -> None:
    adapter, port = scripted("service", wall_get=refusing(29))
    for _ in range(calls):
        with pytest.raises(QuotaSpent) as caught:
            drive(adapter.list_posts(account(), since=NOW, until=NOW))
    assert (caught.value.network_code, caught.value.account, caught.value.executed) == ("29", "adm1", False)
    assert "Продолжите завтра" in caught.value.say("ru")
    assert len(port.asked) == 1


@pytest.mark.parametrize(
    ("code", "why", "said"),
    [
        (29, Why.QUOTA, "Продолжите завтра или другим ключом."),
        (1051, Why.NO_RIGHT, "Метод wall.get не принял ни один из ключей (код 1051). Нужен сервисный ключ"),
        (27, Why.NO_RIGHT, "Метод wall.get не принял ни один из ключей (код 27). Нужен сервисный ключ"),
    ],
)
def test_every_account_of_a_collection_is_told_why_no_key_is_left(code: int, why: Why, said: str) -> None:
    adapter, _ = scripted("user", wall_get=refusing(code))
    numbers = range(1, 301)
    views = gather(adapter, [account(n) for n in numbers], {"posts"})
    assert {view.posts.missing.why for view in views.values()} == {why}
    assert all(said in view.posts.missing.ru and name in view.posts.missing.where for name, view in views.items())


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (27, "Нужен ключ пользователя с правом «wall»."),  # VK takes no key of this kind: another one changes nothing
        (15, "Нужен ключ сообщества или ключ пользователя с правом «wall»."),  # this very key may not
    ],
)
def test_a_kind_of_key_that_was_refused_as_such_is_not_asked_for(code: int, wanted: str) -> None:
    sub = {"error_subcode": 1133} if code == 15 else {}
    refusal = {"error": {"error_code": code, "error_msg": "told", **sub}}
    adapter, _ = scripted(wall_deleteComment=lambda _: refusal)
    adapter.choice.ring = KeyRing((Key("adm1", "community_key", "env:OWN1", {}, Lending("serves")),))
    with pytest.raises(CapabilityMissing) as caught:
        drive(adapter.delete_comment(account(), "7"))
    assert caught.value.remedy is not None
    assert caught.value.remedy.ru == wanted


class Lending:
    """Two communities with a key each, where the first key does not serve; a third community has none."""

    def __init__(self, first: str) -> None:
        self.first = first
        self.tried: list[str] = []

    def get(self, reference: str) -> str:
        if self.first == "not kept" and reference == "env:OWN1":
            raise SecretUnavailable(Text("пусто", "empty"), where=reference)
        return reference.removeprefix("env:").lower()

    def by_id(self, fields: dict[str, Any]) -> Any:
        self.tried.append(fields["access_token"])
        codes = {"revoked": 5, "spent": 29, "of a kind refused": 1051, "may not": 15}
        if fields["access_token"] == "own1" and self.first in codes:
            sub = {"error_subcode": 1133} if self.first == "may not" else {}
            return {"error": {"error_code": codes[self.first], "error_msg": "told", **sub}}
        return {"groups": [{"id": int(n), "name": f"Page {n}"} for n in fields["group_ids"].split(",")]}

    def adapter(self, *owners: int) -> VkAdapter:
        adapter, _ = scripted(settings={"key_in": "body"}, groups_getById=self.by_id)
        ring = tuple(Key(f"adm{n}", "community_key", f"env:OWN{n}", {}, self) for n in owners)
        adapter.choice.ring = KeyRing(ring)
        return adapter


@pytest.mark.parametrize(
    ("first", "tried"),
    [
        ("wanting", ["own2"]),
        ("not kept", ["own2"]),
        ("revoked", ["own1", "own2"]),
        ("spent", ["own1", "own2"]),
        ("of a kind refused", ["own1", "own2"]),
        ("may not", ["own1", "own2"]),
        ("good", ["own1"]),
    ],
)
def test_a_key_that_fails_for_the_first_account_does_not_hide_the_pages_of_others(first: str, tried: list[str]) -> None:
    lending = Lending(first)
    adapter = lending.adapter(*((2,) if first == "wanting" else (1, 2)))
    views = gather(adapter, [account(n) for n in (1, 2, 3)], {"profile"})
    assert {name: view.profile.value and view.profile.value.name for name, view in views.items()} == {
        "adm1": "Page 1", "adm2": "Page 2", "adm3": "Page 3"
    }  # fmt: skip
    assert lending.tried == tried


@pytest.mark.parametrize(
    ("owners", "why", "said"),
    [
        ((), Why.NO_RIGHT, "Для метода groups.getById нет ключа."),
        ((1,), Why.KEY_INVALID, "Ключ доступа истёк"),
    ],
)
def test_where_no_key_is_left_each_account_is_told_of_itself(owners: tuple[int, ...], why: Why, said: str) -> None:
    views = gather(Lending("revoked").adapter(*owners), [account(n) for n in (1, 2, 3)], {"profile", "links"})
    for name, view in views.items():
        for part in (view.profile, view.links):
            assert part.missing.why is why
            assert part.missing.where == f"vk / groups.getById / {name}"
            assert part.missing.ru.startswith(said)


def test_a_weak_key_that_is_lent_reads_no_walls_for_others_either() -> None:
    world = make_world()
    world.keys["user-5ecret"].settings["vkid"] = "1"
    adapter, _ = connect(world, "user")
    (report,) = drive(adapter.check_keys(account(2)))
    assert {Ability.LIST_POSTS, Ability.LIST_COMMENTS, Ability.PUBLISH} <= dict(report.missing).keys()
    assert "VK ID" in dict(report.missing)[Ability.LIST_POSTS].ru


@pytest.mark.parametrize(
    ("setting", "method", "kind", "usual"),
    [
        ("community_key_posts_text", "wall.post", "community_key", True),
        ("community_key_moderates", "wall.deleteComment", "community_key", True),
        ("service_key_executes", "execute", "service_key", True),
        ("managers_by_service_key", "groups.getMembers", "service_key", False),
    ],
)
def test_a_setting_says_whether_a_method_may_take_a_kind(setting: str, method: str, kind: str, usual: bool) -> None:
    for told, may in (({}, usual), ({setting: True}, True), ({setting: False}, False)):
        adapter, _ = scripted("service", "community", "user", settings=told)
        assert (kind in [key.kind for key in adapter.choice.candidates("adm1", method_of(method))]) is may, told

"""What people write for a handle: a copied address and a name with @ are the short name, another page is a mistake."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter

from munsocial.errors import RegistryRefused
from munsocial.model.accounts import NetworkAccount, Upstream
from munsocial.model.checking.building import build_registry
from munsocial.policy.overlooked import check_registry


@pytest.mark.parametrize(
    ("network", "written", "handle"),
    [
        ("vk", "adm123", "adm123"),
        ("vk", "adm.reka", "adm.reka"),
        ("vk", "https://vk.com/Adm123", "Adm123"),
        ("vk", "HTTPS://WWW.VK.COM/adm123/", "adm123"),
        ("vk", "vk.ru/adm123", "adm123"),
        ("vk", "https://m.vk.com/public123?from=search#top", "public123"),
        ("vk", "@adm123", "adm123"),
        ("vk", "https://vk.com/@adm123", "adm123"),
        ("vk", "adm123/", "adm123"),
        ("vk", "/adm123", "adm123"),
        ("vk", "//vk.com/adm123/", "adm123"),
        ("vk", "", ""),
        ("vk", "@", "@"),
        ("ok", "https://ok.ru/primerny", "primerny"),
        ("ok", "https://m.ok.ru/group/71000000000001", "group/71000000000001"),
        ("ok", "group/71000000000001", "group/71000000000001"),
        ("ok", "group/71000000000001/", "group/71000000000001"),
        ("ok", "https://ok.ru/group/71000000000001/topics", "group/71000000000001"),
        ("ok", "/group/71000000000001/members/", "group/71000000000001"),
        ("ok", "https://ok.ru/primerny/photos", "primerny"),
        ("ok", "ok.ru/topics", "topics"),
        ("ok", "ok.ru/profile/570000000001", "profile/570000000001"),
        ("ok", "ok.ru/profile/570000000001/statuses", "profile/570000000001"),
        ("telegram", "https://t.me/s/reka", "reka"),
        ("max", "https://max.ru/reka", "reka"),
        ("facebook", "https://facebook.com/reka", "https://facebook.com/reka"),
        ("ploshchad", "@reka", "@reka"),
    ],
)
def test_a_handle_is_the_name_in_what_was_written(network: str, written: str, handle: str) -> None:
    assert NetworkAccount(id="a", network=network, handle=written).handle == handle
    above = TypeAdapter(Upstream).validate_python({"role": "governor", "network": network, "handle": written})
    assert above.handle == handle


REGISTER = {
    "municipality": {"id": "reka", "name": "Река"},
    "bodies": [{"id": "adm", "kind": "administration", "name": "Администрация"}],
}


@pytest.mark.parametrize(
    ("network", "written", "known"),
    [
        ("vk", "https://vk.com/adm123", True),
        ("vk", "https://ok.ru/adm123", False),
        ("vk", "https://example.org/adm123", False),
        ("vk", "https://vk.com/video/playlist", False),
        ("vk", "https://vk.com/", False),
        ("vk", "https://vk.com/wall-1_2", False),
        ("vk", "vk.com/photo-1_2?rev=1", False),
        ("vk", "video1_2", False),
        ("vk", "https://vk.com/Topic-1_2", False),
        ("vk", "vk.com/wall-1", False),
        ("vk", "photo_2", True),
        ("vk", "wall1", True),
        ("vk", "\u0430dm123", False),  # the first letter is Russian
        ("ok", "https://ok.ru/группа", False),
        ("ok", "https://ok.ru/group/71000000000001", True),
        ("ok", "https://ok.ru/group/71000000000001/topic/5", False),
        ("telegram", "https://t.me/joinchat/AbC", True),
        ("facebook", "https://facebook.com/groups/reka", True),
    ],
)
def test_an_address_of_no_page_is_refused_with_its_place(network: str, written: str, known: bool) -> None:
    account = {"id": "a", "body": "adm", "network": network, "handle": written}
    above = {"id": "g", "role": "governor", "network": network, "handle": written}
    tables = {**REGISTER, "accounts": [account], "upstream": [above]}
    if known:
        assert build_registry(tables, where="district.toml").accounts[0].handle
        return
    with pytest.raises(RegistryRefused) as caught:
        build_registry(tables, where="district.toml")
    places = [(one.table, one.record, one.field) for one in caught.value.problems]
    assert places == [("accounts", "a", "handle"), ("upstream", "g", "handle")]
    assert "Впишите короткое имя страницы." in caught.value.say("ru")


def test_a_russian_letter_among_latin_ones_is_named() -> None:
    tables = {**REGISTER, "accounts": [{"id": "a", "body": "adm", "network": "vk", "handle": "\u0430dm_reka\u0430"}]}
    with pytest.raises(RegistryRefused) as caught:
        build_registry(tables, where="district.toml")
    assert "нет знаков «\u0430», хотя бы и похожих на латинские" in caught.value.say("ru")


@pytest.mark.parametrize("written", ["https://vk.com/wall-1_2", "https://example.org/adm123", "vk.com/video/playlist"])
def test_what_names_no_page_is_only_noticed_where_the_number_of_the_page_is_known(written: str) -> None:
    known = {"network": "vk", "handle": written, "network_id": "123"}
    own, above = {"id": "a", "body": "adm", **known}, {"id": "g", "role": "governor", **known, "network_id": "124"}
    registry = build_registry({**REGISTER, "accounts": [own], "upstream": [above]}, where="district.toml")
    notices = check_registry(registry, ())
    assert [(one.table, one.record, one.field) for one in notices] == [
        ("accounts", "a", "handle"),
        ("upstream", "g", "handle"),
    ]
    assert all("не страница сети. Впишите короткое имя страницы." in one.say("ru") for one in notices)


def test_a_page_that_passes_from_one_record_to_the_next_is_no_slip() -> None:
    page = {"body": "adm", "network": "vk", "handle": "adm123", "network_id": "123"}
    ways = ({"id": "a", "closed": date(2026, 2, 1)}, {"id": "b", "opened": date(2026, 2, 1)})
    registry = build_registry({**REGISTER, "accounts": [{**page, **way} for way in ways]}, where="district.toml")
    assert [one.id for one in registry.accounts] == ["a", "b"]


def test_one_page_written_in_two_ways_is_told() -> None:
    ways = ["https://vk.com/adm123", "@ADM123"]
    accounts = [{"id": f"a{n}", "body": "adm", "network": "vk", "handle": way} for n, way in enumerate(ways)]
    with pytest.raises(RegistryRefused, match="та же страница"):
        build_registry({**REGISTER, "accounts": accounts}, where="district.toml")

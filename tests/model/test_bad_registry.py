"""What a bad register gets: one refusal with every problem, its place and its remedy - and never a secret."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from munsocial.errors import FileRefused, InputError, MunsocialError, RegistryRefused
from munsocial.model.checking.building import build_registry
from munsocial.model.checking.secretlike import may_hold_secret, secret_like
from munsocial.model.files import load_registry, save_registry
from munsocial.policy import load_acts

HEAD = """
[municipality]
id = "reka"
name = "Река"
[[bodies]]
id = "adm"
kind = "administration"
name = "Администрация"
[[people]]
id = "anna"
name = "Анна"
[[accounts]]
id = "adm-vk"
body = "adm"
network = "vk"
"""


def _refused(tmp_path: Path, text: str, name: str = "district.toml") -> MunsocialError:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises((FileRefused, RegistryRefused)) as caught:
        load_registry(file)
    assert caught.value.where == str(file)
    assert re.search("[А-Яа-я]", caught.value.say("ru"))
    return caught.value


@pytest.mark.parametrize(
    ("situation", "more", "place"),
    [
        ("an unknown key", 'colour = "red"', "accounts / adm-vk / colour"),
        ("a key with a slip", 'handel = "x"', "accounts / adm-vk / handel"),
        ("an unknown table", "[[acounts]]\nid='x'", "acounts"),
        ("a repeated id", '[[people]]\nid = "anna"\nname = "Другая"', "people / anna / id"),
        ("an unknown body", '[[phones]]\nnumber = "+7 86199 2-00-01"\nbody = "admm"', "phones / № 1 / body"),
        ("an unknown person", '[[credentials]]\naccount = "adm-vk"\nkind = "login"\nholder = "b"', "holder"),
        ("a phone with too few digits", 'phone = "+7 123"', "accounts / adm-vk / phone"),
        ("a phone of letters", 'phone = "нет"', "accounts / adm-vk / phone"),
        ("a network id without quotes", "network_id = 123", "accounts / adm-vk / network_id"),
        ("an account closed before it was opened", "opened = 2026-01-02\nclosed = 2026-01-01", "adm-vk / closed"),
        ("a year of long ago", "opened = 1026-01-01", "accounts / adm-vk / opened"),
        ("a date as a number", "opened = 20260101", "accounts / adm-vk / opened"),
        ("an unknown kind of account", 'kind = "comunity"', "accounts / adm-vk / kind"),
        ("a community that only owns pages", "only_owns = true", "accounts / adm-vk / only_owns"),
        ("an account that owns itself", 'owner_profile = "adm-vk"', "owner_profile"),
        (
            "a network by its Russian name",
            '[[upstream]]\nid = "head"\nrole = "governor"\nnetwork = "Одноклассники"\nhandle = "head"',
            "Did you mean ok?",
        ),
        (
            "a slip in a table inside a record",
            '[[appointments]]\nperson = "anna"\nbody = "adm"\nduties = ["running"]\n'
            'act = {numbr = "12", date = 2026-02-01}',
            "Did you mean number?",
        ),
        (
            "the same page twice",
            'network_id = "1"\n[[accounts]]\nid = "b"\nbody = "adm"\nnetwork = "vk"\nnetwork_id = "1"',
            "network_id",
        ),
        (
            "a naive time",
            '[[removals]]\naccount = "adm-vk"\nitem = "1"\nground = "spam"\nat = 2026-01-01T10:00:00',
            "removals / № 1 (adm-vk) / at",
        ),
        (
            "a waiver that ends before it begins",
            '[[waivers]]\nrequirement = "x"\nsubject = "adm"\nreason = "r"\napprover = "anna"\n'
            "since = 2026-02-01\nlast_day = 2026-01-01",
            "waivers / № 1 (adm) / last_day",
        ),
        ("a table that is not a list", "[phones]\nnumber = 1", "phones"),
        ("a control character", 'title = "a\\u0007b"', "accounts / adm-vk / title"),
    ],
)
def test_a_problem_names_its_place_and_remedy(tmp_path: Path, situation: str, more: str, place: str) -> None:
    refused = _refused(tmp_path, f"{HEAD}{more}\n")
    assert isinstance(refused, RegistryRefused), situation
    assert len(refused.problems) == 1, refused
    assert place in refused.problems[0].say("en")
    assert refused.problems[0].remedy.ru
    assert refused.problems[0].remedy.en


CONTROL = "в тексте управляющие или повреждённые знаки."
NAMED = "в имени управляющие или повреждённые знаки."


@pytest.mark.parametrize(
    ("situation", "networks", "field", "what"),
    [
        ("half of a sign", {"vk": {"x": "\ud800"}}, "x", CONTROL),
        ("half of a sign in a list", {"vk": {"x": ["\ud800"]}}, "x", CONTROL),
        ("half of a sign in the name of a setting", {"vk": {"\ud800": "x"}}, "", NAMED),
        ("a control sign in the name of a setting", {"vk": {"a\x01b": "x"}}, "", NAMED),
        ("a control sign in a name within a setting", {"vk": {"x": {"a\x01b": 1}}}, "x", NAMED),
        ("a control sign in the name of a network", {"v\x01k": {"a": "x"}}, "", NAMED),
        ("half of a sign in the name of a network", {"\ud800": {"a": "x"}}, "", NAMED),
        ("a number of thousands of digits", {"vk": {"x": 16**4000}}, "x", "число слишком длинное."),
        ("one below nought", {"vk": {"x": -(16**4000)}}, "x", "число слишком длинное."),
        ("one in a list", {"vk": {"x": [16**4000]}}, "x", "число слишком длинное."),
    ],
)
def test_settings_that_no_file_can_hold_are_told_at_load(
    situation: str, networks: dict[str, object], field: str, what: str
) -> None:
    with pytest.raises(RegistryRefused) as refused:
        build_registry({"municipality": {"id": "reka", "name": "Река"}, "networks": networks}, where="district.json")
    told = [(one.table, one.field, one.what.ru) for one in refused.value.problems]
    assert told == [("networks", field, what)], situation
    assert str(refused.value).encode(), situation


@pytest.mark.parametrize(
    ("table", "row", "field"),
    [
        ("people", {"id": "p", "name": "П", "profiles": {"v\x01k": "1"}}, "profiles"),
        ("people", {"id": "p", "name": "П", "profiles": {"\ud800": "1"}}, "profiles"),
        ("people", {"id": "p", "name": "П", "position": "\ud800"}, "position"),
    ],
)
def test_names_and_texts_that_no_file_can_hold_are_told_in_records(
    table: str, row: dict[str, object], field: str
) -> None:
    with pytest.raises(RegistryRefused) as refused:
        build_registry({"municipality": {"id": "reka", "name": "Река"}, table: [row]}, where="district.json")
    assert [(one.table, one.record, one.field) for one in refused.value.problems] == [(table, "p", field)]


@pytest.mark.parametrize("suffix", [".toml", ".json", ".xlsx"])
def test_the_longest_number_goes_through_every_format(tmp_path: Path, suffix: str) -> None:
    tables = {"municipality": {"id": "reka", "name": "Река"}, "networks": {"vk": {"x": 10**639, "y": -(10**639)}}}
    registry, file = build_registry(tables, where="district.json"), tmp_path / f"district{suffix}"
    save_registry(registry, file)
    assert load_registry(file) == registry


@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_of_thousands_of_digits_where_a_text_belongs_is_a_problem_like_another(sign: int) -> None:
    number = sign * 16**4000
    tables = {"municipality": {"id": "reka", "name": "Река"}, "bodies": [{"id": number, "kind": number, "name": "А"}]}
    with pytest.raises(RegistryRefused, match="bodies"):
        build_registry(tables, where="district.toml")


@pytest.mark.parametrize(
    ("situation", "table", "row", "remedy"),
    [
        ("seconds since 1970 in quotes", "people", {"id": "p", "name": "П", "since": "1770940800"}, "2026-02-01."),
        ("a day without its dashes", "people", {"id": "p", "name": "П", "since": "20260201"}, "2026-02-01."),
        ("a part of a record", "exempt_periods",
         {"subject": "reka", "since": 5, "until": "2026-02-01", "reason": "р"}, "2026-02-01."),
        ("a moment as a number", "inquiries", {"id": "q", "asked_at": 1770940800}, "2026-02-01T10:00:00+03:00."),
        ("a moment in quotes", "inquiries", {"id": "q", "asked_at": "1770940800.5"}, "2026-02-01T10:00:00+03:00."),
    ],
)  # fmt: skip
def test_a_number_is_no_day(tmp_path: Path, situation: str, table: str, row: dict[str, object], remedy: str) -> None:
    text = json.dumps({"municipality": {"id": "reka", "name": "Река"}, table: [row]})
    refused = _refused(tmp_path, text, "district.json")
    assert isinstance(refused, RegistryRefused), situation
    assert len(refused.problems) == 1, refused
    assert refused.problems[0].what.ru == "дата записана числом.", situation
    assert refused.problems[0].remedy.ru.endswith(remedy)


@pytest.mark.parametrize(
    ("situation", "owners", "told"),
    [
        ("two of each other", {"a": "b", "b": "a"}, ["a", "b"]),
        ("a tail before a circle", {"a": "b", "b": "c", "c": "d", "d": "b"}, ["b", "c", "d"]),
        ("two circles", {"a": "b", "b": "a", "c": "d", "d": "c"}, ["a", "b", "c", "d"]),
        ("none", {"a": "b", "b": "c", "c": None}, []),
        ("one of two owned by the same", {"a": "c", "b": "c", "c": "a"}, ["a", "c"]),
    ],
)
@pytest.mark.parametrize(("table", "field"), [("accounts", "owner_profile"), ("bodies", "served_by")])
def test_a_circle_is_told_at_each_of_its_records(
    tmp_path: Path, situation: str, owners: dict[str, str | None], told: list[str], table: str, field: str
) -> None:
    own = {"accounts": {"body": "adm", "network": "vk"}, "bodies": {"kind": "sectoral", "name": "О"}}[table]
    bodies = [{"id": "adm", "kind": "administration", "name": "А"}]
    tables = {"municipality": {"id": "reka", "name": "Река"}, "accounts": [], "bodies": bodies}
    tables[table] += [{"id": one, **own, **({field: other} if other else {})} for one, other in owners.items()]  # type: ignore[operator]
    file = tmp_path / "district.json"
    if not told:
        file.write_text(json.dumps(tables), "utf-8")
        assert load_registry(file)
        return
    refused = _refused(tmp_path, json.dumps(tables), "district.json")
    assert isinstance(refused, RegistryRefused)
    assert [(one.table, one.record, one.field) for one in refused.problems] == [(table, one, field) for one in told]


@pytest.mark.parametrize("code", ["ru", "ZZ", "", "RUS"])
def test_a_calendar_that_nobody_keeps_is_refused(tmp_path: Path, code: str) -> None:
    text = HEAD.replace('name = "Река"', f'name = "Река"\ncountry_calendar = "{code}"')
    refused = _refused(tmp_path, text).say("ru")
    assert "municipality / country_calendar: такого производственного календаря нет. Напишите код страны" in refused


@pytest.mark.parametrize("code", ["RU", "BY", "KZ"])
def test_a_calendar_that_is_kept_loads(tmp_path: Path, code: str) -> None:
    file = tmp_path / "district.toml"
    file.write_text(HEAD.replace('name = "Река"', f'name = "Река"\ncountry_calendar = "{code}"'), "utf-8")
    assert load_registry(file).municipality.country_calendar == code


@pytest.mark.parametrize(
    ("more", "guess"),
    [
        ('handel = "x"', "handle"),
        ('kind = "comunity"', "community"),
        ("[[acounts]]\nid='x'", "accounts"),
        ('[[phones]]\nnumber = "+7 86199 2-00-01"\nbody = "admm"', "adm"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_known_word(tmp_path: Path, more: str, guess: str) -> None:
    assert f"Did you mean {guess}" in _refused(tmp_path, f"{HEAD}{more}\n").say("en")


LOGIN = '[[credentials]]\naccount="adm-vk"\nkind="login"\nkept='

# Not secrets: invented, in the shapes that networks give theirs.
SECRETS = [
    ("a VK token", 'title = "{}"', "vk1.a.AbCdEfGhIjKlMnOpQrStUvWx"),
    ("a JSON Web Token", 'title = "{}"', "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijk"),
    ("a long hexadecimal key", 'category = "{}"', "0123456789abcdef0123456789abcdef01234567"),
    ("a long Base64 key", 'category = "{}"', "Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3BxcnN0dXY="),
    ("a password in place of a reference", '[[credentials]]\naccount="adm-vk"\nkind="k"\nsecret="{}"', "Qwerty-123"),
    ("a token in place of a reference", '[[credentials]]\naccount="adm-vk"\nkind="k"\nsecret="{}"', "vk1.a.Qwertyu"),
    ("a password field", 'password = "{}"', "Qwerty-123"),
    ("a token among settings", '[networks.vk]\naccess_token = "{}"', "Qwerty-123"),
    ("a password in the address of a proxy", '[networks.vk]\nproxy = "http://user:{}@h:1"', "Qwerty-123"),
    ("a bot token as an id", 'network_id = "{}"', "123456789:AAbbccddeeffgghhiijjkkllmmnnooppqqr"),
    ("a token as a key", '"{}" = 1', "vk1.a.AbCdEfGhIjKlMnOpQrStUvWx"),
    ("a password told in words", LOGIN + '"Пароль: {}"', "Qwerty-123"),
    ("a login and its password", 'title = "login: adm, pass={}"', "Qwerty123"),
    ("a password as an id", '[[people]]\nid = "password: {}"\nname = "x"', "Qwerty-123"),
    ("a secret key of an application", '[networks.ok]\nsession_secret_key = "{}"', "Qwerty-123"),
]


@pytest.mark.parametrize(("situation", "more", "secret"), SECRETS)
def test_a_secret_is_refused_and_never_shown(tmp_path: Path, situation: str, more: str, secret: str) -> None:
    refused = _refused(tmp_path, f"{HEAD}{more.format(secret)}\n")
    shown = f"{refused.say('ru')}{refused.say('en')}{refused!r}{refused.args}{refused.__dict__}{refused.__cause__}"
    assert secret not in shown, situation
    assert refused.__context__ is None or secret not in str(refused.__context__)


@pytest.mark.parametrize(
    ("situation", "more"),
    [
        ("a reference", '[[credentials]]\naccount="adm-vk"\nkind="k"\nsecret="env:ADM_VK"'),
        ("a comment id of OK", '[[removals]]\naccount="adm-vk"\nitem="MTQ5NTM2Nzk2MTk5MTotNDIwOToxNDk1MzY3OTYx"\n'
         'ground="spam"\nat=2026-01-01T10:00:00Z'),
        ("a long number", 'network_id = "70000000000000000000000000000001"'),
        ("an ordinary sentence", 'title = "Администрация Верхнереченского сельского поселения"'),
        ("where a password is kept", LOGIN + '"Пароль: в сейфе, каб. 12"'),
        ("a keeper of passwords", LOGIN + '"пароль: KeePass2, 1Password"'),
        ("a reference in words", LOGIN + '"password: env:VK_LOGIN_1"'),
        ("a folder", LOGIN + '"пароль: srv1/keys/adm"'),
        ("a public address", '[networks.vk]\nbase_url = "https://api.vk.ru/method/"'),
    ],
)  # fmt: skip
def test_what_only_looks_long_is_taken(tmp_path: Path, situation: str, more: str) -> None:
    file = tmp_path / "district.toml"
    file.write_text(f"{HEAD}{more}\n", encoding="utf-8")
    assert load_registry(file).accounts, situation


@pytest.mark.parametrize(
    ("situation", "name", "content", "words"),
    [
        ("not UTF-8", "a.toml", "[municipality]\nname = 'Река'".encode("cp1251"), ("UTF-8", "2")),
        ("an unclosed quote", "a.toml", b'[municipality]\nid = "a\n', ("2", "column 8")),
        ("a field written twice", "a.toml", b"[m]\na = 1\na = 2\n", ("TOML", "line")),
        ("a day that does not exist", "a.toml", b"[m]\na = 2026-02-31\n", ("line 2", "column 5")),
        ("cut JSON", "a.json", b'{"municipality": {"id": "a"', ("cut", "line 1")),
        ("broken JSON", "a.json", b'{"municipality": nope}', ("line 1", "column 18")),
        ("JSON too deep", "a.json", b"[" * 200_000, ("deep",)),
        ("no workbook", "a.xlsx", b"PK but no zip", (".xlsx",)),
        ("an unknown suffix", "a.csv", b"id;name", (".toml", ".csv")),
    ],
)
def test_a_file_that_cannot_be_read_says_where(
    tmp_path: Path, situation: str, name: str, content: bytes, words: tuple[str, ...]
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(FileRefused) as caught:
        load_registry(file)
    for word in words:
        assert word in caught.value.say("en"), situation


def test_a_missing_file_and_a_directory_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="файла нет"):
        load_registry(tmp_path / "none.toml")
    (tmp_path / "dir.toml").mkdir()
    with pytest.raises(FileRefused, match="папка"):
        load_registry(tmp_path / "dir.toml")


def test_a_file_too_big_is_refused_before_it_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("munsocial.model.files.REGISTRY_LIMIT", 10)
    assert "больше" in str(_refused(tmp_path, HEAD))


@pytest.mark.parametrize("content", [[], 1, "text", None])
def test_json_that_is_no_object_is_no_register(tmp_path: Path, content: object) -> None:
    assert isinstance(_refused(tmp_path, json.dumps(content), "a.json"), RegistryRefused)


@pytest.mark.parametrize("suffix", ["toml", "json"])
def test_tables_inside_each_other_by_the_thousand(tmp_path: Path, suffix: str) -> None:
    deep = {"toml": ".".join("a" * 3000) + " = 1", "json": '{"a":' * 900 + "1" + "}" * 900}[suffix]
    file = tmp_path / f"deep.{suffix}"
    file.write_text(deep, "utf-8")
    loads: tuple[Callable[[Path], object], ...] = (load_registry, lambda path: load_acts([path]))
    for load in loads:
        with pytest.raises(InputError) as refused:
            load(file)
        assert len(refused.value.say("ru")) < 20_000
        assert "RecursionError" not in refused.value.say("en")


def test_a_file_with_a_hundred_thousand_mistakes_says_the_first_of_them(tmp_path: Path) -> None:
    file = tmp_path / "district.json"
    wrong = {"municipality": {"id": "m", "name": "М"}, "bodies": [{"id": f"b{n}"} for n in range(2000)]}
    file.write_text(json.dumps(wrong), "utf-8")
    with pytest.raises(RegistryRefused) as refused:
        load_registry(file)
    assert len(refused.value.problems) == 4000
    assert refused.value.say("ru").count("\n") == 1001
    assert "…и ещё 3000: исправьте эти и проверьте снова." in refused.value.say("ru")
    assert "…and 3000 more: correct these and check again." in refused.value.say("en")


TOKENS = [
    "vk1.a.AbCdEfGh",
    "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMj.x",
    "-----BEGIN RSA PRIVATE KEY-----",
    "tkn1AbCdEfGh1234",
    "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr",
    "EAA" + "b1" * 14,
    "A" * 10 + "b" * 20,
    "http://user:pass@host",
    "0123456789abcdef" * 2,
    "Ab1" * 14,
    "пароль: Qwerty-123",
    "Пароль Qwerty123",
    "password - qwerty123",
    "PASS = Qwerty-123",
    "pwd:abcdef-123",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(TOKENS), st.text(max_size=40)), max_size=3))
@example(TOKENS)
def test_the_quick_look_for_secrets_misses_none(parts: list[str]) -> None:
    """What is passed over at once is nothing that a closer look would name, wherever it stands in a record."""
    together = " ".join(parts)
    if not may_hold_secret(together):
        assert not any(secret_like(one) for one in (*parts, together))


@pytest.mark.parametrize("token", TOKENS)
def test_every_shape_of_a_secret_is_looked_at_closely(token: str) -> None:
    assert secret_like(token)
    assert may_hold_secret(f"Администрация {token}")

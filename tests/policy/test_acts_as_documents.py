"""A broken act is told apart from a broken duty: every problem at once, with its place and its remedy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from munsocial.errors import ActRefused, FileRefused, InputError
from munsocial.policy import KINDS, check_acts, checking, load_acts, network_statuses, shipped_acts
from munsocial.policy.loading import act_schema, read_act
from munsocial.policy.rules import RULES
from munsocial.policy.subjects import restriction
from munsocial.testing.factories import act, requirement
from seed_order import CLAUSES
from shared_material import shared

GOOD = """
id = "mine"
title = "Порядок"
networks = ["vk", "ok"]

[clauses."5"]
ru = "Не менее пяти"

[clauses."1"]
ru = "Термины"
binding = false

[[requirements]]
id = "posts-weekly"
clause = "5"
kind = "posting.frequency"
level = "should"
applies_to = ["administration"]
params = {min = 5, comparator = "ge", period = "week"}
"""


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_good_act_loads_from_a_path(tmp_path: Path) -> None:
    (loaded,) = load_acts([written(tmp_path, GOOD)])
    assert loaded.id == "mine"
    assert loaded.requirement_by_id["posts-weekly"].params.model_dump()["min"] == 5


def test_the_same_act_as_json(tmp_path: Path) -> None:
    import tomllib

    path = written(tmp_path, json.dumps(tomllib.loads(GOOD)), "mine.json")
    assert read_act(path) == read_act(written(tmp_path, GOOD))


def test_acts_stack_and_each_keeps_its_own(tmp_path: Path) -> None:
    acts = load_acts(["kalininsky", "federal", written(tmp_path, GOOD)])
    assert [one.id for one in acts] == ["kalininsky", "federal", "mine"]


def test_an_act_named_twice_is_refused() -> None:
    with pytest.raises(ActRefused, match="дважды"):
        load_acts(["kalininsky", "kalininsky"])


@pytest.mark.parametrize(
    ("slip", "change", "says"),
    [
        ("неизвестный вид", ("posting.frequency", "posting.frequencies"), "posting.frequency"),
        ("неизвестный параметр", ("min = 5", "minimum = 5"), "Известные параметры: min"),
        ("число записано словом", ("min = 5", 'min = "5"'), "params.min"),
        ("неизвестный период", ('"week"', '"fortnight"'), "params.period"),
        ("неизвестный пункт", ('clause = "5"', 'clause = "55"'), "Пункты акта: 5, 1"),
        (
            "обязывающий пункт без требования",
            ("binding = false", "binding = true"),
            "«1» не имеет ни одного требования",
        ),
        ("неизвестный уровень", ('"should"', '"perhaps"'), "level"),
        ("неизвестный ключ", ('networks = ["vk", "ok"]', 'nets = ["vk"]'), "такого поля нет. Может быть, networks?"),
        ("нет названия", ('title = "Порядок"', ""), "title"),
        (
            "срок задом наперёд",
            ('level = "should"', 'level = "should"\nfrom = "2026"\nuntil = "2025"'),
            "кончается раньше",
        ),
        (
            "срок акта задом наперёд",
            ('title = "Порядок"', 'title = "Порядок"\nin_force_from = 2026-02-01\nin_force_until = 2026-01-31'),
            "кончается раньше",
        ),
        (
            "срок запрета сети задом наперёд",
            (
                "[[requirements]]",
                '[[network_status]]\nnetwork = "vk"\nstatus = "blocked"\nsource = "решение"\n'
                "from = 2026-02-01\nto = 2026-01-31\n\n[[requirements]]",
            ),
            "кончается раньше",
        ),
        ("список записан словом", ('["administration"]', '"administration"'), "applies_to: нужен список"),
        ("число меньше нуля", ("min = 5", "min = -5"), "params.min: число меньше 0"),
        ("вместо параметров - число", ('{min = 5, comparator = "ge", period = "week"}', "5"), "params: нужна таблица"),
        ("id с пробелом", ('id = "posts-weekly"', 'id = "posts weekly"'), "это не годится как id"),
        (
            "номер пункта без кавычек",
            ('clause = "5"', "clause = 5"),
            "clause: нужен текст. Возьмите",
        ),
        (
            "секунды вместо даты",
            ('title = "Порядок"', 'title = "Порядок"\ndate = 1735689600'),
            "date: дата не читается",
        ),
        (
            "число вместо срока",
            ('level = "should"', 'level = "should"\ndeadline = 86400'),
            "deadline: дата не читается",
        ),
        ("секунды в кавычках", ('level = "should"', 'level = "should"\nfrom = "1735689600"'), "from: дата не читается"),
        ("тринадцатый месяц", ('level = "should"', 'level = "should"\nuntil = "2026-13"'), "until: дата не читается"),
        ("нулевой месяц", ('level = "should"', 'level = "should"\nuntil = "2026-00"'), "until: дата не читается"),
        ("даты нет в календаре", ('level = "should"', 'level = "should"\nfrom = "2026-13"'), "from"),
    ],
)
def test_a_slip_in_an_act_is_named(tmp_path: Path, slip: str, change: tuple[str, str], says: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(ActRefused) as refused:
        read_act(written(tmp_path, GOOD.replace(*change, 1)))
    assert says in refused.value.say("ru"), slip
    assert refused.value.say("en") != refused.value.say("ru")


@pytest.mark.parametrize(
    ("field", "written_as", "day"),
    [
        ("in_force_from", "2026", "2026-01-01"),
        ("in_force_from", '"2026-03"', "2026-03-01"),
        ("in_force_until", "2024", "2024-12-31"),
        ("in_force_until", '"2024-02"', "2024-02-29"),
        ("in_force_until", '"9999"', "9999-12-31"),
        ("in_force_until", "2026-02-28", "2026-02-28"),
    ],
)
def test_a_part_of_a_date_is_its_first_or_last_day(tmp_path: Path, field: str, written_as: str, day: str) -> None:
    text = GOOD.replace('title = "Порядок"', f'title = "Порядок"\n{field} = {written_as}')
    assert str(getattr(read_act(written(tmp_path, text)), field)) == day


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace("min = 5", "minimum = 5").replace('clause = "5"', 'clause = "6"').replace('"should"', '"x"')
    with pytest.raises(ActRefused) as refused:
        read_act(written(tmp_path, broken))
    fields = {problem.field for problem in refused.value.problems}
    assert {"params.minimum", "clause", "level"} <= fields


MANY = 3000


def _of_many(cited: str) -> str:
    clauses = "".join(f'[clauses."c{n}"]\nru = "x"\n' for n in range(MANY))
    row = '[[requirements]]\nid = "r{n}"\nclause = "{cited}{n}"\nkind = "comments.enabled"\nlevel = "must"\n'
    return 'id = "x"\ntitle = "X"\n' + clauses + "".join(row.format(n=n, cited=cited) for n in range(MANY))


def test_an_act_of_very_many_clauses_is_read_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each clause is looked up, never compared with each other: the comparisons of texts are counted."""
    looked = 0
    above = checking._above

    def counted(clause: str) -> Iterator[str]:
        nonlocal looked
        for one in above(clause):
            looked += 1
            yield one

    monkeypatch.setattr(checking, "_above", counted)
    assert len(read_act(written(tmp_path, _of_many("c"))).requirements) == MANY
    assert looked <= 2 * MANY


def test_a_message_names_no_thousand_clauses(tmp_path: Path) -> None:
    with pytest.raises(ActRefused) as refused:
        read_act(written(tmp_path, _of_many("d")))
    assert len(refused.value.problems) == 2 * MANY
    assert "c39 и ещё 2960." in refused.value.problems[0].say("ru")
    assert "c39 and 2960 more." in refused.value.problems[0].say("en")
    assert len(refused.value.say("ru")) < 1_000_000


@pytest.mark.parametrize(
    "change", [("posting.frequency", "a b " * 50_000), ('clause = "5"', f'clause = "{"9." * 50_000}"')]
)
def test_a_message_repeats_no_long_word(tmp_path: Path, change: tuple[str, str]) -> None:
    with pytest.raises(ActRefused) as refused:
        read_act(written(tmp_path, GOOD.replace(*change, 1)))
    assert len(refused.value.say("ru")) < 3000


@pytest.mark.parametrize(
    ("cited", "unbound"),
    [("2", []), ("2.1", []), ("2.1.3", []), ("2, 3", []), ("21", ["2", "2.1"]), ("3", ["2", "2.1"]), ("2.2", ["2.1"])],
)
def test_a_clause_is_bound_by_itself_its_points_or_what_holds_it(
    tmp_path: Path, cited: str, unbound: list[str]
) -> None:
    numbers = ["2", "2.1", "2.1.3", "2.2", "21", "3"]
    binding = "".join(
        f'[clauses."{one}"]\nru = "x"\nbinding = {"true" if one in ("2", "2.1") else "false"}\n' for one in numbers
    )
    row = f'[[requirements]]\nid = "r"\nclause = "{cited}"\nkind = "comments.enabled"\nlevel = "must"\n'
    path = written(tmp_path, 'id = "x"\ntitle = "X"\n' + binding + row)
    if not unbound:
        assert read_act(path)
        return
    with pytest.raises(ActRefused) as refused:
        read_act(path)
    assert [problem.record for problem in refused.value.problems] == unbound


def test_a_repeated_requirement_is_refused(tmp_path: Path) -> None:
    again = GOOD[GOOD.index("[[requirements]]") :]
    with pytest.raises(ActRefused, match="повторяется"):
        read_act(written(tmp_path, GOOD + again))


@pytest.mark.parametrize(
    ("situation", "content", "says"),
    [
        ("оборванный TOML", b'id = "x', "строка 1, столбец"),
        ("не UTF-8", 'id = "акт"'.encode("cp1251"), "UTF-8"),
        ("пустой файл", b"", "id"),
    ],
)
def test_a_file_that_is_no_act(tmp_path: Path, situation: str, content: bytes, says: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        load_acts([path])
    assert says in refused.value.say("ru"), situation


@pytest.mark.parametrize("name", ["no-such-act", "no/such/act.toml", ""])
def test_an_act_that_is_not_there(name: str) -> None:
    with pytest.raises(FileRefused):
        load_acts([name])


def test_a_directory_is_no_act(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="папка"):
        load_acts([tmp_path])


def test_a_path_is_looked_for_beside_the_registry(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    assert load_acts(["mine.toml"], beside=tmp_path)[0].id == "mine"


def test_an_act_of_a_plugin_is_named_by_its_id(tmp_path: Path) -> None:
    assert load_acts(["mine"], found=[written(tmp_path, GOOD)])[0].id == "mine"


def test_open_words_load_and_are_pointed_out() -> None:
    order = act(
        requirement("posting.topics", topics=["activity", "weather"], applies_to=["cossacks"]),
        requirement("posting.formats", allowed=["text"], id_="formats"),
    )
    assert {(one.field, one.word) for one in check_acts([order])} == {
        ("params.topics", "weather"),
        ("applies_to", "cossacks"),
    }
    assert not [one for one in check_acts([order], tags=["cossacks"]) if one.field == "applies_to"]
    assert all(one.say("ru") != one.say("en") for one in check_acts([order]))


def test_a_word_that_a_register_may_share_is_not_said_to_match_nothing() -> None:
    order = act(
        requirement("responsible.appointed", duties=["модерация чата"], applies_to=["administration-vk"]),
        requirement("credentials.two_factor", roles=["analyst"]),
        requirement("subscription.upstream", upstream=["minister"]),
        requirement("posting.topics", topics=["weather"]),
    )
    said = {one.word: one.say("ru") for one in check_acts([order])}
    shared = {"модерация чата": "записи реестра", "analyst": "записи реестра", "minister": "записи реестра"}
    for word, part in {**shared, "administration-vk": "id аккаунта", "weather": "ничему не соответствует"}.items():
        assert part in said[word]
        assert ("ничему не соответствует" in said[word]) == (word == "weather")
    assert not [one for one in check_acts([order], tags=["administration-vk"]) if one.field == "applies_to"]


def test_every_kind_has_a_rule_and_every_rule_a_kind() -> None:
    assert set(RULES) == set(KINDS)
    assert len(KINDS) == 38


def test_shipped_acts_are_sound() -> None:
    assert {"kalininsky", "federal"} <= set(shipped_acts())
    assert load_acts(shipped_acts())


def test_every_clause_of_the_seed_order_is_there() -> None:
    (order,) = load_acts(["kalininsky"])
    clauses = {clause for one in order.requirements for clause in one.clauses}
    assert clauses == set(CLAUSES)


def test_networks_are_restricted_from_day_to_day() -> None:
    from datetime import date

    (order,) = load_acts(["kalininsky"])
    assert {one.network for one in order.network_status} == {one.network for one in network_statuses()}
    for network in ("facebook", "instagram", "twitter"):
        assert restriction(order, network, date(2022, 2, 1)) is None
        found = restriction(order, network, date(2026, 11, 23))
        assert found is not None
        assert found.basis
        assert found.certainty
    for network in ("vk", "ok", "telegram", "max"):
        assert restriction(order, network, date(2026, 11, 23)) is None


def test_kinds_and_parameters_of_the_known_acts_are_understood() -> None:
    sisters = json.loads(shared("regulation/sister-orders.json").read_text("utf-8"))
    federal = json.loads(shared("regulation/federal.json").read_text("utf-8"))
    rows: list[dict[str, Any]] = [row for one in [*sisters["acts"], federal] for row in one["requirements"]]
    assert set(sisters["kinds"]) <= set(KINDS)
    for row in rows:
        params = {name: value for name, value in row["params"].items() if name != "owner_types"}
        made = KINDS[row["kind"]].params.model_validate(params).model_dump(mode="json", by_alias=True)
        assert {name: made[name] for name in params} == params


def test_the_schema_accepts_what_loads() -> None:
    schema = act_schema()
    Draft202012Validator.check_schema(schema)
    import tomllib

    Draft202012Validator(schema).validate(tomllib.loads(GOOD))
    with_slip = tomllib.loads(GOOD.replace("min = 5", "minimum = 5"))
    assert not Draft202012Validator(schema).is_valid(with_slip)

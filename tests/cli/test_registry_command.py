"""`init`, `registry`, `acts`, `schema`, `keys`, `sandbox`: what else a press officer types on the first day."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from command_line import run
from munsocial.cli.app import build
from munsocial.cli.commands import COMMANDS, GROUPS
from munsocial.cli.tongue import translate
from munsocial.model.checking.building import build_registry
from munsocial.model.files import load_registry, save_registry
from small_district import REGISTRY, files_of, served

SAMPLE = Path(str(files("munsocial.sandbox").joinpath("data", "district.toml")))
ALL = [("", one) for one in COMMANDS] + [(group, one) for group, (_, ones) in GROUPS.items() for one in ones]


@pytest.mark.parametrize("way", [".toml .json .xlsx .toml", ".toml .xlsx .json .toml", ".toml .xlsx .xlsx .toml"])
def test_a_registry_goes_through_every_format_and_comes_back_the_same(tmp_path: Path, way: str) -> None:
    file = tmp_path / "step0.toml"
    file.write_bytes(SAMPLE.read_bytes())
    for number, suffix in enumerate(way.split()[1:], 1):
        target = tmp_path / f"step{number}{suffix}"
        ran = run("registry", "convert", file, target)
        assert (ran.code, ran.out) == (0, f"Записан {target}.\n")
        assert run("registry", "check", target).code == 0
        file = target
    assert load_registry(file) == load_registry(SAMPLE)


def test_a_template_is_made_checked_and_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "district.toml"
    assert run("init", file).code == 0
    checked = run("registry", "check", file)
    assert checked.code == 0
    assert "заполните таблицы bodies и accounts" in checked.out
    file.write_text(REGISTRY, "utf-8")
    assert run("init", file).code == 2
    assert file.read_text("utf-8") == REGISTRY
    assert run("init", file, "--force").code == 0
    assert file.read_text("utf-8") != REGISTRY


@pytest.mark.parametrize("name", ["my.xlsx", "my.json", "MY.XLSX"])
def test_a_template_has_the_form_that_its_name_says(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert run("init", file).code == 0
    assert run("registry", "check", file).code == 0
    before = file.read_bytes()
    assert run("init", file).code == 2
    assert file.read_bytes() == before


def test_a_workbook_that_was_filled_in_is_not_converted_over(tmp_path: Path) -> None:
    files_of(tmp_path)
    file, book = tmp_path / "district.toml", tmp_path / "district.xlsx"
    assert run("registry", "convert", file, book).code == 0
    before = book.read_bytes()
    refused = run("registry", "convert", file, book)
    assert (refused.code, "--force" in refused.err, book.read_bytes()) == (2, True, before)
    assert run("registry", "convert", file, book, "--force").code == 0


def test_a_slip_in_the_name_of_a_network_is_pointed_out(tmp_path: Path) -> None:
    file = tmp_path / "district.toml"
    file.write_text(REGISTRY.replace('network = "vk"', 'network = "vkk"'), "utf-8")
    ran = run("registry", "check", file)
    assert ran.code == 0
    assert "«vkk»" in ran.out


@pytest.mark.parametrize(
    ("suffix", "place"),
    [(".toml", "appointments / № 1 (anna) / duties"), (".xlsx", "Назначения / строка 2 / обязанности")],
)
def test_a_notice_names_its_place_as_the_file_has_it(tmp_path: Path, suffix: str, place: str) -> None:
    tables = {
        "municipality": {"id": "reka", "name": "Река"},
        "bodies": [{"id": "adm", "kind": "administration", "name": "А"}],
        "people": [{"id": "anna", "name": "Анна"}],
        "appointments": [{"person": "anna", "body": "adm", "duties": ["runing"]}],
    }
    file = tmp_path / f"district{suffix}"
    save_registry(build_registry(tables, where=str(file)), file)
    ran = run("registry", "check", file)
    assert ran.code == 0
    assert f"{place}: обязанность «runing» не знают" in ran.out


@pytest.mark.parametrize(
    ("settings", "code", "told"),
    [
        ("[networks.vk]\nattempt = 5.0\nuser_rate = 2.0", 0, ()),
        ("[networks.vk]\nuser_rates = 2.0", 2, ("networks / vk / user_rates: такого поля нет.", "user_rate")),
        ('[networks.vk]\nattempt = "долго"', 2, ("networks.vk / attempt", "Времена в секундах")),
        ('[networks.ok]\nvideo_block = "film"', 2, ("networks / ok / video_block: слова «film» здесь нет.",)),
        ('[networks.ok.known_posts]\nadm-vk = ["опечатка"]', 2, ("это не адрес и не номер публикации ОК.",)),
        (
            '[networks.ok.known_posts]\nadm-vkk = ["155000000000001"]',
            0,
            ("networks / ok / adm-vkk: аккаунта «adm-vkk» в реестре нет. Может быть, adm-vk?",),
        ),
        ("[networks.vkk]\npackets = 2", 0, ("networks / vkk: адаптера этой сети нет. Может быть, vk?",)),
    ],
)
def test_settings_of_networks_are_checked(tmp_path: Path, settings: str, code: int, told: tuple[str, ...]) -> None:
    file = tmp_path / "district.toml"
    file.write_text(f"{REGISTRY}\n{settings}\n", "utf-8")
    ran = run("registry", "check", file)
    assert (ran.code, "ошибок нет" in ran.out) == (code, code == 0)
    assert all(one in ran.said for one in told), ran.said
    assert len(ran.out.splitlines()) == (0 if code else 2 + len(told))


@pytest.mark.parametrize("what", ["registry", "act", "snapshot", "report"])
def test_a_schema_is_printed_and_files_fit_it(tmp_path: Path, what: str) -> None:
    printed = run("schema", what)
    assert printed.code == 0
    schema = json.loads(printed.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    files_of(tmp_path)
    report = tmp_path / "report.json"
    assert (
        run("audit", tmp_path / "district.toml", "--snapshot", tmp_path / "snapshot.json", "-q", "-o", report).code < 2
    )
    assert run("registry", "convert", tmp_path / "district.toml", tmp_path / "registry.json").code == 0
    examples = {"registry": "registry.json", "snapshot": "snapshot.json", "report": "report.json"}
    if what in examples:
        document = json.loads((tmp_path / examples[what]).read_text("utf-8"))
        assert not list(jsonschema.Draft202012Validator(schema).iter_errors(document))


@pytest.mark.parametrize("act", ["kalininsky", "federal"])
def test_a_shipped_act_is_sound_and_can_be_read(act: str) -> None:
    assert act in run("acts", "list").out
    assert "акт составлен верно" in run("acts", "check", act).out
    for lang, letters in (("ru", "[А-Яа-я]"), ("en", "[a-z]")):
        shown = run("acts", "show", act, "--lang", lang)
        assert shown.code == 0
        assert len(re.findall(letters, shown.out)) > 1000
        assert re.findall(r"^(\S+\.) \1", shown.out, re.MULTILINE) == []


@pytest.mark.parametrize(
    ("situation", "secret", "code", "word"),
    [
        ("a key that is good", None, 0, "да"),
        ("a key that is wrong", "not-the-key-of-anybody", 1, "нет"),
        ("a key that is not there", "", 3, "неизвестно"),
    ],
)
def test_keys_are_checked_without_being_shown(
    tmp_path: Path, situation: str, secret: str | None, code: int, word: str
) -> None:
    with served(tmp_path) as district:
        environment = district.environment if secret is None else {"BIG_SERVICE": secret}
        ran = run("keys", "check", district.file, environment=environment)
    assert ran.code == code, situation
    assert word in ran.out
    assert "env:BIG_SERVICE" in ran.out
    assert "сервисный ключ" in ran.out
    assert "service_key" not in ran.out
    assert ("опубликовать запись" in ran.out) is (code != 3)  # with this key alone
    assert all(value not in ran.said for value in environment.values() if value)


def test_keys_of_odnoklassniki_are_told_with_whose_they_are_and_what_they_lack(tmp_path: Path) -> None:
    with served(tmp_path, "ok", settings="per_second = 50") as district:
        ran = run("keys", "check", district.file, environment=district.environment)
    assert ran.code == 0, ran.said
    assert all(word in ran.out for word in ("Чей", "(ADMIN)"))
    lacks = [re.split(r"\s{2,}", line.strip())[1:] for line in ran.out.splitlines() if " account-2 " in line]
    assert lacks == [
        ["прочитать личные сообщения", "11", "Сообщениям нужен ключ group_token."],
        ["отправить сообщение", "Сообщениям нужен ключ group_token."],
        ["сменить аватар", "7.1", "Приложению не дано разрешение PHOTO_CONTENT."],
    ]


def test_networks_name_what_each_adapter_can_do() -> None:
    plain, table, why = (run("networks", *more) for more in ([], ["--table"], ["--why"]))
    assert plain.code == table.code == why.code == 0
    assert "ВКонтакте" in plain.out
    assert "list_posts" in table.out
    assert "ok / " in why.out


def test_the_sandbox_answers_until_it_is_stopped() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "munsocial", "sandbox", "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    lines = [running.stdout.readline() for _ in range(3)]
    assert any("http://127.0.0.1:" in line for line in lines)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, "")
    assert "остановлена" in out


@cache
def _tree() -> Any:
    return translate(build(), "ru")


@pytest.mark.parametrize(("group", "command"), ALL, ids=lambda one: one if isinstance(one, str) else one.name)
def test_every_example_is_a_command_that_is_understood(group: str, command: object) -> None:
    tree = _tree()
    for example in command.examples:  # type: ignore[attr-defined]  # a Command; the ids want an object
        words = shlex.split(example.rpartition("|")[2])
        path = [word for word in (group, command.name) if word]  # type: ignore[attr-defined]  # as above
        assert words[: len(path) + 1] == ["munsocial", *path]
        found = tree
        for word in path:
            found = found.commands[word]
        rest = [word for word in words[len(path) + 1 :] if word not in ("--lang", "ru", "en")]
        with found.make_context(command.name, rest, resilient_parsing=False) as context:  # type: ignore[attr-defined]
            assert context.params is not None

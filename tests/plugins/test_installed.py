"""Packages of strangers beside ours: who stands first, who is named, and what of a network that none of them gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import run
from munsocial.model.files import save_registry
from munsocial.plugins import load_plugins
from munsocial.testing.factories import account, district
from plugin_packages import ADAPTER, install


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def test_a_stranger_does_not_take_the_name_of_a_shipped_network(site: Path) -> None:
    install(site, "aaa-pkg", "1.0", "aaa", "strange_vk", ADAPTER.format(name="vk"))
    plugins = load_plugins()
    assert plugins.adapters["vk"].title == "ВКонтакте"
    assert plugins.versions["vk"].startswith("munsocial ")
    (error,) = plugins.broken
    assert error.where == "aaa (aaa-pkg 1.0)"
    for said, package in ((error.say("ru"), "пакетов"), (error.say("en"), "packages")):
        assert package in said
        assert f"vk ({plugins.versions['vk']})" in said
        assert "aaa-pkg 1.0" in said
    assert "taken" not in error.say("ru")


def test_two_packages_with_one_entry_point_name_both_work(site: Path) -> None:
    install(site, "first-pkg", "1.0", "same", "strange_first", ADAPTER.format(name="one"))
    install(site, "second-pkg", "9.9", "same", "strange_second", ADAPTER.format(name="two"))
    plugins = load_plugins()
    assert plugins.broken == ()
    assert (plugins.versions["one"], plugins.versions["two"]) == ("first-pkg 1.0", "second-pkg 9.9")


def test_one_module_under_two_names_is_told_and_works_once(site: Path) -> None:
    install(site, "b-pkg", "1.0", "b1", "strange_both", ADAPTER.format(name="one"))
    install(site, "c-pkg", "1.0", "b2", "strange_both", ADAPTER.format(name="one"))
    plugins = load_plugins()
    assert plugins.versions["one"] == "b-pkg 1.0"
    assert ["b1 (b-pkg 1.0)" in error.say("en") for error in plugins.broken] == [True]


def test_a_plugin_that_ends_the_program_at_import_ends_no_command(site: Path) -> None:
    install(site, "bad-pkg", "1.0", "bad", "strange_exit", "import sys\nsys.exit('no licence')\n")
    ran = run("networks", "--lang", "en")
    assert ran.code == 3
    assert "vk" in ran.out
    assert "bad (bad-pkg 1.0): The plugin did not load (SystemExit: no licence)." in ran.err


LOST = [
    ("its plugin fails at import", "lost", "1 / 0", "lost", "did not load: ZeroDivisionError: division by zero"),
    ("its adapter is refused", "other", ADAPTER.format(name="lost").replace("Capabilities({})", "3"), "lost", "unfit"),
    ("some plugin broke, nobody knows of which network", "other", "1 / 0", "lost", "plugins did not load: other"),
]


@pytest.mark.parametrize(("situation", "point", "code", "network", "told"), LOST, ids=[one[0] for one in LOST])
def test_why_a_network_has_no_adapter(
    situation: str, point: str, code: str, network: str, told: str, site: Path, tmp_path: Path
) -> None:
    install(site, "lost-pkg", "1.0", point, f"strange_{tmp_path.name[-1]}_{len(situation)}", code)
    why = load_plugins().why_none(network)
    assert why is not None, situation
    assert told in why.en
    assert "lost-pkg 1.0" in why.ru


def test_a_network_of_which_nobody_heard_is_simply_not_there() -> None:
    assert load_plugins(installed=False).why_none("nonet") is None


def test_an_adapter_that_ends_the_program_in_the_middle_is_no_good_end(site: Path, tmp_path: Path) -> None:
    head, tail = ADAPTER.format(name="ending").split("\n\n\n@hookimpl")
    ending = f"{head}\n\n    def __init__(self, equipment):\n        raise SystemExit(0)\n\n\n@hookimpl{tail}"
    install(site, "ending-pkg", "1.0", "ending", "strange_ending", ending)
    save_registry(district(account(network="ending")), tmp_path / "district.toml")
    ran = run("collect", tmp_path / "district.toml", "-o", tmp_path / "snapshot.json")
    assert ran.code == 3
    assert "sys.exit: 0" in ran.err
    assert not (tmp_path / "snapshot.json").exists()

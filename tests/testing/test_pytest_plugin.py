"""The pytest plugin: policy checks in somebody's unit tests, over files of a registry and a snapshot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import munsocial
from command_line import run
from munsocial.model.files import save_registry
from munsocial.model.snapshots import save_snapshot
from munsocial.policy import Act, Report
from munsocial.testing import assert_complies
from munsocial.testing.factories import account, body, district, phone, profile, snapshot, view, weekly
from plugin_packages import ACTS, install


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    registry = district(body(), account(phone="+78616320000"), phone(), acts=("kalininsky",))
    save_registry(registry, tmp_path / "district.toml")
    save_snapshot(snapshot(view(posts=weekly(5), profile=profile()), since="2026-11-16"), tmp_path / "snapshot.json")
    return tmp_path / "district.toml", tmp_path / "snapshot.json"


def test_a_report_from_files(munsocial_report: Callable[..., Report], files: tuple[Path, Path]) -> None:
    report = munsocial_report(*files)
    assert {one.act for one in report.findings} == {"kalininsky"}
    assert_complies(report, clause="2.1")
    with pytest.raises(AssertionError, match="хранит"):
        assert_complies(report, clause="3.2")


def test_acts_may_be_named_instead_of_the_registry_s(
    munsocial_report: Callable[..., Report],
    munsocial_acts: Callable[..., tuple[Act, ...]],
    files: tuple[Path, Path],
) -> None:
    assert {one.act for one in munsocial_report(*files, acts=["federal"]).findings} == {"federal"}
    assert munsocial_acts(["federal"])[0].id == "federal"


ORDER = """
id = "own"
title = "Свой порядок"
[clauses."2"]
ru = "Не меньше скольких-то публикаций в неделю."
[[requirements]]
id = "r"
clause = "2"
kind = "posting.frequency"
level = "must"
applies_to = ["organisation"]
params = {{min = {least}, comparator = "ge", period = "week", window = "calendar", scope = "per_account"}}
"""


@pytest.mark.parametrize("least", [1, 99])
def test_one_name_in_two_folders_is_two_acts(
    munsocial_acts: Callable[..., tuple[Act, ...]], least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in (least, least + 1):
        (tmp_path / "own.toml").write_text(ORDER.format(least=number))
        (act,) = munsocial_acts(["own.toml"])
        assert act.requirements[0].params.model_dump()["min"] == number


def test_acts_of_plugins_are_known_by_their_id(
    munsocial_report: Callable[..., Report],
    munsocial_acts: Callable[..., tuple[Act, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "own.toml").write_text(ORDER.format(least=3))
    install(tmp_path, "own-pkg", "1.0", "own", "strange_own", ACTS.format(paths=[str(tmp_path / "own.toml")]))
    monkeypatch.syspath_prepend(str(tmp_path))
    save_registry(district(body(), account(), acts=("own",)), tmp_path / "district.toml")
    save_snapshot(snapshot(view(), since="2026-11-16"), tmp_path / "snapshot.json")
    (named,) = munsocial.load_acts(["own"])
    assert munsocial_acts(["own"]) == (named,)
    assert {one.act for one in munsocial_report(tmp_path / "district.toml", tmp_path / "snapshot.json").findings} == {
        "own"
    }
    for command in ("show", "check"):
        assert run("acts", command, "own").code == 0
    assert "own" in run("acts", "list").out


def test_an_act_of_a_plugin_that_cannot_be_read_is_named_and_the_others_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torn.toml").write_text("id = ")
    paths = [str(tmp_path / name) for name in ("torn.toml", "gone.toml")]
    install(tmp_path, "torn-pkg", "1.0", "torn", "strange_torn", ACTS.format(paths=paths))
    monkeypatch.syspath_prepend(str(tmp_path))
    ran = run("acts", "list")
    assert ran.code == 3
    assert "kalininsky" in ran.out
    assert "torn (torn-pkg 1.0): Плагин не загрузился (файла акта" in ran.err
    assert str(tmp_path / "torn.toml") in ran.err


def test_the_plugin_costs_nothing_until_it_is_used() -> None:
    code = "import sys, munsocial.testing.pytest_plugin; print([m for m in ('pydantic', 'httpx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"

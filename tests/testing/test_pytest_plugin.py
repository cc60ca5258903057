"""The pytest plugin: policy checks in somebody's unit tests, over files of a registry and a snapshot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from munsocial.model.files import save_registry
from munsocial.model.snapshots import save_snapshot
from munsocial.policy import Act, Report
from munsocial.testing import assert_complies
from munsocial.testing.factories import account, body, district, phone, profile, snapshot, view, weekly


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


def test_the_plugin_costs_nothing_until_it_is_used() -> None:
    code = "import sys, munsocial.testing.pytest_plugin; print([m for m in ('pydantic', 'httpx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"

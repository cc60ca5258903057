"""The two commands that open both front pages are the same, and CI runs the second of them word for word."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("README.md", "README.ru.md")


def commands(name: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    return [block.strip() for block in re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[:2]]


@pytest.mark.parametrize("name", TEXTS)
def test_it_opens_with_two_commands_each_in_one_line(name: str) -> None:
    opening = commands(name)
    assert [line.count("\n") for line in opening] == [0, 0]
    assert "munsocial demo --out demo" in opening[0]
    assert "python -m pytest" in opening[1]
    assert all(line.startswith("python3 -m venv .venv && .venv/bin/pip install") for line in opening)


def test_both_languages_give_the_same_commands() -> None:
    assert commands(TEXTS[0]) == commands(TEXTS[1])


def test_ci_runs_the_second_word_for_word() -> None:
    run = ROOT / ".ci" / "run"
    assert run.read_text("utf-8").rstrip().splitlines()[-1] == commands("README.md")[1]
    assert run.stat().st_mode & 0o100, "it must be executable"


def test_nox_runs_the_tests_the_same_way() -> None:
    tasks = (ROOT / "noxfile.py").read_text("utf-8")
    words = re.search(r"^TESTS = \((.*)\)$", tasks, re.MULTILINE)
    assert words
    assert commands("README.md")[1].endswith(" ".join(re.findall(r'"([^"]+)"', words[1])))


def test_the_version_has_its_changes() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## Unreleased" in changes or f"## {version}" in changes

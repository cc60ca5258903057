"""Every adapter that is broken on purpose is caught by the test that is named for it."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from broken import acting, addresses, beside, facts, habits, mixing, reading, secrets, seen, together, wholesale
from broken.cases import Case
from munsocial.testing.conformance import CLASSES, CollectManyConformance, DeclarationConformance

TESTS = Path(__file__).resolve().parents[1]
SUITES = (
    reading,
    seen,
    secrets,
    acting,
    addresses,
    beside,
    facts,
    habits,
    mixing,
    together,
    wholesale,
)
CASES = [case for suite in SUITES for case in suite.CASES]


def run(folder: Path, *wanted: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Run tests with pytest as an author does; return outcome and message by class and test."""
    file = folder / "outcome.xml"
    options = ("-q", "--tb=line", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=", f"--junitxml={file}")
    paths = ("-o", f"pythonpath={TESTS}", "-o", "python_files=*.py", "--import-mode=importlib")
    command = [sys.executable, "-m", "pytest", *options, *paths, *wanted]
    subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=TESTS.parent)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for one in ElementTree.parse(file).iter("testcase"):
        bad = next((part for part in one if part.tag in ("failure", "error", "skipped")), None)
        outcome = bad.tag if bad is not None else "passed"
        said = f"{bad.get('message')} {bad.text}" if bad is not None else ""
        found[one.get("classname", "").rpartition(".")[2], one.get("name", "")] = (outcome, said)
    return found


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[str, str]]:
    wanted = [f"{suite.__file__}::{case.name}::{case.test}" for suite in SUITES for case in suite.CASES]
    return run(tmp_path_factory.mktemp("broken"), *wanted)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.adapter.__name__}-{case.test}")
def test_a_broken_adapter_is_caught_by_the_named_test(
    case: Case, outcome: dict[tuple[str, str], tuple[str, str]]
) -> None:
    seen, said = outcome[case.name, case.test]
    assert seen == "failure", f"{case.adapter.__name__}: {case.test} {seen}: {said[:300]}"
    assert case.says in said


def test_there_are_many_kinds_of_defects_and_every_class_can_fail() -> None:
    assert len({case.adapter for case in CASES}) >= 50
    assert {case.kit for case in CASES} == {*CLASSES.values(), CollectManyConformance, DeclarationConformance}

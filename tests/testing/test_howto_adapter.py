"""The how-to for authors leads to an adapter that keeps what it declares: its steps are taken one after another."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from munsocial.cli.scaffold import write_package

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "write-an-adapter.md"
_BLOCK = re.compile(r'^```python title="([^"]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)
BLOCKS = dict(_BLOCK.findall(PAGE.read_text(encoding="utf-8")))


def insert(path: Path, before: str, text: str) -> None:
    """Put a block before the first place where a line stands."""
    whole = path.read_text(encoding="utf-8")
    assert before in whole, f"{path.name} has no place {before!r}"
    path.write_text(whole.replace(before, text + before, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def gazeta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Take the steps of the page."""
    folder = tmp_path_factory.mktemp("howto") / "gazeta"
    write_package(folder, "gazeta", "Газета")
    source = folder / "src" / "munsocial_gazeta"
    insert(source / "sandbox.py", '        raise No("not_found")\n', BLOCKS["sandbox.py, another case"])
    insert(source / "sandbox.py", "parts_of\n", "json_of, ")
    adapter = source / "adapter.py"
    insert(adapter, "        },\n        formats", BLOCKS["adapter.py, another line of capabilities"])
    insert(adapter, '\nT = TypeVar("T")', "\n" + BLOCKS["adapter.py, after the imports"])
    adapter.write_text(adapter.read_text("utf-8") + BLOCKS["adapter.py, another method"], encoding="utf-8")
    single = BLOCKS["single_class.py"]
    fixture = (
        (folder / "tests" / "test_conformance.py").read_text("utf-8").replace("every import *", "base import METHODS")
    )
    (folder / "tests" / "test_single.py").write_text(fixture + "\n\n" + single, encoding="utf-8")
    (folder / "tests" / "test_stages.py").write_text(
        BLOCKS["more_stages.py"]
        + "\n\nfrom munsocial_gazeta.adapter import Gazeta\nfrom munsocial_gazeta.sandbox import GazetaFace\n"
        "from munsocial.testing.conformance import ReadProfileConformance\n\nimport pytest\n\n\n"
        "class TestArranged(ReadProfileConformance):\n"
        "    @pytest.fixture\n    def stage(self):\n        return stage_of(Gazeta, GazetaFace)\n",
        encoding="utf-8",
    )
    return folder


def kit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=200, check=False
    )


def test_every_step_of_the_page_is_taken() -> None:
    assert set(BLOCKS) == {
        "sandbox.py, another case",
        "adapter.py, another line of capabilities",
        "adapter.py, another method",
        "adapter.py, after the imports",
        "more_stages.py",
        "single_class.py",
    }


def test_the_new_ability_is_kept(gazeta: Path) -> None:
    told = kit(gazeta, "tests/test_conformance.py", "-k", "Publish or Declaration or ListPosts or ReadProfile")
    assert told.returncode == 0, told.stdout[-3000:]
    assert re.search(r"^publish +kept +\d\d passed$", told.stdout, re.MULTILINE), told.stdout[-1500:]


def test_single_classes_and_other_stages_work(gazeta: Path) -> None:
    told = kit(gazeta, "tests/test_single.py", "tests/test_stages.py")
    assert told.returncode == 0, told.stdout[-3000:]


def test_messages_of_the_page_are_the_kit_s() -> None:
    """What the page explains is what authors will see."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("testing/conformance", "transport")
        for path in (PAGE.parents[2] / "src" / "munsocial" / folder).glob("*.py")
    )
    table = PAGE.read_text(encoding="utf-8").partition("## 9.")[2].partition("## 10.")[0]
    for message in re.findall(r"\*([^*]+)\*", table):
        for piece in re.split(r"…|\d+|KeyError ", message):
            assert piece.strip(" ,") in source, message

"""The adapter of an invented network, as a stranger would install it: found, declared, and green by its own tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2] / "examples" / "adapter-ploshchad"

LOOK = """
import json
from munsocial.plugins import load_plugins
found = load_plugins()
adapter = found.adapters["ploshchad"]
native = sorted(ability.value for ability, one in adapter.capabilities.abilities.items() if one.how.value == "native")
print(json.dumps({
    "networks": sorted(found.adapters), "faces": sorted(found.faces), "broken": [str(one) for one in found.broken],
    "native": native, "lacking": [name for name in native if not callable(getattr(adapter, name, None))],
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the package where an installer would, with its entry points; building a wheel would need the internet."""
    target = tmp_path_factory.mktemp("site")
    project = tomllib.loads((HOME / "pyproject.toml").read_text())["project"]
    shutil.copytree(HOME / "src", target, dirs_exist_ok=True)
    about = target / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    points = "\n".join(f"{name} = {where}" for name, where in project["entry-points"]["munsocial"].items())
    (about / "entry_points.txt").write_text(f"[munsocial]\n{points}\n")
    return target


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_it_is_found_beside_the_shipped_networks(installed: Path) -> None:
    told = run(installed, "-c", LOOK)
    assert told.returncode == 0, told.stderr
    seen = json.loads(told.stdout)
    assert set(seen["networks"]) >= {"ploshchad", "vk", "ok"}
    assert "ploshchad" in seen["faces"]
    assert not [one for one in seen["broken"] if "ploshchad" in one]
    assert len(seen["native"]) >= 10
    assert seen["lacking"] == []


def test_its_own_tests_are_green(installed: Path) -> None:
    told = run(installed, "-m", "pytest", str(HOME / "tests"), "-q", "-p", "no:cacheprovider", "--rootdir", str(HOME))
    assert told.returncode == 0, told.stdout + told.stderr
    assert " passed" in told.stdout


def test_the_adapter_stays_small() -> None:
    parts = ("adapter.py", "wire.py")
    lines = [(HOME / "src" / "munsocial_ploshchad" / part).read_text().splitlines() for part in parts]
    assert sum(map(len, lines)) < 250

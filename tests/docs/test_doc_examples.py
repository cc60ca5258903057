"""Every block of every page does what the page says, in the order in which a reader meets it."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doc_examples import blocks_of, run_page
from munsocial.cli.demo_folder import leaving
from munsocial.model.files import load_registry
from munsocial.model.snapshots import save_snapshot
from munsocial.policy import audit, load_acts
from munsocial.sandbox.demo import sample
from tools.reference import PAGES

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {ROOT / "docs" / "reference" / name for name in PAGES}
# The two commands of README make an environment; they are proved by test_readme.py and by whoever runs the suite.
TEXTS = sorted({*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "README.ru.md"} - GENERATED)
SHOWING = [path for path in TEXTS if any(True for _ in blocks_of(path.read_text("utf-8")))]


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `munsocial demo` leaves, which most pages begin with."""
    folder = tmp_path_factory.mktemp("sampled")
    stage = sample(datetime.now(UTC))
    with leaving(folder, ("district.toml", "snapshot.json", "report.json")):
        (folder / "district.toml").write_text(stage.registry_text, "utf-8")
        with stage.connect() as social:
            snapshot = social.collect(weeks=4)
        save_snapshot(snapshot, folder / "snapshot.json")
        registry = load_registry(folder / "district.toml")
        audit(registry, snapshot, load_acts(["kalininsky"]), at=stage.now).save(folder / "report.json")
    (folder / "post.txt").write_text("Администрация осуществляет ремонт дороги.", "utf-8")
    return folder


@pytest.fixture
def place(sampled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "demo").mkdir()
    for file in sampled.iterdir():
        for folder in (tmp_path, tmp_path / "demo"):
            (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    for name in ("PRIRECHYE_VK_SERVICE", "PRIRECHYE_OK_APPLICATION", "PRIRECHYE_OK_PERSON"):
        monkeypatch.setenv(name, "")  # so that what a page exports is taken back
    _stay_here(monkeypatch)
    return tmp_path


def _stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1")):
            raise OSError(f"a page of documentation reached for {address}")
        connect(self, address)  # type: ignore[arg-type]  # whatever the caller gave

    monkeypatch.setattr(socket.socket, "connect", only_here)


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.mark.parametrize("path", SHOWING, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_does_what_it_says(path: Path, place: Path) -> None:
    text = re.sub(r"\b8089\b", _free_port(), path.read_text("utf-8"))
    assert run_page(text, path, {}) > 0, "every block of the page is skipped"

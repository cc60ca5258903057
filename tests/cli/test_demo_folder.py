"""A demo replaces what a demo has left, and nothing that a person has made or changed since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_line import run
from munsocial.cli.demo_folder import LEFT
from munsocial.cli.main import BAD_INPUT
from munsocial.journal import open_journal
from munsocial.journal.stepbook import StepBook

DAY = ("--at", "2026-11-25T10:00:00+03:00")
JOURNAL = "district.journal.sqlite"
ACT, SHOW = ("demo", "--act", *DAY), ("demo", *DAY)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after both demos."""
    folder = tmp_path_factory.mktemp("played")
    assert run(*SHOW, "--out", folder).code == run(*ACT, "--out", folder).code == 0
    return folder


@pytest.fixture
def folder(played: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(played, tmp_path / "demo"))


def test_of_a_played_morning_no_end_stays_unclear(played: Path) -> None:
    with open_journal(played / JOURNAL, only_read=True) as journal:
        assert StepBook(journal).waiting(["sending", "uncertain"]) == ()


def prints(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def _longer(name: str) -> object:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes() + b"\n")


def _deed(folder: Path) -> None:
    with open_journal(folder / JOURNAL) as journal:
        journal.append("task.stated", subject="s1", body={})


def _log(folder: Path) -> None:
    (folder / f"{JOURNAL}-wal").write_bytes(b"deeds")


def _only_a_log(folder: Path) -> None:
    (folder / JOURNAL).unlink()
    _log(folder)


CHANGED = [
    ("a register filled in", SHOW, "district.toml", _longer("district.toml")),
    ("a register filled in, before a morning", ACT, "district.toml", _longer("district.toml")),
    ("another snapshot", SHOW, "snapshot.json", _longer("snapshot.json")),
    ("another report", SHOW, "report.html", _longer("report.html")),
    ("a plan that was signed", ACT, "moderation.json", _longer("moderation.json")),
    ("a plan of publications", ACT, "publication.json", _longer("publication.json")),
    ("a journal with a deed more", ACT, JOURNAL, _deed),
    ("a journal whose log holds deeds", ACT, f"{JOURNAL}-wal", _log),
    ("a log whose journal is elsewhere", ACT, f"{JOURNAL}-wal", _only_a_log),
    ("a folder of which nothing is known", ACT, "district.toml", lambda folder: (folder / LEFT).unlink()),
    ("a list that is none", SHOW, "district.toml", lambda folder: (folder / LEFT).write_text("[1]")),
]


@pytest.mark.parametrize(("situation", "command", "named", "change"), CHANGED, ids=[row[0] for row in CHANGED])
def test_what_a_person_made_is_left_alone(
    folder: Path, situation: str, command: tuple[str, ...], named: str, change: object
) -> None:
    assert callable(change)
    change(folder)
    before = prints(folder)
    ran = run(*command, "--out", folder)
    assert (ran.code, str(folder / named) in ran.err, "--out" in ran.err) == (2, True, True), ran.said
    assert prints(folder) == before


UNKNOWN = [
    ("of an older version", SHOW, lambda folder: (folder / LEFT).unlink()),
    ("of an older version, before a morning", ACT, lambda folder: (folder / LEFT).unlink()),
    ("whose list is none", SHOW, lambda folder: (folder / LEFT).write_text("[1]")),
]


@pytest.mark.parametrize(("situation", "command", "change"), UNKNOWN, ids=[row[0] for row in UNKNOWN])
def test_a_folder_without_the_list_is_not_blamed_on_a_person(
    folder: Path, situation: str, command: tuple[str, ...], change: object
) -> None:
    assert callable(change)
    change(folder)
    ran = run(*command, "--out", folder)
    assert (ran.code, f"нет {LEFT}" in ran.err, "прежней версии" in ran.err) == (2, True, True), ran.said
    assert ("с тех пор изменён" in ran.err, "удалите папку" in ran.err, "--out demo2" in ran.err) == (False, True, True)
    shutil.rmtree(folder)
    assert run(*command, "--out", folder).code == 0


def test_a_journal_of_somebody_is_not_taken_for_that_of_a_demo(tmp_path: Path) -> None:
    _deed(tmp_path)
    before = prints(tmp_path)
    assert run(*ACT, "--out", tmp_path).code == 2
    assert prints(tmp_path) == before


def test_a_demo_that_was_only_looked_at_is_played_again(folder: Path) -> None:
    for words in (("journal", "show"), ("journal", "verify"), ("tasks", "list")):
        assert run(*words, folder / "district.toml").code == 0
    for command in (ACT, SHOW, ACT):
        assert run(*command, "--out", folder).code == 0


def test_a_journal_that_another_program_holds_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows takes no file away that is open elsewhere."""
    taken = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name == JOURNAL:
            raise PermissionError(13, "held", str(path))
        taken(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    ran = run(*ACT, "--out", folder)
    assert ran.code == BAD_INPUT
    assert JOURNAL in ran.err
    assert "MUNSOCIAL_DEBUG" not in ran.err

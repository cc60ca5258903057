"""A target is replaced whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import FileRefused, OutputRefused
from munsocial.files import read_bytes, replacing, write_bytes, write_text
from munsocial.journal import open_journal
from munsocial.journal.moving import export_journal
from munsocial.model.snapshot import Snapshot
from munsocial.model.snapshots import save_snapshot
from munsocial.operate.plans.plan import Plan

NOON = datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    target = tmp_path / "отчёт.json"
    write_text(target, "один")
    write_text(target, "два")
    assert target.read_text("utf-8") == "два"
    assert list(tmp_path.iterdir()) == [target]


def test_a_database_is_never_replaced(tmp_path: Path) -> None:
    place, link = tmp_path / "district.journal.sqlite", tmp_path / "link.json"
    with open_journal(place) as journal:
        journal.append("seen.post", "x", {})
    link.symlink_to(place)
    held = place.read_bytes()
    for target in (place, link):
        with pytest.raises(OutputRefused, match="здесь лежит база"):
            write_text(target, "отметка")
    assert place.read_bytes() == held


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_an_interrupted_writing_leaves_the_old_file(tmp_path: Path, stop: type[BaseException]) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")

    def write() -> None:
        with replacing(target) as file:
            file.write(b"half")
            raise stop

    with pytest.raises(stop):
        write()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def _fails(number: int) -> Any:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("situation", "number", "words"),
    [
        ("a full disk", errno.ENOSPC, "нет места"),
        ("a spent quota of the disk", errno.EDQUOT, "нет места"),
        ("a disk for reading only", errno.EROFS, "нельзя записывать"),
        ("a broken disk", errno.EIO, "не записан"),
    ],
)
def test_a_disk_that_refuses_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, situation: str, number: int, words: str
) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")
    monkeypatch.setattr("munsocial.files.os.fsync", _fails(number))
    with pytest.raises(OutputRefused, match=words) as caught:
        write_text(target, "new")
    assert caught.value.remedy is not None, situation
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_device_is_told(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(OutputRefused, match="нет места"):
        write_text(Path("/dev/full"), "x" * 10_000)


def test_a_missing_folder_and_a_folder_as_target_are_told(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="папки"):
        write_text(tmp_path / "none" / "a.json", "x")
    with pytest.raises(OutputRefused, match="папка"):
        write_text(tmp_path, "x")


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.fixture
def everybody_reads() -> Iterator[None]:
    """What most systems set: new files are read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


ONLY_OWNER = pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in lists that the mode does not show")


@ONLY_OWNER
@pytest.mark.usefixtures("everybody_reads")
@pytest.mark.parametrize(
    ("stood_there", "private", "while_written", "afterwards"),
    [
        (None, False, 0o644, 0o644),
        (None, True, 0o600, 0o600),
        (0o600, False, 0o600, 0o600),
        (0o640, True, 0o640, 0o640),
    ],
)
def test_a_file_is_never_open_to_more_than_its_readers(
    tmp_path: Path, stood_there: int | None, private: bool, while_written: int, afterwards: int
) -> None:
    target = tmp_path / "снимок.json"
    if stood_there is not None:
        target.touch()
        target.chmod(stood_there)
    with replacing(target, private=private) as file:
        assert os.fstat(file.fileno()).st_mode & 0o777 == while_written
    assert target.stat().st_mode & 0o777 == afterwards


@ONLY_OWNER
@pytest.mark.usefixtures("everybody_reads")
def test_what_holds_words_and_names_of_citizens_is_read_by_its_owner_only(tmp_path: Path) -> None:
    with open_journal(tmp_path / "journal.sqlite") as journal:
        journal.append("note", "a", {"n": 1}, personal={"text": "слова гражданина"})
        beside = {one.name for one in tmp_path.iterdir()}
        export_journal(journal, tmp_path / "journal.jsonl", full=True)
        plan = Plan(id="p", kind="answer", municipality="a", registry="", made_at=NOON, expires_at=NOON)
        plan.save(tmp_path / "plan.json")
        save_snapshot(Snapshot(municipality="a", since=NOON, until=NOON, taken_at=NOON), tmp_path / "snapshot.json")
        modes = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.iterdir()}
    assert beside >= {"journal.sqlite", "journal.sqlite-wal"}
    assert len(modes) == len(beside) + 3
    assert set(modes.values()) == {0o600}, modes


@ONLY_OWNER
@pytest.mark.usefixtures("everybody_reads")
def test_a_journal_that_a_group_was_let_into_stays_so(tmp_path: Path) -> None:
    place = tmp_path / "journal.sqlite"
    open_journal(place).close()
    place.chmod(0o660)
    with open_journal(place) as journal:
        journal.append("note", "a", {"n": 1})
        assert {one.stat().st_mode & 0o777 for one in tmp_path.iterdir()} == {0o660}


# --- as Windows tells it: a folder that is opened, and a file that another program holds, are both "no permission"


def _forbidden(*_: object, **__: object) -> Any:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_a_folder_is_told_as_a_folder_where_the_system_says_no_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "open", _forbidden)
    with pytest.raises(FileRefused, match="это папка"):
        read_bytes(tmp_path, at_most=1)
    with pytest.raises(OutputRefused, match="это папка"):
        write_text(tmp_path, "отметка")


def test_a_file_that_another_program_holds_is_told_and_spared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.xlsx"
    write_text(target, "old")
    monkeypatch.setattr(Path, "replace", _forbidden)
    with pytest.raises(OutputRefused, match="занят другой программой") as told:
        write_text(target, "new")
    assert told.value.remedy is not None
    assert "Excel" in told.value.remedy.ru
    assert target.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_program_left_goes_with_the_next_writing_of_that_file(tmp_path: Path) -> None:
    target, other = tmp_path / "r.html", tmp_path / "s.html"

    def killed(place: Path, *, long_ago: bool) -> Path:
        before = set(tmp_path.glob(".*.part"))
        writing.append(replacing(place))
        writing[-1].__enter__()
        (left,) = set(tmp_path.glob(".*.part")) - before
        if long_ago:
            os.utime(left, (0, 0))
        return left

    writing: list[Any] = []
    gone = [killed(target, long_ago=True) for _ in range(3)]
    others, at_work = killed(other, long_ago=True), killed(target, long_ago=False)
    write_bytes(target, b"x")
    assert [one.exists() for one in (*gone, others, at_work)] == [False, False, False, True, True]

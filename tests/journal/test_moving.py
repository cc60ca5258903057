"""Taking a journal out and in, anchors, and evidence to print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import InputError, JournalError
from munsocial.journal import Journal, open_journal
from munsocial.journal.anchors import Anchor, anchor_of, read_anchor
from munsocial.journal.moving import export_journal, import_journal, verify_export
from munsocial.journal.stepbook import StepBook
from old_journals import older

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
BODY = json.dumps({"steps": [{"id": "s1", "key": "k1"}]})


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "j.sqlite", clock=lambda: START) as opened:
        opened.append("seen.post", "lipovka-vk", {"post": "1"})
        opened.append("evidence.kept", "lipovka-vk", {"comment": "7"}, personal={"text": "секретный спам"})
        book = StepBook(opened)
        book.enter("plan", "d", BODY, [("s1", "k1", None)])
        book.take("plan", "s1")
        book.settle("plan", "s1", "manual", {})
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "new.sqlite", clock=lambda: START) as opened:
        yield opened


def test_an_export_is_verified_anywhere_and_names_nobody(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert export_journal(journal, path, full=False) == 5
    assert "секретный".encode("unicode-escape") not in path.read_bytes()
    assert verify_export(path, anchor=journal.anchor()).whole


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize(
    ("situation", "change"),
    [
        ("a line is dropped", lambda rows: rows.pop(2)),
        ("the last line is dropped", lambda rows: rows.remove(next(one for one in rows if one.get("seq") == 5))),
        ("two lines change places", lambda rows: rows.insert(1, rows.pop(3))),
        ("a body is changed", lambda rows: rows[2].update(body='{"comment":"8"}')),
        ("the end is named otherwise", lambda rows: rows[0].update(digest="0" * 64)),
    ],
)
def test_a_touched_export_is_found(journal: Journal, tmp_path: Path, situation: str, change: Any, full: bool) -> None:
    path = tmp_path / "out.jsonl"
    export_journal(journal, path, full=full)
    rows = lines(path)
    change(rows)
    write(path, rows)
    assert not verify_export(path).whole, situation


@pytest.mark.parametrize(
    ("situation", "content"),
    [
        ("empty", b""),
        ("no JSON", b"hello\n"),
        ("another JSON", b"[1, 2]\n"),
        ("cut in the middle of a line", None),
        ("binary", bytes(range(256))),
        ("an entry without its columns", b'{"schema":"munsocial.journal/1","entries":1,"digest":"","full":true}\n'
                                         b'{"table":"entries","seq":1}\n'),
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused(journal: Journal, tmp_path: Path, situation: str, content: bytes | None) -> None:
    path = tmp_path / "out.jsonl"
    export_journal(journal, path, full=True)
    path.write_bytes(path.read_bytes()[:-40] if content is None else content)
    with pytest.raises(JournalError, match="выгрузка"):
        verify_export(path)


@pytest.mark.parametrize("through", ["file", "export"])
def test_a_journal_comes_to_a_new_place_whole(journal: Journal, fresh: Journal, tmp_path: Path, through: str) -> None:
    source = tmp_path / "j.sqlite"
    if through == "export":
        source = tmp_path / "out.jsonl"
        export_journal(journal, source, full=True)
    assert import_journal(source, fresh) == 5
    assert fresh.verify(anchor=journal.anchor()).whole
    assert [one.personal for one in fresh.entries(kind="evidence.kept")] == [{"text": "секретный спам"}]
    assert [one.state for one in StepBook(fresh).of("plan")] == ["manual"]


def test_a_second_import_brings_only_what_is_new(journal: Journal, fresh: Journal, tmp_path: Path) -> None:
    import_journal(tmp_path / "j.sqlite", fresh)
    assert import_journal(tmp_path / "j.sqlite", fresh) == 0
    StepBook(journal).settle("plan", "s1", "confirmed", {})
    assert import_journal(tmp_path / "j.sqlite", fresh) == 1
    assert fresh.verify(anchor=journal.anchor()).whole
    assert [one.state for one in StepBook(fresh).of("plan")] == ["confirmed"]


def test_an_older_journal_comes_into_a_new_one(tmp_path: Path, fresh: Journal) -> None:
    older(tmp_path / "old.sqlite")
    assert import_journal(tmp_path / "old.sqlite", fresh) == 20
    assert fresh.verify().whole


@pytest.mark.parametrize("more", [0, 20], ids=["a shorter one", "a longer one"])
def test_an_import_into_another_journal_is_refused_whole(
    journal: Journal, fresh: Journal, tmp_path: Path, more: int
) -> None:
    for _ in range(1 + more):
        fresh.append("decided", "x", {})
    with pytest.raises(JournalError, match="другой журнал"):
        import_journal(tmp_path / "j.sqlite", fresh)
    assert (fresh.verify().whole, fresh.anchor()[0], StepBook(fresh).of("plan")) == (True, 1 + more, ())


def test_a_broken_source_is_refused(journal: Journal, fresh: Journal, tmp_path: Path) -> None:
    with journal.writing() as connection:
        connection.exec_driver_sql("UPDATE entries SET kind='x' WHERE seq=2")
    with pytest.raises(JournalError, match="нарушен, запись 2"):
        import_journal(tmp_path / "j.sqlite", fresh)
    assert fresh.anchor()[0] == 0


def test_an_export_without_personal_data_restores_nothing(journal: Journal, fresh: Journal, tmp_path: Path) -> None:
    export_journal(journal, tmp_path / "out.jsonl", full=False)
    with pytest.raises(JournalError, match="--full"):
        import_journal(tmp_path / "out.jsonl", fresh)


def test_an_export_of_a_cut_journal_shows_the_cut(journal: Journal, tmp_path: Path) -> None:
    with journal.writing() as connection:
        connection.exec_driver_sql("DELETE FROM entries WHERE seq=5")
    export_journal(journal, tmp_path / "out.jsonl", full=False)
    assert verify_export(tmp_path / "out.jsonl").broken_at == 5


def test_an_anchor_goes_to_a_file_and_back(journal: Journal, tmp_path: Path) -> None:
    made = anchor_of(journal, name="Лесной район")
    made.save(tmp_path / "a.json")
    assert read_anchor(str(tmp_path / "a.json")) == made
    assert read_anchor(f"{made.entries}:{made.digest}").pair == made.pair


def test_a_printed_anchor_can_be_typed_in_again(journal: Journal, tmp_path: Path) -> None:
    made = anchor_of(journal, name="Лесной район")
    made.save(tmp_path / "a.txt")
    paper = (tmp_path / "a.txt").read_text()
    assert "Лесной район" in paper
    rows = paper.splitlines()
    typed = rows[4].partition(":")[2] + rows[5]
    assert read_anchor(f"{made.entries}:{typed}").pair == journal.anchor()


@pytest.mark.parametrize("given", ["5", "5:abc", "-1:" + "0" * 64, "x:" + "0" * 64, ":" * 5000, "a:\0"])
def test_what_is_no_anchor_is_refused(given: str) -> None:
    with pytest.raises(InputError):
        read_anchor(given)


def test_a_file_that_holds_no_anchor_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(InputError):
        read_anchor(str(tmp_path / "a.json"))


def test_an_anchor_of_another_journal_does_not_stand(journal: Journal) -> None:
    verified = journal.verify(anchor=Anchor(entries=5, digest="a" * 64).pair)
    assert (verified.whole, verified.broken_at) == (False, 5)
    assert "отпечаток не тот, что в отметке" in verified.say("ru")
    assert journal.verify(anchor=(0, "0" * 64)).whole


@pytest.mark.parametrize("anchor", [(0, "a" * 64), (-1, "0" * 64), (-1, "a" * 64)])
def test_an_anchor_that_no_journal_begins_with_does_not_stand(
    journal: Journal, tmp_path: Path, anchor: tuple[int, str]
) -> None:
    export_journal(journal, tmp_path / "out.jsonl", full=False)
    for verified in (journal.verify(anchor=anchor), verify_export(tmp_path / "out.jsonl", anchor=anchor)):
        assert (verified.whole, verified.broken_at) == (False, None)
        assert f"отметка (записей: {anchor[0]})" in verified.say("ru")


def test_a_purge_can_be_looked_at_first(journal: Journal) -> None:
    later = START + timedelta(days=1)
    due = journal.due(before=later)
    assert (due.entries, due.kept) == ((2,), ("plan",))
    assert journal.anchor()[0] == 5
    assert journal.purge(before=later, reason="срок").entries == (2,)

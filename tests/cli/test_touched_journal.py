"""What a person is told at the command line about a journal that was changed by other means: never our internals."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from command_line import run
from leaving_world import REGISTER
from munsocial.cli.main import BAD_INPUT, NOTHING_DONE, VIOLATIONS
from munsocial.journal import open_journal
from munsocial.journal.stepbook import StepBook

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
BODY = json.dumps({"steps": [{"id": "s1", "key": "k1"}]})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with open_journal(tmp_path / "journal.sqlite", clock=lambda: START) as journal:
        journal.append("evidence.kept", "lipovka-vk", {"comment": "7"}, personal={"text": "спам"})
        book = StepBook(journal)
        book.enter("plan", "d", BODY, [("s1", "k1", None)])
        book.take("plan", "s1")
        book.settle("plan", "s1", "confirmed", {"post": "77"})
    return tmp_path / "journal.sqlite"


@pytest.mark.parametrize(
    ("statement", "command", "code", "said"),
    [
        ("UPDATE entries SET body='{broken' WHERE seq=1", "show", NOTHING_DONE, "запись 1 не читается"),
        ("UPDATE entries SET body='{broken' WHERE seq=1", "evidence", NOTHING_DONE, "запись 1 не читается"),
        ("UPDATE entries SET body='{}' WHERE kind='step.confirmed'", "evidence", NOTHING_DONE, "нарушен, запись 4"),
        ("UPDATE entries SET body='{}' WHERE kind='step.confirmed'", "show", 0, "step.confirmed"),
        ("UPDATE entries SET at='yesterday' WHERE seq=1", "show", NOTHING_DONE, "запись 1 не читается"),
        ("UPDATE entries SET body=x'ff00' WHERE seq=1", "export", NOTHING_DONE, "запись 1 не читается"),
        ("UPDATE entries SET body=x'ff00' WHERE seq=1", "verify", VIOLATIONS, "нарушен, запись 1"),
        ("UPDATE head SET seq='x'", "anchor", NOTHING_DONE, "запись о конце цепочки испорчена"),
        ("UPDATE head SET seq='x'", "verify", VIOLATIONS, "запись о конце цепочки изменена"),
        ("DROP TABLE head", "verify", VIOLATIONS, "таблица head: её нет"),
        ("DROP TABLE head", "anchor", NOTHING_DONE, "нет таблицы или колонки head"),
        ("DROP TABLE steps", "verify", VIOLATIONS, "таблица steps: её нет"),
    ],
)
def test_a_touched_journal_is_told_of(place: Path, statement: str, command: str, code: int, said: str) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute(statement)
    where = ("-o", place.with_suffix(".jsonl"), "--full") if command == "export" else ()
    ran = run("journal", command, place, *where)
    assert (ran.code, said in ran.said) == (code, True), ran.said
    assert not any(sign in ran.said for sign in ("Внутренняя ошибка", "Проверьте путь", "pydantic", "Traceback"))


def test_a_touched_export_is_refused_before_and_with_yes(place: Path, tmp_path: Path) -> None:
    export, target = tmp_path / "out.jsonl", tmp_path / "new.sqlite"
    assert run("journal", "export", place, "-o", export, "--full").code == 0
    export.write_text(export.read_text().replace('"state":"confirmed"', '"state":"planned"'))
    assert run("journal", "verify", export).code == VIOLATIONS
    for yes in ((), ("--yes",)):
        refused = run("journal", "import", export, target, *yes)
        assert (refused.code, "источник не принят" in refused.err) == (NOTHING_DONE, True)
        assert not target.exists()


def test_what_cannot_be_imported_is_told_without_yes_and_makes_no_target(place: Path, tmp_path: Path) -> None:
    export, target = tmp_path / "out.jsonl", tmp_path / "new.sqlite"
    assert run("journal", "export", place, "-o", export).code == 0
    for source, code, said in (
        (export, NOTHING_DONE, "--full"),
        (tmp_path / "none.sqlite", BAD_INPUT, "none.sqlite"),
        (tmp_path / "none.jsonl", NOTHING_DONE, "none.jsonl"),
    ):
        for yes in ((), ("--yes",)):
            refused = run("journal", "import", source, target, *yes)
            assert (refused.code, said in refused.err) == (code, True), refused.said
            assert not target.exists()


def test_a_journal_is_imported_by_the_register_beside_it(place: Path, tmp_path: Path) -> None:
    (tmp_path / "lesnoy.toml").write_text(REGISTER, encoding="utf-8")
    place.rename(tmp_path / "lesnoy.journal.sqlite")
    done = run("journal", "import", tmp_path / "lesnoy.toml", tmp_path / "new.sqlite", "--yes")
    assert (done.code, "Внесено записей: 4" in done.out) == (0, True), done.said


def test_no_answer_takes_the_place_of_the_journal(place: Path) -> None:
    """`journal anchor J -o J` is one slip of the keyboard away from `-o J.json`."""
    for command in (("anchor", place, "-o", place), ("evidence", place, "1", "-o", place)):
        refused = run("journal", *command)
        assert (refused.code, "запись его уничтожила бы" in refused.err) == (BAD_INPUT, True), refused.said
    assert run("journal", "verify", place).code == 0

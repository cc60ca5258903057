"""What a person is told at the command line about a journal that was changed by other means: never our internals."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from command_line import run
from munsocial.cli.main import NOTHING_DONE, VIOLATIONS
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
    with sqlite3.connect(place) as connection:
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
    tried = run("journal", "import", export, target)
    assert (tried.code, "Он не будет внесён" in tried.out) == (VIOLATIONS, True)
    done = run("journal", "import", export, target, "--yes")
    assert (done.code, "источник не принят" in done.err) == (NOTHING_DONE, True)
    assert not target.exists() or run("journal", "show", target).out == "Записей нет.\n"

"""Whatever is put into whichever column of the journal, by SQL and past the program: it is found."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from acting_world import District, fault
from munsocial.errors import JournalError
from munsocial.journal import Journal, Verified, open_journal
from munsocial.journal.anchors import anchor_of
from munsocial.journal.moving import export_journal, verify_export
from munsocial.journal.stepbook import StepBook

WORKING = {("steps", "holder"), ("steps", "held_until")}
"""Who works right now is no record."""

VALUES = (
    "NULL", "''", "99999999999", "x'ff00'", "CAST({c} AS BLOB)", "'[]'", "'{{\"a\":'", "{c} || 'x'", "'0001'"
)  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal in which something of everything happened: lost answers, a removal, a purge on term."""
    district = District(tmp_path_factory.mktemp("lived"))
    district.faults.add(fault("lost_before", "mediatopic.post"))
    district.apply(district.publications("administration-vk", "administration-ok", "borovoye-vk"), limit=2)
    district.faults.clear()
    remove(district)
    district.apply(district.publications("administration-vk", text="В парке открыли каток."))
    district.later(days=400)
    with district.connect() as social:
        social.journal.purge(before=district.world.now() - timedelta(days=365), reason="term")
    district.apply(district.publications("administration-vk", text="В клубе открыли выставку."))
    remove(district)
    with open_journal(district.journal_file) as journal:
        assert journal.verify().whole
    return district.journal_file


def remove(district: District) -> None:
    post = district.post()
    district.apply(district.plan(district.removal(district.says("бля, опять яма", post), post)))


def columns() -> Iterator[tuple[str, str]]:
    from munsocial.journal.tables import metadata

    for table in metadata.sorted_tables:
        yield from ((table.name, column.name) for column in table.columns)
    yield "alembic_version", "version_num"


def found(place: Path) -> bool:
    """Tell whether somebody who looks is warned."""
    try:
        with open_journal(place, only_read=True) as journal:
            verified = journal.verify()
    except JournalError:
        return True
    assert verified.whole or verified.say("ru") != verified.say("en")
    return not verified.whole


@pytest.mark.parametrize(("table", "column"), [one for one in columns() if one not in WORKING], ids=str)
def test_whatever_is_put_there(lived: Path, tmp_path: Path, table: str, column: str) -> None:
    tried = 0
    for row in rows_of(lived, table):
        for value in VALUES:
            place = tmp_path / f"{tried}.sqlite"
            if changed(lived, place, table, column, row, value.format(c=column)):
                tried += 1
                assert found(place), f"{table}.{column} = {value} in row {row}"
    assert tried


@pytest.mark.parametrize(("table", "column"), list(columns()), ids=str)
def test_whoever_reads_it_then_reads_it_or_is_told_in_our_words(
    lived: Path, tmp_path: Path, table: str, column: str
) -> None:
    for row in rows_of(lived, table):
        for value in VALUES:
            place = tmp_path / "touched.sqlite"
            if not changed(lived, place, table, column, row, value.format(c=column)):
                continue
            for said in told(place):
                assert "Проверьте путь" not in said, f"{table}.{column} = {value} in row {row}"


def told(place: Path) -> Iterator[str]:
    """Yield what whoever opens it is told, or else what each reader is; who could read is told nothing."""
    try:
        with open_journal(place, only_read=True) as journal:
            for read in (entries, anchor_of, plans, released, due, full_export, open_export):
                try:
                    read(journal)
                except JournalError as error:
                    yield error.say("ru")
    except JournalError as error:
        yield error.say("ru")


def entries(journal: Journal) -> object:
    return list(journal.entries())


def plans(journal: Journal) -> object:
    book = StepBook(journal)
    return [book.plan_body(one.plan) for one in book.waiting(("planned", "sending", "confirmed"))]


def released(journal: Journal) -> object:
    return StepBook(journal).released()


def due(journal: Journal) -> object:
    return journal.due(before=journal.clock())


def open_export(journal: Journal, *, full: bool = False) -> Verified:
    path = Path(journal.where).with_suffix(".jsonl")
    export_journal(journal, path, full=full)
    return verify_export(path)


def full_export(journal: Journal) -> None:
    """What is not whole is not whole as a full export, either."""
    assert open_export(journal, full=True).whole <= journal.verify().whole


@pytest.mark.parametrize("table", ["entries", "head", "plans", "steps", "alembic_version"])
def test_whichever_row_is_gone(lived: Path, tmp_path: Path, table: str) -> None:
    for row in rows_of(lived, table):
        place = tmp_path / "gone.sqlite"
        shutil.copy(lived, place)
        run(place, f"DELETE FROM {table} WHERE rowid = {row}")
        assert found(place), f"row {row} of {table}"


def rows_of(place: Path, table: str) -> list[int]:
    connection = sqlite3.connect(place)
    found = [row for (row,) in connection.execute(f"SELECT rowid FROM {table}")]
    connection.close()
    return found if len(found) < 3 else [found[0], found[-1]]


def changed(source: Path, place: Path, table: str, column: str, row: int, value: str) -> bool:
    """Change a column in a copy; tell whether it took it and reads otherwise now."""
    shutil.copy(source, place)
    read = f"SELECT {column}, typeof({column}) FROM {table} WHERE rowid = {row}"
    connection = sqlite3.connect(place)
    try:
        before = connection.execute(read).fetchone()
        connection.execute(f"UPDATE {table} SET {column} = {value} WHERE rowid = {row}")
        after = connection.execute(read).fetchone()
        connection.commit()
    except (sqlite3.IntegrityError, sqlite3.OperationalError):
        return False
    finally:
        connection.close()
    return bool(before != after)


def run(place: Path, statement: str) -> None:
    connection = sqlite3.connect(place)
    connection.execute(statement)
    connection.commit()
    connection.close()

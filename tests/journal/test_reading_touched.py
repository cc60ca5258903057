"""Whoever reads a journal that was changed by other means is told so, in our words, and is given what to do."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from munsocial.errors import JournalError
from munsocial.journal import Journal, open_journal
from munsocial.journal.anchors import anchor_of
from munsocial.journal.moving import export_journal, import_journal
from munsocial.journal.stepbook import StepBook

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
DUE = START + timedelta(hours=5)
BODY = json.dumps({"steps": [{"id": "s1", "key": "k1"}, {"id": "s2", "key": "k2", "due": DUE.isoformat()}]})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Entry 1 is plain, 2 holds personal data, 3 enters a plan, 4-5 are its first step, 6 leaves one to the outbox."""
    place = tmp_path_factory.mktemp("whole") / "journal.sqlite"
    with open_journal(place, clock=lambda: START) as journal:
        journal.append("seen.post", "lipovka-vk", {"post": "1"})
        journal.append("evidence.kept", "lipovka-vk", {"comment": "7"}, personal={"text": "спам"})
        book = StepBook(journal)
        book.enter("plan", "d", BODY, [("s1", "k1", None), ("s2", "k2", DUE)])
        book.take("plan", "s1")
        book.settle("plan", "s1", "confirmed", {"post": "77"})
        book.release("plan", "s2")
    return place


@pytest.fixture
def place(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "journal.sqlite"))


def sql(place: Path, statement: str) -> None:
    connection = sqlite3.connect(place)
    connection.execute(statement)
    connection.commit()
    connection.close()


def show(journal: Journal) -> object:
    return list(journal.entries())


def export(journal: Journal) -> object:
    return export_journal(journal, Path(journal.where).with_suffix(".jsonl"), full=True)


def write(journal: Journal) -> object:
    with open_journal(journal.where) as writing:
        return writing.append("seen.post", "x", {})


def purge(journal: Journal) -> object:
    with open_journal(journal.where, clock=lambda: START) as writing:
        StepBook(writing).give_up("plan", "s2", {})
        return writing.purge(before=START + timedelta(days=1), reason="срок")


def waiting(journal: Journal) -> object:
    return StepBook(journal).waiting(("planned", "confirmed"))


def of(journal: Journal) -> object:
    return StepBook(journal).of("plan")


def plan(journal: Journal) -> object:
    return StepBook(journal).plan_body("plan")


def released(journal: Journal) -> object:
    return StepBook(journal).released()


def take(journal: Journal) -> object:
    with open_journal(journal.where) as writing:
        return StepBook(writing).take("plan", "s1")


Read = Callable[[Journal], object]
SECOND = "запись 2 не читается"
STEP, PLAN = "шаг s1 плана plan не читается", "план plan не читается"
END, NO_TABLE = "запись о конце цепочки испорчена", "нет таблицы или колонки"

TOUCHED: list[tuple[str, dict[Read, str]]] = [
    ("UPDATE entries SET body='{broken' WHERE seq=2", {show: SECOND}),
    ("UPDATE entries SET body='[1]' WHERE seq=2", {show: SECOND}),
    ("""UPDATE entries SET body='[["a",1]]' WHERE seq=2""", {show: SECOND}),
    (f"UPDATE entries SET body='{'[' * 100_000}' WHERE seq=2", {show: SECOND}),
    ("UPDATE entries SET body=x'ff00' WHERE seq=2", {show: SECOND, export: SECOND}),
    ("UPDATE entries SET body=CAST(body AS BLOB) WHERE seq=2", {show: SECOND, export: SECOND}),
    ("UPDATE entries SET subject=x'ff00' WHERE seq=2", {show: SECOND, export: SECOND}),
    ("UPDATE entries SET at='yesterday' WHERE seq=2", {show: SECOND}),
    ("UPDATE entries SET at='2026-11-23T07:00:00' WHERE seq=2", {show: SECOND}),
    ("UPDATE entries SET personal='{' WHERE seq=2", {show: SECOND}),
    ("UPDATE entries SET personal='{}' WHERE seq=2", {show: SECOND}),
    ("""UPDATE entries SET personal='{"data":[1]}' WHERE seq=2""", {show: SECOND}),
    ("UPDATE entries SET body='{}' WHERE seq=6", {released: "запись 6 не читается"}),
    ("""UPDATE entries SET body='{"step":[]}' WHERE seq=6""", {released: "запись 6 не читается"}),
    ("UPDATE plans SET body='{'", {plan: PLAN}),
    ("UPDATE plans SET body='[]'", {plan: PLAN}),
    ("UPDATE plans SET body=x'ff00'", {plan: PLAN, export: PLAN}),
    ("UPDATE plans SET body=replace(body,'k2','k9')", {plan: PLAN}),
    ("UPDATE entries SET body='[]' WHERE seq=3", {plan: PLAN}),
    ("UPDATE steps SET result='[[['", {waiting: "шаг", of: STEP, purge: STEP}),
    ("UPDATE steps SET result='[]'", {waiting: "шаг", of: STEP, purge: STEP}),
    ("UPDATE steps SET result=x'ff00' WHERE step='s1'", {of: STEP, purge: STEP, export: STEP}),
    ("UPDATE steps SET due='tomorrow' WHERE step='s1'", {waiting: STEP, of: STEP}),
    ("UPDATE steps SET started_at='now' WHERE step='s1'", {waiting: STEP, of: STEP}),
    ("UPDATE steps SET state='sending', holder='a:1:2:3', held_until='x' WHERE step='s1'", {take: STEP}),
    ("UPDATE steps SET state='sending', holder=x'ff', held_until=1 WHERE step='s1'", {take: STEP}),
    ("UPDATE head SET seq='x'", {anchor_of: END, write: END}),
    ("UPDATE head SET digest=x'00'", {anchor_of: END, write: END}),
    ("UPDATE head SET digest='00'", {anchor_of: END, write: END}),
    ("DROP TABLE head", {anchor_of: NO_TABLE, write: NO_TABLE, export: NO_TABLE}),
    ("DROP TABLE steps", {waiting: NO_TABLE, export: NO_TABLE}),
    ("DROP TABLE plans", {plan: NO_TABLE, export: NO_TABLE}),
    ("ALTER TABLE entries RENAME COLUMN seal TO colour", {show: NO_TABLE, export: NO_TABLE, write: NO_TABLE}),
]


@pytest.mark.parametrize("statement", [one for one, _ in TOUCHED], ids=lambda one: one[:80])
def test_a_row_that_cannot_be_read_is_named(place: Path, statement: str) -> None:
    sql(place, statement)
    for read, said in dict(TOUCHED)[statement].items():
        with open_journal(place, only_read=True) as journal, pytest.raises(JournalError) as caught:
            read(journal)
        told = caught.value.say("ru")
        assert said in told, read
        assert "munsocial journal verify" in told
        assert told != caught.value.say("en")
        with open_journal(place, only_read=True) as journal:
            assert not journal.verify().whole


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DROP TABLE entries", "это база другой программы"),
        ("DROP TABLE head", "таблица head: её нет"),
        ("DROP TABLE steps", "таблица steps: её нет"),
        ("DROP TABLE plans", "таблица plans: её нет"),
        ("ALTER TABLE steps RENAME COLUMN result TO outcome", "колонка steps.result: её нет"),
        ("UPDATE entries SET body=CAST(x'ff00' AS TEXT) WHERE seq=2", "запись 2: в тексте есть байты"),
        ("UPDATE entries SET kind=CAST(x'd0' AS TEXT) WHERE seq=5", "запись 5: в тексте есть байты"),
        ("UPDATE steps SET result=CAST(x'ff00' AS TEXT)", "таблица steps: в тексте есть байты"),
        ("UPDATE plans SET id=CAST(x'ff00' AS TEXT)", "таблица plans: в тексте есть байты"),
        ("UPDATE head SET digest=CAST(x'ff00' AS TEXT)", "таблица head: в тексте есть байты"),
        ("UPDATE head SET seq='x'", "запись о конце цепочки изменена"),
        ("DELETE FROM head", "запись о конце цепочки пропала"),
        ("DELETE FROM alembic_version", "запись о версии журнала пропала"),
    ],
)
def test_verifying_itself_tells_what_is_broken(place: Path, tmp_path: Path, statement: str, named: str) -> None:
    sql(place, statement)
    try:
        with open_journal(place, only_read=True) as journal:
            verified = journal.verify()
            assert not verified.whole
            told = verified.say("ru")
    except JournalError as error:
        told = error.say("ru")
    assert named in told
    with open_journal(tmp_path / "new.sqlite") as fresh, pytest.raises(JournalError, match=named):
        import_journal(place, fresh)


def test_a_journal_without_its_version_is_not_made_anew(place: Path) -> None:
    sql(place, "DELETE FROM alembic_version")
    with pytest.raises(JournalError, match="запись о версии журнала пропала"):
        open_journal(place)

"""The journal in PostgreSQL, on a real server: the same promises as in a file, and several writers at once."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from munsocial.errors import JournalError, PlanRefused
from munsocial.journal import Entry, open_journal
from munsocial.journal.journal import journal_in
from munsocial.journal.moving import export_journal, import_journal
from munsocial.journal.stepbook import StepBook
from postgres_server import postgres_server

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as address:
        yield address


@pytest.fixture
def place(server: str, request: pytest.FixtureRequest) -> str:
    """A database of its own for each test."""
    import psycopg

    name = "j" + str(abs(hash(request.node.name)))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def sql(place: str, statement: str) -> list[tuple[object, ...]]:
    import psycopg

    with psycopg.connect(place, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return list(cursor.fetchall()) if cursor.description else []


def test_what_is_written_is_read_and_holds(place: str) -> None:
    with open_journal(place, clock=lambda: START) as journal:
        journal.append("seen.post", "lipovka-vk", {"post": "1"})
        journal.append("evidence.kept", "lipovka-vk", {"comment": "7"}, personal={"text": "нуль \0 и \ud83d"})
        assert journal.verify().whole
    with open_journal(place, only_read=True) as journal:
        assert [one.kind for one in journal.entries()] == ["seen.post", "evidence.kept"]
        with pytest.raises(JournalError, match="только для чтения"):
            journal.append("seen.post", "x", {})


@pytest.mark.parametrize(
    ("situation", "statement", "named"),
    [
        ("a body", """UPDATE entries SET body='{"post":"9"}' WHERE seq=2""", 2),
        ("a deleted row", "DELETE FROM entries WHERE seq=2", 3),
        ("the tail", "DELETE FROM entries WHERE seq>=3", 3),
        ("personal data", "UPDATE entries SET personal=NULL WHERE seq=3", 3),
    ],
)
def test_damage_is_found_and_named(place: str, situation: str, statement: str, named: int) -> None:
    with open_journal(place, clock=lambda: START) as journal:
        for number in range(4):
            journal.append("seen.post", "x", {"post": str(number)}, personal={"text": "a"} if number == 2 else None)
        sql(place, statement)
        assert journal.verify().broken_at == named, situation


def test_a_journal_moves_from_a_file_to_the_server_with_its_chain(place: str, tmp_path: Path) -> None:
    body = json.dumps({"steps": [{"id": "s1", "key": "k1"}]})
    with open_journal(tmp_path / "j.sqlite", clock=lambda: START) as old:
        old.append("evidence.kept", "x", {}, personal={"text": "спам"})
        book = StepBook(old)
        book.enter("plan", "d", body, [("s1", "k1", None)])
        book.take("plan", "s1")
        book.settle("plan", "s1", "confirmed", {"post": "5"})
        end = old.anchor()
    with open_journal(place) as new:
        assert import_journal(tmp_path / "j.sqlite", new) == end[0]
        assert new.verify(anchor=end).whole
        assert [one.state for one in StepBook(new).of("plan")] == ["confirmed"]
        assert export_journal(new, tmp_path / "all.jsonl", full=True) == end[0]
        assert import_journal(tmp_path / "all.jsonl", new) == 0


def test_personal_data_leave_the_table_and_its_dead_rows(place: str) -> None:
    with open_journal(place, clock=lambda: START) as journal:
        journal.append("evidence.kept", "x", {"comment": "7"}, personal={"text": "секретный текст"})
        assert journal.purge(before=START + timedelta(days=1), reason="срок").entries == (1,)
        assert journal.verify().whole
    path = sql(place, "SELECT pg_read_binary_file(pg_relation_filepath('entries'))")[0][0]
    assert "секретный".encode() not in bytes(path)  # type: ignore[call-overload]  # psycopg gives bytes


def test_two_programs_that_open_a_new_journal_at_once_make_it_once(place: str) -> None:
    errors: list[Exception] = []

    def opening() -> None:
        try:
            open_journal(place).close()
        except JournalError as error:
            errors.append(error)

    threads = [threading.Thread(target=opening) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert errors == []


def test_a_plan_is_entered_once_goes_on_when_applied_again_and_brings_its_signatures(place: str) -> None:
    rows = [("s1", "k1", None), ("s2", "k2", None)]
    for digest, body, refusal in (
        ("d", "unsigned", ""),
        ("d", "unsigned", ""),
        ("d", "signed", ""),
        ("e", "unsigned", "другим содержанием"),
    ):
        with open_journal(place) as journal:
            if refusal:
                with pytest.raises(PlanRefused, match=refusal):
                    StepBook(journal).enter("plan", digest, body, rows)
            else:
                StepBook(journal).enter("plan", digest, body, rows)
    with open_journal(place) as journal, pytest.raises(PlanRefused, match="шаги уже стоят в плане plan"):
        StepBook(journal).enter("other", "d", "unsigned", rows)
    with open_journal(place) as journal:
        assert [entry.kind for entry in journal.entries()] == ["plan.entered", "plan.signed"]
        assert [(one.step, one.state) for one in StepBook(journal).of("plan")] == [("s1", "planned"), ("s2", "planned")]
        assert StepBook(journal).of("other") == ()


def test_writers_at_once_leave_one_whole_chain_and_every_step_is_taken_once(place: str) -> None:
    with open_journal(place) as journal:
        rows = [(f"s{number}", f"k{number}", None) for number in range(60)]
        steps = [{"id": name, "key": key} for name, key, _ in rows]
        StepBook(journal).enter("plan", "d", json.dumps({"steps": steps}), rows)
    done: Counter[str] = Counter()

    def work() -> None:
        with open_journal(place) as journal:
            book = StepBook(journal)
            for name, _, _ in rows:
                if book.take("plan", name) is not None:
                    done[name] += 1
                    book.settle("plan", name, "confirmed", {})
                    journal.append_many([Entry("seen.post", "x", {}, START)])

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert done == dict.fromkeys([name for name, _, _ in rows], 1)
    with open_journal(place) as journal:
        assert journal.verify().whole
        assert journal.verify().count == 1 + 3 * len(rows)


def test_a_database_of_something_else_is_refused(place: str) -> None:
    sql(place, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(JournalError, match="другой программы"):
        open_journal(place)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(JournalError) as caught:
        open_journal("postgresql://clerk:hunter2@127.0.0.1:1/nothing")
    assert "hunter2" not in caught.value.say("ru") + caught.value.say("en")
    assert "Проверьте" in caught.value.say("ru")


def test_looking_makes_nothing_in_an_empty_database(place: str, tmp_path: Path) -> None:
    """A district begins to work with a database: its first plan is looked at before anything is done."""
    from command_line import run
    from leaving_world import REGISTER

    register = tmp_path / "lesnoy.toml"
    register.write_text(REGISTER, encoding="utf-8")
    assert journal_in(place) is None
    for words in (("moderate", "--unbans"), ("outbox", "list"), ("handover", "start", "--giver", "elkina")):
        names = 2 if words[0] in ("outbox", "handover") else 1
        more = ("--taker", "sosnov") if words[0] == "handover" else ()
        ran = run(*words[:names], register, *words[names:], *more, "--journal", place)
        assert ran.code == 0, ran.said
    assert sql(place, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []


@pytest.mark.parametrize(
    ("statement", "named", "read"),
    [
        ("DROP TABLE head", "таблица head: её нет", "нет таблицы или колонки head"),
        ("DROP TABLE steps", "таблица steps: её нет", "нет таблицы или колонки steps"),
        ("ALTER TABLE steps RENAME COLUMN key TO k", "колонка steps.key: её нет", "нет таблицы или колонки steps.key"),
        ("UPDATE head SET digest='x'", "запись о конце цепочки изменена", "запись о конце цепочки испорчена"),
    ],
)
def test_what_was_taken_away_by_other_means_is_named(place: str, statement: str, named: str, read: str) -> None:
    with open_journal(place, clock=lambda: START) as journal:
        journal.append("seen.post", "lipovka-vk", {"post": "1"})
    sql(place, statement)
    with open_journal(place, only_read=True) as journal:
        assert named in journal.verify().say("ru")
        reading = StepBook(journal).of if "steps" in read else lambda _plan: journal.anchor()
        with pytest.raises(JournalError, match=read):
            reading("plan")


def test_a_source_with_touched_steps_leaves_the_target_as_it_was(place: str, tmp_path: Path) -> None:
    with open_journal(tmp_path / "j.sqlite", clock=lambda: START) as journal:
        StepBook(journal).enter("plan", "d", json.dumps({"steps": [{"id": "s1", "key": "k1"}]}), [("s1", "k1", None)])
        with journal.writing() as connection:
            connection.exec_driver_sql("DROP TABLE head")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num='0002'")
            connection.exec_driver_sql("UPDATE steps SET state='confirmed'")
    with open_journal(place) as target:
        with pytest.raises(JournalError, match="источник не принят"):
            import_journal(tmp_path / "j.sqlite", target)
        assert (target.anchor()[0], target.verify().whole) == (0, True)

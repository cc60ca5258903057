"""Somebody changes the journal with an SQL client: each column, each row, each table. Verifying names the place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from munsocial.errors import JournalError
from munsocial.journal import Entry, Journal, open_journal
from munsocial.journal.entries import chained
from munsocial.journal.stepbook import StepBook

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
DUE = START + timedelta(hours=5)
BODY = {
    "id": "publication-1",
    "steps": [
        {"id": "s1", "key": "k1"},
        {"id": "s2", "key": "k2", "due": DUE.isoformat()},
        {"id": "s3", "key": "k3"},
    ],
}
ROWS = [("s1", "k1", None), ("s2", "k2", DUE), ("s3", "k3", None)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(place: Path) -> Iterator[Journal]:
    """Entries 1-2 are plain, 3 holds personal data, 4 enters a plan, 5-7 are its steps, 8 is plain."""
    with open_journal(place, clock=lambda: START) as opened:
        opened.append("seen.post", "lipovka-vk", {"post": "1"})
        opened.append("seen.post", "lipovka-vk", {"post": "2"})
        opened.append("evidence.kept", "lipovka-vk", {"comment": "7"}, personal={"text": "спам", "author": "55"})
        book = StepBook(opened)
        book.enter("publication-1", "abc", json.dumps(BODY), ROWS)
        book.take("publication-1", "s1")
        book.settle("publication-1", "s1", "confirmed", {"post": "77"})
        book.take("publication-1", "s3")
        opened.append("seen.post", "zarechnoe-ok", {"post": "3"})
        yield opened


def sql(place: Path, *statements: str) -> None:
    connection = sqlite3.connect(place)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_nothing_was_touched(journal: Journal) -> None:
    assert journal.verify().whole
    assert journal.verify().count == 8


COLUMNS = {
    "seq": "UPDATE entries SET seq=99 WHERE seq=2",
    "at": "UPDATE entries SET at='2026-11-23T07:00:01.000000+00:00' WHERE seq=2",
    "kind": "UPDATE entries SET kind='seen.nothing' WHERE seq=2",
    "subject": "UPDATE entries SET subject='another-vk' WHERE seq=2",
    "body": """UPDATE entries SET body='{"post":"9"}' WHERE seq=2""",
    "seal": "UPDATE entries SET seal='00' WHERE seq=2",
    "previous": "UPDATE entries SET previous='00' WHERE seq=2",
    "digest": "UPDATE entries SET digest='00' WHERE seq=2",
    "personal, added": """UPDATE entries SET personal='{"data":{},"salt":""}' WHERE seq=2""",
    "personal, changed": "UPDATE entries SET personal=replace(personal,'55','66') WHERE seq=3",
    "personal, taken away": "UPDATE entries SET personal=NULL WHERE seq=3",
    "personal and its seal": "UPDATE entries SET personal=NULL, seal='' WHERE seq=3",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_of_an_entry_is_found(journal: Journal, place: Path, column: str) -> None:
    sql(place, COLUMNS[column])
    verified = journal.verify()
    # A row whose number was changed is missed where it stood: the next one is named.
    named = {"seq": 3, "personal, changed": 3, "personal, taken away": 3, "personal and its seal": 3}.get(column, 2)
    assert (verified.whole, verified.broken_at) == (False, named)
    assert str(named) in verified.say("ru")


@pytest.mark.parametrize("gone", range(1, 9))
def test_whichever_entry_is_deleted_it_is_missed(journal: Journal, place: Path, gone: int) -> None:
    sql(place, f"DELETE FROM entries WHERE seq={gone}")
    verified = journal.verify()
    assert not verified.whole
    assert verified.broken_at == (gone if gone == 8 else gone + 1)


def test_the_tail_cut_off_is_missed_by_the_record_of_the_end(journal: Journal, place: Path) -> None:
    sql(place, "DELETE FROM entries WHERE seq > 3")
    verified = journal.verify()
    assert verified.broken_at == 4
    assert "последняя запись была 8" in verified.say("ru")


def test_what_is_written_after_a_cut_does_not_hide_it(journal: Journal, place: Path) -> None:
    sql(place, "DELETE FROM entries WHERE seq = 8")
    assert journal.append("seen.post", "lipovka-vk", {"post": "4"}).seq == 9
    assert journal.verify().broken_at == 9


def test_a_tail_cut_together_with_the_record_of_the_end_is_found_by_an_anchor_only(
    journal: Journal, place: Path
) -> None:
    anchor = journal.anchor()
    sql(
        place,
        "DELETE FROM entries WHERE seq = 8",
        "UPDATE head SET seq=7, digest=(SELECT digest FROM entries WHERE seq=7)",
    )
    assert journal.verify().whole
    assert journal.verify(anchor=anchor).broken_at == 8


@pytest.mark.parametrize(
    ("situation", "statement", "named"),
    [
        ("deleted", "DELETE FROM head", 8),
        ("a second one", "INSERT INTO head VALUES (2, 3, '00')", 8),
        ("another digest", "UPDATE head SET digest='00'", 8),
        ("a later number", "UPDATE head SET seq=9", 9),
        ("an earlier number", "UPDATE head SET seq=7", 8),
    ],
)
def test_the_record_of_the_end_was_touched(
    journal: Journal, place: Path, situation: str, statement: str, named: int
) -> None:
    sql(place, statement)
    assert journal.verify().broken_at == named, situation


def test_nothing_is_written_to_a_journal_without_the_record_of_its_end(journal: Journal, place: Path) -> None:
    sql(place, "DELETE FROM head")
    with pytest.raises(JournalError, match="Ничего не записано"):
        journal.append("seen.post", "lipovka-vk", {})
    assert journal.verify().count == 8


def test_two_entries_put_into_each_others_place_are_found(journal: Journal, place: Path) -> None:
    sql(
        place,
        "UPDATE entries SET seq=100 WHERE seq=1",
        "UPDATE entries SET seq=1 WHERE seq=2",
        "UPDATE entries SET seq=2 WHERE seq=100",
    )
    assert journal.verify().broken_at == 1


def test_an_entry_put_in_the_middle_is_found(journal: Journal, place: Path) -> None:
    """The forger shifts what stands behind and gives the new row a right digest of its own."""
    connection = sqlite3.connect(place)
    previous = connection.execute("SELECT digest FROM entries WHERE seq=3").fetchone()[0]
    at = START.isoformat(timespec="microseconds")
    digest = chained(previous, 4, at, "seen.post", "x", "{}", "")
    connection.execute("UPDATE entries SET seq=-seq WHERE seq > 3")
    connection.execute("UPDATE entries SET seq=1-seq WHERE seq < 0")
    row = (4, at, "seen.post", "x", "{}", None, "", previous, digest)
    connection.execute("INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?)", row)
    connection.execute("UPDATE head SET seq=9")
    connection.commit()
    connection.close()
    assert journal.verify().broken_at == 5


def test_an_entry_written_to_the_end_by_other_means_is_found(journal: Journal, place: Path) -> None:
    number, previous = journal.anchor()
    at = START.isoformat(timespec="microseconds")
    digest = chained(previous, number + 1, at, "decided", "x", "{}", "")
    connection = sqlite3.connect(place)
    row = (number + 1, at, "decided", "x", "{}", None, "", previous, digest)
    connection.execute("INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?)", row)
    connection.commit()
    connection.close()
    assert journal.verify().broken_at == number + 1


def test_a_tail_forged_with_right_digests_is_found_by_an_anchor_only(journal: Journal, place: Path) -> None:
    anchor = journal.anchor()
    connection = sqlite3.connect(place)
    previous = connection.execute("SELECT digest FROM entries WHERE seq=7").fetchone()[0]
    at = START.isoformat(timespec="microseconds")
    digest = chained(previous, 8, at, "seen.post", "zarechnoe-ok", '{"post":"forged"}', "")
    connection.execute("""UPDATE entries SET body='{"post":"forged"}', digest=? WHERE seq=8""", [digest])
    connection.execute("UPDATE head SET digest=?", [digest])
    connection.commit()
    connection.close()
    assert journal.verify().whole
    assert journal.verify(anchor=anchor).broken_at == 8


BOOKS = {
    "a step is made to look not done, so that it would be done again": (
        "UPDATE steps SET state='planned', result=NULL WHERE step='s1'", "s1"),
    "a step is made to look done": ("UPDATE steps SET state='confirmed' WHERE step='s2'", "s2"),
    "the key of a step that was tried": ("UPDATE steps SET key='x' WHERE step='s1'", "s1"),
    "the key of a step that waits": ("UPDATE steps SET key='x' WHERE step='s2'", "s2"),
    "the result of a step": ("""UPDATE steps SET result='{"post":"78"}' WHERE step='s1'""", "s1"),
    "the moment of the first attempt": ("UPDATE steps SET started_at='2020' WHERE step='s3'", "s3"),
    "the due time": ("UPDATE steps SET due=NULL WHERE step='s2'", "s2"),
    "the place in the plan": ("UPDATE steps SET place=7 WHERE step='s2'", "s2"),
    "a step is deleted": ("DELETE FROM steps WHERE step='s2'", "s2"),
    "a step is added": (
        "INSERT INTO steps SELECT plan,'s9',9,'planned',NULL,'k9',NULL,NULL,NULL,NULL FROM steps WHERE place=0", "s9"),
    "a step is moved to another plan": ("UPDATE steps SET plan='other' WHERE step='s1'", "s1"),
    "the content of a plan": ("UPDATE plans SET body=replace(body,'k2','k9')", "publication-1"),
    "the digest of a plan": ("UPDATE plans SET digest='x'", "publication-1"),
    "a plan is deleted": ("DELETE FROM plans", "publication-1"),
    "a plan is added": ("INSERT INTO plans VALUES ('other','d','2026','{}')", "other"),
}  # fmt: skip


@pytest.mark.parametrize("situation", BOOKS)
def test_plans_and_states_of_steps_are_held_against_the_chain(journal: Journal, place: Path, situation: str) -> None:
    statement, named = BOOKS[situation]
    sql(place, statement)
    verified = journal.verify()
    assert not verified.whole
    assert named in verified.say("ru")
    assert verified.say("ru") != verified.say("en")


def test_a_signed_plan_and_a_step_under_another_look_are_no_forgery(journal: Journal) -> None:
    book = StepBook(journal)
    book.enter("publication-1", "abc", json.dumps({**BODY, "approvals": ["petrov"]}), ROWS)
    assert book.take("publication-1", "s2") is not None
    book.settle("publication-1", "s2", "uncertain", {})
    assert book.take("publication-1", "s2") is not None
    assert journal.verify().whole


def test_a_purge_that_is_written_down_is_no_forgery(journal: Journal) -> None:
    book = StepBook(journal)
    for step in ("s2", "s3"):
        book.take("publication-1", step)
        book.settle("publication-1", step, "confirmed", {})
    gone = journal.purge(before=START + timedelta(days=1), reason="срок хранения")
    assert (gone.entries, gone.plans) == ((3,), ("publication-1",))
    assert journal.verify().whole
    assert book.plan_body("publication-1") is None


def test_a_plan_forgotten_by_other_means_is_found(journal: Journal, place: Path) -> None:
    sql(place, """UPDATE plans SET body='{"purged":true}'""")
    assert "publication-1" in journal.verify().say("ru")


def test_a_plan_that_is_not_over_keeps_its_texts(journal: Journal) -> None:
    gone = journal.purge(before=START + timedelta(days=1), reason="срок хранения")
    assert (gone.plans, gone.kept) == ((), ("publication-1",))


def test_a_clock_set_back_is_told_and_breaks_nothing(place: Path) -> None:
    moments = iter([START, START - timedelta(days=1), START])
    with open_journal(place, clock=lambda: next(moments)) as journal:
        for number in range(3):
            journal.append("seen.post", "lipovka-vk", {"post": str(number)})
        verified = journal.verify()
    assert verified.whole
    assert "Часы шли назад на записях: 2." in verified.say("ru")


def test_texts_that_no_database_holds_are_kept_all_the_same(journal: Journal) -> None:
    half = "кусок эмодзи \ud83d и нуль \0"
    journal.append("seen.post", half, {"text": half}, personal={"text": half})
    last = next(journal.entries(newest_first=True))
    assert (last.body["text"], last.personal and last.personal["text"]) == (half, half)
    assert journal.verify().whole


def test_entries_of_one_batch_follow_one_another(journal: Journal) -> None:
    written = journal.append_many(Entry("seen.post", "x", {"n": n}, START) for n in range(3))
    assert [one.seq for one in written] == [9, 10, 11]
    assert journal.anchor() == (11, written[-1].digest)


def test_an_index_that_hides_an_entry_from_those_who_look_by_kind_is_found(journal: Journal, place: Path) -> None:
    """The entries are whole and chained; only whoever asks for evidence or for a subject is not shown one of them."""
    told = "CREATE INDEX entries_by_kind ON entries (kind, seq)"
    here = "WHERE name = 'entries_by_kind'"
    for sentence in (f"{told} WHERE seq <> 3", told):
        sql(place, "PRAGMA writable_schema = 1", f"UPDATE sqlite_master SET sql = '{sentence}' {here}")
        if sentence != told:
            sql(place, "REINDEX entries_by_kind")
    with open_journal(place) as touched:
        assert not list(touched.entries(kind="evidence.kept"))
        verified = touched.verify()
    assert not verified.whole
    assert "entries_by_kind" in verified.say("en")

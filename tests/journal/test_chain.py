"""The journal: what is written stays, what is changed is found, what is personal can be forgotten."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.errors import JournalError
from munsocial.journal import Entry, Journal, open_journal
from munsocial.journal.entries import chained

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(place: Path) -> Iterator[Journal]:
    with open_journal(place, clock=lambda: START) as opened:
        opened.append("seen.post", "lipovka-vk", {"post": "1"})
        opened.append("removed.comment", "lipovka-vk", {"comment": "7"}, personal={"text": "спам", "author": "55"})
        opened.append_many(Entry("seen.post", "zarechnoe-ok", {"post": str(n)}, START) for n in range(3))
        yield opened


def damage(place: Path, statement: str) -> None:
    connection = sqlite3.connect(place)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_written_journal_is_whole(journal: Journal) -> None:
    verified = journal.verify()
    assert (verified.whole, verified.count) == (True, 5)
    assert verified.digest == journal.anchor()[1]


@pytest.mark.parametrize(
    ("situation", "statement", "broken_at"),
    [
        ("the body of an entry was changed", "UPDATE entries SET body='{}' WHERE seq=1", 1),
        ("the moment was changed", "UPDATE entries SET at='2020-01-01T00:00:00+00:00' WHERE seq=3", 3),
        ("an entry was removed", "DELETE FROM entries WHERE seq=2", 3),
        ("the first entry was removed", "DELETE FROM entries WHERE seq=1", 2),
        ("personal data were changed", "UPDATE entries SET personal=replace(personal,'55','66') WHERE seq=2", 2),
        ("the seal was taken off", "UPDATE entries SET seal='', personal=NULL WHERE seq=2", 2),
        ("a digest was changed", "UPDATE entries SET digest='0' WHERE seq=2", 2),
    ],
)
def test_damage_is_found_and_named(
    journal: Journal, place: Path, situation: str, statement: str, broken_at: int
) -> None:
    damage(place, statement)
    verified = journal.verify()
    assert not verified.whole, situation
    assert verified.broken_at == broken_at, situation
    assert str(broken_at) in verified.say("ru")


def test_rows_put_in_another_order_are_found(journal: Journal, place: Path) -> None:
    damage(place, "UPDATE entries SET seq=100 WHERE seq=4")
    damage(place, "UPDATE entries SET seq=4 WHERE seq=5")
    damage(place, "UPDATE entries SET seq=5 WHERE seq=100")
    assert journal.verify().broken_at == 4


def test_personal_data_are_forgotten_and_the_chain_stays_whole(journal: Journal, place: Path) -> None:
    assert journal.purge(before=START + timedelta(seconds=1), reason="срок хранения").entries == (2,)
    removed = next(journal.entries(kind="removed.comment"))
    assert (removed.personal, removed.purged, removed.body["comment"]) == (None, True, "7")
    assert journal.verify().whole
    files = [file.read_bytes() for file in place.parent.iterdir()]
    assert not [content for content in files if "спам".encode() in content]


def test_entries_are_found_by_kind_and_subject(journal: Journal) -> None:
    assert [one.seq for one in journal.entries(kind="seen.*", subject="zarechnoe-ok")] == [3, 4, 5]


def test_a_batch_that_fails_leaves_nothing(journal: Journal) -> None:
    bad = Entry("seen.post", "x", {"post": "1"}, START)
    object.__setattr__(bad, "kind", None)
    with pytest.raises((JournalError, AttributeError)):
        journal.append_many([Entry("seen.post", "x", {}, START), bad])
    assert journal.anchor()[0] == 5


def test_a_journal_of_an_older_version_opens(place: Path) -> None:
    with open_journal(place) as journal:
        journal.append("seen.post", "lipovka-vk", {})
    for later in ("head", "steps", "plans"):
        damage(place, f"DROP TABLE {later}")
    damage(place, "UPDATE alembic_version SET version_num='0001'")
    with open_journal(place) as journal:
        assert journal.verify().count == 1


def test_the_version_of_the_code_is_the_newest_migration() -> None:
    from alembic.script import ScriptDirectory

    import munsocial.journal.upgrading as upgrading

    folder = Path(upgrading.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == upgrading.VERSION


@pytest.mark.parametrize(
    ("situation", "content", "told"),
    [
        ("a text file", b"this is not a database at all, not even a small one" * 50, "повреждён"),
        ("a database of another program", None, "другой программы"),
        ("a newer journal", "9999", "новой версией"),
    ],
)
def test_a_strange_file_is_refused_and_left_as_it_is(
    place: Path, situation: str, content: bytes | str | None, told: str
) -> None:
    if isinstance(content, bytes):
        place.write_bytes(content)
    elif content is None:
        damage(place, "CREATE TABLE recipes (name TEXT)")
    else:
        open_journal(place).close()
        damage(place, f"UPDATE alembic_version SET version_num='{content}'")
    with pytest.raises(JournalError, match=told):
        open_journal(place)
    assert place.exists(), situation


@pytest.mark.parametrize("only_read", [True, False])
def test_a_journal_of_which_even_the_fault_cannot_be_read_is_refused_and_closed(place: Path, only_read: bool) -> None:
    """SQLite quotes in its fault what stands in the file, and Python cannot decode octets that are no text."""
    open_journal(place).close()
    place.write_bytes(place.read_bytes().replace(b"CREATE TABLE entries", b"CREATE TAB\xb0E entries"))
    with pytest.raises(JournalError, match="повреждён"):
        open_journal(place, only_read=only_read)
    gc.collect()  # pytest tells of a database that was left open


def test_a_missing_folder_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="nowhere нет"):
        open_journal(tmp_path / "nowhere" / "journal.sqlite")


@given(st.lists(st.text(max_size=5), min_size=7, max_size=7), st.lists(st.text(max_size=5), min_size=7, max_size=7))
def test_no_two_different_rows_share_a_digest_by_sliding_texts(one: list[str], other: list[str]) -> None:
    def digest(columns: list[str]) -> str:
        return chained(columns[0], 1, columns[2], columns[3], columns[4], columns[5], columns[6])

    one[1] = other[1] = "1"
    assert (digest(one) == digest(other)) == (one == other)


def test_a_new_journal_is_made_as_all_migrations_together_make_it(tmp_path: Path) -> None:
    from sqlalchemy import create_engine

    from munsocial.journal.upgrading import _run

    open_journal(tmp_path / "new.sqlite").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    with engine.begin() as connection:
        _run(connection)
    engine.dispose()
    assert _tables(tmp_path / "new.sqlite") == _tables(tmp_path / "migrated.sqlite")


def _tables(place: Path) -> dict[str, object]:
    connection = sqlite3.connect(place)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")]
    found: dict[str, object] = {
        name: connection.execute(f"PRAGMA table_xinfo('{name}')").fetchall()
        or connection.execute(f"PRAGMA index_xinfo('{name}')").fetchall()
        for name in names
    }
    found["head rows"] = connection.execute("SELECT * FROM head").fetchall()
    found["version"] = connection.execute("SELECT * FROM alembic_version").fetchall()
    connection.close()
    return found

"""What is no place for a journal, and places that nobody may look at: told in our own words, with a remedy."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from acting_world import District
from command_line import run
from munsocial.cli.main import NOTHING_DONE
from munsocial.errors import JournalError
from munsocial.journal import Journal, open_journal
from munsocial.journal.engine import faults_named
from munsocial.journal.journal import journal_in
from munsocial.journal.places import is_there
from munsocial.journal.stepbook import StepBook
from old_journals import filled


@pytest.fixture
def readable() -> Iterator[Path]:
    """A folder that every user of the machine can reach, and its owner alone can write."""
    folder = Path(tempfile.mkdtemp(prefix="munjournal-", dir="/tmp"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


NO_PLACES = [
    ("sqlite:///x.db", "журнал не хранится по адресам sqlite://"),
    ("http://user:secret@x", "журнал не хранится по адресам http://"),
    ("x" * 300 + ".sqlite", "журнал не открывается: File name too long."),
    ("j\0x.sqlite", "нулевой символ"),
    (":memory:", "журнал не ведётся в памяти"),
]
DISGUISED = [
    "host=localhost user=u password=hunter2 dbname=x",
    "dbname=hunter2",
    "district.sqlite?password=hunter2",
    "postgresql+psycopg:u:hunter2@h/x",
    "postgresql:/u:hunter2@h/x",
    " Postgres:hunter2",
    "postgresql: u:hunter2@h/x",
    "port=5432  user = hunter2.db",
    "user=hunter2",
    "service = hunter2",
    "district.sqlite?user=u&pass=hunter2",
    "мой host, password = hunter2.sqlite",
    "host=h pass=hunter2.sqlite",
]
"""What SQLite would take for the name of a file."""
MISWRITTEN = [
    "postgresql://u:hunter2@localhost:port/x",
    "postgresql://u:p@hunter2/more@h/x",
    "postgresql://u:p@hunter2@h",
]


@pytest.mark.parametrize("look", [open_journal, journal_in])
@pytest.mark.parametrize(("name", "said"), NO_PLACES, ids=["sqlite", "http", "long", "nul", "memory"])
def test_a_slip_in_the_place_is_told_in_our_words(look: Callable[[str], Journal], name: str, said: str) -> None:
    with pytest.raises(JournalError) as caught:
        look(name)
    assert said in caught.value.say("ru")
    assert caught.value.remedy
    assert "secret" not in caught.value.say("en")


@pytest.mark.parametrize("look", [open_journal, journal_in, is_there])
@pytest.mark.parametrize(
    ("name", "said"),
    [*((one, "похоже на адрес базы") for one in DISGUISED), *((one, "записан с ошибкой") for one in MISWRITTEN)],
)
def test_an_address_with_a_slip_becomes_no_file_and_is_not_repeated(
    look: Callable[[str], object], name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(JournalError) as caught:
        look(name)
    assert said in caught.value.say("ru")
    assert caught.value.remedy
    told = caught.value.say("ru") + caught.value.say("en") + repr(caught.value)
    assert ("hunter2" in told, list(tmp_path.iterdir())) == (False, [])


RESEMBLING = [
    *("postgres.sqlite", "hosts=1.sqlite", "bypass.sqlite", "мой район.sqlite"),
    *("port = old.sqlite", "user=old.DB", "журнал pass=1.sqlite", "oracle: отчёт.sqlite", "service=a/port=1/j.sqlite3"),
]


@pytest.mark.parametrize("name", RESEMBLING)
def test_a_name_that_only_resembles_an_address_is_a_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    with open_journal(name) as journal:
        assert journal.append("seen.post", "x", {}).seq == 1
    assert Path(name).is_file()


@pytest.mark.parametrize("name", ["dbname=old", "postgres:old", "host=h user=u", "пароль, password=1.sqlite"])
def test_a_journal_that_lies_there_opens_whatever_its_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    filled(tmp_path / "plain.sqlite")
    Path("plain.sqlite").rename(name)
    assert is_there(name)
    with open_journal(name) as journal:
        assert journal.append("seen.post", "x", {}).seq > 1
    Path(name).unlink()
    Path(name).write_text("no journal", "utf-8")
    with pytest.raises(JournalError, match="похоже на адрес базы"):
        open_journal(name)


def test_another_driver_than_ours_is_told_how_to_write_the_address() -> None:
    with pytest.raises(JournalError, match="postgresql://, не называя другой"):
        open_journal("postgresql+psycopg2://u@h/x")


LOCKED_OUT = """
    import os, sys
    from munsocial.errors import JournalError
    from munsocial.journal import open_journal
    from munsocial.journal.journal import journal_in
    from munsocial.journal.places import is_there
    if os.geteuid() == 0:
        os.setgid(65534); os.setuid(65534)
    for look in (open_journal, journal_in, is_there):
        try:
            print(look(sys.argv[1]))
        except JournalError as error:
            print(error.say("ru"))
"""


def test_a_folder_that_may_not_be_entered_is_told(readable: Path) -> None:
    """As root every folder can be entered: the rights are given up in a process of its own."""
    place = readable / "journal.sqlite"
    filled(place)
    readable.chmod(0o000)
    command = [sys.executable, "-c", textwrap.dedent(LOCKED_OUT), str(place)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    said = f"{place}: нет права открыть журнал или его папку. Проверьте права на файл, папку или базу."
    assert ran.stdout.splitlines() == [said] * 3


@pytest.mark.parametrize(("name", "said"), NO_PLACES[:3], ids=["sqlite", "http", "long"])
def test_commands_tell_it_too(name: str, said: str) -> None:
    ran = run("journal", "verify", name)
    assert (ran.code, said in ran.err) == (NOTHING_DONE, True)


def _removed(place: Path) -> None:
    for end in ("", "-wal", "-shm"):
        place.with_name(place.name + end).unlink(missing_ok=True)


def _replaced(place: Path) -> None:
    _removed(place)
    filled(place)


@pytest.mark.parametrize("meddle", [_removed, _replaced])
def test_nothing_is_done_once_the_journal_is_gone(tmp_path: Path, meddle: Callable[[Path], None]) -> None:
    district = District(tmp_path)
    first, second = "administration-vk", "administration-ok"
    plan = district.publications(first, second)
    with district.connect() as social, pytest.raises(JournalError) as caught:
        social.apply(plan, told=lambda _: meddle(district.journal_file))
    assert "удалён или подменён" in caught.value.say("ru")
    assert caught.value.remedy
    text = plan.steps[0].params["draft"]["text"]
    assert (district.texts(first)[text], district.texts(second)[text]) == (1, 0)


def test_a_journal_that_goes_while_a_target_is_looked_at_is_noticed_before_the_call(tmp_path: Path) -> None:
    district = District(tmp_path)
    plan = district.publications("administration-ok")
    with district.connect() as social:
        book = StepBook(social.journal)
        book.enter(plan.id, plan.digest, plan.model_dump_json(), [("s1", "k1", None)])
        assert book.take(plan.id, "s1")
        assert book.keep(plan.id, "s1")
        _removed(district.journal_file)
        with pytest.raises(JournalError, match="удалён или подменён"):
            book.keep(plan.id, "s1")


def test_whoever_changes_the_folder_has_not_lost_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other").mkdir()
    with open_journal("journal.sqlite") as journal:
        journal.append("seen.post", "x", {})
        monkeypatch.chdir(tmp_path / "other")
        assert journal.append("seen.post", "x", {}).seq == 2


def test_a_disk_that_does_not_lock_is_told_so(tmp_path: Path) -> None:
    """SQLite says so of a network disk whose locks do not work: rights have nothing to do with it."""
    place = tmp_path / "journal.sqlite"
    open_journal(place).close()
    with pytest.raises(JournalError, match="не запирает файлы") as caught, faults_named(str(place)):
        raise OperationalError("", {}, sqlite3.OperationalError("locking protocol"))
    assert "на диск этого компьютера" in caught.value.say("ru")

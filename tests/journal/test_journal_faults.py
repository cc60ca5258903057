"""Disk, locks, rights, cuts, clocks, versions: a clear error with a remedy, nothing lost that was reported as done."""

from __future__ import annotations

import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from munsocial.errors import JournalError
from munsocial.journal import Entry, Journal, engine, open_journal
from munsocial.journal.stepbook import StepBook
from old_journals import filled, older

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def refused(error: JournalError) -> str:
    """Every error says what happened and what to do, in both languages."""
    assert error.where
    assert error.remedy is not None
    assert error.say("ru") != error.say("en")
    return error.say("ru")


class TestFullDisk:
    def test_a_database_that_may_not_grow(self, place: Path) -> None:
        filled(place)
        with open_journal(place, clock=lambda: START) as journal:
            with journal.reading() as connection:
                connection.exec_driver_sql("PRAGMA max_page_count=1")
            many = [Entry("seen.post", "x", {"text": "много слов " * 500}, START) for _ in range(50)]
            with pytest.raises(JournalError) as caught:
                journal.append_many(many)
            assert "нет места" in refused(caught.value)
            held = journal.anchor()
            assert journal.verify().whole
        with open_journal(place) as journal:
            assert journal.anchor() == held

    def test_a_disk_that_takes_no_more_bytes(self, place: Path) -> None:
        """A limit of the system on the size of files stands for the end of the disk: the write really fails."""
        filled(place)
        program = textwrap.dedent(
            """
            import sys
            from datetime import UTC, datetime
            from munsocial.errors import JournalError
            from munsocial.journal import open_journal
            done = 0
            with open_journal(sys.argv[1]) as journal:
                try:
                    for number in range(100000):
                        journal.append("seen.post", "x", {"text": "слово " * 200, "n": number})
                        done += 1
                except JournalError as error:
                    print(done, error.say("ru"))
            """
        )
        size = place.stat().st_size + 300_000

        def limited() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        # -B: what Python compiles meanwhile would be cut at the same size, and be read by every later program.
        ran = subprocess.run([sys.executable, "-B", "-c", program, str(place)], capture_output=True, text=True,
                             timeout=60, check=True, preexec_fn=limited)  # fmt: skip
        count, _, told = ran.stdout.partition(" ")
        assert "диск" in told
        assert int(count) > 10
        with open_journal(place) as journal:
            assert journal.verify().whole
            assert journal.anchor()[0] == 20 + int(count)


def test_a_locked_database(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(place)
    monkeypatch.setattr(engine, "_BUSY_SECONDS", 0.05)
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_journal(place, only_read=True) as journal:
        # Reading waits for nobody.
        assert journal.verify().whole
    with pytest.raises(JournalError) as caught:
        open_journal(place)
    assert "занят" in refused(caught.value)
    other.execute("ROLLBACK")
    other.close()
    with open_journal(place) as journal:
        assert journal.append("seen.post", "x", {}).seq == 21


WITHOUT_RIGHTS = """
    import os, sys, tempfile
    from munsocial.errors import JournalError
    from munsocial.journal import open_journal
    # Loads what is loaded late: our own files will be out of reach.
    with tempfile.TemporaryDirectory() as folder, open_journal(f"{folder}/journal.sqlite") as journal:
        journal.append("seen.post", "x", {})
        journal.verify()
    if os.geteuid() == 0:
        os.setgid(65534); os.setuid(65534)
    with open_journal(sys.argv[1], only_read=True) as journal:
        print(journal.verify().whole, journal.anchor()[0])
    try:
        with open_journal(sys.argv[1]) as journal:
            journal.append("seen.post", "x", {})
        print("written")
    except JournalError as error:
        print(error.say("ru"))
"""


@pytest.fixture
def readable() -> Iterator[Path]:
    """A folder that every user of the machine can read, and its owner alone can write."""
    folder = Path(tempfile.mkdtemp(prefix="munjournal-", dir="/tmp"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_and_folder_that_cannot_be_written_can_be_verified(readable: Path) -> None:
    """As root every file can be written: the rights are given up in a process of its own."""
    place = readable / "journal.sqlite"
    filled(place)
    place.chmod(0o444)
    readable.chmod(0o555)
    command = [sys.executable, "-c", textwrap.dedent(WITHOUT_RIGHTS), str(place)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    whole, told = ran.stdout.splitlines()
    assert whole == "True 20"
    assert "Проверьте права" in told


def opened_and_verified(place: Path) -> str:
    try:
        with open_journal(place, only_read=True) as journal:
            return journal.verify().say("ru")
    except JournalError as error:
        return refused(error)


class TestCutFiles:
    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
    def test_a_file_cut_short_is_told_and_never_called_whole(self, place: Path, share: float) -> None:
        filled(place, 400)
        content = place.read_bytes()
        place.write_bytes(content[: int(len(content) * share)])
        assert "повреждён" in opened_and_verified(place) or "нарушен" in opened_and_verified(place)

    def test_an_empty_file_is_no_journal_to_read(self, place: Path) -> None:
        place.touch()
        with pytest.raises(JournalError, match="журнала здесь нет"):
            open_journal(place, only_read=True)

    def test_bytes_changed_in_the_middle_are_noticed(self, place: Path) -> None:
        filled(place, 400)
        content = bytearray(place.read_bytes())
        at = content.rindex("слово".encode())
        content[at : at + 10] = "слава".encode()
        place.write_bytes(content)
        with open_journal(place, only_read=True) as journal:
            assert not journal.verify().whole

    def test_a_log_that_was_lost_with_its_entries_is_found_by_an_anchor(self, place: Path) -> None:
        """SQLite keeps the newest entries in a file beside: copy both, or close the journal before copying."""
        with open_journal(place, clock=lambda: START) as journal:
            journal.append("seen.post", "x", {})
            with journal.reading() as connection:
                connection.exec_driver_sql("PRAGMA wal_autocheckpoint=0")
            journal.append("seen.post", "x", {})
            anchor = journal.anchor()
            copy = place.with_name("copy.sqlite")
            copy.write_bytes(place.read_bytes())
        with open_journal(copy) as journal:
            assert not journal.verify(anchor=anchor).whole
        with open_journal(place) as journal:
            assert journal.verify(anchor=anchor).whole


def killed(place: Path, line: str) -> None:
    program = f"""
        import os, signal, sys
        from munsocial.journal import open_journal
        from munsocial.journal.stepbook import StepBook
        journal = open_journal(sys.argv[1])
        {line}
        os.kill(os.getpid(), signal.SIGKILL)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program), str(place)], timeout=60, check=False)


def test_what_was_reported_as_done_outlives_a_kill(place: Path) -> None:
    filled(place)
    killed(place, "journal.append('decided', 'x', {})")
    with open_journal(place) as journal:
        assert (journal.verify().whole, journal.anchor()[0]) == (True, 21)


def test_what_was_not_finished_leaves_nothing_after_a_kill(place: Path) -> None:
    filled(place)
    killed(place, "w = journal.writing(); c = w.__enter__(); c.exec_driver_sql('DELETE FROM entries')")
    with open_journal(place) as journal:
        assert (journal.verify().whole, journal.anchor()[0]) == (True, 20)


class TestClockSetBack:
    def test_entries_stay_in_order_and_it_is_told(self, place: Path) -> None:
        moments = [START, START - timedelta(days=400), START]
        with open_journal(place, clock=lambda: moments.pop(0)) as journal:
            for number in range(3):
                journal.append("seen.post", "x", {"n": number})
            assert [one.body["n"] for one in journal.entries()] == [0, 1, 2]
            verified = journal.verify()
        assert verified.whole
        assert "Часы шли назад" in verified.say("ru")

    def test_a_step_of_a_dead_program_is_taken_though_its_lease_lies_far_ahead(self, place: Path) -> None:
        killed(place, "b = StepBook(journal); b.enter('plan', 'd', '{}', [('s1', 'k', None)]); b.take('plan', 's1')")
        with open_journal(place) as journal:
            earlier = StepBook(journal, seconds=lambda: 0.0)
            taken = earlier.take("plan", "s1")
            assert taken is not None
            assert taken.state == "uncertain"


class TestVersions:
    def version(self, place: Path, number: str) -> None:
        connection = sqlite3.connect(place)
        connection.execute("UPDATE alembic_version SET version_num=?", [number])
        connection.commit()
        connection.close()

    @pytest.mark.parametrize("only_read", [True, False])
    def test_a_newer_journal_is_refused_and_left_as_it_is(self, place: Path, only_read: bool) -> None:
        filled(place)
        self.version(place, "9999")
        before = place.read_bytes()
        with pytest.raises(JournalError) as caught:
            open_journal(place, only_read=only_read)
        assert "более новой версией" in refused(caught.value)
        assert place.read_bytes() == before

    def test_an_older_one_is_read_without_being_changed(self, place: Path) -> None:
        older(place)
        before = place.read_bytes()
        with open_journal(place, only_read=True) as journal:
            assert (journal.verify().whole, journal.verify().count) == (True, 20)
            assert journal.anchor()[0] == 20
        assert place.read_bytes() == before

    def test_an_older_one_is_upgraded_when_it_is_written(self, place: Path) -> None:
        older(place)
        with open_journal(place) as journal:
            assert journal.append("seen.post", "x", {}).seq == 21
            assert journal.verify().whole


def test_threads_share_one_journal(place: Path) -> None:
    import threading

    with open_journal(place, clock=lambda: START) as journal:
        threads = [threading.Thread(target=write, args=(journal,)) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert (journal.verify().whole, journal.anchor()[0]) == (True, 40)


def write(journal: Journal) -> None:
    for number in range(10):
        journal.append("seen.post", "x", {"n": number})


class TestLostLog:
    """The files -wal and -shm beside the journal: left behind by a kill, then lost, or never copied along."""

    @pytest.mark.parametrize("lost", [("-wal",), ("-shm",), ("-wal", "-shm")], ids=" and ".join)
    def test_what_was_reported_as_done_stands_in_the_file_itself(self, place: Path, lost: tuple[str, ...]) -> None:
        program = """
            import os, sys
            from munsocial.journal import open_journal
            with open_journal(sys.argv[1]) as journal:
                for number in range(30):
                    print(journal.append("seen.post", "x", {"n": number}).digest, flush=True)
                os.kill(os.getpid(), 9)
        """
        command = [sys.executable, "-c", textwrap.dedent(program), str(place)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode == -signal.SIGKILL
        for suffix in lost:
            place.with_name(place.name + suffix).unlink()
        with open_journal(place, only_read=True) as journal:
            assert [one.digest for one in journal.entries()] == ran.stdout.split()
            assert journal.verify().whole
        with open_journal(place) as journal:
            assert journal.append("seen.post", "x", {}).seq == 31

    def test_a_copy_of_the_file_alone_is_whole_while_a_program_is_at_work(self, place: Path, tmp_path: Path) -> None:
        with open_journal(place, clock=lambda: START) as journal:
            for number in range(5):
                journal.append("seen.post", "x", {"n": number})
            copy = Path(shutil.copy(place, tmp_path / "copy.sqlite"))
            with open_journal(copy, only_read=True) as copied:
                assert copied.anchor() == journal.anchor()
                assert copied.verify().whole


def test_two_programs_verify_while_one_writes(place: Path) -> None:
    """Each sees one moment, whole; and the writer is kept waiting by nobody."""
    filled(place)
    program = """
        import sys
        from munsocial.journal import open_journal
        with open_journal(sys.argv[1], only_read=True) as journal:
            print("ready", flush=True)
            sys.stdin.readline()
            seen = [journal.verify() for _ in range(20)]
            print(all(one.whole for one in seen), [one.count for one in seen] == sorted(one.count for one in seen))
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(place)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    readers = [subprocess.Popen(command, **pipes) for _ in range(2)]  # type: ignore[call-overload]  # its own keywords
    with open_journal(place, clock=lambda: START) as journal:
        for one in readers:
            assert one.stdout.readline() == "ready\n"
            one.stdin.write("go\n")
            one.stdin.flush()
        for number in range(100):
            journal.append("seen.post", "x", {"n": number})
        told = [one.communicate(timeout=60)[0] for one in readers]
        assert told == ["True True\n"] * 2
        assert journal.anchor()[0] == 120


@pytest.mark.parametrize("only_read", [True, False])
@pytest.mark.parametrize(
    ("name", "said"), [("", "это папка"), ("none/journal.sqlite", "none нет"), ("/dev/null", "не обычный файл")]
)
def test_what_is_no_place_for_a_journal(tmp_path: Path, name: str, said: str, only_read: bool) -> None:
    with pytest.raises(JournalError) as caught:
        open_journal(tmp_path / name, only_read=only_read)
    assert said in refused(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("seconds", "told"), [(30, False), (3600, True), (86_400, True)])
def test_a_clock_set_back_is_told_and_a_wait_for_the_lock_is_not(place: Path, seconds: int, told: bool) -> None:
    """Of two programs that write at once one takes its moment first and the lock second."""
    with open_journal(place) as journal:
        journal.append_many([Entry("seen.post", "x", {}, START)])
        journal.append_many([Entry("seen.post", "x", {}, START - timedelta(seconds=seconds))])
        verified = journal.verify()
    assert verified.whole
    assert ("Часы шли назад на записях: 2" in verified.say("ru")) == told


def test_who_makes_the_same_journal_at_the_same_moment_is_waited_for(tmp_path: Path) -> None:
    place = tmp_path / "journal.sqlite"
    other = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # another program is about to set the file up; SQLite itself would not wait
    done = threading.Timer(0.2, lambda: other.execute("COMMIT"))
    done.start()
    with open_journal(place) as journal:
        assert journal.append("note", "x", {}).kind == "note"
    done.join()
    other.close()


@pytest.mark.parametrize(("there", "remedy"), [(True, "Проверьте права"), (False, "Проверьте путь")])
def test_a_journal_on_a_disk_that_cannot_be_written_is_no_wrong_path(tmp_path: Path, there: bool, remedy: str) -> None:
    place = tmp_path / "journal.sqlite"
    if there:
        filled(place)
    with pytest.raises(JournalError, match=remedy), engine.faults_named(str(place)):
        raise OperationalError("", {}, sqlite3.OperationalError("unable to open database file"))

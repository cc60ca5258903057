"""Plans and states of steps in an export are held against its chain; what does not fit leaves the target as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import JournalError
from munsocial.journal import Journal, engine, open_journal
from munsocial.journal.entries import chained
from munsocial.journal.moving import export_journal, import_journal, verify_export
from munsocial.journal.stepbook import StepBook

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
LATER = START + timedelta(days=1)
BODY = json.dumps({"steps": [{"id": "s1", "key": "k1"}, {"id": "s2", "key": "k2"}]})

Lines = list[dict[str, Any]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(place: Path) -> Iterator[Journal]:
    with open_journal(place, clock=lambda: START) as opened:
        opened.append("evidence.kept", "lipovka-vk", {"comment": "7"}, personal={"text": "секретный спам"})
        book = StepBook(opened)
        book.enter("plan", "d", BODY, [("s1", "k1", None), ("s2", "k2", None)])
        book.take("plan", "s1")
        book.settle("plan", "s1", "confirmed", {"post": "77"})
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "new.sqlite", clock=lambda: START) as opened:
        yield opened


def changed(journal: Journal, path: Path, change: Callable[[Lines], object]) -> Path:
    """Write a full export with some of its lines changed."""
    export_journal(journal, path, full=True)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    change(lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def row(lines: Lines, table: str) -> dict[str, Any]:
    return next(line for line in lines if line.get("table") == table)


def without(lines: Lines, table: str) -> None:
    lines[:] = [line for line in lines if line.get("table") != table]


TOUCHED: dict[str, tuple[Callable[[Lines], object], str]] = {
    "a step is made to look not done, so that it would be done again": (
        lambda lines: row(lines, "steps").update(state="planned", result=None, started_at=None), "шаг s1 плана plan"),
    "all steps are dropped": (lambda lines: without(lines, "steps"), "шаг s1 плана plan: его нет"),
    "one step is dropped": (lambda lines: lines.remove(row(lines, "steps")), "шаг s1 плана plan: его нет"),
    "all plans are dropped": (lambda lines: without(lines, "plans"), "план plan: его нет"),
    "a step stands twice": (lambda lines: lines.append(row(lines, "steps")), "шаг s1 плана plan: он стоит дважды"),
    "a plan stands twice": (lambda lines: lines.append(row(lines, "plans")), "план plan: он стоит дважды"),
    "a step is added": (lambda lines: lines.append({**row(lines, "steps"), "step": "s9"}), "шаг s9 плана plan"),
    "a step of no plan": (lambda lines: lines.append({**row(lines, "steps"), "plan": "p"}), "шаг s1 плана p: он добав"),
    "the key of a step": (lambda lines: row(lines, "steps").update(key="k9"), "шаг s1 плана plan: его ключ"),
    "the place of a step is a word": (lambda lines: row(lines, "steps").update(place="abc"), "шаг s1 плана plan"),
    "its holder is a list": (lambda lines: row(lines, "steps").update(holder=["x"]), "столбце steps.holder"),
    "its lease is a word": (lambda lines: row(lines, "steps").update(held_until="x"), "столбце steps.held_until"),
    "its name is a list": (lambda lines: row(lines, "steps").update(step=["s1"]), "не читаются"),
    "the texts of a plan": (lambda lines: row(lines, "plans").update(body="{}"), "план plan: его содержимое"),
    "half a sign in a plan": (lambda lines: row(lines, "plans").update(body="\ud800"), "план plan: его содержимое"),
    "a plan of brackets": (lambda lines: row(lines, "plans").update(body="[" * 100_000), "план plan: его содержимое"),
}  # fmt: skip


@pytest.mark.parametrize("situation", TOUCHED)
def test_an_export_with_touched_books_is_told_and_refused_whole(
    journal: Journal, fresh: Journal, tmp_path: Path, situation: str
) -> None:
    change, named = TOUCHED[situation]
    path = changed(journal, tmp_path / "out.jsonl", change)
    verified = verify_export(path)
    assert (verified.whole, verified.broken_at) == (False, None)
    assert named in verified.say("ru")
    with pytest.raises(JournalError, match="источник не принят"):
        import_journal(path, fresh)
    assert (fresh.anchor()[0], StepBook(fresh).of("plan")) == (0, ())


@pytest.mark.parametrize(
    ("situation", "change"),
    [
        ("a step without its state", lambda lines: row(lines, "steps").pop("state")),
        ("a plan without its texts", lambda lines: row(lines, "plans").pop("body")),
        ("a header without a number", lambda lines: lines[0].pop("entries")),
        ("a header without an end", lambda lines: lines[0].pop("digest")),
    ],
)
def test_lines_without_their_columns_are_no_export(
    journal: Journal, fresh: Journal, tmp_path: Path, situation: str, change: Any
) -> None:
    path = changed(journal, tmp_path / "out.jsonl", change)
    for read in (verify_export, lambda path: import_journal(path, fresh)):
        with pytest.raises(JournalError, match="это не выгрузка журнала"):
            read(path)


def test_what_no_database_holds_is_refused_though_its_digests_fit(
    journal: Journal, fresh: Journal, tmp_path: Path
) -> None:
    def forge(lines: Lines) -> None:
        last = [line for line in lines if line.get("table") == "entries"][-1]
        told = {**last, "seq": last["seq"] + 1, "kind": "x", "body": '{"a":"\ud800"}', "previous": last["digest"]}
        columns = [told[name] for name in ("previous", "seq", "at", "kind", "subject", "body", "seal")]
        told["digest"] = chained(*columns)
        lines.append(told)
        lines[0].update(entries=told["seq"], digest=told["digest"])

    with pytest.raises(JournalError, match="чего не бывает в журнале"):
        import_journal(changed(journal, tmp_path / "out.jsonl", forge), fresh)
    assert fresh.anchor()[0] == 0


@pytest.mark.parametrize("content", ['{"schema":"munsocial.journal/1"}\n', "[" * 200_000], ids=["header", "brackets"])
@pytest.mark.parametrize("through", ["verify", "import"])
def test_what_only_looks_like_an_export_is_refused(fresh: Journal, tmp_path: Path, content: str, through: str) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(content)
    with pytest.raises(JournalError, match=r"это не выгрузка журнала или она обрезана \(строка 1\)"):
        verify_export(path) if through == "verify" else import_journal(path, fresh)


def test_more_than_the_columns_of_a_line_is_left_aside(journal: Journal, fresh: Journal, tmp_path: Path) -> None:
    path = changed(journal, tmp_path / "out.jsonl", lambda lines: row(lines, "steps").update(colour="red"))
    assert import_journal(path, fresh) == 4
    assert fresh.verify(anchor=journal.anchor()).whole


def test_a_journal_before_the_end_was_written_down_brings_no_touched_steps(
    journal: Journal, fresh: Journal, place: Path
) -> None:
    with journal.writing() as connection:
        connection.exec_driver_sql("DROP TABLE head")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num='0002'")
        connection.exec_driver_sql("UPDATE steps SET state='planned', result=NULL, started_at=NULL WHERE step='s1'")
    with pytest.raises(JournalError, match="источник не принят"):
        import_journal(place, fresh)
    assert fresh.anchor()[0] == 0


def test_a_target_that_was_touched_takes_nothing_in(journal: Journal, fresh: Journal, tmp_path: Path) -> None:
    import_journal(tmp_path / "journal.sqlite", fresh)
    with fresh.writing() as connection:
        connection.exec_driver_sql("UPDATE entries SET subject='x' WHERE seq=2")
    StepBook(journal).give_up("plan", "s2", {})
    with pytest.raises(JournalError, match=r"ничего не внесено.*запись 2"):
        import_journal(tmp_path / "journal.sqlite", fresh)
    assert fresh.anchor()[0] == 4
    assert [one.state for one in StepBook(fresh).of("plan")] == ["confirmed", "planned"]


def test_what_the_source_has_forgotten_goes_from_a_copy_that_is_completed(
    journal: Journal, fresh: Journal, place: Path, tmp_path: Path
) -> None:
    import_journal(place, fresh)
    StepBook(journal).give_up("plan", "s2", {})
    assert journal.purge(before=LATER, reason="срок").entries == (1,)
    assert import_journal(place, fresh) == 2
    assert [one.purged for one in fresh.entries(kind="evidence.kept")] == [True]
    assert fresh.verify(anchor=journal.anchor()).whole
    for file in tmp_path.glob("new.sqlite*"):
        assert "секретный спам".encode() not in file.read_bytes()


def test_a_log_that_cannot_be_emptied_is_told_and_emptied_by_the_next_purge(
    journal: Journal, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that reads keeps the log from being emptied; a purge that was killed leaves it behind likewise."""
    monkeypatch.setattr(engine, "_BUSY_SECONDS", 0.05)
    StepBook(journal).give_up("plan", "s2", {})
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM entries").fetchone()
    with open_journal(place, clock=lambda: START) as hasty:
        with pytest.raises(JournalError, match="данные удалены, но их копия ещё лежит в") as caught:
            hasty.purge(before=LATER, reason="срок")
        assert caught.value.say("ru") != caught.value.say("en")
        assert [one.purged for one in hasty.entries(kind="evidence.kept")] == [True]
        other.close()
        assert not hasty.purge(before=LATER, reason="срок")
    assert not any("секретный спам".encode() in file.read_bytes() for file in place.parent.glob("journal.sqlite*"))


def test_a_plan_is_forgotten_and_written_down_where_no_entry_names_anybody(fresh: Journal) -> None:
    book = StepBook(fresh)
    book.enter("plan", "d", json.dumps({"steps": [{"id": "s1", "key": "k1"}]}), [("s1", "k1", None)])
    book.take("plan", "s1")
    book.settle("plan", "s1", "confirmed", {})
    gone = fresh.purge(before=LATER, reason="срок")
    assert (bool(gone), gone.entries, gone.plans) == (True, (), ("plan",))
    assert [one.kind for one in fresh.entries()][-1:] == ["journal.purged"]
    assert (fresh.verify().whole, bool(fresh.purge(before=LATER, reason="срок"))) == (True, False)

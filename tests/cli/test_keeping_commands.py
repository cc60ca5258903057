"""Custody, reminders, handovers, tasks and the journal as a person types them: nothing without --yes."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from command_line import Ran, run
from leaving_world import REGISTER
from munsocial.cli.main import BAD_INPUT, NOTHING_DONE
from munsocial.journal import open_journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.files import load_registry
from munsocial.operate.plans.plan import Proof, Step, new_plan

NOW = datetime(2025, 3, 3, 7, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lesnoy.toml").write_text(REGISTER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def kept(folder: Path) -> Path:
    """The folder with a journal: a removal with its evidence, done; and a task by hand."""
    registry = load_registry(folder / "lesnoy.toml")
    proof = Proof(text="Гадкий <b>текст</b>", author="Грубиян", url="https://vk.com/wall-230000001_5", at=NOW)
    facts = {"account": "lesnoy-vk", "network": "vk", "ground": "obscenity", "clause": "9.3", "evidence": (proof,)}
    steps = [
        Step(id="s1", key="k1", action="delete_comment", ru="снять", en="remove", params={"comment": "7"}, **facts),
        Step(id="s2", key="k2", action="ban", ru="заблокировать", en="ban", params={"user": "55"}, **facts),
    ]
    plan = new_plan("moderation", registry, steps, now=NOW, made_by="elkina")
    with open_journal(folder / "lesnoy.journal.sqlite", clock=lambda: NOW) as journal:
        book = StepBook(journal)
        book.enter(plan.id, plan.digest, plan.model_dump_json(), [(one.id, one.key, None) for one in steps])
        body = {"plan": plan.id, "step": "s1", "action": "delete_comment", "ground": "obscenity", "clause": "9.3",
                "decided_by": "elkina", "signed_by": ["sosnov"], "item": "7"}  # fmt: skip
        personal = {"evidence": [proof.model_dump(mode="json")], "digests": ["ab" * 32]}
        journal.append("evidence.kept", "lesnoy-vk", body, personal=personal)
        for step, state, result in (
            ("s1", "confirmed", {}),
            ("s2", "manual", {"why": {"ru": "Откройте", "en": "Open"}}),
        ):
            book.take(plan.id, step)
            book.settle(plan.id, step, state, result)
    return folder


def at(folder: Path, *words: object) -> Ran:
    """Run a command over the register of a folder: the words of its name, the register, the rest."""
    names = [str(one) for one in words]
    place = 2 if names[0] in ("handover", "tasks", "journal") else 1
    return run(*names[:place], folder / "lesnoy.toml", *names[place:])


def well(ran: Ran) -> str:
    assert ran.code == 0, ran.said
    return ran.said


def _entries(place: Path) -> int:
    with open_journal(place, only_read=True) as journal:
        return len(list(journal.entries()))


class TestCustody:
    def test_who_holds_what(self, folder: Path) -> None:
        told = well(at(folder, "custody", "--on", "2026-11-25"))
        assert "Ёлкина" in told
        assert "env:LESNOY_VK" in told

    def test_days_are_written_as_people_write_them(self, folder: Path) -> None:
        assert "на 25.11.2026" in well(at(folder, "custody", "--on", "2026-11-25"))
        assert "на 01.01.2020" in well(at(folder, "custody", "--on", "2020-01-01"))
        told = at(folder, "custody", "--leaving", "elkina", "--on", "2026-11-25").out
        assert told.splitlines()[0].partition(": ")[0].endswith(", 25.11.2026")
        assert not re.search(r"\d{4}-\d\d-\d\d", told)

    def test_a_day_and_a_count_are_right_russian(self, folder: Path) -> None:
        text = REGISTER.replace('id = "vk-page"', 'id = "vk-page"\nexpires = 2026-11-01')
        (folder / "lesnoy.toml").write_text(text, encoding="utf-8")
        told = well(at(folder, "custody", "--on", "2026-11-25"))
        keys = len(json.loads(well(at(folder, "custody", "--on", "2026-11-25", "--json")))["keys"])
        assert told.splitlines()[0] == f"За кем что числится на 25.11.2026. Ключей: {keys}."
        assert "срок ключа истёк 01.11.2026" in " ".join(told.split())

    def test_as_json(self, folder: Path) -> None:
        told = json.loads(well(at(folder, "custody", "--on", "2026-11-25", "--json")))
        assert {one["key"]: one["holder"] for one in told["keys"]}["vk-page"] == "elkina"

    def test_before_the_first_key(self, folder: Path) -> None:
        assert "не записано" in well(at(folder, "custody", "--on", "2020-01-01"))

    def test_a_leaver_with_keys_gives_exit_code_1(self, folder: Path) -> None:
        ran = at(folder, "custody", "--leaving", "elkina", "--on", "2026-11-25")
        assert ran.code == 1
        assert "munsocial handover start" in ran.out

    def test_looking_makes_no_journal(self, folder: Path) -> None:
        well(at(folder, "custody"))
        assert [one.name for one in folder.iterdir()] == ["lesnoy.toml"]

    @pytest.mark.parametrize("option", ["--leaving", "--person"])
    def test_an_unknown_person(self, folder: Path, option: str) -> None:
        ran = at(folder, "custody", option, "nobody")
        assert ran.code == BAD_INPUT
        assert "people" in ran.err


class TestRemind:
    def test_text_and_files(self, folder: Path) -> None:
        text = REGISTER.replace('id = "vk-page"', 'id = "vk-page"\nexpires = 2026-12-01')
        (folder / "lesnoy.toml").write_text(text, encoding="utf-8")
        ran = at(folder, "remind", "--on", "2026-11-25", "-o", folder / "r.ics", "-o", folder / "r.json")
        assert "через 6 дн." in well(ran)
        assert (folder / "r.ics").read_text().startswith("BEGIN:VCALENDAR")
        assert json.loads((folder / "r.json").read_text())[0]["kind"] == "key"

    def test_overdue_gives_exit_code_1(self, folder: Path) -> None:
        text = REGISTER.replace('id = "vk-page"', 'id = "vk-page"\nexpires = 2026-11-01')
        (folder / "lesnoy.toml").write_text(text, encoding="utf-8")
        assert at(folder, "remind", "--on", "2026-11-25").code == 1

    def test_nothing_to_tell(self, folder: Path) -> None:
        told = well(at(folder, "remind", "--on", "2026-11-25", "--days", "1"))
        assert told == "В ближайшие дни (1) ничего не истекает.\n"


class TestHandover:
    def test_nothing_is_begun_without_yes(self, folder: Path) -> None:
        assert "Ничего не записано" in well(at(folder, "handover", "start", "--giver", "elkina", "--taker", "sosnov"))
        assert not (folder / "lesnoy.journal.sqlite").exists()

    def begun(self, folder: Path) -> str:
        told = well(at(folder, "handover", "start", "--giver", "elkina", "--taker", "sosnov", "--yes"))
        found = re.search(r"handover-\S+", told)
        assert found is not None
        return found[0]

    def test_it_is_begun_once_and_shown_by_every_command(self, folder: Path) -> None:
        name = self.begun(folder)
        assert self.begun(folder) == name
        assert name in well(at(folder, "handover", "show"))
        assert well(at(folder, "handover", "list")).count(name) == 1

    @pytest.mark.parametrize("number", ["0", "99", "²", "9" * 5000])
    def test_a_number_that_no_step_has_is_told(self, folder: Path, number: str) -> None:
        self.begun(folder)
        ran = at(folder, "handover", "done", number, "--by", "sosnov", "--yes")
        assert (ran.code, "такого шага" in ran.err) == (2, True), ran.said

    def test_a_step_is_noted_by_its_number_only_with_yes(self, folder: Path) -> None:
        self.begun(folder)
        assert "Ничего не записано" in well(at(folder, "handover", "done", "2", "--by", "sosnov"))
        assert "[x]" not in well(at(folder, "handover", "show"))
        assert "подтверждено лицом" in well(at(folder, "handover", "done", "2", "--by", "sosnov", "--yes"))
        assert well(at(folder, "handover", "show")).count("[x]") == 1

    def test_errors_say_the_remedy(self, folder: Path) -> None:
        self.begun(folder)
        ran = at(folder, "handover", "done", "sign:sosnov", "--by", "sosnov", "--yes")
        assert ran.code == BAD_INPUT
        assert "подписывать рано" in ran.err
        assert ". Шаги: munsocial handover show" in ran.err
        assert "munsocial handover show" in ran.err

    def test_a_step_is_left_out_with_a_reason(self, folder: Path) -> None:
        self.begun(folder)
        assert at(folder, "handover", "skip", "3", "--by", "sosnov", "--yes").code == BAD_INPUT
        assert "нет телефона" in well(
            at(folder, "handover", "skip", "3", "--by", "sosnov", "--note", "нет телефона", "--yes")
        )

    def test_the_act_is_a_draft_at_first(self, folder: Path) -> None:
        self.begun(folder)
        assert "проект" in well(at(folder, "handover", "act", "-o", folder / "act.html", "-o", folder / "act.docx"))
        assert "ПРОЕКТ" in (folder / "act.html").read_text()

    def test_it_is_given_up(self, folder: Path) -> None:
        self.begun(folder)
        assert "прекращена" in well(at(folder, "handover", "stop", "--by", "elkina", "--note", "остаюсь", "--yes"))
        ran = at(folder, "handover", "show")
        assert ran.code == BAD_INPUT

    def test_a_key_typed_for_a_reference_is_not_repeated(self, folder: Path) -> None:
        self.begun(folder)
        ran = at(folder, "handover", "check", "--old", "vk-page=vk1.a.very-secret")
        assert ran.code == BAD_INPUT
        assert "very-secret" not in ran.said

    def test_without_a_journal_it_is_said(self, folder: Path) -> None:
        ran = at(folder, "handover", "show")
        assert ran.code == BAD_INPUT
        assert "журнала здесь ещё нет" in ran.err


class TestTasks:
    @pytest.mark.parametrize("words", [("done",), ("drop", "--note", "автор удалил сам")])
    def test_a_task_of_the_neighbour_at_the_same_journal_is_not_ours_to_end(
        self, kept: Path, words: tuple[str, ...]
    ) -> None:
        neighbour, journal = kept / "ozero.toml", kept / "lesnoy.journal.sqlite"
        neighbour.write_text(REGISTER.replace('id = "lesnoy"', 'id = "ozero"', 1), encoding="utf-8")
        verb, *said = words
        for place, code in ((neighbour, BAD_INPUT), (kept / "lesnoy.toml", 0)):
            before = _entries(journal)
            ran = run("tasks", verb, place, "s2", *said, "--by", "elkina", "--journal", journal, "--yes")
            assert (ran.code, _entries(journal) - before) == (code, int(code == 0))

    def test_the_list_and_its_json(self, kept: Path) -> None:
        told = well(at(kept, "tasks", "list"))
        assert "заблокировать" in told
        assert "Откройте" in told
        assert [one["state"] for one in json.loads(well(at(kept, "tasks", "list", "--json")))] == ["open"]

    def test_done_needs_yes(self, kept: Path) -> None:
        screen = kept / "screen.png"
        screen.write_bytes(b"x")
        assert "Ничего не записано" in well(at(kept, "tasks", "done", "s2", "--by", "sosnov", "--evidence", screen))
        assert "ждёт" in well(at(kept, "tasks", "list"))
        assert "screen.png" in well(at(kept, "tasks", "done", "s2", "--by", "sosnov", "--evidence", screen, "--yes"))
        assert "сделано со слов: sosnov" in well(at(kept, "tasks", "list"))

    def test_dropped(self, kept: Path) -> None:
        well(at(kept, "tasks", "drop", "s2", "--by", "elkina", "--note", "удалился сам", "--yes"))
        assert "Ручных заданий нет" in well(at(kept, "tasks", "list"))

    def test_an_unknown_task(self, kept: Path) -> None:
        assert at(kept, "tasks", "done", "s9", "--by", "sosnov").code == BAD_INPUT


class TestJournal:
    def damage(self, folder: Path, statement: str) -> None:
        connection = sqlite3.connect(folder / "lesnoy.journal.sqlite")
        connection.execute(statement)
        connection.commit()
        connection.close()

    def test_whole(self, kept: Path) -> None:
        assert "Журнал цел" in well(at(kept, "journal", "verify"))
        assert "is whole" in well(at(kept, "journal", "verify", "--lang", "en"))

    def test_a_touched_row_is_named(self, kept: Path) -> None:
        self.damage(kept, "UPDATE entries SET body='{}' WHERE seq=2")
        ran = at(kept, "journal", "verify")
        assert ran.code == 1
        assert "запись 2" in ran.out

    def test_what_is_left_out_of_a_chosen_kind_is_not_counted_by_all(self, kept: Path) -> None:
        with open_journal(kept / "lesnoy.journal.sqlite", only_read=True) as journal:
            entries = journal.anchor()[0]
        ran = at(kept, "journal", "show", "--kind", "step.*", "--last", "1")
        assert ran.err == f"Показано: 1; всех записей в журнале {entries}. Больше — --last N.\n"

    def test_an_anchor_finds_a_shortened_journal(self, kept: Path) -> None:
        well(at(kept, "journal", "anchor", "-o", kept / "anchor.json", "-o", kept / "anchor.txt"))
        assert "Лесной район" in (kept / "anchor.txt").read_text()
        told = well(at(kept, "journal", "verify", "--anchor", kept / "anchor.json"))
        entries = json.loads((kept / "anchor.json").read_text())["entries"]
        assert told.splitlines()[1] == f"Отметка стоит на месте (записей: {entries})."
        other = at(kept, "journal", "verify", "--anchor", kept / "anchor.json", "--anchor", "1:" + "a" * 64)
        assert (other.code, "Журнал цел" in other.out, "отметка не от него" in other.out) == (1, False, True)
        self.damage(kept, "DELETE FROM entries WHERE seq=6")
        self.damage(kept, "UPDATE head SET seq=5, digest=(SELECT digest FROM entries WHERE seq=5)")
        self.damage(kept, "UPDATE steps SET state='sending', result=NULL WHERE step='s2'")
        assert at(kept, "journal", "verify").code == 0
        ran = at(kept, "journal", "verify", "--anchor", kept / "anchor.json")
        assert ran.code == 1
        assert "отметка 6 не найдена" in ran.out

    def test_citizens_are_shown_only_when_asked_for(self, kept: Path) -> None:
        assert "Гадкий" not in well(at(kept, "journal", "show"))
        assert "Гадкий" in well(at(kept, "journal", "show", "--personal"))
        lines = well(at(kept, "journal", "show", "--kind", "step.*", "--json")).splitlines()
        assert [json.loads(one)["kind"] for one in lines][-1] == "step.manual"

    def test_signs_of_strangers_do_not_reach_the_terminal(self, kept: Path) -> None:
        with open_journal(kept / "lesnoy.journal.sqlite") as journal:
            journal.append("seen.post", "x\x1b[31m", {"a": 1}, personal={"text": "\x1b[2J\ud83d"})
        assert "\x1b" not in well(at(kept, "journal", "show", "--personal"))

    def test_evidence_is_listed_and_printed(self, kept: Path) -> None:
        told = well(at(kept, "journal", "evidence"))
        assert "нецензурная брань" in told
        assert "Гадкий" not in told
        number = told.split()[0]
        well(at(kept, "journal", "evidence", number, "-o", kept / "complaint.html"))
        page = (kept / "complaint.html").read_text()
        for expected in ("Гадкий &lt;b&gt;текст", "Грубиян", "https://vk.com/wall-230000001_5", "9.3", "нецензурная",
                         "Ёлкина Мария Петровна", "подписал: Соснов", "выполнено, подтверждено сетью", "ab" * 32,
                         "все записи целы"):  # fmt: skip
            assert expected in page, expected

    def test_evidence_keeps_the_order_of_letters_whoever_wrote_them(self, kept: Path) -> None:
        personal = {"evidence": [{"text": "Гад\u202eкий\x1b", "author": "Грубиян"}]}
        with open_journal(kept / "lesnoy.journal.sqlite") as journal:
            number = journal.append("evidence.kept", "lesnoy-vk", {}, personal=personal).seq
        well(at(kept, "journal", "evidence", number, "-o", kept / "complaint.html"))
        assert "<blockquote>Гад\ufffdкий\ufffd</blockquote>" in (kept / "complaint.html").read_text()

    def test_evidence_of_a_broken_journal_says_so(self, kept: Path) -> None:
        self.damage(kept, "UPDATE entries SET kind='x' WHERE seq=6")
        well(at(kept, "journal", "evidence", "2", "-o", kept / "complaint.html"))
        assert "не прошёл проверку" in (kept / "complaint.html").read_text()

    def test_no_such_evidence(self, kept: Path) -> None:
        assert at(kept, "journal", "evidence", "1").code == BAD_INPUT

    def test_forgetting_needs_yes_and_keeps_the_chain(self, kept: Path) -> None:
        well(at(kept, "tasks", "drop", "s2", "--by", "elkina", "--note", "сам", "--yes"))
        assert "Ничего не сделано" in well(at(kept, "journal", "purge", "--older-than", "1"))
        assert "Гадкий" in well(at(kept, "journal", "show", "--personal"))
        told = well(at(kept, "journal", "purge", "--older-than", "1", "--yes"))
        assert "записей: 2, планов: 1" in told
        assert "Журнал цел" in told
        assert "Гадкий" not in well(at(kept, "journal", "show", "--personal"))
        assert "удалены по сроку" in well(at(kept, "journal", "show"))
        well(at(kept, "journal", "evidence", "2", "-o", kept / "complaint.html"))
        assert "удалены из журнала по истечении срока" in (kept / "complaint.html").read_text()

    def test_an_export_is_verified_where_there_is_nothing_else(self, kept: Path) -> None:
        well(at(kept, "journal", "export", "-o", kept / "out.jsonl"))
        assert "Журнал цел" in well(run("journal", "verify", kept / "out.jsonl"))
        assert "Гадкий" not in (kept / "out.jsonl").read_text()
        assert at(kept, "journal", "export", "-o", kept / "out.csv").code == BAD_INPUT

    def test_an_import_needs_yes(self, kept: Path) -> None:
        source, target = kept / "lesnoy.journal.sqlite", kept / "new.journal.sqlite"
        assert "Ничего не сделано" in well(run("journal", "import", source, target))
        assert not target.exists()
        assert "Внесено записей: 6" in well(run("journal", "import", source, target, "--yes"))
        assert "Журнал цел" in well(run("journal", "verify", target))

    @pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\x00" + b"x" * 5000])
    def test_what_is_no_journal_is_told_without_a_traceback(self, folder: Path, content: bytes) -> None:
        (folder / "lesnoy.journal.sqlite").write_bytes(content)
        for command in ("verify", "show", "anchor", "evidence"):
            ran = at(folder, "journal", command)
            assert ran.code == NOTHING_DONE
            assert "повреждён" in ran.err

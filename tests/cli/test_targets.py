"""No option of output destroys what the command works with: journal, register, snapshot, texts, plans and settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import run
from munsocial.journal import open_journal
from small_district import files_of

JOURNAL, REGISTER = "district.journal.sqlite", "district.toml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files_of(tmp_path)
    with open_journal(tmp_path / JOURNAL) as journal:
        journal.append("task.stated", subject="s1", body={})
    texts = {
        "post.txt": "Завтра субботник!\n",
        "t.toml": '[templates.a]\nwords = ["яма"]\ntext = "Починим."\n',
        "plan.toml": '[[posts]]\nat = 2030-11-27T10:00:00+03:00\nto = ["adm-vk"]\ntext = "а"\nmedia = ["park.png"]\n'
        'state = "ready"\n',
        "park.png": "picture",
        "s.toml": "[sure]\ninsult = 1.0\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "rj.json").write_bytes(b"{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


PUBLISH = f"publish {REGISTER} --to adm-vk"
ROWS = [
    (f"journal anchor {REGISTER}", (JOURNAL, REGISTER, f"{JOURNAL}-wal")),
    (f"journal anchor {JOURNAL}", (JOURNAL,)),
    (f"journal evidence {REGISTER} 1", (JOURNAL, REGISTER)),
    (f"journal observe {REGISTER} --snapshot snapshot.json --yes", (REGISTER, JOURNAL)),
    (f"journal observe {REGISTER} --snapshot snapshot.json", (REGISTER, JOURNAL)),
    (f"{PUBLISH} --text а", (REGISTER, JOURNAL, "./district.toml")),
    (f"{PUBLISH} --text а --yes", (REGISTER, JOURNAL)),
    (f"{PUBLISH} --text а --journal other.sqlite", (REGISTER, "other.sqlite")),
    (f"{PUBLISH} --text-file post.txt", ("post.txt",)),
    (f"{PUBLISH} --text а --variant vk=post.txt", ("post.txt",)),
    (f"{PUBLISH} --text а --media park.png", ("park.png",)),
    (f"publish {REGISTER} --emergency --text а", (REGISTER, JOURNAL)),
    (f"moderate {REGISTER} --snapshot snapshot.json --settings s.toml", ("snapshot.json", "s.toml", REGISTER, JOURNAL)),
    (f"answer {REGISTER} --templates t.toml --snapshot snapshot.json", ("t.toml", "snapshot.json", REGISTER, JOURNAL)),
    (f"answer {REGISTER} abc123 --text-file post.txt", ("post.txt",)),
    (f"plan schedule {REGISTER} plan.toml", ("plan.toml", "park.png", REGISTER, JOURNAL)),
    (f"post edit {REGISTER} adm-vk 1 --text-file post.txt", ("post.txt", REGISTER, JOURNAL)),
    (f"post pin {REGISTER} adm-vk 1", (REGISTER, JOURNAL)),
    (f"collect {REGISTER}", (REGISTER, JOURNAL)),
    (f"remind {REGISTER}", (REGISTER, JOURNAL)),
    (f"remind {REGISTER} --snapshot snapshot.json", ("snapshot.json",)),
    (f"handover act {REGISTER}", (REGISTER, JOURNAL)),
    (f"audit {REGISTER} -q", ("snapshot.json", "snapshot.readings.json")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "target"), [(row[0], one) for row in ROWS for one in row[1]], ids=lambda value: str(value)
)
def test_what_a_command_works_with_is_no_target(folder: Path, command: str, target: str) -> None:
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    ran = run(*command.split(" "), "-o", target)
    assert (ran.code, f"{Path(target)}: с файлом" in ran.err) == (2, True), ran.said
    after = {one.name: one.read_bytes() for one in folder.iterdir() if not one.name.endswith(("-shm", "-wal"))}
    assert after == before


def test_a_register_in_json_is_no_target_of_reminders(folder: Path) -> None:
    assert run("registry", "convert", REGISTER, "other.json").code == 0
    before = Path("other.json").read_bytes()
    assert run("remind", "other.json", "-o", "other.json").code == 2
    assert Path("other.json").read_bytes() == before


def test_an_act_of_the_district_is_no_target(folder: Path) -> None:
    text = Path(REGISTER).read_text("utf-8").replace('"kalininsky"', '"own.toml"')
    Path(REGISTER).write_text(text, "utf-8")
    Path("own.toml").write_text("own", "utf-8")
    assert run(*PUBLISH.split(" "), "--text", "а", "-o", "own.toml").code == 2
    assert Path("own.toml").read_text("utf-8") == "own"


def test_a_snapshot_may_be_completed_in_place(folder: Path) -> None:
    ran = run("journal", "observe", REGISTER, "--snapshot", "snapshot.json", "-o", "snapshot.json", "--yes")
    assert ran.code == 0, ran.said


@pytest.mark.parametrize(
    ("command", "target", "ends"),
    [
        (f"{PUBLISH} --text а", "plan.txt", ".json"),
        (f"{PUBLISH} --text а --yes", "plan.xlsx", ".json"),
        (f"moderate {REGISTER} --snapshot snapshot.json", "plan.html", ".json"),
        (f"collect {REGISTER}", "snapshot.xlsx", ".json"),
        (f"journal observe {REGISTER} --snapshot snapshot.json", "new.txt", ".json"),
        (f"journal anchor {REGISTER}", "anchor.docx", ".json, .txt"),
        (f"journal export {REGISTER}", "journal.json", ".jsonl"),
        (f"journal evidence {REGISTER} 1", "page.pdf", ".html"),
        (f"remind {REGISTER}", "terms.pdf", ".ics, .json или .txt"),
        (f"audit {REGISTER} -q", "report.pdf", ".html, .json, .xlsx"),
    ],
)
def test_a_name_of_another_sort_of_file_is_refused(folder: Path, command: str, target: str, ends: str) -> None:
    ran = run(*command.split(" "), "-o", target)
    assert (ran.code, ends in ran.err, Path(target).exists()) == (2, True, False), ran.said


NUMBERS = [
    (
        "remind x.toml --days",
        ("-3", "3661", "много", "1.5", "", "9" * 30),
        "--days ДНЕЙ. На сколько дней вперёд, от 0 до",
    ),
    ("collect x.toml --weeks", ("-1", "0", "521"), "--weeks ЧИСЛО. Сколько полных недель до нынешней, от 1 до 520."),
    ("moderate x.toml --weeks", ("0", "521"), "--weeks ЧИСЛО. За сколько полных недель читать записи, от 1 до 520;"),
    ("apply x.toml p.json --limit", ("-1", "x", "9" * 30), "--limit ЧИСЛО. Сделать не больше стольких шагов, от 1 до"),
    ("journal show x.toml --last", ("0", "-1", "9" * 30), "--last ЧИСЛО. Сколько последних записей, от 1 до 100000."),
    ("journal purge x.toml --older-than", ("0", "36501"), "--older-than ДНЕЙ. Старше скольких дней, от 1 до 36500."),
    ("journal evidence x.toml", ("x", "9" * 30), "ЗАПИСЬ. Номер записи, целое число;"),
    ("sandbox serve --port", ("65536", "-1"), "--port ПОРТ. Порт от 1 до 65535; 0 — любой."),
]


@pytest.mark.parametrize(("command", "value", "told"), [(row[0], one, row[2]) for row in NUMBERS for one in row[1]])
def test_a_number_out_of_bounds_is_told_with_them(command: str, value: str, told: str) -> None:
    ran = run(*command.split(" "), value)
    assert (ran.code, told in ran.err) == (2, True), ran.said

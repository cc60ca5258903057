"""A press officer's first week: what she mistypes, what she is told, and that what she is told to type helps."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from rich.console import Console

import munsocial
from command_line import run
from munsocial.cli.entry_lines import HAPPENED
from munsocial.cli.tables import show_table
from small_district import files_of

POST = "Друзья, в субботу в десять утра ждём всех на субботнике в парке!"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("week") / "demo"
    assert run("demo", "--out", folder).code == 0
    return folder


def archive() -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as book:
        book.writestr("word/document.xml", "<w:document/>")
    return made.getvalue()


NAMES = (
    # what is typed, what is said
    (
        ("publish", "--to", "lugovskoe-vk", "--text", "а"),
        "lugovskoe-vk. Может быть, lugovskoye-vk",
    ),
    (("publish", "--to", "Works-VK", "--text", "а"), "Может быть, works-vk"),
    (("inbox", "--body", "lugovskoe", "--sandbox"), "такого органа нет в реестре. Может быть, lugovskoye"),
    (("inbox", "--body", "Мэрия", "--sandbox"), "Укажите id из таблицы bodies"),
    (("handover", "start", "--taker", "verbna"), "такого человека нет в реестре. Может быть, verbina?"),
    (("handover", "start", "--taker", "Вербина"), "Может быть, verbina?"),
    (("handover", "start", "--taker", "verbina", "--account", "work-vk"), "Может быть, works-vk"),
    (("custody", "--leaving", "причалова"), "Может быть, prichalova?"),
    (("custody", "--leaving", "Кто-то"), "Укажите id из таблицы people."),
    (
        ("moderate", "--sandbox", "--remove", "works-vk:1", "--ground", "злость", "--why", "х"),
        "Есть: obscenity (нецензурная брань), insult (оскорбление)",
    ),
)


@pytest.mark.parametrize(("words", "said"), NAMES)
def test_a_mistyped_name_is_answered_with_the_right_one(sample: Path, words: tuple[str, ...], said: str) -> None:
    head = 2 if words[0] == "handover" else 1
    ran = run(*words[:head], sample / "district.toml", *words[head:])
    assert (ran.code, said in ran.err) == (2, True), ran


@pytest.mark.parametrize(("file", "what"), [("snapshot.json", "снимок"), ("report.json", "отчёт"), ("p.json", "план")])
def test_another_file_in_the_place_of_the_register_is_called_by_its_name(
    sample: Path, tmp_path: Path, file: str, what: str
) -> None:
    """A wall of two hundred mistakes, "rotate the secret" among them, says nothing of two words that changed places."""
    plan = sample / "p.json"
    run("publish", sample / "district.toml", "--to", "works-vk", "--text", POST, "--sandbox", "-o", plan)
    ran = run("audit", sample / file, "--snapshot", sample / "district.toml", "-o", tmp_path / "r.html")
    assert ran.code == 2
    assert (
        ran.err == f"{sample / file}: это не реестр, а {what}. Укажите здесь сам реестр: в команде он стоит первым.\n"
    )


@pytest.mark.parametrize(
    ("to", "end"), [(("--to", "works-vk"), "Итог: сделано 1"), (("--emergency",), "Итог: сделано")]
)
def test_a_plan_made_in_the_sandbox_is_never_told_to_be_applied_outside_it(
    sample: Path, tmp_path: Path, to: tuple[str, ...], end: str
) -> None:
    plan = tmp_path / "plan.json"
    asked = ("publish", sample / "district.toml", *to, "--text", POST)
    told = run(*asked, "--sandbox", "-o", plan).out
    words = told.split("Выполнить: munsocial ")[1].splitlines()[0].split()
    assert words == ["apply", str(sample / "district.toml"), "--sandbox", str(plan), "--yes"]
    assert end in run(*words).out


FILES = (
    ("a folder", None, "registry check {0}", "это папка, а нужен файл"),
    ("an old workbook", ("d.xls", b"\xd0\xcf\x11\xe0"), "registry check {0}/d.xls", "как «Книга Excel (.xlsx)»"),
    ("a table of LibreOffice", ("d.ods", archive()), "registry check {0}/d.ods", "как «Книга Excel (.xlsx)»"),
    ("a name without its end", ("d.xlsx", b""), "registry check {0}/d", "Может быть, {0}/d.xlsx?"),
    ("a post in Word", ("post.docx", archive()), "lint {0}/post.docx", "как «Обычный текст» (.txt)"),
    ("a post in old Word", ("post.doc", b"\xd0\xcf\x11\xe0\x00"), "lint {0}/post.doc", "как «Обычный текст» (.txt)"),
    (
        "a post of the Notepad",
        ("post.txt", "Друзья".encode("cp1251")),
        "lint {0}/post.txt",
        "в Блокноте «Сохранить как»",
    ),
)


@pytest.mark.parametrize(("file", "command", "said"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_file_of_another_sort_is_answered_with_how_to_save_it(
    tmp_path: Path, file: tuple[str, bytes] | None, command: str, said: str
) -> None:
    if file:
        (tmp_path / file[0]).write_bytes(file[1])
    ran = run(*command.format(tmp_path).split())
    assert (ran.code, said.format(tmp_path) in ran.err) == (2, True), ran


def test_a_workbook_of_another_sort_is_not_written(tmp_path: Path) -> None:
    files_of(tmp_path)
    for name in ("d.xls", "d"):
        (tmp_path / "d.xlsx").write_bytes(b"")
        ran = run("registry", "convert", tmp_path / "district.toml", tmp_path / name)
        assert (ran.code, ran.err.endswith("Нужен .toml, .json или .xlsx.\n")) == (2, True), ran


COMMANDS = (
    ("check", "Может быть, tasks check, handover check, registry check, acts check или keys check?"),
    ("convert", "Может быть, registry convert?"),
    ("regestry", "Может быть, registry?"),
    ("постинг", "нет команды «постинг». Справка: munsocial --help"),
)


@pytest.mark.parametrize(("word", "said"), COMMANDS)
def test_half_a_command_is_answered_with_the_whole(word: str, said: str) -> None:
    ran = run(word, "district.toml")
    assert (ran.code, said in ran.err) == (2, True), ran


def test_what_is_the_same_in_many_accounts_is_said_once(sample: Path) -> None:
    told = run("moderate", sample / "district.toml").out
    missing = [line for line in told.splitlines() if "PRIRECHYE_VK_SERVICE не задана" in line]
    assert len(missing) == 1
    assert all(name in missing[0] for name in ("administration-vk, ", "works-vk, ", "dk-rechnoy-vk: "))


CELLS = (
    # sheet, column, what is written in it, what is said
    ("Органы", "вид", "Администрация", "Может быть, administration? Можно: administration (администрация), sectoral ("),
    ("Органы", "вид", "поселение", "Может быть, settlement?"),
    ("Аккаунты", "вид", "группа", "Может быть, community?"),
    ("Аккаунты", "вид", "паблик", "Может быть, page?"),
    ("Аккаунты", "сеть", "ВК", "Может быть, vk?"),
    ("Аккаунты", "сеть", "Одноклассники", "Может быть, ok?"),
    ("Аккаунты", "орган", "Adm", "Может быть, adm?"),
    ("Аккаунты", "орган", "администрация", "это не годится как id. Только строчные"),
)


@pytest.mark.parametrize(("sheet", "column", "value", "said"), CELLS)
def test_a_russian_word_in_the_workbook_is_answered_with_the_word_that_is_kept(
    tmp_path: Path, sheet: str, column: str, value: str, said: str
) -> None:
    files_of(tmp_path)
    path = tmp_path / "district.xlsx"
    assert run("registry", "convert", tmp_path / "district.toml", path).code == 0
    book = load_workbook(path)
    place = [cell.value for cell in book[sheet][1]].index(column) + 1
    book[sheet].cell(2, place).value = value
    book.save(path)
    ran = run("registry", "check", path)
    line = next(line for line in ran.err.splitlines() if f"{sheet} / строка 2 / {column}:" in line)
    assert said in line


def content_plan(folder: Path, *rows: tuple[str, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "week.xlsx")
    return folder / "week.xlsx"


def test_a_strange_column_of_the_content_plan_is_told_once(sample: Path, tmp_path: Path) -> None:
    head = ("когда", "аккаунт", "текст", "состояние", "ответственный", "темма")
    rows = [(f"0{day}.12.2026 10:00", "work-vk", f"{POST} {day}", "готово", "Иванова", "activity") for day in (1, 2, 3)]
    ran = run("plan", "schedule", sample / "district.toml", content_plan(tmp_path, head, *rows), "--sandbox")
    assert [ran.err.count(name) for name in ("ответственный:", "темма:")] == [1, 1]
    assert "Может быть, тема" in ran.err
    assert ran.err.count("нет такого аккаунта: work-vk. Может быть, works-vk") == 3


def test_what_is_left_out_of_the_content_plan_is_called_by_its_words(sample: Path, tmp_path: Path) -> None:
    head = ("когда", "аккаунты", "текст", "медиа", "состояние")
    rows = (
        ("02.12.2026 10:00", "works-vk", "Друзья, приходите на концерт!", "", "готово"),
        ("03.12.2026 10:00", "works-vk", "Друзья, приходите на ярмарку!", "park.jpg", "готово"),
    )
    told = run("plan", "schedule", sample / "district.toml", content_plan(tmp_path, head, *rows), "--sandbox").out
    assert "не выйдет — works-vk: «Друзья, приходите на ярмарку!»: файла park.jpg нет" in told
    assert "публиковать некуда" not in told  # one of the two goes out


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_a_table_breaks_no_name_in_two(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name in pieces of eight letters can be neither read nor copied into the next command."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(Console, "is_terminal", property(lambda _: True))
    names = ["verkhnerechenskoye-vk", "verkhnerechenskoye-vk-login", "env:PRIRECHYE_VK_ADMINISTRATION"]
    show_table(["Аккаунт", "Ключ", "Где хранится", "Хранит"], [[*names, "Вербина Анна Сергеевна"]])
    shown = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    assert [name in shown for name in names] == [True] * 3
    assert max(map(len, shown.splitlines())) <= width


def test_a_lone_lint_at_the_keyboard_says_that_it_waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("munsocial.cli.commands.texts.at_keyboard", lambda: True)
    assert "Наберите или вставьте текст" in run("lint", stdin=POST.encode()).err
    (tmp_path / "post.txt").write_text(POST, "utf-8")
    assert run("lint", tmp_path / "post.txt").err == ""


def test_another_file_is_called_by_its_name_in_english_too(sample: Path) -> None:
    ran = run("--lang", "en", "registry", "check", sample / "snapshot.json")
    assert "this is no registry, but a snapshot." in ran.err


def test_the_journal_is_read_by_people_and_by_programs(tmp_path: Path) -> None:
    """Her demo tells her to look into the journal: what happened stands there in words, and whole under ``--json``."""
    assert run("demo", "--act", "--out", tmp_path).code == 0
    register = tmp_path / "district.toml"
    start = ("handover", "start", register, "--taker", "verbina", "--giver", "prichalova", "--by", "ilmenev", "--yes")
    assert run(*start).code == 0
    shown = run("journal", "show", register).out
    for words in (
        "сделано (step.confirmed)",
        "поручено человеку (step.manual)",
        "передача начата (handover.begun)",
        "сдаёт: prichalova; ",
        "страница: administration-vk; ",
        "[персональные данные скрыты, --personal]",
    ):
        assert words in shown
    assert not re.search('[{}"]|[0-9a-f]{32}', shown)
    begun = next(line for line in shown.splitlines() if "handover.begun" in line)
    assert len(begun) < 300  # and not a screen of steps in two languages
    kept = run("journal", "show", register, "--kind", "evidence.*", "--last", "1")
    assert "бл@ть" not in kept.out
    assert "бл@ть" in run("journal", "show", register, "--kind", "evidence.*", "--last", "1", "--personal").out
    last = json.loads(run("journal", "show", register, "--last", "1", "--json").out)
    assert len(last["body"]["steps"]) == 8


def test_every_kind_that_is_written_has_a_name_of_its_own() -> None:
    """A kind with no name is shown by its word in English."""
    written = {
        f"step.{state}" for state in ("planned", "uncertain", "confirmed", "rejected", "manual", "skipped", "started")
    }
    source = Path(munsocial.__file__).parent
    for folder in ("operate", "journal"):
        for file in (source / folder).rglob("*.py"):
            written |= set(re.findall(r'(?:Entry|append)\(\s*"([a-z]+\.[a-z]+)"', file.read_text("utf-8")))
    assert written <= set(HAPPENED)

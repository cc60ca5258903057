"""How the command line speaks: help in two languages, odd locales, narrow terminals, pipes, no home."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from command_line import run, shell
from munsocial.cli.commands import COMMANDS, GROUPS
from munsocial.cli.tables import show_table
from munsocial.cli.wrapping import wrapped
from small_district import files_of

RUSSIAN = re.compile("[А-Яа-яЁё]")
EVERY: list[tuple[str, ...]] = [("",), *((one.name,) for one in COMMANDS)]
EVERY += [(group, one.name) for group, (_, ones) in GROUPS.items() for one in ones] + [(group,) for group in GROUPS]


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_has_help_in_both_languages(words: tuple[str, ...]) -> None:
    path = [word for word in words if word]
    russian, english = run(*path, "--help"), run(*path, "--help", "--lang", "en")
    assert russian.code == english.code == 0
    assert russian.out.startswith("Использование: munsocial")
    assert english.out.startswith("Usage: munsocial")
    for word in ("Usage", "Options", "Arguments", "Commands", "Show this", "default", "required", "Examples"):
        assert word not in russian.out
    usage = russian.out.partition("\n\n")[0].removeprefix(f"Использование: munsocial {' '.join(path)}")
    assert not re.search("[A-Z]", usage), usage
    # Examples may hold Russian texts in either language: that is what posts are written in.
    assert not RUSSIAN.search(re.sub(r"\[default: [^]]*\]", "", english.out.partition("Examples:")[0]))
    assert "\x1f" not in russian.out + english.out


@pytest.mark.parametrize(
    "command", [*COMMANDS, *(one for _, ones in GROUPS.values() for one in ones)], ids=lambda c: c.name
)
def test_every_command_has_examples_that_stand_on_one_line(command: Any) -> None:
    assert command.examples
    group = next((name for name, (_, ones) in GROUPS.items() if command in ones), None)
    page = run(*([group] if group else []), command.name, "--help", environment={"COLUMNS": "40"}).out
    for example in command.examples:
        assert f"  {example}\n" in page + "\n"


@pytest.mark.parametrize(
    ("environment", "begins"),
    [
        ({}, "Использование"),
        ({"LANG": "ru_RU.UTF-8"}, "Использование"),
        ({"LANG": "en_GB.UTF-8"}, "Usage"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "Использование"),
        ({"LC_ALL": "C.UTF-8"}, "Использование"),
        ({"LANG": "de_DE.UTF-8"}, "Usage"),
    ],
)
def test_the_language_follows_the_locale(environment: dict[str, str], begins: str) -> None:
    assert run("--help", environment=environment).out.startswith(begins)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_language_may_be_named_anywhere(place: int) -> None:
    words = ["registry", "check", "none.toml"]
    words[place:place] = ["--lang", "en"]
    assert "there is no such file" in run(*words).err


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1251"},
        {"COLUMNS": "40", "TERM": "dumb"},
        {"HOME": "/nonexistent"},
    ],
    ids=lambda one: " ".join(one),
)
def test_odd_surroundings_break_nothing(tmp_path: Path, environment: dict[str, str]) -> None:
    files_of(tmp_path)
    command = [
        "audit",
        tmp_path / "district.toml",
        "--snapshot",
        tmp_path / "snapshot.json",
        "-o",
        tmp_path / "отчёт.html",
    ]
    ran = shell(*command, environment=environment)
    assert ran.code in (0, 1), ran
    assert "Traceback" not in ran.said
    assert ran.err == ""
    assert "<h1>Зареченский район" in (tmp_path / "отчёт.html").read_text("utf-8")


@pytest.mark.parametrize("force", [{}, {"NO_COLOR": "1"}, {"TERM": "xterm-256color"}, {"COLORTERM": "truecolor"}])
def test_nothing_is_coloured_in_a_pipe(tmp_path: Path, force: dict[str, str]) -> None:
    files_of(tmp_path)
    ran = run("audit", tmp_path / "district.toml", "--snapshot", tmp_path / "snapshot.json", environment=force)
    assert "\x1b" not in ran.said
    assert "\x1b" not in run("networks", environment=force).said
    assert "\x1b" not in run("acts", "show", "kalininsky", environment=force).said


def test_a_reader_who_goes_away_is_no_fault(tmp_path: Path) -> None:
    line = f"{sys.executable} -m munsocial acts show kalininsky --lang en | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"


@pytest.mark.parametrize(
    ("words", "code", "left"),
    [
        (("audit", "district.toml", "--snapshot", "snapshot.json", "-o", "r.json"), 1, ("r.json",)),
        (("demo", "--out", "d"), 0, ("d/report.html", "d/report.json", "d/.munsocial-demo.json")),
        (("registry", "check", "none.toml"), 2, ()),
        (("lint", "officialese.txt"), 1, ()),
        (("networks", "--table"), 0, ()),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) and value else "",
)
@pytest.mark.parametrize("both", ["", "2>&1"], ids=["what is shown", "errors, too"])
def test_the_work_and_its_code_are_the_same_when_nobody_reads(
    tmp_path: Path, words: tuple[str, ...], code: int, left: tuple[str, ...], both: str
) -> None:
    """The reader is gone before the first word: nothing of the work depends on it."""
    files_of(tmp_path)
    (tmp_path / "officialese.txt").write_text("Администрация осуществляет ремонт дороги.", "utf-8")
    line = shlex.join([sys.executable, "-m", "munsocial", *words])
    shell = ["bash", "-c", f"{line} {both} | (exec <&-; sleep 0); echo ${{PIPESTATUS[0]}}"]
    done = subprocess.run(shell, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.strip() == str(code), done
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert [name for name in left if not (tmp_path / name).exists()] == []


def test_a_full_disk_behind_the_output_is_told() -> None:
    line = f"{sys.executable} -m munsocial acts show kalininsky > /dev/full; echo $?"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert "Вывод не записан" in done.stderr or "output was not written" in done.stderr
    assert done.stdout.strip() == "3"


def test_a_fault_of_ours_is_one_sentence_and_a_traceback_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("сломано")

    monkeypatch.setattr("munsocial.model.files.load_placed", broken)
    ran = run("registry", "check", "x.toml")
    assert ran.code == 3
    assert "RuntimeError: сломано" in ran.err
    assert "MUNSOCIAL_DEBUG=1" in ran.err
    with pytest.raises(RuntimeError):
        run("registry", "check", "x.toml", environment={"MUNSOCIAL_DEBUG": "1"})


HOSTILE = "\x1b]0;чужой заголовок\x07\x1b[2J\x9b31mСпасибо\u202e!"


@pytest.mark.skipif(shutil.which("script") is None, reason="no program here that gives a terminal")
def test_a_text_of_a_citizen_commands_no_terminal(tmp_path: Path) -> None:
    """Under a terminal of its own: what is shown holds no sign of command beside our colours."""
    (tmp_path / "post.txt").write_text(f"Администрация осуществляет ремонт дороги. {HOSTILE}", "utf-8")
    line = f"{sys.executable} -m munsocial lint {tmp_path / 'post.txt'}"
    shown = _under_a_terminal(line)
    assert "Спасибо" in shown
    left = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", left)


def test_a_refusal_shows_no_sign_of_command(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text('{"municipality": {"id": "a", "name": "b"}, "\\u001b[2J": 1}', "utf-8")
    ran = run("registry", "check", tmp_path / "d.json")
    assert ran.code == 2
    assert "\x1b" not in ran.said


def _under_a_terminal(line: str) -> str:
    done = subprocess.run(["script", "-qec", line, "/dev/null"], capture_output=True, timeout=60, check=False)
    return done.stdout.decode("utf-8", "replace")


# --- long lines


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("слово " * 4, ["слово слово слово", "слово"]),
        ("   · пункт первый и второй", ["   · пункт первый и", "     второй"]),
        ("💰💰 КРЕДИТ БЕЗ ОТКАЗА 💰💰", ["💰💰 КРЕДИТ БЕЗ", "ОТКАЗА 💰💰"]),
        ("адрес https://ok.ru/group/70000000000004/topic/1 конец",
         ["адрес", "https://ok.ru/group/70000000000004/topic/1", "конец"]),
        ("", [""]),
    ],
)  # fmt: skip
def test_a_line_is_broken_by_what_it_takes_of_the_width(line: str, expected: list[str]) -> None:
    indent = 5 if line.startswith("   ·") else 0
    assert wrapped(line, 19, indent).split("\n") == expected


def test_a_narrow_table_cuts_no_cell(capsys: pytest.CaptureFixture[str]) -> None:
    """An id with dots at its end names nothing, a day without its end is no day."""
    rows = [["administration-vk-community-" + "щ" * 90, "2026-01-12", "ы" * 120], ["б", "2026-07-01", "ю"]]
    show_table(["Ключ", "С какого дня", "Замечания"], rows)
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert [shown.count(letter) for letter in "щы"] == [90, 120]
    assert all(row[1] in shown for row in rows)


@pytest.mark.parametrize("width", [30, 40, 60, 79, 80, 81, 100, 140])
def test_a_table_is_no_wider_than_the_screen_and_loses_no_letter(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands beyond the last column is gone: the screen shows "30 сентября" as "0 сентября"."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(Console, "is_terminal", property(lambda _: True))
    row = ["culture-vk", "б" * 21, "в" * 27, "г" * 24, "01.02.2024", "реестра", "е" * 80]
    head = ["Аккаунт", "Ключ", "Где хранится", "Хранит", "С какого дня", "Известно из", "Замечания"]
    show_table(head, [row, ["works-vk", "", "", "", "07.09.2026", "реестра", ""]])
    shown = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    assert max(map(len, shown.rstrip("\n").split("\n"))) <= width
    assert all(
        shown.count(letter) >= text.count(letter) for letter, text in zip("бвге", row[1:4] + row[6:], strict=True)
    )
    assert "01.02.2024" in shown


@pytest.mark.parametrize(("words", "code"), [(("lint", "-"), 1), (("language", "explain", "-"), 0), (("networks",), 0)])
def test_a_closed_output_changes_neither_the_work_nor_its_exit_code(words: tuple[str, ...], code: int) -> None:
    line = shlex.join([sys.executable, "-m", "munsocial", *words])
    given = "Администрация осуществляет ремонт дороги в посёлке.".encode()
    done = subprocess.run(["bash", "-c", f"{line} >&-"], input=given, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.decode()) == (code, "")

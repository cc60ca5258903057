"""A command that a remedy names can be pasted: it has the register, and the journal, of the command that told it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import munsocial
from command_line import run
from munsocial.cli import pasting
from munsocial.cli.app import build
from munsocial.cli.pasting import as_typed, remember_given, to_paste
from munsocial.journal import open_journal
from small_district import files_of
from tools.reference.commands import every_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files_of(tmp_path)
    return tmp_path


def an_empty_journal(place: Path) -> None:
    open_journal(place).close()


def test_what_a_remedy_names_is_the_file_that_was_given(folder: Path) -> None:
    file = folder / "district.toml"
    an_empty_journal(folder / "district.journal.sqlite")
    for lang in ("ru", "en"):
        told = run("tasks", "done", file, "x/s1", "--by", "Анна", "--yes", "--lang", lang)
        assert f"munsocial tasks list {file}\n" in told.err, told


def test_a_journal_that_was_named_is_named_again(folder: Path) -> None:
    file, journal = folder / "district.toml", folder / "other.sqlite"
    an_empty_journal(journal)
    told = run("tasks", "done", file, "x/s1", "--by", "Анна", "--yes", "--journal", journal)
    assert f"munsocial tasks list {file} --journal {journal}" in told.err, told


def test_a_name_with_a_space_is_typed_in_quotes(folder: Path) -> None:
    file = folder / "Наш район.toml"
    (folder / "district.toml").rename(file)
    an_empty_journal(folder / "Наш район.journal.sqlite")
    told = run("tasks", "done", file, "x/s1", "--by", "Анна", "--yes")
    assert f'munsocial tasks list "{file}"' in told.err, told


def test_a_command_before_leaves_nothing_behind(folder: Path) -> None:
    run("tasks", "list", folder / "district.toml")
    run("networks")
    assert to_paste("munsocial tasks list РЕЕСТР") == "munsocial tasks list РЕЕСТР"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("district.toml", "district.toml"),
        ("район/реестр.toml", "район/реестр.toml"),
        (r"C:\Район\реестр.toml", r"C:\Район\реестр.toml"),
        ("наш район.toml", '"наш район.toml"'),
        ("a&b.toml", '"a&b.toml"'),
        ("", '""'),
    ],
)
def test_how_a_name_is_typed(typed: str, shown: str) -> None:
    assert as_typed(typed) == shown


@pytest.mark.parametrize(
    "name", ["$HOME.toml", "a`id`.toml", 'a"b.toml', "a b$.toml", "a'b.toml", "a b!.toml", "a\\ b.toml"]
)
def test_a_name_that_a_shell_would_read_otherwise(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In double quotes a POSIX shell puts values in; cmd.exe knows no other quotes."""
    monkeypatch.setattr(pasting, "_POSIX", True)
    assert shlex.split(as_typed(name)) == [name]
    monkeypatch.setattr(pasting, "_POSIX", False)
    assert as_typed(name) == f'"{name}"'


@pytest.mark.parametrize(
    ("given", "line", "shown"),
    [
        ({"file": "a.toml"}, "munsocial apply РЕЕСТР p --yes", "munsocial apply a.toml p --yes"),
        ({"file": "a.toml"}, "munsocial outbox drop REGISTRY p/s1", "munsocial outbox drop a.toml p/s1"),
        ({"file": "a.toml", "journal": "j.db"}, "munsocial apply РЕЕСТР p", "munsocial apply a.toml --journal j.db p"),
        ({"file": "a.toml", "journal": "j.db"}, "munsocial keys check РЕЕСТР", "munsocial keys check a.toml"),
        ({"file": "a.toml", "journal": "postgresql://u:secret@h/d"}, "munsocial apply РЕЕСТР p",
         "munsocial apply a.toml --journal postgresql://… p"),
        ({"place": "j.sqlite"}, "munsocial journal evidence РЕЕСТР", "munsocial journal evidence j.sqlite"),
        ({"file": "a.toml"}, "munsocial journal verify РЕЕСТР", "munsocial journal verify a.toml"),
        ({"file": "a.toml", "journal": "j.db"}, "munsocial journal verify РЕЕСТР", "munsocial journal verify j.db"),
        ({"file": "a.toml", "journal": "j.db"}, "munsocial journal evidence РЕЕСТР", "munsocial journal evidence j.db"),
        ({"place": "postgresql://u:secret@h/d"}, "munsocial tasks list РЕЕСТР", "munsocial tasks list РЕЕСТР"),
        ({"file": "a.toml"}, "Внесите это в РЕЕСТР.", "Внесите это в РЕЕСТР."),
    ],
)  # fmt: skip
def test_what_stands_in_place_of_the_word(given: dict[str, str], line: str, shown: str) -> None:
    remember_given(given)
    assert to_paste(line) == shown


def test_help_names_the_argument_as_ever() -> None:
    assert "РЕЕСТР" in run("audit", "--help").out
    assert "REGISTRY" in run("audit", "--help", "--lang", "en").out


@pytest.mark.parametrize("command", ["verify", "show", "anchor", "evidence"])
def test_a_command_without_the_option_journal_does_not_advise_it(folder: Path, command: str) -> None:
    told = run("journal", command, folder / "district.toml")
    assert (told.code, "--journal" in told.err, "назовите здесь его файл" in told.err) == (2, False, True), told


def sources() -> str:
    """All that is written in the package and the adapters beside it, broken texts joined."""
    files = (one for one in Path(munsocial.__file__).parents[1].rglob("*.py") if one.parts[-2] != "templates")
    return re.sub(r'"\n\s*"', "", "\n".join(one.read_text(encoding="utf-8") for one in files))


def named_commands() -> list[str]:
    """Every command that the library names with the place of a register."""
    return sorted(set(re.findall(r"(munsocial [a-z]+(?: [a-z]+)?) (?:РЕЕСТР|REGISTRY)\b", sources())))


def command_of(command: str) -> Any:
    found: Any = build()
    for name in command.split()[1:]:
        found = found.commands[name]
    return found


def options_of(command: str) -> set[str]:
    return {option for one in command_of(command).params for option in one.opts}


SPOKEN_OF = {
    "munsocial apply: он сверит": "what will decide, not what to type",
    "munsocial apply decides whether": "the same",
    "munsocial journal anchor или": "what made the file that is wanted",
    "munsocial journal anchor, or": "the same",
}


def test_a_command_of_a_register_is_named_with_its_place() -> None:
    names = [f"munsocial {name}" for name, _ in every_command()]
    words = ("РЕЕСТР", "ЖУРНАЛ")
    of_register = [name for name in names if any(str(one.metavar).startswith(words) for one in command_of(name).params)]
    named = "|".join(of_register)
    placed = r"(?: (?:РЕЕСТР|REGISTRY|ЖУРНАЛ|JOURNAL|district|…|\.\.\.|\{)|\", \"district)"
    bare = re.findall(rf"(?<!`)((?:{named})\b(?!{placed})[^\"`]{{0,40}})", sources())
    assert [one for one in bare if not one.startswith(tuple(SPOKEN_OF))] == []


@pytest.mark.parametrize("command", named_commands())
def test_it_goes_on_in_the_same_journal_and_the_same_world(command: str) -> None:
    remember_given({"file": "a.toml", "journal": "j.db", "sandbox": True})
    told = to_paste(f"{command} РЕЕСТР").split()
    known = options_of(command) & {"--journal", "--sandbox"}
    assert {one for one in told if one.startswith("--")} == known


def test_what_the_demo_leaves_is_named_whole(tmp_path: Path) -> None:
    """Half of a name in quotes (`"a b"/c`) is two words for PowerShell."""
    folder = tmp_path / "мой стенд"
    told = run("demo", "--out", folder)
    named = [f'"{folder / name}"' for name in ("district.toml", "snapshot.json", "report.xlsx")]
    assert "munsocial audit {} --snapshot {} -o {}\n".format(*named) in told.out, told

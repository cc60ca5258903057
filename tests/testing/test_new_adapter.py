"""`munsocial new-adapter`: a package that installs, is found, keeps the reading part, and refuses bad names."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from munsocial.cli.main import main
from munsocial.cli.scaffold import check_name, files_of
from munsocial.errors import InputError

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "write-an-adapter.md"
LOOK = """
import json
from munsocial.plugins import load_plugins
found = load_plugins()
print(json.dumps([sorted(found.adapters), sorted(found.faces), [str(one) for one in found.broken]]))
"""


def run(folder: Path, *arguments: str, path: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(path)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def munsocial(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["--lang", "en", *arguments])
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a package, and lay it where an installer would; installing for real would need the internet."""
    folder = tmp_path_factory.mktemp("made") / "munsocial-moya-set"
    assert munsocial("new-adapter", "moya_set", "--title", "Моя сеть", "--to", str(folder)) == 0
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    about = folder / "src" / f"munsocial_moya_set-{project['version']}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 0.1.0\n")
    points = "\n".join(f"{name} = {where}" for name, where in project["entry-points"]["munsocial"].items())
    (about / "entry_points.txt").write_text(f"[munsocial]\n{points}\n")
    return folder


def test_it_is_found_beside_the_others(made: Path) -> None:
    told = run(made, "-c", LOOK, path=made / "src")
    adapters, faces, broken = json.loads(told.stdout)
    assert "moya_set" in adapters
    assert "moya_set" in faces
    assert broken == []


def test_it_keeps_the_reading_part(made: Path) -> None:
    wanted = ("-k", "ReadProfile or ResolveHandle or ListPosts or ListComments or Declaration")
    told = run(made, "-m", "pytest", "-q", "-p", "no:cacheprovider", *wanted, path=made / "src")
    assert told.returncode == 0, told.stdout[-3000:]
    assert "moya_set: 4 of 4 declared abilities kept" in told.stdout
    for ability in ("read_profile", "resolve_handle", "list_posts", "list_comments"):
        assert any(line.split()[:2] == [ability, "kept"] for line in told.stdout.splitlines())
    shown = re.findall(r"^\w+ +kept +\d+ passed$", HOW_TO.read_text(encoding="utf-8"), re.MULTILINE)
    card = {tuple(line.split()) for line in told.stdout.splitlines()}
    assert len(shown) == 5
    assert [line for line in shown if tuple(line.split()) not in card] == [], "the how-to shows another score card"


def test_it_has_its_readme_and_no_left_over_marks(made: Path) -> None:
    texts = dict(files_of("moya_set", "Моя сеть"))
    readme = texts["README.md"]
    for wanted in ("Моя сеть", "munsocial-moya-set", "python -m pytest", "What to do next", "env:MOYA_SET_KEY"):
        assert wanted in readme
    for place, text in texts.items():
        assert "$" not in text.replace("$$", ""), place
        assert (made / place).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("moya_set", "MoyaSet"),
        ("gazeta", "Gazeta"),
        ("page", "PageNetwork"),
        ("call", "CallNetwork"),
        ("text", "TextNetwork"),
        ("any", "AnyNetwork"),
        ("type_var", "TypeVarNetwork"),
        ("not_found", "NotFoundNetwork"),
        ("stage", "StageNetwork"),
        ("draft", "DraftNetwork"),
        ("draft_refused", "DraftRefusedNetwork"),
        ("message", "MessageNetwork"),
        ("exception", "ExceptionNetwork"),
        ("true", "TrueNetwork"),
    ],
)
def test_the_class_hides_nothing_that_the_package_needs(name: str, made: str) -> None:
    check_name(name)
    texts = dict(files_of(name, "Сеть"))
    adapter = ast.parse(texts[f"src/munsocial_{name}/adapter.py"])
    assert [one.name for one in adapter.body if isinstance(one, ast.ClassDef)] == [made]
    for place, text in texts.items():
        if place.endswith(".py"):
            taken = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.ImportFrom | ast.ClassDef)]
            names = [one.name for one in taken if isinstance(one, ast.ClassDef)]
            names += [a.asname or a.name for one in taken if isinstance(one, ast.ImportFrom) for a in one.names]
            assert len(names) == len(set(names)), place


def test_an_existing_folder_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "munsocial-mynet"
    folder.mkdir()
    (folder / "mine.txt").write_text("моё")
    assert munsocial("new-adapter", "mynet", "--to", str(folder)) == 2
    said = capsys.readouterr().err
    assert str(folder) in said
    assert "--to" in said
    assert [one.name for one in folder.iterdir()] == ["mine.txt"]
    assert [one.name for one in tmp_path.iterdir()] == ["munsocial-mynet"]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("My-Net", "my_net"),
        ("my net", "my_net"),
        ("1net", "net"),
        ("Моя", "mynet"),
        ("", "mynet"),
        ("a", "mynet"),
        ("class", "mynet"),
        ("munsocial", "mynet"),
        ("../../etc", "etc"),
        ("net\n", "net"),
        ("net_", "net"),
        ("x" * 31, "x" * 30),
        ("vk", "munsocial networks"),
    ],
)
def test_a_bad_name_is_refused_with_a_remedy(name: str, offered: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        check_name(name, ["vk", "ok"])
    assert refused.value.remedy is not None
    assert offered in refused.value.remedy.en


def test_a_title_cannot_break_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for title in ('"', "a'b", "$name", "a\nb", "я" * 101):
        assert munsocial("new-adapter", "mynet", "--title", title, "--to", str(tmp_path / "x")) == 2
    assert list(tmp_path.iterdir()) == []
    assert "--title" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert munsocial("new-adapter", "mynet", "--to", str(tmp_path / "mynet")) == 2
    assert "No space left" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_every_name_that_is_offered_is_good() -> None:

    for bad in ("My-Net", "1net", "x" * 99, "Сеть-2", "for", "__", "tests", "A.B.C"):
        with pytest.raises(InputError) as refused:
            check_name(bad)
        assert refused.value.remedy is not None
        offered = refused.value.remedy.en.removeprefix("For example: ").removesuffix(".")
        check_name(offered)

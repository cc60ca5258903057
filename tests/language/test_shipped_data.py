"""A data file that was damaged after it was installed is told, not read as if it were whole."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest

import munsocial.language
from command_line import run
from munsocial.errors import PackageDamaged
from munsocial.language.shipped import WEIGHTS, shipped
from tool_scripts import script

SOURCE = Path(munsocial.language.__file__).parent
DATA = SOURCE / "data"
NAMES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.*") if path.name != WEIGHTS)
DAMAGE: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda _: None,
    "empty": lambda _: b"",
    "cut at the end of a line": lambda whole: whole[: whole.rfind(b"\n", 0, len(whole) // 2) + 1],
    "cut anywhere": lambda whole: whole[:-100],
    "a changed letter": lambda whole: bytes([whole[0] ^ 1]) + whole[1:],
}


def _lay(patch: pytest.MonkeyPatch, name: str, damage: Callable[[bytes], bytes | None]) -> None:
    whole = pkgutil.get_data

    def laid(package: str, path: str) -> bytes | None:
        found = whole(package, path)
        return damage(found or b"") if path == f"data/{name}" else found

    patch.setattr(pkgutil, "get_data", laid)


def test_every_file_is_weighed() -> None:
    assert NAMES
    assert (DATA / WEIGHTS).read_text("utf-8") == script("language/weigh.py").weights(), "run tools/language/weigh.py"
    for name in NAMES:
        assert shipped(name) == (DATA / name).read_bytes()


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch, name: str, damage: str) -> None:
    _lay(monkeypatch, name, DAMAGE[damage])
    with pytest.raises(PackageDamaged, match="Переустановите пакет") as caught:
        shipped(name)
    assert caught.value.where == f"language/data/{name}"


def test_turned_ends_of_lines_are_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    _lay(monkeypatch, "editor/verbs.tsv", lambda whole: whole.replace(b"\n", b"\r\n"))
    assert shipped("editor/verbs.tsv")


def test_all_data_is_read_in_this_way() -> None:
    readers = [path.name for path in SOURCE.rglob("*.py") if "get_data" in path.read_text("utf-8")]
    assert readers == ["shipped.py"]


def test_the_command_line_says_it_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from munsocial.language.linear import load

    load.cache_clear()
    _lay(monkeypatch, "models/press.json", DAMAGE["cut anywhere"])
    ran = run("lint", "-", stdin="Администрация осуществляет ремонт дороги в посёлке.".encode())
    assert ran.code == 3
    assert "language/data/models/press.json: файл из установленного пакета munsocial" in ran.err

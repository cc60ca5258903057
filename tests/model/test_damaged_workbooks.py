"""Workbooks that are damaged or of another making: told as what they are, by whoever reads them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial.errors import FileRefused, RegistryRefused
from munsocial.model.files import load_registry, save_registry
from munsocial.model.registry import Registry
from munsocial.operate.publishing.content_plan import load_content_plan
from register_strategies import registries

HEAD = '[municipality]\nid = "reka"\nname = "Река"\n[[bodies]]\nid = "adm"\nkind = "administration"\nname = "А"\n'
STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip
CELL = rb'<c r="A2"[^>]*>.*?</c>'


def _district(tmp_path: Path) -> Registry:
    file = tmp_path / "district.toml"
    file.write_text(HEAD, "utf-8")
    return load_registry(file)


def _register(tmp_path: Path) -> tuple[bytes, Callable[[Path], object]]:
    file = tmp_path / "good.xlsx"
    save_registry(_district(tmp_path), file)
    return file.read_bytes(), load_registry


def _plan(tmp_path: Path) -> tuple[bytes, Callable[[Path], object]]:
    book = openpyxl.Workbook()
    page: Any = book.worksheets[0]
    page.title = "Муниципальное образование"
    page.append(["когда", "аккаунты", "текст"])
    page.append(["27.11.2026 10:00", None, "Субботник"])
    packed = io.BytesIO()
    book.save(packed)
    registry = _district(tmp_path)
    return packed.getvalue(), lambda file: load_content_plan(file, registry)


def _repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return made.getvalue()


def _in_first_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, part: bytes) -> bytes:
        if not name.endswith("/sheet1.xml"):
            return part
        changed = re.sub(old, new, part, count=1, flags=re.DOTALL)
        assert changed != part
        return changed

    return change


@pytest.mark.parametrize("made", [_register, _plan])
@pytest.mark.parametrize(
    ("situation", "old", "new", "row"),
    [
        ("a text that the book has not", CELL, b'<c r="A2" t="s"><v>999999</v></c>', 2),
        ("a number with a comma", CELL, b'<c r="A2" t="n"><v>1,5</v></c>', 2),
        ("a number with a space", CELL, b'<c r="A2" t="n"><v>7 900</v></c>', 2),
        ("a number that is none", CELL, b'<c r="A2" t="n"><v>NaN</v></c>', 2),
        ("a day that the month has not", CELL, b'<c r="A2" t="d"><v>31.02.2026</v></c>', 2),
        ("a cell of no column", CELL, b'<c r="ZZZZ9"><v>1</v></c>', 2),
    ],
)
def test_a_damaged_sheet_is_named_with_its_row(
    tmp_path: Path, made: Callable[[Path], Any], situation: str, old: bytes, new: bytes, row: int
) -> None:
    content, load = made(tmp_path)
    file = tmp_path / "book.xlsx"
    file.write_bytes(_repacked(content, _in_first_sheet(old, new)))
    with pytest.raises(FileRefused) as refused:
        load(file)
    assert refused.value.what.ru == (
        f"книга повреждена: лист «Муниципальное образование» не читается, начиная со строки {row}."
    ), situation
    assert refused.value.where == str(file)


@pytest.mark.parametrize("made", [_register, _plan])
def test_a_sheet_cut_in_the_middle_is_told(tmp_path: Path, made: Callable[[Path], Any]) -> None:
    content, load = made(tmp_path)
    file = tmp_path / "book.xlsx"
    file.write_bytes(_repacked(content, _in_first_sheet(rb"</row>.*$", b"<c")))
    with pytest.raises(FileRefused, match="повреждена"):
        load(file)


def _strict(name: str, part: bytes) -> bytes:
    for ours, theirs in STRICT:
        part = part.replace(ours, theirs)
    return part


@pytest.mark.parametrize("made", [_register, _plan])
def test_a_strict_workbook_is_not_read_as_an_empty_one(tmp_path: Path, made: Callable[[Path], Any]) -> None:
    content, load = made(tmp_path)
    file = tmp_path / "book.xlsx"
    file.write_bytes(_repacked(content, _strict))
    with pytest.raises(FileRefused, match=r"Strict Open XML.*сохраните как обычную «Книга Excel"):
        load(file)


@pytest.mark.parametrize("made", [_register, _plan])
@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0 of old Excel"])
def test_what_is_no_workbook_is_told_in_our_words(tmp_path: Path, made: Callable[[Path], Any], content: bytes) -> None:
    _, load = made(tmp_path)
    file = tmp_path / "book.xlsx"
    file.write_bytes(content)
    with pytest.raises(FileRefused, match="это не книга Excel"):
        load(file)


def test_a_plan_is_read_whole_whatever_size_its_sheet_tells(tmp_path: Path) -> None:
    content, load = _plan(tmp_path)
    file = tmp_path / "book.xlsx"
    file.write_bytes(_repacked(content, _in_first_sheet(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A2"')))
    plan: Any = load(file)
    assert [one.text for one in plan.entries] == ["Субботник"]


VALUES = [b"99999999", b"-1", b"", b"x", b"1e400", b"nan", b"ZZZZ9", b"A0", b"d", b"s", b"e", b"b", b"n", b"inlineStr"]


@given(registry=registries(), data=st.data())
@settings(max_examples=25, deadline=None)
def test_whatever_stands_in_a_part_no_error_of_the_library_comes_through(
    tmp_path_factory: pytest.TempPathFactory, registry: Registry, data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("book") / "book.xlsx"
    save_registry(registry, file)
    content = file.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = data.draw(st.sampled_from(archive.namelist()))
        spots = [found.span(1) for found in re.finditer(rb'(?:"|>)([^"<>]+)(?:"|<)', archive.read(part))]
    start, end = data.draw(st.sampled_from(spots))
    value = data.draw(st.sampled_from(VALUES))
    file.write_bytes(_repacked(content, lambda name, old: old[:start] + value + old[end:] if name == part else old))
    with suppress(FileRefused, RegistryRefused):
        assert load_registry(file)

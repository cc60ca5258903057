"""Registers as files: ``.toml``, ``.json`` and ``.xlsx`` in, the same out, and nothing half-written."""

from __future__ import annotations

import os
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any

from munsocial.errors import FileRefused, OutputRefused, Problem, RegistryRefused
from munsocial.files import MEGABYTE, exists, read_bytes, read_text, unreadable, write_bytes
from munsocial.model.checking.building import build_registry
from munsocial.model.cycle_collector import collector_resting
from munsocial.model.given import as_path, is_a
from munsocial.model.parsing import parse_json, parse_toml, too_deep
from munsocial.model.registry import Registry
from munsocial.wording import Text, maybe

__all__ = ["REGISTRY_LIMIT", "load_placed", "load_registry", "registry_bytes", "save_registry"]

REGISTRY_LIMIT = 64 * MEGABYTE
"""The biggest register file that is read; 20 000 accounts with people, phones and keys take about 20 MB."""

_SUFFIXES = (".toml", ".json", ".xlsx")
_TABLES = (".xls", ".xlsm", ".xlsb", ".ods", ".csv")
_NEEDED = Text("Нужен .toml, .json или .xlsx.", "Use .toml, .json or .xlsx.")
_RESAVE = Text(
    "Нужен .toml, .json или .xlsx: таблицу сохраните в Excel или LibreOffice как «Книга Excel (.xlsx)».",
    "Use .toml, .json or .xlsx: save a table in Excel or LibreOffice as 'Excel Workbook (.xlsx)'.",
)
_OURS = {
    "munsocial.snapshot": Text("снимок", "a snapshot"),
    "munsocial.plan": Text("план", "a plan"),
    "munsocial.report": Text("отчёт", "a report"),
}
"""Files that are easily given in the place of the register: by what their field ``schema`` begins with."""
_NOT_IT = Text("это не реестр, а {what}.", "this is no registry, but {what}.")
_SWAPPED = Text(
    "Укажите здесь сам реестр: в команде он стоит первым.", "Name the registry here: in a command it stands first."
)


def load_registry(path: str | PathLike[str]) -> Registry:
    """Read and check a register of a municipality; the format follows the suffix.

    Raises:
        FileRefused: the file is missing, unreadable, of an unknown suffix or broken as TOML, JSON or a workbook.
        RegistryRefused: it is read, but wrong; ``problems`` lists everything at once.
        InputError: ``path`` is none.
    """
    return load_placed(path)[0]


def load_placed(path: str | PathLike[str]) -> tuple[Registry, Callable[[Problem], Problem]]:
    """Read a register as `load_registry` does; what is found in it later gets its place in the file by the second."""
    file = as_path(path, "path")
    suffix = file.suffix.lower()
    if suffix not in _SUFFIXES:
        is_folder = os.path.isdir(file)  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        raise unreadable(file, IsADirectoryError()) if is_folder else _unknown_suffix(FileRefused, file)
    if suffix == ".xlsx":
        from munsocial.model.workbook.reading import read_workbook

        book = read_workbook(read_bytes(file, at_most=REGISTRY_LIMIT), where=str(file))
        placed = book.places.of
        return build_registry(book.tables, where=str(file), found=book.problems, placed=placed), placed
    text = read_text(file, at_most=REGISTRY_LIMIT)
    parse = parse_toml if suffix == ".toml" else parse_json
    with collector_resting():
        tables = parse(text, where=str(file))
    if not isinstance(tables, dict):
        raise RegistryRefused(
            Text("это не реестр.", "this is not a registry."),
            where=str(file),
            remedy=Text(
                "Нужен объект с таблицами municipality, bodies и другими.",
                "An object with the tables municipality, bodies and others is needed.",
            ),
        )
    _refuse_other(tables, str(file))
    try:
        return build_registry(tables, where=str(file)), _as_it_is
    except RecursionError:  # a dotted key of a thousand parts: read without descending, walked with it
        raise too_deep(suffix[1:].upper(), str(file)) from None


def _refuse_other(tables: dict[str, Any], where: str) -> None:
    """A snapshot or a plan that is read as a register would be hundreds of mistakes, none of them the true one."""
    schema = tables.get("schema", tables.get("schema_"))
    what = _OURS.get(schema.partition("/")[0]) if isinstance(schema, str) else None
    if what is not None:
        raise RegistryRefused(_NOT_IT.fill(what=what), where=where, remedy=_SWAPPED)


def _as_it_is(problem: Problem) -> Problem:
    """In a text file, tables, ids and fields are what people see."""
    return problem


def save_registry(registry: Registry, path: str | PathLike[str]) -> None:
    """Write a register, whole or not at all; the format follows the suffix.

    Raises:
        InputError: it is no register, or ``path`` no path.
        OutputRefused: the place cannot be written, or the suffix is unknown.
    """
    is_a(Registry, registry, "registry")
    file = as_path(path, "path")
    if file.suffix.lower() not in _SUFFIXES:
        raise _unknown_suffix(OutputRefused, file)
    write_bytes(file, registry_bytes(registry, file.suffix.lower(), where=str(file)))


def registry_bytes(registry: Registry, suffix: str, *, where: str = "") -> bytes:
    """Return a register as the content of a file with that suffix; fields at their defaults are left out."""
    if suffix == ".json":
        return registry.model_dump_json(exclude_defaults=True, indent=1).encode() + b"\n"
    if suffix == ".toml":
        from munsocial.model.tomlwriter import toml_text

        tables = registry.model_dump(exclude_defaults=True)
        return toml_text({name: _simple(value) for name, value in tables.items()}).encode()
    from munsocial.model.workbook.writing import workbook_bytes

    return workbook_bytes(registry, where=where)


def _simple(value: Any) -> Any:
    """TOML knows lists, not tuples, and nothing for "none": fields without a value are left out."""
    if isinstance(value, dict):
        return {key: _simple(one) for key, one in value.items() if one is not None}
    if isinstance(value, (list, tuple)):
        return [_simple(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _how_to_read(file: Path) -> Text:
    """Say what to do with a file that is no register by its name; Windows shows names without their ends."""
    if file.suffix.lower() in _TABLES:
        return _RESAVE
    ended = () if file.suffix else [f"{file}{suffix}" for suffix in _SUFFIXES]
    found = [name for name in ended if exists(name)]
    return maybe(found[0]) if found else _NEEDED


def _unknown_suffix(error: type[FileRefused] | type[OutputRefused], file: Path) -> FileRefused | OutputRefused:
    return error(
        Text(f"формат «{file.suffix or 'без расширения'}» не знаком.", f"unknown format '{file.suffix}'."),
        where=str(file),
        remedy=_how_to_read(file) if error is FileRefused else _NEEDED,
    )

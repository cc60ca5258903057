"""A register as an Excel workbook: a sheet for each table, a column for each field, headers in Russian or by name."""

from __future__ import annotations

import datetime as dt
import json
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from xml.etree import ElementTree as ET

from munsocial.errors import FileRefused, OutputRefused, Problem
from munsocial.files import MEGABYTE
from munsocial.model.cells import CellRefused, read_cell, written
from munsocial.model.columns import HEADERS, NETWORKS_SHEET, Column, Sheet, sheets
from munsocial.model.mistakes import unknown_name
from munsocial.model.places import Places, row_name
from munsocial.model.secretlike import shown
from munsocial.model.tables import MUNICIPALITY, TABLES
from munsocial.wording import Text

if TYPE_CHECKING:
    from openpyxl import Workbook

    from munsocial.model.registry import Registry

__all__ = ["read_workbook", "sheets_closed", "workbook_bytes"]

Value: TypeAlias = str | dt.date | None
Row: TypeAlias = tuple[int, dict[str, Any]]

_UNPACKED = 256 * MEGABYTE
_ROWS = 1_048_576
"""The last row that Excel itself has."""
_CELL = 32_767
"""Characters that a cell can hold."""
_NETWORK_COLUMNS = (
    Column("network", "text", HEADERS["network"]),
    Column("key", "text", HEADERS["key"]),
    Column("value", "text", HEADERS["value"]),
)
_NETWORKS = Sheet("networks", NETWORKS_SHEET, _NETWORK_COLUMNS)


class _TooMany(Exception):
    """A sheet has more rows than Excel knows: it was made to keep its reader busy."""


class Book(NamedTuple):
    """What a workbook says: plain tables, what is wrong with its sheets, headers and cells, and where records stand."""

    tables: dict[str, Any]
    problems: tuple[Problem, ...]
    places: Places


def read_workbook(content: bytes, *, where: str) -> Book:
    """Read a workbook as far as it can be understood.

    Sheets whose name begins with an underscore are notes and are not read.

    Raises:
        FileRefused: this is no workbook, or unpacks to too much.
    """
    try:
        with warnings.catch_warnings():
            # What openpyxl warns of comes back as a problem of the cell.
            warnings.simplefilter("ignore")
            return _read(_opened(content, where))
    except _TooMany:
        raise _too_much(where) from None
    except (ET.ParseError, zipfile.BadZipFile, KeyError, EOFError) as failed:
        # Sheets are parsed while they are read.
        raise _no_workbook(failed, where) from None


def _read(book: Workbook) -> Book:
    known = {name.casefold(): sheet for sheet in (*sheets(), _NETWORKS) for name in _names(sheet)}
    tables: dict[str, Any] = {}
    settings: list[Row] = []
    inner: list[tuple[Sheet, list[Row]]] = []
    problems: list[Problem] = []
    read: dict[str, str] = {}
    places = Places()
    for page in book.worksheets:
        title = str(page.title).strip()
        if title.startswith("_"):
            continue
        sheet = known.get(title.casefold())
        if sheet is None:
            what = Text("такого листа нет.", "there is no such sheet.")
            remedy = unknown_name(title, (one.title for one in (*sheets(), _NETWORKS)))
            problems.append(Problem(shown(title), "", "", what, remedy))
            continue
        first = read.setdefault(sheet.title, title)
        if first != title:
            problems.append(_second_sheet(title, first))
            continue
        rows = list(_records(page, sheet, problems))
        if sheet.inside:
            inner.append((sheet, rows))
        elif sheet is _NETWORKS:
            settings = rows
        elif rows:
            tables[sheet.table] = [record for _, record in rows]
            places.keep(sheet.table, rows)
    for sheet, rows in inner:
        _put_inside(tables, sheet, rows, problems, places)
    _one_municipality(tables, problems)
    networks = _settings(settings, problems)
    return Book(tables | {"networks": networks} if networks else tables, tuple(problems), places)


def _second_sheet(title: str, first: str) -> Problem:
    """A sheet may be called in Russian or by its table, but not both: one of the two would be lost unseen."""
    what = Text(f"та же таблица уже есть на листе «{shown(first)}».", f"the sheet '{shown(first)}' is the same table.")
    return Problem(shown(title), "", "", what, Text("Сведите их в один лист.", "Put both into one sheet."))


def workbook_bytes(registry: Registry, *, where: str = "") -> bytes:
    """Return a register as a workbook.

    Raises:
        OutputRefused: a value is too long for a cell.
    """
    from openpyxl import Workbook

    tables = registry.model_dump(exclude_defaults=True)
    pages = [(sheet, _rows_of(tables, sheet)) for sheet in sheets()]
    pages.append((_NETWORKS, _setting_rows(registry)))
    # Every value is made before the book is opened: one that is refused must not leave openpyxl's files behind.
    ready = [(sheet, [_cell_values(row, sheet, where) for row in rows]) for sheet, rows in pages]
    packed = BytesIO()
    with sheets_closed(Workbook(write_only=True)) as book:
        for sheet, values in ready:
            _write(book, sheet, values)
        book.save(packed)
    return packed.getvalue()


@contextmanager
def sheets_closed(book: Workbook) -> Iterator[Workbook]:
    """Close the sheets of a book that is written row by row when the writing is broken off.

    Left to the collector they complain on the screen, after the message that Ctrl-C gets.
    """
    try:
        yield book
    except BaseException:
        for page in book.worksheets:
            with suppress(Exception):  # whatever state the writer was broken off in
                page.close()
        raise


def _opened(content: bytes, where: str) -> Workbook:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
        if sum(part.file_size for part in parts) <= _UNPACKED and not any(_blown_up(part) for part in parts):
            return load_workbook(BytesIO(content), read_only=True, data_only=False)
    except Exception as failed:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it raise
        raise _no_workbook(failed, where) from None
    raise _too_much(where)


def _blown_up(part: zipfile.ZipInfo) -> bool:
    """Tell whether a part is small packed and huge unpacked, as no sheet with different rows ever is."""
    return part.file_size > 16 * MEGABYTE and part.file_size > 200 * part.compress_size


def _too_much(where: str) -> FileRefused:
    return FileRefused(
        Text("книга в распакованном виде слишком велика.", "the workbook unpacks to too much."),
        where=where,
        remedy=Text("Проверьте, тот ли это файл.", "Check that it is the right file."),
    )


def _no_workbook(failed: Exception, where: str) -> FileRefused:
    return FileRefused(
        Text("это не книга Excel (.xlsx) или она повреждена.", f"not an .xlsx workbook: {type(failed).__name__}."),
        where=where,
        remedy=Text("Сохраните её в Excel как «Книга Excel (.xlsx)».", "Save it in Excel as .xlsx."),
    )


def _names(sheet: Sheet) -> tuple[str, ...]:
    return (sheet.title, f"{sheet.table}.{sheet.inside}" if sheet.inside else sheet.table)


def _records(page: Any, sheet: Sheet, problems: list[Problem]) -> Iterator[Row]:
    page.reset_dimensions()
    rows = page.iter_rows()
    columns = _headed(next(rows, ()), sheet, problems)
    for number, row in enumerate(rows, 2):
        if number > _ROWS:
            raise _TooMany
        record: dict[str, Any] = {}
        for column, cell in zip_longest(columns, row):
            value = getattr(cell, "value", None)
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            try:
                _set(record, column, _understood(cell, column))
            except CellRefused as refused:
                field = column.header if column else ""
                problems.append(Problem(sheet.title, row_name(number), field, refused.what, refused.remedy))
        if record:
            yield number, record


def _headed(row: Iterable[Any], sheet: Sheet, problems: list[Problem]) -> list[Column | None]:
    known = {name.casefold(): column for column in sheet.columns for name in (column.path, column.header)}
    columns: list[Column | None] = []
    for cell in row:
        header = str(cell.value).strip() if getattr(cell, "value", None) is not None else ""
        column = known.get(header.casefold())
        if header and column is None:
            what = Text("такого столбца нет.", "there is no such column.")
            names = [one.header for one in sheet.columns]
            problems.append(Problem(sheet.title, row_name(1), shown(header), what, unknown_name(header, names)))
        elif column is not None and column in columns:
            what = Text("столбец повторён.", "the column is repeated.")
            remedy = Text("Оставьте один.", "Keep one.")
            problems.append(Problem(sheet.title, row_name(1), shown(header), what, remedy))
            column = None
        columns.append(column if column is not None or not header else _IGNORED)
    return columns


_IGNORED = Column("", "text", "")
"""A column already complained about."""


def _understood(cell: Any, column: Column | None) -> Any:
    if column is None:
        raise CellRefused(
            Text("значение в столбце без заголовка.", "a value in a column without a header."),
            Text("Подпишите столбец или уберите значение.", "Head the column or remove the value."),
        )
    if cell.data_type in ("f", "e"):
        raise CellRefused(
            Text("в ячейке формула или ошибка.", "the cell holds a formula or an error."),
            Text("Вставьте готовое значение.", "Paste the value itself."),
        )
    return read_cell(cell.value, column.form)


def _set(record: dict[str, Any], column: Column | None, value: Any) -> None:
    if column is None or not column.path:
        return
    *outer, last = column.path.split(".")
    for name in outer:
        record = record.setdefault(name, {})
    record[last] = value


def _put_inside(
    tables: dict[str, Any], sheet: Sheet, rows: Iterable[Row], problems: list[Problem], places: Places
) -> None:
    owners = {owner.get("id"): owner for owner in tables.get(sheet.table, ())}
    for number, record in rows:
        name = record.pop(sheet.parent, None)
        owner = owners.get(name)
        if owner is None:
            what = Text("такой записи нет.", "there is no such record.")
            remedy = Text("Укажите id из основной таблицы.", "Name an id of the main table.")
            problems.append(Problem(sheet.title, row_name(number), HEADERS[sheet.parent], what, remedy))
        else:
            owner.setdefault(sheet.inside, []).append(record)
            places.keep_inside(sheet, name, number)


def _one_municipality(tables: dict[str, Any], problems: list[Problem]) -> None:
    """Put the municipality itself in place of the list of one."""
    municipality = tables.pop(MUNICIPALITY, [])
    if municipality:
        tables[MUNICIPALITY] = municipality[0]
    if len(municipality) > 1:
        what = Text("муниципальных образований больше одного.", "more than one municipality.")
        remedy = Text("Оставьте одну строку.", "Keep one row.")
        problems.append(Problem(TABLES[MUNICIPALITY].title.ru, "", "", what, remedy))


def _settings(rows: Iterable[Row], problems: list[Problem]) -> dict[str, dict[str, Any]]:
    """Settings by network instead of rows; as in the other formats, none of them stands twice."""
    settings: dict[str, dict[str, Any]] = {}
    for number, row in rows:
        if "network" not in row:
            what = Text("не указана сеть.", "the network is not named.")
            problems.append(
                _in_networks(number, "network", what, Text("Впишите её, например vk.", "Name it, e.g. vk."))
            )
            continue
        table = settings.setdefault(row["network"], {})
        if "key" not in row:
            continue
        if row["key"] in table:
            what = Text("настройка этой сети повторена.", "the setting of this network stands twice.")
            problems.append(_in_networks(number, "key", what, Text("Оставьте одну строку.", "Keep one row.")))
        table[row["key"]] = _setting(row.get("value"))
    return settings


def _in_networks(number: int, column: str, what: Text, remedy: Text) -> Problem:
    return Problem(_NETWORKS.title, row_name(number), HEADERS[column], what, remedy)


def _setting(text: Any) -> Any:
    """A setting is written as JSON; a plain word typed by hand is a text."""
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return text


def _rows_of(tables: Mapping[str, Any], sheet: Sheet) -> Iterator[dict[str, Any]]:
    rows = tables.get(sheet.table, ())
    for row in (rows,) if isinstance(rows, dict) else rows:
        if not sheet.inside:
            yield row
            continue
        for inner in row.get(sheet.inside, ()):
            yield {sheet.parent: row["id"], **inner}


def _setting_rows(registry: Registry) -> Iterator[dict[str, Any]]:
    for network, table in registry.networks.items():
        for key, value in table.items():
            yield {"network": network, "key": key, "value": json.dumps(value, ensure_ascii=False)}
        if not table:
            yield {"network": network}


def _write(book: Workbook, sheet: Sheet, rows: Iterable[Sequence[Value]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    page: Any = book.create_sheet(sheet.title)
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns):
        page.column_dimensions[_letter(number)].width = max(12, len(column.header) + 4)

    def cell(value: Value, *, bold: bool = False) -> Any:
        made: Any = WriteOnlyCell(page)
        made.value = value
        if isinstance(value, str):
            # A text that begins with "=" stays a text: openpyxl would make a formula of it.
            made.data_type, made.number_format = "s", "@"
        elif value is not None:
            made.number_format = "yyyy-mm-dd"
        if bold:
            made.font = Font(bold=True)
        return made

    page.append([cell(column.header, bold=True) for column in sheet.columns])
    for row in rows:
        page.append([cell(value) for value in row])


def _cell_values(row: Mapping[str, Any], sheet: Sheet, where: str) -> list[Value]:
    return [_cell_value(row, column, sheet, where) for column in sheet.columns]


def _cell_value(row: Mapping[str, Any], column: Column, sheet: Sheet, where: str) -> Value:
    value: Any = row
    for name in column.path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None:
        return None
    text = written(value, column.form)
    if isinstance(text, str) and len(text) > _CELL:
        raise OutputRefused(
            Text(
                f"лист «{sheet.title}», столбец «{column.header}»: значение не помещается в ячейку.",
                f"sheet '{sheet.title}', column '{column.header}': the value does not fit into a cell.",
            ),
            where=where,
            remedy=Text("Сохраните в .toml или .json.", "Save as .toml or .json."),
        )
    return text


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number + 1))

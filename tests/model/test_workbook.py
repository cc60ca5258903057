"""A register as an Excel workbook, as staff fill it in: Russian headers, their own way of writing, no formulas."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from munsocial.errors import FileRefused, OutputRefused, RegistryRefused
from munsocial.model.files import load_registry, registry_bytes
from munsocial.model.registry import Registry
from munsocial.model.tables import TABLES
from munsocial.model.workbook.cells import read_cell, written
from munsocial.model.workbook.columns import NETWORKS, Form, sheets

Rows = Sequence[Sequence[Any]]
FEBRUARY = date(2026, 2, 10)
EVENING = datetime(2026, 2, 1, 23)  # noqa: DTZ001 - Excel knows no zones
BOOK: dict[str, Rows] = {
    "Муниципальное образование": [["id", "Название"], ["reka", "Река"]],
    "Органы": [["id", "вид", "название", "юридическое лицо"], ["adm", "administration", "Администрация", "да"]],
    "Сотрудники": [["id", "ФИО", "профили в сетях"], ["anna", "Анна", "vk: 12; ok: 34"]],
    "Аккаунты": [
        ["id", "орган", "сеть", "id в сети", "открыт", "телефон", "возможности"],
        ["adm-vk", "adm", "vk", 123456789, FEBRUARY, 78619920001, "widget; app"],
    ],
    "Имена аккаунтов": [["аккаунт", "короткое имя"], ["adm-vk", "old_name"]],
    "Отсутствия": [["сотрудник", "с", "по", "причина"], ["anna", "01.02.2026", "2026-02-14", "отпуск"]],
    "Назначения": [
        ["сотрудник", "орган", "обязанности", "акт: номер", "акт: дата"],
        ["anna", "adm", "running;moderation", 12, FEBRUARY],
    ],
    "_заметки": [["что угодно"], ["=1+1"]],
}


def _saved(tmp_path: Path, book: Mapping[str, Rows]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in book.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
    file = tmp_path / "district.xlsx"
    made.save(file)
    return file


def test_a_workbook_filled_in_by_hand_loads(tmp_path: Path) -> None:
    registry = load_registry(_saved(tmp_path, BOOK))
    account, person, appointment = registry.accounts[0], registry.people[0], registry.appointments[0]
    assert registry.bodies[0].legal_entity is True
    assert (account.network_id, account.phone, account.opened) == ("123456789", "+78619920001", date(2026, 2, 10))
    assert account.features == ("widget", "app")
    assert [one.handle for one in account.handles] == ["old_name"]
    assert person.profiles == {"vk": "12", "ok": "34"}
    assert (person.absences[0].since, person.absences[0].until) == (date(2026, 2, 1), date(2026, 2, 14))
    assert appointment.duties == ("running", "moderation")
    assert appointment.act is not None
    assert appointment.act.number == "12"


@pytest.mark.parametrize("header", ["короткое\nимя", "короткое  имя", "Короткое\xa0имя", " короткое \r\n имя "])
def test_a_header_wrapped_in_its_cell_is_that_header(tmp_path: Path, header: str) -> None:
    rows = [["аккаунт", header], ["adm-vk", "old_name"]]
    account = load_registry(_saved(tmp_path, {**BOOK, "Имена аккаунтов": rows})).accounts[0]
    assert [one.handle for one in account.handles] == ["old_name"]


def test_field_names_serve_as_headers_and_tables_as_sheets(tmp_path: Path) -> None:
    bodies = [["Id", "KIND", "name"], ["a", "sectoral", "А"]]
    book = {"municipality": [["id", "name"], ["reka", "Река"]], "BODIES": bodies}
    assert load_registry(_saved(tmp_path, book)).bodies[0].id == "a"


@pytest.mark.parametrize(
    ("situation", "sheet", "rows", "words"),
    [
        ("an unknown sheet", "Аккаунтыы", [["id"]], "Может быть, Аккаунты"),
        ("an unknown column", "Телефоны", [["номер", "цвет"]], "Телефоны / строка 1 / цвет"),
        ("a column twice", "Телефоны", [["номер", "number"]], "повторён"),
        ("a formula", "Телефоны", [["номер"], ["=A1"]], "Телефоны / строка 2 / номер: в ячейке формула"),
        ("a value without a header", "Телефоны", [["номер", None], ["+7 86199 2-00-01", "?"]], "столбец B: значение"),
        ("an id that lost its digits", "Аккаунты", [["id", "id в сети"], ["b", 70000000000000001]], "последние цифры"),
        ("a text that became a date", "Телефоны", [["номер", "примечание"], ["1", FEBRUARY]], "в дату"),
        ("a handle of nobody", "Имена аккаунтов", [["аккаунт", "короткое имя"], ["nobody", "x"]], "такой записи нет"),
        ("a flag that is neither", "Телефоны", [["номер", "утерян"], ["+7 86199 2-00-01", "?"]], "«да» или «нет»"),
        ("two municipalities", "Муниципальное образование", [["id", "название"], ["a", "А"], ["b", "Б"]],
         "больше одного"),
        ("a second sheet of a table", "bodies", [["id"], ["b"]], "bodies: та же таблица уже есть на листе «Органы»"),
        ("a setting twice", "Сети", [["сеть", "настройка"], ["vk", "a"], ["ok", "a"], ["vk", "a"]],
         "Сети / строка 4 / настройка: настройка этой сети повторена"),
        ("a setting of no network", "Сети", [["сеть", "настройка"], [None, "a"]], "Сети / строка 2 / сеть: не указана"),
        ("a row after an empty one", "Отсутствия", [["сотрудник", "с"], [None], ["nobody", FEBRUARY]],
         "Отсутствия / строка 3 / сотрудник"),
        ("pairs without a colon", "Сотрудники", [["id", "ФИО", "профили в сетях"], ["b", "Б", "vk 12"]],
         "имя: значение"),
    ],
)  # fmt: skip
def test_a_problem_names_its_sheet_and_row(tmp_path: Path, situation: str, sheet: str, rows: Rows, words: str) -> None:
    book = {name: content for name, content in BOOK.items() if name not in ("Имена аккаунтов",)} | {sheet: rows}
    with pytest.raises(RegistryRefused) as caught:
        load_registry(_saved(tmp_path, book))
    assert words in caught.value.say("ru"), situation


@pytest.mark.parametrize(
    ("situation", "sheet", "rows", "told"),
    [
        ("a moment without a zone", "Удаления",
         [["аккаунт", "id записи", "основание", "когда"], ["adm-vk", "1", "spam", EVENING]],
         ["Удаления / строка 2 / когда: момент без часового пояса."]),
        ("a refused cell is not missing, too", "Телефоны", [["номер", "орган"], ["=A1", "adm"]],
         ["Телефоны / строка 2 / номер: в ячейке формула или ошибка."]),
        ("a day with a time", "Аккаунты",
         [["id", "орган", "сеть", "открыт"], ["adm-vk", "adm", "vk", EVENING]],
         ["Аккаунты / строка 2 / открыт: здесь нужен день без времени."]),
        ("a row after an empty one", "Телефоны", [["номер", "вид"], [None], ["+7 86199 2-00-01", "sevice"]],
         ["Телефоны / строка 3 / вид: слова «sevice» здесь нет."]),
        ("an id twice", "Органы",
         [["id", "вид", "название"], ["adm", "administration", "А"], ["adm", "sectoral", "Б"]],
         ["Органы / строки 2, 3 / id: id повторяется, записей с ним: 2."]),
        ("a mistake in one of two with one id", "Органы",
         [["id", "вид", "название", "преемник"], ["adm", "administration", "А", None], ["adm", "sectoral", "Б", "x"],
          ["adm", "секторальный", "В", None]],
         ["Органы / строка 4 / вид: слова «секторальный» здесь нет.",
          "Органы / строки 2, 3, 4 / id: id повторяется, записей с ним: 3.",
          "Органы / строка 3 / преемник: «x» нет в таблице «Органы»."]),
        ("the same mistake in both of one id", "Аккаунты",
         [["id", "орган", "сеть", "открыт"], ["adm-vk", "adm", "vk", "вчера"], ["adm-vk", "adm", "vk", "вчера"]],
         ["Аккаунты / строка 2 / открыт: дата не читается.", "Аккаунты / строка 3 / открыт: дата не читается.",
          "Аккаунты / строки 2, 3 / id: id повторяется, записей с ним: 2."]),
        ("a record inside another", "Отсутствия",
         [["сотрудник", "с", "по"], ["anna", FEBRUARY, FEBRUARY], ["anna", "вчера", FEBRUARY]],
         ["Отсутствия / строка 3 / с: дата не читается."]),
        ("days of a record inside another", "Отсутствия",
         [["сотрудник", "с", "по"], ["anna", FEBRUARY, FEBRUARY], ["anna", FEBRUARY, "2026-01-01"]],
         ["Отсутствия / строка 3 / по: until раньше, чем since."]),
        ("a page of another account, and an id twice", "Аккаунты",
         [["id", "handle", "орган", "сеть"], *([*a, "adm", "vk"] for a in (("adm-vk", "x"), ("b", "x"), ("b", "y")))],
         ["Аккаунты / строки 3, 4 / id: id повторяется, записей с ним: 2.",
          "Аккаунты / строка 3 / короткое имя: та же страница, что у «adm-vk»."]),
        ("an item of a list", "Органы",
         [["id", "вид", "название", "tags"], ["adm", "administration", "А", "x; " + "y " * 150]],
         ["Органы / строка 2 / метки[2]: длиннее 200 знаков."]),
        ("a field of a field", "Назначения",
         [["сотрудник", "орган", "обязанности", "акт: дата"], ["anna", "adm", "running", "вчера"]],
         ["Назначения / строка 2 / акт: дата: дата не читается."]),
        ("the municipality", "Муниципальное образование",
         [["id", "Название", "часовой пояс"], ["reka", "Река", "Мск"]],
         ["Муниципальное образование / строка 2 / часовой пояс: такого часового пояса нет."]),
        ("a column without a header", "Телефоны",
         [["номер"] + [None] * 27, ["+7 86199 2-00-01", "?"] + [None] * 25 + ["?"]],
         ["Телефоны / строка 2 / столбец B: значение в столбце без заголовка.",
          "Телефоны / строка 2 / столбец AB: значение в столбце без заголовка."]),
        ("a title above the headers", "Органы",
         [["Реестр района"], [], ["id", "вид", "название"], ["adm", "администрация", "А"]],
         ["Органы / строка 4 / вид: слова «администрация» здесь нет.",
          "Органы / строка 1: заголовки стоят не здесь, а в строке 3."]),
        ("no headers", "Телефоны", [["Реестр района"], ["+7 86199 2-00-01", "service", "adm"]],
         ["Телефоны / строка 1: здесь нет ни одного известного заголовка."]),
        ("records in place of headers", "Телефоны", [["+7 86199 2-00-01", "service"]],
         ["Телефоны / строка 1: здесь нет ни одного известного заголовка."]),
        ("a secret among settings", "Сети",
         [["сеть", "настройка", "значение"], ["ok", "access_token", None], ["vk", "access_token", "x"]],
         ["Сети / строка 3 / значение: похоже на сам секрет."]),
        ("a damaged text in a part of a setting", "Сети",
         [["сеть", "настройка", "значение"], ["vk", "a", '{"b": "\\ud800"}']],
         ["Сети / vk / b: в тексте управляющие или повреждённые знаки."]),
        ("no municipality", "Муниципальное образование", [],
         ["Муниципальное образование: обязательное поле не заполнено."]),
    ],
)  # fmt: skip
def test_a_problem_is_told_once_in_the_words_of_the_workbook(
    tmp_path: Path, situation: str, sheet: str, rows: Rows, told: list[str]
) -> None:
    with pytest.raises(RegistryRefused) as caught:
        load_registry(_saved(tmp_path, BOOK | {sheet: rows}))
    places = [problem.say("ru").removesuffix(problem.remedy.ru).strip() for problem in caught.value.problems]
    assert places == told, situation


@pytest.mark.parametrize(
    ("situation", "cell", "read"),
    [
        ("a digit that could be a flag", "vk: 1", {"vk": "1"}),
        ("a word that could be a flag", "vk: да; ok: нет", {"vk": "да", "ok": "нет"}),
        ("in quotes", 'vk: "1"', {"vk": "1"}),
        ("in quotes of every make", "vk: «1»; ok: '2'; max: “3”; rutube: „4“", {"vk": "1", "ok": "2", "max": "3",
         "rutube": "4"}),
        ("names in quotes", '"vk": "1"', {"vk": "1"}),
        ("a quote that is a part of it", 'vk: "а" и "б; ok: "', {"vk": '"а" и "б', "ok": '"'}),
        ("as the program writes it", '{"vk": "\\"1\\""}', {"vk": '"1"'}),
    ],
)  # fmt: skip
def test_pairs_of_texts_stay_texts(tmp_path: Path, situation: str, cell: str, read: dict[str, str]) -> None:
    people = [["id", "ФИО", "профили в сетях"], ["anna", "Анна", cell]]
    assert load_registry(_saved(tmp_path, BOOK | {"Сотрудники": people})).people[0].profiles == read, situation


@pytest.mark.parametrize(
    ("cell", "read"),
    [("owner: да; anna: нет", {"owner": True, "anna": False}), ('owner: "да"', {"owner": True}),
     ('{"owner": true}', {"owner": True}), ("owner: 1", {"owner": True})],
)  # fmt: skip
def test_pairs_of_flags_are_read_as_flags(tmp_path: Path, cell: str, read: dict[str, bool]) -> None:
    accounts = [["id", "орган", "сеть", "вход в два шага"], ["adm-vk", "adm", "vk", cell]]
    assert load_registry(_saved(tmp_path, BOOK | {"Аккаунты": accounts})).accounts[0].two_factor == read


@pytest.mark.parametrize(
    ("situation", "value", "form", "cell"),
    [
        ("as a person would type it", {"vk": "17", "ok": "abc"}, "mapping", "vk: 17; ok: abc"),
        ("flags as words", {"ivanova": True, "petrov": False}, "flags", "ivanova: да; petrov: нет"),
        ("an address", {"vk": "https://vk.com/id17"}, "mapping", "vk: https://vk.com/id17"),
        ("a sign that parts pairs", {"vk": "a; ok: b"}, "mapping", '{"vk": "a; ok: b"}'),
        ("quotes of its own", {"vk": "«17»"}, "mapping", '{"vk": "«17»"}'),
        ("blanks that count", {"vk": " 17"}, "mapping", '{"vk": " 17"}'),
        ("a number, not its digits", {"vk": 17}, "mapping", '{"vk": 17}'),
        ("a sign that no cell holds", {"vk": "a\x0bb"}, "mapping", '{"vk": "a\\u000bb"}'),
        ("none", {}, "mapping", "{}"),
    ],
)  # fmt: skip
def test_pairs_are_written_as_they_are_typed_where_they_read_back_the_same(
    situation: str, value: dict[str, Any], form: Form, cell: str
) -> None:
    assert written(value, form) == cell, situation
    assert read_cell(cell, form) == value, situation


@pytest.mark.parametrize(
    ("sheet", "rows", "place"),
    [
        ("Аккаунты", [["id", "орган", "сеть", "вход в два шага"], ["adm-vk", "adm", "vk", "owner: +"]],
         "Аккаунты / строка 2 / вход в два шага.owner"),
        ("Телефоны", [["номер", "утерян"], ["+7 86199 2-00-01", "?"]], "Телефоны / строка 2 / утерян"),
    ],
)  # fmt: skip
def test_a_flag_is_advised_as_a_workbook_has_it(tmp_path: Path, sheet: str, rows: Rows, place: str) -> None:
    with pytest.raises(RegistryRefused) as refused:
        load_registry(_saved(tmp_path, BOOK | {sheet: rows}))
    (problem,) = refused.value.problems
    assert problem.say("ru") == f"{place}: нужно «да» или «нет». Напишите «да» или «нет»."


def test_a_text_that_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    registry = load_registry(_saved(tmp_path, BOOK))
    evil = registry.but(municipality=registry.municipality.but(name='=HYPERLINK("http://x")'))
    book = openpyxl.load_workbook(io.BytesIO(registry_bytes(evil, ".xlsx")))
    types = {cell.data_type for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value}
    assert "f" not in types


def test_a_value_too_long_for_a_cell_is_told(tmp_path: Path) -> None:
    registry = load_registry(_saved(tmp_path, BOOK))
    body = registry.bodies[0].but(places=tuple(f"село {number}" for number in range(5000)))
    with pytest.raises(OutputRefused, match="не помещается"):
        registry_bytes(registry.but(bodies=(body,)), ".xlsx")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    import zipfile

    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "nothing")
    with pytest.raises(FileRefused, match="Excel"):
        load_registry(file)


def test_headers_are_russian_and_tell_columns_apart() -> None:
    for sheet in sheets():
        headers = [column.header.casefold() for column in sheet.columns]
        assert len(set(headers)) == len(headers), sheet.title
        for column in sheet.columns:
            other = [one for one in sheet.columns if one.path != column.path and one.path == column.header]
            assert not other, (sheet.title, column.header)


def test_every_table_and_every_field_has_its_place() -> None:
    placed = {
        (sheet.table, sheet.inside or column.path.split(".")[0]) for sheet in sheets() for column in sheet.columns
    }
    for name, table in TABLES.items():
        assert {(name, field) for field in table.record.model_fields} <= placed
    assert set(TABLES) | {"networks"} == set(Registry.model_fields)
    assert len({sheet.title for sheet in sheets()}) == len(sheets())


def test_columns_of_a_saved_workbook_keep_texts_as_they_are_typed() -> None:
    """In an empty cell of the general format 9.10 becomes 9.1, and a name of digits loses its leading noughts."""
    empty = Registry.model_validate({"municipality": {"id": "reka", "name": "Река"}})
    book = openpyxl.load_workbook(io.BytesIO(registry_bytes(empty, ".xlsx")))
    for sheet in (*sheets(), NETWORKS):
        for number, column in enumerate(sheet.columns, 1):
            letter = openpyxl.utils.get_column_letter(number)
            kept = book[sheet.title].column_dimensions[letter].number_format
            expected = {"flag": "General", "day": "yyyy-mm-dd"}.get(column.form, "@")
            assert kept == expected, (sheet.title, column.header)


def _with_first_sheet(content: bytes, sheet: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return made.getvalue()


def test_a_sheet_that_unpacks_to_a_million_empty_rows(tmp_path: Path) -> None:
    file = _saved(tmp_path, BOOK)
    file.write_bytes(_with_first_sheet(file.read_bytes(), b"<worksheet>" + b"<row/>" * 4_000_000))
    with pytest.raises(FileRefused, match="слишком велика"):
        load_registry(file)


@pytest.mark.filterwarnings("error")
def test_a_number_too_big_for_a_day_is_a_problem_and_no_warning(tmp_path: Path) -> None:
    file = _saved(tmp_path, BOOK)
    book = openpyxl.load_workbook(file)
    cell = book["Аккаунты"]["E2"]
    cell.value, cell.number_format = 1e20, "yyyy-mm-dd"
    book.save(file)
    with pytest.raises(RegistryRefused) as refused:
        load_registry(file)
    assert "открыт" in refused.value.say("ru")


PAGES: Rows = [
    ["id", "орган", "сеть", "короткое имя", "открыт"],
    ["adm-vk", "adm", "vk", "a", FEBRUARY],
    ["adm-ok", None, "ok", "b", None],
]


@pytest.mark.parametrize(
    ("situation", "merged", "told"),
    [
        ("one under the other", "B2:B3",
         ["Аккаунты / строка 3 / орган: ячейка объединена с ячейкой B2, и значение Excel хранит только там."]),
        ("side by side", "A3:B3",
         ["Аккаунты / строка 3 / орган: ячейка объединена с ячейкой A3, и значение Excel хранит только там."]),
        ("empty ones", "B3:B4", ["Аккаунты / строка 3 / орган: обязательное поле не заполнено."]),
        ("beside the table", "G2:H9", ["Аккаунты / строка 3 / орган: обязательное поле не заполнено."]),
        ("the whole sheet", "A1:XFD1048576", ["Аккаунты / строка 3 / орган: обязательное поле не заполнено."]),
    ],
)  # fmt: skip
def test_a_merged_cell_is_told_as_one(tmp_path: Path, situation: str, merged: str, told: list[str]) -> None:
    file = _saved(tmp_path, {**BOOK, "Аккаунты": PAGES, "Имена аккаунтов": [["аккаунт", "короткое имя"]]})
    book = openpyxl.load_workbook(file)
    book["Аккаунты"].merge_cells(merged) if "XFD" not in merged else book["Аккаунты"].merged_cells.add(merged)
    book.save(file)
    with pytest.raises(RegistryRefused) as caught:
        load_registry(file)
    said = [one.say("ru").removesuffix(one.remedy.ru).strip() for one in caught.value.problems]
    assert said == told, situation


def test_an_optional_value_is_not_lost_in_a_merged_cell(tmp_path: Path) -> None:
    rows = [*PAGES[:2], ["adm-ok", "adm", "ok", "b", None]]
    file = _saved(tmp_path, {**BOOK, "Аккаунты": rows})
    book = openpyxl.load_workbook(file)
    book["Аккаунты"].merge_cells("E2:E3")
    book.save(file)
    with pytest.raises(RegistryRefused) as caught:
        load_registry(file)
    (problem,) = caught.value.problems
    assert (problem.record, problem.field) == ("строка 3", "открыт")
    assert "Отмените объединение" in problem.remedy.ru


def test_merged_headings_and_empty_rows_do_no_harm(tmp_path: Path) -> None:
    file = _saved(tmp_path, BOOK)
    book = openpyxl.load_workbook(file)
    book["Аккаунты"].merge_cells("A2:A5")  # one account, four rows high
    book["_заметки"].merge_cells("A1:C1")
    book.save(file)
    assert [one.id for one in load_registry(file).accounts] == ["adm-vk"]

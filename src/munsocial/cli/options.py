"""Arguments and options that several commands share, and their reading."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from munsocial.cli.tongue import both
from munsocial.errors import InputError, NaiveTime
from munsocial.model.years import NO_SENSE, YEARS, makes_sense
from munsocial.wording import Text

__all__ = [
    "ADD_NAME",
    "DIRECTORY",
    "AsJson",
    "At",
    "Force",
    "JournalPlace",
    "Note",
    "Registered",
    "Since",
    "Taken",
    "Until",
    "Weeks",
    "a_file",
    "day_of",
    "journal_at",
    "journal_there",
    "moment_of",
]

Registered = Annotated[
    Path,
    typer.Argument(
        metavar=both("РЕЕСТР", "REGISTRY"),
        help=both("Реестр: .toml, .json или .xlsx.", "Registry: .toml, .json or .xlsx."),
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=both("Вывести как JSON.", "Print as JSON."))]
Force = Annotated[bool, typer.Option("--force", help=both("Заменить файл.", "Replace the file."))]
Taken = Annotated[
    Path,
    typer.Option("--snapshot", metavar=both("ФАЙЛ", "FILE"), help=both("Снимок.", "The snapshot.")),
]
Note = Annotated[
    str,
    typer.Option("--note", metavar=both("ТЕКСТ", "TEXT"), help=both("Примечание, причина.", "A note, a reason.")),
]
Weeks = Annotated[
    int,
    typer.Option(
        "--weeks",
        min=1,
        max=520,
        metavar=both("ЧИСЛО", "NUMBER"),
        help=both("Сколько полных недель до нынешней, от 1 до 520.", "How many full weeks before this one, 1 to 520."),
    ),
]
Since = Annotated[
    str,
    typer.Option(
        "--since",
        metavar=both("ДЕНЬ", "DAY"),
        help=both("С какого дня, ГГГГ-ММ-ДД, вместо --weeks.", "From which day, YYYY-MM-DD, instead of --weeks."),
        show_default=False,
    ),
]
Until = Annotated[
    str,
    typer.Option(
        "--until",
        metavar=both("ДЕНЬ", "DAY"),
        help=both("По какой день включительно; иначе по сей час.", "To which day, included; until now otherwise."),
        show_default=False,
    ),
]
At = Annotated[
    str,
    typer.Option(
        "--at",
        metavar=both("МОМЕНТ", "MOMENT"),
        help=both(
            "На какой момент судить, с часовым поясом: 2026-11-23T10:00:00+03:00.",
            "The moment of judgement, with its zone: 2026-11-23T10:00:00+03:00.",
        ),
        show_default=False,
    ),
]

JournalPlace = Annotated[
    str,
    typer.Option(
        "--journal",
        metavar=both("ФАЙЛ", "FILE"),
        help=both(
            "Журнал: файл или адрес postgresql://; по умолчанию рядом с реестром.",
            "Journal: a file or an address postgresql://; beside the registry by default.",
        ),
        show_default=False,
    ),
]

DIRECTORY = Text("это папка, а нужен файл.", "this is a directory, a file is needed.")
ADD_NAME = Text("Допишите имя файла.", "Add a file name.")
_JOURNAL_FILES = (".sqlite", ".sqlite3", ".db")
_NO_JOURNAL = Text("журнала здесь ещё нет.", "there is no journal here yet.")
_WHERE_JOURNAL = Text(
    "Он появится после первого действия; другой укажите в --journal.",
    "It appears with the first deed; name another with --journal.",
)
_NOT_A_MOMENT = Text("это не момент времени.", "this is not a moment.")
_NO_ZONE = Text("время без часового пояса.", "a time without a zone.")
_WRITE_MOMENT = Text("Пишите так: 2026-11-23T10:00:00+03:00.", "Write it so: 2026-11-23T10:00:00+03:00.")
_NOT_A_DAY = Text("это не дата.", "this is not a date.")
_WRITE_DAY = Text("Пишите так: 2026-11-23.", "Write it so: 2026-11-23.")


def a_file(path: Path) -> Path:
    """Return a path that may be a file's: it has a name of its own, beside which others may lie.

    Raises:
        InputError: it is ``.``, ``/`` or empty, which is read as ``.``.
    """
    if not path.name:
        raise InputError(DIRECTORY, where=str(path), remedy=ADD_NAME)
    return path


def journal_at(file: Path, given: str = "") -> str | Path:
    """Return where the journal of a registry lies: as given, else ``<registry stem>.journal.sqlite`` beside it.

    A file that is itself a journal by its suffix is taken as one.

    Raises:
        InputError: a place without a name of its own, like ``.``.
    """
    if given:
        return given if "://" in given else a_file(Path(given))
    return file if file.suffix in _JOURNAL_FILES else a_file(file).with_name(f"{file.stem}.journal.sqlite")


def journal_there(file: Path, given: str = "", *, remedy: Text = _WHERE_JOURNAL) -> str | Path:
    """Return where a journal lies that must exist already: looking at one never makes it.

    Raises:
        InputError: there is no such file. JournalError: nobody can tell, or no journal can lie there.
    """
    from munsocial.journal.places import is_there

    place = journal_at(file, given)
    if not is_there(place):
        raise InputError(_NO_JOURNAL, where=str(place), remedy=remedy)
    return place


def moment_of(value: str, option: str = "--at") -> datetime:
    """Read an aware moment.

    Raises:
        InputError: not ISO 8601, or of another century. NaiveTime: no zone.
    """
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise InputError(_NOT_A_MOMENT, where=f"{option} {value}", remedy=_WRITE_MOMENT) from None
    if moment.tzinfo is None:
        raise NaiveTime(_NO_ZONE, where=f"{option} {value}", remedy=_WRITE_MOMENT)
    _sensible(moment, f"{option} {value}")
    return moment


def day_of(value: str, option: str) -> date | None:
    """Read a local day; an empty text is None.

    Raises:
        InputError: not ``YYYY-MM-DD``, or of another century.
    """
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise InputError(_NOT_A_DAY, where=f"{option} {value}", remedy=_WRITE_DAY) from None
    _sensible(day, f"{option} {value}")
    return day


def _sensible(day: date, where: str) -> None:
    if not makes_sense(day):
        raise InputError(NO_SENSE.fill(year=day.year), where=where, remedy=YEARS)

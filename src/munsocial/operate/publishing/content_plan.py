"""The content plan: what is to be published when and where, as ``plan.toml`` or a table (.csv, .xlsx).

    [[posts]]
    at = 2026-11-27T10:00:00+03:00     # a moment; a local one without a zone is the district's time
    to = ["grivenskoye-vk", "grivenskoye-ok"]
    text = "Друзья, завтра субботник!"   # or text_file = "texts/subbotnik.txt"
    media = ["photos/park.jpg"]
    topic = "activity"
    state = "ready"                      # draft (waits for its author) or ready

A table has the same columns, in Russian or by these names; several accounts or files in a cell stand on lines of their
own or after commas.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from munsocial.errors import DraftRefused, FileRefused, Problem
from munsocial.files import read_bytes, read_text
from munsocial.model.base import Record
from munsocial.model.checking.mistakes import meant, problem_of
from munsocial.model.parsing import parse_toml
from munsocial.model.registry import Registry
from munsocial.model.workbook.opening import opened_workbook, rows_of
from munsocial.network.drafts import Draft, Media
from munsocial.operate.shown import shown
from munsocial.wording import Text

__all__ = ["ContentEntry", "ContentPlan", "load_content_plan"]

_MOST = 32 << 20
_COLUMNS = {
    "когда": "at", "дата": "at", "время публикации": "at", "аккаунты": "to", "аккаунт": "to", "куда": "to",
    "текст": "text", "файл текста": "text_file", "медиа": "media", "фото": "media", "ссылка": "link", "тема": "topic",
    "состояние": "state", "статус": "state", "заметка": "note",
}  # fmt: skip
_NAMES = {
    "at": "когда", "to": "аккаунты", "text": "текст", "text_file": "файл текста", "media": "медиа", "link": "ссылка",
    "topic": "тема", "style_exempt": "", "state": "состояние", "note": "заметка", "variants": "",
}  # fmt: skip
"""What a publication may have, with its name in a table; what stands only in a file has none."""
_STATES = {"черновик": "draft", "готово": "ready", "готова": "ready", "готов": "ready"}
_YEARS = range(2000, 2101)
_VIDEO = (".mp4", ".mov", ".avi", ".mkv", ".webm")
_FILES = (".pdf", ".docx", ".xlsx", ".odt", ".zip")

_BROKEN = Text("контент-план не читается: {cause}.", "the content plan cannot be read: {cause}.")
_SUFFIX = Text("контент-план бывает .toml, .csv или .xlsx.", "a content plan is .toml, .csv or .xlsx.")
_WRONG = Text("в контент-плане ошибки.", "the content plan has mistakes.")
_MEND = Text("Исправьте строки ниже.", "Mend the lines below.")
_FIELD = Text("не подходит: {why}", "does not fit: {why}")
_POSTS = Text(
    "публикации пишутся как [[posts]], и больше ничего.", "publications are written as [[posts]], nothing else."
)
_NO_COLUMN = Text("такого столбца нет; есть: {names}.", "there is no such column; there are: {names}.")
_NO_STATE = Text(
    "нет состояния «{given}»; есть: черновик (draft), готово (ready)",
    "there is no state {given!r}; there are: draft, ready",
)
_NO_MOMENT = Text(
    "«{given}» — не день и не момент; пишите 27.11.2026 10:00",
    "{given!r} is no day and no moment; write 27.11.2026 10:00",
)
_NO_YEAR = Text("год {year}", "the year {year}")
_UNKNOWN = Text("нет такого аккаунта: {name}.", "no such account: {name}.")
_UNSAID = Text("", "")
_NO_TEXT = Text("нет ни текста, ни файла", "neither text nor file")


class ContentEntry(Record):
    """One publication planned: when (aware; None: not decided yet), where, and what."""

    at: datetime | None = None
    to: tuple[str, ...] = ()
    text: str = ""
    media: tuple[Path, ...] = ()
    named: tuple[str, ...] = ()
    """The files as the plan names them, seen from its own folder."""
    link: str = ""
    topic: str = ""
    style_exempt: str = ""
    state: Literal["draft", "ready"] = "draft"
    note: str = ""
    variants: dict[str, str] = {}

    def draft(self) -> Draft:
        """Return what is to be sent."""
        return Draft(
            text=self.text,
            media=tuple(Media(path=path, kind=_kind(path)) for path in self.media),
            link=self.link or None,
            topic=self.topic or None,
            style_exempt=self.style_exempt or None,
            publish_at=self.at,
            variants=self.variants,
        )

    def key(self, account: str, district: str) -> str:
        """Return the key of this entry in an account: the same each time, so that it is planned there once.

        A changed text or moment is another publication; the folder from which the plan is read is not. The same words
        for the account of another district that shares the journal are another one, too.
        """
        return _key(district, self._key(account))

    def _key(self, account: str) -> str:
        at = self.at.astimezone(UTC).isoformat() if self.at else ""
        return _key(account, at, self.text, *(self.named or map(str, self.media)), self.link)

    def keys(self, account: str, district: str) -> tuple[str, ...]:
        """Return its key and those that older versions gave: of no district, and earlier by path and local moment."""
        spelled = (self.named, tuple(map(str, self.media)), tuple(str(one.resolve()) for one in self.media))
        at = self.at.isoformat() if self.at else ""
        former = (_key(account, at, self.text, *media, self.link) for media in spelled)
        return self.key(account, district), self._key(account), *former


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class ContentPlan(Record):
    """All that is planned, in the order of the file."""

    entries: tuple[ContentEntry, ...] = ()


def load_content_plan(path: Path, registry: Registry) -> ContentPlan:
    """Read a content plan; files named in it are found beside it.

    Raises:
        FileRefused: it cannot be read. InputError: mistakes, every one with its line.
    """
    suffix = path.suffix.lower()
    if suffix == ".toml":
        rows = _of_toml(path)
    elif suffix == ".csv":
        rows = _of_csv(path)
    elif suffix == ".xlsx":
        rows = _of_xlsx(path)
    else:
        raise FileRefused(_SUFFIX, where=str(path))
    problems: list[Problem] = []
    entries: list[ContentEntry] = []
    zone = ZoneInfo(registry.municipality.timezone)
    strange: set[str] = set()
    for number, row in rows:
        known = {name: value for name, value in row.items() if name not in strange}
        entry = _entry(known, f"{path.name}:{number}", path.parent, zone, registry, problems)
        if suffix != ".toml":  # a column is told where it is first met, not again in each row
            strange |= known.keys() - _NAMES.keys()
        if entry is not None:
            entries.append(entry)
    if problems:
        raise DraftRefused(_WRONG, tuple(problems), where=str(path), remedy=_MEND)
    return ContentPlan(entries=tuple(entries))


def _entry(
    row: Mapping[str, Any], place: str, folder: Path, zone: ZoneInfo, registry: Registry, problems: list[Problem]
) -> ContentEntry | None:
    def wrong(field: str, what: Text, remedy: Text = _UNSAID) -> None:
        problems.append(Problem("posts", place, field, what, remedy))

    given, before = dict(row), len(problems)
    for name in [one for one in given if one not in _NAMES]:
        del given[name]
        names = Text(", ".join(f"{ru} ({name})" if ru else name for name, ru in _NAMES.items()), ", ".join(_NAMES))
        wrong(name, _FIELD.fill(why=_NO_COLUMN.fill(names=names)), meant(name, [*_NAMES, *_COLUMNS], _UNSAID))
    for name, read in (("at", lambda value: _moment(value, zone)), ("state", _state)):
        try:
            given[name] = read(given.get(name))
        except _Unfit as error:
            del given[name]
            wrong(name, _FIELD.fill(why=error.what))
    try:
        if name := given.pop("text_file", ""):
            given["text"] = read_text(folder / str(name), at_most=_MOST).strip()
        given["named"] = _listed(given.get("media"))
        given["media"] = [folder / name for name in given["named"]]
        given["to"] = _listed(given.get("to"))
        entry = ContentEntry.model_validate(given)
    except ValidationError as error:
        for one in error.errors():
            said = problem_of(one, "posts", place, _NAMES)
            problems.append(Problem("posts", place, said.field, _FIELD.fill(why=said.what), said.remedy))
        return None
    except FileRefused as error:
        wrong("text_file", _FIELD.fill(why=Text.of(error)))
        return None
    for name in entry.to:
        if name not in registry.account_by_id:
            wrong("to", _UNKNOWN.fill(name=name), meant(name, registry.account_by_id, _UNSAID))
    if entry.state == "ready" and not (entry.text.strip() or entry.media):
        wrong("text", _NO_TEXT)
    return entry if len(problems) == before else None


class _Unfit(Exception):
    """A value that cannot stand where it stands, told in words."""

    def __init__(self, what: Text) -> None:
        super().__init__(what.ru)
        self.what = what


def _state(value: Any) -> str:
    given = "draft" if value in (None, "") else str(value).strip().lower()
    if given not in (*_STATES, *_STATES.values()):
        raise _Unfit(_NO_STATE.fill(given=shown(str(value))))
    return _STATES.get(given, given)


def _moment(value: Any, zone: ZoneInfo) -> datetime | None:
    if value is None or value == "":
        return None
    moment = _written(value.strip()) if isinstance(value, str) else value
    if isinstance(moment, date) and not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(10))
    if not isinstance(moment, datetime):
        raise _Unfit(_NO_MOMENT.fill(given=shown(str(value))))
    if moment.year not in _YEARS:
        raise _Unfit(_NO_YEAR.fill(year=moment.year))
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _written(value: str) -> datetime | None:
    for form in ("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y"):
        try:
            found = datetime.strptime(value, form)  # noqa: DTZ007 - the zone of the district is put on by the caller
        except ValueError:
            continue
        return found if "%H" in form else found.replace(hour=10)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    return [part.strip() for part in str(value).replace("\n", ",").replace(";", ",").split(",") if part.strip()]


def _kind(path: Path) -> Literal["photo", "video", "document"]:
    suffix = path.suffix.lower()
    if suffix in _VIDEO:
        return "video"
    return "document" if suffix in _FILES else "photo"


def _of_toml(path: Path) -> list[tuple[int, Mapping[str, Any]]]:
    given = parse_toml(read_text(path, at_most=_MOST), where=str(path))
    posts = given.get("posts", [])
    if given.keys() - {"posts"} or not isinstance(posts, list) or not all(isinstance(row, dict) for row in posts):
        raise FileRefused(_POSTS, where=str(path))
    return list(enumerate(posts, 1))


def _of_csv(path: Path) -> list[tuple[int, Mapping[str, Any]]]:
    text = read_text(path, at_most=_MOST).lstrip("\ufeff")
    head = text.split("\n", 1)[0]
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ","))
    except csv.Error as error:
        raise FileRefused(_BROKEN.fill(cause=str(error)), where=str(path)) from None
    return _tabled(rows)


def _of_xlsx(path: Path) -> list[tuple[int, Mapping[str, Any]]]:
    place = str(path)
    with opened_workbook(read_bytes(path, at_most=_MOST), where=place, computed=True) as book:
        return _tabled([cell.value for cell in row] for row in rows_of(book.worksheets[0], where=place))


def _tabled(rows: Iterable[Iterable[Any]]) -> list[tuple[int, Mapping[str, Any]]]:
    head: list[str] = []
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, row in enumerate(rows, 1):
        cells = list(row)
        if not any(cell not in (None, "") for cell in cells):
            continue
        if not head:
            names = [str(cell or "").strip().lower() for cell in cells]
            head = [_COLUMNS.get(name, name) for name in names]
            continue
        pairs = zip(head, cells, strict=False)
        found.append((number, {name: cell for name, cell in pairs if name and cell not in (None, "")}))
    return found

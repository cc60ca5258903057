"""What records of a register say about each other: repeated ids, references to nobody, days that make no sense."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from munsocial.errors import Problem
from munsocial.model.accounts import Account, Upstream
from munsocial.model.addresses import is_handle
from munsocial.model.base import Record
from munsocial.model.bodies import Body
from munsocial.model.checking.secretlike import shown
from munsocial.model.registry import Registry
from munsocial.model.tables import MUNICIPALITY, TABLES, model_inside
from munsocial.model.years import NO_SENSE, YEARS, makes_sense
from munsocial.wording import Text, maybe

__all__ = ["cross_check", "no_pages", "record_name"]

_NO_PAGE = Text("«{name}» - не страница сети.", "'{name}' is no page of the network.")
_NOT_LATIN = Text(
    "«{name}» - не страница сети: в именах её страниц нет знаков «{signs}», хотя бы и похожих на латинские.",
    "'{name}' is no page of the network: names of its pages have no signs '{signs}', be they like Latin ones.",
)
_SHORT_NAME = Text("Впишите короткое имя страницы.", "Write the short name of the page.")

_MOST_COMPARED = 5000
"""Ids among which a near one is looked for: more would take longer than the person who made the slip."""

_COMPARISONS = 50_000
"""For the references of one field, a second of work: what is wrong in hundreds of records is no slip of a hand."""

_EARLIER_LATER = (
    ("since", "until"),
    ("since", "last_day"),
    ("opened", "closed"),
    ("opened", "mothballed"),
    ("phone_since", "phone_until"),
    ("issued", "expires"),
    ("issued", "revoked"),
    ("issued", "rotated"),
    ("date", "valid_until"),
    ("date", "done"),
    ("date", "refused"),
    ("asked_at", "answered_at"),
    ("asked_at", "detected_at"),
    ("at", "restored_at"),
)


def cross_check(
    registry: Registry,
    known: Mapping[str, Set[str]] | None = None,
    numbers: Mapping[str, Sequence[int]] | None = None,
    lost: Mapping[str, Mapping[int, Mapping[str, object]]] | None = None,
) -> Iterator[Problem]:
    """Yield every problem between records.

    ``known`` adds ids of records that stand in the file but are broken, and ``lost`` what is left of those that are no
    records any more; ``numbers`` says where the others stand.
    """
    ids = _known_ids(registry, known or {})
    places = numbers or {}
    for name, table in TABLES.items():
        records: tuple[Record, ...] = () if name == MUNICIPALITY else getattr(registry, name)
        order = places.get(name, range(len(records)))
        rests = (lost or {}).get(name, {})
        if table.unique_id:
            yield from _repeated(name, (*records, *rests.values()))
        for field, targets in table.refers.items():
            several = [ids.get(target, set()) for target in targets]
            allowed = several[0] if len(several) == 1 else set().union(*several)
            if not allowed.issuperset(_referred(records, field)):
                yield from _dangling(name, zip(order, records, strict=True), field, targets, allowed)
            yield from _dangling(name, rests.items(), field, targets, allowed)
        if not _sensible(records):
            yield from _senseless(name, zip(order, records, strict=True))
    yield from _two_meanings(registry)
    yield from _same_page("accounts", registry.accounts, places)
    yield from _same_page("upstream", registry.upstream, places)
    yield from no_pages(registry, places, numbered=False)
    yield from _owners(registry)
    yield from _circles(registry)


def record_name(record: Record | Mapping[str, object], index: int) -> str:
    """Return how a record is called in a message: its id, or its number with what it is about."""
    read = record.get if isinstance(record, Mapping) else lambda name: getattr(record, name, None)
    name = read("id")
    if isinstance(name, str) and name:
        return shown(name)
    about = [read(field) for field in ("person", "subject", "account", "word")]
    words = [shown(one) for one in about if isinstance(one, str) and one]
    return f"№ {index + 1}" + (f" ({words[0]})" if words else "")


def _known_ids(registry: Registry, known: Mapping[str, Set[str]]) -> dict[str, set[str]]:
    ids: dict[str, set[str]] = {name: set(more) for name, more in known.items()}
    for name, table in TABLES.items():
        if table.unique_id:
            ids.setdefault(name, set()).update(one.id for one in getattr(registry, name) if one.id)
    ids.setdefault(MUNICIPALITY, set()).add(registry.municipality.id)
    return ids


def _repeated(table: str, records: Iterable[Record | Mapping[str, object]]) -> Iterator[Problem]:
    counts = Counter(_named(_fields(record).get("id")) for record in records)
    for name, times in counts.items():
        if name and times > 1:
            yield Problem(
                table,
                shown(name),
                "id",
                Text(f"id повторяется, записей с ним: {times}.", f"the id stands {times} times."),
                Text("У каждой записи свой id.", "Give each record an id of its own."),
            )


def _fields(record: Record | Mapping[str, object]) -> Mapping[str, object]:
    """Return what a record holds; of one that was left out, what stands in the file."""
    return record if isinstance(record, Mapping) else record.__dict__


def _named(value: object) -> str:
    """Return an id, or nothing for what is none: of a record that was left out anything may be left."""
    return value if isinstance(value, str) else ""


def _referred(records: Sequence[Record], field: str) -> set[str]:
    """The ids that the records of a table name in a field."""
    values = [record.__dict__[field] for record in records]
    if values and isinstance(values[0], tuple):
        return {one for value in values for one in value}
    return set(values) - {None}


def _dangling(
    table: str,
    records: Iterable[tuple[int, Record | Mapping[str, object]]],
    field: str,
    targets: tuple[str, ...],
    allowed: Set[str],
) -> Iterator[Problem]:
    guesses = _COMPARISONS // max(len(allowed), 1)
    for index, record in records:
        value = _fields(record).get(field)
        for one in map(_named, value if isinstance(value, (tuple, list)) else (value,)):
            if not one or one in allowed:
                continue
            guesses -= 1
            titles = " или ".join(f"«{TABLES[target].title.ru}»" for target in targets)
            yield Problem(
                table,
                record_name(record, index),
                field,
                Text(
                    f"«{shown(one)}» нет в таблице {titles}.",
                    f"'{shown(one)}' is not in the table {' or '.join(targets)}.",
                ),
                _nearest(one, allowed if guesses >= 0 else ()),
                index,
            )


def _nearest(one: str, allowed: Collection[str]) -> Text:
    from difflib import get_close_matches

    near = get_close_matches(one, allowed, n=1, cutoff=0.75) if len(allowed) <= _MOST_COMPARED else []
    if near:
        return maybe(near[0])
    return Text("Добавьте такую запись или исправьте id.", "Add such a record or correct the id.")


class _Days(NamedTuple):
    """What of a kind of record is about days: pairs in order, days alone, and fields that hold records."""

    pairs: tuple[tuple[str, str], ...]
    alone: tuple[str, ...]
    inside: tuple[str, ...]


@cache
def _days_of(model: type[Record]) -> _Days:
    fields = model.model_fields
    return _Days(
        tuple((early, late) for early, late in _EARLIER_LATER if early in fields and late in fields),
        tuple(name for name, field in fields.items() if "datetime." in str(field.annotation)),
        tuple(name for name, field in fields.items() if model_inside(field.annotation) is not None),
    )


def _sensible(records: Sequence[Record]) -> bool:
    """Tell at once, field by field, whether all days of a table make sense: a register may hold 100 000 records."""
    if not records:
        return True
    rows, days = [record.__dict__ for record in records], _days_of(type(records[0]))
    for field in days.alone:
        known = [value for row in rows if (value := row[field]) is not None]
        if known and not (makes_sense(min(known)) and makes_sense(max(known))):
            return False
    for early, late in days.pairs:
        if any((last := row[late]) is not None and (first := row[early]) is not None and last < first for row in rows):
            return False
    for field in days.inside:
        found = [row[field] for row in rows]
        parts = [part for one in found for part in (one if isinstance(one, tuple) else (one,)) if part is not None]
        if not _sensible(parts):
            return False
    return True


def _senseless(table: str, records: Iterable[tuple[int, Record]]) -> Iterator[Problem]:
    for index, record in records:
        for field, what, remedy in _senseless_days(record):
            yield Problem(table, record_name(record, index), field, what, remedy, index)


def _senseless_days(record: Record) -> Iterator[tuple[str, Text, Text]]:
    """Yield field, mistake and remedy."""
    values, days = record.__dict__, _days_of(type(record))
    for early, late in days.pairs:
        first, last = values[early], values[late]
        if first is not None and last is not None and last < first:
            what = Text(f"{late} раньше, чем {early}.", f"{late} is before {early}.")
            yield late, what, Text("Проверьте обе даты.", "Check both dates.")
    for field in days.alone:
        value = values[field]
        if value is not None and not makes_sense(value):
            yield field, NO_SENSE.fill(year=value.year), YEARS
    for field in days.inside:
        value = values[field]
        parts = value if isinstance(value, tuple) else (value,)
        for number, part in enumerate(parts, 1):
            if part is not None:
                place = f"{field}[{number}]" if value is parts else field
                yield from ((f"{place}.{name}", what, remedy) for name, what, remedy in _senseless_days(part))


def _two_meanings(registry: Registry) -> Iterator[Problem]:
    """An id of both a body and an account is refused where a subject names it: an excuse must excuse one thing."""
    both = {registry.municipality.id, *(body.id for body in registry.bodies)} & registry.account_by_id.keys()
    for table in ("attestations", "waivers", "exempt_periods"):
        for index, record in enumerate(getattr(registry, table)):
            if record.subject in both:
                yield Problem(
                    table,
                    record_name(record, index),
                    "subject",
                    Text(f"«{record.subject}» - и орган, и аккаунт.", f"'{record.subject}' is a body and an account."),
                    Text("Дайте аккаунту другой id.", "Give the account another id."),
                )


def _same_page(
    table: str, accounts: Sequence[Account] | Sequence[Upstream], places: Mapping[str, Sequence[int]]
) -> Iterator[Problem]:
    """Two records of one page on the same day: one of them is a slip."""
    everywhere = [(one.network, one.network_id, one.handle.casefold()) for one in accounts]
    numbers = [(network, number) for network, number, _ in everywhere if number]
    handles = [(network, handle) for network, _, handle in everywhere if handle]
    if len(set(numbers)) == len(numbers) and len(set(handles)) == len(handles):
        return
    pages: dict[tuple[str, str, str], list[tuple[date, date, str, int]]] = defaultdict(list)
    for index, one in zip(places.get(table, range(len(accounts))), accounts, strict=True):
        first = (one.first_day if isinstance(one, Account) else one.since) or date.min
        last = (one.last_day if isinstance(one, Account) else one.until) or date.max
        if one.network_id:
            pages[one.network, "network_id", one.network_id].append((first, last, one.id, index))
        if one.handle:
            pages[one.network, "handle", one.handle.casefold()].append((first, last, one.id, index))
    for (_, field, _), periods in pages.items():
        for (_, ended, one_id, _), (begins, _, other_id, row) in pairwise(sorted(periods)):
            if begins < ended and one_id != other_id:
                yield Problem(
                    table,
                    other_id,
                    field,
                    Text(f"та же страница, что у «{one_id}».", f"the same page as '{one_id}'."),
                    Text("Оставьте одну запись или разведите их даты.", "Keep one record or part their days."),
                    row,
                )


def no_pages(
    registry: Registry, numbers: Mapping[str, Sequence[int]] | None = None, *, numbered: bool
) -> Iterator[Problem]:
    """Handles that name no page of their network: an address of another site, of a post, of a picture.

    Where the number of the page is known (``numbered``) it decides, and the register serves with such a handle.
    """
    tables: dict[str, Sequence[Account] | Sequence[Upstream]]
    tables = {"accounts": registry.accounts, "upstream": registry.upstream}
    for table, records in tables.items():
        order = (numbers or {}).get(table, range(len(records)))
        for index, one in zip(order, records, strict=True):
            if bool(one.network_id) is numbered and not is_handle(one.network, one.handle):
                foreign = "".join(dict.fromkeys(sign for sign in one.handle if not sign.isascii()))
                what = (_NOT_LATIN if foreign else _NO_PAGE).fill(name=shown(one.handle), signs=shown(foreign))
                yield Problem(table, one.id, "handle", what, _SHORT_NAME, index)


def _owners(registry: Registry) -> Iterator[Problem]:
    accounts = registry.account_by_id
    for account in registry.accounts:
        owner = accounts.get(account.owner_profile or "")
        if owner is not None and (owner.id == account.id or owner.network != account.network):
            yield Problem(
                "accounts",
                account.id,
                "owner_profile",
                Text("владелец - не другой профиль той же сети.", "the owner is not another profile of that network."),
                Text("Укажите профиль, который владеет страницей.", "Name the profile that owns the page."),
            )


def _circles(registry: Registry) -> Iterator[Problem]:
    """Bodies that succeed or serve each other, and pages that own each other, in a circle lead nowhere."""
    another_body = Text("Укажите другой орган.", "Name another body.")
    another_page = Text("Укажите профиль, который владеет страницей.", "Name the profile that owns the page.")
    for table, field, remedy in (
        ("bodies", "successor", another_body),
        ("bodies", "served_by", another_body),
        ("accounts", "owner_profile", another_page),
    ):
        records: Sequence[Body | Account] = getattr(registry, table)
        for name in _in_circles({one.id: getattr(one, field) for one in records}):
            if table == "bodies" or registry.account_by_id[name].owner_profile != name:  # told by `_owners`
                what = Text("ссылка идёт по кругу.", "the reference runs in a circle.")
                yield Problem(table, name, field, what, remedy)


def _in_circles(following: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the ids from which references lead back to themselves; each reference is followed once."""
    passed: set[str] = set()
    for first in following:
        way: dict[str, int] = {}
        current: str | None = first
        while current is not None and current in following and current not in passed and current not in way:
            way[current] = len(way)
            current = following[current]
        passed.update(way)
        if current is not None and current in way:
            yield from list(way)[way[current] :]

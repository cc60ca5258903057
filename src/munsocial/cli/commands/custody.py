"""`munsocial custody FILE`: who holds which key on any day; what hangs on a person who leaves."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import AsJson, JournalPlace, Registered, day_of, journal_at
from munsocial.cli.seen import snapshot_of
from munsocial.cli.speaking import echo, echo_json
from munsocial.cli.tongue import both
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.journal.journal import Journal
    from munsocial.model.credentials import Handover
    from munsocial.model.registry import Registry
    from munsocial.operate.keys.custody import Held
    from munsocial.operate.keys.dismissal import Dismissal

__all__ = ["COMMAND", "On", "SnapshotFile", "looked_into", "today_of"]

On = Annotated[
    str,
    typer.Option(
        "--on",
        metavar=both("ДЕНЬ", "DAY"),
        help=both("На какой день, ГГГГ-ММ-ДД; иначе сегодня.", "On which day, YYYY-MM-DD; else today."),
        show_default=False,
    ),
]
SnapshotFile = Annotated[
    Path | None,
    typer.Option(
        "--snapshot",
        metavar=both("ФАЙЛ", "FILE"),
        help=both("Снимок: кто управляет страницами, кто заблокирован.", "A snapshot: who has power, who is banned."),
        show_default=False,
    ),
]

_HEAD = Text("Аккаунт|Ключ|Где хранится|Хранит|С какого дня|Известно из|Замечания",
             "Account|Key|Kept in|Holder|Since|Known from|Notes")  # fmt: skip
_BASIS = {
    "record": Text("реестра", "the register"),
    "handover": Text("передачи", "a handover"),
    "unknown": Text("неизвестно", "unknown"),
}
_DAY = Text("{day:%d.%m.%Y}", "{day}")
_NONE = Text("Ключей на {day:%d.%m.%Y} не записано.", "No keys are on record for {day}.")
_UNKNOWN = Text("неизвестно кто", "nobody knows")
_OPEN = Text("За кем что числится на {day:%d.%m.%Y}. Ключей: {keys}.", "Who holds what on {day}. Keys: {keys}.")
_LEAVES = Text("{name}, {day:%d.%m.%Y}: числится {count}.", "{name}, {day}: {count} on record.")
_CLEAR = Text("{name}, {day:%d.%m.%Y}: ничего не числится.", "{name}, {day}: nothing on record.")


def custody(
    context: typer.Context,
    file: Registered,
    on: On = "",
    person: Annotated[
        str,
        typer.Option("--person", metavar="ID", help=both("Только ключи этого человека.", "Only this person's keys.")),
    ] = "",
    leaving: Annotated[
        str,
        typer.Option(
            "--leaving",
            metavar="ID",
            help=both("Всё, что числится за уходящим.", "All that is on record for a person who leaves."),
        ),
    ] = "",
    snapshot: SnapshotFile = None,
    as_json: AsJson = False,
    journal: JournalPlace = "",
) -> None:
    """Show custody on a day; with ``--leaving`` exit 1 while anything hangs on the person."""
    from munsocial.model.files import load_registry
    from munsocial.operate.keys.custody import custody_on
    from munsocial.operate.keys.dismissal import dismissal_of

    lang, registry = lang_of(context), load_registry(file)
    day = day_of(on, "--on") or today_of(registry)
    more = _signed(file, journal, registry)
    if leaving:
        seen = snapshot_of(snapshot, registry) if snapshot else None
        found = dismissal_of(registry, leaving, day, snapshot=seen, more=more)
        _show_dismissal(found, lang, as_json=as_json)
        if not found.clear:
            raise typer.Exit(1)
        return
    if person:
        from munsocial.operate.keys.dismissal import known_person

        known_person(registry, person)
    held = custody_on(registry, day, more=more, person=person or None)
    _show_custody(held, registry, day, lang, as_json=as_json)


def today_of(registry: Registry) -> date:
    """Return the present day where the municipality is."""
    from munsocial.operate.days import local_day

    return local_day(datetime.now(UTC), registry)


def looked_into(stack: ExitStack, file: Path, given: str) -> Journal | None:
    """Open the journal of a register for reading, if there is one; looking never makes it."""
    from munsocial.journal.journal import open_journal
    from munsocial.journal.places import is_there

    place = journal_at(file, given)
    if not given and not is_there(place):
        return None
    return stack.enter_context(open_journal(place, only_read=True))


def _signed(file: Path, given: str, registry: Registry) -> tuple[Handover, ...]:
    from munsocial.operate.handover.procedure import signed

    with ExitStack() as stack:
        opened = looked_into(stack, file, given)
        return signed(opened, registry.municipality.id) if opened is not None else ()


def _show_custody(held: tuple[Held, ...], registry: Registry, day: date, lang: Lang, *, as_json: bool) -> None:
    from munsocial.operate.keys.custody import key_name, person_name

    if as_json:
        rows = [
            {
                "account": one.account,
                "key": key_name(one.credential),
                "kept": one.where,
                "holder": one.holder,
                "since": one.since.isoformat() if one.since else None,
                "basis": one.basis.value,
                "notes": [note._asdict() for note in one.notes],
            }
            for one in held
        ]
        echo_json({"day": day.isoformat(), "keys": rows})
        return
    if not held:
        echo(_NONE.fill(day=day).say(lang))
        return
    from munsocial.cli.tables import show_table

    echo(_OPEN.fill(day=day, keys=len(held)).say(lang))
    show_table(
        _HEAD.say(lang).split("|"),
        [
            [
                one.account,
                key_name(one.credential),
                one.where,
                person_name(registry, one.holder) or _UNKNOWN.say(lang),
                _DAY.fill(day=one.since).say(lang) if one.since else "",
                _BASIS[one.basis.value].say(lang),
                "; ".join(note.say(lang) for note in one.notes),
            ]
            for one in held
        ],
    )


def _show_dismissal(found: Dismissal, lang: Lang, *, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "kind": one.kind.value,
                "subject": one.subject,
                "item": one.item,
                "what": one.what._asdict(),
                "remedy": one.remedy._asdict(),
            }
            for one in found.things
        ]
        echo_json({"person": found.person.id, "day": found.day.isoformat(), "things": rows})
        return
    head = _CLEAR if found.clear else _LEAVES
    echo(head.fill(name=found.person.name, day=found.day, count=len(found.things)).say(lang))
    for number, one in enumerate(found.things, 1):
        echo(f"{number}. {one.say(lang)}")


COMMAND = Command(
    "custody",
    custody,
    "Кто хранит какие ключи на любой день; что числится за уходящим.",
    "Who holds which key on any day; what hangs on a person who leaves.",
    (
        "munsocial custody district.toml --on 2026-12-01",
        "munsocial custody district.toml --leaving ivanova --snapshot snapshot.json",
    ),
)

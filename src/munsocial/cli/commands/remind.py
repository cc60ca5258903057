"""`munsocial remind FILE`: what runs out soon, as text, JSON or a calendar."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.commands.custody import On, SnapshotFile, looked_into, today_of
from munsocial.cli.options import JournalPlace, Registered, day_of
from munsocial.cli.seen import snapshot_of
from munsocial.cli.speaking import echo
from munsocial.cli.tongue import both
from munsocial.wording import Text

__all__ = ["COMMAND"]

_NONE = Text("В ближайшие дни ({days}) ничего не истекает.", "Nothing runs out in the next days ({days}).")
_SAVED = Text("Записан {path}: напоминаний {count}.", "Wrote {path}. Reminders: {count}.")

_Days = Annotated[
    int,
    typer.Option(
        "--days",
        min=0,
        max=3660,
        metavar=both("ДНЕЙ", "DAYS"),
        help=both("На сколько дней вперёд, от 0 до 3660.", "How many days ahead, 0 to 3660."),
    ),
]


def remind(
    context: typer.Context,
    file: Registered,
    days: _Days = 30,
    on: On = "",
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            metavar=both("ФАЙЛ", "FILE"),
            help=both("Записать: .ics (календарь), .json, .txt.", "Write: .ics (a calendar), .json, .txt."),
        ),
    ] = None,
    snapshot: SnapshotFile = None,
    journal: JournalPlace = "",
) -> None:
    """Print what runs out and save it as asked; exit 1 when something is overdue."""
    from munsocial.cli.outputs import check_target, kept_by
    from munsocial.model.files import load_registry
    from munsocial.operate.reminding.reminders import reminders_of
    from munsocial.operate.reminding.showing import as_text, save_reminders
    from munsocial.plugins import load_plugins
    from munsocial.policy.loading import load_acts

    lang, registry = lang_of(context), load_registry(file)
    for path in output or ():
        check_target(path, inputs=[*kept_by(file, journal, registry), *([snapshot] if snapshot else ())])
    today = day_of(on, "--on") or today_of(registry)
    acts = load_acts(registry.municipality.acts, beside=file.parent, found=load_plugins().acts)
    seen = snapshot_of(snapshot, registry) if snapshot else None
    with ExitStack() as stack:
        opened = looked_into(stack, file, journal)
        found = reminders_of(registry, today, days=days, acts=acts, journal=opened, snapshot=seen)
    for path in output or ():
        name = registry.municipality.name
        save_reminders(found, path, today=today, now=datetime.now(UTC), district=name, lang=lang)
    echo(as_text(found, today=today, lang=lang) if found else _NONE.fill(days=days).say(lang) + "\n", nl=False)
    for path in output or ():
        echo(_SAVED.fill(path=path, count=len(found)).say(lang), err=True)
    if any(one.day < today for one in found):
        raise typer.Exit(1)


COMMAND = Command(
    "remind",
    remind,
    "Что скоро истекает: ключи, подтверждения, исключения, блокировки.",
    "What runs out soon: keys, confirmations, waivers, bans.",
    (
        "munsocial remind district.toml --days 30",
        "munsocial remind district.toml --days 90 -o terms.ics -o terms.json",
    ),
)

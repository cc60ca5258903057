"""`munsocial moderate FILE`: the queue of comments that need a look, and removals proposed; done with ``--yes``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.linking import By, Limit, PlanFile, Sandbox, Yes, acting_for, connected, finish
from munsocial.cli.options import JournalPlace, Registered, Weeks
from munsocial.cli.tongue import both

if TYPE_CHECKING:
    from munsocial.model.snapshot import Snapshot
    from munsocial.social import Social

__all__ = ["COMMAND", "Seen", "seen_now"]

Seen = Annotated[
    str,
    typer.Option("--snapshot", help=both("Снимок; без него прочитать сети сейчас.", "A snapshot; else read now.")),
]


def moderate(
    context: typer.Context,
    file: Registered,
    snapshot: Seen = "",
    weeks: Weeks = 1,
    yes: Yes = False,
    limit: Limit = 0,
    save: PlanFile = "",
    by: By = "",
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Show the queue, plan removals, do them if allowed."""
    from munsocial.model.files import load_registry

    lang = lang_of(context)
    with connected(file, load_registry(file), journal, lang=lang, sandbox=sandbox) as social:
        seen = seen_now(social, snapshot, weeks, ("profile", "posts", "comments"))
        plan = social.plan_moderation(seen, made_by=acting_for(by))
        finish(social, plan, lang, file=file, yes=yes, limit=limit, save=save)


def seen_now(social: Social, snapshot: str, weeks: int, want: tuple[str, ...]) -> Snapshot:
    """Return the snapshot of a file, or read the networks now."""
    from munsocial.model.snapshots import load_snapshot

    return load_snapshot(Path(snapshot)) if snapshot else social.collect(weeks=weeks, want=want)


COMMAND = Command(
    "moderate",
    moderate,
    "Модерация: очередь и план удалений с основаниями; с --yes — выполнить.",
    "Moderation: the queue and a plan of removals with grounds; with --yes do it.",
    (
        "munsocial moderate district.toml",
        "munsocial moderate district.toml --snapshot snapshot.json -o moderation.json",
        "munsocial moderate district.toml --yes --limit 10",
    ),
)

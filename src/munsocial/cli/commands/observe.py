"""`munsocial journal observe`: keep what a snapshot shows, and tell what has vanished or changed since the last one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.linking import Sandbox, Yes, connected
from munsocial.cli.options import JournalPlace, Registered, Taken, journal_at
from munsocial.cli.seen import snapshot_of
from munsocial.cli.speaking import NOT_NOTED, echo
from munsocial.cli.tongue import both
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.network.keyreport import KeyReport

__all__ = ["COMMAND"]

_SEEN = Text("Новых публикаций: {posts}. Изменений: {changes}.", "New posts: {posts}. Changes: {changes}.")
_OLDER = Text(
    "Снимок старше того, что уже сохранено, и об изменениях не говорит: {accounts}.",
    "The snapshot is older than what was kept already and tells of no change: {accounts}.",
)
_SAVED = Text("Снимок с исчезнувшими публикациями: {path}", "The snapshot with vanished posts: {path}")

Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=both("ФАЙЛ", "FILE"),
        help=both(
            "Записать снимок, дополненный исчезнувшими, .json.", "Write the snapshot with what has vanished, .json."
        ),
        show_default=False,
    ),
]
Keys = Annotated[bool, typer.Option("--keys", help=both("Спросить сети и о ключах.", "Ask the networks of keys, too."))]


def observe(
    context: typer.Context,
    file: Registered,
    snapshot: Taken = Path("snapshot.json"),
    output: Output = None,
    keys: Keys = False,
    yes: Yes = False,
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Hold a snapshot against what was seen before; with ``--yes`` keep what is new."""
    from munsocial.cli.outputs import check_target, kept_by
    from munsocial.journal.journal import open_journal
    from munsocial.journal.places import is_there
    from munsocial.model.files import load_registry
    from munsocial.model.snapshots import save_snapshot
    from munsocial.operate.collecting.observing import observe as hold
    from munsocial.operate.collecting.observing import observe_keys, with_vanished

    lang, registry = lang_of(context), load_registry(file)
    seen = snapshot_of(snapshot, registry)
    if output:
        # Onto its own snapshot is the usual way: what vanished is added to it.
        check_target(output, inputs=kept_by(file, journal, registry), ends=(".json",))
    reports: tuple[KeyReport, ...] = ()
    if keys:
        with connected(file, registry, journal, lang=lang, sandbox=sandbox) as social:
            reports = social.check_keys()
    place = journal_at(file, journal)
    if not yes and not is_there(place):
        echo(_SEEN.fill(posts=sum(len(view.posts.value or ()) for view in seen.accounts), changes=0).say(lang))
        echo(NOT_NOTED.say(lang))
        return
    with open_journal(place, only_read=not yes) as opened:
        found = hold(seen, opened, zone=ZoneInfo(registry.municipality.timezone), write=yes)
        changes = (*found.changes, *observe_keys(reports, opened, district=registry.municipality.id, write=yes))
        if output:
            save_snapshot(with_vanished(seen, opened), output)
    for one in changes:
        echo(one.say(lang))
    if found.older:
        echo(_OLDER.fill(accounts=", ".join(found.older)).say(lang), err=True)
    echo(_SEEN.fill(posts=found.posts, changes=len(changes)).say(lang))
    if output:
        echo(_SAVED.fill(path=output).say(lang))
    if not yes:
        echo(NOT_NOTED.say(lang))


COMMAND = Command(
    "observe",
    observe,
    "Сохранить увиденное: исчезнувшие и изменённые публикации, управляющих, имена, ключи.",
    "Keep what was seen: posts that vanish or change, managers, handles, keys.",
    (
        "munsocial journal observe district.toml --snapshot snapshot.json --yes",
        "munsocial journal observe district.toml --snapshot snapshot.json -o snapshot.json --keys --yes",
    ),
)

"""`munsocial audit FILE --snapshot S`: judge, show a summary, save reports. Exit 1 when a duty is violated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import At, Registered, moment_of
from munsocial.cli.tongue import both
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry
    from munsocial.model.snapshot import Snapshot

__all__ = ["COMMAND"]

_ANOTHER = Text(
    "снимок сделан для «{theirs}», а реестр описывает «{ours}».",
    "the snapshot was taken of {theirs!r}, the registry describes {ours!r}.",
)
_MATCH = Text("Укажите снимок и реестр одного района.", "Give the snapshot and the registry of one district.")
_NO_ACTS = Text("не названо ни одного акта.", "no act is named.")
_NAME_ACTS = Text(
    "Укажите --acts kalininsky или municipality.acts в реестре.",
    "Give --acts kalininsky, or municipality.acts in the registry.",
)
_SAVED = Text("Записан {path}.", "Wrote {path}.")

Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "-o", "--output", help=both("Отчёт: .html .json .xlsx .xml .sarif.", "Report: .html .json .xlsx .xml .sarif.")
    ),
]


def audit(
    context: typer.Context,
    file: Registered,
    snapshot: Annotated[Path, typer.Option("--snapshot", help=both("Снимок.", "The snapshot."))] = Path(
        "snapshot.json"
    ),
    at: At = "",
    acts: Annotated[
        list[str] | None,
        typer.Option("--acts", help=both("Акты вместо указанных в реестре.", "Acts, instead of the registry's.")),
    ] = None,
    output: Outputs = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=both("Без сводки.", "No summary."))] = False,
) -> None:
    """Judge a snapshot; the moment is that of the snapshot unless given."""
    from munsocial.model.files import load_registry
    from munsocial.model.snapshots import load_snapshot
    from munsocial.plugins import load_plugins
    from munsocial.policy import audit as judge
    from munsocial.policy import load_acts

    lang = lang_of(context)
    moment = moment_of(at) if at else None
    registry = load_registry(file)
    names = acts or list(registry.municipality.acts)
    if not names:
        raise _refusal(_NO_ACTS, str(file), _NAME_ACTS)
    loaded = load_acts(names, beside=file.parent, found=load_plugins().acts)
    seen = load_snapshot(snapshot)
    _same_district(registry, seen, snapshot)
    report = judge(registry, seen, loaded, at=moment or seen.taken_at)
    for target in output or ():
        report.save(target)
    if not quiet:
        from munsocial.report.console import show

        show(report, lang)
    for target in output or ():
        typer.echo(_SAVED.fill(path=target).say(lang))
    if report.violations:
        raise typer.Exit(1)
    if _nothing_seen(seen):
        raise typer.Exit(3)


def _same_district(registry: Registry, snapshot: Snapshot, path: Path) -> None:
    theirs, ours = snapshot.municipality, registry.municipality.id
    if theirs != ours:
        from munsocial.errors import SnapshotRefused

        raise SnapshotRefused(_ANOTHER.fill(theirs=theirs, ours=ours), where=str(path), remedy=_MATCH)


def _nothing_seen(snapshot: Snapshot) -> bool:
    views = (*snapshot.accounts, *snapshot.upstream)
    return bool(views) and all(view.posts.value is None and view.profile.value is None for view in views)


def _refusal(what: Text, where: str, remedy: Text) -> Exception:
    from munsocial.errors import InputError

    return InputError(what, where=where, remedy=remedy)


COMMAND = Command(
    "audit",
    audit,
    "Проверить снимок по актам: каждый пункт получает ответ с доказательством.",
    "Judge a snapshot by the acts: each clause is answered with evidence.",
    (
        "munsocial audit district.toml --snapshot snapshot.json --at 2026-11-23T10:00:00+03:00 -o report.html",
        "munsocial audit district.toml -o report.html -o report.xlsx",
    ),
)

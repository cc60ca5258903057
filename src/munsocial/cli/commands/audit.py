"""`munsocial audit FILE --snapshot S`: judge, show a summary, save reports. Exit 1 when a duty is violated."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import At, Registered, Taken, a_file, moment_of
from munsocial.cli.pasting import as_typed
from munsocial.cli.speaking import WROTE, echo
from munsocial.cli.tongue import both
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry
    from munsocial.model.snapshot import Snapshot
    from munsocial.policy import Readings
    from munsocial.policy.act import Act
    from munsocial.policy.report import Report

__all__ = ["COMMAND"]

_NO_ACTS = Text("не названо ни одного акта.", "no act is named.")
_NAME_ACTS = Text(
    "Укажите --acts kalininsky или municipality.acts в реестре.",
    "Give --acts kalininsky, or municipality.acts in the registry.",
)
_NO_SNAPSHOT = Text("снимка нет.", "there is no snapshot.")
_COLLECT = Text(
    "Соберите его: munsocial collect РЕЕСТР -o {snapshot}, или укажите другой в --snapshot.",
    "Collect it: munsocial collect REGISTRY -o {snapshot}, or name another with --snapshot.",
)
_NOTHING = Text(
    "В снимке не прочитан ни один аккаунт: проверить удалось только реестр. Причины:",
    "Not one account was read in the snapshot: only the registry could be judged. The reasons:",
)
_EMPTY = Text("  в снимке нет ни одного аккаунта реестра", "  the snapshot holds no account of the registry")
_AGAIN = Text("Соберите снимок заново: munsocial collect РЕЕСТР", "Collect it again: munsocial collect REGISTRY")
_EARLY = Text(
    "Момент проверки {at} раньше снимка ({taken}): что случилось между ними, не учтено.",
    "The moment of judgement {at} is before the snapshot ({taken}): what happened in between is left out.",
)
_READING = Text("Чтение текстов и проверка", "Reading texts and judging")

Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        metavar=both("ФАЙЛ", "FILE"),
        help=both(
            "Отчёт, вид по расширению: .html .json .xlsx .xml .sarif. Можно несколько раз.",
            "A report, its form by the suffix: .html .json .xlsx .xml .sarif. May be repeated.",
        ),
    ),
]


_Acts = Annotated[
    list[str] | None,
    typer.Option(
        "--acts",
        metavar=both("АКТ", "ACT"),
        help=both(
            "Акт вместо указанных в реестре: имя или файл. Можно несколько раз.",
            "An act instead of the registry's: an id or a file. May be repeated.",
        ),
    ),
]
_Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=both("Без сводки.", "No summary."))]
_Keep = Annotated[
    bool,
    typer.Option(
        "--keep/--no-keep",
        help=both(
            "Хранить прочтение текстов рядом со снимком: повторная проверка быстрее.",
            "Keep the reading of texts beside the snapshot: judging again is quicker.",
        ),
    ),
]


def audit(
    context: typer.Context,
    file: Registered,
    snapshot: Taken = Path("snapshot.json"),
    at: At = "",
    acts: _Acts = None,
    output: Outputs = None,
    quiet: _Quiet = False,
    keep: _Keep = True,
) -> None:
    """Judge a snapshot; the moment is that of the snapshot unless given."""
    from munsocial.cli.seen import snapshot_of
    from munsocial.model.files import load_registry
    from munsocial.plugins import load_plugins
    from munsocial.policy import load_acts

    lang = lang_of(context)
    moment = moment_of(at) if at else None
    targets = output or []
    # Where readings are kept the next audit would put them in the report's place.
    _check_targets(targets, [file, snapshot, _kept(snapshot), *(Path(name) for name in acts or ())])
    registry = load_registry(file)
    names = acts or list(registry.municipality.acts)
    if not names:
        raise _refusal(_NO_ACTS, str(file), _NAME_ACTS)
    loaded = load_acts(names, beside=file.parent, found=load_plugins().acts)
    _there(snapshot)
    seen = snapshot_of(snapshot, registry)
    kept = _kept(snapshot) if keep else None
    report, readings = _judged(registry, seen, loaded, moment, kept, lang)
    for target in targets:
        report.save(target)
    _keep(readings, kept)
    if not quiet:
        from munsocial.report.console import show

        show(report, lang, saved=targets)
    for target in targets:
        echo(WROTE.fill(path=target).say(lang))
    _leave(report, registry, seen, lang)


def _check_targets(targets: Sequence[Path], inputs: list[Path]) -> None:
    from munsocial.cli.outputs import check_target
    from munsocial.report import check_form

    for target in targets:
        check_form(target)
        check_target(target, inputs=inputs)


def _there(snapshot: Path) -> None:
    """Say how a snapshot is made where there is none: the likeliest slip of a first audit."""
    if not os.path.lexists(snapshot):
        from munsocial.errors import FileRefused

        raise FileRefused(_NO_SNAPSHOT, where=str(snapshot), remedy=_COLLECT.fill(snapshot=as_typed(str(snapshot))))


def _kept(snapshot: Path) -> Path:
    """Where the readings of a snapshot's texts lie; digests only, no text."""
    return a_file(snapshot).with_name(f"{snapshot.stem}.readings.json")


def _judged(
    registry: Registry, seen: Snapshot, acts: Sequence[Act], at: datetime | None, kept: Path | None, lang: Lang
) -> tuple[Report, Readings]:
    from munsocial.cli.progress import working
    from munsocial.policy import Readings
    from munsocial.policy import audit as judge

    with working(_READING, lang):
        readings = Readings.of(registry, seen, kept=kept)
        return judge(registry, seen, acts, at=at or seen.taken_at, readings=readings), readings


def _keep(readings: Readings, place: Path | None) -> None:
    from contextlib import suppress

    from munsocial.errors import OutputRefused

    if place and readings.read_anew:
        # Only a convenience: a place that cannot be written is no reason to withhold the report.
        with suppress(OutputRefused):
            readings.save(place)


def _leave(report: Report, registry: Registry, snapshot: Snapshot, lang: Lang) -> None:
    """End with the exit code that the findings call for; a snapshot that saw nothing outweighs them."""
    from munsocial.cli.reasons import counted
    from munsocial.operate.collecting.partial import blindness

    if report.at < report.taken_at:
        from munsocial.report.words import local

        at, taken = (local(moment, report.timezone, lang) for moment in (report.at, report.taken_at))
        echo(_EARLY.fill(at=at, taken=taken).say(lang), err=True)
    ours = {one.id for one in (*registry.accounts, *registry.upstream)}
    views = [view for view in (*snapshot.accounts, *snapshot.upstream) if view.account in ours]
    reasons = [(view.network, why) for view in views if (why := blindness(view))]
    if ours and len(reasons) == len(views):
        lines = (_NOTHING.say(lang), *(counted(reasons, lang) or [_EMPTY.say(lang)]), _AGAIN.say(lang))
        for line in lines:
            echo(line, err=True)
        raise typer.Exit(3)
    if report.violations:
        raise typer.Exit(1)


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
        "munsocial audit district.toml --acts kalininsky --acts my-order.toml -q -o report.json",
    ),
)

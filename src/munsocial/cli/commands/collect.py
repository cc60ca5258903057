"""`munsocial collect FILE`: read the accounts into a snapshot, resumable, with a progress bar."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import Registered, Since, Until, Weeks, day_of
from munsocial.cli.tongue import both
from munsocial.wording import Text

__all__ = ["COMMAND"]

_DONE = Text(
    "Снимок записан: {path}. Аккаунтов {accounts}, из них ничего не ответили {blind}; вызовов {calls}.",
    "Snapshot written: {path}. Accounts {accounts}, of which {blind} answered nothing; calls {calls}.",
)
_NEXT = Text(
    "Дальше: munsocial audit {file} --snapshot {path} -o report.html",
    "Next: munsocial audit {file} --snapshot {path} -o report.html",
)
_NOTHING = Text(
    "Не удалось прочитать ни одного аккаунта. Причины записаны в снимке; начните с munsocial keys check {file}",
    "Not one account could be read. The snapshot holds the reasons; begin with munsocial keys check {file}",
)


def collect(
    context: typer.Context,
    file: Registered,
    output: Annotated[
        Path, typer.Option("-o", "--output", help=both("Куда записать снимок.", "Where to write the snapshot."))
    ] = Path("snapshot.json"),
    weeks: Weeks = 4,
    since: Since = "",
    until: Until = "",
    budget: Annotated[
        bool, typer.Option("--budget", help=both("Только оценить число вызовов.", "Only estimate the calls."))
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help=both("Не продолжать прерванный сбор.", "Do not resume an interrupted run."))
    ] = False,
) -> None:
    """Collect, or say what it would cost."""
    from munsocial.cli.progress import progress_bar
    from munsocial.model.files import load_registry
    from munsocial.network.secrets import ChainSecrets
    from munsocial.social import connect

    lang = lang_of(context)
    registry = load_registry(file)
    with connect(registry, secrets=ChainSecrets.usual(file.parent)) as social:
        if budget:
            for line in social.budget(weeks=weeks).lines(lang):
                typer.echo(line)
            return
        with progress_bar(lang) as progress:
            collected = social.collect_to(
                output,
                weeks=weeks,
                since=day_of(since, "--since"),
                until=day_of(until, "--until"),
                resume=not fresh,
                progress=progress,
            )
    told = _DONE.fill(path=output, accounts=collected.accounts, blind=collected.blind, calls=collected.calls)
    typer.echo(told.say(lang))
    if collected.nothing_seen:
        typer.echo(_NOTHING.fill(file=file).say(lang), err=True)
        raise typer.Exit(3)
    typer.echo(_NEXT.fill(file=file, path=output).say(lang))


COMMAND = Command(
    "collect",
    collect,
    "Прочитать аккаунты в сетях и записать снимок.",
    "Read the accounts in their networks and write a snapshot.",
    (
        "munsocial collect district.toml --weeks 4 -o snapshot.json",
        "munsocial collect district.toml --since 2026-10-01 --until 2026-10-31",
        "munsocial collect district.toml --budget",
    ),
)

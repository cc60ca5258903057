"""`munsocial collect FILE`: read the accounts into a snapshot, resumable, with a progress bar."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import JournalPlace, Registered, Since, Until, Weeks, day_of, journal_at
from munsocial.cli.pasting import as_typed
from munsocial.cli.speaking import echo
from munsocial.cli.tongue import both
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.operate.collecting.snapshots import Collected

__all__ = ["COMMAND"]

_DONE = Text(
    "Снимок записан: {path}. Аккаунтов {accounts}, вызовов сетей {calls}.",
    "Snapshot written: {path}. Accounts {accounts}, calls to networks {calls}.",
)
_LEFT = Text(
    "Прежний снимок {path} не тронут. Аккаунтов {accounts}, вызовов сетей {calls}.",
    "The former snapshot {path} was left as it was. Accounts {accounts}, calls to networks {calls}.",
)
_BLIND = Text("Ничего не ответили {blind} из {accounts}:", "Nothing came from {blind} of {accounts}:")
_NEXT = Text(
    "Дальше: munsocial audit РЕЕСТР --snapshot {path} -o report.html",
    "Next: munsocial audit REGISTRY --snapshot {path} -o report.html",
)
_NOTHING = Text(
    "Не удалось прочитать ни одного аккаунта. Проверьте ключи: munsocial keys check РЕЕСТР",
    "Not one account could be read. Check the keys: munsocial keys check REGISTRY",
)
_NO_ADAPTER = Text(
    "Не удалось прочитать ни одного аккаунта: нет адаптеров их сетей. Что установлено и сломано: munsocial networks",
    "Not one account could be read: their networks have no adapters. What is installed or broken: munsocial networks",
)
_EMPTY = Text(
    "В реестре нет ни одного аккаунта: собирать нечего. Заполните таблицу accounts в {file}.",
    "The registry holds no account: there is nothing to collect. Fill in the table accounts of {file}.",
)
_KEPT = Text(
    "Прочитано {done} из {total}, прочитанное сохранено. Повторите ту же команду: она продолжит с этого места.",
    "Read {done} of {total}, and what was read is kept. Give the same command again: it goes on from there.",
)


def collect(
    context: typer.Context,
    file: Registered,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar=both("ФАЙЛ", "FILE"),
            help=both("Куда записать снимок, .json.", "Where to write the snapshot, .json."),
        ),
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
    journal: JournalPlace = "",
) -> None:
    """Collect, or say what it would cost."""
    from munsocial.cli.outputs import check_target, kept_by
    from munsocial.model.files import load_registry
    from munsocial.network.secrets import ChainSecrets
    from munsocial.social import connect

    lang = lang_of(context)
    first, last = day_of(since, "--since"), day_of(until, "--until")
    registry = load_registry(file)
    check_target(output, inputs=kept_by(file, journal, registry), ends=(".json",))
    with connect(registry, secrets=ChainSecrets.usual(file.parent), journal=journal_at(file, journal)) as social:
        if budget:
            for line in social.budget(weeks=_weeks(weeks, first, last)).lines(lang):
                echo(line)
            return
        collected = _read(social, output, lang, weeks=weeks, since=first, until=last, resume=not fresh)
    _tell(collected, file, lang)


def _weeks(weeks: int, since: date | None, until: date | None) -> int:
    """How many full weeks to estimate for; the running one is added by the estimate."""
    if since is None:
        return weeks
    days = ((until or date.today()) - since).days  # noqa: DTZ011 - an estimate: a day more or less is no matter
    return max(0, days // 7)


def _read(social: object, output: Path, lang: Lang, **asked: object) -> Collected:
    from munsocial.cli.progress import progress_bar
    from munsocial.social import Social

    assert isinstance(social, Social)
    seen = [0, 0]
    with progress_bar(lang) as progress:

        def advance(done: int, total: int, which: str) -> None:
            seen[:] = [done, total]
            progress(done, total, which)

        try:
            return social.collect_to(output, progress=advance, **asked)  # type: ignore[arg-type]  # as `collect` checked
        except KeyboardInterrupt:
            if seen[0]:
                echo(_KEPT.fill(done=seen[0], total=seen[1]).say(lang), err=True)
            raise


def _tell(collected: Collected, file: Path, lang: Lang) -> None:
    from munsocial.cli.reasons import counted

    told = (_LEFT if collected.kept else _DONE).fill(
        path=collected.path, accounts=collected.accounts, calls=collected.calls
    )
    echo(told.say(lang))
    if collected.blind:
        head = _BLIND.fill(blind=collected.blind, accounts=collected.accounts).say(lang)
        for line in (head, *counted(collected.reasons, lang)):
            echo(line, err=True)
    if collected.nothing_seen or not collected.accounts:
        said = _NO_ADAPTER if collected.nobody_to_ask else _NOTHING if collected.accounts else _EMPTY
        echo(said.fill(file=file).say(lang), err=True)
        raise typer.Exit(3)
    echo(_NEXT.fill(path=as_typed(str(collected.path))).say(lang))


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

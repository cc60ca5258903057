"""Connecting a command to its networks, the real ones or the embedded world (``--sandbox``); saying who acts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from munsocial.cli.options import journal_at
from munsocial.cli.pasting import as_typed
from munsocial.cli.speaking import echo
from munsocial.cli.tongue import both
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry
    from munsocial.operate.applying.outcomes import Applied, StepOutcome
    from munsocial.operate.plans.plan import Plan
    from munsocial.social import Social

__all__ = ["Acknowledge", "Approve", "By", "Late", "Limit", "PlanFile", "Sandbox", "Yes", "acting_for", "connected",
           "finish", "ready", "show_plan"]  # fmt: skip

Yes = Annotated[
    bool,
    typer.Option("--yes/--dry-run", help=both("Выполнить; без этого только показать.", "Do it; else only show.")),
]
Approve = Annotated[
    bool, typer.Option("--approve", help=both("Нужна подпись второго лица.", "Another person must sign."))
]
Limit = Annotated[
    int,
    typer.Option(
        "--limit",
        min=0,
        max=100_000,
        metavar=both("ЧИСЛО", "NUMBER"),
        help=both(
            "Сделать не больше стольких шагов, от 1 до 100000; 0 — все.", "Do at most so many, 1 to 100000; 0 is all."
        ),
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by", help=both("Кто действует; иначе имя пользователя компьютера.", "Who acts, else the login name.")
    ),
]
Late = Annotated[
    bool, typer.Option("--late", help=both("Делать и то, чему вышел срок.", "Do what has come too late, too."))
]
Acknowledge = Annotated[
    list[str],
    typer.Option(
        "--acknowledge",
        help=both(
            "Сеть, ограниченная законом, в которой всё же действовать.", "A restricted network to act in anyway."
        ),
    ),
]
PlanFile = Annotated[
    str,
    typer.Option("-o", "--save", help=both("Записать план в файл .json.", "Save the plan to a .json file.")),
]
Sandbox = Annotated[
    bool,
    typer.Option(
        "--sandbox",
        help=both(
            "Попробовать на встроенном мире вымышленного района, без настоящих сетей.",
            "Try it on the embedded world of the fictional district, without real networks.",
        ),
    ),
]

_NOTHING = Text("Делать нечего.", "There is nothing to do.")
_DRY = Text(
    "Ничего не сделано. Выполнить: та же команда с --yes (можно --limit N).",
    "Nothing was done. To act give the same command with --yes (and --limit N, if you like).",
)
_SAVED = Text("План записан: {path}.", "The plan is in {path}.")
_TO_ACT = Text("Выполнить: munsocial apply РЕЕСТР {path} --yes", "To act: munsocial apply REGISTRY {path} --yes")
_SIGN = Text(
    "Нужна подпись второго лица (не того, кто составил или применяет план): munsocial plan sign {path} --by ИМЯ --yes",
    "A second person must sign (neither who made nor who applies the plan): munsocial plan sign {path} --by NAME --yes",
)
_SAVE_TO_SIGN = Text(
    "Нужна подпись второго лица (не того, кто составил или применяет план), а подписывают файл: дайте ту же команду "
    "с -o plan.json, затем munsocial plan sign plan.json --by ИМЯ --yes",
    "A second person must sign (neither who made nor who applies the plan), and it is a file that is signed: give the "
    "same command with -o plan.json, then munsocial plan sign plan.json --by NAME --yes",
)
_LACKING = Text("Внимание: {why}", "Note: {why}")
_DONE = Text("Итог: {total}. Журнал: {journal}", "Result: {total}. Journal: {journal}")
_WORLD = Text("Это песочница: вымышленный район, настоящих сетей никто не касался.",
              "This is the sandbox: a fictional district, no real network was touched.")  # fmt: skip


@contextmanager
def connected(
    file: Path,
    registry: Registry,
    journal: str = "",
    *,
    lang: Lang,
    sandbox: bool = False,
    yes: bool = False,
    save: str = "",
    reads: Iterable[str | Path] = (),
) -> Iterator[Social]:
    """Connect a register to its networks; its journal is opened when it is needed, and without ``yes`` only read.

    ``save`` is where a plan will be put: refused before any work when it is one of the files that are kept or read.
    """
    from munsocial.cli.outputs import check_target, kept_by
    from munsocial.network.secrets import ChainSecrets
    from munsocial.social import connect

    if save:
        given = [Path(one) for one in reads if one and one != "-"]
        check_target(Path(save), inputs=[*kept_by(file, journal, registry), *given], ends=(".json",))
    facts: dict[str, Any] = {"secrets": ChainSecrets.usual(file.parent), "beside": file.parent, "only_read": not yes}
    if sandbox:
        from datetime import UTC, datetime

        from munsocial.sandbox.demo import sample

        stage = sample(datetime.now(UTC))
        facts |= {"secrets": stage.secrets, "port": stage.port(), "clock": stage.world.now, "plugins": stage.plugins}
        echo(_WORLD.say(lang), err=True)
    with connect(registry, journal=journal_at(file, journal), **facts) as social:
        yield social


def acting_for(by: str) -> str:
    """Return who acts: as told, else the login name of the system."""
    import getpass

    if by:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # Windows before Python 3.13 looks for a module that it lacks
        return os.environ.get("USER", "")


def show_plan(plan: Plan, lang: Lang) -> None:
    """Print a plan for reading: its problems, then its steps, then its cost."""
    from munsocial.operate.plans.preview import preview

    for line in preview(plan, lang, most=200):
        echo(line)


def finish(
    social: Social,
    plan: Plan,
    lang: Lang,
    *,
    yes: bool,
    limit: int = 0,
    save: str = "",
    late: bool = False,
    acknowledge: list[str] | None = None,
    by: str = "",
    place: str = "",
) -> None:
    """Show a plan, save it if asked, do it if allowed; exit 3 when something was to be done and nothing was."""
    if not ready(social, plan, lang, yes=yes, save=save, by=by, place=place):
        return
    applied = social.apply(
        plan, limit=limit or None, acknowledge=acknowledge or (), ask_late=not late, told=_tell(lang), by=by
    )
    report_end(applied, social, lang)


def ready(
    social: Social,
    plan: Plan,
    lang: Lang,
    *,
    yes: bool,
    save: str = "",
    by: str = "",
    place: str = "",
) -> bool:
    """Show a plan, save it if asked, and say whether to do it now; exit 3 when it was to be done and cannot be.

    ``place`` is the file from which the plan was read.
    """
    show_plan(plan, lang)
    if save:
        plan.save(Path(save))
        said = _SAVED.fill(path=save).say(lang)
        echo(f"{said} {_TO_ACT.fill(path=as_typed(save)).say(lang)}" if plan.steps else said)
    if not plan.steps:
        echo(_NOTHING.say(lang))
        if yes and any(one.weight == "error" for one in plan.problems):
            raise typer.Exit(3)
        return False
    signers = plan.signers_beside(by, social.registry)
    if plan.signatures_needed > signers:
        if plan.approvals:
            echo(_LACKING.fill(why=plan.unsigned(plan.signatures_needed, by, social.registry)).say(lang))
        echo((_SIGN.fill(path=as_typed(save or place)) if save or place else _SAVE_TO_SIGN).say(lang))
    if not yes:
        if not save:
            echo(_DRY.say(lang))
        return False
    if all(step.signatures > signers for step in plan.steps):
        raise typer.Exit(3)
    return True


def report_end(applied: Applied, social: Social, lang: Lang) -> None:
    """Print the counts; exit 3 when nothing could be done, 1 when a step was refused, is unclear or was put off."""
    echo(_DONE.fill(total=applied.total(lang), journal=social.journal.where).say(lang))
    counts = applied.counts
    if applied.amiss(social.now()):
        raise typer.Exit(1 if counts.get("confirmed") or counts.get("manual") else 3)


def _tell(lang: Lang) -> Any:
    def tell(outcome: StepOutcome) -> None:
        echo(f"  {outcome.say(lang)}")

    return tell

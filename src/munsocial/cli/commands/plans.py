"""`munsocial plan show|sign|week`, `munsocial apply`: read a plan, sign it, do it; and what the week still lacks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.linking import Acknowledge, By, Late, Limit, Sandbox, Yes, connected, finish
from munsocial.cli.options import JournalPlace, Registered
from munsocial.cli.tongue import both
from munsocial.wording import Text

__all__ = ["APPLY", "COMMANDS"]

PlanFile = Annotated[Path, typer.Argument(help=both("План, .json.", "A plan, .json."), show_default=False)]

_SIGNED = Text("Подписано: {by}. Подписей {have} из {need}.", "Signed by {by}. {have} signatures of {need}.")
_OWN = Text(
    "Внимание: {by} составил(а) этот план; нужна подпись другого лица.",
    "Note: {by} made this plan; another person's signature is wanted.",
)


def show(context: typer.Context, plan: PlanFile) -> None:
    """Print a plan with everything it will send and what it rests on."""
    from munsocial.operate.plan import load_plan
    from munsocial.operate.preview import preview

    for line in preview(load_plan(plan), lang_of(context), whole=True):
        typer.echo(line)


def sign(
    context: typer.Context,
    plan: PlanFile,
    by: Annotated[str, typer.Option("--by", help=both("Кто подписывает.", "Who signs."))],
) -> None:
    """Sign a plan that stands in a file."""
    from munsocial.operate.plan import load_plan

    lang, found = lang_of(context), load_plan(plan)
    signed = found.signed(by, datetime.now(UTC))
    signed.save(plan)
    typer.echo(_SIGNED.fill(by=by, have=signed.signers, need=signed.signatures_needed).say(lang))
    if by == signed.made_by and signed.signatures_needed:
        typer.echo(_OWN.fill(by=by).say(lang), err=True)


def apply(
    context: typer.Context,
    file: Registered,
    plan: PlanFile,
    yes: Yes = False,
    limit: Limit = 0,
    late: Late = False,
    acknowledge: Acknowledge = [],  # noqa: B006 - typer copies it
    journal: JournalPlace = "",
    by: By = "",
    sandbox: Sandbox = False,
) -> None:
    """Show a saved plan; with ``--yes`` do it. May be repeated: what is done stays done."""
    from munsocial.model.files import load_registry
    from munsocial.operate.plan import load_plan

    del by  # who made the plan stands in it; the option is there so that all acting commands take it
    lang, found = lang_of(context), load_plan(plan)
    with connected(file, load_registry(file), journal, lang=lang, sandbox=sandbox) as social:
        finish(social, found, lang, file=file, yes=yes, limit=limit, late=late, acknowledge=acknowledge)


COMMANDS = (
    Command(
        "show",
        show,
        "Показать план целиком: что будет отправлено и на чём это основано.",
        "Show a plan whole: what will be sent and what it rests on.",
        ("munsocial plan show plan.json",),
    ),
    Command(
        "sign",
        sign,
        "Подписать план вторым лицом.",
        "Sign a plan as a second person.",
        ("munsocial plan sign plan.json --by 'Ильменев Ю. А.'",),
    ),
)

APPLY = Command(
    "apply",
    apply,
    "Выполнить сохранённый план; сделанное не повторяется.",
    "Do a saved plan; what is done is not done again.",
    ("munsocial apply district.toml plan.json", "munsocial apply district.toml plan.json --yes --limit 10"),
)

"""`munsocial plan show|sign|week`, `munsocial apply`: read a plan, sign it, do it; and what the week still lacks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.linking import (
    Acknowledge,
    Approve,
    By,
    Late,
    Limit,
    Sandbox,
    Yes,
    acting_for,
    connected,
    finish,
    show_plan,
)
from munsocial.cli.linking import PlanFile as SavedPlan
from munsocial.cli.options import JournalPlace, Registered
from munsocial.cli.seen import Seen, seen_now
from munsocial.cli.speaking import echo
from munsocial.cli.tongue import both
from munsocial.errors import InputError
from munsocial.wording import Text

__all__ = ["APPLY", "COMMANDS"]

PlanFile = Annotated[
    Path, typer.Argument(metavar=both("ПЛАН", "PLAN"), help=both("План, .json.", "A plan, .json."), show_default=False)
]
PlanPlace = Annotated[
    str,
    typer.Argument(
        metavar=both("ПЛАН", "PLAN"),
        help=both("План, .json, или его имя в журнале.", "A plan, .json, or its id."),
        show_default=False,
    ),
]
Content = Annotated[
    Path,
    typer.Argument(
        metavar=both("КОНТЕНТ-ПЛАН", "CONTENT"),
        help=both("Контент-план: .toml, .csv, .xlsx.", "Content plan: .toml, .csv, .xlsx."),
    ),
]

_SIGNED = Text(
    "Подписано: «{by}». Подписей с разными именами: {have}, требуется: {need}. Считаются ли они, решит munsocial apply:"
    " он сверит имена с реестром.",
    "Signed: {by!r}. Signatures of different names: {have}, wanted: {need}. munsocial apply decides whether they count:"
    " it looks the names up in the register.",
)
_NOT_NEEDED = Text(
    "Подписано: «{by}». Этому плану вторая подпись не нужна.", "Signed: {by!r}. This plan needs no second signature."
)
_WEEK = Text(
    "Аккаунтов: {count}, отстают: {behind}, всего не хватает публикаций: {lacking}, не прочитаны: {unseen}.",
    "Accounts: {count}, behind: {behind}, publications missing in all: {lacking}, not read: {unseen}.",
)
_AT_LEAST = Text("не меньше {count}", "at least {count}")
_NONE_SEEN = Text("среди прочитанных 0", "0 of those read")
_NOT_KNOWN = Text("неизвестно", "unknown")
_UNSIGNED = Text(
    "Не подписано. Подписать как {by}: та же команда с --yes.", "Not signed. To sign it as {by} add --yes."
)
_NOBODY = Text("не указано, кто подписывает.", "nobody is named who signs.")
_OWN = Text(
    "Внимание: {by} составил(а) этот план; нужна подпись другого лица.",
    "Note: {by} made this plan; another person's signature is wanted.",
)


def show(context: typer.Context, plan: PlanFile) -> None:
    """Print a plan with everything it will send and what it rests on."""
    from munsocial.operate.plans.plan import load_plan
    from munsocial.operate.plans.preview import preview

    for line in preview(load_plan(plan), lang_of(context), whole=True):
        echo(line)


def sign(
    context: typer.Context,
    plan: PlanFile,
    by: Annotated[str, typer.Option("--by", help=both("Кто подписывает.", "Who signs."))],
    yes: Yes = False,
) -> None:
    """Show a plan that stands in a file; with ``--yes`` sign it."""
    from munsocial.operate.plans.persons import spelled
    from munsocial.operate.plans.plan import load_plan

    if not spelled(by):
        raise InputError(_NOBODY, where="--by")
    lang, found = lang_of(context), load_plan(plan)
    signed = found.signed(by, datetime.now(UTC))
    if not yes:
        show_plan(found, lang)
        echo(_UNSIGNED.fill(by=by).say(lang))
        return
    signed.save(plan)
    told = _SIGNED if signed.signatures_needed else _NOT_NEEDED
    echo(told.fill(by=by, have=signed.signers, need=signed.signatures_needed).say(lang))
    if spelled(by) == spelled(signed.made_by) and signed.signatures_needed:
        echo(_OWN.fill(by=by).say(lang), err=True)


def week(
    context: typer.Context,
    file: Registered,
    content: Annotated[
        str, typer.Option("--content", help=both("Контент-план: .toml, .csv, .xlsx.", "A content plan."))
    ] = "",
    snapshot: Seen = "",
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Show what each account lacks until Sunday; exit 1 when one is behind, 3 when none was read."""
    from munsocial.model.files import load_registry
    from munsocial.operate.publishing.content_plan import load_content_plan

    lang, registry = lang_of(context), load_registry(file)
    planned = load_content_plan(Path(content), registry) if content else None
    with connected(file, registry, journal, lang=lang, sandbox=sandbox) as social:
        found = social.week(seen_now(social, snapshot, 1, ("profile", "posts")), content=planned)
    for one in found:
        echo(one.say(lang))
    behind = [one.account for one in found if one.behind]
    unseen = sum(one.done is None for one in found)
    told = {"behind": len(behind), "lacking": sum(one.missing or 0 for one in found)}
    counts = {name: _as_seen(count, unseen, len(found)) for name, count in told.items()}
    echo(_WEEK.fill(count=len(found), **counts, unseen=unseen).say(lang))
    if found and unseen == len(found):
        raise typer.Exit(3)
    if behind:
        raise typer.Exit(1)


def _as_seen(count: int, unseen: int, of: int) -> Text | int:
    """Return a count as it may be told when so many of all accounts were not read: what is unknown is no nought."""
    if not unseen:
        return count
    if unseen == of:
        return _NOT_KNOWN
    return _AT_LEAST.fill(count=count) if count else _NONE_SEEN


def schedule(
    context: typer.Context,
    file: Registered,
    content: Content,
    approve: Approve = False,
    yes: Yes = False,
    limit: Limit = 0,
    save: SavedPlan = "",
    by: By = "",
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Plan what a content plan holds ready; with ``--yes`` schedule it. Repeating plans only what is new."""
    from munsocial.model.files import load_registry
    from munsocial.operate.publishing.content_plan import load_content_plan

    registry = load_registry(file)
    planned = load_content_plan(content, registry)
    media = [path for entry in planned.entries for path in entry.media]
    facts: dict[str, Any] = {"lang": lang_of(context), "yes": yes, "save": save}
    with connected(file, registry, journal, sandbox=sandbox, **facts, reads=(content, *media)) as social:
        plan = social.plan_content(planned, made_by=acting_for(by), signatures=int(approve))
        finish(social, plan, limit=limit, **facts)


def apply(
    context: typer.Context,
    file: Registered,
    plan: PlanPlace,
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

    lang = lang_of(context)
    with connected(file, load_registry(file), journal, lang=lang, sandbox=sandbox, yes=yes) as social:
        found, who = social.plan(plan), acting_for(by)
        facts: dict[str, Any] = {"late": late, "acknowledge": acknowledge, "by": who}
        finish(social, found, lang, yes=yes, limit=limit, place=plan if Path(plan).is_file() else "", **facts)


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
        ("munsocial plan sign plan.json --by 'Ильменев Ю. А.' --yes",),
    ),
    Command(
        "week",
        week,
        "Чего не хватает до воскресенья, кто отстаёт, что ждёт.",
        "What is missing until Sunday, who is behind, what waits.",
        ("munsocial plan week district.toml --content plan.toml",),
    ),
    Command(
        "schedule",
        schedule,
        "Поставить готовое из контент-плана на его время.",
        "Schedule what a content plan holds ready.",
        ("munsocial plan schedule district.toml plan.toml", "munsocial plan schedule district.toml plan.toml --yes"),
    ),
)

APPLY = Command(
    "apply",
    apply,
    "Выполнить сохранённый план; сделанное не повторяется.",
    "Do a saved plan; what is done is not done again.",
    ("munsocial apply district.toml plan.json", "munsocial apply district.toml plan.json --yes --limit 10"),
)

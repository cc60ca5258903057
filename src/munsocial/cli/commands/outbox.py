"""`munsocial outbox list|run|drop|settle`: what waits for its time, and doing what is due."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.linking import Acknowledge, By, Late, Limit, Sandbox, Yes, acting_for, connected
from munsocial.cli.options import JournalPlace, Registered, journal_there
from munsocial.cli.speaking import echo
from munsocial.cli.tongue import both
from munsocial.errors import InputError
from munsocial.wording import Text

__all__ = ["COMMANDS"]

Waiting = Annotated[
    str,
    typer.Argument(metavar=both("ПЛАН/ШАГ", "PLAN/STEP"), help=both("ПЛАН/ШАГ из списка.", "PLAN/STEP from the list.")),
]

_EMPTY = Text("Очередь пуста.", "The outbox is empty.")
_DRY = Text("Ничего не сделано. Выполнить то, чему пришло время: --yes", "Nothing was done. To do what is due: --yes")
_NEXT = Text("Следующее — {when}.", "The next one: {when}.")
_WOULD_DROP = Text(
    "Ждёт и может быть снято: {place}. Снять: та же команда с --yes.", "Waits and can be taken out: {place}. Add --yes."
)
_WOULD_SETTLE = Text(
    "Исход неясен: {place}. Записать, что он сделан: та же команда с --yes.",
    "Unclear: {place}. To note that it was done add --yes.",
)
_WOULD_ANEW = Text(
    "Исход неясен: {place}. Записать, что он не сделан: та же команда с --yes.",
    "Unclear: {place}. To note that it was not done add --yes.",
)
_DROPPED = Text("Снято с очереди: {place}.", "Taken out: {place}.")
_NOT_THERE = Text(
    "снять нечего: такого шага в очереди нет, он выполняется, или исход его неясен.",
    "there is nothing to take out: no such step waits, it is under way, or its end is unclear.",
)
_NOT_UNCLEAR = Text(
    "исход этого шага не неясен, или он выполняется.", "the end of this step is not unclear, or it is under way."
)
_SAY_WHICH = Text("не сказано, стоит ли это на странице.", "it is not said whether it is on the page.")
_WHICH = Text("Посмотрите и укажите --done или --not-done.", "Look, and give --done or --not-done.")
_SETTLED = Text("Записано: {place} сделан.", "Noted: {place} was done.")
_ANEW = Text(
    "Записано: {place} не сделан. Выполнить: munsocial apply РЕЕСТР {plan} --yes",
    "Noted: {place} was not done. To do it: munsocial apply REGISTRY {plan} --yes",
)
_LIST = Text("Список: munsocial outbox list РЕЕСТР", "List them: munsocial outbox list REGISTRY")
_LIST_OR_SETTLE = Text(
    "Список: munsocial outbox list РЕЕСТР; если исход неясен, там сказано, что делать.",
    "List them: munsocial outbox list REGISTRY; where the end is unclear, it says what to do.",
)
_PLACE = Text("пишите ПЛАН/ШАГ, как в списке.", "write PLAN/STEP, as in the list.")


def listed(context: typer.Context, file: Registered, journal: JournalPlace = "", sandbox: Sandbox = False) -> None:
    """Show what waits, the earliest first."""
    from munsocial.model.files import load_registry

    lang = lang_of(context)
    with connected(file, load_registry(file), journal, lang=lang, sandbox=sandbox) as social:
        waiting = social.waiting()
    for one in waiting:
        echo(one.say(lang))
    if not waiting:
        echo(_EMPTY.say(lang))


def run(
    context: typer.Context,
    file: Registered,
    yes: Yes = False,
    limit: Limit = 0,
    late: Late = False,
    acknowledge: Acknowledge = [],  # noqa: B006 - typer copies it
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Do what is due; exit 1 when something failed, is too late or waits for a person, so that a timer notices."""
    from munsocial.model.files import load_registry

    lang = lang_of(context)
    with connected(file, load_registry(file), journal, lang=lang, sandbox=sandbox, yes=yes) as social:
        waiting = social.waiting()
        if not waiting:
            echo(_EMPTY.say(lang))
            return
        if not yes:
            for one in waiting:
                echo(one.say(lang))
            echo(_DRY.say(lang))
            return
        done = social.outbox(ask_late=not late, limit=limit or None, acknowledge=acknowledge)
    for line in done.lines(lang):
        echo(line)
    if done.next_due is not None:
        echo(_NEXT.fill(when=waiting[0].plan.local(done.next_due)).say(lang))
    if done.amiss:
        raise typer.Exit(1)


def drop(
    context: typer.Context,
    file: Registered,
    step: Waiting,
    why: Annotated[str, typer.Option("--why", help=both("Почему.", "Why."))] = "",
    by: By = "",
    yes: Yes = False,
    journal: JournalPlace = "",
) -> None:
    """Take a step out of the outbox by a person's word; without ``--yes`` only look whether it waits there."""
    from munsocial.model.files import load_registry
    from munsocial.operate.applying.outbox import drop_step

    lang = lang_of(context)
    plan, number = _parted(step)
    journal_there(file, journal)
    with connected(file, load_registry(file), journal, lang=lang, yes=yes) as social:
        district, who = social.registry.municipality.id, acting_for(by)
        if not drop_step(social.journal, plan, number, by=who, why=why, district=district, write=yes):
            raise InputError(_NOT_THERE, where=step, remedy=_LIST_OR_SETTLE)
    echo((_DROPPED if yes else _WOULD_DROP).fill(place=step).say(lang))


def settle(
    context: typer.Context,
    file: Registered,
    step: Waiting,
    done: Annotated[
        bool | None,
        typer.Option("--done/--not-done", help=both("Стоит на странице или нет.", "It is on the page, or not.")),
    ] = None,
    why: Annotated[str, typer.Option("--why", help=both("Что видно.", "What is seen."))] = "",
    at: Annotated[str, typer.Option("--at", help=both("Ссылка на сделанное.", "A link to what stands."))] = "",
    by: By = "",
    yes: Yes = False,
    journal: JournalPlace = "",
) -> None:
    """Tell what became of a step whose end no reading shows: a person looked at the page. ``--yes`` notes it."""
    from munsocial.model.files import load_registry
    from munsocial.operate.applying.outbox import settle_unclear

    lang = lang_of(context)
    plan, number = _parted(step)
    if done is None:
        raise InputError(_SAY_WHICH, where=step, remedy=_WHICH)
    journal_there(file, journal)
    with connected(file, load_registry(file), journal, lang=lang, yes=yes) as social:
        known: dict[str, Any] = {"done": done, "by": acting_for(by), "why": why, "at": at}
        district = social.registry.municipality.id
        if not settle_unclear(social.journal, plan, number, **known, district=district, write=yes):
            raise InputError(_NOT_UNCLEAR, where=step, remedy=_LIST)
    told = (_SETTLED if done else _ANEW) if yes else (_WOULD_SETTLE if done else _WOULD_ANEW)
    echo(told.fill(place=step, plan=plan).say(lang))


def _parted(place: str) -> tuple[str, str]:
    plan, slash, step = place.rpartition("/")
    if not slash:
        raise InputError(_PLACE, where=place, remedy=_LIST)
    return plan, step


COMMANDS = (
    Command(
        "list",
        listed,
        "Что ждёт своего времени.",
        "What waits for its time.",
        ("munsocial outbox list district.toml",),
    ),
    Command(
        "run",
        run,
        "Выполнить то, чему пришло время; его зовёт таймер каждую минуту.",
        "Do what is due; a timer calls it every minute.",
        ("munsocial outbox run district.toml --yes", "munsocial outbox run district.toml --yes --late"),
    ),
    Command(
        "drop",
        drop,
        "Снять шаг с очереди.",
        "Take a step out of the outbox.",
        ("munsocial outbox drop district.toml publication-20261127-070000-a1b2c3/s1 --why 'перенесли' --yes",),
    ),
    Command(
        "settle",
        settle,
        "Сказать, что стало с шагом, исход которого неясен: вы посмотрели на страницу.",
        "Tell what became of a step whose end is unclear: you looked at the page.",
        (
            "munsocial outbox settle district.toml publication-20261127-070000-a1b2c3/s1 --not-done --yes",
            "munsocial outbox settle district.toml publication-20261127-070000-a1b2c3/s1 --done --yes",
        ),
    ),
)

"""`munsocial handover ...`: an account changes hands, step by step; interrupted at any point it goes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.handing import LEFT, show_noted, show_procedure, title_of
from munsocial.cli.journals import journal_of
from munsocial.cli.linking import By, Limit, Sandbox, Yes, acting_for, connected, finish
from munsocial.cli.options import JournalPlace, Note, Registered, journal_at, journal_there
from munsocial.cli.speaking import NOT_NOTED, echo
from munsocial.cli.tongue import both
from munsocial.errors import InputError
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.journal.journal import Journal
    from munsocial.model.registry import Registry
    from munsocial.operate.handover import Procedure

__all__ = ["COMMANDS"]

Name = Annotated[
    str,
    typer.Option(
        "--id",
        metavar="ID",
        help=both("Какая передача (можно начало id); иначе единственная незаконченная.",
                  "Which handover (a beginning of its id will do); else the only open one."),
        show_default=False,
    ),
]  # fmt: skip
StepName = Annotated[
    str,
    typer.Argument(
        metavar=both("ШАГ", "STEP"),
        help=both("Шаг: его id или номер из handover show.", "A step: its id or number of handover show."),
        show_default=False,
    ),
]

_GOES_ON = Text("Эта передача уже начата и идёт.", "This handover has begun and goes on.")
_BEGUN = Text("Передача {id} записана в журнале {journal}.", "The handover {id} stands in the journal {journal}.")
_SAVED = Text("Акт записан: {path}", "The act is in {path}")
_DRAFT = Text(
    "Это ещё проект: осталось шагов {left}.", "This is still a draft. Steps left: {left}."
)  # fmt: skip
_NONE = Text("Передач в журнале нет.", "The journal holds no handovers.")
_OLD = Text("отложенный ключ называют так: ключ=ссылка.", "a key put aside is written key=reference.")
_OPEN_STATE = Text("идёт", "open")
_DONE_STATE = Text("окончена", "ended")
_GIVEN_UP = Text("прекращена", "given up")


def start(
    context: typer.Context,
    file: Registered,
    taker: Annotated[str, typer.Option("--taker", metavar="ID", help=both("Кто принимает.", "Who takes."))],
    giver: Annotated[
        str,
        typer.Option(
            "--giver", metavar="ID", help=both("Кто передаёт; пусто, если неизвестен.", "Who gives; none if unknown.")
        ),
    ] = "",
    account: Annotated[
        list[str] | None,
        typer.Option(
            "--account",
            metavar="ID",
            help=both("Аккаунт; можно несколько. Иначе все, чьи ключи у передающего.",
                      "An account; repeatable. Else all whose keys the giver holds."),
        ),
    ] = None,
    by: By = "",
    yes: Yes = False,
    journal: JournalPlace = "",
) -> None:  # fmt: skip
    """Show the steps; with ``--yes`` begin, or go on with the one that is open."""
    from datetime import UTC, datetime

    from munsocial.journal.journal import open_journal
    from munsocial.model.files import load_registry
    from munsocial.operate.handover import handover
    from munsocial.operate.handover.procedure import plan_handover

    lang, registry = lang_of(context), load_registry(file)
    if not yes:
        known = _open_already(file, journal, registry, giver=giver or None, taker=taker, accounts=account)
        planned = known or plan_handover(
            registry, giver=giver or None, taker=taker, accounts=account, now=datetime.now(UTC)
        )
        show_procedure(planned, registry, lang)
        echo((_GOES_ON if known else NOT_NOTED).say(lang))
        return
    with open_journal(journal_at(file, journal)) as opened:
        begun = handover(
            registry, opened, giver=giver or None, taker=taker, accounts=account, by=acting_for(by)
        )  # fmt: skip
        show_procedure(begun, registry, lang)
        echo(_BEGUN.fill(id=begun.id, journal=opened.where).say(lang))


def _open_already(
    file: Path, journal: str, registry: Registry, *, giver: str | None, taker: str, accounts: list[str] | None
) -> Procedure | None:
    """Return the handover that the same command has begun before; a journal that is not there is not made."""
    from munsocial.journal.journal import journal_in
    from munsocial.operate.handover.procedure import open_handover

    if (found := journal_in(journal_at(file, journal))) is None:
        return None
    with found as opened:
        return open_handover(opened, giver, taker, accounts, district=registry.municipality.id)


def listing(context: typer.Context, file: Registered, journal: JournalPlace = "") -> None:
    """List the handovers of the journal."""
    from munsocial.model.files import load_registry
    from munsocial.operate.handover import handovers

    lang, registry = lang_of(context), load_registry(file)
    with journal_of(file, journal) as opened:
        found = handovers(opened, registry.municipality.id)
    if not found:
        echo(_NONE.say(lang))
    for one in found:
        state = _OPEN_STATE if one.ended_at is None else _GIVEN_UP if one.stopped else _DONE_STATE
        left = LEFT.fill(left=len(one.left), all=len(one.standings)).say(lang)
        echo(f"{title_of(one, registry, lang)} — {state.say(lang)}. {left}")


def show(context: typer.Context, file: Registered, name: Name = "", journal: JournalPlace = "") -> None:
    """Show every step with what became of it, and how to do the next one."""
    from munsocial.model.files import load_registry
    from munsocial.operate.handover import handover_of

    lang, registry = lang_of(context), load_registry(file)
    with journal_of(file, journal) as opened:
        show_procedure(handover_of(opened, name, registry.municipality.id), registry, lang)


def check(
    context: typer.Context,
    file: Registered,
    name: Name = "",
    old: Annotated[
        list[str] | None,
        typer.Option(
            "--old",
            metavar=both("КЛЮЧ=ССЫЛКА", "KEY=REFERENCE"),
            help=both("Где отложен старый ключ, если его место занял новый.",
                      "Where an old key was put aside, if the new one took its place."),
        ),
    ] = None,
    yes: Yes = False,
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:  # fmt: skip
    """Read the register and the networks; with ``--yes`` note what was seen. Changes nothing in networks."""
    from munsocial.model.files import load_registry
    from munsocial.operate.handover import handover_of

    lang, registry = lang_of(context), load_registry(file)
    journal_there(file, journal)
    aside = dict(_pair(one) for one in old or ())
    with connected(file, registry, journal, lang=lang, sandbox=sandbox, yes=yes) as social:
        procedure = handover_of(social.journal, name, registry.municipality.id)
        checked = social.check_handover(procedure.id, old=aside, write=yes)
    show_procedure(checked, registry, lang)
    if not yes:
        echo(NOT_NOTED.say(lang))


def done(
    context: typer.Context,
    file: Registered,
    step: StepName,
    by: Annotated[
        str,
        typer.Option("--by", metavar="ID", help=both("Кто сделал и отвечает.", "Who did it and answers for it.")),
    ],
    note: Note = "",
    name: Name = "",
    yes: Yes = False,
    journal: JournalPlace = "",
) -> None:  # fmt: skip
    """Note that a step was done; what can be read is checked first (handover check)."""
    from munsocial.model.files import load_registry
    from munsocial.operate.handover.stating import state

    lang, registry = lang_of(context), load_registry(file)
    with journal_of(file, journal, write=yes) as opened:
        chosen = _step(opened, name, step, registry)
        after = state(opened, registry, *chosen, by=by, note=note, write=yes)
    show_noted(after, registry, chosen[1], lang, yes=yes)


def skip(
    context: typer.Context,
    file: Registered,
    step: StepName,
    by: By = "",
    note: Note = "",
    name: Name = "",
    yes: Yes = False,
    journal: JournalPlace = "",
) -> None:
    """Leave a step out with a reason (--note), which will stand in the act."""
    from munsocial.model.files import load_registry
    from munsocial.operate.handover.stating import leave_out

    lang, registry = lang_of(context), load_registry(file)
    with journal_of(file, journal, write=yes) as opened:
        chosen = _step(opened, name, step, registry)
        after = leave_out(opened, *chosen, by=acting_for(by), why=note, write=yes)
    show_noted(after, registry, chosen[1], lang, yes=yes)


def stop(
    context: typer.Context,
    file: Registered,
    by: By = "",
    note: Note = "",
    name: Name = "",
    yes: Yes = False,
    journal: JournalPlace = "",
) -> None:
    """Give a handover up, with a reason (--note)."""
    from munsocial.model.files import load_registry
    from munsocial.operate.handover import handover_of
    from munsocial.operate.handover.stating import stop as give_up

    lang, registry = lang_of(context), load_registry(file)
    with journal_of(file, journal, write=yes) as opened:
        chosen = handover_of(opened, name, registry.municipality.id).id
        after = give_up(opened, chosen, by=acting_for(by), why=note, write=yes)
    show_procedure(after, registry, lang)
    if not yes:
        echo(NOT_NOTED.say(lang))


def remove(
    context: typer.Context,
    file: Registered,
    name: Name = "",
    yes: Yes = False,
    limit: Limit = 0,
    by: By = "",
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Take power over the pages from the leaver: the plan is shown, with ``--yes`` it is done."""
    from munsocial.model.files import load_registry
    from munsocial.operate.handover import handover_of

    lang, registry = lang_of(context), load_registry(file)
    journal_there(file, journal)
    with connected(file, registry, journal, lang=lang, sandbox=sandbox, yes=yes) as social:
        procedure = handover_of(social.journal, name, registry.municipality.id)
        plan = social.plan_removal(procedure.id, made_by=acting_for(by))
        finish(social, plan, lang, yes=yes, limit=limit)


def act(
    context: typer.Context,
    file: Registered,
    output: Annotated[
        list[Path],
        typer.Option(
            "-o",
            "--output",
            metavar=both("ФАЙЛ", "FILE"),
            help=both("Акт: .html или .docx.", "The act: .html or .docx."),
        ),
    ],
    name: Name = "",
    journal: JournalPlace = "",
) -> None:  # fmt: skip
    """Write the act of handover to print and sign; before all is done it is a draft."""
    from munsocial.cli.outputs import check_target, kept_by
    from munsocial.model.files import load_registry
    from munsocial.operate.handover import handover_of
    from munsocial.operate.handover.act import act_of
    from munsocial.operate.handover.paper import save_act
    from munsocial.plugins import load_plugins
    from munsocial.policy.loading import load_acts

    lang, registry = lang_of(context), load_registry(file)
    for path in output:
        check_target(path, inputs=kept_by(file, journal, registry))
    with journal_of(file, journal) as opened:
        procedure = handover_of(opened, name, registry.municipality.id)
        acts = load_acts(registry.municipality.acts, beside=file.parent, found=load_plugins().acts)
        made = act_of(procedure, registry, now=opened.clock(), anchor=opened.anchor(), acts=acts)
    for path in output:
        save_act(made, path)
        echo(_SAVED.fill(path=path).say(lang))
    if made.draft:
        echo(_DRAFT.fill(left=len(procedure.left)).say(lang), err=True)


def _step(journal: Journal, name: str, step: str, registry: Registry) -> tuple[str, str]:
    """Return the ids of a handover and its step; a number is taken from the list that was shown."""
    from munsocial.operate.handover import handover_of

    procedure = handover_of(journal, name, registry.municipality.id)
    listed = {str(number): one.step.id for number, one in enumerate(procedure.standings, start=1)}
    return procedure.id, listed.get(step, step)


def _pair(words: str) -> tuple[str, str]:
    key, equals, reference = words.partition("=")
    if not (key and equals and reference):
        # Not repeated in full: somebody may have written the key itself.
        raise InputError(_OLD, where="--old")
    from munsocial.model.credentials import reference as checked

    try:
        return key, checked(reference)
    except ValueError:
        raise InputError(_OLD, where=f"--old {key}=...") from None


COMMANDS = (
    Command("start", start,
            "Начать передачу аккаунтов от человека к человеку (или продолжить начатую).",
            "Begin to hand accounts over from one person to another (or go on).",
            ("munsocial handover start district.toml --giver petrov --taker ivanova",
             "munsocial handover start district.toml --taker ivanova --account grivenskoye-vk --yes")),
    Command("list", listing, "Все передачи журнала.", "All handovers of the journal.",
            ("munsocial handover list district.toml",)),
    Command("show", show, "Шаги передачи и что делать дальше.", "The steps of a handover and what comes next.",
            ("munsocial handover show district.toml",)),
    Command("check", check,
            "Проверить чтением: назначение, ключи, управляющих, владельца.",
            "Check by reading: the appointment, the keys, managers, the owner.",
            ("munsocial handover check district.toml --yes",
             "munsocial handover check district.toml --old grivenskoye-key=env:GRIV_VK_OLD --yes")),
    Command("done", done, "Записать, что шаг сделан, или подпись.", "Note that a step was done, or a signature.",
            ("munsocial handover done district.toml 2 --by ivanova --yes",
             "munsocial handover done district.toml sign:ivanova --by ivanova --yes")),
    Command("skip", skip, "Не выполнять шаг, с причиной.", "Leave a step out, with a reason.",
            ("munsocial handover skip district.toml 3 --note 'в этой сети нет входа в два шага' --yes",)),
    Command("remove", remove, "Снять полномочия ушедшего в сетях.", "Take power in the networks from the leaver.",
            ("munsocial handover remove district.toml --yes",)),
    Command("act", act, "Акт приёма-передачи: HTML или DOCX.", "The act of handover: HTML or DOCX.",
            ("munsocial handover act district.toml -o act.html -o act.docx",)),
    Command("stop", stop, "Прекратить передачу, с причиной.", "Give a handover up, with a reason.",
            ("munsocial handover stop district.toml --note 'сотрудник остаётся' --yes",)),
)  # fmt: skip

"""`munsocial tasks ...`: what people do by hand on the sites; listed, told done, checked by reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.journals import journal_of
from munsocial.cli.linking import By, Sandbox, Yes, acting_for, connected
from munsocial.cli.options import AsJson, JournalPlace, Note, Registered, journal_there
from munsocial.cli.speaking import NOT_NOTED, echo, echo_json
from munsocial.cli.tongue import both
from munsocial.cli.wrapping import tell
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.operate.applying.tasks import Task

__all__ = ["COMMANDS"]

TaskName = Annotated[
    str,
    typer.Argument(
        metavar=both("ЗАДАНИЕ", "TASK"),
        help=both("Задание из tasks list: план/шаг, или один шаг.", "A task of tasks list: plan/step, or the step."),
        show_default=False,
    ),
]

_STATES = {
    "open": Text("ждёт", "waits"),
    "stated": Text("сделано со слов: {by}", "done, says {by}"),
    "reopened": Text("ОТКРЫТО СНОВА: сказано «сделано», а чтение показывает прежнее",
                     "OPEN AGAIN: stated as done, and reading shows it as it was"),
    "closed": Text("закрыто: чтение показало, что сделано", "closed: reading shows that it is done"),
    "dropped": Text("не будет сделано: {by}", "will not be done: {by}"),
}  # fmt: skip
_BY_WORD = Text("закрыто со слов: {by}", "closed, says {by}")
_NONE = Text("Ручных заданий нет.", "There are no tasks by hand.")
_SINCE = Text("с {day}", "since {day}")
_PROOF = Text("доказательство: {name}, {digest}", "evidence: {name}, {digest}")
_UNSEEN = Text("проверить нельзя: {why}", "cannot be checked: {why}")
_THERE = Text("ещё не сделано", "not done yet")
_TOTAL = Text("Заданий: {all}, закрыто {closed}, открыто снова {reopened}, проверить нельзя {unseen}.",
              "Tasks: {all}, closed {closed}, open again {reopened}, cannot be checked {unseen}.")  # fmt: skip


def listing(
    context: typer.Context,
    file: Registered,
    as_json: AsJson = False,
    journal: JournalPlace = "",
) -> None:
    """List what waits to be done by hand, page by page, with the instruction."""
    from munsocial.model.files import load_registry
    from munsocial.model.grouping import grouped
    from munsocial.operate.applying.tasks import tasks_of

    lang, registry = lang_of(context), load_registry(file)
    with journal_of(file, journal) as opened:
        found = tasks_of(opened, registry.municipality.id)
    if as_json:
        echo_json(_plain(found))
        return
    if not found:
        echo(_NONE.say(lang))
    by_account = grouped(found, lambda one: one.step.account)
    for account, tasks in sorted(by_account.items()):  # a person goes from page to page
        echo(account)
        for one in tasks:
            _show(one, lang)


def _show(one: Task, lang: Lang) -> None:
    told_so = one.state.value == "closed" and one.step.action == "refer"
    state = (_BY_WORD if told_so else _STATES[one.state.value]).fill(by=one.by).say(lang)
    since = _SINCE.fill(day=f"{one.since:%d.%m.%Y}").say(lang)
    told = one.step.ru if lang == "ru" else one.step.en
    tell(f"  {one.id}  {told} — {state}, {since}", 6)
    if how := one.how.say(lang):
        tell(f"      {how}", 6)
    for proof in one.evidence:
        echo(f"      {_PROOF.fill(name=proof['name'], digest=proof['sha256'][:16]).say(lang)}")
    if one.note:
        echo(f"      {one.note}")


def _plain(found: tuple[Task, ...]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "account": one.step.account,
            "network": one.step.network,
            "action": one.step.action,
            "what": {"ru": one.step.ru, "en": one.step.en},
            "how": one.how._asdict(),
            "since": one.since.isoformat(),
            "state": one.state.value,
            "by": one.by,
            "evidence": [dict(proof) for proof in one.evidence],
        }
        for one in found
    ]


def done(
    context: typer.Context,
    file: Registered,
    task: TaskName,
    by: By = "",
    note: Note = "",
    evidence: Annotated[
        list[Path] | None,
        typer.Option(
            "--evidence",
            metavar=both("ФАЙЛ", "FILE"),
            help=both("Снимок экрана или файл; в журнал идёт отпечаток.", "A screenshot or file; its digest is kept."),
        ),
    ] = None,
    yes: Yes = False,
    journal: JournalPlace = "",
) -> None:  # fmt: skip
    """Tell that a task was done, with evidence."""
    from munsocial.model.files import load_registry
    from munsocial.operate.applying.tasks import tell_done

    lang, district = lang_of(context), load_registry(file).municipality.id
    with journal_of(file, journal, write=yes) as opened:
        known: dict[str, Any] = {"by": acting_for(by), "note": note, "evidence": evidence or ()}
        found = tell_done(opened, task, **known, district=district, write=yes)
    _show(found, lang)
    if not yes:
        echo(NOT_NOTED.say(lang))


def drop(
    context: typer.Context,
    file: Registered,
    task: TaskName,
    by: By = "",
    note: Note = "",
    yes: Yes = False,
    journal: JournalPlace = "",
) -> None:
    """Decide that a task will not be done, with a reason (--note)."""
    from munsocial.model.files import load_registry
    from munsocial.operate.applying.tasks import drop_task

    lang, district = lang_of(context), load_registry(file).municipality.id
    with journal_of(file, journal, write=yes) as opened:
        found = drop_task(opened, task, by=acting_for(by), why=note, district=district, write=yes)
    _show(found, lang)
    if not yes:
        echo(NOT_NOTED.say(lang))


def check(
    context: typer.Context,
    file: Registered,
    yes: Yes = False,
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Read every task back; with ``--yes`` close what is done and open again what is not. Exit 1 while any is open."""
    from munsocial.model.files import load_registry

    lang, registry = lang_of(context), load_registry(file)
    journal_there(file, journal)
    with connected(file, registry, journal, lang=lang, sandbox=sandbox, yes=yes) as social:
        checked = social.check_tasks(write=yes)
    if not checked:
        echo(_NONE.say(lang))
        return
    closed = reopened = unseen = 0
    for one in checked:
        _show(one.task, lang)
        closed += one.task.state.value == "closed"
        reopened += one.task.state.value == "reopened"
        unseen += one.seen.value == "unclear"
        if one.seen.value == "unclear" and one.why:
            echo(f"      {_UNSEEN.fill(why=one.why).say(lang)}")
        elif one.seen.value == "not_there":
            echo(f"      {_THERE.say(lang)}")
    counts = {"all": len(checked), "closed": closed, "reopened": reopened, "unseen": unseen}
    echo(_TOTAL.fill(**counts).say(lang))
    if not yes:
        echo(NOT_NOTED.say(lang))
    if closed < len(checked):
        raise typer.Exit(1)


COMMANDS = (
    Command("list", listing, "Что ждёт человека: ссылка, указание, с какого дня.",
            "What waits for a person: link, instruction, since when.",
            ("munsocial tasks list district.toml", "munsocial tasks list district.toml --json")),
    Command("done", done, "Сообщить, что задание сделано, с доказательством.",
            "Tell that a task was done, with evidence.",
            ("munsocial tasks done district.toml s4 --by ivanova --evidence screen.png --yes",)),
    Command("check", check, "Проверить задания чтением: закрыть или открыть снова.",
            "Check tasks by reading: close them or open them again.",
            ("munsocial tasks check district.toml --yes",)),
    Command("drop", drop, "Отказаться от задания, с причиной.", "Decide not to do a task, with a reason.",
            ("munsocial tasks drop district.toml s4 --by ivanova --note 'автор удалил сам' --yes",)),
)  # fmt: skip

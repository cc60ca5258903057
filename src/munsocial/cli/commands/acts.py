"""`munsocial acts list|show|check`: orders and laws as data."""

from __future__ import annotations

from typing import Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.tongue import both
from munsocial.errors import InputError, MunsocialError
from munsocial.wording import Text

__all__ = ["COMMANDS"]

Which = Annotated[
    list[str],
    typer.Argument(
        metavar=both("АКТ", "ACT"),
        help=both("Имя поставляемого акта или путь к файлу .toml.", "Id of a shipped act, or a path of a .toml file."),
        show_default=False,
    ),
]

_HEAD = Text("Акт|Пунктов|Требований|Название", "Act|Clauses|Demands|Title")
_REQUIREMENTS = Text("Требование|Уровень|Вид|К кому|Параметры", "Demand|Level|Kind|Applies to|Parameters")
_BROKEN = Text("Не загрузились:", "Not loaded:")
_SOUND = Text("{act}: акт составлен верно, требований {count}.", "{act}: the act is sound, demands {count}.")
_LEVELS = {
    "must": Text("обязан", "must"),
    "should": Text("рекомендовано", "should"),
    "may": Text("вправе", "may"),
}


def show_list(context: typer.Context) -> None:
    """List the acts that come with the library and with plugins; exit 3 when one of a plugin is broken."""
    from munsocial.cli.tables import show_table
    from munsocial.plugins import load_acts, load_plugins
    from munsocial.policy import shipped_acts

    lang, plugins = lang_of(context), load_plugins()
    acts, broken = list(load_acts(shipped_acts())), list[MunsocialError](plugins.broken)
    for path in plugins.acts:
        try:
            acts += load_acts([path])
        except InputError as error:
            broken.append(error)
    rows = ((act.id, str(len(act.clauses)), str(len(act.requirements)), act.title) for act in acts)
    show_table(_HEAD.say(lang).split("|"), rows)
    if broken:
        typer.echo(_BROKEN.say(lang), err=True)
        for told in broken:
            typer.echo(f"  {told.say(lang)}", err=True)
        raise typer.Exit(3)


def show(context: typer.Context, which: Which) -> None:
    """Print an act clause by clause, with the demands that are checked."""
    from munsocial.cli.tables import show_table
    from munsocial.plugins import load_acts
    from munsocial.policy.citing import unnumbered

    lang = lang_of(context)
    for act in load_acts(which):
        typer.echo(f"{act.title} ({act.id})\n")
        for number, clause in act.clauses.items():
            words = clause.ru if lang == "ru" else clause.en or clause.ru
            typer.echo(f"{number}. {unnumbered(number, words)}")
            rows = [_row(row, lang) for row in act.requirements if number in row.clauses]
            if rows:
                show_table(_REQUIREMENTS.say(lang).split("|"), rows)


def _row(requirement: object, lang: str) -> list[str]:
    from munsocial.policy.act import Requirement

    assert isinstance(requirement, Requirement)
    params = requirement.params.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    said = ", ".join(f"{name}={value}" for name, value in params.items())
    level = _LEVELS[requirement.level.value]
    return [
        requirement.id,
        level.ru if lang == "ru" else level.en,
        requirement.kind,
        ", ".join(requirement.applies_to) or "*",
        said,
    ]


def check(context: typer.Context, which: Which) -> None:
    """Tell a broken act apart from a broken duty: exit 2 if it cannot be used; open words are pointed out."""
    from munsocial.plugins import load_acts
    from munsocial.policy.checking import check_acts

    lang = lang_of(context)
    acts = load_acts(which)
    for notice in check_acts(acts):
        typer.echo(notice.say(lang))
    for act in acts:
        typer.echo(_SOUND.fill(act=act.id, count=len(act.requirements)).say(lang))


COMMANDS = (
    Command("list", show_list, "Какие акты поставляются.", "Which acts are shipped.", ("munsocial acts list",)),
    Command(
        "show",
        show,
        "Показать акт по пунктам, с проверяемыми требованиями.",
        "Show an act clause by clause, with the demands that are checked.",
        ("munsocial acts show kalininsky",),
    ),
    Command(
        "check",
        check,
        "Проверить акт как документ: виды, пункты, параметры.",
        "Check an act as a document: kinds, clauses, parameters.",
        ("munsocial acts check kalininsky my-order.toml",),
    ),
)

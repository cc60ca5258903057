"""The command line, in one of its two languages: made from the functions and their annotations."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer

from munsocial.cli.command import Command
from munsocial.cli.commands import COMMANDS, GROUPS
from munsocial.cli.helppage import value_word
from munsocial.cli.tongue import one_of
from munsocial.wording import Lang, Text
from tools.reference.markdown import GENERATED, anchor, cell, table

__all__ = ["every_command", "page"]

_HEAD = Text(
    """# Команды

{made}
`munsocial КОМАНДА --help` показывает то же самое. `--lang ru` или `--lang en` можно поставить в любом месте; без него
язык берётся из настроек системы. В файл или в конвейер цвета не пишутся.

| Код выхода | Что значит |
|---|---|
| 0 | всё в порядке |
| 1 | найдены нарушения (`audit`), замечания (`lint`), негодные ключи (`keys check`) и подобное |
| 2 | негодные входные данные: файл, параметр, адрес |
| 3 | ничего не удалось прочитать или сделать |
| 130 | прервано (Ctrl-C): прочитанное сохранено, недописанных файлов нет |
""",
    """# Commands

{made}
`munsocial COMMAND --help` shows the same. `--lang ru` or `--lang en` may stand anywhere; without it the locale decides.
Nothing is coloured when it goes into a file or a pipe.

| Exit code | Meaning |
|---|---|
| 0 | all well |
| 1 | violations (`audit`), remarks (`lint`), keys that do not serve (`keys check`) and the like |
| 2 | bad input: a file, an option, an address |
| 3 | nothing could be read or done |
| 130 | interrupted (Ctrl-C): what was read is kept, no file is half-written |
""",
)
_ARGUMENTS = Text("Аргумент или параметр|Что значит|По умолчанию", "Argument or option|Meaning|Default")
_YES = Text("да", "yes")
_REQUIRED = Text("обязателен", "required")


def every_command() -> Iterator[tuple[str, Command]]:
    """Give each command with its full name, in the order of the help."""
    for command in COMMANDS:
        yield command.name, command
    for group, (_, commands) in GROUPS.items():
        for command in commands:
            yield f"{group} {command.name}", command


def page(lang: Lang) -> str:
    """Return the page."""
    made = [_HEAD.say(lang).format(made=GENERATED)]
    return "\n".join([*made, *(_section(name, command, lang) for name, command in every_command())])


def _section(name: str, command: Command, lang: Lang) -> str:
    lines = [f"## munsocial {name} {anchor(name)}\n", f"{command.ru if lang == 'ru' else command.en}\n"]
    lines.append(table(_ARGUMENTS.say(lang).split("|"), _parameters(command, lang)))
    if command.examples:
        lines.append("\n".join(["```sh", *command.examples, "```", ""]))
    return "\n".join(lines)


def _parameters(command: Command, lang: Lang) -> Iterator[tuple[str, str, str]]:
    hints = get_type_hints(command.run, include_extras=True)
    for name, parameter in inspect.signature(command.run).parameters.items():
        hint = hints[name]
        info = next((one for one in getattr(hint, "__metadata__", ()) if _is_info(one)), None)
        if info is None:
            continue
        default = _shown(parameter.default, lang)
        yield f"`{_spelt(name, info, hint, lang)}`", cell(_said(info, hint, lang)), default


def _is_info(one: object) -> bool:
    return isinstance(one, (typer.models.OptionInfo, typer.models.ArgumentInfo))


def _spelt(name: str, info: Any, hint: Any, lang: Lang) -> str:
    metavar = one_of(info.metavar or "", lang)
    if isinstance(info, typer.models.ArgumentInfo):
        return metavar or name.upper()
    # In `Annotated` the first name given lands in ``default``.
    first = (info.default,) if isinstance(info.default, str) else ()
    names = (*first, *(info.param_decls or ())) or (f"--{name.replace('_', '-')}",)
    if bool in (hint.__origin__, *get_args(hint.__origin__)):
        return ", ".join(names)
    return f"{', '.join(names)} {metavar or value_word(name, lang)}"


def _said(info: Any, hint: Any, lang: Lang) -> str:
    said = one_of(info.help or "", lang)
    kind = hint.__origin__
    words = [f"`{one}`" for one in kind] if isinstance(kind, type) and issubclass(kind, StrEnum) else []
    return f"{said} {', '.join(words)}".strip()


def _shown(default: Any, lang: Lang) -> str:
    if default is inspect.Parameter.empty:
        return _REQUIRED.say(lang)
    if isinstance(default, Path):
        return f"`{default}`"
    if default is True:
        return _YES.say(lang)
    return "" if default in (None, "", False, (), []) else f"`{default}`"

"""The help of a command as one page in the reader's language; examples stand as they are to be typed.

Only what every version of the command-line library gives its commands is used: names, help texts, defaults.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from typer.core import TyperCommand, TyperGroup

from munsocial.cli.arguments import FILES, refuse_empty, texts_of
from munsocial.cli.pasting import remember_given
from munsocial.wording import Lang, Text

__all__ = ["HelpfulCommand", "HelpfulGroup", "label", "value_word"]

_USAGE = Text("Использование", "Usage")
_OPTIONS_MARK = Text("[ПАРАМЕТРЫ]", "[OPTIONS]")
_COMMAND_MARK = Text("КОМАНДА …", "COMMAND …")
_ARGUMENTS = Text("Аргументы", "Arguments")
_OPTIONS = Text("Параметры", "Options")
_COMMANDS = Text("Команды", "Commands")
_DEFAULT = Text("[если не указано: {default}]", "[default: {default}]")
_REQUIRED = Text("[обязательно]", "[required]")
_VALUE = Text("ЗНАЧЕНИЕ", "VALUE")
_VALUES = {
    name: word
    for names, word in (
        ((*FILES - {"variant"}, "media"), Text("ФАЙЛ", "FILE")),
        (("by", "signed_by"), Text("ИМЯ", "NAME")),
        (("text", "why"), Text("ТЕКСТ", "TEXT")),
        (("acknowledge",), Text("СЕТЬ", "NETWORK")),
        (("when",), Text("МОМЕНТ", "MOMENT")),
        (("link",), Text("ССЫЛКА", "LINK")),
        (("voice",), Text("АККАУНТ", "ACCOUNT")),
        (("leave", "remove"), Text("АККАУНТ:КОММЕНТАРИЙ", "ACCOUNT:COMMENT")),
    )
    for name in names
}
_HELP = Text("Показать эту справку.", "Show this help.")
_LANG = Text("Язык вывода; иначе по настройкам системы.", "Language of the output, else by the locale.")
_WIDEST, _NARROW, _LEFT = 100, 60, 26


class HelpfulCommand(TyperCommand):
    """A command whose help is a page of ours, and whose texts are texts."""

    def get_help(self, ctx: Any) -> str:
        """Return the page."""
        return _page(self, ctx)

    def invoke(self, ctx: Any) -> Any:
        """Run the command with texts that are texts and files that have names."""
        labels = {one.name: _short(one) for one in self.params if one.name}
        refuse_empty({name: value for name, value in ctx.params.items() if _typed(ctx, name)}, labels)
        ctx.params = texts_of(ctx.params, labels)
        remember_given(ctx.params)
        return super().invoke(ctx)


class HelpfulGroup(TyperGroup):
    """A group of commands whose help is a page of ours."""

    def get_help(self, ctx: Any) -> str:
        """Return the page."""
        return _page(self, ctx)


def label(param: Any, lang: Lang) -> str:
    """Return how an argument or option is called on a page: ``ФАЙЛ``, ``-o, --output ФАЙЛ``."""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper()) + ("…" if param.nargs == -1 else "")
    names = ", ".join((*param.opts, *param.secondary_opts))
    if getattr(param, "is_flag", False) or getattr(param, "count", False):
        return names
    return f"{names} {param.metavar or value_word(param.name, lang)}"


def value_word(name: str, lang: Lang) -> str:
    """Return what stands for a value that says nothing else of itself, by the name of its parameter."""
    return _VALUES.get(name, _VALUE).say(lang)


def _typed(ctx: Any, name: str) -> bool:
    """Tell whether a value was typed: a default may be empty, which says that there is none."""
    return getattr(ctx.get_parameter_source(name), "name", "") == "COMMANDLINE"


def _short(param: Any) -> str:
    return str(param.metavar or param.name.upper()) if param.param_type_name == "argument" else str(param.opts[0])


def _page(command: Any, ctx: Any) -> str:
    lang: Lang = ctx.find_root().obj or "ru"
    width = max(20, min(shutil.get_terminal_size().columns - 1, _WIDEST))
    shown = [param for param in command.params if not getattr(param, "hidden", False) and param.name != "help"]
    arguments = [param for param in shown if param.param_type_name == "argument"]
    options = [param for param in shown if param.param_type_name != "argument"]
    blocks = [
        [*_usage(ctx.command_path, arguments, hasattr(command, "commands"), lang, width)],
        _wrapped(command.help or "", width, "  "),
        _section(_ARGUMENTS.say(lang), [(label(one, lang), _about(one, lang)) for one in arguments], width),
        _section(_OPTIONS.say(lang), _options(options, lang), width),
        _section(_COMMANDS.say(lang), _commands(command), width),
        (command.epilog or "").splitlines(),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _usage(path: str, arguments: list[Any], group: bool, lang: Lang, width: int) -> list[str]:
    parts = [path, _OPTIONS_MARK.say(lang)]
    parts += [label(one, lang) if one.required else f"[{label(one, lang)}]" for one in arguments]
    if group:
        parts.append(_COMMAND_MARK.say(lang))
    return _wrapped(f"{_USAGE.say(lang)}: {' '.join(parts)}", width, "", "    ")


def _options(options: Iterable[Any], lang: Lang) -> list[tuple[str, str]]:
    rows = [(label(one, lang), _about(one, lang)) for one in options]
    return [*rows, ("--lang ru|en", _LANG.say(lang)), ("--help", _HELP.say(lang))]


def _commands(command: Any) -> list[tuple[str, str]]:
    children = getattr(command, "commands", {})
    return [(name, (one.help or "").partition("\n")[0]) for name, one in children.items() if not one.hidden]


def _about(param: Any, lang: Lang) -> str:
    parts = [param.help or ""]
    default = param.default
    if param.required:
        parts.append(_REQUIRED.say(lang))
    elif default not in (None, "", False, [], ()) and not callable(default) and param.show_default is not False:
        shown = default.value if isinstance(default, Enum) else param.opts[0] if default is True else default
        parts.append(_DEFAULT.fill(default=shown).say(lang))
    return " ".join(part for part in parts if part)


def _section(title: str, rows: list[tuple[str, str]], width: int) -> list[str]:
    return [f"{title}:", *_rows(rows, width)] if rows else []


def _rows(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    left = min(max(len(name) for name, _ in rows) + 4, _LEFT) if width > _NARROW else 6
    for name, about in rows:
        lines = _wrapped(about, width, " " * left) or [""]
        if len(name) + 4 <= left:
            yield f"  {name}".ljust(left) + lines[0][left:]
            yield from lines[1:]
        else:
            yield f"  {name}"
            yield from lines


def _wrapped(text: str, width: int, indent: str, after: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent if after is None else after,
        break_long_words=False,
        break_on_hyphens=False,
    )

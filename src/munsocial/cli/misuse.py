"""A command typed wrongly, told in the reader's language with what to type instead.

The command-line library has its own tree of errors, which differs between its versions: known by name and shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from munsocial.wording import Lang, Text, maybe

__all__ = ["told"]

_NO_COMMAND = Text("нет команды «{word}».", "there is no command {word!r}.")
_NO_OPTION = Text("нет параметра {word}.", "there is no option {word}.")
_MISSING = Text("не указано: {word} ({about})", "missing: {word} ({about})")
_NO_VALUE = Text("у параметра {word} нет значения.", "the option {word} has no value.")
_BAD_VALUE = Text("значение не подходит: {word}. {about}", "a value that does not fit: {word}. {about}")
_EXTRA = Text("лишнее в команде: {word}.", "too much in the command: {word}.")
_OTHER = Text("команда набрана неверно: {word}", "the command is mistyped: {word}")
_HELP = Text("Справка: {path} --help", "Help: {path} --help")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_QUOTED = re.compile(r"No such command '([^']*)'")


def told(error: Any, lang: Lang) -> str | None:
    """Return what to say of an error of the command-line library; None when it is none of a command's typing."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if "UsageError" not in names or "NoArgsIsHelpError" in names:
        return None
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "munsocial"
    what, guesses = _what(error, names, context, lang)
    parts = [f"{path}: {what.say(lang)}"]
    if guesses:
        parts.append(maybe(*guesses).say(lang))
    return " ".join([*parts, _HELP.fill(path=path).say(lang)])


def _what(error: Any, names: set[str], context: Any, lang: Lang) -> tuple[Text, list[str]]:
    if "NoSuchOption" in names:
        word = str(error.option_name)
        return _NO_OPTION.fill(word=word), _near(word, _options(context))
    if found := _QUOTED.search(str(error.message)):
        word, commands = found.group(1), getattr(context.command, "commands", {})
        return _NO_COMMAND.fill(word=word), _near(word, commands) or _inside(word, commands)
    if "BadParameter" in names and getattr(error, "param", None) is not None:
        form = _MISSING if "MissingParameter" in names else _BAD_VALUE
        return form.fill(word=_label(error.param, lang), about=error.param.help or "-"), []
    if "BadOptionUsage" in names:
        return _NO_VALUE.fill(word=error.option_name), []
    if found := _IN_BRACKETS.search(str(error.message)):
        return _EXTRA.fill(word=found.group(1)), []
    return _OTHER.fill(word=error.format_message()), []


def _label(param: Any, lang: Lang) -> str:
    from munsocial.cli.helppage import label

    return label(param, lang)


def _options(context: Any) -> list[str]:
    return [name for param in context.command.params for name in (*param.opts, "--lang")] if context else []


def _inside(word: str, commands: Mapping[str, Any]) -> list[str]:
    """Find a command by the second of its two words, when only that was remembered: ``check``, ``convert``."""
    return [f"{name} {word}" for name, group in commands.items() if word in getattr(group, "commands", ())]


def _near(word: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(word, sorted(set(known)), n=2)

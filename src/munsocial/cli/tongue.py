"""Which language the employee reads: ``--lang``, then the locale, else Russian. Help texts carry both twins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from munsocial.wording import Lang, Text

__all__ = ["both", "language_of", "one_of", "spoken", "split_language", "translate"]

_BETWEEN = "\x1f"


def both(ru: str, en: str) -> str:
    """Put twins of a help text into one string, to be parted by `translate`."""
    return f"{ru}{_BETWEEN}{en}"


def one_of(twins: str, lang: Lang) -> str:
    """Return one of the twins that `both` put together; a text without a twin as it is."""
    ru, between, en = twins.partition(_BETWEEN)
    return Text(ru, en).say(lang) if between else twins


def split_language(arguments: list[str]) -> tuple[list[str], str | None]:
    """Take ``--lang X`` or ``--lang=X`` out of the arguments, wherever it stands before ``--``."""
    rest: list[str] = []
    chosen: str | None = None
    queue = iter(arguments)
    for argument in queue:
        if argument == "--":
            return [*rest, "--", *queue], chosen
        if argument == "--lang":
            chosen = next(queue, "")
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
        else:
            rest.append(argument)
    return rest, chosen


def language_of(chosen: str | None, environment: Mapping[str, str]) -> Lang:
    """Return the language: as chosen, else by the locale's variables in their usual order.

    A locale that is neither is treated as English; no locale at all as Russian, and so is a choice that is neither.
    """
    if chosen is not None and spoken(chosen):
        return "en" if chosen.lower().startswith("en") else "ru"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        name = environment.get(variable, "")
        if name and name.partition(".")[0] not in ("C", "POSIX"):
            return "ru" if name.startswith("ru") else "en"
    return "ru"


def spoken(chosen: str) -> bool:
    """Tell whether a chosen language is one of ours: ``ru``, ``en``, ``ru_RU.UTF-8`` ..."""
    return chosen.lower()[:2] in ("ru", "en")


def translate(command: Any, lang: Lang) -> Any:
    """Part the twins in the help of a command, its options and its subcommands; returns the same command."""
    for name in ("help", "short_help", "epilog"):
        _part(command, name, lang)
    for option in command.params:
        _part(option, "help", lang)
        _part(option, "metavar", lang)
    for child in getattr(command, "commands", {}).values():
        translate(child, lang)
    return command


def _part(holder: Any, name: str, lang: Lang) -> None:
    value = getattr(holder, name, None)
    if isinstance(value, str) and _BETWEEN in value:
        setattr(holder, name, one_of(value, lang))

"""Commands that a text names, as they can be pasted: the library writes РЕЕСТР where the given register belongs."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

__all__ = ["as_typed", "remember_given", "to_paste"]

_PLACE = re.compile(r"munsocial ([a-z]+(?: [a-z]+)?) (?:РЕЕСТР|REGISTRY)\b")
_PLAIN = re.compile(r"[\w./\\:@%+=,~-]+")
_SPECIAL = re.compile(r'[$`"\\!]')
"""What a POSIX shell reads in double quotes as something else."""
_POSIX = os.name == "posix"
_OF_JOURNAL = ("journal evidence", "journal export", "journal verify")
"""Commands whose place is a journal; a register stands for the one beside it."""
_WITHOUT_JOURNAL = ("audit", "keys check")
"""Commands without ``--journal`` among those that a text names."""
_IN_SANDBOX = (
    *("answer", "apply", "handover check", "handover remove", "inbox", "moderate"),
    *("outbox list", "outbox run", "post delete"),
)
"""Those with ``--sandbox``: without it the real networks would be asked of what was tried."""

_GIVEN: ContextVar[tuple[str, str, str]] = ContextVar("given", default=("", "", ""))
"""What the command that runs now was given; errors are told after it has ended, so it stays until the next one."""


def remember_given(params: Mapping[str, Any]) -> None:
    """Keep the register of a command, with its journal and world if they were named: all commands call them so."""
    file, journal = str(params.get("file") or params.get("place") or ""), str(params.get("journal") or "")
    # An address may hold a password, which is shown nowhere: then the reader puts it in.
    named = "postgresql://…" if "://" in journal else as_typed(journal) if journal else ""
    world = " --sandbox" if params.get("sandbox") else ""
    _GIVEN.set((as_typed(file) if file and "://" not in file else "", named, world))


def to_paste(line: str) -> str:
    """Return a text whose commands name the register that was given; without one, the word for it stays."""
    file, journal, world = _GIVEN.get()

    def typed(found: re.Match[str]) -> str:
        command = found[1]
        if command in _OF_JOURNAL:
            return f"munsocial {command} {journal or file}"
        named = f" --journal {journal}" if journal and command not in _WITHOUT_JOURNAL else ""
        return f"munsocial {command} {file}{named}{world * (command in _IN_SANDBOX)}"

    return _PLACE.sub(typed, line) if file else line


def as_typed(name: str) -> str:
    """Return the name of a file as every shell takes it, or at least those here: cmd.exe knows no single quotes."""
    if _PLAIN.fullmatch(name):
        return name
    return shlex.quote(name) if _POSIX and _SPECIAL.search(name) else f'"{name}"'

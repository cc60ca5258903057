"""Which signs of `signals.txt` a text shows, many sections in one walk.

Nearly every line is put into one set of the linear engine, over the text in one byte a letter; the few lines that look
around themselves are searched for one by one, and only where nothing else has shown their section.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from munsocial.language.engine import which_of
from munsocial.language.reading.tables import sign_lines

__all__ = ["shown"]

_LETTER = r"0-9a-z_\xe0-\xff"
_EDGE = re.compile(r"\\b")
_LOOKS_AROUND = re.compile(r"\(\?[!<=]")
_OPENS, _CLOSES = re.compile(r"(?:^|\(|\(\?:|\|)$"), re.compile(r"\)*(?:$|\||\)\|)")


def _for_engine(line: str) -> bytes | None:
    """The line as a pattern over bytes, or None where the engine cannot tell the edge of a word."""
    if _LOOKS_AROUND.search(line):
        return None
    made, at = "", 0
    for edge in _EDGE.finditer(line):
        made += line[at : edge.start()]
        at = edge.end()
        if _OPENS.search(line[: edge.start()]):
            made += f"(?:^|[^{_LETTER}])"
        elif _CLOSES.match(line, at) and not _goes_on(line, at):
            made += f"(?:$|[^{_LETTER}])"
        else:
            return None
    made = (made + line[at:]).replace(r"\w", f"[{_LETTER}]").replace(r"\W", f"[^{_LETTER}]")
    return b"(?:" + made.encode("cp1251") + b")"


def _goes_on(line: str, at: int) -> bool:
    """Whether something must follow the group that ends or branches here: one sign would be read twice."""
    depth = 0
    for i in range(at, len(line)):
        depth += (line[i] == "(") - (line[i] == ")")
        if depth < 0:
            depth = 0
            if line[i + 1 : i + 2] not in ("", ")", "|"):
                return True
    return False


@cache
def _engine(sections: tuple[str, ...]) -> tuple[Callable[[bytes], list[int] | None], dict[str, re.Pattern[str]]]:
    together: list[bytes] = []
    apart: dict[str, re.Pattern[str]] = {}
    for section in sections:
        lines = sign_lines(section)
        made = {line: _for_engine(line) for line in lines}
        together.append(b"|".join(pattern for pattern in made.values() if pattern) or b"[^\\x00-\\xff]")
        left = [line for line in lines if made[line] is None]
        if left:
            apart[section] = re.compile("|".join(left))
    return which_of(together), apart


def shown(folded: str, sections: tuple[str, ...]) -> frozenset[str]:
    """The sections of which a sign stands in a folded text."""
    which, apart = _engine(sections)
    found = {sections[number] for number in which(folded.encode("cp1251", "replace")) or ()}
    found.update(name for name, pattern in apart.items() if name not in found and pattern.search(folded))
    return frozenset(found)

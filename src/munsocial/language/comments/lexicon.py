"""The lexicon: rules written in ``tools/language/rules/*.toml`` and turned into linear-time patterns.

People edit the TOML pages, which are not installed; ``tools/language/compile_rules.py`` puts them into one file which
is read in a few milliseconds, together with the needs by which `gate` knows what lines a text may match. A test holds
the pages and the file together.

A rule is a handful of lines that may be read aloud. Its little language, beside plain regular expressions:

====================  =====================================================================
``~``                 the rest of a word, any Russian letters
`` .. `` `` ... ``    up to three, up to eight words between (whole words, any signs)
a blank               whatever stands between two words
``<name>``            a macro of the same file (from ``[macros]`` or ``[loose]``)
``^`` and ``$``       the beginning of a sentence (after a mention too), the end of the text
``stretch = true``    each letter matches any number of its repeats («блииин»)
``masked = true``     also read where signs inside words have been taken away («д-у-р-а-к»)
``hidden = true``     also read where a sign may stand for any letter («д*рак»)
``unless``            harmless readings: a find which one of them overlaps is dropped; those at the head
                      of a page excuse the finds of all its rules; a reading keeps to one sentence
====================  =====================================================================

A line stands for whole words: what precedes and follows it is never a Russian letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Final, NamedTuple

from munsocial.language.comments.unmask import HIDDEN
from munsocial.language.shipped import shipped
from munsocial.wording import Text

__all__ = ["BEFORE_SENTENCE", "CATEGORIES", "Compiled", "Line", "Rule", "compiled", "rules"]

CATEGORIES: Final = ("obscenity", "insult", "threat", "extremism", "drugs", "personal_data", "spam")

_LETTER = "[а-я]"
_BEFORE, _AFTER = "(?:^|[^а-я])", "(?:$|[^а-я])"
BEFORE_SENTENCE: Final = r"(?:^|[.!?\n;)\xa4])(?:[^а-яa-z0-9]*\[(?:id|club)[0-9]+\|[^\]\n]{0,80}\])?[^а-яa-z0-9]*"
_BLANK = re.compile(r"\[\^?\]?[^\]]*\]|\\.| ")
_CYRILLIC = re.compile("[а-я]")
_LETTERS = re.compile(r"\[[^\]]*\]|\\.|[а-я]")
_BREAK = "(?:[^а-яa-z0-9]+)"
_BREAK_WITHIN = r"(?:[^а-яa-z0-9.!?\n]+)"  # of one sentence: what the next one says excuses nothing
_MACRO = re.compile(r"<(\w+)>")
_STRETCHED = re.compile(r"(\[[а-я]+\])(?![?+*{])|\[[^\]]*\]|\\.|([а-я])(\?(?![:<])|[+*{])?")


@dataclass(frozen=True)
class Line:
    """One line in the little language, cut at its outermost «|» into branches, for one reading of a text."""

    parts: tuple[str, ...]
    macros: Mapping[str, str]
    stretch: bool
    view: str

    @property
    def written(self) -> str:
        """Return the line as it is written in its page."""
        return "|".join(self.parts)

    @property
    def spelled(self) -> str:
        """Return the line with its macros put in and its letters allowed to repeat."""
        return _spell(self.written, self.macros, stretch=self.stretch)

    @property
    def whole(self) -> bytes:
        """Return the line as the engine reads it."""
        return self._pattern(self.written)

    @property
    def branches(self) -> list[bytes]:
        """Return each branch as the engine reads it: the line matches where one of them does, and nowhere else."""
        return [self.branch(place) for place in range(len(self.parts))]

    def branch(self, place: int) -> bytes:
        """Return one branch as the engine reads it; what bounds the line bounds each of its branches."""
        first, part = self.parts[0], self.parts[place]
        return self._pattern(f"^{part}" if place and first.startswith("^") else part)

    def _pattern(self, written: str) -> bytes:
        spelled = _spell(written, self.macros, stretch=self.stretch)
        begins_with_sign = self.parts[0].startswith("(?:,")  # a line that begins with a sign needs no bound there
        return _VIEWED[self.view](_bounded(spelled, "" if begins_with_sign else _BEFORE)).encode("cp1251")


@dataclass(frozen=True, eq=False)  # told apart by being one
class Excuses:
    """Harmless readings of one rule or, at the head of a page, of all its rules; for each the bits that it needs."""

    unless: tuple[str, ...]
    bits: tuple[str, ...]
    macros: Mapping[str, str]
    view: str

    @property
    def patterns(self) -> list[bytes]:
        """Return the readings as the engine reads them."""
        return [self.pattern(place) for place in range(len(self.unless))]

    def pattern(self, place: int) -> bytes:
        """Return one reading as the engine reads it."""
        reading = _bounded(_spell(self.unless[place], self.macros, stretch=False), _BEFORE, _BREAK_WITHIN)
        return (_latin(reading) if self.view == "latin" else reading).encode("cp1251")


@dataclass(frozen=True)
class Rule:
    """One reviewable idea: the lines that find it, the readings that excuse it, and a reason for people.

    ``view`` names the reading of the text on which the lines are tried: plain, hidden, latin or layout.
    """

    category: str
    id: str
    weight: float
    why: Text
    lines: tuple[Line, ...]
    excuses: tuple[Excuses, ...]
    view: str
    masked: bool


class Compiled(NamedTuple):
    """The shipped rules, and what the lines that are read plainly need of a text (see `gate`), as it is written."""

    rules: tuple[Rule, ...]
    needs: Mapping[str, Any]
    starts: tuple[str, ...]  # how the word may begin, for each line that is read with hidden letters


@cache
def compiled() -> Compiled:
    """Read the shipped file, once."""
    page = json.loads(shipped("moderation.json"))
    macros = page["macros"]
    shared = {name: _excuses(unless, macros[name], "plain") for name, unless in page["excuses"].items()}
    found = (_rules(entry, macros[entry["category"]], shared[entry["category"]]) for entry in page["rules"])
    return Compiled(tuple(chain.from_iterable(found)), page["needs"], tuple(page["starts"]))


def rules() -> tuple[Rule, ...]:
    """Return the shipped rules in the order of their pages."""
    return compiled().rules


def _excuses(unless: Mapping[str, Sequence[str]], macros: Mapping[str, str], view: str) -> tuple[Excuses, ...]:
    lines, bits = tuple(unless["lines"]), tuple(unless["bits"])
    return (Excuses(lines, bits, macros, view),) if lines else ()


def _rules(entry: Mapping[str, Any], macros: Mapping[str, str], shared: tuple[Excuses, ...]) -> Iterator[Rule]:
    """Yield a rule for each reading in which its lines are tried; ``shared`` excuses are about Russian letters."""
    view = entry["view"]
    for name in (view, "hidden") if entry["hidden"] else (view,):
        yield Rule(
            category=entry["category"],
            id=entry["id"],
            weight=entry["weight"],
            why=Text(ru=entry["ru"], en=entry["en"]),
            lines=tuple(Line(tuple(parts), macros, entry["stretch"], name) for parts in entry["lines"]),
            excuses=_excuses(entry["unless"], macros, name) + (() if name == "latin" else shared),
            view=name,
            masked=entry["masked"],
        )


def _spell(line: str, macros: Mapping[str, str], *, stretch: bool) -> str:
    """Put in the macros and let letters repeat; gaps and blanks stay as they are written."""
    while _MACRO.search(line):
        line = _MACRO.sub(lambda name: macros[name[1]], line)
    return _STRETCHED.sub(_stretched, line) if stretch else line


def _hidden(pattern: str) -> str:
    """Let the sign for a hidden letter stand for any letter of the pattern."""
    return _LETTERS.sub(_hidden_letter, pattern)


def _hidden_letter(found: re.Match[str]) -> str:
    part = found[0]
    if part[0] == "[":
        return f"{part[:-1]}{HIDDEN.decode()}]" if _CYRILLIC.search(part) else part
    return part if part[0] == "\\" else f"[{part}{HIDDEN.decode()}]"


def _latin(pattern: str) -> str:
    """Bound words by Latin letters instead of Russian ones."""
    return pattern.replace("[^а-я]", "[^a-zа-я]")


def _pattern(spelled: str, between: str) -> str:
    """Turn the little language into a regular expression."""
    gap = f"(?:{between}[а-яa-z0-9]+)"
    spelled = spelled.replace(" ... ", gap + "{0,8}" + between).replace(" .. ", gap + "{0,3}" + between)
    return _BLANK.sub(lambda found: between if found[0] == " " else found[0], spelled).replace("~", _LETTER + "*")


def _bounded(spelled: str, before: str = _BEFORE, between: str = _BREAK) -> str:
    if spelled.startswith("^"):
        return f"{BEFORE_SENTENCE}({_pattern(spelled[1:], between)}){_AFTER}"
    return f"{before}(?:{_pattern(spelled, between)}){_AFTER}"


def _stretched(found: re.Match[str]) -> str:
    choice, letter, often = found.groups()
    if choice is not None:
        return f"(?:{'|'.join(f'{one}+' for one in choice[1:-1])})"
    if letter is None:
        return found[0]
    if often == "?":
        return letter + "*"
    return found[0] if often else letter + "+"


def _plain(pattern: str) -> str:
    return pattern


# How a pattern is fitted to the reading on which it is tried.
_VIEWED: Final[Mapping[str, Callable[[str], str]]] = {
    "plain": _plain,
    "layout": _plain,
    "hidden": _hidden,
    "latin": _latin,
}

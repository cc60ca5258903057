"""A post with its weak places underlined and the advice beside them: what `munsocial lint` prints."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass

from munsocial.language.editor.style import LONGEST, Remark, Style, style
from munsocial.wording import Lang, Text, decimal

__all__ = ["LintReport", "lint_report"]

_WIDTH = 96
_NARROWEST = 20
_JOINER, _EMOJI_SIGN = "\u200d", "\ufe0f"
_SKINS = frozenset("🏻🏼🏽🏾🏿")
_NAMES = {
    "light_verb": Text(ru="пустой глагол", en="light verb"),
    "verbal_noun": Text(ru="существительное вместо глагола", en="noun instead of a verb"),
    "denominal_prep": Text(ru="канцелярский предлог", en="office preposition"),
    "passive": Text(ru="страдательный оборот", en="passive"),
    "cliche": Text(ru="штамп", en="cliché"),
    "word": Text(ru="канцелярское слово", en="office word"),
    "genitive_chain": Text(ru="цепочка родительных падежей", en="chain of genitives"),
    "press_opening": Text(ru="зачин пресс-релиза", en="press-release opening"),
    "third_person": Text(ru="о себе в третьем лице", en="oneself in the third person"),
}
_VERDICTS = {
    "press": Text(ru="читается как пресс-релиз ({score} из 100)", en="reads like a press release ({score} of 100)"),
    "talk": Text(ru="читается как живая речь ({score} из 100)", en="reads like talk ({score} of 100)"),
    None: Text(ru="слишком коротко, чтобы судить", en="too short to judge"),
}
_EXEMPT = Text(ru="не проверяется: {reason}", en="not checked: {reason}")
_EASE = Text(
    ru="слов в предложении: {per_sentence}, самое длинное: {longest}; лёгкость чтения {ease}",
    en="words a sentence: {per_sentence}, the longest: {longest}; reading ease {ease}",
)
_LONG = Text(
    ru="есть предложение длиннее {limit} слов: разбейте его", en="a sentence is longer than {limit} words: split it"
)
_LONG_SENTENCE = 25
_CUT = Text(
    ru="прочитано только начало: {limit} знаков из {length}",
    en="only the beginning was read: {limit} of {length} characters",
)


def _widths(text: str) -> list[int]:
    """Columns of each character on a terminal: combining marks none, wide letters two, an emoji as its first."""
    widths: list[int] = []
    last = 0
    joined = False
    for c in text:
        width = 0
        if c == _EMOJI_SIGN:  # asks for the emoji of a letter: two columns
            width, last = 2 - last, 2
        elif not (joined or unicodedata.category(c) in ("Mn", "Me", "Cf") or c in _SKINS):
            width = last = 2 if unicodedata.east_asian_width(c) in "WF" else 1
        widths.append(width)
        joined = c == _JOINER
    return widths


def _cells(text: str) -> int:
    return sum(_widths(text))


def _printable(text: str) -> str:
    """One column a character: tabs and control characters would move the underlining or the terminal."""
    return "".join(
        " " if c == "\t" else "�" if c != "\n" and unicodedata.category(c) in ("Cc", "Cs") else c for c in text
    )


def _pieces(text: str, width: int) -> list[tuple[int, int]]:
    """Where each printed line begins and ends: lines of the text, those too wide folded at a blank."""
    pieces = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        begun, blank, columns = at, at, 0
        for i, cells in enumerate(_widths(line), at):
            columns += cells
            if columns > width and cells:
                cut = blank if blank - begun > width // 2 else i
                pieces.append((begun, cut))
                columns = _cells(text[cut : i + 1])
                begun = blank = cut
            if text[i] == " ":
                blank = i + 1
        pieces.append((begun, end))
        at = end + 1
    return pieces


def _underline(text: str, low: int, high: int, remarks: list[Remark]) -> str:
    marks, at = "", low
    for remark in remarks:
        start, end = max(low, remark.start), min(high, remark.end)
        marks += " " * _cells(text[at:start]) + "~" * _cells(text[start:end])
        at = end
    return marks


def _folded(line: str, width: int, indent: str) -> list[str]:
    """A line of ours folded between words: a terminal would cut it inside of one."""
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)


@dataclass(frozen=True, slots=True)
class LintReport:
    """What the editor says of one post."""

    text: str
    style: Style
    lang: Lang = "ru"

    @property
    def ok(self) -> bool:
        """Whether nothing is to be rewritten: no remark, and not a press release."""
        return not self.style.remarks and self.style.reads_as != "press"

    def lines(self, width: int = _WIDTH) -> list[str]:
        """Lines for a terminal of so many columns, without colours; advice is in Russian, the language of the post."""
        width = max(_NARROWEST, width)
        shown: list[str] = []
        rest = list(self.style.remarks)
        printable = _printable(self.text.replace("\r", " "))
        for low, high in _pieces(printable.rstrip(), width):
            here = [remark for remark in rest if remark.start < high and remark.end > low]
            shown.append(printable[low:high].rstrip())
            if here:
                shown.append(_underline(printable, low, high, here))
                for remark in here:
                    shown += _folded(self._advice(remark), width, "    ") if remark.end <= high else ()
            rest = [remark for remark in rest if remark.end > high]
        return [*shown, "", *(line for said in self._verdict() for line in _folded(said, width, ""))]

    def as_data(self) -> dict[str, object]:
        """The same for a program: plain data, places counted in characters from 0, lines and columns from 1."""
        measures = self.style.readability
        return {
            "ok": self.ok,
            "reads_as": self.style.reads_as,
            "score": self.style.score,
            "exempt": self.style.exempt.say(self.lang) if self.style.exempt is not None else None,
            "characters_read": min(len(self.text), LONGEST),
            "remarks": [self._remark_data(remark) for remark in self.style.remarks],
            "readability": {
                "words": measures.words,
                "sentences": measures.sentences,
                "words_per_sentence": measures.words_per_sentence,
                "longest_sentence": measures.longest_sentence,
                "ease": measures.ease,
            },
        }

    def _remark_data(self, remark: Remark) -> dict[str, object]:
        before = self.text[: remark.start]
        return {
            "category": remark.category,
            "start": remark.start,
            "end": remark.end,
            "line": before.count("\n") + 1,
            "column": remark.start - (before.rfind("\n") + 1) + 1,
            "text": self.text[remark.start : remark.end],
            "advice": remark.advice,
            "weight": remark.weight,
        }

    def _advice(self, remark: Remark) -> str:
        name = _NAMES[remark.category].say(self.lang) if remark.category in _NAMES else remark.category
        return f"  └ «{' '.join(_printable(self.text[remark.start : remark.end]).split())}» — {name}: {remark.advice}"

    def _verdict(self) -> list[str]:
        if self.style.exempt is not None:
            return [_EXEMPT.fill(reason=self.style.exempt).say(self.lang)]
        measures = self.style.readability
        verdict = [_VERDICTS[self.style.reads_as].fill(score=self.style.score).say(self.lang)]
        if measures.words:
            facts = {
                "per_sentence": decimal(measures.words_per_sentence),
                "longest": measures.longest_sentence,
                "ease": decimal(measures.ease),
            }
            verdict.append(_EASE.fill(**facts).say(self.lang))
        if measures.longest_sentence > _LONG_SENTENCE:
            verdict.append(_LONG.fill(limit=_LONG_SENTENCE).say(self.lang))
        if len(self.text) > LONGEST:
            verdict.append(_CUT.fill(limit=LONGEST, length=len(self.text)).say(self.lang))
        return verdict


def lint_report(text: str, lang: Lang = "ru") -> LintReport:
    """Look a post over; `ok` is what an exit code is made of."""
    return LintReport(text, style(text), lang)

"""Taking the mask off a text: one alphabet, no invisible marks, and the way back to the original characters.

A view is the text as bytes of code page 1251: one byte a character, so a matcher decodes nothing and an index is a
position. Russian letters are lower case with ё as е, look-alikes of other alphabets and digits are resolved inside
Russian words, everything invisible is left out. This file must not know what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from munsocial.language.comments.folding import drawn, encoded, is_invisible
from munsocial.language.engine import which_of

__all__ = [
    "BAR",
    "HIDDEN",
    "MENTION",
    "View",
    "hidden_view",
    "is_spelled",
    "joined_view",
    "latin_view",
    "layout_view",
    "letter_runs",
    "plain_view",
    "tight_view",
    "unaddressed",
]

HIDDEN = b"\x01"  # a letter that a sign stands for
BAR = ord("|")  # of a mention; a number is found among bytes ten times as quickly as bytes are

# Latin letters as they are used inside a Russian word; case matters: H is drawn as Н, h as х.
_LATIN = "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ"
_DRAWN = "аабвссддееффгдхниийдккллммпноорряярсссттиуввшшххуузз"
_DIGITS, _FOR_DIGITS = "01349@6$", "оизчяабс"
_LETTERS_INSIDE = bytes.maketrans(_LATIN.encode(), _DRAWN.encode("cp1251"))
_ALL_INSIDE = bytes.maketrans((_LATIN + _DIGITS).encode(), (_DRAWN + _FOR_DIGITS).encode("cp1251"))
_SIGNS_KEPT = bytes.maketrans((_LATIN + "0146").encode(), (_DRAWN + "оичб").encode("cp1251"))
# A word of two alphabets; the others are gone through once and left alone.
_MIXED = re.compile(
    rb"(?<![a-zA-Z0-9@$\xe0-\xff])(?:[\xe0-\xff]++[a-zA-Z0-9@$]|[a-zA-Z0-9@$]++[\xe0-\xff])[a-zA-Z0-9@$\xe0-\xff]*+"
)
# A piece of a torn word that is drawn with Latin letters only («xy-йня»); an address («ok.ru») is no such piece.
_ALIKE = rb"[aceopxyukmtbzACEHKMOPTXBY]"
_TORN = re.compile(
    rb"(?<![a-zA-Z0-9.@/:])" + _ALIKE + rb"{1,5}(?=[-_*. ][\xe0-\xff])"
    rb"|(?<=[\xe0-\xff][-_*. ])" + _ALIKE + rb"{1,5}(?![a-zA-Z0-9.@/:])"
)
_IS_MIXED, _IS_TORN = 0, 1
_odd = which_of(
    [
        rb"[\xe0-\xff][a-zA-Z0-9@$]|[a-zA-Z0-9@$][\xe0-\xff]",
        _ALIKE + rb"[-_*. ][\xe0-\xff]|[\xe0-\xff][-_*. ]" + _ALIKE,
    ]
)
_DIGIT_AS_LETTER = re.compile(
    rb"[\xe0-\xffa-zA-Z][01349@6$]+[\xe0-\xffa-zA-Z]|^[01346@][\xe0-\xff]{3}|^6[\xe0-\xff]{2}|[\xe0-\xff]{2}[06@]$"
)


def _resolve(word: re.Match[bytes]) -> bytes:
    """Read a word of mixed alphabets as Russian; numbers, measures and foreign words are none."""
    seen = word.group()
    return seen.translate(_ALL_INSIDE if _DIGIT_AS_LETTER.search(seen) else _LETTERS_INSIDE)


def _draw(piece: re.Match[bytes]) -> bytes:
    return piece.group().translate(_LETTERS_INSIDE)


class View(NamedTuple):
    """One reading of a text: ``seen`` begins and ends with a blank; ``origin`` tells where its bytes came from.

    ``origin`` is a position in the text for each byte, or None when only invisible characters were left out.
    """

    seen: bytes
    text: str
    origin: Sequence[int] | None = None
    kind: str = "plain"
    mixed: bool = False  # some word holds letters of two alphabets

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original text which these bytes stand for."""
        origin = self.origin if self.origin is not None else _origin(self.text, len(self.seen))
        inside = [origin[index] for index in range(max(start, 1), min(end, len(self.seen) - 1))]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _origin(text: str, length: int) -> Sequence[int]:
    """Position in the text of each byte of a plain view: shifted by one for the blank, invisible ones skipped."""
    if len(text) + 2 == length:
        return range(-1, length - 1)
    return _origin_with_gaps(text)


@lru_cache(maxsize=4)
def _origin_with_gaps(text: str) -> Sequence[int]:
    kept = [index for index, sign in enumerate(text) if not is_invisible(sign)]
    return [-1, *kept, len(text)]


@lru_cache(maxsize=4)  # rules, own words and the watch for repetition ask for the same text in turn
def plain_view(text: str) -> View:
    """Fold the text and resolve look-alikes inside its Russian words."""
    text = drawn(text)
    seen = encoded(text).rstrip()  # a line ended behind the last word is no sign of anything
    odd = _odd(seen) or ()
    mixed = _IS_MIXED in odd
    if mixed:
        seen = _MIXED.sub(_resolve, seen)
    if mixed or _IS_TORN in odd:
        seen = _TORN.sub(_draw, seen)
    lower = seen.lower()  # of bytes: only Latin letters are touched, the rest is lower already
    return View(b" " + lower + b" ", text, mixed=mixed)


_NOISE = b".-_*~'`^=+|/\\,:;\"()<>#@%$&[]{}\xa4\x88"
_BLANKS = bytes.maketrans(b"\n\xb6!?", b"    ")
# «[id12345|Анна], …» begins most answers in VK: the number is nobody's and no part of the name.
MENTION = re.compile(rb"\[(?:id|club)[0-9]+\|")
_ADDRESSED = re.compile(MENTION.pattern + rb"[^\]\n]{0,80}\]")
# Digits between letters written apart: «п и 3 д е ц».
_DIGITS_APART = re.compile(rb"(?<![0-9a-z\xe0-\xff])[\xe0-\xff](?: [013469])+(?= [\xe0-\xff](?![0-9a-z\xe0-\xff]))")
_ALL_BUT_DIGITS_FOR_LETTERS = bytes(set(range(256)) - set(b"013469"))
_LETTERS_FOR_DIGITS = bytes.maketrans(_DIGITS.encode(), _FOR_DIGITS.encode("cp1251"))


def tight_view(view: View) -> View:
    """Return the text without the signs that stand inside its words, and letters for the digits that stand there.

    The number of a mention is no part of its name.
    """
    if BAR in view.seen:
        view = view._replace(seen=MENTION.sub(_blank, view.seen))
    seen = view.seen.translate(_BLANKS, _NOISE)
    if seen.translate(None, _ALL_BUT_DIGITS_FOR_LETTERS):
        seen = _DIGITS_APART.sub(_as_letters, seen)
    if _IS_MIXED in (_odd(seen) or ()):
        seen = _MIXED.sub(_resolve, seen)
    return View(seen, view.text, _TightOrigin(view), kind="tight")


def _as_letters(apart: re.Match[bytes]) -> bytes:
    return apart.group().translate(_LETTERS_FOR_DIGITS)


def _blank(found: re.Match[bytes]) -> bytes:
    return b" " * len(found.group())


def unaddressed(view: View) -> View:
    """Return the view without the names of those who are answered: what is told of somebody is told of others."""
    return view._replace(seen=_ADDRESSED.sub(_blank, view.seen))


class _TightOrigin(Sequence[int]):
    """Positions of a tight view, worked out only when somebody asks: most tight views hold nothing."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cache  # noqa: B019 - the object lives as long as one text is read
    def _all(self) -> list[int]:
        origin = self._view.origin or _origin(self._view.text, len(self._view.seen))
        return [origin[index] for index, byte in enumerate(self._view.seen) if byte not in _NOISE]

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, index: int) -> int:  # type: ignore[override]  # slices are never taken here
        return self._all()[index]


_RUN = re.compile(rb"(?<![\xe0-\xff])[\xe0-\xff](?:(?: [\xe0-\xff]){2,}|(?: {2,3}[\xe0-\xff]){2,})(?![\xe0-\xff])")
_MAY_RUN = which_of([rb"[^\xe0-\xff][\xe0-\xff] {1,3}[\xe0-\xff] {1,3}[\xe0-\xff](?:[^\xe0-\xff]|$)"])
_SPELLED = which_of([rb"(?:[\xe0-\xff][-._*~|/]){4}[\xe0-\xff]"])
_ONE_LETTER_WORDS = "аияво".encode("cp1251")


def is_spelled(view: View) -> bool:
    """Tell whether letters of some word are parted by signs («к.р.е.д.и.т»)."""
    return bool(_SPELLED(view.seen))


def letter_runs(view: View) -> View | None:
    """Join letters written apart («п р и в е т»); None when there are none. The view must be tight."""
    if not _MAY_RUN(view.seen):
        return None
    seen, origin = bytearray(b" "), [-1]
    for run in _RUN.finditer(view.seen):
        places = [index for index in range(run.start(), run.end()) if view.seen[index] != 32]
        for skipped in (0, 1) if len(places) > 3 and view.seen[places[0]] in _ONE_LETTER_WORDS else (0,):
            seen += bytes(view.seen[index] for index in places[skipped:]) + b" "
            origin += [*(_place(view, index) for index in places[skipped:]), -1]
    return View(bytes(seen), view.text, origin, kind="tight") if len(seen) > 1 else None


def joined_view(view: View) -> View:
    """Join letters written apart and keep the rest in its place, so that phrases are whole; the view must be tight."""
    kept: list[int] = []
    at = 0
    for run in _RUN.finditer(view.seen):
        letters = [index for index in range(run.start(), run.end()) if view.seen[index] != 32]
        last = letters.pop() if len(letters) > 4 and view.seen[letters[-1]] in _ONE_LETTER_WORDS else run.end()
        kept += [*range(at, run.start()), *letters]  # «п р о д а м в парке»: the last letter is a word of its own
        at = last - 1 if last < run.end() else last
    kept += range(at, len(view.seen))
    return View(bytes(view.seen[index] for index in kept), view.text, _Kept(view, kept), kind="tight")


class _Kept(Sequence[int]):
    """Positions of the bytes that were kept of another view, looked up when somebody asks."""

    def __init__(self, view: View, kept: list[int]) -> None:
        self._view, self._kept = view, kept

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, index: int) -> int:  # type: ignore[override]  # slices are never taken here
        return _place(self._view, self._kept[index])


def _place(view: View, index: int) -> int:
    return view.span(index, index + 1)[0]


# What people put in place of a letter. A full stop, a question mark or a plus does so only between letters.
_HIDING = re.compile(
    rb"(?=[*#@%$&^~_=|3\"'\xa4\x88?!+.-])(?:"
    rb"(?<=[\xe0-\xff])(?:[*#@%$&^~_=|3\"'\xa4\x88]{1,4}|[?!+]{1,3}|\.{2,3}|-{2,3})(?=[\xe0-\xff])"
    rb"|(?<=[\xe0-\xff])[*#@%$&^]{1,3}(?![\xe0-\xff*#@%$&^])"
    rb"|(?<![\xe0-\xff0-9*#@%$&^])[*#@%$&^3](?=[\xe0-\xff]))"
)


def hidden_view(view: View) -> View | None:
    """Put `HIDDEN` for every sign that stands in place of a letter; None when there are no such signs."""
    text = view.text
    seen = b" " + encoded(text) + b" "
    if view.mixed:
        seen = _MIXED.sub(_resolve_keeping_signs, seen)
    hidden = _HIDING.sub(_hide, seen)
    return View(hidden, text, kind="hidden") if hidden != seen else None


def _resolve_keeping_signs(word: re.Match[bytes]) -> bytes:
    return word.group().translate(_SIGNS_KEPT)


def _hide(signs: re.Match[bytes]) -> bytes:
    return HIDDEN * len(signs.group())


_LATIN_WORD = re.compile(
    rb"[a-z]{3}|[a-z]@[a-z]|[\[{,<;:'\"][a-z]{2}(?![a-z0-9])|[a-z][,;'`\[\]][a-z]|[\[{<][a-z][`.,]"
)
_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_TYPED = "йцукенгшщзхъфывапролджэячсмитьбюе" * 2
_LAYOUT = bytes.maketrans(_KEYS.encode(), _TYPED.encode("cp1251"))


_LATIN_RUN = re.compile(rb"(?<![a-z])[a-z](?:[ .*_|/-][a-z]){2,}(?![a-z])")


def latin_view(view: View) -> View | None:
    """Return the text in lower case with its Latin letters as they are; None when it holds no Latin word."""
    if _LATIN_WORD.search(view.seen):
        seen = b" " + encoded(view.text).lower() + b" "
        return View(_DIGIT_IN_LATIN.sub(_as_latin, seen), view.text)
    run = _LATIN_RUN.search(view.seen)  # «h u i»: the first such run is enough, Russian is the subject here
    if run is None:
        return None
    places = [place for place in range(run.start(), run.end()) if 97 <= view.seen[place] <= 122]
    joined = bytes(view.seen[place] for place in places)
    return View(b" " + joined + b" ", view.text, [-1, *(_place(view, place) for place in places), -1])


_DIGIT_IN_LATIN = re.compile(rb"(?<=[a-z])[0134](?=[a-z])")
_LATIN_FOR_DIGITS = bytes.maketrans(b"0134", b"oiea")


def _as_latin(digit: re.Match[bytes]) -> bytes:
    """Read a digit by its shape: a one stands for «i», and after «b» for «l» («b1yat»)."""
    after_b = digit.string[digit.start() - 1 : digit.end()] == b"b1"
    return b"l" if after_b else digit.group().translate(_LATIN_FOR_DIGITS)


def layout_view(text: str) -> View:
    """Read Latin keys as the Russian letters on them; Russian letters become blanks, they were typed rightly."""
    return View(b" " + encoded(text).translate(_ONLY_KEYS).translate(_LAYOUT) + b" ", text)


_ONLY_KEYS = bytes(code if code < 0x80 else 32 for code in range(256))

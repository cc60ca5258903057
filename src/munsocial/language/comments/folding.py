"""Folding a text into bytes of code page 1251, one a sign: Russian letters lower and without ё, whatever their drawing.

Look-alikes of other alphabets become the letters they resemble, invisible marks go, and what is drawn of several signs
(«}{уй») becomes the letter. Which words are Russian, this file does not know; it is `unmask` that asks.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["SEEN_PICTURE", "drawn", "encoded", "is_invisible"]

_PICTURE = "¤"  # any emoji or pictograph
SEEN_PICTURE = _PICTURE.encode("cp1251")[0]  # as it stands in a view
_FOREIGN = "¶"  # a letter that resembles nothing Russian
_BREVE = "\u0306"  # of й in two pieces
_MONEY = "€"  # any sign of a currency but the dollar

# Drawn like Russian letters: Greek, phonetic, small capitals, other Cyrillic. Pairs: what is seen, what is meant.
_PAIRS = (
    "αа βб γу δд εе ζз ηн θо ιи κк λл μм νв οо πп ρр σо τт υу φф χх ψф ωш ςс ϑв ϲс ϳй "
    "ᴀа ʙв ᴄс ᴅд ᴇе ɢг ʜн ɪи ᴊй ᴋк ʟл ᴍм ɴп ᴏо ᴘр ʀя ꜱс ᴛт ᴜи ᴠв ᴡш ʏу ᴢз ᴎи ᴙя ᴦг ᴧл ᴨп ᴩр "
    "іи їи єе ґг ўу јй ѕс ђд ћц ќк љл њн џц ѓг қк ңн үу ұу һх өо әа ҳх ӣи ӯу ѐе ѝи ѡш ѵу ѻо ҽе ҿе "
    "ѹу ꙋу ѳо ѯз ѱп ӡз ԑе ԥп ԝш ҝк ҟк ҡк ӄк ҕг ӷг ҙз ҹч ҷч ҵц ꙇи ʒз ȝз ᴣз ᴤс "
    "ʌл ʎл ɐа ɑа ɓб ɛе ɜз ɡг ɯш ʁя ƃб ıи øо łл đд ħх ŧт ∂д ∆д ⱪк "
)
_LOOKALIKES = dict(zip(_PAIRS[::3], _PAIRS[1::3], strict=True))
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("«»„“”‟", '"'),
    **dict.fromkeys("‘’ʼ′‛", "'"),
    **dict.fromkeys("…‥", "."),
    **dict.fromkeys("•·∙∗★☆●▪◦®°", "*"),
    **dict.fromkeys("₽€£¥₴₸", _MONEY),
    "№": "N", "×": "x", "‚": ",", "©": "с", "†": "т", "¡": "и",
}  # fmt: skip


def _fold(sign: str) -> str | None:
    """Return the one character (of code page 1251) that stands for this one; None: it is not seen at all."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    kind = unicodedata.category(sign)
    if kind in {"Mn", "Me", "Cf"}:
        return None
    if kind[0] == "Z" or kind == "Cc":
        return "\n" if sign in "\n\r\x0b\x0c\x85\u2028\u2029" else " "
    if sign.isascii():
        return sign
    return _fold_letter(sign, kind)


def _fold_letter(sign: str, kind: str) -> str:
    flat = unicodedata.normalize("NFKD", sign)
    for first in (sign, sign.lower()[:1], flat[:1], flat.lower()[:1]):
        if first in _LOOKALIKES:
            return _LOOKALIKES[first]
        if "а" <= first.lower() <= "я":
            return "й" if flat[1:2] == _BREVE and first in "иИ" else first.lower()
        if first in "ёЁ":
            return "е"
        if first.isascii() and first.isalnum():
            return first
    if kind in {"So", "Sk"}:
        return _PICTURE
    if kind[0] in "LC":
        return _FOREIGN
    return "*" if kind[0] in "PS" else " "


class _Folding(dict[int, str | None]):
    """A table for str.translate, filled as characters are met; bounded, because texts are anybody's."""

    def __missing__(self, code: int) -> str | None:
        folded = _fold(chr(code))
        if len(self) < 65536:
            self[code] = folded
        return folded


_FOLDING = _Folding()


def _byte_table() -> bytes:
    """Build the same folding for texts that fit the code page: one translation of bytes, ten times quicker."""
    table = bytearray(range(256))
    for code in set(range(256)) - {0x98}:
        folded = _fold(bytes([code]).decode("cp1251"))
        if folded is not None:
            table[code] = folded.encode("cp1251")[0]
    return bytes(table)


_BYTES = _byte_table()
_SOFT_HYPHEN = b"\xad"


def encoded(text: str) -> bytes:
    """Return the bytes of a text, Latin letters in their case."""
    try:
        return text.encode("cp1251").translate(_BYTES, _SOFT_HYPHEN)
    except UnicodeEncodeError:
        return text.translate(_FOLDING).encode("cp1251", "replace")


def is_invisible(sign: str) -> bool:
    """Tell whether nobody sees this character; it has no byte."""
    return _FOLDING[ord(sign)] is None


# Letters drawn of signs beside Russian ones: what is drawn becomes the letter and marks that nobody sees.
_DRAWN_OF_SIGNS = {"}{": "х\u00ad", "|7": "п\u00ad", "/\\": "л\u00ad", "€": "е", "₽": "р", "¥": "у", "…": "*"}
_SIGNS_OF_LETTERS = re.compile(
    r"(?:\}\{|\|7|/\\|(?<!\d)(?<!\d )[€₽¥])(?=[а-яё])|(?<=[а-яё0-9])(?:\}\{|\|7|/\\)(?=[^\W\d_]|$)", re.IGNORECASE
)
_MAY_BE_DRAWN = re.compile(r"\}\{|\|7|/\\|\)\(|><|…|€|₽|¥")
_INSIDE = re.compile(r"(?<=[а-яё])…(?=[а-яё])")  # three dots of a sentence stand before a blank or a capital letter
_IN_TWO_PIECES = re.compile(f"[иИ](?=[\u0321-\u0338]{{0,9}}{_BREVE})")  # strokes across a letter stand before its breve
# «)(» at the beginning of a word or inside it, and where no bracket was open.
_CROSSED = re.compile(r"(?<![^\s\"«])([а-яё]{0,6})(?:\)\(|><)(?=[а-яё])", re.IGNORECASE)


def drawn(text: str) -> str:
    """Return the text with letters in place of what is drawn of signs; it stays as long as it was.

    An й in two pieces is one: its mark is left behind it, where nobody sees it.
    """
    if _BREVE in text:
        text = _IN_TWO_PIECES.sub("й", text)
    if not _MAY_BE_DRAWN.search(text):
        return text
    for pattern in (_SIGNS_OF_LETTERS, _INSIDE):
        text = pattern.sub(lambda found: _DRAWN_OF_SIGNS[found.group()], text)
    return _CROSSED.sub("\\1х\u00ad", text)

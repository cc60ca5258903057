"""English twins read right with one as with two: a number stands after its noun, or chooses the noun's form."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"
NUMBER_AND_NOUN = re.compile(r"(?<!of )\{([\w.]+)\} (?:(?:more|new) )?([a-z]+s)\b")
"""«1 of 1 accounts» is said so, it tells the part of a whole."""
NO_NOUNS = frozenset(
    {
        "as",
        "does",
        "ends",
        "has",
        "holds",
        "is",
        "keeps",
        "lacks",
        "makes",
        "opens",
        "stands",
        "stays",
        "this",
        "was",
        "works",
    }
)
NEVER_ONE = {
    "times": "what stands twice at least",
    "limit": "bounds of dozens of words, of thousands of signs",
    "length": "told of what is over a bound",
    "least": "a bound of three letters",
    "most": "bounds of many days or signs",
    "_FILES": "a bound of ten",
    "_TITLE": "a bound of many characters",
    "LONGEST": "a bound of many characters",
    "n": "two networks at least",
}


def english() -> Iterator[tuple[str, str]]:
    """Every English twin, with its place."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                for twin in (*node.args[1:2], *(one.value for one in node.keywords if one.arg == "en")):
                    yield f"{file.relative_to(SOURCE)}:{node.lineno}", written(twin)


def written(twin: ast.expr) -> str:
    """The words of a literal, what is put in as ``{its name}``."""
    if isinstance(twin, ast.Constant):
        return str(twin.value)
    if isinstance(twin, ast.JoinedStr):
        return "".join(map(written, twin.values))
    return f"{{{ast.unparse(twin.value)}}}" if isinstance(twin, ast.FormattedValue) else ""


def test_no_number_stands_before_a_noun_of_many() -> None:
    texts = list(english())
    assert len(texts) > 1000
    found = [
        f"{place}: {text}"
        for place, text in texts
        for number, noun in NUMBER_AND_NOUN.findall(text)
        if noun not in NO_NOUNS and number not in NEVER_ONE
    ]
    assert found == []

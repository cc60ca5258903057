"""How a demand cites its clauses: one, or several with commas between. So the name of a clause holds no comma."""

from __future__ import annotations

import re
from functools import lru_cache

from munsocial.wording import Text

__all__ = ["cited", "cites", "pointed", "unnumbered"]

_UNSAID = Text("пункт не указан", "clause not stated")
_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?[а-яёa-z]?\)?")


@lru_cache(maxsize=4096)
def cited(clause: str) -> tuple[str, ...]:
    """Return the clauses named."""
    return tuple(part.strip() for part in clause.split(",") if part.strip())


def cites(clause: str, wanted: str) -> bool:
    """Tell whether a citation is of a clause or of a point of it: ``9`` takes in ``9.1``, not ``91``.

    Of several clauses wanted, ``"2, 3"``, it has to be of each.
    """
    named, parts = cited(clause), cited(wanted)
    return bool(parts) and all(any(one == part or one.startswith(f"{part}.") for one in named) for part in parts)


@lru_cache(maxsize=4096)
def pointed(clause: str) -> Text:
    """Return how a citation is written: ``п. 9.3``, ``пп. 5, 6``; what has a name and no number stands as it is.

    Of an act that is known by a summary the clauses are not: that is said, an empty place says nothing.
    """
    parts = cited(clause)
    if not parts:
        return _UNSAID
    if not all(_NUMBER.fullmatch(part) for part in parts):
        return Text(clause, clause)
    listed = ", ".join(parts)
    return Text(f"{'пп.' if len(parts) > 1 else 'п.'} {listed}", f"{'cls.' if len(parts) > 1 else 'cl.'} {listed}")


def unnumbered(clause: str, text: str) -> str:
    """Return the words of a clause without its own number before them, for a place that shows the number itself.

    A number without a point after it is taken for a word of the clause: ``5 публикаций в неделю``.
    """
    return re.sub(rf"^\s*{re.escape(clause)}[.)]\s+", "", text)

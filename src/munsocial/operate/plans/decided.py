"""The word of a person who decides: who it is, and why."""

from __future__ import annotations

from munsocial.errors import InputError
from munsocial.model.given import is_a
from munsocial.wording import Text

__all__ = ["WHO", "WHY", "see_said"]

WHO = Text("не указано, кто решил.", "nobody is named who decided."), Text("Укажите --by.", "Give --by.")
WHY = Text("решение без причины.", "a decision without a reason."), Text("Добавьте --why «…».", "Add --why '...'.")
"""What to say of a decision that lacks it, and the remedy."""


def see_said(where: str, *said: tuple[str, tuple[Text, Text]]) -> None:
    """See that a decision leaves out none of these words, each given with what to say when it is empty.

    Raises:
        InputError: the first that is.
    """
    for word, (what, remedy) in said:
        is_a(str, word, where)
        if not word.strip():
            raise InputError(what, where=where, remedy=remedy)

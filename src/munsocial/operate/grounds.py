"""Grounds of removal and ban in words: codes as in acts, names for people. Criticism is not among them."""

from __future__ import annotations

from munsocial.wording import Text

__all__ = ["NAMES", "NO_GROUND", "OWED", "THERE_ARE", "ground_name"]

OWED = "question"
"""Not a ground of removal: why a person is handed a comment that asked something and is taken away."""

NAMES = {
    "obscenity": Text("нецензурная брань", "obscenity"),
    "insult": Text("оскорбление", "insult"),
    "spam": Text("спам", "spam"),
    "threat": Text("угроза", "threat"),
    "suicide": Text("признаки риска самоубийства", "signs of suicide risk"),
    "extremism": Text("признаки экстремизма", "signs of extremism"),
    "drugs": Text("признаки рекламы наркотиков", "signs of drug trade"),
    "personal_data": Text("персональные данные", "personal data"),
    "external_links": Text("посторонние ссылки", "foreign links"),
    "law_violation": Text("нарушение закона", "breach of law"),
    OWED: Text("вопрос, на который нужен ответ", "a question that is owed an answer"),
}

NO_GROUND = Text("такого основания удаления нет.", "there is no such ground of removal.")
THERE_ARE = Text("Есть: {names}.", "There are: {names}.")


def ground_name(ground: str) -> Text:
    """Return the name of a ground; one that only an act knows stands as the act spells it."""
    return NAMES.get(ground, Text(ground, ground))

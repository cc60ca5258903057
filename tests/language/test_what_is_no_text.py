"""What is no text is told as the caller's mistake, with its place in a stream; nothing is read letter by letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from munsocial import language
from munsocial.errors import InputError
from munsocial.testing.factories import body, district

ROUTER = language.router(district(body()))
ONE: dict[str, Callable[[Any], object]] = {
    "marks": language.marks,
    "categories": language.categories,
    "explain": language.explain,
    "style": language.style,
    "readability": language.readability,
    "lint_report": language.lint_report,
    "is_question": language.is_question,
    "topic": language.topic,
    "route": ROUTER.route,
    "see": language.SpamWatch().see,
    "repeated": language.SpamWatch().repeated,
}
MANY: dict[str, tuple[Callable[[Any], Any], Callable[[str], object]]] = {
    "marks_many": (language.marks_many, language.marks),
    "categories_many": (language.categories_many, language.categories),
    "style_many": (language.style_many, language.style),
    "is_question_many": (language.is_question_many, language.is_question),
    "topic_many": (language.topic_many, language.topic),
    "route_many": (ROUTER.route_many, ROUTER.route),
}


@pytest.mark.parametrize(("given", "kind"), [(None, "NoneType"), (b"abc", "bytes"), (5, "int"), (["a"], "list")])
@pytest.mark.parametrize("name", ONE)
def test_one_that_is_no_text(name: str, given: object, kind: str) -> None:
    with pytest.raises(InputError) as told:
        ONE[name](given)
    assert told.value.say("en").startswith(f"text: this takes str, and was given {kind}.")


@pytest.mark.parametrize("name", MANY)
def test_one_of_a_stream_that_is_no_text_is_named_at_its_turn(name: str) -> None:
    many, one = MANY[name]
    answers = many(iter(["Когда починят дорогу?", None]))
    assert next(answers) == one("Когда починят дорогу?")
    with pytest.raises(InputError) as told:
        next(answers)
    assert told.value.say("en").startswith("texts[1]: this takes str, and was given NoneType.")


@pytest.mark.parametrize("name", MANY)
def test_one_text_is_no_stream(name: str) -> None:
    with pytest.raises(InputError) as told:
        MANY[name][0]("Когда починят дорогу?")
    assert told.value.say("ru") == (
        "texts: сюда передают список, а передана одна строка: она была бы прочитана по буквам. "
        "Передайте, например, [text]."
    )

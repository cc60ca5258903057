"""A municipality adds words, takes words out and protects surnames; each with a reason."""

from __future__ import annotations

import pytest

from munsocial.errors import InputError
from munsocial.language import Vocabulary, categories, marks
from munsocial.language.vocabulary import OwnWord

WORDS = Vocabulary(
    (
        OwnWord("кабанюк", "insult", "местное прозвище, обидное"),
        OwnWord("Баран", "protected", "фамилия участкового"),
        OwnWord("балабол", "-insult", "так зовут местную газету"),
        OwnWord("гербалайф~", "spam", "надоели"),
    )
)


@pytest.mark.parametrize(
    ("situation", "text", "category", "without", "with_own"),
    [
        ("an added word", "Ну и кабанюки там сидят", "insult", False, True),
        ("an added stem with any ending", "гербалайфщики пришли", "spam", False, True),
        ("a protected surname", "Ты Баран, Иван Петрович?", "insult", True, False),
        ("a word taken out of one category", "балабол пишет", "insult", True, False),
        ("another insult beside the surname", "Баран дебил", "insult", True, True),
    ],
)
def test_own_words_change_the_reading(situation: str, text: str, category: str, without: bool, with_own: bool) -> None:
    assert (category in categories(text)) is without, situation
    assert (category in categories(text, vocabulary=WORDS)) is with_own, situation


def test_the_reason_is_shown() -> None:
    (mark,) = marks("кабанюк", vocabulary=WORDS)
    assert "местное прозвище" in mark.say("ru")


@pytest.mark.parametrize(
    "word",
    [OwnWord("spam", "spam", ""), OwnWord("a.*", "spam", ""), OwnWord("слово", "rude", ""), OwnWord("", "spam", "")],
)
def test_what_is_no_word_or_no_category_is_refused_with_its_place(word: OwnWord) -> None:
    with pytest.raises(InputError) as caught:
        Vocabulary((word,))
    assert "words" in caught.value.where
    assert caught.value.remedy is not None


def test_words_of_a_registry_are_taken_as_they_are() -> None:
    assert Vocabulary.of(WORDS.words) == WORDS


@pytest.mark.parametrize(
    ("situation", "text", "category", "marked"),
    [
        (
            "words tell of a threat to a man with a protected name",
            "Пуля тебя найдёт, Баран, не переживай",
            "threat",
            True,
        ),
        ("an advertisement names a protected place", "Чистка дымоходов, опыт, выезд, Баран", "spam", True),
        ("without the protected name the words tell nothing", "Баран и семья поздравляют", "spam", False),
    ],
)
def test_a_protected_name_does_not_shelter_the_rest_of_a_text(
    situation: str, text: str, category: str, marked: bool
) -> None:
    assert (category in categories(text, vocabulary=WORDS)) is marked, situation

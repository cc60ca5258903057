"""The four roots are found however they are masked; the same masks leave harmless words harmless."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from munsocial.language import categories, marks

# One derivative of each root; the masks are made here, so that no list of masked words has to be kept.
ROOTS = ["хуйня", "пиздец", "заебали", "блядство"]
HARMLESS = ["команда", "рубля", "учебник", "страховка", "небо", "корабль", "застрахуйте", "употреблять", "хлебать"]

_DIGITS = str.maketrans("збоч", "3604")
_LATIN = str.maketrans("аеорсух", "aeopcyx")
_KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")
_TRANSLIT = {
    **dict(zip("абвгдезийклмнопрстуфхцы", "abvgdeziyklmnoprstufhcy", strict=True)),
    "ь": "'",
    "ю": "yu",
    "я": "ya",
}

MASKS: dict[str, Callable[[str], str]] = {
    "plain": lambda word: word,
    "upper": str.upper,
    "mixed case": lambda word: "".join(letter.upper() if place % 2 else letter for place, letter in enumerate(word)),
    "latin look-alikes": lambda word: word.translate(_LATIN),
    "blanks": " ".join,
    "digits apart": lambda word: " ".join(word[0] + word[1:].translate(_DIGITS)),
    "digits between dots": lambda word: ".".join(word[0] + word[1:].translate(_DIGITS)),
    "dots": ".".join,
    "dashes": "-".join,
    "underscores": "_".join,
    "stars between": "*".join,
    "soft hyphens": "\u00ad".join,
    "zero width": "\u200b".join,
    "combining stroke": lambda word: "".join(letter + "\u0336" for letter in word),
    "repeats": lambda word: word[:2] + word[2] * 5 + word[3:],
    "one dot": lambda word: f"{word[:2]}.{word[2:]}",
    "drawn of signs": lambda word: word.replace("х", "}{").replace("п", "|7").replace("л", "/\\"),
    "emoji inside": lambda word: f"{word[:2]}\U0001f4a9{word[2:]}",
}
HIDING = {"star": "*", "hash": "#", "at": "@", "percent": "%"}


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("word", ROOTS)
def test_a_masked_root_is_found(word: str, mask: str) -> None:
    text = f"ну вы {MASKS[mask](word)} конечно"
    assert "obscenity" in categories(text), text


@pytest.mark.parametrize("sign", HIDING)
@pytest.mark.parametrize("word", ROOTS)
def test_a_root_with_its_vowel_hidden_is_found(word: str, sign: str) -> None:
    place = next(place for place, letter in enumerate(word) if letter in "уиея" and place)
    text = f"это {word[:place]}{HIDING[sign]}{word[place + 1 :]} полная"
    assert "obscenity" in categories(text), text


@pytest.mark.parametrize("word", ["хуйня", "пизда", "заебал"])
def test_a_root_in_the_other_keyboard_layout_is_found(word: str) -> None:
    assert "obscenity" in categories(word.translate(_KEYS))


@pytest.mark.parametrize("word", ["пизда", "хуй", "заебал"])
def test_a_transliterated_root_is_found(word: str) -> None:
    assert "obscenity" in categories("opyat " + "".join(_TRANSLIT[letter] for letter in word))


@pytest.mark.parametrize("text", ["b1yat", "p1zdec", "βлядь", "6/\\ять", "v ebenyah", "xuy вам", "ⓧⓤⓨ вам"])
def test_digits_and_letters_of_other_alphabets_inside_a_root_are_read(text: str) -> None:
    assert "obscenity" in categories(text)


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("word", HARMLESS)
def test_a_harmless_word_under_the_same_mask_stays_harmless(word: str, mask: str) -> None:
    text = f"да {MASKS[mask](word)} всё это"
    assert "obscenity" not in categories(text), text


@pytest.mark.parametrize(
    "text",
    ["skorost", "oskorblyat", "global", "job", "hobby", "http://example.org/hutor", "ухудшение", "не бойся", "себе"],
)
def test_letters_of_a_root_inside_another_word_are_nothing(text: str) -> None:
    assert categories(text) == frozenset()


def test_the_mark_covers_the_masked_word_in_the_original_text() -> None:
    text = "да п\u200bи\u200bз\u200bд\u200bе\u200bц какой-то"
    (mark,) = (mark for mark in marks(text) if mark.category == "obscenity")
    assert text[mark.start : mark.end].replace("\u200b", "") == "пиздец"


@pytest.mark.parametrize("sign", [".", "-", "_", "*"])
def test_an_advertisement_spelled_letter_by_letter_is_read(sign: str) -> None:
    spelled = " ".join(sign.join(word) for word in ["кредит", "без", "отказа", "наличными"])
    assert categories(spelled) == {"spam"}
    assert categories(" ".join(sign.join(word) for word in ["дорога", "возле", "школы", "размыта"])) == frozenset()
    assert categories(f"{sign.join('аааааа')}, какая красота у нас") == frozenset()


@pytest.mark.parametrize(
    "word", ["ебическая", "перекосоебило", "поблядушка", "атйебись", "бляццтво", "ебулдычить", "сбляднули"]
)
def test_rarer_derivatives_are_found_in_a_sentence(word: str) -> None:
    assert "obscenity" in categories(f"ну и {word} у вас")


@pytest.mark.parametrize(
    "text",
    [
        ")(уйнёй занимаетесь",
        "на)(уя козе баян",
        "><уеплёты из комиссии",
        "€банутый график полива",
        "зло€бучий замок на калитке",
        "х¥й вам, а не премия",
        "х…й знает",
        "остоп…здело ждать",
        "хѹй знает, где теперь ветврач",
        "хꙋй вам, а не кворум",
        "пиᴣдуйте со своей викториной",
        '"х" "у" "й" вам, дорогие гости',
        "blyaaad kak zhe holodno v klube",
        "хитровыеб@нная схема объезда",
    ],
)
def test_a_letter_drawn_of_signs_or_of_rare_scripts_is_read(text: str) -> None:
    assert "obscenity" in categories(text)


@pytest.mark.parametrize(
    "text",
    ["Иванов(а)(его) не было", "сотрудник(и)(ца)", "сижу…думаю", "Вода 5€за куб", "(да)(уже нет)", '"а" и "о" пишем'],
)
def test_signs_of_prices_brackets_and_dots_hide_nothing(text: str) -> None:
    assert "obscenity" not in categories(text)

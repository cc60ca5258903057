"""Signs that nobody sees inside words - stress marks, soft hyphens, zero-width signs - change no answer."""

from __future__ import annotations

import unicodedata
from functools import cache
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial import language
from munsocial.language.reading.legible import legible

_UNSEEN = ("\u00ad", "\u200b", "\u2060", "\ufeff", "\u0301")
_QUESTIONS = ("Подскажите, куда обратиться", "Когда включат воду", "Починят ли дорогу на Садовой", "Спасибо за ремонт")
_POSTS = (
    "Глава района провёл приём граждан",
    "Завтра отключат воду на улице Садовой",
    "Детский сад набирает группу малышей",
    "С добрым утром, станица!",
)
_ROUTES = (
    "В Гривенской когда починят дорогу?",
    "в гривенской школе нет света",
    "в Новом хуторе темно",
    "Когда откроют мост в Калининграде?",
    "на улице Тополиной яма",
    "Где взять справку?",
)


@cache
def _router(mark: str = "") -> language.Router:
    body = SimpleNamespace(
        id="grivenskoye",
        name="Администрация Гривенского сельского поселения",
        places=[f"станица Гри{mark}венская", f"хутор Но{mark}вый"],
        streets=[f"Тополи{mark}ная"],
        organisations=[],
    )
    return language.router(SimpleNamespace(bodies=[body]))


@st.composite
def _marked(draw: st.DrawFn, texts: tuple[str, ...]) -> tuple[str, str]:
    """A text and the same with unseen signs behind some of its letters."""
    text = draw(st.sampled_from(texts))
    letters = [index for index, letter in enumerate(text) if letter.isalpha()]
    chosen = draw(st.dictionaries(st.sampled_from(letters), st.sampled_from(_UNSEEN), min_size=1, max_size=6))
    return text, "".join(letter + chosen.get(index, "") for index, letter in enumerate(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Смотреть фильм онлайн бесплатно в hd без регистрации kino.example", {"spam"}),
        ("Участковый Пряхин принимает по адресу Мира, 3, телефон опорного 8-861-000-00-00", set()),
        ("Смотреть фильм онлай\u0336н бесплатно в hd без регистрации kino.example", {"spam"}),
    ],
)
def test_a_letter_in_two_pieces_changes_no_mark(text: str, said: set[str]) -> None:
    for form in ("NFC", "NFD"):
        assert language.categories(unicodedata.normalize(form, text)) == said, form


@given(_marked(_QUESTIONS))
def test_a_question_stays_a_question(pair: tuple[str, str]) -> None:
    plain, marked = pair
    assert language.is_question(marked) == language.is_question(plain)


@given(_marked(_POSTS))
def test_a_topic_stays_the_topic(pair: tuple[str, str]) -> None:
    plain, marked = pair
    assert language.topic(marked) == language.topic(plain)


@settings(deadline=None)  # the first example reads the names of towns
@given(_marked(_ROUTES))
def test_a_place_stays_the_place(pair: tuple[str, str]) -> None:
    plain, marked = pair
    assert _router().route(marked) == _router().route(plain)


@pytest.mark.parametrize("mark", _UNSEEN)
@pytest.mark.parametrize("text", _ROUTES)
def test_a_name_in_the_registry_may_hold_them_too(text: str, mark: str) -> None:
    assert _router(mark).route(text) == _router().route(text)


def test_the_examples_tell_their_answers_apart() -> None:
    """Else nothing above could fail."""
    assert [language.is_question(text) for text in _QUESTIONS] == [True, True, True, False]
    assert len({language.topic(text) for text in _POSTS}) == 4
    assert [_router().route(text) for text in _ROUTES] == [*["grivenskoye"] * 3, "other", "grivenskoye", None]


@pytest.mark.parametrize("word", ["йод", "ёлка", "Буйный", "ў"])
def test_letters_in_two_pieces_are_put_together(word: str) -> None:
    written = unicodedata.normalize("NFD", word)
    read = legible(written)
    assert read.text == word
    assert read.starts is not None
    assert read.ends is not None
    assert len(read.starts) == len(read.ends) == len(word)
    assert read.ends[-1] == len(written)


def test_a_plain_text_is_not_copied() -> None:
    text = "Починили дорогу"
    assert legible(text) == (text, None, None)


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u2060", "\u200e", "\ufe0f"])
def test_a_place_ends_before_what_nobody_sees(sign: str) -> None:
    text = f"Осуществляется вывоз{sign} мусора"
    (remark,) = language.style(text).remarks
    assert text[remark.start : remark.end] == "Осуществляется вывоз"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Oсуществляется вывоз", "Осуществляется вывоз"),
        ("ocуществляeт peмoнт", "осуществляет ремонт"),
        ("SMSка от IT-отдела", "SMSка от IT-отдела"),
        ("в Cосновке", "в Сосновке"),
        ("QRкод и COVIDный", "QRкод и COVIDный"),
        ("COBA летит", "COBA летит"),
    ],
)
def test_latin_twins_within_a_russian_word_are_russian_letters(written: str, read: str) -> None:
    assert legible(written).text == read
    assert len(read) == len(written)


def test_a_twin_hides_no_officialese_and_no_place() -> None:
    assert [remark.advice for remark in language.style("Oсуществляется вывоз мусора").remarks] == ["«вывозят»"]
    assert _router().route("В Гpивенской нет воды") == "grivenskoye"

"""Letter noise: keys pressed as they lie under the hand are spam; cries, laughter and songs are talk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language import categories
from munsocial.language.comments.clues import clues
from munsocial.language.comments.noise import is_noise

NOISE = (
    "вапвапвап|йцйцйц|фыфыфыфы|ываываыва|dfgdfgdfg|asdasdasd|hjkhjkhjk|sdfsdf sdfsdf|йцуйцуйцу|укеукеуке|прорпрорпр"
    "|ролдролд|фывфыв|kjhgfd|пролджэ|ячсмитьбю|апрапрапр|пппппппп|ъъъъъъ|лорлорлор|ждлорпавы|qweqwe|xcvxcvxcv"
    "|ываполдж ываполдж|тьтьтьть|лдлдлд|шгшгшг|asdf|qwerty qwerty|ghjghjghj|митьмитьмить|цукцукцук|ывапр|dfgh dfgh"
    "|вапролд|нгшщз|уцкуцкуцк|ъхзщш|пваппвап|фывафыва олджолдж|йцукен!!! фыва..."
    "|нгшнгшнгш ъъъъъ йййййй фывфывфыв|хзщпв ффффф ывыфыв йцуйцу"
)
TALK = (
    "хахаха|ахахахах|лалала|тутутуту|бубубу|мимими|кукукуку|чихчихчих|урааааа|ааааа|ого|ммммм|нуууу|ололо|траляля|тадам"
    "|ха-ха-ха|бла бла бла|блаблабла|ку-ку|гав гав гав|ням-ням|кря кря|тутутуту едет поезд|брррр|фууууу|эээээ|пипипи"
    "|опа-опа|жжжж пчела|зззз|хррр|тьфу тьфу тьфу|вввввесело|ладушки ладушки|папапапа|мамамама|гыгыгы|хихихи|тыгыдык"
    "|водопровод|оправа|правы|права|опора|прополол|порода|провал|проводов|смит|мити|Ваааау|созывав|кенгуру"
    "|фывапролджэ - это что"
)


@pytest.mark.parametrize("text", NOISE.split("|"))
def test_pressed_keys_are_noise(text: str) -> None:
    assert categories(text) == {"spam"}


@pytest.mark.parametrize("text", TALK.split("|"))
def test_what_people_say_or_cry_is_no_noise(text: str) -> None:
    assert not is_noise(f" {text} ".lower().encode("cp1251"))
    assert "spam" not in categories(text)


@given(st.binary(max_size=500))
def test_any_bytes_are_told_of(seen: bytes) -> None:
    assert is_noise(seen) in {True, False}


PRESSED = st.sampled_from(["фывфыв", "йцуйцу", "вапвапвап", "asdfg", "шгшгшг", "ъъъъъ", "нгш", "а", "дома", "ппппп"])


@given(st.lists(PRESSED, min_size=1, max_size=9))
def test_whatever_is_noise_is_looked_at(words: list[str]) -> None:
    seen = f" {' '.join(words)} ".encode("cp1251")
    assert "noise" in clues(seen) or not is_noise(seen)

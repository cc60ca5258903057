"""Obscene words and harmless ones under every mask, many at a time: classes of masks are read, not lines."""

from __future__ import annotations

from collections import Counter

import pytest

from generated_masks import TECHNIQUES, masked
from munsocial.language import categories

_OBSCENE = (
    "хуй хуйня хуёво хуёвый хуйло хуета хуесос хули нахуй похуй нихуя дохуя охуел охуели охуеть охуенно захуярили"
    " похуизм пизда пиздец пиздит пиздёж спиздили пиздатый пиздобол пиздюли пиздюк распиздяй отпиздить пиздуй"
    " пизданутый ебать ебал ебаный ебанутые ебучий ебло еблан ебальник заебали заебись заебало выебать выебоны"
    " доебались наебали наёбка проебали отъебись разъебали подъебал уебок уёбище долбоёб долбоёбы мудоёб остоебали"
    " мозгоёб"
    " блядь бляди блядский блядство блять блядина"
)
# Each holds the letters of a root, or all of them but one.
_HARMLESS = (
    "хутор худой хурма художник сухую плохую тихую глухую застрахуй страхует подстрахуют психуют бухую духи ухудшить"
    " пистолет писатель письмо пизанский поздно опоздал звезда гнездо борозда уздечка поездка наездник здоровье"
    " требовать потреблять употреблять хлеба хлебать колебать небо учебник мебель ребята себе тебе гребля серебро"
    " щебень погреб велосипед сабля рубль корабль оскорблять ослаблять команда мандарин скипидар застрелять блюдо"
    " области облить яблоня близко блеск блажь обед обезьяна ебонит тебя свадебный судебный лечебный хвалебный"
)


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_obscene_words_are_read_under_the_mask(technique: str) -> None:
    texts = [
        (word, text) for seed in (1, 2, 3) for name, word, text in masked(_OBSCENE.split(), seed) if name == technique
    ]
    missed = [(word, text) for word, text in texts if "obscenity" not in categories(text)]
    assert len(missed) <= 0.08 * len(texts), missed


def test_all_masks_together_reach_the_goal() -> None:
    found = Counter("obscenity" in categories(text) for _, _, text in masked(_OBSCENE.split(), 4))
    assert found[True] >= 0.97 * found.total()


def test_harmless_words_are_left_alone_under_the_same_masks() -> None:
    wrong = [(word, text) for _, word, text in masked(_HARMLESS.split(), 5) if "obscenity" in categories(text)]
    assert len(wrong) <= 0.01 * len(_HARMLESS.split()) * len(TECHNIQUES), wrong

"""Drugs told by evidence of trade, in words and in pictures; near misses of the same words stay silent."""

from __future__ import annotations

import pytest

from munsocial.language import categories


@pytest.mark.parametrize(
    "text",
    [
        "🌿🌿🌿 свежак, кому?",
        "❄️💎🍫 в наличии, район рынка",
        "Ищешь отдых? 🍁🍄 пиши боту",
        "Прикопы, магниты, координаты после оплаты",
        "Платим за каждый адрес 600 р, товар с собой",
        "Кракен, рабочая ссылка, зеркало",
        "Покупаю трамал, любые количества, в лс",
        "Семена конопли, автоцвет, отправка почтой",
        "prodam gashish i shishki, pishi",
        "🍁🍁🍁 есть, пиши",
        "🍄 300, 🌿 500",
        "Кто знает, у кого взять мяу?",
        "Разложить 20 адресов, оплата 5 тысяч",
        "Перевезти свёрток до Ростова, без лишних вопросов",
        "Грибочки сушёные, касание, фото сразу",
    ],
)
def test_trade_is_told(text: str) -> None:
    assert "drugs" in categories(text)


@pytest.mark.parametrize(
    "text",
    [
        "🌿🌿🌿 рассада, кому?",
        "🌲❄️🍫 подарки детям в наличии, район рынка",
        "Снег и лёд на ступеньках, шоколад детям не раздали",
        "Магниты с видом станицы и прикопанные саженцы",
        "Кракен в кино показали, дети в восторге",
        "Трамадол больным не выписывают, врача нет",
        "Сосед выращивает коноплю, примите меры",
        "Под окнами ищут закладки, страшно за детей",
        "Закладка парка в субботу, берите лопаты",
        "Героин — тема беседы с подростками",
        "💊💊 в наличии, аптека на Красной",
        "🍀🍀 удачи всем, пишите ещё",
    ],
)
def test_the_same_words_of_citizens_are_no_trade(text: str) -> None:
    assert "drugs" not in categories(text)


@pytest.mark.parametrize(
    "text",
    [
        "Мобильный участкового 8 918 555 01 02, звоните ему ночью",
        "Наш почтальон Рая, 89615551212, звоните ей домой",
        "Кравцов Р. А., 1979 г.р., вот он",
        "Саша Гончар стоит на учёте у психиатра",
        "Адрес того, кто писал: Труда 33, кв. 2",
    ],
)
def test_somebody_who_is_named_beside_his_data(text: str) -> None:
    assert "personal_data" in categories(text)


@pytest.mark.parametrize(
    "text",
    [
        "Единая диспетчерская 8 928 555 00 05, круглосуточно",
        "Почта музея museum@kalin.example, присылайте фото",
        "Реквизиты администрации, счёт 40204810000000000123",
        "Люди с шизофренией остались без лекарств",
        "Родился 12.04.1961, вместе с космонавтикой",
    ],
)
def test_offices_and_talk_of_nobody_are_left_alone(text: str) -> None:
    assert categories(text) == frozenset()


@pytest.mark.parametrize("piece", ["ночн", "товар", "кто ?@a"])
def test_half_a_word_of_dealers_beside_a_picture_is_read_in_linear_time(piece: str) -> None:
    assert "drugs" not in categories("🍁" + piece * 50_000)

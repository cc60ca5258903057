"""Lures of messengers: letters of other alphabets, English, adults' meetings, debts, what hides in a profile; and the
near misses of the same words."""

from __future__ import annotations

import pytest

from munsocial.language import categories, explain


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Greek letters", "Πомогу с οплатой и дοкументами, недοрогο"),
        ("small capitals", "нᴀбоᴩ людᴇй, оᴨᴧᴀᴛᴀ ᴄᴩᴀɜу, ᴨиɯиᴛᴇ ʙ ᴧᴄ"),
        ("Latin letters all over", "Зapaбoтaй cвoи дeньги зa пapy чacoв, нaпиши мнe"),
        ("debts", "Поможем вам закрыть все просрочки"),
        ("debts, as they spell it", "Помогу онулировать долги, сроки короткие"),
        ("gifts of a messenger", "Девочки, нашла, где забирать подарочные звезды и монеты"),
        ("what is in a profile", "Для вас сюрприз в описании"),
        ("read the head of a page", "Читайте шапку, там всё"),
        ("work at home", "Ищем аккуратного помощника в новый проект"),
        ("dark work", "Есть тёмная халтура на вечер"),
        ("money in a moment", "Хочешь 9000 за вечер"),
        ("adults' meetings", "Приеду к тебе или приму у себя"),
        ("a pleasant man", "Хочу отдохнуть с приятным мужчиной"),
        ("English: coins", "Our wallet gives tokens, join and claim yours"),
        ("English: earnings", "Write me in private and earn with our team"),
        ("English: hackers", "We hack any whatsapp and recover accounts"),
        ("English: cards", "Prepaid cards, fast delivery"),
        ("English: a bed", "Rent a bed near the station"),
        ("grey work", "Есть пара серых должностей, ждём вас"),
        ("gifts, as another writes", "Наткнулся, как можно поднимать бесплатные звёзды и призы"),
        ("who wrote your name how", "Посмотри тут, как тебя записали знакомые"),
        ("somebody's channel", "Приглашаю в мой телеграм-канал о здоровье"),
        ("work far away", "Идёт набор на удалённую работу"),
        ("a host", "Яркая брюнетка всю ночь ждёт тебя"),
        ("a purse", "Пара шагов, и твой кошелёк полон"),
        ("a night", "Скоротай вечер в компании наших девушек"),
        ("money for nothing", "Отправлю 3000 рублей за пару действий"),
    ],
)
def test_a_lure(kind: str, text: str) -> None:
    assert "spam" in categories(text), kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("one Greek letter", "Углы α и β равны, задача для шестого класса"),
        ("a formula", "Считаем π и площадь круга"),
        ("debts of the district", "Помогите закрыть долги района перед водоканалом"),
        ("a gift", "Нашла подарок внуку, забирать завтра"),
        ("a description", "В описании тура ошибка, исправьте дату"),
        ("the head of an animal", "Шапку потеряла у клуба, красную"),
        ("a project of the district", "Нужны идеи в новый проект парка"),
        ("a serious post", "Серьёзная должность, а человек случайный"),
        ("a dark street", "Тёмная улица, а лампочки у завхоза"),
        ("refugees", "Можем принять у себя семью из зоны подтопления"),
        ("English of a guest", "Thank you for the concert, greetings from Berlin"),
        ("English of a club", "Our English club meets on Fridays in the library"),
        ("masked, but a citizen", "Глaвa тoлькo лeнтoчки peжeт, a вoды в дoмax нeт"),
        ("horse power", "Мотоблок в 7 л.с. не тянет в гору"),
        ("grey bread", "Серые хлеба, серые будни, где праздник"),
        ("who waits", "Девушка в регистратуре ждёт, пока ты найдёшь полис"),
        ("a purse found", "Твой кошелёк у дежурной, красный, потёртый"),
        ("stars", "Смотрели, как можно поднимать паруса под звёздами, кружок молодцы"),
        ("who is on a list", "Посмотри, как тебя записали в поликлинике, фамилия с ошибкой"),
        ("work far away, told", "Сын работает удалённо, интернет пропадает"),
    ],
)
def test_a_near_miss(kind: str, text: str) -> None:
    assert "spam" not in categories(text), kind


def test_foreign_letters_are_named() -> None:
    assert any("чужие буквы" in line.ru for line in explain("Зapaбoтaй cвoи дeньги зa пapy чacoв, нaпиши мнe"))

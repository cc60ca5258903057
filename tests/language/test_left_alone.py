"""What was once marked wrongly and is left alone now: each line stands for a kind, not for itself."""

from __future__ import annotations

import pytest

from munsocial.language import categories


@pytest.mark.parametrize(
    "text",
    [
        "Продам картошку своего огорода",
        "Намотаю километры, пока доеду",
        "Выставка «Геноцид: без срока давности» открыта в музее",
        "Лайк, если любите лето",
        "Родился 12.04.1961, в день космонавтики",
        "по-любому",
        "Р Е М О Н Т",
        "х-о-р-о-ш-о",
        "к о н ц е р т в 18:00",
        "Накрутка голосов на выборах, разберитесь",
    ],
)
def test_neighbours_dates_and_turns_of_speech_are_no_advertisement(text: str) -> None:
    assert categories(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Криворотов Иван выступил на концерте",
        "Балаболин Пётр награждён медалью",
        "Бабенков назначен директором",
        "Дураков Алексей — фамилия ветерана",
        "На реке Синюха паводок",
        "Синюха зацвела на лугу",
        "Голодранцы — пьеса в народном театре",
        "Жидова Анна Ивановна, учитель начальных классов",
        "Придурковатый герой у Шукшина",
        "Дура-погода",
        "Козлиная песнь — перевод слова «трагедия»",
        "Баба-яга раздала конфеты",
        "Дрянь, а не асфальт",
        "Умалишённые сроки сдачи",
    ],
)
def test_names_rivers_tales_and_things_are_nobodys_insult(text: str) -> None:
    assert categories(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Повешу на берёзе скворечник",
        "Зарублю на носу расписание ваше",
        "Кипятком обольём муравейник, поможет?",
        "Вам осталось три дня, чтобы подать заявку",
        "Вывезем тебя на рыбалку, дед",
        "Кто сожжёт больше калорий, тому приз",
        "Депутатов резать ленточки хлебом не корми",
        "Вознаграждение за сведения о поджоге машины полиции",
        "Повесим их на стену почёта",
        "Поехали к Пришибу на рыбалку",
        "Прибью, чтоб не шатался, этот штакетник",
        "Выбью из вас этот ремонт через суд",
        "Ждите в гости на приём, нас будет человек двадцать",
        "Мы знаем, где ваши дети проводят лето: на стадионе",
        "Гоните волну, пока губернатор тут",
    ],
)
def test_a_harsh_verb_with_a_harmless_object_threatens_nobody(text: str) -> None:
    assert categories(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Он живёт на Ленина 14, квартира 2", "personal_data"),
        ("Завалю, как кабана", "threat"),
        ("Из обреза пальну, не промахнусь", "threat"),
        ("Повесить главу на воротах района", "extremism"),
        ("Судью повесить, прокурора утопить", "extremism"),
        ("Гидра упала, мы на меге, ищи нас там", "drugs"),
        ("Р А С П Р О Д А Ж А шуб", "spam"),
    ],
)
def test_an_excuse_does_not_reach_too_far(text: str, category: str) -> None:
    assert category in categories(text)

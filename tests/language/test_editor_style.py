"""`style`: weak places with exact spans, advice that can be used, press release or talk, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language import style, style_many

DATA = Path(__file__).parent / "data"


def marked(line: str) -> tuple[str, set[tuple[int, int]]]:
    """A line with weak places in square brackets as plain text and spans."""
    text, spans, opened = "", set(), 0
    for character in line:
        if character == "[":
            opened = len(text)
        elif character == "]":
            spans.add((opened, len(text)))
        else:
            text += character
    return text, spans


def records(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


OWN_SPANS = [
    marked(line)
    for line in (DATA / "own_spans.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


_SHARES = 20


@pytest.mark.parametrize("share", range(_SHARES))
def test_weak_places_have_exact_spans_and_clean_sentences_have_none(share: int) -> None:
    """Some two hundred lines a test and not one: there are thousands; each wrong one is named with what was found."""
    lines = OWN_SPANS[share::_SHARES]
    found = [(text, {(remark.start, remark.end) for remark in style(text).remarks}, spans) for text, spans in lines]
    assert found
    assert [line for line in found if line[1] != line[2]] == []


def test_no_clean_sentence_of_the_carried_set_is_flagged() -> None:
    clean = [record["text"] for record in records("style_spans.jsonl") if not record["spans"]]
    flagged = [text for text in clean if style(str(text)).remarks]
    assert clean
    assert not flagged


def test_press_releases_and_talk_of_the_carried_set_are_told_apart() -> None:
    wrong = [r["text"] for r in records("style_posts.jsonl") if style(str(r["text"])).reads_as != r["label"]]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Администрация осуществляет ремонт дороги.", "ремонтирует"),
        ("Комиссия произвела осмотр котельной.", "осмотрела"),
        ("Осуществляется вывоз мусора по графику.", "вывозят"),
        ("Будет осуществлён вывоз веток со двора.", "вывезут"),
        ("Мы проводим уборку двора.", "убираем"),
        ("Нужно провести замену труб.", "заменить"),
        ("Служба окажет помощь соседям.", "поможет"),
        ("Рабочие ведут строительство моста.", "строят"),
        ("Проведена работа по приведению кладбища в порядок.", "привели"),
        ("Специалисты ведут работу по выявлению должников.", "ищут"),
        ("Бригада осуществит подвоз воды.", "подвезёт"),
        ("Начата подготовка: идёт проведение ремонта клуба.", "ремонтировать"),
    ],
)
def test_advice_puts_the_plain_verb_into_the_same_form(text: str, advice: str) -> None:
    assert any(f"«{advice}»" in remark.advice for remark in style(text).remarks)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (
            "предупреждение",
            "Внимание! Штормовое предупреждение: ночью ожидается усиление ветра до 25 метров в секунду.",
        ),
        ("соболезнование", "Выражаем соболезнования родным и близким Ивана Петровича в связи с его кончиной."),
        ("закона", "Статья 8. Собственники обязаны осуществлять уборку прилегающих территорий."),
        ("русском", "Хөрмәтле авылдашлар! Иртәгә мәдәният йортында концерт була."),
        ("русском", "Шаноўныя жыхары, заўтра не будзе вады ў вёсцы."),
        ("русском", "Адыгэ шъолъырыр дахэ, нахьыш1ум тыкъызэхэхьащт"),
        (
            "русском",
            "Уважаеми жители, утре от десет часа ще се проведе общо собрание в читалището. Заповядайте да обсъдим.",
        ),
        ("русском", "Общината съобщава, че от понеделник започва ремонт на улица Ленин. Моля, не паркирайте там."),
        ("русском", "Саранск ошось — Мордовиянь прявт ошось, тосо эрить ламо ломанть, тосо ули кудо ды школа."),
        ("русском", "Општината известува дека од понеделник почнува поправка на патот. Ве молиме, не одете таму."),
        ("русском", "Хурметли ватандашлар, бугун мектепте той болады, барыгызны чакырабыз, келигиз досларым"),
    ],
)
def test_formal_style_is_right_here_and_the_reason_is_told(reason: str, text: str) -> None:
    found = style(text)
    assert found.exempt is not None
    assert reason in found.exempt.ru
    assert found.remarks == ()
    assert found.reads_as is None


@pytest.mark.parametrize("text", ["", " \n", "Ок", "Вода есть.", "👍👍👍", "12345", "—"])
def test_too_short_says_nothing(text: str) -> None:
    assert style(text).reads_as is None


def test_a_quoted_law_inside_a_post_is_left_alone() -> None:
    text = (
        "Друзья, не жгите траву. В статье 20.4 написано: «осуществляется наложение штрафа», а нам жалко ежей и птиц,"
        " которые там живут."
    )
    assert not [remark for remark in style(text).remarks if "осуществляется" in text[remark.start : remark.end]]


@pytest.mark.parametrize(
    "quotes",
    ["„{}“", "«{}»", '"{}"', "“{}”"],
)
def test_a_quotation_with_its_law_behind_it_is_left_alone(quotes: str) -> None:
    law = quotes.format("Статья 5. Граждане осуществляют права в целях обеспечения законности")
    said = "Соседи, нам ответили так: " + law + ", — сказано в законе «О выборах». Приходите, поговорим сами!"
    assert not style(said).remarks
    assert style(said.replace("в законе", "в газете")).remarks


def test_score_and_verdict_agree() -> None:
    press = style("В целях реализации программы осуществляются мероприятия по благоустройству территории.")
    talk = style("Помните яму у школы? Сегодня мы её засыпали, спасибо, что написали нам!")
    assert press.reads_as == "press"
    assert talk.reads_as == "talk"
    assert press.score < 50 <= talk.score


def test_a_stream_gives_one_answer_for_each_text() -> None:
    texts = ["Мы чистим снег с утра.", "", "Данный вопрос решается."]
    assert list(style_many(texts)) == [style(text) for text in texts]


@given(st.text(max_size=300))
def test_any_text_is_read_and_spans_lie_inside_it(text: str) -> None:
    found = style(text)
    assert 0 <= found.score <= 100
    at = 0
    for remark in found.remarks:
        assert at <= remark.start < remark.end <= len(text)
        assert remark.advice
        at = remark.end


_OFFICE = ("осуществляет", "ремонт", "по", "итогам", "был", "выполнен", "в", "целях", "согласно", "данный", "работы")
_BETWEEN = (".", ",", "!", "?", "«", "»", "-", "ё", "İ", "ул.", "\ud83d", "не", "статье", "будет", "наведение порядка")
_PIECES = st.sampled_from(_OFFICE + _BETWEEN)


@given(st.lists(_PIECES, max_size=60).map(" ".join))
def test_office_words_in_any_order_are_read(text: str) -> None:
    spans = [(remark.start, remark.end) for remark in style(text).remarks]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    "line",
    [
        "Мы вместе с администрацией района посадили деревья.",
        "Митинг согласован с районной администрацией, сбор у памятника.",
        "Соглашение между администрацией и школой.",
        "Двадцать лет он руководил администрацией района.",
        "Мост отремонтирован [администрацией района] за лето.",
        "[Ремонт осуществляет] подрядчик из Краснодара.",
        "[Вывоз мусора осуществляет] «Чистая станица».",
        "Капитальный [ремонт осуществляет] бригада из Краснодара.",
        "Подрядчик [осуществляет] (ремонт) дороги.",
        "Подрядчик [осуществляет] — ремонт дороги.",
        "Бригада [осуществляет] «ремонт» дороги.",
        "Подрядчик [осуществляет ремонт] (капитальный) дороги.",
        "[Осуществлён капитальный ремонт] моста через реку.",
        "[Осуществляется муниципальный контроль] за стройкой.",
        "Предприятие [осуществляет временное отключение] воды.",
        "Проект осуществился полностью за год, спасибо всем.",
        "Вывоз [осуществляется] рабочими участка каждый день.",
        "Вчера [осуществлял] Иван дежурство на пляже.",
        "Осуществим вашу идею вместе с вами летом.",
    ],
)
def test_a_remark_stands_on_the_words_that_it_is_about(line: str) -> None:
    text, spans = marked(line)
    assert {(remark.start, remark.end) for remark in style(text).remarks} == spans

"""The inbox as tables: whose question it is, until when, how urgent, whether it is an appeal; and the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from acting_world import NOW, District
from munsocial.errors import FileRefused, InputError
from munsocial.model.content import Comment
from munsocial.operate.answering.inbox import Question, inbox_of, inquiries_of
from munsocial.operate.answering.signs import is_appeal, is_urgent
from munsocial.operate.answering.templates import Template, load_templates, render, suggested
from munsocial.testing.factories import comment, message, post, snapshot, view

VK, OK = "administration-vk", "administration-ok"
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> District:
    return District(tmp_path_factory.mktemp("district"))


def inbox(district: District, *comments: Comment, account: str = VK, **facts: Any) -> tuple[Question, ...]:
    network = district.registry.account_by_id[account].network
    seen = snapshot(view(account, network=network, comments=comments), municipality="lesnoy")
    return inbox_of(seen, district.registry, **facts)


# --- whose it is, and what it is


@pytest.mark.parametrize(
    ("text", "account", "body"),
    [
        ("Когда починят дорогу в селе Боровом?", VK, "borovoye"),
        ("На Сосновой опять темно, когда включат свет?", VK, "borovoye"),
        ("Когда вывезут мусор с площадки?", VK, "borovoye"),
        ("Почему автобус не приходит по утрам?", VK, "administration"),
        ("Почему автобус не приходит по утрам?", "borovoye-vk", "borovoye"),
        ("Почему вы не отвечаете на звонки?", VK, "administration"),
    ],
)
def test_whose_question_it_is(shared: District, text: str, account: str, body: str) -> None:
    (one,) = inbox(shared, comment(text), account=account)
    assert one.body == body


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("Провод оборвало и искрит, вызовите кого-нибудь!", True),
        ("Третий день нет воды", True),
        ("Стая собак у школы", True),
        ("Когда будет субботник?", False),
        ("Где посмотреть расписание?", False),
    ],
)
def test_what_is_urgent(text: str, urgent: bool) -> None:
    assert is_urgent(text) == urgent


@pytest.mark.parametrize(
    ("text", "appeal"),
    [
        ("Прошу провести проверку и дать официальный ответ", True),
        ("Обращаюсь с жалобой на управляющую компанию", True),
        ("Требую привлечь виновных", True),
        ("В соответствии с 59-ФЗ прошу ответить", True),
        ("Подскажите, когда откроется поликлиника?", False),
        ("Прошу сказать, где взять справку", False),
    ],
)
def test_what_looks_like_an_appeal(text: str, appeal: bool) -> None:
    assert is_appeal(text) == appeal


# --- answered, repeated, ours


def test_the_answered_stand_aside(shared: District) -> None:
    asked = comment("Когда починят мост?", id="1", author_id="a")
    reply = comment("В среду.", at="2026-11-18 15:00", id="2", by_owner=True, reply_to="1")
    other = comment("А дорогу когда сделают?", id="3", author_id="b")
    found = inbox(shared, asked, reply, other)
    assert [(one.comment.id, one.answered) for one in found] == [("3", False), ("1", True)]


def test_the_same_question_is_put_together(shared: District) -> None:
    texts = ("Когда починят мост через реку Лесную?", "Когда же починят мост через реку Лесную?", "Где взять справку?")
    found = inbox(shared, *(comment(text, id=str(n), author_id=str(n)) for n, text in enumerate(texts)))
    assert sorted(len(one.repeats) for one in found) == [0, 1]


def test_many_who_ask_the_same_are_urgent(shared: District) -> None:
    found = inbox(shared, *(comment("Когда починят мост через реку?", id=str(n), author_id=str(n)) for n in range(3)))
    assert [one.priority for one in found] == ["high"]


def test_spam_is_no_question(shared: District) -> None:
    assert inbox(shared, comment("Хотите кредит без отказа за 5 минут? Пишите t.me/kredit_demo одобряем всем!")) == ()


def test_messages_are_read_with_their_answers(shared: District) -> None:
    messages = [
        message("Когда приём у главы?", "2026-11-18 10:00", id="1", peer_id="5"),
        message("В пятницу.", "2026-11-18 12:00", id="2", peer_id="5", outgoing=True),
        message("Приём по пятницам.", "2026-11-18 12:30", id="4", peer_id="6", outgoing=True),
        message("А без записи?", "2026-11-18 12:40", id="5", peer_id="7", deleted=True),
        message("А записаться где?", "2026-11-18 13:00", id="3", peer_id="6"),
    ]
    found = inbox_of(snapshot(view(VK, messages=messages), municipality="lesnoy"), shared.registry)
    assert [(one.peer, one.answered) for one in found] == [("6", False), ("5", True)]


def test_inquiries_carry_what_was_seen(shared: District) -> None:
    asked = comment("Когда починят мост?", id="1", author_id="a")
    reply = comment("В среду.", at="2026-11-18 15:00", id="2", by_owner=True, reply_to="1")
    (one,) = inquiries_of(inbox(shared, asked, reply))
    assert (one.body, one.asked_at, one.answered_at) == ("administration", asked.at, reply.at)


# --- answers


def question(district: District, text: str, account: str = VK) -> Question:
    page = district.post(account)
    district.says(text, page, account)
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("posts", "comments"))
        return next(one for one in social.inbox(seen) if one.comment.text == text)


def test_an_answer_stands_under_the_question(district: District) -> None:
    asked = question(district, "Когда починят мост?")
    with district.connect() as social:
        plan = social.plan_answer(asked, "Пётр, в среду.", made_by="elkina")
        assert [(step.action, step.account, step.clause) for step in plan.steps] == [("reply", VK, "9.1")]
        assert social.apply(plan).done
        seen = social.collect(weeks=1, want=("posts", "comments"))
        assert [one.answered for one in social.inbox(seen)] == [True]


def test_the_body_asked_answers_in_its_own_voice(district: District) -> None:
    asked = question(district, "Когда на Сосновой включат свет?")
    with district.connect() as social:
        assert [step.account for step in social.plan_answer(asked, "Вечером.").steps] == ["borovoye-vk"]
        assert [step.account for step in social.plan_answer(asked, "Вечером.", account=VK).steps] == [VK]


def test_an_answer_of_ones_own_refers_to_the_question(district: District) -> None:
    asked = question(district, "Когда починят мост?")
    with district.connect() as social:
        (step,) = social.plan_answer(asked, "В среду.", place="own").steps
    assert step.action == "publish"
    assert asked.comment.url
    assert asked.comment.url in step.params["draft"]["text"]


def test_where_the_network_has_no_method_a_person_answers(district: District) -> None:
    asked = question(district, "Когда починят мост?", OK)
    with district.connect() as social:
        (outcome,) = social.apply(social.plan_answer(asked, "В среду.")).outcomes
    assert outcome.state == "manual"
    assert "В среду." in outcome.say()


@pytest.mark.parametrize(
    ("text", "answer", "said"),
    [
        ("Прошу провести проверку, когда ответите?", "Проверим.", "59-ФЗ"),
        ("Когда починят мост?", "Администрацией осуществляется проведение работ по ремонту.", "канцелярит"),
    ],
)
def test_what_is_said_about_an_answer(district: District, text: str, answer: str, said: str) -> None:
    asked = question(district, text)
    with district.connect() as social:
        assert any(said in problem.ru for problem in social.plan_answer(asked, answer).problems)


@pytest.mark.parametrize(("text", "account"), [("  ", None), ("В среду.", "nobody-vk")])
def test_an_answer_that_cannot_be_given(district: District, text: str, account: str | None) -> None:
    asked = question(district, "Когда починят мост?")
    with district.connect() as social, pytest.raises(InputError):
        social.plan_answer(asked, text, account=account)


@pytest.mark.parametrize(
    ("body", "account", "said"),
    [
        ("nobody", None, "У органа «nobody» нет аккаунта, от имени которого можно ответить. Назовите аккаунт"),
        ("other", None, "Не сказано, какой орган отвечает на этот вопрос. Назовите аккаунт"),
        (None, None, "Не сказано, какой орган отвечает на этот вопрос. Назовите аккаунт"),
        ("nobody", "nobody-vk", "В реестре нет аккаунта «nobody-vk». Назовите аккаунт, от имени которого ответить."),
    ],
)
def test_whose_voice_is_wanted_is_told_in_whole_sentences(
    district: District, body: str | None, account: str | None, said: str
) -> None:
    asked = replace(question(district, "Когда починят мост?"), body=body, account="krai-vk")
    with district.connect() as social, pytest.raises(InputError) as refused:
        social.plan_answer(asked, "В среду.", account=account)
    assert said in refused.value.say("ru")


# --- templates


TEMPLATES = """
[templates.light]
words = ["свет", "темно", "фонар"]
text = "{{ name or 'Здравствуйте' }}, электрик посмотрит до {{ day(2) }}."

[templates.broken]
words = ["мост"]
text = "{{ nothing }}"
"""


def test_templates_answer_and_one_that_fails_stops_nothing(district: District) -> None:
    path = district.folder / "answers.toml"
    path.write_text(TEMPLATES, encoding="utf-8")
    page = district.post()
    for text in ("Почему на площади темно?", "Когда починят мост?", "Где взять справку?"):
        district.says(text, page)
    with district.connect() as social:
        waiting = social.inbox(social.collect(weeks=1, want=("posts", "comments")))
        plan = social.plan_answers(waiting, load_templates(path))
    assert [step.params["text"] for step in plan.steps] == ["Пётр, электрик посмотрит до 27 ноября."]
    weights = sorted(problem.weight for problem in plan.problems if "шаблон" in problem.ru)
    assert weights == ["error", "note"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ nothing }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 'a' * 3 }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{% for a in range(10) %}{% endfor %}",
        "{{ name",
        "   ",
        "{{ 1 / 0 }}",
        "{% include 'secret' %}",
        "{{ question }}" * 2000,
        "{{ 'a'.ljust(1000000000) }}",
        "{{ question['ljust'](1000000000) }}",
        "{% set f = question['center'] %}{{ f(1000000000) }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{{ question|replace('', question)|replace('', question)|replace('', question)|replace('', question) }}",
        "{{ question|join(question)|join(question)|join(question)|join(question) }}",
        "{% for a in question %}{% for b in question %}{% for c in question %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in question recursive %}{{ loop(question) }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set a = '" + "a" * 30000 + "' %}{{ a|replace('a', a) }}",
        "{% set a = '" + "a" * 30000 + "' %}{{ a|list|join(a) }}",
        "{% set a = '" + "a" * 30000 + "' %}{{ [" + "a, " * 6000 + "a]|join }}",
        "{% set a = '" + "a" * 30000 + "' %}{{ a" + " ~ a" * 4000 + " }}",
        "{{ 1.5|round(1000000000, 'ceil') }}",
        "{{ 1.5|round(-1000000000, 'floor') }}",
        "{{ question|truncate(2, True, 'три точки') }}",
        "{{ day('inf'|float) }}",
        "{{ 'inf'|float|int }}",
        "{% set a = ['a'] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}",
        "{% set a = '" + "a" * 30000 + "' %}{{ [" + "a, " * 6000 + "a] }}",
        "{% set a = '" + "a" * 30000 + "' %}{{ [" + "a, " * 6000 + "a]|string }}",
        "{% for a in 'a' %}" * 40 + "x" + "{% endfor %}" * 40,
        "{{ day.__globals__ }}",
        "{{ question|attr('__class__') }}",
        "{{ self._TemplateReference__context }}",
        "{{ " + "(" * 20000 + "1" + ")" * 20000 + " }}",
        "x" * 60000,
    ],
)
def test_templates_that_fail_say_so(shared: District, text: str) -> None:
    (asked,) = inbox(shared, comment("Когда починят мост через реку?", author_name="Мария Иванова"))
    with pytest.raises(InputError, match="не сработал") as failed:
        render(Template("t", text), asked, shared.registry, now=NOW)
    assert "templates.t" in str(failed.value)
    assert ". Исправьте шаблон" in failed.value.say("ru")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ name", "ошибка разметки в строке 1"),
        ("а\nб\n{% if %}", "ошибка разметки в строке 3"),
        ("{{ nobody }}", "нет значения «nobody»"),
        ("{{ name.surname }}", "нет части «surname»"),
        ("{{ 1 / 0 }}", "ошибка при подстановке"),
    ],
)
def test_a_template_says_in_russian_what_is_wrong_with_it(shared: District, text: str, said: str) -> None:
    (asked,) = inbox(shared, comment("Когда починят мост через реку?", author_name="Мария Иванова"))
    with pytest.raises(InputError) as failed:
        render(Template("t", text), asked, shared.registry, now=NOW)
    assert said in failed.value.say("ru")


def test_what_an_answer_needs_can_be_written(shared: District) -> None:
    (asked,) = inbox(shared, comment("Когда починят мост через реку?", author_name="Мария Иванова"))
    text = (
        "{% set who = name or 'Здравствуйте' %}{{ who|upper }}, {{ who.lower() }}! "
        "{% if days > 1 %}Через {{ days + 1 }} дня{% else %}Завтра{% endif %}. "
        "{% for one in offices %}{{ loop.index }}. {{ one.place }} {{ one['phone'] }}; {% endfor %}"
        "{{ question|truncate(15) }} {{ missing|default('—') }} {{ 'а-б-в'|replace('-', '+', 1) }}"
    )
    facts = {"days": 2, "offices": [{"place": "Клуб", "phone": "2-00"}, {"place": "Школа", "phone": "3-00"}]}
    said = render(Template("t", text), asked, shared.registry, now=NOW, facts=facts)
    assert said == "МАРИЯ, мария! Через 3 дня. 1. Клуб 2-00; 2. Школа 3-00; Когда... — а+б-в"


def test_the_best_template_comes_first(shared: District) -> None:
    (asked,) = inbox(shared, comment("Темно на улице, когда включат свет?"))
    known = [Template("one", "x", words=("свет",)), Template("two", "x", words=("свет", "темно")), Template("no", "x")]
    assert [one.name for one in suggested(asked, known)] == ["two", "one"]


@pytest.mark.parametrize(("content", "error"), [("[templates.a]\nabout = 'x'", InputError), ("[", FileRefused)])
def test_files_of_templates_that_are_refused(tmp_path: Path, content: str, error: type[Exception]) -> None:
    (tmp_path / "t.toml").write_text(content, encoding="utf-8")
    with pytest.raises(error, match=r"t\.toml"):
        load_templates(tmp_path / "t.toml")


def test_a_private_message_is_answered_privately(district: District) -> None:
    district.world.receive(*district.page(VK), "555", "Когда приём у главы?", at=NOW - timedelta(hours=2))
    with district.connect() as social:
        (asked,) = social.inbox(social.collect(weeks=1, want=("messages",)))
        plan = social.plan_answer(asked, "В пятницу в десять.")
        assert [step.action for step in plan.steps] == ["send_message"]
        assert social.apply(plan).done


def test_what_stands_upstream_is_read_once(shared: District) -> None:
    """The district's own page may be upstream for settlements, too."""
    from munsocial.testing.factories import upstream

    page = shared.registry.account_by_id[VK]
    above = upstream("district_administration", id="district-vk", network_id=page.network_id)
    registry = shared.registry.but(upstream=(above,))
    asked = comment("Когда починят мост?")
    seen = snapshot(view(VK, comments=[asked], posts=[post()]), above=[view("district-vk", comments=[asked])])
    assert len(inbox_of(seen, registry)) == 1

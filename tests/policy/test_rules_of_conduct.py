"""profile.rules_published: which words are the rules of a page, and which are those of ice, forests and schools."""

from __future__ import annotations

import pytest

from munsocial.policy.facts import conduct
from munsocial.testing.factories import account, post, profile, requirement, view
from policy_tables import Row, check

VK = (account(),)
RULES = requirement("profile.rules_published", where="page")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Правила поведения на официальных страницах администрации", "met"),
        ("Правила поведения пользователей в нашем сообществе: без брани", "met"),
        ("Соблюдайте правила поведения и общения в комментариях", "met"),
        ("ПРАВИЛА КОММЕНТИРОВАНИЯ", "met"),
        ("Правила обсуждения: по теме", "met"),
        ("Правила общения на странице: вежливо", "met"),
        ("Правила общения", "met"),
        ("Правила поведения в социальных сетях", "met"),
        ("Правила поведения на льду: не выходите на тонкий лёд", "unknown"),
        ("Правила поведения в лесу при пожаре", "unknown"),
        ("Уважаемые жители! Напоминаем правила поведения на воде.", "unknown"),
        ("Правила поведения на льду. Подробности на странице МЧС", "unknown"),
        ("Правила поведения на льду смотрите на странице МЧС", "unknown"),
        ("Правила поведения на улице и на странице школы", "unknown"),
        ("Правила поведения детей на дорогах", "unknown"),
        ("Правила общения с медведями", "unknown"),
        ("Правила поведения", "unknown"),
    ],
)
def test_rules_of_conduct_speak_of_the_page(text: str, expected: str) -> None:
    check(Row(text, RULES, expected, VK, (view(profile=profile(description=text)),)))
    check(Row(text, RULES, expected, VK, (view(profile=profile(), posts=(post(text=text, pinned=True),)),)))


@pytest.mark.parametrize(
    ("text", "of_itself", "pinned"),
    [
        ("Правила поведения: без мата, без рекламы, без спама", "met", "met"),
        ("Правила поведения\n1. Без брани.", "met", "met"),
        ("Правила поведения и общения: будьте вежливы", "met", "unknown"),
        ("Правила поведения: уступайте друг другу", "met", "unknown"),
        ("Правила поведения участников: вежливость", "met", "unknown"),
        ("Правила поведения подписчиков: вежливость", "met", "met"),
        ("Правила поведения участников сообщества", "met", "met"),
        ("Правила поведения для участников сообщества", "met", "met"),
        ("Правила поведения в соцсетях", "met", "met"),
        ("Правила поведения в госпаблике", "met", "met"),
        ("Правила поведения в телеграм-канале", "met", "met"),
        ("Правила поведения в интернет-сообществе", "met", "met"),
        ("Правила поведения и комментирования", "met", "met"),
        ("Правила общения для подписчиков", "met", "met"),
        ("Правила нашей группы", "met", "met"),
        ("Правила поведения в группе: без мата", "met", "met"),
        ("Правила поведения в открытой группе администрации", "met", "met"),
        ("Правила группы", "met", "met"),
        ("Правила группы продлённого дня", "unknown", "unknown"),
        ("Правила обсуждения проекта бюджета в ДК", "unknown", "unknown"),
        ("Правила поведения на обсуждении бюджета", "unknown", "unknown"),
        ("Правила поведения на оросительных каналах", "unknown", "unknown"),
        ("Дети, помните правила поведения в группе на экскурсии!", "unknown", "unknown"),
        ("Правила поведения в туристической группе: без мата", "unknown", "unknown"),
        ("Правила поведения в электрических сетях", "unknown", "unknown"),
        ("Правила поведения в интернете", "unknown", "unknown"),
        ("Правила поведения посетителей: без рекламы", "unknown", "unknown"),
        ("Правила поведения учащихся школы: без мата", "unknown", "unknown"),
        ("Правила общения\nс людьми с инвалидностью", "unknown", "unknown"),
    ],
)
def test_a_page_says_less_of_itself_than_a_post(text: str, of_itself: str, pinned: str) -> None:
    check(Row(text, RULES, of_itself, VK, (view(profile=profile(description=text)),)))
    check(Row(text, RULES, pinned, VK, (view(profile=profile(), posts=(post(text=text, pinned=True),)),)))


def test_so_many_signs_are_read_for_each_word_of_rules_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    plain = conduct._holds

    def counted(after: str, *, own: bool) -> bool:
        read.append(after)
        return plain(after, own=own)

    monkeypatch.setattr(conduct, "_holds", counted)
    work = []
    for many in (500, 2_000):
        read.clear()
        assert not conduct.has_rules("Правила поведения на " + "самых " * 20 * many + "правила " * many, own=True)
        work.append((len(read), max(map(len, read))))
    assert work == [(500, 160), (2_000, 160)]

"""A clause whose words begin with its own number, as a person copies them from the act, is shown with one number."""

from __future__ import annotations

import pytest

from munsocial.policy.citing import cites, unnumbered
from munsocial.policy.words import listed, word_of
from munsocial.wording import Text


@pytest.mark.parametrize(
    ("clause", "text", "shown"),
    [
        ("1", "1. Порядок определяет правила.", "Порядок определяет правила."),
        ("9.3", "9.3. Удаляются комментарии.", "Удаляются комментарии."),
        ("9.3", " 9.3)  Удаляются комментарии.", "Удаляются комментарии."),
        ("5", "5 публикаций в неделю.", "5 публикаций в неделю."),
        ("1", "10. Другой пункт.", "10. Другой пункт."),
        ("9.3", "9x3. Не этот пункт.", "9x3. Не этот пункт."),
        ("2", "2.1. Подпункт.", "2.1. Подпункт."),
        ("1", "Пункт 1. Здесь.", "Пункт 1. Здесь."),
        ("1", "", ""),
    ],
)
def test_its_own_number_is_left_out(clause: str, text: str, shown: str) -> None:
    assert unnumbered(clause, text) == shown


@pytest.mark.parametrize(
    ("citation", "wanted", "rests"),
    [
        ("2, 3", "2", True),
        ("2, 3", "3", True),
        ("2, 3", "2, 3", True),
        ("2, 3", "3,2", True),
        ("2.1, 3", "2, 3", True),
        ("2, 3", "2, 4", False),
        ("2", "2, 3", False),
        ("21", "2", False),
        ("2.1", "2", True),
        ("2", "2.1", False),
        ("2", "", False),
        ("", "2", False),
    ],
)
def test_a_citation_is_of_every_clause_that_is_wanted(citation: str, wanted: str, rests: bool) -> None:
    assert cites(citation, wanted) is rests


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("credential_custody", Text("хранение логинов и паролей", "custody of credentials")),
        ("ADMIN", Text("администратор", "administrator")),
        ("SUPER_MODERATOR", Text("супермодератор", "super moderator")),
        ("analyst", Text("аналитик", "analyst")),
        ("access_token", Text("ключ доступа", "access token")),
        ("word of ours", Text("word of ours", "word of ours")),
    ],
)
def test_a_code_is_said_in_words(code: str, word: Text) -> None:
    assert word_of(code) == word


def test_codes_are_listed_in_words() -> None:
    assert listed(["running", "moderation"]) == Text("ведение аккаунтов, модерация", "running of accounts, moderation")
    assert listed(()) == Text("", "")

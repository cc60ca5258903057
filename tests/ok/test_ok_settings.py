"""Settings of OK that do not fit: each is told in words, with a remedy, all at once."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.errors import RegistryRefused
from munsocial_ok.settings import settings_of

ADDRESS = "Укажите адрес вида https://узел/путь/."
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"pages": 2}, "pages: такого поля нет. Может быть, page или max_pages?"),
    ({"base_url": "http://primer.example"}, f"base_url: http допустим только для этого же компьютера. {ADDRESS}"),
    ({"base_url": "https://a:b@primer.example"}, f"base_url: В адресе не должно быть логина и пароля. {ADDRESS}"),
    ({"base_url": "https://primer.example?a=1"}, f"base_url: В адресе не должно быть «?» и «#». {ADDRESS}"),
    (
        {"video_block": "movies"},
        "video_block: слова «movies» здесь нет. Может быть, movie? Можно: movie-reshare, movie.",
    ),
    ({"per_second": 0}, "per_second: число не больше 0.0. Нужно больше 0.0."),
    ({"per_second": "часто"}, "per_second: нужно число. Напишите его цифрами без кавычек."),
    ({"page": 0}, "page: число меньше 1. Нужно не меньше 1."),
    ({"page": 101}, "page: число больше 100. Нужно не больше 100."),
    ({"page": "много"}, "page: нужно целое число. Напишите его цифрами без кавычек."),
    ({"page": 1.5}, "page: нужно целое число. Напишите его цифрами без кавычек."),
    (
        {"known_posts": {"adm-ok": ["155000000000001", "опечатка"]}},
        "known_posts.adm-ok[2]: это не адрес и не номер публикации ОК. Нужен адрес вида https://ok.ru/group/…/topic/….",
    ),
]


@pytest.mark.parametrize(("table", "told"), WRONG, ids=[str(table) for table, _ in WRONG])
def test_a_setting_that_does_not_fit_is_told_in_words(table: dict[str, Any], told: str) -> None:
    with pytest.raises(RegistryRefused) as caught:
        settings_of(table)
    assert caught.value.say().splitlines() == [
        "networks.ok: настройки сети не годятся. Исправьте раздел [networks.ok].",
        f"  - networks / ok / {told}",
    ]


def test_all_wrong_settings_are_told_at_once() -> None:
    with pytest.raises(RegistryRefused) as caught:
        settings_of({"page": 0, "pages": 2, "video_block": "movies"})
    assert {one.field for one in caught.value.problems} == {"page", "pages", "video_block"}
    assert not [word for word in ("Input", "Value error", "Extra", "..") if word in caught.value.say("en")]


def test_posts_may_be_named_by_address_or_by_number() -> None:
    posts = ("155000000000001", "https://ok.ru/group/1/topic/155000000000002")
    assert settings_of({"known_posts": {"adm-ok": posts}}).accounts_named == ("adm-ok",)

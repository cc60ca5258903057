"""A password told in words is refused; where passwords are kept, and what is said in public, is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import RegistryRefused
from munsocial.model.checking.building import build_registry
from munsocial.model.files import load_registry, save_registry
from munsocial.model.registry import Registry
from munsocial.model.statements import Inquiry, Removal
from munsocial.testing.factories import account, body, district, moment

DISTRICT: dict[str, Any] = {
    "municipality": {"id": "river", "name": "Река"},
    "bodies": [{"id": "adm", "kind": "administration", "name": "Администрация"}],
    "accounts": [{"id": "adm-vk", "body": "adm", "network": "vk"}],
}


def noted(words: str) -> Registry:
    kept = {"account": "adm-vk", "kind": "login", "kept": words}
    return build_registry({**DISTRICT, "credentials": [kept]}, where="district.toml")


@pytest.mark.parametrize(
    "words",
    [
        "Пароль: Qwerty-123",
        "Пароль Qwerty123",
        "пароль - Qwerty123",
        "логин adm, пароль — qwerty123",
        "password Qwerty123",
        "пароль:Qwerty123,логин:админ",
        "пароль: Keeper2024!",
        "пароль: Bitwarden2Qwerty",
        "pass=Qwerty(123",
        "пароль: Ромашка2024",
        "Логин adm, пароль - ромашка123!",
        "ПАРОЛЬ=РОМАШКА1",
        "пароль Ромашка2024.",
        "пароль: Ромашка-2024, логин: админ",
        "пароль: 2024Ромашка",
        "password: Солнышко_2015",
        "пароль:Весна2026",
        "пароль: Кабан2026",
        "пароль: Смена2026",
        "пароль: Сейфуллин77",
    ],
)
def test_a_password_in_words_is_refused_and_not_shown(words: str) -> None:
    with pytest.raises(RegistryRefused, match="похоже на сам секрет") as refused:
        noted(words)
    assert words[-6:] not in refused.value.say("ru") + refused.value.say("en")


@pytest.mark.parametrize(
    "words",
    [
        "пароль: KeePassXC2",
        "Пароль: Bitwarden2",
        "пароль: LastPass1",
        "password: Keeper-2",
        "пароль 1Password",
        "Пароль: Excel2019.xlsx",
        "пароль: journal-2, стр. 5",
        "Логин и пароль: см.журнал№2(IT)",
        "Пароль: Safe№12",
        "Пароль: п.3 инструкции AB",
        "пароль: не менее 12 знаков",
        "пароль Wi-Fi сменён",
        "пароль от страницы OK2",
        "пароль — у отдела IT, каб. 12a",
        "password manager of floor 2",
        "пароль: хранится у главы",
        "пароль сменён 12.03.2026",
        "Пароль: сменён 12.03.2026г",
        "пароль: 12символов, у главы",
        "пароль — журнал2, стр.5",
        "пароль: Журнал2024",
        "пароль: сейф-2",
        "пароль: кабинет214",
        "пароль: каб.214",
        "пароль: каб214",
        "Пароль: Каб-214, сейф",
        "пароль: в конверте12, сейф",
        "пароль: СОШ12",
        "пароль: Битрикс24",
        "пароль: Госуслуги2",
        "пароль: приложение12.xlsx",
        "пароль: 1раз в 90дней",
        "пароль: ежемесячно-1раз",
        "пароль: распоряжение№12",
        "пароль: Школа-12",
        "Пароль: Отдел-214",
        "пароль сменён12.03.2026",
        "пароль: сменён2026",
        "Пароль: обновлена2026",
        "пароль меняется по приказу12",
        "пароли Иванова и Петрова",
    ],
)
def test_where_a_password_is_kept_is_taken(words: str) -> None:
    assert noted(words).credentials[0].kept == words


def test_what_is_said_in_public_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    said = "Wi-Fi в библиотеке открыт, пароль: biblio2026"
    answered = Inquiry(id="i", body="administration", answer=said, answered_at=moment("2026-11-20 10:00"))
    taken = Removal(account="administration-vk", item="5", ground="spam", at=moment("2026-11-20 10:00"), text=said)
    made = district(body(), account(), answered, taken)
    for name in ("district.toml", "district.json", "district.xlsx"):
        save_registry(made, tmp_path / name)
        kept = load_registry(tmp_path / name)
        assert (kept.inquiries[0].answer, kept.removals[0].text) == (said, said), name


def test_a_key_of_a_network_is_refused_in_public_words_too() -> None:
    asked = {"id": "i", "body": "adm", "answer": "vk1.a.AbCdEfGhIjKlMnOpQrStUvWx"}
    with pytest.raises(RegistryRefused, match="похоже на сам секрет"):
        build_registry({**DISTRICT, "inquiries": [asked]}, where="district.toml")

"""What a person does on the sites of the networks when an account changes hands, step by step, in both languages.

Menus are named as the sites showed them in 2026; a word may differ by an age of the site. A network that is not
listed gets the general words.
"""

from __future__ import annotations

from munsocial.wording import Text

__all__ = ["instruction"]

_PASSWORD = {
    "vk": Text(
        "Откройте id.vk.com под профилем владельца → «Безопасность и вход» → «Изменить пароль». Новый пароль: не "
        "короче 12 знаков, нигде больше не используется; храните его там, где указано в реестре. Затем там же "
        "«Устройства» → «Выйти со всех устройств» и «Сервисы и сайты»: отзовите доступ всех неизвестных приложений. "
        "Смена пароля обрывает и ключи пользователя, выпущенные раньше.",
        "Open id.vk.com as the owner's profile → «Безопасность и вход» → «Изменить пароль». A new password of at least "
        "12 characters, used nowhere else; keep it where the register says. Then «Устройства» → «Выйти со всех "
        "устройств», and in «Сервисы и сайты» withdraw every unknown application. A changed password also ends user "
        "keys that were issued before.",
    ),
    "ok": Text(
        "Откройте ok.ru под профилем владельца → «Изменить настройки» → «Основные» → «Пароль». Новый пароль: не короче "
        "12 знаков, нигде больше не используется. Затем «История посещений» → «Выйти на всех других устройствах» и "
        "«Приложения» → «Внешние»: удалите неизвестные. Смена пароля обрывает и «вечный» токен.",
        "Open ok.ru as the owner's profile → «Изменить настройки» → «Основные» → «Пароль». A new password of at least "
        "12 characters, used nowhere else. Then «История посещений» → «Выйти на всех других устройствах», and in "
        "«Приложения» → «Внешние» remove unknown ones. A changed password also ends the “eternal” token.",
    ),
}
_PASSWORD_ANY = Text(
    "Войдите под владельцем страницы, смените пароль (не короче 12 знаков, нигде больше не используется), завершите "
    "все другие сеансы и отзовите доступ неизвестных приложений.",
    "Sign in as the owner of the page, change the password (at least 12 characters, used nowhere else), end all other "
    "sessions and withdraw unknown applications.",
)

_TWO_FACTOR = {
    "vk": Text(
        "id.vk.com → «Безопасность и вход» → «Подтверждение входа»: отключите и включите заново на телефоне или в "
        "приложении кодов принимающего; выпустите новые резервные коды, старые уничтожьте.",
        "id.vk.com → «Безопасность и вход» → «Подтверждение входа»: switch off and on again with the phone or the "
        "code application of the taker; issue new backup codes and destroy the old ones.",
    ),
    "ok": Text(
        "ok.ru → «Изменить настройки» → «Основные» → «Двойная защита»: отключите и включите заново на телефоне "
        "принимающего; выпустите новые резервные коды, старые уничтожьте.",
        "ok.ru → «Изменить настройки» → «Основные» → «Двойная защита»: switch off and on again with the phone of the "
        "taker; issue new backup codes and destroy the old ones.",
    ),
}
_TWO_FACTOR_ANY = Text(
    "В настройках безопасности включите вход в два шага на телефоне принимающего, прежний телефон и прежние резервные "
    "коды удалите.",
    "In the security settings turn two-factor login on with the taker's phone; remove the former phone and codes.",
)

_ROTATE = {
    ("vk", "community_key"): Text(
        "Сообщество → «Управление» → «Работа с API» → «Ключи доступа»: создайте новый ключ с теми же правами, положите "
        "его в хранилище под новой ссылкой, затем удалите старый.",
        "Community → «Управление» → «Работа с API» → «Ключи доступа»: create a new key with the same rights, put it "
        "into the store under a new reference, then delete the old one.",
    ),
    ("vk", "service_key"): Text(
        "Кабинет VK ID для бизнеса → приложение → «Ключи доступа»: перевыпустите сервисный ключ и положите новый в "
        "хранилище. Старый перестаёт действовать сразу.",
        "VK ID for business → the application → «Ключи доступа»: issue the service key anew and put it into the "
        "store. The old one dies at once.",
    ),
    ("vk", "user_key"): Text(
        "Смените пароль профиля (шаг выше): старый ключ пользователя умрёт. Пусть принимающий войдёт под своим "
        "профилем, который назначен администратором страницы, и получит свой ключ; положите его под новой ссылкой.",
        "Change the profile's password (the step above): the old user key dies. The taker signs in to their own "
        "profile, which is an administrator of the page, and gets a key of their own; keep it under a new reference.",
    ),
    ("ok", "access_token"): Text(
        "Прежний ответственный: ok.ru → «Изменить настройки» → «Приложения» → «Внешние» → удалите приложение района. "
        "Принимающий: дайте приложению согласие заново; положите новый токен под новой ссылкой.",
        "The leaver: ok.ru → «Изменить настройки» → «Приложения» → «Внешние» → remove the district's application. "
        "The taker gives consent anew; keep the new token under a new reference.",
    ),
    ("ok", "group_token"): Text(
        "Группа → «Настройки» → «Сообщения» → «Ключ доступа»: получите новый ключ. Старый перестаёт действовать сразу.",
        "Group → «Настройки» → «Сообщения» → «Ключ доступа»: get a new key. The old one dies at once.",
    ),
    ("ok", "application_secret"): Text(
        "Настройки приложения на ok.ru: перевыпустите секретный ключ и положите новый под новой ссылкой.",
        "Settings of the application on ok.ru: issue the secret key anew and keep it under a new reference.",
    ),
}
_ROTATE_ANY = Text(
    "Выпустите новый ключ с теми же правами, положите его в хранилище под новой ссылкой, затем отзовите старый.",
    "Issue a new key with the same rights, put it into the store under a new reference, then revoke the old one.",
)


def instruction(what: str, network: str, kind: str = "") -> Text:
    """Return how to do a ``password``, ``two_factor`` or ``rotate`` step; ``kind`` is that of the key."""
    if what == "password":
        return _PASSWORD.get(network, _PASSWORD_ANY)
    if what == "two_factor":
        return _TWO_FACTOR.get(network, _TWO_FACTOR_ANY)
    return _ROTATE.get((network, kind), _ROTATE_ANY)

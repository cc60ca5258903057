"""What the words of a register mean in Russian: who writes "сообщество" is told the word that is kept for it."""

from __future__ import annotations

__all__ = ["MEANINGS", "NETWORK_NAMES", "word_for"]

MEANINGS = {
    "administration": "администрация",
    "sectoral": "отраслевой орган",
    "functional": "функциональный орган",
    "territorial": "территориальный орган",
    "settlement": "поселение",
    "organisation": "учреждение",
    "service": "служебный",
    "private": "личный",
    "profile": "профиль",
    "community": "сообщество, группа",
    "page": "страница, паблик",
    "channel": "канал",
    "bot": "бот",
    "credential_custody": "хранение логинов и паролей",
    "credential_handover": "передача логинов и паролей",
    "running": "ведение",
    "moderation": "модерация",
    "comment": "комментарий",
    "message": "сообщение",
    "obscenity": "нецензурная брань, мат",
    "insult": "оскорбление",
    "threat": "угроза",
    "extremism": "экстремизм",
    "drugs": "наркотики",
    "personal_data": "личные данные",
    "spam": "спам",
    "protected": "имя, которое не трогать",
}

NETWORK_NAMES = {
    "vk": "вк, вконтакте",
    "ok": "ок, одноклассники",
    "telegram": "телеграм, телеграмм, тг",
    "max": "макс",
}
"""Networks are ids, not words of a list; these are the ones that people write in Russian."""


def word_for(given: str) -> str:
    """Return the word of a register that somebody wrote in Russian, "" when it is none."""
    wanted = given.strip().casefold()
    for word, names in (MEANINGS | NETWORK_NAMES).items():
        if any(wanted in (name, name.partition(" ")[0]) for name in names.split(", ")):
            return word
    return ""

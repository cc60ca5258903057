"""What a person does on the site of OK, where the API has no method: exact steps, in Russian and English.

Placeholders: ``{link}`` the post or page, ``{text}`` what to write or what the comment says, ``{author}`` whose it is,
``{ground}`` why, ``{until}`` to when. Menus are named as the site shows them; a word may differ by an age of the site.
"""

from __future__ import annotations

from munsocial.wording import Text

__all__ = [
    "BAN",
    "CLOSE_COMMENTS",
    "DELETE_COMMENT",
    "DELETE_MESSAGE",
    "EDIT_LINKS",
    "EDIT_POST",
    "EDIT_PROFILE",
    "HIDE_COMMENT",
    "NO_METHOD",
    "NO_METHOD_TO_COMMENT",
    "PIN_POST",
    "REMOVE_MANAGER",
    "REPLY",
    "REPORT_COMMENT",
    "SET_COVER",
    "SUBSCRIBE",
    "UNBAN",
]

NO_METHOD = Text("У ОК нет открытого метода для этого.", "OK has no public method for it.")
NO_METHOD_TO_COMMENT = Text(
    "Методы записи комментариев и чёрного списка ОК отозваны: это делает человек на сайте, а мы проверяем чтением.",
    "OK has withdrawn the methods that write comments and the black list: a person does it, we check by reading.",
)

REPLY = Text(
    "Откройте {link}. Найдите комментарий ({author}), нажмите «Ответить», выберите ответ от имени группы, вставьте "
    "текст «{text}» и отправьте.",
    "Open {link}. Find the comment ({author}), press «Ответить», choose to answer in the name of the group, paste "
    "«{text}» and send it.",
)
DELETE_COMMENT = Text(
    "Откройте {link}. Найдите комментарий «{text}» ({author}), наведите на него, нажмите крестик «Удалить» и "
    "подтвердите. Основание: {ground}. Автора не блокируйте, если об этом нет отдельного задания.",
    "Open {link}. Find the comment «{text}» ({author}), point at it, press the cross «Удалить» and confirm. Ground: "
    "{ground}. Do not block the author unless a task of its own says so.",
)
HIDE_COMMENT = Text(
    "Скрыть комментарий в ОК нельзя, только удалить. Откройте {link}, найдите комментарий ({author}): «{text}» и "
    "решите, удалять ли его. Основание: {ground}.",
    "OK cannot hide a comment, only delete it. Open {link}, find the comment ({author}): «{text}» and decide whether "
    "to delete it. Ground: {ground}.",
)
REPORT_COMMENT = Text(
    "Откройте {link}. Найдите комментарий «{text}» ({author}), откройте его меню, нажмите «Пожаловаться» и выберите "
    "причину: {ground}.",
    "Open {link}. Find the comment «{text}» ({author}), open its menu, press «Пожаловаться» and choose the reason: "
    "{ground}.",
)
BAN = Text(
    "Откройте {link}, затем раздел «Участники» и найдите автора: {author}. В меню участника выберите «Заблокировать» "
    "и срок: {until}. Основание: {ground}. Запишите дату и своё имя в журнал.",
    "Open {link}, then the section «Участники», and find the author: {author}. In the member's menu choose "
    "«Заблокировать» and the term: {until}. Ground: {ground}. Note the date and your name in the journal.",
)
UNBAN = Text(
    "Откройте {link}, раздел «Участники», список «Заблокированные». Найдите {author} и нажмите «Разблокировать».",
    "Open {link}, section «Участники», list «Заблокированные». Find {author} and press «Разблокировать».",
)
CLOSE_COMMENTS = Text(
    "Откройте {link}. В меню публикации выберите «Запретить комментирование» (или «Разрешить», чтобы открыть снова).",
    "Open {link}. In the menu of the post choose «Запретить комментирование» («Разрешить» opens them again).",
)
PIN_POST = Text(
    "Откройте {link}. В меню публикации выберите «Закрепить» (или «Открепить»).",
    "Open {link}. In the menu of the post choose «Закрепить» («Открепить» unpins it).",
)
EDIT_POST = Text(
    "Откройте {link}. В меню публикации выберите «Редактировать», замените текст на: «{text}» и сохраните. Вложения "
    "не трогайте.",
    "Open {link}. In the menu of the post choose «Редактировать», replace the text by: «{text}» and save. Leave the "
    "attachments as they are.",
)
EDIT_PROFILE = Text(
    "Откройте {link} под администратором: «Настройки» → «Общие». Внесите: {text}. Сохраните.",
    "Open {link} as an administrator: «Настройки» → «Общие». Enter: {text}. Save.",
)
EDIT_LINKS = Text(
    "Откройте {link} под администратором: раздел «Ссылки» → «Добавить ссылку». Вставьте: {text}.",
    "Open {link} as an administrator: section «Ссылки» → «Добавить ссылку». Paste: {text}.",
)
SET_COVER = Text(
    "Откройте {link} под администратором. Наведите на обложку, нажмите «Изменить обложку» и загрузите файл: {text}.",
    "Open {link} as an administrator. Point at the cover, press «Изменить обложку» and upload the file: {text}.",
)
SUBSCRIBE = Text(
    "Войдите в профиль ответственного, откройте {link} и нажмите «Вступить» (или «Подписаться»).",
    "Sign in to the profile of the responsible person, open {link} and press «Вступить» (or «Подписаться»).",
)
REMOVE_MANAGER = Text(
    "Откройте {link} под владельцем группы: «Участники» → «Модераторы». Найдите {author} и нажмите «Снять полномочия».",
    "Open {link} as the group's owner: «Участники» → «Модераторы». Find {author} and press «Снять полномочия».",
)
DELETE_MESSAGE = Text(
    "Откройте сообщения группы {link}, диалог с {author}, найдите сообщение «{text}» и в его меню выберите «Удалить».",
    "Open the messages of the group {link}, the dialogue with {author}, find the message «{text}» and choose «Удалить» "
    "in its menu.",
)

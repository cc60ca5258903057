"""A publication before it is sent: its problems by the limits known beforehand, and its form on the wire. Pure, but for
a look at the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from munsocial.errors import DraftRefused, Problem
from munsocial.network.drafts import Draft, Media, Poll
from munsocial.wording import Text
from munsocial_ok.capabilities import PHOTO_TYPES
from munsocial_ok.settings import OkSettings

__all__ = ["attachment_of", "check", "problems_of"]

_WHERE = "publication"


def check(draft: Draft, settings: OkSettings, now: datetime) -> None:
    """Refuse a draft that OK would not take.

    Raises:
        DraftRefused: with every problem at once; nothing was sent.
    """
    problems = tuple(problems_of(draft, settings, now))
    if problems:
        raise DraftRefused(
            Text("Публикация не подходит для ОК.", "The publication does not fit OK."), problems, where="ok"
        )


def problems_of(draft: Draft, settings: OkSettings, now: datetime) -> Iterator[Problem]:
    """Yield what stands against a draft: limits that are not published are settings."""
    text = draft.text_for("ok")
    if not (text.strip() or draft.media or draft.poll or draft.link):
        yield _problem("text", "Публикация пуста.", "The publication is empty.", "Добавьте текст.", "Add a text.")
    if settings.text_limit is not None and len(text) > settings.text_limit:
        yield _problem(
            "text",
            f"Текст длиной {len(text)} знаков, допустимо {settings.text_limit}.",
            f"The text has {len(text)} characters, {settings.text_limit} are allowed.",
            "Сократите его: сами мы не обрезаем.",
            "Shorten it: we never cut it ourselves.",
        )
    if draft.publish_at is not None and draft.publish_at <= now:
        yield _problem(
            "publish_at", "Время публикации прошло.", "The time is past.", "Укажите будущее.", "Name a time to come."
        )
    if draft.link is not None and not _is_address(draft.link):
        yield _problem("link", "Это не адрес.", "This is no address.", "Нужен http(s)://….", "Give http(s)://….")
    yield from _media_problems(draft.media, settings)
    if draft.poll is not None:
        yield from _poll_problems(draft.poll, settings)


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _media_problems(media: Sequence[Media], settings: OkSettings) -> Iterator[Problem]:
    photos = [one for one in media if one.kind == "photo"]
    if settings.photo_limit is not None and len(photos) > settings.photo_limit:
        yield _problem(
            "media",
            f"Фотографий {len(photos)}, допустимо {settings.photo_limit}.",
            f"There are {len(photos)} photos, {settings.photo_limit} are allowed.",
            "Оставьте лучшие.",
            "Keep the best.",
        )
    for one in media:
        yield from _file_problems(one, settings)


def _file_problems(media: Media, settings: OkSettings) -> Iterator[Problem]:
    name = f"media: {media.path.name}"
    if media.kind == "document":
        yield _problem(
            name,
            "ОК не принимает документы в публикациях.",
            "OK takes no documents in posts.",
            "Дайте ссылку на документ.",
            "Link to the document.",
        )
        return
    if not media.path.is_file():
        yield _problem(name, "Файла нет.", "There is no such file.", "Проверьте путь.", "Check the path.")
        return
    size = media.path.stat().st_size
    photo = media.kind == "photo"
    if photo and media.path.suffix.lower().lstrip(".") not in PHOTO_TYPES:
        yield _problem(
            name, "Не JPEG и не PNG.", "Neither JPEG nor PNG.", "Преобразуйте снимок.", "Convert the picture."
        )
    most = settings.photo_bytes if photo else settings.video_bytes
    least = 1 if photo else settings.video_least_bytes
    if size < least or (most is not None and size > most):
        yield _problem(
            name,
            f"Размер {size} байт вне пределов {least}…{most or '∞'}.",
            f"The size of {size} bytes is outside {least}…{most or '∞'}.",
            "Замените файл.",
            "Replace the file.",
        )


def _poll_problems(poll: Poll, settings: OkSettings) -> Iterator[Problem]:
    answers = [answer for answer in poll.answers if answer.strip()]
    if not poll.question.strip() or len(answers) < 2 or len(answers) != len(poll.answers):
        yield _problem(
            "poll",
            "Нужен вопрос и не меньше двух непустых ответов.",
            "A question and at least two answers are needed, none of them empty.",
            "Допишите опрос.",
            "Complete the poll.",
        )
    if settings.poll_answers is not None and len(answers) > settings.poll_answers:
        yield _problem("poll", "Слишком много ответов.", "Too many answers.", "Уберите часть.", "Drop some.")
    if poll.closes_at is not None:
        yield _problem(
            "poll",
            "ОК не закрывает опрос к сроку.",
            "OK does not close a poll at a time.",
            "Уберите срок.",
            "Drop the term.",
        )


def _problem(field: str, ru: str, en: str, remedy_ru: str, remedy_en: str) -> Problem:
    return Problem(_WHERE, "ok", field, Text(ru, en), Text(remedy_ru, remedy_en))


def attachment_of(
    draft: Draft, *, photo_tokens: Iterable[str], videos: Iterable[str], video_block: str
) -> dict[str, Any]:
    """Return the ``attachment`` of ``mediatopic.post``: text first, then media, poll and link in the order OK shows.

    The two switches are texts inside it, not booleans; without ``onBehalfOfGroup`` the post would bear the name of the
    token's person.
    """
    media: list[dict[str, Any]] = []
    if text := draft.text_for("ok"):
        media.append({"type": "text", "text": text})
    if photos := [{"id": token} for token in photo_tokens]:
        media.append({"type": "photo", "list": photos})
    media.extend(_video(id, video_block) for id in videos)
    if draft.poll is not None:
        media.append(_poll(draft.poll))
    if draft.link is not None:
        media.append({"type": "link", "url": draft.link})
    closed = "true" if draft.comments_closed else "false"
    attachment: dict[str, Any] = {"media": media, "onBehalfOfGroup": "true", "disableComments": closed}
    if draft.publish_at is not None:
        attachment["publishAtMs"] = round(draft.publish_at.timestamp() * 1000)
    return attachment


def _video(id: str, block: str) -> dict[str, Any]:
    # Two clients, two spellings; the setting video_block says which.
    return (
        {"type": "movie-reshare", "movieId": id} if block == "movie-reshare" else {"type": block, "list": [{"id": id}]}
    )


def _poll(poll: Poll) -> dict[str, Any]:
    options = [name for name, on in (("SingleChoice", not poll.multiple), ("AnonymousVoting", poll.anonymous)) if on]
    answers = [{"text": answer} for answer in poll.answers]
    return {"type": "poll", "question": poll.question, "answers": answers, "options": ",".join(options)}

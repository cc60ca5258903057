"""Is a file fit for its place? Kind, size and sides, looked at before anything is sent. Pure but for reading the head.

Sources: dev.vk.com/en/api/upload/wall-photo and its neighbours; what is not certain is a setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from munsocial.errors import DraftRefused, Problem
from munsocial.network.drafts import Media
from munsocial.wording import Text
from munsocial_vk.pictures import Picture, look_at
from munsocial_vk.settings import VkSettings

__all__ = ["Purpose", "problems_of", "refuse_unfit"]

Purpose = Literal["post", "avatar", "cover", "story"]
_EXECUTABLE = frozenset({".exe", ".bat", ".cmd", ".com", ".scr", ".msi", ".apk", ".js", ".vbs", ".ps1", ".jar"})
_MUSIC = frozenset({".mp3"})
_LEAST_SIDES = {"avatar": (200, 200), "cover": (795, 200)}


def problems_of(media: Media, settings: VkSettings, purpose: Purpose = "post") -> list[Problem]:
    """Check a file: that it is there, its kind, its size, its sides for the place where it shall stand."""
    try:
        size = media.path.stat().st_size if media.path.is_file() else None
        picture = look_at(media.path) if media.kind == "photo" and size else None
    except OSError:
        size, picture = None, None
    if size is None:
        return [_problem(media, "Файл не читается.", "The file cannot be read.")]
    return list(_by_kind(media, size, picture, settings, purpose))


def _by_kind(
    media: Media, size: int, picture: Picture | None, settings: VkSettings, purpose: Purpose
) -> Iterator[Problem]:
    most = _most(media, settings, purpose)
    if not size:
        yield _problem(media, "Файл пуст.", "The file is empty.")
    elif size > most:
        yield _problem(media, f"Файл больше {most >> 20} МБ.", f"The file is over {most >> 20} MB.")
    elif media.kind == "document" and media.path.suffix.casefold() in _EXECUTABLE | _MUSIC:
        yield _problem(media, "Программы и музыка не принимаются.", "Programs and music are not taken.")
    elif media.kind == "photo" and picture is None:
        yield _problem(media, "Фотография должна быть JPG, PNG или GIF.", "A photo has to be JPG, PNG or GIF.")
    elif picture is not None and picture.width and picture.height:
        # Sides that could not be read are left to the server.
        yield from _sides(media, picture, settings, purpose)


def _most(media: Media, settings: VkSettings, purpose: Purpose) -> int:
    if purpose == "story" and media.kind == "photo":
        return settings.story_photo_bytes
    return {"photo": settings.photo_bytes, "video": settings.video_bytes, "document": settings.document_bytes}[
        media.kind
    ]


def _sides(media: Media, picture: Picture, settings: VkSettings, purpose: Purpose) -> Iterator[Problem]:
    width, height = picture.width, picture.height
    least_width, least_height = _LEAST_SIDES.get(purpose, (0, 0))
    if width + height > settings.photo_sides:
        yield _problem(
            media, f"Стороны вместе больше {settings.photo_sides}.", f"Sides together exceed {settings.photo_sides}."
        )
    elif max(width, height) > settings.photo_ratio * min(width, height):
        yield _problem(media, "Снимок слишком вытянут.", "The picture is too long.")
    elif width < least_width or height < least_height:
        yield _problem(
            media,
            f"Нужно не меньше {least_width}×{least_height} точек.",
            f"At least {least_width}×{least_height} pixels are wanted.",
        )
    elif purpose == "avatar" and not 0.25 <= width / height <= 3:
        yield _problem(
            media, "Ширина должна быть от 1/4 до 3 высот.", "The width has to be a quarter to three times the height."
        )


def _problem(media: Media, ru: str, en: str) -> Problem:
    remedy = Text("Замените файл.", "Replace the file.")
    return Problem("media", media.path.name, "path", Text(ru, en), remedy)


def refuse_unfit(
    media: Sequence[Media], settings: VkSettings, more: Sequence[Problem] = (), *, purpose: Purpose = "post"
) -> None:
    """Refuse a publication with everything that is wrong with it at once.

    Raises:
        DraftRefused: something is; nothing was sent.
    """
    problems = [*more, *(problem for one in media for problem in problems_of(one, settings, purpose))]
    if problems:
        raise DraftRefused(
            Text("Публикация не годится для ВКонтакте.", "The publication does not fit VK."),
            tuple(problems),
            where="vk",
        )

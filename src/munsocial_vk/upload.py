"""Uploads in three steps: an address, the file, the saving. Files are streamed and checked beforehand."""

from __future__ import annotations

import functools
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from munsocial.errors import DraftRefused, NetworkError, Problem, UploadRefused
from munsocial.model.accounts import NetworkAccount
from munsocial.network.drafts import Media
from munsocial.transport.addresses import handed_over
from munsocial.transport.port import Answer, FilePart, Request
from munsocial.transport.session import Call, Repeat
from munsocial.wording import Text
from munsocial_vk.calls import Calls
from munsocial_vk.envelope import unreadable
from munsocial_vk.pictures import look_at
from munsocial_vk.places import group_id, owner_id
from munsocial_vk.settings import VkSettings
from munsocial_vk.wire import Loose, Wire

__all__ = ["Uploads", "problems_of", "refuse_unfit"]

_EXECUTABLE = frozenset({".exe", ".bat", ".cmd", ".com", ".scr", ".msi", ".apk", ".js", ".vbs", ".ps1", ".jar"})


class _Address(Wire):
    upload_url: Loose[str] = None
    fallback_upload_url: Loose[str] = None
    video_id: Loose[int] = None
    owner_id: Loose[int] = None
    access_key: Loose[str] = None


class _StoryResult(Wire):
    upload_result: Loose[str] = None


class _Sent(Wire):
    """What an upload host answers; ``photo`` is a text of JSON that is passed on unchanged."""

    server: Loose[int | str] = None
    photo: Loose[str] = None
    hash: Loose[str] = None
    file: Loose[str] = None
    size: Loose[int] = None
    error: Loose[str | dict[str, Any]] = None
    upload_result: Loose[str] = None
    response: Loose[_StoryResult] = None


class _Saved(Wire):
    id: Loose[int] = None
    owner_id: Loose[int] = None
    access_key: Loose[str] = None


class _SavedDocument(Wire):
    doc: Loose[_Saved] = None


_SENT = TypeAdapter(_Sent)


def problems_of(media: Media, settings: VkSettings) -> list[Problem]:
    """Check a file before it is sent: that it is there, its kind, size and sides."""
    try:
        size = media.path.stat().st_size
        picture = look_at(media.path) if media.kind == "photo" else None
    except OSError:
        return [_problem(media, "Файл не читается.", "The file cannot be read.")]
    if not size:
        return [_problem(media, "Файл пуст.", "The file is empty.")]
    most = {"photo": settings.photo_bytes, "video": settings.video_bytes, "document": settings.document_bytes}[
        media.kind
    ]
    if size > most:
        return [_problem(media, f"Файл больше {most >> 20} МБ.", f"The file is over {most >> 20} MB.")]
    if media.kind == "document" and media.path.suffix.casefold() in _EXECUTABLE:
        return [_problem(media, "Программы не принимаются.", "Programs are not taken.")]
    if media.kind != "photo":
        return []
    if picture is None:
        return [_problem(media, "Фотография должна быть JPG, PNG или GIF.", "A photo has to be JPG, PNG or GIF.")]
    return _side_problems(media, picture.width, picture.height, settings)


def _side_problems(media: Media, width: int, height: int, settings: VkSettings) -> list[Problem]:
    if not width or not height:
        return []  # the sides could not be read: the server decides
    if width + height > settings.photo_sides:
        return [
            _problem(media, f"Стороны вместе больше {settings.photo_sides}.", f"Sides exceed {settings.photo_sides}.")
        ]
    if max(width, height) > settings.photo_ratio * min(width, height):
        return [_problem(media, "Снимок слишком вытянут.", "The picture is too long.")]
    return []


def _problem(media: Media, ru: str, en: str) -> Problem:
    remedy = Text("Замените файл.", "Replace the file.")
    return Problem("media", media.path.name, "path", Text(ru, en), remedy)


class Uploads:
    """Uploads for one connection. A refused file is sent once more to a new address, then given up, and never saved."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.settings = calls.settings

    async def attach(self, account: NetworkAccount, media: Media) -> str:
        """Upload a file for a post and return how it is named among attachments.

        Raises:
            UploadRefused: VK did not take it.
        """
        if media.kind == "video":
            return await self._video(account, media)
        if media.kind == "document":
            return await self._document(account, media)
        return await self._photo(account, media)

    async def _photo(self, account: NetworkAccount, media: Media) -> str:
        group = group_id(account) if owner_id(account) < 0 else None
        sent = await self._send(account, "photos.getWallUploadServer", {"group_id": group}, media, "photo")
        params = {"group_id": group, "server": sent.server, "photo": sent.photo, "hash": sent.hash}
        params["caption"] = media.title[:2048] or None
        saved = await self.calls.call(account.id, "photos.saveWallPhoto", list[Loose[_Saved]], params, _first)
        return self._named("photo", saved)

    async def _document(self, account: NetworkAccount, media: Media) -> str:
        whose = {"group_id": group_id(account) if owner_id(account) < 0 else None}
        sent = await self._send(account, "docs.getWallUploadServer", whose, media, "file")
        params = {"file": sent.file, "title": media.title or media.path.name}
        saved = await self.calls.call(account.id, "docs.save", _SavedDocument, params, lambda reply: reply.doc)
        return self._named("doc", saved)

    async def _video(self, account: NetworkAccount, media: Media) -> str:
        group = group_id(account) if owner_id(account) < 0 else None
        params = {"group_id": group, "name": (media.title or media.path.stem)[:128], "wallpost": False}
        address = await self.calls.call(account.id, "video.save", _Address, params, lambda reply: reply)
        await self._carry(account, address, media, "video_file")
        return self._named(
            "video", _Saved(id=address.video_id, owner_id=address.owner_id, access_key=address.access_key)
        )

    async def avatar(self, account: NetworkAccount, picture: Media) -> None:
        """Set the picture of a page; VK also makes a post of it."""
        sent = await self._send(
            account, "photos.getOwnerPhotoUploadServer", {"owner_id": owner_id(account)}, picture, "photo"
        )
        params = {"server": sent.server, "photo": sent.photo, "hash": sent.hash}
        await self.calls.call(account.id, "photos.saveOwnerPhoto", Any, params, lambda reply: None)

    async def cover(self, account: NetworkAccount, picture: Media) -> None:
        """Set the cover of a community; the part of 795 x 200 from its corner is asked for, unless it is wider."""
        seen = look_at(picture.path)
        width, height = (seen.width or 1590, seen.height or 400) if seen else (1590, 400)
        crop = {"crop_x": 0, "crop_y": 0, "crop_x2": width, "crop_y2": height}
        params: dict[str, Any] = {"group_id": group_id(account), **crop}
        sent = await self._send(account, "photos.getOwnerCoverPhotoUploadServer", params, picture, "photo")
        saving = {"photo": sent.photo, "hash": sent.hash}
        await self.calls.call(account.id, "photos.saveOwnerCoverPhoto", Any, saving, lambda reply: None)

    async def story(self, account: NetworkAccount, media: Media, *, link: str = "") -> str:
        """Upload a story and return what is to be saved."""
        video = media.kind == "video"
        method = "stories.getVideoUploadServer" if video else "stories.getPhotoUploadServer"
        params = {
            "group_id": group_id(account) if owner_id(account) < 0 else None,
            "add_to_news": True,
            "link_text": "more" if link else None,
            "link_url": link or None,
        }
        sent = await self._send(account, method, params, media, "video_file" if video else "file")
        result = sent.upload_result or (sent.response.upload_result if sent.response else None)
        if not result:
            raise _refused(media, account)
        return result

    async def _send(
        self, account: NetworkAccount, method: str, params: Mapping[str, Any], media: Media, field: str
    ) -> _Sent:
        """Ask for an address and send the file there; once more from the beginning when it was not taken."""
        last: NetworkError | None = None
        for _ in range(2):
            address = await self.calls.call(account.id, method, _Address, params, lambda reply: reply)
            try:
                return await self._carry(account, address, media, field)
            except NetworkError as error:
                if error.lasting:
                    raise
                last = error
        assert last is not None
        raise last

    async def _carry(self, account: NetworkAccount, address: _Address, media: Media, field: str) -> _Sent:
        """Send the file to the address, and to the second one when the first fails."""
        failure: NetworkError | None = None
        for url in dict.fromkeys((address.upload_url, address.fallback_upload_url)):
            if not url:
                continue
            try:
                return await self._post(account, url, media, field)
            except NetworkError as error:
                if error.lasting:
                    raise
                failure = error
        raise failure or unreadable(Text("Адрес загрузки не пришёл.", "No upload address came."), method="upload")

    async def _post(self, account: NetworkAccount, url: str, media: Media, field: str) -> _Sent:
        media_type = mimetypes.guess_type(media.path.name)[0] or "application/octet-stream"
        part = FilePart(field, media.path.name, functools.partial(_open, media.path), media_type)
        request = handed_over(
            Request("POST", url, files=(part,)), hosts=self.settings.upload_hosts, base_url=self.settings.base_url
        )
        sent = await self.calls.session.call(
            Call(request, _read_sent, f"upload.{field}", account.id, repeat=Repeat.ONCE)
        )
        if not _was_taken(sent, field):
            raise _refused(media, account)
        return sent

    @staticmethod
    def _named(word: str, saved: _Saved | None) -> str:
        if saved is None or saved.id is None or saved.owner_id is None:
            raise unreadable(Text("Сохранённый файл не назван.", "The saved file is not named."), method="upload")
        # The owner may be the person whose key it was, and not the community.
        return "_".join([f"{word}{saved.owner_id}", str(saved.id), *([saved.access_key] if saved.access_key else [])])


def _open(path: Path) -> Any:
    return path.open("rb")


def _first(items: list[Any]) -> Any:
    return next(iter(items), None)


def _was_taken(sent: _Sent, field: str) -> bool:
    if sent.error:
        return False
    if field == "photo":
        return bool(sent.hash) and sent.photo not in (None, "", "[]")
    if field == "file":
        return bool(sent.file or sent.upload_result or sent.response)
    return True


def _read_sent(answer: Answer) -> _Sent:
    if answer.body.lstrip()[:1] == b"<":
        raise unreadable(
            Text("Вместо JSON пришла страница HTML.", "An HTML page came instead of JSON."), method="upload"
        )
    try:
        return _SENT.validate_json(answer.body)
    except ValidationError:
        raise unreadable(Text("Ответ загрузки не читается.", "The answer to an upload cannot be read.")) from None


def _refused(media: Media, account: NetworkAccount) -> UploadRefused:
    return UploadRefused(
        Text("Файл {name} не принят.", "The file {name} was not taken.").fill(name=media.path.name),
        network="vk",
        account=account.id,
        remedy=Text("Проверьте файл и отправьте его ещё раз.", "Check the file and send it again."),
    )


def refuse_unfit(media: tuple[Media, ...], settings: VkSettings, more: list[Problem]) -> None:
    """Refuse a publication with everything that is wrong with it at once.

    Raises:
        DraftRefused: something is; nothing was sent.
    """
    problems = [*more, *(problem for one in media for problem in problems_of(one, settings))]
    if problems:
        raise DraftRefused(
            Text("Публикация не годится для ВКонтакте.", "The publication does not fit VK."),
            tuple(problems),
            where="vk",
        )

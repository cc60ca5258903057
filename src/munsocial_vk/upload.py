"""Uploads in three steps: an address, the file, the saving. Files are streamed and checked beforehand."""

from __future__ import annotations

import contextlib
import mimetypes
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from munsocial.errors import NetworkError, ServerFault, UploadRefused
from munsocial.model.accounts import NetworkAccount
from munsocial.network.drafts import Media
from munsocial.transport.faults import LookFirst, is_address_gone
from munsocial.transport.port import Answer, FilePart, Request
from munsocial.transport.session import Call, Repeat
from munsocial.wording import Text
from munsocial_vk.calls import Calls
from munsocial_vk.envelope import unreadable
from munsocial_vk.errors import sentences
from munsocial_vk.pictures import look_at
from munsocial_vk.places import group_id, owner_id
from munsocial_vk.wire import Items, Loose, Number, Wire

__all__ = ["CARRYING_VIDEO", "Uploads", "before_the_deed"]

T = TypeVar("T")
_Params = Mapping[str, Any]


class _Address(Wire):
    upload_url: Loose[str] = None
    fallback_upload_url: Loose[str] = None
    video_id: Loose[Number] = None
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
    image: Loose[str] = None
    size: Loose[int] = None
    video_id: Loose[int] = None
    error: Any = None
    error_descr: Any = None
    error_code: Any = None
    upload_result: Loose[str] = None
    response: Loose[_StoryResult | int] = None

    @property
    def story(self) -> str | None:
        """What stands for a story."""
        return self.upload_result or (self.response.upload_result if isinstance(self.response, _StoryResult) else None)


class _Saved(Wire):
    id: Loose[Number] = None
    owner_id: Loose[int] = None
    access_key: Loose[str] = None


class _SavedDocument(Wire):
    doc: Loose[_Saved] = None


class _SavedImage(Wire):
    id: Loose[str | int] = None


class _Stories(Wire):
    items: Items[_Saved] = None


_SENT = TypeAdapter(_Sent)
CARRYING_VIDEO = "upload.video_file"
_LOOK_AT_VIDEOS = LookFirst(
    "Видео могло загрузиться: посмотрите раздел «Видео», прежде чем повторять.",
    "The video may have been uploaded: look at the videos of the page before you try again.",
)
_STORY_UNNAMED = Text("Сохранённая история не названа.", "The saved story is not named.")
_LOOK_AT_STORIES = LookFirst(
    "История могла появиться: посмотрите на страницу, прежде чем повторять.",
    "The story may be there: look at the page before you try again.",
)


@contextlib.contextmanager
def before_the_deed() -> Iterator[None]:
    """Carry files that a publication or message will name: whatever fails here, that itself was not sent.

    A video stands on the page as soon as it is carried, so that to begin anew might double it: it stays unclear.
    """
    try:
        yield
    except NetworkError as error:
        if error.executed is None and error.method != CARRYING_VIDEO:
            error.executed = False
            error.remedy = Text("Ничего не опубликовано; повторите.", "Nothing was published; try again.")
        raise


class Uploads:
    """Uploads for one connection. A refused file is sent once more to a new address, then given up, and never saved."""

    def __init__(self, calls: Calls, going: Callable[[], None] = lambda: None) -> None:
        self.calls = calls
        self.going = going
        """Called right before a video is on its way."""

    async def attach(self, account: NetworkAccount, media: Media) -> str:
        """Upload a file for a post and return how it is named among attachments.

        Raises:
            UploadRefused: VK did not take it.
        """
        group = group_id(account) if owner_id(account) < 0 else None
        if media.kind == "video":
            return await self.video(account, media, group)
        if media.kind == "document":
            return await self._document(account, media, "docs.getWallUploadServer", {"group_id": group})
        whose = {"group_id": group}
        return await self._photo(account, media, "photos.getWallUploadServer", "photos.saveWallPhoto", whose, whose)

    async def attach_to_message(self, account: NetworkAccount, media: Media, peer: str) -> str:
        """Upload a photo or a document for a private message; a video is one of the wall."""
        whose = {"peer_id": peer}
        if media.kind == "video":
            return await self.attach(account, media)
        if media.kind == "document":
            return await self._document(account, media, "docs.getMessagesUploadServer", {**whose, "type": "doc"})
        address, saving = "photos.getMessagesUploadServer", "photos.saveMessagesPhoto"
        return await self._photo(account, media, address, saving, whose, {})

    async def _photo(
        self, account: NetworkAccount, media: Media, address: str, saving: str, whose: _Params, more: _Params
    ) -> str:
        async def save(sent: _Sent) -> _Saved | None:
            params = {**more, "server": sent.server, "photo": sent.photo, "hash": sent.hash}
            # Only photos of a wall have words of their own.
            caption = {"caption": media.title[:2048] or None} if "group_id" in more else {}
            saved = await self.calls.get(account.id, saving, list[Loose[_Saved]], params | caption)
            return next(iter(saved), None)

        return _named("photo", await self._three_steps(account, address, whose, media, "photo", save))

    async def _document(self, account: NetworkAccount, media: Media, address: str, whose: _Params) -> str:
        async def save(sent: _Sent) -> _Saved | None:
            params = {"file": sent.file, "title": media.title or media.path.name}
            saved = await self.calls.get(account.id, "docs.save", _SavedDocument, params)
            return saved.doc

        return _named("doc", await self._three_steps(account, address, whose, media, "file", save))

    async def video(self, account: NetworkAccount, media: Media, group: int | None) -> str:
        """Upload a video; VK works on it for a while afterwards."""
        params = {"group_id": group, "name": (media.title or media.path.stem)[:128], "wallpost": False}
        name = ""

        def given(address: _Address) -> None:
            nonlocal name
            name = _video_in(address)
            self.going()

        async def save(_: _Sent) -> str:
            return name

        return await self._three_steps(account, "video.save", params, media, "video_file", save, given)

    async def video_by_link(self, account: NetworkAccount, url: str, *, title: str, description: str = "") -> str:
        """Add a video of another site by its address; VK is told to fetch it by an empty request."""
        group = group_id(account) if owner_id(account) < 0 else None
        params = {"group_id": group, "link": url, "name": title[:128], "description": description[:5000] or None}
        address = await self.calls.get(account.id, "video.save", _Address, params)
        name = _video_in(address)
        sent = await self._post(account, address.upload_url or "", None, "video_file")
        if not _was_taken(sent, "video_file", story=False):
            raise _refused(url, account, sent)
        return name

    async def avatar(self, account: NetworkAccount, picture: Media) -> None:
        """Set the picture of a page; VK also makes a post of it."""

        async def save(sent: _Sent) -> None:
            params = {"server": sent.server, "photo": sent.photo, "hash": sent.hash}
            await self.calls.do(account.id, "photos.saveOwnerPhoto", params, made="photo_hash")

        whose = {"owner_id": owner_id(account)}
        await self._three_steps(account, "photos.getOwnerPhotoUploadServer", whose, picture, "photo", save)

    async def cover(self, account: NetworkAccount, picture: Media) -> None:
        """Set the cover of a community to the whole of a picture; one of 1590 x 400 is advised."""

        async def save(sent: _Sent) -> None:
            params = {"photo": sent.photo, "hash": sent.hash}
            await self.calls.do_and_show(account.id, "photos.saveOwnerCoverPhoto", params)

        seen = look_at(picture.path)
        width, height = (seen.width or 1590, seen.height or 400) if seen else (1590, 400)
        crop = {"crop_x": 0, "crop_y": 0, "crop_x2": width, "crop_y2": height}
        params: dict[str, Any] = {"group_id": group_id(account), **crop}
        await self._three_steps(account, "photos.getOwnerCoverPhotoUploadServer", params, picture, "photo", save)

    async def poll_picture(self, account: NetworkAccount, picture: Media) -> int:
        """Upload the picture of a poll and return its number."""

        async def save(sent: _Sent) -> int:
            params = {"photo": sent.photo, "hash": sent.hash}
            saved = await self.calls.get(account.id, "polls.savePhoto", _Saved, params)
            if saved.id is None or saved.id <= 0:
                raise _unnamed()
            return saved.id

        whose = {"owner_id": owner_id(account)}
        return await self._three_steps(account, "polls.getPhotoUploadServer", whose, picture, "photo", save)

    async def widget_picture(self, account: NetworkAccount, picture: Media, sides: str) -> str:
        """Upload a picture for widgets; ``sides`` is one of VK's, e.g. ``510x128``. Returns the id for the code."""

        async def save(sent: _Sent) -> str:
            params = {"hash": sent.hash, "image": sent.image}
            saved = await self.calls.get(account.id, "appWidgets.saveGroupImage", _SavedImage, params)
            if not saved.id:
                raise _unnamed()
            return str(saved.id)

        whose = {"image_type": sides}
        return await self._three_steps(account, "appWidgets.getGroupImageUploadServer", whose, picture, "image", save)

    async def story(self, account: NetworkAccount, media: Media, *, link: str = "") -> str:
        """Upload a story, save it and return its name."""
        video = media.kind == "video"
        address = "stories.getVideoUploadServer" if video else "stories.getPhotoUploadServer"
        params = {
            "group_id": group_id(account) if owner_id(account) < 0 else None,
            "add_to_news": True,
            "link_text": "more" if link else None,
            "link_url": link or None,
        }

        async def save(sent: _Sent) -> _Saved:
            reply = await self.calls.get(account.id, "stories.save", _Stories, {"upload_results": sent.story})
            saved = next((one for one in reply.items or () if one is not None), _Saved())
            if (saved.id or 0) <= 0 or not saved.owner_id:
                raise unreadable(_STORY_UNNAMED, method="stories.save", remedy=_LOOK_AT_STORIES)
            return saved

        field = "video_file" if video else "file"
        return _named("", await self._three_steps(account, address, params, media, field, save, story=True))

    async def _three_steps(
        self,
        account: NetworkAccount,
        method: str,
        params: _Params,
        media: Media,
        field: str,
        save: Callable[[_Sent], Awaitable[T]],
        given: Callable[[_Address], None] = lambda _: None,
        *,
        story: bool = False,
    ) -> T:
        """Take the three steps: address, file, saving; once more from the beginning when the file was not taken."""
        last: NetworkError | None = None
        stands = method == "video.save"  # no saving follows: what the host has stands on the page
        for _ in range(2):
            address = await self.calls.get(account.id, method, _Address, params)
            given(address)
            try:
                sent = await self._carry(account, address, media, field, story=story, once=stands)
                return await save(sent)
            except UploadRefused as error:
                last = error
            except NetworkError as error:
                # An address lives shortly; but what was perhaps saved is not sent again.
                if (error.lasting and not is_address_gone(error)) or not error.method.startswith("upload."):
                    raise
                if stands and error.executed is None:
                    error.remedy = _LOOK_AT_VIDEOS
                    raise
                last = error
        assert last is not None
        raise last

    async def _carry(
        self, account: NetworkAccount, address: _Address, media: Media, field: str, *, story: bool, once: bool
    ) -> _Sent:
        """Send the file to the address, and to the second one when the first cannot be reached or breaks down."""
        failure: NetworkError | None = None
        for url in dict.fromkeys((address.upload_url, address.fallback_upload_url)):
            if not url:
                continue
            try:
                sent = await self._post(account, url, media, field)
            except NetworkError as error:
                if (error.lasting and not is_address_gone(error)) or (once and error.executed is None):
                    raise
                failure = error
                continue
            if not _was_taken(sent, field, story=story):
                raise _refused(media.path.name, account, sent)
            return sent
        if failure is None:
            raise unreadable(Text("Адрес загрузки не пришёл.", "No upload address came."), method=f"upload.{field}")
        raise failure

    async def _post(self, account: NetworkAccount, url: str, media: Media | None, field: str) -> _Sent:
        parts: tuple[FilePart, ...] = ()
        if media is not None:
            path = media.path
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            parts = (FilePart(field, path.name, lambda: path.open("rb"), media_type),)
        request = self.calls.followed(Request("POST", url, files=parts), f"upload.{field}", account.id)
        return await self.calls.session.call(
            Call(request, _read_sent, f"upload.{field}", account.id, repeat=Repeat.ONCE)
        )


def _named(word: str, saved: _Saved | None) -> str:
    if saved is None or (saved.id or 0) <= 0 or not saved.owner_id:
        raise _unnamed()
    # The owner may be the person whose key it was, and not the community.
    return "_".join([f"{word}{saved.owner_id}", str(saved.id), *([saved.access_key] if saved.access_key else [])])


def _video_in(address: _Address) -> str:
    """Name a video by what came with its address: before it is carried, since it stands there then, named or not."""
    return _named("video", _Saved(id=address.video_id, owner_id=address.owner_id, access_key=address.access_key))


def _unnamed() -> NetworkError:
    return unreadable(Text("Сохранённый файл не назван.", "The saved file is not named."), method="upload")


def _was_taken(sent: _Sent, field: str, *, story: bool) -> bool:
    """Tell whether VK says that it has the file; to say nothing is no yes."""
    if sent.error or sent.error_code:
        return False
    if story:
        return bool(sent.story)
    if field == "photo":
        return bool(sent.hash) and sent.photo not in (None, "", "[]")
    if field == "image":
        return bool(sent.hash and sent.image)
    if field == "file":
        return bool(sent.file)
    # A video is told by its size or number, one of another site by 1.
    return (sent.size or 0) > 0 or (sent.video_id or 0) > 0 or sent.response == 1


def _read_sent(answer: Answer) -> _Sent:
    if answer.body.lstrip()[:1] == b"<":
        raise _fault(Text("Узел загрузки ответил страницей HTML.", "The upload host answered with an HTML page."))
    try:
        return _SENT.validate_json(answer.body)
    except ValidationError:
        raise _fault(Text("Ответ загрузки не читается.", "The answer to an upload cannot be read.")) from None


def _fault(what: Text) -> ServerFault:
    return ServerFault(what, network="vk", remedy=Text("Повторите позже.", "Try again later."))


def _refused(name: str, account: NetworkAccount, sent: _Sent) -> UploadRefused:
    """Make the error of a file that was not taken, with what the host said of it, if anything."""
    said = sentences(sent.error, sent.error_descr)
    why = f": {said}" if said else "."
    return UploadRefused(
        Text("Файл {name} не принят{why}", "The file {name} was not taken{why}").fill(name=name, why=why),
        network="vk",
        account=account.id,
        remedy=Text("Проверьте файл и отправьте его ещё раз.", "Check the file and send it again."),
    )

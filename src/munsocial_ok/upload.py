"""Uploads: an address is asked for, the files go there, what comes back is checked. Files are streamed, never held.

The address is the network's own gift and carries its right inside: no token goes there, and only to hosts of OK.
Photos of a post need no commit; photos of an album and of the avatar do.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pydantic import Field, TypeAdapter

from munsocial.errors import FileRefused, NetworkError, RequestRefused, Unreachable, UnsafeAddress, UploadRefused
from munsocial.model.accounts import NetworkAccount
from munsocial.network.drafts import Media
from munsocial.network.keys import Secret
from munsocial.transport.addresses import handed_over
from munsocial.transport.faults import LookFirst
from munsocial.transport.outgoing import changed, unread
from munsocial.transport.port import Answer, FilePart, Request
from munsocial.transport.session import Call, Repeat
from munsocial.wording import Text, join_texts
from munsocial_ok.answers import json_of, reader
from munsocial_ok.wire import Number, UploadUrl, VideoUrl, Wire

if TYPE_CHECKING:
    from munsocial_ok.base import OkBase

__all__ = ["Uploader"]


class Stored(Wire):
    """A photo that was taken; without a token it was not."""

    token: str | None = Field(None, repr=False)


class StoredPhotos(Wire):
    """Photos by their ids of the first step."""

    photos: dict[str, Stored] = {}


class Committed(Wire):
    """A photo in its album."""

    assigned_photo_id: Number | None = None


class CommittedPhotos(Wire):
    """What a commit answers."""

    photos: list[Committed] = []


_ADDRESS, _VIDEO = reader(TypeAdapter(UploadUrl)), reader(TypeAdapter(VideoUrl))
_STORED, _COMMITTED = reader(TypeAdapter(StoredPhotos)), reader(TypeAdapter(CommittedPhotos))

_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_PIECE = 1 << 16
_UNREAD = "324"
_STALE = frozenset({"404", "410"})
"""Statuses of a server of uploads that knows the address not, or no longer."""
_LEAST_GAIN, _IDLE = 1 << 16, 4
"""How far a broken piece has to bring an upload to count as progress, and how many may in turn bring less."""
_REPEAT = Text("Ничего не опубликовано; повторите.", "Nothing was published; try again.")
_LOOK_AT_VIDEOS = LookFirst(
    "Публикация не отправлена, но видео могло загрузиться: посмотрите раздел «Видео», прежде чем повторять.",
    "The post was not sent, but the video may be there: look at the group's videos before you try again.",
)
_VIDEO_IS_THERE = LookFirst(
    "Публикация не отправлена, но видео загружено: посмотрите раздел «Видео», прежде чем повторять.",
    "The post was not sent, but the video was uploaded: look at the group's videos before you try again.",
)
_ENDS = (RequestRefused, UploadRefused)
"""After these nothing is tried again by itself; after other refusals a later application would begin anew."""
_RANGE = re.compile(r"\b0-(\d{1,15})\b")


class Uploader:
    """Uploads for one account."""

    def __init__(self, ok: OkBase, account: NetworkAccount, gid: str) -> None:
        self.ok = ok
        self.account = account
        self.gid = gid
        self.video_carried = False
        """A video may be there: it stands among the group's videos without a post; to begin anew might double it."""
        self.video_there = False
        """A video is there for certain."""

    @contextlib.contextmanager
    def _before_the_deed(self) -> Iterator[None]:
        """Carry what a post will name: whatever fails here, that itself was not sent."""
        try:
            with self.behind_a_video():
                yield
        except NetworkError as error:
            if error.executed is None:
                error.executed, error.remedy = (None, _LOOK_AT_VIDEOS) if self.video_carried else (False, _REPEAT)
            raise

    @contextlib.contextmanager
    def behind_a_video(self) -> Iterator[None]:
        """Do what follows a carried video: a refusal that would be taken up again leaves the end unclear.

        To begin anew would carry the video once more.
        """
        try:
            yield
        except NetworkError as error:
            if self.video_there and error.executed is False:
                ended = isinstance(error, _ENDS) or error.lasting
                error.executed = False if ended else None
                error.remedy = _beside(error.remedy) if ended else _VIDEO_IS_THERE
            raise

    async def photos(self, media: Sequence[Media]) -> list[tuple[str, str]]:
        """Upload photos together; return (photo id, token) in the order of ``media``.

        Raises:
            UploadRefused: a photo was not taken; then none is to be published.
        """
        with self._before_the_deed():
            try:
                return await self._photos(media)
            except (UploadRefused, Unreachable) as error:
                if not _needs_address(error):
                    raise
            # The server could not read what came, or knows the address no longer: once more, to a fresh one.
            return await self._photos(media)

    async def _photos(self, media: Sequence[Media]) -> list[tuple[str, str]]:
        params = {"gid": self.gid, "count": len(media), "sizes": [_size(one.path) for one in media]}
        # Addresses may be asked for again: an unused one comes to nothing.
        read = await self.ok.calls.call(
            "photosV2.getUploadUrl", _ADDRESS, params, account=self.account.id, repeat=Repeat.KEYED
        )
        given = read.value
        parts = tuple(_part(f"pic{number}", one) for number, one in enumerate(media, 1))
        # A file may go there again as well: only tokens that are named in a post count.
        stored = await self._send(_to(given.upload_url, files=parts), _STORED, Repeat.KEYED)
        tokens = [stored.value.photos.get(id, Stored()).token for id in given.photo_ids]
        pairs = [(id, token) for id, token in zip(given.photo_ids, tokens, strict=True) if token]
        if len(pairs) != len(media):
            raise _not_taken(len(media) - len(pairs), self.account.id)
        return pairs

    async def album_photo(self, media: Media) -> str:
        """Upload one photo into the group's album; return its id."""
        ((photo, token),) = await self.photos([media])
        params = {"photo_id": photo, "token": token}
        read = await self.ok.calls.call(
            "photosV2.commit", _COMMITTED, params, account=self.account.id, repeat=Repeat.ONCE
        )
        done = next(iter(read.value.photos), Committed())
        if done.assigned_photo_id is None:
            raise _not_taken(1, self.account.id)
        return done.assigned_photo_id

    async def video(self, media: Media) -> str:
        """Upload a video and publish it in the group's videos; return its id."""
        with self._before_the_deed():
            return await self._video(media)

    async def _video(self, media: Media) -> str:
        size = _size(media.path)
        params = {"gid": self.gid, "file_name": media.path.name, "file_size": size, "post_form": True}
        read = await self.ok.calls.call(
            "video.getUploadUrl", _VIDEO, params, account=self.account.id, repeat=Repeat.ONCE
        )
        given = read.value
        self.video_carried = True
        if self.ok.settings.video_upload == "resumable":
            await self._pieces(Secret(given.upload_url), media.path, size)
        else:
            await self._send(_to(given.upload_url, files=(_part("data", media),)), _status, Repeat.ONCE)
        self.video_there = True
        about = {"vid": given.video_id, "title": (media.title or media.path.stem)[:1000], "privacy": "PUBLIC"}
        await self.ok.calls.call(
            "video.update", json_of, {**about, "publish": True}, account=self.account.id, repeat=Repeat.KEYED
        )
        return given.video_id

    async def _pieces(self, address: str, path: Path, size: int) -> None:
        """Send a file piece by piece: each carries its place, so that a lost one is sent again.

        A piece that is refused or lost for good may have come all the same, or a part of it: the address tells how far
        the file is there, and it is gone on from that place, as long as that brings it forward.
        """
        start = idle = 0
        while start < size:
            end = min(start + self.ok.settings.video_chunk, size) - 1
            headers = {
                "Content-Type": "application/x-binary; charset=x-user-defined",
                "Content-Range": f"bytes {start}-{end}/{size}",
                "Content-Length": str(end - start + 1),
            }
            request = _to(address, headers=headers, content=_piece(path, start, end - start + 1))
            try:
                await self._send(request, _status, Repeat.KEYED)
            except NetworkError as error:
                end = await self._stored(address) or -1
                idle = idle + 1 if end + 1 - start < _LEAST_GAIN else 0
                if not start <= end < size or idle > _IDLE:
                    raise error from None
            start = end + 1

    async def _stored(self, address: str) -> int | None:
        """Return the last byte that is there; None when the address does not tell."""
        try:
            last: int | None = await self._send(_to(address, method="GET"), _last_byte, Repeat.READ)
        except NetworkError:
            return None
        return last

    async def _send(self, request: Request, decode: Any, repeat: Repeat) -> Any:
        settings = self.ok.settings
        try:
            safe = handed_over(request, hosts=settings.upload_hosts, base_url=settings.base_url)
        except UnsafeAddress as error:
            error.network, error.method, error.account = "ok", "upload", self.account.id
            raise error.with_traceback(None) from None  # its frames hold the address
        return await self.ok.session.call(Call(safe, decode, "upload", self.account.id, None, repeat))


def _beside(remedy: Text | None) -> Text:
    """Tell of the video behind what else is to be done."""
    return join_texts(" ", (one for one in (remedy, _VIDEO_IS_THERE) if one is not None))


def _needs_address(error: NetworkError) -> bool:
    return error.network_code == _UNREAD or (error.method == "upload" and error.network_code in _STALE)


def _to(address: str, *, method: str = "POST", **parts: Any) -> Request:
    """Make a request to an address that is itself a right to upload: it is kept out of errors and logs."""
    return Request(method, address, secrets=(address,), **parts)


def _status(answer: Answer) -> None:
    """Judge an upload by its status alone: the body is not documented, but an error in it is one."""
    if answer.body.lstrip()[:1] == b"{":
        json_of(answer)


def _last_byte(answer: Answer) -> int | None:
    """Read how far an upload is: where it stands in the answer is not documented, so its shape alone decides."""
    told = (answer.headers.get("range", ""), answer.body[:1000].decode("latin-1"))
    found = next((match for text in told if (match := _RANGE.search(text))), None)
    return int(found[1]) if found else None


def _part(field: str, media: Media) -> FilePart:
    path = media.path
    kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
    return FilePart(field, path.name, lambda: _open(path), kind)


def _piece(path: Path, start: int, length: int) -> Any:
    def read() -> Iterator[bytes]:
        with _open(path) as file:
            try:
                file.seek(start)
                left = length
                while left > 0 and (data := file.read(min(_PIECE, left))):
                    left -= len(data)
                    yield data
            except OSError as error:
                raise unread(str(path), error) from None
        if left > 0:
            raise changed(str(path))

    return read


def _open(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise _no_file(path) from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise _no_file(path) from error


def _no_file(path: Path) -> FileRefused:
    return FileRefused(
        Text("Файл публикации не открывается.", "A file of the publication cannot be opened."),
        where=str(path),
        remedy=Text("Проверьте путь и права.", "Check the path and the rights."),
    )


def _not_taken(count: int, account: str) -> UploadRefused:
    return UploadRefused(
        Text(
            f"ОК не принял фотографии: {count}. Ничего не опубликовано.",
            f"Photos that OK did not take: {count}. Nothing was published.",
        ),
        network="ok",
        account=account,
        method="upload",
        remedy=Text("Сохраните снимки как JPEG или PNG и повторите.", "Save them as JPEG or PNG and repeat."),
    )

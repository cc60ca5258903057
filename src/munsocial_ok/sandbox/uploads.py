"""Upload addresses of the face: photos in parts ``pic1`` to ``picN``, videos in one part or piece by piece."""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qsl, urlsplit

from munsocial.sandbox.faces import json_answer, path_of
from munsocial.sandbox.things import Upload
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request
from munsocial_ok.sandbox.calls import OkRefusal

__all__ = ["photo_address", "photo_id", "upload_answer", "video_address"]

_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
_PICTURES = ("image/jpeg", "image/png", "image/gif")


def photo_id(upload: Upload) -> str:
    """Return the id under which a photo comes back: opaque, with characters that addresses do not like."""
    return base64.b64encode(f"photo>{upload.token}?".encode()).decode() + "=="


def photo_address(uploads: list[Upload]) -> str:
    """Return one address for several photos."""
    return f"https://up.mycdn.me/uploadImage?apiToken={'~'.join(one.token for one in uploads)}"


def video_address(upload: Upload) -> str:
    """Return the address of a video."""
    return f"https://vu.mycdn.me/upload.do?x={upload.token}"


def upload_answer(world: World, request: Request) -> Answer:
    """Take what comes to an upload address."""
    query = {**dict(parse_qsl(urlsplit(request.url).query)), **request.query}
    if "access_token" in query or "sig" in query:
        raise OkRefusal(100, "No token belongs here")
    if path_of(request) == "/uploadImage":
        return _photos(world, request, query.get("apiToken", "").split("~"))
    return _video(world, request, query.get("x", ""))


def _photos(world: World, request: Request, tokens: list[str]) -> Answer:
    stored: dict[str, dict[str, str]] = {}
    files = {part.field: part for part in request.files}
    for number, token in enumerate(tokens, 1):
        part = files.get(f"pic{number}")
        if part is None:
            continue
        upload = world.take_file(token, part)
        if upload.media_type not in _PICTURES:
            raise OkRefusal(503, "Invalid image format")
        # A photo that could not be stored comes back without a token.
        stored[photo_id(upload)] = {"token": f"tok-{token}"} if upload.size else {}
    return json_answer({"photos": stored})


def _video(world: World, request: Request, token: str) -> Answer:
    if request.files:
        world.take_file(token, request.files[0])
        return Answer(200, {}, b"")
    upload = world.upload(token)
    header = next((value for name, value in request.headers.items() if name.lower() == "content-range"), "")
    if request.method == "GET":
        return Answer(200, {"range": f"bytes=0-{(upload.size or 1) - 1}"}, b"")
    found = _RANGE.fullmatch(header)
    if found is None:
        raise OkRefusal(100, "Content-Range is missing")
    first, last, whole = (int(group) for group in found.groups())
    content = request.content
    data = content if isinstance(content, bytes) else b"".join(content() if content else ())
    if last + 1 == upload.size:
        return Answer(200, {}, b"")  # the same piece again: its answer was lost
    if first != (upload.size or 0) or last - first + 1 != len(data) or last >= whole:
        return Answer(416, {}, b"")
    upload.size = last + 1
    return Answer(201 if last + 1 < whole else 200, {}, b"")

"""Uploads in three steps: the address, the file, the saving. The bytes are measured and not kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from munsocial.sandbox.faces import json_answer, path_of
from munsocial.sandbox.things import Media, Page, Refusal, Upload
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request
from munsocial_vk import face_shapes as shapes
from munsocial_vk.face_asked import Asked, VkError

__all__ = ["UPLOADS", "upload_answer"]

_FIELD = {
    "photo": "photo",
    "avatar": "photo",
    "cover": "photo",
    "document": "file",
    "video": "video_file",
    "story": "file",
}
_HOST = "https://pu.vk.com/upload"


def _address(kind: str, *, whose: str = "group_id") -> Callable[[Asked], Any]:
    def give(asked: Asked) -> Any:
        page = asked.group() if whose == "group_id" else asked.wall()
        upload = asked.world.expect_upload("vk", asked.managed(page).id, kind)
        url = f"{_HOST}/{upload.token}"
        shown: dict[str, Any] = {"upload_url": url}
        if kind == "photo":
            shown |= {"fallback_upload_url": f"{url}/second", "album_id": -14}
            shown |= {"user_id": int(asked.key.owner or 0), "group_id": int(page.id)}
        return shown | ({"user_ids": []} if kind == "story" else {})

    return give


def _video(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    upload = asked.world.expect_upload("vk", page.id, "video")
    media = asked.world.add_media("vk", Media("video", "", str(shapes.owner(page)), asked.text("name")))
    upload.facts["media"] = media
    return {
        "upload_url": f"{_HOST}/{upload.token}",
        "video_id": int(media.id),
        "owner_id": shapes.owner(page),
        "title": media.title,
        "description": asked.text("description"),
        "access_key": "sandbox",
    }


def upload_answer(world: World, request: Request) -> Answer:
    """Take what comes to an upload address; a file in a wrong field is not taken, as in life."""
    token = path_of(request).removeprefix("/upload/").partition("/")[0]
    try:
        upload = world.upload(token)
    except Refusal:
        return Answer(404, {"content-type": "text/html"}, b"<html>404</html>")
    part = next((one for one in request.files or () if one.field == _FIELD[upload.kind]), None)
    if part is not None:
        world.take_file(token, part)
    taken = bool(upload.size)
    if upload.kind in ("photo", "avatar", "cover"):
        photo = json.dumps([{"photo": upload.digest}]) if taken else "[]"
        return json_answer({"server": 1, "photo": photo, "hash": token})
    if not taken:
        return json_answer({"error": "unknown error", "error_descr": "no file"})
    if upload.kind == "story":
        return json_answer({"response": {"upload_result": token, "_sig": "s"}})
    if upload.kind == "video":
        return json_answer({"size": upload.size, "video_id": int(upload.facts["media"].id)})
    return json_answer({"file": token})


def _taken(asked: Asked, token: str, kind: str) -> tuple[Upload, Page]:
    upload = asked.world.uploads.get(token)
    if upload is None or upload.kind != kind or not upload.size or upload.saved:
        raise VkError(121, "Invalid hash")
    upload.saved = True
    return upload, asked.managed(asked.world.page("vk", upload.page))


def _save_photo(asked: Asked) -> Any:
    if asked.text("photo") in ("", "[]"):
        raise VkError(129, "Invalid photo")
    upload, page = _taken(asked, asked.text("hash"), "photo")
    media = Media("photo", "", str(shapes.owner(page)), asked.text("caption"), facts={"upload": upload.digest})
    asked.world.add_media("vk", media)
    return [{"id": int(media.id), "owner_id": shapes.owner(page), "access_key": "a1b2", **shapes.photo_body(media)}]


def _save_document(asked: Asked) -> Any:
    upload, page = _taken(asked, asked.text("file"), "document")
    owner, facts = str(shapes.owner(page)), {"upload": upload.digest, "size": upload.size}
    media = Media("doc", "", owner, asked.text("title") or upload.name, facts=facts)
    asked.world.add_media("vk", media)
    doc = {"id": int(media.id), "owner_id": int(owner), **shapes.document_body(media)}
    return {"type": "doc", "doc": doc}


def _save_story(asked: Asked) -> Any:
    upload, page = _taken(asked, asked.text("upload_results"), "story")
    media = asked.world.add_media("vk", Media("story", "", str(shapes.owner(page)), facts={"upload": upload.digest}))
    story = {"id": int(media.id), "owner_id": shapes.owner(page), "date": shapes.seconds(asked.world.now())}
    return {"count": 1, "items": [story]}


def _save_avatar(asked: Asked) -> Any:
    _, page = _taken(asked, asked.text("hash"), "avatar")
    page.avatar = True
    return {"saved": 1, "photo_hash": "h", "photo_src": "https://vk.com/images/a.jpg"}


def _save_cover(asked: Asked) -> Any:
    _, page = _taken(asked, asked.text("hash"), "cover")
    page.cover = True
    return {"images": [{"url": "https://vk.com/images/c.jpg", "width": 1590, "height": 400}]}


UPLOADS: dict[str, Callable[[Asked], Any]] = {
    "docs.getWallUploadServer": _address("document"),
    "docs.save": _save_document,
    "photos.getOwnerCoverPhotoUploadServer": _address("cover"),
    "photos.getOwnerPhotoUploadServer": _address("avatar", whose="owner_id"),
    "photos.getWallUploadServer": _address("photo"),
    "photos.saveOwnerCoverPhoto": _save_cover,
    "photos.saveOwnerPhoto": _save_avatar,
    "photos.saveWallPhoto": _save_photo,
    "stories.getPhotoUploadServer": _address("story"),
    "stories.save": _save_story,
    "video.save": _video,
}

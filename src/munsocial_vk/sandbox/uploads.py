"""Uploads in three steps: the address, the file, the saving. The bytes are measured and not kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from munsocial.sandbox.faces import json_answer, path_of
from munsocial.sandbox.things import Media, Page, Refusal, Upload
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request
from munsocial_vk.sandbox import shapes
from munsocial_vk.sandbox.asked import Asked, VkError

__all__ = ["UPLOADS", "upload_answer"]

_FIELD = {
    "photo": "photo",
    "avatar": "photo",
    "cover": "photo",
    "document": "file",
    "video": "video_file",
    "story": "file",
    "video_story": "video_file",
    "message_photo": "photo",
    "poll": "photo",
    "widget": "image",
}
_HOST = "https://pu.vk.com/upload"


def _address(kind: str, *, whose: str = "group_id") -> Callable[[Asked], Any]:
    def give(asked: Asked) -> Any:
        page = _page(asked, whose)
        upload = asked.world.expect_upload("vk", asked.managed(page).id, kind)
        url = f"{_HOST}/{upload.token}"
        shown: dict[str, Any] = {"upload_url": url}
        if kind in ("photo", "message_photo"):
            shown |= {"fallback_upload_url": f"{url}/second", "album_id": -14}
            shown |= {"user_id": int(asked.key.owner or 0), "group_id": int(page.id)}
        return shown | ({"user_ids": []} if kind in ("story", "video_story") else {})

    return give


def _page(asked: Asked, whose: str) -> Page:
    """Return the page whose upload it is; files for messages go by the key or by what the person manages."""
    if whose == "owner_id":
        return asked.wall()
    if whose == "group_id" or asked.key.page:
        return asked.group()
    managed = (page for page in asked.world.pages.values() if asked.key.owner in page.managers)
    page = next((one for one in managed if one.network == "vk"), None)
    if page is None:
        raise VkError(15, "Access denied")
    return page


def _video(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    upload = asked.world.expect_upload("vk", page.id, "video")
    upload.facts["link"] = asked.text("link")
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
    if upload.kind == "widget":
        return json_answer({"hash": token, "image": upload.digest} if taken else {"error": "no file"})
    if upload.kind == "video" and upload.facts.get("link"):
        return json_answer({"response": 1})
    if upload.kind in ("photo", "avatar", "cover", "message_photo", "poll"):
        photo = json.dumps([{"photo": upload.digest}]) if taken else "[]"
        return json_answer({"server": 1, "photo": photo, "hash": token})
    if not taken:
        return json_answer({"error": "unknown error", "error_descr": "no file"})
    if upload.kind in ("story", "video_story"):
        return json_answer({"response": {"upload_result": token, "_sig": "s"}})
    if upload.kind == "video":
        return json_answer({"size": upload.size, "video_id": int(upload.facts["media"].id)})
    return json_answer({"file": token})


def _taken(asked: Asked, token: str, *kinds: str) -> tuple[Upload, Page]:
    upload = asked.world.uploads.get(token)
    if upload is None or upload.kind not in kinds or not upload.size or upload.saved:
        raise VkError(121, "Invalid hash")
    upload.saved = True
    return upload, asked.managed(asked.world.page("vk", upload.page))


def _save_photo(asked: Asked) -> Any:
    if asked.text("photo") in ("", "[]"):
        raise VkError(129, "Invalid photo")
    upload, page = _taken(asked, asked.text("hash"), "photo", "message_photo")
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
    upload, page = _taken(asked, asked.text("upload_results"), "story", "video_story")
    media = asked.world.add_media("vk", Media("story", "", str(shapes.owner(page)), facts={"upload": upload.digest}))
    story = {"id": int(media.id), "owner_id": shapes.owner(page), "date": shapes.seconds(asked.world.now())}
    return {"count": 1, "items": [story]}


def _save_poll_picture(asked: Asked) -> Any:
    upload, page = _taken(asked, asked.text("hash"), "poll")
    media = Media("poll_picture", "", str(shapes.owner(page)), facts={"upload": upload.digest})
    return {"id": int(asked.world.add_media("vk", media).id), "type": "tile", "width": 800, "height": 600}


def _save_widget_picture(asked: Asked) -> Any:
    _taken(asked, asked.text("hash"), "widget")
    image = {"url": "https://vk.com/images/w.png", "width": 510, "height": 128}
    return {"id": f"{asked.key.page}_{asked.text('hash')[-6:]}", "images": [image]}


def _save_avatar(asked: Asked) -> Any:
    _, page = _taken(asked, asked.text("hash"), "avatar")
    page.avatar = True
    return {"saved": 1, "photo_hash": "h", "photo_src": "https://vk.com/images/a.jpg"}


def _save_cover(asked: Asked) -> Any:
    _, page = _taken(asked, asked.text("hash"), "cover")
    page.cover = True
    return {"images": [{"url": "https://vk.com/images/c.jpg", "width": 1590, "height": 400}]}


UPLOADS: dict[str, Callable[[Asked], Any]] = {
    "appWidgets.getGroupImageUploadServer": _address("widget", whose="peer_id"),
    "appWidgets.saveGroupImage": _save_widget_picture,
    "docs.getMessagesUploadServer": _address("document", whose="peer_id"),
    "docs.getWallUploadServer": _address("document"),
    "docs.save": _save_document,
    "photos.getMessagesUploadServer": _address("message_photo", whose="peer_id"),
    "photos.getOwnerCoverPhotoUploadServer": _address("cover"),
    "photos.getOwnerPhotoUploadServer": _address("avatar", whose="owner_id"),
    "photos.getWallUploadServer": _address("photo"),
    "photos.saveMessagesPhoto": _save_photo,
    "photos.saveOwnerCoverPhoto": _save_cover,
    "photos.saveOwnerPhoto": _save_avatar,
    "photos.saveWallPhoto": _save_photo,
    "polls.getPhotoUploadServer": _address("poll", whose="owner_id"),
    "polls.savePhoto": _save_poll_picture,
    "stories.getPhotoUploadServer": _address("story"),
    "stories.getVideoUploadServer": _address("video_story"),
    "stories.save": _save_story,
    "video.save": _video,
}

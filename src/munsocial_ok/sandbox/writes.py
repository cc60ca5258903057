"""The REST methods of the face that write: posts, photos, videos, the avatar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from munsocial.sandbox.things import Media, Page
from munsocial_ok.sandbox import shapes
from munsocial_ok.sandbox.calls import BASE, EMPTY, GROUP, Method, OkRefusal, RestCall
from munsocial_ok.sandbox.uploads import photo_address, photo_id, video_address

__all__ = ["WRITES"]

_MAX_PHOTOS = 10
_TEXTS = ("true", "false")


def _post(call: RestCall) -> Any:
    kind = call.fields.get("type", "GROUP_THEME")
    if kind not in ("GROUP_THEME", "GROUP_SUGGESTED"):
        raise OkRefusal(100, f"Wrong parameter type {kind}")
    page = call.managed("gid") if kind == "GROUP_THEME" else call.page("gid")
    attachment = call.json("attachment")
    text, media = _blocks(call, page, attachment.get("media"))
    official = _switch(attachment, "onBehalfOfGroup")
    post = call.world.publish(
        "ok",
        page.id,
        text,
        at=_publish_at(call, page, attachment),
        author=None if official else call.me,
        state="suggested" if kind == "GROUP_SUGGESTED" else "",
        attachments=media,
        comments_open=not _switch(attachment, "disableComments"),
    )
    return post.id


def _switch(attachment: dict[str, Any], name: str) -> bool:
    value = attachment.get(name, "false")
    if value not in _TEXTS or not isinstance(value, str):
        raise OkRefusal(100, f"Wrong value of {name}: a text is expected")
    return value == "true"


def _publish_at(call: RestCall, page: Page, attachment: dict[str, Any]) -> datetime | None:
    value = attachment.get("publishAtMs")
    if value is None:
        return None
    if not page.settings.get("publish_delayed_theme_allowed", True):
        raise OkRefusal(456, "Delayed posts are not allowed")
    if not isinstance(value, int) or not 0 < value < 10**14:
        raise OkRefusal(100, "Wrong value of publishAtMs")
    at = datetime.fromtimestamp(value / 1000, tz=UTC)
    if at <= call.world.now():
        raise OkRefusal(100, "publishAtMs lies in the past")
    return at


def _blocks(call: RestCall, page: Page, blocks: Any) -> tuple[str, list[Media]]:
    if not isinstance(blocks, list) or not blocks:
        raise OkRefusal(100, "Missing media")
    texts: list[str] = []
    media: list[Media] = []
    for block in blocks:
        if not isinstance(block, dict):
            raise OkRefusal(100, "Wrong media block")
        if block.get("type") == "text":
            texts.append(str(block.get("text", "")))
        else:
            media.extend(_block(call, page, block))
    text = "\n".join(texts)
    if len(text) > call.face.text_limit:
        raise OkRefusal(601, "Text is too long")
    if sum(one.kind == "photo" for one in media) > _MAX_PHOTOS:
        raise OkRefusal(600, "Too many blocks")
    return text, media


def _block(call: RestCall, page: Page, block: dict[str, Any]) -> list[Media]:
    match block.get("type"):
        case "photo":
            return [_photo(call, page, one) for one in block.get("list", [])]
        case "link":
            return [_link(page, str(block.get("url", "")))]
        case "poll":
            return [_poll(call, page, block)]
        case "movie-reshare":
            return [_movie(call, page, str(block.get("movieId", "")))]
        case "movie":
            return [_movie(call, page, str(one.get("id", ""))) for one in block.get("list", [])]
        case other:
            raise OkRefusal(100, f"Unknown block {other}")


def _photo(call: RestCall, page: Page, one: dict[str, Any]) -> Media:
    if "id" in one and "photoId" in one:
        raise OkRefusal(100, "Give either id or photoId")
    upload = call.world.uploads.get(str(one.get("id", "")).removeprefix("tok-"))
    if upload is None or upload.page != page.id or not upload.size:
        raise OkRefusal(121, "Wrong photo token")
    upload.saved = True
    return call.world.add_media("ok", Media("photo", "", page.id, facts={"upload": upload.digest}))


def _link(page: Page, url: str) -> Media:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise OkRefusal(607, "Link has a bad format")
    return Media("link", "", page.id, title=parts.hostname, url=url)


def _poll(call: RestCall, page: Page, block: dict[str, Any]) -> Media:
    answers = [str(one.get("text", "")) for one in block.get("answers", []) if isinstance(one, dict)]
    if len(answers) < 2 or not all(answers):
        raise OkRefusal(603, "Wrong number of answers")
    options = str(block.get("options", "")).split(",")
    facts = {
        "question": str(block.get("question", "")),
        "answers": answers,
        "anonymous": "AnonymousVoting" in options,
        "multiple": "SingleChoice" not in options,
    }
    return call.world.add_media("ok", Media("poll", "", page.id, facts=facts))


def _movie(call: RestCall, page: Page, id: str) -> Media:
    movie = call.world.media.get(("ok", "video", page.id, id))
    if movie is None or not movie.facts.get("published"):
        raise OkRefusal(300, "Movie not found")
    return movie


def _delete(call: RestCall) -> Any:
    if call.face.delete_by_topic:
        topic = call.fields.get("topic_id") or ""
        if not topic or "gid" not in call.fields:
            raise OkRefusal(100, "Missing required parameter topic_id")
    else:
        topic = call.want("delete_id").removeprefix("D")
    post = call.world.post_anywhere("ok", topic)
    if call.manager_of(call.world.page("ok", post.page)) is None:
        raise OkRefusal(24, "Not the owner")
    if post.state == "deleted":
        raise OkRefusal(300, "Topic not found")
    call.world.delete_post("ok", post.page, post.id)
    return {"success": True, "restore_id": f"R{post.id}"}


def _photo_url(call: RestCall) -> Any:
    page = call.managed("gid")
    uploads = [call.world.expect_upload("ok", page.id, "photo") for _ in range(call.number("count", 1))]
    expires = shapes.millis(call.world.now()) + 86_400_000
    ids = [photo_id(one) for one in uploads]
    return {"photo_ids": ids, "upload_url": photo_address(uploads), "expires_ms": expires, "ttl_ms": 86_400_000}


def _commit(call: RestCall) -> Any:
    upload = call.world.upload(call.want("token").removeprefix("tok-"))
    if photo_id(upload) != call.want("photo_id") or not upload.size:
        raise OkRefusal(121, "Wrong photo_id")
    photo = call.world.add_media("ok", Media("photo", "", upload.page, facts={"upload": upload.digest}))
    upload.saved = True
    return {"photos": [{"photo_id": photo_id(upload), "status": "SUCCESS", "assigned_photo_id": photo.id}]}


def _main_photo(call: RestCall) -> Any:
    page = call.managed("group_id")
    if ("ok", "photo", page.id, call.want("photo_id")) not in call.world.media:
        raise OkRefusal(121, "Wrong photo_id")
    page.avatar = True
    page.settings["main_photo"] = call.fields["photo_id"]
    return True


def _video_url(call: RestCall) -> Any:
    page = call.managed("gid")
    call.want("file_name")
    call.want("file_size")
    upload = call.world.expect_upload("ok", page.id, "video")
    movie = call.world.add_media("ok", Media("video", "", page.id, facts={"upload_token": upload.token}))
    return {"video_id": movie.id, "upload_url": video_address(upload)}


def _video_update(call: RestCall) -> Any:
    wanted = call.want("vid")
    movie = next(
        (one for key, one in call.world.media.items() if key[:2] == ("ok", "video") and key[3] == wanted), None
    )
    if movie is None or call.manager_of(call.world.page("ok", movie.owner)) is None:
        raise OkRefusal(300, "Movie not found")
    if not call.world.upload(movie.facts["upload_token"]).size:
        raise OkRefusal(100, "FileToSmall")
    movie.title = call.fields.get("title", movie.title)
    movie.facts["published"] = call.flag("publish")
    return EMPTY


WRITES: dict[str, Method] = {
    "mediatopic.post": Method(_post, GROUP),
    "mediatopic.deleteTopic": Method(_delete, BASE),
    "photosV2.getUploadUrl": Method(_photo_url, ("PHOTO_CONTENT",)),
    "photosV2.commit": Method(_commit, ("PHOTO_CONTENT",)),
    "group.setMainPhoto": Method(_main_photo, ("GROUP_CONTENT", "PHOTO_CONTENT")),
    "video.getUploadUrl": Method(_video_url, ("VIDEO_CONTENT",)),
    "video.update": Method(_video_update, ("VIDEO_CONTENT",)),
}

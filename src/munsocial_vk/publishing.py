"""Publishing, editing, removing and pinning of posts. A publication carries its key as ``guid``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from munsocial.errors import (
    CapabilityMissing,
    NetworkError,
    NotFound,
    PermissionDenied,
    Problem,
    RequestRefused,
    UnreadableAnswer,
)
from munsocial.model.accounts import NetworkAccount
from munsocial.network.drafts import Draft, Media, Poll, PostId
from munsocial.transport.faults import LookFirst
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import placed
from munsocial_vk.calls import unconfirmed
from munsocial_vk.carried import Carrying
from munsocial_vk.decode import SITE, comments_open
from munsocial_vk.envelope import opener, unreadable
from munsocial_vk.errors import tells_gone
from munsocial_vk.fitness import refuse_unfit
from munsocial_vk.keeping import kept_attachments, kept_facts, link_name, too_many
from munsocial_vk.methods import SERVICE, USER, method_of
from munsocial_vk.places import Spot, group_id, owner_id, post_of
from munsocial_vk.settings import VkSettings
from munsocial_vk.upload import Uploads, before_the_deed

__all__ = ["OPTIONS", "Publishing", "draft_problems"]


OPTIONS = frozenset({
    "copyright", "donut_paid_duration", "friends_only", "lat", "link_photo_id", "link_title", "long",
    "mark_as_ads", "mute_notifications", "photo_attachments_crop", "place_id", "primary_attachments_mode",
    "services", "signed", "topic_id",
})  # fmt: skip
"""Parameters of ``wall.post`` that no other network has."""


class _Made(wire.Wire):
    post_id: wire.Loose[wire.Number] = None


class _MadePoll(wire.Wire):
    id: wire.Loose[wire.Number] = None
    owner_id: wire.Loose[int] = None


class _Found(wire.Wire):
    items: wire.Items[dict[str, Any]] = None


def draft_problems(draft: Draft, settings: VkSettings, now: datetime) -> list[Problem]:
    """List what is known beforehand to break a rule of VK; the files are checked apart.

    Rules of the page of ``wall.post`` in 2026: ten photos and videos together, one file, one poll and not alone.
    """
    text, problems = draft.text_for("vk"), []

    def wrong(field: str, ru: str, en: str) -> None:
        problems.append(Problem("draft", "", field, Text(ru, en), Text("Измените публикацию.", "Change the draft.")))

    if not text.strip() and not draft.media and not draft.link:
        wrong("text", "Нет ни текста, ни вложений.", "There is neither text nor attachment.")
    if len(text) > settings.post_text:
        wrong("text", f"Длиннее {settings.post_text} знаков.", f"Over {settings.post_text} characters.")
    kinds = Counter("document" if one.kind == "document" else "picture" for one in draft.media)
    if kinds["picture"] > settings.media_per_post:
        most = settings.media_per_post
        wrong("media", f"Фотографий и видео больше {most}.", f"Over {most} photos and videos.")
    if kinds["document"] > 1:
        wrong("media", "Документ может быть только один.", "There may be one document only.")
    if draft.publish_at is not None and draft.publish_at <= now:
        wrong("publish_at", "Время публикации уже прошло.", "The time of publication is past.")
    if draft.link and not draft.link.startswith(("http://", "https://")):
        wrong("link", "Это не адрес.", "This is no address.")
    if draft.poll:
        answers = draft.poll.answers
        if not 1 <= len(answers) <= 10 or any(not 0 < len(one) <= 100 for one in answers):
            wrong(
                "poll", "Нужно от 1 до 10 ответов до 100 знаков.", "1 to 10 answers of up to 100 characters are wanted."
            )
    return problems


class Publishing(Carrying):
    """Posts of our own pages."""

    @placed
    async def publish(
        self, account: NetworkAccount, draft: Draft, *, key: str, more: Mapping[str, Any] | None = None
    ) -> PostId:
        """Publish or schedule; VK drops a second post with the same ``key``.

        ``more`` are parameters that only VK has, by its own names: see `OPTIONS`.

        Raises:
            DraftRefused: it breaks a limit that is known beforehand, or an option is unknown; nothing was sent.
        """
        problems = [*draft_problems(draft, self.settings, self.moment()), *_unknown(more or {})]
        refuse_unfit(draft.media, self.settings, problems)
        owner = owner_id(account)
        with self._behind_videos(key):
            params = {
                **(more or {}),
                "owner_id": owner,
                "from_group": True if owner < 0 else None,
                "message": draft.text_for("vk") or None,
                "attachments": await self._attachments(account, draft, key) or None,
                "publish_date": int(draft.publish_at.timestamp()) if draft.publish_at else None,
                "close_comments": True if draft.comments_closed else None,
                "guid": key,
            }
            made = partial(_post_id, owner=owner, scheduled=bool(draft.publish_at))
            return await self.calls.call(account.id, "wall.post", _Made, params, made)

    @placed
    async def repost(self, account: NetworkAccount, post: str, *, of: NetworkAccount, text: str = "") -> PostId:
        """Show a post of another page on ours. VK has no idempotency key for it: an unclear end is never repeated."""
        spot = post_of(await self.known(of), post)
        params = {"object": f"wall{spot.owner}_{spot.number}", "message": text or None, "group_id": group_id(account)}
        own = owner_id(account)
        return await self.calls.call(
            account.id, "wall.repost", _Made, params, lambda made: _post_id(made, own, scheduled=False)
        )

    async def _attachments(self, account: NetworkAccount, draft: Draft, key: str) -> list[str]:
        """Upload everything in the order of the draft; a poll and the link come last."""
        with before_the_deed():
            named = [await self._attach(account, one, key) for one in draft.media]
            if draft.poll:
                named.append(await self._poll(account, draft.poll))
        return [*named, link_name(draft.link)] if draft.link else named

    @placed
    async def create_poll(
        self,
        account: NetworkAccount,
        poll: Poll,
        *,
        picture: Media | None = None,
        background: int | None = None,
        votes_stay: bool = False,
    ) -> str:
        """Create a poll that stands under no post yet; returns its name among attachments.

        ``background`` is one of VK's own (1, 2, 3, 4, 6, 8, 9); with ``votes_stay`` a vote cannot be taken back.
        """
        refuse_unfit((picture,) if picture else (), self.settings)
        number = await Uploads(self.calls).poll_picture(account, picture) if picture else None
        more = {"photo_id": number, "background_id": background, "disable_unvote": votes_stay or None}
        return await self._poll(account, poll, more)

    async def _poll(self, account: NetworkAccount, poll: Poll, more: dict[str, Any] | None = None) -> str:
        params = {
            "owner_id": owner_id(account),
            "question": poll.question,
            "add_answers": json.dumps(poll.answers, ensure_ascii=False),
            "is_anonymous": poll.anonymous,
            "is_multiple": poll.multiple,
            "end_date": int(poll.closes_at.timestamp()) if poll.closes_at else None,
        } | (more or {})
        made = await self.calls.get(account.id, "polls.create", _MadePoll, params)
        if made.id is None or made.id <= 0 or not made.owner_id:
            raise _unnamed("polls.create")
        return f"poll{made.owner_id}_{made.id}"

    @placed
    async def edit_post(self, account: NetworkAccount, post: str, draft: Draft, *, key: str = "") -> None:
        """Change text and add attachments; those that stand there stay, since VK takes the post as a whole.

        VK knows no keys of edits: for one ``key`` videos are carried once, however often the edit is tried.
        """
        refuse_unfit(draft.media, self.settings, draft_problems(_as_full(draft), self.settings, self.moment()))
        spot = post_of(account, post)
        now = await self._as_it_is(account, spot.owner, spot.number)
        kept = kept_attachments(now, draft)
        refuse_unfit((), self.settings, too_many(kept, draft, self.settings))
        waiting = now.get("post_type") == "postpone"
        date = int(draft.publish_at.timestamp()) if draft.publish_at else now.get("date") if waiting else None
        with self._behind_videos(key):
            params = spot.params() | {
                "message": draft.text_for("vk"),
                "attachments": kept + await self._attachments(account, draft, key),
                "publish_date": date if self.settings.scheduled_keeps_date or draft.publish_at else None,
                "close_comments": True if draft.comments_closed else None,
            }
            await self.calls.do(account.id, "wall.edit", params | kept_facts(now), made="post_id")

    async def _is_deleted(self, account: NetworkAccount, post: str) -> bool:
        """Ask whether a post is deleted; False when nobody can tell: what this key may not see is not shown either."""
        spot = post_of(account, post)
        try:
            items = await self._shown(account, spot.owner, spot.number)
        except NetworkError as error:
            return tells_gone(error)
        except CapabilityMissing:
            return False
        return any(one.get("id") == spot.number and one.get("is_deleted") in (True, 1) for one in items)

    async def _as_it_is(self, account: NetworkAccount, owner: int, number: int) -> dict[str, Any]:
        items = await self._shown(account, owner, number)
        if not items or items[0].get("is_deleted"):
            raise NotFound(
                Text("Такой записи нет.", "There is no such post."),
                network="vk",
                method="wall.getById",
                account=account.id,
                remedy=Text("Проверьте номер записи.", "Check the number of the post."),
            )
        return items[0]

    async def _shown(self, account: NetworkAccount, owner: int, number: int) -> list[dict[str, Any]]:
        """Read a post raw, first with the user key, which also sees a scheduled one."""
        method = replace(method_of("wall.getById"), kinds=(USER, SERVICE))
        make = partial(_posts_in, owner=owner, number=number)
        decode = opener(_Found | list[wire.Loose[dict[str, Any]]], make, method=method.name)
        return await self.calls.first_serving(account.id, method, {"posts": f"{owner}_{number}"}, decode)

    async def delete_post(self, account: NetworkAccount, post: str) -> None:
        """Remove a post; one that is gone is no error."""
        try:
            await self._change(account, post, "wall.delete")
        except (NotFound, PermissionDenied, RequestRefused) as error:
            # A refusal is what VK answers to a second deletion too, as when the answer to the first one was lost.
            if not (tells_gone(error) or await self._is_deleted(await self.known(account), post)):
                raise

    async def restore_post(self, account: NetworkAccount, post: str) -> None:
        """Bring a removed post back; one that stands there is no error."""
        try:
            await self._change(account, post, "wall.restore")
        except RequestRefused as error:
            if error.network_code != "243":
                raise

    async def pin_post(self, account: NetworkAccount, post: str, *, pinned: bool = True) -> None:
        """Pin a post in place of any other, or unpin it."""
        await self._change(account, post, "wall.pin" if pinned else "wall.unpin")

    @placed
    async def _change(self, account: NetworkAccount, post: str, method: str) -> None:
        params = post_of(account, post).params()
        await self.calls.do(account.id, method, params)

    @placed
    async def close_comments(self, account: NetworkAccount, post: str, *, closed: bool = True) -> None:
        """Close or open comments under a post; where they are so already is no error."""
        spot, method = post_of(account, post), "wall.closeComments" if closed else "wall.openComments"
        done = await self.calls.agrees(account.id, method, spot.params())
        # A "no" also comes where nothing was left to do: what stands there decides.
        if not done and await self._comments_open(account, spot) is not (not closed):
            raise unconfirmed(method, account.id)

    async def _comments_open(self, account: NetworkAccount, spot: Spot) -> bool | None:
        """Look whether a post can be commented; None when nobody can tell."""
        try:
            items = await self._shown(account, spot.owner, spot.number)
        except (NetworkError, CapabilityMissing):
            return None
        found = next((one for one in items if one.get("id") == spot.number), {})
        return comments_open(wire.Post.model_validate(found).comments)

    @placed
    async def set_avatar(self, account: NetworkAccount, picture: Media) -> None:
        """Set the picture of the page."""
        refuse_unfit((picture,), self.settings, purpose="avatar")
        await Uploads(self.calls).avatar(account, picture)

    @placed
    async def set_cover(self, account: NetworkAccount, picture: Media) -> None:
        """Set the cover of the community."""
        group_id(account)
        refuse_unfit((picture,), self.settings, purpose="cover")
        await Uploads(self.calls).cover(account, picture)


def _unknown(more: Mapping[str, Any]) -> list[Problem]:
    known = ", ".join(sorted(OPTIONS))
    return [
        Problem(
            "draft", "", name, Text("У ВКонтакте нет такого параметра записи.", "VK has no such parameter of a post."),
            Text(f"Есть: {known}.", f"There are: {known}."),
        )
        for name in sorted(more.keys() - OPTIONS)
    ]  # fmt: skip


def _as_full(draft: Draft) -> Draft:
    """Judge an edit as if it had a text: the attachments that stay may be all of it."""
    return draft if draft.text_for("vk").strip() else draft.model_copy(update={"text": "-", "variants": {}})


def _post_id(made: _Made, owner: int, *, scheduled: bool) -> PostId:
    if made.post_id is None or made.post_id <= 0:
        raise _unnamed("wall.post")
    return PostId(id=str(made.post_id), url=f"{SITE}wall{owner}_{made.post_id}", scheduled=scheduled)


def _unnamed(method: str) -> UnreadableAnswer:
    what = Text("В ответе нет номера сделанного.", "The answer does not name what was made.")
    remedy = LookFirst("Проверьте страницу: запись могла появиться.", "Look at the page: it may have been made.")
    return unreadable(what, method=method, remedy=remedy)


def _posts_in(found: _Found | list[dict[str, Any] | None], owner: int, number: int) -> list[dict[str, Any]]:
    """Return the post of ``wall.getById``, if it is there: an object in 5.199, a bare list before.

    Raises:
        UnreadableAnswer: there is no list, or something in it is not that post.
    """
    items = found.items if isinstance(found, _Found) else found
    if items is None or not all(
        one and one.get("id") == number and one.get("owner_id", owner) == owner for one in items
    ):
        raise unreadable(Text("Запись в ответе не читается.", "The post in the answer cannot be read."))
    return [one for one in items if one]

"""Acting on groups: publishing, deleting, the avatar, private messages.

Nothing here is idempotent at OK. A post is sent once; when its end is unclear the error says ``executed=None``, and
`find_published` looks for it. Statistics come late, so "not found" is no proof that it is not there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import inf
from typing import Any

from munsocial.errors import (
    AbilityAbsent,
    CannotMessage,
    NetworkError,
    NotFound,
    PermissionDenied,
    RequestRefused,
    UnreadableAnswer,
)
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.content import Message, Post, PostState
from munsocial.model.snapshot import Missing
from munsocial.network.drafts import Draft, Media, Page, PostId
from munsocial.network.missing import missing_of
from munsocial.transport.faults import LookFirst
from munsocial.transport.port import Answer
from munsocial.transport.session import Repeat
from munsocial.wording import Text
from munsocial_ok import decode, drafts
from munsocial_ok.answers import json_of, said_yes
from munsocial_ok.errors import GONE
from munsocial_ok.reading import Reading
from munsocial_ok.unread import unreadable, unsaid
from munsocial_ok.upload import Uploader

__all__ = ["Acting"]

_LOOK = Text(
    "Не повторяйте: посмотрите в группе или сверьте чтением (find_published).",
    "Do not repeat: look in the group or reconcile by reading (find_published).",
)
_LOOK_AGAIN = LookFirst(
    "Посмотрите в группе: если публикация на месте, удалите ещё раз.",
    "Look in the group: if the post is there, delete it again.",
)
_STILL_THERE = Text("ОК не подтвердил удаление публикации.", "OK did not confirm that the post was deleted.")
_NOT_SET = Text("ОК не подтвердил, что картинка поставлена.", "OK did not confirm that the picture was set.")
_LOOK_AT_PAGE = Text(
    "Посмотрите на страницу группы; ставить картинку можно повторно.",
    "Look at the group's page; setting the picture again does no harm.",
)
_SLACK = timedelta(minutes=5)
"""By how much the clock of OK may differ from ours."""
_REFUSED = (NotFound, CannotMessage, PermissionDenied, RequestRefused)
"""Refusals of one call, after which another conversation may still be shown."""
_BAD_GRAPH_REQUEST = "2001"
"""What OK answers to an address of a conversation that it does not take."""


class Acting(Reading):
    """The acting abilities."""

    async def publish(self, account: NetworkAccount, draft: Draft, *, key: str) -> PostId:
        """Publish in the name of the group, at once or at ``draft.publish_at``; the post is sent exactly once.

        ``key`` serves the caller's journal only: OK has no field for it.

        Raises:
            DraftRefused: it breaks a limit; nothing was sent.
            NetworkError: with ``executed`` None the post may be there: reconcile, never repeat.
        """
        del key
        _group_only(account)
        drafts.check(draft, self.settings, self.now())
        gid = await self.gid_of(account)
        upload = Uploader(self, account, gid)
        params = {"type": "GROUP_THEME", "gid": gid, "attachment": await self._attachment(upload, draft)}
        with upload.behind_a_video():
            topic = await self.calls.call("mediatopic.post", _topic_id, params, account=account.id, repeat=Repeat.ONCE)
        self.remember_posts(account, [topic])
        return PostId(id=topic, url=decode.post_url(gid, topic), scheduled=draft.publish_at is not None)

    async def _attachment(self, upload: Uploader, draft: Draft) -> dict[str, Any]:
        photos = [one for one in draft.media if one.kind == "photo"]
        tokens = [token for _, token in await upload.photos(photos)] if photos else []
        videos = [await upload.video(one) for one in draft.media if one.kind == "video"]
        if videos:
            await self.session.sleep(self.settings.video_wait)
        return drafts.attachment_of(draft, photo_tokens=tokens, videos=videos, video_block=self.settings.video_block)

    async def find_published(self, account: NetworkAccount, draft: Draft, since: datetime) -> PostId | None:
        """Look for a publication whose sending ended unclearly, among the group's posts since then.

        It is the oldest one in the group's own name with the same text and at least the draft's formats. None proves
        nothing while statistics are late; a delayed post cannot be seen before its time.
        """
        page = await self.list_posts(account, since=since - _SLACK, until=self.now() + _SLACK)
        same = [post for post in page.items if _is(post, draft, since)]
        if not same:
            return None
        found = min(same, key=lambda post: post.at)
        return PostId(id=found.id, url=found.url, scheduled=found.state is PostState.SCHEDULED)

    async def delete_post(self, account: NetworkAccount, post: str) -> None:
        """Delete a post; one that is gone is no error. A post that appeared under another id is followed there.

        Raises:
            NetworkError: OK refused; or the end is unclear and the post can still be read, or nobody can tell.
        """
        gid = await self.gid_of(account)
        found = await self._deletable(account, gid, post)
        if found is None:
            return
        topic, delete_id = found
        unclear: NetworkError | None = None
        try:
            await self._delete(account, gid, topic, delete_id)
        except NetworkError as error:
            if error.executed is False:
                raise
            unclear = error
        if await self._still_read(account, gid, topic):
            raise unclear or unsaid(_STILL_THERE, _LOOK_AGAIN, "mediatopic.deleteTopic", account.id)
        self.published[account.id] = [id for id in self.published.get(account.id, ()) if id not in (post, topic)]

    async def _still_read(self, account: NetworkAccount, gid: str, topic: str) -> bool:
        try:
            return await self.topic(account, gid, topic) is not None
        except NetworkError as error:
            # Whatever became of the reading: the deletion went out before it.
            error.executed, error.remedy = None, _LOOK_AGAIN
            raise

    async def _deletable(self, account: NetworkAccount, gid: str, post: str) -> tuple[str, str] | None:
        """Return the present id of a post and what to delete it by; None when it is gone."""
        topic = await self.topic(account, gid, post)
        if topic is None and (appeared := await self.republished(account, post)):
            topic = await self.topic(account, gid, appeared)
        return (topic.id, topic.delete_id or topic.id) if topic is not None else None

    async def _delete(self, account: NetworkAccount, gid: str, topic: str, delete_id: str) -> None:
        # The name of the parameter is in dispute; a refused call did nothing.
        for params in ({"delete_id": delete_id}, {"topic_id": topic, "gid": gid}):
            try:
                await self.calls.call("mediatopic.deleteTopic", json_of, params, account=account.id, repeat=Repeat.ONCE)
            except NetworkError as error:
                if error.network_code in GONE:
                    return
                if error.network_code != "100" or "topic_id" in params:
                    raise
            else:
                return

    async def set_avatar(self, account: NetworkAccount, picture: Media) -> None:
        """Set the group's picture: upload, commit into the album, make it the main photo.

        Raises:
            UnreadableAnswer: OK said no; or it said nothing (``null``, an empty object), and the group does not show it
                yet: the picture may be set all the same.
        """
        _group_only(account)
        drafts.check(Draft(media=(picture,)), self.settings, self.now())
        gid = await self.gid_of(account)
        photo = await Uploader(self, account, gid).album_photo(picture)
        params = {"group_id": gid, "photo_id": photo}
        answer: Any = await self.calls.call(
            "group.setMainPhoto", json_of, params, account=account.id, repeat=Repeat.KEYED
        )
        said = said_yes(answer)
        if said is None:
            said = await self.shows_picture(account, gid, photo)
        if not said:
            raise unsaid(_NOT_SET, _LOOK_AT_PAGE, "group.setMainPhoto", account.id)

    async def list_messages(
        self, account: NetworkAccount, *, since: datetime, cursor: str | None = None
    ) -> Page[Message]:
        """Return messages of one page of conversations, newest first; the cursor leads to further conversations.

        A conversation that is refused by itself (it is gone, the person is blocked) is a gap, were it the only one.

        Raises:
            NetworkError: none was read, and a refusal speaks of no conversation: it is of the account, and asking on
                would only repeat it.
        """
        read = await self.graph.chats(account.id, cursor)
        onward = read.value.marker or None
        lost = read.lost + (onward is not None and onward == cursor)
        until, found = self.now() + _SLACK, list[Message]()
        asked = [one for one in read.value.chats if (one.lastEventTime or inf) >= since.timestamp() * 1000]
        refused, general, shown = list[Missing](), list[NetworkError](), False
        for chat in asked:
            try:
                said, unread = await self.graph.messages(account.id, chat.chat_id, since=since, until=until)
            except _REFUSED as error:
                refused.append(missing_of(error, item=chat.chat_id))
                if not _is_of_one(error):
                    general.append(error)
                if not shown and len(general) > 1:  # one may be closed for a reason of its own; two are no chance
                    break
            else:
                shown = True
                found += said
                lost += unread
        if general and not shown:
            raise general[0]
        found.sort(key=lambda one: one.at, reverse=True)
        return Page(tuple(found), onward if onward != cursor else None, (*refused, *unreadable(lost, "messages")))

    async def list_dialogue(
        self, account: NetworkAccount, peer: str, *, since: datetime, cursor: str | None = None
    ) -> Page[Message]:
        """Return the messages of one conversation, newest first, in one page."""
        del cursor
        chat = await self.graph.chat_of(account.id, peer)
        said, lost = await self.graph.messages(account.id, chat, since=since, until=self.now() + _SLACK)
        return Page(tuple(said), gaps=unreadable(lost, peer))

    async def send_message(self, account: NetworkAccount, peer: str, text: str, *, key: str) -> str:
        """Send a message to a conversation (``chat:…``) or a person who has written before; return its id.

        OK gives no id, so it is read back; an empty text means that the message was sent and not seen yet.

        Raises:
            CannotMessage: the person never wrote to the group.
            UnreadableAnswer: whether they have a conversation could not be read; nothing was sent.
            NetworkError: with ``executed`` None it may have arrived: read back, never repeat.
        """
        del key
        if not text.strip() or len(text) > (self.settings.message_limit or len(text)):
            raise RequestRefused(
                Text("Сообщение пусто или слишком длинно.", "The message is empty or too long."),
                network="ok",
                method="graph.messages.send",
                account=account.id,
                remedy=Text("Исправьте текст.", "Mend the text."),
            )
        began = self.now() - _SLACK
        chat = await self.graph.chat_of(account.id, peer)
        await self.graph.send(account.id, chat, text)
        try:
            recent = await self.graph.recent(account.id, chat, since=began, until=self.now() + _SLACK)
        except NetworkError:
            return ""
        return next((one.id for one in recent if one.outgoing and one.text == text), "")

    async def mark_seen(self, account: NetworkAccount, peer: str) -> None:
        """Mark a conversation as read."""
        await self.graph.mark_seen(account.id, await self.graph.chat_of(account.id, peer))


def _is_of_one(error: NetworkError) -> bool:
    """Tell whether a refusal speaks of one conversation or its person, whatever the account may do."""
    return isinstance(error, (NotFound, CannotMessage)) or error.network_code == _BAD_GRAPH_REQUEST


def _topic_id(answer: Answer) -> str:
    """Return the id of a new post: a bare text or number; anything else leaves its end unclear."""
    value = json_of(answer)
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if text.isascii() and text.isdecimal() and int(text) > 0:
        return text
    raise UnreadableAnswer(
        Text("ОК не сказал номер публикации: она могла появиться.", "OK told no id: the post may have appeared."),
        remedy=_LOOK,
    )


def _is(post: Post, draft: Draft, since: datetime) -> bool:
    wanted = (
        {one.kind for one in draft.media} | ({"poll"} if draft.poll else set()) | ({"link"} if draft.link else set())
    )
    alive = post.state not in (PostState.DELETED, PostState.SUGGESTED)
    same = _bare(post.text) == _bare(draft.text_for("ok"))
    return alive and post.by_owner and post.at >= since - _SLACK and same and wanted <= set(post.formats)


def _bare(text: str) -> str:
    """Return a text without what a network may change: runs of white space."""
    return " ".join(text.split())


def _group_only(account: NetworkAccount) -> None:
    if account.kind is AccountKind.PROFILE:
        raise AbilityAbsent(
            Text("На личную страницу ОК адаптер не публикует.", "The adapter does not publish to personal pages."),
            where=f"ok / {account.id}",
            remedy=Text("Заведите группу органа.", "Open a group of the body."),
        )

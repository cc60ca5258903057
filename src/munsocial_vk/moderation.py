"""Comments and people: answering, deleting, restoring, reporting, the black list, the filters of a community."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from munsocial.errors import (
    CapabilityMissing,
    DraftRefused,
    NetworkError,
    NotFound,
    PermissionDenied,
    Problem,
    RequestRefused,
)
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.transport.faults import LookFirst
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.calls import unconfirmed
from munsocial_vk.capabilities import LONGEST_BAN
from munsocial_vk.envelope import unreadable
from munsocial_vk.errors import tells_gone
from munsocial_vk.places import Spot, comment_of, group_id, owner_id, post_of

__all__ = ["Filters", "Moderation"]

BAN_GROUNDS = {"spam": 1, "insult": 2, "obscenity": 3, "off_topic": 4}
"""Other grounds go as 0, ``other``; the note tells them."""
REPORT_GROUNDS = {
    "spam": 0, "child_pornography": 1, "extremism": 2, "violence": 3, "threat": 3, "drugs": 4, "adult": 5,
    "insult": 6, "obscenity": 6, "suicide": 8, "weapons": 11,
}  # fmt: skip
_NOT_OF = {"photo": frozenset({8, 11}), "video": frozenset({3})}
"""Reasons of the wall that the schema does not list for photos and videos."""
_YES_OR_NO = frozenset({"photos.deleteComment", "photos.restoreComment", "video.restoreComment"})
"""They answer 1 or 0 by the schema; their likes elsewhere always 1."""
_LOOK_AT_COMMENTS = LookFirst(
    "Посмотрите обсуждение, прежде чем повторять: ответ мог появиться.",
    "Look at the comments before you try again: the answer may be there.",
)


class _Made(wire.Wire):
    comment_id: wire.Loose[wire.Number] = None


class Filters(wire.Wire):
    """VK's own filters of comments in a community."""

    obscene_filter: wire.Loose[bool] = None
    toxic_filter: wire.Loose[bool] = None
    obscene_stopwords: wire.Loose[bool] = None
    obscene_words: wire.Items[str] = None
    disable_replies_from_groups: wire.Loose[bool] = None


class Moderation(VkBase):
    """What is done about comments and their authors."""

    @placed
    async def reply(
        self,
        account: NetworkAccount,
        text: str,
        *,
        post: str,
        to: str | None = None,
        under: NetworkAccount | None = None,
        key: str,
    ) -> str:
        """Answer in the name of ``account`` under a post of its page or of ``under``; a ``key`` never writes twice."""
        self._refuse_unfit(text)
        page = await self.known(under) if under else account
        spot, own = post_of(page, post), owner_id(account)
        params = spot.params() | {
            "message": text,
            "from_group": self._speaker(account, own, spot),
            "reply_to_comment": comment_of(page, to).comment if to and spot.place != "board" else None,
            "guid": key,
        }
        shape: Any = _Made if spot.place == "wall" else wire.Number
        made = await self.calls.get(account.id, spot.method("createComment"), shape, params)
        number = made if isinstance(made, int) else made.comment_id
        if number is None or number <= 0:
            what = Text("Ответ не назван по номеру.", "The answer is not named.")
            raise unreadable(what, method=spot.method("createComment"), remedy=_LOOK_AT_COMMENTS)
        return str(number) if spot.place == "wall" else f"{spot.post}:{number}"

    def _speaker(self, account: NetworkAccount, own: int, spot: Spot) -> int | bool | None:
        """Say in whose name: on a wall by the id of our community, elsewhere by a flag for the community that owns it.

        Raises:
            RequestRefused: under a photo, a video or in a discussion of others only a person can speak.
        """
        if own >= 0:
            return None
        if spot.place == "wall":
            return -own
        if spot.owner != own:
            raise self._refused(
                account,
                Text(
                    "Под чужими фото, видео и в чужих обсуждениях сообщество не пишет.",
                    "A community does not write under photos and videos or in discussions of others.",
                ),
                Text("Ответьте под записью или от имени человека.", "Answer under a post, or as a person."),
            )
        return True

    @staticmethod
    def _refused(account: NetworkAccount, what: Text, remedy: Text) -> RequestRefused:
        return RequestRefused(what, network="vk", account=account.id, remedy=remedy)

    def _refuse_unfit(self, text: str) -> None:
        length, most = len(text), self.settings.comment_text
        if text.strip() and length <= most:
            return
        what = Text(f"Нужен текст от 1 до {most} знаков.", f"A text of 1 to {most} characters is wanted.")
        remedy = Text("Измените текст.", "Change the text.")
        problem = Problem("reply", "", "text", Text(f"Знаков: {length}.", f"Characters: {length}."), remedy)
        raise DraftRefused(what, (problem,), where="vk")

    @placed
    async def delete_comment(self, account: NetworkAccount, comment: str) -> None:
        """Delete a comment; its answers stay. One that is gone is no error."""
        spot = comment_of(account, comment)
        try:
            await self._on_comment(account, spot, "deleteComment")
        except (NotFound, PermissionDenied, RequestRefused) as error:
            if not (tells_gone(error) or await self._is_gone(account, spot)):
                raise

    async def _is_gone(self, account: NetworkAccount, spot: Spot) -> bool:
        """Ask whether a comment of the wall is deleted; False when nobody can tell."""
        if spot.place != "wall":
            return False
        try:
            found = await self.calls.get(account.id, "wall.getComment", wire.CommentReply, spot.comment_params())
        except (NotFound, PermissionDenied, RequestRefused) as error:
            return tells_gone(error)
        return any(one is not None and one.deleted for one in found.items or ())

    @placed
    async def restore_comment(self, account: NetworkAccount, comment: str) -> None:
        """Bring a deleted comment back; one that was not deleted is no error."""
        try:
            await self._on_comment(account, comment_of(account, comment), "restoreComment")
        except RequestRefused as error:
            if error.network_code != "243":
                raise

    async def _on_comment(self, account: NetworkAccount, spot: Spot, action: str) -> None:
        params, method = spot.comment_params(), spot.method(action)
        if method not in _YES_OR_NO:
            await self.calls.do(account.id, method, params)
            return
        done = await self.calls.agrees(account.id, method, params)
        # A "no" also comes where nothing was left to do: what stands there decides.
        if not done and await self._stands(account, spot) is not (action == "restoreComment"):
            raise unconfirmed(method, account.id)

    async def _stands(self, account: NetworkAccount, spot: Spot) -> bool | None:
        """Look whether a comment of a photo or a video is shown; None when nobody can tell."""
        params = spot.params() | {"start_comment_id": spot.comment, "count": 1}
        try:
            found = await self.calls.get(account.id, spot.method("getComments"), wire.CommentReply, params)
        except (NetworkError, CapabilityMissing):
            return None
        if found.items is None:
            return None
        return any(one is not None and one.id == spot.comment and not one.deleted for one in found.items)

    @placed
    async def report_comment(self, account: NetworkAccount, comment: str, *, ground: str) -> None:
        """Report a comment to VK.

        Raises:
            RequestRefused: VK has no such ground; nothing was sent.
        """
        spot = comment_of(account, comment)
        if spot.place == "board":
            what = Text(
                "На сообщения обсуждений через API не жалуются.", "Posts of discussions cannot be reported by API."
            )
            raise self._refused(account, what, Text("Пожалуйтесь на сайте.", "Report it on the site."))
        params = spot.comment_params() | {"reason": self._reason(account, ground, spot)}
        await self.calls.do(account.id, spot.method("reportComment"), params)

    @placed
    async def report_post(self, account: NetworkAccount, post: str, *, ground: str) -> None:
        """Report a post of the wall of ``account`` to VK; grounds as in `report_comment`.

        Raises:
            RequestRefused: it is no post of a wall, or VK has no such ground; nothing was sent.
        """
        spot = post_of(account, post)
        if spot.place != "wall":
            what = Text(
                "Пожаловаться можно только на записи стены: {post}.", "Only posts of a wall can be reported: {post}."
            )
            remedy = Text("На остальное пожалуйтесь на сайте.", "Report other things on the site.")
            raise self._refused(account, what.fill(post=post), remedy)
        params = {"owner_id": spot.owner, "post_id": spot.number, "reason": self._reason(account, ground, spot)}
        await self.calls.do(account.id, "wall.reportPost", params)

    def _reason(self, account: NetworkAccount, ground: str, spot: Spot) -> int:
        here = {word: number for word, number in REPORT_GROUNDS.items() if number not in _NOT_OF.get(spot.place, ())}
        if ground not in here:
            what = Text("Для жалобы здесь нет основания «{ground}».", "There is no such ground here: “{ground}”.")
            known = Text(f"Есть: {', '.join(here)}.", f"There are: {', '.join(here)}.")
            raise self._refused(account, what.fill(ground=ground), known)
        return here[ground]

    @placed
    async def edit_comment(self, account: NetworkAccount, comment: str, text: str) -> None:
        """Replace the text of a comment of our own; VK allows it for about a day."""
        self._refuse_unfit(text)
        spot = comment_of(account, comment)
        await self.calls.do(account.id, spot.method("editComment"), spot.comment_params() | {"message": text})

    @placed
    async def ban(
        self,
        account: NetworkAccount,
        user: str,
        *,
        ground: str,
        until: datetime | None,
        note: str = "",
        show_note: bool = False,
    ) -> None:
        """Put a person (or a community: id with a minus) into the black list; a second ban changes the first.

        A person's own page blocks without term, ground and note.

        Raises:
            RequestRefused: the end is past, or over a year ahead, or a person's page cannot do it; nothing was sent.
        """
        if account.kind is AccountKind.PROFILE:
            await self._block(account, user, until)
            return
        if until is not None and until <= self.moment():
            raise self._refused(
                account,
                Text("Срок блокировки уже прошёл.", "The term of the ban is over already."),
                Text("Составьте план заново или укажите другой срок.", "Make the plan again, or give another end."),
            )
        if until is not None and until > self.moment() + LONGEST_BAN:
            raise self._refused(
                account,
                Text("Срок блокировки: не больше года вперёд.", "A ban may end within a year from now."),
                Text("Укажите другой срок или бессрочно.", "Give another end, or none."),
            )
        params = {
            "group_id": group_id(account),
            "owner_id": user,
            "end_date": int(until.timestamp()) if until else None,
            "reason": BAN_GROUNDS.get(ground, 0),
            "comment": note or None,
            "comment_visible": show_note,
        }
        await self.calls.do(account.id, "groups.ban", params)

    async def _block(self, account: NetworkAccount, user: str, until: datetime | None) -> None:
        if until is not None:
            raise self._refused(
                account,
                Text("Страница человека блокирует только бессрочно.", "A person's page blocks without term only."),
                Text("Не указывайте срок.", "Give no end."),
            )
        await self.calls.do(account.id, "account.ban", {"owner_id": user})

    @placed
    async def unban(self, account: NetworkAccount, user: str) -> None:
        """End a ban; a person who is not banned is no error."""
        person = account.kind is AccountKind.PROFILE
        params: dict[str, Any] = {"owner_id": user} | ({} if person else {"group_id": group_id(account)})
        try:
            await self.calls.do(account.id, "account.unban" if person else "groups.unban", params)
        except NotFound as error:
            if not tells_gone(error):
                raise

    @placed
    async def set_filters(
        self,
        account: NetworkAccount,
        *,
        obscene: bool | None = None,
        toxic: bool | None = None,
        words: Sequence[str] | None = None,
        communities: bool | None = None,
    ) -> None:
        """Switch VK's own filters of comments: obscene words, hostile ones, our stop words, answers of communities.

        None leaves as it is.
        """
        params = {
            "group_id": group_id(account),
            "obscene_filter": obscene,
            "toxic_filter": toxic,
            "obscene_stopwords": None if words is None else bool(words),
            "obscene_words": None if words is None else list(words),
            "disable_replies_from_groups": communities,
        }
        await self.calls.do(account.id, "groups.edit", params)

    @placed
    async def read_filters(self, account: NetworkAccount) -> Filters:
        """Read the filters of comments as they are; wants the user key of a manager. None is "not shown"."""
        params = {"group_id": group_id(account)}
        return await self.calls.get(account.id, "groups.getSettings", Filters, params)

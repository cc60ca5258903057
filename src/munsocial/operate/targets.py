"""What a deed is aimed at, as it is now: the comment, the black list, the files. Whatever differs stops the step.

What is read for one step of a run serves its neighbours too, for a minute: two hundred comments under one post are
listed once.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from munsocial import errors
from munsocial.model.content import Ban, Comment
from munsocial.network.abilities import Ability
from munsocial.network.missing import CAUGHT
from munsocial.operate.deeds import Deed
from munsocial.operate.looks import Scene, Seen, bans_of, comments_of, no_manager, own_post
from munsocial.operate.plan import Proof
from munsocial.operate.shown import shown
from munsocial.wording import Text

__all__ = ["Targets", "Differs", "file_digest", "text_digest"]

_FRESH = timedelta(minutes=1)
_BLOCK = 1 << 20
_CLOCKS = timedelta(days=1)
"""So much the moment of a ban may differ between the network's list and the journal."""

_GONE = Text("комментария уже нет", "the comment is gone already")
_OTHER = Text("текст комментария с тех пор изменён: «{shown}»", "the comment reads otherwise by now: {shown!r}")
_POST_GONE = Text("записи уже нет", "the post is gone already")
_POST_OTHER = Text(
    "запись с тех пор изменена: «{shown}»; посмотрите, соберите новый снимок и составьте план заново",
    "the post reads otherwise by now: {shown!r}; look at it, take a new snapshot, and make the plan again",
)
_UNREAD = Text("не прочитать, что там сейчас: {why}", "what is there now cannot be read: {why}")
_NOBODY_MAY = (errors.CapabilityMissing, errors.AbilityAbsent, errors.SecretUnavailable, errors.KeyInvalid,
               errors.KeyKindRefused, errors.PermissionDenied)  # fmt: skip
_ANSWERED = Text("на этот комментарий уже ответили", "somebody of ours has answered it already")
_BANNED = Text("пользователь уже в чёрном списке{until}", "the user is in the black list already{until}")
_RUNS = Text(
    "пользователь заблокирован снова или на больший срок{until}: эту блокировку план не снимает",
    "the user is banned anew, or for longer{until}: that ban is not this plan's to lift",
)
_NO_MANAGER = Text("этот человек уже не управляет страницей", "this person manages the page no longer")
_UNTIL = Text(" до {when:%d.%m.%Y}", " until {when:%Y-%m-%d}")
_NO_FILE = Text("файла {name} нет", "there is no file {name}")
_NEW_FILE = Text(
    "файл {name} изменён после составления плана; составьте план заново",
    "the file {name} was changed after the plan was made; make the plan again",
)


class Differs(Exception):
    """What a deed is aimed at is not what the plan saw; ``final``: the step need not be taken up again.

    ``unread``: nobody could look, so that it may be as the plan saw it; ``flood``: the network has had enough.
    """

    def __init__(
        self, what: Text, *, final: bool = True, refused: bool = False, unread: bool = False, flood: bool = False
    ) -> None:
        super().__init__(what.ru)
        self.what = what
        self.final = final
        self.refused = refused
        self.unread = unread
        self.flood = flood


class Targets:
    """Looks at targets for the steps of one run; days are told by the clock of the district."""

    def __init__(self, timezone: str) -> None:
        self._zone = ZoneInfo(timezone)
        self._comments: dict[tuple[str, str, str], tuple[datetime, list[Comment]]] = {}
        self._bans: dict[str, tuple[datetime, list[Ban]]] = {}

    async def check(self, scene: Scene, deed: Deed) -> tuple[Proof, ...]:
        """Compare what is there with what the plan saw; a network that lets nobody look is left to the deed to tell.

        Returns how an own post reads right before it is changed: the journal keeps that.

        Raises:
            Differs: the step must not be done as it was planned.
        """
        step = scene.step
        check_files(scene)
        try:
            if step.action == "ban":
                await self._check_ban(scene)
            elif step.action == "unban" and "ban_at" in step.params:
                await self._check_unban(scene)
            elif step.action == "remove_manager":
                await self._check_manager(scene)
            elif deed.replaces:
                return await self._check_post(scene)
            elif step.expect and "post" in step.params:
                await self._check_comment(scene, deed)
        except _NOBODY_MAY:
            return ()
        except CAUGHT as error:
            why = error.kept()
            flood = isinstance(error, errors.FloodRefused)
            raise Differs(_UNREAD.fill(why=why), final=False, refused=flood, unread=True, flood=flood) from None
        return ()

    async def _check_post(self, scene: Scene) -> tuple[Proof, ...]:
        if not scene.adapter.capabilities.can(Ability.LIST_POSTS):
            return ()
        post, seen = await own_post(scene)
        if seen is Seen.NOT_THERE:
            raise Differs(_POST_GONE)
        if post is None:
            return ()
        if scene.step.expect and text_digest(post.text) != scene.step.expect:
            raise Differs(_POST_OTHER.fill(shown=shown(post.text)))
        return (Proof(text=post.text, author=post.author_id or "", url=post.url or "", at=post.at),)

    async def _check_comment(self, scene: Scene, deed: Deed) -> None:
        wanted = scene.step.params.get("comment") or scene.step.params.get("to")
        if not wanted:
            return
        there = await self._listed(scene)
        comment = next((one for one in there if one.id == wanted), None)
        if comment is None or comment.deleted:
            raise Differs(_GONE)
        if text_digest(comment.text) != scene.step.expect:
            raise Differs(_OTHER.fill(shown=shown(comment.text)))
        if scene.step.action == "reply" and any(_answers(one, comment) for one in there):
            raise Differs(_ANSWERED)

    async def _check_ban(self, scene: Scene) -> None:
        ban = await self._standing_ban(scene)
        if ban is not None:
            raise Differs(_BANNED.fill(until=self._until(ban)))

    async def _check_unban(self, scene: Scene) -> None:
        """Look whether the ban whose term is over is still the one in the list: a later one is not ours to end."""
        ban = await self._standing_ban(scene)
        if ban is None:
            return
        ours = datetime.fromisoformat(scene.step.params["ban_at"])
        # Forever may be all that a network knows of terms: then only a later beginning shows another hand.
        later = ban.forever and ban.since is not None and ban.since > ours + _CLOCKS
        if ban.until is not None or later:
            raise Differs(_RUNS.fill(until=self._until(ban)))

    async def _standing_ban(self, scene: Scene) -> Ban | None:
        """Return the entry of the black list that holds now; some networks leave those there that are over."""
        if not scene.adapter.capabilities.can(Ability.READ_BANS):
            return None
        known = self._bans.get(scene.account.id)
        if known is None or scene.now - known[0] > _FRESH:
            known = (scene.now, [one async for one in bans_of(scene).items()])
            self._bans[scene.account.id] = known
        found = (one for one in known[1] if one.user_id == scene.step.params["user"])
        return next((one for one in found if one.until is None or one.until > scene.now), None)

    def _until(self, ban: Ban) -> Text:
        return _UNTIL.fill(when=ban.until.astimezone(self._zone)) if ban.until else Text("", "")

    async def _check_manager(self, scene: Scene) -> None:
        if not scene.adapter.capabilities.can(Ability.READ_MANAGERS):
            return
        seen, _ = await no_manager(scene)
        if seen is Seen.THERE:
            raise Differs(_NO_MANAGER)

    async def _listed(self, scene: Scene) -> list[Comment]:
        page = scene.under or scene.account
        place = (scene.account.id, page.id, scene.step.params["post"])
        known = self._comments.get(place)
        if known is None or scene.now - known[0] > _FRESH:
            known = (scene.now, [one async for one in comments_of(scene).items()])
            self._comments[place] = known
        return known[1]

    def forget(self, scene: Scene) -> None:
        """Drop what was read about the place of a deed that was just done there."""
        post = scene.step.params.get("post")
        page = scene.under or scene.account
        if scene.step.action == "reply" and post:
            self._comments.pop((scene.account.id, page.id, post), None)


def _answers(one: Comment, comment: Comment) -> bool:
    return one.reply_to == comment.id and (one.by_owner or one.by_account is not None) and not one.deleted


def check_files(scene: Scene) -> None:
    """Compare the files of a draft with what they were when the plan was made.

    Raises:
        Differs: one is missing or has another content; the step waits until it is as it was.
    """
    files: dict[str, str] = scene.step.params.get("files") or {}
    for name, digest in files.items():
        path = Path(name)
        now = file_digest(path)
        if now is None:
            raise Differs(_NO_FILE.fill(name=path.name), final=False, refused=True)
        if now != digest:
            raise Differs(_NEW_FILE.fill(name=path.name), final=False, refused=True)


def file_digest(path: Path) -> str | None:
    """Return the digest of a file's content, None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def text_digest(text: str) -> str:
    """Return the digest of a text at which a deed is aimed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

"""What a deed is aimed at, as it is now: the comment, the black list, the files. Whatever differs stops the step.

What is read for one step of a run serves its neighbours too, for a minute; a comment to be removed was seen seconds
before. What a listing with gaps does not show may stand there: such a step waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from munsocial import errors
from munsocial.model.accounts import NetworkAccount
from munsocial.model.authors import Authors
from munsocial.model.content import Ban, Comment, Message
from munsocial.model.snapshot import Missing
from munsocial.network.abilities import Ability
from munsocial.operate.applying.deeds import Deed
from munsocial.operate.applying.digests import file_digest, text_digest
from munsocial.operate.applying.lately import Lately
from munsocial.operate.applying.looks import (
    Scene,
    Seen,
    bans_of,
    comments_of,
    dialogue_of,
    leads,
    links_of,
    messages_of,
    no_manager,
    words_of,
)
from munsocial.operate.applying.made import Made
from munsocial.operate.applying.own_id import identified
from munsocial.operate.applying.pauses import passes
from munsocial.operate.applying.post_looks import own_post
from munsocial.operate.plans.plan import Plan, Proof
from munsocial.operate.shown import shown
from munsocial.operate.unseen import excused
from munsocial.wording import Text

__all__ = ["Targets", "Differs"]

_CLOCKS = timedelta(days=1)
"""So much the moment of a ban may differ between the network's list and the journal."""

_SEEN = timedelta(seconds=10)
"""So short a time ago a comment that is to be removed must have been seen: its author may rewrite it."""
_SHORT = 5
"""Of so many pages a listing is read anew for the next seconds' removals; of a longer one the comment alone is."""
_EVERYWHERE = frozenset({"", "?", "comments", "messages"})
"""What a gap is called that may be in any thread or dialogue."""

_GONE = Text("комментария уже нет", "the comment is gone already")
_OTHER = Text("текст комментария с тех пор изменён: «{shown}»", "the comment reads otherwise by now: {shown!r}")
_POST_GONE = Text("записи уже нет", "the post is gone already")
_POST_OTHER = Text(
    "запись с тех пор изменена: «{shown}»; посмотрите, соберите новый снимок и составьте план заново",
    "the post reads otherwise by now: {shown!r}; look at it, take a new snapshot, and make the plan again",
)
_UNREAD = Text("не прочитать, что там сейчас: {why}", "what is there now cannot be read: {why}")
_IN_PART = Text(
    "сеть показала не всё; примените план позже снова, а если не поможет, посмотрите на сайте, сделайте там сами "
    "и снимите шаг: munsocial outbox drop РЕЕСТР {place} --yes",
    "the network did not show everything; apply the plan again later, and if that does not help, look at the site, do "
    "it there, and take the step out: munsocial outbox drop REGISTRY {place} --yes",
)
_NOBODY_MAY = (errors.CapabilityMissing, errors.AbilityAbsent, errors.SecretUnavailable, errors.KeyInvalid,
               errors.KeyKindRefused, errors.PermissionDenied)  # fmt: skip
_ANSWERED = Text("на этот комментарий уже ответили", "somebody of ours has answered it already")
_WRITTEN = Text(
    "на это сообщение уже ответили {when}, после того как его прочитали для плана; если это не ответ или нужен и "
    "этот, соберите новый снимок и составьте его заново, а шаг, который ещё ждёт, снимите: "
    "munsocial outbox drop РЕЕСТР {place} --yes",
    "this message was answered at {when}, since it was read for the plan; if that is no answer, or this one is "
    "wanted, too, take a new snapshot and plan it anew, and take a step that still waits out: "
    "munsocial outbox drop REGISTRY {place} --yes",
)
_LINKED = Text("такая ссылка на странице уже есть", "the page has this link already")
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
    """What a deed is aimed at is not what the plan saw; ``refused``: that may yet be mended.

    ``unread``: nobody could look, so that it may be as the plan saw it, for that ``cause``. ``by_person``: what it
    means a person has to say; a step that was left to the outbox waits there for that, and does not end unseen.
    """

    def __init__(
        self,
        what: Text,
        *,
        refused: bool = False,
        unread: bool = False,
        by_person: bool = False,
        cause: Exception | None = None,
    ) -> None:
        super().__init__(what.ru)
        self.what = what
        self.refused = refused
        self.unread = unread
        self.by_person = by_person
        self.cause = cause

    @property
    def final(self) -> bool:
        """Tell whether the step need not be taken up again."""
        return not (self.refused or self.unread)


class Targets:
    """Looks at targets for the steps of one run; days are told by the clock of the district."""

    def __init__(self, plan: Plan, made: Made, now: Callable[[], datetime], accounts: Iterable[NetworkAccount]) -> None:
        self._plan = plan
        self._made = made
        self._zone = ZoneInfo(plan.timezone)
        self._authors = Authors(accounts)
        self._named: dict[str, Authors] = {}
        """The step's accounts under the ids that the network told, where the register has none."""
        self._lately = Lately(now)

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
            elif step.action == "add_link":
                await self._check_link(scene)
            elif step.action == "send_message":
                await self._check_message(scene)
            elif deed.replaces:
                return await self._check_post(scene)
            elif step.expect and "post" in step.params:
                await self._check_comment(scene, deed)
        except _NOBODY_MAY:
            return ()
        except Exception as error:
            if isinstance(error, errors.FloodRefused) and passes(error):
                error.remedy = None  # it says not to repeat what the outbox repeats
            if isinstance(error, Differs) or (missing := excused(error, step.network)) is None:
                raise
            why, flood = missing.told, isinstance(error, errors.FloodRefused)
            raise Differs(_UNREAD.fill(why=why), refused=flood, unread=True, cause=error) from None
        return ()

    async def _check_post(self, scene: Scene) -> tuple[Proof, ...]:
        if not scene.adapter.capabilities.can(Ability.LIST_POSTS):
            return ()
        post, seen = await own_post(scene)
        if seen is Seen.NOT_THERE:
            raise Differs(_POST_GONE)
        if post is None:
            raise self._in_part(scene)  # words that nobody could keep are not taken away
        if scene.step.expect and text_digest(post.text) != scene.step.expect:
            raise Differs(_POST_OTHER.fill(shown=shown(post.text)))
        return (Proof(text=post.text, author=post.author_id or "", url=post.url or "", at=post.at),)

    async def _check_comment(self, scene: Scene, deed: Deed) -> None:
        wanted = scene.step.params.get("comment") or scene.step.params.get("to")
        if not wanted:
            return
        there = await self._lately.shown(_place(scene), comments_of(scene))
        comment = next((one for one in there.items if one.id == wanted), None)
        if comment is None and not there.whole:
            raise self._in_part(scene)
        if comment is not None and deed.removes and not self._lately.is_fresh(there, _SEEN):
            comment = await self._once_more(scene, comment, long=there.pages > _SHORT)
        if comment is None or comment.deleted:
            raise Differs(_GONE)
        if text_digest(comment.text) != scene.step.expect:
            raise Differs(_OTHER.fill(shown=shown(comment.text)))
        if scene.step.action == "reply":
            ours = (self._authors, await self._voice(scene))
            answers = (one for one in there.items if _answers(one, comment, scene.step.network, ours))
            if any(not self._known_before(scene, one) for one in answers):
                raise Differs(_ANSWERED)
            thread = {comment.id, comment.thread, comment.post_id, scene.step.params["post"]}
            if any(_may_hide(gap, thread) for gap in there.gaps):
                raise self._in_part(scene)  # an answer of ours may stand among what is not shown

    async def _voice(self, scene: Scene) -> Authors:
        """Return how the step's account is known again under another page, where nothing is marked as the page's."""
        account = scene.account
        if account.network_id or scene.under is None or scene.under.id == account.id:
            return self._authors
        if account.id not in self._named:
            self._named[account.id] = Authors([await identified(account, scene.adapter)])
        return self._named[account.id]

    async def _once_more(self, scene: Scene, comment: Comment, *, long: bool) -> Comment | None:
        """Look again at a comment that was listed for a neighbour: its author may have rewritten it since."""
        if long and (single := getattr(scene.adapter, "read_comment", None)):
            found: Comment | None = await single(scene.page, scene.step.params["post"], comment.id)
            return found
        there = await self._lately.shown(_place(scene), comments_of(scene), fresh=_SEEN)
        again = next((one for one in there.items if one.id == comment.id), None)
        if again is None and not there.whole:
            raise self._in_part(scene)
        return again

    async def _check_link(self, scene: Scene) -> None:
        if not scene.adapter.capabilities.can(Ability.READ_LINKS):
            return
        there = await self._lately.shown((scene.account.id, "links"), links_of(scene))
        if any(leads(scene, link.url or "") for link in there.items):
            raise Differs(_LINKED)

    async def _check_message(self, scene: Scene) -> None:
        """Look whether the question was answered since its dialogue was read for the plan.

        What steps sent for other questions is no answer. A greeting that a page sends by itself looks like one: a
        person tells them apart.
        """
        asked = next((one.at for one in scene.step.evidence if one.at), None)
        if asked is None or not scene.adapter.capabilities.can(Ability.LIST_MESSAGES):
            return
        seen_at = self._read_at(scene) or self._made_at
        peer, page, single = scene.step.params["peer"], scene.account.id, dialogue_of(scene, seen_at)
        place = (page, "dialogue", peer) if single else (page, "messages")
        try:
            there = await self._lately.shown(place, single or messages_of(scene, seen_at))
        except (errors.CannotMessage, errors.NotFound):
            return  # there is no such dialogue: the deed tells what that means
        others = self._words_beside(scene)
        for one in there.items:
            since = one.outgoing and one.peer_id == peer and one.at >= max(asked, seen_at)
            if not since or words_of(scene, one.text) in others or self._known_before(scene, one):
                continue
            if not self._made.aside(scene, one.id, self._plan.id):
                when = self._plan.local(one.at)
                raise Differs(_WRITTEN.fill(when=when, place=self._named_step(scene)), by_person=True)
        if any(single or _may_hide(gap, {peer}) for gap in there.gaps):
            raise self._in_part(scene)

    def _words_beside(self, scene: Scene) -> set[str]:
        """Return the words that other steps of the plan have for the same person: each has a question of its own."""
        params, words = scene.step.params, set[str]()
        for one in self._plan.steps:
            same = (one.action, one.account) == (scene.step.action, scene.step.account)
            if same and one.params.get("peer") == params["peer"]:
                words.add(words_of(scene, one.params.get("text", "")))
        return words - {words_of(scene, params["text"])}

    @property
    def _made_at(self) -> datetime:
        return self._plan.made_at.replace(microsecond=0)  # networks tell whole seconds

    def _read_at(self, scene: Scene) -> datetime | None:
        """Return when the question was read for the plan; None in a plan that does not say it."""
        read_at = scene.step.params.get("seen_at")
        return min(datetime.fromisoformat(read_at).replace(microsecond=0), self._made_at) if read_at else None

    def _known_before(self, scene: Scene, one: Comment | Message) -> bool:
        """Tell whether the plan's maker knew of an answer and wanted this one all the same.

        It was read with the question, or the journal had it, and the plan tells what is in either.
        """
        read_at = self._read_at(scene)
        if read_at is None:
            return False
        return one.at < read_at or (one.at < self._made_at and one.id in self._made.on_page_of(scene))

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
        there = await self._lately.shown((scene.account.id, "bans"), bans_of(scene))
        found = (one for one in there.items if one.user_id == scene.step.params["user"])
        ban: Ban | None = next((one for one in found if one.until is None or one.until > scene.now), None)
        if ban is None and not there.whole:
            raise self._in_part(scene)
        return ban

    def _until(self, ban: Ban) -> Text:
        return _UNTIL.fill(when=ban.until.astimezone(self._zone)) if ban.until else Text("", "")

    async def _check_manager(self, scene: Scene) -> None:
        if not scene.adapter.capabilities.can(Ability.READ_MANAGERS):
            return
        seen, _ = await no_manager(scene)
        if seen is Seen.THERE:
            raise Differs(_NO_MANAGER)

    def forget(self, scene: Scene) -> None:
        """Drop what was read about the place of a deed that was just done there."""
        params = scene.step.params
        if scene.step.action == "reply" and params.get("post"):
            self._lately.forget(_place(scene))
        elif scene.step.action == "add_link" and self._comes_again(scene):
            self._lately.forget((scene.account.id, "links"))

    def _comes_again(self, scene: Scene) -> bool:
        """Tell whether another step of the plan adds the same link."""
        others = (one for one in self._plan.steps if one.action == "add_link" and one.id != scene.step.id)
        return any(one.account == scene.account.id and leads(scene, one.params.get("url", "")) for one in others)

    def _in_part(self, scene: Scene) -> Differs:
        """Return what a listing with gaps says of what it does not show: it may stand, so the step waits."""
        why = _IN_PART.fill(place=self._named_step(scene))
        return Differs(_UNREAD.fill(why=why), unread=True, by_person=True)

    def _named_step(self, scene: Scene) -> str:
        return f"{self._plan.id}/{scene.step.id}"


def _place(scene: Scene) -> tuple[str, str, str]:
    return scene.account.id, scene.page.id, scene.step.params["post"]


def _may_hide(gap: Missing, place: set[str | None]) -> bool:
    """Tell whether something of a place may be missing by a gap, which names its thread or dialogue if it knows it."""
    return gap.item in _EVERYWHERE or gap.item in place


def _answers(one: Comment, comment: Comment, network: str, ours: Iterable[Authors]) -> bool:
    if one.reply_to != comment.id or one.deleted:
        return False
    return one.by_owner or any(authors.of(one, network) is not None for authors in ours)


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
            raise Differs(_NO_FILE.fill(name=path.name), refused=True)
        if now != digest:
            raise Differs(_NEW_FILE.fill(name=path.name), refused=True)

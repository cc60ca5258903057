"""Private messages read: which dialogs have something new, and what was said in each."""

from __future__ import annotations

from datetime import datetime

from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Message
from munsocial.model.snapshot import Missing, Observed
from munsocial.network.drafts import Page, Window
from munsocial.network.missing import CAUGHT, missing_of
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.decode import messages_of, peers_of
from munsocial_vk.listing import AGAIN, ENDLESS, MOST_PAGES, Progress, place_in, unshown
from munsocial_vk.places import group_id

__all__ = ["Dialogs"]

_PAGE = 200


class Dialogs(VkBase):
    """Messages of a community, dialog by dialog."""

    @placed
    async def list_messages(
        self, account: NetworkAccount, *, since: datetime, cursor: str | None = None
    ) -> Page[Message]:
        """List messages newest first, dialog by dialog; the cursor is ``peer:place`` of dialogs still to be read."""
        if cursor is None:
            return await self._dialogs(account, since)
        head, _, rest = cursor.partition(" ")
        peer, _, shown = head.partition(":")
        place = place_in(shown)
        params = {"peer_id": peer, "group_id": group_id(account), "count": _PAGE, "offset": place.offset or None}
        reply = await self.calls.get(account.id, "messages.getHistory", wire.HistoryReply, params)
        kept = messages_of(reply.items)
        inside = tuple(one for one in kept.items if one.at >= since)
        gaps = [*(gap.model_copy(update={"item": peer}) for gap in kept.gaps), *unshown(reply, place.offset, peer)]
        onward = None
        if len(inside) == len(kept.items):
            ids, many = [one.id for one in kept.items], len(reply.items or ())
            onward, cut = place.following(ids, reply.count, many, _PAGE)
            gaps += cut
        left = " ".join(part for part in (f"{peer}:{onward}" if onward else "", rest) if part)
        return Page(inside, left or None, tuple(gaps))

    @placed
    async def list_dialogue(
        self, account: NetworkAccount, peer: str, *, since: datetime, cursor: str | None = None
    ) -> Page[Message]:
        """List the messages of one dialog, newest first."""
        return await self.list_messages(account, since=since, cursor=cursor or f"{peer}:0")

    async def _dialogs(self, account: NetworkAccount, since: datetime) -> Page[Message]:
        """Find the dialogs with something new; VK lists those of the latest message first."""
        peers: dict[str, None] = {}
        gaps: list[Missing] = []
        progress, offset = Progress(_PAGE), 0
        while True:
            params = {"group_id": group_id(account), "count": _PAGE, "offset": offset or None}
            reply = await self.calls.get(account.id, "messages.getConversations", wire.Dialogs, params)
            kept, shown = peers_of(reply.items), len(reply.items or ())
            # What does not say when it was is taken for new.
            recent = [peer for peer, at in kept.items if at is None or at >= since]
            peers |= dict.fromkeys(recent)
            gaps += [*kept.gaps, *unshown(reply, offset, "messages")]
            if kept.items and not recent:
                break
            onward = progress.step([peer for peer, _ in kept.items], offset, reply.count, shown)
            gaps += onward.gaps
            if onward.offset is None:
                break
            offset = onward.offset
        return Page((), " ".join(f"{peer}:0" for peer in peers) or None, tuple(gaps))

    async def all_messages(self, account: NetworkAccount, window: Window) -> Observed[tuple[Message, ...]]:
        """Read the messages of a window, each once, and tell what of them could not be seen."""
        try:
            found, gaps = await self._read_through(account, window)
        except CAUGHT as error:
            return Observed(missing=missing_of(error))
        inside = tuple(one for one in found.values() if one.at < window.until)
        return Observed(value=inside, at=self.moment(), through="vk:messages.getHistory", gaps=tuple(gaps))

    async def _read_through(
        self, account: NetworkAccount, window: Window
    ) -> tuple[dict[tuple[str, str], Message], list[Missing]]:
        found: dict[tuple[str, str], Message] = {}
        page = await self.list_messages(account, since=window.since)
        gaps, cursor = list(page.gaps), page.cursor
        most, idle = MOST_PAGES + (cursor or "").count(" "), 0
        for _ in range(most):
            if cursor is None:
                return found, gaps
            peer, known = cursor.partition(":")[0], len(found)
            page = await self.list_messages(account, since=window.since, cursor=cursor)
            for one in page.items:
                found.setdefault((one.peer_id, one.id), one)
            gaps += page.gaps
            cursor = page.cursor
            same = cursor is not None and cursor.startswith(f"{peer}:")
            idle = idle + 1 if same and len(found) == known else 0
            # One page of known messages is leapt over: see `munsocial_vk.listing.step`.
            if cursor is not None and idle > 1:
                gaps.append(AGAIN.model_copy(update={"item": peer}))
                cursor, idle = cursor.partition(" ")[2] or None, 0
        return found, [*gaps, ENDLESS] if cursor else gaps

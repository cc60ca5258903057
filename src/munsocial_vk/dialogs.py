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
from munsocial_vk.listing import AGAIN, ENDLESS, MOST_PAGES, Progress, goes_on, place_in, unshown
from munsocial_vk.places import group_id

__all__ = ["Dialogs"]


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
        params = {"peer_id": peer, "group_id": group_id(account), "count": 200, "offset": place.offset or None}
        reply = await self.calls.get(account.id, "messages.getHistory", wire.HistoryReply, params)
        kept = messages_of(reply.items)
        inside = tuple(one for one in kept.items if one.at >= since)
        gaps = [*kept.gaps, *unshown(reply, place.offset, peer)]
        onward = None
        if len(inside) == len(kept.items):
            read = ([one.id for one in kept.items], reply.count, len(reply.items or ()))
            onward = place.following(*read)
            gaps += place.cut(*read)
        left = " ".join(part for part in (f"{peer}:{onward}" if onward else "", rest) if part)
        return Page(inside, left or None, tuple(gaps))

    async def _dialogs(self, account: NetworkAccount, since: datetime) -> Page[Message]:
        """Find the dialogs with something new; VK lists those of the latest message first."""
        peers: dict[str, None] = {}
        gaps: list[Missing] = []
        progress, offset, more = Progress(), 0, True
        while more:
            params = {"group_id": group_id(account), "count": 200, "offset": offset or None}
            reply = await self.calls.get(account.id, "messages.getConversations", wire.Dialogs, params)
            kept, shown = peers_of(reply.items), len(reply.items or ())
            # What does not say when it was is taken for new.
            recent = [peer for peer, at in kept.items if at is None or at >= since]
            peers |= dict.fromkeys(recent)
            gaps += [*kept.gaps, *unshown(reply, offset, "messages")]
            offset += shown
            more = goes_on(shown, offset, reply.count) and (bool(recent) or not kept.items)
            if lies := progress.halted((peer for peer, _ in kept.items), more=more):
                gaps += lies
                break
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
        most = MOST_PAGES + (cursor or "").count(" ")
        for _ in range(most):
            if cursor is None:
                return found, gaps
            peer, known = cursor.partition(":")[0], len(found)
            page = await self.list_messages(account, since=window.since, cursor=cursor)
            found = {(one.peer_id, one.id): one for one in page.items} | found
            gaps += page.gaps
            cursor = page.cursor
            if cursor is not None and cursor.startswith(f"{peer}:") and len(found) == known:
                gaps.append(AGAIN.model_copy(update={"item": peer}))
                cursor = cursor.partition(" ")[2] or None
        return found, [*gaps, ENDLESS] if cursor else gaps

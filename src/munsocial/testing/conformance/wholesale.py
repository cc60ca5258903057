"""Reading many accounts at once, which the core prefers: it tells the same as reading them one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from munsocial.model.accounts import NetworkAccount
from munsocial.model.snapshot import AccountView, Observed
from munsocial.network.abilities import Ability, How
from munsocial.network.drafts import Window
from munsocial.network.protocols import CollectsMany
from munsocial.operate.collecting.reading import can_of, read_view
from munsocial.sandbox.faults import FaultKind
from munsocial.testing.conformance.base import note_for_the_card
from munsocial.testing.conformance.checks import alike, caught, ours
from munsocial.testing.conformance.overseer import Trouble
from munsocial.testing.conformance.stage import Bench, Stage

__all__ = ["CollectManyConformance"]

_NAME = "collect_many"
_PARTS = {
    "profile": Ability.READ_PROFILE,
    "handle_now": Ability.RESOLVE_HANDLE,
    "posts": Ability.LIST_POSTS,
    "comments": Ability.LIST_COMMENTS,
    "links": Ability.READ_LINKS,
    "managers": Ability.READ_MANAGERS,
    "bans": Ability.READ_BANS,
    "messages": Ability.LIST_MESSAGES,
    "stats": Ability.READ_STATS,
}
_USUAL_PAGE, _MOST_POSTS = 50, 210
_CUTS = 4
"""At about so many places a collecting is broken off."""


class CollectManyConformance:
    """Views of many accounts. A subclass of the author's gives the fixture ``stage``."""

    @pytest.fixture(autouse=True)
    def declared(self, stage: Stage, request: pytest.FixtureRequest) -> None:
        """Skip where the core reads one by one."""
        note_for_the_card(stage, _NAME, request.node)
        if not isinstance(stage.open().adapter, CollectsMany):
            pytest.skip(f"{_NAME}: absent: ядро читает аккаунты по одному")
        if stage.world is None:
            pytest.skip(f"{_NAME}: absent: a cassette holds single readings")

    def furnish(self, stage: Stage) -> list[NetworkAccount]:
        """Put two pages with posts and comments into the world."""
        other = stage.another_page()
        for number, account in enumerate((stage.account, other)):
            self._life(stage, account.network_id or stage.page.id, number)
        return [stage.account, other]

    def _life(self, stage: Stage, page: str, number: int) -> None:
        world, network = stage.there, stage.network
        at = (stage.now - timedelta(days=3)).replace(microsecond=0)
        citizen = world.add_user(network, f"Пётр{number}", "Жилин")
        for one in range(3):
            hour = at + timedelta(hours=one)
            post = world.publish(network, page, f"Новость {number}.{one}", at=hour)
            asked = world.comment(network, page, post.id, f"Когда? {number}.{one}", author=citizen.id, at=hour)
            later = hour + timedelta(minutes=5)
            world.comment(network, page, post.id, "Завтра", author=page, as_page=True, reply_to=asked.id, at=later)

    def want(self, bench: Bench) -> frozenset[str]:
        """Return the parts of a view that the adapter declares."""
        return frozenset(part for part, one in _PARTS.items() if bench.declared(one).how is How.NATIVE)

    def collect(self, bench: Bench, accounts: Sequence[NetworkAccount]) -> list[AccountView]:
        """Collect to the end."""
        return bench.run(self._views(bench, accounts))

    async def _views(self, bench: Bench, accounts: Sequence[NetworkAccount]) -> list[AccountView]:
        found = bench.adapter.collect_many(accounts, _span(bench.stage), self.want(bench))
        return [view async for view in found]

    def one_by_one(self, stage: Stage, accounts: Sequence[NetworkAccount]) -> dict[str, AccountView]:
        """Read the same accounts as the core reads them where nothing reads many at once."""
        bench = stage.open()
        want, now = self.want(bench), stage.there.now
        reads = (read_view(bench.adapter, account, _span(stage), want, now) for account in accounts)
        return {view.account: view for view in map(bench.run, reads)}

    def compared(self, stage: Stage, views: Sequence[AccountView], accounts: Sequence[NetworkAccount]) -> None:
        """Check that each account came once, and with what reading it alone tells."""
        names = [view.account for view in views]
        asked = [account.id for account in accounts]
        assert sorted(names) == sorted(asked), f"asked for {asked}, it tells of {names}: each account once"
        alone = self.one_by_one(stage, accounts)
        for view in views:
            for part in sorted(self.want(stage.open())):
                _same(getattr(view, part), getattr(alone[view.account], part), f"{part} of {view.account}")

    def test_it_tells_what_reading_one_by_one_tells(self, stage: Stage) -> None:
        """Two accounts: each once, part by part the same as alone; something was asked, and nothing changed by it."""
        accounts = self.furnish(stage)
        bench = stage.open(watching=True)
        views = self.collect(bench, accounts)
        self.compared(stage, views, accounts)
        assert bench.port.requests, "it tells of accounts, but nothing was asked"
        assert not bench.changes, f"reading changed the world: {bench.changes} of its requests did"

    def test_moments_and_abilities_are_told(self, stage: Stage) -> None:
        """A view says when it was seen, which is now, and what the network can do for such an account."""
        accounts = self.furnish(stage)
        bench = stage.open()
        begin = stage.now
        named = {account.id: account for account in accounts}
        for view in self.collect(bench, accounts):
            assert view.network == stage.network, f"{view.account}: the view is of the network {view.network!r}"
            known = can_of(bench.adapter, named[view.account])
            lies = {name for name, there in known.items() if view.can.get(name) is not there}
            assert not lies, f"{view.account}: AccountView.can differs from what is declared: {', '.join(sorted(lies))}"
            for part in sorted(self.want(bench)):
                at = getattr(view, part).at
                now = at is None or begin <= at <= stage.now
                assert now, f"{part} of {view.account} is told as seen at {at}: it is {begin}"

    def test_long_listings_are_read_to_their_end(self, stage: Stage) -> None:
        """More posts than a page holds are all there."""
        accounts = self.furnish(stage)
        limit = stage.open().declared(Ability.LIST_POSTS).limits.page or _USUAL_PAGE
        at = (stage.now - timedelta(days=2)).replace(microsecond=0)
        for one in range(min(limit + 3, _MOST_POSTS)):
            moment = at + timedelta(minutes=one)
            stage.there.publish(stage.network, stage.page.id, f"Много {one}", at=moment)
        self.compared(stage, self.collect(stage.open(), accounts), accounts)

    def test_both_faces_alike(self, stage: Stage) -> None:
        """Over a blocking port and in an event loop it tells the same."""
        accounts = self.furnish(stage)
        seen = [
            sorted(self.collect(stage.open(asynchronous=loop), accounts), key=lambda view: view.account)
            for loop in (False, True)
        ]
        alike(*([_facts(view) for view in views] for views in seen))

    def test_one_failing_account_spoils_no_other(self, stage: Stage) -> None:
        """An account that is not there comes with the reason; the others come whole."""
        accounts = self.furnish(stage)
        nobody = {"id": "nobody", "handle": "nobody_has_this_handle", "network_id": "9999999"}
        among = [accounts[0], stage.account.model_copy(update=nobody), accounts[1]]
        bench = stage.open()
        views, error = caught(bench, self._views(bench, among))
        assert error is None, f"an account that is not there ends the collecting of all: {error!r}"
        self.compared(stage, views, among)

    @pytest.mark.parametrize("kind", ["key", "permission", "unreachable", "html"])
    def test_a_fault_is_told(self, stage: Stage, kind: str) -> None:
        """When nothing but faults comes back, nothing is told as seen: reasons, or our error."""
        accounts = self.furnish(stage)
        bench = stage.open(Trouble(FaultKind(kind)), attempts=1)
        views, error = caught(bench, self._views(bench, accounts))
        ours(error, kind)
        for view in views or ():
            seen = [part for part in sorted(self.want(bench)) if _whole(getattr(view, part))]
            assert not seen, f"{kind}: nothing could be read, but of {view.account} it tells {', '.join(seen)}"

    @pytest.mark.parametrize("kind", ["html", "lost_after"])
    def test_a_fault_on_the_way_is_told(self, stage: Stage, kind: str) -> None:
        """When a later answer does not come, what is told without a gap is what is there."""
        accounts = self.furnish(stage)
        alone = self.one_by_one(stage, accounts)
        calls = stage.open()
        self.collect(calls, accounts)
        count = len(calls.port.requests)
        for after in range(1, count, max(1, count // _CUTS)):
            bench = stage.open(Trouble(FaultKind(kind), after=after), attempts=1)
            views, error = caught(bench, self._views(bench, accounts))
            ours(error, f"{kind} at request {after + 1}")
            for view in views or ():
                for part in sorted(self.want(bench)):
                    if _whole(told := getattr(view, part)):
                        where = f"{kind} at request {after + 1}: {part} of {view.account}"
                        _same(told, getattr(alone[view.account], part), where)


def _span(stage: Stage) -> Window:
    """Return whole days and hours: the clock goes on between two readings that are compared."""
    since, until = (moment.replace(minute=0, second=0, microsecond=0) for moment in stage.span)
    return Window(since, until)


def _whole(seen: Observed[Any]) -> bool:
    return seen.value is not None and not seen.gaps


def _same(seen: Observed[Any], there: Observed[Any], where: str) -> None:
    """Check that two readings of a part tell the same; its moment and its means may differ."""
    if there.value is None:
        why = there.missing.why if there.missing else None
        # An empty list with a gap says the same: nothing was seen, and why.
        assert not seen.value, f"{where}: alone it is not seen ({why}), here it is {seen.value!r:.300}"
        assert seen.missing or seen.gaps, f"{where}: alone it is not seen ({why}), here no reason is given"
        return
    one, other = _value(seen.value), _value(there.value)
    assert one == other, f"{where}:\n  with others: {one!r:.400}\n  alone:       {other!r:.400}"
    assert bool(seen.gaps) == bool(there.gaps), f"{where}: gaps are {seen.gaps!r:.200}, alone {there.gaps!r:.200}"


def _value(value: Any) -> Any:
    """Return what counts: the raw answer is kept for people, and the order of a listing is nobody's concern."""
    if isinstance(value, tuple):
        return sorted((_value(one) for one in value), key=repr)
    return value.model_copy(update={"raw": {}}) if hasattr(value, "raw") else value


def _facts(view: AccountView) -> Any:
    parts = {part: getattr(view, part) for part in _PARTS}
    return view.account, {part: (_value(one.value), one.missing) for part, one in parts.items()}

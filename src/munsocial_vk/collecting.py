"""Reading many accounts in few calls: profiles by the hundred, walls and comments in packs; views as they are ready."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import datetime
from typing import Any

from munsocial.errors import CapabilityMissing, MunsocialError, NotFound
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.snapshot import AccountView
from munsocial.network.drafts import Window
from munsocial.network.keys import Key
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.batch import Job, Packer, told_to
from munsocial_vk.calls import Calls
from munsocial_vk.envelope import unreadable
from munsocial_vk.methods import method_of
from munsocial_vk.places import no_number
from munsocial_vk.profile import NO_PAGE, pages_asked, pages_in
from munsocial_vk.viewing import Viewing

__all__ = ["Work", "collect"]

_RUNNING = 256
"""Accounts that may be under way at once, however little they have to do."""
_READY = 64
"""Finished views that may wait to be taken before no further account is begun."""


async def collect(
    calls: Calls,
    accounts: Sequence[NetworkAccount],
    window: Window,
    want: frozenset[str],
    *,
    now: Callable[[], datetime],
    can: Callable[[NetworkAccount], dict[str, bool]],
) -> AsyncGenerator[AccountView, None]:
    """Yield a view of each account once. Memory holds the accounts under way only."""
    work = Work(calls, accounts, window, want, now, can)
    while work.left():
        await work.packer.run(work.admit)
        for view in work.take_ready():
            yield view


class Work:
    """The accounts that wait, those under way and those that are ready."""

    def __init__(
        self,
        calls: Calls,
        accounts: Sequence[NetworkAccount],
        window: Window,
        want: frozenset[str],
        now: Callable[[], datetime],
        can: Callable[[NetworkAccount], dict[str, bool]],
    ) -> None:
        self.packer = Packer(calls)
        self.settings = calls.settings
        self.window, self.want, self.now, self.can = window, want, now, can
        self.waiting = deque(Viewing(account, self) for account in accounts)
        self.asked: deque[Viewing] = deque()
        """Accounts whose profile was asked for and whose own reading has not begun."""
        self.running: set[Viewing] = set()
        self.ready: deque[Viewing] = deque()

    def left(self) -> bool:
        return bool(self.waiting or self.asked or self.running or self.ready)

    def admit(self) -> None:
        """Begin accounts until there is enough work for all packs that may be under way."""
        enough = self.packer.packed * self.packer.width
        while self.packer.size < enough and self._has_room() and (self.asked or self.waiting):
            if not self.asked:
                self._ask_profiles()
            one = self.asked.popleft()
            self.running.add(one)
            one.begin()

    def _has_room(self) -> bool:
        return len(self.ready) < _READY and len(self.running) < _RUNNING

    def take_ready(self) -> list[AccountView]:
        views = [one.view() for one in self.ready]
        self.ready.clear()
        return views

    def finished(self, one: Viewing) -> None:
        """Note that nothing of an account is outstanding."""
        self.running.discard(one)
        self.ready.append(one)

    def _ask_profiles(self) -> None:
        """Take the next accounts, as many as one call for profiles may name."""
        chunk = [self.waiting.popleft() for _ in range(min(len(self.waiting), self.settings.ids_per_profile_call))]
        self.asked.extend(chunk)
        if not any(one.needs_profile for one in chunk):
            return
        people = [one for one in chunk if one.needs_profile and one.account.kind is AccountKind.PROFILE]
        groups = [one for one in chunk if one.needs_profile and one.account.kind is not AccountKind.PROFILE]
        for one in people + groups:
            one.expect()
        if groups:
            self._profiles(groups)
        if people:
            self._profiles(people)

    def _profiles(self, chunk: list[Viewing], since: int = 0) -> None:
        """Ask for profiles of communities or of persons; where the whole call fails, halve to isolate the culprit.

        One key reads them all, that of the first account from ``since`` on: where it turns out to serve no more, the
        next account with another lends its own.
        """
        named = [one for one in chunk if one.name]
        for one in chunk:
            if not one.name:
                one.profile_failed(_nameless(one.account))
        if not named:
            return
        method, params, shape = pages_asked(named[0].account.kind, [one.name for one in named])
        lender, key = self._lent(named, method, since)

        def done(value: Any, error: MunsocialError | None) -> None:
            if error is None:
                self._deliver(named, value)
            elif len(named) > 1 and not _hopeless(error):
                self._profiles(named[: len(named) // 2])
                self._profiles(named[len(named) // 2 :])
            elif (following := self._lent(named, method, lender))[1] not in (None, key):
                self._profiles(named, following[0])
            else:
                for one in named:
                    one.profile_failed(self._own(error, method, one.account.id))

        self.packer.add(Job(named[lender].account.id, method, params, shape, done))

    def _lent(self, named: list[Viewing], method: str, since: int) -> tuple[int, Key | None]:
        """Return the place of the first account with a key that serves, and that key; a key is tried in its name."""
        for place in range(since, len(named)):
            key = self.packer.key_for(named[place].account.id, method)
            if key is not None and key.reference not in self.packer.dead:
                return place, key
        return since, None

    def _own(self, error: MunsocialError, method: str, account: str) -> MunsocialError:
        """Return the error of a call for many, made in the name of one, as that of another."""
        if isinstance(error, CapabilityMissing):
            return self.packer.calls.choice.none_left(method_of(method), account)
        return told_to(error, account)

    @staticmethod
    def _deliver(chunk: list[Viewing], reply: Any) -> None:
        found: dict[str, wire.Group | wire.User] = {}
        pages, whole = pages_in(reply)
        for item in pages:
            found[str(item.id)] = item
            for handle in (item.screen_name, getattr(item, "domain", None)):
                if handle:
                    found.setdefault(handle.casefold(), item)
        for one in chunk:
            seen = found.get(one.name.casefold())
            if seen is None:
                one.profile_failed(_not_there(one.name) if whole else unreadable(NO_PAGE, account=one.account.id))
            else:
                one.profile_came(seen)


def _hopeless(error: MunsocialError) -> bool:
    """Tell errors of the key or of the way, which no halving mends, from those of one bad name."""
    return error.code not in ("network.refused", "network.not_found", "network.permission", "network.unreadable")


def _nameless(account: NetworkAccount) -> MunsocialError:
    if account.network_id:
        remedy = Text("Впишите в реестр число из адреса.", "Write the number of the address into the register.")
        return NotFound(no_number(account), network="vk", account=account.id, remedy=remedy)
    what = Text("У аккаунта нет ни network_id, ни handle.", "The account has neither network_id nor handle.")
    return NotFound(what, network="vk", remedy=Text("Впишите их в реестр.", "Write them into the register."))


def _not_there(name: str) -> MunsocialError:
    what = Text("Страницы «{name}» нет.", "There is no page “{name}”.").fill(name=name)
    return NotFound(what, network="vk", remedy=Text("Проверьте адрес в реестре.", "Check the address in the register."))

"""How many calls a collecting will take, said before any is made. An estimate: nobody knows how much was posted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from munsocial.network.abilities import Ability
from munsocial.network.adapter import Adapter
from munsocial.network.protocols import EstimatesCalls
from munsocial.operate.collecting.collect import Asked
from munsocial.wording import Lang, Text

__all__ = ["Budget", "budget_of"]

_POSTS_A_WEEK = 5
"""What the order asks for; a page that posts more costs more."""

_SIMPLE = {
    "profile": Ability.READ_PROFILE,
    "handle_now": Ability.RESOLVE_HANDLE,
    "posts": Ability.LIST_POSTS,
    "links": Ability.READ_LINKS,
    "managers": Ability.READ_MANAGERS,
    "bans": Ability.READ_BANS,
    "messages": Ability.LIST_MESSAGES,
    "stats": Ability.READ_STATS,
}

_LINE = Text(
    "{network}: вызовов около {calls}, аккаунтов {accounts}",
    "{network}: calls about {calls}, accounts {accounts}",
)
_NONE = Text("{network}: адаптера нет, вызовов не будет", "{network}: no adapter, no calls")
_BASIS = Text(
    "Оценка: {posts} публикаций в неделю на аккаунт, все с комментариями; недель {weeks}.",
    "An estimate. Posts a week for each account: {posts}, all with comments; weeks: {weeks}.",
)


@dataclass(frozen=True, slots=True)
class Budget:
    """Estimated calls by network; None is "no adapter"."""

    weeks: int
    calls: Mapping[str, int | None]
    accounts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Calls of all networks together."""
        return sum(calls or 0 for calls in self.calls.values())

    def lines(self, lang: Lang = "ru") -> tuple[str, ...]:
        """Return the estimate for people."""
        lines = [
            (_NONE if calls is None else _LINE).fill(network=network, calls=calls, accounts=self.accounts[network])
            for network, calls in self.calls.items()
        ]
        return tuple(line.say(lang) for line in (*lines, _BASIS.fill(posts=_POSTS_A_WEEK, weeks=self.weeks)))


def budget_of(adapters: Mapping[str, Adapter], asked: Iterable[Asked], *, weeks: int) -> Budget:
    """Estimate the calls of a collecting of so many weeks (and the running one)."""
    posts = _POSTS_A_WEEK * (weeks + 1)
    calls: dict[str, int | None] = {}
    accounts: Counter[str] = Counter()
    for one in asked:
        for network, count in Counter(account.network for account in one.accounts).items():
            accounts[network] += count
            adapter = adapters.get(network)
            calls[network] = (
                None if adapter is None else (calls.get(network) or 0) + _calls(adapter, count, posts, one.want)
            )
    return Budget(weeks, dict(sorted(calls.items())), accounts)


def _calls(adapter: Adapter, accounts: int, posts: int, want: frozenset[str]) -> int:
    if isinstance(adapter, EstimatesCalls):
        return adapter.estimate_calls(accounts, posts, want)
    can = adapter.capabilities.can
    each = sum(part in want and can(ability) for part, ability in _SIMPLE.items())
    return accounts * (each + posts * ("comments" in want and can(Ability.LIST_COMMENTS)))

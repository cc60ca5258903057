"""An adapter that is honest in its network's own way keeps the kit; `broken_*` hold what is then still caught."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from broken_cases import KEYS, Ploshchad, PloshchadFace, declaring
from munsocial.errors import RequestRefused
from munsocial.network import Ability, Limits, Page, native
from munsocial.testing import conformance as kit
from munsocial.testing.conformance import sandbox_stage
from munsocial.wording import Text


class _ForSomeDays(Ploshchad):
    """Refuses a ban that ends later than declared."""

    async def ban(self, account: Any, user: str, *, until: Any, **given: Any) -> None:
        clock, most = self.equipment.clock, self.capabilities.of(Ability.BAN).limits.days
        assert clock is not None
        assert most is not None
        if until is not None and until - clock() > timedelta(days=most):
            raise RequestRefused(Text(f"Не дольше {most} дней.", f"{most} days at most."))
        await super().ban(account, user, until=until, **given)


def _for_days(days: int) -> type[Ploshchad]:
    bans = native(keys=KEYS, limits=Limits(days=days))
    return type(f"For{days}Days", (_ForSomeDays,), {"capabilities": declaring(but={Ability.BAN: bans})})


class ShortOfWords(Ploshchad):
    """Its pages have addresses of a code, and people are named by surname and initial."""

    async def read_profile(self, account: Any) -> Any:
        found = await super().read_profile(account)
        return found.model_copy(
            update={"url": f"https://ploshchad.example/p/{zlib.crc32(found.network_id.encode()):x}"}
        )

    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        return Page(tuple(_with_initial(one) for one in page.items), page.cursor)


def _with_initial(one: Any) -> Any:
    if one.author_kind != "user" or one.author_name is None:
        return one
    first, _, last = one.author_name.partition(" ")
    return one.model_copy(update={"author_name": f"{last} {first[0]}."})


@dataclass(frozen=True)
class Honest:
    """What an adapter does otherwise than most, and the tests of the kit that it keeps nevertheless."""

    adapter: type[Ploshchad]
    kit: type
    tests: tuple[str, ...]
    lacks: Iterable[str] = ()
    given: dict[str, Any] = field(default_factory=dict)
    """Parameters of the tests."""

    def __str__(self) -> str:
        return f"{self.adapter.__name__}-{self.kit.__name__}"


_BANS = ("test_the_term_is_kept", "test_a_second_ban_changes_the_first")
_READ, _NAMED = "test_it_reads_what_is_there", "test_it_reads_the_page_that_is_asked_for"

HONEST = (
    Honest(_for_days(1), kit.BanConformance, (*_BANS[1:], "test_it_takes_effect")),
    Honest(_for_days(7), kit.BanConformance, _BANS[:1], given={"days": 30}),
    Honest(_for_days(30), kit.BanConformance, _BANS[1:]),
    Honest(ShortOfWords, kit.ReadProfileConformance, (_READ, _NAMED), lacks=("named_addresses",)),
    Honest(ShortOfWords, kit.ListCommentsConformance, (_READ,), lacks=("full_names",)),
)


@pytest.mark.parametrize("honest", HONEST, ids=str)
def test_it_keeps_the_kit(honest: Honest) -> None:
    for name in honest.tests:
        stage = sandbox_stage(honest.adapter, PloshchadFace, lacks=frozenset(honest.lacks))
        # A test of the kit returns nothing, or raises.
        assert getattr(honest.kit(), name)(stage, **honest.given) is None

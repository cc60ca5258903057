"""Which key to call with: the weakest that serves. What VK refused once is remembered and not tried again."""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from munsocial.errors import CapabilityMissing, KeyKindRefused, MunsocialError, NetworkError, QuotaSpent
from munsocial.network.keys import Key, KeyRing
from munsocial.transport.session import Pace
from munsocial.wording import Text
from munsocial_vk.methods import COMMUNITY, SERVICE, USER, Method
from munsocial_vk.settings import VkSettings

__all__ = ["KIND_NAMES", "KeyChoice", "is_about_key"]

KIND_NAMES = {
    SERVICE: Text("сервисный ключ приложения", "the service key of an application"),
    COMMUNITY: Text("ключ сообщества", "a community key"),
    USER: Text("ключ пользователя", "a user key"),
}
# These codes speak of the kind of the key; others (15 with a sub-code, 20, 21, 1051) of its application or rights.
_ABOUT_KIND = frozenset({"27", "28"})
_MODERATING = frozenset({"wall.deleteComment", "wall.editComment", "wall.restoreComment"})
# Reading what everybody may see, by a method that takes user keys only.
_PUBLIC = frozenset({"photos.getComments", "video.getComments", "video.get", "wall.getComment"})
_SPENT = "29"
"""The allowance of one method for one key; other codes of the kind (103, 601) speak of what was asked."""
_DAY = 86400.0
_CALM = 0.985
"""VK counts calls where they arrive, in a strict window: with the pacer's own margin 30 ms of jitter do no harm."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What VK said of a key and a method, until when it holds, and whether an allowance was spent."""

    until: float
    what: Text
    remedy: Text | None
    code: str
    spent: bool


class KeyChoice:
    """The keys of a connection, ordered for each method. Safe to share between threads."""

    def __init__(self, ring: KeyRing, settings: VkSettings, now: Callable[[], float]) -> None:
        """``now`` gives seconds of a clock that never goes back: a spent quota is forgotten after a day."""
        self.ring = ring
        self.settings = settings
        self._now = now
        self._lock = threading.Lock()
        self._refused: dict[tuple[str, str], _Refusal] = {}
        """By method with the reference or the kind of a key."""
        self._counted: dict[str, str] = {}
        """Reference to the digest of the value that was first found there."""

    def candidates(self, account: str, method: Method) -> tuple[Key, ...]:
        """Return keys to try for a method in the name of an account, weakest first; refused ones are left out."""
        return tuple(key for key in self._all(account, method) if self._refusal(method, key) is None)

    def refuse(self, method: str, key: Key, error: NetworkError) -> None:
        """Remember that a method does not take this key, or no key of its kind."""
        about_kind = isinstance(error, KeyKindRefused) and error.network_code in _ABOUT_KIND
        spent = isinstance(error, QuotaSpent)
        until = self._now() + _DAY if spent else math.inf
        with self._lock:
            mark = key.kind if about_kind else key.reference
            self._refused[method, mark] = _Refusal(until, error.what, error.remedy, error.network_code, spent)

    def pace(self, key: Key, value: str) -> Pace:
        """Return how often a key may be used: VK counts the key itself, under however many references it is kept."""
        rate = self.settings.community_rate if key.kind == COMMUNITY else self.settings.user_rate
        with self._lock:
            # A renewed key goes on at the pace of the one before.
            counted = self._counted.setdefault(key.reference, hashlib.sha256(value.encode()).hexdigest()[:16])
        return Pace(counted, rate * _CALM)

    def _refusal(self, method: Method, key: Key) -> _Refusal | None:
        """Return what forbids a key for a method now."""
        now = self._now()
        told = (self._refused.get((method.name, mark)) for mark in (key.reference, key.kind))
        return next((one for one in told if one is not None and one.until > now), None)

    def _all(self, account: str, method: Method) -> Iterator[Key]:
        given: set[str] = set()
        for key in self._ordered(account, method):
            if key.reference not in given:
                given.add(key.reference)
                yield key

    def _ordered(self, account: str, method: Method) -> Iterator[Key]:
        """A service key reads for everybody, a user key what is public; a community key acts for one account."""
        public = SERVICE in method.kinds or method.name in _PUBLIC
        for kind in self._kinds(method):
            yield from self.ring.of(account, (kind,))
            if kind == SERVICE or (kind == USER and public):
                yield from self.ring.any_of((kind,))

    def none_left(self, method: Method, account: str) -> MunsocialError:
        """Make the error of a method that no key serves now: one is spent for today, or another kind is wanted."""
        told = [one for key in self._all(account, method) if (one := self._refusal(method, key)) is not None]
        spent = next((one for one in told if one.spent), None)
        if spent is None:
            return self._missing(method, account, told[-1].code if told else "")
        return QuotaSpent(
            spent.what,
            network="vk",
            method=method.name,
            account=account,
            network_code=spent.code,
            remedy=spent.remedy,
        )

    def _missing(self, method: Method, account: str, code: str) -> CapabilityMissing:
        """Name the kinds of keys and the right which would serve; ``code`` is how VK refused those there are."""
        kinds = self._kinds(method) or method.kinds
        kinds = tuple(kind for kind in kinds if (method.name, kind) not in self._refused) or kinds
        ru = " или ".join(KIND_NAMES[kind].ru for kind in kinds)
        en = " or ".join(KIND_NAMES[kind].en for kind in kinds)
        name, right = method.name, method.right
        told = Text(f" с правом «{right}»", f" with the right “{right}”") if right else Text("", "")
        what = (
            Text(
                f"Метод {name} не принял ни один из ключей (код {code}).",
                f"The method {name} took none of the keys (code {code}).",
            )
            if code
            else Text(f"Для метода {name} нет ключа.", f"There is no key for the method {name}.")
        )
        return CapabilityMissing(
            what,
            where=" / ".join(part for part in ("vk", name, account) if part),
            remedy=Text(f"Нужен {ru}{told.ru}.", f"Wanted: {en}{told.en}."),
        )

    def _kinds(self, method: Method) -> tuple[str, ...]:
        """Return the kinds of keys for a method, without those that the settings rule out."""
        off = set()
        if method.name == "wall.post" and not self.settings.community_key_posts_text:
            off.add(COMMUNITY)
        if method.name in _MODERATING and not self.settings.community_key_moderates:
            off.add(COMMUNITY)
        if method.name == "execute" and not self.settings.service_key_executes:
            off.add(SERVICE)
        if method.name == "groups.getMembers" and not self.settings.managers_by_service_key:
            off.add(SERVICE)
        return tuple(kind for kind in method.kinds if kind not in off)


def is_about_key(error: BaseException) -> bool:
    """Tell a refusal of this key by this method, which another key may mend."""
    return isinstance(error, KeyKindRefused) or (isinstance(error, QuotaSpent) and error.network_code == _SPENT)

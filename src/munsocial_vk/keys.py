"""Which key to call with: the weakest that serves. What VK refused once is remembered and not tried again."""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable, Iterator

from munsocial.errors import CapabilityMissing, KeyKindRefused, NetworkError, QuotaSpent
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


class KeyChoice:
    """The keys of a connection, ordered for each method. Safe to share between threads."""

    def __init__(self, ring: KeyRing, settings: VkSettings, now: Callable[[], float]) -> None:
        """``now`` gives seconds of a clock that never goes back: a spent quota is forgotten after a day."""
        self.ring = ring
        self.settings = settings
        self._now = now
        self._lock = threading.Lock()
        self._refused: dict[tuple[str, str], float] = {}
        """Method with the reference or the kind of a key, to the reading of the clock until which it holds."""
        self._counted: dict[str, str] = {}
        """Reference to the digest of the value that was first found there."""

    def candidates(self, account: str, method: Method) -> tuple[Key, ...]:
        """Return keys to try for a method in the name of an account, weakest first; refused ones are left out."""
        return tuple(key for key in self._all(account, method) if not self._is_refused(method, key))

    def refuse(self, method: str, key: Key, error: NetworkError) -> None:
        """Remember that a method does not take this key, or no key of its kind."""
        about_kind = isinstance(error, KeyKindRefused) and error.network_code in _ABOUT_KIND
        until = self._now() + _DAY if isinstance(error, QuotaSpent) else math.inf
        with self._lock:
            self._refused[method, key.kind if about_kind else key.reference] = until

    def pace(self, key: Key, value: str) -> Pace:
        """Return how often a key may be used: VK counts the key itself, under however many references it is kept."""
        rate = self.settings.community_rate if key.kind == COMMUNITY else self.settings.user_rate
        with self._lock:
            # A renewed key goes on at the pace of the one before.
            counted = self._counted.setdefault(key.reference, hashlib.sha256(value.encode()).hexdigest()[:16])
        return Pace(counted, rate * _CALM)

    def _is_refused(self, method: Method, key: Key) -> bool:
        now = self._now()
        return any(self._refused.get((method.name, mark), -1.0) > now for mark in (key.reference, key.kind))

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

    def missing(self, method: Method, account: str, refusal: NetworkError | None = None) -> CapabilityMissing:
        """Make the error that names the kinds of keys and the right which would serve."""
        kinds = self._kinds(method) or method.kinds
        ru = " или ".join(KIND_NAMES[kind].ru for kind in kinds)
        en = " or ".join(KIND_NAMES[kind].en for kind in kinds)
        name, right = method.name, method.right
        told = Text(f" с правом «{right}»", f" with the right “{right}”") if right else Text("", "")
        told_code = refusal.network_code if refusal else ""
        what = (
            Text(
                f"Метод {name} не принял ни один из ключей (код {told_code}).",
                f"The method {name} took none of the keys (code {told_code}).",
            )
            if refusal
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

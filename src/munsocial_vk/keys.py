"""Which key to call with: the weakest that serves. What VK refused once is remembered and not tried again."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator

from munsocial.errors import CapabilityMissing, KeyKindRefused, NetworkError, QuotaSpent
from munsocial.network.keys import Key, KeyRing
from munsocial.transport.session import Pace
from munsocial.wording import Text
from munsocial_vk.methods import COMMUNITY, SERVICE, USER, Method
from munsocial_vk.settings import VkSettings

__all__ = ["KIND_NAMES", "KeyChoice", "missing_key"]

KIND_NAMES = {
    SERVICE: Text("сервисный ключ приложения", "the service key of an application"),
    COMMUNITY: Text("ключ сообщества", "a community key"),
    USER: Text("ключ пользователя", "a user key"),
}
# These codes speak of the kind of the key; others (15 with a sub-code, 20, 21, 1051) of its application or rights.
_ABOUT_KIND = frozenset({"27", "28"})
# Reading what everybody may see, by a method that takes user keys only.
_PUBLIC = frozenset({"photos.getComments", "video.getComments", "video.get", "wall.getComment"})
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

    def candidates(self, account: str, method: Method) -> tuple[Key, ...]:
        """Return keys to try for a method in the name of an account, weakest first; refused ones are left out."""
        return tuple(key for key in self._all(account, method) if not self._is_refused(method, key))

    def refuse(self, method: str, key: Key, error: NetworkError) -> None:
        """Remember that a method does not take this key, or no key of its kind."""
        about_kind = isinstance(error, KeyKindRefused) and error.network_code in _ABOUT_KIND
        until = self._now() + _DAY if isinstance(error, QuotaSpent) else math.inf
        with self._lock:
            self._refused[method, key.kind if about_kind else key.reference] = until

    def pace(self, key: Key) -> Pace:
        """Return how often a key may be used."""
        rate = self.settings.community_rate if key.kind == COMMUNITY else self.settings.user_rate
        return Pace(f"vk:{key.reference}", rate * _CALM)

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

    def _kinds(self, method: Method) -> tuple[str, ...]:
        """Return the kinds of keys for a method, without those that the settings rule out."""
        off = set()
        if method.name == "wall.post" and not self.settings.community_key_posts_text:
            off.add(COMMUNITY)
        if method.name in ("wall.deleteComment", "wall.restoreComment") and not self.settings.community_key_moderates:
            off.add(COMMUNITY)
        if method.name == "execute" and not self.settings.service_key_executes:
            off.add(SERVICE)
        if method.name == "groups.getMembers" and not self.settings.managers_by_service_key:
            off.add(SERVICE)
        return tuple(kind for kind in method.kinds if kind not in off)


def missing_key(method: Method, account: str, refusal: NetworkError | None = None) -> CapabilityMissing:
    """Make the error that names the kinds of keys and the right which would serve."""
    ru = " или ".join(KIND_NAMES[kind].ru for kind in method.kinds)
    en = " or ".join(KIND_NAMES[kind].en for kind in method.kinds)
    right = Text(f" с правом «{method.right}»", f" with the right “{method.right}”") if method.right else Text("", "")
    code = f" (код {refusal.network_code})" if refusal else ""
    what = (
        Text(
            f"Метод {method.name} не принял ни один из ключей{code}.",
            f"The method {method.name} took none of the keys{code}.",
        )
        if refusal
        else Text(f"Для метода {method.name} нет ключа.", f"There is no key for the method {method.name}.")
    )
    return CapabilityMissing(
        what,
        where=" / ".join(part for part in ("vk", method.name, account) if part),
        remedy=Text(f"Нужен {ru}{right.ru}.", f"Wanted: {en}{right.en}."),
    )

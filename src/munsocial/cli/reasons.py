"""Why accounts could not be seen, counted for a screen: the commonest reasons first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from munsocial.wording import Lang, Text

__all__ = ["counted"]

_SHOWN = 5
_LINE = Text("  {network}, аккаунтов {count}: {why}", "  {network}, accounts {count}: {why}")
_MORE = Text("  …и ещё причин: {count} (все — в снимке)", "  …and more reasons: {count} (all are in the snapshot)")


def counted(reasons: Iterable[tuple[str, Text]], lang: Lang) -> list[str]:
    """Return a line for each different (network, reason), at most a few of them."""
    by_count = Counter(reasons).most_common()
    lines = [_LINE.fill(network=network, count=count, why=why).say(lang) for (network, why), count in by_count[:_SHOWN]]
    if len(by_count) > _SHOWN:
        lines.append(_MORE.fill(count=len(by_count) - _SHOWN).say(lang))
    return lines

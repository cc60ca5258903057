"""Figures of a page: what is asked of ``stats.get`` and how its periods are added up. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from munsocial.model.content import Stats
from munsocial.network.drafts import Window
from munsocial_vk import wire
from munsocial_vk.decode import counted

__all__ = ["stats_of", "stats_params"]

# Reach of days cannot be added: the same people come on several days. Views and deeds can.
_ADDED = {
    ("visitors", "views"): "views",
    ("activity", "likes"): "likes",
    ("activity", "copies"): "reposts",
    ("activity", "comments"): "comments",
    ("activity", "subscribed"): "subscribed",
    ("activity", "unsubscribed"): "unsubscribed",
    ("activity", "hidden"): "hidden",
}


def stats_params(number: str | int, window: Window) -> dict[str, Any]:
    """Return the parameters of ``stats.get`` by day; VK counts days of its own zone."""
    return {
        "group_id": number,
        "timestamp_from": int(window.since.timestamp()),
        "timestamp_to": int(window.until.timestamp()) - 1,
        "interval": "day",
        "stats_groups": "visitors,reach,activity",
    }


def stats_of(periods: Iterable[wire.StatsPeriod | None], window: Window) -> Stats:
    """Add up the days; a figure that no day has stays absent, never zero."""
    figures: Counter[str] = Counter()
    raw: list[dict[str, Any]] = []
    for period in periods:
        if period is None:
            continue
        raw.append(period.model_dump(exclude_none=True))
        for (group, name), word in _ADDED.items():
            value = counted((getattr(period, group) or {}).get(name))
            if value is not None:
                figures[word] += value
    return Stats(since=window.since, until=window.until, figures=dict(figures), raw={"periods": raw})

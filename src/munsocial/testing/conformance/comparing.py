"""What was read against what is in the world: items one by one, moments, facts that were told, addresses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from munsocial.network.drafts import Page
from munsocial.testing.conformance.stage import Stage

__all__ = ["as_there", "listed", "named_as_there", "same_moment", "the_one", "web_addresses"]


def listed(value: Any, kind: type) -> tuple[Any, ...]:
    """Return the items of a page, all of one kind."""
    assert isinstance(value, Page), f"it returns {type(value).__name__} instead of munsocial.network.Page"
    assert all(isinstance(one, kind) for one in value.items), f"not all are {kind.__name__}: {value.items!r:.200}"
    return value.items


def the_one(items: tuple[Any, ...], id: str) -> Any:
    """Return the item of an id, which is there once."""
    found = [one for one in items if one.id == id]
    assert len(found) == 1, (
        f"{id} is there {len(found)} times instead of once, among {[one.id for one in items]!r:.200}"
    )
    return found[0]


def same_moment(seen: datetime, there: datetime, what: str) -> None:
    """Check that a moment is that of the world, to the second."""
    assert seen.utcoffset() is not None, f"{what} is read without a time zone: {seen.isoformat()}"
    away = abs((seen - there).total_seconds())
    assert away < 1, f"{what} is read as {seen.isoformat()}, in the world it is {there.isoformat()} ({away:.0f} s away)"


def as_there(seen: Any, **facts: Any) -> None:
    """Check that each fact is that of the world, or None: not told."""
    for name, there in facts.items():
        value = getattr(seen, name)
        assert value is None or value == there, f"{name} is read as {value!r}, in the world it is {there!r}"


def named_as_there(stage: Stage, id: str, seen: Any, field: str) -> None:
    """Check that a page or a person is named as in the world, or not at all; a part of a person's name may do."""
    told = getattr(seen, field)
    person = stage.there.users.get((stage.network, id))
    if person is None:
        as_there(seen, **{field: stage.there.page(stage.network, id).name})
        return
    parts = (person.first_name, person.last_name, person.handle) if "full_names" in stage.lacks else ()
    partly = any(part and part.casefold() in str(told).casefold() for part in parts)
    lacking = "a network that shows names otherwise (with an initial) says so in Stage.lacks: {'full_names'}"
    assert told in (None, person.name) or partly, (
        f"{field} is read as {told!r}, in the world it is {person.name!r}; {lacking}"
    )


def web_addresses(items: Iterable[Any], what: str, *, own: bool = False) -> None:
    """Check that addresses lead somewhere in the web, since people follow them; ``own``: each to another place."""
    urls = [one.url for one in items if one.url is not None]
    for url in urls:
        parts = urlsplit(url)
        assert parts.scheme in ("http", "https"), f"the address of {what} is {url!r:.200}: that is none of the web"
        assert parts.netloc, f"the address of {what} is {url!r:.200}, without a host"
    doubled = next((url for url in urls if urls.count(url) > 1), None)
    assert doubled is None or not own, f"two things have one address: {doubled!r:.200}, told for {what}"

"""A district connected to its networks: `connect` for ordinary code, `aconnect` for asynchronous code, one work inside.

Everything is written once, as coroutines over a port. The blocking face runs each coroutine to its end; the
asynchronous one awaits it. Nothing is kept between connections.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from munsocial.errors import NaiveTime
from munsocial.model.given import as_path, is_a, is_aware, is_function
from munsocial.model.registry import Registry
from munsocial.network.keys import Secrets
from munsocial.social.asynchronous import AsyncSocial
from munsocial.social.blocking import Social
from munsocial.social.link import Link
from munsocial.social.settings import tables
from munsocial.transport.pace import Pacer
from munsocial.transport.port import Port
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.journal.journal import Journal
    from munsocial.plugins import Plugins

_NO_ZONE = Text("часы дают время без часового пояса.", "the clock gives moments without a time zone.")
_GIVE_ZONE = Text("Дайте, например, lambda: datetime.now(UTC).", "Give lambda: datetime.now(UTC), for example.")

__all__ = ["AsyncSocial", "Social", "aconnect", "connect"]


def connect(
    registry: Registry,
    *,
    secrets: Secrets | None = None,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    port: Port | None = None,
    clock: Callable[[], datetime] | None = None,
    plugins: Plugins | None = None,
    journal: Journal | str | Path | None = None,
    beside: Path | None = None,
    only_read: bool = False,
    pacer: Pacer | None = None,
) -> Social:
    """Connect a district to its networks, for use in a ``with`` block; nothing is sent until something is asked.

    ``settings`` override the tables ``networks.<name>`` of the registry; ``port`` replaces the internet (a sandbox, a
    recording); ``clock`` gives the present moment, aware. ``journal`` is where deeds are recorded: an open one,
    a file or a database address; ``<municipality>.journal.sqlite`` in the current folder if none is given. It is opened
    when the first deed needs it. ``beside`` is the folder of the registry's file: acts of its own lie there.
    With ``only_read`` the journal is only read: nothing can be recorded, so nothing can be done. Connections of
    one program that use the same keys and are given one ``pacer`` (`munsocial.transport.Pacer`) take turns at each key;
    without one a connection keeps the pace of a key for itself alone.

    Raises:
        InputError: no register, a value of another kind, or ``settings`` are no tables; on entering: they are wrong,
            or of an unknown network.
        NaiveTime: the clock gives moments without a time zone.
    """
    _refuse_other(registry, plugins, journal)
    return Social(
        Link(
            registry,
            secrets,
            tables(settings),
            _aware(clock),
            plugins,
            port,
            True,
            journal,
            beside,
            only_read,
            pacer=pacer or Pacer(),
        )
    )


def aconnect(
    registry: Registry,
    *,
    secrets: Secrets | None = None,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    port: Port | None = None,
    clock: Callable[[], datetime] | None = None,
    plugins: Plugins | None = None,
    journal: Journal | str | Path | None = None,
    beside: Path | None = None,
    only_read: bool = False,
    pacer: Pacer | None = None,
) -> AsyncSocial:
    """Connect as `connect` does, for use in an ``async with`` block."""
    _refuse_other(registry, plugins, journal)
    return AsyncSocial(
        Link(
            registry,
            secrets,
            tables(settings),
            _aware(clock),
            plugins,
            port,
            False,
            journal,
            beside,
            only_read,
            pacer=pacer or Pacer(),
        )
    )


def _refuse_other(registry: object, plugins: object, journal: object) -> None:
    """See to it that what is first used later is of its kind.

    Raises:
        InputError: it is of another.
    """
    is_a(Registry, registry, "registry")
    if plugins is not None:
        from munsocial.plugins import Plugins

        is_a(Plugins, plugins, "plugins")
    if journal is not None and not isinstance(journal, str | Path):
        # Loaded here: a connection without deeds needs no database.
        from munsocial.journal.journal import Journal

        if not isinstance(journal, Journal):
            as_path(journal, "journal")


def _aware(clock: Callable[[], datetime] | None) -> Callable[[], datetime]:
    """Return a clock whose moments have a zone: one without would fail late, in the middle of a collection.

    Raises:
        NaiveTime: it gives none. InputError: it is no function.
    """
    if clock is None:
        return _utc_now
    is_function(clock, "clock", "lambda: datetime.now(UTC)")
    if not is_aware(clock()):
        raise NaiveTime(_NO_ZONE, where="clock", remedy=_GIVE_ZONE)
    return clock


def _utc_now() -> datetime:
    return datetime.now(UTC)

"""How a request travels: a port to the world, a session around it. A name costs only when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from munsocial.transport.http import AsyncPort, BlockingPort
    from munsocial.transport.port import Answer, FilePart, Port, Request, drive
    from munsocial.transport.session import Call, Pace, Pacer, Repeat, Session, TransportSettings

__all__ = [
    "Answer",
    "AsyncPort",
    "BlockingPort",
    "Call",
    "FilePart",
    "Pace",
    "Pacer",
    "Port",
    "Repeat",
    "Request",
    "Session",
    "TransportSettings",
    "drive",
]

_HOMES = {
    "Answer": "port",
    "AsyncPort": "http",
    "BlockingPort": "http",
    "Call": "session",
    "FilePart": "port",
    "Pace": "pace",
    "Pacer": "pace",
    "Port": "port",
    "Repeat": "session",
    "Request": "port",
    "Session": "session",
    "TransportSettings": "settings",
    "drive": "port",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value

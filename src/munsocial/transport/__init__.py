"""How a request travels: a port to the world, a session around it. A name costs only when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.lazily import named

if TYPE_CHECKING:
    from munsocial.transport.addresses import check_base_url, handed_over
    from munsocial.transport.faces import blocking, blocking_iterator, walk, walk_blocking
    from munsocial.transport.http import AsyncPort, BlockingPort
    from munsocial.transport.port import Answer, FilePart, Port, Request, drive
    from munsocial.transport.recorder import RecordingPort, ReplayPort
    from munsocial.transport.scrub import Scrub
    from munsocial.transport.session import Call, Pace, Pacer, Repeat, Session, TransportSettings
else:
    # Out of sight of type checkers, which would take every slip for a name.
    def __getattr__(name: str) -> object:
        return named(__name__, name, _HOMES)


__all__ = [
    "Answer",
    "AsyncPort",
    "BlockingPort",
    "Call",
    "FilePart",
    "Pace",
    "Pacer",
    "Port",
    "RecordingPort",
    "Repeat",
    "ReplayPort",
    "Request",
    "Scrub",
    "Session",
    "TransportSettings",
    "blocking",
    "blocking_iterator",
    "check_base_url",
    "drive",
    "handed_over",
    "walk",
    "walk_blocking",
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
    "RecordingPort": "recorder",
    "ReplayPort": "recorder",
    "Scrub": "scrub",
    "Session": "session",
    "TransportSettings": "settings",
    "blocking": "faces",
    "blocking_iterator": "faces",
    "check_base_url": "addresses",
    "drive": "port",
    "handed_over": "addresses",
    "walk": "faces",
    "walk_blocking": "faces",
}


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

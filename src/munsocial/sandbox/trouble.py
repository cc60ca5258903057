"""What a fault looks like on the wire: an answer of the network, an answer of something before it, or none at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from munsocial.sandbox.faces import Face, Refusing
from munsocial.sandbox.faults import IN_WORDS, Fault, FaultKind
from munsocial.transport.port import Answer, Request

__all__ = ["Lost", "Outcome", "answer_with"]

_HTML = {"content-type": "text/html; charset=utf-8"}
_STATUS = {"rate": 429, "flood": 429, "quota": 429, "key": 401, "captcha": 403, "permission": 403, "server": 500}


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer. ``sent`` False: the connection was refused, so nothing can have arrived."""

    sent: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes back, and after how many seconds."""

    answer: Answer | Lost
    delay: float = 0.0
    promised: int | None = None
    """Length of the body that was announced, where that is more than what came."""


def answer_with(fault: Fault | None, face: Face, request: Request) -> Outcome:
    """Let a face answer, or not, as the fault wants it."""
    if fault is None:
        return Outcome(face.handle(request))
    match fault.kind:
        case kind if kind in IN_WORDS:
            return Outcome(_refusal(kind, face, request))
        case FaultKind.UNREACHABLE:
            return Outcome(Lost(sent=False))
        case FaultKind.LOST_BEFORE:
            return Outcome(Lost(sent=True))
        case FaultKind.STATUS:
            return Outcome(_page(fault.status))
        case FaultKind.NOWHERE:
            return Outcome(_page(404))
        case FaultKind.REDIRECT:
            return Outcome(Answer(302, {**_HTML, "location": fault.location}, b""))
    answer = face.handle(request)
    if fault.kind is FaultKind.LOST_AFTER:
        return Outcome(Lost(sent=True))
    if fault.kind is FaultKind.DELAY:
        return Outcome(answer, fault.seconds)
    promised = len(answer.body) if fault.kind is FaultKind.CUT else None
    return Outcome(_spoilt(answer, fault), promised=promised)


def _refusal(kind: FaultKind, face: Face, request: Request) -> Answer:
    said = face.refuse(kind.value, request) if isinstance(face, Refusing) else None
    return said or _page(_STATUS[kind.value])


def _page(status: int) -> Answer:
    body = f"<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>"
    return Answer(status, _HTML, body.encode())


def _spoilt(answer: Answer, fault: Fault) -> Answer:
    match fault.kind:
        case FaultKind.CUT:
            body = answer.body[: len(answer.body) // 2]
        case FaultKind.EMPTY:
            body = b""
        case FaultKind.GARBAGE:
            body = b'{"\xff\xfe\x00' + answer.body[:16]
        case FaultKind.HUGE:
            body = b" " * fault.size
        case _:
            return _page(200)
    return replace(answer, body=body)

"""The fault matrix: what the other side does, and what a caller sees of it. Tests and the reference page read it."""

from __future__ import annotations

from dataclasses import dataclass

from faulty_server import (
    GOOD,
    Behaviour,
    answer,
    bomb,
    drip,
    endless,
    flood,
    head_without_end,
    inflating_nothing,
    reset,
    say,
    silence,
)
from munsocial import errors
from munsocial.errors import NetworkError

HTML = b"<!DOCTYPE html><html><body>Bad gateway</body></html>"


@dataclass(frozen=True)
class Cell:
    """One fault. ``sent`` counts requests that reach the server of a read (3 attempts) and of a write."""

    fault: str
    path: str
    act: Behaviour
    error: type[NetworkError]
    executed: bool | None
    read_sent: int = 3
    write_sent: int = 1


CELLS = (
    Cell("no answer", "/silence", silence, errors.DeadlineExceeded, None),
    Cell("head drips byte by byte", "/drip-head", drip(b"HTTP/1.1 200 OK\r\nX: "), errors.DeadlineExceeded, None),
    Cell(
        "body drips byte by byte",
        "/drip-body",
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
        errors.DeadlineExceeded,
        None,
    ),
    Cell("flood of interim answers (103)", "/flood", flood, errors.DeadlineExceeded, None),
    Cell("head without end", "/head", head_without_end, errors.UnreadableAnswer, None),
    Cell("connection closed without an answer", "/closed", say(), errors.Unreachable, None),
    Cell("connection reset", "/reset", reset, errors.Unreachable, None),
    Cell("body cut", "/cut", say(answer(length=1000)), errors.UnreadableAnswer, None),
    Cell("body longer than declared", "/long", say(answer(length=8)), errors.UnreadableAnswer, None),
    Cell(
        "two lengths that differ",
        "/lengths",
        say(answer(GOOD, "200 OK", "Content-Length: 7")),
        errors.UnreadableAnswer,
        None,
    ),
    Cell(
        "chunks that are none",
        "/chunks",
        say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        errors.UnreadableAnswer,
        None,
    ),
    Cell(
        "more behind the last chunk",
        "/chunks-long",
        say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + answer()),
        errors.UnreadableAnswer,
        None,
    ),
    Cell("not HTTP at all", "/garbage", say(b"\x00\x01garbage\r\n\r\n"), errors.UnreadableAnswer, None),
    Cell(
        "gzip bomb",
        "/bomb",
        say(answer(bomb(), "200 OK", "Content-Encoding: gzip")),
        errors.UnreadableAnswer,
        None,
        read_sent=1,
    ),
    Cell(
        "damaged gzip",
        "/damaged",
        say(answer(b"not gzip", "200 OK", "Content-Encoding: gzip")),
        errors.UnreadableAnswer,
        None,
    ),
    Cell("compressed body that never ends nor grows", "/nothing", inflating_nothing, errors.DeadlineExceeded, None),
    Cell("endless body", "/endless", endless, errors.UnreadableAnswer, None, read_sent=1),
    Cell("10 GB declared", "/huge", say(answer(length=10_000_000_000)), errors.UnreadableAnswer, None, read_sent=1),
    Cell(
        "HTML with status 200",
        "/html",
        say(answer(HTML, "200 OK", "Content-Type: text/html")),
        errors.UnreadableAnswer,
        None,
    ),
    Cell("HTML with status 502", "/html502", say(answer(HTML, "502 Bad Gateway")), errors.ServerFault, None),
    Cell("empty body", "/empty", say(answer(b"")), errors.UnreadableAnswer, None),
    Cell(
        "wrong charset",
        "/charset",
        say(answer('{"response": "ж"}'.encode("cp1251"), "200 OK", "Content-Type: application/json; charset=utf-8")),
        errors.UnreadableAnswer,
        None,
    ),
    Cell(
        "redirect to another host",
        "/redirect",
        say(answer(b"", "302 Found", "Location: https://elsewhere.example/")),
        errors.UnsafeAddress,
        None,
        read_sent=1,
    ),
    Cell(
        "redirect to a private address",
        "/redirect-private",
        say(answer(b"", "307 Temporary Redirect", "Location: http://169.254.169.254/latest/")),
        errors.UnsafeAddress,
        False,
        read_sent=1,
    ),
    Cell(
        "redirect for good",
        "/redirect-for-good",
        say(answer(b"", "308 Permanent Redirect", "Location: https://elsewhere.example/")),
        errors.UnsafeAddress,
        False,
        read_sent=1,
    ),
    Cell(
        "429 with Retry-After",
        "/429",
        say(answer(b"", "429 Too Many Requests", "Retry-After: 0.01")),
        errors.RateLimited,
        False,
        write_sent=3,
    ),
    Cell(
        "429 with a long Retry-After",
        "/429-long",
        say(answer(b"", "429 Too Many Requests", "Retry-After: 3600")),
        errors.RateLimited,
        False,
        read_sent=1,
    ),
    Cell(
        "429 with a Retry-After beyond all reason",
        "/429-huge",
        say(answer(b"", "429 Too Many Requests", "Retry-After: 99999999999999")),
        errors.RateLimited,
        False,
        read_sent=1,
    ),
    Cell(
        "429 with a negative or garbled Retry-After",
        "/429-garbled",
        say(answer(b"", "429 Too Many Requests", "Retry-After: -5")),
        errors.RateLimited,
        False,
        write_sent=3,
    ),
    Cell(
        "429 without Retry-After",
        "/429-bare",
        say(answer(b"", "429 Too Many Requests")),
        errors.RateLimited,
        False,
        write_sent=3,
    ),
    Cell(
        "500 with an unknown body", "/500", say(answer(b"oops", "500 Internal Server Error")), errors.ServerFault, None
    ),
    Cell("418 or another refusal", "/418", say(answer(b"", "418 X")), errors.RequestRefused, False, read_sent=1),
    Cell(
        "404 of something before the network",
        "/404",
        say(answer(HTML, "404 Not Found")),
        errors.Unreachable,
        False,
        write_sent=3,
    ),
    Cell("410 without a word", "/410", say(answer(b"", "410 Gone")), errors.Unreachable, False, write_sent=3),
    Cell(
        "404 with data that are no error of the network",
        "/404-data",
        say(answer(b'{"detail": "no route"}', "404 Not Found")),
        errors.Unreachable,
        False,
        write_sent=3,
    ),
    Cell(
        "404 in which the network says that nothing is there",
        "/404-said",
        say(answer(b'{"error": "absent"}', "404 Not Found")),
        errors.NotFound,
        False,
        read_sent=1,
    ),
    Cell(
        "key revoked in the middle",
        "/revoked",
        say(answer(b'{"error": "revoked"}')),
        errors.KeyInvalid,
        False,
        read_sent=1,
    ),
    Cell(
        "method failed inside a good answer", "/inband", say(answer(b'{"error": "failed"}')), errors.ServerFault, None
    ),
)

BEHAVIOURS: dict[str, Behaviour] = {cell.path: cell.act for cell in CELLS} | {"/good": say(answer(GOOD))}

_ELSEWHERE = (
    ("connection refused", "Unreachable", "no", "repeated", "repeated"),
    ("name not found in DNS", "Unreachable", "no", "repeated", "repeated"),
    ("connected, but TLS is never or not spoken", "Unreachable", "no", "repeated", "repeated"),
    ("certificate expired, of another name or not trusted", "Unreachable", "no", "sent once", "sent once"),
    ("proxy does not answer, refuses, floods or talks nonsense", "Unreachable", "no", "repeated", "repeated"),
    ("file that cannot be read to its end or changes on the way", "FileRefused", "no", "sent once", "sent once"),
    ("clock jumps", "none: time is taken from a clock that does not jump", "-", "-", "-"),
)


def table() -> str:
    """Return the matrix as it stands in ``docs/reference/faults.md``."""
    lines = ["| fault | error | executed | a read is | a write is |", "|---|---|---|---|---|"]
    words = {True: "yes", False: "no", None: "unknown"}
    for cell in CELLS:
        read = "sent once" if cell.read_sent == 1 else "repeated"
        write = "sent once" if cell.write_sent == 1 else "repeated"
        lines.append(f"| {cell.fault} | `{cell.error.__name__}` | {words[cell.executed]} | {read} | {write} |")
    lines += [f"| {fault} | `{error}` | {done} | {read} | {write} |" for fault, error, done, read, write in _ELSEWHERE]
    return "\n".join(lines).replace("| `none: ", "| none: ").replace("jump` |", "jump |")

"""Cassettes: answers of a network kept in a file, with secrets and personal data replaced, and played back without one.

A cassette is JSON: ``{"cassette": 1, "keep": [...], "calls": [{"request": {...}, "answer": {...}}]}``. Bodies that are
not text are kept in base64. Requests are told apart by method, address and parameters; equal ones are played in their
order. ``keep`` are the ids that were not replaced, so that a replay knows them too.
"""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from munsocial.errors import FileRefused
from munsocial.transport.port import Answer, Port, Request
from munsocial.transport.redact import MASK, Redactor
from munsocial.transport.scrub import SECRET_KEYS, Scrub
from munsocial.wording import Text

__all__ = ["RecordingPort", "ReplayPort"]

_KEPT_HEADERS = ("content-type", "retry-after", "date", "content-language")


def _print(request: Request, scrub: Scrub) -> dict[str, Any]:
    """Return what a request is recognised by."""
    redactor = Redactor((*request.secrets, *scrub.learned))
    parts = urlsplit(redactor.text(request.url))
    params = {**dict(parse_qsl(parts.query)), **request.query, **(request.form or {})}
    if isinstance(request.content, bytes):
        params["(body)"] = request.content.decode("utf-8", "replace")
    elif request.content is not None:
        params["(body)"] = "(stream)"
    clean = scrub.params({name: redactor.text(value) for name, value in _telling(params).items()})
    return {
        "method": request.method,
        "url": f"{parts.scheme}://{parts.hostname or ''}{parts.path}",
        "params": dict(sorted(clean.items())),
        "files": [[part.field, part.media_type] for part in request.files],
    }


def _telling(params: dict[str, str]) -> dict[str, str]:
    """Return the parameters that are no secrets: these tell one request from another."""
    return {name: value for name, value in params.items() if name.lower() not in SECRET_KEYS}


class RecordingPort:
    """A port around another one that keeps what passes; `close` writes the cassette."""

    def __init__(self, port: Port, path: Path | str, *, scrub: Scrub | None = None) -> None:
        self._port = port
        self._path = Path(path)
        self._scrub = scrub or Scrub()
        self._lock = threading.Lock()
        self._calls: list[dict[str, Any]] = []
        self._secrets: set[str] = set()

    async def send(self, request: Request, *, timeout: float) -> Answer:
        """Carry a request and keep it with its answer."""
        answer = await self._port.send(request, timeout=timeout)
        with self._lock:
            self._secrets.update(request.secrets)
            self._calls.append({"request": _print(request, self._scrub), "answer": self._kept(answer, request)})
        return answer

    def _kept(self, answer: Answer, request: Request) -> dict[str, Any]:
        headers = {name: value for name, value in answer.headers.items() if name in _KEPT_HEADERS}
        kept: dict[str, Any] = {"status": answer.status, "headers": headers}
        try:
            text = answer.body.decode()
        except UnicodeDecodeError:
            kept["base64"] = base64.b64encode(answer.body).decode()
            return kept
        kept["body"] = Redactor(request.secrets).text(self._scrub.body(text.encode()).decode())
        return kept

    async def sleep(self, seconds: float) -> None:
        """Wait through the inner port."""
        await self._port.sleep(seconds)

    async def together(self, jobs: Iterable[Callable[[], Awaitable[None]]], *, width: int) -> None:
        """Run jobs through the inner port."""
        await self._port.together(jobs, width=width)

    def now(self) -> float:
        """Return the clock of the inner port."""
        return self._port.now()

    def close(self) -> None:
        """Write the cassette, whole or not at all; secrets of any call are looked for in all of it once more."""
        with self._lock:
            cassette = {"cassette": 1, "keep": sorted(self._scrub.keep), "calls": self._calls}
            document = Redactor(self._secrets | self._scrub.learned).text(
                json.dumps(cassette, ensure_ascii=False, indent=1)
            )
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}.new")
        try:
            fresh.write_text(document, encoding="utf-8")
            fresh.replace(self._path)
        finally:
            fresh.unlink(missing_ok=True)

    def __enter__(self) -> RecordingPort:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ReplayPort:
    """A port that plays a cassette: no network, no waiting; its clock moves when somebody sleeps.

    With ``again`` the last answer to a request is played as often as it is asked for: a test repeats.

    Raises:
        FileRefused: the file is no cassette; from `send`, the cassette has no such call (left).
    """

    def __init__(self, path: Path | str, *, scrub: Scrub | None = None, again: bool = False) -> None:
        self._again = again
        self._where = str(path)
        calls, keep = _load(Path(path))
        self._scrub = scrub or Scrub(keep=keep)
        self._now = 0.0
        self._lock = threading.Lock()
        self._calls: dict[str, list[Answer]] = {}
        for call in calls:
            # What was recorded before a key was known for a secret holds it.
            call["request"]["params"] = _telling(call["request"]["params"])
            self._calls.setdefault(_key(call["request"]), []).append(_answer(call["answer"]))

    async def send(self, request: Request, *, timeout: float) -> Answer:
        """Return the next answer that was kept for such a request."""
        seen = _print(request, self._scrub)
        with self._lock:
            left = self._calls.get(_key(seen)) or self._alike(seen)
            if left:
                return left[0] if self._again and len(left) == 1 else left.pop(0)
        raise FileRefused(
            Text(f"На записи нет вызова {seen['url']}.", f"The cassette holds no (further) call of {seen['url']}."),
            where=self._where,
            remedy=Text("Запишите кассету заново.", "Record the cassette anew."),
        )

    def _alike(self, seen: dict[str, Any]) -> list[Answer] | None:
        """Find a call with values where this one has masks: it sends back what an answer of the cassette held."""
        if MASK not in _key(seen):
            return None
        return next((left for key, left in self._calls.items() if left and _fits(seen, json.loads(key))), None)

    async def sleep(self, seconds: float) -> None:
        """Move the clock."""
        with self._lock:
            self._now += max(0.0, seconds)

    async def together(self, jobs: Iterable[Callable[[], Awaitable[None]]], *, width: int) -> None:
        """Run jobs one after another, so that a replay is the same each time."""
        for job in jobs:
            await job()

    def now(self) -> float:
        """Return the seconds that were slept."""
        return self._now


def _fits(seen: Any, kept: Any) -> bool:
    """Tell whether two requests are the same but for what is masked in the first."""
    if isinstance(seen, dict) and isinstance(kept, dict):
        return seen.keys() == kept.keys() and all(_fits(one, kept[name]) for name, one in seen.items())
    if not isinstance(seen, str) or not isinstance(kept, str) or MASK not in seen:
        return bool(seen == kept)
    begin, *middle, end = seen.split(MASK)
    if not kept.startswith(begin):
        return False
    at = len(begin)
    for part in middle:
        place = kept.find(part, at)
        if place < 0:
            return False
        at = place + len(part)
    return kept.endswith(end) and at + len(end) <= len(kept)


def _key(request: dict[str, Any]) -> str:
    return json.dumps(request, sort_keys=True, ensure_ascii=False)


def _load(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        calls, keep = document["calls"], [str(one) for one in document.get("keep", ())]
        if document["cassette"] != 1 or not all({"request", "answer"} <= set(call) for call in calls):
            raise ValueError("version")
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise FileRefused(
            Text("Это не кассета этой версии.", "This is no cassette of this version."),
            where=str(path),
            remedy=Text("Запишите её заново.", "Record it anew."),
        ) from error
    return list(calls), keep


def _answer(kept: dict[str, Any]) -> Answer:
    body = base64.b64decode(kept["base64"]) if "base64" in kept else str(kept["body"]).encode()
    return Answer(int(kept["status"]), dict(kept["headers"]), body)

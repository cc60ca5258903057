"""Addresses that are a right, and secrets in answers: nowhere on a cassette or in an error, and it can be played."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from munsocial.transport import Answer, Request, drive
from munsocial.transport.recorder import RecordingPort, ReplayPort
from munsocial.transport.redact import Redactor
from munsocial.transport.scrub import Scrub

UPLOAD = "https://up.example/image/load?apiToken=S3cretS3cret&size=big"


@pytest.mark.parametrize(
    ("secret", "text", "shown"),
    [
        (UPLOAD, "see https://api.example/help", "see https://api.example/help"),
        (UPLOAD, "see https://up.example/image/load", "see https://up.example/image/load"),
        (UPLOAD, "/image/load?apiToken=other", "/image/load?apiToken=other"),
        (UPLOAD, f"at {UPLOAD}!", "at https://up.example/image/load?apiToken=***&size=***!"),
        (UPLOAD, f"at {UPLOAD[:-8]}", "at https://up.example/image/load?apiToken=***&size=***"),
        (UPLOAD, f"to={quote(UPLOAD, safe='')}", "to=https%3A%2F%2Fup.example***"),
        ("https://up.example/u/S3cretPlace", "https://up.example/u/S3cretPlace", "https://up.example/u/***"),
        ("https://up.example/u/S3cretPlace", "https://up.example/u/other", "https://up.example/u/other"),
        ("https://up.example/u?S3cretWord", "https://up.example/u?S3cretWord", "https://up.example/u?***"),
        ("https://up.example/u?x=1", "https://up.example/u?x=1", "https://up.example/u?x=1"),
        ("https://up.example", "https://up.example/u", "https://up.example/u"),
        (
            "rtmp://live.example/in?key=S3cretKey",
            "rtmp://live.example/in?key=S3cretKey",
            "rtmp://live.example/in?key=***",
        ),
    ],
)
def test_of_an_address_only_what_follows_its_host_is_secret(secret: str, text: str, shown: str) -> None:
    redactor = Redactor([secret])
    assert redactor.text(text) == shown
    assert redactor.text(shown) == shown


def test_a_password_before_the_host_is_hidden_with_it() -> None:
    secret = "postgres://me:S3cretWord@db.example/x"
    assert Redactor([secret]).text(f"at {secret}!") == "at ***!"


class Scripted:
    """A network that answers by the method or path that is asked for."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers

    async def send(self, request: Request, *, timeout: float) -> Answer:
        method = request.url.partition("?")[0].rpartition("/")[2]
        return Answer(200, {}, json.dumps(self.answers[method]).encode())

    async def sleep(self, seconds: float) -> None:
        """No wait."""

    async def together(self, jobs: object, *, width: int) -> None:
        """No jobs."""

    def now(self) -> float:
        return 0.0


ANSWERS: dict[str, Any] = {
    "server": {"upload_url": "https://up.example/load?act=add&hash=UploadHash1234"},
    "load": {"server": 1, "photo": "[]", "hash": "UploadHash5678"},
    "save": {"id": 1, "owner_id": -1, "access_key": "AccessKey99", "token": "short"},
    "post": {"post_id": 17},
    "events": {"server": "https://lp.example/wh1", "key": "LongPollKey77", "ts": "1"},
    "wh1": {"ts": "2", "updates": []},
    "live": {"stream": {"url": "rtmp://x", "key": "LiveKey123", "okmp_url": "okmp://x/?srv=1&key=LiveKey123"}},
    "check": {"error": {"redirect_uri": "https://id.example/check?session_token=Session99", "remixstlid": "Cookie77"}},
}
HIDDEN = ("UploadHash1234", "UploadHash5678", "AccessKey99", "LongPollKey77", "LiveKey123", "Session99", "Cookie77")


def publish(send: Callable[[Request], Any]) -> Any:
    """Do what adapters do: send back what answers hold."""

    def asked(method: str, **form: str) -> Any:
        return send(Request("POST", f"https://api.example/{method}", form=form))

    address = asked("server")["upload_url"]
    sent = send(Request("POST", address, secrets=(address,)))
    saved = asked("save", hash=sent["hash"], photo=sent["photo"])
    named = f"photo{saved['owner_id']}_{saved['id']}_{saved['access_key']}"
    place = asked("events")
    send(Request("GET", place["server"], query={"key": place["key"], "ts": place["ts"]}, secrets=(place["key"],)))
    asked("live")
    asked("check")
    return asked("post", attachments=named, media=json.dumps([{"id": saved["token"]}]))


def over(port: Any) -> Callable[[Request], Any]:
    return lambda request: json.loads(drive(port.send(request, timeout=1)).body)


def test_a_cassette_of_a_publication_holds_no_right_and_is_played(tmp_path: Path) -> None:
    path = tmp_path / "cassette.json"
    with RecordingPort(Scripted(ANSWERS), path) as recorder:
        recorded = publish(over(recorder))
    text = path.read_text(encoding="utf-8")
    assert [one for one in HIDDEN if one in text] == []
    assert "https://up.example/load" in text
    assert publish(over(ReplayPort(path))) == recorded == {"post_id": 17}


def test_a_cassette_that_was_recorded_before_a_key_was_hidden_is_still_played(tmp_path: Path) -> None:
    path = tmp_path / "cassette.json"
    asked = {
        "method": "GET",
        "url": "https://lp.example/wh1",
        "params": {"key": "LongPollKey77", "ts": "1"},
        "files": [],
    }
    kept = {"request": asked, "answer": {"status": 200, "headers": {}, "body": "{}"}}
    path.write_text(json.dumps({"cassette": 1, "keep": [], "calls": [kept]}), encoding="utf-8")
    request = Request("GET", "https://lp.example/wh1", query={"key": "LongPollKey77", "ts": "1"})
    assert drive(ReplayPort(path).send(request, timeout=1)).body == b"{}"


def test_a_word_under_a_key_that_may_be_a_secret_is_not_hidden_elsewhere() -> None:
    scrub = Scrub()
    scrub.body(b'{"key": "photo_1280", "code": "RU-KDA-23", "hash": "description"}')
    assert scrub.learned == set()

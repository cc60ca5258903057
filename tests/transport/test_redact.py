"""A secret in any of its forms is nowhere."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from munsocial.errors import FileRefused, RequestRefused, UnreadableAnswer
from munsocial.transport import Answer, Call, Request, Session, drive
from munsocial.transport.faults import LookFirst
from munsocial.transport.recorder import RecordingPort, ReplayPort
from munsocial.transport.redact import Redactor, guard_logs, guarding
from munsocial.transport.scrub import Scrub
from munsocial.wording import Text

SECRETS = st.text(min_size=10, max_size=60, alphabet=st.characters(codec="utf-8", exclude_characters="*\\"))


@given(SECRETS, st.integers(8, 10))
@example("Passw0rd://", 8)  # looks like an address behind whose host nothing stands
@example("Passw0rd://word/x", 8)
@example("a://Passw0rd?x", 8)
def test_all_forms_and_prefixes_vanish(secret: str, length: int) -> None:
    redactor = Redactor([secret])
    for form in (secret, quote(secret, safe=""), quote_plus(secret), base64.b64encode(secret.encode()).decode()):
        for shown in (form, form[:length]):
            cleaned = redactor.text(f"<<{shown}>>")
            assert shown not in cleaned
            assert cleaned.startswith("<<")


@pytest.mark.parametrize(
    "secret", ["S3cretWord/and=more&words", "db-login://me:S3cretWord@host/x", "S3cret+Word with 100%"]
)
@pytest.mark.parametrize("cut", [0, 4])
def test_a_secret_with_signs_in_it_vanishes_to_its_end(secret: str, cut: int) -> None:
    """Its forms begin alike: masked as the wrong one, the part behind the first sign would stay."""
    redactor = Redactor([secret])
    for form in (secret, quote(secret, safe=""), quote_plus(secret)):
        assert redactor.text(f"<{form[: len(form) - cut]}>") == "<***>"


@given(st.text(alphabet="abcXYZ019._-", min_size=12, max_size=40), st.text(alphabet="user:", max_size=5))
def test_a_secret_inside_a_longer_base64_text_vanishes(secret: str, before: str) -> None:
    whole = base64.b64encode(f"{before}{secret}".encode()).decode()
    left = Redactor([secret]).text(whole)
    kept = base64.b64decode(left.partition("***")[0] + "====", validate=False) if "***" in left else whole.encode()
    assert "***" in left
    assert secret[:8].encode() not in kept


def test_short_values_hide_nothing() -> None:
    assert Redactor(["1", ""]).text("1 of 21") == "1 of 21"


def test_reprs_show_no_secret() -> None:
    secret = "123456:AAtelegram-like-token"
    request = Request(
        "POST", f"https://api.example/bot{secret}/x", headers={"a": secret}, form={"t": secret}, secrets=(secret,)
    )
    shown = repr(request) + repr(Call(request, json.loads, "m"))  # type: ignore[arg-type]  # never called
    assert secret[:8] not in shown


class Counting:
    """A network that tells how often it was called."""

    def __init__(self) -> None:
        self.count = 0

    async def send(self, request: Request, *, timeout: float) -> Answer:
        self.count += 1
        return Answer(200, {}, str(self.count).encode())

    async def sleep(self, seconds: float) -> None:
        """No wait."""

    async def together(self, jobs: object, *, width: int) -> None:
        """No jobs."""

    def now(self) -> float:
        return 0.0


class Echo:
    """A network that repeats the key in its error, as the real ones do in ``request_params``."""

    def __init__(self, body: bytes = b"{}") -> None:
        self.body = body

    async def send(self, request: Request, *, timeout: float) -> Answer:
        logging.getLogger("httpcore.http11").debug("headers %s", request.headers)
        return Answer(200, {"content-type": "application/json"}, self.body)

    async def sleep(self, seconds: float) -> None:
        """No wait."""

    async def together(self, jobs: object, *, width: int) -> None:
        """No jobs."""

    def now(self) -> float:
        return 0.0


def test_a_key_that_the_network_repeats_is_masked_in_error_and_log(caplog: pytest.LogCaptureFixture) -> None:
    secret = "vk1.a.abcdefgh-ijkl"
    caplog.set_level(logging.DEBUG)
    guard_logs(["httpcore.http11"])

    def refuse(answer: Answer) -> None:
        try:
            raise KeyError(f"access_token={secret}")
        except KeyError as error:
            raise RequestRefused(Text(f"эхо {secret}", f"echo {quote(secret)}"), network_code=secret) from error

    request = Request("POST", "https://a.example/", headers={"authorization": secret}, secrets=(secret,))
    with pytest.raises(RequestRefused) as caught:
        drive(Session(Echo(), network="vk").call(Call(request, refuse, "m", "a")))
    error = caught.value
    assert (error.__cause__, error.__context__) == (None, None)
    assert secret[:8] not in f"{error} {error.say('en')} {error!r} {vars(error)} {caplog.text}"
    assert "headers" in caplog.text


def test_what_may_stand_there_is_told_as_such_by_a_decoder_too() -> None:
    secret = "vk1.a.abcdefgh-ijkl"

    def unnamed(answer: Answer) -> None:
        raise UnreadableAnswer(Text("Без номера.", "No number."), remedy=LookFirst(f"Посмотрите {secret}.", "Look."))

    request = Request("POST", "https://a.example/", secrets=(secret,))
    with pytest.raises(UnreadableAnswer) as caught:
        drive(Session(Echo(), network="vk").call(Call(request, unnamed, "m", "a")))
    assert isinstance(caught.value.remedy, LookFirst), "the step tells no other remedy beside a lost answer"
    assert secret[:8] not in caught.value.remedy.ru


def test_outside_of_a_call_records_are_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    guard_logs(["httpcore.http11"])
    caplog.set_level(logging.DEBUG)
    log = logging.getLogger("httpcore.http11")
    log.debug("a %s", "value-1234567")
    with guarding(Redactor(["value-1234567"])):
        log.debug("b %s", "value-1234567")
    assert [one.getMessage() for one in caplog.records] == ["a value-1234567", "b ***"]


BODY = {
    "response": {
        "items": [{"id": 5, "from_id": 1234567, "text": "Позвоните Ивановой +7 918 123-45-67", "date": 1700000000}],
        "profiles": [{"id": 1234567, "first_name": "Мария", "last_name": "Иванова"}],
        "groups": [{"id": 777, "name": "Гривенское поселение"}],
        "next": {"refresh_token": "new-token-abcdef"},
        "contact": {"note": "mail ivanova@example.org"},
    }
}
SECRET = "vk1.a.super-secret-key"


def record(path: Path) -> Request:
    request = Request(
        "POST",
        "https://api.vk.ru/method/wall.get",
        form={"owner_id": "-777", "access_token": SECRET, "echo": SECRET},
        secrets=(SECRET,),
    )
    body = json.dumps({**BODY, "echo": SECRET}, ensure_ascii=False).encode()
    with RecordingPort(Echo(body), path) as port:
        drive(port.send(request, timeout=1))
        drive(port.send(request, timeout=1))
    return request


def test_a_cassette_holds_neither_secrets_nor_persons(tmp_path: Path) -> None:
    path = tmp_path / "cassette.json"
    record(path)
    text = path.read_text(encoding="utf-8")
    for personal in ("Мария", "Иванова", "Ивановой", "918 123", "1234567", "ivanova@", "new-token", SECRET[:8]):
        assert personal not in text
    assert "Гривенское поселение" in text


def test_a_cassette_is_played_without_a_network_and_its_parts_still_fit(tmp_path: Path) -> None:
    path = tmp_path / "cassette.json"
    request = record(path)
    port = ReplayPort(path)
    answers = [json.loads(drive(port.send(request, timeout=1)).body)["response"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["items"][0]["from_id"] == answers[0]["profiles"][0]["id"]
    assert answers[0]["items"][0]["date"] == 1700000000
    assert len(answers[0]["profiles"][0]["first_name"]) == len("Мария")
    with pytest.raises(FileRefused, match=r"wall\.get"):
        drive(port.send(request, timeout=1))
    drive(port.sleep(5))
    assert port.now() == 5.0


@pytest.mark.parametrize("content", ["", "{}", '{"cassette": 2, "calls": []}', '{"cassette": 1, "calls": [{}]}'])
def test_a_file_that_is_no_cassette(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cassette.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileRefused, match="cassette"):
        ReplayPort(path)


@given(
    st.recursive(st.none() | st.integers() | st.text(), lambda more: st.lists(more) | st.dictionaries(st.text(), more))
)
def test_scrubbing_keeps_the_shape_of_any_document(document: object) -> None:
    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(one) for key, one in value.items()}
        return [shape(one) for one in value] if isinstance(value, list) else type(value).__name__

    raw = json.dumps(document).encode()
    assert shape(json.loads(Scrub().body(raw))) == shape(document)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-11-23T10:20:30+00:00", True),
        ("с 2026-11-23 по 2026-12-01", True),
        ("70000000000777", True),
        ("1794560400", True),
        ("+7 861 000-11-22", False),
        ("8 (861) 000-11-22", False),
        ("звоните 88610001122!", False),
    ],
)
def test_dates_and_ids_are_no_telephone_numbers(text: str, kept: bool) -> None:
    """A cassette whose moments and ids were replaced could not be played."""
    assert (Scrub().contacts(text) == text) is kept
    assert (Scrub().params({"since": text})["since"] == text) is kept


@pytest.mark.parametrize(
    ("situation", "item", "ids", "kept"),
    [
        ("beside an author", {"author": "710000001", "name": "Анна Каренина"}, (), ""),
        ("beside the number of an author", {"author_id": 710000001, "name": "Анна Каренина"}, (), ""),
        ("beside an id that is named for this network", {"reader": "710000001", "name": "Анна"}, ("reader",), ""),
        ("beside a page that is kept", {"author": "1", "name": "Администрация"}, (), "author name"),
        ("beside nobody", {"author": None, "name": "Администрация"}, (), "author name"),
        ("a page", {"id": "710000001", "name": "Администрация"}, (), "id name"),
    ],
)
def test_a_name_beside_a_person_vanishes_with_the_id(
    situation: str, item: dict[str, object], ids: tuple[str, ...], kept: str
) -> None:
    (clean,) = json.loads(Scrub(ids=ids, keep=("1",)).body(json.dumps({"items": [item]}).encode()))["items"]
    assert " ".join(name for name in item if clean[name] == item[name]) == kept, situation


OK_BODY = {
    "comments": [{"id": "c1", "author_id": "500000000001", "author_name": "Анна Верба", "text": "Вода"}],
    "members": [{"groupId": "700", "userId": "500000000001", "status": "ADMIN"}],
    "users": [{"uid": "500000000001", "name": "Анна Верба"}],
    "groups": [{"uid": "700", "name": "Садовое"}],
    "reply": {"reply_to_name": "Анна Верба", "reply_to_id": "500000000001"},
    "chats": [{"chat_id": "chat:C1", "participants": {"user:500000000001": 1764000000000}}],
    "sender": {"user_id": "user:500000000001", "name": "Анна Верба"},
    "ours": {"user_id": "group:700", "name": "Садовое"},
    "post": {"author_ref": "group:700", "guest": {"author_ref": "user:500000000001"}},
}


def test_persons_vanish_as_ok_writes_them_and_references_still_fit() -> None:
    clean = json.loads(Scrub(keep=("700",)).body(json.dumps(OK_BODY).encode()))
    text = json.dumps(clean, ensure_ascii=False)
    assert "500000000001" not in text
    assert "Верба" not in text
    person = clean["comments"][0]["author_id"]
    assert clean["members"][0]["userId"] == clean["users"][0]["uid"] == clean["reply"]["reply_to_id"] == person
    assert clean["sender"]["user_id"] == next(iter(clean["chats"][0]["participants"])) == f"user:{person}"
    assert clean["post"]["author_ref"] == clean["ours"]["user_id"] == "group:700"
    assert clean["groups"][0]["name"] == "Садовое"
    assert clean["members"][0]["status"] == "ADMIN"


def test_calls_about_kept_pages_are_told_apart_when_played(tmp_path: Path) -> None:
    path = tmp_path / "cassette.json"
    asked = [Request("POST", "https://api.ok.ru/fb.do", form={"uids": one}) for one in ("700", "701", "500")]
    with RecordingPort(Counting(), path, scrub=Scrub(keep=("700", "701"))) as recorder:
        recorded = [drive(recorder.send(one, timeout=1)).body for one in asked]
    port = ReplayPort(path)
    assert [drive(port.send(one, timeout=1)).body for one in reversed(asked)] == recorded[::-1]
    assert '"500"' not in path.read_text(encoding="utf-8")

"""Every cell of the fault matrix, over real sockets, for both ports, reads and writes."""

from __future__ import annotations

import dataclasses
import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import anyio
import pytest

from fault_matrix import BEHAVIOURS, CELLS, Cell, table
from faulty_server import FaultyServer, answer, say, serving
from munsocial.errors import DeadlineExceeded, KeyInvalid, NetworkError, NotFound, ServerFault, Unreachable
from munsocial.transport import (
    Answer,
    AsyncPort,
    BlockingPort,
    Call,
    Repeat,
    Request,
    Session,
    TransportSettings,
    drive,
)
from munsocial.wording import Text

SECRET = "vk1.a.S3cr/t+Key=with%odd&signs"
FORMS = (SECRET[:8], quote(SECRET, safe="")[:14], "dmsxLmEuUzNj", "S3cr%2Ft")
PATIENT = TransportSettings(backoff=0.01, backoff_max=0.02, max_body=1_000_000)
"""Time enough for a busy computer: only faults of time itself are met with short limits."""
QUICK_READ = dataclasses.replace(PATIENT, attempt=0.25)
QUICK_WRITE = dataclasses.replace(PATIENT, deadline=0.5)


def decode(answer: Answer) -> int:
    document = json.loads(answer.body)
    if document.get("error") == "revoked":
        raise KeyInvalid(Text(f"ключ {SECRET}", f"key {SECRET}"), network_code="5")
    if document.get("error") == "absent":
        raise NotFound(Text("нет такого", "no such thing"), network_code="15")
    if document.get("error"):
        raise ServerFault(Text("сбой", "fault"))
    return int(document["response"])


@pytest.fixture(scope="module")
def server() -> Iterator[FaultyServer]:
    with serving(BEHAVIOURS) as running:
        yield running


def make(server: FaultyServer, path: str, repeat: Repeat) -> Call[int]:
    request = Request(
        "POST",
        f"{server.base}{path}",
        query={"access_token": SECRET},
        headers={"authorization": f"Bearer {SECRET}"},
        form={"access_token": SECRET, "text": "Привет"},
        secrets=(SECRET,),
    )
    return Call(request, decode, "wall.get", "grivenskoye-vk", repeat=repeat)


def blocking(call: Call[int], settings: TransportSettings = PATIENT) -> int:
    with BlockingPort(settings) as port:
        return drive(Session(port, network="vk", settings=settings).call(call))


def asynchronous(call: Call[int], settings: TransportSettings = PATIENT) -> int:
    async def run() -> int:
        async with AsyncPort(settings) as port:
            return await Session(port, network="vk", settings=settings).call(call)

    return anyio.run(run)


FACES = pytest.mark.parametrize("face", [blocking, asynchronous], ids=["blocking", "async"])


def everything(error: BaseException, caplog: pytest.LogCaptureFixture) -> str:
    """Return all that anybody could see of an error: text, facts, chain, frames with their locals, logs."""
    seen = traceback.TracebackException.from_exception(error, capture_locals=True)
    ours = [frame for frame in seen.stack if "munsocial" in frame.filename]
    assert seen.__cause__ is None
    assert error.__context__ is None
    shown = [repr(error), str(error), error.say("en") if isinstance(error, NetworkError) else "", repr(vars(error))]
    return "\n".join([*shown, *(str(frame.locals) for frame in ours), caplog.text])


@FACES
@pytest.mark.parametrize("repeat", [Repeat.READ, Repeat.ONCE], ids=["read", "write"])
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.fault)
def test_a_fault_becomes_our_error_with_all_its_facts(
    cell: Cell, repeat: Repeat, face: type, server: FaultyServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = len(server.seen)
    quick = QUICK_READ if repeat is Repeat.READ else QUICK_WRITE
    with pytest.raises(NetworkError) as caught:
        face(make(server, cell.path, repeat), quick if cell.error is DeadlineExceeded else PATIENT)
    error, sent = caught.value, len(server.seen) - before
    assert type(error) is cell.error
    assert (error.network, error.method, error.account) == ("vk", "wall.get", "grivenskoye-vk")
    assert error.executed is cell.executed
    assert error.remedy or cell.path in ("/revoked", "/inband", "/404-said")
    # Nobody has to look what a reading did.
    assert repeat is not Repeat.READ or "before repeating" not in error.say("en")
    assert sent == (cell.read_sent if repeat is Repeat.READ else cell.write_sent)
    assert error.attempt == sent
    seen = everything(error, caplog)
    assert [form for form in FORMS if form in seen] == []


@FACES
@pytest.mark.parametrize("repeat", Repeat)
@pytest.mark.parametrize("path", ["/404", "/410", "/404-data"])
def test_an_address_that_the_network_gave_and_that_is_gone_is_not_asked_again(
    path: str, repeat: Repeat, face: type, server: FaultyServer
) -> None:
    """A new one has to be asked for: base_url and the proxy, which an address of our own makes suspect, are right."""
    before, call = len(server.seen), make(server, path, repeat)
    with pytest.raises(Unreachable) as caught:
        face(dataclasses.replace(call, request=dataclasses.replace(call.request, reach="loopback")), PATIENT)
    assert (caught.value.executed, caught.value.lasting, len(server.seen) - before) == (False, True, 1)
    assert "base_url" not in caught.value.say()


@FACES
def test_a_good_answer_is_decoded(face: type, server: FaultyServer) -> None:
    assert face(make(server, "/good", Repeat.ONCE)) == 1


@FACES
def test_a_write_with_a_key_of_idempotency_is_repeated_like_a_read(face: type, server: FaultyServer) -> None:
    before = len(server.seen)
    with pytest.raises(NetworkError) as caught:
        face(make(server, "/closed", Repeat.KEYED))
    assert len(server.seen) - before == 3
    assert caught.value.executed is None


@pytest.mark.parametrize("face", ["blocking", "asyncio", "trio"])
def test_a_port_without_a_session_logs_and_shows_no_key_that_the_server_repeats(
    face: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = say(answer(SECRET.encode(), "302 Found", f"Location: https://x.example/?t={SECRET}"))

    async def run() -> Answer:
        async with AsyncPort() as port:
            return await port.send(request, timeout=5)

    with serving({"/echo": echo}) as running:
        request = Request("POST", f"{running.base}/echo", query={"t": SECRET}, secrets=(SECRET,))
        if face == "blocking":
            with BlockingPort() as port:
                got = drive(port.send(request, timeout=5))
        else:
            got = anyio.run(run, backend=face)
    assert got.status == 302
    assert "httpcore" in caplog.text
    assert [form for form in FORMS if form in caplog.text + repr(got) + repr(request)] == []


def test_the_reference_page_holds_the_matrix() -> None:
    page = Path(__file__).parents[2] / "docs/reference/faults.md"
    assert table() in page.read_text(encoding="utf-8")

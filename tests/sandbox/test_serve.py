"""A world served on a real loopback address, met by an ordinary HTTP client."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from echo_face import EchoFace
from munsocial.errors import InputError
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.sandbox.multipart import parts_of
from munsocial.sandbox.port import Faces
from munsocial.sandbox.serve import SandboxServer, serve, serving
from munsocial.sandbox.things import Page
from munsocial.sandbox.world import World


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    world = World(datetime(2026, 11, 25, 10, tzinfo=UTC))
    world.add_page(Page("echo", "g"))
    with serving(world, faces={"echo": EchoFace(world)}) as server:
        yield server


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=5) as client:
        yield client


@pytest.mark.parametrize("way", ["host in the path", "network in the path", "header Host"])
def test_each_way_leads_to_the_face(server: SandboxServer, client: httpx.Client, way: str) -> None:
    if way == "header Host":
        answer = client.get(f"{server.root}/say", params={"что": "да"}, headers={"Host": "api.echo.example"})
    else:
        first = "api.echo.example" if way == "host in the path" else "echo"
        answer = client.get(f"{server.base(first)}/say", params={"что": "да"})
    assert answer.json() == {"path": "/say", "method": "GET", "что": "да"}


def test_as_a_proxy(server: SandboxServer) -> None:
    with httpx.Client(trust_env=False, proxy=server.root) as client:
        assert client.post("http://api.echo.example/say", data={"a": "б"}).json()["a"] == "б"


def test_writes_of_one_client_are_read_by_another(server: SandboxServer, client: httpx.Client) -> None:
    client.post(f"{server.base('echo')}/publish", data={"gid": "g", "text": "Привет, район!"})
    assert client.get(f"{server.base('echo')}/posts?gid=g").json() == ["Привет, район!"]
    assert sum(server.faces.calls.values()) == 2


def test_an_upload_address_leads_back_here_and_files_arrive_whole(server: SandboxServer, client: httpx.Client) -> None:
    content = bytes(range(256)) * 100 + b"\r\n--x\r\n"
    address = client.get(f"{server.base('echo')}/address").json()["url"]
    assert address.startswith(server.root)
    answer = client.post(address, data={"title": "Отчёт"}, files={"file": ("отчёт.bin", content)}).json()
    assert answer == {"digests": [hashlib.sha256(content).hexdigest()], "names": ["отчёт.bin"], "title": "Отчёт"}


def test_a_body_in_chunks_arrives_whole(server: SandboxServer, client: httpx.Client) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    pieces = iter([b"a=%D0%B1", b"&c=d"])
    assert client.post(f"{server.base('echo')}/say", content=pieces, headers=headers).json()["a"] == "б"


@pytest.mark.parametrize("kind", [FaultKind.CUT, FaultKind.LOST_AFTER])
def test_a_broken_connection_is_broken_for_real(server: SandboxServer, client: httpx.Client, kind: FaultKind) -> None:
    server.faces.faults.add(Fault(kind))
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(f"{server.base('echo')}/publish", data={"gid": "g", "text": "раз"})
    assert client.get(f"{server.base('echo')}/posts?gid=g").json() == ["раз"]


@pytest.mark.parametrize("path", ["/", "/nowhere.example/x"])
def test_what_leads_to_no_face_is_not_found(server: SandboxServer, client: httpx.Client, path: str) -> None:
    assert client.get(f"{server.root}{path}").status_code == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "example.org", "192.168.0.1"])
def test_only_a_loopback_address_is_served(host: str) -> None:
    with pytest.raises(InputError, match="локальном"):
        SandboxServer(Faces({}), host)


def test_a_taken_port_is_one_clear_error(server: SandboxServer) -> None:
    with pytest.raises(InputError, match="порт"):
        SandboxServer(Faces({}), "127.0.0.1", server.server_address[1])


@given(content=st.binary(max_size=200), text=st.text(max_size=50))
@settings(max_examples=100)
def test_any_bytes_survive_a_multipart_body(content: bytes, text: str) -> None:
    request = httpx.Request("POST", "http://h/", data={"t": text}, files={"f": ("n", content)})
    fields, (part,) = parts_of(request.read(), request.headers["content-type"])
    assert part.open().read() == content
    assert fields == {"t": text.encode("utf-8", "replace").decode("utf-8", "replace")}


def test_serving_until_interrupted_closes_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[SandboxServer] = []

    def interrupted(server: SandboxServer) -> None:
        served.append(server)
        raise KeyboardInterrupt

    monkeypatch.setattr(SandboxServer, "serve_forever", interrupted)
    world = World(datetime(2026, 11, 25, 10, tzinfo=UTC))
    with pytest.raises(KeyboardInterrupt):
        serve(world, port=0, faces={"echo": EchoFace(world)})
    assert served[0].socket.fileno() == -1


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: many\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n-5\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_a_length_that_is_none_is_refused_and_nothing_is_waited_for(server: SandboxServer, body: bytes) -> None:
    with socket.create_connection(server.server_address[:2], timeout=5) as line:  # type: ignore[arg-type]
        line.sendall(b"POST /echo/say HTTP/1.1\r\nHost: x\r\n" + body)
        assert line.recv(100).startswith(b"HTTP/1.1 413")

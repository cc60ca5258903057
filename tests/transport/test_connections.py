"""What happens before anything is sent: refused, no such name, certificate, proxy; and where we may connect at all."""

from __future__ import annotations

import dataclasses
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from faulty_server import Behaviour, answer, drip, flood, say, serving, silence
from munsocial.errors import FileRefused, InputError, NetworkError, RequestRefused, Unreachable, UnsafeAddress
from munsocial.transport import AsyncPort, BlockingPort, Call, Repeat, Request, Session, TransportSettings, drive
from munsocial.transport.addresses import check_base_url, check_reach, handed_over

HERE = Path(__file__).parent / "certificates"
QUICK = TransportSettings(deadline=2.0, attempt=0.5, backoff=0.01, backoff_max=0.02)


def blocking(request: Request, settings: TransportSettings = QUICK) -> object:
    with BlockingPort(settings) as port:
        return drive(Session(port, network="vk", settings=settings).call(_call(request)))


def asynchronous(request: Request, settings: TransportSettings = QUICK) -> object:
    async def run() -> object:
        async with AsyncPort(settings) as port:
            return await Session(port, network="vk", settings=settings).call(_call(request))

    return anyio.run(run)


def on_trio(request: Request, settings: TransportSettings = QUICK) -> object:
    async def run() -> object:
        async with AsyncPort(settings) as port:
            return await Session(port, network="vk", settings=settings).call(_call(request))

    return anyio.run(run, backend="trio")


def _call(request: Request) -> Call[object]:
    return Call(request, lambda got: json.loads(got.body), "wall.post", "a", repeat=Repeat.ONCE)


FACES = pytest.mark.parametrize("face", [blocking, asynchronous, on_trio], ids=["blocking", "asyncio", "trio"])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def tls_server(request: pytest.FixtureRequest) -> Iterator[int]:
    """Serve one good answer to each connection over TLS with the certificate named by the parameter."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(HERE / f"{request.param}.crt", HERE / f"{request.param}.key")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                link, _ = listener.accept()
                with context.wrap_socket(link, server_side=True) as safe:
                    safe.recv(65536)
                    safe.sendall(answer())
            except OSError:
                if listener.fileno() < 0:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(listener.getsockname()[1])
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


@FACES
def test_a_refused_connection_is_known_not_to_be_executed(face: type) -> None:
    with pytest.raises(Unreachable) as caught:
        face(Request("POST", f"http://127.0.0.1:{free_port()}/x"))
    assert caught.value.executed is False
    assert caught.value.attempt == 3


@FACES
def test_a_name_that_dns_does_not_know(face: type) -> None:
    with pytest.raises(Unreachable, match=r"nowhere\.invalid") as caught:
        face(Request("POST", "https://nowhere.invalid/x"))
    assert caught.value.executed is False


@FACES
@pytest.mark.parametrize("tls_server", ["expired"], indirect=True)
def test_an_expired_certificate_is_refused_once(face: type, tls_server: int) -> None:
    settings = dataclasses.replace(QUICK, ca_bundle=str(HERE / "expired.crt"))
    with pytest.raises(Unreachable, match="expired") as caught:
        face(Request("POST", f"https://localhost:{tls_server}/x"), settings)
    assert (caught.value.executed, caught.value.attempt) == (False, 1)


@FACES
@pytest.mark.parametrize("tls_server", ["valid"], indirect=True)
def test_an_authority_of_ones_own_is_trusted_when_named(face: type, tls_server: int) -> None:
    request = Request("POST", f"https://localhost:{tls_server}/x")
    with pytest.raises(Unreachable, match="self"):
        face(request)
    assert face(request, dataclasses.replace(QUICK, ca_bundle=str(HERE / "valid.crt"))) == {"response": 1}


def test_a_bundle_that_is_missing_is_named() -> None:
    with pytest.raises(FileRefused, match=r"none\.pem"):
        blocking(Request("POST", "https://localhost/x"), TransportSettings(ca_bundle="none.pem"))


@FACES
def test_a_dead_proxy_is_named(face: type) -> None:
    settings = dataclasses.replace(QUICK, proxy=f"http://user:pass-word@127.0.0.1:{free_port()}")
    with pytest.raises(Unreachable, match=r"[Пп]рокси") as caught:
        face(Request("POST", "https://api.example.org/x"), settings)
    assert caught.value.executed is False
    assert "pass-word" not in repr(settings) + str(caught.value)


@FACES
def test_a_proxy_that_refuses_is_named(face: type) -> None:
    with serving({"api.example.org:443": say(answer(b"", "407 Proxy Authentication Required"))}) as proxy:
        settings = dataclasses.replace(QUICK, proxy=proxy.base)
        with pytest.raises(Unreachable, match=r"[Пп]рокси") as caught:
            face(Request("POST", "https://api.example.org/x"), settings)
    assert caught.value.executed is False


@FACES
@pytest.mark.parametrize(
    "act",
    [
        silence,
        flood,
        drip(b"HTTP/1.1 200 Connection established\r\nX: "),
        say(),
        say(b"nonsense\r\n\r\n"),
        say(answer(b"", "502 Bad Gateway")),
        say(b"HTTP/1.1 200 Connection established\r\n\r\n", b"no TLS behind it"),
    ],
    ids=["silent", "flooding", "dripping", "closing", "talking nonsense", "failing", "leading nowhere"],
)
def test_what_was_only_said_to_a_proxy_is_no_call_and_is_said_again(face: type, act: Behaviour) -> None:
    """Without a limit of its own for the way to the server one silent proxy would take all the time there is."""
    settings = dataclasses.replace(QUICK, deadline=30, connect=0.2)
    with serving({"api.example.org:443": act}) as proxy:
        with pytest.raises(Unreachable) as caught:
            face(Request("POST", "https://api.example.org/x"), dataclasses.replace(settings, proxy=proxy.base))
        asked = len(proxy.seen)
    assert (caught.value.executed, caught.value.attempt, asked) == (False, 3, 3)


@FACES
def test_a_server_that_never_ends_its_handshake_takes_no_more_than_the_time_to_connect(face: type) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"https://127.0.0.1:{mute.getsockname()[1]}/x"
        with pytest.raises(Unreachable) as caught:
            face(Request("POST", address), dataclasses.replace(QUICK, deadline=30, connect=0.2))
    assert (caught.value.executed, caught.value.attempt) == (False, 3)


@FACES
def test_a_server_that_speaks_no_tls_is_told_from_one_that_refuses(face: type) -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def talk() -> None:
            while True:
                try:
                    link, _ = plain.accept()
                except OSError:
                    return
                with link:
                    link.recv(10)
                    link.sendall(b"220 mail.example ESMTP ready\r\n")

        threading.Thread(target=talk, daemon=True).start()
        with pytest.raises(Unreachable, match="TLS") as caught:
            face(Request("POST", f"https://127.0.0.1:{plain.getsockname()[1]}/x"))
        plain.shutdown(socket.SHUT_RDWR)
    assert caught.value.executed is False


@FACES
@pytest.mark.parametrize("tls_server", ["valid"], indirect=True)
def test_a_certificate_for_another_name_is_refused_once(
    face: type, tls_server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", tls_server))]

    async def resolved(*_: object, **__: object) -> object:
        return here

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: here)
    monkeypatch.setattr(anyio, "getaddrinfo", resolved)
    settings = dataclasses.replace(QUICK, ca_bundle=str(HERE / "valid.crt"))
    with pytest.raises(Unreachable, match=r"[Hh]ostname") as caught:
        face(Request("POST", f"https://elsewhere.example:{tls_server}/x"), settings)
    assert (caught.value.executed, caught.value.attempt) == (False, 1)


@pytest.mark.parametrize("proxy", ["socks5://h:1", "nonsense", "http://", "http://xn--:1"])
def test_a_proxy_of_another_kind_is_refused(proxy: str) -> None:
    with pytest.raises(InputError, match="proxy"):
        BlockingPort(TransportSettings(proxy=proxy))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://api.vk.ru/method", "a key would travel in clear text"),
        ("ftp://api.vk.ru/", "not http"),
        ("https:///x", "no host"),
        ("no-scheme", "not an address"),
        ("https://xn--.up.example/", "no name of letters stands behind it"),
    ],
)
def test_addresses_that_are_never_connected_to(url: str, why: str) -> None:
    with pytest.raises(RequestRefused) as caught:
        blocking(Request("GET", url))
    assert caught.value.executed is False, why


def test_a_header_that_would_split_the_request_is_refused() -> None:
    with serving({"/x": say(answer())}) as server, pytest.raises(NetworkError) as caught:
        blocking(Request("GET", f"{server.base}/x", headers={"x": "a\r\nInjected: 1"}))
    assert caught.value.executed is False
    assert server.seen == []


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://api.vk.ru/method/", True),
        ("http://127.0.0.1:8000/method/", True),
        ("http://[::1]:8000/", True),
        ("http://localhost/", True),
        ("http://api.vk.ru/method/", False),
        ("http://127.0.0.1.example.org/", False),
        ("https://user:pw@api.vk.ru/", False),
        ("api.vk.ru", False),
        ("", False),
        ("https://api.vk.ru\\@evil.example/", False),
        ("https://api.vk.ru:port/", False),
        ("https://api.vk.ru/method/?v=5", False),
        ("https://api.vk.ru/#", False),
    ],
)
def test_base_url(url: str, good: bool) -> None:
    if good:
        assert check_base_url(url) == url
        return
    with pytest.raises(InputError, match="base_url"):
        check_base_url(url)


HOSTS = ("vk.com", "userapi.com")


@pytest.mark.parametrize(
    ("url", "base", "reach"),
    [
        ("https://pu.vk.com/c1/upload.php?act=do", "https://api.vk.ru/", "public"),
        ("https://VK.com./x", "https://api.vk.ru/", "public"),
        ("http://127.0.0.1:5000/upload", "http://127.0.0.1:5000/method/", "loopback"),
        ("http://pu.vk.com/x", "https://api.vk.ru/", None),
        ("https://evil.example/x", "https://api.vk.ru/", None),
        ("https://evilvk.com/x", "https://api.vk.ru/", None),
        ("https://vk.com.evil.example/x", "https://api.vk.ru/", None),
        ("https://vk.com@evil.example/x", "https://api.vk.ru/", None),
        ("https://user:pw@vk.com/x", "https://api.vk.ru/", None),
        ("https://evil.example#.vk.com", "https://api.vk.ru/", None),
        ("https://evil.example\\.vk.com/", "https://api.vk.ru/", None),
        ("https://vk.com\n.evil.example/", "https://api.vk.ru/", None),
        ("http://127.0.0.1:5000/upload", "https://api.vk.ru/", None),
        ("https://169.254.169.254/", "http://127.0.0.1/", None),
        ("https://2130706433/", "https://api.vk.ru/", None),
        ("file:///etc/passwd", "https://api.vk.ru/", None),
        ("", "https://api.vk.ru/", None),
    ],
)
def test_an_address_that_a_network_hands_over(url: str, base: str, reach: str | None) -> None:
    request = Request("POST", url)
    if reach is not None:
        assert handed_over(request, hosts=HOSTS, base_url=base).reach == reach
        return
    with pytest.raises(UnsafeAddress) as caught:
        handed_over(request, hosts=HOSTS, base_url=base)
    assert caught.value.executed is False
    assert caught.value.remedy is not None
    assert "upload_hosts: все прежние узлы и новый" in caught.value.remedy.ru  # what is given replaces the whole list


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("87.240.132.72", True),
        ("2a00:bdc0::1", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_where_a_name_may_lead(number: str, public: bool) -> None:
    if public:
        check_reach(number, "public")
        return
    with pytest.raises(UnsafeAddress):
        check_reach(number, "public")


@FACES
def test_a_handed_over_name_that_leads_inside_is_not_connected_to(face: type, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def inside(host: str | bytes, port: int, *args: object, **more: object) -> list[object]:
        asked.append(host.decode() if isinstance(host, bytes) else host)
        numbers = ("93.184.216.34", "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", inside)
    request = handed_over(Request("POST", "https://pu.vk.com/upload"), hosts=HOSTS)
    with pytest.raises(UnsafeAddress) as caught:
        face(request)
    assert caught.value.executed is False
    assert asked == ["pu.vk.com"]

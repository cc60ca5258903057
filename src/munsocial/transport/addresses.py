"""Addresses: which may be set, which may be followed when a network hands them over, and where a name leads.

What a network hands over (an upload address, a file) is followed only to the hosts that its adapter names, over https,
to public addresses, with no credentials in it and with no redirect. The name is resolved once, and the connection goes
to the very addresses that were checked.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import queue
import re
import socket
import threading
from collections.abc import Iterable
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from munsocial.errors import InputError, UnsafeAddress
from munsocial.transport.port import Request
from munsocial.wording import Text

__all__ = [
    "BASE_WANTED",
    "Reach",
    "check_base_url",
    "check_reach",
    "flaw_of_base",
    "handed_over",
    "is_loopback",
    "resolve",
]

Reach = Literal["any", "public", "loopback"]

BASE_WANTED = Text("Укажите адрес вида https://узел/путь/.", "Give an address like https://host/path/.")
_PLAIN = re.compile(r"[!-\[\]-~]+")
"""Printable ASCII without a backslash: parsers disagree about everything else."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCALHOST = ("127.0.0.1", "::1")


def check_base_url(url: str, *, where: str = "base_url") -> str:
    """Return an address of settings that may be used: https, or http to this very computer.

    Raises:
        InputError: it may not; ``where`` names the setting.
    """
    if (flaw := flaw_of_base(url)) is not None:
        raise InputError(flaw, where=where, remedy=BASE_WANTED)
    return url


def flaw_of_base(url: str) -> Text | None:
    """Return why an address of settings may not be used; None: it may."""
    parts = _split(url)
    if parts is None or not parts.hostname or parts.scheme not in ("http", "https"):
        return Text("Это не адрес http(s).", "This is not an http(s) address.")
    if parts.username is not None or parts.password is not None:
        return Text("В адресе не должно быть логина и пароля.", "An address may hold no credentials.")
    if "?" in url or "#" in url:  # what is asked for is appended to it
        return Text("В адресе не должно быть «?» и «#».", "An address may hold neither “?” nor “#”.")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        return Text("http допустим только для этого же компьютера.", "http is only for this computer.")
    return None


def handed_over(request: Request, *, hosts: Iterable[str], base_url: str = "") -> Request:
    """Return a request to an address that a network gave us, checked, and bound to be checked again when connecting.

    ``hosts`` are names of the adapter; a name covers its subdomains. ``base_url`` is that of the settings: when it
    leads to this very computer (a sandbox), so may the address.

    Raises:
        UnsafeAddress: it may not be followed; nothing was sent.
    """
    parts = _split(request.url)
    if parts is None or not parts.hostname:
        raise _unsafe(Text("это не адрес", "it is not an address"))
    if parts.username is not None or parts.password is not None:
        raise _unsafe(Text("в нём есть логин или пароль", "it holds credentials"))
    base = _split(base_url)
    if is_loopback(parts.hostname) and base is not None and is_loopback(base.hostname or ""):
        return dataclasses.replace(request, reach="loopback")
    if parts.scheme != "https":
        raise _unsafe(Text("это не https", "it is not https"))
    if not _covered(parts.hostname, hosts):
        stranger = Text("узел {host} не из разрешённых", "its host {host} is not among the allowed ones")
        raise _unsafe(stranger.fill(host=parts.hostname[:253]))
    return dataclasses.replace(request, reach="public")


def _split(url: str) -> SplitResult | None:
    if not _PLAIN.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _covered(host: str, hosts: Iterable[str]) -> bool:
    host = host.rstrip(".").lower()
    return any(host == one or host.endswith(f".{one}") for one in (name.strip(".").lower() for name in hosts) if one)


def _unsafe(why: Text) -> UnsafeAddress:
    error = UnsafeAddress(
        Text(
            "Адрес, который дала сеть, не безопасен: {why}.", "The address that the network gave is not safe: {why}."
        ).fill(why=why),
        remedy=Text(
            "Ничего не отправлено. Если сеть сменила узлы, перепишите в её настройках весь список upload_hosts: "
            "все прежние узлы и новый.",
            "Nothing was sent. If the network has changed its hosts, write the whole list upload_hosts in its "
            "settings: all the former hosts and the new one.",
        ),
    )
    error.lasting = True
    return error


def is_loopback(host: str) -> bool:
    """Does a host, by its name or number, mean this very computer?"""
    if host.rstrip(".").lower() == "localhost":
        return True
    address = _number(host)
    return address is not None and _inner(address).is_loopback


def check_reach(address: str, reach: Reach) -> None:
    """Check a resolved address.

    Raises:
        UnsafeAddress: it is not where the request may lead.
    """
    if reach == "any":
        return
    found = _number(address)
    if found is None:
        raise _unsafe(Text("узел не определён", "its host is not resolved"))
    inner = _inner(found)
    if reach == "loopback" and not inner.is_loopback:
        raise _unsafe(Text("он ведёт с этого компьютера", "it leads away from this computer"))
    if reach == "public" and (not inner.is_global or inner.is_multicast or inner.is_reserved):
        raise _unsafe(Text("он ведёт во внутреннюю сеть", "it leads into a private network"))


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def _inner(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the IPv4 address that an IPv6 one wraps (mapped, 6to4, Teredo, NAT64), or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def known(host: str) -> tuple[str, ...] | None:
    """Return the addresses of a host that need no question: numbers and localhost (RFC 6761)."""
    if _number(host) is not None:
        return (host.strip("[]"),)
    return _LOCALHOST if host.rstrip(".").lower() == "localhost" else None


def resolve(host: str, port: int, timeout: float) -> tuple[str, ...]:
    """Return the addresses of a name, blocking no longer than ``timeout``.

    The system's resolver cannot be interrupted, so it is asked in a thread of its own.

    Raises:
        OSError: there is no such name, or no answer in time.
    """
    numbers = known(host)
    if numbers is not None:
        return numbers
    box: queue.SimpleQueue[tuple[str, ...] | OSError] = queue.SimpleQueue()
    threading.Thread(target=_ask, args=(host, port, box), name="munsocial-resolve", daemon=True).start()
    try:
        found = box.get(timeout=max(0.0, timeout))
    except queue.Empty:
        raise TimeoutError("no answer from DNS") from None
    if isinstance(found, OSError):
        raise found
    return found


def _ask(host: str, port: int, box: queue.SimpleQueue[tuple[str, ...] | OSError]) -> None:
    try:
        box.put(numbers_of(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    except OSError as error:
        box.put(error)
    except UnicodeError:
        box.put(OSError("not a name"))


def numbers_of(found: Iterable[tuple[object, object, object, str, tuple[object, ...]]]) -> tuple[str, ...]:
    """Return the addresses of what ``getaddrinfo`` found, each once, in its order."""
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))

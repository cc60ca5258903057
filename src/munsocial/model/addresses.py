"""Addresses in networks: whose site they stand on, what page they name, and which of them a text holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

__all__ = ["Address", "Site", "addresses_in", "is_handle", "read_address", "short_handle", "site_of"]


class Site(NamedTuple):
    """How a network writes the addresses of pages."""

    hosts: tuple[str, ...]
    community: str = ""
    """What stands before the number of a community, as a regular expression."""
    profile: str = ""
    """The same before the number of a person."""
    before_handle: str = ""
    sections: str = ""
    """What may stand after a page, as a regular expression: lists of it, that people copy with its address."""
    things: str = ""
    """What stands where a handle would and is something on a page, as a regular expression."""
    guessed: bool = False
    """Nobody described the network: its hosts are those of pages that were seen, if any."""

    def number_in(self, address: Address, kind: str) -> str | None:
        """The number of a page in its address; a person may bear the number of a community."""
        before = self.profile if kind == "profile" else self.community
        found = re.fullmatch(f"(?:{before})([0-9]{{1,24}})", address.path) if before else None
        return found[1] if found and address.host in self.hosts else None

    def handle_in(self, address: Address) -> str | None:
        """The handle in the address of a page; what stands deeper is another thing of that site."""
        handle = address.path.removeprefix(self.before_handle)
        return handle if address.host in self.hosts and handle and "/" not in handle else None


_VK = "vk.com"
_SITES = {
    "vk": Site(
        (_VK, "vk.ru", "vkontakte.ru", "vk.me", "new.vk.com"),
        "club|public|event",
        "id",
        things=r"(?:wall|photo|video|clip|topic|album|audio|doc|product|story)s?(?:-[0-9]+(?:_[0-9]+)?|[0-9]+_[0-9]+)",
    ),
    "ok": Site(
        ("ok.ru", "odnoklassniki.ru"),
        "group/?",
        "profile/",
        sections="topics|members|photos|albums|video|links|about|statuses|friends|groups|market",
    ),
    "telegram": Site(("t.me", "telegram.me"), before_handle="s/"),
    "max": Site(("max.ru",)),
}
_FIRST_OF = {host: site.hosts[0] for site in _SITES.values() for host in site.hosts}
# Only signs that an address may hold: a dash, a quote or an unseen space ends it, and "http" begins the next one.
_IN_TEXT = re.compile(
    r"(?:(?<![\w.-])|(?=https?://))(?:https?://)?[\w.-]{3,253}(?::[0-9]{1,5})?[/?](?:(?!https?://)[\w.~:/?#@!$&*+,;=%-])*",
    re.IGNORECASE,
)
_AFTER = ".,;:!?"
_WINDOW = re.compile(r"(wall-?[0-9]{1,24}_[0-9]{1,24})(?:_r([0-9]{1,24}))?")


class Address(NamedTuple):
    """An address in one spelling: no scheme, one host of a site, no case, parameters in no order."""

    host: str
    path: str
    params: frozenset[tuple[str, str]]

    def leads_to(self, other: Address) -> bool:
        """Tell whether this is the other address; parameters beside those of the other change nothing."""
        return self[:2] == other[:2] and other.params <= self.params

    def denies(self, other: Address) -> bool:
        """Tell whether a parameter of both says something else: another comment under the same post."""
        mine = dict(self.params)
        return any(mine.get(name, value) != value for name, value in other.params)

    def value_of(self, name: str) -> str:
        """The value of a parameter, "" where the address has none of that name."""
        return next((value for known, value in self.params if known == name), "")

    @property
    def shown(self) -> Address:
        """The post that VK shows in a window above the page (``?w=wall-1_2``), else the address itself."""
        found = _WINDOW.fullmatch(self.value_of("w")) if self.host == _VK else None
        if found is None:
            return self
        rest = frozenset(one for one in self.params if one[0] != "w")
        return Address(self.host, found[1], rest | {("reply", found[2])} if found[2] else rest)


def read_address(url: str | None) -> Address | None:
    """Read an address; None for what is none."""
    whole = url or ""
    try:
        parts = urlsplit(whole if "://" in whole else f"https://{whole}")
        params = parse_qs(parts.query, max_num_fields=100)
    except ValueError:
        return None
    host = _host(parts.hostname)
    if "." not in host:
        return None
    known = frozenset((name, value) for name, values in params.items() for value in values[:1])
    return Address(host, parts.path.strip("/").casefold(), known)


def short_handle(network: str, handle: str) -> str:
    """Return what a handle is without the site before it: people copy the address of a page, or write ``@name``.

    A slash too many and the list on which the address was copied (``group/5/topics``) are left off.
    """
    site = _SITES.get(network)
    if site is None or not ("/" in handle or handle.startswith("@")):
        return handle
    written = handle if "://" in handle else handle.strip("/")
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
        on_site = _host(parts.hostname) in site.hosts
    except ValueError:
        return handle
    name = parts.path.strip("/").removeprefix(site.before_handle) if on_site else written
    page, _, last = name.rpartition("/")
    if page and site.sections and re.fullmatch(site.sections, last):
        name = page
    return name.lstrip("@") or handle


def is_handle(network: str, handle: str) -> bool:
    """Tell whether a handle may name a page of its network: a name, or a number in the network's own spelling.

    VK and Odnoklassniki give out names in Latin letters only: a Russian «а» among them makes another address.
    """
    site = _SITES.get(network)
    if site is None or not site.community:
        return True
    if not handle.isascii():
        return False
    if "/" not in handle:
        return not site.things or re.fullmatch(site.things, handle, re.IGNORECASE) is None
    return re.fullmatch(f"(?:{site.community}|{site.profile})[0-9]{{1,24}}", handle) is not None


def addresses_in(text: str) -> Iterator[Address]:
    """Read the addresses that a text holds, each as a whole."""
    for found in _IN_TEXT.finditer(text):
        address = read_address(found[0].rstrip(_AFTER))
        if address is not None:
            yield address


def site_of(network: str, *pages: str | None) -> Site:
    """How a network writes addresses; of one that nobody described, the hosts of its pages that were seen."""
    known = _SITES.get(network)
    if known is not None:
        return known
    return Site(tuple({address.host for page in pages if page and (address := read_address(page))}), guessed=True)


def _host(name: str | None) -> str:
    host = (name or "").removeprefix("www.").removeprefix("m.")
    return _FIRST_OF.get(host, host)

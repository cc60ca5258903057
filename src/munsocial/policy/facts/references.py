"""What a page's own posts refer to: posts that they repost, addresses that they hold. Read once for a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from munsocial.model.addresses import Address, addresses_in
from munsocial.model.content import RepostSource
from munsocial.policy.case import Case, Page
from munsocial.policy.facts.publications import stands

__all__ = ["References", "references_of"]

_COMMENT = "reply"  # the parameter by which an address of a post names a comment under it


@dataclass(frozen=True, slots=True)
class References:
    """Reposts by the number of the source, and addresses, each with the moment of the latest post that has it."""

    reposts: dict[str, list[tuple[datetime, RepostSource]]] = field(default_factory=dict)
    links: dict[tuple[str, str], dict[str, dict[Address, datetime]]] = field(default_factory=dict)
    """By host and path, then by the comment named: a thousand links to other comments are not looked through."""

    def near(self, place: Address, asked: Address | None) -> Iterator[tuple[datetime, Address]]:
        """Yield the addresses of the page of a place that may lead to it, without those of other comments."""
        known = self.links.get(place[:2], {})
        comment = asked.value_of(_COMMENT) if asked else ""
        for name in dict.fromkeys((comment, "")) if comment else known:
            for address, at in known.get(name, {}).items():
                yield at, address

    def add(self, address: Address, at: datetime) -> None:
        """Note an address that a post has."""
        known = self.links.setdefault(address[:2], {}).setdefault(address.value_of(_COMMENT), {})
        known[address] = max(at, known.get(address, at))


def references_of(case: Case, page: Page) -> References:
    """What the own posts of a page refer to that stand on it: a guest's post is no word of ours."""
    known = case.references.get(page.id)
    if known is None:
        known = case.references[page.id] = _read(case, page)
    return known


def _read(case: Case, page: Page) -> References:
    found = References()
    latest: dict[tuple[str, str], tuple[datetime, RepostSource]] = {}
    for post in page.view.posts.value or ():
        if not post.by_owner or post.at > case.at or not stands(post, case.at):
            continue
        source = post.source
        if source and source.post_id:
            key = source.post_id, source.network_id
            latest[key] = max(latest.get(key, (post.at, source)), (post.at, source), key=lambda one: one[0])
        if "/" in post.text:
            for address in addresses_in(post.text):
                found.add(address.shown, post.at)
    for (number, _), last in latest.items():
        found.reposts.setdefault(number, []).append(last)
    return found

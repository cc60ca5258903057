"""What a page's own posts refer to: posts that they repost, addresses that they hold. Read once for a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from munsocial.model.addresses import Address, addresses_in
from munsocial.model.content import RepostSource
from munsocial.policy.case import Case, Page
from munsocial.policy.rules.publications import stands

__all__ = ["References", "references_of"]


@dataclass(frozen=True, slots=True)
class References:
    """Reposts by the number of the source, addresses by their path, each with the moment of the post."""

    reposts: dict[str, list[tuple[datetime, RepostSource]]] = field(default_factory=dict)
    links: dict[str, list[tuple[datetime, Address]]] = field(default_factory=dict)


def references_of(case: Case, page: Page) -> References:
    """What the own posts of a page refer to that stand on it: a guest's post is no word of ours."""
    known = case.references.get(page.id)
    if known is None:
        known = case.references[page.id] = _read(case, page)
    return known


def _read(case: Case, page: Page) -> References:
    found = References()
    for post in page.view.posts.value or ():
        if not post.by_owner or post.at > case.at or not stands(post, case.at):
            continue
        if post.source and post.source.post_id:
            found.reposts.setdefault(post.source.post_id, []).append((post.at, post.source))
        if "/" in post.text:
            for address in addresses_in(post.text):
                found.links.setdefault(address.path, []).append((post.at, address))
    return found

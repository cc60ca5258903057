"""The publications of a page that a rule may judge: its own, published, within the time that was seen."""

from __future__ import annotations

from datetime import datetime

from munsocial.model.content import Post, PostKind, PostState
from munsocial.policy.case import Case, Page
from munsocial.policy.force import Force
from munsocial.wording import Text

__all__ = ["POSTS", "own_texts", "publications", "stands"]

POSTS = Text("публикации", "publications")
"""How they are called where they were not seen."""
_JUDGED = frozenset({PostKind.OWN, PostKind.REPOST, PostKind.CLIP})


def stands(post: Post, at: datetime) -> bool:
    """Tell whether a publication stood on the page at a moment: what was removed later stood there before."""
    if post.state is PostState.PUBLISHED:
        return post.removed_at is None or post.removed_at > at
    return post.state is PostState.DELETED and post.removed_at is not None and post.removed_at > at


def publications(case: Case, page: Page, force: Force) -> list[Post]:
    """Posts that stand on the page by its owner's will, since a demand holds; advertising and stories apart."""
    known = case.published.get(page.id)
    if known is None:
        known = case.published[page.id] = _publications(case, page)
    if case.held(force, case.seen_from):
        return known
    return [post for post in known if case.held(force, post.at)]


def _publications(case: Case, page: Page) -> list[Post]:
    at, since = case.at, case.seen_from
    return [
        post
        for post in page.view.posts.value or ()
        if post.by_owner and post.kind in _JUDGED and since <= post.at <= at and stands(post, at)
    ]


def own_texts(case: Case, page: Page, force: Force) -> list[Post]:
    """Publications whose words are the page's own: reposts and posts exempt from style are left out."""
    return [
        post
        for post in publications(case, page, force)
        if post.kind is not PostKind.REPOST and not post.style_exempt and post.text.strip()
    ]

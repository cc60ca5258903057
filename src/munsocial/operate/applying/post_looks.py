"""How an own post is found again: as it stands now, before it is changed and after the answer to a change was lost.

What waits for its time is looked for among those that wait, too: a listing of what is published never shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from munsocial.model.content import Post, PostState
from munsocial.network.drafts import Draft
from munsocial.operate.applying.looks import Found, Look, Scene, Seen, opposite, posts_of, waiting_of, words_of

__all__ = ["EVER", "comments_closed", "has_text", "of_post", "own_post", "post_is_gone", "stands"]

_AROUND = timedelta(days=400)
"""So far around its moment a deleted post is looked for: one that waited may have come out earlier, or later."""

_DAY = timedelta(days=1)
"""A post of which the plan says when it stood is looked for so much around that moment."""

EVER = datetime(2006, 1, 1, tzinfo=UTC)
"""When the oldest of the networks began: a post of which nobody knows when it was written may be that old."""


def of_post(holds: Callable[[Scene, Post], bool | None]) -> Look:
    """Make a look that finds the step's post and asks something of it; a post that is not there was not changed."""

    async def look(scene: Scene) -> Found | None:
        post, seen = await _met(scene, _DAY)
        if post is None:
            return seen, {}
        held = holds(scene, post)
        return None if held is None else (Seen.THERE if held else Seen.NOT_THERE, {})

    return look


def has_text(scene: Scene, post: Post) -> bool | None:
    """Tell whether a post reads as the step wanted; None where its words tell nothing of what else the step changes.

    One that stands letter for letter as before does not, though it may have the same words: a mention of one page
    under the name of another reads alike.
    """
    draft = Draft.model_validate(scene.step.params["draft"])
    wanted = draft.text_for(scene.account.network)
    before = next((one.text for one in scene.step.evidence), None)
    words = words_of(scene, wanted)
    if post.text == before != wanted or words_of(scene, post.text) != words:
        return False
    if before is not None and words_of(scene, before) != words:
        return True
    # The formats of a post do not tell a new picture from one that stood there before.
    return None if draft.media or draft.poll or draft.link else True


def stands(_: Scene, post: Post) -> bool:
    """Tell whether a post is shown."""
    return post.state is not PostState.DELETED


def comments_closed(_: Scene, post: Post) -> bool | None:
    """Tell whether nobody can comment on a post; None where the network does not say so."""
    return None if post.comments_open is None else not post.comments_open


async def own_post(scene: Scene) -> tuple[Post | None, Seen]:
    """Return the step's post as it stands now, or what it means that it was not met."""
    post, seen = await _met(scene, _DAY)
    if post is not None and post.state is PostState.DELETED:
        return None, Seen.NOT_THERE
    return post, seen


async def post_is_gone(scene: Scene) -> Found:
    """Tell whether a post is no longer there, neither on the page nor among those that wait."""
    post, seen = await _met(scene, _AROUND)
    return opposite(Seen.NOT_THERE if post is not None and post.state is PostState.DELETED else seen), {}


async def _met(scene: Scene, around: timedelta) -> tuple[Post | None, Seen]:
    """Return the step's post, deleted ones too where the network shows them, or what it means that it was not met."""
    wanted, written = scene.step.params["post"], _written(scene)
    listings = []
    if single := getattr(scene.adapter, "read_post", None):
        post: Post | None = await single(scene.account, wanted)
        if post is not None:
            return post, Seen.THERE
    else:
        since = min(written, scene.now) - around if written else EVER
        listings.append(posts_of(scene, since, min(written + around, scene.now) if written else scene.now))
    waiting, ahead = waiting_of(scene), _ahead(scene, written)
    if waiting is not None and (ahead or written is None):
        listings.append(waiting)
    for listing in listings:
        if (post := await listing.first(lambda one: one.id == wanted)) is not None:
            return post, Seen.THERE
    whole = all(one.whole for one in listings) and not (ahead and waiting is None)
    return None, Seen.NOT_THERE if whole else Seen.UNCLEAR


def _written(scene: Scene) -> datetime | None:
    return next((one.at for one in scene.step.evidence if one.at), None)


def _ahead(scene: Scene, written: datetime | None) -> bool:
    """Tell whether a post may still wait: its moment is to come, or the one to which the step moved it."""
    draft = scene.step.params.get("draft")
    moved = Draft.model_validate(draft).publish_at if draft else None
    return any(moment is not None and moment > scene.now for moment in (written, moved))

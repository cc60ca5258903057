"""What a deed is aimed at, as it is in the network now."""

from __future__ import annotations

from munsocial.model.content import Comment
from munsocial.operate.deeds import Scene, comments_of

__all__ = ["comment_now"]


async def comment_now(scene: Scene) -> Comment | None:
    """Read a comment again; None when it is no longer listed.

    Raises:
        NetworkError: it could not be read.
    """
    wanted = scene.step.params["comment"]
    async for comment in comments_of(scene):
        if comment.id == wanted:
            found: Comment = comment
            return found
    return None

"""A page that lives, and a list of all that stands in a world: what a deed changes beside its own thing is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta

from munsocial.sandbox.things import Ban, Page
from munsocial.testing.conformance.stage import Stage
from munsocial.testing.conformance.targets import Target

__all__ = ["enliven", "things"]

_LISTED = frozenset({"posts", "bans", "managers", "links", "dialogs"})
_BOOKS = frozenset({"waiting", "may_write_to", "republished", "settings"})
"""Of a page: what a face or the world notes for itself."""


def enliven(stage: Stage, target: Target) -> None:
    """Let there be posts, comments also of the person at the target, a ban and a message, beside the target."""
    world, page = stage.there, stage.page
    at = (stage.now - timedelta(hours=12)).replace(microsecond=0)
    neighbour = world.add_user(page.network, "Вера", "Соседкина").id
    speaks = (page.network, target.user) in world.users and target.user not in page.bans
    for number, author in enumerate((neighbour, target.user if speaks else neighbour)):
        post = world.publish(page.network, page.id, f"Давняя новость {number}", at=at)
        said = world.comment(page.network, page.id, post.id, f"Давнее мнение {number}", author=author, at=at)
        answer = f"Давний ответ {number}"
        world.comment(page.network, page.id, post.id, answer, author=neighbour, at=at, reply_to=said.id)
    spammer = world.add_user(page.network, "Давний", "Спамер").id
    world.ban(page.network, page.id, Ban(spammer, at, at + timedelta(days=30), "insult"))
    world.receive(page.network, page.id, neighbour, "Давнее письмо", at=at)
    world.send_message(page.network, page.id, neighbour, "Давний ответ на письмо")


def things(stage: Stage) -> dict[str, str]:
    """Return all that stands on all pages of the world, by names: its kind, its page and its id."""
    found = dict(item for page in stage.there.pages.values() for item in _of_page(page))
    persons = {f"person /{user.id}": repr(user) for user in stage.there.users.values()}
    return found | persons


def _of_page(page: Page) -> Iterator[tuple[str, str]]:
    for post in page.posts.values():
        yield f"post {page.id}/{post.id}", repr(replace(post, comments=[], pinned=False))
        for comment in post.comments:
            yield f"comment {page.id}/{comment.id}", repr(comment)
    yield f"pinned {page.id}/", repr([post.id for post in page.posts.values() if post.pinned])
    for kind, some in (("ban", page.bans), ("manager", page.managers)):
        for user, one in some.items():
            yield f"{kind} {page.id}/{user}", repr(one)
    for link in page.links:
        yield f"link {page.id}/{link.id}", repr(link)
    for messages in page.dialogs.values():
        for message in messages:
            yield f"message {page.id}/{message.id}", repr(message)
    for field in fields(page):
        if field.name not in _LISTED | _BOOKS:
            yield f"{field.name} {page.id}/", repr(getattr(page, field.name))

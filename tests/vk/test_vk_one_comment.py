"""One comment read again, wherever people comment: as it is now, gone, or unreadable; silence is no proof."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.errors import UnreadableAnswer
from munsocial.transport.port import drive
from vk_world import account, connect, make_world, scripted

PLACES = ["wall", "photo", "video", "board"]


@pytest.mark.parametrize("place", PLACES)
def test_a_comment_reads_as_it_is_now(place: str) -> None:
    world = make_world()
    thing = world.publish("vk", "1", "О чём", place="" if place == "wall" else place)
    first = world.comment("vk", "1", thing.id, "Когда?", author="555")
    said = world.comment("vk", "1", thing.id, "Хлам", author="555")
    adapter, _ = connect(world, "service", "user")
    post, prefix = (thing.id, "") if place == "wall" else (f"{place}:{thing.id}", f"{place}:{thing.id}:")
    world.edit_comment("vk", "1", said.id, "Извините")
    for one, text in ((said, "Извините"), (first, "Когда?")):
        found: Any = drive(adapter.read_comment(account(), post, f"{prefix}{one.id}"))
        assert (found.id, found.post_id, found.text, found.author_id) == (f"{prefix}{one.id}", post, text, "555")

    world.delete_comment("vk", "1", said.id)
    assert drive(adapter.read_comment(account(), post, f"{prefix}{said.id}")) is None


SAID = {"id": 31, "from_id": 555, "date": 1, "text": "Хлам"}
ONE, LIST = ("17", "31", "wall_getComment"), ("photo:5", "photo:5:31", "photos_getComments")
ANSWERS: list[tuple[str, tuple[str, str, str], Any, str]] = [
    ("it stands", ONE, {"items": [SAID]}, "stands"),
    ("VK shows that it was deleted", ONE, {"items": [SAID | {"deleted": True}]}, "gone"),
    ("another one in its place", ONE, {"items": [SAID | {"id": 32}]}, "unreadable"),
    ("nothing in its place", ONE, {"items": []}, "unreadable"),
    ("no list", ONE, {}, "unreadable"),
    ("it stands in the list", LIST, {"count": 1, "items": [SAID]}, "stands"),
    ("the whole list is without it", LIST, {"count": 1, "items": [SAID | {"id": 32}]}, "gone"),
    ("no list at all", LIST, {"count": 1}, "unreadable"),
]


@pytest.mark.parametrize(("situation", "place", "answer", "meaning"), ANSWERS)
def test_what_an_answer_means(situation: str, place: tuple[str, str, str], answer: Any, meaning: str) -> None:
    post, comment, method = place
    adapter, _ = scripted("user", **{method: answer})
    if meaning == "unreadable":
        with pytest.raises(UnreadableAnswer):
            drive(adapter.read_comment(account(), post, comment))
        return
    found = drive(adapter.read_comment(account(), post, comment))
    assert (found is not None) is (meaning == "stands"), situation

"""Adapters that break while something is only looked at: told by kind, never by their words, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from acting_world import NOW, District
from munsocial.operate.plans.plan import Plan
from munsocial.social import Social

VK, OK = "administration-vk", "administration-ok"
SECRET = "vk1.a.secret-of-somebody"
READINGS = ("list_posts", "list_comments", "list_waiting", "read_managers", "read_bans", "read_post", "check_keys")
BROKE = "The adapter of 'vk' broke ({kind}): tell its authors."


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@contextmanager
def breaking(district: District, answer: Any) -> Iterator[Social]:
    """Connect with a VK of which every reading raises or gives what it does not promise."""

    async def broken(*given: Any, **named: Any) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    with district.connect() as social:
        adapter: Any = social.adapter("vk")
        for name in READINGS:
            if hasattr(adapter, name):
                setattr(adapter, name, broken)
        yield social
        kept = "".join(f"{one.body}{one.personal}" for one in social.journal.entries())
    assert SECRET not in kept


def aimed(district: District) -> Plan:
    """Plan what is looked at first, and after it something that is not."""
    post = district.post()
    rude = district.says("Иди лесом, дурак", post)
    removal = district.removal(rude, post)
    change = {"draft": {"text": "Приём с десяти"}, "post": post.id}
    unban = {"user": "555", "ban_at": NOW.isoformat()}
    return district.plan(
        removal,
        district.step("edit_post", number=2, params=change),
        district.step("delete_post", number=3, params={"post": post.id}),
        district.step("unban", number=4, params=unban),
        district.step("remove_manager", number=5, params={"user": "555"}),
        district.publications(OK).steps[0].model_copy(update={"id": "s6"}),
    )


BREAKS = [
    ("its own error", ValueError(SECRET), "ValueError"),
    ("an error of the system", OSError(f"/?access_token={SECRET}"), "OSError"),
    ("too deep", RecursionError(SECRET), "RecursionError"),
    ("too late", TimeoutError(SECRET), "TimeoutError"),
    ("nothing", None, "AttributeError"),
    ("a text", "garbage", "AttributeError"),
]


@pytest.mark.parametrize(("situation", "answer", "kind"), BREAKS, ids=[one[0] for one in BREAKS])
def test_a_step_whose_target_cannot_be_looked_at_waits_and_the_rest_goes_on(
    situation: str, answer: Any, kind: str, district: District
) -> None:
    plan = aimed(district)
    with breaking(district, answer) as social:
        *looked, last = social.apply(plan, by="kedrov").outcomes
    named = kind if isinstance(answer, Exception) else None
    for one in looked:
        assert (one.state, one.again) == ("skipped", True), situation
        assert "what is there now cannot be read: The adapter of 'vk' broke (" in one.say("en")
        assert SECRET not in one.say("ru")
        assert named is None or BROKE.format(kind=named) in one.say("en")
    assert last.state == "confirmed"
    assert district.apply(plan, by="kedrov").outcomes[0].state == "confirmed"


@pytest.mark.parametrize(("situation", "answer", "kind"), BREAKS, ids=[one[0] for one in BREAKS])
def test_readers_say_why_nothing_is_seen(situation: str, answer: Any, kind: str, district: District) -> None:
    with breaking(district, answer) as social:
        missing = social.read_post(VK, "1").missing
        notes = {one.note.en for one in social.check_keys() if one.account == VK and one.note}
        found = social.handover("elkina", "kedrov", accounts=[VK], by="elkina")
    assert missing
    assert missing.en == BROKE.format(kind=kind), situation
    assert len(notes) == 1, situation
    assert notes.pop().startswith("The adapter of 'vk' broke (")
    assert any("The adapter of 'vk' broke (" in one.why.en for one in found.standings if one.why)


@pytest.mark.parametrize("answer", ["garbage", ValueError(SECRET)])
def test_a_single_post_that_is_none_of_ours_is_a_slip(answer: Any, district: District) -> None:
    async def read_post(*given: Any) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        adapter.read_post = read_post
        missing = social.read_post(OK, "1").missing
    assert missing
    kind = "TypeError" if isinstance(answer, str) else "ValueError"
    assert missing.en == f"The adapter of 'ok' broke ({kind}): tell its authors."

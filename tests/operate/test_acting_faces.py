"""Both faces act alike: a dry run by default, the same ends, blocking and awaited."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import anyio
import pytest

import munsocial
from acting_world import District
from munsocial.errors import JournalError, NaiveTime
from munsocial.network.drafts import Draft

TALK = "Друзья, в субботу субботник в парке, приходите в десять утра!"
VK, OK = "administration-vk", "administration-ok"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def test_a_dry_run_is_the_default(district: District) -> None:
    with district.connect() as social:
        dry = social.publish(Draft(text=TALK), to=[VK, OK])
        assert (dry.done, dry.applied, len(dry.plan.steps)) == (False, None, 2)
        assert social.publish(Draft(text=TALK), to=[VK, OK], dry_run=False).done
        assert social.outbox().outcomes == ()
    assert (district.texts(VK)[TALK], district.texts(OK)[TALK]) == (1, 1)


def test_the_asynchronous_face_does_the_same(district: District) -> None:
    async def act() -> None:
        async with district.stage.aconnect(journal=district.journal_file) as social:
            dry = await social.publish(Draft(text=TALK), to=[VK, OK])
            assert dry.applied is None
            done = await social.apply(dry.plan)
            assert done.done
            assert social.plan(dry.plan.id) == dry.plan
            assert (await social.outbox()).outcomes == ()

    anyio.run(act)
    assert (district.texts(VK)[TALK], district.texts(OK)[TALK]) == (1, 1)


@pytest.mark.parametrize("connect", [munsocial.connect, munsocial.aconnect])
@pytest.mark.parametrize("clock", [datetime.now, time.time])
def test_a_clock_without_a_zone_is_refused_at_once(connect: Any, clock: Any, district: District) -> None:
    with pytest.raises(NaiveTime) as caught:
        connect(district.registry, clock=clock)
    assert caught.value.say("en") == (
        "clock: the clock gives moments without a time zone. Give lambda: datetime.now(UTC), for example."
    )


def test_the_asynchronous_face_only_reads_when_told_so(district: District) -> None:
    async def act() -> None:
        async with munsocial.aconnect(district.registry, journal=district.journal_file, only_read=True) as social:
            assert social.tasks() == ()
            with pytest.raises(JournalError):
                social.journal.append("seen.post", VK, {})

    anyio.run(act)
    assert not district.journal_file.exists()

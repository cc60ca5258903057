"""A connection is used inside its block: before and after it, every network would seem to have no adapter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from threading import Barrier, Event, Lock, Thread
from typing import Any

import anyio
import pytest

import munsocial
import munsocial.journal.journal as journals
from acting_world import District
from munsocial.errors import InputError
from munsocial.network.drafts import Draft
from munsocial.testing import factories as make
from munsocial.transport.port import drive

VK = "administration-vk"
TALK = "Друзья, в субботу субботник в парке, приходите в десять утра!"
SAID = (
    "connect: the connection is not open, or is closed already. "
    "Use it inside its block: with connect(...) as social (async with for aconnect)."
)
CALLS: list[tuple[str, Callable[[Any], Any]]] = [
    ("collecting", lambda social: social.collect()),
    ("looking at keys", lambda social: social.check_keys()),
    ("planning", lambda social: social.plan_publication(Draft(text=TALK), to=[VK])),
    ("the outbox", lambda social: social.outbox()),
    ("reading the journal", lambda social: social.journal),
    ("reading what was moderated", lambda social: social.plan_moderation(make.snapshot(municipality="lesnoy"))),
]


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.mark.parametrize(("deed", "call"), CALLS, ids=[one[0] for one in CALLS])
def test_it_is_refused_outside(deed: str, call: Callable[[Any], Any], district: District) -> None:
    social = district.connect()
    with pytest.raises(InputError) as before:
        call(social)
    with social:
        pass
    with pytest.raises(InputError) as after:
        call(social)
    assert (before.value.say("en"), after.value.say("en")) == (SAID, SAID), deed
    assert not district.journal_file.exists()


def test_the_asynchronous_face_is_refused_outside(district: District) -> None:
    async def act() -> None:
        social = district.stage.aconnect(journal=district.journal_file)
        with pytest.raises(InputError):
            await social.collect()
        async with social:
            assert await social.check_keys()
        with pytest.raises(InputError):
            await social.collect()

    anyio.run(act)


def test_one_object_may_be_entered_again(district: District) -> None:
    social = district.connect()
    for times in (1, 2):
        with social:
            assert social.publish(Draft(text=f"{TALK} {times}"), to=[VK], dry_run=False).done


def test_threads_that_need_the_journal_at_once_open_one(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each but the last would stay open: the block closes one."""
    opened: list[object] = []
    together = Barrier(8)
    real = journals.open_journal

    def counted(*given: Any, **named: Any) -> Any:
        opened.append(given)
        return real(*given, **named)

    def ask() -> None:
        together.wait()
        assert social.journal

    monkeypatch.setattr(journals, "open_journal", counted)
    with district.connect() as social:
        threads = [Thread(target=ask) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert len(opened) == 1


class Door:
    """A lock that tells when the one who leaves comes to it."""

    def __init__(self, moved: Event) -> None:
        self._moved = moved
        self._lock = Lock()

    def __enter__(self) -> None:
        if self._lock.locked():
            self._moved.set()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def test_a_journal_that_a_thread_still_opens_while_the_block_is_left_is_closed(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved, opened = Event(), list[str]()
    real, close = journals.open_journal, journals.Journal.close
    social = district.connect()
    link = social._link
    monkeypatch.setattr(link, "opening", Door(moved))

    def leave() -> None:
        link.close()
        moved.set()

    def slow(*given: Any, **named: Any) -> Any:
        journal = real(*given, **named)
        opened.append(journal.where)
        leaving.start()
        moved.wait()
        return journal

    def closed(journal: journals.Journal) -> None:
        opened.remove(journal.where)
        close(journal)

    monkeypatch.setattr(journals, "open_journal", slow)
    monkeypatch.setattr(journals.Journal, "close", closed)
    leaving = Thread(target=leave)
    with social:
        assert social.journal
        leaving.join()
        assert opened == []


def test_ctrl_c_stops_those_who_wait_for_another_network(district: District) -> None:
    """Each network has a port of its own; over the port of the first the networks are read at once."""
    slept_out: list[str] = []
    with munsocial.connect(district.registry) as social:  # the real ports; nothing is sent
        first, second = (social.adapter(network).session for network in ("ok", "vk"))

        async def wait() -> None:
            await second.sleep(60)
            slept_out.append("vk")

        def networks() -> Iterator[Callable[[], Awaitable[None]]]:
            yield lambda: second.together([wait, wait], width=2)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            drive(first.together(networks(), width=2))
    assert slept_out == []

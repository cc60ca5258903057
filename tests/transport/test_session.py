"""Decisions of a session, over a port that plays a script: repetition, quota, total time, what is known at the end."""

from __future__ import annotations

import dataclasses
import json
import struct
import zlib
from collections.abc import Awaitable, Callable, Iterable
from xml.etree import ElementTree

import pytest

from munsocial.errors import (
    DeadlineExceeded,
    FloodRefused,
    KeyInvalid,
    MunsocialError,
    NetworkError,
    QuotaSpent,
    RateLimited,
    RequestRefused,
    ServerFault,
    Unreachable,
    UnreadableAnswer,
)
from munsocial.transport import Answer, Call, Pace, Repeat, Request, Session, TransportSettings, drive
from munsocial.transport.faults import retry_after
from munsocial.wording import Text

SAID = Text("так", "so")


class Script:
    """A port of virtual time which answers by a list; an entry that is an error is raised."""

    def __init__(self, *plays: Answer | MunsocialError, lasts: float = 0.0, jump: float = 0.0) -> None:
        self.plays = list(plays)
        self.lasts = lasts
        self.jump = jump
        self.clock = 1000.0
        self.slept: list[float] = []
        self.timeouts: list[float] = []

    async def send(self, request: Request, *, timeout: float) -> Answer:
        self.timeouts.append(timeout)
        self.clock += min(self.lasts, timeout) + self.jump
        play = self.plays.pop(0)
        if isinstance(play, MunsocialError):
            raise play
        return play

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock += seconds

    async def together(self, jobs: Iterable[Callable[[], Awaitable[None]]], *, width: int) -> None:
        for job in jobs:
            await job()

    def now(self) -> float:
        return self.clock


def good() -> Answer:
    return Answer(200, {}, b'{"response": 7}')


def decode(answer: Answer) -> int:
    return int(json.loads(answer.body)["response"])


def call(repeat: Repeat = Repeat.READ) -> Call[int]:
    return Call(Request("POST", "https://api.example.org/x"), decode, "wall.get", "a", repeat=repeat)


def lost() -> NetworkError:
    return Unreachable(SAID)


def unsent() -> NetworkError:
    return Unreachable(SAID, executed=False)


@pytest.mark.parametrize(
    ("situation", "error", "read", "write"),
    [
        ("the answer was lost", lost(), True, False),
        ("nothing was sent", unsent(), True, True),
        ("refused by rate", RateLimited(SAID), True, True),
        ("the network failed", ServerFault(SAID), True, False),
        ("time is over", DeadlineExceeded(SAID), True, False),
        ("no answer of the promised kind", UnreadableAnswer(SAID), True, False),
        ("the quota of the day is spent", QuotaSpent(SAID), False, False),
        ("the same action too often", FloodRefused(SAID), False, False),
        ("the key is revoked", KeyInvalid(SAID), False, False),
        ("a wrong parameter", RequestRefused(SAID), False, False),
    ],
)
def test_what_is_repeated(situation: str, error: NetworkError, read: bool, write: bool) -> None:
    for repeat, repeated in ((Repeat.READ, read), (Repeat.KEYED, read), (Repeat.ONCE, write)):
        script = Script(type(error)(error.what, executed=error.executed), good())
        session = Session(script, network="vk")
        if repeated:
            assert drive(session.call(call(repeat))) == 7, situation
        else:
            with pytest.raises(type(error)):
                drive(session.call(call(repeat)))
            assert script.slept == [], situation


@pytest.mark.parametrize(
    ("rest", "everywhere", "same_key", "other_key", "later"),
    [(1800.0, False, False, True, True), (1800.0, True, False, False, True), (None, False, True, True, True)],
    ids=["a key is stopped", "this computer is stopped", "no time is named"],
)
def test_a_key_that_was_stopped_for_flood_rests(
    rest: float | None, everywhere: bool, same_key: bool, other_key: bool, later: bool
) -> None:
    refusal = FloodRefused(SAID, retry_after=rest)
    refusal.everywhere = everywhere
    script = Script(refusal, *(good() for _ in range(3)))
    session = Session(script, network="ok")

    def goes(key: str) -> bool:
        try:
            return drive(session.call(dataclasses.replace(call(), pace=Pace(key, 50)))) == 7
        except RateLimited:
            return False

    with pytest.raises(FloodRefused):
        goes("one")
    assert (goes("one"), goes("other")) == (same_key, other_key)
    assert sum(script.slept) < 1
    script.clock += rest or 0
    assert goes("one") is later


@pytest.mark.parametrize("repeat", list(Repeat))
def test_a_key_whose_writes_were_stopped_goes_on_reading(repeat: Repeat) -> None:
    refusal = FloodRefused(SAID, retry_after=1800.0)
    refusal.writes = True
    script = Script(refusal, *(good() for _ in range(2)))
    session = Session(script, network="ok")
    paced = dataclasses.replace(call(repeat), pace=Pace("one", 50))
    with pytest.raises(FloodRefused):
        drive(session.call(dataclasses.replace(paced, repeat=Repeat.ONCE)))
    if repeat is Repeat.READ:
        assert drive(session.call(paced)) == 7
    else:
        with pytest.raises(RateLimited):
            drive(session.call(paced))
    script.clock += 1800
    assert drive(session.call(paced)) == 7


@pytest.mark.parametrize(
    ("seconds", "ru", "en"),
    [
        (45.2, "46 с", "46 s"),
        (1800.0, "30 мин", "30 min"),
        (10800.0, "3 ч", "3 h"),
        (8640.0, "2 ч 24 мин", "2 h 24 min"),
    ],
)
def test_how_long_a_key_is_held_is_told_in_the_units_in_which_people_wait(seconds: float, ru: str, en: str) -> None:
    script = Script(FloodRefused(SAID, retry_after=seconds))
    session = Session(script, network="ok", settings=TransportSettings(deadline=30.0))
    paced = dataclasses.replace(call(Repeat.READ), pace=Pace("one", 50))
    with pytest.raises(FloodRefused):
        drive(session.call(paced))
    with pytest.raises(RateLimited) as held:
        drive(session.call(paced))
    assert f"ещё на {ru}:" in held.value.say("ru")
    assert f"another {en}:" in held.value.say("en")
    assert "часты" not in held.value.say("ru")  # spam, or this computer, may be the reason as well


@pytest.mark.parametrize(("fault", "attempts"), [(lost(), 2), (unsent(), 5), (ServerFault(SAID), 5)])
def test_a_call_may_bound_the_attempts_that_end_with_no_answer(fault: NetworkError, attempts: int) -> None:
    script = Script(*(type(fault)(SAID, executed=fault.executed) for _ in range(9)))
    bounded = dataclasses.replace(call(Repeat.KEYED), blind=2)
    with pytest.raises(type(fault)) as caught:
        drive(Session(script, network="vk", settings=TransportSettings(attempts=5)).call(bounded))
    assert caught.value.attempt == attempts


def test_attempts_are_bounded_and_pauses_grow_with_jitter() -> None:
    script = Script(*(lost() for _ in range(9)))
    with pytest.raises(Unreachable) as caught:
        drive(Session(script, network="vk", settings=TransportSettings(attempts=5)).call(call()))
    assert caught.value.attempt == 5
    assert all(0.5 * step <= one <= step for one, step in zip(script.slept, (0.5, 1, 2, 4), strict=True))


def test_the_total_time_bounds_all_attempts() -> None:
    script = Script(*(DeadlineExceeded(SAID) for _ in range(9)), lasts=100.0)
    with pytest.raises(DeadlineExceeded):
        drive(Session(script, network="vk", settings=TransportSettings(attempts=9)).call(call()))
    assert script.clock - 1000.0 <= 30.0 + 0.1


def test_a_write_has_the_whole_time_and_a_read_a_part() -> None:
    for repeat, timeout in ((Repeat.ONCE, 30.0), (Repeat.READ, 12.0)):
        script = Script(good())
        drive(Session(script, network="vk").call(call(repeat)))
        assert script.timeouts == [timeout]


def test_the_wait_that_the_server_names_is_kept_and_a_longer_one_told() -> None:
    script = Script(RateLimited(SAID, retry_after=4.0), good())
    assert drive(Session(script, network="vk").call(call(Repeat.ONCE))) == 7
    assert 4.0 <= script.slept[0] <= 4.2
    with pytest.raises(RateLimited) as caught:
        drive(Session(Script(RateLimited(SAID, retry_after=90.0)), network="vk").call(call()))
    assert (caught.value.retry_after, caught.value.attempt) == (90.0, 1)


def test_a_network_that_fails_altogether_costs_no_more_than_its_quota() -> None:
    script = Script(*(lost() for _ in range(500)))
    session = Session(script, network="vk", settings=TransportSettings(retry_quota=6))
    for _ in range(100):
        with pytest.raises(Unreachable):
            drive(session.call(call()))
    assert len(script.timeouts) == 106


def test_a_lost_attempt_is_not_forgotten_when_the_next_is_refused() -> None:
    script = Script(lost(), unsent(), unsent())
    with pytest.raises(Unreachable) as caught:
        drive(Session(script, network="vk").call(call(Repeat.KEYED)))
    assert caught.value.executed is None
    with pytest.raises(KeyInvalid) as revoked:
        drive(Session(Script(lost(), KeyInvalid(SAID)), network="vk").call(call(Repeat.KEYED)))
    assert revoked.value.executed is None


@pytest.mark.parametrize("jump", [-1e6, -5.0])
def test_a_clock_that_jumps_back_neither_hangs_nor_fails_a_call(jump: float) -> None:
    script = Script(lost(), good(), jump=jump)
    assert drive(Session(script, network="vk").call(call())) == 7
    assert all(0 < one <= 30 for one in script.timeouts)


@pytest.mark.parametrize(
    ("situation", "body", "words"),
    [
        ("a page instead of data", b"<html><body>", "HTML"),
        ("nothing", b"", "empty"),
        ("another charset", '{"a": "ж"}'.encode("cp1251"), "UTF-8"),
        ("cut in the middle", b'{"response": ', "shape"),
        ("another shape", b'{"else": 1}', "KeyError"),
        ("a list", b"[]", "TypeError"),
        ("deeper than anybody can read", b"[" * 200_000, "shape"),
        ("a huge number", b'{"response": 1e999}', "OverflowError"),
    ],
)
def test_an_answer_that_is_none_says_what_it_looks_like(situation: str, body: bytes, words: str) -> None:
    script = Script(Answer(200, {}, body))
    with pytest.raises(UnreadableAnswer) as caught:
        drive(Session(script, network="vk").call(call(Repeat.ONCE)))
    assert words in caught.value.say("en"), situation
    assert caught.value.executed is None


class _Odd(Exception):
    def errors(self, wanted: str) -> str:
        return wanted


def _raising(error: Exception) -> Callable[[Answer], int]:
    def read(answer: Answer) -> int:
        raise error

    return read


@pytest.mark.parametrize(
    ("name", "decode"),
    [
        ("ParseError", lambda got: ElementTree.fromstring(got.body)),
        ("error", lambda got: zlib.decompress(got.body)),
        ("error", lambda got: struct.unpack(">I", got.body)),
        ("AssertionError", _raising(AssertionError("Ivanova"))),
        ("RuntimeError", _raising(RuntimeError("Ivanova"))),
        ("NotImplementedError", _raising(NotImplementedError("Ivanova"))),
        ("OSError", _raising(OSError("Ivanova"))),
        ("StopIteration", _raising(StopIteration("Ivanova"))),
        ("_Odd", _raising(_Odd("Ivanova"))),
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_whatever_a_decoder_raises_is_an_unreadable_answer(
    name: str, decode: Callable[[Answer], int], status: int
) -> None:
    strange = Call(Request("GET", "https://a.example/"), decode, "m")
    with pytest.raises(NetworkError) as caught:
        drive(Session(Script(Answer(status, {}, b"{Ivanova")), network="vk").call(strange))
    assert isinstance(caught.value, UnreadableAnswer) == (status == 200)
    assert "Ivanova" not in repr(caught.value) + str(caught.value)
    assert status != 200 or name in caught.value.say("en")


def test_a_slip_of_the_decoder_shows_no_values() -> None:
    from pydantic import TypeAdapter

    read = TypeAdapter(dict[str, int]).validate_json
    secretive = Call(Request("GET", "https://a.example/"), lambda got: read(got.body), "m")
    with pytest.raises(UnreadableAnswer) as caught:
        drive(Session(Script(Answer(200, {}, b'{"a": "Ivanova 79001234567"}')), network="vk").call(secretive))
    assert "int_parsing" in str(caught.value)
    assert "Ivanova" not in repr(caught.value) + str(caught.value)


@pytest.mark.parametrize(("own", "waited"), [(None, 7.0), (3.0, 3.0)])
def test_when_to_come_again_a_status_tells_where_the_network_does_not(own: float | None, waited: float) -> None:
    def refused(answer: Answer) -> int:
        if answer.status == 503:
            raise RateLimited(SAID, retry_after=own)
        return decode(answer)

    script = Script(Answer(503, {"retry-after": "7"}, b'{"error": 6}'), good())
    asked = Call(Request("POST", "https://api.example.org/x"), refused, "wall.get", "a")
    assert drive(Session(script, network="vk").call(asked)) == 7
    assert waited <= sum(script.slept) < waited + 1


@pytest.mark.parametrize("status", [400, 403, 500, 503])
def test_an_error_that_a_network_tells_in_json_outweighs_the_status(status: int) -> None:
    def told(answer: Answer) -> int:
        raise QuotaSpent(Text(json.loads(answer.body)["error"], "spent"))

    refused = Call(Request("GET", "https://a.example/"), told, "m")
    with pytest.raises(QuotaSpent):
        drive(Session(Script(Answer(status, {}, b'{"error": "x"}')), network="vk").call(refused))


def test_a_decoder_that_overlooks_a_status_does_not_make_it_good() -> None:
    with pytest.raises(ServerFault):
        drive(Session(Script(Answer(500, {}, b'{"response": 1}')), network="vk").call(call(Repeat.ONCE)))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9" * 400}, 604_800.0),
        ({"retry-after": "99999999999999"}, 604_800.0),
        ({"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"}, 604_800.0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:30 GMT", "date": "Wed, 21 Oct 2015 07:28:00 GMT"}, 30.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_a_long_poll_widens_all_limits() -> None:
    script = Script(good())
    poll = Call(Request("GET", "https://a.example/"), decode, "poll", repeat=Repeat.READ, silence=25.0)
    drive(Session(script, network="vk").call(poll))
    assert script.timeouts == [37.0]

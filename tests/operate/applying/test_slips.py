"""An adapter that slips in a deed is named; whether the deed was done is found by reading, never taken on trust."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from acting_world import REGISTER, District, fault
from munsocial.errors import FloodRefused, NetworkError, RateLimited, ServerFault, Unreachable, UnreadableAnswer
from munsocial.model.snapshot import Missing, Why
from munsocial.network.drafts import Media, Page, PostId
from munsocial.transport.faults import CHECK, LookFirst
from munsocial.wording import Text

OK = "administration-ok"
Publish = Callable[..., Awaitable[Any]]
SEVEN: Any = 7
NUMBERED = PostId.model_construct(id=SEVEN)
UNCONFIRMED = UnreadableAnswer(Text("Сеть не подтвердила это.", "The network did not confirm it."), network="ok")
REFUSED = FloodRefused(
    Text("Слишком часто.", "Too often."), network="ok", remedy=Text("Видео там.", "The video is there.")
)
REFUSED.executed = None
"""A refusal behind something that was carried: to begin anew would carry it once more."""
VIDEO_THERE = LookFirst("Видео могло загрузиться.", "The video may be there.")
"""What an adapter says of an end that nobody knows."""


def unclear(kind: type[NetworkError], said: str, remedy: Text, attempt: int = 1) -> NetworkError:
    error = kind(Text(said, said), network="ok", attempt=attempt, remedy=remedy)
    error.executed = None
    return error


SECRET = "vk1.a.secret-of-somebody"
LOST = OSError(f"HTTPSConnectionPool: Read timed out: /post?access_token={SECRET}")
"""As requests says it: all its errors are errors of the system to Python."""
CUT = ssl.SSLEOFError(8, "EOF occurred in violation of protocol")


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def raising(error: Exception) -> Callable[[Publish], Publish]:
    def made(_publish: Publish) -> Publish:
        async def publish(*given: Any, **named: Any) -> Any:
            raise error

        return publish

    return made


def waiting(publish: Publish) -> Publish:
    async def wait(*given: Any, **named: Any) -> Any:
        await asyncio.sleep(0)
        return await publish(*given, **named)

    return wait


def giving(answer: Any, *, sent: bool) -> Callable[[Publish], Publish]:
    def made(publish: Publish) -> Publish:
        async def give(*given: Any, **named: Any) -> Any:
            if sent:
                await publish(*given, **named)
            return answer

        return give

    return made


UNSENT: list[tuple[str, Callable[[Publish], Publish], str]] = [
    ("it raises before sending", raising(KeyError(SECRET)), "the adapter of ok broke (KeyError)"),
    ("its own client loses the answer", raising(LOST), "the adapter of ok broke (OSError)"),
    ("its connection is cut", raising(CUT), "the adapter of ok broke (SSLEOFError)"),
    ("it misses a file of its own", raising(FileNotFoundError(2, SECRET, "ca.pem")), "broke (FileNotFoundError)"),
    ("it awaits an event loop", waiting, "the adapter of ok broke (it awaited something that is not its port)"),
    ("it gives nothing", giving(None, sent=False), "(it gave NoneType where the id of what was made is wanted)"),
    ("it gives a text", giving("7", sent=False), "(it gave str where"),
    ("it gives a number for an id", giving(NUMBERED, sent=False), "(it gave int where"),
    ("the network confirms nothing", raising(UNCONFIRMED), "The network did not confirm it; "),
    ("it refuses behind a carried video", raising(REFUSED), "ok: Too often. The video is there; "),
    (
        "its server broke behind a carried video",
        raising(unclear(ServerFault, "Broken.", VIDEO_THERE)),
        "ok: Broken. The video may be there; ",
    ),
    (
        "an odd answer behind a carried video",
        raising(unclear(UnreadableAnswer, "Odd.", VIDEO_THERE)),
        "ok: Odd. The video may be there; ",
    ),
    (
        "it refuses the repetition behind a carried video",
        raising(unclear(RateLimited, "Too often.", VIDEO_THERE, attempt=2)),
        "ok: Too often. The video may be there; ",
    ),
    ("it gives an empty id", giving(PostId(id=""), sent=False), "(it gave an empty id"),
]


@pytest.mark.parametrize(("situation", "slip", "told"), UNSENT, ids=[one[0] for one in UNSENT])
def test_a_slip_without_a_trace_is_told_in_its_own_words(
    situation: str, slip: Callable[[Publish], Publish], told: str, district: District
) -> None:
    plan = district.publications(OK)
    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        adapter.publish = slip(adapter.publish)
        first = social.apply(plan).outcomes[0]
        again = social.apply(plan).outcomes[0]
    for outcome in (first, again):
        assert outcome.state == "uncertain", situation
        assert told in outcome.say("en")
        assert "was lost" not in outcome.say("en")
        assert SECRET not in outcome.say("ru")


LATE: list[tuple[str, NetworkError, bool]] = [
    ("it refuses behind a carried video", REFUSED, False),
    ("the network confirms nothing", UNCONFIRMED, True),
    ("the answer is lost", Unreachable(Text("Нет ответа.", "No answer."), network="ok"), True),
]


@pytest.mark.parametrize(("situation", "error", "late"), LATE, ids=[one[0] for one in LATE])
def test_lateness_is_no_reason_where_the_refusal_is_known(
    situation: str, error: NetworkError, late: bool, tmp_path: Path
) -> None:
    district = District(tmp_path, ok_shows_late=True)
    plan = district.publications(OK)
    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        adapter.publish = raising(error)(adapter.publish)
        social.apply(plan)
        again = [social.apply(plan).outcomes[0] for _ in range(2)]
    for outcome in again:
        assert outcome.state == "uncertain", situation
        assert ("с опозданием" in outcome.say("ru")) is late
        assert ("shows what was done late" in outcome.say("en")) is late
        assert f"munsocial outbox settle РЕЕСТР {plan.id}/{plan.steps[0].id} --done --yes" in outcome.say("ru")
    if not late:
        assert "Видео там. Поэтому вызов сам не повторяется" in again[-1].say("ru")


LATER = Text("Повторите позже.", "Try again later.")


@pytest.mark.parametrize(
    "error",
    [
        unclear(ServerFault, "Broken.", CHECK),
        unclear(ServerFault, "Broken.", LATER),
        unclear(RateLimited, "Too often.", LATER, attempt=2),
    ],
    ids=["checked by the core", "advice of a refusal", "advice of a refused repetition"],
)
def test_what_is_advised_after_a_refusal_is_not_told_of_a_lost_answer(error: NetworkError, district: District) -> None:
    plan = district.publications(OK)
    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        adapter.publish = raising(error)(adapter.publish)
        said = social.apply(plan).outcomes[0].say("en")
    assert "the answer was lost; " in said
    assert "Try again later" not in said


@pytest.mark.parametrize("broken", ["upload.do", "video.update"])
def test_of_a_video_that_may_stand_there_the_user_is_told(broken: str, tmp_path: Path) -> None:
    film = tmp_path / "park.mp4"
    film.write_bytes(bytes(20_000))
    district = District(tmp_path, REGISTER.replace('"PHOTO_CONTENT"]', '"PHOTO_CONTENT", "VIDEO_CONTENT"]'))
    plan = district.publications(OK, media=(Media(path=film, kind="video"),))
    district.faults.add(fault("status", broken, times=None))
    outcome = district.apply(plan).outcomes[0]
    assert outcome.state == "uncertain"
    assert "видео могло загрузиться: посмотрите раздел «Видео»" in outcome.say("ru")
    assert "ответ потерян" not in outcome.say("ru")


@pytest.mark.parametrize("answer", [None, "7", PostId(id=" "), NUMBERED])
def test_what_was_done_all_the_same_is_found_by_reading(answer: Any, district: District) -> None:
    plan = district.publications(OK)
    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        adapter.publish = giving(answer, sent=True)(adapter.publish)
        outcome = social.apply(plan).outcomes[0]
    assert outcome.state == "confirmed"
    assert outcome.result["post"] not in ("", " ", 7, "7")
    assert set(district.texts(OK).values()) == {1}


@pytest.mark.parametrize("error", [LOST, CUT])
def test_an_answer_lost_by_a_client_of_its_own_is_not_sent_again(error: OSError, district: District) -> None:
    plan = district.publications(OK)

    def losing(publish: Publish) -> Publish:
        async def lose(*given: Any, **named: Any) -> Any:
            await publish(*given, **named)
            raise error

        return lose

    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        adapter.publish = losing(adapter.publish)
        states = [social.apply(plan).outcomes[0].state for _ in range(2)]
        kept = "".join(f"{one.body}{one.personal}" for one in social.journal.entries())
    assert states == ["confirmed", "confirmed"]
    assert set(district.texts(OK).values()) == {1}
    assert SECRET not in kept


def test_a_file_of_the_draft_that_it_cannot_open_waits_for_the_file(tmp_path: Path, district: District) -> None:
    """Adapters of ours open files through the port; another's may open them itself, before anything is sent."""
    picture = tmp_path / "park.png"
    picture.write_bytes(base64.b64decode("iVBORw0KGgo="))
    plan = district.publications(OK, media=(Media(path=picture),))
    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        real = adapter.publish
        adapter.publish = raising(PermissionError(13, "Permission denied", str(picture)))(real)
        refused = social.apply(plan).outcomes[0]
        adapter.publish = real
        after = social.apply(plan).outcomes[0]
    assert (refused.state, refused.again) == ("rejected", True)
    assert refused.say("en").endswith("park.png: no permission to read the file. Ask for access to it.")
    assert (after.state, set(district.texts(OK).values())) == ("confirmed", {1})


def test_a_list_that_is_not_whole_is_told_as_such(district: District) -> None:
    plan = district.publications(OK)
    unlisted: Page[Any] = Page((), gaps=(Missing(why=Why.UNREADABLE, ru="Часть.", en="A part.", item="posts"),))

    async def listed(*given: Any, **named: Any) -> Page[Any]:
        return unlisted

    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        adapter.publish = raising(UNCONFIRMED)(adapter.publish)
        adapter.list_posts = listed
        said = social.apply(plan).outcomes[0].say("ru")
    assert said.endswith("прочитать результат не удалось: сеть показала не всё")

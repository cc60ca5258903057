"""A publication that failed behind a carried video goes on with the video that stands there: it is carried once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from acting_world import REGISTER, District, fault
from munsocial.errors import JournalError
from munsocial.journal.journal import Journal, open_journal
from munsocial.journal.stepbook import StepBook
from munsocial.network.drafts import Draft, Media
from munsocial.operate.applying.outbox import settle_unclear
from munsocial.operate.applying.slips import left_to_people
from munsocial.wording import Text

VK = "administration-vk"
WITH_VIDEO = REGISTER.replace('"offline", "photos"]', '"offline", "photos", "video"]')


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path, WITH_VIDEO)


def film(folder: Path, name: str = "park.mp4") -> Media:
    (folder / name).write_bytes(bytes(20_000))
    return Media(path=folder / name, kind="video")


def videos(district: District) -> list[str]:
    return [one.id for one in district.world.media.values() if one.kind == "video"]


def shown(district: District) -> list[list[str]]:
    posts = district.world.wall(*district.page(VK))
    return [[one.id for one in post.attachments] for post in posts if post.attachments]


def attempt(district: District, plan: Any, *faults: Any, later: int = 1) -> Any:
    """Apply a plan in a program of its own, with these faults; then time passes."""
    for one in faults:
        district.faults.add(one)
    outcome = district.apply(plan).outcomes[0]
    district.faults.clear()
    district.later(hours=later)
    return outcome


def not_there(district: District, plan: Any) -> None:
    with open_journal(district.journal_file, clock=district.world.now) as journal:
        assert settle_unclear(journal, plan.id, plan.steps[0].id, done=False, by="elkina")


REFUSALS = [
    ("for flood", fault("flood", "wall.post"), "rejected"),
    ("until a person passes a check", fault("captcha", "wall.post"), "skipped"),
    ("for a right that a person mends", fault("permission", "wall.post", times=None), "rejected"),
    ("for a key that a person mends", fault("key", "wall.post", times=None), "rejected"),
    ("because nobody could be reached", fault("unreachable", "wall.post", times=None), "skipped"),
    ("by silence", fault("lost_before", "wall.post", times=None), "uncertain"),
    ("by a page that is none of VK's", fault("status", "wall.post", times=None, status=502), "uncertain"),
]


@pytest.mark.parametrize(("refused", "trouble", "state"), REFUSALS, ids=[one[0] for one in REFUSALS])
def test_a_post_refused_behind_a_carried_video_goes_on_with_that_video(
    refused: str, trouble: Any, state: str, district: District, tmp_path: Path
) -> None:
    plan = district.publications(VK, media=(film(tmp_path),))
    before = attempt(district, plan, trouble)
    assert before.state == state, refused
    if refused != "for flood":  # the outbox tells there when it goes on
        assert "Видео уже загружено" in before.say("ru")
        assert "The video was uploaded" in before.say("en")
    assert attempt(district, plan).state == "confirmed"
    assert shown(district) == [videos(district)], "one post, one video"


class Killed(BaseException):
    """What SIGKILL looks like from inside: nothing of the program runs after it."""


@pytest.mark.parametrize("first", ["captcha", "lost_before"])
def test_a_program_that_is_killed_in_a_later_attempt_does_not_forget_it(
    first: str, district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any, **__: Any) -> bool:
        raise Killed

    plan = district.publications(VK, media=(film(tmp_path),))
    attempt(district, plan, fault(first, "wall.post", times=None))
    with monkeypatch.context() as patched, suppress(Killed):
        patched.setattr(StepBook, "settle", killed)
        attempt(district, plan, fault("captcha", "wall.post"))
    district.faults.clear()
    district.later(hours=1)
    assert attempt(district, plan).state == "confirmed"
    assert shown(district) == [videos(district)]


def killed_with(district: District, plan: Any, patch: pytest.MonkeyPatch, *faults: Any) -> None:
    """Apply a plan in a program that is killed before it can write how its attempt ended; then time passes."""

    def killed(*_: Any, **__: Any) -> bool:
        raise Killed

    with patch.context() as patched, suppress(Killed):
        patched.setattr(StepBook, "settle", killed)
        attempt(district, plan, *faults)
    district.faults.clear()
    district.later(hours=5)


@pytest.mark.parametrize("trouble", ["captcha", "lost_before"])
def test_a_program_that_is_killed_behind_the_video_in_its_first_attempt_names_it_in_the_next(
    trouble: str, district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = district.publications(VK, media=(film(tmp_path), film(tmp_path, "lake.mp4")))
    killed_with(district, plan, monkeypatch, fault(trouble, "wall.post", times=None))
    assert attempt(district, plan).state == "confirmed"
    assert shown(district) == [videos(district)]
    assert len(videos(district)) == 2
    with open_journal(district.journal_file) as journal:
        assert journal.verify().whole


def test_a_program_that_is_killed_while_the_video_is_on_its_way_leaves_it_to_people(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = district.publications(VK, media=(film(tmp_path),))
    killed_with(district, plan, monkeypatch, fault("lost_after", "vk-video-*", times=None))
    for _ in range(2):
        outcome = attempt(district, plan)
        assert outcome.state == "uncertain"
        assert "Программа была остановлена, пока загружались файлы (park.mp4)" in outcome.say("ru")
        assert "с опозданием" not in outcome.say("ru")
    assert (len(videos(district)), shown(district)) == (1, [])
    not_there(district, plan)
    assert attempt(district, plan).state == "confirmed", "the person has looked"


def test_a_program_that_is_killed_before_the_video_is_on_its_way_carries_it_afterwards(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = district.publications(VK, media=(film(tmp_path),))
    killed_with(district, plan, monkeypatch, fault("lost_before", "video.save", times=None))
    assert attempt(district, plan).state == "confirmed"
    assert shown(district) == [videos(district)]


def test_the_word_of_a_person_right_after_the_kill_says_nothing_of_the_video_either(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = district.publications(VK, media=(film(tmp_path),))
    killed_with(district, plan, monkeypatch, fault("captcha", "wall.post"))
    not_there(district, plan)
    assert attempt(district, plan).state == "confirmed"
    assert shown(district) == [videos(district)]


def test_an_edit_that_is_killed_behind_its_video_names_it_in_the_next(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = edited(district, film(tmp_path))
    killed_with(district, plan, monkeypatch, fault("captcha", "wall.edit"))
    assert attempt(district, plan).state == "confirmed"
    assert shown(district) == [videos(district)]


def test_a_video_that_cannot_be_noted_is_not_carried(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is done unrecorded."""
    plan = district.publications(VK, media=(film(tmp_path),))

    def full(*_: Any, **__: Any) -> Any:
        raise JournalError(Text("на диске нет места.", "the disk is full."), where="journal.sqlite")

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "append", full)
        with pytest.raises(JournalError):
            attempt(district, plan)
    assert [one.size for one in district.world.uploads.values()] == [None], "an address, to which nothing came"
    district.later(hours=5)
    assert attempt(district, plan).state == "confirmed"


def test_it_is_carried_once_however_often_the_post_is_refused(district: District, tmp_path: Path) -> None:
    media = (film(tmp_path), film(tmp_path, "lake.mp4"))
    plan = district.publications(VK, media=media)
    attempt(district, plan, fault("flood", "video.save", after=1))
    attempt(district, plan, fault("captcha", "wall.post"))
    attempt(district, plan, fault("unreachable", "*", times=None))
    attempt(district, plan, fault("lost_before", "wall.post", times=None))
    assert attempt(district, plan).state == "confirmed"
    assert shown(district) == [videos(district)]
    assert len(videos(district)) == 2


def test_the_same_film_of_another_publication_is_carried_for_it(district: District, tmp_path: Path) -> None:
    first, second = (district.publications(VK, text=text, media=(film(tmp_path),)) for text in ("Парк", "Озеро"))
    attempt(district, first, fault("flood", "wall.post"))
    assert attempt(district, second).state == "confirmed"
    assert attempt(district, first).state == "confirmed"
    assert sorted(shown(district)) == [[one] for one in sorted(videos(district))]


def test_a_video_that_was_perhaps_carried_is_left_to_people(district: District, tmp_path: Path) -> None:
    plan = district.publications(VK, media=(film(tmp_path),))
    outcome = attempt(district, plan, fault("lost_after", "vk-video-*", times=None))
    assert outcome.state == "uncertain"
    assert "Видео могло загрузиться" in outcome.say("ru")
    for _ in range(2):
        again = attempt(district, plan)
        assert again.state == "uncertain"
        assert "Видео могло загрузиться: посмотрите раздел «Видео», прежде чем повторять. Поэтому" in again.say("ru")
        assert "с опозданием" not in again.say("ru")
    assert len(videos(district)) == 1
    assert not shown(district)
    not_there(district, plan)
    assert attempt(district, plan).state == "confirmed", "the person has looked"
    assert len(videos(district)) == 2


def test_the_word_of_a_person_that_no_post_is_there_says_nothing_of_the_video(
    district: District, tmp_path: Path
) -> None:
    plan = district.publications(VK, media=(film(tmp_path),))
    attempt(district, plan, fault("lost_before", "wall.post", times=None))
    not_there(district, plan)
    assert attempt(district, plan).state == "confirmed"
    assert shown(district) == [videos(district)]


def edited(district: District, *media: Media) -> Any:
    """Plan an edit that adds these files under other words."""
    post = district.post(text="Парк закрыт")
    with district.connect() as social:
        draft = Draft(text="Парк открыт", topic="other", media=media)
        return social.plan_change("edit_post", VK, post.id, draft=draft, made_by="elkina")


@pytest.mark.parametrize("trouble", ["captcha", "permission", "unreachable", "lost_before"])
def test_an_edit_refused_behind_a_carried_video_goes_on_with_it_too(
    trouble: str, district: District, tmp_path: Path
) -> None:
    plan = edited(district, film(tmp_path))
    assert "Видео уже загружено" in attempt(district, plan, fault(trouble, "wall.edit", times=None)).say("ru")
    assert attempt(district, plan).state == "confirmed"
    assert shown(district) == [videos(district)], "one post, one video"


def test_an_edit_whose_video_was_perhaps_carried_is_left_to_people(district: District, tmp_path: Path) -> None:
    plan = edited(district, film(tmp_path))
    lost = fault("lost_after", "vk-video-*", times=None)
    for troubles in ([lost], [], []):
        outcome = attempt(district, plan, *troubles)
        assert outcome.state == "uncertain"
        assert "Видео могло загрузиться" in outcome.say("ru")
    assert len(videos(district)) == 1


def test_what_another_program_carried_meanwhile_is_named_too(district: District, tmp_path: Path) -> None:
    draft = {"text": "Парк", "topic": "other", "media": [{"path": str(film(tmp_path).path), "kind": "video"}]}
    plan = district.plan(
        district.step("publish", number=1, params={"draft": {"text": "Озеро", "topic": "other"}}),
        district.step("publish", number=2, params={"draft": draft}),
    )

    def another(outcome: Any) -> None:
        if outcome.step.id == "s1":
            district.faults.add(fault("captcha", "wall.post"))
            assert district.states(district.apply(plan))[1:] == ["skipped"]

    assert district.states(district.apply(plan, told=another)) == ["confirmed", "confirmed"]
    assert shown(district) == [videos(district)]


def test_where_a_network_shows_late_what_was_certainly_carried_is_not_the_reason() -> None:
    assert "с опозданием" in left_to_people({"carried": {"park.mp4": "video1"}}, "plan/s1").ru
    assert "с опозданием" not in left_to_people({"carried": {"park.mp4": ""}}, "plan/s1").ru

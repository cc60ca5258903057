"""Limits that adapters declare, told in the plan: of files, polls, scheduled posts, edits and answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import REGISTER, District
from munsocial.errors import DraftRefused
from munsocial.model.content import Post
from munsocial.model.snapshot import Observed
from munsocial.network.abilities import Ability, Capabilities, Limits, native, utf16_units
from munsocial.network.drafts import Draft, Media, Poll
from munsocial.operate.answering.answers import plan_answer
from munsocial.operate.answering.inbox import Question
from munsocial.operate.plans.limits import beyond_limits
from munsocial.operate.plans.plan import Plan
from munsocial.operate.publishing.changes import plan_change
from munsocial.operate.publishing.publication import plan_publication

VK, OK, BOR = "administration-vk", "administration-ok", "borovoye-vk"
TALK = "Друзья, в субботу субботник в парке, приходите в десять утра!"
JPEG = bytes.fromhex("ffd8ffc0000b08006400640101110000ffd9")
"""The frame of a picture of a hundred dots square, as far as anybody reads it before sending."""


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> District:
    return District(tmp_path_factory.mktemp("district"))


class Small:
    """An adapter of a network with narrow limits, narrower for what is scheduled."""

    def __init__(self, **limits: Any) -> None:
        known: Any = limits or {"photo_bytes": 10, "photo_types": ("jpg",), "poll_answer_text": 8}
        self.capabilities = Capabilities(
            {
                Ability.PUBLISH: native(limits=Limits(text=100, **known)),
                Ability.SCHEDULE: native(limits=Limits(text=50)),
            },
            formats=frozenset({"text", "photo", "poll"}),
        )

    def has_key(self, ability: Ability, account: str) -> bool:
        return True


def plan(district: District, draft: Draft, adapter: Any = None) -> Plan:
    adapters: Any = {"vk": adapter or Small()}
    return plan_publication(draft, [VK], registry=district.registry, adapters=adapters, now=district.world.now())


@pytest.mark.parametrize(("size", "suffix", "said"), [(20, ".jpg", "больше"), (5, ".tiff", "нужен jpg")])
def test_files_that_do_not_fit(shared: District, tmp_path: Path, size: int, suffix: str, said: str) -> None:
    path = tmp_path / f"photo{suffix}"
    path.write_bytes(b"x" * size)
    with pytest.raises(DraftRefused) as refused:
        plan(shared, Draft(text=TALK, media=(Media(path=path),)))
    assert any(said in problem.what.ru for problem in refused.value.problems)


@pytest.mark.parametrize("declared", ["jpg", "jpeg"])
@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".JPG"])
def test_a_photo_has_one_kind_however_it_is_spelled(
    shared: District, tmp_path: Path, declared: str, suffix: str
) -> None:
    path = tmp_path / f"park{suffix}"
    path.write_bytes(b"x")
    narrow = Small(photo_types=(declared,))
    assert len(plan(shared, Draft(text=TALK, media=(Media(path=path),)), narrow).steps) == 1


def test_a_photo_as_cameras_name_them_is_published_in_every_network(district: District) -> None:
    path = district.folder / "park.jpg"
    path.write_bytes(JPEG)
    photo = (Media(path=path),)
    assert district.states(district.apply(district.publications(VK, OK, media=photo))) == ["confirmed", "confirmed"]


COUNTED = (
    "текст длиннее 100 знаков: 102 (так считает сеть; знаков 51)",
    "the text is longer than 100 signs: 102 (as the network counts; 51 signs)",
)
PLAIN = "текст длиннее 100 знаков: 101", "the text is longer than 100 signs: 101"


@pytest.mark.parametrize(
    ("text", "said"),
    [("\U0001f389" * 51, COUNTED), ("а" * 101, PLAIN)],
    ids=["too long by its count alone", "too long however it is counted"],
)
def test_a_network_that_counts_in_its_own_way(district: District, text: str, said: tuple[str, str]) -> None:
    counting = Small(measure=utf16_units)
    assert len(plan(district, Draft(text="\U0001f389" * 50), counting).steps) == 1
    with pytest.raises(DraftRefused) as refused:
        plan(district, Draft(text=text), counting)
    assert [tuple(one.what) for one in refused.value.problems] == [said]


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft(text="\U0001f389" * 50), ""),
        (
            Draft(text="\U0001f389" * 11, poll=Poll(question="?", answers=("да", "нет"))),
            "текст вместе с файлами или опросом длиннее 20 знаков: 22 (так считает сеть; знаков 11)",
        ),
        (Draft(text=TALK, media=(Media(path=Path("net.mp4"), kind="video"),)), "длиннее 20 знаков: 61"),
        (
            Draft(text="Голосуем", poll=Poll(question="?", answers=("да", "\U0001f389" * 5))),
            "опросе длиннее 8 знаков: 10",
        ),
    ],
    ids=["a text alone", "beside a poll", "beside a file", "an answer of a poll"],
)
def test_beside_files_and_polls_a_text_is_shorter_where_the_network_says_so(draft: Draft, said: str) -> None:
    limits = Limits(text=100, caption=20, poll_answer_text=8, measure=utf16_units)
    told = beyond_limits(draft, "vk", native(limits=limits))
    assert [said in one.ru for one in told[:1]] == [True] * bool(said)


def test_an_answer_is_counted_as_the_network_counts(district: District) -> None:
    class Counting(Small):
        capabilities = Capabilities({Ability.REPLY: native(limits=Limits(text=100, measure=utf16_units))})

        def __init__(self) -> None:
            """Declared above."""

    adapters: Any = {"vk": Counting()}
    question, now = asked(district, message=False), district.world.now()
    for text, said in (("\U0001f389" * 51, ["102 (as the network counts; 51 signs)"]), ("\U0001f389" * 50, [])):
        made = plan_answer(question, text, registry=district.registry, adapters=adapters, now=now, place="here")
        errors = [one.en.partition("signs: ")[2] for one in made.problems if one.weight == "error"]
        assert (errors, len(made.steps)) == (said, 1 - len(said))


TOMORROW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft(text=TALK, poll=Poll(question="?", answers=("да", "нет, не надо"))), "опросе длиннее 8 знаков: 12"),
        (Draft(text="а" * 60, publish_at=TOMORROW), "длиннее 50 знаков: 60"),
        (Draft(text="а" * 101, publish_at=TOMORROW), "длиннее 100 знаков: 101"),
    ],
    ids=["answer of a poll", "scheduled", "scheduled, and too long at any time"],
)
def test_each_limit_is_told_in_the_plan(shared: District, draft: Draft, said: str) -> None:
    with pytest.raises(DraftRefused) as refused:
        plan(shared, draft)
    assert any(said in problem.what.ru for problem in refused.value.problems)


def test_a_poll_goes_where_its_answers_fit(district: District) -> None:
    poll = Poll(question="Куда поставить ёлку?", answers=("я" * 101, "на площадь"))
    made = district.publications(VK, OK, poll=poll)
    assert [step.account for step in made.steps] == [OK]
    assert [(one.account, one.ru) for one in made.problems if one.weight == "error"] == [
        (VK, "ответ в опросе длиннее 100 знаков: 101")
    ]


def test_an_edit_beyond_the_limits_is_not_planned(district: District) -> None:
    post = district.post()
    with district.connect() as social:
        made = social.plan_change("edit_post", VK, post.id, draft=Draft(text="я" * 20_000, topic="other"))
    assert made.steps == ()
    assert [one.ru.partition(":")[0] for one in made.problems if one.weight == "error"] == [
        "текст длиннее 16384 знаков"
    ]


class Captioned(Small):
    """Takes a shorter text beside files."""

    def __init__(self) -> None:
        super().__init__()
        limits = Limits(text=4096, caption=1024, measure=utf16_units)
        self.capabilities = Capabilities({Ability.EDIT_POST: native(limits=limits)})


SHORTER = "текст вместе с файлами или опросом длиннее 1024 знаков: 2000"
PERHAPS = (
    "если у записи есть файлы или опрос, сеть примет не больше 1024 знаков, а в тексте 2000: посмотрите запись на сайте"
)


@pytest.mark.parametrize(
    ("formats", "length", "told"),
    [
        (("text", "photo"), 2000, [("error", SHORTER)]),
        (("poll",), 2000, [("error", SHORTER)]),
        (("text", "document"), 1024, []),
        (("text", "link"), 2000, []),
        (("text",), 2000, []),
        (("text", "wheel"), 2000, [("advice", PERHAPS)]),
        (None, 2000, [("advice", PERHAPS)]),
        (None, 1024, []),
        (None, 5000, [("error", "текст длиннее 4096 знаков: 5000")]),
    ],
    ids=[
        "beside a photo",
        "beside a poll",
        "fits beside a document",
        "a link is no file",
        "a text alone",
        "beside something of another kind",
        "the post was not read",
        "fits whatever the post carries",
        "too long for any post",
    ],
)
def test_an_edit_fits_beside_what_the_post_carries(
    shared: District, formats: tuple[str, ...] | None, length: int, told: list[tuple[str, str]]
) -> None:
    seen = Post(id="7", at=shared.world.now(), text=TALK, formats=formats) if formats else None
    adapters: Any = {"vk": Captioned()}
    made = plan_change(
        "edit_post",
        VK,
        "7",
        registry=shared.registry,
        adapters=adapters,
        now=shared.world.now(),
        draft=Draft(text="я" * length, topic="other"),
        found=Observed(value=seen) if seen else None,
    )
    assert [(one.weight, one.ru) for one in made.problems] == told
    assert len(made.steps) == (0 if any(weight == "error" for weight, _ in told) else 1)


# --- answers: each by the limit of the place where it stands


def asked(district: District, *, message: bool) -> Question:
    question = "Когда починят дорогу на Сосновой?"
    if message:
        district.world.receive(*district.page(VK), "555", question, at=district.world.now() - timedelta(hours=5))
    else:
        district.says(question, district.post())
    with district.connect() as social:
        (found,) = social.inbox(social.collect(weeks=1, want=("posts", "comments", "messages")))
    return found


@pytest.mark.parametrize(
    ("message", "place", "length", "steps", "limit"),
    [
        (False, "here", 16_385, 0, "16384"),
        (False, "own", 16_384, 0, "16384"),
        (True, "auto", 4_001, 0, "4000"),
        (True, "auto", 4_000, 1, ""),
        (False, "here", 16_384, 1, ""),
    ],
    ids=["comment", "own post with its reference", "message", "message that fits", "comment that fits"],
)
def test_an_answer_that_is_too_long_is_told_and_not_planned(
    district: District, message: bool, place: Any, length: int, steps: int, limit: str
) -> None:
    question = asked(district, message=message)
    with district.connect() as social:
        made = social.plan_answer(question, "ы" * length, place=place)
    assert len(made.steps) == steps
    errors = [one.ru for one in made.problems if one.weight == "error"]
    assert [f"ответ длиннее {limit} знаков" in one for one in errors] == [True] * (1 - steps)


# --- the day is the district's


def test_an_account_lives_from_the_first_hour_of_its_day_in_the_district(tmp_path: Path) -> None:
    east = REGISTER.replace("Europe/Moscow", "Asia/Vladivostok").replace(
        'network_id = "240000001"\nopened = 2020-01-01', 'network_id = "240000001"\nopened = 2026-11-26'
    )
    district = District(tmp_path, east)
    district.later(hours=6)  # eleven at night of the 25th in Vladivostok
    with district.connect() as social, pytest.raises(DraftRefused, match="публиковать некуда"):
        social.plan_publication(Draft(text=TALK), to=[VK])
    district.later(hours=10)  # nine in the morning of the 26th there, the 25th in Greenwich
    assert [step.account for step in district.publications(VK).steps] == [VK]
    question = district.says("Когда починят мост?", district.post())
    with district.connect() as social:
        found = next(
            one
            for one in social.inbox(social.collect(weeks=1, want=("posts", "comments")))
            if one.comment.id == question.id
        )
        assert [step.account for step in social.plan_answer(found, "В среду.").steps] == [VK]

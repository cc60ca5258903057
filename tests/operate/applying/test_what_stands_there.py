"""What a deed is aimed at, read in part, a while ago, or twice: nothing is told gone, free or unanswered unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.model.snapshot import Missing, Why
from munsocial.network.drafts import Page
from munsocial.operate.applying.digests import text_digest
from munsocial.operate.applying.outcomes import StepOutcome
from munsocial.operate.plans.plan import Proof, Step
from munsocial.sandbox.things import Ban, Comment, Post
from munsocial.social import Social

VK = "administration-vk"
IN_PART = "не прочитать, что там сейчас: сеть показала не всё"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


# --- a listing with gaps proves no absence


def cut(social: Social, method: str, shown: Callable[[Any], bool] = lambda item: False) -> Callable[[], None]:
    """Let a listing leave something out, and say so; returns how it is made whole again."""
    adapter: Any = social.adapter("vk")
    real = getattr(adapter, method)

    async def listed(*given: Any, **named: Any) -> Page[Any]:
        page = await real(*given, **named)
        gap = Missing(why=Why.UNREADABLE, ru="не всё", en="not all")
        return Page(tuple(item for item in page.items if shown(item)), page.cursor, (gap,))

    setattr(adapter, method, listed)
    return lambda: setattr(adapter, method, real)


def reply_step(district: District, post: Post, asked: Comment) -> Step:
    params = {"text": "Вода будет завтра.", "post": post.id, "to": asked.id, "under": VK}
    return district.step("reply", params=params, expect=text_digest(asked.text))


def waits(outcome: StepOutcome) -> bool:
    return (outcome.state, outcome.again) == ("skipped", True) and IN_PART in outcome.say()


def test_a_comment_that_a_cut_list_leaves_out_is_not_told_gone(district: District) -> None:
    post = district.post()
    comment = district.says("бля, опять яма", post)
    plan = district.plan(district.removal(comment, post))
    with district.connect() as social:
        mend = cut(social, "list_comments")
        (outcome,) = social.apply(plan).outcomes
        assert waits(outcome)
        mend()
        assert social.apply(plan).done
    assert comment.deleted


def test_a_comment_that_a_cut_list_shows_is_removed(district: District) -> None:
    post = district.post()
    comment = district.says("бля, опять яма", post)
    with district.connect() as social:
        cut(social, "list_comments", lambda item: item.id == comment.id)
        assert social.apply(district.plan(district.removal(comment, post))).done
    assert comment.deleted


def test_no_answer_is_given_where_one_may_stand_unseen(district: District) -> None:
    post = district.post()
    asked = district.says("Когда вода?", post)
    _, page = district.page(VK)
    district.says("Завтра (коллега).", post, author=page, as_page=True, reply_to=asked.id)
    with district.connect() as social:
        mend = cut(social, "list_comments", lambda item: item.id == asked.id)
        plan = district.plan(reply_step(district, post, asked))
        (outcome,) = social.apply(plan).outcomes
        assert waits(outcome)
        mend()
        (outcome,) = social.apply(plan).outcomes
        assert (outcome.state, "уже ответили" in outcome.say()) == ("skipped", True)
    assert len(post.comments) == 2


@pytest.mark.parametrize("action", ["ban", "unban"])
def test_a_ban_that_a_cut_black_list_leaves_out_is_neither_doubled_nor_lifted(district: District, action: str) -> None:
    now = district.world.now()
    ban = Ban("555", now, now + timedelta(days=20), "spam")
    district.world.ban(*district.page(VK), ban)
    params = {"user": "555", "ban_at": (now - timedelta(days=40)).isoformat()}
    term = {"user": "555", "ground": "spam", "until": (now + timedelta(days=3)).isoformat()}
    plan = district.plan(district.step(action, params=params if action == "unban" else term))
    with district.connect() as social:
        cut(social, "read_bans")
        (outcome,) = social.apply(plan).outcomes
        assert waits(outcome)
    assert district.world.page(*district.page(VK)).bans == {"555": ban}


# --- a comment listed for a neighbour a while ago is read again before it is removed


def _a_while(district: District, _: Callable[[timedelta], None]) -> None:
    district.later(minutes=0.5)


def _clock_set_back(district: District, shift: Callable[[timedelta], None]) -> None:
    district.later(minutes=30)
    shift(-timedelta(hours=1))


@pytest.mark.parametrize("meanwhile", [_a_while, _clock_set_back])
@pytest.mark.parametrize("single", [True, False], ids=["read one by one", "only listed"])
def test_what_an_author_rewrote_between_two_removals_is_left(
    district: District, single: bool, meanwhile: Callable[..., None]
) -> None:
    post = district.post()
    first, second = (district.says(text, post) for text in ("хлам раз", "хлам два"))
    plan = district.plan(*(district.removal(one, post, number=place) for place, one in enumerate((first, second), 1)))
    behind = [timedelta(0)]

    def rewritten(outcome: StepOutcome) -> None:
        if outcome.step.id == "s1":
            meanwhile(district, lambda by: behind.__setitem__(0, by))
            district.world.edit_comment(*district.page(VK), second.id, "Когда включат воду?")

    with district.connect() as social:
        social._link.clock = lambda: district.world.now() + behind[0]
        if not single:
            social.adapter("vk").read_comment = None  # type: ignore[attr-defined]
        done, left = social.apply(plan, told=rewritten).outcomes
        kept = [
            one.personal["evidence"][0]["text"] for one in social.journal.entries(kind="evidence.kept") if one.personal
        ]
    assert (done.state, left.state, "читается" in left.say() or "изменён" in left.say()) == (
        "confirmed",
        "skipped",
        True,
    )
    assert (first.deleted, second.deleted, kept) == (True, False, ["хлам раз"])


def test_one_that_its_author_took_away_is_told_gone(district: District) -> None:
    post = district.post()
    first, second = (district.says(text, post) for text in ("хлам раз", "хлам два"))
    plan = district.plan(*(district.removal(one, post, number=place) for place, one in enumerate((first, second), 1)))

    def gone(outcome: StepOutcome) -> None:
        if outcome.step.id == "s1":
            district.later(minutes=0.5)
            district.world.delete_comment(*district.page(VK), second.id)

    with district.connect() as social:
        _, left = social.apply(plan, told=gone).outcomes
    assert (left.state, "комментария уже нет" in left.say()) == ("skipped", True)


def counting(social: Social, *names: str) -> Counter[str]:
    """Count how often readings of the adapter are asked for."""
    calls: Counter[str] = Counter()
    adapter: Any = social.adapter("vk")
    for name in names:
        real = getattr(adapter, name)

        async def counted(*given: Any, name: str = name, real: Any = real, **named: Any) -> Any:
            calls[name] += 1
            return await real(*given, **named)

        setattr(adapter, name, counted)
    return calls


@pytest.mark.parametrize(
    ("comments", "breaks", "looks"),
    [
        (5, [], {"list_comments": 1}),
        (5, ["s1", "s3"], {"list_comments": 3}),
        (550, ["s1"], {"list_comments": 6, "read_comment": 3}),
    ],
    ids=["at once", "with pauses", "under a long list"],
)
def test_how_often_is_looked_at_comments_that_are_removed(
    district: District, comments: int, breaks: list[str], looks: dict[str, int]
) -> None:
    post = district.post()
    said = [district.says(f"хлам {place}", post) for place in range(comments)][:4]

    def pause(outcome: StepOutcome) -> None:
        if outcome.step.id in breaks:
            district.later(minutes=0.5)

    with district.connect() as social:
        calls = counting(social, "list_comments", "read_comment")
        steps = (district.removal(one, post, number=place) for place, one in enumerate(said, 1))
        assert social.apply(district.plan(*steps), told=pause).done
    assert calls == looks


# --- what is there already is not made again


def link_step(district: District) -> Step:
    return district.step("add_link", params={"url": "https://vk.com/krai_example", "title": "Администрация края"})


def test_a_link_that_the_page_has_is_not_added_again(district: District) -> None:
    first, second = district.plan(link_step(district)), district.plan(link_step(district))
    assert district.apply(first).done
    (outcome,) = district.apply(second).outcomes
    assert (outcome.state, "ссылка на странице уже есть" in outcome.say()) == ("skipped", True)
    assert [link.url for link in district.world.page(*district.page(VK)).links] == ["https://vk.com/krai_example"]


@pytest.mark.parametrize(("urls", "added", "looks"), [("abcde", "abcde", 1), ("abca", "abc", 2)])
def test_links_of_one_plan_are_read_once(district: District, urls: str, added: str, looks: int) -> None:
    steps = (
        district.step("add_link", number=place, params={"url": f"https://vk.com/{url}", "title": url})
        for place, url in enumerate(urls, 1)
    )
    assert district.apply(district.plan(link_step(district))).done  # VK does not show whether a block is empty
    with district.connect() as social:
        calls = counting(social, "read_links")
        social.apply(district.plan(*steps))
    there = [link.url for link in district.world.page(*district.page(VK)).links]
    assert there[1:] == [f"https://vk.com/{one}" for one in added]
    assert calls == {"read_links": looks}


def messages(district: District) -> list[str]:
    return [one.text for one in district.world.page(*district.page(VK)).dialogs["555"]]


def answer(district: District, text: str, minutes: float, number: int = 1) -> Step:
    at = district.world.now() - timedelta(minutes=minutes)
    return district.step("send_message", number=number, params={"text": text, "peer": "555"}, evidence=(Proof(at=at),))


ASKED = "Когда включат отопление в школе?"


@pytest.mark.parametrize("ours", ["Завтра в десять.", "Отопление включат завтра, коллега."])
def test_a_message_that_was_answered_meanwhile_is_not_answered_again(district: District, ours: str) -> None:
    district.world.receive(*district.page(VK), "555", ASKED, at=district.world.now() - timedelta(minutes=5))
    plan = district.plan(answer(district, "Завтра в десять.", 5))
    district.world.send_message(*district.page(VK), "555", ours)
    (outcome,) = district.apply(plan).outcomes
    assert (outcome.state, "на это сообщение уже ответили" in outcome.say()) == ("skipped", True)
    assert messages(district) == [ASKED, ours]


def test_what_was_sent_before_the_question_does_not_answer_it(district: District) -> None:
    district.world.receive(*district.page(VK), "555", "Здравствуйте!", at=district.world.now() - timedelta(minutes=9))
    district.world.send_message(*district.page(VK), "555", "Приходите на субботник.")
    district.later(minutes=10)
    district.world.receive(*district.page(VK), "555", ASKED, at=district.world.now() - timedelta(minutes=5))
    assert district.apply(district.plan(answer(district, "Завтра.", 5))).done
    assert messages(district)[-1] == "Завтра."


def test_two_questions_of_one_citizen_get_their_two_answers(district: District) -> None:
    for text, minutes in ((ASKED, 9), ("А когда починят дорогу?", 5)):
        district.world.receive(*district.page(VK), "555", text, at=district.world.now() - timedelta(minutes=minutes))
    steps = (answer(district, "Завтра.", 9), answer(district, "В мае.", 5, 2))
    assert district.apply(district.plan(*steps)).done
    assert messages(district)[2:] == ["Завтра.", "В мае."]


# --- another hand's ban is not ours


HOURS = timedelta(hours=1)
TERMS = [
    ("ours, which came through", 30 * 24 * HOURS, 30 * 24 * HOURS, "confirmed"),
    ("by hand, to the same day", 30 * 24 * HOURS, 29 * 24 * HOURS, "confirmed"),
    ("for ever, which may be all that a network knows", 30 * 24 * HOURS, None, "confirmed"),
    ("longer than ours", 30 * 24 * HOURS, 60 * 24 * HOURS, "confirmed"),
    ("a colleague's for three hours", 30 * 24 * HOURS, 3 * HOURS, "skipped"),
    ("a colleague's for an hour beside a short one of ours", 24 * HOURS, HOURS, "skipped"),
    ("a colleague's for a year beside ours without an end", None, 365 * 24 * HOURS, "skipped"),
]


@pytest.mark.parametrize(("situation", "term", "stands", "end"), TERMS)
def test_whose_ban_stands_after_a_lost_answer(
    district: District, situation: str, term: timedelta | None, stands: timedelta | None, end: str
) -> None:
    now = district.world.now()
    params = {"user": "555", "ground": "spam", **({"until": (now + term).isoformat()} if term else {})}
    plan = district.plan(district.step("ban", params=params))
    district.faults.add(fault("lost_before", "groups.ban", times=None))
    assert district.states(district.apply(plan)) == ["uncertain"]
    district.faults.clear()
    ban = Ban("555", now, now + stands if stands else None, "other")
    district.world.ban(*district.page(VK), ban)
    (outcome,) = district.apply(plan).outcomes
    assert outcome.state == end, situation
    assert ("в чёрном списке" in outcome.say()) is (end == "skipped")
    assert district.world.page(*district.page(VK)).bans == {"555": ban}

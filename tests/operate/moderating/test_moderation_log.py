"""What the journal keeps of moderation: evidence, removals, bans and their end, the shadow, the replay, the report."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from acting_world import NOW, District
from munsocial.journal import Journal
from munsocial.model.statements import Removal
from munsocial.operate.moderating.bans import bans_of
from munsocial.operate.moderating.log import logged, removals_of
from munsocial.operate.moderating.moderation import Settings
from munsocial.operate.moderating.shadow import comments_in, shadow_sums
from munsocial.sandbox.things import Ban
from munsocial.social import Social

VK = "administration-vk"
BAD = "Иди на х@й со своими лавочками"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def pass_over(social: Social, **settings: object) -> list[str]:
    """Moderate once as two people do; return the ends."""
    seen = social.collect(weeks=1, want=("posts", "comments"))
    plan = social.plan_moderation(seen, settings=Settings(**settings), made_by="elkina")  # type: ignore[arg-type]  # names of Settings
    if not plan.steps:
        return []
    return [one.state for one in social.apply(plan.signed("kedrov", social.now())).outcomes]


def test_a_removal_is_logged_and_not_proposed_again(district: District) -> None:
    comment = district.says(BAD, district.post())
    with district.connect() as social:
        assert pass_over(social) == ["confirmed"]
        (removal,) = removals_of(social.journal)
        assert pass_over(social) == []
    assert (removal.account, removal.ground, removal.clause, removal.author_id) == (VK, "obscenity", "9.3", "555")
    assert (removal.text, removal.item) == (BAD, comment.id)


def test_the_log_of_many_plans_asks_the_journal_no_more_often(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody moderates every day: after years there are thousands of plans."""
    reading, asked, counts = Journal.reading, list[str](), list[int]()

    def counted(self: Journal) -> AbstractContextManager[Connection]:
        asked.append(self.where)
        return reading(self)

    monkeypatch.setattr(Journal, "reading", counted)
    with district.connect() as social:
        for number in (1, 2, 3):
            district.says(BAD, district.post())
            assert pass_over(social) == ["confirmed"]
            asked.clear()
            assert len(tuple(logged(social.journal))) == number
            counts.append(len(asked))
    assert len(set(counts)) == 1


def test_a_restored_comment_counts_no_more_and_is_left_alone(district: District) -> None:
    comment = district.says(BAD, district.post())
    with district.connect() as social:
        pass_over(social)
        step = district.step("restore_comment", params={"comment": comment.id})
        assert social.apply(district.plan(step)).done
        assert [one.restored_at is not None for one in removals_of(social.journal)] == [True]
        assert pass_over(social) == []


@pytest.mark.parametrize(
    ("deeds", "log", "counted"),
    [
        ("remove", [None], 1),
        ("remove remove", [None], 1),
        ("remove restore", [1], 1),
        ("remove restore remove", [1, None], 2),
        ("remove remove restore", [2], 1),
        ("remove restore remove restore", [1, 3], 2),
        ("remove restore remove remove restore remove", [1, 4, None], 3),
        ("restore remove", [None], 1),
    ],
)
def test_the_last_word_on_a_comment_counts(district: District, deeds: str, log: list[int | None], counted: int) -> None:
    """``log`` names for each removal after how many hours it was restored; None: it still is removed."""
    post = district.post()
    comment = district.says(BAD, post)
    with district.connect() as social:
        for deed in deeds.split():
            restore = district.step("restore_comment", params={"comment": comment.id})
            step = district.removal(comment, post) if deed == "remove" else restore
            # A plan of which nobody knew that another one had done it already.
            comment.deleted = deed == "restore"
            assert social.apply(district.plan(step)).done
            district.later(hours=1)
        removals = removals_of(social.journal)
        (report,) = social.moderation_report()
    hours = [one.restored_at and (one.restored_at - NOW) // timedelta(hours=1) for one in removals]
    assert hours == log
    assert report.done["delete_comment", "obscenity"] == counted


def test_a_removal_by_hand_after_a_restoration_stands(district: District) -> None:
    """The task was put out before the comment came back, and was done after."""
    ok = "administration-ok"
    post = district.post(ok)
    comment = district.says(BAD, post, ok)
    with district.connect() as social:
        assert district.states(social.apply(district.plan(district.removal(comment, post, ok)))) == ["manual"]
        (task,) = social.tasks()
        body = {"plan": "p", "step": "s1", "item": comment.id, "by": "kedrov"}
        social.journal.append("comment.restored", ok, body)
        comment.deleted = True
        social.tell_done(task.id, by="elkina")
        social.check_tasks()
        assert [one.restored_at for one in removals_of(social.journal)] == [None]


def test_a_comment_left_by_a_person_is_not_proposed_again(district: District) -> None:
    comment = district.says(BAD, district.post())
    with district.connect() as social:
        social.leave_comment(VK, comment.id, by="elkina", why="цитата из книги", text=BAD)
        assert pass_over(social) == []


def test_a_threat_becomes_a_task_with_evidence_once(district: District) -> None:
    district.says("Я тебя найду и убью, тварь", district.post())
    with district.connect() as social:
        assert pass_over(social) == ["manual"]
        assert pass_over(social) == []
        (entry,) = social.journal.entries(kind="evidence.kept")
        assert entry.body["action"] == "refer"
    assert not [one for one in district.world.wall(*district.page(VK))[0].comments if one.deleted]


# --- bans


def removal(days: int, author: str = "555", **facts: object) -> Removal:
    known = {"account": VK, "item": f"c{days}", "ground": "spam", "clause": "9.3", "author_id": author, **facts}
    return Removal.model_validate({"at": NOW - timedelta(days=days), **known})


@pytest.mark.parametrize(
    ("removals", "proposed"),
    [
        ((), 0),
        ((removal(1),), 0),
        ((removal(1), removal(2)), 1),
        ((removal(1), removal(2, author="556")), 0),
        ((removal(1), removal(2, restored_at=NOW)), 0),
        ((removal(1), removal(200)), 0),
        ((removal(1), removal(2, ground="criticism")), 0),
        ((removal(1, author_id=""), removal(2, author_id="")), 0),
    ],
    ids=["nothing removed", "once", "twice", "two authors", "one restored", "one long ago", "one for criticism",
         "author purged"],
)  # fmt: skip
def test_a_ban_rests_on_logged_removals(district: District, removals: tuple[Removal, ...], proposed: int) -> None:
    district.registry = district.stage.registry = district.registry.but(removals=removals)
    with district.connect() as social:
        assert len(social.plan_bans().steps) == proposed


def test_a_ban_has_ground_term_note_review_and_appeal(district: District) -> None:
    district.registry = district.stage.registry = district.registry.but(removals=(removal(1), removal(2)))
    settings = Settings(ban_days={"spam": 30}, appeal="lesnoy@example.org")
    with district.connect() as social:
        (step,) = social.plan_bans(settings=settings, made_by="elkina").steps
    assert (step.ground, step.clause, step.signatures, step.undo) == ("spam", "9.4", 1, "unban")
    assert step.params["until"] == (NOW + timedelta(days=30)).isoformat()
    assert step.params["review"] < step.params["until"]
    assert "Обжаловать: lesnoy@example.org" in step.params["note"]
    assert len(step.evidence) == 2


def test_a_ban_ends_with_its_term(district: District) -> None:
    district.registry = district.stage.registry = district.registry.but(removals=(removal(1), removal(2)))
    page = district.world.page(*district.page(VK))
    with district.connect() as social:
        plan = social.plan_bans(made_by="elkina")
        assert social.apply(plan.signed("kedrov", social.now())).done
        assert social.plan_bans(made_by="elkina").steps == ()
        assert "555" in page.bans
        assert social.plan_unbans().steps == ()
        district.later(days=31)
        assert social.apply(social.plan_unbans()).done
        assert "555" not in page.bans
        assert social.plan_unbans().steps == ()


def test_bans_by_hand_are_imported_without_a_ground(district: District) -> None:
    district.world.ban(*district.page(VK), Ban("555", NOW, None, "other"))
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("bans",))
        told = [one.ru for one in social.import_bans(seen)]
        assert social.import_bans(seen) == ()
        (ban,) = bans_of(social.journal)
    assert ["без записанного основания" in told[0], "навсегда" in told[1]] == [True, True]
    assert (ban.grounded, ban.user) == (False, "555")


# --- shadow, replay, report


def test_the_shadow_does_nothing_and_remembers(district: District) -> None:
    post = district.post()
    district.says(BAD, post)
    district.says("Спасибо!", post)
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("posts", "comments"))
        first, second = social.shadow(seen), social.shadow(seen)
        assert (first.seen, [one.decision.what for one in first.decisions]) == (2, ["remove"])
        assert (second.seen, second.decisions) == (0, ())
        assert [(one.proposed, one.open) for one in shadow_sums(social.journal)] == [(1, 1)]
        pass_over(social)
        assert [(one.proposed, one.agreed) for one in shadow_sums(social.journal)] == [(1, 1)]
    assert "ничего не сделано" in first.say()


def test_a_replay_shows_what_other_settings_would_change(district: District) -> None:
    post = district.post()
    district.says(BAD, post)
    district.says("Когда почините дорогу?", post)
    with district.connect() as social:
        social.shadow(social.collect(weeks=1, want=("posts", "comments")))
        stricter = Settings(sure={"obscenity": 1.0, "insult": 1.0, "spam": 1.0})
        found = social.replay(stricter)
        same = social.replay(Settings())
    assert (found.read, found.removed_before, found.removed_after, len(found.differences)) == (2, 1, 0, 1)
    assert "было: удалить (нецензурная брань); станет: показать человеку" in found.lines()[1]
    assert same.differences == ()


def test_purged_comments_are_not_replayed(district: District) -> None:
    district.says(BAD, district.post())
    with district.connect() as social:
        social.shadow(social.collect(weeks=1, want=("posts", "comments")))
        district.later(days=400)
        social.journal.purge(before=social.now(), reason="срок")
        assert comments_in(social.journal, social.now()).accounts == ()


def test_the_report_says_what_came_what_was_done_by_whom_and_how_fast(district: District) -> None:
    post = district.post()
    district.says(BAD, post, at=NOW - timedelta(hours=3))
    district.says("Когда почините дорогу?", post)
    with district.connect() as social:
        pass_over(social)
        seen = social.collect(weeks=1, want=("posts", "comments"))
        found = {one.account: one for one in social.moderation_report(seen)}
    one = found[VK]
    assert one.done == {("delete_comment", "obscenity"): 1}
    assert one.people == {"elkina": 1}
    assert one.waiting == {"protect": 1}
    assert one.speed is not None
    assert timedelta(hours=3) <= one.speed < timedelta(hours=4)
    assert one.cells("ru")[3:] == ("удалено (нецензурная брань): 1", "elkina: 1", "3,0 ч")


@pytest.mark.parametrize(
    ("told", "at", "people", "speed"),
    [(True, 5, {"Кедров Иван Ильич": 1}, 5 * 24 + 3), (False, 6, {"elkina": 1}, 6 * 24 + 3)],
    ids=["the moment of who said so", "nobody said so: when reading showed it, and who decided"],
)
def test_what_was_done_by_hand_was_done_when_it_was(
    district: District, told: bool, at: int, people: dict[str, int], speed: int
) -> None:
    """The task was put out on the first day, done on the fifth and looked at on the sixth."""
    ok = "administration-ok"
    comment = district.says(BAD, district.post(ok), ok)
    with district.connect() as social:
        assert pass_over(social) == ["manual"]
        district.later(days=5)
        comment.deleted = True
        if told:
            social.tell_done(social.tasks()[0].id, by="Кедров Иван Ильич")
        district.later(days=1)
        social.check_tasks()
        (removal,) = removals_of(social.journal)
        (report,) = social.moderation_report(since=NOW + timedelta(days=1))
        assert social.moderation_report(until=NOW + timedelta(days=1)) == ()
    assert (removal.at - NOW) // timedelta(days=1) == at
    assert (report.people, report.done) == (people, {("delete_comment", "obscenity"): 1})
    assert report.speed is not None
    assert report.speed // timedelta(hours=1) == speed


def test_what_came_came_from_citizens(district: District) -> None:
    post = district.post()
    district.says("Спасибо", post)
    for author in ("-240000001", "-240000002"):
        district.says("Пожалуйста, друзья!", post, author=author)
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("posts", "comments"))
        assert [one.seen for one in social.moderation_report(seen) if one.account == VK] == [1]

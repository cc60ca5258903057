"""What people do by hand: listed with instructions, told done with evidence, checked by reading, closed or reopened."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leaving_world import NOW, Leaving
from munsocial.errors import FileRefused, InputError
from munsocial.journal import Entry, Journal, open_journal
from munsocial.journal.stepbook import StepBook
from munsocial.operate.applying.tasks import Task, TaskState, _reopen, drop_task, tasks_of, tell_done
from munsocial.operate.plans.plan import Plan, Proof, Step, new_plan, step_key
from munsocial.sandbox.things import Ban

OK, PAGE = "lesnoy-ok", "70000000000001"


class Office(Leaving):
    """The same district with a rude comment in Odnoklassniki, where no method removes it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.author = self.world.add_user("ok", "Грубиян").id
        self.post = self.world.publish("ok", PAGE, "Завтра субботник!")
        self.comment = self.world.comment(
            "ok", PAGE, self.post.id, "Какая же чушь, прямо ругательство", author=self.author
        )

    def step(self, action: str, **params: str) -> Step:
        proof = Proof(text="Какая же чушь", author="Грубиян", url="https://ok.ru/lesnoy.adm/topic/1", at=NOW)
        known = {"comment": self.comment.id, "post": self.post.id, **params}
        return Step(id=action.replace("_", "-"), key=step_key(), account=OK, network="ok", action=action,
                    params=known, ru=action, en=f"do {action}", ground="obscenity", evidence=(proof,))  # fmt: skip

    def plan(self, *steps: Step) -> Plan:
        return new_plan("moderation", self.registry, steps, now=self.world.now(), made_by="elkina")

    def put_out(self, *steps: Step) -> Task:
        with self.connect() as social:
            social.apply(self.plan(*steps))
            return social.tasks()[0]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_deed_without_a_method_becomes_a_task_with_link_text_and_ground(office: Office) -> None:
    task = office.put_out(office.step("delete_comment"))
    assert (task.state, task.step.account) == (TaskState.OPEN, OK)
    for expected in ("https://ok.ru/lesnoy.adm/topic/1", "Грубиян", "Какая же чушь"):
        assert expected in task.how.ru
    assert task.how.en.startswith("Open ")


@pytest.mark.parametrize(
    ("action", "params", "expected"),
    [
        ("delete_comment", {"author": "580000000777"}, "(Грубиян, https://ok.ru/profile/580000000777)"),
        ("delete_comment", {}, "(Грубиян)"),
        ("delete_comment", {}, "(п. 9.3)"),
        ("ban", {"user": "580000000777", "until": "2026-12-05T21:30:00+00:00"}, "и срок: до 06.12.2026 00:30."),
        ("ban", {"user": "580000000777", "until": ""}, "и срок: навсегда."),
        ("ban", {"user": "580000000777"}, "https://ok.ru/profile/580000000777"),
    ],
)
def test_an_instruction_names_the_author_by_the_page_and_the_term_by_the_clock_of_the_place(
    office: Office, action: str, params: dict[str, str], expected: str
) -> None:
    step = office.step(action, **params).model_copy(update={"clause": "9.3"})
    assert expected in office.put_out(step).how.ru


def test_a_task_that_is_done_is_closed_by_reading_alone(office: Office) -> None:
    office.put_out(office.step("delete_comment"))
    office.world.delete_comment("ok", PAGE, office.comment.id)
    with office.connect() as social:
        assert [one.task.state for one in social.check_tasks()] == [TaskState.CLOSED]
        assert social.tasks() == ()
        assert social.journal.verify().whole


def test_a_task_told_done_that_is_not_is_opened_again(office: Office) -> None:
    task = office.put_out(office.step("delete_comment"))
    with office.connect() as social:
        assert social.tell_done(task.id, by="sosnov", note="удалил").state is TaskState.STATED
        checked = social.check_tasks()
        assert [one.task.state for one in checked] == [TaskState.REOPENED]
        assert [(one.state, one.by) for one in social.tasks()] == [(TaskState.REOPENED, "sosnov")]
        kinds = [one.kind for one in social.journal.entries(kind="task.*")]
    assert kinds == ["task.done", "task.reopened"]


def test_after_a_second_word_it_is_closed_when_reading_shows_it(office: Office) -> None:
    task = office.put_out(office.step("delete_comment"))
    with office.connect() as social:
        social.tell_done(task.id, by="sosnov")
        social.check_tasks()
        office.world.delete_comment("ok", PAGE, office.comment.id)
        social.tell_done(task.id, by="sosnov")
        assert [one.task.state for one in social.check_tasks()] == [TaskState.CLOSED]
        last = next(social.journal.entries(kind="step.confirmed", newest_first=True))
    assert (last.body["by"], last.body["checked"]) == ("sosnov", "read")


def test_what_no_reading_shows_stays_a_word_and_says_so(office: Office) -> None:
    task = office.put_out(office.step("report_comment"))
    with office.connect() as social:
        social.tell_done(task.id, by="sosnov")
        checked = social.check_tasks()
        assert [(one.task.state, one.seen.value) for one in checked] == [(TaskState.STATED, "unclear")]
        assert checked[0].why is not None
        assert "не показывает" in checked[0].why.ru


def test_a_network_that_does_not_answer_changes_nothing(office: Office) -> None:
    task = office.put_out(office.step("delete_comment"))
    with office.connect() as social:
        social.tell_done(task.id, by="sosnov")
    for key in office.world.keys.values():
        key.revoked = True
    with office.connect() as social:
        checked = social.check_tasks()
        assert [(one.task.state, one.seen.value) for one in checked] == [(TaskState.STATED, "unclear")]


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("hide_comment", "not_there", "there"),
        ("delete_comment", "not_there", "there"),
        ("ban", "not_there", "there"),
        ("remove_manager", "not_there", "there"),
    ],
)
def test_each_task_is_checked_by_what_shows_it(office: Office, action: str, before: str, after: str) -> None:
    user = office.author
    if action == "remove_manager":
        user = "570000000002"
        office.world.appoint("ok", PAGE, user, "MODERATOR", since=None)
    office.put_out(office.step(action, user=user))
    with office.connect() as social:
        assert [one.seen.value for one in social.check_tasks(write=False)] == [before]
        if action == "ban":
            office.world.ban("ok", PAGE, Ban(office.author, NOW))
        elif action == "remove_manager":
            office.world.page("ok", PAGE).managers.pop("570000000002")
        else:
            office.world.delete_comment("ok", PAGE, office.comment.id)
        assert [one.seen.value for one in social.check_tasks()] == [after]


def test_evidence_is_kept_as_name_size_and_digest(office: Office, tmp_path: Path) -> None:
    screen = tmp_path / "screen.png"
    screen.write_bytes(b"picture")
    task = office.put_out(office.step("delete_comment"))
    with office.connect() as social:
        done = social.tell_done(task.id, by="sosnov", evidence=[screen])
    digest = hashlib.sha256(b"picture").hexdigest()
    assert [dict(one) for one in done.evidence] == [{"name": "screen.png", "bytes": 7, "sha256": digest}]


@pytest.mark.parametrize(
    ("situation", "name", "by", "told"),
    [
        ("no such task", "plan/none", "sosnov", "такого открытого задания"),
        ("nobody named", "delete-comment", "", "кто сделал"),
    ],
)
def test_a_word_that_does_not_count(office: Office, situation: str, name: str, by: str, told: str) -> None:
    office.put_out(office.step("delete_comment"))
    with open_journal(office.journal) as journal, pytest.raises(InputError, match=told):
        tell_done(journal, name, by=by)


def test_evidence_that_is_not_there_leaves_the_task_open(office: Office, tmp_path: Path) -> None:
    task = office.put_out(office.step("delete_comment"))
    with open_journal(office.journal) as journal:
        with pytest.raises(FileRefused):
            tell_done(journal, task.id, by="sosnov", evidence=[tmp_path / "none.png"])
        assert [one.state for one in tasks_of(journal)] == [TaskState.OPEN]


def test_a_task_is_dropped_only_with_a_reason(office: Office) -> None:
    task = office.put_out(office.step("delete_comment"))
    with open_journal(office.journal) as journal:
        with pytest.raises(InputError, match="причина"):
            drop_task(journal, task.id, by="elkina", why="")
        assert drop_task(journal, task.id, by="elkina", why="автор удалил сам").state is TaskState.DROPPED
        assert tasks_of(journal) == ()
        assert [one.state for one in StepBook(journal).of(task.plan)] == ["skipped"]
        assert journal.verify().whole


def test_personal_data_of_a_waiting_task_outlive_their_term_and_go_with_the_last_step(office: Office) -> None:
    from datetime import timedelta

    task = office.put_out(office.step("delete_comment"))
    after = office.world.now() + timedelta(days=1)
    with open_journal(office.journal, clock=office.world.now) as journal:
        assert journal.purge(before=after, reason="срок").kept == (task.plan,)
        assert "Какая же чушь" in tasks_of(journal)[0].how.ru
        drop_task(journal, task.id, by="elkina", why="автор удалил сам")
        assert journal.purge(before=after, reason="срок").plans == (task.plan,)
        assert journal.verify().whole


@pytest.mark.parametrize(
    ("situation", "days_before_the_purge", "forgotten"),
    [
        ("the plan may still be signed and applied", 6, False),
        ("it expired: nobody can ever apply what is left of it", 8, True),
    ],
)
def test_a_plan_that_was_never_signed_is_forgotten_once_it_has_expired(
    office: Office, situation: str, days_before_the_purge: int, forgotten: bool
) -> None:
    from datetime import timedelta

    waits = office.step("delete_comment").model_copy(update={"signatures": 1, "id": "waits"})
    plan = office.plan(office.step("ban", user=office.author).model_copy(update={"signatures": 0}), waits)
    with office.connect() as social:
        social.apply(plan, by="elkina")
        drop_task(social.journal, f"{plan.id}/ban", by="elkina", why="не нужно")
    until = office.world.now() + timedelta(days=days_before_the_purge)
    with open_journal(office.journal, clock=lambda: until) as journal:
        gone = journal.purge(before=until, reason="срок")
        assert [one.state for one in StepBook(journal).of(plan.id)] == ["skipped", "planned"]
        assert ((gone.plans, gone.kept) == ((plan.id,), ())) is forgotten, situation
        assert (StepBook(journal).plan_body(plan.id) is None) is forgotten
        assert journal.verify().whole


def test_an_event_loop_gets_the_same(office: Office) -> None:
    office.put_out(office.step("delete_comment"))

    async def story() -> list[str]:
        async with office.aconnect() as social:
            return [one.seen.value for one in await social.check_tasks(write=False)]

    assert asyncio.run(story()) == ["not_there"]


def test_no_citizen_is_named_in_what_stays_for_ever(office: Office) -> None:
    """Neither the instruction with name and text, nor who was banned, stands outside what a purge takes away."""
    from datetime import timedelta

    task = office.put_out(office.step("delete_comment"), office.step("ban", user=office.author))
    with open_journal(office.journal, clock=office.world.now) as journal:
        for one in tasks_of(journal):
            drop_task(journal, one.id, by="elkina", why="Грубиян удалил сам")
        lasting = " ".join(f"{one.kind} {dict(one.body)}" for one in journal.entries())
        assert "Грубиян" not in lasting
        assert "Какая же чушь" not in lasting
        journal.purge(before=office.world.now() + timedelta(days=1), reason="срок")
        assert journal.verify().whole
        assert task.id
    files = b"".join(one.read_bytes() for one in office.journal.parent.iterdir())
    assert "Грубиян".encode() not in files
    assert "Какая же чушь".encode() not in files
    assert office.author.encode() not in files


def test_the_same_word_again_is_written_once_and_a_reopening_too(office: Office) -> None:
    """A command that was killed is given again; two programs check at once."""
    task = office.put_out(office.step("delete_comment"))
    with office.connect() as social, office.connect() as other:
        for _ in range(2):
            social.tell_done(task.id, by="sosnov", note="удалил")
        (stated,) = other.tasks()
        social.check_tasks()
        _reopen(other.journal, stated)
        kinds = [one.kind for one in social.journal.entries(kind="task.*")]
        social.tell_done(task.id, by="sosnov", note="удалил")
        again = [one.state for one in social.tasks()]
    assert kinds == ["task.done", "task.reopened"]
    assert again == [TaskState.STATED]


def test_a_word_on_one_task_reads_nothing_of_the_others(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a year the journal holds thousands of words on tasks that are over; each new word read all of them."""
    mine = office.put_out(office.step("delete_comment"))
    with office.connect() as social:
        social.apply(office.plan(office.step("ban", user=office.author)))
        other = next(one for one in social.tasks() if one.id != mine.id)
        social.tell_done(other.id, by="sosnov")
        asked: list[str] = []
        whole, named = Journal.entries, StepBook.plan_body

        def entries(self: Journal, **facts: Any) -> Iterator[Entry]:
            for one in whole(self, **facts):
                asked.append(one.subject)
                yield one

        def plan_body(self: StepBook, plan: str) -> str | None:
            asked.append(plan)
            return named(self, plan)

        monkeypatch.setattr(Journal, "entries", entries)
        monkeypatch.setattr(StepBook, "plan_body", plan_body)
        social.tell_done(mine.id, by="sosnov")
    assert set(asked) == {mine.plan}

"""Own posts that are edited or deleted: a colleague's change stops the step, and the old words are in the journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import anyio
import pytest

from acting_world import District, fault
from munsocial.errors import InputError
from munsocial.journal.entries import Entry
from munsocial.model.snapshot import Snapshot
from munsocial.network.drafts import Draft
from munsocial.operate.moderating.evidence import removed_in
from munsocial.operate.plans.plan import Plan
from munsocial.sandbox.things import Post
from munsocial.social import Social

VK, OK = "administration-vk", "administration-ok"
WAS, NEW, THEIRS = "Приём граждан в 10:00", "Приём граждан в 10:00, каб. 5", "ВНИМАНИЕ: приём перенесён на 15:00"
Change = Literal["edit_post", "delete_post"]


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def planned(district: District, social: Social, change: Change, post: Post, *, seen: bool, account: str = VK) -> Plan:
    known: dict[str, Any] = {"snapshot": social.collect(weeks=2, want=("posts",))} if seen else {}
    if change == "edit_post":
        known["draft"] = Draft(text=NEW, topic="other")
    return social.plan_change(change, account, post.id, made_by="elkina", **known)


def kept(social: Social) -> list[Entry]:
    return list(social.journal.entries(kind="evidence.post"))


def words(entry: Entry) -> list[str]:
    return [one["text"] for one in (entry.personal or {})["evidence"]]


def _edited(district: District, post: Post) -> None:
    district.world.edit_post(*district.page(VK), post.id, text=THEIRS)


def _deleted(district: District, post: Post) -> None:
    district.world.delete_post(*district.page(VK), post.id)


@pytest.mark.parametrize("change", ["edit_post", "delete_post"])
@pytest.mark.parametrize(
    ("meanwhile", "said"), [(_edited, "запись с тех пор изменена: «ВНИМАНИЕ"), (_deleted, "записи уже нет")]
)
def test_a_post_that_changed_meanwhile_is_left(
    district: District, change: Change, meanwhile: Callable[[District, Post], None], said: str
) -> None:
    post = district.post(text=WAS)
    with district.connect() as social:
        plan = planned(district, social, change, post, seen=True)
        meanwhile(district, post)
        before = (post.text, post.state)
        (outcome,) = social.apply(plan).outcomes
        assert (outcome.state, said in outcome.say()) == ("skipped", True)
        assert (post.text, post.state) == before
        assert kept(social) == []


@pytest.mark.parametrize("seen", [True, False])
@pytest.mark.parametrize("change", ["edit_post", "delete_post"])
def test_the_old_words_are_in_the_journal_before_they_go(district: District, change: Change, seen: bool) -> None:
    post = district.post(text=WAS)
    with district.connect() as social:
        assert social.apply(planned(district, social, change, post, seen=seen)).done
        (entry,) = kept(social)
        assert (words(entry), entry.body["post"], entry.body["action"]) == ([WAS], post.id, change)
        started = next(social.journal.entries(kind="step.confirmed"))
        assert entry.seq < started.seq
        assert len(list(removed_in(social.journal))) == 1
        assert social.moderation_report() == ()
        assert social.journal.verify().whole


def test_a_post_of_years_ago_is_deleted_with_what_is_known_of_it(district: District) -> None:
    network, page = district.page(VK)
    post = district.world.publish(network, page, WAS, at=district.world.now() - timedelta(days=900))
    with district.connect() as social:
        assert social.apply(planned(district, social, "delete_post", post, seen=False)).done
        assert [entry.body["post"] for entry in kept(social)] == [post.id]
    assert post.state == "deleted"


def test_an_edit_by_hand_keeps_the_old_words_too(district: District) -> None:
    post = district.post(OK, WAS)
    with district.connect() as social:
        plan = planned(district, social, "edit_post", post, seen=True, account=OK)
        assert district.states(social.apply(plan)) == ["manual"]
        assert [words(entry) for entry in kept(social)] == [[WAS]]


SECOND = "Приём граждан в 10:00, каб. 6"


def _edit(social: Social, post: Post, text: str, known: Snapshot, account: str = VK) -> Plan:
    return social.plan_change(
        "edit_post", account, post.id, draft=Draft(text=text, topic="other"), snapshot=known, made_by="elkina"
    )


@pytest.mark.parametrize("then", ["edit_post", "delete_post"])
def test_our_own_correction_since_the_snapshot_stands_in_no_ones_way(district: District, then: Change) -> None:
    post = district.post(text=WAS)
    with district.connect() as social:
        morning = social.collect(weeks=2, want=("posts",))
        assert social.apply(_edit(social, post, NEW, morning)).done
        draft = Draft(text=SECOND, topic="other") if then == "edit_post" else None
        plan = social.plan_change(then, VK, post.id, draft=draft, snapshot=morning, made_by="elkina")
        assert [one.text for one in plan.steps[0].evidence] == [NEW]
        assert then == "edit_post" or NEW in plan.steps[0].ru
        assert social.apply(plan).done
        assert [words(entry) for entry in kept(social)] == [[WAS], [NEW]]


def test_what_somebody_wrote_after_our_correction_is_left(district: District) -> None:
    post = district.post(text=WAS)
    with district.connect() as social:
        morning = social.collect(weeks=2, want=("posts",))
        assert social.apply(_edit(social, post, NEW, morning)).done
        _edited(district, post)
        (outcome,) = social.apply(_edit(social, post, SECOND, morning)).outcomes
        assert (outcome.state, post.text) == ("skipped", THEIRS)
        assert "соберите новый снимок и составьте план заново" in outcome.say()


def test_a_colleagues_plan_made_before_our_correction_does_not_undo_it(district: District) -> None:
    post = district.post(text=WAS)
    with district.connect() as social:
        morning = social.collect(weeks=2, want=("posts",))
        colleague = _edit(social, post, SECOND, morning)
        assert social.apply(_edit(social, post, NEW, morning)).done
        assert district.states(social.apply(colleague)) == ["skipped"]
        assert post.text == NEW


def test_a_snapshot_taken_after_our_correction_tells_how_the_post_reads(district: District) -> None:
    post = district.post(text=WAS)
    with district.connect() as social:
        assert social.apply(_edit(social, post, NEW, social.collect(weeks=2, want=("posts",)))).done
        district.later(minutes=5)
        _edited(district, post)
        plan = _edit(social, post, SECOND, social.collect(weeks=2, want=("posts",)))
        assert [one.text for one in plan.steps[0].evidence] == [THEIRS]
        assert social.apply(plan).done
        assert post.text == SECOND


# --- what is planned after the post was read


def looked_up(district: District, change: Change, post: str, account: str = VK) -> Plan:
    new = Draft(text=NEW, topic="other") if change == "edit_post" else None
    with district.connect() as social:
        return social.plan_change(change, account, post, draft=new, found=social.read_post(account, post))


@pytest.mark.parametrize("account", [VK, OK])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("edit_post", "изменить запись {id}: было «{was}», станет «{new}»"),
        ("delete_post", "удалить запись {id}: «{was}»"),
    ],
)
def test_the_words_that_go_are_told_before(district: District, account: str, change: Change, said: str) -> None:
    post = district.post(account, WAS)
    plan = looked_up(district, change, post.id, account)
    if account == VK:  # OK has no call that deletes
        (step,) = plan.steps
        assert step.ru == said.format(id=post.id, was=WAS, new=NEW)
        assert ([one.text for one in step.evidence], bool(step.expect)) == ([WAS], True)
    assert not any("не прочитана" in one.ru or "на странице нет" in one.ru for one in plan.problems)


def test_a_post_that_waits_for_its_time_is_told_too(district: District) -> None:
    network, page = district.page(VK)
    due = district.world.now() + timedelta(hours=9)
    post = district.world.publish(network, page, WAS, at=due)
    plan = looked_up(district, "delete_post", post.id)
    assert [step.ru for step in plan.steps] == [f"удалить запись {post.id}: «{WAS}»"]


@pytest.mark.parametrize("change", ["edit_post", "delete_post"])
@pytest.mark.parametrize("account", [VK, OK])
@pytest.mark.parametrize("gone", [True, False], ids=["deleted", "never there"])
def test_what_is_not_there_is_not_planned(district: District, account: str, change: Change, gone: bool) -> None:
    number = {VK: "999999", OK: "999999999999999"}[account]
    post = district.post(account, WAS)
    if gone:
        district.world.delete_post(*district.page(account), post.id)
        number = post.id
    plan = looked_up(district, change, number, account)
    assert plan.steps == ()
    assert any(f"записи {number} на странице нет" in one.ru for one in plan.problems if one.weight == "error")


def test_a_post_without_words_is_told_without_empty_quotes(district: District) -> None:
    post = district.post(text=" ")
    (step,) = looked_up(district, "delete_post", post.id).steps
    assert step.ru == f"удалить запись {post.id} (в ней нет слов)"


def test_what_nobody_could_read_is_planned_with_a_warning(district: District) -> None:
    post = district.post(text=WAS)
    district.faults.add(fault("permission", "wall.get", times=None))
    with district.connect() as social:
        found = social.read_post(VK, post.id)
        plan = social.plan_change("delete_post", VK, post.id, found=found)
    assert found.value is None
    assert [step.ru for step in plan.steps] == [f"удалить запись {post.id}"]
    assert any(one.ru.startswith(f"запись {post.id} не прочитана (") for one in plan.problems)


def test_an_unknown_account_has_no_posts(district: District) -> None:
    with district.connect() as social, pytest.raises(InputError, match="такого аккаунта нет в реестре"):
        social.read_post("nobody-vk", "1")


def test_the_asynchronous_face_reads_the_same(district: District) -> None:
    post = district.post(text=WAS)

    async def read() -> str:
        async with district.stage.aconnect(journal=district.journal_file) as social:
            found = await social.read_post(VK, post.id)
            return found.value.text if found.value else ""

    assert anyio.run(read) == WAS


def test_a_change_that_nobody_knows_is_refused_in_words(district: District) -> None:
    unknown: Any = "delete"
    with district.connect() as social, pytest.raises(InputError) as caught:
        social.plan_change(unknown, VK, "1")
    assert caught.value.say() == (
        "delete: так запись не меняют. Можно: edit_post, delete_post, restore_post, pin_post, close_comments."
    )

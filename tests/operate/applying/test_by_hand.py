"""What falls to a person: an exact instruction, one task for one deed, evidence once, nothing asked that is done."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from acting_world import District
from leaving_world import NOW, Leaving
from munsocial.journal.stepbook import StepBook
from munsocial.network.abilities import How
from munsocial.operate.applying.deeds import DEEDS
from munsocial.operate.applying.keeping import keep_evidence
from munsocial.operate.applying.manual import instruction_for
from munsocial.operate.applying.outcomes import StepOutcome
from munsocial.operate.plans.plan import Proof, Step, new_plan, step_key
from munsocial.operate.plans.preview import preview
from munsocial.sandbox.things import Ban
from munsocial.wording import Lang
from munsocial_ok.capabilities import CAPABILITIES

OK, PAGE = "lesnoy-ok", "70000000000001"
GROUP = f"https://ok.ru/group/{PAGE}"
COMMENT = {
    "comment": "c1",
    "post": "155000000000001",
    "author": "580000000777",
    "url": f"{GROUP}/topic/155000000000001",
}
POST = {"post": "155000000000001"}


class Office(Leaving):
    """The district with a rude comment in Odnoklassniki, where no method removes it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.author = self.world.add_user("ok", "Грубиян").id
        self.post = self.world.publish("ok", PAGE, "Завтра субботник!")
        self.comment = self.world.comment("ok", PAGE, self.post.id, "Какая же чушь", author=self.author)

    def removal(self, **facts: Any) -> Step:
        from munsocial.operate.applying.digests import text_digest

        params = {"comment": self.comment.id, "post": self.post.id, "author": self.author}
        known: dict[str, Any] = {"action": "delete_comment", "params": params, "expect": text_digest("Какая же чушь")}
        return self.step(**(known | facts))

    def step(self, action: str, **facts: Any) -> Step:
        proof = Proof(text="Какая же чушь", author="Грубиян", at=NOW)
        known: dict[str, Any] = {"ru": action, "en": action, "ground": "obscenity", "evidence": (proof,), **facts}
        return Step(id="s1", key=step_key(), account=OK, network="ok", action=action, **known)

    def apply(self, *steps: Step) -> tuple[StepOutcome, ...]:
        """Apply them as a new plan, in a program of its own."""
        with self.connect() as social:
            plan = new_plan("moderation", self.registry, steps, now=self.world.now(), made_by="elkina")
            return social.apply(plan).outcomes

    def kept(self) -> int:
        """Count what was kept of removed comments."""
        with self.connect() as social:
            return sum(1 for _ in social.journal.entries(kind="evidence.kept"))

    def tasks(self) -> int:
        """Count what waits for a person."""
        with self.connect() as social:
            return len(social.tasks())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


# --- the instruction


@pytest.mark.parametrize(
    ("action", "params", "expected"),
    [
        ("delete_comment", COMMENT, ["topic/155000000000001", "Грубиян", "Какая же чушь", "https://ok.ru/profile/58"]),
        ("reply", COMMENT | {"text": "Спасибо!"}, ["topic/155000000000001", "«Спасибо!»", "Грубиян"]),
        ("pin_post", POST, [f"{GROUP}/topic/155000000000001"]),
        ("close_comments", POST, [f"{GROUP}/topic/155000000000001"]),
        ("edit_post", POST | {"draft": {"text": "Новый текст"}}, [f"{GROUP}/topic/155000000000001", "«Новый текст»"]),
        ("edit_profile", {"fields": {"site": "https://lesnoy.example"}}, [GROUP, "сайт: «https://lesnoy.example»"]),
        ("set_cover", {"picture": {"path": "/data/cover.png"}}, [GROUP, "cover.png"]),
        ("add_link", {"url": "https://ok.ru/krai", "title": "Край"}, [f"Откройте {GROUP} ", "ok.ru/krai — Край"]),
        ("subscribe", {"under": "krai-ok"}, ["откройте https://ok.ru/group/70000000000999 "]),
        ("remove_manager", {"user": "570000000001"}, [f"Откройте {GROUP} ", "https://ok.ru/profile/570000000001"]),
        ("ban", COMMENT | {"user": "580000000777"}, [f"Откройте {GROUP},", "навсегда", "нецензурная брань"]),
        ("unban", {"user": "580000000777"}, [f"Откройте {GROUP},", "https://ok.ru/profile/580000000777"]),
        ("delete_message", {"message": "m1", "peer": "580000000777"}, [GROUP, "«Какая же чушь»"]),
    ],
)  # fmt: skip
def test_an_instruction_names_the_place_and_what_to_do_there(
    office: Office, action: str, params: dict[str, Any], expected: list[str]
) -> None:
    registry = office.registry
    above = registry.accounts[1].model_copy(update={"id": "krai-ok", "network_id": "70000000000999"})
    step = office.step(action, params=params)
    plan = new_plan("test", registry, [step], now=NOW)
    declared = CAPABILITIES.of(DEEDS[action].ability)
    under = above if "under" in params else None
    told = instruction_for(plan, step, declared, registry.account_by_id[OK], under)
    assert [word for word in expected if word not in told.ru] == []


@pytest.mark.parametrize(
    "action", sorted(name for name, deed in DEEDS.items() if CAPABILITIES.of(deed.ability).how is How.MANUAL)
)
def test_no_instruction_has_a_hole_in_it(office: Office, action: str) -> None:
    """Neither two spaces where an address was to stand, nor empty quotes or brackets, whatever is not known."""
    bare = Step(id="s1", key=step_key(), account=OK, network="ok", action=action, ru=action, en=action)
    plan = new_plan("test", office.registry, [bare], now=NOW)
    declared = CAPABILITIES.of(DEEDS[action].ability)
    told = instruction_for(plan, bare, declared, office.registry.account_by_id[OK])
    assert re.findall(r"  |«»|\(\)| [.,;]|: \.", f"{told.ru} {told.en}") == []


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("delete_comment", COMMENT),
        ("report_comment", COMMENT),
        ("reply", COMMENT | {"text": "Здравствуйте, можно."}),
        ("edit_post", POST | {"draft": {"text": "Здравствуйте, можно."}}),
    ],
)
def test_a_text_that_ends_with_a_full_stop_gets_no_second_one(
    office: Office, action: str, params: dict[str, Any]
) -> None:
    proof = Proof(text="Здравствуйте, можно.", author="Пётр", at=NOW)
    step = office.step(action, params=params, evidence=(proof,))
    plan = new_plan("test", office.registry, [step], now=NOW)
    told = instruction_for(plan, step, CAPABILITIES.of(DEEDS[action].ability), office.registry.account_by_id[OK])
    for said in (told.ru, told.en):
        assert "«Здравствуйте, можно.»" in said
        assert ".»." not in said


@pytest.mark.parametrize(
    ("lang", "made", "signed"),
    [
        ("ru", "Составлен {at} (Вербина А. С.).", "Подписали: Вербина А. С.; требуется подписей: 1."),
        ("en", "Made on {at} (Вербина А. С.).", "Signed by: Вербина А. С.; signatures wanted: 1."),
    ],
)
def test_a_name_that_ends_with_a_full_stop_gets_no_second_one(
    office: Office, lang: Lang, made: str, signed: str
) -> None:
    step = office.step("reply", signatures=1)
    plan = new_plan("test", office.registry, [step], now=NOW, made_by="Вербина А. С.").signed("Вербина А. С.", NOW)
    said = [line.replace(plan.local(NOW), "{at}") for line in preview(plan, lang, whole=True) if "Вербина" in line]
    assert said == [made, signed]


def test_an_edit_says_the_new_words_and_not_the_old_ones(office: Office) -> None:
    step = office.step("edit_post", params=POST | {"draft": {"text": "Новый текст"}})
    plan = new_plan("test", office.registry, [step], now=NOW)
    told = instruction_for(plan, step, CAPABILITIES.of(DEEDS["edit_post"].ability), office.registry.account_by_id[OK])
    assert "Какая же чушь" not in told.ru


# --- one task for one deed


def test_a_second_plan_asks_no_person_twice(office: Office) -> None:
    first, second = (
        office.apply(office.removal()),
        office.apply(office.removal(params={**office.removal().params, "alone": True})),
    )
    assert [one.state for one in (*first, *second)] == ["manual", "skipped"]
    assert second[0].why is not None
    assert "уже ждёт человека" in second[0].why.ru
    assert (office.tasks(), office.kept()) == (1, 1)


def test_another_comment_is_another_task(office: Office) -> None:
    other = office.world.comment("ok", PAGE, office.post.id, "Какая же чушь", author=office.author)
    office.apply(office.removal())
    office.apply(office.removal(params={"comment": other.id, "post": office.post.id, "author": office.author}))
    assert (office.tasks(), office.kept()) == (2, 2)


def test_a_task_that_was_dropped_may_be_put_out_again(office: Office) -> None:
    from munsocial.journal import open_journal
    from munsocial.operate.applying.tasks import drop_task, tasks_of

    office.apply(office.removal())
    with open_journal(office.journal) as journal:
        drop_task(journal, tasks_of(journal)[0].id, by="elkina", why="подождём")
    assert [one.state for one in office.apply(office.removal())] == ["manual"]


def test_what_is_grave_is_told_once(office: Office) -> None:
    grave: dict[str, Any] = {
        "action": "refer",
        "ground": "threat",
        "params": {"comment": office.comment.id, "how_ru": "Звоните 102"},
    }
    states = [office.apply(office.step(**grave))[0].state for _ in range(2)]
    assert states == ["manual", "skipped"]
    assert (office.tasks(), office.kept()) == (1, 1)


# --- nothing is asked that is done already


def test_a_comment_that_is_gone_is_no_task(office: Office) -> None:
    office.world.delete_comment("ok", PAGE, office.comment.id)
    assert [one.state for one in office.apply(office.removal())] == ["skipped"]
    assert (office.tasks(), office.kept()) == (0, 0)


def test_a_user_who_is_banned_is_no_task(office: Office) -> None:
    office.world.ban("ok", PAGE, Ban(office.author, NOW))
    assert [one.state for one in office.apply(office.step("ban", params={"user": office.author}))] == ["skipped"]


@pytest.mark.parametrize(("account", "network", "user"), [(OK, "ok", "570000000002"), ("lesnoy-vk", "vk", "810000001")])
def test_who_manages_the_page_no_longer_is_no_step(office: Office, account: str, network: str, user: str) -> None:
    step = office.step("remove_manager", params={"user": user})
    if network == "vk":
        office.remove("elkina")
    there = step.model_copy(update={"account": account, "network": network})
    assert [one.state for one in office.apply(there)] == ["skipped"]


def test_where_nobody_can_look_the_task_is_put_out(office: Office) -> None:
    for key in office.world.keys.values():
        key.revoked = True
    assert [one.state for one in office.apply(office.removal())] == ["manual"]
    assert office.kept() == 1


def test_a_step_left_by_a_killed_program_is_no_second_task_when_the_outbox_takes_it_up(office: Office) -> None:
    """Killed before the task was put out; the command is given again; then the timer takes up what was left behind."""
    steps = (office.removal(), office.step("refer", ground="threat", params={"comment": "c9"}))
    left = new_plan(
        "moderation",
        office.registry,
        [one.model_copy(update={"id": f"s{place}"}) for place, one in enumerate(steps, 1)],
        now=office.world.now(),
        made_by="elkina",
    )
    with office.connect() as social:
        book = StepBook(social.journal)
        rows = [(one.id, one.key, one.due) for one in left.steps]
        book.enter(left.id, left.digest, left.model_dump_json(exclude_defaults=True), rows)
        for one in left.steps:
            assert book.take(left.id, one.id) is not None
        book.close()
    again = new_plan(
        "moderation",
        office.registry,
        [one.model_copy(update={"key": step_key()}) for one in left.steps],
        now=office.world.now(),
        made_by="elkina",
    )
    with office.connect() as social:
        assert [one.state for one in social.apply(again).outcomes] == ["manual", "manual"]
    with office.connect() as social:
        assert [one.state for one in social.outbox().outcomes] == ["skipped", "skipped"]
        assert social.journal.verify().whole
    assert (office.tasks(), office.kept()) == (2, 2)


def test_two_programs_put_one_task_out(office: Office) -> None:
    import threading

    ready = threading.Barrier(3)

    def program() -> None:
        ready.wait()
        office.apply(office.removal())

    threads = [threading.Thread(target=program) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (office.tasks(), office.kept()) == (1, 1)


def test_evidence_of_a_removal_tried_twice_is_kept_once(tmp_path: Path) -> None:
    """Killed between the evidence and the call: the next program keeps no second one."""
    district = District(tmp_path)
    post = district.post()
    plan = district.plan(district.removal(district.says("Какая же чушь", post), post))
    with district.connect() as social:
        book = StepBook(social.journal)
        rows = [(one.id, one.key, one.due) for one in plan.steps]
        book.enter(plan.id, plan.digest, plan.model_dump_json(exclude_defaults=True), rows)
        assert book.take(plan.id, plan.steps[0].id) is not None
        keep_evidence(social.journal, plan, plan.steps[0], by="elkina")
        book.close()
    assert [one.state for one in district.apply(plan).outcomes] == ["confirmed"]
    with district.connect() as social:
        assert sum(1 for _ in social.journal.entries(kind="evidence.kept")) == 1


def test_the_evidence_stands_before_the_task(office: Office) -> None:
    office.apply(office.removal())
    with office.connect() as social:
        kinds = [one.kind for one in social.journal.entries()]
        assert kinds == ["plan.entered", "step.started", "evidence.kept", "step.manual"]
        assert social.journal.verify().notes == ()

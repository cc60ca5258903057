"""Publishing before anything is sent: what stands in the way, the content plan, the week, the outbox, an emergency."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import NOW, REGISTER, District, fault
from munsocial.errors import DraftRefused, InputError
from munsocial.network.abilities import Ability, Capabilities, Limits, local, native
from munsocial.network.drafts import Draft, Media, Poll
from munsocial.operate.plans.plan import Plan
from munsocial.operate.publishing.content_plan import load_content_plan
from munsocial.operate.publishing.emergency import reach_lines, reach_of, who_has_it
from munsocial.operate.publishing.publication import plan_publication
from munsocial.wording import Text

VK, OK, BOR = "administration-vk", "administration-ok", "borovoye-vk"
TALK = "Друзья, в субботу субботник в парке, приходите в десять утра!"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> District:
    return District(tmp_path_factory.mktemp("district"))


class Small:
    """An adapter of a network with narrow limits and no scheduling of its own."""

    capabilities = Capabilities(
        {
            Ability.PUBLISH: native(
                keys=("community_key", "user_key"),
                limits=Limits(text=100, media=1, photo_bytes=10, photo_types=("jpg",), poll_answers=3),
            ),
            Ability.SCHEDULE: local(Text("сеть не умеет", "the network cannot")),
        },
        formats=frozenset({"text", "photo"}),
    )

    def __init__(self, *, key: bool = True) -> None:
        self.key = key

    def has_key(self, ability: Ability, account: str) -> bool:
        return self.key


def plan(district: District, draft: Draft, adapter: Any = None, *, to: str = VK) -> Plan:
    adapters: Any = {"vk": adapter or Small()}
    return plan_publication(draft, [to], registry=district.registry, adapters=adapters, now=district.world.now())


# --- what stands in the way

NO_FILE = Media(path=Path("no-such.jpg"))
WALLS = (
    ("empty", Draft(text="  "), "нет ни текста"),
    ("a word for a link", Draft(text="x", link="нет"), "ссылка «нет» — не адрес: напишите её целиком, https://…"),
    ("a link without scheme", Draft(text="x", link="grivenskoye.example/park"), "— не адрес: напишите её целиком"),
    ("a link that is a script", Draft(text="x", link="javascript:alert(1)"), "— не адрес"),
    ("a link that is no address", Draft(text="x", link="https://[1"), "— не адрес"),
    ("too long", Draft(text="а" * 101), "длиннее 100 знаков: 101"),
    ("too many files", Draft(text=TALK, media=(NO_FILE, NO_FILE)), "вложений 2, сеть принимает 1"),
    ("no file", Draft(text=TALK, media=(NO_FILE,)), "файла no-such.jpg нет"),
    ("no such format", Draft(text=TALK, poll=Poll(question="?", answers=("а", "б"))), "формат «poll»"),
    ("one answer", Draft(text=TALK, poll=Poll(question="?", answers=("а",))), "меньше двух ответов"),
    ("many answers", Draft(text=TALK, poll=Poll(question="?", answers=("а", "б", "в", "г"))), "4 ответов"),
    ("a link", Draft(text=TALK, link="https://example.org/novost"), "формат «link»"),
    ("closed comments", Draft(text=TALK, comments_closed=True), "не может закрыть комментарии при публикации"),
    ("in the past", Draft(text=TALK, publish_at=NOW - timedelta(days=1)), "уже прошло"),
)


@pytest.mark.parametrize(("draft", "said"), [one[1:] for one in WALLS], ids=[one[0] for one in WALLS])
def test_what_stands_in_the_way(shared: District, draft: Draft, said: str) -> None:
    with pytest.raises(DraftRefused) as refused:
        plan(shared, draft)
    assert any(said in problem.what.ru for problem in refused.value.problems)


def test_an_account_without_a_key_is_left_out_and_told(shared: District) -> None:
    with pytest.raises(DraftRefused) as refused:
        plan(shared, Draft(text=TALK), Small(key=False))
    said = refused.value.problems[0].what
    assert said == Text("нет ключа: ключ сообщества, ключ пользователя", "no key: community key, user key")


def test_a_persons_token_lent_by_another_account_is_a_key(tmp_path: Path) -> None:
    """In OK a person's token serves every group that the person runs."""
    second = '[[accounts]]\nid = "borovoye-ok"\nbody = "borovoye"\nnetwork = "ok"\nnetwork_id = "71000000000002"\n'
    district = District(tmp_path, REGISTER + second)
    assert [step.account for step in district.publications("borovoye-ok").steps] == ["borovoye-ok"]


def test_an_unknown_account_is_named(shared: District) -> None:
    with pytest.raises(DraftRefused, match="nobody-vk"):
        plan(shared, Draft(text=TALK), to="nobody-vk")


ADVICE = (
    ("Администрацией осуществляется проведение работ.", "канцелярит"),
    ("Вход 8 900 000-00-17, спросить Сидоренко Петра Ильича, паспорт 0000 123456", "персональные данные"),
    ("Идите на х@й", "нецензурное"),
    ("Смотрите: https://vk.com/wall-1_2", "чужую запись"),
)


@pytest.mark.parametrize(("text", "said"), ADVICE)
def test_advice_stands_beside_the_plan_and_not_in_its_way(shared: District, text: str, said: str) -> None:
    made = plan(shared, Draft(text=text, topic="activity"))
    assert len(made.steps) == 1
    assert any(said in one.ru and one.weight == "advice" for one in made.problems)


def test_an_official_warning_may_be_formal(shared: District) -> None:
    made = plan(
        shared, Draft(text="Администрацией осуществляется проведение работ.", topic="activity", style_exempt="ЧС")
    )
    assert not made.problems


def test_variants_go_to_their_networks(district: District) -> None:
    with district.connect() as social:
        draft = Draft(text=TALK, variants={"ok": "Друзья, ждём вас в субботу в парке."})
        social.apply(social.plan_publication(draft, to=[VK, OK]))
    assert district.texts(VK)[TALK] == 1
    assert district.texts(OK)["Друзья, ждём вас в субботу в парке."] == 1


# --- changes


def test_a_post_is_edited_deleted_and_restored(district: District) -> None:
    post = district.post()
    district.world.comment(*district.page(VK), post.id, "Придём!", author="1")
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("posts",))
        edit = social.plan_change("edit_post", VK, post.id, draft=Draft(text="Исправлено, друзья."), snapshot=seen)
        assert edit.steps[0].evidence[0].text == post.text
        assert social.apply(edit).done
        assert post.text == "Исправлено, друзья."
        delete = social.plan_change("delete_post", VK, post.id, snapshot=seen)
        told = [one.ru for one in delete.problems]
        assert all(any(words in one for one in told) for words in ("не идёт в счёт", "под ней: 1")), told
        assert social.apply(delete).done
        assert post.state == "deleted"
        assert social.apply(social.plan_change("restore_post", VK, post.id)).done
        assert post.state == "published"


@pytest.mark.parametrize("publish_at", [None, NOW + timedelta(hours=3)])
def test_comments_are_closed_from_the_beginning_where_that_is_declared(district: District, publish_at: Any) -> None:
    with district.connect() as social:
        draft = Draft(text=TALK, comments_closed=True, publish_at=publish_at)
        made = social.plan_publication(draft, to=[VK, OK])
    assert not [one for one in made.problems if one.weight == "error"]
    assert [step.account for step in made.steps] == [VK, OK]


def test_what_a_network_cannot_change_is_told(shared: District) -> None:
    with shared.connect() as social:
        made = social.plan_change("restore_post", OK, "1")
        assert (made.steps, made.problems[0].weight) == ((), "error")
        with pytest.raises(InputError, match=r"draft: сюда передают Draft, а передан NoneType\. Составьте запись"):
            social.plan_change("edit_post", VK, "1")
        with pytest.raises(InputError, match="такого аккаунта нет в реестре"):
            social.plan_change("delete_post", "nobody-vk", "1")


# --- the content plan and the week

PLAN = """
[[posts]]
at = 2026-11-26T10:00:00
to = ["administration-vk", "administration-ok"]
text = "Друзья, завтра приём у главы, приходите!"
topic = "head_event"
state = "ready"

[[posts]]
at = 2026-11-27T12:00:00+03:00
to = ["administration-vk"]
text_file = "later.txt"
state = "draft"

[[posts]]
at = 2026-11-24T12:00:00+03:00
to = ["administration-vk"]
text = "Это было вчера."
state = "ready"
"""
TABLE = """Когда;Аккаунты;Текст;Состояние
26.11.2026 10:00;administration-vk, administration-ok;Друзья, завтра приём у главы, приходите!;готово
;administration-vk;Про ёлку, допишу.;черновик
"""


def content(folder: Path, name: str = "plan.toml", text: str = PLAN) -> Path:
    (folder / "later.txt").write_text("Про ёлку расскажем в пятницу.", encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(("name", "text"), [("plan.toml", PLAN), ("plan.csv", TABLE)])
def test_what_is_ready_is_planned_once(district: District, name: str, text: str) -> None:
    planned = load_content_plan(content(district.folder, name, text), district.registry)
    with district.connect() as social:
        first = social.plan_content(planned)
        assert [(step.account, step.clause) for step in first.steps] == [(VK, "5"), (OK, "5")]
        assert social.apply(first).done
        second = social.plan_content(planned)
    assert second.steps == ()
    assert sum("уже запланировано" in one.ru for one in second.problems) == 2


def test_a_workbook_is_a_content_plan(district: District) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Когда", "Аккаунты", "Текст", "Состояние"])
    sheet.append([NOW.replace(tzinfo=None) + timedelta(days=1), VK, TALK, "готово"])
    book.save(district.folder / "plan.xlsx")
    (entry,) = load_content_plan(district.folder / "plan.xlsx", district.registry).entries
    assert (entry.to, entry.text, entry.state) == ((VK,), TALK, "ready")
    assert entry.at is not None
    assert entry.at.tzinfo is not None


MISTAKES = (
    ('[[posts]]\nto = ["nobody-vk"]\ntext = "а"', "нет такого аккаунта: nobody-vk"),
    ('[[posts]]\nat = "завтра"', "не подходит"),
    ('[[posts]]\nstate = "ready"', "нет ни текста"),
    ('[[posts]]\ntext_file = "no.txt"', "не подходит"),
    ('[[posts]]\nstate = "whatever"\ntext = "а"', "не подходит"),
    ('[[posts]]\ntexxt = "а"', "не подходит"),
)


@pytest.mark.parametrize(("text", "said"), MISTAKES)
def test_mistakes_of_a_content_plan_are_listed_with_their_lines(
    shared: District, tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(InputError) as refused:
        load_content_plan(content(tmp_path, "plan.toml", text), shared.registry)
    assert "plan.toml:1" in str(refused.value)
    assert said in str(refused.value)


def test_the_week_says_what_is_missing(district: District) -> None:
    for _ in range(2):
        district.world.publish(*district.page(VK), f"Новость {_}", at=NOW - timedelta(hours=20 + _))
    planned = load_content_plan(content(district.folder), district.registry)
    with district.connect() as social:
        social.apply(social.plan_content(planned))
        seen = social.collect(weeks=1, want=("profile", "posts"))
        found = {one.account: one for one in social.week(seen, content=planned)}
    assert (found[VK].done, found[VK].wanted, found[VK].scheduled, found[VK].drafts) == (3, 5, 1, 1)
    assert (found[OK].scheduled, found[OK].drafts) == (1, 0)
    assert found[VK].say().startswith("administration-vk: опубликовано 3 из 5")
    assert BOR not in found  # clause 5 does not speak to settlements


def test_an_entry_that_stands_twice_is_planned_once(district: District) -> None:
    at = (NOW + timedelta(days=1)).isoformat()
    one = f'[[posts]]\nto = ["{VK}"]\ntext = "{TALK}"\nat = {at}\nstate = "ready"\n'
    planned = load_content_plan(content(district.folder, "plan.toml", one + one), district.registry)
    with district.connect() as social:
        plan = social.plan_content(planned)
        assert len(plan.steps) == 1
        assert any("дважды" in problem.say() for problem in plan.problems)
        assert social.apply(plan).done
        again = social.plan_content(planned)
    assert again.steps == ()
    assert any(f"{plan.id}/s1" in problem.say() for problem in again.problems)


# --- the outbox


def scheduled(district: District, **more: Any) -> Plan:
    """Plan a publication that our own outbox has to hold: its step waits until tomorrow."""
    step = district.step(
        "publish",
        VK,
        params={"draft": {"text": TALK}},
        due=NOW + timedelta(days=1),
        late_after=NOW + timedelta(days=1, hours=3),
        **more,
    )
    return district.plan(step)


def test_what_waits_is_done_in_its_time_and_once(district: District) -> None:
    with district.connect() as social:
        (outcome,) = social.apply(scheduled(district)).outcomes
        assert (outcome.state, outcome.again) == ("skipped", True)
        assert [one.due for one in social.waiting()] == [False]
        assert social.outbox().outcomes == ()
        district.later(days=1, minutes=1)
        assert [one.state for one in social.outbox().outcomes] == ["confirmed"]
        assert social.outbox().outcomes == ()
        assert social.waiting() == ()
    assert district.texts(VK)[TALK] == 1


def test_after_a_stop_what_is_too_late_is_asked_about(district: District) -> None:
    with district.connect() as social:
        social.apply(scheduled(district))
        district.later(days=2)
        run = social.outbox()
        assert (run.outcomes, len(run.late)) == ((), 1)
        assert "опоздало" in run.lines()[0]
        assert district.texts(VK)[TALK] == 0
        assert [one.state for one in social.outbox(ask_late=False).outcomes] == ["confirmed"]


def test_a_passing_trouble_is_tried_again_and_a_missing_key_is_not(district: District) -> None:
    plan_vk, plan_ok = district.publications(VK), district.publications(OK)
    district.faults.add(fault("unreachable", "wall.post", times=8))
    district.faults.add(fault("key", "mediatopic.post", times=8))
    with district.connect() as social:
        social.apply(plan_vk)
        social.apply(plan_ok)
        assert [one.step.account for one in social.waiting()] == [VK]
        district.faults.clear()
        assert [one.state for one in social.outbox().outcomes] == ["confirmed"]


def test_what_was_only_planned_is_left_alone(district: District) -> None:
    with district.connect() as social:
        social.apply(district.publications(VK, OK), limit=1)
        assert social.waiting() == ()


def test_a_step_taken_out_is_not_done(district: District) -> None:
    from munsocial.operate.applying.outbox import drop_step

    with district.connect() as social:
        social.apply(scheduled(district))
        (one,) = social.waiting()
        assert drop_step(social.journal, one.plan.id, one.step.id, by="elkina", why="перенесли")
        assert not drop_step(social.journal, one.plan.id, one.step.id, by="elkina")
        district.later(days=1, minutes=1)
        assert social.outbox().outcomes == ()


def test_a_plan_of_accounts_registered_anew_is_told_and_the_rest_goes_on(district: District) -> None:
    with district.connect() as social:
        social.apply(scheduled(district))
    changed = District(district.folder, REGISTER.replace("LESNOY_VK_COMMUNITY", "LESNOY_VK_OTHER"))
    changed.later(days=1, minutes=1)
    with changed.connect() as social:
        run = social.outbox()
    assert (run.outcomes, len(run.refused)) == ((), 1)
    assert "реестр изменился" in run.lines()[0]


def test_a_new_colleague_changes_nothing_for_what_waits(district: District) -> None:
    with district.connect() as social:
        social.apply(scheduled(district))
    more = '[[people]]\nid = "sosnin"\nname = "Соснин Олег"\nbody = "borovoye"\n'
    changed = District(district.folder, REGISTER + more)
    changed.later(days=1, minutes=1)
    with changed.connect() as social:
        assert [one.state for one in social.outbox().outcomes] == ["confirmed"]


# --- an emergency


def test_a_warning_goes_everywhere_by_reach_and_says_who_has_it(district: District) -> None:
    for account, readers in ((VK, 100), (OK, 900), (BOR, 50)):
        district.world.page(*district.page(account)).subscribers = readers
    district.faults.add(fault("permission", "mediatopic.post", times=None))
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("profile",))
        made = social.plan_emergency(Draft(text="Паводок: уходите на холм."), snapshot=seen)
        assert [step.account for step in made.steps] == [OK, VK, BOR]
        assert made.signatures_needed == 0
        reached = who_has_it(made, social.apply(made), district.registry, reach=reach_of(seen))
    assert [(one.account, one.has) for one in reached] == [(OK, False), (VK, True), (BOR, True)]
    assert reach_lines(reached)[-1] == "Предупреждение стоит в 2 из 3 аккаунтов; подписчиков у них 150 из 1050."


def test_a_warning_is_not_sent_hours_later(district: District) -> None:
    with district.connect() as social:
        made = social.plan_emergency(Draft(text="Паводок: уходите на холм."))
        district.later(hours=3)
        assert {one.state for one in social.apply(made).outcomes} == {"skipped"}

"""Plans written by a stranger's hand, with a digest that fits: a clear end for each step, and the rest goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from acting_world import NOW, District, fault
from munsocial.errors import FileRefused, PlanRefused
from munsocial.network.drafts import Draft
from munsocial.operate.applying.deeds import DEEDS, REFER
from munsocial.operate.plans.plan import Plan, Proof, Step, load_plan, new_plan
from munsocial.operate.plans.preview import preview

VK, OK = "administration-vk", "administration-ok"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def beside_a_good_one(district: District, *bad: Step) -> Plan:
    good = district.step("publish", VK, 99, params={"draft": {"text": "Хорошая новость."}})
    return district.plan(*bad, good)


WRONG: dict[str, Any] = {
    "draft": "text",
    "picture": 5,
    "fields": ["name"],
    "files": 7,
    "post": 5,
    "comment": ["a"],
    "message": {},
    "text": ["a"],
    "to": 7,
    "under": {"x": 1},
    "peer": [],
    "user": {"a": 1},
    "url": 3,
    "ground": 4,
    "until": "never",
}


@pytest.mark.parametrize("action", [*DEEDS, REFER])
@pytest.mark.parametrize("account", [VK, OK])
def test_a_step_with_nothing_in_it_is_rejected(district: District, action: str, account: str) -> None:
    bad, good = district.apply(beside_a_good_one(district, district.step(action, account))).outcomes
    assert (bad.state, good.state) == ("rejected", "confirmed")
    assert "шаг записан неверно: нет поля" in bad.say()


@pytest.mark.parametrize("name", list(WRONG))
@pytest.mark.parametrize("action", ["publish", "delete_comment", "ban", "reply"])
def test_a_field_of_a_wrong_kind_is_named(district: District, action: str, name: str) -> None:
    params = {"draft": {"text": "а"}, "post": "1", "comment": "1", "user": "1", "ground": "spam", "text": "а"}
    bad, good = district.apply(
        beside_a_good_one(district, district.step(action, params={**params, name: WRONG[name]}))
    ).outcomes
    assert (bad.state, good.state) == ("rejected", "confirmed")
    assert f"поле {name}" in bad.say()


@pytest.mark.parametrize(
    ("situation", "draft"),
    [
        ("a number for a text", {"text": 5}),
        ("files that are no list", {"text": "а", "media": "abc"}),
        ("no moment", {"text": "а", "publish_at": "yesterday"}),
        ("a moment without a zone", {"text": "а", "publish_at": "2026-12-01T10:00:00"}),
        ("a folder", {"text": "а", "media": [{"path": "/"}]}),
        ("a device", {"text": "а", "media": [{"path": "/dev/null"}]}),
        ("a name with a NUL", {"text": "а", "media": [{"path": "a\0b"}]}),
        ("far too long", {"text": "я" * 1_000_000}),
        ("nothing at all", {"text": " "}),
    ],
)
def test_a_draft_that_nobody_can_publish(district: District, situation: str, draft: dict[str, Any]) -> None:
    step = district.step("publish", params={"draft": draft})
    bad, good = district.apply(beside_a_good_one(district, step)).outcomes
    assert (bad.state, good.state) == ("rejected", "confirmed"), situation


def test_a_step_that_leads_into_another_network_than_its_account(district: District) -> None:
    step = district.step("publish", OK, params={"draft": {"text": "а"}}).model_copy(update={"network": "vk"})
    bad, good = district.apply(beside_a_good_one(district, step)).outcomes
    assert (bad.state, good.state) == ("rejected", "confirmed")
    assert "в сети ok" in bad.say()


def test_criticism_is_no_ground_whoever_wrote_it_into_a_plan(district: District) -> None:
    post = district.post()
    comment = district.says("Дороги ужасны, глава не работает!", post)
    steps = [
        district.removal(comment, post).model_copy(update={"ground": "criticism"}),
        district.step("ban", number=2, params={"user": "555", "ground": "criticism"}),
    ]
    outcomes = district.apply(beside_a_good_one(district, *steps)).outcomes
    assert [one.state for one in outcomes] == ["rejected", "rejected", "confirmed"]
    assert not district.world.page(*district.page(VK)).bans


def with_order(district: District, *after: tuple[str, ...], ids: tuple[str, ...] = ("s1", "s2")) -> Plan:
    steps = [
        district.step("publish", number=number, params={"draft": {"text": f"Новость {number}."}}, after=waits)
        for number, waits in enumerate(after, 1)
    ]
    return district.plan(*(step.model_copy(update={"id": name}) for step, name in zip(steps, ids, strict=True)))


@pytest.mark.parametrize(
    ("situation", "after", "ids"),
    [
        ("a step waits for itself", (("s1",), ()), ("s1", "s2")),
        ("two wait for each other", (("s2",), ("s1",)), ("s1", "s2")),
        ("one waits for a stranger", (("s9",), ()), ("s1", "s2")),
        ("two of one name", ((), ()), ("s1", "s1")),
    ],
)
def test_steps_that_cannot_be_put_in_order(
    district: District, situation: str, after: tuple[tuple[str, ...], ...], ids: tuple[str, ...]
) -> None:
    plan = with_order(district, *after, ids=ids)
    with pytest.raises(PlanRefused, match="повторяется или ждёт"):
        district.apply(plan)
    assert not any(text.startswith("Новость") for text in district.texts(VK)), situation


def test_two_steps_with_one_key_would_be_one_publication(district: District) -> None:
    one, two = (district.step("publish", number=n, params={"draft": {"text": f"Новость {n}."}}) for n in (1, 2))
    with pytest.raises(PlanRefused, match="один ключ"):
        district.apply(district.plan(one, two.model_copy(update={"key": one.key})))


def test_a_plan_that_took_the_name_of_another_is_refused(district: District) -> None:
    plan = district.publications(VK, OK)
    district.faults.add(fault("key", "mediatopic.post", times=None))
    district.apply(plan)
    district.faults.clear()
    other = plan.steps[1].model_copy(update={"params": {"draft": {"text": "Совсем другой текст."}}})
    forged = plan.model_copy(update={"steps": (plan.steps[0], other), "digest": ""})
    forged = forged.model_copy(update={"digest": forged.content_digest()})
    with pytest.raises(PlanRefused, match="другим содержанием"):
        district.apply(forged)
    assert "Совсем другой текст." not in district.texts(OK)


def test_a_copy_of_a_plan_under_another_name_does_nothing_twice(district: District) -> None:
    plan = district.publications(OK)
    assert district.apply(plan).done
    copy = new_plan("test", district.registry, plan.steps, now=district.world.now())
    with pytest.raises(PlanRefused, match="уже стоят в плане"):
        district.apply(copy)
    assert set(district.texts(OK).values()) == {1}


def test_a_slip_in_an_adapter_does_not_stop_the_others(district: District) -> None:
    plan = district.publications(OK, VK)

    async def broken(*given: Any, **named: Any) -> Any:
        raise KeyError(*given)

    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        adapter.publish = adapter.list_posts = broken
        lost, good = social.apply(plan).outcomes
    assert (lost.state, good.state) == ("uncertain", "confirmed")
    assert "KeyError" in lost.say()


def test_texts_cut_through_a_sign_make_a_plan_that_can_be_saved(district: District) -> None:
    with district.connect() as social:
        plan = social.plan_publication(Draft(text="Ура \ud83d"), to=[VK])
    plan.save(district.folder / "plan.json")
    assert load_plan(district.folder / "plan.json") == plan
    assert district.apply(plan).done


@pytest.mark.parametrize("by", ["", "  ", "elkina", "ELKINA ", "Elkina"])
def test_a_signature_of_nobody_or_of_the_maker_is_none(district: District, by: str) -> None:
    step = district.publications(VK).steps[0].model_copy(update={"signatures": 1})
    plan = district.plan(step)
    with pytest.raises(PlanRefused, match="нужна подпись"):
        district.apply(plan.signed(by, NOW))


def test_one_person_who_signs_in_two_spellings_is_one(district: District) -> None:
    step = district.publications(VK).steps[0].model_copy(update={"signatures": 2})
    plan = district.plan(step).signed("kedrov", NOW).signed("Kedrov ", NOW).signed(" KEDROV", NOW)
    assert plan.signers == 1


def rewritten(district: District, **changes: Any) -> Path:
    """A plan file in which a stranger changed something and made the digest fit."""
    step = district.step("unban", VK, params={"user": "999"})
    plan = district.plan(step).model_dump(mode="json", exclude={"digest"})
    made = Plan.model_construct(**{**Plan.model_validate(plan).__dict__, **changes})
    path = district.folder / "plan.json"
    made.model_copy(update={"digest": made.content_digest()}).save(path)
    return path


LAST, FIRST = datetime(9999, 12, 31, 23, 59, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Foo/Bar", "../../etc/passwd", "", "\0", "x" * 300])
def test_a_plan_of_a_zone_that_does_not_exist_is_refused(district: District, zone: str) -> None:
    with pytest.raises(FileRefused, match="не план munsocial"):
        load_plan(rewritten(district, timezone=zone))


@pytest.mark.parametrize(
    ("situation", "changes", "said"),
    [
        ("holds for ever", {"expires_at": LAST}, None),
        ("was made before all time", {"made_at": FIRST}, None),
        ("was made at the end of time", {"made_at": LAST}, "переведены назад"),
        ("expired before all time", {"expires_at": FIRST}, "истёк"),
        ("was seen at the end of time", {"seen_at": LAST}, None),
    ],
)
def test_a_plan_at_the_ends_of_the_calendar(
    district: District, situation: str, changes: dict[str, Any], said: str | None
) -> None:
    for zone in ("Europe/Moscow", "America/New_York"):
        plan = load_plan(rewritten(district, timezone=zone, **changes))
        assert list(preview(plan, whole=True)), situation
        if said is None:
            assert district.states(district.apply(plan)) == ["confirmed"]
        else:
            with pytest.raises(PlanRefused, match=said):
                district.apply(plan)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"due": LAST}, "skipped"),
        ({"due": LAST, "late_after": LAST}, "skipped"),
        ({"late_after": FIRST}, "skipped"),
        ({"late_after": LAST}, "confirmed"),
        ({"evidence": (Proof(text="а", at=LAST),)}, "confirmed"),
    ],
)
def test_a_step_at_the_ends_of_the_calendar(district: District, facts: dict[str, Any], state: str) -> None:
    plan = district.plan(district.step("unban", VK, params={"user": "999"}, **facts))
    assert list(preview(plan, whole=True))
    assert district.states(district.apply(plan)) == [state]
    with district.connect() as social:
        assert [bool(one.say()) for one in social.waiting()] in ([], [True])


@pytest.mark.parametrize(
    "draft", ["text", {"text": "а", "publish_at": "2020-01-01"}, {"text": "а", "media": 5}, {"text": "а", "media": [5]}]
)
def test_a_broken_draft_is_shown_as_broken(district: District, draft: Any) -> None:
    plan = district.plan(district.step("publish", params={"draft": draft}))
    assert any("шаг записан неверно" in line for line in preview(plan, whole=True))

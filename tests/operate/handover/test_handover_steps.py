"""A press officer leaves: what each step of a handover asks for, and what counts as done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import munsocial as ms
from leaving_world import REGISTER, Leaving
from munsocial.errors import InputError
from munsocial.journal import open_journal
from munsocial.operate.handover import Procedure, StepState, handovers

VK, OK = "lesnoy-vk", "lesnoy-ok"


@pytest.fixture
def leaving(tmp_path: Path) -> Leaving:
    return Leaving(tmp_path)


def state_of(procedure: Procedure, step: str) -> str:
    standing = procedure.standing(step)
    assert standing is not None
    return standing.state.value


def why_of(procedure: Procedure, step: str) -> str:
    standing = procedure.standing(step)
    return standing.why.ru if standing and standing.why else ""


def test_the_steps_stand_in_the_order_in_which_they_are_done(leaving: Leaving) -> None:
    assert [one.step.id for one in leaving.go_on().standings] == [
        "appoint:administration",
        f"password:{VK}", f"two_factor:{VK}", "rotate:vk-page", "verify:vk-page",
        f"managers:{VK}", f"owner:{VK}", f"phone:{VK}",
        f"password:{OK}", f"two_factor:{OK}", "rotate:ok-person", "verify:ok-person",
        f"managers:{OK}", f"owner:{OK}", f"phone:{OK}",
        "sign:elkina", "sign:sosnov",
    ]  # fmt: skip


def test_every_step_says_how_it_is_done_in_both_languages(leaving: Leaving) -> None:
    for one in leaving.go_on().standings:
        assert one.step.how("ru") != one.step.how("en") != "", one.step.id


def test_instructions_differ_by_network(leaving: Leaving) -> None:
    steps = {one.step.id: one.step.how("ru") for one in leaving.go_on().standings}
    assert "id.vk.com" in steps[f"password:{VK}"]
    assert "ok.ru" in steps[f"password:{OK}"]
    assert "Работа с API" in steps["rotate:vk-page"]


def test_it_goes_on_where_it_was_left(leaving: Leaving) -> None:
    begun = leaving.go_on()
    with leaving.connect() as social:
        social.state_handover(begun.id, f"password:{VK}", by="sosnov")
    again = leaving.go_on()
    assert (again.id, state_of(again, f"password:{VK}")) == (begun.id, "stated")
    with open_journal(leaving.journal, only_read=True) as journal:
        assert [one.id for one in handovers(journal)] == [begun.id]


def test_it_goes_on_when_the_register_names_the_taker_as_holder_already(leaving: Leaving) -> None:
    begun = leaving.go_on()
    leaving.text = leaving.text.replace('holder = "elkina"', 'holder = "sosnov"')
    assert leaving.go_on().id == begun.id


@pytest.mark.parametrize(
    ("first", "then", "same"),
    [
        ([VK], [VK], True),
        ([VK, OK], [OK, VK, OK], True),
        ([VK], [VK, OK], False),
        ([VK, OK], [VK], False),
        (None, [VK], False),
        (None, None, True),
    ],
)
def test_only_a_handover_of_the_same_accounts_is_gone_on_with(
    leaving: Leaving, first: list[str] | None, then: list[str] | None, same: bool
) -> None:
    known: dict[str, Any] = {"giver": "elkina", "taker": "sosnov"}
    begun = ms.handover(leaving.registry, leaving.journal, accounts=first, **known)
    again = ms.handover(leaving.registry, leaving.journal, accounts=then, **known)
    assert (again.id == begun.id, set(again.accounts)) == (same, set(then or (VK, OK)))


def test_one_of_named_accounts_is_neither_taken_for_the_whole_nor_doubled(leaving: Leaving) -> None:
    known: dict[str, Any] = {"giver": "elkina", "taker": "sosnov"}
    begun = ms.handover(leaving.registry, leaving.journal, accounts=[VK], **known)
    with pytest.raises(InputError, match=f"{begun.id}: .*аккаунты названы: {VK}"):
        ms.handover(leaving.registry, leaving.journal, **known)
    whole = ms.handover(leaving.registry, leaving.journal, accounts=[VK, OK], **known)
    with open_journal(leaving.journal, only_read=True) as journal:
        assert [one.id for one in handovers(journal)] == [begun.id, whole.id]


def test_an_empty_handover_of_an_older_version_is_not_gone_on_with(leaving: Leaving) -> None:
    body = {"giver": "elkina", "taker": "sosnov", "accounts": [], "by": "", "keys": [], "steps": []}
    with open_journal(leaving.journal) as journal:
        journal.append("handover.begun", "handover-old", body)
    assert leaving.go_on().id != "handover-old"


def test_what_was_read_twice_alike_is_noted_once(leaving: Leaving) -> None:
    leaving.go_on()
    with open_journal(leaving.journal, only_read=True) as journal:
        before = journal.anchor()
    leaving.go_on()
    with open_journal(leaving.journal, only_read=True) as journal:
        assert journal.anchor() == before


def test_the_appointment_is_read_from_the_register(leaving: Leaving) -> None:
    assert state_of(leaving.go_on(), "appoint:administration") == "failed"
    leaving.appoint()
    after = leaving.go_on()
    assert state_of(after, "appoint:administration") == "seen"
    assert "77-р" in why_of(after, "appoint:administration")


def test_an_appointment_without_all_three_duties_is_not_enough(leaving: Leaving) -> None:
    leaving.appoint()
    leaving.text = leaving.text.replace(
        'duties = ["credential_custody", "credential_handover", "running", "moderation"]\nact',
        'duties = ["running"]\nact',
    )
    after = leaving.go_on()
    assert state_of(after, "appoint:administration") == "failed"
    assert "хранение логинов и паролей, передача логинов и паролей" in why_of(after, "appoint:administration")


def test_a_rotation_is_seen_when_the_new_key_works_and_the_old_one_is_dead(leaving: Leaving) -> None:
    leaving.go_on()
    leaving.issue_new_key("LESNOY_VK", "LESNOY_VK_2", "fresh-vk")
    after = leaving.go_on()
    assert state_of(after, "verify:vk-page") == "seen"
    assert "env:LESNOY_VK_2" in why_of(after, "verify:vk-page")


def test_a_token_of_a_person_is_tried_with_the_same_application(leaving: Leaving) -> None:
    leaving.go_on()
    leaving.issue_new_key("LESNOY_OK", "LESNOY_OK_2", "fresh-ok")
    assert state_of(leaving.go_on(), "verify:ok-person") == "seen"


class TestRotationsThatAreNone:
    """Each looks like a rotation from outside and is told apart."""

    def test_nothing_was_changed(self, leaving: Leaving) -> None:
        begun = leaving.go_on()
        assert state_of(begun, "verify:vk-page") == "failed"
        assert "не меняли" in why_of(begun, "verify:vk-page")

    def test_the_old_key_still_works(self, leaving: Leaving) -> None:
        leaving.go_on()
        leaving.issue_new_key("LESNOY_VK", "LESNOY_VK_2", "fresh-vk", revoke=False)
        after = leaving.go_on()
        assert state_of(after, "verify:vk-page") == "failed"
        assert "всё ещё действует" in why_of(after, "verify:vk-page")

    def test_the_same_key_lies_under_a_new_name(self, leaving: Leaving) -> None:
        leaving.go_on()
        leaving.secrets.put("env:LESNOY_VK_2", leaving.secrets.get("env:LESNOY_VK"))
        leaving.text = leaving.text.replace('"env:LESNOY_VK"', '"env:LESNOY_VK_2"')
        after = leaving.go_on()
        assert state_of(after, "verify:vk-page") == "failed"
        assert "тот же самый ключ" in why_of(after, "verify:vk-page")

    def test_the_new_key_does_not_work(self, leaving: Leaving) -> None:
        leaving.go_on()
        leaving.issue_new_key("LESNOY_VK", "LESNOY_VK_2", "fresh-vk")
        leaving.world.keys["fresh-vk"].revoked = True
        assert "Новый ключ не действует" in why_of(leaving.go_on(), "verify:vk-page")

    def test_the_new_key_is_nowhere(self, leaving: Leaving) -> None:
        leaving.go_on()
        leaving.text = leaving.text.replace('"env:LESNOY_VK"', '"env:LESNOY_VK_2"')
        after = leaving.go_on()
        assert state_of(after, "verify:vk-page") == "failed"
        assert "Новый ключ не найден" in why_of(after, "verify:vk-page")

    def test_an_old_key_that_is_lost_is_not_called_dead(self, leaving: Leaving) -> None:
        leaving.go_on()
        leaving.issue_new_key("LESNOY_VK", "LESNOY_VK_2", "fresh-vk", revoke=False)
        leaving.secrets._values.pop("env:LESNOY_VK")
        after = leaving.go_on()
        assert state_of(after, "verify:vk-page") == "unseen"
        assert "проверить нельзя" in why_of(after, "verify:vk-page")

    def test_a_key_written_over_the_old_one_can_be_checked_when_the_old_one_was_put_aside(
        self, leaving: Leaving
    ) -> None:
        leaving.go_on()
        old = leaving.secrets.get("env:LESNOY_VK")
        leaving.issue_new_key("LESNOY_VK", "LESNOY_VK", "fresh-vk")
        leaving.text = leaving.text.replace(
            'scope = ["manage", "wall"]', 'scope = ["manage", "wall"]\nrotated = 2026-11-25'
        )
        assert state_of(leaving.go_on(), "verify:vk-page") == "unseen"
        leaving.secrets.put("env:ASIDE", old)
        assert state_of(leaving.go_on(old={"vk-page": "env:ASIDE"}), "verify:vk-page") == "seen"


def test_no_secret_gets_into_the_journal(leaving: Leaving) -> None:
    leaving.go_on()
    leaving.issue_new_key("LESNOY_VK", "LESNOY_VK_2", "fresh-very-secret-value", revoke=False)
    old = leaving.secrets.get("env:LESNOY_VK")
    leaving.go_on()
    files = b"".join(one.read_bytes() for one in leaving.journal.parent.iterdir())
    assert b"fresh-very-secret-value" not in files
    assert old.encode() not in files


def test_a_leaver_with_power_over_a_page_is_seen_until_it_is_taken(leaving: Leaving) -> None:
    begun = leaving.go_on()
    assert [state_of(begun, f"managers:{one}") for one in (VK, OK)] == ["failed", "failed"]
    leaving.remove("elkina")
    after = leaving.go_on()
    # In OK the leaver's own token reads the list: with the power the sight goes, and that is told as not seen.
    assert [state_of(after, f"managers:{one}") for one in (VK, OK)] == ["seen", "unseen"]


def test_taking_the_power_is_a_plan_and_a_task_where_the_network_cannot(leaving: Leaving) -> None:
    begun = leaving.go_on()
    with leaving.connect() as social:
        plan = social.plan_removal(begun.id, made_by="sosnov")
        assert [one.account for one in plan.steps] == [VK, OK]
        states = {one.step.account: one.state for one in social.apply(plan).outcomes}
    assert states == {VK: "confirmed", OK: "manual"}
    assert state_of(leaving.go_on(), f"managers:{VK}") == "seen"


def test_without_a_profile_of_the_leaver_nobody_is_recognised(tmp_path: Path) -> None:
    leaving = Leaving(tmp_path)
    leaving.text = REGISTER.replace('profiles = {vk = "810000001", ok = "570000000001"}\n', "", 1)
    begun = leaving.go_on()
    assert state_of(begun, f"managers:{VK}") == "unseen"
    with leaving.connect() as social:
        assert [one.weight for one in social.plan_removal(begun.id).problems] == ["error", "error"]


@pytest.mark.parametrize(
    ("situation", "owner", "record", "expected", "told"),
    [
        ("the leaver owns it in the network", "810000001", "", "failed", "Владелец страницы — уходящий"),
        ("the taker owns it in the network", "810000002", "", "seen", "в реестре"),
        ("a stranger owns it", "810000777", "", "failed", "нет в реестре"),
        ("the network shows no owner", "", "", "unseen", "не показала"),
        ("the register names the leaver", "", 'owner_person = "elkina"', "failed", "записан уходящий"),
    ],
)
def test_the_owner_of_a_page(
    leaving: Leaving, situation: str, owner: str, record: str, expected: str, told: str
) -> None:
    if owner:
        if ("vk", owner) not in leaving.world.users:
            leaving.world.add_user("vk", "Посторонний", id=owner)
        page = leaving.world.page("vk", "230000001")
        page.managers.pop(owner, None)
        leaving.world.appoint("vk", page.id, owner, "creator", since=None)
    leaving.text = leaving.text.replace('title = "Лесной район"\n', f'title = "Лесной район"\n{record}\n', 1)
    begun = leaving.go_on()
    assert state_of(begun, f"owner:{VK}") == expected, situation
    assert told in why_of(begun, f"owner:{VK}")


@pytest.mark.parametrize(
    ("situation", "old", "new", "expected"),
    [
        ("a service number of the body: only a person can confirm that it is bound", "", "", "unseen"),
        ("a private number", 'kind = "service"', 'kind = "private"', "failed"),
        ("given back", 'kind = "service"', 'kind = "service"\nuntil = 2026-10-01', "failed"),
        ("lost", 'kind = "service"', 'kind = "service"\nlost = true', "failed"),
        ("none on record", 'phone = "+7 86199 2-00-01"\nopened', "opened", "failed"),
    ],
)
def test_the_phone_of_a_page(leaving: Leaving, situation: str, old: str, new: str, expected: str) -> None:
    leaving.text = leaving.text.replace(old, new, 1) if old else leaving.text
    assert state_of(leaving.go_on(), f"phone:{VK}") == expected, situation


@pytest.mark.parametrize(
    ("situation", "giver", "taker", "accounts", "told"),
    [
        ("nobody of that name", "elkina", "nobody", None, "нет в реестре"),
        ("one and the same person", "elkina", "elkina", None, "один человек"),
        ("a page that is not there", "elkina", "sosnov", ["other-vk"], "такого аккаунта нет в реестре"),
        ("no page is named", "elkina", "sosnov", [], "не назван ни один аккаунт"),
        ("nothing hangs on the giver", "sosnov", "elkina", None, "не записано"),
    ],
)
def test_a_handover_that_cannot_begin(
    leaving: Leaving, situation: str, giver: str, taker: str, accounts: list[str] | None, told: str
) -> None:
    if situation.startswith("nothing"):
        leaving.text = leaving.text.replace('holder = "sosnov"', 'holder = "elkina"')
    with leaving.connect() as social, pytest.raises(InputError, match=told):
        social.handover(giver, taker, accounts=accounts)
    with leaving.connect() as social:
        assert social.handovers() == ()


def test_an_unknown_former_holder_leaves_no_steps_about_them(leaving: Leaving) -> None:
    with leaving.connect() as social:
        begun = social.handover(None, "sosnov", accounts=[VK])
    kinds = [one.step.id for one in begun.standings]
    assert not [one for one in kinds if one.startswith(("managers", "sign:elkina"))]
    assert [one.state for one in begun.standings if one.step.id == "sign:sosnov"] == [StepState.OPEN]

"""The page beside that of a stage is like it and has keys of its own; an author may give another one."""

from __future__ import annotations

import pytest

from broken.cases import Ploshchad, PloshchadFace
from munsocial.model.accounts import NetworkAccount
from munsocial.network.keys import Key
from munsocial.testing.conformance import Stage, sandbox_stage
from munsocial.testing.conformance.kept_secrets import KeptSecrets
from munsocial.testing.conformance.neighbours import by_handle_alone, neighbours
from vk_stage import SECRETS, vk_stage


def test_the_page_beside_is_like_the_first_without_its_life() -> None:
    stage = vk_stage()
    stage.page.closed, stage.page.settings = "closed", {"wall": 1}
    stage.there.publish("vk", "1", "Новость")
    own, other = neighbours(stage)
    page = other.page
    assert (page.closed, page.settings, set(page.managers), page.posts) == ("closed", {"wall": 1}, {"500"}, {})
    assert (page.id != own.page.id, page.name != own.page.name, page.settings is stage.page.settings) == (
        True,
        True,
        False,
    )


def test_the_key_of_a_page_is_another_one_and_that_of_a_person_serves_both() -> None:
    stage = vk_stage()
    _, other = neighbours(stage)
    values = {key.kind: str(key.reveal()) for key in other.keys.of(other.account.id)}
    assert (values["service_key"], values["user_key"]) == (SECRETS["env:SERVICE"], SECRETS["env:USER"])
    assert stage.there.keys[values["community_key"]].page == other.page.id
    assert stage.there.keys[SECRETS["env:COMMUNITY"]].page == stage.page.id
    assert SECRETS["env:COMMUNITY"] not in values["community_key"]


def test_an_author_gives_the_page_beside() -> None:
    stage = sandbox_stage(Ploshchad, PloshchadFace)
    account = stage.another_page("shkola")
    key = Key(account.id, "page_key", "env:SHKOLA", {}, KeptSecrets({"env:SHKOLA": "Wq3-shkola"}))
    own, other = neighbours(stage.but(beside=(account, (key,))))
    assert (other.account, other.keys.of("shkola"), own.keys) == (account, (key,), other.keys)


def named(stage: Stage) -> list[tuple[NetworkAccount, str]]:
    return [(place.account, place.page.name) for _, place in by_handle_alone(stage)]


def test_a_handle_leads_to_us_and_then_to_whoever_has_taken_it_over() -> None:
    stage = vk_stage()
    seen = [(one.handle, one.network_id, name) for one, name in named(stage)]
    assert seen == [("adm1", "", "Администрация"), ("adm1", "", "Соседи")]


@pytest.mark.parametrize("handle", ["", "public1"])
def test_an_account_without_a_handle_of_the_network_is_not_looked_for_by_it(handle: str) -> None:
    stage = vk_stage()
    assert named(stage.but(account=stage.account.model_copy(update={"handle": handle}))) == []

"""Both faces act alike: a dry run by default, the same ends, blocking and awaited."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import anyio
import pytest

import munsocial
from acting_world import District
from munsocial.errors import InputError, JournalError, NaiveTime, SnapshotRefused
from munsocial.network.drafts import Draft
from munsocial.operate.moderating.moderation import Settings
from munsocial.testing import factories as make
from munsocial.transport.pace import Pacer

TALK = "Друзья, в субботу субботник в парке, приходите в десять утра!"
VK, OK = "administration-vk", "administration-ok"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def test_a_dry_run_is_the_default(district: District) -> None:
    with district.connect() as social:
        dry = social.publish(Draft(text=TALK), to=[VK, OK])
        assert (dry.done, dry.applied, len(dry.plan.steps)) == (False, None, 2)
        assert social.publish(Draft(text=TALK), to=[VK, OK], dry_run=False).done
        assert social.outbox().outcomes == ()
    assert (district.texts(VK)[TALK], district.texts(OK)[TALK]) == (1, 1)


def test_the_asynchronous_face_does_the_same(district: District) -> None:
    async def act() -> None:
        async with district.stage.aconnect(journal=district.journal_file) as social:
            dry = await social.publish(Draft(text=TALK), to=[VK, OK])
            assert dry.applied is None
            done = await social.apply(dry.plan)
            assert done.done
            assert social.plan(dry.plan.id) == dry.plan
            assert (await social.outbox()).outcomes == ()

    anyio.run(act)
    assert (district.texts(VK)[TALK], district.texts(OK)[TALK]) == (1, 1)


@pytest.mark.parametrize("connect", [munsocial.connect, munsocial.aconnect])
@pytest.mark.parametrize("clock", [datetime.now, time.time])
def test_a_clock_without_a_zone_is_refused_at_once(connect: Any, clock: Any, district: District) -> None:
    with pytest.raises(NaiveTime) as caught:
        connect(district.registry, clock=clock)
    assert caught.value.say("en") == (
        "clock: the clock gives moments without a time zone. Give lambda: datetime.now(UTC), for example."
    )


def test_the_asynchronous_face_only_reads_when_told_so(district: District) -> None:
    async def act() -> None:
        async with munsocial.aconnect(district.registry, journal=district.journal_file, only_read=True) as social:
            assert social.tasks() == ()
            with pytest.raises(JournalError):
                social.journal.append("seen.post", VK, {})

    anyio.run(act)
    assert not district.journal_file.exists()


@pytest.mark.parametrize(
    "call",
    [
        lambda social, seen: social.plan_moderation(seen),
        lambda social, seen: social.moderate(seen),
        lambda social, seen: social.shadow(seen),
        lambda social, seen: social.plan_comment_removal(seen, VK, "1", "spam", why="реклама", made_by="Елкина"),
        lambda social, seen: social.plan_bans(snapshot=seen),
        lambda social, seen: social.replay(Settings(), comments=seen),
        lambda social, seen: social.moderation_report(seen),
        lambda social, seen: social.import_bans(seen),
        lambda social, seen: social.inbox(seen),
        lambda social, seen: social.with_inquiries(seen),
        lambda social, seen: social.missing_links(seen),
        lambda social, seen: social.plan_links(seen),
        lambda social, seen: social.plan_emergency(Draft(text=TALK), snapshot=seen),
        lambda social, seen: social.plan_change("delete", VK, "1", snapshot=seen),
        lambda social, seen: social.week(seen),
        lambda social, seen: social.dismissal("verbina", snapshot=seen),
        lambda social, seen: social.reminders(snapshot=seen),
        lambda social, seen: social.observe(seen),
    ],
)
def test_the_snapshot_of_another_district_is_refused(district: District, call: Any) -> None:
    """Ids of accounts may coincide: comments of one district would be asked for on the pages of the other."""
    with district.connect() as social:
        before = social.journal.anchor()
        with pytest.raises(SnapshotRefused, match="снимок сделан для «ozero»"):
            call(social, make.snapshot(municipality="ozero"))
        assert social.journal.anchor() == before


@pytest.mark.parametrize("place", ["message", "privat", "", None, 5])
def test_an_unknown_place_of_an_answer_is_no_public_reply(district: District, place: Any) -> None:
    post = district.post()
    district.says("Когда вывезут мусор?", post)
    with district.connect() as social:
        question = social.inbox(social.collect(weeks=1))[0]
        for call in (
            lambda: social.plan_answer(question, TALK, place=place),
            lambda: social.plan_answers([question], {}, place=place),
            lambda: social.answer(question, TALK, place=place),
        ):
            with pytest.raises(InputError, match=r"auto .*here .*own") as caught:
                call()
            assert str(place) in caught.value.say("en")


@pytest.mark.parametrize(
    ("want", "said"),
    [
        (["postz"], "части снимка «postz» нет. Может быть, posts?"),
        (["posts", 5], "части снимка «5» нет. Известны: bans, comments,"),
        ("posts", 'передана одна строка: она была бы прочитана по буквам. Передайте, например, {"profile"'),
    ],
)
def test_a_part_that_no_snapshot_has_is_refused(district: District, want: Any, said: str, tmp_path: Path) -> None:
    with district.connect() as social:
        for call in (
            lambda: social.collect(weeks=1, want=want),
            lambda: social.collect_to(tmp_path / "s.json", weeks=1, want=want),
        ):
            with pytest.raises(InputError) as caught:
                call()
            assert said in caught.value.say("ru")
    assert not (tmp_path / "s.json").exists()


@pytest.mark.parametrize("connections", [1, 4])
def test_connections_that_share_a_pacer_keep_the_pace_of_a_key_together(district: District, connections: int) -> None:
    stage, pacer, starts = district.stage, Pacer(), list[float]()
    key = next(one for one in district.registry.credentials if one.account == VK and one.kind == "user_key")
    page = district.registry.account_by_id[VK]
    registry = district.registry.model_copy(update={"accounts": (page,), "upstream": (), "credentials": (key,)})
    for _ in range(connections):
        port = stage.port()
        facts: dict[str, Any] = {"secrets": stage.secrets, "clock": stage.world.now, "plugins": stage.plugins}
        with munsocial.connect(registry, port=port, pacer=pacer, **facts) as social:
            for _ in range(8 // connections):
                social.collect(weeks=1)
        starts += [moment for moment, _ in port.started]
    assert len(starts) >= 8
    assert max(sum(1 for other in starts if one <= other < one + 1) for one in starts) <= 3


@pytest.mark.parametrize("connect", [munsocial.connect, munsocial.aconnect])
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (5, "settings: настройки сетей — это таблицы."),
        ({"vk": 5}, "settings / vk: настройки сетей — это таблицы."),
        ({"vk": None}, "settings / vk: настройки сетей — это таблицы."),
        ([("vk", {})], "settings: настройки сетей — это таблицы."),
    ],
)
def test_settings_that_are_no_tables_are_refused_at_once(
    connect: Any, settings: Any, told: str, district: District
) -> None:
    with pytest.raises(InputError) as caught:
        connect(district.registry, settings=settings)
    assert caught.value.say("ru").startswith(told)


def test_settings_of_a_network_that_nobody_knows_are_refused(district: District) -> None:
    facts: dict[str, Any] = {"plugins": district.stage.plugins, "port": district.stage.port()}
    with (
        pytest.raises(InputError, match=r"settings: сети «vkk» нет .* Может быть, vk\?"),
        munsocial.connect(district.registry, settings={"vkk": {"parallel": 2}}, **facts),
    ):
        raise AssertionError("entered")

    async def enter() -> None:
        async with munsocial.aconnect(district.registry, settings={"vkk": {}}, **facts):
            raise AssertionError("entered")

    with pytest.raises(InputError, match="vkk"):
        anyio.run(enter)
    with munsocial.connect(district.registry, settings={"vk": {}, "ok": {}}, **facts) as social:
        assert social.adapter("vk").name == "vk"

"""Programs over the public names. They are only checked for types (`nox -s types`), never run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_type

import munsocial as ms
from munsocial import network, plugins, policy, testing
from munsocial.network import Ability, Capabilities, Limits, native
from munsocial.network.secrets import EnvSecrets
from munsocial.operate.answering.inbox import Question
from munsocial.operate.applying.apply import Applied
from munsocial.operate.handover import Procedure
from munsocial.operate.plans.plan import Plan
from munsocial.testing import assert_complies


def judge(registry: Path, snapshot: Path) -> tuple[ms.Finding, ...]:
    district = ms.load_registry(registry)
    assert_type(district, ms.Registry)
    seen = ms.load_snapshot(snapshot)
    assert_type(seen, ms.Snapshot)
    report = ms.audit(district, seen, ms.load_acts(["kalininsky"]), at=datetime.now(UTC))
    assert_type(report, ms.Report)
    report.save("report.html")
    assert_complies(report, clause="5")
    for finding in report.of(kind="posting.frequency", subject="grivenskoye-vk"):
        assert_type(finding.level, ms.Level)
        assert_type(finding.outcome, ms.Outcome)
        assert_type(finding.say("en"), str)
    return report.violations


def collect(district: ms.Registry, clock: Callable[[], datetime]) -> ms.Snapshot:
    with ms.connect(district, secrets=ms.EnvSecrets(), settings={"vk": {"proxy": ""}}, clock=clock) as social:
        assert_type(social, ms.Social)
        return social.collect(weeks=4)


async def collect_asynchronously(district: ms.Registry) -> ms.Snapshot:
    async with ms.aconnect(district, secrets=EnvSecrets()) as social:
        assert_type(social, ms.AsyncSocial)
        return await social.collect(weeks=4)


def written(folder: Path) -> tuple[ms.Draft, ms.Draft]:
    """Lists are taken wherever several are named, as the first pages of the documents write them."""
    poll = ms.Poll(question="Куда поставить лавочку?", answers=["в парк", "к школе"])
    pictures = [ms.Media(path=folder / "park.jpg")]
    asked = ms.Draft(text="Завтра субботник.", media=pictures, poll=poll, topic="activity", publish_at=None)
    again = ms.Draft(text="Завтра субботник.", media=asked.media, poll=ms.Poll(question="?", answers=poll.answers))
    return asked, again


def act(social: ms.Social, snapshot: ms.Snapshot) -> Applied:
    draft = ms.Draft(text="Завтра субботник.", media=(ms.Media(path=Path("park.jpg")),), topic="activity")
    plan = social.plan_publication(draft, to=["grivenskoye-vk", "grivenskoye-ok"])
    assert_type(plan, Plan)
    social.apply(plan, limit=1)
    waiting = social.inbox(snapshot)
    assert_type(waiting, tuple[Question, ...])
    social.apply(social.plan_answer(waiting[0], "Починим в среду."))
    return social.apply(social.plan_moderation(snapshot), limit=10)


async def act_asynchronously(social: ms.AsyncSocial, snapshot: ms.Snapshot) -> Applied:
    return await social.apply(social.plan_moderation(snapshot), limit=10)


def hand_over(district: ms.Registry, folder: Path) -> bool:
    with ms.open_journal(folder / "district.journal.sqlite") as journal:
        assert_type(journal, ms.Journal)
        procedure = ms.handover(district, journal, giver="ivanova", taker="petrov", accounts=["grivenskoye-vk"])
        assert_type(procedure, Procedure)
        for standing in procedure.left:
            assert_type(standing.say("ru"), str)
        return procedure.finished


def keep(district: ms.Registry, seen: ms.Snapshot) -> None:
    ms.save_registry(district, Path("district.xlsx"))
    ms.save_snapshot(seen, Path("snapshot.json"))
    for account in district.accounts:
        assert_type(account.network_id, str)


def read(text: str, district: ms.Registry) -> None:
    for mark in ms.language.marks(text):
        assert_type(mark.confidence, float)
    assert_type(ms.language.categories(text), frozenset[str])
    for remark in ms.language.style(text).remarks:
        assert_type(remark.start, int)
    assert_type(ms.language.is_question(text), bool)
    ms.language.topic(text)
    ms.language.router(district).route(text)


def slips() -> tuple[object, ...]:
    """A name that is none is told in every public package, though each loads its names late."""
    return (
        ms.no_such_name,  # type: ignore[attr-defined]
        ms.language.no_such_name,  # type: ignore[attr-defined]
        network.no_such_name,  # type: ignore[attr-defined]
        plugins.no_such_name,  # type: ignore[attr-defined]
        policy.no_such_name,  # type: ignore[attr-defined]
        testing.no_such_name,  # type: ignore[attr-defined]
    )


class MyNetwork(ms.Adapter):
    """A stranger's adapter: class data and a method per ability."""

    name = "mynet"
    title = "My network"
    capabilities = Capabilities({Ability.PUBLISH: native(keys=("page_key",), limits=Limits(text=4_000))})


def offer() -> list[type[ms.Adapter]]:
    return [MyNetwork]


def answer_for(error: ms.MunsocialError) -> str:
    if isinstance(error, ms.NetworkError):
        assert_type(error.executed, bool | None)
    return error.say("en")

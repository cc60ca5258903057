"""A content plan read again: from another folder, in another zone, by a newer version, or beside what is under way."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest

from acting_world import NOW, District, fault
from munsocial.network.drafts import Draft
from munsocial.operate.applying.outbox import Planned
from munsocial.operate.publishing.content_plan import ContentEntry, ContentPlan, load_content_plan
from munsocial.operate.publishing.content_week import plan_content

VK, OK = "administration-vk", "administration-ok"
TALK = "Друзья, в субботу субботник в парке, приходите в десять утра!"
AT = (NOW + timedelta(days=1)).astimezone(timezone(timedelta(hours=3)))
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da636460000000060002"
    "30815f8e0000000049454e44ae426082"
)


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def written(folder: Path, at: str = AT.isoformat()) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "park.png").write_bytes(PIXEL)
    lines = ("[[posts]]", f"at = {at}", f'to = ["{VK}", "{OK}"]', f'text = "{TALK}"', 'media = ["park.png"]')
    (folder / "plan.toml").write_text("\n".join((*lines, 'topic = "activity"', 'state = "ready"')), encoding="utf-8")
    return folder / "plan.toml"


def read(district: District, path: Path) -> ContentPlan:
    return load_content_plan(path, district.registry)


@pytest.mark.parametrize("again", ["another folder", "moved", "another zone", "local time"])
def test_a_plan_read_again_plans_nothing_twice(
    district: District, again: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = written(district.folder)
    monkeypatch.chdir(district.folder)
    with district.connect() as social:
        assert len(social.plan_content(read(district, Path("plan.toml"))).steps) == 2
        social.apply(social.plan_content(read(district, Path("plan.toml"))))
        monkeypatch.chdir(os.sep)
        if again == "moved":
            path = written(tmp_path / "moved")
        elif again != "another folder":
            path = written(
                tmp_path, AT.astimezone(UTC).isoformat() if again == "another zone" else f"{AT:%Y-%m-%dT%H:%M:%S}"
            )
        plan = social.plan_content(read(district, path))
    assert plan.steps == ()
    assert ["уже запланировано" in one.ru for one in plan.problems] == [True, True]


def first_key(entry: ContentEntry, account: str, media: str) -> str:
    """The key as version 0.1 made it."""
    at = entry.at.isoformat() if entry.at else ""
    return hashlib.sha256("\x1f".join((account, at, entry.text, media, entry.link)).encode()).hexdigest()[:32]


@pytest.mark.parametrize("spelled", ["park.png", "{folder}/park.png"])
def test_what_an_older_version_planned_is_known(district: District, spelled: str) -> None:
    (entry,) = read(district, written(district.folder)).entries
    with district.connect() as social:
        plan = social.plan_content(ContentPlan(entries=(entry,)))
        old = [
            step.model_copy(
                update={"key": first_key(entry, step.account, spelled.format(folder=district.folder.resolve()))}
            )
            for step in plan.steps
        ]
        assert social.apply(district.plan(*old)).done
        assert social.plan_content(ContentPlan(entries=(entry,))).steps == ()


def test_another_moment_or_picture_is_another_publication(district: District) -> None:
    (entry,) = read(district, written(district.folder)).entries
    others = (
        entry.model_copy(update={"at": AT + timedelta(hours=1)}),
        entry.model_copy(update={"named": ("other.png",)}),
        entry.model_copy(update={"text": "Другое."}),
    )
    assert len({one.key(VK, "lesnoy") for one in (entry, *others)}) == 4


def test_what_was_planned_under_a_key_of_no_district_is_known(district: District) -> None:
    """As it was until districts had keys of their own; it is no draft of the week, either."""
    (entry,) = read(district, written(district.folder)).entries
    content = ContentPlan(entries=(entry,))
    utc = entry.model_copy(update={"at": AT.astimezone(UTC)})
    with district.connect() as social:
        plan = social.plan_content(content)
        old = [one.model_copy(update={"key": first_key(utc, one.account, "park.png")}) for one in plan.steps]
        assert social.apply(district.plan(*old)).done
        assert social.plan_content(content).steps == ()
        weeks = {one.account: one for one in social.week(social.collect(weeks=1), content=content)}
        assert [(weeks[name].scheduled, weeks[name].drafts) for name in (VK, OK)] == [(1, 0), (1, 0)]


def test_words_whose_end_is_unclear_are_not_scheduled_beside(district: District) -> None:
    with district.connect() as social:
        district.faults.add(fault("lost_after", "wall.post", times=None))
        district.faults.add(fault("unreachable", "wall.get", times=None))
        assert district.states(social.apply(district.publications(VK, text=TALK))) == ["uncertain"]
        district.faults.clear()
        plan = social.plan_content(read(district, written(district.folder)))
        assert [step.account for step in plan.steps] == [OK]
        assert ["неясно" in one.ru for one in plan.problems if one.weight == "error"] == [True]
        assert social.plan_publication(Draft(text=TALK), to=[OK]).steps


def test_what_was_planned_before_is_told_with_the_way_to_take_it_back(district: District) -> None:
    """What the network holds stands on the page: the outbox knows nothing of it any more."""
    content = read(district, written(district.folder))
    with district.connect() as social:
        plan = social.plan_content(content)
        places = {step.account: f"{plan.id}/{step.id}" for step in plan.steps}
        applied = social.apply(plan)
        held = {one.step.account: one.result["post"] for one in applied.outcomes}
        ends = {one.account: one.ru.partition(" (")[2] for one in social.plan_content(content).problems}
    assert ends == {
        name: f"{places[name]}; снять: munsocial post delete РЕЕСТР {name} {held[name]} --yes)" for name in (VK, OK)
    }


@pytest.mark.parametrize(
    ("planned", "way"),
    [
        (Planned("p/s1", "planned"), "p/s1; снять: munsocial outbox drop РЕЕСТР p/s1 --yes"),
        (
            Planned("p/s1", "left"),
            "p/s1; доделать: munsocial apply РЕЕСТР p --yes, снять: munsocial outbox drop РЕЕСТР p/s1 --yes",
        ),
        (Planned("p/s1", "manual"), "p/s1; это задание человеку: munsocial tasks list РЕЕСТР"),
        (Planned("p/s1", "uncertain"), "p/s1; исход неясен: munsocial outbox list РЕЕСТР"),
        (Planned("p/s1", "sending"), "p/s1; исход неясен: munsocial outbox list РЕЕСТР"),
        (Planned("p/s1", "confirmed"), "p/s1; уже сделано"),
    ],
)
def test_only_what_waits_in_the_outbox_is_to_be_dropped_from_it(district: District, planned: Planned, way: str) -> None:
    (entry,) = read(district, written(district.folder)).entries
    with district.connect() as social:
        plan = plan_content(
            ContentPlan(entries=(entry,)),
            registry=district.registry,
            adapters={"vk": social.adapter("vk")},
            now=district.world.now(),
            known={entry.key(account, "lesnoy"): planned for account in (VK, OK)},
        )
    assert [one.ru.endswith(f"({way})") for one in plan.problems] == [True, True]


def test_what_a_command_that_was_killed_left_is_no_publication_yet(district: District) -> None:
    """Its plan stands in the journal; the outbox sends nothing of it before it is applied again."""
    content = read(district, written(district.folder))
    with district.connect() as social:
        plan = social.plan_content(content)
        social.apply(plan, limit=1)
        first, second = plan.steps
        assert social.waiting() == ()
        again = social.plan_content(content)
        assert [(one.account, one.weight) for one in again.problems] == [
            (first.account, "note"),
            (second.account, "error"),
        ]
        assert f"начато и не сделано: «{TALK[:20]}" in again.problems[1].ru
        assert f"доделать: munsocial apply РЕЕСТР {plan.id} --yes" in again.problems[1].ru
        weeks = {one.account: one for one in social.week(social.collect(weeks=1), content=content)}
        assert [(weeks[one.account].scheduled, weeks[one.account].drafts) for one in plan.steps] == [(1, 0), (0, 1)]
        assert social.apply(plan).done
        assert [one.weight for one in social.plan_content(content).problems] == ["note", "note"]

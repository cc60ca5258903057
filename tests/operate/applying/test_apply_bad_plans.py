"""Bad input of acting: plans that may not be applied, targets and files that changed, clocks, two programs."""

from __future__ import annotations

import base64
import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from acting_world import NOW, REGISTER, District, fault
from munsocial.errors import FileRefused, PlanRefused, RestrictedNetwork
from munsocial.model.registry import Registry
from munsocial.network.drafts import Media
from munsocial.operate.applying.outbox import drop_step
from munsocial.operate.applying.outcomes import Applied
from munsocial.operate.plans.plan import Plan, load_plan, new_plan, registry_digest
from munsocial.sandbox.things import Ban

VK, OK = "administration-vk", "administration-ok"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


# --- plans that are not applied at all


def _touched(district: District) -> Plan:
    plan = district.publications()
    step = plan.steps[0].model_copy(update={"params": {"draft": {"text": "Подменённый текст."}}})
    return plan.model_copy(update={"steps": (step, *plan.steps[1:])})


def _of_another_district(district: District) -> Plan:
    other = District(district.folder, REGISTER.replace('id = "lesnoy"', 'id = "ozerny"'))
    return other.publications()


def _of_another_register(district: District) -> Plan:
    other = District(district.folder, REGISTER.replace("LESNOY_VK_COMMUNITY", "LESNOY_VK_OTHER"))
    return other.publications()


def _expired(district: District) -> Plan:
    plan = district.publications()
    district.later(days=8)
    return plan


def _from_the_future(district: District) -> Plan:
    made = new_plan("test", district.registry, district.publications().steps, now=NOW + timedelta(hours=1))
    assert made.made_at > district.world.now()
    return made


def _unsigned(district: District) -> Plan:
    steps = [step.model_copy(update={"signatures": 1}) for step in district.publications().steps]
    return district.plan(*steps)


def _signed_by_its_maker(district: District) -> Plan:
    return _unsigned(district).signed("elkina", NOW)


def _signed_before_a_change(district: District) -> Plan:
    plan = _unsigned(district).signed("kedrov", NOW)
    other = _unsigned(district)
    return other.model_copy(update={"approvals": plan.approvals})


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (_touched, "изменён вручную"),
        (_of_another_district, "другого района"),
        (_of_another_register, "реестр изменился"),
        (_expired, "срок плана истёк"),
        (_from_the_future, "переведены назад"),
        (_unsigned, "нужна подпись"),
        (_signed_by_its_maker, "нужна подпись"),
        (_signed_before_a_change, "нужна подпись"),
    ],
)
def test_a_plan_that_may_not_be_applied(district: District, made: Callable[[District], Plan], said: str) -> None:
    plan = made(district)
    before = district.texts(VK), district.texts(OK)
    with pytest.raises(PlanRefused, match=said) as refused:
        district.apply(plan)
    assert refused.value.remedy is not None
    assert (district.texts(VK), district.texts(OK)) == before


def _reordered(registry: Registry) -> Registry:
    turned = {name: tuple(reversed(getattr(registry, name))) for name in ("accounts", "upstream", "credentials")}
    return registry.model_copy(update=turned)


def _second_key_first(registry: Registry) -> Registry:
    """Let the account have two keys of one kind, of which the second is now tried first."""
    first = next(one for one in registry.credentials if one.kind == "user_key")
    second = first.model_copy(update={"secret": "env:LESNOY_VK_COMMUNITY"})
    return registry.model_copy(update={"credentials": (second, *registry.credentials)})


@pytest.mark.parametrize(("changed", "stays"), [(_reordered, True), (_second_key_first, False)])
def test_the_order_of_rows_in_the_register_leaves_a_plan_good(
    district: District, changed: Callable[[Registry], Registry], stays: bool
) -> None:
    touched = {VK, OK}
    before = registry_digest(district.registry, touched)
    assert (registry_digest(changed(district.registry), touched) == before) is stays


def test_which_of_two_like_keys_comes_first_has_a_meaning(district: District) -> None:
    swapped = _second_key_first(district.registry)
    first, *rest = swapped.credentials
    again = swapped.model_copy(update={"credentials": (*rest, first)})
    assert registry_digest(again, {VK}) != registry_digest(swapped, {VK})


def test_a_restricted_network_is_refused_by_name(district: District) -> None:
    step = district.publications(VK).steps[0].model_copy(update={"network": "facebook"})
    with pytest.raises(RestrictedNetwork, match="acknowledge facebook"):
        district.apply(district.plan(step))
    assert district.states(district.apply(district.plan(step), acknowledge=["facebook"])) == ["rejected"]


@pytest.mark.parametrize("version", ["munsocial.plan/2", "munsocial.plan/10"])
def test_a_plan_of_another_version_is_told_as_such(district: District, version: str) -> None:
    path = district.folder / "plan.json"
    district.publications().save(path)
    content = json.loads(path.read_text("utf-8"))
    assert next(iter(content.items())) == ("schema_", "munsocial.plan/1")
    path.write_text(json.dumps({**content, "priority": "high", "schema_": version}), "utf-8")
    with pytest.raises(FileRefused) as refused:
        load_plan(path)
    assert refused.value.say("en") == (
        f"{path}: the plan is of another version: {version}, this munsocial reads munsocial.plan/1. "
        "Make the plan again, or update munsocial."
    )


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (lambda text: text[: len(text) // 2], FileRefused),
        (lambda text: text.replace("субботник", "воскресник"), PlanRefused),
        (lambda text: json.dumps({"schema_": "munsocial.plan/1"}), FileRefused),
        (lambda text: "", FileRefused),
        (None, FileRefused),
    ],
    ids=["cut", "changed", "empty of steps", "empty", "not there"],
)
def test_a_plan_file_that_is_broken(
    district: District, damage: Callable[[str], str] | None, error: type[Exception]
) -> None:
    path = district.folder / "plan.json"
    if damage:
        district.publications().save(path)
        path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(error) as refused:
        load_plan(path)
    assert "plan.json" in str(refused.value)


def test_a_plan_comes_back_from_its_file(district: District) -> None:
    plan = district.publications().signed("kedrov", NOW)
    plan.save(district.folder / "plan.json")
    assert load_plan(district.folder / "plan.json") == plan


# --- targets that are not what the plan saw


def _deleted(district: District, page: tuple[str, str], comment: str) -> None:
    district.world.delete_comment(*page, comment)


def _edited(district: District, page: tuple[str, str], comment: str) -> None:
    district.world.edit_comment(*page, comment, "Извините, погорячился.")


@pytest.mark.parametrize(("meanwhile", "said"), [(_deleted, "комментария уже нет"), (_edited, "изменён: «Извините")])
def test_a_comment_that_changed_is_not_removed(
    district: District, meanwhile: Callable[[District, tuple[str, str], str], None], said: str
) -> None:
    post = district.post()
    bad, worse = district.says("бля, опять яма", post), district.says("бля, снова яма", post)
    plan = district.plan(district.removal(bad, post), district.removal(worse, post, number=2))
    meanwhile(district, district.page(VK), bad.id)
    outcomes = district.apply(plan).outcomes
    assert [one.state for one in outcomes] == ["skipped", "confirmed"]
    assert said in outcomes[0].say()


def test_a_user_banned_already_stays_as_he_is(district: District) -> None:
    until = NOW + timedelta(days=3)
    district.world.ban(*district.page(VK), Ban("555", NOW, until, "spam"))
    step = district.step(
        "ban", params={"user": "555", "until": (NOW + timedelta(days=90)).isoformat(), "ground": "spam"}
    )
    outcome = district.apply(district.plan(step)).outcomes[0]
    assert (outcome.state, "уже в чёрном списке до 28.11.2026" in outcome.say()) == ("skipped", True)
    assert district.world.page(*district.page(VK)).bans["555"].until == until


def test_an_answer_given_meanwhile_is_not_given_twice(district: District) -> None:
    from munsocial.operate.applying.digests import text_digest

    post = district.post()
    asked = district.says("Когда починят мост?", post)
    network, page = district.page(VK)
    params = {"text": "В среду.", "post": post.id, "to": asked.id}
    step = district.step("reply", params=params, expect=text_digest(asked.text))
    district.world.comment(network, page, post.id, "Завтра.", author=page, as_page=True, reply_to=asked.id)
    outcome = district.apply(district.plan(step)).outcomes[0]
    assert (outcome.state, "уже ответили" in outcome.say()) == ("skipped", True)


# --- files


def _photo(district: District) -> Path:
    path = district.folder / "park.png"
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
    path.write_bytes(base64.b64decode(pixel))
    return path


@pytest.mark.parametrize(("change", "state", "said"), [("gone", "rejected", "файла park.png нет"),
                                                      ("other", "rejected", "изменён после")])  # fmt: skip
def test_a_file_that_changed_is_not_sent(district: District, change: str, state: str, said: str) -> None:
    path = _photo(district)
    plan = district.publications(VK, media=(Media(path=path),))
    was = path.read_bytes()
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(was + b"more")
    outcome = district.apply(plan).outcomes[0]
    assert (outcome.state, outcome.again) == (state, True)
    assert said in outcome.say()
    path.write_bytes(was)
    assert district.apply(plan).done


def test_a_file_missing_at_planning_is_told_before(district: District) -> None:
    from munsocial.errors import DraftRefused

    with pytest.raises(DraftRefused, match=r"файла no\.png нет"):
        district.publications(VK, media=(Media(path=Path("no.png")),))


# --- keys


def test_a_key_revoked_in_the_middle_and_mended(district: District) -> None:
    plan = district.publications(VK, OK, "borovoye-vk")
    district.faults.add(fault("key", "mediatopic.post", times=None))
    middle = district.apply(plan)
    assert district.states(middle) == ["confirmed", "rejected", "confirmed"]
    assert middle.outcomes[1].again
    district.faults.clear()
    assert district.apply(plan).done


# --- two programs at one plan


def test_two_programs_do_each_step_once(district: District) -> None:
    plan = district.plan(
        *(
            district.step(
                "publish", VK if number % 2 else OK, number, params={"draft": {"text": f"Новость номер {number}."}}
            )
            for number in range(1, 41)
        )
    )
    done: list[Applied] = []
    programs = [threading.Thread(target=lambda: done.append(district.apply(plan))) for _ in range(2)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert len(done) == 2
    fresh = Counter(one.step.id for run in done for one in run.outcomes if one.state == "confirmed" and not one.before)
    assert set(fresh.values()) == {1}
    assert len(fresh) == 40
    texts = district.texts(VK) + district.texts(OK)
    assert [texts[f"Новость номер {number}."] for number in range(1, 41)] == [1] * 40


# --- clocks


def test_a_clock_set_back_between_attempts(district: District) -> None:
    """The first attempt was noted by a clock an hour ahead; what it left is found all the same."""
    plan = district.publications(OK)
    ahead = District.__new__(District)
    ahead.__dict__.update(district.__dict__)
    real: Callable[[], datetime] = district.world.now
    district.faults.add(fault("lost_after", "mediatopic.post"))
    district.faults.add(fault("unreachable", "group.getStatTopics", times=None))
    with district.connect() as social:
        social._link.clock = lambda: real() + timedelta(hours=1)
        social.journal.clock = social._link.clock
        assert [one.state for one in social.apply(plan).outcomes] == ["uncertain"]
    district.faults.clear()
    district.later(minutes=5)
    assert district.apply(plan).done
    assert district.texts(OK)[plan.steps[0].params["draft"]["text"]] == 1


# --- what a network lets only a person do


def test_a_step_for_a_person_is_an_exact_task(district: District) -> None:
    post = district.post(OK)
    comment = district.says("бля, опять яма", post, OK)
    outcome = district.apply(district.plan(district.removal(comment, post, OK))).outcomes[0]
    assert outcome.state == "manual"
    assert outcome.why
    assert "бля, опять яма" in outcome.why.ru
    with district.connect() as social:
        assert [one.subject for one in social.journal.entries(kind="evidence.kept")] == [OK]


def test_evidence_lies_in_the_journal_before_the_removal(district: District) -> None:
    post = district.post()
    comment = district.says("бля, опять яма", post)
    district.faults.add(fault("unreachable", "wall.deleteComment", times=None))
    assert district.states(district.apply(district.plan(district.removal(comment, post)))) == ["skipped"]
    with district.connect() as social:
        (entry,) = social.journal.entries(kind="evidence.kept")
    assert (entry.body["ground"], entry.body["clause"], entry.body["decided_by"]) == ("obscenity", "9.3", "elkina")
    assert entry.personal is not None
    assert entry.personal["evidence"][0]["text"] == "бля, опять яма"
    assert entry.personal["author_id"] == "555"


def test_who_applies_a_plan_decides_on_its_removals(district: District) -> None:
    post = district.post()
    comment = district.says("бля, опять яма", post)
    assert district.apply(district.plan(district.removal(comment, post)), by="kedrov").done
    with district.connect() as social:
        (entry,) = social.journal.entries(kind="evidence.kept")
    assert (entry.body["decided_by"], entry.body["made_by"]) == ("kedrov", "elkina")


@pytest.mark.parametrize("kind", ["unreachable", "server", "html"])
def test_a_comment_that_cannot_be_looked_at_now_is_not_removed_blindly(district: District, kind: str) -> None:
    post = district.post()
    comment = district.says("бля, опять яма", post)
    plan = district.plan(district.removal(comment, post))
    district.faults.add(fault(kind, "wall.getComments", times=None))
    outcome = district.apply(plan).outcomes[0]
    assert (outcome.state, outcome.again, comment.deleted) == ("skipped", True, False)
    assert "не прочитать" in outcome.say()
    district.faults.clear()
    assert district.apply(plan).done
    assert comment.deleted


def test_a_step_that_nobody_applied_can_be_given_up(district: District) -> None:
    plan = district.publications(VK, OK)
    district.apply(plan, limit=1)
    with district.connect() as social:
        assert not drop_step(social.journal, plan.id, "s1", by="elkina")
        assert drop_step(social.journal, plan.id, "s2", by="elkina", why="перенесли")
        kinds = [one.kind for one in social.journal.entries(kind="step.*")]
        assert kinds == ["step.started", "step.confirmed", "step.skipped"]
        assert social.journal.verify().whole
    assert district.states(district.apply(plan)) == ["confirmed", "skipped"]

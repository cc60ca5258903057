"""Against the facts about OK's interface: codes, methods with their parameters, shapes of the face's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from munsocial import errors
from munsocial.network.abilities import Ability, How
from munsocial.network.drafts import Draft, Media, Poll, Window
from munsocial.sandbox.things import Ban
from munsocial_ok.adapter import OkAdapter
from munsocial_ok.errors import CODES, error_of
from munsocial_ok.sandbox.methods import METHODS
from ok_world import ACCOUNT, CITIZEN, GID, NOW, SINCE, District, run
from shared_material import shared

COMMON = {"method", "application_key", "access_token", "sig", "format", "__online"}


@cache
def facts() -> dict[str, Any]:
    return json.loads(shared("networks/ok-methods.json").read_text())  # type: ignore[no-any-return]


def methods() -> dict[str, Any]:
    return {one["name"]: one for one in facts()["methods"]}


CLASSES: dict[str, tuple[type[errors.NetworkError], ...]] = {
    "transient": (errors.ServerFault,),
    "configuration": (errors.KeyInvalid, errors.RequestRefused, errors.KeyKindRefused),
    "authentication": (errors.KeyInvalid, errors.HumanCheckNeeded),
    "permission": (errors.PermissionDenied, errors.CannotMessage),
    "rate": (errors.FloodRefused, errors.QuotaSpent),
    "not_found": (errors.NotFound, errors.CannotMessage),
    "content": (errors.RequestRefused, errors.FloodRefused),
    "media": (errors.UploadRefused,),
    "request": (errors.RequestRefused, errors.NotFound),
}


def test_every_known_code_has_its_name_and_a_class_that_fits() -> None:
    listed = {one["code"]: one for one in facts()["errors"]}
    assert {code: one.name for code, one in CODES.items()} == {code: one["name"] for code, one in listed.items()}
    wrong = [code for code, one in listed.items() if CODES[code].kind not in CLASSES[one["class"]]]
    # 1101 to 1103 are calls, 610 to 612 joining: outside of what we do, and refusals in any case.
    assert wrong == []


def test_only_faults_of_the_server_leave_a_write_unclear() -> None:
    unclear = {code for code in CODES if error_of(code).executed is None}
    assert unclear == {1, 2, 31, 9999}


def test_every_sentence_is_in_both_languages() -> None:
    for code, one in CODES.items():
        assert one.what.ru, code
        assert one.what.en, code
        assert one.what.ru != one.what.en, code


@pytest.mark.parametrize("code", [0, 6, 77777, -3])
def test_an_unknown_code_is_shown_and_never_repeated(code: int) -> None:
    error = error_of(code, "NEW : something\nnew")
    assert type(error) is errors.RequestRefused
    assert str(code) in error.say()
    assert "\n" not in error.say()


def _everything(folder: Path) -> District:
    """Let the adapter use all it can."""
    district = District()
    for name, size in (("a.jpg", 100), ("v.mp4", 20_000)):
        (folder / name).write_bytes(bytes(size))
    ok = district.ok
    district.world.add_user("ok", "Пётр", id="500000000009")
    district.world.ban("ok", GID, Ban("500000000009", NOW, NOW + timedelta(days=1)))
    old = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    comment = district.world.comment("ok", GID, old.id, "Когда?", author=CITIZEN)
    district.world.receive("ok", GID, CITIZEN, "Вопрос")
    media = (Media(path=folder / "a.jpg"), Media(path=folder / "v.mp4", kind="video"))
    poll = Poll(question="Да?", answers=("да", "нет"))
    made = run(ok.publish(ACCOUNT, Draft(text="Да", media=media, poll=poll), key="k"))
    run(ok.read_profile(ACCOUNT))
    run(ok.resolve_handle("sadovoe"))
    run(ok.list_posts(ACCOUNT, since=SINCE, until=NOW + timedelta(days=1)))
    run(ok.list_comments(ACCOUNT, old.id))
    run(ok.read_comment(ACCOUNT, old.id, comment.id))
    run(ok.new_comments(ACCOUNT))
    run(ok.read_counters(ACCOUNT))
    run(ok.read_links(ACCOUNT))
    run(ok.read_managers(ACCOUNT))
    run(ok.read_bans(ACCOUNT))
    district.page.statistics = {"likes": 3}
    run(ok.read_stats(ACCOUNT, Window(SINCE, NOW)))
    run(ok.republished(ACCOUNT, old.id))
    run(ok.list_messages(ACCOUNT, since=SINCE))
    run(ok.send_message(ACCOUNT, CITIZEN, "Ответ", key="k"))
    run(ok.graph.subscribe(ACCOUNT.id, "https://primer.example/hook"))
    run(ok.graph.subscriptions(ACCOUNT.id))
    run(ok.check_keys(ACCOUNT))
    run(ok.touch(ACCOUNT))
    run(ok.set_avatar(ACCOUNT, media[0]))
    run(ok.delete_post(ACCOUNT, made.id))
    run(ok.raw("users.getCallsLeft", {"methods": "mediatopic.post"}))
    return district


@pytest.fixture
def exchanges(tmp_path: Path) -> list[tuple[str, dict[str, str], Any]]:
    district = _everything(tmp_path)
    found = []
    for request in list(district.port.sent):
        form = dict(request.form or {})
        if request.url.endswith("/fb.do"):
            found.append((form["method"], form, None))
    return found


def test_every_method_and_parameter_that_is_sent_is_known(exchanges: list[tuple[str, dict[str, str], Any]]) -> None:
    known = methods()
    assert len({name for name, _, _ in exchanges}) >= 24
    for name, form, _ in exchanges:
        assert name in known, name
        sent = set(form) - COMMON
        declared = {one["name"] for one in known[name]["params"]}
        needed = {one["name"] for one in known[name]["params"] if one.get("required")}
        assert sent <= declared, (name, sent - declared)
        assert needed <= sent, (name, needed - sent)
        assert known[name]["status"] not in ("withdrawn", "third-party"), name
        assert all(form.values()), name


def _answers(folder: Path) -> Iterator[tuple[str, Any]]:
    from munsocial.transport.port import Answer, Request

    seen: list[tuple[str, bytes]] = []
    district = District()
    kind = type(district.face)
    handle = kind.handle

    def watching(self: Any, request: Request) -> Answer:
        answer = handle(self, request)
        if request.url.endswith("/fb.do"):
            seen.append(((request.form or {})["method"], answer.body))
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "handle", watching)
        _everything(folder)
    for name, body in seen:
        yield name, json.loads(body) if body else None


def test_the_face_answers_in_the_published_shapes(tmp_path: Path) -> None:
    known, checked = methods(), set()
    for name, value in _answers(tmp_path):
        if isinstance(value, dict) and "error_code" in value:
            jsonschema.validate(value, facts()["transport"]["error_envelope"])
            continue
        jsonschema.validate(value, known[name]["response_schema"], cls=jsonschema.Draft202012Validator)
        checked.add(name)
    assert len(checked) >= 23


def test_the_face_offers_no_withdrawn_method() -> None:
    withdrawn = {name for name, one in methods().items() if one["status"] == "withdrawn"}
    assert withdrawn
    assert withdrawn.isdisjoint(METHODS)


def test_every_ability_is_declared_and_what_is_declared_is_there() -> None:
    declared = OkAdapter.capabilities.abilities
    assert set(declared) == set(Ability)
    for ability, one in declared.items():
        if one.how is How.NATIVE and ability is not Ability.SCHEDULE:
            assert callable(getattr(OkAdapter, ability.value)), ability
        if one.how in (How.ABSENT, How.MANUAL):
            assert one.reason is not None, ability
            assert one.reason.ru, ability
            assert not hasattr(OkAdapter, ability.value), ability


def test_instructions_for_people_can_be_filled_in() -> None:
    manual = [one for one in OkAdapter.capabilities.abilities.values() if one.how is How.MANUAL]
    assert len(manual) >= 12
    for one in manual:
        assert one.instruction is not None
        filled = one.instruction.fill(link="L", text="T{x}", author="A", ground="G", until="U")
        assert "L" in filled.ru
        assert "{x}" in filled.ru or "T{x}" not in filled.ru
        places = [part.split("}")[0] for part in one.instruction.ru.split("{")[1:]]
        assert set(places) <= {"link", "text", "author", "ground", "until"}
        assert sorted(places) == sorted(part.split("}")[0] for part in one.instruction.en.split("{")[1:])

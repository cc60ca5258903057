"""Consent, renewal, prolongation, and the report on keys."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from munsocial.errors import CapabilityMissing, InputError, KeyInvalid, MunsocialError
from munsocial.network.abilities import Ability
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial_ok.oauth import code_from
from ok_world import (
    ACCOUNT,
    CITIZEN,
    GID,
    GROUP_TOKEN,
    NOW,
    PERSON,
    REFRESH,
    SCOPES,
    SECRET,
    TOKEN,
    UPSTREAM,
    District,
    run,
)

BACK = "https://primer.example/back"
ALL = ("access_token", "application_secret", "refresh_token", "group_token")


def test_consent_leads_to_tokens() -> None:
    district = District()
    consent = district.ok.consent(ACCOUNT, BACK)
    query = parse_qs(urlsplit(consent.address).query)
    assert urlsplit(consent.address).netloc == "connect.ok.ru"
    assert query["client_id"] == ["512000000000"]
    assert set(query["scope"][0].split(";")) == SCOPES
    code = district.face.consent("CEXAMPLEPUBLICKEY0", PERSON, SCOPES)
    tokens = run(
        district.ok.exchange(ACCOUNT, code_from(f"{BACK}?code={code}&state={consent.state}", consent.state), BACK)
    )
    assert tokens.expires_in == 1800
    assert tokens.refresh_token
    assert tokens.access_token not in repr(tokens) + str(tokens)
    with pytest.raises(KeyInvalid):
        run(district.ok.exchange(ACCOUNT, code, BACK))  # a code serves once


@pytest.mark.parametrize("tail", ["code=a&state=other", "error=access_denied&state=s", "state=s", ""])
def test_a_way_back_that_is_not_ours_is_refused(tail: str) -> None:
    with pytest.raises(InputError):
        code_from(f"{BACK}?{tail}", "s")


@pytest.mark.parametrize("pasted", ["https://[half?code=a&state=s", "code=a&state=s", "", "согласие дано"])
def test_what_is_no_address_is_no_way_back(pasted: str) -> None:
    with pytest.raises(InputError, match="Начните согласие заново"):
        code_from(pasted, "s")


@pytest.mark.parametrize("state", ["", "s"])
@pytest.mark.parametrize("tail", ["code=a", "code=a&state=", "code=a&state=\udcff"])
def test_a_state_that_was_lost_lets_nobody_in(state: str, tail: str) -> None:
    """A session that has ended gives an empty state: it is not that of an address without one."""
    with pytest.raises(InputError, match="Начните согласие заново"):
        code_from(f"{BACK}?{tail}", state)


def test_an_expired_token_is_renewed_once_and_kept() -> None:
    district = District(kinds=ALL)
    district.token.expires = NOW
    assert run(district.ok.read_profile(ACCOUNT)).network_id == GID
    assert run(district.ok.read_counters(ACCOUNT))
    assert district.asked("token.do") == 1
    assert district.store.values["env:OK_TOKEN"] != TOKEN
    assert district.store.values["env:OK_REFRESH"] == REFRESH


def test_a_write_refused_for_its_token_is_sent_again_after_the_renewal() -> None:
    from munsocial.network.drafts import Draft

    district = District(kinds=ALL)
    district.token.expires = NOW
    run(district.ok.publish(ACCOUNT, Draft(text="Да"), key="k"))
    assert len(district.world.wall("ok", GID)) == 1


def test_a_withdrawn_consent_cannot_be_renewed() -> None:
    district = District(kinds=ALL)
    district.token.revoked = True
    with pytest.raises(KeyInvalid, match="согласие"):
        run(district.ok.read_profile(ACCOUNT))
    assert district.asked("token.do") == 1


def test_secrets_appear_in_no_error_of_a_renewal() -> None:
    district = District(Fault(FaultKind.STATUS, method="token.do", times=None), kinds=ALL)
    district.token.expires = NOW
    with pytest.raises(MunsocialError) as caught:
        run(district.ok.read_profile(ACCOUNT))
    shown = repr(caught.value) + caught.value.say() + repr(caught.value.__dict__)
    assert not any(secret in shown for secret in (TOKEN, SECRET, REFRESH, GROUP_TOKEN))


def test_touch_prolongs_a_long_token() -> None:
    district = District()
    district.token.expires = district.ago(days=-1)
    assert run(district.ok.touch(ACCOUNT))
    assert (district.token.expires - NOW).days == 30


def test_a_ready_session_secret_signs_in_place_of_the_applications() -> None:
    from munsocial.network.adapter import Equipment
    from munsocial.network.keys import Key, KeyRing
    from munsocial_ok.adapter import OkAdapter

    district = District()
    district.token.session_secret = "ready-session-secret"
    district.store.put("env:OK_SESSION", "ready-session-secret")
    named = {"application_key": "CEXAMPLEPUBLICKEY0"}
    keys = [("access_token", "env:OK_TOKEN"), ("session_secret", "env:OK_SESSION")]
    ring = KeyRing(tuple(Key(ACCOUNT.id, kind, reference, named, district.store) for kind, reference in keys))
    ok = OkAdapter(Equipment(district.session, ring))
    assert run(ok.read_profile(ACCOUNT)).network_id == GID


class Full:
    """A store of one's own that fails when a key is put into it."""

    def put(self, reference: str, secret: str) -> None:
        raise RuntimeError("hunter2")


def test_a_renewal_outlives_a_store_that_fails_and_keeps_no_broken_token() -> None:
    from munsocial.network.keys import KeyRing, Secret
    from munsocial_ok.keys import Keys
    from munsocial_ok.settings import OkSettings

    district = District()
    kept = district.store.get("env:OK_TOKEN")
    for store, token in ((Full(), "fresh"), (district.store, "fre\nsh")):
        keys = Keys(KeyRing(()), OkSettings(), store)
        assert keys.begin_renewal("env:OK_TOKEN", "stale")
        keys.end_renewal("env:OK_TOKEN", Secret(token))
        assert keys.begin_renewal("env:OK_TOKEN", "stale") is None
    assert district.store.get("env:OK_TOKEN") == kept


@pytest.mark.parametrize(
    ("kinds", "named"),
    [
        (("application_secret",), "access_token"),
        (("access_token",), "application_secret"),
        (("group_token",), "access_token"),
    ],
)
def test_a_missing_key_is_named_by_its_kind(kinds: tuple[str, ...], named: str) -> None:
    with pytest.raises(CapabilityMissing, match=named):
        run(District(kinds=kinds).ok.read_profile(ACCOUNT))


def test_good_keys_are_reported_with_whose_they_are() -> None:
    found = {one.kind: one for one in run(District(kinds=ALL).ok.check_keys(ACCOUNT))}
    person = found["access_token"]
    assert (person.valid, person.whose, person.missing) == (True, "Анна Примерова (ADMIN)", ())
    assert set(person.allows) == SCOPES
    assert (found["group_token"].valid, found["group_token"].whose) == (True, "Садовое сельское поселение")
    assert found["application_secret"].valid is None


def test_what_fails_for_want_of_what_is_said() -> None:
    district = District()
    district.token.rights = SCOPES - {"PHOTO_CONTENT"}
    district.page.statistics_open = False
    found = {one.kind: one for one in run(district.ok.check_keys(ACCOUNT))}
    missing = dict(found["access_token"].missing)
    assert "PHOTO_CONTENT" in missing[Ability.SET_AVATAR].ru
    assert "stats_allowed" in missing[Ability.LIST_POSTS].ru


FILES = {
    "photos": ({"PHOTO_CONTENT"}, "публикация с фото не пройдёт, приложению не дано PHOTO_CONTENT."),
    "videos": ({"VIDEO_CONTENT"}, "публикация с видео не пройдёт, приложению не дано VIDEO_CONTENT."),
    "both": (
        {"PHOTO_CONTENT", "VIDEO_CONTENT"},
        "публикация с фото не пройдёт, приложению не дано PHOTO_CONTENT; "
        "публикация с видео не пройдёт, приложению не дано VIDEO_CONTENT.",
    ),
}


@pytest.mark.parametrize(("lacking", "told"), FILES.values(), ids=FILES)
def test_files_that_cannot_be_carried_are_told_though_a_text_can_be_published(lacking: set[str], told: str) -> None:
    district = District()
    district.token.rights = SCOPES - lacking
    person = {one.kind: one for one in run(district.ok.check_keys(ACCOUNT))}["access_token"]
    assert Ability.PUBLISH not in dict(person.missing)
    assert person.note is not None
    assert person.note.ru == told[0].upper() + told[1:]


def test_a_person_without_a_role_may_do_nothing_with_the_group() -> None:
    district = District()
    district.token.owner = CITIZEN
    found = {one.kind: one for one in run(district.ok.check_keys(ACCOUNT))}
    assert {Ability.PUBLISH, Ability.LIST_POSTS} <= set(dict(found["access_token"].missing))


def test_a_dead_key_is_invalid_and_a_silent_network_leaves_it_unknown() -> None:
    dead = District()
    dead.token.revoked = True
    assert {one.kind: one.valid for one in run(dead.ok.check_keys(ACCOUNT))}["access_token"] is False
    silent = District(Fault(FaultKind.UNREACHABLE, times=None))
    report = {one.kind: one for one in run(silent.ok.check_keys(ACCOUNT))}["access_token"]
    assert report.valid is None
    assert report.note is not None


def test_a_group_token_of_another_group_is_found_out() -> None:
    district = District()
    district.world.keys[GROUP_TOKEN].page = district.upstream.id
    found = {one.kind: one for one in run(district.ok.check_keys(ACCOUNT))}
    assert {ability for ability, _ in found["group_token"].missing} == {Ability.LIST_MESSAGES, Ability.SEND_MESSAGE}


def test_messages_without_a_group_token_and_a_lent_token_are_told() -> None:
    district = District(kinds=("access_token", "application_secret"))
    own = {one.kind: one for one in run(district.ok.check_keys(ACCOUNT))}["access_token"]
    assert "group_token" in dict(own.missing)[Ability.LIST_MESSAGES].ru
    (lent,) = run(district.ok.check_keys(UPSTREAM))
    assert (lent.kind, lent.valid) == ("access_token", True)
    assert Ability.PUBLISH in dict(lent.missing)  # the person has no role in that group

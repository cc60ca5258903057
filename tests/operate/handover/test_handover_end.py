"""A handover to its end: signatures, the paper, the record in custody; and what a person's word cannot do."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import munsocial as ms
from leaving_world import NOW, Leaving, all_but_signatures
from munsocial.errors import InputError
from munsocial.journal import open_journal
from munsocial.model.credentials import Handover
from munsocial.operate.handover import Procedure
from munsocial.operate.handover.act import ActOfHandover, act_of
from munsocial.operate.handover.checking import check_handover
from munsocial.operate.handover.procedure import Standing, signed
from munsocial.operate.handover.stating import stop
from munsocial.operate.keys.custody import custody_on
from munsocial.operate.keys.dismissal import HangingKind
from munsocial.transport.port import drive

VK, OK = "lesnoy-vk", "lesnoy-ok"


@pytest.fixture
def leaving(tmp_path: Path) -> Leaving:
    return Leaving(tmp_path)


def to_the_end(leaving: Leaving) -> Procedure:
    begun = all_but_signatures(leaving)
    with leaving.connect() as social:
        social.state_handover(begun.id, "sign:elkina", by="elkina")
        return social.state_handover(begun.id, "sign:sosnov", by="sosnov")


def act(leaving: Leaving) -> ActOfHandover:
    with leaving.connect() as social:
        return social.act_of_handover("")


def test_the_last_signature_ends_it_and_custody_knows(leaving: Leaving) -> None:
    done = to_the_end(leaving)
    assert done.finished
    with leaving.connect() as social:
        holders = {one.credential.id: one.holder for one in social.custody(on=date(2026, 11, 26))}
        before = {one.credential.id: one.holder for one in social.custody(on=date(2026, 11, 24))}
        assert social.dismissal("elkina", on=date(2026, 11, 26)).of(HangingKind.CREDENTIAL) == ()
    assert holders == dict.fromkeys(("vk-page", "vk-user", "ok-application", "ok-person", "ok-login"), "sosnov")
    assert before["vk-page"] == "elkina"


def test_the_records_say_what_was_seen_and_what_only_stated(leaving: Leaving) -> None:
    to_the_end(leaving)
    with open_journal(leaving.journal, only_read=True) as journal:
        records = {one.credential: one for one in signed(journal)}
    assert (records["vk-page"].rotated, records["vk-page"].verified, records["vk-page"].revoked) == (True, True, True)
    assert (records["ok-login"].rotated, records["ok-login"].verified) == (True, None)


def test_the_records_fit_into_the_register(leaving: Leaving) -> None:
    to_the_end(leaving)
    from munsocial.model.tomlwriter import toml_text

    with open_journal(leaving.journal, only_read=True) as journal:
        rows = [one.model_dump(exclude_none=True) for one in signed(journal)]
    leaving.text += "\n" + toml_text({"handovers": rows})
    assert len(leaving.registry.handovers) == len(rows) == 3
    assert tomllib.loads(leaving.text)["handovers"][0]["date"] == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("situation", "step", "by", "told"),
    [
        ("a step that reading refutes", f"managers:{VK}", "sosnov", "чтение показало"),
        ("too early to sign", "sign:sosnov", "sosnov", "подписывать рано"),
        ("no such step", "dance:lesnoy-vk", "sosnov", "такого шага"),
        ("nobody named", f"password:{VK}", " ", "не указано, кто"),
    ],
)
def test_a_word_that_does_not_count(leaving: Leaving, situation: str, step: str, by: str, told: str) -> None:
    begun = leaving.go_on()
    with leaving.connect() as social, pytest.raises(InputError, match=told):
        social.state_handover(begun.id, step, by=by)


def test_what_can_be_read_is_read_before_a_word_counts(leaving: Leaving) -> None:
    begun = ms.handover(leaving.registry, leaving.journal, giver="elkina", taker="sosnov")
    with leaving.connect() as social, pytest.raises(InputError, match="сначала проверяется"):
        social.state_handover(begun.id, f"owner:{VK}", by="sosnov")


def test_nobody_signs_for_another(leaving: Leaving) -> None:
    begun = all_but_signatures(leaving)
    with leaving.connect() as social, pytest.raises(InputError, match="сам подписывающий"):
        social.state_handover(begun.id, "sign:elkina", by="sosnov")


def test_a_signature_is_not_left_out(leaving: Leaving) -> None:
    begun = all_but_signatures(leaving)
    with leaving.connect() as social, pytest.raises(InputError, match="Подпись не пропускают"):
        social.leave_out_handover(begun.id, "sign:elkina", by="sosnov", why="она уехала")


def test_a_step_is_left_out_only_with_a_reason(leaving: Leaving) -> None:
    begun = leaving.go_on()
    with leaving.connect() as social, pytest.raises(InputError, match="причина"):
        social.leave_out_handover(begun.id, f"two_factor:{VK}", by="sosnov", why=" ")


def test_an_ended_handover_takes_no_more_words_and_no_more_findings(leaving: Leaving) -> None:
    done = to_the_end(leaving)
    with leaving.connect() as social:
        with pytest.raises(InputError, match="уже окончена"):
            social.state_handover(done.id, f"password:{VK}", by="sosnov")
        assert social.check_handover(done.id).ended_at == done.ended_at


def test_a_later_reading_opens_again_what_was_done(leaving: Leaving) -> None:
    leaving.go_on()
    leaving.remove("elkina")
    leaving.go_on()
    leaving.world.appoint("vk", "230000001", "810000001", "editor", since=None)
    again = leaving.go_on()
    assert [one.state.value for one in again.standings if one.step.id == f"managers:{VK}"] == ["failed"]


def test_a_reading_that_fails_takes_nothing_back(leaving: Leaving) -> None:
    leaving.go_on()
    leaving.remove("elkina")
    leaving.go_on()
    leaving.world.keys[leaving.secrets.get("env:LESNOY_VK")].revoked = True
    again = leaving.go_on()
    assert [one.state.value for one in again.standings if one.step.id == f"managers:{VK}"] == ["seen"]


def test_a_handover_given_up_leaves_custody_as_it_was(leaving: Leaving) -> None:
    begun = leaving.go_on()
    with open_journal(leaving.journal) as journal:
        stopped = stop(journal, begun.id, by="elkina", why="остаюсь")
        assert (stopped.finished, stopped.stopped, signed(journal)) == (False, "остаюсь", ())
    with leaving.connect() as social:
        for name, said in (("", "незаконченной передачи в журнале нет"), ("nobody", "такой передачи нет")):
            with pytest.raises(InputError, match=said):
                social.act_of_handover(name)
        assert social.act_of_handover(begun.id).draft
    assert leaving.go_on().id != begun.id


def test_a_signed_act_shows_the_signatures(leaving: Leaving) -> None:
    done = to_the_end(leaving)
    made = act_of(done, leaving.registry, now=NOW)
    assert made.giver is not None
    assert (made.giver.signed, made.taker.signed) == ("25.11.2026 10:00", "25.11.2026 10:00")


def test_an_event_loop_gets_the_same(leaving: Leaving) -> None:
    async def story() -> Procedure:
        async with leaving.aconnect() as social:
            begun = await social.handover("elkina", "sosnov")
            return await social.check_handover(begun.id, write=False)

    awaited = asyncio.run(story())
    assert [one.state for one in awaited.standings] == [one.state for one in leaving.go_on().standings]


def test_a_check_that_may_not_write_writes_nothing(leaving: Leaving) -> None:
    begun = ms.handover(leaving.registry, leaving.journal, giver="elkina", taker="sosnov")
    with leaving.connect() as social:
        before = social.journal.anchor()
        seen = social.check_handover(begun.id, write=False)
        assert seen.standing(f"managers:{VK}") != begun.standing(f"managers:{VK}")
        assert social.journal.anchor() == before


def test_handovers_of_the_journal_count_in_custody_before_the_register_shows_them() -> None:
    from munsocial.testing import factories as make

    registry = make.district(make.account(), make.person("ivanova"), make.person("petrov"))
    assert custody_on(registry, NOW.date(), more=[Handover(account="x", taker="petrov", date=NOW.date())]) == ()


def test_programs_that_begin_at_once_begin_one_handover(leaving: Leaving) -> None:
    import threading

    def begin() -> None:
        ms.handover(leaving.registry, leaving.journal, giver="elkina", taker="sosnov")

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with open_journal(leaving.journal, only_read=True) as journal:
        assert [one.kind for one in journal.entries(kind="handover.*")] == ["handover.begun"]


def test_the_last_signature_and_the_end_are_one(leaving: Leaving) -> None:
    to_the_end(leaving)
    with open_journal(leaving.journal, only_read=True) as journal:
        kinds = [one.kind for one in journal.entries(kind="handover.*")]
    assert kinds[-2:] == ["handover.step", "handover.ended"]
    assert kinds.count("handover.ended") == 1


# --- a command that was killed is given again; programs meet


def _kinds(leaving: Leaving) -> list[str]:
    with open_journal(leaving.journal, only_read=True) as journal:
        return [one.kind for one in journal.entries(kind="handover.*")]


@pytest.mark.parametrize(
    "again",
    [
        lambda social, name: social.state_handover(name, f"password:{VK}", by="sosnov", note="сделано"),
        lambda social, name: social.leave_out_handover(name, f"two_factor:{VK}", by="sosnov", why="нет телефона"),
        lambda social, name: social.leave_out_handover(name, f"managers:{VK}", by="sosnov", why="она в отпуске"),
        lambda social, name: stop(social.journal, name, by="elkina", why="остаюсь"),
    ],
    ids=["state", "leave out", "leave out what was refuted", "stop"],
)
def test_the_same_word_again_is_written_once(leaving: Leaving, again: Callable[[ms.Social, str], Procedure]) -> None:
    begun = leaving.go_on()
    with leaving.connect() as social:
        first = again(social, begun.id)
        count = len(_kinds(leaving))
        assert again(social, begun.id) == first
    assert len(_kinds(leaving)) == count


def test_a_signature_again_is_no_second_one_even_after_the_end(leaving: Leaving) -> None:
    done = to_the_end(leaving)
    count = len(_kinds(leaving))
    with leaving.connect() as social:
        assert social.state_handover(done.id, "sign:sosnov", by="sosnov") == done
    assert len(_kinds(leaving)) == count


def test_a_finding_that_comes_after_the_end_is_not_written(leaving: Leaving) -> None:
    """A check reads networks for a while: it may learn only then that the other program has ended the handover."""
    before = all_but_signatures(leaving)
    leaving.world.appoint("vk", "230000001", "810000001", "editor", since=None)
    with leaving.connect() as social:
        social.state_handover(before.id, "sign:elkina", by="elkina")
        done = social.state_handover(before.id, "sign:sosnov", by="sosnov")
        link = social._link
        late = drive(
            check_handover(
                before, registry=link.registry, adapters=link.adapters, journal=social.journal, now=NOW, old=None
            )
        )
    assert late == done
    assert _kinds(leaving)[-1] == "handover.ended"


def test_a_finding_that_comes_after_a_word_does_not_take_it_back(leaving: Leaving) -> None:
    before = leaving.go_on()
    with leaving.connect() as social:
        social.state_handover(before.id, f"owner:{VK}", by="sosnov")
        link = social._link
        open_then = replace(before, standings=tuple(Standing(one.step) for one in before.standings))
        late = drive(
            check_handover(open_then, registry=link.registry, adapters=link.adapters, journal=social.journal, now=NOW)
        )
    stated = late.standing(f"owner:{VK}")
    assert stated is not None
    assert stated.state.value == "stated"

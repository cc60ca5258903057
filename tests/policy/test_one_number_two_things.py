"""A comment and a private message may have one number: a record of a removal is about one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import MunsocialError
from munsocial.model.files import load_registry, save_registry
from munsocial.model.statements import Removal, Removed
from munsocial.policy import Finding, audit
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    comment,
    district,
    message,
    moment,
    requirement,
    snapshot,
    view,
)
from sentences import fit_for_people

INSULT = requirement("moderation.grounds", grounds=["insult"], objects=["comments", "messages"])
FREE = requirement("moderation.protect_criticism", exceptions=["insult"])
THANKS = "Спасибо за ремонт!"
COMMENT, MESSAGE = Removed.COMMENT, Removed.MESSAGE


def removed(**fields: Any) -> Removal:
    known = {"account": "administration-vk", "item": "5", "at": moment("2026-11-10 10:00"), "ground": "insult"}
    return Removal(**{**known, **fields})


def judged(demand: Any, *log: Removal, **seen: Any) -> list[Finding]:
    found = audit(district(account(), *log), snapshot(view(**seen)), [act(demand)], MOMENT).findings
    for one in found:
        fit_for_people(one)
    return list(found)


@pytest.mark.parametrize(
    ("log", "of_comment", "of_message"),
    [
        ((removed(kind=MESSAGE),), "met", "not_met"),
        ((removed(kind=COMMENT),), "not_met", "met"),
        ((removed(kind=COMMENT), removed(kind=MESSAGE)), "not_met", "not_met"),
        ((removed(kind=COMMENT, item="6"),), "met", "met"),
        # Old files do not say: then the author and the text have to.
        ((removed(),), "unknown", "unknown"),
        ((removed(author_id="citizen-1"),), "not_met", "met"),
        ((removed(author_id="citizen-2"),), "met", "not_met"),
        ((removed(author_id="citizen-3"),), "met", "met"),
        ((removed(text=THANKS),), "not_met", "unknown"),
        ((removed(author_id="citizen-1", text="Дурак!"),), "unknown", "met"),
        ((removed(author_id="citizen-1", text="Спасибо…"),), "not_met", "met"),  # people note the beginning
        ((removed(text="Спасибо…"),), "unknown", "unknown"),
        ((removed(url="https://network.example/w1?reply=5"),), "not_met", "unknown"),
        ((removed(url="https://network.example/w1?reply=6"),), "unknown", "unknown"),
        ((removed(), removed(kind=COMMENT)), "not_met", "unknown"),
        ((removed(restored_at=moment("2026-11-11 10:00")),), "met", "met"),
    ],
)
def test_a_decision_is_about_one_of_them(log: tuple[Removal, ...], of_comment: str, of_message: str) -> None:
    written = comment(THANKS, id="5", author_id="citizen-1", url="https://network.example/w1?reply=5")
    sent = message("Здравствуйте", id="5", peer_id="citizen-2")
    found = judged(INSULT, *log, comments=(written,), messages=(sent,))
    assert [str(one.outcome) for one in found] == [of_comment, of_message]


def test_what_is_not_said_is_asked_for() -> None:
    finding, _ = judged(INSULT, removed(), comments=(comment(THANKS, id="5"),), messages=())
    assert "о комментарии оно или о сообщении, не сказано: 1 комментарий" in finding.say("ru")
    assert "kind" in finding.advise("ru")
    assert [str(one.means) for one in finding.evidence] == ["log"]


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ((removed(kind=COMMENT),), "met"),
        ((removed(kind=MESSAGE),), "unknown"),
        ((removed(),), "unknown"),
        ((), "unknown"),
    ],
)
def test_a_comment_that_is_gone_is_not_excused_by_a_message(log: tuple[Removal, ...], expected: str) -> None:
    gone = comment("", id="5", deleted=True, author_id=None)
    (finding,) = judged(FREE, *log, comments=(gone,), bans=())
    assert str(finding.outcome) == expected


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (removed(author_id="citizen-1", text="Дураки"), "запись под этим номером есть, но о комментарии ли она"),
        (removed(item="6"), "без записи об основании"),
        (removed(kind=MESSAGE), "без записи об основании"),
    ],
)
def test_an_old_record_is_not_called_absent(log: Removal, said: str) -> None:
    gone = comment("", id="5", deleted=True, author_id=None)
    (finding,) = judged(FREE, log, comments=(gone,), bans=())
    assert (str(finding.outcome), said in finding.say("ru")) == ("unknown", True), finding.say("ru")


def test_an_equal_address_tells_which_comment_is_gone() -> None:
    gone = comment("", id="5", deleted=True, author_id=None, url="https://network.example/w1?reply=5")
    (finding,) = judged(FREE, removed(url="network.example/w1?reply=5"), comments=(gone,), bans=())
    assert str(finding.outcome) == "met"


@pytest.mark.parametrize("suffix", [".toml", ".json", ".xlsx"])
@pytest.mark.parametrize("kind", [COMMENT, MESSAGE, None])
def test_every_format_of_a_register_keeps_it(tmp_path: Path, suffix: str, kind: Removed | None) -> None:
    register = district(account(), removed(kind=kind))
    save_registry(register, tmp_path / f"district{suffix}")
    assert load_registry(tmp_path / f"district{suffix}") == register


def test_another_kind_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "district.toml"
    save_registry(district(account(), removed(kind=COMMENT)), path)
    path.write_text(path.read_text("utf-8").replace('kind = "comment"', 'kind = "post"'), "utf-8")
    with pytest.raises(MunsocialError) as caught:
        load_registry(path)
    assert "removals" in str(caught.value)
    assert "comment" in str(caught.value)

"""Free words of a register that lead nowhere are pointed out, with the nearest known word."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from command_line import run
from munsocial.model.base import Record
from munsocial.model.files import save_registry
from munsocial.model.statements import ExemptPeriod, Inquiry, Waiver
from munsocial.policy import load_acts
from munsocial.policy.overlooked import check_registry
from munsocial.testing.factories import account, act, appointment, district, person, requirement, upstream

ACTS = (
    *load_acts(["kalininsky"]),
    act(
        requirement("responsible.appointed", duties=["curator"]),
        requirement("attested", statement="s", by="lawyer"),
        requirement("reply.upstream", upstream=["ministry"]),
    ),
    act(
        requirement("reply.deadline", limit=4, unit="hours", priority="high"),
        requirement("reply.escalation", when=["socially_significant"]),
        id="messages",
    ),
)
DAY = date(2026, 12, 31)


def _waiver(demand: str) -> Waiver:
    return Waiver(requirement=demand, subject="administration", reason="ремонт", approver="ivanova", last_day=DAY)


def _asked(**fields: Any) -> Inquiry:
    return Inquiry(id="i1", body="administration", **fields)


def _rest(*kinds: str) -> ExemptPeriod:
    return ExemptPeriod(subject="administration", since=DAY, until=DAY, reason="праздник", kinds=kinds)


@pytest.mark.parametrize(
    ("situation", "record", "says"),
    [
        (
            "a demand of no act",
            _waiver("kalininsky#nonexistent"),
            "waivers / № 1 (administration) / requirement: требования",
        ),
        ("a demand of another act", _waiver("federal#posts-weekly"), "исключение ничего не извиняет. Может быть"),
        ("a kind with a slip", _rest("posting.freqency"), "kinds: вида требований «posting.freqency» нет"),
        ("the nearest kind", _rest("posting.freqency"), "Может быть, posting.frequency?"),
        (
            "a duty by the name that reports show",
            appointment("ivanova", "administration", "ведение аккаунтов"),
            "Может быть, running?",
        ),
        ("a priority that no act has", _asked(priority="hihg"), "срочности «hihg» нет в актах реестра"),
        ("the nearest priority", _asked(priority="hihg"), "Может быть, high?"),
        ("a mark that no act has", _asked(significant=("важное",)), "отметки «важное» нет в актах реестра"),
        ("a role with a slip", upstream("krai_governer"), "Может быть, krai_governor?"),
        ("a duty with a slip", appointment("ivanova", "administration", "runing"), "Может быть, running?"),
    ],
)
def test_a_word_that_leads_nowhere_is_pointed_out(situation: str, record: Record, says: str) -> None:
    (notice,) = check_registry(district(account(), person(), record), ACTS)
    assert says in notice.say("ru"), situation
    assert notice.say("en") != notice.say("ru")


@pytest.mark.parametrize(
    "record",
    [
        _waiver("kalininsky#posts-weekly"),
        _waiver("posts-weekly"),
        _rest("posting.frequency", "comments.enabled"),
        appointment("ivanova", "administration", "running", "curator", "lawyer"),
        _asked(),
        _asked(priority="high", significant=("socially_significant",)),
        _asked(significant=("социально значимое",)),
        upstream("governor"),
        upstream("ministry"),
    ],
)
def test_a_word_that_somebody_knows_is_not(record: Record) -> None:
    assert check_registry(district(account(), person(), record), ACTS) == ()


@pytest.mark.parametrize("message", [{"priority": "срочно"}, {"significant": ("важное",)}])
def test_where_acts_ask_of_no_such_word_it_is_free(message: dict[str, Any]) -> None:
    every = act(requirement("reply.deadline", limit=1, unit="days"), requirement("reply.escalation", to="governor"))
    assert check_registry(district(account(), person(), _asked(**message)), [every]) == ()


@pytest.mark.parametrize("priority", ["normal", "high"])
@pytest.mark.parametrize("of_the_act", ["normal", "high", "urgent"])
def test_a_priority_that_the_inbox_writes_is_no_slip(priority: str, of_the_act: str) -> None:
    soon = act(requirement("reply.deadline", limit=1, unit="days", priority=of_the_act))
    assert check_registry(district(account(), person(), _asked(priority=priority)), [soon]) == ()


OWNS = account("owner", kind="profile", only_owns=True)


@pytest.mark.parametrize(
    ("situation", "records", "told"),
    [
        ("it owns nothing", (OWNS,), ["owner"]),
        ("another profile owns the page", (OWNS, account(owner_profile="other"), account("other")), ["owner"]),
        ("it owns a page", (OWNS, account(owner_profile="owner")), []),
        ("it is a page", (OWNS.but(only_owns=False),), []),
        ("it is closed, and its pages have another owner by now", (OWNS.but(closed=date(2026, 5, 1)),), []),
    ],
)
def test_a_profile_that_only_owns_and_owns_nothing_is_pointed_out(
    situation: str, records: tuple[Record, ...], told: list[str]
) -> None:
    found = check_registry(district(*records), ())
    assert [(one.table, one.record, one.field) for one in found] == [("accounts", one, "only_owns") for one in told]
    for one in found:
        assert "ни одна страница не называет его владельцем" in one.say("ru"), situation
        assert one.say("en") != one.say("ru")


def test_without_acts_no_excuse_is_doubted() -> None:
    assert check_registry(district(account(), person(), _waiver("anything")), ()) == ()


def test_the_command_says_so_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "district.toml"
    save_registry(district(account(), person(), _rest("posting.freqency"), acts=("kalininsky",)), file)
    done = run("registry", "check", file)
    assert done.code == 0
    assert "ошибок нет" in done.out
    assert "вида требований «posting.freqency» нет" in done.out


def test_acts_that_cannot_be_used_are_told_beside_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "district.toml"
    save_registry(district(account(), person(), _rest("posting.freqency"), acts=("kalininskij",)), file)
    done = run("registry", "check", file)
    assert done.code == 0
    assert "нет акта «kalininskij»" in done.out
    assert "posting.freqency" in done.out

"""What stands inside a list or a table, and a number out of all sense, is told at the call as well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import munsocial as ms
import munsocial.policy
import munsocial.testing
from munsocial.errors import InputError
from munsocial.operate.plans.plan import new_plan
from munsocial.testing.factories import MOMENT, account, act, body, district, requirement, snapshot, view

DISTRICT = district(body("school"), account("school-vk", body="school"))
SEEN = snapshot(view("school-vk"))
ACTS = (act(requirement("account.exists")),)
DRAFT = ms.Draft(text="x")
INSIDE: list[tuple[str, Callable[[Any], object], str]] = [
    ("nothing among accounts", lambda s: s.plan_publication(DRAFT, to=[None]), "to[0]: this takes str"),
    (
        "a list among accounts",
        lambda s: s.publish(DRAFT, to=["a", ["b"]]),
        'to[1]: this takes str, and was given list. Give ["griv',
    ),
    (
        "a list among networks",
        lambda s: s.outbox(acknowledge=[["x"]]),
        "acknowledge[0]: this takes str, and was given list",
    ),
    (
        "nothing among networks",
        lambda s: s.plan_unbans(acknowledge=[None]),
        'acknowledge[0]: this takes str, and was given NoneType. Give ["facebook"]',
    ),
    ("ids as reports of keys", lambda s: s.key_lacks(["x"]), "reports[0]: this takes KeyReport, and was given str"),
    ("one id as reports of keys", lambda s: s.key_lacks("x"), "reports: this takes a list, and was given one string"),
    (
        "one account to hand over",
        lambda s: s.handover("a", "b", accounts="school-vk"),
        "accounts: this takes a list, and was given one",
    ),
    (
        "a number among accounts",
        lambda s: s.handover("a", "b", accounts=[5]),
        "accounts[0]: this takes str, and was given int",
    ),
    (
        "a list of old keys",
        lambda s: s.check_handover("h", old=["env:X"]),
        "old: this takes Mapping, and was given list",
    ),
    (
        "authors without their account",
        lambda s: s.plan_bans(only=["5"]),
        'only[0]: this takes a pair, and was given str. Give [("grivenskoye-vk", "5")]',
    ),
    ("a list in a pair", lambda s: s.plan_bans(only=[("a", ["b"])]), "only[0]: this takes a pair, and was given tuple"),
    ("ids of questions", lambda s: s.plan_answers(["118"], {}), "questions[0]: this takes Question, and was given str"),
    ("a list of templates", lambda s: s.plan_answers([], []), "templates: this takes Mapping, and was given list"),
    (
        "texts as templates",
        lambda s: s.plan_answers([], {"a": "Да"}),
        "templates.a: this takes Template, and was given str",
    ),
    ("one task to check", lambda s: s.check_tasks(only="t1"), "only: this takes a list, and was given one string"),
    (
        "a table of settings",
        lambda s: s.plan_moderation(SEEN, settings={}),
        "settings: this takes Settings, and was given dict",
    ),
    ("to replay", lambda s: s.replay({}), "after: this takes Settings, and was given dict"),
    ("nothing to replay", lambda s: s.replay(None), "after: this takes Settings, and was given NoneType"),
    (
        "a number as the text of a comment",
        lambda s: s.leave_comment("school-vk", "1", by="i", why="w", text=5),
        "text: this takes str, and was given int",
    ),
    ("several templates", lambda s: s.plan_answers([], {}, template=["a"]), "template: this takes str, and was given"),
    (
        "to report",
        lambda s: s.moderation_report(SEEN, settings={}),
        "settings: this takes Settings, and was given dict",
    ),
    ("to ban", lambda s: s.plan_bans(settings={}), "settings: this takes Settings, and was given dict"),
    (
        "to shadow",
        lambda s: s.shadow(SEEN, settings={}, write=False),
        "settings: this takes Settings, and was given dict",
    ),
    (
        "the path of a content plan",
        lambda s: s.week(SEEN, content="plan.xlsx"),
        "content: this takes ContentPlan, and was given str",
    ),
    ("to plan", lambda s: s.plan_content("plan.xlsx"), "content: this takes ContentPlan, and was given str"),
    (
        "a post as what was read",
        lambda s: s.plan_change("delete_post", "school-vk", "1", found="x"),
        "found: this takes Observed, and was given str",
    ),
    (
        "several changes",
        lambda s: s.plan_change(["delete_post"], "school-vk", "1"),
        "change: this takes str, and was given list",
    ),
    ("several accounts", lambda s: s.read_post(["school-vk"], "1"), "account: this takes str, and was given list"),
    ("several networks", lambda s: s.adapter(["vk"]), "network: this takes str, and was given list"),
    ("nobody dismissed", lambda s: s.dismissal(None), "person: this takes str, and was given NoneType"),
    ("several takers", lambda s: s.handover(None, ["b"]), "person: this takes str, and was given list"),
    (
        "made by nobody",
        lambda s: s.plan_unbans(made_by=None),
        'made_by: this takes str, and was given NoneType. Where there is no text, give ""',
    ),
    (
        "applied by nobody",
        lambda s: s.apply(new_plan("moderation", DISTRICT, (), now=MOMENT), by=None),
        "by: this takes str, and was given NoneType",
    ),
    ("a moment of custody", lambda s: s.custody(on=MOMENT), "on: this takes date, and was given datetime. Give a day"),
    (
        "a text of dismissal",
        lambda s: s.dismissal("a", on="2026-11-01"),
        "on: this takes date, and was given str. Give a day",
    ),
    ("a flag as progress", lambda s: s.collect(progress=True), "progress: this takes a function, and was given bool"),
    (
        "a flag as what is told",
        lambda s: s.apply(new_plan("moderation", DISTRICT, (), now=MOMENT), told=True),
        "told: this takes a function, and was given bool",
    ),
    (
        "weeks before now",
        lambda s: s.budget(weeks=-1),
        "weeks = -1: The number of weeks -1 is out of bounds. Give 1 to 520.",
    ),
    ("no weeks", lambda s: s.budget(weeks=0), "weeks = 0: The number of weeks 0 is out of bounds."),
    ("days before now", lambda s: s.reminders(days=-1), "days = -1: a whole number from 0 to 3660 is wanted."),
    ("days beyond the calendar", lambda s: s.reminders(days=10**9), "days = 1000000000: a whole number from 0 to"),
    ("days as text", lambda s: s.reminders(days="30"), "days: this takes int, and was given str"),
    (
        "fewer than no signatures",
        lambda s: s.plan_publication(DRAFT, to=["a"], signatures=-1),
        "signatures = -1: a whole number from 0 to",
    ),
    (
        "a text of signatures",
        lambda s: s.plan_emergency(DRAFT, signatures="2"),
        "signatures: this takes int, and was given str",
    ),
    (
        "fewer than no steps",
        lambda s: s.outbox(limit=-1),
        "limit = -1: the limit of steps is no whole number from zero on. Give",
    ),
]

# As a program without type checks sees them.
free: Any = ms
policy: Any = munsocial.policy
testing: Any = munsocial.testing
REPORT = ms.audit(DISTRICT, SEEN, ACTS, MOMENT)
PLAIN: list[tuple[str, Callable[[], object], str]] = [
    ("names to route by", lambda: free.language.router(["x"]), "bodies[0]: this takes Body, and was given str"),
    ("nothing to route by", lambda: free.language.router([None]), "bodies[0]: this takes Body"),
    (
        "own words as a list",
        lambda: free.language.marks("x", vocabulary=["слово"]),
        "vocabulary: this takes Vocabulary, and was given list",
    ),
    ("one plugin", lambda: free.load_plugins("my_plugin"), "extra: this takes a list, and was given one string"),
    ("a module as the plugins", lambda: free.load_plugins(free), "extra: this takes list, and was given module"),
    (
        "a report as readings",
        lambda: free.audit(DISTRICT, SEEN, ACTS, MOMENT, readings=5),
        "readings: this takes Readings, and was given int",
    ),
    (
        "findings to assert",
        lambda: testing.assert_complies(REPORT.findings),
        "report: this takes Report, and was given tuple",
    ),
    ("ids of acts to check", lambda: policy.check_acts(["kalininsky"]), "acts[0]: this takes Act, and was given str"),
    ("one tag", lambda: policy.check_acts(ACTS, tags="school"), "tags: this takes a list, and was given one string"),
    (
        "no register to hand over",
        lambda: free.handover("d.toml", "j", giver=None, taker="b"),
        "registry: this takes Registry",
    ),
    (
        "no file to evaluate",
        lambda: free.language.evaluate_file(None),
        "path: this takes a path, and was given NoneType",
    ),
    ("no act to read", lambda: policy.read_act(None), "path: this takes a path, and was given NoneType"),
    ("rows that are none", lambda: free.language.evaluate(5), "rows: this takes list, and was given int"),
]


def _social(folder: Path, call: Callable[[Any], object]) -> object:
    """Call something of the face with arguments of any kind, as a program without type checks does."""
    known: dict[str, Any] = {"journal": folder / "journal.sqlite", "clock": lambda: MOMENT}
    with ms.connect(DISTRICT, plugins=ms.load_plugins(installed=False), **known) as social:
        return call(social)


@pytest.mark.parametrize(("situation", "call", "said"), INSIDE, ids=[one[0] for one in INSIDE])
def test_what_a_connection_is_given_is_looked_at_whole(
    situation: str, call: Callable[[Any], object], said: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        _social(tmp_path, call)
    assert said in refused.value.say("en"), situation
    assert refused.value.remedy


@pytest.mark.parametrize(("situation", "call", "said"), PLAIN, ids=[one[0] for one in PLAIN])
def test_what_a_function_is_given_is_looked_at_whole(situation: str, call: Callable[[], object], said: str) -> None:
    with pytest.raises(InputError) as refused:
        call()
    assert said in refused.value.say("en"), situation
    assert refused.value.remedy

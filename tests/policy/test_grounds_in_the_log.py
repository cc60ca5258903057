"""On which grounds a ban may rest: those that the act lists, however they are spelled, and never on criticism."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.model.statements import Removal
from munsocial.policy import Finding, audit, load_acts
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    ban,
    comment,
    district,
    moment,
    requirement,
    snapshot,
    view,
)
from sentences import fit_for_people

BANS = requirement("moderation.sanctions", "may", clause="9.4", ladder=["ban"])
LAW = requirement("moderation.grounds", clause="9.2", id_="law", grounds=["law_violation"])
WORDS = requirement("moderation.grounds", clause="9.3", id_="words", grounds=["spam", "insult", "obscenity"])
OPEN = requirement("moderation.grounds", clause="9.3", grounds=["spam", "призывы к самосуду"], open_list=True)
UNQUOTED = requirement("moderation.grounds", clause="9.3", grounds=["(list not quoted)"])
FLOOD = requirement("moderation.grounds", clause="9.5", id_="flood", grounds=["flood"])
CLOSED = (LAW, WORDS, BANS)

GROUNDED, UNGROUNDED, FOR_A_PERSON = "met", "ungrounded_ban", "unknown"


def removed(ground: str, **fields: Any) -> Removal:
    known = {"item": "5", "at": moment("2026-11-18 13:30"), "author_id": "citizen-1", **fields}
    return Removal(account="administration-vk", ground=ground, **known)


def answer(demands: Any, *log: Removal) -> Finding:
    """What is said of a black list with one citizen in it."""
    seen = snapshot(view(bans=(ban(),)))
    report = audit(district(account(), *log), seen, [act(*demands)], MOMENT)
    (finding,) = report.of(kind="moderation.sanctions")
    fit_for_people(finding)
    return finding


@pytest.mark.parametrize(
    ("demands", "ground", "expected"),
    [
        (CLOSED, "spam", GROUNDED),
        (CLOSED, "law_violation", GROUNDED),
        (CLOSED, "drugs", GROUNDED),  # finer than a violation of law
        (CLOSED, "Спам", GROUNDED),
        (CLOSED, "оскорбление", GROUNDED),
        (CLOSED, "Нецензурная брань", GROUNDED),
        (CLOSED, "criticism", UNGROUNDED),
        (CLOSED, "Criticism", UNGROUNDED),
        (CLOSED, "критика", UNGROUNDED),
        (CLOSED, "КРИТИКА", UNGROUNDED),
        (CLOSED, "не понравилось", UNGROUNDED),
        (CLOSED, "flood", UNGROUNDED),  # a ground in other acts, not in this one
        ((WORDS, BANS), "drugs", UNGROUNDED),
        ((OPEN, BANS), "призывы к самосуду", GROUNDED),
        ((OPEN, BANS), "Призывы к самосуду", GROUNDED),
        ((OPEN, BANS), "не понравилось", FOR_A_PERSON),
        ((OPEN, BANS), "критика", UNGROUNDED),
        ((UNQUOTED, BANS), "spam", GROUNDED),
        ((UNQUOTED, BANS), "не понравилось", FOR_A_PERSON),
        ((BANS,), "flood", GROUNDED),
        ((BANS,), "не понравилось", FOR_A_PERSON),
        ((BANS,), "критика", UNGROUNDED),
        ((requirement("moderation.grounds", grounds=["criticism", "spam"]), BANS), "criticism", UNGROUNDED),
    ],
)
def test_what_a_ban_may_rest_on(demands: Any, ground: str, expected: str) -> None:
    finding = answer(demands, removed(ground))
    assert (finding.derived or str(finding.outcome)) == expected, finding.say("ru")
    if expected == UNGROUNDED:
        assert str(finding.level) == "must"


def test_a_ban_on_no_listed_ground_says_what_was_noted() -> None:
    said = answer(CLOSED, removed("не понравилось")).say("ru")
    assert said == "В чёрном списке без основания из перечня: citizen-1; записано: не понравилось."


def test_one_lawful_removal_is_enough() -> None:
    assert str(answer(CLOSED, removed("критика"), removed("spam")).outcome) == "met"


@pytest.mark.parametrize("ground", ["критика", "Criticism", "не понравилось"])
def test_under_the_shipped_order(ground: str) -> None:
    seen = snapshot(view(bans=(ban(),)))
    report = audit(district(account(), removed(ground)), seen, load_acts(["kalininsky"]), MOMENT)
    assert [one.derived for one in report.of(clause="9.4")] == ["ungrounded_ban"]


@pytest.mark.parametrize(
    ("ground", "expected"), [("Спам", "met"), ("угроза", "met"), ("критика", "not_met"), ("флуд", "not_met")]
)
def test_removals_by_the_name_of_their_ground(ground: str, expected: str) -> None:
    free = requirement("moderation.protect_criticism", exceptions=["law_violation", "spam"])
    seen = snapshot(view(bans=(), comments=()))
    (finding,) = audit(district(account(), removed(ground)), seen, [act(free)], MOMENT).findings
    assert str(finding.outcome) == expected


def test_a_decision_noted_by_the_name_of_its_ground_is_a_decision() -> None:
    seen = snapshot(view(comments=(comment("Вы дебилы", id="5"),)))
    log = removed("Оскорбление")
    (finding,) = audit(district(account(), log), seen, [act(WORDS)], MOMENT).findings
    assert str(finding.outcome) == "not_met"


KALININSKY = load_acts(["kalininsky"])
IN_WORDS_OF_THE_ACT = [
    "нецензурные выражения", "спам-рассылки", "спам-рассылка", "оскорбления", "нецензурная лексика", "мат",
    "ненормативная лексика", "бранные слова",
    "экстремизм", "угрозы", "нарушение законодательства", "insults",
    "нарушение требований нормативных правовых актов Российской Федерации", "п. 9.3", "пункт 9.2", "9.3",
    "Оскорбление, нецензурная брань", "obscenity, insult", "Оскорбления и угрозы",
]  # fmt: skip


@pytest.mark.parametrize("ground", IN_WORDS_OF_THE_ACT)
def test_the_words_of_a_clause_are_its_grounds(ground: str) -> None:
    seen = snapshot(view(bans=(ban(),)))
    report = audit(district(account(), removed(ground)), seen, KALININSKY, MOMENT)
    assert [str(one.outcome) for one in report.of(clause="9.4")] == ["met"]


@pytest.mark.parametrize(
    ("ground", "clause", "expected"),
    [
        ("реклама", "", "unknown"),
        ("прочее", "", "unknown"),
        ("не оскорбление", "", "unknown"),
        ("критика, оскорбления", "", "unknown"),
        ("спам, прочее", "", "met"),
        ("реклама", "9.3", "met"),
        ("прочее", "п. 9.3", "met"),
        ("прочее", "5", "unknown"),
        ("прочее", "9.33", "unknown"),
        ("флуд", "9.3", "unknown"),  # the word is of another act, the clause of this one
        ("флуд, не по теме", "", "not_met"),
        ("флуд, прочее", "", "unknown"),  # a part says something that nobody recognises
        ("критика", "9.3", "not_met"),
        ("критические замечания", "", "not_met"),
        ("недовольство администрацией", "", "not_met"),
    ],
)
def test_what_nobody_recognises_is_for_a_person(ground: str, clause: str, expected: str) -> None:
    seen = snapshot(view(bans=(ban(),)))
    report = audit(district(account(), removed(ground, clause=clause)), seen, KALININSKY, MOMENT)
    (finding,) = report.of(clause="9.4")
    fit_for_people(finding)
    assert str(finding.outcome) == expected, finding.say("ru")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"ground": "нецензурные выражения"}, "met"),
        ({"ground": "оскорбления"}, "met"),
        ({"ground": "реклама"}, "unknown"),
        ({"ground": "реклама", "clause": "9.3"}, "met"),
        ({"ground": "недовольство"}, "not_met"),
        ({"ground": "прочее", "clause": "9.5"}, "not_met"),  # its grounds are none of those listed
    ],
)
def test_a_removal_in_the_words_of_a_clause_is_no_censorship(fields: dict[str, Any], expected: str) -> None:
    free = requirement("moderation.protect_criticism", exceptions=["law_violation", "spam", "insult", "obscenity"])
    seen = snapshot(view(bans=(), comments=()))
    report = audit(district(account(), removed(**fields)), seen, [act(free, LAW, WORDS, FLOOD)], MOMENT)
    (finding,) = report.of(kind="moderation.protect_criticism")
    fit_for_people(finding)
    assert str(finding.outcome) == expected, finding.say("ru")


@pytest.mark.parametrize(("ground", "expected"), [("оскорбления", "not_met"), ("реклама", "unknown"), ("флуд", "met")])
def test_a_decision_in_the_words_of_the_act_is_a_decision(ground: str, expected: str) -> None:
    seen = snapshot(view(comments=(comment("Ну вы и работнички", id="5"),)))
    (finding,) = audit(district(account(), removed(ground)), seen, [act(WORDS)], MOMENT).findings
    fit_for_people(finding)
    assert str(finding.outcome) == expected, finding.say("ru")


BOTH = requirement("moderation.grounds", id_="both", grounds=["law_violation"], objects=["comments", "messages"])
MESSAGES_UNQUOTED = requirement(
    "moderation.grounds", id_="unquoted", grounds=["(list not quoted)"], objects=["messages"]
)
PARTLY_QUOTED = requirement(
    "moderation.grounds", id_="partly", grounds=["threat", "(list not quoted)"], objects=["comments", "messages"]
)
NOTHING_QUOTED = requirement("moderation.grounds", id_="nothing", grounds=[], objects=["messages"])


@pytest.mark.parametrize(
    ("demands", "ground", "kind", "expected"),
    [
        ((BOTH, WORDS, BANS), "insult", "message", FOR_A_PERSON),
        ((BOTH, WORDS, BANS), "оскорбление", "message", FOR_A_PERSON),
        ((BOTH, WORDS, BANS), "insult", "comment", GROUNDED),
        ((BOTH, WORDS, BANS), "insult", None, GROUNDED),  # of what the record is, nobody noted
        ((BOTH, WORDS, BANS), "threat", "message", GROUNDED),
        ((BOTH, WORDS, BANS), "insult, threat", "message", GROUNDED),
        ((BOTH, WORDS, BANS), "flood", "message", UNGROUNDED),
        ((BOTH, WORDS, BANS), "критика", "message", UNGROUNDED),
        (CLOSED, "insult", "message", GROUNDED),  # the act speaks of comments throughout: it makes no difference
        # A list that is not quoted may hold the ground.
        ((MESSAGES_UNQUOTED, WORDS, BANS), "insult", "message", GROUNDED),
        ((PARTLY_QUOTED, WORDS, BANS), "insult", "message", GROUNDED),
        ((NOTHING_QUOTED, WORDS, BANS), "insult", "message", GROUNDED),
        ((BOTH, MESSAGES_UNQUOTED, WORDS, BANS), "insult", "message", GROUNDED),
        ((BOTH, NOTHING_QUOTED, WORDS, BANS), "insult", "message", GROUNDED),
        ((MESSAGES_UNQUOTED, WORDS, BANS), "критика", "message", UNGROUNDED),
    ],
)
def test_a_ground_named_for_comments_alone_bans_nobody_for_a_message(
    demands: Any, ground: str, kind: Any, expected: str
) -> None:
    found = answer(demands, removed(ground, kind=kind))
    assert (found.derived or str(found.outcome)) == expected
    assert ("только для комментариев" in found.say("ru")) is (expected == FOR_A_PERSON)


@pytest.mark.parametrize("unquoted", [MESSAGES_UNQUOTED, PARTLY_QUOTED, NOTHING_QUOTED, UNQUOTED])
def test_no_list_is_closed_beside_one_that_is_not_quoted(unquoted: Any) -> None:
    assert str(answer((unquoted, WORDS, BANS), removed("flood", kind="message")).outcome) == FOR_A_PERSON


def test_under_the_order_an_insult_in_a_message_is_for_a_person() -> None:
    """Clause 9.2 names comments and messages, 9.3 comments alone."""
    seen = snapshot(view(bans=(ban(),)))
    report = audit(district(account(), removed("insult", kind="message")), seen, load_acts(["kalininsky"]), MOMENT)
    assert [str(one.outcome) for one in report.of(clause="9.4")] == ["unknown"]


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ((removed("insult", kind="message"),), "только для комментариев"),
        ((removed("insult", kind="message"), removed("spam", item="6", kind="message")), "только для комментариев"),
        ((removed("insult", kind="message"), removed("по просьбе", item="6")), "программе не ясно"),
        ((removed("insult", kind="message"), removed("по просьбе", item="6", kind="message")), "программе не ясно"),
    ],
)
def test_only_of_grounds_for_comments_it_is_said_that_they_are_that(log: Any, said: str) -> None:
    """The sentence names every ground that is unclear: of a word that nobody recognises it would not be so."""
    found = answer((BOTH, WORDS, BANS), *log)
    assert str(found.outcome) == FOR_A_PERSON
    assert said in found.say("ru")

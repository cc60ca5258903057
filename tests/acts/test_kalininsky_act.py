"""The order of Kalininsky district is whole: each clause quoted word for word, summarised, and bound to demands."""

from __future__ import annotations

import re

import pytest

from munsocial.policy import load_acts
from munsocial.policy.act import Act
from munsocial.policy.checking import check_acts
from seed_order import CLAUSES
from shared_material import shared

# What the analysis of the order says of each clause: how binding, by which kinds, for whom.
BODIES = {"legal_entity_body"}
ADMINISTRATION = {"administration"}
BOTH = BODIES | ADMINISTRATION
SETTLEMENTS = {"rural_settlement_body"}
READING = [
    ("2.1", "must", {"account.exists", "account.bound_phone"}, ADMINISTRATION),
    ("2.2", "must", {"posting.topics"}, ADMINISTRATION),
    ("3.1", "must", {"account.exists", "account.bound_phone"}, BODIES),
    ("3.2", "must", {"responsible.appointed", "credentials.custody"}, BOTH),
    ("3.3", "must", {"posting.topics"}, BODIES),
    ("4", "must", {"policy.alignment"}, BOTH),
    ("5", "should", {"posting.frequency"}, BOTH),
    ("6", "must", {"posting.formats"}, BOTH),
    ("7.1", "must", {"profile.fields", "profile.design"}, BOTH),
    ("7.2", "should", {"profile.features"}, BOTH),
    ("8.1", "must", {"posting.style"}, BOTH),
    ("8.2", "should", {"posting.style"}, BOTH),
    ("9.1", "must", {"moderation.duty"}, BOTH),
    ("9.2", "must", {"moderation.grounds"}, BOTH),
    ("9.3", "must", {"moderation.grounds"}, BOTH),
    ("9.4", "may", {"moderation.sanctions"}, BOTH),
    ("10", "should", {"subscription.upstream"}, SETTLEMENTS),
    ("11", "should", {"reply.upstream"}, SETTLEMENTS),
]


@pytest.fixture(scope="module")
def order() -> Act:
    return load_acts(["kalininsky"])[0]


@pytest.mark.parametrize(("clause", "level", "kinds", "addressees"), READING)
def test_each_clause_is_bound_as_it_is_read(
    order: Act, clause: str, level: str, kinds: set[str], addressees: set[str]
) -> None:
    bound = [one for one in order.requirements if one.clause == clause]
    assert {one.level.value for one in bound} == {level}
    assert {one.kind for one in bound} == kinds
    assert {word for one in bound for word in one.applies_to} == addressees


def test_every_clause_is_there_with_its_summary(order: Act) -> None:
    assert [name for name, clause in order.clauses.items() if clause.binding] == [*CLAUSES]
    assert all(clause.en and clause.ru for clause in order.clauses.values())


@pytest.mark.parametrize("clause", ["1", *CLAUSES])
def test_a_quotation_stands_in_the_order_word_for_word(order: Act, clause: str) -> None:
    text = shared("regulation/kalininsky-order.txt").read_text("utf-8")
    assert order.clauses[clause].ru in text


def test_the_quotations_leave_no_sentence_of_a_duty_out(order: Act) -> None:
    text = shared("regulation/kalininsky-order.txt").read_text("utf-8")
    rest = text[text.index("1. Порядок") : text.index("Начальник управления")]
    for clause in order.clauses.values():
        rest = rest.replace(clause.ru, "")
    # Only the numbers and the two opening lines of clauses 2 and 3 stay.
    words = re.findall(r"[а-яё]+", rest.lower())
    opening = "отдел по взаимодействию со средствами массовой информации администрации муниципального образования"
    assert words == [*opening.split(), "калининский", "район", "оганы", "администрации"]


def test_what_the_text_does_not_say_is_marked_as_derived(order: Act) -> None:
    derived = {one.id for one in order.requirements if one.derived}
    assert derived == {"responsible-administration", "custody-administration"}
    assert all(one.note for one in order.requirements if one.derived)


def test_the_order_is_a_draft_without_number_and_date(order: Act) -> None:
    assert (order.status, order.number, order.date, order.in_force_from) == ("draft", None, None, None)
    assert set(order.networks) == {"ok", "vk", "facebook", "twitter", "instagram"}


def test_the_order_uses_no_word_that_the_rules_do_not_know(order: Act) -> None:
    assert check_acts([order]) == ()


def test_the_order_agrees_with_the_collected_data(order: Act) -> None:
    import json

    acts = json.loads(shared("regulation/sister-orders.json").read_text("utf-8"))["acts"]
    listed = next(act for act in acts if act["id"] == "krd-kalininsky")["requirements"]
    stated = {(one["kind"], one["level"]) for one in listed}
    assert {(one.kind, one.level.value) for one in order.requirements} == stated

"""A link to the entry in the register of big audiences is told in what a page writes, in no more time than reading."""

from __future__ import annotations

from time import process_time

import pytest

from munsocial.testing.factories import account, profile, requirement, view
from policy_tables import Row

BIG = requirement(
    "account.audience_register",
    threshold=10000,
    show_number_within={"value": 3, "unit": "days"},
    show_entry_link=True,
)
NUMBERED = (account(audience_register_number="777123"),)


def told(description: str) -> str:
    shown = (view(profile=profile(subscribers=20000, description=description)),)
    (finding,) = Row("", BIG, (), NUMBERED, shown).report().findings
    return str(finding.outcome)


@pytest.mark.parametrize(
    ("situation", "description", "expected"),
    [
        ("a whole address", "777123, https://gosuslugi.ru/snet/777123", "met"),
        ("without its scheme", "777123, gosuslugi.ru/snet/777123", "met"),
        ("several parts, a hyphen", "777123: www.knd.my-portal.gov.ru/snet", "met"),
        ("after three dots", "777123...gosuslugi.ru/snet", "met"),
        ("in brackets", "777123 (gosuslugi.ru/snet)", "met"),
        ("a Russian address", "777123, госуслуги.рф/snet", "met"),
        ("a name with nothing behind it", "777123, gosuslugi.ru", "unknown"),
        ("an address of mail", "777123, adm@example.org", "unknown"),
        ("a Russian address in Latin letters", "777123, xn--c1ad6a.xn--p1ai/snet", "met"),
        ("words around a slash", "777123, приём пн/вт", "unknown"),
        ("shortened words around a slash", "777123, помощь 12 тыс.руб/мес", "unknown"),
        ("more of them", "777123, приём кв.м/чел. и тел.моб/дом", "unknown"),
    ],
)
def test_what_is_taken_for_a_link(situation: str, description: str, expected: str) -> None:
    assert told(description) == expected, situation


@pytest.mark.parametrize("part", ["a-", "a.", "a", "-", "aa.bb ", "я.", "a.b-"])
def test_a_description_eight_times_as_long_takes_no_square_of_time(part: str) -> None:
    """Whoever edits the page writes the description: it must not stop an audit for seconds."""
    times = []
    for length in (4_000, 32_000):
        begun = process_time()
        assert told("777123 " + part * (length // len(part))) == "unknown"
        times.append(process_time() - begun)
    assert times[1] < 16 * times[0] + 0.3, times

"""The kit writes texts as long as a network allows, however it counts; an adapter that counts alike keeps its limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from broken.acting import CountsCodePoints, CountsUnitsInSilence
from broken.cases import PloshchadFace
from munsocial.network import utf16_units
from munsocial.testing.conformance import PublishConformance, sandbox_stage
from munsocial.testing.conformance.targets import measured_text


def in_bytes(text: str) -> int:
    return len(text.encode())


def weighted(text: str) -> int:
    """As X counts: what is not of an alphabet weighs two."""
    return sum(1 if ord(sign) < 0x1100 else 2 for sign in text)


def without_marks(text: str) -> int:
    return sum(not 0x300 <= ord(sign) <= 0x36F for sign in text)


def words(text: str) -> int:
    return len(text.split())


def lines(text: str) -> int:
    return text.count("\n")


def short_messages(text: str) -> int:
    """As a telephone counts: begun messages of 70 signs."""
    return -(-len(text) // 70)


@pytest.mark.parametrize("length", [1, 2, 100, 4096])
@pytest.mark.parametrize("measure", [len, utf16_units, weighted, without_marks])
def test_a_text_is_as_long_as_it_may_be(measure: Callable[[str], int], length: int) -> None:
    assert measure(measured_text(3, length, measure)) == length
    assert measure(measured_text(4, length, measure, over=True)) == length + 1


def test_a_sign_that_does_not_fit_is_left_out() -> None:
    assert in_bytes(measured_text(3, 101, in_bytes)) in (100, 101)
    assert in_bytes(measured_text(3, 101, in_bytes, over=True)) in (102, 103)


@pytest.mark.parametrize("measure", [words, lines, short_messages])
def test_where_a_sign_alone_does_not_count_a_text_is_as_long_too(measure: Callable[[str], int]) -> None:
    assert measure(measured_text(3, 100, measure)) == 100
    assert measure(measured_text(4, 100, measure, over=True)) == 101


def test_a_measure_that_never_grows_is_told_and_not_waited_for() -> None:
    with pytest.raises(AssertionError, match=r"Limits\.measure counts at most 0 .*so no text is over the limit of 40"):
        measured_text(3, 40, lambda _: 0)


@pytest.mark.parametrize(("text", "units"), [("", 0), ("щ", 1), ("🎉", 2), ("🇷🇺", 4), ("\ud83c", 1)])
def test_units_of_utf16(text: str, units: int) -> None:
    assert utf16_units(text) == units


def test_an_adapter_that_counts_as_it_says_keeps_its_limit() -> None:
    class Honest(CountsUnitsInSilence):
        capabilities = CountsCodePoints.capabilities

    kit: Any = PublishConformance()
    longest, longer = (sandbox_stage(Honest, PloshchadFace) for _ in range(2))
    # A test of the kit returns nothing, or raises.
    assert kit.test_the_longest_text_arrives(longest) is None
    assert kit.test_a_longer_text_is_refused_before_sending(longer, 1) is None

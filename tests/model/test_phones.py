"""Phones are checked by phonenumbers, kept as E.164 and shown masked."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.model.phones import e164, masked


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+7 86163 2-00-00", "+78616320000"),
        ("8 (86163) 2-00-00", "+78616320000"),
        ("+79000000003", "+79000000003"),
        ("+375 29 123-45-67", "+375291234567"),
    ],
)
def test_a_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert e164(typed) == kept


@pytest.mark.parametrize("typed", ["", "нет", "+7 123", "+7861632000", "12"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="phone number"):
        e164(typed)


@given(st.from_regex(r"\+7[3489][0-9]{9}", fullmatch=True))
def test_the_short_way_for_russian_numbers_agrees_with_phonenumbers(number: str) -> None:
    parsed = phonenumbers.parse(number, "RU")
    assert phonenumbers.is_possible_number(parsed)
    assert e164(number) == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def test_a_number_is_shown_masked() -> None:
    assert masked("+78616320017") == "+7••••••••17"

"""What a console or a log shows of a large value is short: a line of hundreds of accounts helps nobody."""

from __future__ import annotations

import pytest

import munsocial as ms
from munsocial.testing.factories import MOMENT, account, act, body, district, requirement, snapshot, view, weekly

DISTRICT = district(body("school"), *(account(f"school-{n}", body="school") for n in range(200)))
SEEN = snapshot(*(view(f"school-{n}", posts=weekly(5)) for n in range(200)))
ORDER = act(*(requirement("account.exists", clause="1"), requirement("posting.frequency", min=3, clause="2")))
REPORT = ms.audit(DISTRICT, SEEN, [ORDER], MOMENT)


@pytest.mark.parametrize("value", [DISTRICT, SEEN, REPORT], ids=["register", "snapshot", "report"])
def test_it_is_short_and_names_the_district(value: object) -> None:
    assert len(repr(value)) < 1_000
    assert repr(value).startswith(f"{type(value).__name__}(")
    assert DISTRICT.municipality.id in repr(value)

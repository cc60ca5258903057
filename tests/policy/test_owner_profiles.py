"""Clause 2.1: a service profile that only owns pages is asked for phone and logins, and for nothing citizens see."""

from __future__ import annotations

from datetime import date

from munsocial.policy import KINDS, load_acts
from munsocial.testing.factories import account, phone, profile, requirement, view
from policy_tables import Row, check, rows

NUMBER = "+78616320000"
PAGE = account("page", phone=None, owner_profile="owner")
OWNER = account("owner", kind="profile", phone=NUMBER, only_owns=True)
BOTH = (PAGE, OWNER, phone())
SEEN = (view("page", posts=()), view("owner", posts=()))


@rows(
    Row("телефон спрашивается с обоих", requirement("account.bound_phone"), ["met", "met"], BOTH, SEEN),
    Row("число публикаций: профиль не судится", requirement("posting.frequency", min=5, window="rolling"),
        ["not_met", "not_applicable"], BOTH, SEEN, says="только владеет страницами"),
    Row("сумма по органу: профиль в неё не входит", requirement("posting.frequency", min=5, scope="per_body"),
        "not_applicable", (OWNER, phone()), SEEN[1:], says="нет аккаунтов"),
    Row("страница в сети есть: профиль-владелец ею не считается", requirement("account.exists", networks=["vk"]),
        "not_met", (OWNER, phone()), SEEN[1:]),
    Row("отметка государственной организации — у страницы", requirement("account.state_verification"),
        ["unknown", "not_applicable"], BOTH, SEEN),
    Row("описание — у страницы", requirement("profile.fields", required=["description"]),
        ["unknown", "not_applicable"], BOTH, SEEN),
    Row("профиль, который ведут как страницу, судится как страница", requirement("account.state_verification"),
        ["unknown", "unknown"], (PAGE, OWNER.but(only_owns=False), phone()), SEEN),
)  # fmt: skip
def test_what_is_asked_of_an_owner_profile(row: Row) -> None:
    check(row)


@rows(
    Row("адрес профиля ведёт на чужую страницу, а своя страница на месте", requirement("account.exists"), "met",
        (PAGE, OWNER, phone()),
        (view("page", profile=profile()), view("owner", handle_now="id-other")), derived=["takeover"]),
    Row("профиль закрыт: адрес его больше ничей", requirement("account.exists"), "met",
        (PAGE, OWNER.but(closed=date(2026, 10, 1)), phone()),
        (view("page", profile=profile()), view("owner", handle_now="id-other"))),
)  # fmt: skip
def test_an_owner_profile_taken_over_is_told(row: Row) -> None:
    """Whoever took the profile holds the pages that it owns: that it is no page itself excuses nothing here."""
    check(row)


def test_of_the_district_s_order_only_phone_and_logins_are_asked() -> None:
    (order,) = load_acts(["kalininsky"])
    asked = set()
    for demand in order.requirements:
        if KINDS[demand.kind].on == "account":
            row = Row("", demand, (), BOTH, SEEN)
            found = [one for one in row.report().findings if one.subject == "owner"]
            if {str(one.outcome) for one in found} - {"not_applicable"}:
                asked.add(demand.kind)
    assert asked == {"account.bound_phone", "responsible.appointed", "credentials.custody"}

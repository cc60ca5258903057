"""Where a big page shows the link to its entry: in its texts, or beside them."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.model.content import Link
from munsocial.policy import audit
from munsocial.testing.factories import (
    MOMENT,
    account,
    act,
    body,
    district,
    link,
    post,
    profile,
    requirement,
    snapshot,
    upstream,
    view,
)
from sentences import fit_for_people

BIG = requirement("account.audience_register", show_number_within={"value": 3, "unit": "days"}, show_entry_link=True)
LINK_ALONE = requirement("account.audience_register", show_entry_link=True)
ENTRY = "https://gosuslugi.ru/snet/777123"
NUMBERED = {"description": "В перечне: 777123"}
ABSENT = "Номер на странице есть, а ссылки на запись в перечне не видно."
NOT_SHOWN = "Номер в перечне есть, но на странице он не увиден."
LISTED = "Подписчиков 20000, страница внесена в перечень."


def pinned(**fields: Any) -> dict[str, Any]:
    return {"posts": (post("2026-11-20 10:00", "Номер в перечне: 777123", pinned=True, **fields),)}


def linked(*links: Link) -> dict[str, Any]:
    return {"links": links}


@pytest.mark.parametrize(
    ("situation", "shown", "seen", "said"),
    [
        ("the site of the page", {**NUMBERED, "fields": {"site": ENTRY}}, {}, LISTED),
        ("the same without https", {**NUMBERED, "fields": {"site": "gosuslugi.ru/snet/777123"}}, {}, LISTED),
        ("the site is a front page", {**NUMBERED, "fields": {"site": "https://gosuslugi.ru/"}}, {}, ABSENT),
        ("the site is that of the body", {**NUMBERED, "fields": {"site": "https://adm.example/okrug"}}, {}, ABSENT),
        ("a site is a phone by mistake", {**NUMBERED, "fields": {"site": "8 800"}}, {}, ABSENT),
        ("the number stands in the link alone", {"fields": {"site": ENTRY}}, {}, NOT_SHOWN),
        ("the block of links", NUMBERED, linked(Link(kind="link", url=ENTRY)), LISTED),
        ("a page above in the block of links", NUMBERED, linked(link(upstream())), ABSENT),
        ("a page of the network there", NUMBERED, linked(Link(kind="link", url="https://vk.com/krai")), ABSENT),
        ("a subscription", NUMBERED, linked(Link(kind="subscription", url=ENTRY)), ABSENT),
        ("attached to the pinned post", {}, pinned(formats=("text", "link")), LISTED),
        ("nothing attached to the pinned post", {}, pinned(), ABSENT),
    ],
)
def test_where_the_link_to_the_entry_stands(
    situation: str, shown: dict[str, Any], seen: dict[str, Any], said: str
) -> None:
    administration = body(site="https://adm.example/")
    page = view(profile=profile(subscribers=20000, **shown), **seen)
    own = account(audience_register_number="777123")
    for ask in (BIG, LINK_ALONE):
        (finding,) = audit(district(administration, own), snapshot(page), [act(ask)], MOMENT).findings
        fit_for_people(finding)
        assert finding.say("ru") == said, situation

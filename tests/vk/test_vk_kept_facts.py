"""What an edit says again of a post of VK: signature, mark of advertising, source, place; else VK would drop them."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial_vk.keeping import kept_facts


@pytest.mark.parametrize(
    ("situation", "post", "repeated"),
    [
        ("обычная запись", {"text": "Ярмарка"}, {}),
        ("запись с подписью автора", {"signer_id": 17}, {"signed": True}),
        ("подписи нет", {"signer_id": 0}, {}),
        ("реклама остаётся помеченной", {"marked_as_ads": 1}, {"mark_as_ads": True}),
        ("не реклама", {"marked_as_ads": 0}, {}),
        ("указан источник", {"copyright": {"link": "https://example.org/a"}}, {"copyright": "https://example.org/a"}),
        ("источник без адреса", {"copyright": {"name": "Газета"}}, {}),
        ("отмечено место", {"geo": {"coordinates": "45.3 38.2"}}, {"lat": "45.3", "long": "38.2"}),
        ("место без координат", {"geo": {"coordinates": "45.3"}}, {}),
        ("место непонятного вида", {"geo": "45.3 38.2"}, {}),
    ],
)
def test_an_edit_says_again_what_the_post_had(situation: str, post: dict[str, Any], repeated: dict[str, Any]) -> None:
    assert kept_facts(post) == repeated, situation

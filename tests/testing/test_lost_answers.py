"""A network says "gone already" with a 400: an honest adapter keeps the kit when that answer is lost as well."""

from __future__ import annotations

from typing import Any

import pytest

from broken.cases import Ploshchad, PloshchadFace
from munsocial.testing.conformance import DeletePostConformance, sandbox_stage
from munsocial.transport.port import Answer, Request


class SaysGoneWith400(PloshchadFace):
    def handle(self, request: Request) -> Answer:
        answer = super().handle(request)
        return Answer(400, answer.headers, answer.body) if answer.status == 404 else answer


@pytest.mark.parametrize("kind", ["cut", "empty", "html", "garbage", "lost_after"])
def test_a_refusal_of_the_repetition_may_be_told(kind: str) -> None:
    kit: Any = DeletePostConformance()
    # A test of the kit returns nothing, or raises.
    assert kit.test_a_lost_answer_for_ever(sandbox_stage(Ploshchad, SaysGoneWith400), kind) is None

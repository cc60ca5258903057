"""What is printed for programs is whole in every code page of a terminal or a pipe."""

from __future__ import annotations

import io
import json
import sys

import pytest

from munsocial.cli.speaking import echo_json

SAID = {"text": "«Когда починят дорогу?» — спросил сосед 🙏", "number": 5}


@pytest.mark.parametrize("page", ["cp866", "cp1251", "cp437", "ascii", "utf-8", "utf-16"])
def test_json_loses_no_sign(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding=page, errors="replace"))
    echo_json(SAID)
    sys.stdout.flush()
    text = printed.getvalue().decode(page)
    assert json.loads(text) == SAID
    assert ("Когда" in text) is (page in ("utf-8", "utf-16"))


def test_what_would_command_a_terminal_is_escaped_and_not_lost(capsys: pytest.CaptureFixture[str]) -> None:
    said = {"text": "цена \u202e005 \x1b[31m \ud800"}
    echo_json(said)
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert json.loads(printed) == said

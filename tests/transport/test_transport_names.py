"""The public names of the transport are there, and cost nothing until they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import munsocial.transport


@pytest.mark.parametrize("name", munsocial.transport.__all__)
def test_each_public_name_leads_somewhere(name: str) -> None:
    assert getattr(munsocial.transport, name) is not None


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = munsocial.transport.nothing  # type: ignore[attr-defined]


def test_adapters_can_be_imported_without_the_http_library() -> None:
    code = "import sys; from munsocial.transport import Call, Session, handed_over; print('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"

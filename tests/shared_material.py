"""Material that stands beside a founder's checkout and in CI, but not with users: tests on it skip where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """Return the file of the shared material, or skip the calling test with the reason."""
    found = _BESIDE / path
    if not found.exists():
        pytest.skip(f"shared material is not beside this checkout: {path}")
    return found

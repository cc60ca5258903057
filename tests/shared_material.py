"""Material that stands beside a checkout of the makers and in CI, not with users: tests on it skip without it."""

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

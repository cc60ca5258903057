"""A snapshot written into a device or a pipe leaves nothing behind in the folder for temporary files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from munsocial.operate.partial import Partial


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no /dev/null")
def test_what_nobody_can_go_on_from_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Partial(Path("/dev/null"), {"aim": 1}, resume=True) as partial:
        assert partial.path.parent == tmp_path
        assert partial.path.exists()
    assert list(tmp_path.iterdir()) == []


def test_what_stands_beside_its_target_is_kept_for_the_next_run(tmp_path: Path) -> None:
    with Partial(tmp_path / "snapshot.json", {"aim": 1}, resume=True) as partial:
        kept = partial.path
    assert kept.exists()

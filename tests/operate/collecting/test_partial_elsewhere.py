"""A snapshot written into a device or a pipe leaves nothing behind in the folder for temporary files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from munsocial.model.content import Profile
from munsocial.model.snapshot import AccountView, Observed
from munsocial.operate.collecting.partial import Partial


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


def _as_windows_does(partial: Partial, monkeypatch: pytest.MonkeyPatch, *, also: bool = False) -> None:
    """Let no file be taken away that is open here, or (``also``) in another program, such as a scanner for viruses."""
    taken, file = Path.unlink, partial._file

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path == partial.path and (also or not file.closed):
            raise PermissionError(13, "held")
        taken(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)


@pytest.mark.parametrize("also", [False, True])
def test_a_whole_collecting_leaves_nothing_to_go_on_from_where_open_files_cannot_be_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, also: bool
) -> None:
    target, aim = tmp_path / "snapshot.json", {"aim": 1}
    with Partial(target, aim, resume=True) as partial:
        seen = Observed[Profile](value=Profile(network_id="1"))
        partial.add("accounts", AccountView(account="a-vk", network="vk", profile=seen))
        assert partial.done
        _as_windows_does(partial, monkeypatch, also=also)
        partial.discard()
    assert partial.path.exists() is also
    with Partial(target, aim, resume=True) as again:
        assert not again.done

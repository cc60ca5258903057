"""A journal that was opened before a fork (a server of workers does so) is written by parent and child alike."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import munsocial as ms

# The parent lets go of the file before the child writes: a lock that came along with the fork holds nothing.
WORKER = """
import os, sys
import munsocial as ms

journal = ms.open_journal(sys.argv[1])
journal.append("test.note", "before", {})
(told, tell), (heard, hear) = os.pipe(), os.pipe()
child = os.fork()
if not child:
    for _ in range(2):
        os.read(told, 1)
        journal.append("test.note", "child", {})
        os.write(hear, b".")
    os._exit(0)
journal.close()
os.write(tell, b"."), os.read(heard, 1)
with ms.open_journal(sys.argv[1]) as again:
    again.append("test.note", "parent", {})
    os.write(tell, b"."), os.read(heard, 1)
    again.append("test.note", "parent", {})
os.waitpid(child, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system makes no processes so")
def test_nothing_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite"
    subprocess.run([sys.executable, "-W", "error", "-c", WORKER, str(file)], check=True, timeout=60)
    with ms.open_journal(file) as journal:
        written = [entry.subject for entry in journal.entries()]
        assert journal.verify().whole
    assert written == ["before", "child", "parent", "child", "parent"]

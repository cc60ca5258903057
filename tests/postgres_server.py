"""A PostgreSQL server of our own for tests, from the system's packages; without them tests are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["postgres_server"]

_HINT = "install them: apt-get install postgresql"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start a server on a socket in a folder of its own; gives an address without a database's name at its end."""
    pytest.importorskip("psycopg", reason="the driver is not installed: pip install munsocial[postgres]")
    programs = _programs()
    if programs is None:
        pytest.skip(f"PostgreSQL's server programs are not here ({_HINT})")
    as_user = _as_user()
    if as_user is None:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres to run it")
    folder = Path(tempfile.mkdtemp(prefix="munpg-", dir="/tmp"))
    data = folder / "data"
    try:
        if as_user:
            shutil.chown(folder, "postgres")
        _run([*as_user, str(programs / "initdb"), "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "-N"])
        options = f"-k {folder} -h '' -c fsync=off"
        control = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        _run([*control, "-o", options, "start"])
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parent.name))
    return folders[-1] if folders and (folders[-1] / "initdb").exists() else None


def _as_user() -> list[str] | None:
    if os.geteuid() != 0:
        return []
    known = subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode == 0
    return ["runuser", "-u", "postgres", "--"] if known and shutil.which("runuser") else None


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd="/")
    if done.returncode:
        pytest.skip(f"PostgreSQL did not start: {done.stderr.strip()[-300:]}")

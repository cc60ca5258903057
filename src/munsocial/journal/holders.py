"""Who holds a step: the name of a program, by which others on the same machine can see whether it still lives."""

from __future__ import annotations

import os
import secrets
import socket
from enum import Enum
from pathlib import Path

__all__ = ["Life", "holder_name", "life_of"]


class Life(Enum):
    """What is known of a holder."""

    OURS = "ours"
    """It is this very program."""
    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"
    """It runs on another machine, or the system does not tell: only its lease counts."""


def holder_name() -> str:
    """Name this program: machine, process, when the process started, and a sign of its own for each call."""
    return f"{_machine()}:{os.getpid()}:{_born(os.getpid())}:{secrets.token_hex(4)}"


def life_of(holder: str) -> Life:
    """Return whether the program of that name still lives."""
    machine, process, born = [*holder.rsplit(":", 3), "", "", ""][:3]
    if machine != _machine() or not born or not process.isdigit():
        return Life.UNKNOWN
    if _born(int(process)) != born:
        return Life.DEAD
    return Life.OURS if int(process) == os.getpid() else Life.ALIVE


def _machine() -> str:
    """Name the machine; containers that share its name have numbers of processes of their own."""
    try:
        return f"{socket.gethostname()}:{Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return socket.gethostname()


def _born(process: int) -> str:
    """Return when a process started, where the system tells: numbers of processes are used again."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (OSError, IndexError):
        return ""
    # A zombie has ended; only its parent has not noticed yet.
    return "" if told[0] in ("Z", "X") else told[19]

"""Running the real command line from tests: in this process, or as a person's shell would."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from munsocial.cli import main

__all__ = ["Ran", "run", "shell"]


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def run(*arguments: object, environment: Mapping[str, str] | None = None, stdin: bytes = b"") -> Ran:
    """Run `munsocial` with these arguments in this process; the language is Russian unless ``--lang`` is given."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    cleared = dict.fromkeys(("LC_ALL", "LC_MESSAGES", "LANG", "MUNSOCIAL_DEBUG"), "")
    code = 0
    with (
        patch.dict(os.environ, {**cleared, **(environment or {})}),
        patch.object(sys, "stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main([str(one) for one in arguments])
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
    return Ran(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def shell(
    *arguments: object, cwd: Path | None = None, environment: Mapping[str, str] | None = None, stdin: bytes = b""
) -> Ran:
    """Run it as a program of its own; ``environment`` is all that it sees beside the path to the interpreter."""
    seen = {"PATH": os.environ.get("PATH", ""), **(environment or {})}
    done = subprocess.run(
        [sys.executable, "-m", "munsocial", *map(str, arguments)],
        cwd=cwd,
        env=seen,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

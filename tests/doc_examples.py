"""Running what a page of documentation shows, from its top to its end, as its reader would, in a folder of its own.

* ``python``: run in one namespace for the page; with ``title="test_x.py"`` it is a file of tests and pytest runs it.
* ``toml``, ``json``: must parse; with ``title="name"`` the reader writes that file, and so do we; with
  ``title="name (more)"`` it is added at the end.
* ``sh``: lines that begin with ``munsocial`` are run; 0 and 1 ("found something") are good ends. Other lines are for
  the reader's shell: ``export NAME=value`` is obeyed, the rest is left alone.
* ``console``: lines after ``$`` are run and what follows must be what they print; ``…`` stands for anything.

``<!-- skip: next "why" -->`` before a block leaves it out. No block can reach another computer.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from unittest import SkipTest

from sybil import Document, Example, Region
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

from munsocial.cli import main
from munsocial.sandbox.sample import sample_world
from munsocial.sandbox.serve import serving

__all__ = ["blocks_of", "run_page"]

_INFO = re.compile(r"(?P<language>\w*)(?P<rest>[^\n]*)\n")
_TITLE = re.compile(r'title="([^"]+)"')
_SERVE = "munsocial sandbox serve"
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Page:
    """One run of one page."""

    def __init__(self) -> None:
        self.python = PythonEvaluator()
        self.open = contextlib.ExitStack()

    def regions(self, document: Document) -> Iterator[Region]:
        """Give every fenced block with its way of being run."""
        ways = {
            "python": self.run_python,
            "toml": self.take_toml,
            "json": self.take_json,
            "sh": self.run_lines,
            "console": self.compare,
        }
        for region in RawFencedCodeBlockLexer(_INFO)(document):
            way = ways.get(region.lexemes["language"])
            if way is not None:
                region.parsed = region.lexemes["source"]
                region.evaluator = way
                yield region

    def run_python(self, example: Example) -> None:
        """Run a block, or the tests in it."""
        name = _title(example)
        if not name:
            self.python(example)
            return
        Path(name).write_text(example.parsed, "utf-8")
        if name.startswith("test_"):
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", name]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120)
            assert done.returncode == 0, done.stdout + done.stderr

    def take_toml(self, example: Example) -> None:
        """Read a block; write the file that the reader writes."""
        tomllib.loads(example.parsed)
        _write(example)

    def take_json(self, example: Example) -> None:
        """Read a block; write the file that the reader writes."""
        json.loads(example.parsed)
        _write(example)

    def run_lines(self, example: Example) -> None:
        """Run the commands of a block."""
        for line in _whole_lines(example.parsed):
            self._command(line)

    def compare(self, example: Example) -> str | None:
        """Run the commands of a block and compare what they print."""
        checker = doctest.OutputChecker()
        for piece in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
            line, _, wanted = piece.partition("\n")
            got = self._command(line)
            wanted = wanted.strip().replace("…", "...") + "\n"
            if not checker.check_output(wanted, got.strip() + "\n", _FLAGS):
                return f"{line}\nwanted:\n{wanted}\ngot:\n{got}"
        return None

    def _command(self, line: str) -> str:
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            os.environ[name] = shlex.split(value)[0]
        elif line.startswith(_SERVE):
            port = int(line.split("--port")[1].split()[0])
            self.open.enter_context(serving(sample_world(datetime.now(UTC), real_time=True), port=port))
        elif "munsocial " in line and not line.startswith((".venv", "python", "pip")):
            return _munsocial(line.split(" || ")[0])
        return ""


def _munsocial(line: str) -> str:
    """Run a command in this process: a new one would cost a second."""
    before, _, command = line.rpartition(" | ") if " | munsocial" in line else ("", "", line)
    said, given = io.StringIO(), io.TextIOWrapper(io.BytesIO(_echoed(before).encode()))
    code: object = 0
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), _input(given):
            main(shlex.split(command, comments=True)[1:])
    except SystemExit as end:
        code = end.code
    assert code in (0, 1), f"{line} left with {code}\n{said.getvalue()}"
    return said.getvalue()


@contextlib.contextmanager
def _input(given: TextIO) -> Iterator[None]:
    before = sys.stdin
    sys.stdin = given
    try:
        yield
    finally:
        sys.stdin = before


def _echoed(before: str) -> str:
    if not before:
        return ""
    words = shlex.split(before)
    return Path(words[1]).read_text("utf-8") if words[0] == "cat" else " ".join(words[1:])


def _whole_lines(block: str) -> list[str]:
    """Lines of a block, those that end in a backslash joined with what follows."""
    return [line.strip() for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def _title(example: Example) -> str:
    found = _TITLE.search(example.region.lexemes["rest"])
    return found[1] if found else ""


def _write(example: Example) -> None:
    name = _title(example)
    if name.endswith(" (more)"):
        with Path(name.removesuffix(" (more)")).open("a", encoding="utf-8") as file:
            file.write(f"\n{example.parsed}")
    elif name:
        Path(name).write_text(example.parsed, "utf-8")


def blocks_of(text: str) -> Iterable[Region]:
    """Give the fenced blocks of a page that would be run."""
    return Page().regions(Document(text, "page.md"))


def run_page(text: str, path: Path, namespace: dict[str, Any]) -> int:
    """Run every block of a page in the current folder; return how many there were.

    Raises:
        SybilFailure: a block does not do what the page says.
    """
    page = Page()
    document = Document(text, str(path))
    for parser in (SkipParser(), page.regions):
        for region in parser(document):
            document.add(region)
    document.namespace.update(namespace)
    count = 0
    with page.open:
        for example in document:
            with contextlib.suppress(SkipTest):
                example.evaluate()
                count += "language" in example.region.lexemes
    return count

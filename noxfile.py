"""Tasks of the house: `nox -l` lists them; each makes its own environment."""

from __future__ import annotations

import re
from pathlib import Path

import nox

nox.options.sessions = ["tests", "types", "lint", "docs"]
nox.options.reuse_existing_virtualenvs = True

PYTHONS = re.findall(r"Python :: (3\.\d+)", Path("pyproject.toml").read_text("utf-8"))
TESTS = ("python", "-m", "pytest", "-q", "-n", "2")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the whole test suite, as the README does."""
    session.install("-e", ".[tests]")
    session.run(*TESTS, *session.posargs)


@nox.session(python=PYTHONS[0])
def oldest(session: nox.Session) -> None:
    """Run the tests with the oldest dependencies that pyproject.toml allows."""
    session.install("uv")
    # The peer client wants a newer pydantic than we do; its test is skipped here.
    without = Path(session.create_tmp()) / "without.txt"
    without.write_text("vkbottle; sys_platform == 'never'\n", encoding="utf-8")
    lowest = ("--resolution", "lowest-direct", "--override", str(without))
    session.run("uv", "pip", "install", "--python", "python", *lowest, "-e", ".[tests]")
    session.run(*TESTS, *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of everything: source, tests, the typed programs over the public names, tools, this file."""
    session.install("-e", ".[tests,lint]")
    session.run("mypy")
    # As it is for a program that has no plugin of pydantic's: without it, what a record takes is checked.
    session.run("mypy", "--strict", "--config-file=", "tests/typing")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and who may import whom."""
    session.install("-e", ".[lint]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Make the reference anew and build the documentation; a page left out or a broken link is an error."""
    session.install("-e", ".[docs]")
    session.run("python", "-m", "tools.reference")
    session.run("mkdocs", "build", "--strict")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure what the project holds itself to; prints ratios against a peer in the same run."""
    session.install("-e", ".[tests]")
    for script in sorted(Path("benchmarks").glob("bench_*.py")):
        session.run("python", str(script), *session.posargs)


@nox.session
def models(session: nox.Session) -> None:
    """Train a model of words anew: it must come out byte for byte as shipped (a minute, so not among the tests)."""
    session.install("-e", ".[tests]")
    env = {"MUNSOCIAL_RETRAIN": "1"}
    session.run("python", "-m", "pytest", "-q", "tests/language/test_adwords.py", "-k", "training_again", env=env)


@nox.session
def package(session: nox.Session) -> None:
    """Build the wheel, install it alone, and run the demo from it."""
    session.install("build")
    folder = session.create_tmp()
    session.run("python", "-m", "build", "--outdir", folder)
    wheel = max(Path(folder).glob("*.whl"), key=lambda one: one.stat().st_mtime)
    session.install("--force-reinstall", str(wheel))
    session.run("python", "tools/package_check.py", str(wheel))


@nox.session
def second(session: nox.Session) -> None:
    """Let a second checker read the typed programs."""
    session.install("-e", ".[tests]", "basedpyright")
    session.run("basedpyright", "--level", "error", "tests/typing", *session.posargs)

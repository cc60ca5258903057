"""Tasks of the house: `nox -l` lists them; each makes its own environment."""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.sessions = ["tests", "types", "lint"]
nox.options.reuse_existing_virtualenvs = True


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run the whole test suite, as the README does."""
    session.install("-e", ".[tests]")
    session.run("python", "-m", "pytest", "-q", "-n", "2", *session.posargs)


@nox.session
def oldest(session: nox.Session) -> None:
    """Run the tests with the oldest dependencies that pyproject.toml allows."""
    session.install("uv")
    session.run("uv", "pip", "install", "--resolution", "lowest-direct", "-e", ".[tests]")
    session.run("python", "-m", "pytest", "-q", "-n", "2", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the source, of the tests' typed programs, and of this file."""
    session.install("-e", ".[tests,lint,docs]")
    session.run("mypy")
    session.run("mypy", "tests/typing", "noxfile.py")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and who may import whom."""
    session.install("-e", ".[lint]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a broken link is an error."""
    session.install("-e", ".[docs]")
    session.run("python", "-m", "tools.reference")
    session.run("mkdocs", "build", "--strict", "--site-dir", "build/site")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure what the project holds itself to; prints ratios against a peer in the same run."""
    session.install("-e", ".[tests]")
    for script in sorted(Path("benchmarks").glob("bench_*.py")):
        session.run("python", str(script), *session.posargs)

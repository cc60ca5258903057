"""The reference pages made from the code: `python -m tools.reference` writes them, a test holds them current."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tools.reference import abilities, acts, commands, errors, kinds, names, register

__all__ = ["FOLDER", "PAGES", "written"]

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"

PAGES: Mapping[str, Callable[[], str]] = {
    "abilities.md": abilities.page,
    "acts.md": acts.page,
    "commands.md": lambda: commands.page("en"),
    "commands.ru.md": lambda: commands.page("ru"),
    "errors.md": errors.page,
    "kinds.md": kinds.page,
    "names.md": names.page,
    "registry.md": register.page,
}


def written() -> dict[Path, str]:
    """Return every generated page by its place."""
    return {FOLDER / name: make() for name, make in PAGES.items()}

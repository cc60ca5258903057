"""The site holds together: every page is in the navigation once, and no link leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
TEXTS = [*PAGES, *(ROOT / name for name in ("README.md", "README.ru.md", "CONTRIBUTING.md", "CHANGELOG.md"))]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+?)(?: \{ #([\w-]+) \})?$", re.MULTILINE)


def test_every_page_is_in_the_navigation_once() -> None:
    # Read as text: the file is for mkdocs, which is no dependency of the tests.
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]
    listed = re.findall(r"([\w./-]+\.md)$", navigation, re.MULTILINE)
    assert sorted(listed) == sorted(str(page.relative_to(DOCS)) for page in PAGES)


def test_kinds_of_pages_are_the_four_and_the_decisions() -> None:
    folders = {page.relative_to(DOCS).parts[0] for page in PAGES} - {"index.md"}
    assert folders == {"tutorial", "how-to", "reference", "explanation", "decisions"}


def _links(text: str) -> Iterator[str]:
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    for target in _LINK.findall(outside):
        if "://" not in target and not target.startswith("mailto:"):
            yield target


def _anchors(path: Path) -> set[str]:
    found = set()
    for title, given in _HEADING.findall(path.read_text("utf-8")):
        found.add(given or re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower()))
    return found


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in _links(path.read_text("utf-8")):
        file, _, fragment = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{target} is not there"
        if fragment and there.suffix == ".md":
            assert fragment in _anchors(there), f"{target}: no such heading"


def test_decisions_have_their_number_and_more_than_a_title() -> None:
    told = {page.name: page.read_text("utf-8") for page in (DOCS / "decisions").glob("0*.md")}
    assert told
    assert not [name for name, text in told.items() if not text.startswith(f"# {name[:4]}. ")]
    assert not [name for name, text in told.items() if len(text.split()) < 80]
    numbers = [name[:4] for name in told]
    assert len(numbers) == len(set(numbers))

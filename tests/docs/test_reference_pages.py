"""The generated pages are those that the code would give now, and nothing is missing from them."""

from __future__ import annotations

import re

import pytest

from command_line import run
from munsocial import errors
from munsocial.network import Ability
from munsocial.policy import KINDS, load_acts, shipped_acts
from tools.reference import FOLDER, PAGES
from tools.reference.commands import every_command
from tools.reference.markdown import anchor
from tools.reference.names import PACKAGES, public_names


def page(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_current(name: str) -> None:
    assert page(name) == PAGES[name](), f"{name} is out of date: run python -m tools.reference"


def test_every_kind_has_its_section_and_every_parameter_its_meaning() -> None:
    text = page("kinds.md")
    assert not [name for name in KINDS if f"\n## {name} {anchor(name)}" not in text]
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert rows
    own = {"n", "period", "comparator", "count_reposts", "count_stories", "count_guest_posts", "count_deleted"}
    bare = {row.split("`")[1] for row in rows if row.endswith("|  |")}
    # Names that say all there is to say.
    assert bare <= own | {"final_limit", "final_unit", "unit", "limit"}


def test_every_command_has_its_section_in_both_languages() -> None:
    for file in ("commands.md", "commands.ru.md"):
        text = page(file)
        assert not [name for name, _ in every_command() if f"\n## munsocial {name} " not in text], file


def test_every_option_is_called_as_in_the_help_of_its_command() -> None:
    for lang, file in (("en", "commands.md"), ("ru", "commands.ru.md")):
        listed = set(re.findall(r"^\| `([^`]*)` \|", page(file).replace("/--", ", --"), re.MULTILINE))
        for name, _ in every_command():
            helped = run(*name.split(), "--help", "--lang", lang).out
            told = set(re.findall(r"^  (-[^ \n]+(?: [^ \n]+)*?)(?:  .*)?$", helped, re.MULTILINE)) - {
                "--lang ru|en",
                "--help",
            }
            assert told <= listed, f"{name}: {told - listed}"


def test_every_error_has_its_section_and_a_code_of_its_own() -> None:
    text = page("errors.md")
    named = [getattr(errors, name) for name in errors.__all__]
    raised: list[type[errors.MunsocialError]] = [one for one in named if issubclass(one, errors.MunsocialError)]
    assert not [one.__name__ for one in raised if f"\n## {one.__name__} {anchor(one.code)}" not in text]
    codes = [one.code for one in raised]
    assert len(codes) == len(set(codes))


def test_the_tree_in_the_docstring_names_every_error() -> None:
    tree = (errors.__doc__ or "").split()
    raised = [name for name in errors.__all__ if issubclass(getattr(errors, name), Exception)]
    assert not [name for name in raised if name not in tree]


def test_every_act_clause_and_requirement_is_listed() -> None:
    text = page("acts.md")
    for act in load_acts(shipped_acts()):
        assert f"\n## {act.id} " in text
        assert not [one.id for one in act.requirements if f"| `{one.id}` |" not in text]
        assert not [number for number in act.clauses if f"| {number} |" not in text]


def test_every_ability_is_told_for_every_shipped_network() -> None:
    text = page("abilities.md")
    assert not [ability for ability in Ability if text.count(f"| `{ability}` |") != 3]  # overview, VK, OK


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_name_is_listed(package: str) -> None:
    text = page("names.md")
    assert not [name for name, _ in public_names(package) if f"| `{name}` |" not in text]

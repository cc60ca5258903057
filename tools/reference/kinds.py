"""Every kind of requirement: what it asks, how it is judged, its parameters and words, and where it is used."""

from __future__ import annotations

from collections.abc import Iterator

from munsocial.policy import KINDS, Requirement, load_acts, shipped_acts
from munsocial.policy.catalogue import Kind
from munsocial.policy.rules import RULES
from munsocial.policy.rules.judge import Judge
from tools.reference.fields import field_rows
from tools.reference.markdown import GENERATED, anchor, paragraph, table

__all__ = ["page"]

_HEAD = """# Kinds of requirements

{made}
An act binds its clauses to these {count} kinds. Each kind has one rule, a pure function of the registry, the snapshot
and the parameters. The answer is always one of `met`, `not_met`, `unknown`, `not_applicable`, `suspended`.

Every requirement may also say `level`, `applies_to`, `networks`, `from`, `until`, `deadline` and `note`; see
[Write an act](../how-to/write-an-act.md). A parameter that is not listed here is refused; a word that a rule does not
understand loads, matches nothing, and is pointed out by `munsocial acts check`.
"""


def page() -> str:
    """Return the page."""
    used = _used()
    parts = [_HEAD.format(made=GENERATED, count=len(KINDS)), _contents()]
    parts += ["\n".join(_section(kind, used.get(kind.name, []))) for kind in KINDS.values()]
    return "\n".join(parts)


def _contents() -> str:
    rows = ((f"[`{kind.name}`](#{_slug(kind.name)})", kind.on, kind.says.en) for kind in KINDS.values())
    return table(("Kind", "Judged for each", "Asks"), rows)


def _slug(name: str) -> str:
    return anchor(name).strip("{ #}")


def _section(kind: Kind, used: list[tuple[str, Requirement]]) -> Iterator[str]:
    yield f"## {kind.name} {anchor(kind.name)}\n"
    yield f"{kind.says.en} *{kind.says.ru}*\n"
    for sentence in _judged(RULES[kind.name]):
        yield f"{sentence}\n"
    yield table(("Parameter", "Takes", "Default", "Meaning"), field_rows(kind.params)) or "No parameters.\n"
    for parameter, words in kind.words.items():
        yield f"Words understood in `{parameter}`: {', '.join(f'`{one}`' for one in sorted(words))}.\n"
    if used:
        cited = ", ".join(dict.fromkeys(f"{act} {one.clause}".strip() for act, one in used))
        yield f"Used by: {cited}.\n"
        yield _example(used[0][1])


def _judged(judge: Judge) -> list[str]:
    functions = [one for one in (judge.municipality, judge.body, judge.account, judge.without) if one]
    said = [paragraph(one.__doc__) for one in functions if not one.__name__.startswith("_")]
    return list(dict.fromkeys(one for one in said if one))


def _example(one: Requirement) -> str:
    given = one.params.model_dump(mode="json", by_alias=True, exclude_unset=True)
    lines = [f'id = "{one.id}"', f'clause = "{one.clause}"', f'kind = "{one.kind}"', f'level = "{one.level}"']
    if one.applies_to:
        lines.append(f"applies_to = {_toml(list(one.applies_to))}")
    if given:
        lines.append(f"params = {_toml(given)}")
    return "\n".join(["```toml", "[[requirements]]", *lines, "```", ""])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _used() -> dict[str, list[tuple[str, Requirement]]]:
    found: dict[str, list[tuple[str, Requirement]]] = {}
    for act in load_acts(shipped_acts()):
        for requirement in act.requirements:
            found.setdefault(requirement.kind, []).append((act.id, requirement))
    return found

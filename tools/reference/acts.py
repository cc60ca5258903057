"""The acts that come with the library, clause by clause, and the examples beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from munsocial.policy import Act, load_acts, shipped_acts
from tools.reference.markdown import GENERATED, anchor, table

__all__ = ["EXAMPLES", "page"]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "acts"

_HEAD = """# Acts

{made}
An act is a TOML file: clauses as they are worded, and what each demands in the words of the
[kinds](kinds.md). Shipped acts are named by their id, others by their path.
"""
_EXAMPLES = """## Examples

Acts of other places of which something concrete is known, written down as data with the certainty of each provision.
They lie in `examples/acts/` of the source, are loaded by a test, and nobody checked whether they are in force today.
"""


def page() -> str:
    """Return the page."""
    shipped = load_acts(shipped_acts())
    parts = [_HEAD.format(made=GENERATED), *("\n".join(_section(act)) for act in shipped), _EXAMPLES]
    others = load_acts(sorted(EXAMPLES.glob("*.toml")))
    rows = [(f"`{act.id}.toml`", act.title, act.region, len(act.requirements), act.coverage) for act in others]
    parts.append(table(("File", "Title", "Region", "Requirements", "What was seen of it"), rows))
    return "\n".join(parts)


def _section(act: Act) -> Iterator[str]:
    yield f"## {act.id} {anchor(act.id)}\n"
    yield f"{act.title}\n"
    facts = [("Status", act.status), ("Issuer", act.issuer), ("Seen", act.coverage), ("As of", act.as_of)]
    yield "\n".join(f"* {name}: {value}" for name, value in facts if value) + "\n"
    if act.note:
        yield f"{act.note}\n"
    yield table(("Clause", "In short", "Requirements"), _clauses(act))
    yield table(
        ("Requirement", "Clause", "Kind", "Level", "Whose reading"),
        (
            (f"`{one.id}`", one.clause, _kind(one.kind), one.level, "ours" if one.derived else "the act's words")
            for one in act.requirements
        ),
    )
    if act.network_status:
        yield "Networks over time:\n"
        yield table(
            ("Network", "Status", "From", "To", "Basis", "Certainty"),
            (
                (one.network, one.status, one.since or "", one.until or "", one.basis, one.certainty)
                for one in act.network_status
            ),
        )


def _kind(name: str) -> str:
    return f"[`{name}`](kinds.md#{anchor(name).strip('{ #}')})"


def _clauses(act: Act) -> Iterator[tuple[object, ...]]:
    for number, clause in act.clauses.items():
        bound = [f"`{one.id}`" for one in act.requirements if number in one.clauses]
        yield number, clause.en or clause.ru, ", ".join(bound) or ("-" if not clause.binding else "")

"""Registers that load, for properties: every table, with texts that files find hard to keep."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from munsocial.model.building import build_registry
from munsocial.model.registry import Registry

__all__ = ["registries"]

HARD = [
    "=1+1",
    "[x]",
    "{y}",
    "a; b",
    "''",
    "'''",
    "da: нет",
    "№ 5\nстрока",
    '"кавычки"',
    "x005F_",
    "_x000D_",
    "#НД",
    "1",
    "да",
]
ids = st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True)
words = st.one_of(
    st.sampled_from(HARD),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12),
)
lines = words.filter(lambda text: text.strip() != "")
days = st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31))
moments = st.integers(1_600_000_000, 1_790_000_000).map(lambda second: dt.datetime.fromtimestamp(second, dt.UTC))
lists = st.lists(words, max_size=3)
settings = st.dictionaries(
    st.sampled_from(["base_url", "proxy", "x y", "n"]),
    st.recursive(
        words | st.booleans() | st.integers(-(10**9), 10**9), lambda inner: st.lists(inner, max_size=2), max_leaves=3
    ),
    max_size=2,
)


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


def _unique(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(ids, max_size=count, unique=True)


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """Return a register with linked records; days make sense and no text looks like a secret."""
    bodies, people = draw(_unique(3)), draw(_unique(3))
    accounts = [f"{one}-vk" for one in draw(_unique(3))]
    tables: dict[str, Any] = {
        "municipality": {"id": draw(ids), "name": draw(lines), "acts": draw(lists)},
        "bodies": [
            {"id": one, "kind": "settlement", "name": draw(lines)}
            | draw(_some(legal_entity=st.booleans(), places=lists, unit=words, since=days))
            for one in bodies
        ],
        "people": [
            {"id": one, "name": draw(lines)}
            | draw(
                _some(
                    contractor=st.booleans(),
                    profiles=st.dictionaries(words, words, max_size=2),
                    absences=st.lists(days.map(lambda day: {"since": day, "until": day}), max_size=2),
                )
            )
            for one in people
        ],
    }
    if bodies:
        tables["accounts"] = [
            {"id": one, "body": draw(st.sampled_from(bodies)), "network": "vk"}
            | draw(
                _some(
                    title=words,
                    login_by=words,
                    state_mark=st.booleans(),
                    two_factor=st.dictionaries(words, st.booleans(), max_size=2),
                    handles=st.lists(st.fixed_dictionaries({"handle": lines}), max_size=2),
                    opened=days,
                    phone=st.just("+7 86199 2-00-01"),
                )
            )
            for one in accounts
        ]
    if people and bodies:
        act = {"date": draw(days), "number": draw(words)}
        tables["appointments"] = [{"person": people[0], "body": bodies[0], "duties": draw(lists), "act": act}]
    if bodies:
        tables["exempt_periods"] = [
            {"subject": bodies[0], "since": day, "until": day, "reason": draw(lines), "kinds": draw(lists)}
            for day in draw(st.lists(days, max_size=2))
        ]
    if tables.get("accounts"):
        tables["removals"] = [
            {"account": accounts[0], "item": draw(words), "at": draw(moments), "ground": "spam", "text": draw(words)}
        ]
        more = draw(st.dictionaries(words, words, max_size=2))
        tables["credentials"] = [{"account": accounts[0], "kind": "login", "settings": more}]
    tables["networks"] = draw(st.dictionaries(st.sampled_from(["vk", "ok"]), settings, max_size=2))
    return build_registry(tables, where="drawn")

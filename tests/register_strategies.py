"""Registers that load, for properties: every table, with texts that files find hard to keep."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from munsocial.errors import RegistryRefused
from munsocial.model.checking.building import build_registry
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
handles = st.one_of(
    st.sampled_from([hard for hard in HARD if hard.isascii()]),
    st.text(st.characters(exclude_categories=["Cc"], max_codepoint=127), max_size=12),
)
"""Of VK, which knows Latin letters only."""
lines = words.filter(lambda text: text.strip() != "")
BEGIN = dt.date(2000, 1, 1)
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


def _unique(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(ids, max_size=count, unique=True)


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """Return a register with linked records in every table, as far as it loads: what is refused is drawn again."""
    tables = draw(_tables())
    try:
        return build_registry(tables, where="drawn")
    except RegistryRefused:
        # A drawn word may be a name that only secrets have, or two pages may have got one address.
        reject()


@st.composite
def _tables(draw: st.DrawFn) -> dict[str, Any]:
    bodies, people = draw(_unique(3)), draw(_unique(3))
    accounts = [f"{one}-vk" for one in draw(_unique(3))]
    tables: dict[str, Any] = {
        "municipality": {"id": draw(ids), "name": draw(lines), "acts": draw(lists)},
        "bodies": [draw(_body(one)) for one in bodies],
        "people": [draw(_person(one)) for one in people],
        "words": [
            {"word": draw(words), "category": "insult", "reason": draw(words)} for _ in range(draw(st.integers(0, 2)))
        ],
        "upstream": [
            {"role": role, "network": "vk", "handle": draw(handles), "since": draw(days)}
            for role in draw(st.lists(st.sampled_from(["governor", "krai_administration"]), max_size=2, unique=True))
        ],
        "networks": draw(st.dictionaries(st.sampled_from(["vk", "ok"]), settings, max_size=2)),
    }
    if bodies:
        tables["accounts"] = [draw(_account(one, bodies, people)) for one in accounts]
        tables["phones"] = [
            {"number": "+7 86199 2-00-01", "kind": kind, "lost": draw(st.booleans()), "note": draw(words)}
            for kind in draw(st.lists(st.sampled_from(["service", "private"]), max_size=2))
        ]
        tables["exempt_periods"] = [
            {"subject": bodies[0], "since": day, "until": day, "reason": draw(lines), "kinds": draw(lists)}
            for day in draw(st.lists(days, max_size=2))
        ]
    if bodies and people:
        tables |= draw(_decisions(bodies[0], people[0]))
    if bodies and accounts:
        tables |= draw(_of_account(accounts[0], people))
    return tables


def _body(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"id": st.just(name), "kind": st.just("settlement"), "name": lines},
        optional={
            "legal_entity": st.booleans(),
            "places": lists,
            "unit": words,
            "since": days,
            "tags": st.just(["a.b"]),
        },
    )


def _person(name: str) -> st.SearchStrategy[dict[str, Any]]:
    away = st.fixed_dictionaries({"since": st.just(BEGIN), "until": days, "reason": words})
    return st.fixed_dictionaries(
        {"id": st.just(name), "name": lines},
        optional={
            "contractor": st.booleans(),
            "profiles": st.dictionaries(words, words, max_size=2),
            "absences": st.lists(away, max_size=2),
        },
    )


def _account(name: str, bodies: list[str], people: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"id": st.just(name), "body": st.sampled_from(bodies), "network": st.just("vk")},
        optional={
            "title": words,
            "login_by": words,
            "state_mark": st.booleans(),
            "two_factor": st.dictionaries(words, st.booleans(), max_size=2),
            "handles": st.lists(st.fixed_dictionaries({"handle": lines, "since": days}), max_size=2),
            "opened": days,
            "phone": st.just("+7 86199 2-00-01"),
            "features": lists,
            "owner_person": st.sampled_from([None, *people]),
            "network_id": words,
        },
    )


def _decisions(body: str, person: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return tables in which people decide or state something."""
    act = st.fixed_dictionaries({"date": days}, optional={"number": words, "title": words, "file": words})
    rows: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "appointments": {"person": st.just(person), "body": st.just(body), "duties": lists, "act": act, "role": words},
        "attestations": {"statement": st.just("account.bound_phone"), "subject": st.just(body), "by": st.just(person),
                         "date": st.just(BEGIN), "valid_until": days, "holds": st.booleans(), "note": words},
        "waivers": {"requirement": words, "subject": st.just(body), "reason": lines, "approver": st.just(person),
                    "last_day": days},
        "recommendations": {"id": ids, "from_whom": lines, "date": st.just(BEGIN), "summary": lines, "number": words,
                            "done": days, "reason": words},
    }  # fmt: skip
    return st.fixed_dictionaries(
        {}, optional={name: st.lists(st.fixed_dictionaries(row), min_size=1, max_size=1) for name, row in rows.items()}
    )


def _of_account(account: str, people: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return tables of what happened to an account."""
    some = st.sampled_from(people) if people else st.none()
    rows: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "removals": {"account": st.just(account), "item": words, "at": moments, "ground": st.just("spam"),
                     "text": words},
        "credentials": {"account": st.just(account), "kind": st.just("login"), "kept": words, "scope": lists,
                        "settings": st.dictionaries(words, words, max_size=2), "holder": some, "issued": days,
                        "complex": st.sampled_from([None, True, False])},
        "inquiries": {"id": lines, "account": st.just(account), "asked_at": moments, "answer": words,
                      "answer_has": st.just(["measures_taken"]), "within_competence": st.sampled_from([None, True])},
    }  # fmt: skip
    if people:
        rows["handovers"] = {"account": st.just(account), "taker": some, "date": days, "verified": st.booleans()}
    return st.fixed_dictionaries(
        {}, optional={name: st.lists(st.fixed_dictionaries(row), min_size=1, max_size=2) for name, row in rows.items()}
    )

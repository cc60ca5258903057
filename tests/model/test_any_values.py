"""Files that parse but hold anything anywhere: each loader ends in a value or in our error, with places named."""

from __future__ import annotations

import copy
import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from munsocial.errors import RegistryRefused
from munsocial.model.checking.building import build_registry
from munsocial.model.files import registry_bytes
from munsocial.policy.act import Act
from munsocial.policy.checking import problems_of

plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=6),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(dt.UTC)),
    st.times(),
)
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "body", "since", "x", ""]) | st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@cache
def _sample(package: str, *path: str) -> dict[str, Any]:
    return tomllib.loads(files(package).joinpath(*path).read_text("utf-8"))


@st.composite
def disturbed(draw: st.DrawFn, package: str, *path: str) -> dict[str, Any]:
    """Return the good tables with anything in a few places: a value, a record, a table, or under a new name."""
    tables = copy.deepcopy(_sample(package, *path))
    for _ in range(draw(st.integers(1, 3))):
        holder: Any = tables
        for _ in range(draw(st.integers(0, 4))):
            inner = list(holder.values()) if isinstance(holder, dict) else holder
            inner = [one for one in inner if isinstance(one, (dict, list)) and one]
            if not inner:
                break
            holder = inner[draw(st.integers(0, len(inner) - 1))]
        if isinstance(holder, list):
            holder[draw(st.integers(0, len(holder) - 1))] = draw(anything)
        else:
            holder[draw(st.sampled_from([*holder, "new"]))] = draw(anything)
    return tables


@given(tables=disturbed("munsocial.sandbox", "data", "district.toml"))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_register_with_anything_anywhere_is_taken_or_refused_with_places(tables: dict[str, Any]) -> None:
    try:
        registry = build_registry(tables, where="district.toml")
    except RegistryRefused as refused:
        told = [problem.say(lang) for problem in refused.problems for lang in ("ru", "en")]
    else:
        assert registry_bytes(registry, ".toml")
        return
    assert told
    assert all(": " in line for line in told)


@given(tables=disturbed("munsocial.policy", "acts", "kalininsky.toml"))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_an_act_with_anything_anywhere_is_taken_or_refused_with_places(tables: dict[str, Any]) -> None:
    problems = problems_of(tables)
    if not problems:
        assert Act.model_validate(tables).requirements
    assert all(problem.say("ru") != problem.say("en") for problem in problems)

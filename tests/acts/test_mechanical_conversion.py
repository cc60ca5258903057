"""Provisions as they were collected, turned into acts with no human hand, load and are judged in any district."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from munsocial.policy import KINDS, audit, load_acts
from munsocial.testing.factories import moment
from sentences import fit_for_people
from shared_material import shared
from two_districts import bad, blind, good

AT = moment("2026-11-22 23:00")
TAKEN = ("id", "kind", "level", "clause", "networks", "from", "until", "deadline", "note", "certainty")


def collected() -> dict[str, dict[str, Any]]:
    """Every collected act by id, the federal layer among them; addressees leave the parameters."""
    sisters = json.loads(shared("regulation/sister-orders.json").read_text("utf-8"))["acts"]
    federal = json.loads(shared("regulation/federal.json").read_text("utf-8"))
    everything = [*sisters, {"id": "federal-layer", "title": "РФ", "networks": [], **federal}]
    return {
        one["id"]: {
            "id": one["id"],
            "title": one["title"],
            "networks": one["networks"],
            "requirements": [_row(row) for row in one.get("requirements", [])],
        }
        for one in everything
    }


def _row(given: dict[str, Any]) -> dict[str, Any]:
    params = dict(given["params"])
    addressees = params.pop("owner_types", [])
    return {**{name: given[name] for name in TAKEN if name in given}, "applies_to": addressees, "params": params}


def _as_toml(tables: dict[str, Any]) -> str:
    lines = [f"{name} = {_inline(value)}" for name, value in tables.items() if name != "requirements"]
    for row in tables["requirements"]:
        lines += ["[[requirements]]", *(f"{name} = {_inline(value)}" for name, value in row.items() if value)]
    return "\n".join(lines)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_inline(one)}" for name, one in value.items() if one is not None) + "}"
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("suffix", ["json", "toml"])
def test_every_collected_act_loads_as_it_stands_and_is_judged(tmp_path: Path, suffix: str) -> None:
    paths = []
    for name, tables in collected().items():
        path = tmp_path / f"{name}.{suffix}"
        text = json.dumps(tables, ensure_ascii=False) if suffix == "json" else _as_toml(tables)
        path.write_text(text, "utf-8")
        paths.append(path)
    acts = load_acts(paths)
    asked = {(act.id, one.id) for act in acts for one in act.requirements}
    assert {one.kind for act in acts for one in act.requirements} == set(KINDS) - {"attested"}
    for district in (good, bad, blind):
        report = audit(*district(), acts, AT)
        assert {(one.act, one.requirement) for one in report.findings} == asked
        for finding in report.findings:
            fit_for_people(finding)

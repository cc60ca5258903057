"""A register that loads survives saving and loading in each format."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from munsocial.model.checking.building import build_registry
from munsocial.model.files import load_registry, registry_bytes, save_registry
from munsocial.model.parsing import parse_json, parse_toml
from munsocial.model.registry import Registry
from munsocial.model.workbook.reading import read_workbook
from register_strategies import registries

SAMPLE = Path(str(files("munsocial.sandbox").joinpath("data", "district.toml")))
FORMATS = (".toml", ".json", ".xlsx")


def _again(registry: Registry, suffix: str) -> Registry:
    content = registry_bytes(registry, suffix)
    if suffix == ".xlsx":
        book = read_workbook(content, where="again")
        return build_registry(book.tables, where="again", found=book.problems, placed=book.places.of)
    parse = parse_toml if suffix == ".toml" else parse_json
    return build_registry(parse(content.decode(), where="again"), where="again")


@given(registry=registries())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_register_that_loads_survives_saving(registry: Registry) -> None:
    for suffix in FORMATS:  # to draw a register takes longer than to save and load it in all of them
        assert _again(registry, suffix) == registry, suffix


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_sample_register_survives_saving(tmp_path: Path, suffix: str) -> None:
    sample = load_registry(SAMPLE)
    target = tmp_path / f"district{suffix}"
    save_registry(sample, target)
    assert load_registry(target) == sample


def test_a_register_whose_look_ups_were_used_can_still_be_changed() -> None:
    sample = load_registry(SAMPLE)
    assert sample.account_by_id
    fewer = sample.but(waivers=())
    assert fewer.waivers == ()
    assert fewer.accounts == sample.accounts

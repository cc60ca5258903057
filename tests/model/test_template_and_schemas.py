"""The register to fill in loads as it is and when it is filled in; files fit the published schemas."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from munsocial.model.files import load_registry, registry_bytes
from munsocial.model.schemas import schema
from munsocial.model.template import template

SAMPLE = Path(str(files("munsocial.sandbox").joinpath("data", "district.toml")))


def _loaded(tmp_path: Path, text: str) -> object:
    file = tmp_path / "district.toml"
    file.write_text(text, "utf-8")
    return load_registry(file)


def test_the_template_loads_as_it_is(tmp_path: Path) -> None:
    assert _loaded(tmp_path, template())


def test_the_template_loads_with_every_example_filled_in(tmp_path: Path) -> None:
    # A line of an example is a comment that holds a field or begins a table.
    filled = re.sub(r"(?m)^# (?=\[|[a-z_]+ = )", "", template())
    filled = filled.replace('id = "ivanova"\n', 'id = "petrov"\nname = "Петров"\n[[people]]\nid = "ivanova"\n')
    registry = _loaded(tmp_path, filled)
    for table in ("phones", "people", "appointments", "accounts", "credentials", "handovers", "upstream", "waivers"):
        assert getattr(registry, table), table


def test_the_template_is_in_russian_and_holds_no_secret() -> None:
    assert len(re.findall("[а-я]", template())) > 1000
    assert all(one.startswith("env:") for one in re.findall(r'secret = "([^"]+)"', template()))


@pytest.mark.parametrize("what", ["registry", "snapshot"])
def test_a_schema_is_a_schema(what: str) -> None:
    made = schema(what)  # type: ignore[arg-type]  # a parameter of a test is a plain text
    jsonschema.Draft202012Validator.check_schema(made)
    assert made["$schema"].endswith("2020-12/schema")


def test_the_sample_register_fits_the_schema_and_nonsense_does_not() -> None:
    validator = jsonschema.Draft202012Validator(schema("registry"))
    sample = json.loads(registry_bytes(load_registry(SAMPLE), ".json"))
    assert not list(validator.iter_errors(sample))
    assert list(validator.iter_errors({**sample, "acounts": []}))

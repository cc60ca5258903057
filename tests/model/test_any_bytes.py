"""Whatever bytes stand in a file, each loader ends in a value or in our error, quickly."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from munsocial.errors import InputError
from munsocial.model.files import load_registry, registry_bytes
from munsocial.model.registry import Registry
from munsocial.model.snapshots import load_snapshot, save_snapshot
from munsocial.policy import Readings
from munsocial.policy.loading import read_act
from munsocial.policy.report import Report
from small_district import files_of

SAMPLE = Path(str(files("munsocial.sandbox").joinpath("data", "district.toml")))
ACT = Path(str(files("munsocial.policy").joinpath("acts", "kalininsky.toml")))


def _readings(path: Path) -> object:
    registry, snapshot = _district()
    return Readings.of(registry, snapshot, kept=path)


@cache
def _district() -> tuple[Registry, Any]:
    with tempfile.TemporaryDirectory() as name:
        files_of(Path(name))
        return load_registry(Path(name) / "district.toml"), load_snapshot(Path(name) / "snapshot.json")


@cache
def _good(kind: str) -> bytes:
    registry, snapshot = _district()
    if kind.startswith("registry"):
        return registry_bytes(load_registry(SAMPLE), kind.removeprefix("registry"))
    if kind == "act.toml":
        return ACT.read_bytes()
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "file.json"
        if kind == "snapshot.json":
            save_snapshot(snapshot, target)
        else:
            Readings.of(registry, snapshot).save(target)
        return target.read_bytes()


LOADERS: dict[str, Callable[[Path], object]] = {
    "registry.toml": load_registry,
    "registry.json": load_registry,
    "registry.xlsx": load_registry,
    "snapshot.json": load_snapshot,
    "act.toml": read_act,
    "readings.json": _readings,
}

junk = st.one_of(st.binary(max_size=60), st.sampled_from([b"", b"null", b"[]", b"{", b"\xff", b"1e999", b"\x00", b'"']))


@st.composite
def mutated(draw: st.DrawFn, kind: str) -> bytes:
    """Return the good file with a few places cut, doubled, or overwritten; or bytes of nothing."""
    content = _good(kind)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, max(len(content) - 1, 0)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        content = content[:start] + draw(junk) + content[draw(st.sampled_from([start, end, len(content)])) :]
    return draw(st.one_of(st.just(content), st.just(content), st.binary(max_size=200)))


@pytest.mark.parametrize("kind", sorted(LOADERS))
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_damaged_file_ends_in_our_error(kind: str, data: st.DataObject) -> None:
    content = data.draw(mutated(kind))
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / kind
        file.write_bytes(content)
        with suppress(InputError):
            assert LOADERS[kind](file) is not None
            return
        with pytest.raises(InputError) as caught:
            LOADERS[kind](file)
        assert caught.value.say("ru") != caught.value.say("en")
        assert str(file) in caught.value.say("ru")


names = st.sampled_from(["schema", "municipality", "findings", "acts", "at", "snapshot", "subjects"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
)
reports = st.dictionaries(names, values, max_size=6).map(
    lambda fields: json.dumps({**fields, "schema": "munsocial.report/1"}).encode()
)


@given(content=st.binary(max_size=100) | reports)
def test_no_bytes_break_the_reading_of_a_report(content: bytes) -> None:
    with pytest.raises(InputError):
        Report.from_json(content)

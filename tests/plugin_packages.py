"""Packages of strangers, laid where an installer would put them: found by their entry points."""

from __future__ import annotations

from pathlib import Path

__all__ = ["ACTS", "ADAPTER", "install"]

ADAPTER = """
from munsocial.network import Adapter, Capabilities
from munsocial.plugins import hookimpl


class Given(Adapter):
    name, title, capabilities = {name!r}, {name!r}, Capabilities({{}})


@hookimpl
def munsocial_adapters():
    return [Given]
"""
"""The module of a plugin that gives one adapter; ``name`` is to be filled in."""

ACTS = """
from munsocial.plugins import hookimpl


@hookimpl
def munsocial_acts():
    return {paths!r}
"""
"""The module of a plugin that brings acts; ``paths`` are to be filled in."""


def install(site: Path, package: str, version: str, point: str, module: str, code: str) -> None:
    """Lay a distribution with one module and one entry point into a folder; put that on the path of modules."""
    (site / f"{module}.py").write_text(code, encoding="utf-8")
    about = site / f"{package.replace('-', '_')}-{version}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
    (about / "entry_points.txt").write_text(f"[munsocial]\n{point} = {module}\n")

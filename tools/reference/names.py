"""The public names, each with its signature and docstring: directives for mkdocstrings under one line of our own."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from importlib import import_module

from tools.reference.markdown import GENERATED, paragraph, table

__all__ = ["PACKAGES", "page", "public_names"]

PACKAGES: Mapping[str, str] = {
    "munsocial": "What most programs need. `import munsocial as ms` is quick: a name is loaded when it is used.",
    "munsocial.language": "Reading Russian. Texts in, values out; usable alone.",
    "munsocial.policy": "Acts, rules and reports. Pure: no network, no clock, no files but those you name.",
    "munsocial.network": "What an adapter promises; for authors of adapters.",
    "munsocial.plugins": "How packages join in.",
    "munsocial.testing": "Checks in unit tests, factories, and the kit for authors of adapters.",
}
_HEAD = """# Public names

{made}
These names are stable within a major version. Everything else may change.
"""


def public_names(package: str) -> Iterator[tuple[str, object]]:
    """Give each name of ``__all__`` that is no module and no version, with what it is."""
    module = import_module(package)
    for name in sorted(module.__all__):
        value = getattr(module, name)
        if not inspect.ismodule(value) and not name.startswith("__"):
            yield name, value


def page() -> str:
    """Return the page."""
    return "\n".join([_HEAD.format(made=GENERATED), *("\n".join(_section(*one)) for one in PACKAGES.items())])


def _section(package: str, about: str) -> Iterator[str]:
    known = dict(public_names(package))
    yield f"## {package}\n"
    yield f"{about}\n"
    yield table(("Name", "In short"), ((f"`{name}`", _short(value)) for name, value in known.items()))
    for value in known.values():
        home = _home(value)
        if home and (package == "munsocial" or not _is_above(home)):
            yield f"::: {home}\n"


def _short(value: object) -> str:
    if not callable(value):
        return f"A constant: `{type(value).__name__}`."
    return paragraph(inspect.getdoc(value)).split("\n")[0]


def _home(value: object) -> str:
    if not (inspect.isclass(value) or inspect.isfunction(value)):
        return ""
    return f"{value.__module__}.{value.__qualname__}"


def _is_above(home: str) -> bool:
    """Tell whether the name already stands in the section on the package itself."""
    return home in {_home(value) for _, value in public_names("munsocial")}

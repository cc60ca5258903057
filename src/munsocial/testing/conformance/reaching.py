"""What a package reaches past its port: HTTP libraries, event loops, threads, waiting. Read from its source."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["homes_of", "reaching_in", "reaching_of"]

_LIBRARIES = ("aiohttp", "gevent", "httpcore", "httpx", "pycurl", "requests", "twisted", "urllib3", "websockets")
_LOOPS = ("anyio", "asyncio", "curio", "trio")
_STANDARD = ("ftplib", "http.client", "http.server", "smtplib", "socket", "socketserver", "urllib.request")
_ASIDE = ("concurrent.futures", "multiprocessing", "subprocess", "threading.Thread", "threading.Timer", "time.sleep")
_FORBIDDEN = frozenset((*_LIBRARIES, *_LOOPS, *_STANDARD, *_ASIDE))
"""Modules, and names in modules. Locks are no waiting for a network, and addresses may be taken apart."""
_OURS = frozenset({"munsocial", "builtins", "typing", "abc"})


def homes_of(kind: type) -> list[str]:
    """Return the packages, or modules that stand alone, from which a class and what it inherits come."""
    roots = dict.fromkeys(one.__module__.partition(".")[0] for one in kind.__mro__)
    return [root for root in roots if root not in _OURS and not _of_tests(root)]


def _of_tests(root: str) -> bool:
    return root in ("tests", "conftest") or root.startswith("test_")


def reaching_of(home: str) -> Iterator[str]:
    """Yield what a package reaches past its port, with the file."""
    for path in _files(home):
        for name in reaching_in(path.read_text(encoding="utf-8")):
            yield f"{path.name} uses {name}"
    module = sys.modules.get(home)
    # A module made in memory has no source: what it holds is looked at.
    for name, one in vars(module).items() if module is not None else ():
        if inspect.ismodule(one) and one.__name__ in _FORBIDDEN:
            yield f"{home} uses {one.__name__} as {name}"


def _files(home: str) -> list[Path]:
    module = sys.modules.get(home)
    places = list(getattr(module, "__path__", ()))
    if places:
        return [path for place in places for path in sorted(Path(place).rglob("*.py"))]
    file = getattr(module, "__file__", None)
    return [Path(file)] if file and file.endswith(".py") else []


def reaching_in(source: str) -> list[str]:
    """Return the forbidden names that a source imports anywhere in it, under whatever name, or calls by it."""
    reader = _Reader()
    reader.visit(ast.parse(source))
    used = (*reader.imported, *(name for chain in reader.chains for name in reader.resolved(chain)))
    return sorted({found for name in used for found in _within(name)})


def _within(name: str) -> Iterable[str]:
    """Yield the forbidden name that a dotted name is, or lies within."""
    parts = name.split(".")
    heads = [".".join(parts[: count + 1]) for count in range(len(parts))]
    found = next((head for head in heads if head in _FORBIDDEN), None)
    if found is not None:
        return (found,)
    # ``from time import *`` brings all of it.
    return [one for one in _FORBIDDEN if one.startswith(name.removesuffix("*"))] if name.endswith(".*") else ()


class _Reader(ast.NodeVisitor):
    def __init__(self) -> None:
        self.imported: list[str] = []
        self.known: dict[str, str] = {}
        """Names of the source to the modules, or names in modules, that they stand for."""
        self.chains: list[str] = []

    def resolved(self, chain: str) -> Iterator[str]:
        head, _, rest = chain.partition(".")
        if head in self.known:
            yield f"{self.known[head]}.{rest}"

    def visit_If(self, node: ast.If) -> None:
        # What only the type checker imports is never there.
        if ast.unparse(node.test) not in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            self.generic_visit(node)
        else:
            for one in node.orelse:
                self.visit(one)

    def visit_Import(self, node: ast.Import) -> None:
        for one in node.names:
            self.imported.append(one.name)
            bound = one.asname or one.name.partition(".")[0]
            self.known[bound] = one.name if one.asname else bound

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level or node.module is None:
            return
        for one in node.names:
            name = f"{node.module}.{one.name}"
            self.imported.append(name)
            self.known[one.asname or one.name] = name

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.chains.append(ast.unparse(node))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        named = ast.unparse(node.func).rpartition(".")[2] in ("__import__", "import_module")
        first = node.args[0] if node.args else None
        if named and isinstance(first, ast.Constant) and isinstance(first.value, str):
            self.imported.append(first.value)
        self.generic_visit(node)

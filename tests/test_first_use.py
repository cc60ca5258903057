"""Names load when they are first used: by one thread or by many, whole or not at all."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from types import ModuleType, SimpleNamespace
from typing import cast

import pytest

from munsocial.lazily import loaded

SOURCE = Path(__file__).resolve().parents[1] / "src"
LAZY = (
    *("munsocial.journal", "munsocial.language", "munsocial.network", "munsocial.operate.handover"),
    *("munsocial.plugins", "munsocial.policy", "munsocial.testing", "munsocial.transport"),
)

# Every import takes a while, so that each thread stands inside one when the others begin theirs.
TOGETHER = """
import sys, threading, time
import munsocial as ms

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("munsocial."):
            time.sleep(0.02)

def use(name):
    together.wait()
    try:
        value = ms
        for part in name.split("."):
            value = getattr(value, part)
    except BaseException as error:
        print(name, type(error).__name__, error)
    else:
        if isinstance(value, type(sys)) and name != "language":
            print(name, "is a module")

names = sys.argv[1:]
together = threading.Barrier(len(names))
sys.meta_path.insert(0, Slow())
threads = [threading.Thread(target=use, args=(name,)) for name in names]
for one in threads:
    one.start()
for one in threads:
    one.join()
"""
CDS = [
    "Adapter Draft Capabilities",
    "EnvSecrets connect handover Draft",
    "audit Report Act load_acts load_plugins hookimpl",
    "language language.style language.marks language.router",
    "audit audit load_registry load_snapshot open_journal Snapshot",
]


@pytest.mark.parametrize("names", CDS)
def test_many_threads_may_use_names_for_the_first_time(names: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOGETHER, *names.split()], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout == ""


def test_one_thread_loads_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits until the first is through, though it asks for another module."""
    began, go_on, loads = Event(), Event(), list[str]()

    def slow_load() -> None:
        began.set()
        go_on.wait(60)
        loads.append("slow")

    monkeypatch.setitem(sys.modules, "a_gate", cast("ModuleType", SimpleNamespace(slow=slow_load, loads=loads)))
    (tmp_path / "a_slow_one.py").write_text("import a_gate; a_gate.slow()", "utf-8")
    (tmp_path / "a_quick_one.py").write_text("import a_gate; a_gate.loads.append('quick')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    first = Thread(target=loaded, args=("a_slow_one",), daemon=True)
    first.start()
    assert began.wait(60)
    second = Thread(target=loaded, args=("a_quick_one",), daemon=True)
    second.start()
    second.join(0.3)  # without the lock it is through at once
    go_on.set()
    for one in (first, second):
        one.join(60)
    for name in ("a_slow_one", "a_quick_one"):
        monkeypatch.delitem(sys.modules, name)
    assert loads == ["slow", "quick"]


@pytest.mark.parametrize("package", LAZY)
def test_a_package_loads_nothing_of_its_own(package: str) -> None:
    code = f"import sys, {package}; print(*[one for one in sys.modules if one.startswith('{package}.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    "place",
    ["network.drafts", "network.keys", "plugins.manager", "operate.handover.procedure", "language.editor"],
)
def test_a_package_has_the_modules_in_which_its_names_are(place: str) -> None:
    package, _, module = f"munsocial.{place}".rpartition(".")
    code = f"import {package} as package; print(package.{module}.__name__, hasattr(package, 'no_such'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == [f"munsocial.{place}", "False"]


@pytest.mark.parametrize("package", ["munsocial", *LAZY])
def test_no_name_is_that_of_a_module(package: str) -> None:
    """Once loaded, the module would stand in the package under the name of what is in it."""
    module = import_module(package)
    assert module.__file__
    modules = {path.stem for path in Path(module.__file__).parent.glob("*.py")}
    assert not modules & set(module.__all__)


def _at_load(body: list[ast.stmt]) -> Iterator[ast.ImportFrom]:
    for node in body:
        if isinstance(node, ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If):
            yield from _at_load(node.orelse if "TYPE_CHECKING" in ast.unparse(node.test) else node.body + node.orelse)
        elif isinstance(node, (ast.Try, ast.With, ast.ClassDef)):
            yield from _at_load(node.body)


@pytest.mark.parametrize("package", ["munsocial", *LAZY])
def test_names_are_listed_before_they_are_used(package: str) -> None:
    """In a process of its own, where nothing has asked for one yet: so a console completes them."""
    asked = f"import {package} as p; print(set(p.__all__) - set(dir(p)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "set()\n"


def test_no_module_asks_for_such_a_name_while_it_loads() -> None:
    """It would hold its own lock and wait for the thread that loads, which may wait for it."""
    late = {package: set(import_module(package).__all__) - {"__version__"} for package in ("munsocial", *LAZY)}
    for package in LAZY:  # the modules of their names, too
        late[package] |= {home.partition(".")[0] for home in import_module(package)._HOMES.values()}
    asking = [
        (str(path.relative_to(SOURCE)), alias.name)
        for path in sorted((SOURCE / "munsocial").rglob("*.py"))
        for node in _at_load(ast.parse(path.read_text("utf-8")).body)
        for alias in node.names
        if alias.name in late.get(node.module or "", ())
    ]
    assert asking == []

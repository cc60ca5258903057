"""The house rules: what is public is importable, documented and cheap; files are short; nothing private is named."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, get_type_hints

import pytest

import munsocial

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
SOURCES = sorted(SOURCE.rglob("*.py"))
EVERYTHING = sorted(
    path for folder in ("src", "tests", "tools", "benchmarks", "examples") for path in (ROOT / folder).rglob("*.py")
)
LAZY = (
    *("munsocial", "munsocial.language", "munsocial.network"),
    *("munsocial.plugins", "munsocial.policy", "munsocial.testing"),
)
# One class for one shape of an answer, named as the network names it.
SHAPES = ("wire.py", "shapes.py")

# What the description of the library promises by name, place by place.
PROMISED = {
    "munsocial": "load_registry load_acts load_snapshot connect aconnect audit EnvSecrets Draft Adapter Capabilities "
    "language handover Registry Snapshot Report Finding Level Outcome Act Limits Page PostId MunsocialError",
    "munsocial.language": "marks categories style is_question topic router",
    "munsocial.network": "Adapter Capabilities Limits Draft Page",
    "munsocial.testing": "assert_complies",
}
MEMBERS = {
    "Social": "collect plan_moderation plan_publication plan_answer inbox apply",
    "AsyncSocial": "collect plan_moderation plan_publication plan_answer inbox apply",
    "Report": "findings violations of save",
    "Finding": "act requirement clause level subject outcome facts evidence waiver say",
}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.fixture(scope="module", autouse=True)
def _trees_are_let_go() -> Iterator[None]:
    yield
    _tree.cache_clear()


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("package", PROMISED)
def test_promised_names_are_there(package: str) -> None:
    module = import_module(package)
    missing = [name for name in PROMISED[package].split() if name not in module.__all__ or not hasattr(module, name)]
    assert not missing


@pytest.mark.parametrize("name", MEMBERS)
def test_promised_members_are_there(name: str) -> None:
    owner = getattr(munsocial, name)
    fields = set(getattr(owner, "__dataclass_fields__", ()))
    assert not [member for member in MEMBERS[name].split() if member not in fields and not hasattr(owner, member)]


def _public(package: str) -> Iterator[tuple[str, Any]]:
    module = import_module(package)
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            yield f"{package}.{name}", value


@pytest.mark.parametrize("package", LAZY)
def test_public_names_are_documented_and_typed(package: str) -> None:
    for name, value in _public(package):
        assert (value.__doc__ or "").strip(), f"{name} has no docstring"
        if inspect.isfunction(value):
            hints = get_type_hints(value, localns=_named_under_type_checking(value))
            untyped = [one for one in inspect.signature(value).parameters if one not in hints]
            assert not untyped, f"{name}: {untyped}"
            assert "return" in hints, name


def _named_under_type_checking(value: Any) -> dict[str, Any]:
    """Names that a module imports for checkers alone: its hints cannot be read without them."""
    found: dict[str, Any] = {}
    for node in ast.walk(_tree(Path(inspect.getfile(value)))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("munsocial"):
            found |= {one.asname or one.name: getattr(import_module(node.module), one.name) for one in node.names}
    return found


@pytest.mark.parametrize("package", LAZY)
def test_what_loads_lazily_is_what_checkers_see(package: str) -> None:
    module = import_module(package)
    assert module.__file__
    tree = _tree(Path(module.__file__))
    (block,) = [node for node in tree.body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    told = {(node.module, alias.name) for node in imports for alias in node.names}
    assert {name for _, name in told} | {"__version__"} >= set(module.__all__)
    assert {name for _, name in told} <= set(module.__all__)
    for home, name in told:
        assert home
        expected = import_module(f"{home}.{name}") if name == "language" else getattr(import_module(home), name)
        assert getattr(module, name) is expected, f"{package}.{name} is not {home}.{name}"


@pytest.mark.parametrize("package", LAZY)
def test_a_name_that_is_not_there_is_an_attribute_error(package: str) -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = import_module(package).no_such_name


def test_importing_the_library_loads_nothing_heavy() -> None:
    heavy = "pydantic httpx httpcore sqlalchemy typer rich jinja2 openpyxl holidays phonenumbers tenacity pluggy re2"
    code = f"import sys, munsocial; print(*[one for one in {heavy.split()!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == ""


def test_a_module_says_what_it_is() -> None:
    silent = []
    for path in SOURCES:
        tree = _tree(path)
        if tree.body and not ast.get_docstring(tree):  # a package file may be empty
            silent.append(_named(path))
        if "migrations" in path.parts or path.name in SHAPES:
            continue
        silent += [
            f"{_named(path)}: {node.name}"
            for node in tree.body
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert not silent


def test_files_and_functions_are_short() -> None:
    long = []
    for path in EVERYTHING:
        if (lines := path.read_text("utf-8").count("\n")) >= 400:
            long.append(f"{_named(path)}: {lines} lines")
        for node in _blocks(_tree(path)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and length >= 50:
                long.append(f"{_named(path)}: {node.name} has {length} lines")
    assert not long


def _blocks(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield every statement at any depth, without a look at the expressions in it: those are the most of a tree."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(node, name, ()) if not isinstance(node, ast.expr) else ():
            if isinstance(inner, ast.stmt):
                yield inner
            yield from _blocks(inner)


def test_collecting_without_a_journal_loads_no_database() -> None:
    code = """
import sys
from datetime import UTC, datetime
from munsocial.sandbox.demo import sample
with sample(datetime(2026, 11, 25, 7, tzinfo=UTC)).connect() as social:
    assert social.collect(weeks=1).accounts
print(*[one for one in ("sqlalchemy", "alembic", "jinja2", "openpyxl", "docx") if one in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_nothing_names_the_place_where_it_was_made() -> None:
    # In pieces, so that this file passes its own test.
    words = [
        "/wo" + "rk/",
        "../sha" + "red",
        ".lib" + "rary/",
        "farm" + "-bench",
        "farm" + "-studio",
        "issues " + "show",
    ]
    words += ["DEVELOP" + "ERS.md", "brief" + ".md", "fou" + "nder"]
    found = []
    for path in _texts():
        text = path.read_text("utf-8")
        found += [f"{_named(path)}: {word}" for word in words if word in text]
    assert not [one for one in found if not one.startswith("pyproject.toml: fou")]


def _texts() -> Iterator[Path]:
    ends = {".py", ".md", ".toml", ".yml", ".yaml", ".j2", ".css", ".cfg", ".txt", ""}
    for folder in ("src", "tests", "tools", "benchmarks", "examples", "docs", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in ends and "__pycache__" not in path.parts:
                yield path
    yield from (path for path in ROOT.glob("*.*") if path.suffix in ends and path.is_file() and path.name != ".git")


def _quoted() -> Iterator[tuple[str, str]]:
    """Yield what stands between backticks in sources and on pages, with the file; blocks of code are left out."""
    for path in _texts():
        if path.suffix in {".py", ".md", ".toml"}:
            text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
            yield from ((_named(path), word) for word in re.findall(r"`([^`\s]+)`", text))


def _leads_somewhere(name: str) -> bool:
    """Is it a module, or something in one? The fields of a class count by what it says of their type."""
    home, _, inside = name.rpartition(".")
    if (SOURCE / name.replace(".", "/")).is_dir() or (SOURCE / f"{name.replace('.', '/')}.py").is_file():
        return True
    if not home:
        return False
    if not _leads_somewhere(home):
        return False
    owner = resolve_name(home)
    return hasattr(owner, inside) or inside in getattr(owner, "__annotations__", {})


def test_names_in_backticks_lead_somewhere() -> None:
    ours = re.compile(r"munsocial(_vk|_ok)?(\.[A-Za-z_]\w*)+")
    named = {(word, file) for file, word in _quoted() if ours.fullmatch(word)}
    assert not [f"{file}: {word}" for word, file in sorted(named) if not _leads_somewhere(word)]


# The page that makes a package of its own tells of the files in that one.
_OF_ANOTHER_PACKAGE = {"docs/how-to/write-an-adapter.md"}


def test_paths_in_backticks_lead_somewhere() -> None:
    homes = (ROOT, SOURCE / "munsocial")
    folders = [(folder.name, home) for home in reversed(homes) for folder in home.iterdir() if folder.is_dir()]
    begun = {name: home for name, home in folders if not name.startswith(".")}  # environments are everybody's own
    lost = []
    for file, word in _quoted():
        first, slash, rest = word.rstrip("/").partition("/")
        if slash and first in begun and file not in _OF_ANOTHER_PACKAGE and not any((begun[first] / first).glob(rest)):
            lost.append(f"{file}: {word}")
    assert not lost


def test_the_map_of_a_package_names_its_modules() -> None:
    lost = []
    for path in SOURCES:
        if path.name == "__init__.py":
            package = ".".join(path.parent.relative_to(SOURCE).parts)
            words = re.findall(r"(?<!`)`(\w+)`(?!`)", ast.get_docstring(_tree(path)) or "")
            lost += [f"{package}: {word}" for word in words if not _leads_somewhere(f"{package}.{word}")]
    assert not lost


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("*.py")]
    assert not {name for name in names if names.count(name) > 1}


def _functions(path: Path) -> dict[str, ast.AST]:
    return {node.name: node for node in _tree(path).body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def test_a_test_asserts_something() -> None:
    idle = []
    shared_by_tests = {name: node for path in (ROOT / "tests").glob("*.py") for name, node in _functions(path).items()}
    for path in (ROOT / "tests").rglob("test_*.py"):
        own = _functions(path)
        functions = shared_by_tests | own
        idle += [
            f"{path.name}: {name}"
            for name, node in own.items()
            if name.startswith("test_") and not _asserts(node, functions, set())
        ]
    assert not idle


_SAYS = re.compile(r"\bassert|\braises\b|\bcheck|\bhold|\bprove|\bexpect|\bevaluate|\bsame", re.IGNORECASE)


def _asserts(node: ast.AST, functions: dict[str, Any], seen: set[str]) -> bool:
    """A statement of its own, or a helper (of this file, or imported and named for what it asserts)."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assert):
            return True
        if isinstance(inner, ast.Call):
            called = ast.unparse(inner.func)
            if _SAYS.search(called):
                return True
            if called in functions and called not in seen and _asserts(functions[called], functions, seen | {called}):
                return True
    return False


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_version_is_told_once() -> None:
    assert munsocial.__version__ == _project()["project"]["version"]


# Distribution to the module it brings, where the names differ.
_MODULES = {
    "google-re2": "re2",
    "pyahocorasick": "ahocorasick",
    "python-docx": "docx",
    "psycopg": "psycopg",
    "tzdata": "tzdata",
}


def test_dependencies_are_those_that_the_source_imports() -> None:
    project = _project()["project"]
    declared = [re.split(r"[\[<>=~! ]", one)[0] for one in project["dependencies"]]
    modules = {_MODULES.get(name, name.replace("-", "_")) for name in declared}
    optional = {"psycopg", "keyring", "pytest"}
    imported = set()
    for path in SOURCES:
        for node in _blocks(_tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
            elif isinstance(node, ast.Import):
                imported |= {one.name.split(".")[0] for one in node.names}
    foreign = {one for one in imported if one not in sys.stdlib_module_names and not one.startswith("munsocial")}
    # pydantic_core is pinned by pydantic, whose documentation imports it.
    assert foreign - modules - optional - {"pydantic_core"} == set()
    # tzdata is data; it is declared for systems that have none.
    assert modules - foreign - {"tzdata"} == set()


def test_types_are_shipped() -> None:
    packages = [path.parent for path in (ROOT / "src").glob("*/__init__.py")]
    assert not [path.name for path in packages if not (path / "py.typed").exists()]

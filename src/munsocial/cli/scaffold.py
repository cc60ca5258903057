"""The package of a new adapter, made of the templates beside this module: whole or not at all."""

from __future__ import annotations

import builtins
import keyword
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from string import Template

from munsocial import errors, network
from munsocial.errors import InputError, OutputRefused
from munsocial.model import content
from munsocial.wording import Text

__all__ = ["check_name", "files_of", "write_package"]

_LONGEST = 30
_NAME = re.compile(r"[a-z][a-z0-9_]{1,29}")
_TAKEN = frozenset({"munsocial", "sandbox", "test", "tests", "all", "every", "none", "manual"})
_PLACES = {
    "pyproject.toml.tmpl": "pyproject.toml",
    "README.md.tmpl": "README.md",
    "gitignore.tmpl": ".gitignore",
    "__init__.py.tmpl": "src/munsocial_{name}/__init__.py",
    "adapter.py.tmpl": "src/munsocial_{name}/adapter.py",
    "wire.py.tmpl": "src/munsocial_{name}/wire.py",
    "sandbox.py.tmpl": "src/munsocial_{name}/sandbox.py",
    "test_conformance.py.tmpl": "tests/test_conformance.py",
}


def check_name(name: str, networks: Iterable[str] = ()) -> None:
    """Check that a network may be called so: it names a package, a table of registers and a kind of account.

    Raises:
        InputError: it may not; the remedy offers one that may.
    """
    where = f"new-adapter {name[:60]}"
    if name in networks:
        raise InputError(
            Text("Адаптер такой сети уже установлен.", "An adapter of that network is installed already."),
            where=where,
            remedy=Text("Выберите другое имя: munsocial networks.", "Choose another name: munsocial networks."),
        )
    if _NAME.fullmatch(name) and not keyword.iskeyword(name) and name not in _TAKEN and not name.endswith("_"):
        return
    offered = _mended(name)
    raise InputError(
        Text(
            f"Имя сети: латинские строчные буквы, цифры и «_», от 2 до {_LONGEST} знаков, первой — буква.",
            f"A network's name: lower-case Latin letters, digits and “_”, 2 to {_LONGEST} of them, a letter first.",
        ),
        where=where,
        remedy=Text(f"Например: {offered}.", f"For example: {offered}."),
    )


def _mended(name: str) -> str:
    bare = re.sub(r"_+", "_", re.sub(r"[^a-z0-9]", "_", name.lower())).strip("_")[:_LONGEST].lstrip("0123456789_")
    good = bool(_NAME.fullmatch(bare)) and not keyword.iskeyword(bare) and bare not in _TAKEN
    return bare if good else "mynet"


def files_of(name: str, title: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a package: path inside it, and text."""
    facts = {
        "name": name,
        "title": title,
        "Class": _class_of(name),
        "dashed": name.replace("_", "-"),
        "host": name.replace("_", "-"),
        "upper": name.upper(),
    }
    for place, text in _templates():
        yield place.format(name=name), Template(text).substitute(facts)


def _templates() -> Iterator[tuple[str, str]]:
    folder = files("munsocial.cli") / "templates" / "adapter"
    for template, place in _PLACES.items():
        yield place, (folder / template).read_text(encoding="utf-8")


def _class_of(name: str) -> str:
    """Return the name of the adapter's class, which hides nothing that the package imports, or may want to import."""
    made = "".join(part.capitalize() for part in name.split("_") if part)
    used = {word for _, text in _templates() for word in re.findall(r"\w+", text)}
    known = {*used, *dir(builtins), *content.__all__, *errors.__all__, *network.__all__, *keyword.kwlist}
    return f"{made}Network" if made in known else made


def write_package(target: Path, name: str, title: str) -> list[Path]:
    """Write the package into a folder that does not exist yet; return the paths of its files.

    Raises:
        OutputRefused: the folder exists, or cannot be written; nothing is left behind.
    """
    if target.exists() or target.is_symlink():
        raise OutputRefused(
            Text("Такая папка уже есть, она не тронута.", "Such a folder exists and was left as it is."),
            where=str(target),
            remedy=Text("Укажите другое место: --to ПАПКА.", "Give another place: --to FOLDER."),
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            made = [_written(fresh, place, text) for place, text in files_of(name, title)]
            fresh.chmod(0o755)
            fresh.rename(target)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    except OSError as error:
        raise OutputRefused(
            Text(f"Папка не записана: {error.strerror}.", f"The folder was not written: {error.strerror}."),
            where=str(target),
            remedy=Text("Проверьте путь и права.", "Check the path and the rights."),
        ) from None
    return [target / path for path in made]


def _written(folder: Path, place: str, text: str) -> Path:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return Path(place)

"""Acts from files: shipped ones by id, anybody's by path. A broken act is refused with all its problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

from munsocial.errors import ActRefused, FileRefused
from munsocial.files import MEGABYTE, exists, read_text
from munsocial.model.checking.secretlike import shown
from munsocial.model.given import as_path
from munsocial.model.parsing import parse_json, parse_toml, too_deep
from munsocial.policy.act import Act, NetworkStatus
from munsocial.policy.catalogue import KINDS
from munsocial.policy.checking import problems_of
from munsocial.wording import Text

__all__ = ["act_schema", "load_acts", "network_statuses", "read_act", "shipped_acts"]

_NUMBERS_BY_CATEGORY = ("by_category", "thresholds_by_category")
_AT_MOST = 16 * MEGABYTE


def load_acts(
    names: Iterable[str | Path], *, beside: Path | None = None, found: Sequence[Path] = ()
) -> tuple[Act, ...]:
    """Load acts by shipped id or by path, in the order given; they stack and none overrides another.

    A relative path is looked for beside ``beside`` (a registry file's folder) first, then from the current folder.
    ``found`` are further files, of plugins, whose acts can be named by id. Every act also carries the shipped
    status of networks over time, unless it states that of the same network itself.

    Raises:
        FileRefused: no such id or file, or not TOML or JSON; line and column are named.
        ActRefused: the act is broken; ``problems`` lists everything at once.
    """
    if isinstance(names, (str, Path)):
        names = [names]
    acts = tuple(_with_statuses(_load(name, beside, found)) for name in names)
    repeated = sorted(name for name, times in Counter(act.id for act in acts).items() if times > 1)
    if repeated:
        raise ActRefused(
            Text("акт «{id}» назван дважды.", "act {id!r} is named twice.").fill(id=repeated[0]),
            remedy=Text("Уберите повтор или дайте актам разные id.", "Remove one, or give the acts different ids."),
        )
    return acts


def shipped_acts() -> tuple[str, ...]:
    """Ids of the acts that come with the library."""
    folder = files("munsocial.policy").joinpath("acts")
    return tuple(sorted(one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml")))


@cache
def network_statuses() -> tuple[NetworkStatus, ...]:
    """The shipped status of networks over time: federal facts, each with source and certainty."""
    return _shipped("federal").network_status


def read_act(path: str | PathLike[str]) -> Act:
    """Read one act from a file, TOML or JSON by its suffix.

    Raises:
        FileRefused: the file cannot be read or parsed.
        ActRefused: the act is broken.
    """
    path = as_path(path, "path")
    text, is_json = read_text(path, at_most=_AT_MOST), path.suffix.lower() == ".json"
    try:
        return _checked(_parsed(text, str(path), is_json=is_json), str(path))
    except RecursionError:
        raise too_deep("JSON" if is_json else "TOML", str(path)) from None


def act_schema() -> dict[str, Any]:
    """Return the JSON Schema of act files; ``params`` are described kind by kind."""
    schema = Act.model_json_schema(by_alias=True)
    kinds = {name: kind.params.model_json_schema(by_alias=True) for name, kind in KINDS.items()}
    rows = schema["$defs"]["Requirement"]["properties"]
    rows["kind"] = {"enum": sorted(KINDS)}
    rows["params"] = {"type": "object"}
    schema["$defs"]["Requirement"]["required"] = ["id", "kind", "level"]
    schema["$defs"]["Requirement"]["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": name}}},
            "then": {"properties": {"params": {"$ref": f"#/$defs/{name}"}}},
        }
        for name in kinds
    ]
    for name, described in kinds.items():
        schema["$defs"].update(described.pop("$defs", {}))
        schema["$defs"][name] = described
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _load(name: str | Path, beside: Path | None, found: Sequence[Path]) -> Act:
    if isinstance(name, str) and name in shipped_acts():
        return _shipped(name)
    known = {path.stem: path for path in found}
    if isinstance(name, str) and name in known:
        return read_act(known[name])
    path = Path(name)
    if beside is not None and not path.is_absolute() and exists(beside / path):
        path = beside / path
    if isinstance(name, str) and not path.suffix and not exists(path):
        raise _no_such_act(name, (*shipped_acts(), *known))
    return read_act(path)


def _no_such_act(name: str, known: Sequence[str]) -> FileRefused:
    return FileRefused(
        Text("нет акта «{name}».", "there is no act {name!r}.").fill(name=shown(name)),
        where=shown(name),
        remedy=Text(
            "Поставляются: {known}. Свой акт укажите путём к файлу .toml.",
            "Shipped: {known}. Name your own act by the path of its .toml file.",
        ).fill(known=", ".join(known)),
    )


@cache
def _shipped(name: str) -> Act:
    text = files("munsocial.policy").joinpath("acts", f"{name}.toml").read_text("utf-8")
    return _checked(_parsed(text, f"{name}.toml", is_json=False), f"{name}.toml")


def _with_statuses(act: Act) -> Act:
    own = {status.network for status in act.network_status}
    added = tuple(status for status in network_statuses() if status.network not in own)
    return act.model_copy(update={"network_status": (*act.network_status, *added)}) if added else act


def _parsed(text: str, where: str, *, is_json: bool) -> dict[str, Any]:
    raw: Any = _without_nulls(parse_json(text, where=where)) if is_json else parse_toml(text, where=where)
    if not isinstance(raw, dict):
        raise FileRefused(
            Text("здесь не акт.", "this is not an act."),
            where=where,
            remedy=Text("Укажите файл с актом.", "Name a file that holds an act."),
        )
    return raw


def _without_nulls(value: Any) -> Any:
    """JSON says "null" where TOML says nothing: a field that is not filled in. A category without a number stays."""
    if isinstance(value, list):
        return [_without_nulls(one) for one in value]
    if isinstance(value, dict):
        return {
            name: one if name in _NUMBERS_BY_CATEGORY else _without_nulls(one)
            for name, one in value.items()
            if one is not None
        }
    return value


def _checked(raw: dict[str, Any], where: str) -> Act:
    problems = problems_of(raw)
    if problems:
        raise ActRefused(Text("акт составлен неверно.", "the act is broken as a document."), problems, where=where)
    return Act.model_validate(raw)

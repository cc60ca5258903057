"""Reading a table ``networks.<name>`` of a register into the settings of an adapter, with mistakes told in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ValidationError

from munsocial.errors import RegistryRefused
from munsocial.model.checking.mistakes import problem_of, unfit
from munsocial.transport.addresses import BASE_WANTED, flaw_of_base
from munsocial.wording import Text

__all__ = ["BaseAddress", "addresses_in", "read_settings"]

Settings = TypeVar("Settings", bound=BaseModel)

_WRONG = Text("настройки сети не годятся.", "the settings of the network do not fit.")
_REMEDY = Text("Исправьте раздел [networks.{network}].", "Correct the table [networks.{network}].")


def _usable(url: str) -> str:
    if (flaw := flaw_of_base(url)) is not None:
        raise unfit("", flaw, BASE_WANTED)
    return url


BaseAddress = Annotated[str, AfterValidator(_usable)]
"""An address of a network among settings: https, or http to this very computer, with nothing that could hold a key."""


def addresses_in(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of the settings that are addresses of the network, or may be."""
    fields = model.model_fields.items()
    return tuple(name for name, one in fields if any(map(_is_address, (one.annotation, *one.metadata))))


def _is_address(part: Any) -> bool:
    """Tell it of a part of an annotation: ``BaseAddress | None`` keeps the rule within."""
    inner = get_args(part) if get_origin(part) in (Annotated, Union, UnionType) else ()
    return getattr(part, "func", None) is _usable or any(map(_is_address, inner))


def read_settings(model: type[Settings], table: Mapping[str, Any], network: str) -> Settings:
    """Read the settings of a network as the model of its adapter wants them.

    Raises:
        RegistryRefused: an unknown name or a value that does not fit; its ``problems`` name all of them.
    """
    try:
        return model.model_validate(dict(table))
    except ValidationError as error:
        found = error.errors(include_url=False)
    problems = tuple(problem_of(one, "networks", network, model.model_fields) for one in found)
    raise RegistryRefused(_WRONG, problems, where=f"networks.{network}", remedy=_REMEDY.fill(network=network))

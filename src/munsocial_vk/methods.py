"""Methods of VK as data: which kinds of keys serve, whether a repetition is safe, which right is wanted."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from munsocial.transport.session import Repeat

__all__ = ["COMMUNITY", "SERVICE", "USER", "Method", "known_methods", "method_of"]

SERVICE, COMMUNITY, USER = "service_key", "community_key", "user_key"
_KINDS = {"s": SERVICE, "c": COMMUNITY, "u": USER}
_READING = ("get", "search", "is", "resolve", "check")


@dataclass(frozen=True, slots=True)
class Method:
    """One method: ``kinds`` weakest first; ``right`` in VK's word, empty where none is wanted."""

    name: str
    kinds: tuple[str, ...]
    repeat: Repeat
    right: str = ""


@cache
def known_methods() -> dict[str, Method]:
    """Return all methods of the table, by name."""
    table = tomllib.loads(resources.files("munsocial_vk").joinpath("data/methods.toml").read_text("utf-8"))
    return {
        name: Method(name, tuple(_KINDS[one] for one in keys), Repeat(does), right)
        for name, (keys, does, right) in table["methods"].items()
    }


def method_of(name: str) -> Method:
    """Return what is known of a method; an unknown one takes any key and is repeated only if its name says it reads."""
    known = known_methods().get(name)
    if known is not None:
        return known
    reads = name.rpartition(".")[2].startswith(_READING)
    return Method(name, (SERVICE, COMMUNITY, USER), Repeat.READ if reads else Repeat.ONCE)

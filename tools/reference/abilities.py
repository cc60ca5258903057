"""What each shipped adapter can do, by which keys, within which limits; and why not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from munsocial.network import Ability, Adapter, Declared, How, Limits
from munsocial.plugins import load_plugins
from tools.reference.markdown import GENERATED, table

__all__ = ["page"]

_HEAD = """# Abilities

{made}
What the shipped adapters declare. *native*: the network does it; *local*: we do it in the network's place; *manual*: a
person does it on the site by our instruction, and it is checked by reading; *absent*: it cannot be done, for the reason
given. Asking for what is absent raises [`AbilityAbsent`](errors.md#ability-absent) before anything is sent.
`munsocial networks --table` prints the same for every installed adapter, also for those of others.
"""
_SHIPPED = ("munsocial_vk", "munsocial_ok")


def page() -> str:
    """Return the page."""
    found = load_plugins().adapters.values()
    adapters = sorted((one for one in found if one.__module__.startswith(_SHIPPED)), key=lambda one: one.name)
    overview = table(
        ("Ability", *(f"{one.title} ({one.name})" for one in adapters)),
        ((f"`{ability}`", *(one.capabilities.of(ability).how for one in adapters)) for ability in Ability),
    )
    return "\n".join([_HEAD.format(made=GENERATED), overview, *("\n".join(_section(one)) for one in adapters)])


def _section(adapter: type[Adapter]) -> Iterator[str]:
    told = adapter.capabilities
    yield f"## {adapter.name}: {adapter.title}\n"
    yield f"API version: {adapter.api}. Formats: {_words(told.formats)}. Can subscribe: {_words(told.subscribers)}.\n"
    yield table(("Ability", "How", "Keys, weakest first", "Limits", "Note"), (_row(adapter, one) for one in Ability))


def _words(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)) or "none"


def _row(adapter: type[Adapter], ability: Ability) -> tuple[str, ...]:
    told = adapter.capabilities.of(ability)
    keys = ", ".join(f"`{one}`" for one in told.keys)
    return f"`{ability}`", told.how, keys, _limits(told.limits), _note(told)


def _limits(limits: Limits) -> str:
    named = ((field.name, getattr(limits, field.name)) for field in dataclasses.fields(limits))
    return ", ".join(f"{name} {_limit(value)}" for name, value in named if value not in (None, (), len))


def _limit(value: object) -> str:
    if callable(value):
        return f"as counted by `{getattr(value, '__qualname__', value)}`"
    return "/".join(value) if isinstance(value, tuple) else str(value)


def _note(told: Declared) -> str:
    parts = [told.reason.en if told.reason else ""]
    if told.keyed:
        parts.append("A repetition with the same key is dropped by the network.")
    if told.how is How.MANUAL and told.instruction:
        parts.append(told.instruction.en)
    return " ".join(part for part in parts if part)

"""Who is who among those who make, sign and apply: one person in two spellings is one, by the register's own names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from munsocial.model.people import Person
from munsocial.model.registry import Registry

__all__ = ["persons_of", "spelled"]


def spelled(name: str) -> str:
    """Return a name by its letters and digits: case, spaces, points and «ё» tell nobody apart."""
    return "".join(filter(str.isalnum, name.casefold().replace("ё", "е")))


def persons_of(registry: Registry) -> Callable[[str], str]:
    """Return what tells persons apart: the id of whom the register knows by that name, else the name as spelled.

    Known are id, full name, surname, surname with initials; what two persons share names neither of them.
    """
    owners: dict[str, set[str]] = {}
    for person in registry.people:
        for name in _names(person):
            owners.setdefault(spelled(name), set()).add(person.id)
    known = {name: spelled(next(iter(ids))) for name, ids in owners.items() if len(ids) == 1}
    return lambda name: known.get(spelled(name), spelled(name))


def _names(person: Person) -> Iterator[str]:
    yield person.id
    yield person.name
    surname, *others = person.name.split() or [""]
    initials = "".join(part[0] for part in others)
    yield surname
    yield surname + initials
    yield initials + surname

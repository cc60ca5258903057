"""Acts as values: the document, its clauses, and what each clause demands so that it can be checked."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PrivateAttr,
    SerializeAsAny,
    StringConstraints,
    field_serializer,
    model_validator,
)
from pydantic.functional_validators import ModelWrapValidatorHandler  # the top of pydantic 2.10 does not name it
from pydantic_core import PydanticCustomError

from munsocial.model.base import Id, Line, Record
from munsocial.policy.catalogue import KINDS
from munsocial.policy.citing import cited
from munsocial.policy.params import Attested, Params
from munsocial.policy.speech import month_of, year_of
from munsocial.policy.verdict import Level
from munsocial.wording import Text

__all__ = ["RESTRICTING", "Act", "Clause", "Fact", "NetworkStatus", "Requirement"]

RESTRICTING = frozenset({"blocked", "banned_owner_extremist", "banned"})
"""Statuses of a network under which it may not be used; ``restricted_step_by_step`` is not one of them."""

_PARTIAL = re.compile(r"^([0-9]{4})(?:-([0-9]{2}))?$")
_NUMBER = re.compile(r"^\s*[+-]?\d[\d_]*(?:\.\d*)?\s*$")


def _year_and_month(value: Any) -> tuple[int, int | None] | None:
    """Read ``2022`` and ``2022-03``: sources often know no more. Any other number is no day.

    Raises:
        PydanticCustomError: a number, which would be read as seconds since 1970.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    known = _PARTIAL.match(str(value))
    if known and known[1] != "0000" and (known[2] is None or "01" <= known[2] <= "12"):
        return int(known[1]), int(known[2]) if known[2] else None
    if not isinstance(value, str) or _NUMBER.match(value):
        raise PydanticCustomError("date_parsing", "a date is written as a number")
    return None


def _first_day(value: Any) -> Any:
    """Take a partial date as the first day that it can mean."""
    known = _year_and_month(value)
    return date(known[0], known[1] or 1, 1) if known else value


def _last_day(value: Any) -> Any:
    """Take a partial date as the last day that it can mean."""
    known = _year_and_month(value)
    if not known:
        return value
    year, month = known[0], known[1] or 12
    return date(year, month, monthrange(year, month)[1])


def _some(networks: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Take an empty list as no list: like an act, a demand that names no network means any."""
    return networks or None


FirstDay = Annotated[date | None, BeforeValidator(_first_day)]
LastDay = Annotated[date | None, BeforeValidator(_last_day)]


class Clause(Record):
    """A numbered point: its words (``ru``, quoted), our summary (``en``), and whether it binds anybody."""

    ru: str = ""
    en: str = ""
    binding: bool = True
    """False for a point which only defines words or scope; a binding one must have a requirement."""
    note: str = ""
    certainty: str = ""
    source: str = ""


class NetworkStatus(Record):
    """What the law said of a network from day to day; ``certainty`` is A (text read), B (press) or C (hearsay)."""

    network: Id
    status: Id
    since: FirstDay = Field(default=None, alias="from")
    until: LastDay = Field(default=None, alias="to")
    basis: str = ""
    certainty: str = ""
    source: str = ""
    note: str = ""
    _roughly: Literal["month", "year"] | None = PrivateAttr(None)

    @model_validator(mode="wrap")
    @classmethod
    def _as_known(cls, given: Any, made: ModelWrapValidatorHandler[Self]) -> Self:
        """Remember that the source names a month or a year: the first day of it is only reckoned with."""
        status = made(given)
        known = _year_and_month(given.get("from")) if isinstance(given, dict) else None
        if known:
            status._roughly = "month" if known[1] else "year"
        return status

    def but(self, **changes: Any) -> Any:
        """Return a copy with some fields changed and all of them checked again; its first day is as closely known."""
        return super().but(**{"from": self._as_given(self.since), **changes})

    @field_serializer("since")
    def _as_given(self, since: date | None) -> date | str | None:
        """Write the first day as the source names it: read again, it is not known more closely."""
        if since is None or self._roughly is None:
            return since
        return since.isoformat()[:7] if self._roughly == "month" else since.isoformat()[:4]

    @property
    def begun(self) -> date | Text | None:
        """Since when it holds as far as anybody knows, for a sentence: a day, or a month or a year alone."""
        if self.since is None or self._roughly is None:
            return self.since
        return month_of(self.since) if self._roughly == "month" else year_of(self.since)

    @property
    def restricting(self) -> bool:
        """Tell whether this status forbids or prevents using the network."""
        return self.status in RESTRICTING

    def covers(self, day: date) -> bool:
        """Tell whether the status held on that day, both ends included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Requirement(Record):
    """One checkable demand of a clause.

    ``applies_to`` are words for bodies (see `Body.addressed_as`), or ids; empty means every body of the register.
    ``deadline`` is the last day for fulfilling it. ``derived`` marks what is our reading and not the words of the act.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.#-]{0,79}$")]
    clause: str = ""
    kind: str
    level: Level
    applies_to: tuple[str, ...] = ()
    params: SerializeAsAny[Params]
    networks: Annotated[tuple[Id, ...] | None, AfterValidator(_some)] = None
    """The networks of which it speaks, be they named by the act or not; none named: those of the act."""
    since: FirstDay = Field(default=None, alias="from")
    until: LastDay = None
    deadline: LastDay = None
    note: str = ""
    certainty: str = ""
    source: str = ""
    derived: bool = False

    @model_validator(mode="before")
    @classmethod
    def _by_kind(cls, given: Any) -> Any:
        """Read the parameters by the model of the kind."""
        if not isinstance(given, dict) or isinstance(given.get("params"), Params):
            return given
        kind = KINDS.get(str(given.get("kind")))
        if kind is None:
            raise ValueError(f"unknown kind {given.get('kind')!r}")
        return {**given, "params": kind.params.model_validate(given.get("params", {}))}

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that it rests on: an act may tie one demand to several, ``"2, 3"``."""
        return cited(self.clause)

    def attested_as(self, act: str) -> tuple[str, str, str]:
        """The names under which it can be attested; what an act wants attested has a word of its own for a kind."""
        own = self.params.statement if isinstance(self.params, Attested) else self.kind
        return f"{act}.{self.id}", self.id, own


class Fact(Record):
    """Something known about the law which demands nothing that can be checked here, with its source and certainty."""

    id: Id
    ru: str
    en: str
    certainty: str
    source: str
    """An act or an official address; ``not found`` for what was looked for in vain."""


class Act(Record):
    """A document with clauses and what they demand; number and dates may be blank in a draft."""

    id: Id
    title: Line
    title_en: str = ""
    status: str = ""
    number: str | None = None
    date: FirstDay = None
    issuer: str = ""
    region: str = ""
    tier: str = ""
    form: str = ""
    url: str = ""
    sources: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    coverage: str = ""
    certainty: str = ""
    as_of: str = ""
    note: str = ""
    not_found: tuple[str, ...] = ()
    in_force_from: FirstDay = None
    in_force_until: LastDay = None
    networks: tuple[Id, ...] = ()
    """The networks that it names; empty: it names none and means any."""
    clauses: dict[str, Clause] = {}
    requirements: tuple[Requirement, ...] = ()
    network_status: tuple[NetworkStatus, ...] = ()
    facts: tuple[Fact, ...] = ()
    """What else is known, for people: no rule reads it."""

    @cached_property
    def requirement_by_id(self) -> dict[str, Requirement]:
        """Requirements by id."""
        return {requirement.id: requirement for requirement in self.requirements}

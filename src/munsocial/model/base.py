"""What all records of the model share: frozen, strict about unknown keys, moments with a zone, periods of days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

__all__ = ["Id", "Large", "Line", "Moment", "OpenWord", "Period", "Record", "mended", "typed_maker"]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,79}$")]
"""Id of a record in a registry: Latin lower case, digits, dot, dash, underscore; at most 80."""

OpenWord = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""A word that acts spell freely, in any letters: a ground, a mark, a statement; whoever says it twice says it alike."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
"""A short text that may not be empty."""


def _to_utc(moment: datetime) -> datetime:
    try:
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except OverflowError:  # the first or the last day that a calendar knows, in another zone
        raise ValueError("the moment lies outside the calendar") from None


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment with a zone, kept in UTC; a naive one is refused."""


def mended(text: str) -> str:
    """Return a text that every file and network can hold: half of a sign cut through its middle becomes a mark."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Record(BaseModel):
    """A frozen value read from a file: unknown keys are refused, so that a slip is named at load."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=False)

    def but(self, **changes: Any) -> Any:
        """Return a copy with some fields changed and all of them checked again."""
        fields = type(self).model_fields
        # By field and not by __dict__, which also keeps what look-ups have cached.
        now = {field.alias or name: getattr(self, name) for name, field in fields.items()}
        return type(self)(**{**now, **changes})

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed, unchecked; what look-ups have cached of the old ones stays behind."""
        copied = super().model_copy(update=update, deep=deep)
        if update and len(self.__dict__) > len(fields := type(self).model_fields):
            for name in self.__dict__.keys() - fields.keys():
                copied.__dict__.pop(name, None)
        return copied


class Large(Record):
    """A record of tables that may be long: of these only the length is shown, in a console or a log."""

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        for name, value in super().__repr_args__():
            yield (f"len({name})", len(value)) if isinstance(value, tuple) else (name, value)


class Period(Record):
    """Something that holds on days from ``since`` to ``until``, both included; None is an open end."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the day lies inside, both ends included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


_NAMES: dict[frozenset[str], set[str]] = {}


def shared_names(given: Iterable[str]) -> set[str]:
    """Return one set for all values of which the same fields were given: a set of its own is a third of a record.

    Only for frozen values: nobody may change what is shared.
    """
    names = frozenset(given)
    return _NAMES.setdefault(names, set(names))


R = TypeVar("R", bound=Record)


def typed_maker(kind: type[R]) -> Callable[..., R]:
    """Return a maker of records out of values that a decoder has checked already: nothing is checked again.

    For records that come by the thousand, where checking twice is half of the time (pydantic's own `model_construct` is
    slower than checking). Moments must be aware and in UTC. Only for kinds whose defaults are immutable.

    Raises:
        TypeError: a default could be shared between records and then changed.
    """
    # Required fields have their places too, so that what is made is spelled in the order of the fields.
    defaults = {name: field.default for name, field in kind.model_fields.items()}
    if any(default.__hash__ is None for default in defaults.values()):
        raise TypeError(kind.__name__)
    new, put = kind.__new__, object.__setattr__

    def make(**values: Any) -> R:
        record = new(kind)
        put(record, "__pydantic_fields_set__", shared_names(values))
        put(record, "__pydantic_extra__", None)
        put(record, "__pydantic_private__", None)
        put(record, "__dict__", {**defaults, **values})
        return record

    return make

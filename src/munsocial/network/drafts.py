"""What is to be published, and what comes back from a network: pages of listings and ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, ValidationError

from munsocial.errors import DraftRefused, NaiveTime, Problem
from munsocial.model.base import Moment, Record, mended
from munsocial.model.checking.mistakes import problem_of
from munsocial.model.snapshot import Missing
from munsocial.wording import Text

__all__ = ["Draft", "Media", "Page", "Poll", "PostId", "Window"]

_NO_ZONE = Text("момент {moment} указан без часового пояса.", "the moment {moment} has no time zone.")
_ADD_ZONE = Text(
    "Допишите пояс, например datetime(2026, 12, 1, 10, tzinfo=ZoneInfo('Europe/Moscow')).",
    "Add the zone: datetime(2026, 12, 1, 10, tzinfo=ZoneInfo('Europe/Moscow')), for example.",
)
_UNFIT = Text("запись для публикации составлена неверно.", "the publication is made wrongly.")
_CALL = Text("Составьте её: {kind}(…).", "Make one: {kind}(...).")


def _with_zone(moment: object) -> object:
    """Refuse a moment without a zone, be it a program's or of TOML; a text is told with the other mistakes.

    Raises:
        NaiveTime: it has none.
    """
    if isinstance(moment, datetime) and moment.utcoffset() is None:
        raise NaiveTime(_NO_ZONE.fill(moment=moment.isoformat(" ", "minutes")), remedy=_ADD_ZONE)
    return moment


_Told = Annotated[Moment, BeforeValidator(_with_zone)]
_Whole = Annotated[str, AfterValidator(mended)]
Item = TypeVar("Item", covariant=True)


class Window(NamedTuple):
    """A span of time of a listing: ``since`` included, ``until`` not; both aware."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a listing; ``cursor`` None means that nothing follows.

    ``gaps`` says what the network left out of this page, or what of it could not be read: counts are then
    lower bounds.
    """

    items: tuple[Item, ...]
    cursor: str | None = None
    gaps: tuple[Missing, ...] = ()

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)


def _problem(error: Any, kind: type[Record]) -> Problem:
    problem = problem_of(error, "", "", kind.model_fields)
    # A file writes a record as a table, a program as a call.
    return (
        replace(problem, remedy=_CALL.fill(kind=error["ctx"]["class_name"]))
        if "class_name" in error.get("ctx", ())
        else problem
    )


class _Made(Record):
    """What a caller makes by hand: its mistakes are told in our words; of one read from a plan, by whoever reads it."""

    if not TYPE_CHECKING:  # checkers know the fields

        def __init__(self, /, **given: Any) -> None:
            try:
                super().__init__(**given)
            except ValidationError as error:
                problems = tuple(_problem(one, type(self)) for one in error.errors(include_url=False))
                raise DraftRefused(_UNFIT, problems, where=type(self).__name__) from None

        __init__.__pydantic_base_init__ = True  # pydantic's own mark: what it validates does not come this way


class Media(_Made):
    """A file of a publication. It is named, not held: it is opened again for each attempt."""

    path: Path
    kind: Literal["photo", "video", "document"] = "photo"
    title: str = ""
    infographic: bool = False


if TYPE_CHECKING:  # checkers see what may be given; a tuple is kept, so that nobody changes it afterwards
    _Files = Sequence[Media]
    _Words = Sequence[str]
else:
    _Files = tuple[Media, ...]
    _Words = tuple[str, ...]


class Poll(_Made):
    """A poll of a publication."""

    question: str
    answers: _Words
    anonymous: bool = True
    multiple: bool = False
    closes_at: _Told | None = None


class Draft(_Made):
    """A publication before it is sent; the same draft may go to many accounts, with ``variants`` by network.

    Raises:
        NaiveTime: ``publish_at`` has no time zone.
        DraftRefused: an unknown field or a value that does not fit; its ``problems`` name all of them.
    """

    model_config = ConfigDict(str_strip_whitespace=False)

    text: _Whole = ""
    media: _Files = ()
    poll: Poll | None = None
    link: str | None = None
    topic: str | None = None
    style_exempt: str | None = None
    publish_at: _Told | None = None
    comments_closed: bool = False
    variants: dict[str, _Whole] = {}
    """Network name to a text of its own."""

    def text_for(self, network: str) -> str:
        """Return the text for a network: its variant or the common one."""
        return self.variants.get(network, self.text)


class PostId(Record):
    """What a publication got in its network; ``scheduled`` ids may change when it appears."""

    id: str
    url: str | None = None
    scheduled: bool = False

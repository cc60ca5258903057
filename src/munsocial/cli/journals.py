"""Where a journal lies, opening it, and checking it: shared by the commands that look into one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.options import journal_at, journal_there
from munsocial.cli.tongue import both
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.journal.journal import Journal
    from munsocial.journal.verifying import Verified
    from munsocial.model.registry import Registry

__all__ = ["Place", "check_beside", "journal_of", "reading_of", "registry_of", "there", "verified_at"]

Place = Annotated[
    str,
    typer.Argument(
        metavar=both("ЖУРНАЛ", "JOURNAL"),
        help=both(
            "Журнал (.sqlite), реестр, рядом с которым он лежит, или адрес postgresql://.",
            "A journal (.sqlite), the registry beside which it lies, or an address postgresql://.",
        ),
        show_default=False,
    ),
]


_NAME_IT = Text(
    "Он появится после первого действия; если он лежит в другом месте, назовите здесь его файл.",
    "It appears with the first deed; if it lies elsewhere, name its file here.",
)


def verified_at(place: str, anchor: tuple[int, str] | None) -> Verified:
    """Check a journal or an export of one."""
    from munsocial.journal.moving import is_export, verify_export

    if is_export(place):
        return verify_export(Path(place), anchor=anchor)
    with reading_of(place) as journal:
        return journal.verify(anchor=anchor)


def check_beside(targets: Iterable[Path], place: str, ends: Collection[str] = ()) -> None:
    """Refuse a target that is the journal itself, the register beside which it lies, or another sort of file.

    Raises:
        OutputRefused: see `munsocial.cli.outputs.check_target`.
    """
    from munsocial.cli.outputs import check_target, kept_by

    for target in targets:
        check_target(target, inputs=[] if "://" in place else kept_by(Path(place)), ends=ends)


def there(place: str) -> str | Path:
    """Return a journal's place, which must exist.

    Raises:
        InputError: there is no such file.
    """
    return place if "://" in place else journal_there(Path(place), remedy=_NAME_IT)


def journal_of(file: Path, given: str, *, write: bool = False) -> Journal:
    """Open the journal of a register, or the ``given`` one, which must exist.

    Raises:
        InputError: there is no such file. JournalError: it cannot be opened.
    """
    from munsocial.journal.journal import open_journal

    return open_journal(journal_there(file, given), only_read=not write)


@contextmanager
def reading_of(place: str) -> Iterator[Journal]:
    """Open a journal for reading only: nothing of it is upgraded or changed.

    Raises:
        JournalError: it cannot be opened or read, or what was read of it fits no deed and the journal is not whole.
    """
    from munsocial.journal.forged import FORGED, not_whole
    from munsocial.journal.journal import open_journal

    with open_journal(there(place), only_read=True) as journal:
        try:
            yield journal
        except FORGED:
            # An entry may be readable and still lack what its kind always holds. In a whole journal that is our fault.
            if (verified := journal.verify()).whole:
                raise
            raise not_whole(Text.of(verified), journal.where) from None


def registry_of(place: str) -> Registry | None:
    """Return the register beside which the journal lies, when it was named by it."""
    from munsocial.model.files import load_registry

    if "://" in place or journal_at(Path(place)) == Path(place):
        return None
    return load_registry(Path(place))

"""What reading a text gave, kept by the digest of the text: every text is read once, and never again after saving.

Rules ask here and not `munsocial.language`: so an audit does not depend on how long reading takes, and readings can be
kept beside a snapshot. The reader is a value too: a test may bring its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from munsocial.errors import FileRefused
from munsocial.files import MEGABYTE, read_text, write_text
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.language import Router, Vocabulary

__all__ = ["Place", "Reader", "Readings", "StyleRead"]

_SCHEMA = "munsocial.readings/1"


class Place(NamedTuple):
    """One place in a text that a reader pointed out: ``text[start:end]``, what it is, and why.

    ``weight`` is the confidence of a mark (0..1), or the gravity of a remark on style (1..3).
    """

    category: str
    start: int
    end: int
    weight: float
    why: Text


class StyleRead(NamedTuple):
    """How a publication reads: ``reads_as`` is ``press``, ``talk``, or None when it is too short to say.

    ``exempt``: a warning, an obituary, a text in another language; no place in it was looked for.
    """

    score: float | None
    reads_as: str | None
    remarks: tuple[Place, ...]
    exempt: bool = False


class Reader:
    """Reading by `munsocial.language`, with the municipality's own words and places."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._vocabulary: Vocabulary | None = None
        self._router: Router | None = None

    def fingerprint(self) -> str:
        """What readings depend on beside the text: the language, own words, the places that route questions."""
        from munsocial.language.edition import edition

        bodies = [(body.id, body.name, body.places, body.streets, body.organisations) for body in self._registry.bodies]
        words = [(word.word, word.category) for word in self._registry.words]
        return _digest(json.dumps([edition(), bodies, words], ensure_ascii=False))

    def marks(self, text: str) -> tuple[Place, ...]:
        """Signs of what clause 9 speaks of."""
        from munsocial.language import Vocabulary, marks

        if self._vocabulary is None and self._registry.words:
            self._vocabulary = Vocabulary.of(self._registry.words)
        found = marks(text, vocabulary=self._vocabulary)
        return tuple(Place(one.category, *one.span, one.confidence, one.why) for one in found)

    def style(self, text: str) -> StyleRead:
        """How a publication reads (clause 8)."""
        from munsocial.language import style

        read = style(text)
        remarks = tuple(
            Place(one.category, one.start, one.end, float(one.weight), Text(one.advice, one.advice))
            for one in read.remarks
        )
        return StyleRead(read.score, read.reads_as, remarks, exempt=read.exempt is not None)

    def topic(self, text: str) -> str:
        """The topic of a publication (clauses 2.2, 3.3)."""
        from munsocial.language import topic

        return str(topic(text))

    def question(self, text: str) -> bool:
        """Whether a comment asks the authorities something (clause 11)."""
        from munsocial.language import is_question

        return is_question(text)

    def route(self, text: str) -> str | None:
        """Whose question it is: a body's id, ``other``, or None when no place is named."""
        if self._router is None:
            from munsocial.language import router

            self._router = router(self._registry)
        return self._router.route(text)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


T = TypeVar("T")


class Readings:
    """A store of readings. Asking reads a text at most once; `read` does so beforehand for a whole snapshot."""

    def __init__(self, reader: Reader, saved: dict[str, dict[str, Any]] | None = None) -> None:
        self._reader = reader
        self._saved = saved or {}
        self._known: dict[str, dict[str, Any]] = {name: {} for name in _ASPECTS}
        self.read_anew = 0
        """How many readings were made here, and not found among those kept: none means nothing new to save."""

    @classmethod
    def of(cls, registry: Registry, snapshot: Snapshot | None = None, *, kept: Path | None = None) -> Readings:
        """Read a snapshot, taking what an earlier audit left at ``kept``; a stale or absent file is no fault."""
        reader = Reader(registry)
        readings = cls(reader, _kept(kept, reader.fingerprint()) if kept and kept.exists() else None)
        if snapshot is not None:
            readings.read(snapshot)
        return readings

    def style(self, text: str) -> StyleRead:
        """How a publication reads."""
        return self._ask("style", text, self._reader.style)

    def marks(self, text: str) -> tuple[Place, ...]:
        """Signs of what is subject to removal."""
        return self._ask("marks", text, self._reader.marks)

    def topic(self, text: str) -> str:
        """The topic of a publication."""
        return self._ask("topic", text, self._reader.topic)

    def question(self, text: str) -> bool:
        """Whether a text asks something."""
        return self._ask("question", text, self._reader.question)

    def route(self, text: str) -> str | None:
        """Whose question a text is."""
        return self._ask("route", text, self._reader.route)

    def read(self, snapshot: Snapshot) -> None:
        """Read every text of a snapshot that rules may ask about."""
        for view in snapshot.accounts:
            for post in view.posts.value or ():
                if post.text:
                    self.style(post.text)
                    self.marks(post.text)
                    self.topic(post.text)
            said = [one.text for one in view.comments.value or ()] + [one.text for one in view.messages.value or ()]
            for text in said:
                if text:
                    self.marks(text)
        for view in snapshot.upstream:
            for comment in view.comments.value or ():
                if comment.text and self.question(comment.text):
                    self.route(comment.text)

    def _ask(self, aspect: str, text: str, read: Callable[[str], T]) -> T:
        known = self._known[aspect]
        if text in known:
            return known[text]  # type: ignore[no-any-return]  # one dict for aspects of different types
        saved = self._saved.get(aspect)
        if saved and (raw := saved.get(_digest(text), _ABSENT)) is not _ABSENT:
            # A kept reading that is no reading (a file changed by hand) is read again.
            with suppress(TypeError, ValueError, LookupError, AttributeError):
                value = known[text] = _ASPECTS[aspect](raw, len(text))
                return value  # type: ignore[no-any-return]  # as above
        self.read_anew += 1
        fresh = known[text] = read(text)
        return fresh

    def save(self, path: Path) -> None:
        """Keep the readings beside a snapshot; only digests of texts are written, never texts.

        Raises:
            OutputRefused: the place cannot be written.
        """
        rows = {
            aspect: {**self._saved.get(aspect, {}), **{_digest(text): value for text, value in known.items()}}
            for aspect, known in self._known.items()
        }
        data = {"schema": _SCHEMA, "reader": self._reader.fingerprint(), "readings": rows}
        write_text(path, json.dumps(data, ensure_ascii=False, separators=(",", ":")))


_ABSENT = object()


def _places(rows: Any, length: int) -> tuple[Place, ...]:
    return tuple(_place(row, length) for row in rows)


def _place(row: Any, length: int) -> Place:
    category, start, end, weight, why = row
    if not (isinstance(category, str) and 0 <= start <= end <= length):
        raise ValueError(category)
    ru, en = why
    return Place(category, start, end, float(weight), Text(str(ru), str(en)))


def _style_read(raw: Any, length: int) -> StyleRead:
    score, reads_as, rows, exempt = raw
    if reads_as not in ("press", "talk", None) or not isinstance(exempt, bool):
        raise ValueError(reads_as)
    return StyleRead(None if score is None else float(score), reads_as, _places(rows, length), exempt)


def _kind_of(*kinds: type) -> Callable[[Any, int], Any]:
    def checked(value: Any, _length: int) -> Any:
        if not isinstance(value, kinds):
            raise TypeError(value)
        return value

    return checked


_ASPECTS: dict[str, Callable[[Any, int], Any]] = {
    "style": _style_read,
    "marks": _places,
    "topic": _kind_of(str),
    "question": _kind_of(bool),
    "route": _kind_of(str, type(None)),
}


def _kept(path: Path, fingerprint: str) -> dict[str, dict[str, Any]] | None:
    """Return saved readings, None when they were made by another reader or for other places."""
    try:
        data = json.loads(read_text(path, at_most=2048 * MEGABYTE))
        if data["schema"] != _SCHEMA or data["reader"] != fingerprint:
            return None
        return {aspect: dict(rows) for aspect, rows in data["readings"].items() if aspect in _ASPECTS}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, FileRefused):
        return None

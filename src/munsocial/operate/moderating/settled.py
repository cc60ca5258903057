"""Comments that need no new decision: left by a person, restored, or waiting for one — as they read at that time.

An author may change a comment afterwards. What a person decided of criticism says nothing of the threat that stands
in its place now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.content import Comment
from munsocial.model.given import is_a
from munsocial.model.registry import Registry
from munsocial.operate.applying.digests import read_digest
from munsocial.operate.applying.referrals import Referrals
from munsocial.operate.districts import of_district
from munsocial.operate.grounds import OWED
from munsocial.operate.homes import home_of
from munsocial.operate.moderating.log import Logged, logged
from munsocial.operate.plans.decided import WHO, WHY, see_said
from munsocial.wording import Text

__all__ = ["Settled", "decided_in", "leave_comment", "settled_in"]

_ITEM = (
    Text("не указан комментарий.", "no comment is named."),
    Text("Пишите АККАУНТ:КОММЕНТАРИЙ.", "Write ACCOUNT:COMMENT."),
)

_WHATEVER = ""
"""Stands for every text: an older journal kept none, or it was forgotten on term."""


_Decision = tuple[tuple[str, str], str]
"""(account, comment) and the digest of its text."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Of which comments somebody has decided; (account, comment) to the digests of the texts that were decided on."""

    texts: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[_Decision]) -> Settled:
        """Gather decisions, each a comment and the digest of the text that was decided on."""
        texts: dict[tuple[str, str], set[str]] = {}
        for place, digest in decisions:
            texts.setdefault(place, set()).add(digest)
        return cls({place: frozenset(digests) for place, digests in texts.items()})

    def holds(self, account: str, comment: Comment) -> bool:
        """Tell whether a comment, as it reads now, needs no new decision."""
        digests = self.texts.get((account, comment.id), frozenset())
        return bool(digests) and (_WHATEVER in digests or read_digest(comment.text) in digests)


def settled_in(journal: Journal, deeds: Iterable[Logged] | None = None, *, district: str | None = None) -> Settled:
    """Return what needs no new decision by the journal.

    ``deeds`` are all that are `logged`, where they were read already; ``district`` as there.
    """
    acted_on = _acted_on(journal, logged(journal, district) if deeds is None else deeds, district)
    return Settled.of((*acted_on, *decided_in(journal, "comment.left", district)))


def decided_in(journal: Journal, kind: str, district: str | None = None) -> Iterator[_Decision]:
    """Give what entries of one kind decided, each with the digest that it keeps."""
    for entry in journal.entries(kind=kind):
        if not of_district(entry, district):
            continue
        yield (entry.subject, entry.body["item"]), (entry.personal or {}).get("digest", _WHATEVER)


def _acted_on(journal: Journal, deeds: Iterable[Logged], district: str | None) -> Iterator[_Decision]:
    removed: dict[tuple[str, str], list[str]] = {}
    for deed in deeds:
        if deed.ground == OWED:
            continue  # the answer is a matter of its own: it decides nothing of the comment
        place, digest = (deed.account, deed.item), read_digest(deed.text) if deed.text else _WHATEVER
        removed.setdefault(place, []).append(digest)
        if deed.action == "refer" or deed.state == "manual":
            yield place, digest
    for entry in journal.entries(kind="comment.restored"):
        if not of_district(entry, district):
            continue
        place = entry.subject, entry.body["item"]
        for digest in removed.get(place, [_WHATEVER]):
            yield place, digest


def leave_comment(
    journal: Journal | None,
    registry: Registry,
    account: str,
    item: str,
    *,
    by: str,
    why: str,
    text: str | None,
    write: bool = True,
) -> None:
    """Write down that a person decided to leave a comment; as it reads, it is not proposed again, and its tasks close.

    ``text`` is what the person decided on; once the comment reads otherwise it is looked at anew. With None the
    decision holds whatever it says. The same word is written once. Without ``write`` it is only looked whether this
    could be noted.

    Raises:
        InputError: an account that the register does not know, no comment, nobody named, or no reason.
    """
    home_of(registry, account)  # refuses one that is not there
    see_said(f"{account}:{item}", (item, _ITEM), (by, WHO), (why, WHY))
    if text is not None:
        is_a(str, text, "text")
    if journal is None or not write:
        return
    body = {"district": registry.municipality.id, "item": item, "by": by, "why": why}
    # Not beside the id: a digest without salt would let anybody test a guess after the text was forgotten.
    read = {"digest": read_digest(text)} if text is not None else None
    with journal.writing() as connection:
        if all(one.personal != read for one in journal.entries(kind="comment.left", subject=account, body=body)):
            journal.append_in(connection, [Entry("comment.left", account, body, journal.clock(), read)])
    digest = read["digest"] if read else None
    Referrals(StepBook(journal), registry.municipality.id).left(account, item, digest, by)

"""Shadow mode: moderation runs for weeks, does nothing, and shows what it would have done beside what people did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.model.content import Comment
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Observed, Snapshot
from munsocial.operate.applying.digests import read_digest, text_digest
from munsocial.operate.districts import of_district
from munsocial.operate.grounds import ground_name
from munsocial.operate.moderating.log import removed_in
from munsocial.operate.moderating.queue import Queued, goes_alone, queue_of
from munsocial.operate.moderating.settings import Settings, settings_given
from munsocial.operate.moderating.settled import Settled, decided_in
from munsocial.policy.act import Act
from munsocial.wording import Lang, Text

__all__ = ["ShadowRun", "ShadowSums", "comments_in", "keep_comments", "shadow_pass", "shadow_sums"]

_BATCH = 500

_RUN = Text(
    "Теневой режим, ничего не сделано. Прочитано новых комментариев: {seen}. Было бы предложено удалить: {removed}, из "
    "них без человека: {alone}. Передано человеку сейчас же: {grave}. Показано человеку: {review}.",
    "Shadow mode, nothing was done. New comments read: {seen}. Would have removed: {removed}, of these without a "
    "person: {alone}. Would have handed to a person at once: {grave}. Would have shown to a person: {review}.",
)
_SUM = Text(
    "{ground}: было бы предложено удалить {proposed}; люди удалили {agreed}, решили оставить {left}, не решили {open}",
    "{ground}: removals it would have proposed {proposed}; people removed {agreed}, left {left}, undecided {open}",
)


@dataclass(frozen=True, slots=True)
class ShadowRun:
    """What one pass in the shadow would have done; ``seen`` counts comments that no earlier pass had read."""

    seen: int
    decisions: tuple[Queued, ...]
    alone: int
    """Removals that would have been made without a person."""

    def say(self, lang: Lang = "ru") -> str:
        """Return one paragraph for a person."""
        counts = Counter(one.decision.what for one in self.decisions)
        facts = {"removed": counts["remove"], "grave": counts["refer"], "review": counts["review"]}
        return _RUN.fill(seen=self.seen, alone=self.alone, **facts).say(lang)


@dataclass(frozen=True, slots=True)
class ShadowSums:
    """Over all passes, for one ground: what was proposed in the shadow and what people did about those comments."""

    ground: str
    proposed: int
    agreed: int
    left: int

    @property
    def open(self) -> int:
        """Proposals of which nobody has decided."""
        return self.proposed - self.agreed - self.left

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        facts = {"proposed": self.proposed, "agreed": self.agreed, "left": self.left, "open": self.open}
        return _SUM.fill(ground=ground_name(self.ground), **facts).say(lang)


def shadow_pass(
    journal: Journal | None,
    snapshot: Snapshot,
    registry: Registry,
    *,
    settings: Settings | None = None,
    acts: Sequence[Act] = (),
    hides: frozenset[str] = frozenset(),
    write: bool = True,
) -> ShadowRun:
    """Read a snapshot as moderation would, write the decisions to the journal, and do nothing.

    ``hides`` are the networks that can hide: only there would anything go without a person. A comment decided in an
    earlier pass, or left by a person, is not written again until its author changes it. Unless ``write`` nothing is
    written, and there need be no journal.

    Raises:
        JournalError: it could not be written.
    """
    settings = settings_given(settings)
    fresh = keep_comments(journal, snapshot, write=write)
    known = Settled.of(
        one
        for kind in ("shadow.decided", "comment.left")
        for one in (decided_in(journal, kind, snapshot.municipality) if journal else ())
    )
    decisions: list[Queued] = []
    entries: list[Entry] = []
    alone, now = 0, journal.clock() if journal else snapshot.taken_at
    for one in queue_of(snapshot, registry, settings=settings, acts=acts, settled=known, protected=False):
        by_itself = one.network in hides and goes_alone(one, settings)
        alone += by_itself
        decisions.append(one)
        body = {
            "district": snapshot.municipality,
            "item": one.comment.id,
            "what": one.decision.what,
            "ground": one.decision.ground,
            "clause": one.decision.clause,
            "sure": one.decision.sure,
            "alone": by_itself,
        }
        entries.append(Entry("shadow.decided", one.account, body, now, {"digest": read_digest(one.comment.text)}))
    if journal and write:
        journal.append_many(entries)
    return ShadowRun(fresh, tuple(decisions), min(alone, settings.auto_per_run))


def shadow_sums(journal: Journal | None, district: str | None = None) -> tuple[ShadowSums, ...]:
    """Return over all passes what the shadow proposed and what people did about it, by ground.

    ``district`` as in `comments_in`.
    """
    if journal is None:
        return ()
    removed = removed_in(journal, district)
    entries = (one for one in journal.entries(kind="comment.left") if of_district(one, district))
    left = {(one.subject, one.body["item"]) for one in entries}
    proposed: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    met: set[tuple[str, str]] = set()
    for entry in journal.entries(kind="shadow.decided"):
        place, ground = (entry.subject, entry.body["item"]), entry.body["ground"]
        # Two programs in the shadow at once may both have written of one comment.
        if entry.body["what"] != "remove" or place in met or not of_district(entry, district):
            continue
        met.add(place)
        proposed[ground] += 1
        agreed[ground] += place in removed
        kept[ground] += place in left and place not in removed
    return tuple(ShadowSums(ground, proposed[ground], agreed[ground], kept[ground]) for ground in sorted(proposed))


def keep_comments(journal: Journal | None, snapshot: Snapshot, *, write: bool = True) -> int:
    """Write the comments of a snapshot down, each text once, so that other settings can be tried on them later.

    Texts and authors are personal data: they go with `Journal.purge` on term. Returns how many were new. Unless
    ``write`` they are only counted.
    """
    before = journal.entries(kind="comment.seen") if journal else ()
    ours = (one for one in before if of_district(one, snapshot.municipality))
    known = {(one.subject, one.body["item"], one.body["digest"]) for one in ours}
    fresh, batch, now = 0, list[Entry](), journal.clock() if journal else snapshot.taken_at
    for account, network, comment in _comments(snapshot):
        digest = text_digest(comment.text)
        if (account, comment.id, digest) in known:
            continue
        fresh += 1
        if journal is None or not write:
            continue
        batch.append(_seen(snapshot.municipality, account, network, comment, digest, now))
        if len(batch) >= _BATCH:
            journal.append_many(batch)
            batch = []
    if journal and batch:
        journal.append_many(batch)
    return fresh


def comments_in(journal: Journal | None, now: datetime, district: str | None = None) -> Snapshot:
    """Return the comments that the journal holds, as a snapshot without anything else; purged ones are left out.

    With ``district``, the id of a municipality, those of others that share the journal are left out, too.
    """
    found: dict[tuple[str, str], dict[str, Comment]] = {}
    newest = now
    for entry in journal.entries(kind="comment.seen") if journal else ():
        if entry.personal is not None and of_district(entry, district):
            comment = Comment.model_validate({**entry.personal, "at": entry.body["at"], "post_id": entry.body["post"]})
            found.setdefault((entry.subject, entry.body["network"]), {})[comment.id] = comment
    views = tuple(
        AccountView(
            account=account,
            network=network,
            comments=Observed[tuple[Comment, ...]](value=tuple(comments.values()), at=newest, through="journal"),
        )
        for (account, network), comments in found.items()
    )
    moments = [one.at for view in views for one in view.comments.value or ()] or [newest]
    return Snapshot(
        municipality="journal", since=min(moments), until=max([newest, *moments]), taken_at=newest, accounts=views
    )


def _comments(snapshot: Snapshot) -> Iterator[tuple[str, str, Comment]]:
    for view in snapshot.accounts:
        for comment in view.comments.value or ():
            if not (comment.deleted or comment.by_owner or comment.by_account) and comment.text.strip():
                yield view.account, view.network, comment


def _seen(district: str, account: str, network: str, comment: Comment, digest: str, now: datetime) -> Entry:
    body = {
        "district": district,
        "item": comment.id,
        "post": comment.post_id,
        "network": network,
        "digest": digest,
        "at": comment.at.isoformat(),
    }
    personal = {
        "id": comment.id,
        "text": comment.text,
        "author_id": comment.author_id,
        "author_name": comment.author_name,
        "url": comment.url,
    }
    return Entry("comment.seen", account, body, now, personal)

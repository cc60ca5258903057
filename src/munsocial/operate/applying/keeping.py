"""Evidence kept before anything is removed: text, author, link, time, ground, clause, decider, digest.

Of a citizen's words as ``evidence.kept``, of an own post that is changed or deleted as ``evidence.post``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.operate.applying.deeds import DEEDS, REFER
from munsocial.operate.applying.digests import text_digest
from munsocial.operate.plans.plan import Plan, Step

__all__ = ["evidence_entry", "keep_evidence", "keeps_evidence", "undoing"]


def keep_evidence(journal: Journal, plan: Plan, step: Step, *, by: str, tried: bool = False) -> None:
    """Write the evidence of a removing step; when this returns it is on the disk. ``by`` decided by applying the plan.

    ``tried``: it was attempted before, so that its evidence may be there already; the same words are kept once.

    Raises:
        JournalError: it could not be written, so the removal must not be made.
    """
    entry = evidence_entry(plan, step, journal.clock(), by=by)
    if not (tried and _kept(journal, entry)):
        journal.append_many([entry])


def _kept(journal: Journal, entry: Entry) -> bool:
    """Tell whether these very words were kept before an earlier attempt: what was rewritten since is not among them."""
    return any(
        _same_words(one.personal, entry.personal)
        for one in journal.entries(kind=entry.kind, subject=entry.subject, newest_first=True)
        if (one.body["plan"], one.body["step"]) == (entry.body["plan"], entry.body["step"])
    )


def _same_words(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    return one is not None and other is not None and one["digests"] == other["digests"]


def keeps_evidence(step: Step) -> bool:
    """Tell whether evidence is kept before this step is done."""
    deed = DEEDS.get(step.action)
    return step.action == REFER or (deed is not None and (deed.removes or deed.replaces))


def evidence_entry(plan: Plan, step: Step, moment: datetime, *, by: str) -> Entry:
    """Return what the journal keeps of what a step is about to remove, or hands to a person."""
    body = {
        "district": plan.municipality,
        "plan": plan.id,
        "step": step.id,
        "action": step.action,
        "clause": step.clause,
        "ground": step.ground,
        "item": step.params.get("comment") or step.params.get("message") or "",
        "post": step.params.get("post", ""),
        "decided_by": by,
        "made_by": plan.made_by,
        "signed_by": [one.by for one in plan.approvals if one.digest == plan.digest],
        "alone": bool(step.params.get("alone")),
        "written_at": [proof.at.isoformat() if proof.at else None for proof in step.evidence],
        "urls": [proof.url for proof in step.evidence],
    }
    author = step.params.get("author") or step.params.get("user") or ""
    personal = {
        "author_id": author,
        # Not beside the ids: a digest without salt would let anybody test a guess after the text was forgotten.
        "digests": [text_digest(proof.text) for proof in step.evidence],
        "evidence": [proof.model_dump(mode="json") for proof in step.evidence],
        "params": step.params,
    }
    return Entry(_kind(step), step.account, body, moment, personal)


def _kind(step: Step) -> str:
    """Return the kind of entry: what becomes of own posts is no moderation."""
    deed = DEEDS.get(step.action)
    return "evidence.post" if deed is not None and deed.replaces else "evidence.kept"


def undoing(district: str, plan: str, step: Step, at: datetime, *, by: str) -> tuple[Entry, ...]:
    """Return the entry that a removal or ban was taken back, so that it counts no longer; none for other steps."""
    deed = DEEDS.get(step.action)
    if deed is None or not deed.undoes:
        return ()
    body = {"district": district, "plan": plan, "step": step.id, "item": step.params.get("comment", ""), "by": by}
    user = step.params.get("user")
    return (Entry(deed.undoes, step.account, body, at, {"user": user} if user else None),)

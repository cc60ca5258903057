"""Evidence kept before anything of a citizen is removed: text, author, link, time, ground, clause, decider, digest."""

from __future__ import annotations

from datetime import datetime

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.operate.deeds import DEEDS
from munsocial.operate.plan import Plan, Step
from munsocial.operate.targets import text_digest

__all__ = ["keep_evidence", "undoing"]


def keep_evidence(journal: Journal, plan: Plan, step: Step, *, by: str) -> None:
    """Write the evidence of a removing step; when this returns it is on the disk. ``by`` decided by applying the plan.

    Raises:
        JournalError: it could not be written, so the removal must not be made.
    """
    body = {
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
    journal.append("evidence.kept", step.account, body, personal=personal)


def undoing(plan: str, step: Step, at: datetime, *, by: str) -> tuple[Entry, ...]:
    """Return the entry that a removal or ban was taken back, so that it counts no longer; none for other steps."""
    deed = DEEDS.get(step.action)
    if deed is None or not deed.undoes:
        return ()
    body = {"plan": plan, "step": step.id, "item": step.params.get("comment", ""), "by": by}
    user = step.params.get("user")
    return (Entry(deed.undoes, step.account, body, at, {"user": user} if user else None),)

"""What people decided after a plan was made, against what it is about to do: the later word holds.

A plan lives for days. Meanwhile somebody may leave a comment, or it comes back on appeal, and so does whoever was
banned for it. What was decided before a plan was made its maker knew.
"""

from __future__ import annotations

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.model.registry import Registry
from munsocial.operate.bans import OurBan, bans_of
from munsocial.operate.deeds import DEEDS
from munsocial.operate.moderation_log import removals_of
from munsocial.operate.offences import restored
from munsocial.operate.plan import Plan, Step
from munsocial.operate.settled import read_digest
from munsocial.operate.targets import Differs
from munsocial.wording import Text

__all__ = ["check_later_words", "left_since"]

_LEFT = Text("решено оставить: {by}, {when}", "it was decided to leave it: {by}, {when}")
_RESTORED = Text(
    "комментарий вернули после составления плана: {by}, {when}; чтобы удалить его всё же, составьте новый план",
    "the comment was restored after the plan was made: {by}, {when}; to remove it all the same make another plan",
)
_BASELESS = Text(
    "комментарий, за который блокируют, вернули: составьте план заново",
    "a comment for which this ban is was restored: make the plan again",
)
_LIFTED = Text(
    "блокировку этого человека сняли {when}, после составления плана: составьте его заново",
    "a ban of this person was lifted at {when}, after the plan was made: make it again",
)
_SOMEBODY = Text("не указано кто", "nobody named")


def check_later_words(journal: Journal, registry: Registry, plan: Plan, step: Step) -> None:
    """Look whether a removal or ban still stands by what people decided since its plan was made.

    Raises:
        Differs: they decided otherwise.
    """
    deed = DEEDS.get(step.action)
    if deed is None or not deed.removes:
        return
    if step.action == "ban":
        _check_ban(journal, registry, plan, step)
    elif item := step.params.get("comment"):
        _check_removal(journal, plan, step, item)


def _check_removal(journal: Journal, plan: Plan, step: Step, item: str) -> None:
    if said := left_since(journal, plan, step):
        raise Differs(said)
    for entry in journal.entries(kind="comment.restored", subject=step.account, since=plan.made_at):
        # At the very moment of the plan: its maker removes again what came back.
        if entry.body["item"] == item and entry.at > plan.made_at:
            raise Differs(_told(_RESTORED, entry, plan))


def left_since(journal: Journal, plan: Plan, step: Step) -> Text | None:
    """Say who decided to leave the step's comment, as it read, since the plan was made; None: nobody."""
    for entry in journal.entries(kind="comment.left", subject=step.account, since=plan.made_at):
        if entry.body["item"] == step.params.get("comment") and _as_read(entry, step):
            return _told(_LEFT, entry, plan)
    return None


def _as_read(left: Entry, step: Step) -> bool:
    """Tell whether a comment was left as it reads in the plan; changed meanwhile it is another matter."""
    digest = (left.personal or {}).get("digest")
    return digest is None or not step.evidence or digest == read_digest(step.evidence[0].text)


def _told(what: Text, entry: Entry, plan: Plan) -> Text:
    return what.fill(by=entry.body.get("by") or _SOMEBODY, when=plan.local(entry.at))


def _check_ban(journal: Journal, registry: Registry, plan: Plan, step: Step) -> None:
    user, rests_on = step.params["user"], step.params.get("removals") or ()
    # The ban's note counts them, so that one less makes it untrue.
    if rests_on and restored((*registry.removals, *removals_of(journal)), step.account, user, rests_on):
        raise Differs(_BASELESS)
    mine = (one for one in bans_of(journal) if (one.account, one.user) == (step.account, user))
    for lifted in (one.lifted_at for one in mine if _lifted_early(one)):
        if lifted is not None and lifted > plan.made_at:
            raise Differs(_LIFTED.fill(when=plan.local(lifted)))


def _lifted_early(ban: OurBan) -> bool:
    """Tell whether a ban was lifted before its term was over: what merely ended is no word against another one."""
    return ban.lifted_at is not None and (ban.until is None or ban.lifted_at < ban.until)

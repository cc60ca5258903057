"""What people decided after a plan was made, against what it is about to do: the later word holds.

A plan lives for days. Meanwhile somebody may leave a comment, or it comes back on appeal, and so does whoever was
banned for it. What was decided before a plan was made its maker knew.
"""

from __future__ import annotations

from datetime import datetime

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.model.registry import Registry
from munsocial.model.statements import Removal
from munsocial.operate.applying.deeds import DEEDS
from munsocial.operate.applying.digests import read_digest
from munsocial.operate.applying.targets import Differs
from munsocial.operate.districts import of_district
from munsocial.operate.moderating.bans import OurBan, bans_of
from munsocial.operate.moderating.log import logged, removals_of
from munsocial.operate.moderating.offences import restored
from munsocial.operate.plans.plan import Plan, Step
from munsocial.wording import Text

__all__ = ["LaterWords"]

_DECIDE = ("comment.restored", "ban.lifted")
"""What takes the ground from a ban, or is a word against it."""

_LEFT = Text("решено оставить: {by}, {when}", "it was decided to leave it: {by}, {when}")
_RESTORED = Text(
    "комментарий вернули после составления плана: {by}, {when}; чтобы удалить его всё же, составьте новый план",
    "the comment was restored after the plan was made: {by}, {when}; to remove it all the same make another plan",
)
_BASELESS = Text(
    "комментарий, за который блокируют, вернули: составьте план заново",
    "a comment behind this ban was restored: make the plan again",
)
_LIFTED = Text(
    "блокировку этого человека сняли {when}, после составления плана: составьте его заново",
    "a ban of this person was lifted at {when}, after the plan was made: make it again",
)
_SOMEBODY = Text("не указано кто", "nobody named")


class LaterWords:
    """Holds the steps of one plan against what people decided since it was made.

    Removals and bans of the journal are read once for all bans of a run, and anew only when somebody decides meanwhile:
    a log of years is long.
    """

    def __init__(self, journal: Journal, registry: Registry, plan: Plan) -> None:
        self._journal = journal
        self._registry = registry
        self._plan = plan
        self._decided: tuple[int, ...] | None = None
        self._removals: tuple[Removal, ...] = ()
        self._lifted: dict[tuple[str, str], datetime] = {}

    def check(self, step: Step) -> None:
        """Look whether a removal or ban still stands by what people decided since its plan was made.

        Raises:
            Differs: they decided otherwise.
        """
        deed = DEEDS.get(step.action)
        if deed is None or not deed.removes:
            return
        if step.action == "ban":
            self._read()
            self._check_ban(step)
        elif item := step.params.get("comment"):
            self._check_removal(step, item)

    def _check_removal(self, step: Step, item: str) -> None:
        plan = self._plan
        if said := self.left(step):
            raise Differs(said)
        for entry in self._journal.entries(kind="comment.restored", subject=step.account, since=plan.made_at):
            # At the very moment of the plan: its maker removes again what came back.
            if entry.body["item"] == item and entry.at > plan.made_at and of_district(entry, plan.municipality):
                raise Differs(_told(_RESTORED, entry, plan))

    def left(self, step: Step) -> Text | None:
        """Say who decided to leave the step's comment, as it read, since the plan was made; None: nobody."""
        for entry in self._journal.entries(kind="comment.left", subject=step.account, since=self._plan.made_at):
            same = entry.body["item"] == step.params.get("comment") and of_district(entry, self._plan.municipality)
            if same and _as_read(entry, step):
                return _told(_LEFT, entry, self._plan)
        return None

    def _check_ban(self, step: Step) -> None:
        user, rests_on = step.params["user"], step.params.get("removals") or ()
        # The ban's note counts them, so that one less makes it untrue.
        if rests_on and restored(self._removals, step.account, user, rests_on):
            raise Differs(_BASELESS)
        lifted = self._lifted.get((step.account, user))
        if lifted is not None and lifted > self._plan.made_at:
            raise Differs(_LIFTED.fill(when=self._plan.local(lifted)))

    def _read(self) -> None:
        """Read removals and lifted bans, unless they were read since the last decision."""
        newest = (next(self._journal.entries(kind=kind, newest_first=True), None) for kind in _DECIDE)
        decided = tuple(entry.seq if entry else 0 for entry in newest)
        if decided == self._decided:
            return
        district = self._registry.municipality.id
        deeds = tuple(logged(self._journal, district))
        self._removals = (*self._registry.removals, *removals_of(self._journal, deeds))
        self._lifted = {}
        for ban in bans_of(self._journal, deeds, district=district):
            if ban.lifted_at is not None and _lifted_early(ban):
                place = ban.account, ban.user
                self._lifted[place] = max(self._lifted.get(place, ban.lifted_at), ban.lifted_at)
        self._decided = decided


def _as_read(left: Entry, step: Step) -> bool:
    """Tell whether a comment was left as it reads in the plan; changed meanwhile it is another matter."""
    digest = (left.personal or {}).get("digest")
    return digest is None or not step.evidence or digest == read_digest(step.evidence[0].text)


def _told(what: Text, entry: Entry, plan: Plan) -> Text:
    return what.fill(by=entry.body.get("by") or _SOMEBODY, when=plan.local(entry.at))


def _lifted_early(ban: OurBan) -> bool:
    """Tell whether a ban was lifted before its term was over: what merely ended is no word against another one."""
    return ban.lifted_at is not None and (ban.until is None or ban.lifted_at < ban.until)

"""Is the same under way already? Who repeats a command after a power cut must not publish or answer twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.network.drafts import Draft
from munsocial.operate.answering.given_answers import WRITTEN
from munsocial.operate.applying.done_since import FIND_OUT, PUBLISHED, UNCLEAR, done_since, draft_of, moment_of
from munsocial.operate.applying.looks import plain
from munsocial.operate.applying.outbox import waiting_in
from munsocial.operate.applying.unclear import SETTLE
from munsocial.operate.plans.booked_plan import plan_in
from munsocial.operate.plans.plan import Plan, PlanProblem, Step, Weight
from munsocial.wording import Text

__all__ = ["Answered", "under_way"]

_LATELY = timedelta(days=1)

_WAITS = Text(
    "такая же публикация ждёт в очереди (план {plan}; снять: munsocial outbox drop РЕЕСТР {plan}/{step} --yes)",
    "the same publication waits in the outbox (plan {plan}; take it out with munsocial outbox drop REGISTRY "
    "{plan}/{step} --yes)",
)
_ANSWER_UNCLEAR = Text(
    "ответ сюда уже отправлялся, и что с ним стало, неясно; {remedy}",
    "an answer was sent here already, and nobody knows its end; {remedy}",
)
_ANSWER_WAITS = Text(
    "ответ сюда уже ждёт в очереди (план {plan}; снять: munsocial outbox drop РЕЕСТР {plan}/{step} --yes)",
    "an answer waits in the outbox for this already (plan {plan}; take it out with munsocial outbox drop REGISTRY "
    "{plan}/{step} --yes)",
)
_ANSWER_DONE = Text(
    "ответ сюда уже отправлен {when} (план {plan})", "an answer was sent here already {when} (plan {plan})"
)
_SAME_ANSWER = Text(
    "такой же ответ сюда уже отправлен {when} (план {plan})",
    "the same answer was sent here already {when} (plan {plan})",
)
_OTHER_WORDS = Text("{said}; чтобы повторить, измените слова", "{said}; to repeat it change its words")
_ANSWER_BY_HAND = Text(
    "ответ сюда уже ждёт человека: задание {plan}/{step} (все: munsocial tasks list РЕЕСТР)",
    "an answer waits for a person here already: task {plan}/{step} (all: munsocial tasks list REGISTRY)",
)
_ANSWER_WORDS = {"confirmed": _ANSWER_DONE, "planned": _ANSWER_WAITS, "manual": _ANSWER_BY_HAND}


def under_way(
    journal: Journal,
    draft: Draft,
    accounts: Collection[str],
    now: datetime,
    district: str | None = None,
    *,
    urgent: bool = False,
) -> Iterator[PlanProblem]:
    """Give what is known of the same words for the same accounts: an error where it is the same publication.

    That is what was sent within a day, or waits, for the same moment, unless it is ``urgent``: a warning may be given
    again. And it is one whose end is unclear, unless these words are for a moment more than a day away. The rest is
    advice. ``district`` as in `waiting_in`.
    """
    wanted = {text for network in ("", *draft.variants) if (text := plain(draft.text_for(network)))}
    for one in _lately(journal, now, district):
        step = one.step
        if step.action != "publish" or step.account not in accounts or _text(step) not in wanted:
            continue
        if _text(step) != plain(draft.text_for(step.network)):
            continue
        same = not _another_day(draft, one) if one.unclear else not urgent and moment_of(step) == draft.publish_at
        told = {"confirmed": PUBLISHED, "planned": _WAITS}.get(one.state, UNCLEAR)
        yield one.told(told, step.account, "error" if same else "advice")


def _another_day(draft: Draft, one: _Known) -> bool:
    """Tell whether a draft is for a day of its own: an announcement that recurs says the same each week."""
    meant = moment_of(one.step) or one.plan.made_at
    return draft.publish_at is not None and abs(draft.publish_at - meant) > _LATELY


@dataclass(frozen=True, slots=True)
class _Known:
    """A step of the journal that may be the same deed; ``at`` is when it was done."""

    plan: Plan
    step: Step
    state: str
    at: datetime
    expired: bool = False

    @property
    def unclear(self) -> bool:
        return self.state in ("sending", "uncertain")

    def told(self, words: Text, account: str, weight: Weight) -> PlanProblem:
        place = f"{self.plan.id}/{self.step.id}"
        remedy = SETTLE.fill(place=place) if self.expired else FIND_OUT.fill(plan=self.plan.id)
        said = words.fill(plan=self.plan.id, step=self.step.id, when=self.plan.local(self.at), remedy=remedy)
        if self.state == "confirmed" and weight == "error":
            said = _OTHER_WORDS.fill(said=said)
        return PlanProblem.of(account, weight, said)


class Answered:
    """What the journal knows of answers to the same questions, read when it is first asked.

    ``district`` as in `waiting_in`.
    """

    def __init__(self, journal: Journal, now: datetime, district: str | None = None) -> None:
        self._facts = journal, now, district
        self._known: list[_Known] | None = None

    def told(self, step: Step) -> PlanProblem | None:
        """Say what became of an earlier answer: if unclear, waiting or in the same words an error, else advice.

        One that a person has to write may never be written: another is not refused.
        """
        if self._known is None:
            known = (*_lately(*self._facts), *_by_hand(*self._facts))
            self._known = [one for one in known if one.step.action in WRITTEN]
        found: PlanProblem | None = None
        for one in self._known:
            if not _same_answer(step, one.step, ended=one.state == "confirmed"):
                continue
            same = (
                one.state == "confirmed" and _question(step) == _question(one.step) and _text(step) == _text(one.step)
            )
            weight: Weight = "error" if same or one.unclear or one.state == "planned" else "advice"
            words = _SAME_ANSWER if same else _ANSWER_WORDS.get(one.state, _ANSWER_UNCLEAR)
            found = one.told(words, step.account, weight)
            if weight == "error":
                return found
        return found


def _same_answer(step: Step, other: Step, *, ended: bool) -> bool:
    """Tell whether two steps answer the same: one question, one comment, one person, or with one post."""
    mine, theirs = step.params, other.params
    if _question(step) and _question(step) == _question(other):
        return True
    if step.action != other.action or step.network != other.network:
        return False
    if step.action == "reply":
        places = [(one.get("under"), one.get("post"), one.get("to")) for one in (mine, theirs)]
        return bool(mine.get("to")) and places[0] == places[1]
    if step.account != other.account:
        return False
    if step.action == "send_message":
        # A talk goes on by many messages; only while the end of one is open may another be the same again.
        return mine.get("peer") == theirs.get("peer") and (_text(step) == _text(other) or not ended)
    return _text(step) == _text(other)


def _question(step: Step) -> str:
    return str(step.params.get("question") or "")


def _text(step: Step) -> str:
    draft = draft_of(step)
    return plain(draft.text_for(step.network) if draft else str(step.params.get("text") or ""))


def _lately(journal: Journal, now: datetime, district: str | None) -> Iterator[_Known]:
    """Give the steps whose end is open, and those that were done within a day."""
    for one in waiting_in(journal, now, district):
        if not one.never:
            yield _Known(one.plan, one.step, one.state, now, one.expired)
    for plan, step, at in done_since(journal, now - _LATELY, district):
        yield _Known(plan, step, "confirmed", at)


def _by_hand(journal: Journal, now: datetime, district: str | None) -> Iterator[_Known]:
    """Give the steps that wait for a person, whatever became of their plan since."""
    waiting = {(one.plan, one.step) for one in StepBook(journal).waiting(["manual"])}
    for plan in _plans(journal, {plan for plan, _ in waiting}, district):
        yield from (_Known(plan, step, "manual", now) for step in plan.steps if (plan.id, step.id) in waiting)


def _plans(journal: Journal, names: Iterable[str], district: str | None) -> Iterator[Plan]:
    book = StepBook(journal)
    for name in sorted(names):
        plan = plan_in(book, name)
        if plan is not None and district in (None, plan.municipality):
            yield plan

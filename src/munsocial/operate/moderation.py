"""Moderation (clause 9): a queue for a person, and a plan of removals that names ground, clause and evidence.

Criticism is never a ground. A program proposes; by itself it may only do what `Settings.auto` allows, and that is only
obscenity and spam, only where the network can hide, and only so many at a time. Threats, calls to violence and signs of
suicide risk go to a person with their evidence and are never removed first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from munsocial.errors import InputError
from munsocial.model.content import Comment
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.network.abilities import Ability, How
from munsocial.network.adapter import Adapter
from munsocial.operate.grounds import ground_name
from munsocial.operate.plan import Plan, PlanProblem, Proof, Step, new_plan, step_key
from munsocial.operate.targets import text_digest
from munsocial.policy.act import Act
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.language import SpamWatch

__all__ = ["AUTO_ALLOWED", "Decision", "Queued", "Settings", "plan_moderation", "queue_of"]

AUTO_ALLOWED = frozenset({"obscenity", "spam"})
"""Categories that may be acted upon without a person, if the municipality says so."""

REMOVABLE = ("obscenity", "insult", "spam")
"""Closed grounds of removal (clause 9.3), the gravest first. Everything else only a person can judge."""

_CLAUSES = {"obscenity": "9.3", "insult": "9.3", "spam": "9.3"}
_REVIEW_CLAUSE = "9.2"

_REMOVE = Text("{verb} комментарий: {ground} — «{shown}»", "{verb} a comment: {ground} - {shown!r}")
_HIDE = Text("скрыть", "hide")
_DELETE = Text("удалить", "delete")
_PERSON = Text(
    "решает человек ({grounds}): «{shown}» {url}; сохраните доказательства, не удаляйте первым делом",
    "for a person ({grounds}): {shown!r} {url}; keep the evidence, do not delete first",
)
_ANSWER = Text(
    "в комментарии есть вопрос: ответьте на него «{shown}» {url}", "it also asks something: answer {shown!r} {url}"
)
_UNSEEN = Text("комментарии не прочитаны: {why}", "comments were not read: {why}")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Settings:
    """How a municipality moderates.

    ``sure`` is the confidence from which a removal is proposed, by category; below it the comment is only shown to a
    person. Whoever applies a plan decides; for a ground in ``signed`` a second person must sign first, because telling an
    insult from harsh criticism is a judgement. ``auto`` names categories that an unattended run may hide. ``ceiling`` is
    the most removals of one plan.
    """

    sure: Mapping[str, float] = field(default_factory=lambda: {"obscenity": 0.9, "insult": 0.85, "spam": 0.9})
    signed: frozenset[str] = frozenset({"insult"})
    auto: frozenset[str] = frozenset()
    ceiling: int = 200
    since: datetime | None = None
    """Only comments written from this moment on."""

    def __post_init__(self) -> None:
        wrong = set(self.auto) - AUTO_ALLOWED
        if wrong:
            raise InputError(
                Text("без человека можно только: obscenity, spam.", "only obscenity and spam may go without a person."),
                where=f"auto = {sorted(wrong)}",
                remedy=Text("Уберите остальное из auto.", "Take the rest out of auto."),
            )


@dataclass(frozen=True, slots=True)
class Decision:
    """What is proposed for a comment and why: ``remove``, ``review`` (a person decides) or ``protect`` (leave it)."""

    what: str
    ground: str = ""
    clause: str = ""
    sure: float | None = None
    why: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Queued:
    """A comment in the queue with its marks, its context and the decision proposed."""

    account: str
    network: str
    comment: Comment
    categories: tuple[str, ...]
    decision: Decision
    asks: bool
    """It also asks the authorities something: the answer is owed whatever becomes of the comment."""
    spans: tuple[tuple[int, int], ...] = ()


def queue_of(
    snapshot: Snapshot, registry: Registry, *, settings: Settings | None = None, acts: Sequence[Act] = ()
) -> Iterator[Queued]:
    """Give the comments of citizens that carry a mark or ask something, in the order in which they were written.

    A stream: memory does not grow with the number of comments. Repetitions within an account count as spam.
    """
    settings = settings or Settings()
    clauses = _clauses_of(acts)
    watch_for = _reader(registry)
    for view in snapshot.accounts:
        comments = view.comments.value or ()
        watch = watch_for()
        for comment in sorted(comments, key=lambda one: one.at):
            if comment.deleted or comment.by_owner or comment.by_account or not comment.text.strip():
                continue
            if settings.since and comment.at < settings.since:
                continue
            if queued := _read(view, comment, watch, settings, clauses):
                yield queued


def plan_moderation(
    snapshot: Snapshot,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    settings: Settings | None = None,
    acts: Sequence[Act] = (),
    made_by: str = "",
) -> Plan:
    """Plan removals with ground, clause and evidence; what only a person can decide stands among the problems.

    Whoever applies the plan is its decider; steps with a ground in ``settings.signed`` want a second person's signature.
    """
    settings = settings or Settings()
    steps: list[Step] = []
    told: list[PlanProblem] = list(_unseen(snapshot))
    for one in queue_of(snapshot, registry, settings=settings, acts=acts):
        if one.decision.what == "remove" and len(steps) < settings.ceiling:
            steps.append(_step(one, adapters, settings, len(steps)))
        elif one.decision.what != "protect":
            told.append(_for_a_person(one))
        if one.asks and one.decision.what == "remove":
            told.append(_note(one, _ANSWER))
    return new_plan(
        "moderation",
        registry,
        steps,
        now=now,
        made_by=made_by,
        seen_at=snapshot.taken_at,
        problems=told,
        life=timedelta(days=1),
    )


def _reader(registry: Registry) -> Callable[[], SpamWatch]:
    from functools import partial

    from munsocial.language import SpamWatch, Vocabulary

    return partial(SpamWatch, vocabulary=Vocabulary.of(registry.words) if registry.words else None)


def _clauses_of(acts: Sequence[Act]) -> Mapping[str, str]:
    """Which clause of the first act names a ground; the order's own numbers when no act is given."""
    found: dict[str, str] = {}
    for act in acts:
        for requirement in act.requirements:
            if requirement.kind == "moderation.grounds":
                for ground in getattr(requirement.params, "grounds", ()):
                    found.setdefault(ground, requirement.clause)
    return {**_CLAUSES, **found}


def _read(
    view: AccountView, comment: Comment, watch: SpamWatch, settings: Settings, clauses: Mapping[str, str]
) -> Queued | None:
    from munsocial.language import is_question

    marks = watch.see(comment.text, author=comment.author_id or "")
    asks = is_question(comment.text)
    if not marks:
        if not asks:
            return None
        return Queued(view.account, view.network, comment, (), Decision("protect"), asks)
    surest: dict[str, float] = {}
    for mark in marks:
        surest[mark.category] = max(surest.get(mark.category, 0.0), mark.confidence)
    decision = _decide(surest, tuple(mark.why for mark in marks), settings, clauses)
    spans = tuple(mark.span for mark in marks)
    return Queued(view.account, view.network, comment, tuple(sorted(surest)), decision, asks, spans)


def _decide(
    surest: Mapping[str, float], why: tuple[Text, ...], settings: Settings, clauses: Mapping[str, str]
) -> Decision:
    if any(category not in REMOVABLE for category in surest):
        return Decision("review", clause=_REVIEW_CLAUSE, why=why)
    for ground in REMOVABLE:
        sure = surest.get(ground)
        if sure is not None and sure >= settings.sure.get(ground, 1.0):
            return Decision("remove", ground, clauses.get(ground, ""), sure, why)
    return Decision("review", clause=_CLAUSES[next(iter(surest))], why=why)


def _step(one: Queued, adapters: Mapping[str, Adapter], settings: Settings, place: int) -> Step:
    adapter = adapters.get(one.network)
    hides = adapter is not None and adapter.capabilities.of(Ability.HIDE_COMMENT).how is How.NATIVE
    action, undo = ("hide_comment", "show_comment") if hides else ("delete_comment", "restore_comment")
    verb = _HIDE if hides else _DELETE
    told = _REMOVE.fill(verb=verb, ground=ground_name(one.decision.ground), shown=_cut(one.comment.text))
    alone = {"alone": True} if one.decision.ground in settings.auto and hides else {}
    return Step(
        id=f"s{place + 1}",
        key=step_key(),
        account=one.account,
        network=one.network,
        action=action,
        params={
            "comment": one.comment.id,
            "post": one.comment.post_id,
            "url": one.comment.url or "",
            "author": one.comment.author_id or "",
            **alone,
        },
        ru=told.ru,
        en=told.en,
        clause=one.decision.clause,
        ground=one.decision.ground,
        evidence=(_proof(one),),
        calls=2,
        sure=one.decision.sure,
        undo=undo,
        expect=text_digest(one.comment.text),
        signatures=int(one.decision.ground in settings.signed),
    )


def _proof(one: Queued) -> Proof:
    return Proof(
        text=one.comment.text,
        author=one.comment.author_name or one.comment.author_id or "",
        url=one.comment.url or "",
        at=one.comment.at,
        confidence=one.decision.sure,
        note="; ".join(why.ru for why in one.decision.why),
    )


def _for_a_person(one: Queued) -> PlanProblem:
    grounds = [ground_name(category) for category in one.categories]
    told = Text(", ".join(ground.ru for ground in grounds), ", ".join(ground.en for ground in grounds))
    return _note(one, _PERSON, grounds=told)


def _note(one: Queued, what: Text, **facts: Text) -> PlanProblem:
    said = what.fill(shown=_cut(one.comment.text), url=one.comment.url or "", **facts)
    return PlanProblem(account=one.account, weight="advice", ru=said.ru, en=said.en)


def _unseen(snapshot: Snapshot) -> Iterable[PlanProblem]:
    for view in snapshot.accounts:
        if view.comments.value is None and view.comments.missing:
            why = Text(view.comments.missing.ru, view.comments.missing.en)
            said = _UNSEEN.fill(why=why)
            yield PlanProblem(account=view.account, weight="advice", ru=said.ru, en=said.en)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

"""A plan for reading before it is applied: everything shown comes from what the deeds will send, nothing is retold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from munsocial.operate.plans.params import fault_of
from munsocial.operate.plans.plan import Plan, PlanProblem, Step
from munsocial.wording import Lang, Text

__all__ = ["preview", "sent_by"]

_HEAD = Text("План {id}: шагов {steps}, вызовов сетей около {calls}, годен до {until}.",
             "Plan {id}: steps {steps}, calls about {calls}, good until {until}.")  # fmt: skip
_SEEN = Text("По снимку от {at}.", "From the snapshot of {at}.")
_WEIGHTS = {
    "error": Text("не выйдет", "will not go"),
    "advice": Text("совет", "advice"),
    "note": Text("к сведению", "note"),
}
_SIGNED = Text("Подписали: {who}; требуется подписей: {need}.", "Signed by: {who}; signatures wanted: {need}.")
_MORE = Text("… ещё {count}", "… {count} more")
_EVIDENCE = Text("основание: «{text}» — {author}, {at} {url}", "evidence: {text!r} - {author}, {at} {url}")
_SURE = Text("уверенность {sure:.0%}", "confidence {sure:.0%}")
_UNDO = Text("отменить можно: {undo}", "can be undone by {undo}")
_UNDOES = {
    "delete_post": Text("удалить запись", "deleting the post"),
    "restore_post": Text("вернуть запись", "restoring the post"),
    "delete_comment": Text("удалить ответ", "deleting the answer"),
    "restore_comment": Text("вернуть комментарий", "restoring the comment"),
    "show_comment": Text("показать комментарий", "showing the comment"),
    "unban": Text("снять блокировку", "lifting the ban"),
}
_MADE = Text("Составлен {at}{by}.", "Made on {at}{by}.")
_BY = Text(" ({who})", " ({who})")
_NO_UNDO = Text("не отменяется", "cannot be undone")
_NOBODY = Text("никто", "nobody")
_CUT = 300


def preview(plan: Plan, lang: Lang = "ru", *, most: int | None = None, whole: bool = False) -> Iterator[str]:
    """Give a plan line by line: head, problems, steps. ``whole`` shows every text to be sent and all evidence."""
    until = plan.local(plan.expires_at)
    yield _HEAD.fill(id=plan.id, steps=len(plan.steps), calls=plan.calls, until=until).say(lang)
    if whole:
        by = _BY.fill(who=plan.made_by) if plan.made_by else Text("", "")
        yield _MADE.fill(at=plan.local(plan.made_at), by=by).say(lang)
    if plan.seen_at:
        yield _SEEN.fill(at=plan.local(plan.seen_at)).say(lang)
    if plan.signatures_needed:
        signed = ", ".join(one.by for one in plan.approvals if one.digest == plan.digest) or _NOBODY.say(lang)
        yield _SIGNED.fill(who=signed, need=plan.signatures_needed).say(lang)
    problems = _together(plan.problems)
    for problem in _cut(problems, most):
        yield f"  ! {_WEIGHTS[problem.weight].say(lang)} — {problem.say(lang)}"
    yield from _rest(len(problems), most, lang)
    for number, step in enumerate(_cut(plan.steps, most), 1):
        yield f"{number}. {step.say(lang)}"
        if whole:
            yield from (f"     {line}" for line in _details(plan, step, lang))
    yield from _rest(len(plan.steps), most, lang)


def _together(problems: Iterable[PlanProblem]) -> tuple[PlanProblem, ...]:
    """Say once what is the same in many accounts: a key that is missing is one mistake, not a screen of them."""
    accounts: dict[PlanProblem, list[str]] = {}
    for one in problems:
        accounts.setdefault(one.model_copy(update={"account": ""}), []).append(one.account)
    return tuple(one.model_copy(update={"account": ", ".join(dict.fromkeys(named))}) for one, named in accounts.items())


def sent_by(step: Step) -> str:
    """Return the very text that a step will send; empty when it sends none."""
    draft: dict[str, Any] = step.params.get("draft") or {}
    if draft:
        from munsocial.network.drafts import Draft

        return Draft.model_validate(draft).text_for(step.network)
    return str(step.params.get("text") or "")


def _details(plan: Plan, step: Step, lang: Lang) -> Iterator[str]:
    if fault := fault_of(step):
        yield fault.say(lang)
    else:
        yield from sent_by(step).splitlines()
        for media in (step.params.get("draft") or {}).get("media", ()):
            yield f"[{media.get('kind', 'photo')}] {media.get('path')}"
    for proof in step.evidence:
        at = plan.local(proof.at) if proof.at else ""
        yield _EVIDENCE.fill(text=proof.text[:_CUT], author=proof.author, at=at, url=proof.url).say(lang)
    parts = [_SURE.fill(sure=step.sure)] if step.sure is not None else []
    undo = _UNDOES.get(step.undo, Text(step.undo, step.undo))
    parts.append(_UNDO.fill(undo=undo) if step.undo else _NO_UNDO)
    yield "; ".join(part.say(lang) for part in parts)


def _cut(items: tuple[Any, ...], most: int | None) -> tuple[Any, ...]:
    return items if most is None else items[:most]


def _rest(count: int, most: int | None, lang: Lang) -> Iterator[str]:
    if most is not None and count > most:
        yield "  " + _MORE.fill(count=count - most).say(lang)

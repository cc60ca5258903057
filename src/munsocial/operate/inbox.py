"""Answering (clauses 9.1, 10, 11): which questions wait, whose they are, until when, and the plan of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from munsocial.errors import InputError
from munsocial.model.accounts import Account, NetworkAccount
from munsocial.model.content import Comment
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.network.abilities import Ability, How
from munsocial.network.adapter import Adapter
from munsocial.operate.plan import Plan, PlanProblem, Proof, Step, new_plan, step_key
from munsocial.wording import Lang, Text

__all__ = ["Question", "inbox_of", "plan_answer"]

_ANSWER_HOURS = 24
"""Used when no act of the stack names a term: an answer the next day is the custom."""

_ANSWERED_HERE = Text("ответить в аккаунте {account}: «{shown}»", "answer from {account}: {shown!r}")
_ANSWERED_OWN = Text(
    "ответить публикацией в своём аккаунте со ссылкой на вопрос: «{shown}»",
    "answer by a post of one's own with a reference to the question: {shown!r}",
)
_NOBODY = Text(
    "нет аккаунта органа «{body}», от имени которого можно ответить", "body {body!r} has no account to answer from"
)
_PRESS = Text("ответ звучит официально: {advice}", "the answer sounds official: {advice}")
_APPEAL = Text(
    "похоже на обращение по 59-ФЗ: предложите подать его письменно или зарегистрируйте",
    "looks like an appeal under 59-FZ: offer to file it in writing, or register it",
)
_EMPTY = Text("ответ пуст.", "the answer is empty.")
_WRITE = Text("Напишите текст ответа.", "Write the text of the answer.")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Question:
    """A citizen's question that waits, or was answered.

    ``account`` is where it was asked (own or upstream), ``body`` whose matter it is: a body's id, ``other`` (a place
    elsewhere) or None (no place named: the account's own body where there is one). ``deadline`` is a moment.
    """

    id: str
    account: str
    network: str
    upstream: bool
    comment: Comment
    body: str | None
    topic: str
    deadline: datetime | None
    answered: bool
    appeal: bool
    repeats: tuple[str, ...] = ()
    """Ids of further comments that ask the same."""

    def overdue(self, now: datetime) -> bool:
        """Tell whether the answer is late."""
        return not self.answered and self.deadline is not None and now > self.deadline

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        until = f" до {self.deadline:%d.%m %H:%M}" if self.deadline else ""
        if lang == "en":
            until = f" by {self.deadline:%Y-%m-%d %H:%M}" if self.deadline else ""
        body = self.body or "—"
        times = f" (×{1 + len(self.repeats)})" if self.repeats else ""
        return f"{self.id} [{self.account} → {body}]{until}{times}: {_cut(self.comment.text)}"


def inbox_of(snapshot: Snapshot, registry: Registry, *, deadlines: Any = None) -> tuple[Question, ...]:
    """Return the questions seen in own and upstream accounts, unanswered first, the nearest deadline first.

    ``deadlines`` is a function from the moment of asking to the moment by which an answer is due; 24 hours if None.
    """
    from munsocial.language import router

    route = router(registry).route
    due = deadlines or (lambda asked: asked + timedelta(hours=_ANSWER_HOURS))
    bodies = {account.id: account.body for account in registry.accounts}
    found: list[Question] = []
    for upstream, views in ((False, snapshot.accounts), (True, snapshot.upstream)):
        for view in views:
            found += _of_view(view, upstream, bodies.get(view.account), route, due)
    return tuple(sorted(_folded(found), key=lambda one: (one.answered, one.deadline or one.comment.at, one.id)))


def plan_answer(
    question: Question,
    text: str,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    account: str | None = None,
    made_by: str = "",
) -> Plan:
    """Plan an answer: in place where the network lets us, else as a post of one's own with a reference to the question.

    ``account`` names whose voice it is; otherwise the body's account in the same network is taken.

    Raises:
        InputError: the text is empty, or the body has no account to answer from.
    """
    if not text.strip():
        raise InputError(_EMPTY, where=question.id, remedy=_WRITE)
    voice = _voice(question, registry, account)
    adapter = adapters.get(voice.network)
    in_place = adapter is not None and voice.network == question.network
    can = adapter.capabilities.of(Ability.REPLY).how if adapter else How.ABSENT
    step = _reply(question, text, voice) if in_place and can is not How.ABSENT else _own_post(question, text, voice)
    return new_plan("answer", registry, (step,), now=now, made_by=made_by, problems=_advice(question, text, voice))


def _of_view(view: AccountView, upstream: bool, own: str | None, route: Any, due: Any) -> Iterable[Question]:
    comments = view.comments.value or ()
    answered = _answered(comments)
    from munsocial.language import is_question

    for comment in comments:
        if comment.deleted or comment.by_owner or comment.by_account or not is_question(comment.text):
            continue
        body = route(comment.text)
        if body is None and not upstream:
            body = own
        yield Question(
            id=f"{view.account}:{comment.post_id}:{comment.id}",
            account=view.account,
            network=view.network,
            upstream=upstream,
            comment=comment,
            body=body,
            topic=_matter(comment.text),
            deadline=due(comment.at),
            answered=comment.id in answered,
            appeal=_is_appeal(comment.text),
        )


def _answered(comments: Sequence[Comment]) -> frozenset[str]:
    """Ids of comments to which the page or one of our accounts answered, directly or next in their thread."""
    ours = [one for one in comments if (one.by_owner or one.by_account) and not one.deleted]
    direct = {one.reply_to for one in ours if one.reply_to}
    return frozenset(direct | {one.thread for one in ours if one.thread})


def _folded(questions: Iterable[Question]) -> list[Question]:
    """Put equal questions of one body together: one answer serves them all."""
    from dataclasses import replace

    groups: dict[tuple[str | None, str, bool], list[Question]] = {}
    for one in questions:
        words = " ".join("".join(sign if sign.isalnum() else " " for sign in one.comment.text.casefold()).split())
        groups.setdefault((one.body, words, one.answered), []).append(one)
    return [replace(first, repeats=tuple(one.comment.id for one in rest)) for first, *rest in groups.values()]


def _voice(question: Question, registry: Registry, account: str | None) -> Account:
    if account is not None:
        named = registry.account_by_id.get(account)
        if named is None:
            raise InputError(_NOBODY.fill(body=account), where="account")
        return named
    own = registry.account_by_id.get(question.account)
    mine = registry.accounts_of.get(question.body or "", ())
    same = [one for one in mine if one.network == question.network and not one.closed and not one.mothballed]
    if same:
        return same[0]
    if own is not None:
        return own
    raise InputError(
        _NOBODY.fill(body=question.body or "—"),
        where=question.id,
        remedy=Text("Назовите аккаунт: --from ID.", "Name the account: --from ID."),
    )


def _reply(question: Question, text: str, voice: NetworkAccount) -> Step:
    told = _ANSWERED_HERE.fill(account=voice.id, shown=_cut(text))
    return Step(
        id="s1",
        key=step_key(),
        account=voice.id,
        network=voice.network,
        action="reply",
        params={
            "text": text,
            "post": question.comment.post_id,
            "to": question.comment.id,
            "under": question.account,
            "url": question.comment.url or "",
        },
        ru=told.ru,
        en=told.en,
        clause="11" if question.upstream else "9.1",
        evidence=(_proof(question),),
        undo="delete_comment",
    )


def _own_post(question: Question, text: str, voice: NetworkAccount) -> Step:
    told = _ANSWERED_OWN.fill(shown=_cut(text))
    link = question.comment.url or ""
    draft = {"text": f"{text}\n\n{link}".strip() if link else text}
    return Step(
        id="s1",
        key=step_key(),
        account=voice.id,
        network=voice.network,
        action="publish",
        params={"draft": draft},
        ru=told.ru,
        en=told.en,
        clause="11" if question.upstream else "9.1",
        evidence=(_proof(question),),
        undo="delete_post",
    )


def _proof(question: Question) -> Proof:
    comment = question.comment
    return Proof(text=comment.text, author=comment.author_name or "", url=comment.url or "", at=comment.at)


def _advice(question: Question, text: str, voice: NetworkAccount) -> Iterable[PlanProblem]:
    from munsocial.language import style

    notes = [_PRESS.fill(advice=remark.advice) for remark in style(text).remarks]
    notes += [_APPEAL] if question.appeal else []
    return [PlanProblem(account=voice.id, weight="advice", ru=note.ru, en=note.en) for note in notes]


_APPEAL_WORDS = ("прошу принять меры", "прошу разобраться", "заявляю", "обращаюсь с жалобой", "прошу провести проверку",
                 "прошу дать официальный ответ", "официальное обращение", "59-фз")  # fmt: skip


def _is_appeal(text: str) -> bool:
    lowered = text.casefold()
    return any(words in lowered for words in _APPEAL_WORDS)


def _matter(text: str) -> str:
    from munsocial.language import topic

    return topic(text)


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"

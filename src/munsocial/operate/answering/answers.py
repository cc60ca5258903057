"""Answers (clauses 9.1 and 11): in place where the network lets us, else in one's own account with a reference.

The account that may answer speaks: of the body whose matter it is, in the same network, with a key that serves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, get_args

from munsocial.errors import InputError
from munsocial.journal.journal import Journal
from munsocial.model.accounts import Account
from munsocial.model.base import mended
from munsocial.model.given import each_is, is_a, table_of
from munsocial.model.registry import Registry
from munsocial.network.abilities import Ability, How, Limits
from munsocial.network.adapter import Adapter
from munsocial.network.drafts import Draft
from munsocial.operate.answering.inbox import Question
from munsocial.operate.answering.templates import Template, render, suggested
from munsocial.operate.applying.digests import text_digest
from munsocial.operate.applying.underway import Answered
from munsocial.operate.clauses import clause_of
from munsocial.operate.days import local_day
from munsocial.operate.plans.limits import length_beyond
from munsocial.operate.plans.plan import Plan, PlanProblem, Proof, Step, Weight, new_plan, step_key
from munsocial.operate.publishing.text_advice import problems_of_text
from munsocial.operate.restrictions import acknowledged_in, barred
from munsocial.operate.shown import shown
from munsocial.policy.act import Act
from munsocial.policy.words import listed
from munsocial.wording import Text

__all__ = ["Place", "plan_answer", "plan_answers"]

Place = Literal["auto", "here", "own"]
"""Where an answer stands: under the question, or as a post of one's own with a reference (the act accepts both)."""

_HERE = Text("ответить от имени {account}: «{shown}»", "answer as {account}: {shown!r}")
_OWN = Text(
    "ответить публикацией в своём аккаунте со ссылкой на вопрос: «{shown}»",
    "answer by a post of one's own with a reference to the question: {shown!r}",
)
_MESSAGE = Text("ответить в личных сообщениях: «{shown}»", "answer by a private message: {shown!r}")
_REFERENCE = Text("Отвечаем на вопрос, заданный здесь: {link}", "In answer to the question asked here: {link}")
_NOBODY = Text(
    "У органа «{body}» нет аккаунта, от имени которого можно ответить.", "Body {body!r} has no account to answer from."
)
_NOBODYS = Text(
    "Не сказано, какой орган отвечает на этот вопрос.", "Nothing says which body is to answer this question."
)
_UNKNOWN = Text("В реестре нет аккаунта «{account}».", "The register has no account {account!r}.")
_NAME_IT = Text("Назовите аккаунт, от имени которого ответить.", "Name the account to answer from.")
_APPEAL = Text(
    "похоже на обращение по 59-ФЗ: ответ в комментарии его не заменяет; подскажите, куда подать письменно (сайт, "
    "почта, приём), и передайте в канцелярию — срок 30 дней с регистрации",
    "looks like an appeal under 59-FZ: a comment does not replace the answer to it; say where to file it in writing, "
    "and pass it to the office: 30 days from registration",
)
_ELSEWHERE = Text(
    "спрашивают о месте не из нашего района: перешлите вопрос, а не отвечайте за других",
    "it asks about a place that is not ours: pass it on instead of answering for others",
)
_ANSWERED = Text("на этот вопрос уже ответили", "this question has been answered already")
_NO_LINK = Text(
    "у вопроса нет ссылки: публикация не покажет, на что она отвечает",
    "the question has no link: the post will not show what it answers",
)
_NO_KEY = Text(
    "нет ключа, чтобы ответить на «{shown}»: ответьте на сайте{place} или заведите ключ: {keys}",
    "no key to answer {shown!r}: answer on the site{place}, or get a key: {keys}",
)
_NO_PLACE = Text("места ответа «{place}» нет.", "there is no place of an answer {place!r}.")
_PLACES = Text(
    "Укажите auto (где можно), here (под вопросом) или own (своя запись). На личное сообщение отвечают сообщением.",
    "Give auto (where one may), here (under the question) or own (a post of ours). A message is answered by a message.",
)
_NO_TEMPLATE = Text("ни один шаблон не подходит: «{shown}»", "no template fits: {shown!r}")
_EMPTY = Text("ответ пуст.", "the answer is empty.")
_WRITE = Text("Напишите текст ответа.", "Write the text of the answer.")
_LONG = Text("ответ длиннее {limit} знаков: {length}", "the answer is longer than {limit} signs: {length}")


def plan_answer(
    question: Question,
    text: str,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    account: str | None = None,
    made_by: str = "",
    acts: Sequence[Act] = (),
    place: Place = "auto",
    journal: Journal | None = None,
    also: Iterable[Question] = (),
    acknowledge: Iterable[str] = (),
) -> Plan:
    """Plan an answer: in place where the network lets us, else as a post of one's own with a reference to the question.

    ``also`` are other questions that the same words answer. ``account`` names whose voice it is; otherwise the body's
    account in the same network is taken. A question that was asked several times is answered under each of its
    repetitions. An answer that the ``journal`` shows to be under way is not planned again. A voice in a network
    restricted by law is left out and told, unless ``acknowledge`` names the network.

    Raises:
        InputError: the text is empty, the body has no account to answer from, or there is no such place.
    """
    is_a(Question, question, "question")
    is_a(str, text, "text")
    text = mended(text)
    if not text.strip():
        raise InputError(_EMPTY, where=question.id, remedy=_WRITE)
    others = each_is(Question, also, "also", "social.inbox(snapshot)")
    teller = _Teller(registry, adapters, now, acts, account, place, journal, acknowledged_in(acknowledge))
    asked = {one.id: one for one in (question, *others)}
    told = [step for one in asked.values() for step in teller.steps(one, text)]
    steps = [step.model_copy(update={"id": f"s{number}"}) for number, step in enumerate(told, 1)]
    return new_plan("answer", registry, steps, now=now, made_by=made_by, problems=teller.problems)


def plan_answers(
    questions: Iterable[Question],
    templates: Mapping[str, Template],
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    template: str = "",
    account: str | None = None,
    made_by: str = "",
    acts: Sequence[Act] = (),
    place: Place = "auto",
    journal: Journal | None = None,
    acknowledge: Iterable[str] = (),
) -> Plan:
    """Plan answers to many questions from templates: the named one, or the one that each question suggests.

    A template that fails, a question that none fits, a body without an account: each is told among the problems, and
    the rest goes on. Under a comment that was answered no template answers again: `plan_answer` may.

    Raises:
        InputError: there is no such place.
    """
    table_of(Template, templates, "templates")
    is_a(str, template, "template")
    teller = _Teller(registry, adapters, now, acts, account, place, journal, acknowledged_in(acknowledge))
    steps: list[Step] = []
    for question in each_is(Question, questions, "questions", "social.inbox(snapshot)"):
        found = (templates[template],) if template in templates else suggested(question, templates.values())
        if not found:
            teller.tell(question.account, _NO_TEMPLATE.fill(shown=shown(question.comment.text)), "note")
            continue
        try:
            made = teller.steps(question, render(found[0], question, registry, now=now))
            steps += (_never_second(step) if question.answered else step for step in made)
        except InputError as error:
            teller.tell(question.account, Text.of(error), "error")
    numbered = [step.model_copy(update={"id": f"s{number}"}) for number, step in enumerate(steps, 1)]
    return new_plan("answer", registry, numbered, now=now, made_by=made_by, problems=teller.problems)


def _known(place: Place) -> Place:
    """Return where an answer is to stand: a word that nobody knows must not become a public reply."""
    if place not in get_args(Place):
        raise InputError(_NO_PLACE.fill(place=shown(str(place))), where="place", remedy=_PLACES)
    return place


def _seen(question: Question) -> dict[str, object]:
    """Return when the question was read: whoever answers it knows what stood there."""
    return {"seen_at": question.seen_at.isoformat()} if question.seen_at else {}


def _never_second(step: Step) -> Step:
    """Return the step so that any answer under its comment stops it: a template follows no first word by itself."""
    params = {name: value for name, value in step.params.items() if name != "seen_at"}
    return step.model_copy(update={"params": params})


class _Teller:
    """Makes steps of answers and gathers what there is to say about them."""

    def __init__(
        self,
        registry: Registry,
        adapters: Mapping[str, Adapter],
        now: datetime,
        acts: Sequence[Act],
        account: str | None,
        place: Place,
        journal: Journal | None,
        acknowledged: frozenset[str],
    ) -> None:
        self.registry = registry
        self.adapters = adapters
        self.now = now
        self.acts = acts
        self.account = account
        self.place = _known(place)
        self.acknowledged = acknowledged
        self.answered = Answered(journal, now, registry.municipality.id) if journal is not None else None
        self.problems: list[PlanProblem] = []

    def tell(self, account: str, what: Text, weight: Weight = "advice") -> None:
        """Note a problem."""
        self.problems.append(PlanProblem.of(account, weight, what))

    def tell_once(self, account: str, what: Text) -> None:
        """Note an error that is of the account, and the same for each of its questions."""
        told = PlanProblem.of(account, "error", what)
        if told not in self.problems:
            self.problems.append(told)

    def steps(self, question: Question, text: str) -> Iterator[Step]:
        """Give the steps that answer a question."""
        voice = self._voice(question)
        restricted = barred(voice.network, self.now, self.registry.municipality.timezone)
        if restricted and voice.network not in self.acknowledged:
            self.tell_once(voice.id, restricted)
            return
        self._advise(question, text, voice)
        if restricted:
            self.tell(voice.id, restricted)
        here = self._here(question, voice)
        ability = Ability.SEND_MESSAGE if question.peer else Ability.REPLY if here else Ability.PUBLISH
        if not self._has_key(question, voice, ability):
            return
        for step in self._written(question, text, voice, here):
            if self._fits(step, ability) and self._is_new(step):
                yield step

    def _written(self, question: Question, text: str, voice: Account, here: bool) -> Iterator[Step]:
        if question.peer:
            yield self._message(question, text, voice)
        elif here:
            yield self._reply(question, text, voice)
            for other in question.others:
                if not other.peer and other.network == voice.network:
                    yield self._reply(other, text, voice)
        else:
            yield self._own_post(question, text, voice)

    def _voice(self, question: Question) -> Account:
        if self.account is not None:
            is_a(str, self.account, "account")
            named = self.registry.account_by_id.get(self.account)
            if named is None:
                raise InputError(_UNKNOWN.fill(account=self.account), where="account", remedy=_NAME_IT)
            return named
        own = self.registry.account_by_id.get(question.account)
        today = local_day(self.now, self.registry)
        mine = [one for one in self.registry.accounts_of.get(question.body or "", ()) if one.publishes_on(today)]
        same = [one for one in mine if one.network == question.network]
        # The citizen reads the network in which he asked: another one serves only when the body has nothing there.
        candidates = [*same, *([own] if own else [])] or mine
        if question.peer and own:
            candidates = [own]  # a private message is answered by the page to which it was written
        able = [one for one in candidates if self._may(one, Ability.SEND_MESSAGE if question.peer else Ability.REPLY)]
        if able or candidates:
            return (able or candidates)[0]
        nobody = _NOBODYS if question.body in (None, "other") else _NOBODY.fill(body=question.body)
        raise InputError(nobody, where=question.id, remedy=_NAME_IT)

    def _may(self, account: Account, ability: Ability) -> bool:
        adapter = self.adapters.get(account.network)
        return adapter is not None and adapter.capabilities.can(ability) and adapter.has_key(ability, account.id)

    def _has_key(self, question: Question, voice: Account, ability: Ability) -> bool:
        """Tell whether a step may be made at all; where a person does it by hand no key is wanted."""
        adapter = self.adapters.get(voice.network)
        if adapter is None or adapter.has_key(ability, voice.id):
            return True
        keys = listed(adapter.capabilities.of(ability).keys)
        link = question.comment.url or question.post_url
        place = f" {link}" if link else ""
        self.tell(voice.id, _NO_KEY.fill(shown=shown(question.comment.text), keys=keys, place=place), "error")
        return False

    def _fits(self, step: Step, ability: Ability) -> bool:
        """Tell whether the answer is within what the network takes where it is to stand."""
        adapter = self.adapters.get(step.network)
        limits = adapter.capabilities.of(ability).limits if adapter else Limits()
        length = length_beyond(step.params["text"] if "text" in step.params else step.params["draft"]["text"], limits)
        if length is None:
            return True
        self.tell(step.account, _LONG.fill(limit=limits.text, length=length), "error")
        return False

    def _is_new(self, step: Step) -> bool:
        """Tell whether nothing of the kind is under way; what is known of an earlier answer is told."""
        told = self.answered.told(step) if self.answered is not None else None
        self.problems += [told] if told else []
        return told is None or told.weight != "error"

    def _here(self, question: Question, voice: Account) -> bool:
        """Tell whether the answer goes under the question; a person may do it by hand where a program may not."""
        if voice.network != question.network or self.place == "own":
            return False
        if self.place == "here" or self._may(voice, Ability.REPLY):
            return True
        adapter = self.adapters.get(voice.network)
        by_hand = adapter is not None and adapter.capabilities.of(Ability.REPLY).how is How.MANUAL
        # Above, another page's comments may be closed to us: a post of one's own with a reference serves as well.
        return by_hand and not (question.upstream and self._may(voice, Ability.PUBLISH))

    def _advise(self, question: Question, text: str, voice: Account) -> None:
        self.problems += problems_of_text(Draft(text=text, topic="other"), [voice.id])
        for what, there in (
            (_APPEAL, question.appeal),
            (_ELSEWHERE, question.body == "other"),
            (_ANSWERED, question.answered),
        ):
            if there:
                self.tell(voice.id, what)

    def _reply(self, question: Question, text: str, voice: Account) -> Step:
        params = {
            "text": text,
            "post": question.comment.post_id,
            "to": question.comment.id,
            "under": question.account,
            "url": question.comment.url or "",
        }
        told = _HERE.fill(account=voice.id, shown=shown(text))
        step = self._step(question, voice, "reply", told, params, undo="delete_comment")
        return step.model_copy(update={"expect": text_digest(question.comment.text)})

    def _message(self, question: Question, text: str, voice: Account) -> Step:
        params = {"text": text, "peer": question.peer}
        return self._step(question, voice, "send_message", _MESSAGE.fill(shown=shown(text)), params)

    def _own_post(self, question: Question, text: str, voice: Account) -> Step:
        link = question.comment.url or question.post_url
        if not link:
            self.tell(voice.id, _NO_LINK)
        whole = f"{text}\n\n{_REFERENCE.fill(link=link).ru}" if link else text
        params = {"draft": {"text": whole}}
        return self._step(question, voice, "publish", _OWN.fill(shown=shown(text)), params, undo="delete_post")

    def _step(
        self, question: Question, voice: Account, action: str, told: Text, params: Mapping[str, object], undo: str = ""
    ) -> Step:
        kind, custom = ("reply.upstream", "11") if question.upstream else ("moderation.duty", "9.1")
        comment = question.comment
        asked = local_day(comment.at, self.registry)
        clause = clause_of(self.acts, kind, on=asked, custom=custom)
        return Step(
            id="s0",
            key=step_key(),
            account=voice.id,
            network=voice.network,
            action=action,
            params={**params, "question": question.id, **_seen(question)},
            ru=told.ru,
            en=told.en,
            clause=clause if question.upstream else question.clause or clause,
            evidence=(
                Proof(text=comment.text, author=comment.author_name or "", url=comment.url or "", at=comment.at),
            ),
            calls=2,
            undo=undo,
        )

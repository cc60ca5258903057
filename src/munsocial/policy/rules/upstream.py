"""reply.upstream: settlements answer questions which were asked in the accounts above them (clause 11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from munsocial.model.accounts import Upstream
from munsocial.model.addresses import read_address
from munsocial.model.authors import Authors, author_kind, kind_of
from munsocial.model.snapshot import AccountView
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.facts.questions import Question, questions_for
from munsocial.policy.facts.references import references_of
from munsocial.policy.params import ReplyUpstream
from munsocial.policy.rules.seen import on_record, unseen, witness
from munsocial.policy.subjects import resting
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["above", "none_above", "replies"]

_NONE_ABOVE = Text(
    "В этой сети нет названных вышестоящих аккаунтов.", "The named accounts above do not exist in this network."
)
_NONE_ON_RECORD = Text(
    "Вышестоящих аккаунтов в реестре нет ни в одной сети: {roles}.",
    "The register has no accounts above in any network: {roles}.",
)
_ENTER_ABOVE = Text(
    "Внесите вышестоящие аккаунты в реестр (upstream) и соберите снимок.",
    "Enter the accounts above into the register (upstream), and collect.",
)
_NO_QUESTIONS = Text(
    "Вопросов к этому поселению в вышестоящих аккаунтах не было.", "No question for this body was asked above."
)
_NO_QUESTIONS_SINCE = Text(
    "Требование действует с {since}; с тех пор вопросов к этому поселению в вышестоящих аккаунтах не было.",
    "In force since {since}; since then no question for this body was asked above.",
)
_NOT_OURS = Text(
    "Вопросы к этому поселению ({elsewhere}) его ответа не ждут: на них ответили наверху или они вне компетенции.",
    "The questions for this body ({elsewhere}) do not wait for its answer: answered above, or not its concern.",
)
_ANSWERED = Text("На все вопросы ({count}) отвечено.", "All questions ({count}) were answered.")
_UNANSWERED = Text(
    "Вопросов в вышестоящих аккаунтах — {count}, без ответа — {open}.",
    "Questions in the accounts above: {count}, unanswered: {open}.",
)
_FRESH = Text("Вопросы заданы меньше суток назад: {open} из {count}.", "Asked less than a day ago: {open} of {count}.")
_WHOSE = Text(
    "Под вопросами ({doubtful} из {count}) есть ответы, а id своей страницы в сети не известен ({unnamed}): "
    "не видно, наши ли это ответы.",
    "There are answers below the questions ({doubtful} of {count}), and the network id of our page is not known "
    "({unnamed}): whether they are ours cannot be told.",
)
_NAME_PAGE = Text(
    "Впишите в реестр network_id этих аккаунтов или соберите снимок, в котором прочитан их профиль: {unnamed}.",
    "Enter the network_id of these accounts into the register, or collect until their profile is read: {unnamed}.",
)
_COMMENTS_ABOVE = Text("комментарии вышестоящих аккаунтов", "comments in the accounts above")
_ANSWER = Text(
    "Ответьте под вопросом или в своём аккаунте со ссылкой.",
    "Answer below the question, or in your account with a link.",
)

_SAME_ROLE = {
    "krai_governor": frozenset({"krai_governor", "governor"}),
    "governor": frozenset({"governor", "krai_governor"}),
}
_SOON = timedelta(hours=24)  # derived: the order names no term


def above(case: Case, network: str, roles: Sequence[str]) -> dict[str, list[Upstream]]:
    """Accounts above in a network on the day, by the role word of the act; a role with none is left out."""
    known = case.upstream_of.get(network, ())
    found = {role: [one for one in known if one.role in _SAME_ROLE.get(role, (role,))] for role in roles}
    return {role: accounts for role, accounts in found.items() if accounts}


def none_above(case: Case, roles: Sequence[str]) -> Verdict:
    """The verdict where a network has none of the accounts above: a register without any does not know that."""
    if any(above(case, network, roles) for network in case.upstream_of):
        return Verdict(Outcome.NOT_APPLICABLE, _NONE_ABOVE, {"roles": roles})
    return Verdict(Outcome.UNKNOWN, _NONE_ON_RECORD, {"roles": roles}, on_record(""), _ENTER_ABOVE)


def replies(case: Case, ask: Ask[ReplyUpstream], page: Page) -> Iterator[Verdict]:
    """Judge whether citizens' questions to a settlement, asked above in the same network, were answered."""
    targets = above(case, page.account.network, ask.params.upstream)
    rest = resting(case, page, ask.requirement.kind)
    if not targets:
        yield rest or none_above(case, ask.params.upstream)
        return
    ids = dict.fromkeys(one.id for accounts in targets.values() for one in accounts)
    known, network = case.snapshot.upstream_views, page.account.network
    views = [known.get(name) or AccountView(account=name, network=network) for name in ids]
    asked = [one for view in views for one in questions_for(case, view, page.body)]
    questions = [one for one in asked if case.held(ask.force, one.comment.at)]
    counted = [one for one in questions if not one.elsewhere]
    voice = _voice(case, page)
    open_ = [one for one in counted if not _answered(case, ask.params, page, one, voice)]
    doubtful = [one for one in open_ if "reply_in_place" in ask.params.accept and voice.may_have_answered(one)]
    doubted = {id(one) for one in doubtful}
    overdue = [one for one in open_ if id(one) not in doubted and case.seen_until - one.comment.at > _SOON]
    if rest is not None:  # what was late before the rest stays late, all else may wait for its end
        overdue = [one for one in overdue if case.local_day(one.comment.at + _SOON) < rest.facts["since"]]
        if not overdue:
            yield rest
            return
    facts: dict[str, Any] = {
        "count": len(counted),
        "open": len(overdue or open_),
        "elsewhere": len(questions) - len(counted),
        **({"doubtful": len(doubtful), "unnamed": list(voice.unnamed)} if doubtful else {}),
        **({"since": ask.force.first} if len(asked) > len(questions) else {}),
    }
    blind = next((view for view in views if not view.comments.complete), None)
    if overdue:
        yield Verdict(Outcome.NOT_MET, _UNANSWERED, facts, _evidence(overdue), _ANSWER)
    elif doubtful:
        yield Verdict(Outcome.UNKNOWN, _WHOSE, facts, _evidence(doubtful), _NAME_PAGE)
    elif open_:
        yield Verdict(Outcome.UNKNOWN, _FRESH, facts, _evidence(open_), _ANSWER)
    elif blind is not None:
        yield unseen(_COMMENTS_ABOVE, blind.comments, account=blind.account)
    elif counted:
        yield Verdict(Outcome.MET, _ANSWERED, facts, _evidence(counted))
    else:
        none = _NO_QUESTIONS_SINCE if len(asked) > len(questions) else _NO_QUESTIONS
        yield Verdict(
            Outcome.NOT_APPLICABLE,
            _NOT_OURS if questions else none,
            facts,
            tuple(witness(one.comments, item=one.account) for one in views),
        )


class _Voice(NamedTuple):
    """How the pages of a body are known again in a network: by what collecting marked, and by their id there."""

    network: str
    pages: frozenset[str]
    authors: Authors
    unnamed: dict[str, str]
    """Pages whose id nobody knows, neither the register nor their profile, each with the kind of author it is."""

    def answered(self, question: Question) -> bool:
        return any(self.authors.of(one, self.network, stored=True) in self.pages for one in question.replies)

    def may_have_answered(self, question: Question) -> bool:
        """Tell whether a page without an id may be who replied: no community is taken for a person."""
        kinds = set(self.unnamed.values())
        strangers = [one for one in question.replies if one.author_id and not (one.by_account or one.by_owner)]
        return any(author_kind(one) in kinds for one in strangers)


def _voice(case: Case, page: Page) -> _Voice:
    pages = case.pages_of.get(page.body.id, ())
    known = [case.snapshot.identified(one.account) for one in pages]
    unnamed = {one.id: kind_of(one) for one in known if one.network == page.account.network and not one.network_id}
    return _Voice(page.account.network, frozenset(one.id for one in pages), Authors(known), unnamed)


def _answered(case: Case, params: ReplyUpstream, page: Page, question: Question, voice: _Voice) -> bool:
    if question.noted or ("reply_in_place" in params.accept and voice.answered(question)):
        return True
    pages = case.pages_of.get(page.body.id, ())
    return "own_post_with_reference" in params.accept and any(_refers(one, question, case) for one in pages)


def _refers(page: Page, question: Question, case: Case) -> bool:
    """Tell whether a later post of the page is a repost of the place of the question, or carries its address."""
    own, since = references_of(case, page), question.comment.at
    asked = read_address(question.comment.url)
    for place in (asked, read_address(question.post_url)):
        for at, address in own.near(place, asked) if place else ():
            if place and at > since and address.leads_to(place) and not (asked and address.denies(asked)):
                return True
    # Networks number posts per wall: a number says nothing without the page.
    sources = [source for at, source in own.reposts.get(question.comment.post_id, ()) if at > since]
    above_it = case.registry.upstream_by_id.get(question.upstream) if sources else None
    wall = case.snapshot.network_id_of(above_it) if above_it else ""
    return bool(wall) and any(source.network_id.lstrip("-") == wall.lstrip("-") for source in sources)


def _evidence(questions: Sequence[Question]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            Means.NETWORK, one.comment.at, one.upstream, one.comment.url or "", one.comment.id, one.comment.text[:300]
        )
        for one in questions[:20]
    )

"""subscription.upstream and reply.upstream: settlements follow the accounts above and answer there (clauses 10, 11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from munsocial.model.accounts import Account, AccountKind, NetworkAccount, Upstream
from munsocial.model.content import Comment, Link
from munsocial.model.snapshot import AccountView, Observed, Why
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.params import ReplyUpstream, SubscriptionUpstream
from munsocial.policy.rules.attesting import last_statement, names_of, subjects_of
from munsocial.policy.rules.questions import Question, questions_for
from munsocial.policy.rules.seen import reason, remedy, unseen, witness
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["replies", "subscriptions"]

_FOLLOWS = Text("Подписка или ссылка есть: {present}.", "There is a subscription or link to: {present}.")
_LACKS = Text(
    "Нет подписки или ссылки: {absent}. Есть: {present}.", "No subscription or link to: {absent}. There is: {present}."
)
_LACKS_ALL = Text("Нет подписки или ссылки: {absent}.", "No subscription or link to: {absent}.")
_HIDDEN = Text("Подписки не видны ({reason}): {hidden}.", "Subscriptions are not visible ({reason}): {hidden}.")
_NONE_ABOVE = Text(
    "В этой сети нет названных вышестоящих аккаунтов.", "The named accounts above do not exist in this network."
)
_CANNOT = Text(
    "Сообщества в этой сети подписываться не могут, а акт принимает только подписку.",
    "Communities cannot subscribe in this network, and the act accepts nothing else.",
)
_LINK_UP = Text(
    "Подпишитесь или добавьте ссылку в блок ссылок страницы: {absent}.",
    "Subscribe, or add a link on the page: {absent}.",
)
_NO_QUESTIONS = Text(
    "Вопросов к этому поселению в вышестоящих аккаунтах не было.", "No question for this body was asked above."
)
_ANSWERED = Text("На все вопросы ({count}) отвечено.", "All questions ({count}) were answered.")
_UNANSWERED = Text(
    "Вопросов в вышестоящих аккаунтах — {count}, без ответа — {open}.",
    "Questions in the accounts above: {count}, unanswered: {open}.",
)
_FRESH = Text("Вопросы заданы меньше суток назад: {open} из {count}.", "Asked less than a day ago: {open} of {count}.")
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


class _Links(NamedTuple):
    """What leads upwards: the page's own links, those of the profile that owns it, and whether all was seen."""

    links: tuple[Link, ...]
    complete: bool
    view: Observed[Any]


def subscriptions(case: Case, ask: Ask[SubscriptionUpstream], page: Page) -> Iterator[Verdict]:
    """Judge each role apart; a network that shows no subscriptions leaves it to attestation."""
    targets = above(case, page.account.network, ask.params.upstream)
    if not targets:
        yield Verdict(Outcome.NOT_APPLICABLE, _NONE_ABOVE, {"roles": ask.params.upstream})
        return
    if _cannot(ask.params, page):
        yield Verdict(Outcome.NOT_APPLICABLE, _CANNOT, {"roles": ask.params.upstream})
        return
    seen = _links(case, ask.params, page)
    present = [role for role, accounts in targets.items() if any(_leads(seen.links, one) for one in accounts)]
    rest = [role for role in targets if role not in present]
    facts: dict[str, Any] = {"present": present, "absent": rest, "hidden": rest}
    evidence = [witness(seen.view, item=page.id)]
    if rest and "attestation" in ask.params.accept:
        found = last_statement(case, names_of(ask), subjects_of(case, page)[:1], ask.params.valid_days)
        if found and found.valid:
            evidence.append(found.evidence)
            if found.record.holds:
                present, rest = [*present, *rest], []
                facts = {"present": present, "absent": rest, "hidden": rest}
    yield _linked(seen, rest, facts, tuple(evidence))


def _cannot(params: SubscriptionUpstream, page: Page) -> bool:
    """Tell whether the act wants a subscription alone of a page which may subscribe to nobody."""
    alone = page.account.kind is not AccountKind.PROFILE and page.view.can.get("subscribe") is False
    return alone and set(params.accept) <= {"subscription"}


def _linked(seen: _Links, rest: Sequence[str], facts: dict[str, Any], evidence: tuple[Evidence, ...]) -> Verdict:
    if not rest:
        return Verdict(Outcome.MET, _FOLLOWS, facts, evidence)
    if not seen.complete:
        missing = seen.view.missing or next(iter(seen.view.gaps), None)
        by_a_person = missing is None or missing.why in (Why.ABSENT, Why.CLOSED)
        advice = _LINK_UP if by_a_person else remedy(missing)
        return Verdict(Outcome.UNKNOWN, _HIDDEN, {**facts, "reason": reason(missing)}, evidence, advice)
    return Verdict(Outcome.NOT_MET, _LACKS if facts["present"] else _LACKS_ALL, facts, evidence, _LINK_UP)


def _links(case: Case, params: SubscriptionUpstream, page: Page) -> _Links:
    """Collect what the act accepts; subscriptions of the profile that owns the page count as the owner's."""
    accepted = set(params.accept)
    links = [link for link in page.view.links.value or () if link.kind in accepted]
    owner = case.pages.get(page.account.owner_profile or "")
    if owner is not None and "owner_profile_subscription" in accepted:
        links += [link for link in owner.view.links.value or () if link.kind in ("subscription", "link")]
    return _Links(tuple(links), page.view.links.complete, page.view.links)


def _leads(links: Sequence[Link], target: NetworkAccount) -> bool:
    handle, network_id = target.handle.casefold().lstrip("@"), target.network_id
    return any(_same(link, handle, network_id) for link in links)


def _same(link: Link, handle: str, network_id: str) -> bool:
    """The immutable id decides where both sides have one; a handle may have passed to somebody else."""
    if network_id and link.network_id:
        return network_id.lstrip("-") == link.network_id.lstrip("-")
    if not handle:
        return False
    return handle in ((link.handle or "").casefold().lstrip("@"), _tail(link.url))


def _tail(url: str | None) -> str:
    """The last part of an address, where networks put the handle."""
    return (url or "").split("?", 1)[0].split("#", 1)[0].rstrip("/").rsplit("/", 1)[-1].casefold()


def replies(case: Case, ask: Ask[ReplyUpstream], page: Page) -> Iterator[Verdict]:
    """Judge whether citizens' questions to a settlement, asked above in the same network, were answered."""
    targets = above(case, page.account.network, ask.params.upstream)
    if not targets:
        yield Verdict(Outcome.NOT_APPLICABLE, _NONE_ABOVE, {"roles": ask.params.upstream})
        return
    ids = dict.fromkeys(one.id for accounts in targets.values() for one in accounts)
    views = [case.snapshot.upstream_views.get(name) or _unseen_view(name, page.account) for name in ids]
    questions = [one for view in views for one in questions_for(case, view, page.body)]
    counted = [one for one in questions if not one.elsewhere]
    open_ = [one for one in counted if not _answered(case, ask.params, page, one)]
    overdue = [one for one in open_ if case.seen_until - one.comment.at > _SOON]
    facts: dict[str, Any] = {
        "count": len(counted),
        "open": len(overdue or open_),
        "elsewhere": len(questions) - len(counted),
    }
    blind = next((view for view in views if not view.comments.complete), None)
    if overdue:
        yield Verdict(Outcome.NOT_MET, _UNANSWERED, facts, _evidence(overdue), _ANSWER)
    elif open_:
        yield Verdict(Outcome.UNKNOWN, _FRESH, facts, _evidence(open_), _ANSWER)
    elif blind is not None:
        yield unseen(_COMMENTS_ABOVE, blind.comments, account=blind.account)
    elif counted:
        yield Verdict(Outcome.MET, _ANSWERED, facts, _evidence(counted))
    else:
        yield Verdict(
            Outcome.NOT_APPLICABLE,
            _NO_QUESTIONS,
            facts,
            tuple(witness(one.comments, item=one.account) for one in views),
        )


def _unseen_view(name: str, account: Account) -> AccountView:
    return AccountView(account=name, network=account.network)


def _answered(case: Case, params: ReplyUpstream, page: Page, question: Question) -> bool:
    if question.noted:
        return True
    pages = case.pages_of.get(page.body.id, ())
    ids = {one.id for one in pages}
    authors = {one.account.network_id.lstrip("-") for one in pages if one.account.network_id}
    if "reply_in_place" in params.accept and any(_ours(reply, ids, authors) for reply in question.replies):
        return True
    return "own_post_with_reference" in params.accept and any(_refers(one, question, case) for one in pages)


def _ours(reply: Comment, ids: set[str], authors: set[str]) -> bool:
    return reply.by_account in ids or (bool(reply.author_id) and (reply.author_id or "").lstrip("-") in authors)


def _refers(page: Page, question: Question, case: Case) -> bool:
    """Tell whether a later post of the page is a repost of the place of the question, or carries its address."""
    addresses = [url for url in (question.comment.url, question.post_url) if url]
    for post in page.view.posts.value or ():
        if not question.comment.at < post.at <= case.at:
            continue
        if post.source and post.source.post_id and post.source.post_id == question.comment.post_id:
            return True
        if any(address in post.text for address in addresses):
            return True
    return False


def _evidence(questions: Sequence[Question]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            Means.NETWORK, one.comment.at, one.upstream, one.comment.url or "", one.comment.id, one.comment.text[:300]
        )
        for one in questions[:20]
    )

"""Whom a requirement speaks of, and whether it can be judged for them at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from munsocial.model.accounts import Account
from munsocial.model.bodies import Body
from munsocial.model.statements import ExemptPeriod
from munsocial.policy.act import Act, NetworkStatus, Requirement
from munsocial.policy.case import Case, Page
from munsocial.policy.catalogue import KINDS, On
from munsocial.policy.nobody import CLOSED, EXEMPT, MOTHBALLED, NOT_OPEN_YET, ONLY_OWNS, OTHER_NETWORK, SUSPENDED
from munsocial.policy.params import PostingFrequency
from munsocial.policy.speech import days, spoken
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text, join_texts

__all__ = [
    "Gate",
    "addressed",
    "exempt",
    "judged_on",
    "mothballed",
    "network_stop",
    "pages_addressed",
    "passed_over",
    "resting",
    "resting_as_a_whole",
    "restriction",
    "spoken_to",
    "suspended",
]

_HELD, _SINCE, _BASIS = (
    Text("{status}", "{status}"),
    Text(" с {begun}", " since {begun}"),
    Text(" ({basis})", " ({basis})"),
)
_KEEP = Text(
    "Не публикуйте там ничего; сохраните доступ, уберите ссылки на эту страницу.",
    "Publish nothing there; keep the access, remove links to this page.",
)

_CONTENT = frozenset({"content", "interaction", "graph"})
_FOR_CITIZENS = frozenset(
    {"account.audience_register", "account.category", "account.central_platform", "account.state_verification"}
)
"""What is asked of pages for citizens beside their content: a profile that only owns pages is none."""
_MESSAGE_BY_MESSAGE = frozenset(
    {
        "reply.appeal_boundary",
        "reply.content",
        "reply.deadline",
        "reply.escalation",
        "reply.routing",
        "reply.upstream",
    }
)
"""Kinds that judge messages of many days: a rest of one day excuses those whose duty fell into it, and no others."""


def judged_on(requirement: Requirement) -> On:
    """What a requirement is judged for: each account, each body, or the municipality once."""
    params = requirement.params
    if isinstance(params, PostingFrequency) and params.scope != "per_account":
        return "body"
    return KINDS[requirement.kind].on


def addressed(case: Case, requirement: Requirement) -> Iterator[tuple[Body, tuple[Page, ...]]]:
    """Yield living bodies to which a requirement speaks, each with those of its pages that it speaks of.

    A word of ``applies_to`` fits a body by its kind, its tags, its id - or one account by the account's id.
    """
    for body in case.registry.bodies:
        if not body.covers(case.day):
            continue
        pages = pages_addressed(case, requirement, body)
        if pages or spoken_to(case, requirement, body):
            yield body, pages


def pages_addressed(case: Case, requirement: Requirement, body: Body) -> tuple[Page, ...]:
    """Those pages of a body of which a requirement speaks: all of a body that it names, else those named."""
    pages = case.pages_of.get(body.id, ())
    if spoken_to(case, requirement, body):
        return pages
    return tuple(page for page in pages if page.id in requirement.applies_to)


def spoken_to(case: Case, requirement: Requirement, body: Body) -> bool:
    """Tell whether a requirement speaks of a body as such, and not of some page of it alone."""
    words = requirement.applies_to
    return not words or body.id in words or not case.words_of(body).isdisjoint(words)


def passed_over(case: Case, requirement: Requirement) -> Iterator[Body]:
    """Yield bodies of the district which a demand would address if they were legal entities."""
    words = frozenset(requirement.applies_to)
    if "legal_entity_body" not in words:
        return
    for body in case.registry.bodies:
        own = case.words_of(body)
        if "body" in own and not body.legal_entity and body.covers(case.day) and words.isdisjoint({*own, body.id}):
            yield body


def restriction(act: Act, network: str, day: date) -> NetworkStatus | None:
    """The strongest legal restriction of a network on a day that the act knows of, None if it may be used."""
    found = [one for one in act.network_status if one.network == network and one.restricting and one.covers(day)]
    return max(found, key=lambda one: (one.status.startswith("banned"), one.since or date.min), default=None)


def network_stop(act: Act, requirement: Requirement, network: str, day: date) -> Verdict | None:
    """The verdict for a network that is not named, or that may not be used; None where it is judged.

    A demand may name a network beside those of its act.
    """
    if act.networks and network not in act.networks and network not in (requirement.networks or ()):
        return Verdict(Outcome.NOT_APPLICABLE, OTHER_NETWORK, {"network_name": network})
    status = restriction(act, network, day)
    return suspended(status, network) if status else None


class Gate:
    """Tells, before a rule is asked, why an account cannot be judged under an act."""

    def __init__(self, case: Case, act: Act) -> None:
        self._case = case
        self._act = act
        self._networks: dict[tuple[str, tuple[str, ...] | None], Verdict | None] = {}
        """Of a network under a list of networks: it is the same for all its accounts."""

    def stops(self, page: Page, requirement: Requirement) -> Verdict | None:
        """Return a verdict in place of the rule's, None when the rule is to be asked."""
        key = page.account.network, requirement.networks
        if key not in self._networks:
            self._networks[key] = network_stop(self._act, requirement, key[0], self._case.day)
        return self._networks[key] or self._page(page, requirement)

    def _page(self, page: Page, requirement: Requirement) -> Verdict | None:
        account, day, kind = page.account, self._case.day, requirement.kind
        first, last = account.first_day, account.last_day
        if first is not None and first > day:
            return Verdict(Outcome.NOT_APPLICABLE, NOT_OPEN_YET, {"day": first})
        if account.only_owns and _of_pages_for_citizens(kind):
            return Verdict(Outcome.NOT_APPLICABLE, ONLY_OWNS)
        if kind == "posting.frequency":
            return None  # the weeks before closing, and before mothballing, are still judged
        if last is not None and last < day:
            return Verdict(Outcome.NOT_APPLICABLE, CLOSED, {"day": last})
        if account.mothballed and account.mothballed <= day and KINDS[kind].group in _CONTENT:
            return mothballed(account)
        return resting_as_a_whole(self._case, page, kind)


def _of_pages_for_citizens(kind: str) -> bool:
    """Tell whether a kind of demand is for pages to which citizens come, not for logins and phones."""
    return KINDS[kind].group in (*_CONTENT, "profile") or kind in _FOR_CITIZENS


def resting(case: Case, judged: Page | Body | None, kind: str) -> Verdict | None:
    """The verdict for a duty that rests on the day, None where it does not; publications are asked week by week."""
    if kind == "posting.frequency":
        return None
    on_the_day = (one for one in case.exemptions(judged, kind) if one.since <= case.day <= one.until)
    return next((exempt(one) for one in on_the_day), None)


def resting_as_a_whole(case: Case, judged: Page | Body, kind: str) -> Verdict | None:
    """The verdict for a duty that rests on the day with all that belongs to it; messages are asked one by one."""
    return None if kind in _MESSAGE_BY_MESSAGE else resting(case, judged, kind)


def exempt(period: ExemptPeriod) -> Verdict:
    """The verdict for a time for which a duty rests."""
    facts = {
        "since": period.since,
        "until": period.until,
        "period": days(period.since, period.until),
        "reason": period.reason.rstrip("."),
    }
    return Verdict(Outcome.NOT_APPLICABLE, EXEMPT, facts, (Evidence(Means.REGISTRY, item=period.subject),))


def mothballed(account: Account) -> Verdict:
    """The verdict for an account in which nothing is published on purpose."""
    return Verdict(Outcome.NOT_APPLICABLE, MOTHBALLED, {"day": account.mothballed})


def suspended(status: NetworkStatus, network: str) -> Verdict:
    """The verdict for a network which may not lawfully be used."""
    facts = {
        "network_name": network,
        "status": status.status,
        "since": status.since,
        "begun": status.begun,
        "basis": status.basis,
        "certainty": status.certainty,
    }
    known = (_HELD, *[_SINCE] * (status.begun is not None), *[_BASIS] * bool(status.basis))
    facts["held"] = spoken(join_texts("", known), facts)
    return Verdict(Outcome.SUSPENDED, SUSPENDED, facts, remedy=_KEEP)

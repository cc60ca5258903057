"""subscription.upstream: settlements follow the accounts above them (clause 10).

An act accepts several places: the page's own subscriptions and links, those of the profile that owns it, the word of a
person. "Does not follow" is said when every accepted place that the register knows was seen whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from munsocial.model.accounts import AccountKind, NetworkAccount, Upstream
from munsocial.model.addresses import Site, read_address, site_of
from munsocial.model.content import Link
from munsocial.model.snapshot import Observed, Why
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.params import SubscriptionUpstream
from munsocial.policy.rules.attesting import Statement, missing_statement, stated, statement_of
from munsocial.policy.rules.seen import reason, remedy, witness
from munsocial.policy.rules.upstream import above, none_above
from munsocial.policy.speech import spoken
from munsocial.policy.verdict import Evidence, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["subscriptions"]

_FOLLOWS = Text(
    "Подписка или ссылка есть: {present}.{besides}", "There is a subscription or link to: {present}.{besides}"
)
_LACKS = Text(
    "Нет подписки или ссылки: {absent}. Есть: {present}.{besides}",
    "No subscription or link to: {absent}. There is: {present}.{besides}",
)
_LACKS_ALL = Text("Нет подписки или ссылки: {absent}.{besides}", "No subscription or link to: {absent}.{besides}")
_UNLISTED = Text(
    " В реестре нет их аккаунтов в этой сети: {unlisted}.",
    " The register has no accounts in this network of: {unlisted}.",
)
_HIDDEN = Text("Подписки не видны ({reason}): {hidden}.", "Subscriptions are not visible ({reason}): {hidden}.")
_OWNER_HIDDEN = Text(
    "Подписки профиля-владельца не видны ({reason}): {hidden}.",
    "Subscriptions of the profile that owns the page are not visible ({reason}): {hidden}.",
)
_OWNER_UNREAD = Text(
    "Страницей владеет {owner}, а какие у этого человека подписки, не видно: {hidden}.",
    "The page is owned by {owner}, whose subscriptions are not visible: {hidden}.",
)
_NO_OWNER = Text(
    "Акт принимает подписку профиля-владельца, а в реестре не записан профиль, который владеет страницей: {hidden}.",
    "The act accepts a subscription of the owner, and the register names no profile that owns the page: {hidden}.",
)
_ATTESTED = Text(
    "Подтверждено {date} ({who}): {attested}. Видно: {present}.{besides}",
    "Attested on {date} by {who}: {attested}. Seen: {present}.{besides}",
)
_ATTESTED_ALL = Text(
    "Подтверждено {date} ({who}): {attested}.{besides}", "Attested on {date} by {who}: {attested}.{besides}"
)
_ATTESTED_UNSEEN = Text(
    "Подтверждено {date} ({who}), хотя на странице не видно: {attested}.{besides}",
    "Attested on {date} by {who}, though the page does not show it: {attested}.{besides}",
)
_DIFFERS = Text(
    "Подтверждено {date} ({who}), а позже не увидено: {absent}.{besides}",
    "Attested on {date} by {who}, and not seen later: {absent}.{besides}",
)
_ALIKE = Text(
    "Есть ссылка с тем же именем ({alike}), но как эта сеть пишет адреса страниц, не известно: {absent}.",
    "There is a link with the same name ({alike}), and how this network writes addresses is not known: {absent}.",
)
_CANNOT = Text(
    "Сообщества в этой сети подписываться не могут, а акт принимает только подписку.",
    "Communities cannot subscribe in this network, and the act accepts nothing else.",
)
_LINK_UP = Text(
    "Подпишитесь или добавьте ссылку в блок ссылок страницы: {absent}.",
    "Subscribe, or add a link on the page: {absent}.",
)
_LINK_OR_STATE = Text(
    "Добавьте ссылку на странице или внесите новое подтверждение: {absent}.",
    "Add a link on the page, or enter a new attestation: {absent}.",
)
_LOOK_AT_LINK = Text(
    "Посмотрите, куда ведёт ссылка, и соберите снимок, в котором прочитаны адреса страниц этой сети.",
    "See where the link leads, and collect until the addresses of pages in this network are read.",
)
_NAME_OWNER = Text(
    "Впишите профиль-владелец страницы в реестр и соберите снимок.",
    "Enter the profile that owns the page into the register, and collect.",
)


class _Sight(NamedTuple):
    """What leads upwards, where it was looked for, and what keeps one from saying "that is all"."""

    links: tuple[Link, ...]
    looked: tuple[tuple[str, Observed[Any]], ...]
    """Accounts whose links are accepted, with what was seen of them."""
    own: bool
    """The page's own links are accepted."""
    unread: str | None
    """Name of the person who owns the page and whose accepted subscriptions nobody reads."""
    ownerless: bool
    """Subscriptions of the owner are accepted, and the register does not say who owns the page."""

    @property
    def complete(self) -> bool:
        """Every accepted place that the register knows was seen whole."""
        return bool(self.looked) and self.unread is None and all(view.complete for _, view in self.looked)


def subscriptions(case: Case, ask: Ask[SubscriptionUpstream], page: Page) -> Iterator[Verdict]:
    """Judge each role apart; a network that shows no subscriptions leaves it to attestation."""
    targets = above(case, page.account.network, ask.params.upstream)
    if not targets:
        yield none_above(case, ask.params.upstream)
        return
    if _cannot(ask.params, page):
        yield Verdict(Outcome.NOT_APPLICABLE, _CANNOT, {"roles": ask.params.upstream})
        return
    sight = _sight(case, ask.params, page)

    def leads(target: Upstream) -> bool:
        known, site = case.snapshot.identified(target), _site(case, page, target)
        return any(_same(link, known, site) for link in sight.links)

    present = [role for role, accounts in targets.items() if any(leads(one) for one in accounts)]
    rest = [role for role in targets if role not in present]
    unlisted = [role for role in ask.params.upstream if role not in targets]
    besides = spoken(_UNLISTED, {"unlisted": unlisted}) if unlisted else Text("", "")
    facts: dict[str, Any] = {
        "present": present, "absent": rest, "hidden": rest, "unlisted": unlisted, "besides": besides,
    }  # fmt: skip
    facts |= _alike(case, page, sight.links, [targets[role] for role in rest])
    evidence = tuple(witness(view, item=account) for account, view in sight.looked)
    statement = None
    if "attestation" in ask.params.accept:
        statement = statement_of(case, ask, page, ask.params.valid_days)
    if not rest:
        yield Verdict(Outcome.MET, _FOLLOWS, facts, evidence)
    elif statement and (statement.valid or not sight.looked):
        yield _by_statement(case, ask, sight, statement, facts, evidence)
    else:
        yield _by_sight(ask, sight, facts, evidence)


def _site(case: Case, page: Page, target: Upstream) -> Site:
    views = (page.view, case.snapshot.upstream_views.get(target.id))
    return site_of(target.network, *(view.profile.value.url for view in views if view and view.profile.value))


def _alike(case: Case, page: Page, links: Sequence[Link], wanted: Sequence[Sequence[Upstream]]) -> dict[str, Any]:
    """Addresses that end like every page which is missing, in a network whose way of writing them nobody described."""
    sites = {one.id: site for accounts in wanted for one in accounts if (site := _site(case, page, one)).guessed}
    found = [
        [link.url for link in links for one in accounts if one.id in sites and _ends_like(link, one, sites[one.id])]
        for accounts in wanted
    ]
    return {"alike": [url for urls in found for url in urls]} if found and all(found) else {}


def _ends_like(link: Link, target: Upstream, guessed: Site) -> bool:
    address = None if link.network_id or link.handle else read_address(link.url)
    if address is None or (guessed.hosts and address.host not in guessed.hosts):
        return False
    end = _bare(address.path.rpartition("/")[2])
    return bool(end) and end in (_bare(target.handle.rpartition("/")[2]), target.network_id.lstrip("-"))


def _cannot(params: SubscriptionUpstream, page: Page) -> bool:
    """Tell whether the act wants a subscription alone of a page which may subscribe to nobody."""
    alone = page.account.kind is not AccountKind.PROFILE and page.view.can.get("subscribe") is False
    return alone and set(params.accept) <= {"subscription"}


def _sight(case: Case, params: SubscriptionUpstream, page: Page) -> _Sight:
    """Collect what the act accepts; subscriptions of the profile that owns the page count as the owner's."""
    accepted = set(params.accept)
    if "owner_profile_subscription" in accepted and page.account.kind is AccountKind.PROFILE:
        accepted |= {"subscription", "link"}  # a profile is its own owner
    own = bool(accepted & {"subscription", "link"})
    links = [link for link in page.view.links.value or () if link.kind in accepted]
    looked = [(page.id, page.view.links)] if own else []
    owner, unread, ownerless = None, None, False
    if "owner_profile_subscription" in accepted and page.account.kind is not AccountKind.PROFILE:
        owner = case.pages.get(page.account.owner_profile or "")
        if owner is not None and owner.account.alive_on(case.day):
            links += [link for link in owner.view.links.value or () if link.kind in ("subscription", "link")]
            looked.append((owner.id, owner.view.links))
        elif page.account.owner_person:
            unread = case.person_name(page.account.owner_person)
        else:
            ownerless = True
    return _Sight(tuple(links), tuple(looked), own, unread, ownerless)


def _by_statement(
    case: Case,
    ask: Ask[SubscriptionUpstream],
    sight: _Sight,
    statement: Statement,
    facts: dict[str, Any],
    evidence: tuple[Evidence, ...],
) -> Verdict:
    """A denial decides where sight does not; a yes that is older than a whole sight is only told beside it."""
    said = stated(case, statement, ask.requirement.kind)
    assert said is not None  # there is a statement
    told, both = {**said.facts, **facts, "attested": facts["absent"]}, (*evidence, statement.evidence)
    if said.outcome is Outcome.NOT_MET and sight.complete:
        return _by_sight(ask, sight, told, both)
    if said.outcome is not Outcome.MET:
        return Verdict(said.outcome, said.text, told, both, said.remedy)
    if not sight.complete:
        met = {**told, "absent": [], "hidden": []}
        return Verdict(Outcome.MET, _ATTESTED if facts["present"] else _ATTESTED_ALL, met, both)
    if statement.record.date >= _day_of(case, sight):
        return Verdict(Outcome.MET, _ATTESTED_UNSEEN, {**told, "absent": [], "hidden": []}, both)
    # Where nobody wrote down who owns the page, the person may have spoken of the owner's subscriptions.
    outcome = Outcome.UNKNOWN if sight.ownerless or "alike" in facts else Outcome.NOT_MET
    return Verdict(outcome, _DIFFERS, told, both, _LINK_OR_STATE)


def _day_of(case: Case, sight: _Sight) -> Any:
    """The local day of the earliest look: a statement of that day or later knows as much."""
    return case.local_day(min(view.at or case.snapshot.taken_at for _, view in sight.looked))


def _by_sight(
    ask: Ask[SubscriptionUpstream], sight: _Sight, facts: dict[str, Any], evidence: tuple[Evidence, ...]
) -> Verdict:
    blind = next(((n, view) for n, (_, view) in enumerate(sight.looked) if not view.complete), None)
    if blind is not None:
        place, view = blind
        missing = view.missing or next(iter(view.gaps), None)
        by_a_person = missing is None or missing.why in (Why.ABSENT, Why.CLOSED)
        text = _HIDDEN if sight.own and place == 0 else _OWNER_HIDDEN
        advice = _LINK_UP if by_a_person else remedy(missing)
        return Verdict(Outcome.UNKNOWN, text, {**facts, "reason": reason(missing)}, evidence, advice)
    if sight.unread is not None:
        return Verdict(Outcome.UNKNOWN, _OWNER_UNREAD, {**facts, "owner": sight.unread}, evidence, _LINK_OR_STATE)
    if not sight.looked:
        if sight.ownerless:
            return Verdict(Outcome.UNKNOWN, _NO_OWNER, facts, evidence, _NAME_OWNER)
        return missing_statement(ask.requirement.kind)
    if "alike" in facts:
        return Verdict(Outcome.UNKNOWN, _ALIKE, facts, evidence, _LOOK_AT_LINK)
    return Verdict(Outcome.NOT_MET, _LACKS if facts["present"] else _LACKS_ALL, facts, evidence, _LINK_UP)


def _same(link: Link, target: NetworkAccount, site: Site) -> bool:
    """The immutable id decides where both sides have one; a handle may have passed to somebody else.

    An address tells either only where it stands on the network's own site: shops and other networks have pages too.
    """
    address = read_address(link.url)
    network_id = link.network_id or (site.number_in(address, target.kind) if address else None)
    if target.network_id and network_id:
        return target.network_id.lstrip("-") == network_id.lstrip("-")
    handle = link.handle or (site.handle_in(address) if address else None)
    return bool(handle and target.handle) and _bare(handle or "") == _bare(target.handle)


def _bare(handle: str) -> str:
    return handle.casefold().lstrip("@")

"""account.exists: a body has its accounts (clauses 2.1, 3.1). Judged over the networks that may lawfully be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from munsocial.model.bodies import Body
from munsocial.model.grouping import grouped
from munsocial.model.snapshot import Why
from munsocial.policy.act import NetworkStatus
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.params import AccountExists
from munsocial.policy.rules.attesting import statement_of
from munsocial.policy.rules.seen import on_record, profile_witness, reason, witness
from munsocial.policy.speech import spoken
from munsocial.policy.subjects import restriction, suspended
from munsocial.policy.verdict import Evidence, Level, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["exists", "takeovers"]

_MET = Text("Аккаунты есть: {present}. Нет {where}.", "Accounts exist in: {present}. Missing {where}.")
_EVERYWHERE = Text("Аккаунты есть: {present}.", "Accounts exist in: {present}.")
_NOT_MET = Text(
    "Аккаунтов не хватает. Есть: {present}. Нет {where}. Нужно: {need}.",
    "Accounts are lacking. Present: {present}. Missing {where}. Needed: {need}.",
)
_NONE_AT_ALL = Text("Нет ни одного аккаунта {where}.", "There is no account {where}.")
_NOWHERE = Text("Нет ни одного аккаунта в социальных сетях.", "There is no account in any network.")
_UNSEEN = Text(
    "Аккаунты записаны в реестре, но страницы не увидены ({reason}): {pages}.",
    "Accounts are in the register, but their pages were not seen ({reason}): {pages}.",
)
_RUNNING = Text(
    "Аккаунты нужно создать по {deadline} включительно; {so_far}.", "Accounts are due by {deadline}; {so_far}."
)
_NO_START = Text(
    "На создание аккаунтов отведено {allowed:день|дня|дней} со дня вступления акта в силу, а этот день не известен.",
    "Accounts are due within {allowed:day|days} of the entry into force, and that day is not known.",
)
_ENTRY = Text("Узнайте, когда акт вступил в силу, и впишите дату.", "Find out when the act came into force; enter it.")
_CREATE = Text("Создайте аккаунты {where}.", "Create accounts {where}.")
_CREATE_ONE = Text("Создайте аккаунт {where_any}.", "Create an account {where_any}.")
_CREATE_ANY = Text("Создайте аккаунт и внесите его в реестр.", "Create an account and enter it into the register.")
_SO_FAR, _NONE_YET = Text("уже есть: {present}", "there is: {present}"), Text("пока нет ни одного", "none so far")
_LOOK = Text("Проверьте страницы и доступ к сети.", "Look at the pages and at the access to the network.")
_TAKEOVER = Text(
    "Адрес «{handle}» теперь ведёт на чужую страницу: её номер {now}, а в реестре {registered}.",
    "The address “{handle}” now leads to another page: its number is {now}, the registered one is {registered}.",
)
_TAKEN = Text(
    "Проверьте, не перехвачена ли страница; исправьте адрес в реестре и ссылки.",
    "See whether the page was taken over; correct the address in the register and the links.",
)
_ORPHAN = Text(
    "Аккаунт {name} числится за упразднённым органом ({former_name}).",
    "The account {name} stands in the name of an abolished body ({former_name}).",
)
_INHERIT = Text("Переоформите аккаунт на преемника или закройте его.", "Move it to the successor, or close it.")
_NEED_SOME, _NEED_ANY, _NEED_ALL = (
    Text("не меньше {n}", "at least {n}"),
    Text("хотя бы один", "at least one"),
    Text("во всех названных сетях", "one in each named network"),
)
_OTHER, _ANOTHER = "other", Text("в другой сети", "in another network")
_IN, _IN_ALL = Text("в сетях: {named}", "in: {named}"), Text(", а также {another}", ", and {another}")
_IN_ANY, _OR = Text("в любой из сетей: {named}", "in any of: {named}"), Text(", или {another}", ", or {another}")


@dataclass(frozen=True, slots=True)
class _Network:
    """What a body has in one network: a page that was seen, one that is only registered, or none."""

    name: str
    seen: tuple[Page, ...]
    unseen: tuple[Page, ...]

    @property
    def found(self) -> list[str]:
        """The networks in which there is a page, each by its own name."""
        return list(dict.fromkeys(page.account.network for page in (*self.seen, *self.unseen)))


def exists(case: Case, ask: Ask[AccountExists], body: Body) -> Iterator[Verdict]:
    """Judge a body over all networks together, then say which networks rest and which addresses were lost."""
    alive = [page for page in case.pages_of.get(body.id, ()) if page.account.alive_on(case.day)]
    pages = [page for page in alive if not page.account.only_owns]
    asked = _asked(ask, pages)
    networks = dict.fromkeys(name for names in asked.values() for name in names)
    resting = [(name, status) for name in networks if (status := restriction(ask.act, name, case.day))]
    closed = dict(resting)
    lawful = {word: [name for name in names if name not in closed] for word, names in asked.items()}
    judged = [word for word in asked if lawful[word] or word == _OTHER]
    if judged or not resting:
        yield _verdict(case, ask, body, [_network(case, ask, word, lawful[word], pages) for word in judged])
    if resting:
        yield from _suspended(resting)
    yield from takeovers(alive)  # a profile that only owns pages is none, and whoever takes it takes them
    yield from _orphans(case, body)


def _orphans(case: Case, body: Body) -> Iterator[Verdict]:
    """Accounts that still stand in the name of an abolished body are for its successor to take over."""
    for former in sorted(case.predecessors_of.get(body.id, ())):
        if case.registry.body_by_id[former].covers(case.day):
            continue
        for page in case.pages_of.get(former, ()):
            if page.account.alive_on(case.day):
                facts = {
                    "account": page.id,
                    "name": case.account_name(page.id),
                    "former": former,
                    "former_name": case.body_name(former),
                }
                evidence = on_record(page.id)
                yield Verdict(
                    Outcome.NOT_MET, _ORPHAN, facts, evidence, _INHERIT, Level.SHOULD, "orphan", subject=page.id
                )


def _named(ask: Ask[AccountExists]) -> tuple[str, ...]:
    """The networks that the requirement names, else those of the act."""
    return ask.params.networks or ask.requirement.networks or ask.act.networks


def _asked(ask: Ask[AccountExists], pages: Sequence[Page]) -> dict[str, list[str]]:
    """The networks in question by the word for them: where none is named, wherever there is a page.

    ``other`` are those with a page that the act does not name.
    """
    words = list(dict.fromkeys(_named(ask) or (page.account.network for page in pages)))
    itself = {*words, *ask.params.networks, *(ask.requirement.networks or ()), *ask.act.networks} - {_OTHER}
    others = list(dict.fromkeys(page.account.network for page in pages if page.account.network not in itself))
    return {word: others if word == _OTHER else [word] for word in words}


def _network(
    case: Case, ask: Ask[AccountExists], word: str, networks: Sequence[str], pages: Sequence[Page]
) -> _Network:
    here = [page for page in pages if page.account.network in networks and not _gone(page)]
    seen = tuple(page for page in here if page.view.profile.value is not None or _attested(case, ask, page))
    return _Network(word, seen, tuple(page for page in here if page not in seen))


def _attested(case: Case, ask: Ask[AccountExists], page: Page) -> bool:
    found = statement_of(case, ask, page, 365)
    return bool(found and found.valid and found.record.holds)


def _gone(page: Page) -> bool:
    """Tell whether the network itself says that the page is not there."""
    profile = page.view.profile
    if profile.value is not None:
        return bool(profile.value.blocked)
    return profile.missing is not None and profile.missing.why in (Why.NOT_FOUND, Why.BLOCKED)


def _verdict(case: Case, ask: Ask[AccountExists], body: Body, networks: Sequence[_Network]) -> Verdict:
    present = [one for one in networks if one.seen]
    perhaps = [one for one in networks if one.seen or one.unseen]
    absent = [one.name for one in networks if one not in perhaps]
    need = _needed(ask, len(networks))
    unseen = [page.id for one in networks for page in one.unseen]
    facts: dict[str, Any] = {
        "mode": ask.params.mode,
        "pages": [case.account_name(name) for name in unseen],
        "present": [name for one in perhaps for name in one.found],
        "absent": absent,
        "where": _places(absent, _IN, _IN_ALL),
        "where_any": _places(absent, _IN_ANY, _OR),
        "unseen": unseen,
        "created_by": sorted(
            {page.account.created_by for one in perhaps for page in one.seen if page.account.created_by}
        ),
        "need": _NEED_ALL if ask.params.mode == "all" else _NEED_ANY if need == 1 else _NEED_SOME.fill(n=need),
    }
    evidence = tuple(profile_witness(page) for one in perhaps for page in (*one.seen, *one.unseen))
    evidence = evidence or on_record(body.id)
    if len(present) >= need:
        return Verdict(Outcome.MET, _MET if absent else _EVERYWHERE, facts, evidence)
    if len(perhaps) >= need:
        page = next(page for one in networks for page in one.unseen)
        return Verdict(
            Outcome.UNKNOWN, _UNSEEN, {**facts, "reason": reason(page.view.profile.missing)}, evidence, _LOOK
        )
    return _lacking(case, ask, facts, evidence)


def _places(absent: Sequence[str], in_named: Text, joined: Text) -> Text:
    """Say where accounts are missing: networks by their names, and "in another network" in its case."""
    named = [name for name in absent if name != _OTHER]
    if not named:
        return _ANOTHER
    said = spoken(in_named, {"named": named})
    more = spoken(joined, {"another": _ANOTHER}) if _OTHER in absent else Text("", "")
    return Text(said.ru + more.ru, said.en + more.en)


def _lacking(case: Case, ask: Ask[AccountExists], facts: dict[str, Any], evidence: tuple[Evidence, ...]) -> Verdict:
    """Accounts are missing: a broken duty, unless the act's time for creating them runs or cannot be counted."""
    one_of = _CREATE_ONE if ask.params.mode == "any" else _CREATE
    create = one_of if facts["absent"] else _CREATE_ANY
    allowed, deadline = ask.params.deadline_days, _deadline(ask)
    if allowed is not None and deadline is None:
        return Verdict(Outcome.UNKNOWN, _NO_START, {**facts, "allowed": allowed}, evidence, _ENTRY)
    if deadline is not None and case.day <= deadline:
        so_far = spoken(_SO_FAR, facts) if facts["present"] else _NONE_YET
        return Verdict(Outcome.UNKNOWN, _RUNNING, {**facts, "deadline": deadline, "so_far": so_far}, evidence, create)
    text = _NOT_MET if facts["present"] else _NONE_AT_ALL if facts["absent"] else _NOWHERE
    return Verdict(Outcome.NOT_MET, text, facts, evidence, create)


def _needed(ask: Ask[AccountExists], networks: int) -> int:
    params = ask.params
    if params.mode == "all":
        return max(networks, 1)
    wanted = (params.n or 1) if params.mode == "at_least_n" else 1
    # Nobody owes accounts in networks that may not lawfully be used: of the named ones only the others are left.
    return max(min(wanted, networks), 1) if _named(ask) else wanted


def _deadline(ask: Ask[AccountExists]) -> date | None:
    start = ask.force.first
    if ask.params.deadline_days is None or start is None:
        return None
    try:
        return start + timedelta(days=ask.params.deadline_days)
    except OverflowError:
        return None


def _suspended(resting: Sequence[tuple[str, NetworkStatus]]) -> Iterator[Verdict]:
    """One verdict for each ground of restriction: networks banned and networks blocked are not said in one breath."""
    for group in grouped(resting, lambda one: (one[1].status, one[1].begun, one[1].basis)).values():
        one = suspended(group[0][1], group[0][0])
        facts = {**one.facts, "network_name": [name for name, _ in group]}
        yield Verdict(Outcome.SUSPENDED, one.text, facts, remedy=one.remedy)


def takeovers(pages: Iterable[Page]) -> Iterator[Verdict]:
    """Say, as a check of ours, where a registered address now leads to another page."""
    for page in pages:
        now, registered = page.view.handle_now.value, page.account.network_id
        if not now or not registered or now == registered:
            continue
        facts = {"handle": page.account.handle, "now": now, "registered": registered}
        yield Verdict(Outcome.NOT_MET, _TAKEOVER, facts, (witness(page.view.handle_now, item=page.id),), _TAKEN,
                      derived="takeover", subject=page.id)  # fmt: skip

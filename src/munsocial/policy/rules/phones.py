"""account.bound_phone: an account hangs on a service phone of its owner (clauses 2.1, 3.1).

No network shows a stranger the phone of a page: the register says it, an attestation strengthens it. A community has
no phone of its own, so the check walks from the page to the profile that owns it, and from there to the phone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from munsocial.model.accounts import Account, AccountKind
from munsocial.model.bodies import BodyKind
from munsocial.model.phones import Phone, PhoneKind, masked
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.params import BoundPhone
from munsocial.policy.rules.attesting import stated_on
from munsocial.policy.rules.seen import on_record
from munsocial.policy.verdict import Level, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["bound_phone"]

_BOUND = Text("Привязан к телефону {phone}.", "Bound to the phone {phone}.")
_NO_OWNER = Text(
    "У страницы нет своего телефона, а профиль-владелец в реестре не указан.",
    "The page has no phone of its own, and the register does not name the profile that owns it.",
)
_OWNER_CLOSED = Text(
    "Профиль-владелец {owner} закрыт или ещё не открыт: к какому телефону привязана страница, не известно.",
    "The profile that owns the page, {owner}, is closed or not open yet: nobody knows the phone of the page.",
)
_NO_PHONE = Text("Телефон аккаунта в реестре не указан.", "The register does not name the phone of the account.")
_NO_BINDING = Text(
    "Вход по другому средству ({login_by}), к телефону аккаунт не привязан.",
    "Login is by other means ({login_by}), no phone is bound.",
)
_UNBOUND = Text("Привязка к телефону {phone} на {day} не действует.", "The binding to {phone} does not hold on {day}.")
_UNKNOWN_PHONE = Text("Телефона {phone} нет в списке телефонов.", "The phone {phone} is not in the list of phones.")
_RETURNED = Text(
    "Телефон {phone} был у органа по {until}, потом возвращён или передан.",
    "The body had the phone {phone} until {until}; then it was given back.",
)
_NOT_YET = Text("Телефон {phone} орган получит {since}.", "The body receives the phone {phone} on {since}.")
_TWO_OWNERS = Text(
    "По реестру телефон {phone} принадлежит сразу нескольким органам: {owners}.",
    "By the register the phone {phone} is of several bodies at once: {owners}.",
)
_LOST = Text("Телефон {phone} утрачен.", "The phone {phone} is lost.")
_WRONG_KIND = Text("Телефон {phone} — не служебный, а личный.", "The phone {phone} is a private one.")
_KIND_UNKNOWN = Text("Не известно, служебный ли телефон {phone}.", "Nobody knows whether {phone} is a service phone.")
_OWNER_UNKNOWN = Text("Не известно, чей телефон {phone}.", "Nobody knows whose phone {phone} is.")
_FOREIGN = Text(
    "Телефон {phone} принадлежит другому органу ({owner_name}).", "The phone {phone} is of another body ({owner_name})."
)
_SHARED = Text(
    "К телефону {phone} привязано несколько аккаунтов: {names}{more}. Акт это допускает, но это риск.",
    "Several accounts hang on the phone {phone}: {names}{more}. The act allows it, but it is a risk.",
)
_SHARED_BREACH = Text(
    "К телефону {phone} привязано несколько аккаунтов, а акт этого не допускает: {names}{more}.",
    "Several accounts hang on the phone {phone}, and the act does not allow it: {names}{more}.",
)
_REBIND = Text("Привяжите аккаунт к служебному телефону органа.", "Bind the account to a service phone of the body.")
_REBIND_OR_ATTEST = Text(
    "Привяжите аккаунт к служебному телефону; если привязан, внесите подтверждение.",
    "Bind the account to a service phone; if it is bound, enter an attestation.",
)
_ENTER = Text(
    "Уточните сведения в реестре или внесите подтверждение.", "Complete the register, or enter an attestation."
)
_SEPARATE = Text(
    "По возможности дайте каждому аккаунту свой номер.", "If possible, give each account a number of its own."
)
_SEPARATE_NOW = Text("Привяжите каждый аккаунт к своему номеру.", "Give each account a number of its own.")

_NAMED = 20  # accounts named in one finding: each of a thousand would name the thousand


def bound_phone(case: Case, ask: Ask[BoundPhone], page: Page) -> Iterator[Verdict]:
    """Judge the binding; then tell, as a check of ours, what else hangs on the same phone."""
    verdict = _judged(case, ask, page, _bearer(case, page.account))
    said = stated_on(case, ask, page, ask.params.valid_days)
    if (said and said.outcome is Outcome.NOT_MET and verdict.outcome is not Outcome.NOT_MET) or (
        said and said.outcome is Outcome.MET and (verdict.outcome is Outcome.UNKNOWN or verdict.text is _NO_BINDING)
    ):
        verdict = said
    elif said and verdict.outcome is Outcome.MET:
        verdict = Verdict(verdict.outcome, verdict.text, verdict.facts, (*verdict.evidence, *said.evidence))
    yield verdict
    yield from _shared(case, ask, page)


def _bearer(case: Case, account: Account) -> Account:
    """The account that carries the phone: the page itself, or the profile which owns it."""
    owner = case.registry.account_by_id.get(account.owner_profile or "")
    return owner if owner and not account.phone else account


def _judged(case: Case, ask: Ask[BoundPhone], page: Page, account: Account) -> Verdict:
    if account.id != page.id and not account.alive_on(case.day):
        return _unknown(_OWNER_CLOSED, {"owner": case.account_name(account.id)}, account)
    if account.phone is None:
        return _without_number(page, account)
    facts: dict[str, Any] = {"phone": masked(account.phone), "through": account.id, "day": case.day}
    since, until = account.phone_since, account.phone_until
    if (since and since > case.day) or (until and until < case.day):
        return _not_met(_UNBOUND, facts, account)
    known = case.registry.phones_by_number.get(account.phone, ())
    if not known:
        return _unknown(_UNKNOWN_PHONE, facts, account)
    current = [one for one in known if one.covers(case.day)]
    if not current:
        return _not_held(known, case, facts, account)
    owners = {one.body for one in current}
    if len(owners) > 1:
        facts["owners"] = sorted(case.body_name(one) for one in owners if one)
        return _unknown(_TWO_OWNERS if len(facts["owners"]) > 1 else _OWNER_UNKNOWN, facts, account)
    # Several entries of one owner: the worst of them counts, whatever their order.
    entry = min(current, key=lambda one: (not one.lost, one.kind is not PhoneKind.PRIVATE, one.kind is not None))
    return _of_entry(case, ask.params, page, entry, facts, account)


def _not_held(known: Sequence[Phone], case: Case, facts: dict[str, Any], account: Account) -> Verdict:
    """The number is not with anybody of ours today: given back, or not received yet."""
    given_back = [one.until for one in known if one.until and one.until < case.day]
    if given_back:
        return _not_met(_RETURNED, {**facts, "until": max(given_back)}, account)
    return _not_met(_NOT_YET, {**facts, "since": min((one.since for one in known if one.since), default=None)}, account)


def _without_number(page: Page, account: Account) -> Verdict:
    if account.login_by != "phone":
        return Verdict(
            Outcome.NOT_MET, _NO_BINDING, {"login_by": account.login_by}, on_record(account.id), _REBIND_OR_ATTEST
        )
    if page.account.kind in (AccountKind.COMMUNITY, AccountKind.PAGE) and not page.account.owner_profile:
        return _unknown(_NO_OWNER, {"owner_person": page.account.owner_person}, account)
    return _unknown(_NO_PHONE, {}, account)


def _of_entry(
    case: Case, params: BoundPhone, page: Page, entry: Phone, facts: dict[str, Any], account: Account
) -> Verdict:
    facts = {
        **facts,
        "owner": entry.body,
        "owner_name": case.body_name(entry.body),
        "kind": str(entry.kind) if entry.kind else None,
    }
    if entry.lost:
        return _not_met(_LOST, facts, account)
    if params.phone_kind != "any":
        if entry.kind is None:
            return _unknown(_KIND_UNKNOWN, facts, account)
        if entry.kind is not PhoneKind(params.phone_kind):
            return _not_met(_WRONG_KIND, facts, account)
    if params.owner != "any":
        if entry.body is None:
            return _unknown(_OWNER_UNKNOWN, facts, account)
        if entry.body not in _owners(case, params, page):
            return _not_met(_FOREIGN, facts, account)
    return Verdict(Outcome.MET, _BOUND, facts, on_record(account.id))


def _owners(case: Case, params: BoundPhone, page: Page) -> frozenset[str]:
    """Bodies whose phones are right: the own body, and one that it took over from."""
    own = frozenset({page.body.id}) | case.predecessors_of.get(page.body.id, frozenset())
    if params.owner == "same_body":
        return own
    return frozenset(body.id for body in case.registry.bodies if body.kind is BodyKind.ADMINISTRATION)


def _shared(case: Case, ask: Ask[BoundPhone], page: Page) -> Iterator[Verdict]:
    """A page and the profile that owns it share a phone by nature; two owners of logins share it by choice."""
    number = page.account.phone
    if number is None:
        return
    sharing = case.logins_by_phone.get(number, ())
    # A page with an owner's profile is no login of its own; it is counted where it is the one that is judged.
    count = len(sharing) + (page.account.owner_profile is not None)
    if count < 2:
        return
    named = sorted({page.id, *sharing[:_NAMED]})[:_NAMED]
    rest = count - len(named)
    more = Text(f" и ещё {rest}", f" and {rest} more") if rest else Text("", "")
    names = [case.account_name(one) for one in named]
    facts = {"phone": masked(number), "accounts": named, "names": names, "count": count, "more": more}
    if ask.params.shared_allowed:
        yield Verdict(Outcome.NOT_MET, _SHARED, facts, on_record(page.id), _SEPARATE, Level.SHOULD, "shared_phone")
    else:
        yield Verdict(Outcome.NOT_MET, _SHARED_BREACH, facts, on_record(page.id), _SEPARATE_NOW)


def _not_met(text: Text, facts: dict[str, Any], account: Account) -> Verdict:
    return Verdict(Outcome.NOT_MET, text, facts, on_record(account.id), _REBIND)


def _unknown(text: Text, facts: dict[str, Any], account: Account) -> Verdict:
    return Verdict(Outcome.UNKNOWN, text, facts, on_record(account.id), _ENTER)

"""What an account is beside its posts: state mark, platform, register, category, register of big audiences."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from munsocial.model.addresses import read_address, site_of
from munsocial.model.content import Post, Profile
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.facts.descriptions import RUSSIAN_ENDINGS
from munsocial.policy.params import (
    AccountCategory,
    AccountRegister,
    AudienceRegister,
    CentralPlatform,
    StateVerification,
    Term,
)
from munsocial.policy.rules.attesting import attested_or_unknown
from munsocial.policy.rules.seen import on_record, profile_witness, unseen
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.policy.words import coded
from munsocial.wording import Text

__all__ = ["audience_register", "category", "central_platform", "register", "state_verification"]

# How an address of an entry looks no act says: some link beside the number is enough.
# Labels of a name have at most 63 characters (RFC 1035); without bounds a row of hyphens is searched from each of them.
_LINK = re.compile(
    r"https?://\S"
    rf"|(?<![\w-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,8}}\.(?:xn--[a-z0-9-]{{1,59}}|[a-z]{{2,63}}|{RUSSIAN_ENDINGS})/\S",
    re.IGNORECASE,
)
_MARK_SEEN = Text("Отметка государственной организации есть.", "The page carries the state mark.")
_MARK_ABSENT = Text("Отметки государственной организации нет.", "The page does not carry the state mark.")
_MARK = Text("Подтвердите страницу через портал Госуслуг.", "Confirm the page through the state portal.")
_PLATFORM = Text("Подключена к платформе «{platform}».", "Connected to the platform {platform}.")
_OTHER_PLATFORM = Text(
    "Подключена к платформе «{platform}», а нужна «{wanted}».", "Connected to {platform}, but {wanted} is wanted."
)
_KEPT = Text("Реестр ведётся: {count:аккаунт|аккаунта|аккаунтов}.", "The register is kept: {count:account|accounts}.")
_FILL_IN = Text("Внесите аккаунты в реестр.", "Enter the accounts into the register.")
_CONNECT = Text("Подключите страницу к платформе «{wanted}».", "Connect the page to {wanted}.")
_EMPTY = Text("В реестре нет ни одного аккаунта.", "The register has no account.")
_CATEGORY = Text("Категория: {category}.", "Category: {category}.")
_NO_CATEGORY = Text("Категория не присвоена; возможны: {known}.", "There is no category; possible ones: {known}.")
_BAD_CATEGORY = Text(
    "Категории «{category}» в акте нет; есть: {known}.", "The act has no category “{category}”; it has: {known}."
)
_ASSIGN = Text("Присвойте странице категорию.", "Give the page a category.")
_SUBSCRIBERS = Text("число подписчиков", "the number of subscribers")
_SMALL = Text(
    "Подписчиков {count}: порог {threshold} не пройден.", "{count:subscriber|subscribers}: not over {threshold}."
)
_LISTED = Text(
    "Подписчиков {count}, страница внесена в перечень.", "{count:subscriber|subscribers}, the page is registered."
)
_APPLIED = Text("Заявление подано {applied}, решения ещё нет.", "Applied on {applied}, no decision yet.")
_SINCE_WHEN = Text(
    "Подписчиков {count}, номера в перечне нет; когда пройден порог, не записано.",
    "{count:subscriber|subscribers}, no registration; nobody noted when the threshold was passed.",
)
_IN_TIME = Text(
    "Подписчиков {count}; заявление нужно подать по {last} включительно.",
    "{count:subscriber|subscribers}; the last day to apply is {last}.",
)
_LATE = Text(
    "Подписчиков {count}; заявление нужно было подать по {last} включительно.",
    "{count:subscriber|subscribers}; the last day to apply was {last}.",
)
_APPLIED_LATE = Text(
    "Заявление подано {applied}, а нужно было по {last} включительно; решения ещё нет.",
    "Applied on {applied}, and the last day to apply was {last}; no decision yet.",
)
_AWAIT = Text("Дождитесь решения и впишите номер в реестр.", "Wait for the decision, then enter the number.")
_NOT_SHOWN = Text(
    "Номер в перечне есть, но на странице он не увиден.",
    "The page is registered, but its number was not seen on the page.",
)
_NO_LINK = Text(
    "Номер на странице есть, а ссылки на запись в перечне не видно.",
    "The page shows its number, but no link to its entry was seen.",
)
_APPLY = Text("Подайте заявление через портал Госуслуг.", "Apply through the state portal.")
_SHOW = Text(
    "Поместите номер и ссылку в описание или закреплённую запись.", "Put number and link into the description."
)


def state_verification(case: Case, ask: Ask[StateVerification], page: Page) -> Iterator[Verdict]:
    """The mark as the network shows it; else as the register says; else as somebody attests."""
    profile = page.view.profile
    if profile.value is not None and profile.value.state_mark is not None:
        shown = profile.value.state_mark
        evidence = profile_witness(page)
    elif page.account.state_mark is not None:
        shown, evidence = page.account.state_mark, Evidence(Means.REGISTRY, item=page.id)
    else:
        yield attested_or_unknown(case, ask, page, ask.params.valid_days)
        return
    if shown:
        yield Verdict(Outcome.MET, _MARK_SEEN, {}, (evidence,))
    else:
        yield Verdict(Outcome.NOT_MET, _MARK_ABSENT, {}, (evidence,), _MARK)


def central_platform(case: Case, ask: Ask[CentralPlatform], page: Page) -> Iterator[Verdict]:
    """The platform by the register, else by attestation."""
    has, wanted = page.account.platform, ask.params.platform
    facts = {"platform": has, "wanted": wanted}
    if not has:
        yield attested_or_unknown(case, ask, page, ask.params.valid_days)
    elif wanted is None or has.casefold() == wanted.casefold():
        yield Verdict(Outcome.MET, _PLATFORM, facts, on_record(page.id))
    else:
        yield Verdict(Outcome.NOT_MET, _OTHER_PLATFORM, facts, on_record(page.id), _CONNECT)


def register(case: Case, ask: Ask[AccountRegister]) -> Iterator[Verdict]:
    """That a register is kept shows itself; that it is published, somebody must state."""
    facts = {"count": len(case.registry.accounts)}
    if not case.registry.accounts:
        yield Verdict(Outcome.NOT_MET, _EMPTY, facts, on_record(""), _FILL_IN)
    elif ask.params.publish:
        yield attested_or_unknown(case, ask, None, ask.params.valid_days)
    else:
        yield Verdict(Outcome.MET, _KEPT, facts, on_record(""))


def category(_: Case, ask: Ask[AccountCategory], page: Page) -> Iterator[Verdict]:
    """The category by the register, one of those that the act knows."""
    known = ask.params.categories
    has = coded(page.account.category, known)
    facts, evidence = {"category": has, "known": known}, on_record(page.id)
    if not has:
        yield Verdict(Outcome.NOT_MET, _NO_CATEGORY, facts, evidence, _ASSIGN)
    elif known and has not in known:
        yield Verdict(Outcome.NOT_MET, _BAD_CATEGORY, facts, evidence, _ASSIGN)
    else:
        yield Verdict(Outcome.MET, _CATEGORY, facts, evidence)


def audience_register(case: Case, ask: Ask[AudienceRegister], page: Page) -> Iterator[Verdict]:
    """Whether a big page is registered, or still has time to apply; then whether it shows its number."""
    profile, params = page.view.profile.value, ask.params
    count = profile.subscribers if profile else None
    if profile is None or count is None:
        yield unseen(_SUBSCRIBERS, page.view.profile)
        return
    evidence = (profile_witness(page),)
    facts: dict[str, Any] = {"count": count, "threshold": params.threshold}
    over = operator.gt if params.comparator == "gt" else operator.ge
    if not over(count, params.threshold):
        yield Verdict(Outcome.NOT_APPLICABLE, _SMALL, facts, evidence)
    elif profile.audience_mark or page.account.audience_register_number:
        yield _shown(params, page, profile, facts, evidence)
    else:
        yield _unregistered(case, ask, page, facts, evidence)


def _shown(
    params: AudienceRegister, page: Page, profile: Profile, facts: dict[str, Any], evidence: tuple[Evidence, ...]
) -> Verdict:
    number = page.account.audience_register_number
    wanted = params.show_number_within is not None or params.show_entry_link
    facts["number"] = number
    texts = (profile.description or "", *(one.text for one in _pinned(page, profile)))
    shown = bool(number) and any(number in text for text in texts)
    linked = not params.show_entry_link or any(map(_LINK.search, texts)) or _linked_beside(page, profile)
    if profile.audience_mark or not wanted or (shown and linked):
        return Verdict(Outcome.MET, _LISTED, facts, evidence)
    # When the number was received is not recorded, so its three days cannot be counted: a person has to look.
    return Verdict(Outcome.UNKNOWN, _NO_LINK if shown else _NOT_SHOWN, facts, evidence, _SHOW)


def _pinned(page: Page, profile: Profile) -> list[Post]:
    return [one for one in page.view.posts.value or () if one.pinned or one.id == profile.pinned_post]


def _linked_beside(page: Page, profile: Profile) -> bool:
    """Tell whether a link stands outside the texts: attached to the pinned post, as the site, in the block of links.

    Nearly every page names a site and has links there: the site of its body, front pages and pages of networks are no
    entries of a list.
    """
    if any("link" in one.formats for one in _pinned(page, profile)):
        return True
    own, links = read_address(page.body.site), page.view.links.value or ()
    beside = (one.url for one in links if one.kind == "link" and not (one.handle or one.network_id))
    urls = (profile.fields.get("site"), *beside)
    deep = [address for url in urls if (address := read_address(url)) and (address.path or address.params)]
    no_lists = {*site_of(page.account.network).hosts, own.host if own else None}
    return any(address.host not in no_lists for address in deep)


def _unregistered(
    case: Case, ask: Ask[AudienceRegister], page: Page, facts: dict[str, Any], evidence: tuple[Evidence, ...]
) -> Verdict:
    applied = page.account.audience_register_applied
    if applied is not None and applied <= case.day:
        facts["applied"] = applied
    else:
        applied = None
    due = _due(case, ask, page)
    if due is None and applied is None:
        return Verdict(Outcome.UNKNOWN, _SINCE_WHEN, facts, evidence, _APPLY)
    if due is None:
        return Verdict(Outcome.UNKNOWN, _APPLIED, facts, evidence, _AWAIT)
    # The moment stands outside the term: the last day is the one before.
    facts["due"], facts["last"] = due.date(), (due - timedelta(microseconds=1)).date()
    if applied is not None:
        if applied <= facts["last"]:
            return Verdict(Outcome.UNKNOWN, _APPLIED, facts, evidence, _AWAIT)
        return Verdict(Outcome.NOT_MET, _APPLIED_LATE, facts, evidence, _AWAIT)
    if case.at < due:
        return Verdict(Outcome.UNKNOWN, _IN_TIME, facts, evidence, _APPLY)
    return Verdict(Outcome.NOT_MET, _LATE, facts, evidence, _APPLY)


def _due(case: Case, ask: Ask[AudienceRegister], page: Page) -> datetime | None:
    """The moment when the term is over, None when it is not known since when it runs: not before the demand holds."""
    since = page.account.audience_over_since
    if since is None or since > case.day:
        return None
    first = max(one for one in (since, ask.force.first) if one is not None)
    term = ask.params.apply_within or Term(value=0, unit="days")
    return case.calendar.due(datetime.combine(first, time(0), case.zone), term.value, term.unit, case.zone)

"""What a page shows of itself: fields, design, features, rules of conduct, name, open comments (clauses 7.1, 7.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from munsocial.model.content import Profile
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.facts.conduct import has_rules
from munsocial.policy.facts.descriptions import says_enough
from munsocial.policy.facts.names import compared
from munsocial.policy.facts.publications import publications, stands
from munsocial.policy.params import (
    CommentsEnabled,
    ProfileDesign,
    ProfileFeatures,
    ProfileFields,
    ProfileNaming,
    RulesPublished,
)
from munsocial.policy.rules.attesting import attested_or_unknown, missing_statement, stated_on, statement_of
from munsocial.policy.rules.seen import profile_witness, unseen, witness
from munsocial.policy.speech import counted
from munsocial.policy.verdict import Outcome, Verdict
from munsocial.wording import Text

__all__ = ["comments_enabled", "design", "features", "fields", "naming", "rules_published"]

_PROFILE = Text("описание страницы", "the profile of the page")
_FILLED = Text("Заполнено: {present}.", "Filled: {present}.")
_EMPTY = Text("Не заполнено: {absent}.", "Not filled: {absent}.")
_HIDDEN = Text("Сеть не показывает: {hidden}.", "The network does not show: {hidden}.")
_SHUT = Text("Страница закрыта, не видно: {hidden}.", "The page is closed, not seen: {hidden}.")
_UNLOCK = Text("Откройте страницу или добавьте ключ её владельца.", "Open the page, or enter its owner's key.")
_CHECK = Text("Посмотрите сами: {hidden}.", "Look for yourself: {hidden}.")
_SHORT = Text(
    "В описании нет слов, кроме ссылок, или оно короче {min_length:знака|знаков|знаков}: «{description}».",
    "The description has no words beside links, or is under {min_length:character|characters}: “{description}”.",
)
_NO_DESCRIPTION = Text("Текстового описания нет.", "There is no description.")
_NAME = Text("название страницы", "the name of the page")
_FILL = Text("Заполните: {absent}.", "Fill in: {absent}.")
_ADD = Text("Добавьте: {absent}.", "Add: {absent}.")
_HAS = Text("Оформление есть: {present}.", "Design is there: {present}.")
_LACKS = Text("Оформления не хватает: {absent}.", "Design is lacking: {absent}.")
_NO_SUCH = Text("В сети этого не бывает: {impossible}.", "The network has no such thing: {impossible}.")
_USED = Text("Применяются новые возможности: {used}.", "New features in use: {used}.")
_UNUSED = Text(
    "Новых возможностей применяется {count}, желательно не менее {min}.",
    "{count:new feature is|new features are} in use; wanted: at least {min}.",
)
_FEATURES = Text("новые возможности страницы", "the features of the page")
_NO_FEATURES = Text("В сети таких возможностей нет.", "The network has no such features.")
_USE = Text("Попробуйте приложение, виджет или динамичную обложку.", "Try an app, a widget or a dynamic cover.")
_RULES = Text("Правила опубликованы на странице.", "The rules are published on the page.")
_NAMED = Text("Название «{name}» соответствует органу.", "The name “{name}” fits the body.")
_MISNAMED = Text("Название «{name}» не похоже на «{official}».", "The name “{name}” does not resemble “{official}”.")
_RENAME = Text("Назовите страницу так, как называется орган.", "Name the page as the body is named.")
_LOOK = Text(
    "Название «{name}» похоже на «{official}» лишь отчасти: решать человеку.",
    "The name “{name}” resembles “{official}” only in part: a person has to decide.",
)
_COMPARE = Text("Сверьте название страницы с названием органа.", "Compare the name of the page with that of the body.")
_OPEN = Text("Комментарии открыты{but}.", "Comments are open{but}.")
_CLOSED = Text("Комментарии закрыты.", "Comments are closed.")
_ALL_CLOSED = Text(
    "На странице комментарии разрешены, но закрыты под всеми увиденными записями ({closed_posts}).",
    "The page allows comments, but they are closed under all posts that were seen ({closed_posts}).",
)
_CLOSED_BELOW = Text(
    "Комментарии закрыты под всеми увиденными записями ({closed_posts}).",
    "Comments are closed under all posts that were seen ({closed_posts}).",
)
_SEEN_CLOSED = Text(
    "Комментарии закрыты под всеми увиденными записями ({closed_posts}), но увидены не все.",
    "Comments are closed under all posts that were seen ({closed_posts}), and not all were seen.",
)
_OPEN_BELOW = Text("Откройте комментарии под записями.", "Open the comments under the posts.")
_COMMENTS = Text("открыты ли комментарии", "whether comments are open")
_OPEN_THEM = Text("Откройте комментарии.", "Open the comments.")

_DRAWN = frozenset({"avatar", "cover"})
_ATTESTED_DAYS = 365
_SAME = {"address": ("address", "postal_address"), "postal_address": ("postal_address", "address")}


class _State(NamedTuple):
    """How a set of wanted things stands: there, not there, not visible, not possible in this network."""

    present: list[str]
    absent: list[str]
    hidden: list[str]
    impossible: list[str]

    def note(self, name: str, there: bool | None) -> None:
        (self.hidden if there is None else self.present if there else self.absent).append(name)


def fields(case: Case, ask: Ask[ProfileFields], page: Page) -> Iterator[Verdict]:
    """Judge the required fields; one that the network does not show is unknown unless attested, not empty."""
    profile = page.view.profile.value
    if profile is None:
        otherwise = unseen(_PROFILE, page.view.profile)
        yield attested_or_unknown(case, ask, page, _ATTESTED_DAYS, otherwise=otherwise)
        return
    state = _State([], [], [], [])
    for name in ask.params.required:
        if name in _DRAWN and page.view.can.get(name) is False:
            state.impossible.append(name)
        else:
            state.note(name, _filled(profile, name, ask.params.min_length))
    facts = {
        **state._asdict(),
        "min_length": ask.params.min_length,
        "description": (profile.description or "")[:300],
    }
    empty = _EMPTY
    if state.absent == ["description"]:
        empty = _SHORT if (profile.description or "").strip() else _NO_DESCRIPTION
    verdict = _of_state(state, facts, page, (_FILLED, empty, _FILL))
    unseen_yet = verdict.outcome is Outcome.UNKNOWN
    yield attested_or_unknown(case, ask, page, _ATTESTED_DAYS, otherwise=verdict) if unseen_yet else verdict


def _filled(profile: Profile, name: str, min_length: int) -> bool | None:
    if name == "description":
        text = profile.description
        return None if text is None else says_enough(text, min_length)
    if name == "name":
        return None if profile.name is None else bool(profile.name.strip())
    if name in _DRAWN:
        return profile.avatar if name == "avatar" else profile.cover
    names = _SAME.get(name, (name,))
    if any(profile.fields.get(one, "").strip() for one in names):
        return True
    return False if any(one in profile.seen_fields for one in names) else None


def design(case: Case, ask: Ask[ProfileDesign], page: Page) -> Iterator[Verdict]:
    """Judge avatar and cover by the network; whether they are good, only a person can say."""
    profile = page.view.profile.value
    if profile is None:
        yield unseen(_PROFILE, page.view.profile)
        return
    state = _State([], [], [], [])
    for name in _designed(ask.params.required):
        if page.view.can.get(name) is False:
            state.impossible.append(name)
            continue
        there = {"avatar": profile.avatar, "cover": profile.cover}.get(name)
        state.note(name, _attested(case, ask, page, ask.params.valid_days) if there is None else there)
    yield _of_state(state, state._asdict(), page, (_HAS, _LACKS, _ADD))


def _designed(required: tuple[str, ...]) -> list[str]:
    """The word ``design`` alone is read as avatar and cover."""
    parts = [part for name in required for part in (("avatar", "cover") if name == "design" else (name,))]
    return list(dict.fromkeys(parts))


def _attested(case: Case, ask: Ask[Any], page: Page, valid_days: int) -> bool | None:
    found = statement_of(case, ask, page, valid_days)
    return found.record.holds if found and found.valid else None


def _of_state(state: _State, facts: dict[str, Any], page: Page, texts: tuple[Text, Text, Text]) -> Verdict:
    met, not_met, remedy = texts
    evidence = (profile_witness(page),)
    if state.absent:
        return Verdict(Outcome.NOT_MET, not_met, facts, evidence, remedy)
    if state.hidden:
        profile = page.view.profile.value
        hidden, advice = (_SHUT, _UNLOCK) if profile and profile.closed else (_HIDDEN, _CHECK)
        return Verdict(Outcome.UNKNOWN, hidden, facts, evidence, advice)
    if state.impossible and not state.present:
        return Verdict(Outcome.NOT_APPLICABLE, _NO_SUCH, facts, evidence)
    return Verdict(Outcome.MET, met, facts, evidence)


def features(case: Case, ask: Ask[ProfileFeatures], page: Page) -> Iterator[Verdict]:
    """Count features seen on the page and noted in the register; a network may have none or show none."""
    profile = page.view.profile.value
    seen = profile.features if profile else None
    used = set(page.account.features) | set(seen or ())
    if profile and profile.dynamic_cover:
        used.add("dynamic_cover")
    wanted = set(ask.params.any_of)
    counted = sorted(used if not wanted or "other" in wanted else used & wanted)
    facts = {"used": counted, "count": len(counted), "min": ask.params.min}
    if len(counted) >= ask.params.min:
        yield Verdict(Outcome.MET, _USED, facts, (profile_witness(page),))
    elif page.view.can.get("features") is False:
        yield Verdict(Outcome.NOT_APPLICABLE, _NO_FEATURES, facts, (profile_witness(page),))
    elif seen is None:
        yield attested_or_unknown(
            case, ask, page, ask.params.valid_days, otherwise=unseen(_FEATURES, page.view.profile)
        )
    else:
        yield Verdict(Outcome.NOT_MET, _UNUSED, facts, (profile_witness(page),), _USE)


def rules_published(case: Case, ask: Ask[RulesPublished], page: Page) -> Iterator[Verdict]:
    """Look for rules in the description and the page's own pinned post; elsewhere only a person can have seen them."""
    profile = page.view.profile.value
    if profile is not None and ask.params.where != "official_site":
        own = [
            one for one in page.view.posts.value or () if one.by_owner and one.at <= case.at and stands(one, case.at)
        ]
        pinned = [one for one in own if one.pinned or one.id == profile.pinned_post]
        texts = [
            (profile.description or "", profile.url or "", True),
            *((one.text, one.url or "", False) for one in pinned),
        ]
        found = next(((text, url) for text, url, itself in texts if has_rules(text, own=itself)), None)
        if found:
            evidence = witness(page.view.profile, link=found[1], item=page.id, quote=found[0][:300])
            yield Verdict(Outcome.MET, _RULES, {"where": ask.params.where}, (evidence,))
            return
    yield attested_or_unknown(case, ask, page, ask.params.valid_days)


def naming(case: Case, ask: Ask[ProfileNaming], page: Page) -> Iterator[Verdict]:
    """Compare the name of the page with that of the body, whatever the order and endings of words."""
    said = stated_on(case, ask, page, ask.params.valid_days)
    profile = page.view.profile.value
    if ask.params.match is None:
        yield said or missing_statement(ask.requirement.kind)
    elif profile is None or profile.name is None:
        yield said or unseen(_NAME, page.view.profile)
    else:
        verdict = _compared(profile.name, page)
        yield said if said and verdict.outcome is Outcome.UNKNOWN else verdict


def _compared(name: str, page: Page) -> Verdict:
    fit = compared(page.body.name, name)
    facts = {"name": name, "official": page.body.name, "share": round(fit.share, 2)}
    if fit.fits is None:
        return Verdict(Outcome.UNKNOWN, _LOOK, facts, (profile_witness(page),), _COMPARE)
    if fit.fits:
        return Verdict(Outcome.MET, _NAMED, facts, (profile_witness(page),))
    return Verdict(Outcome.NOT_MET, _MISNAMED, facts, (profile_witness(page),), _RENAME)


def comments_enabled(case: Case, ask: Ask[CommentsEnabled], page: Page) -> Iterator[Verdict]:
    """Judge by the page and by its own posts: where all of these are closed, what the page allows helps nobody."""
    profile = page.view.profile.value
    states = [post.comments_open for post in publications(case, page, ask.force)]
    closed, open_ = states.count(False), states.count(True)
    whole = profile.comments_open if profile else None
    facts: dict[str, Any] = {"closed_posts": closed, "open_posts": open_, "kind": ask.requirement.kind}
    where = counted(closed, "записью|записями|записями", "post|posts")
    but = Text(f", но закрыты под {where.ru}", f", but closed under {where.en}") if closed else Text("", "")
    all_closed = closed > 0 and closed == len(states)
    if whole is False:
        yield Verdict(Outcome.NOT_MET, _CLOSED, facts, (profile_witness(page),), _OPEN_THEM)
    elif all_closed:
        complete = page.view.posts.complete
        text = (_ALL_CLOSED if whole else _CLOSED_BELOW) if complete else _SEEN_CLOSED
        outcome = Outcome.NOT_MET if complete else Outcome.UNKNOWN
        yield Verdict(outcome, text, facts, (profile_witness(page), witness(page.view.posts)), _OPEN_BELOW)
    elif whole or open_:
        yield Verdict(Outcome.MET, _OPEN, {**facts, "but": but}, (profile_witness(page),))
    else:
        otherwise = unseen(_COMMENTS, page.view.profile)
        yield attested_or_unknown(case, ask, page, _ATTESTED_DAYS, otherwise=otherwise)

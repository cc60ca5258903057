"""posting.style: how publications read (clauses 8.1, 8.2). An indication with places in the text; a person decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from munsocial.model.content import Post
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.facts.publications import POSTS, own_texts
from munsocial.policy.params import PostingStyle
from munsocial.policy.readings import Place, StyleRead
from munsocial.policy.rules.attesting import TO_STATE, attested_or_unknown
from munsocial.policy.rules.seen import unseen, witness
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["style"]

_TALK = Text(
    "Разговорным языком написано {talk} из {judged:публикации|публикаций|публикаций}.",
    "Reading as talk: {talk} of {judged:publication|publications}.",
)
_MIXED = Text(
    "Официально звучит {press} из {judged:публикации|публикаций|публикаций}: решать человеку.",
    "Sounding official: {press} of {judged:publication|publications}; a person has to decide.",
)
_PRESS = Text(
    "Официально звучит {press} из {judged:публикации|публикаций|публикаций}.",
    "Sounding official: {press} of {judged:publication|publications}.",
)
_NOTHING = Text(
    "Нет публикаций, по которым можно судить о стиле.", "There is no publication whose style could be judged."
)
_CLEAN = Text(
    "Не встречается: {item} (проверено публикаций: {judged}).", "Not found: {item} (publications read: {judged})."
)
_FOUND = Text(
    "Встречается: {item} (в {count} из {judged:публикации|публикаций|публикаций}).",
    "Found: {item} (in {count} of {judged:publication|publications}).",
)
_UNREADABLE = Text(
    "Программа этого в тексте не распознаёт: {item} (публикаций: {judged}), а подтверждения в реестре нет.",
    "The program does not see this in a text: {item} (publications: {judged}), and the register has no attestation.",
)
_REWRITE = Text("Перепишите проще: см. отмеченные места.", "Rewrite it more simply: see the marked places.")

# Shares of official-sounding posts: below the first a page is fine, from the second on it is not,
# in between a person decides.
_FEW, _MANY = 0.25, 0.5
_GRAVE = 2.0  # remarks below it are on words that people also use at home
_COLLOQUIAL, _OBSCENITY = "written_colloquial", "obscenity"
_SHOWN = 20  # places kept as evidence for one finding


_Read = tuple[Post, StyleRead]


class _Hit(NamedTuple):
    """A post, the place that is meant, and how sure the reading is; remarks on words have a gravity instead."""

    post: Post
    place: Place | None
    confidence: float | None = None


def style(case: Case, ask: Ask[PostingStyle], page: Page) -> Iterator[Verdict]:
    """Judge the style wanted and each thing to be avoided, apart."""
    if page.view.posts.value is None:
        yield unseen(POSTS, page.view.posts)
        return
    posts, wanted = own_texts(case, page, ask.force), ask.params.style
    # Asking takes time in a whole district: each text is asked about once for all things wanted and avoided.
    by_style = wanted == _COLLOQUIAL or not _BY_STYLE.keys().isdisjoint(ask.params.avoid)
    read = [(post, case.readings.style(post.text)) for post in posts] if by_style else []
    if wanted:
        yield _wanted(page, read) if wanted == _COLLOQUIAL else _for_people(case, ask, page, posts, wanted)
    for item in ask.params.avoid:
        if item in _BY_STYLE:
            yield _without_style(page, read, item)
        elif item == _OBSCENITY:
            yield _without_obscenity(case, page, posts)
        else:
            yield _for_people(case, ask, page, posts, item)


def _wanted(page: Page, read: Sequence[_Read]) -> Verdict:
    judged = [(post, one) for post, one in read if one.reads_as]
    press = [_Hit(post, None, _sureness(one)) for post, one in judged if one.reads_as == "press"]
    facts = {"judged": len(judged), "press": len(press), "talk": len(judged) - len(press)}
    evidence = _evidence(page, press)
    if not judged:
        return _none(page, facts)
    share = len(press) / len(judged)
    if share < _FEW and not page.view.posts.complete:
        return unseen(POSTS, page.view.posts, **facts)
    if share < _FEW:
        return Verdict(Outcome.MET, _TALK, facts, evidence)
    if share < _MANY or not page.view.posts.complete:
        return Verdict(Outcome.UNKNOWN, _MIXED, facts, evidence, _REWRITE)
    return Verdict(Outcome.NOT_MET, _PRESS, facts, evidence, _REWRITE)


def _none(page: Page, facts: dict[str, Any]) -> Verdict:
    if not page.view.posts.complete:
        return unseen(POSTS, page.view.posts, **facts)
    return Verdict(Outcome.NOT_APPLICABLE, _NOTHING, facts, (witness(page.view.posts, item=page.id),))


def _for_people(case: Case, ask: Ask[PostingStyle], page: Page, posts: Sequence[Post], item: str) -> Verdict:
    """What no program reads from a text somebody has to state; which of several things is meant has to be told."""
    facts = {"item": item, "judged": len(posts), "statement": ask.requirement.kind}
    unread = Verdict(Outcome.UNKNOWN, _UNREADABLE, facts, remedy=TO_STATE) if posts else _none(page, facts)
    verdict = attested_or_unknown(case, ask, page, 365, otherwise=unread)
    # Attested or not, the finding is on the same thing: tools know it by this fact.
    return replace(verdict, facts={**verdict.facts, "item": item})


def _without_style(page: Page, read: Sequence[_Read], item: str) -> Verdict:
    judged = [(post, one) for post, one in read if not one.exempt]
    return _without(page, item, len(judged), [hit for post, one in judged for hit in _BY_STYLE[item](post, one)])


def _without_obscenity(case: Case, page: Page, posts: Sequence[Post]) -> Verdict:
    return _without(page, _OBSCENITY, len(posts), [hit for post in posts for hit in _obscenity(case, post)])


def _without(page: Page, item: str, judged: int, hits: Sequence[_Hit]) -> Verdict:
    """Judge one thing to be avoided by the places where it was found."""
    facts = {"item": item, "judged": judged, "count": len({hit.post.id for hit in hits})}
    if not judged:
        return _none(page, facts)
    if hits:
        return Verdict(Outcome.NOT_MET, _FOUND, facts, _evidence(page, hits), _REWRITE)
    if not page.view.posts.complete:
        return unseen(POSTS, page.view.posts, **facts)
    return Verdict(Outcome.MET, _CLEAN, facts, (witness(page.view.posts, item=page.id),))


def _press_release(post: Post, read: StyleRead) -> Iterator[_Hit]:
    opening = [place for place in read.remarks if place.category in _PRESS_SIGNS]
    if read.reads_as == "press":
        yield _Hit(post, opening[0] if opening else None, _sureness(read))


def _sureness(read: StyleRead) -> float | None:
    """How surely a post sounds official: the score runs from 0, a press release, to 100, talk."""
    return None if read.score is None else round(1 - read.score / 100, 2)


def _bureaucratese(post: Post, read: StyleRead) -> Iterator[_Hit]:
    for place in read.remarks:
        if place.category not in _PRESS_SIGNS and place.weight >= _GRAVE:
            yield _Hit(post, place)


def _obscenity(case: Case, post: Post) -> Iterator[_Hit]:
    for place in case.readings.marks(post.text):
        if place.category == _OBSCENITY:
            yield _Hit(post, place, place.weight)


_PRESS_SIGNS = frozenset({"press_opening", "third_person"})

_BY_STYLE: dict[str, Callable[[Post, StyleRead], Iterator[_Hit]]] = {
    "press_release": _press_release,
    "bureaucratese": _bureaucratese,
}


def _evidence(page: Page, hits: Sequence[_Hit]) -> tuple[Evidence, ...]:
    if not hits:
        return (witness(page.view.posts, item=page.id),)
    return tuple(_place(page, hit) for hit in hits[:_SHOWN])


def _place(page: Page, hit: _Hit) -> Evidence:
    view, post, place, sure = page.view.posts, hit.post, hit.place, hit.confidence
    if place is None:
        link, quote = post.url or "", post.text[:200]
        return Evidence(Means.TEXT, view.at, view.through, link, post.id, quote, confidence=sure)
    return Evidence(
        Means.TEXT,
        view.at,
        view.through,
        post.url or "",
        post.id,
        post.text[place.start : place.end],
        place.start,
        place.end,
        sure,
        place.why,
    )

"""posting.style: how publications read (clauses 8.1, 8.2). An indication with places in the text; a person decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from munsocial.model.content import Post
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.params import PostingStyle
from munsocial.policy.readings import Place, StyleRead
from munsocial.policy.rules.attesting import attested_or_unknown
from munsocial.policy.rules.publications import own_texts
from munsocial.policy.rules.seen import unseen, witness
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["style"]

_POSTS = Text("публикации", "publications")
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
_REWRITE = Text("Перепишите проще: см. отмеченные места.", "Rewrite it more simply: see the marked places.")

# Shares of official-sounding posts: below the first a page is fine, from the second on it is not,
# in between a person decides.
_FEW, _MANY = 0.25, 0.5
_GRAVE = 2.0  # remarks below it are on words that people also use at home
_SHOWN = 20  # places kept as evidence for one finding


class _Hit(NamedTuple):
    """A post, the place that is meant, and how sure the reading is; remarks on words have a gravity instead."""

    post: Post
    place: Place | None
    confidence: float | None = None


def style(case: Case, ask: Ask[PostingStyle], page: Page) -> Iterator[Verdict]:
    """Judge the style wanted and each thing to be avoided, apart."""
    if page.view.posts.value is None:
        yield unseen(_POSTS, page.view.posts)
        return
    posts = own_texts(case, page, ask.force)
    if ask.params.style:
        yield _wanted(case, ask, page, posts)
    for item in ask.params.avoid:
        yield _avoided(case, ask, page, posts, item)


def _wanted(case: Case, ask: Ask[PostingStyle], page: Page, posts: Sequence[Post]) -> Verdict:
    if ask.params.style != "written_colloquial":
        return attested_or_unknown(case, ask, page, 365, about=[ask.params.style or ""])
    read = [(post, case.readings.style(post.text)) for post in posts]
    judged = [(post, one) for post, one in read if one.reads_as]
    press = [_Hit(post, None, _sureness(one)) for post, one in judged if one.reads_as == "press"]
    facts = {"judged": len(judged), "press": len(press), "talk": len(judged) - len(press)}
    evidence = _evidence(page, press)
    if not judged:
        return _none(page, facts)
    share = len(press) / len(judged)
    if share < _FEW and not page.view.posts.complete:
        return unseen(_POSTS, page.view.posts, **facts)
    if share < _FEW:
        return Verdict(Outcome.MET, _TALK, facts, evidence)
    if share < _MANY or not page.view.posts.complete:
        return Verdict(Outcome.UNKNOWN, _MIXED, facts, evidence, _REWRITE)
    return Verdict(Outcome.NOT_MET, _PRESS, facts, evidence, _REWRITE)


def _none(page: Page, facts: dict[str, Any]) -> Verdict:
    if not page.view.posts.complete:
        return unseen(_POSTS, page.view.posts, **facts)
    return Verdict(Outcome.NOT_APPLICABLE, _NOTHING, facts, (witness(page.view.posts, item=page.id),))


def _avoided(case: Case, ask: Ask[PostingStyle], page: Page, posts: Sequence[Post], item: str) -> Verdict:
    seek = _SEEKERS.get(item)
    if seek is None:
        return attested_or_unknown(case, ask, page, 365, about=[item])
    hits = [hit for post in posts for hit in seek(case, post)]
    count = len({hit.post.id for hit in hits})
    facts = {"item": item, "judged": len(posts), "count": count}
    if not posts:
        return _none(page, facts)
    if hits:
        return Verdict(Outcome.NOT_MET, _FOUND, facts, _evidence(page, hits), _REWRITE)
    if not page.view.posts.complete:
        return unseen(_POSTS, page.view.posts, **facts)
    return Verdict(Outcome.MET, _CLEAN, facts, (witness(page.view.posts, item=page.id),))


def _press_release(case: Case, post: Post) -> Iterator[_Hit]:
    read = case.readings.style(post.text)
    opening = [place for place in read.remarks if place.category in _PRESS_SIGNS]
    if read.reads_as == "press":
        yield _Hit(post, opening[0] if opening else None, _sureness(read))


def _sureness(read: StyleRead) -> float | None:
    """How surely a post sounds official: the score runs from 0, a press release, to 100, talk."""
    return None if read.score is None else round(1 - read.score / 100, 2)


def _bureaucratese(case: Case, post: Post) -> Iterator[_Hit]:
    for place in case.readings.style(post.text).remarks:
        if place.category not in _PRESS_SIGNS and place.weight >= _GRAVE:
            yield _Hit(post, place)


def _obscenity(case: Case, post: Post) -> Iterator[_Hit]:
    for place in case.readings.marks(post.text):
        if place.category == "obscenity":
            yield _Hit(post, place, place.weight)


_PRESS_SIGNS = frozenset({"press_opening", "third_person"})

_SEEKERS: dict[str, Callable[[Case, Post], Iterator[_Hit]]] = {
    "press_release": _press_release,
    "bureaucratese": _bureaucratese,
    "obscenity": _obscenity,
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

"""posting.frequency: so many publications in a day, week or month (clause 5).

One verdict for each period that the snapshot touches. A period that is not over, or was not seen to its end, can be
met but not failed: "3 of 5 so far". The first and the last, partial period of an account is not judged.
"""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from munsocial.model.bodies import Body
from munsocial.model.content import Post, PostKind, PostState
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.params import PostingFrequency
from munsocial.policy.rules.periods import Span, calendar_spans, rolling_span
from munsocial.policy.rules.publications import stands
from munsocial.policy.rules.seen import unseen, witness
from munsocial.policy.speech import counted, days
from munsocial.policy.subjects import exempt, restriction, suspended
from munsocial.policy.verdict import Evidence, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["frequency", "frequency_together"]

_POSTS = Text("публикации", "publications")
_ENOUGH = Text(
    "{period}: {count:публикация|публикации|публикаций}{apart}, норма — {norm}.",
    "{period}: {count:publication|publications}{apart}, wanted: {norm}.",
)
_NOT_MET = Text(
    "{period}: {count:публикация|публикации|публикаций}{apart}, а норма — {norm}.",
    "{period}: {count:publication|publications}{apart}, but wanted: {norm}.",
)
_SO_FAR = Text(
    "{period}: время ещё не вышло, пока {count} из {min}{apart}.",
    "{period}: not over yet, {count} of {min} so far{apart}.",
)
_PARTLY = Text(
    "{period}: видно не всё, в увиденном {count} из {min}{apart}.",
    "{period}: seen in part only, {count} of {min} in that part{apart}.",
)
_PARTIAL = Text(
    "{period}: аккаунт существовал не всё это время, оценки нет ({count:публикация|публикации|публикаций}).",
    "{period}: the account did not exist all that time; not judged ({count:publication|publications}).",
)
_NOT_THERE = Text("Во время наблюдения аккаунта не было.", "The account did not exist in the time seen.")
_NOT_COVERED = Text("Снимок не охватывает времени до {day}.", "The snapshot does not cover the time before {day}.")
_NO_NUMBER = Text("Норма не известна: числа в акте нет.", "The number is not known: the act has none.")
_NO_NUMBER_OF_CATEGORY = Text(
    "Норма не известна: в акте нет числа для категории «{category}».",
    "The number is not known: the act has none for the category “{category}”.",
)
_NO_CATEGORY = Text(
    "Норма зависит от категории страницы, а категория не присвоена.",
    "The number depends on the category of the page, and it has none.",
)
_ASSIGN = Text("Присвойте странице категорию.", "Give the page a category.")
_WRITE = Text(
    "Запланируйте ещё {lacking:публикацию|публикации|публикаций}.", "Plan {lacking:more publication|more publications}."
)
_PLAN = Text(
    "Не хватило {lacking:публикации|публикаций|публикаций}: составьте план публикаций вперёд.",
    "{lacking:publication was|publications were} lacking: plan publications ahead.",
)
_SLOW_DOWN = Text("Публикуйте реже: норма — {norm}.", "Publish less often: wanted is {norm}.")
_COLLECT = Text("Соберите снимок за всё это время.", "Collect a snapshot of all that time.")
_APART = {
    "reposts": ("репост|репоста|репостов", "repost|reposts"),
    "removed": ("позже удалена|позже удалены|позже удалено", "later removed"),
    "repeated": ("повтор|повтора|повторов", "repeated"),
    "other_topic": ("не по теме", "off topic"),
}
_NORM = {
    "ge": Text("не менее {n}", "at least {n}"),
    "gt": Text("больше {n}", "more than {n}"),
    "le": Text("не больше {n}", "at most {n}"),
    "lt": Text("меньше {n}", "fewer than {n}"),
    "eq": Text("ровно {n}", "exactly {n}"),
}

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "ge": operator.ge, "gt": operator.gt, "le": operator.le, "lt": operator.lt, "eq": operator.eq,
}  # fmt: skip
_COUNTING = (
    "count_reposts", "count_stories", "count_guest_posts", "count_deleted", "dedupe_within_account", "threads_as_one",
)  # fmt: skip
"""The parameters by which publications are counted; the others say how many are wanted."""
_SAME_TEXT = 40  # letters; shorter texts ("Доброе утро!") repeat honestly


@dataclass(slots=True)
class _Count:
    """What was counted in one period, and what was set apart."""

    counted: int = 0
    reposts: int = 0
    removed: int = 0
    repeated: int = 0
    other_topic: int = 0

    def add(self, other: _Count) -> None:
        self.counted += other.counted
        self.reposts += other.reposts
        self.removed += other.removed
        self.repeated += other.repeated
        self.other_topic += other.other_topic


def frequency(case: Case, ask: Ask[PostingFrequency], page: Page) -> Iterator[Verdict]:
    """Judge every period of one account."""
    wanted = _minimum(ask.params, page)
    if wanted is None:
        yield _no_number(ask.params, page)
    elif page.view.posts.value is None:
        yield unseen(_POSTS, page.view.posts)
    else:
        yield from _periods(case, ask.params, (page,), wanted)


def frequency_together(case: Case, ask: Ask[PostingFrequency], body: Body) -> Iterator[Verdict]:
    """Judge a body's accounts in sum: all of them, or those of each network."""
    alive = [page for page in case.pages_of.get(body.id, ()) if page.account.alive_on(case.day)]
    if ask.requirement.networks is not None:
        alive = [page for page in alive if page.account.network in ask.requirement.networks]
    if ask.params.scope == "per_network":
        networks = dict.fromkeys(page.account.network for page in alive)
        groups = [[page for page in alive if page.account.network == name] for name in networks]
    else:
        groups = [alive] if alive else []
    if not groups:
        yield Verdict(Outcome.NOT_APPLICABLE, Text("У органа нет аккаунтов.", "The body has no account."))
    for group in groups:
        yield from _group(case, ask, group)


def _group(case: Case, ask: Ask[PostingFrequency], pages: Sequence[Page]) -> Iterator[Verdict]:
    usable = [page for page in pages if not restriction(ask.act, page.account.network, case.day)]
    if not usable:
        status = restriction(ask.act, pages[0].account.network, case.day)
        if status:
            yield suspended(status, pages[0].account.network)
        return
    wanted = _minimum(ask.params, usable[0])
    blind = [page for page in usable if page.view.posts.value is None]
    if wanted is None:
        yield _no_number(ask.params, usable[0])
    elif len(blind) == len(usable):
        yield unseen(_POSTS, blind[0].view.posts, account=blind[0].id)
    else:
        # What one page shows is a lower bound of the sum: it may be enough, it is never too little.
        yield from _periods(case, ask.params, usable, wanted)


def _periods(case: Case, params: PostingFrequency, pages: Sequence[Page], wanted: int) -> Iterator[Verdict]:
    """Judge period by period; a snapshot that holds none of them leaves the demand open."""
    tally = _Tally(case, params)
    verdicts = [one for span in tally.spans() if (one := tally.verdict(span, pages, wanted))]
    yield from verdicts
    if not verdicts and tally.spans():
        yield Verdict(Outcome.NOT_APPLICABLE, _NOT_THERE, {"min": wanted})
    elif not verdicts:
        yield Verdict(Outcome.UNKNOWN, _NOT_COVERED, {"min": wanted, "day": case.day})


def _minimum(params: PostingFrequency, page: Page) -> int | None:
    if params.by_category is not None:
        return params.by_category.get(page.account.category, params.min)
    return params.min


def _no_number(params: PostingFrequency, page: Page) -> Verdict:
    facts = {"category": page.account.category}
    if params.by_category is None:
        return Verdict(Outcome.UNKNOWN, _NO_NUMBER, facts)
    if page.account.category:
        return Verdict(Outcome.UNKNOWN, _NO_NUMBER_OF_CATEGORY, facts)
    return Verdict(Outcome.UNKNOWN, _NO_CATEGORY, facts, remedy=_ASSIGN)


class _Tally:
    """Counts publications by the parameters of one requirement."""

    def __init__(self, case: Case, params: PostingFrequency) -> None:
        self._case = case
        self._params = params
        self._zone = _zone(params.timezone) or case.zone
        self._topics = frozenset(params.topics or ())
        self._key = (params.period, params.window in ("rolling", "rolling_7d"), self._zone.key)
        # Acts that count alike and want different numbers share what was counted.
        counting = (*self._key, self._topics, *(getattr(params, name) for name in _COUNTING))
        self._counted: dict[tuple[str, datetime], _Count] = case.counted.setdefault(counting, {})

    def spans(self) -> Sequence[Span]:
        """The periods that the snapshot touches, up to the moment judged."""
        known = self._case.spans.get(self._key)
        if known is None:
            known = self._case.spans[self._key] = tuple(self._spans(self._key[1]))
        return known

    def _spans(self, rolling: bool) -> Iterable[Span]:
        case, period = self._case, self._params.period
        if rolling:
            return (rolling_span(period, case.at, self._zone),)
        return calendar_spans(period, case.seen_from, case.at, self._zone)

    def verdict(self, span: Span, pages: Sequence[Page], wanted: int) -> Verdict | None:
        """Judge one period; None when the accounts did not exist in it at all."""
        existed = [page for page in pages if _existed(page, span)]
        if not existed:
            return None
        resting = next((rest for page in existed if (rest := self._exempt(page, span))), None)
        count = _Count()
        for page in existed:
            count.add(self._count(page, span))
        enough = _COMPARE[self._params.comparator](count.counted, wanted)
        facts = _facts(span, count, wanted, self._params.comparator)
        evidence = tuple(witness(page.view.posts, link=_url(page), item=page.id) for page in existed)
        return self._settled(span, existed, enough, resting, facts, evidence)

    def _settled(
        self,
        span: Span,
        pages: Sequence[Page],
        enough: bool,
        resting: Verdict | None,
        facts: dict[str, Any],
        evidence: tuple[Evidence, ...],
    ) -> Verdict:
        at_least = self._params.comparator in ("ge", "gt")
        if enough and at_least:
            return Verdict(Outcome.MET, _ENOUGH, facts, evidence)
        if resting is not None:
            return resting
        if any(_partial(page, span) for page in pages):
            return Verdict(Outcome.NOT_APPLICABLE, _PARTIAL, facts, evidence)
        if not enough and not at_least and facts["count"] >= facts["min"]:
            return Verdict(Outcome.NOT_MET, _NOT_MET, facts, evidence, _SLOW_DOWN)  # more can only come
        if span.until > self._case.at:
            return Verdict(Outcome.UNKNOWN, _SO_FAR, facts, evidence, _WRITE if facts["lacking"] else None)
        unseen_part = span.since < self._case.seen_from or span.until > self._case.seen_until
        if unseen_part or not all(page.view.posts.complete for page in pages):
            return Verdict(Outcome.UNKNOWN, _PARTLY, facts, evidence, _COLLECT)
        if enough:
            return Verdict(Outcome.MET, _ENOUGH, facts, evidence)
        return Verdict(Outcome.NOT_MET, _NOT_MET, facts, evidence, _PLAN)

    def _exempt(self, page: Page, span: Span) -> Verdict | None:
        periods = self._case.exemptions(page, "posting.frequency")
        found = next((one for one in periods if one.since <= span.last and span.first <= one.until), None)
        return exempt(found) if found else None

    def _count(self, page: Page, span: Span) -> _Count:
        known = self._counted.get((page.id, span.since))
        if known is None:
            known = self._counted[page.id, span.since] = self._counted_in(page, span)
        return known

    def _counted_in(self, page: Page, span: Span) -> _Count:
        count, ids, texts = _Count(), set[str](), set[str]()
        for post in self._posts(page).get(span.since, ()):
            if post.id in ids:
                continue
            if not self._publication(post, count):
                continue
            ids.add(post.id)
            if self._repeats(post, ids, texts):
                count.repeated += 1
                continue
            count.counted += 1
            count.reposts += post.kind is PostKind.REPOST
        return count

    def _posts(self, page: Page) -> dict[datetime, list[Post]]:
        """Posts of a page by the period they fall into, up to the moment judged; sorted out once for all acts."""
        known = self._case.sorted_posts.get((page.id, self._key))
        if known is not None:
            return known
        spans, at, found = self.spans(), self._case.at, dict[datetime, list[Post]]()
        starts = [span.since for span in spans]
        for post in page.view.posts.value or ():
            place = bisect_right(starts, post.at) - 1
            if place >= 0 and post.at < spans[place].until and post.at <= at:
                found.setdefault(starts[place], []).append(post)
        self._case.sorted_posts[page.id, self._key] = found
        return found

    def _publication(self, post: Post, count: _Count) -> bool:
        """Tell whether a post is one of those that the act counts."""
        params = self._params
        if post.kind is PostKind.AD:
            return False
        if not stands(post, self._case.at):
            gone = post.state in (PostState.DELETED, PostState.PUBLISHED)
            count.removed += gone
            return gone and params.count_deleted
        if not post.by_owner and not params.count_guest_posts:
            return False
        if post.kind is PostKind.REPOST and not params.count_reposts:
            count.reposts += 1
            return False
        if post.kind is PostKind.STORY and not params.count_stories:
            return False
        # Only a person's own tag sets a post apart; a guess from its text never does.
        if self._topics and post.topic == "other" and "other" not in self._topics:
            count.other_topic += 1
            return False
        return True

    def _repeats(self, post: Post, ids: set[str], texts: set[str]) -> bool:
        if self._params.threads_as_one and post.thread_of and post.thread_of != post.id:
            if post.thread_of in ids:
                return True
            ids.add(post.thread_of)
        text = post.text.strip()
        if not self._params.dedupe_within_account or len(text) < _SAME_TEXT:
            return False
        if text in texts:
            return True
        texts.add(text)
        return False


def _zone(name: str | None) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _existed(page: Page, span: Span) -> bool:
    first, last = page.account.first_day, page.account.last_day
    return (first is None or first <= span.last) and (last is None or last >= span.first)


def _partial(page: Page, span: Span) -> bool:
    first, last = page.account.first_day, page.account.last_day
    return (first is not None and first > span.first) or (last is not None and last < span.last)


def _facts(span: Span, count: _Count, wanted: int, comparator: str) -> dict[str, Any]:
    goal = {"ge": wanted, "eq": wanted, "gt": wanted + 1}.get(comparator, 0)
    apart = {name: getattr(count, name) for name in _APART if getattr(count, name)}
    return {
        "since": span.first,
        "until": span.last,
        "period": days(span.first, span.last),
        "count": count.counted,
        "min": wanted,
        "norm": _norm(comparator, wanted),
        "lacking": max(goal - count.counted, 0),
        **{name: getattr(count, name) for name in _APART},
        "apart": _told(apart),
    }


@lru_cache(maxsize=256)
def _norm(comparator: str, wanted: int) -> Text:
    return _NORM[comparator].fill(n=wanted)


def _told(apart: dict[str, int]) -> Text:
    if not apart:
        return Text("", "")
    parts = [counted(n, *_APART[name]) for name, n in apart.items()]
    return Text(f" ({', '.join(part.ru for part in parts)})", f" ({', '.join(part.en for part in parts)})")


def _url(page: Page) -> str:
    profile = page.view.profile.value
    return (profile.url if profile else None) or ""

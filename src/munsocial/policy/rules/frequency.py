"""posting.frequency: so many publications in a day, week or month (clause 5).

One verdict for each period that the snapshot touches. A period that is not over, or was not seen to its end, can be
met but not failed: "3 of 5 so far". The first and the last, partial period of an account or of the demand itself is not
judged.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from munsocial.model.bodies import Body
from munsocial.model.grouping import grouped
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.facts.counting import Count, Tally
from munsocial.policy.facts.periods import Span
from munsocial.policy.facts.presence import Stood, Way, stood
from munsocial.policy.facts.publications import POSTS
from munsocial.policy.nobody import HELD_SINCE, HELD_UNTIL, NO_ACCOUNTS, NOT_ALL_THE_TIME, NOT_THERE
from munsocial.policy.params import PostingFrequency
from munsocial.policy.rules.seen import unseen, witness
from munsocial.policy.speech import counted, days
from munsocial.policy.subjects import exempt, mothballed, network_stop, pages_addressed
from munsocial.policy.verdict import Outcome, Verdict
from munsocial.policy.words import coded
from munsocial.wording import Text

__all__ = ["frequency", "frequency_together"]

_ENOUGH = Text(
    "{period}: {count:публикация|публикации|публикаций}{apart}, норма — {norm}.",
    "{period}: {count:publication|publications}{apart}, wanted: {norm}.",
)
_ENOUGH_SEEN = Text(
    "{period}: видно не всё, но и в увиденном {count:публикация|публикации|публикаций}{apart}, норма — {norm}.",
    "{period}: seen in part only, yet {count:publication|publications} in that part{apart}, wanted: {norm}.",
)
_NOT_MET = Text(
    "{period}: {count:публикация|публикации|публикаций}{apart}, а норма — {norm}.",
    "{period}: {count:publication|publications}{apart}, but wanted: {norm}.",
)
_SO_FAR = Text(
    "{period}: время ещё не вышло, пока {of}{apart}.",
    "{period}: not over yet, {of} so far{apart}.",
)
_PARTLY = Text(
    "{period}: видно не всё, в увиденном {of}{apart}.",
    "{period}: seen in part only, {of} in that part{apart}.",
)
_OF = Text("{count} из {goal}", "{count} of {goal}")
_OF_LIMIT = Text("{count} при норме {norm}", "{count} where {norm} is wanted")
_EXCUSED_IN_PART = Text(
    "{period}: {count:публикация|публикации|публикаций}{apart}, норма — {norm}; обязанность не действовала {excused}"
    " ({reason}), а нормы для остальных дней акт не называет: решает человек.",
    "{period}: {count:publication|publications}{apart}, wanted: {norm}; the duty rested {excused} ({reason}), and the"
    " act has no number for the other days: a person decides.",
)
_COMPARE_DAYS = Text(
    "Сравните число публикаций с числом дней, когда обязанность действовала.",
    "Compare the number with the days on which the duty held.",
)
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
_DIFFER = Text(
    "Нормы страниц органа различны ({norms}), а по какой считать их вместе, акт не говорит.",
    "The pages of the body have different numbers ({norms}), and the act does not say which holds for their sum.",
)
_NO_SUCH = Text("числа нет", "no number")
_SAY_WHICH = Text(
    'Уточните норму в файле акта или считайте по каждой странице: scope = "per_account".',
    'Give one number in the file of the act, or count each page: scope = "per_account".',
)
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
    "threaded": ("продолжение цепочки|продолжения цепочек|продолжений цепочек", "more of a thread|more of threads"),
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


def frequency(case: Case, ask: Ask[PostingFrequency], page: Page) -> Iterator[Verdict]:
    """Judge every period of one account."""
    wanted = _minimum(ask.params, page)
    if _laid_up(case, ask, page):
        yield mothballed(page.account)
    elif wanted is None:
        yield _no_number(ask.params, page)
    elif page.view.posts.value is None:
        yield unseen(POSTS, page.view.posts, min=wanted)
    else:
        yield from _periods(case, ask, (page,), wanted)


def _laid_up(case: Case, ask: Ask[PostingFrequency], page: Page) -> bool:
    """Tell whether a page is mothballed, and was so in all periods that are looked at."""
    return (page.account.mothballed or date.max) <= case.day and not _ran(case, ask, page)


def frequency_together(case: Case, ask: Ask[PostingFrequency], body: Body) -> Iterator[Verdict]:
    """Judge a body's accounts in sum: all of those addressed, or those of each network."""
    networks, apart = ask.requirement.networks, ask.params.scope == "per_network"
    pages = [
        page
        for page in pages_addressed(case, ask.requirement, body)
        if not page.account.only_owns and (networks is None or page.account.network in networks)
    ]
    if not pages:
        yield Verdict(Outcome.NOT_APPLICABLE, NO_ACCOUNTS)
    for group in grouped(pages, lambda page: page.account.network if apart else "").values():
        yield from _group(case, ask, group)


def _group(case: Case, ask: Ask[PostingFrequency], pages: Sequence[Page]) -> Iterator[Verdict]:
    # One page speaks where one is enough: always the same one, however the rows of the register stand.
    pages = sorted(pages, key=lambda page: page.id)
    stops = {page.id: network_stop(ask.act, ask.requirement, page.account.network, case.day) for page in pages}
    usable = [page for page in pages if stops[page.id] is None]
    if not usable:
        known = [one for one in stops.values() if one is not None]
        yield next((one for one in known if one.outcome is Outcome.SUSPENDED), known[0])
        return
    running = [page for page in usable if _ran(case, ask, page)]
    laid_up = next((page for page in usable if (page.account.mothballed or date.max) <= case.day), None)
    if laid_up is not None and not running:
        yield mothballed(laid_up.account)
        return
    norms = {page.account.category: _minimum(ask.params, page) for page in running or usable}
    wanted = next(iter(norms.values()))
    blind = [page for page in running if page.view.posts.value is None]
    if len(set(norms.values())) > 1:
        facts = {"norms": {name or "—": _NO_SUCH if number is None else number for name, number in norms.items()}}
        yield Verdict(Outcome.UNKNOWN, _DIFFER, facts, remedy=_SAY_WHICH)
    elif wanted is None:
        yield _no_number(ask.params, (running or usable)[0])
    elif running and len(blind) == len(running):
        yield unseen(POSTS, blind[0].view.posts, account=blind[0].id, min=wanted)
    else:
        # What one page shows is a lower bound of the sum: it may be enough, it is never too little.
        yield from _periods(case, ask, usable, wanted)


def _ran(case: Case, ask: Ask[PostingFrequency], page: Page) -> bool:
    """Tell whether a page was there and not laid up in any of the periods."""
    known = (stood(case, page, span, ask.requirement.kind) for span in Tally(case, ask.params).spans())
    return any(one is not None and one.way is not Way.LAID_UP for one in known)


def _periods(case: Case, ask: Ask[PostingFrequency], pages: Sequence[Page], wanted: int) -> Iterator[Verdict]:
    """Judge period by period; a snapshot that holds none of them leaves the demand open."""
    norm = _Norm(case, ask, wanted)
    spans = norm.tally.spans()
    verdicts = [one for span in spans if (one := norm.verdict(span, pages))]
    # What is the same in several periods is said once: mothballed since a day.
    yield from (one for n, one in enumerate(verdicts) if n == 0 or one != verdicts[n - 1])
    if not verdicts and spans:
        yield Verdict(Outcome.NOT_APPLICABLE, NOT_THERE, {"min": wanted})
    elif not verdicts:
        yield Verdict(Outcome.UNKNOWN, _NOT_COVERED, {"min": wanted, "day": case.day})


def _minimum(params: PostingFrequency, page: Page) -> int | None:
    if params.by_category is not None:
        return params.by_category.get(coded(page.account.category, params.by_category), params.min)
    return params.min


def _no_number(params: PostingFrequency, page: Page) -> Verdict:
    facts = {"category": page.account.category}
    if params.by_category is None:
        return Verdict(Outcome.UNKNOWN, _NO_NUMBER, facts)
    if page.account.category:
        return Verdict(Outcome.UNKNOWN, _NO_NUMBER_OF_CATEGORY, facts)
    return Verdict(Outcome.UNKNOWN, _NO_CATEGORY, facts, remedy=_ASSIGN)


class _Norm:
    """Holds the number that is wanted against what was counted in a period."""

    def __init__(self, case: Case, ask: Ask[PostingFrequency], wanted: int) -> None:
        self._case = case
        self._ask = ask
        self._wanted = wanted
        self._comparator = ask.params.comparator
        self.tally = Tally(case, ask.params)

    def verdict(self, span: Span, pages: Sequence[Page]) -> Verdict | None:
        """Judge one period; None when the accounts did not exist in it at all."""
        kind = self._ask.requirement.kind
        known = [one for page in pages if (one := stood(self._case, page, span, kind))]
        if not known:
            return None
        if not self._ask.force.holds_all(span.first, span.last):
            return self._not_held(span)
        counted_in = [one for one in known if one.way is not Way.LAID_UP]
        if not counted_in:
            return mothballed(known[0].page.account)
        count = Count()
        for one in counted_in:
            count.add(self.tally.count(one.page, span))
        facts = _facts(span, count, self._wanted, self._comparator)
        return self._settled(span, counted_in, facts)

    def _not_held(self, span: Span) -> Verdict:
        force, period = self._ask.force, days(span.first, span.last)
        if force.first is not None and span.first < force.first:
            return Verdict(Outcome.NOT_APPLICABLE, HELD_SINCE, {"period": period, "since": force.first})
        return Verdict(Outcome.NOT_APPLICABLE, HELD_UNTIL, {"period": period, "until": force.last})

    def _settled(self, span: Span, pages: Sequence[Stood], facts: dict[str, Any]) -> Verdict:
        at_least = self._comparator in ("ge", "gt")
        enough = _COMPARE[self._comparator](facts["count"], self._wanted)
        evidence = tuple(witness(one.page.view.posts, link=_url(one.page), item=one.page.id) for one in pages)
        # One page with a full duty is enough to owe the sum: what rests elsewhere excuses nobody here.
        ways = {one.way: one for one in reversed(pages)}
        if Way.WHOLE not in ways and Way.EXCUSED_IN_PART not in ways:
            resting = ways.get(Way.EXCUSED)
            if resting and resting.excuse:
                return exempt(resting.excuse)
            return Verdict(Outcome.NOT_APPLICABLE, NOT_ALL_THE_TIME, facts, evidence)
        gaps = not all(one.page.view.posts.complete for one in pages)
        if enough and at_least:
            seen_all = self._case.seen_from <= span.since and min(span.until, self._case.at) <= self._case.seen_until
            return Verdict(Outcome.MET, _ENOUGH if seen_all and not gaps else _ENOUGH_SEEN, facts, evidence)
        whole = Way.WHOLE in ways
        if whole and not enough and not at_least and facts["count"] >= self._wanted:
            return Verdict(Outcome.NOT_MET, _NOT_MET, facts, evidence, _SLOW_DOWN)  # more can only come
        if span.until > self._case.at:
            return Verdict(Outcome.UNKNOWN, _SO_FAR, facts, evidence, _WRITE if facts["lacking"] else None)
        unseen_part = span.since < self._case.seen_from or span.until > self._case.seen_until
        if unseen_part or gaps:
            return Verdict(Outcome.UNKNOWN, _PARTLY, facts, evidence, _COLLECT)
        if enough:
            return Verdict(Outcome.MET, _ENOUGH, facts, evidence)
        excuse = None if whole else ways[Way.EXCUSED_IN_PART].excuse
        if excuse is not None:
            told = {"excused": days(excuse.since, excuse.until), "reason": excuse.reason.rstrip(".")}
            return Verdict(Outcome.UNKNOWN, _EXCUSED_IN_PART, {**facts, **told}, evidence, _COMPARE_DAYS)
        return Verdict(Outcome.NOT_MET, _NOT_MET, facts, evidence, _PLAN)


def _facts(span: Span, count: Count, wanted: int, comparator: str) -> dict[str, Any]:
    apart = {name: getattr(count, name) for name in _APART}
    return {
        "since": span.first,
        "until": span.last,
        "period": days(span.first, span.last),
        "count": count.counted,
        "min": wanted,
        "norm": _norm(comparator, wanted),
        "of": _of(comparator, wanted, count.counted),
        "lacking": max((_goal(comparator, wanted) or 0) - count.counted, 0),
        **apart,
        "apart": _told(apart),
    }


def _goal(comparator: str, wanted: int) -> int | None:
    """How many are enough; None where the act only sets a limit."""
    return {"ge": wanted, "eq": wanted, "gt": wanted + 1}.get(comparator)


@lru_cache(maxsize=256)
def _norm(comparator: str, wanted: int) -> Text:
    return _NORM[comparator].fill(n=wanted)


@lru_cache(maxsize=1024)
def _of(comparator: str, wanted: int, count: int) -> Text:
    goal = _goal(comparator, wanted)
    if goal is None:
        return _OF_LIMIT.fill(count=count, norm=_norm(comparator, wanted))
    return _OF.fill(count=count, goal=goal)


def _told(apart: dict[str, int]) -> Text:
    parts = [counted(n, *_APART[name]) for name, n in apart.items() if n]
    if not parts:
        return Text("", "")
    return Text(f" ({', '.join(part.ru for part in parts)})", f" ({', '.join(part.en for part in parts)})")


def _url(page: Page) -> str:
    profile = page.view.profile.value
    return (profile.url if profile else None) or ""

"""What is published: topics (2.2, 3.3), formats (6), and where reposts come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from munsocial.model.content import Post, PostKind
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.facts.publications import POSTS, publications
from munsocial.policy.params import PostingFormats, PostingTopics, RepostSource
from munsocial.policy.rules.attesting import TO_STATE, stated, statement_of
from munsocial.policy.rules.seen import unseen, witness
from munsocial.policy.verdict import Evidence, Level, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["formats", "repost_sources", "topics"]

_SERVES = Text(
    "{count:публикация|публикации|публикаций}; по темам: {shares}.",
    "{count:publication|publications}; by topic: {shares}.",
)
_NOTHING = Text("За всё время наблюдения ни одной публикации.", "Not one publication in all the time seen.")
_UNCLEAR = Text(
    "Из {count:публикации|публикаций|публикаций} по тексту ни одна не отнесена к названным темам: решает человек.",
    "Of {count:publication|publications} the texts show none of the named topics: a person decides.",
)
_UNREADABLE = Text(
    "Этих тем программа по тексту не распознаёт: {topics} (публикаций: {count}); ни отметок, ни подтверждения нет.",
    "The program does not see these topics in a text: {topics} (publications: {count}); no tag, no attestation.",
)
_OFF_TOPIC = Text(
    "Все публикации ({count}) помечены как не относящиеся к темам.", "All publications ({count}) are tagged off topic."
)
_OPEN_TOPIC = Text(
    "Все публикации ({count}) помечены как «другое»; социально важны ли они, решает человек.",
    "All publications ({count}) are tagged “other”; whether they are socially important, a person decides.",
)
_TAG = Text("Просмотрите темы публикаций и поправьте отметки.", "Look through the topics and correct the tags.")
_NEW = Text("Публикаций пока нет, срок наблюдения мал.", "No publication yet, and little time was seen.")
_NOTHING_SINCE = Text(
    "Требование действует с {since}; с тех пор ни одной публикации.",
    "In force since {since}; not one publication since then.",
)
_NEW_SINCE = Text(
    "Требование действует с {since}; с тех пор публикаций нет, но времени прошло мало.",
    "In force since {since}; no publication since then, but little time has passed.",
)
_SILENT = Text(
    "Публикаций нет {days:день|дня|дней}: последняя — {last}.",
    "Nothing has been published for {days:day|days}: the last one was on {last}.",
)
_WRITE = Text("Опубликуйте новость о работе органа.", "Publish news on the work of the body.")

_VARIED = Text(
    "{distinct:формат|формата|форматов} в публикациях: {shares}.", "{distinct:format|formats} in use: {shares}."
)
_NAMED = Text(
    "Форматов из перечня акта — {distinct}; всего в публикациях: {shares}.",
    "Formats in use of those that the act names: {distinct}; all in use: {shares}.",
)
_UNIFORM = Text(
    "Форматов {distinct}, а нужно не менее {min}: {shares}.", "Formats: {distinct} instead of {min}: {shares}."
)
_FEW_NAMED = Text(
    "Форматов из перечня акта — {distinct}, а нужно не менее {min}; всего в публикациях: {shares}.",
    "Formats in use of those that the act names: {distinct} instead of {min}; all in use: {shares}.",
)
_NO_POSTS = Text(
    "Публикаций, форматы которых можно оценить, нет.", "There is no publication whose formats could be judged."
)
_NOT_ALL = Text(
    "Видна часть публикаций, в ней форматов {distinct} из {min}.",
    "Publications were seen in part; there {distinct} of {min} formats are in use.",
)
_NO_FORMATS = Text(
    "В сети доступно форматов: {possible}, меньше нормы {min}.",
    "The network has {possible:format|formats}, fewer than {min}.",
)
_VARY = Text("Попробуйте: {untried}.", "Try: {untried}.")
_VARY_ANY = Text("Добавьте другие форматы: фото, видео, опрос.", "Add other formats: a photo, a video, a poll.")

_NO_REPOSTS = Text("Репостов нет.", "There are no reposts.")
_NO_REPOSTS_SINCE = Text(
    "Требование действует с {begun}; с тех пор репостов нет.", "In force since {begun}; no repost since then."
)
_SOURCES = Text("Источники репостов ({count}) допустимы.", "The sources of reposts ({count}) are allowed.")
_BAD_SOURCE = Text(
    "Есть репосты страниц с аудиторией больше {limit}, которых нет в перечне: {sources}.",
    "There are reposts from unregistered pages with more than {limit} users: {sources}.",
)
_SOURCE_UNSEEN = Text("Об источниках репостов не известно, большие ли они и внесены ли в перечень: {sources}.",
                      "Not known whether these sources of reposts are big and registered: {sources}.")  # fmt: skip
_CHECK_SOURCE = Text(
    "Проверьте источник в перечне, уберите репост, если его там нет.",
    "Look the source up; remove the repost if absent.",
)

_SAME_TOPIC = {"head_events": "head_event"}
_OPEN = "socially_important"
"""An open topic: what is "other important information" no tag decides, so a list that has it cannot be failed."""
_READABLE = frozenset({"head_event", "activity", "socially_important", "other"})


def topics(case: Case, ask: Ask[PostingTopics], page: Page) -> Iterator[Verdict]:
    """Show the shares of topics; "other important information" is open, so a text never proves a failure."""
    if page.view.posts.value is None:
        yield unseen(POSTS, page.view.posts)
        return
    wanted = {_SAME_TOPIC.get(topic, topic) for topic in ask.params.topics}
    posts = publications(case, page, ask.force)
    if not wanted & _READABLE:
        yield _by_people(case, ask, page, posts, wanted)
    elif not posts:
        yield _empty(case, ask, page)
    else:
        yield _on_topic(case, page, posts, wanted)
    yield from _silence(case, ask.params, page, posts)


def _by_people(case: Case, ask: Ask[PostingTopics], page: Page, posts: Sequence[Post], wanted: set[str]) -> Verdict:
    """Topics that only a person tells from others: attested while the word is good, else tagged at publication."""
    facts: dict[str, Any] = {"count": len(posts), "topics": ask.params.topics, "statement": ask.requirement.kind}
    found = statement_of(case, ask, page, ask.params.valid_days)
    if wanted & {post.topic for post in posts} and not (found and found.valid):
        verdict = _on_topic(case, page, posts, wanted)
    else:
        unread = Verdict(Outcome.UNKNOWN, _UNREADABLE, facts, remedy=TO_STATE) if posts else _empty(case, ask, page)
        verdict = stated(case, found, ask.requirement.kind) or unread
    # Tagged, attested or not, the finding is on the same thing: tools know it by this fact.
    return replace(verdict, facts={**verdict.facts, "statement": ask.requirement.kind})


def _on_topic(case: Case, page: Page, posts: Sequence[Post], wanted: set[str]) -> Verdict:
    evidence = (witness(page.view.posts, item=page.id),)
    read = [post.topic or case.readings.topic(post.text) for post in posts]
    shares = dict(Counter(read).most_common())
    facts: dict[str, Any] = {"count": len(posts), "shares": shares, "wanted": sorted(wanted)}
    if wanted & set(read):
        return Verdict(Outcome.MET, _SERVES, facts, evidence)
    if any(post.topic is None for post in posts) or not page.view.posts.complete:
        return Verdict(Outcome.UNKNOWN, _UNCLEAR, facts, evidence, _TAG)
    if _OPEN in wanted:
        return Verdict(Outcome.UNKNOWN, _OPEN_TOPIC, facts, evidence, _TAG)
    return Verdict(Outcome.NOT_MET, _OFF_TOPIC, facts, evidence, _WRITE)


def _empty(case: Case, ask: Ask[PostingTopics], page: Page) -> Verdict:
    first, evidence = page.account.first_day, (witness(page.view.posts, item=page.id),)
    seen_for = case.seen_until - case.owed_since(ask.force, case.seen_from)
    long_enough = seen_for >= timedelta(days=7) and (first is None or (case.day - first).days >= 7)
    held = case.held(ask.force, case.seen_from)
    facts = {"count": 0} if held else {"count": 0, "since": ask.force.first}
    if long_enough and page.view.posts.complete:
        return Verdict(Outcome.NOT_MET, _NOTHING if held else _NOTHING_SINCE, facts, evidence, _WRITE)
    return Verdict(Outcome.UNKNOWN, _NEW if held else _NEW_SINCE, facts, evidence)


def _silence(case: Case, params: PostingTopics, page: Page, posts: Sequence[Post]) -> Iterator[Verdict]:
    """Warn of a page that fell silent; only the time that was seen counts."""
    if not posts or not page.view.posts.complete:
        return
    last = max(post.at for post in posts)
    days = (case.seen_until - last).days
    if days >= max(params.silence_days, 1):
        facts = {"days": days, "last": case.local_day(last)}
        evidence = (witness(page.view.posts, item=page.id),)
        yield Verdict(Outcome.NOT_MET, _SILENT, facts, evidence, _WRITE, Level.SHOULD, "silence")


def formats(case: Case, ask: Ask[PostingFormats], page: Page) -> Iterator[Verdict]:
    """Show which formats are used; without a number in the act variety is only reported."""
    if page.view.posts.value is None:
        yield unseen(POSTS, page.view.posts)
        return
    allowed, wanted = set(ask.params.allowed), ask.params.min_distinct
    posts = publications(case, page, ask.force)
    counts = Counter(one for post in posts for one in dict.fromkeys(post.formats))
    distinct = _distinct(counts, allowed)
    possible = _possible(allowed, page)
    facts: dict[str, Any] = {
        "distinct": len(distinct),
        "shares": dict(counts.most_common()),
        "min": wanted,
        "possible": possible,
        "untried": sorted(one for one in allowed - set(counts) if page.view.can.get(one) is not False),
    }
    yield _varied(page, posts, wanted, possible, facts)


def _distinct(counts: Counter[str], allowed: set[str]) -> set[str]:
    if not allowed or "other" in allowed:
        return set(counts)
    return {
        ("multimedia" if one not in allowed and one != "text" and "multimedia" in allowed else one) for one in counts
    } & allowed


def _possible(allowed: set[str], page: Page) -> int | None:
    """How many of the named formats the network has; None when the act names none or leaves the list open."""
    if not allowed or "other" in allowed:
        return None
    return sum(page.view.can.get(one) is not False for one in allowed)


def _varied(
    page: Page, posts: Sequence[Post], wanted: int | None, possible: int | None, facts: dict[str, Any]
) -> Verdict:
    evidence = (witness(page.view.posts, item=page.id),)
    others = len(facts["shares"]) != facts["distinct"]  # in use, and not among those that the act names
    varied, uniform = (_NAMED, _FEW_NAMED) if others else (_VARIED, _UNIFORM)
    if wanted is not None and facts["distinct"] >= wanted and posts:
        return Verdict(Outcome.MET, varied, facts, evidence)
    if not posts and not page.view.posts.complete:
        return unseen(POSTS, page.view.posts, **facts)
    if not posts:
        return Verdict(Outcome.NOT_APPLICABLE, _NO_POSTS, facts, evidence)
    if wanted is None:
        return Verdict(Outcome.MET, varied, facts, evidence)
    if possible is not None and possible < wanted:
        return Verdict(Outcome.NOT_APPLICABLE, _NO_FORMATS, facts, evidence)
    if not page.view.posts.complete:
        return Verdict(Outcome.UNKNOWN, _NOT_ALL, facts, evidence)
    return Verdict(Outcome.NOT_MET, uniform, facts, evidence, _VARY if facts["untried"] else _VARY_ANY)


def repost_sources(case: Case, ask: Ask[RepostSource], page: Page) -> Iterator[Verdict]:
    """Judge each repost made since the demand holds by the size and registration of its source."""
    if page.view.posts.value is None:
        yield unseen(POSTS, page.view.posts)
        return
    reposts = [post for post in publications(case, page, ask.force) if post.kind is PostKind.REPOST]
    bad = [post for post in reposts if _source_state(post, ask.params) is False]
    dark = [post for post in reposts if _source_state(post, ask.params) is None]
    facts: dict[str, Any] = {"count": len(reposts), "limit": ask.params.forbid_unregistered_over}
    facts["sources"] = sorted({_source_name(post) for post in bad or dark})
    if bad:
        yield Verdict(Outcome.NOT_MET, _BAD_SOURCE, facts, _of_posts(page, bad), _CHECK_SOURCE)
    elif dark:
        yield Verdict(Outcome.UNKNOWN, _SOURCE_UNSEEN, facts, _of_posts(page, dark), _CHECK_SOURCE)
    elif not page.view.posts.complete:
        yield unseen(POSTS, page.view.posts)
    elif reposts:
        yield Verdict(Outcome.MET, _SOURCES, facts, _of_posts(page, reposts))
    elif case.held(ask.force, case.seen_from):
        yield Verdict(Outcome.NOT_APPLICABLE, _NO_REPOSTS, facts, _of_posts(page, ()))
    else:
        facts["begun"] = ask.force.first
        yield Verdict(Outcome.NOT_APPLICABLE, _NO_REPOSTS_SINCE, facts, _of_posts(page, ()))


def _source_state(post: Post, params: RepostSource) -> bool | None:
    source = post.source
    if source is None:
        return None
    if source.registered or (source.subscribers is not None and source.subscribers <= params.forbid_unregistered_over):
        return True
    return None if source.registered is None or source.subscribers is None else False


def _source_name(post: Post) -> str:
    source = post.source
    return (source.name or source.network_id) if source else "unnamed_source"


def _of_posts(page: Page, posts: Sequence[Post]) -> tuple[Evidence, ...]:
    if not posts:
        return (witness(page.view.posts, item=page.id),)
    view = page.view.posts
    return tuple(Evidence(Means.NETWORK, view.at, view.through, post.url or "", post.id) for post in posts[:20])

"""How publications are counted: in which periods, which of them count, and what is set apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from munsocial.model.content import Post, PostKind, PostState
from munsocial.policy.case import Case, Page
from munsocial.policy.facts.periods import Span, calendar_spans, rolling_span
from munsocial.policy.facts.publications import stands
from munsocial.policy.params import PostingFrequency

__all__ = ["Count", "Tally"]

_COUNTING = (
    "count_reposts", "count_stories", "count_guest_posts", "count_deleted", "dedupe_within_account", "threads_as_one",
)  # fmt: skip
"""The parameters by which publications are counted; the others say how many are wanted."""
_SAME_TEXT = 40  # letters; shorter texts ("Доброе утро!") repeat honestly


@dataclass(slots=True)
class Count:
    """What was counted in one period, and what was set apart."""

    counted: int = 0
    reposts: int = 0
    removed: int = 0
    repeated: int = 0
    threaded: int = 0
    other_topic: int = 0

    def add(self, other: Count) -> None:
        """Add what was counted on another page."""
        self.counted += other.counted
        self.reposts += other.reposts
        self.removed += other.removed
        self.repeated += other.repeated
        self.threaded += other.threaded
        self.other_topic += other.other_topic


class Tally:
    """Counts publications by the parameters of one requirement."""

    def __init__(self, case: Case, params: PostingFrequency) -> None:
        self._case = case
        self._params = params
        self._zone = ZoneInfo(params.timezone) if params.timezone else case.zone
        self._topics = frozenset(params.topics or ())
        self._key = (params.period, params.window in ("rolling", "rolling_7d"), self._zone.key)
        # Acts that count alike and want different numbers share what was counted.
        counting = (*self._key, self._topics, *(getattr(params, name) for name in _COUNTING))
        self._counted: dict[tuple[str, datetime], Count] = case.counted.setdefault(counting, {})

    def spans(self) -> Sequence[Span]:
        """The periods that the snapshot touches, up to the moment judged."""
        known = self._case.spans.get(self._key)
        if known is None:
            known = self._case.spans[self._key] = tuple(self._spans())
        return known

    def _spans(self) -> Iterable[Span]:
        case, (period, rolling, _) = self._case, self._key
        if rolling:
            return (rolling_span(period, case.at, self._zone),)
        return calendar_spans(period, case.seen_from, case.at, self._zone)

    def count(self, page: Page, span: Span) -> Count:
        """Count the publications of one page in one period."""
        known = self._counted.get((page.id, span.since))
        if known is None:
            known = self._counted[page.id, span.since] = self._counted_in(page, span)
        return known

    def _counted_in(self, page: Page, span: Span) -> Count:
        count, ids, texts = Count(), set[str](), set[str]()
        for post in self._posts(page).get(span.since, ()):
            if post.id in ids:
                continue
            if not self._publication(post, count):
                continue
            ids.add(post.id)
            if self._continues(post, ids):
                count.threaded += 1
                continue
            if self._repeats(post, texts):
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

    def _publication(self, post: Post, count: Count) -> bool:
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

    def _continues(self, post: Post, ids: set[str]) -> bool:
        """Tell whether a post goes on with a thread of which some part is counted."""
        if not self._params.threads_as_one or not post.thread_of or post.thread_of == post.id:
            return False
        if post.thread_of in ids:
            return True
        ids.add(post.thread_of)
        return False

    def _repeats(self, post: Post, texts: set[str]) -> bool:
        text = post.text.strip()
        if not self._params.dedupe_within_account or len(text) < _SAME_TEXT:
            return False
        if text in texts:
            return True
        texts.add(text)
        return False

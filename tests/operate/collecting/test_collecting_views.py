"""Collecting with adapters of any size and temper: every account comes once, with what was seen or why it was not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest

from munsocial.errors import InputError, NotFound, OutputRefused, PermissionDenied, SecretUnavailable
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.content import Ban, Comment, Message, Post, PostState, Profile
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.network.abilities import Ability, Capabilities, native
from munsocial.network.adapter import Adapter, Equipment
from munsocial.network.drafts import Page, Window
from munsocial.operate.collecting.budget import budget_of
from munsocial.operate.collecting.collect import OWN, Asked, collect_views
from munsocial.operate.collecting.window import window_of
from munsocial.testing.factories import account, district
from munsocial.transport.port import drive
from munsocial.transport.session import Session
from munsocial.wording import Text

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=28), NOW)
ABILITIES = (Ability.READ_PROFILE, Ability.LIST_POSTS, Ability.LIST_COMMENTS)
WHY = Text("нет", "no")


class Still:
    """A port over which nothing is sent: jobs run one after another."""

    async def send(self, request: object, *, timeout: float) -> Any:
        raise AssertionError("nothing is sent here")

    async def sleep(self, seconds: float) -> None:
        """No time passes."""

    async def together(self, jobs: Iterable[Callable[[], Awaitable[None]]], *, width: int) -> None:
        for job in jobs:
            await job()

    def now(self) -> float:
        return 0.0


class Small(Adapter):
    """Reads profiles, posts and comments from what a test put in; an exception put in is raised."""

    name = "mynet"
    title = "Моя сеть"
    capabilities: ClassVar[Capabilities] = Capabilities({one: native() for one in ABILITIES})
    posts: dict[str, Any]
    comments: dict[str, Any]

    def __init__(self, posts: dict[str, Any], comments: dict[str, Any] | None = None) -> None:
        super().__init__(Equipment(Session(Still(), network="mynet")))
        self.posts, self.comments = posts, comments or {}

    async def read_profile(self, account: NetworkAccount) -> Profile:
        return Profile(network_id=account.network_id, name=account.id)

    async def list_posts(
        self, account: NetworkAccount, *, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page[Post]:
        page: Page[Post] = self._page(self.posts, account.id, cursor)
        return page

    async def list_comments(self, account: NetworkAccount, post: str, *, cursor: str | None = None) -> Page[Comment]:
        page: Page[Comment] = self._page(self.comments, post, cursor)
        return page

    def _page(self, pages: dict[str, Any], name: str, cursor: str | None) -> Any:
        found = pages.get(name, Page(()))
        if isinstance(found, Exception):
            raise found
        return found[int(cursor or 0)] if isinstance(found, list) else found


class Packed(Small):
    """Reads many accounts in one call, as told: a view, an exception, or nothing at all about an account."""

    async def collect_many(
        self, accounts: Sequence[NetworkAccount], window: Window, want: frozenset[str]
    ) -> AsyncIterator[AccountView]:
        for one in accounts:
            told = self.posts.get(one.id)
            if isinstance(told, Exception):
                raise told
            if told is not None:
                yield AccountView(account=one.id, network="mynet", posts=Observed(value=told, at=NOW))


def _post(id: str, at: datetime = NOW - timedelta(days=1), **fields: Any) -> Post:
    return Post(id=id, at=at, **fields)


def _district(*names: str) -> Registry:
    return district(*[account(name, network="mynet") for name in names])


def _views(adapter: Adapter | None, *names: str, want: frozenset[str] = OWN) -> dict[str, AccountView]:
    registry = _district(*names)
    found: dict[str, AccountView] = {}

    def emit(_part: str, view: AccountView) -> None:
        assert view.account not in found, "an account came twice"
        found[view.account] = view

    asked = [Asked("accounts", registry.accounts, want)]
    adapters = {"mynet": adapter} if adapter else {}
    drive(collect_views(adapters, asked, WINDOW, registry=registry, now=lambda: NOW, emit=emit))
    return found


FAILURES: list[tuple[Exception, Why]] = [
    (PermissionDenied(WHY), Why.CLOSED),
    (NotFound(WHY), Why.NOT_FOUND),
    (SecretUnavailable(WHY), Why.NO_KEY),
    (KeyError("vk1.a.secret-of-somebody"), Why.UNREADABLE),
    (TypeError("vk1.a.secret-of-somebody"), Why.UNREADABLE),
    (ZeroDivisionError(), Why.UNREADABLE),
]


@pytest.mark.parametrize("kind", [Small, Packed])
@pytest.mark.parametrize(("failure", "why"), FAILURES, ids=lambda one: getattr(one, "value", type(one).__name__))
def test_one_failing_account_spoils_no_other(kind: type[Small], failure: Exception, why: Why) -> None:
    good: Any = Page((_post("1"),)) if kind is Small else (_post("1"),)
    views = _views(kind({"a": good, "z": failure}), "a", "z")
    assert views["a"].posts.value
    assert views["z"].posts.value is None
    assert views["z"].posts.missing
    assert views["z"].posts.missing.why is why
    assert "secret-of-somebody" not in views["z"].model_dump_json()


def test_a_network_without_an_adapter_gives_a_reason_for_every_part() -> None:
    view = _views(None, "a")["a"]
    assert {getattr(view, part).missing.why for part in OWN} == {Why.NO_ADAPTER}
    assert view.stats.missing
    assert view.stats.missing.why is Why.NOT_ASKED


def test_a_part_that_is_seen_says_through_what_and_one_that_is_not_asked_for_says_so() -> None:
    view = _views(Small({}), "a", want=frozenset({"posts", "profile"}))["a"]
    assert (view.posts.through, view.posts.at, view.profile.through) == ("mynet:list_posts", NOW, "mynet:read_profile")
    assert {getattr(view, part).missing.why for part in ("messages", "bans", "managers")} == {Why.NOT_ASKED}
    assert view.can


def test_an_account_of_which_a_packed_reader_says_nothing_is_unknown() -> None:
    views = _views(Packed({"a": (_post("1"),)}), "a", "b")
    assert views["b"].posts.missing
    assert views["b"].posts.missing.why is Why.UNREADABLE


@pytest.mark.parametrize("own", [OutputRefused(Text("нет места", "full")), TimeoutError("enough")])
@pytest.mark.parametrize("adapter", [Small({}), Packed({"a": ()})])
def test_an_error_of_the_caller_is_not_taken_for_a_silent_network(own: Exception, adapter: Adapter) -> None:
    registry = _district("a")

    def full(_part: str, _view: AccountView) -> None:
        raise own

    asked = [Asked("accounts", registry.accounts, OWN)]
    with pytest.raises(type(own)):
        drive(collect_views({"mynet": adapter}, asked, WINDOW, registry=registry, now=lambda: NOW, emit=full))


LISTINGS: list[tuple[str, Any, list[str], bool]] = [
    ("one page", Page((_post("1"),)), ["1"], False),
    ("pages to the end", [Page((_post("1"),), "1"), Page((_post("2"),))], ["1", "2"], False),
    ("a cursor that repeats itself", [Page((_post("1"),), "0")], ["1", "1"], True),
    ("a post of before", Page((_post("1", NOW - timedelta(days=60)),)), [], False),
    ("an old post that is pinned", Page((_post("1", NOW - timedelta(days=60), pinned=True),)), ["1"], False),
    ("a post that is scheduled", Page((_post("1", NOW + timedelta(days=2), state=PostState.SCHEDULED),)), ["1"], False),
    ("the last moment of the span", Page((_post("1", NOW),)), [], False),
    ("the first moment of the span", Page((_post("1", WINDOW.since),)), ["1"], False),
    ("nothing at all", Page(()), [], False),
]


@pytest.mark.parametrize(
    ("situation", "pages", "ids", "gap"), LISTINGS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_listing_is_read_to_its_end_and_cut_to_the_span(
    situation: str, pages: Any, ids: list[str], gap: bool
) -> None:
    seen = _views(Small({"a": pages}), "a")["a"].posts
    assert [post.id for post in seen.value or ()] == ids, situation
    assert bool(seen.gaps) is gap


def test_what_came_before_an_error_is_kept_as_a_lower_bound() -> None:
    class Breaking(Small):
        async def list_posts(self, account: NetworkAccount, **asked: Any) -> Page[Post]:
            if asked.get("cursor"):
                raise PermissionDenied(WHY)
            return Page((_post("1"),), "more")

    seen = _views(Breaking({}), "a")["a"].posts
    assert [post.id for post in seen.value or ()] == ["1"]
    assert [gap.why for gap in seen.gaps] == [Why.CLOSED]


def test_comments_of_one_post_that_cannot_be_read_are_a_gap_that_names_it() -> None:
    posts = Page((_post("1", comments=3), _post("2", comments=1), _post("3", comments=0)))
    comments = {"1": NotFound(WHY), "2": Page((Comment(id="c", post_id="2", at=NOW, text="?"),)), "3": TypeError()}
    seen = _views(Small({"a": posts}, comments), "a")["a"].comments
    assert [one.id for one in seen.value or ()] == ["c"]
    assert [gap.item for gap in seen.gaps] == ["1"]


AUTHORS = [
    ("a page of ours", "5", "group", ["b"], "b"),
    ("the same, written as a negative number", "-5", "group", ["b"], "b"),
    ("a person with the number of a page of ours", "5", "user", ["b"], ""),
    ("another page", "6", "group", ["b"], ""),
    ("the adapter tells no kind, one account bears the number", "5", None, ["b"], "b"),
    ("the adapter tells no kind, a person of ours bears it", "5", None, ["p"], "p"),
    ("the adapter tells no kind, two accounts bear it", "5", None, ["b", "p"], ""),
]


@pytest.mark.parametrize(("situation", "author", "kind", "bearers", "mark"), AUTHORS)
def test_comments_that_our_own_accounts_wrote_are_marked(
    situation: str, author: str, kind: str | None, bearers: list[str], mark: str
) -> None:
    told: dict[str, Any] = {} if kind is None else {"author_kind": kind}
    said = Comment(id="c", post_id="1", at=NOW, text="!", author_id=author, **told)
    numbers = {name: "5" if name in bearers else "77" for name in ("b", "p")}
    page, person = (account(name, network="mynet", network_id=numbers[name]) for name in numbers)
    person = person.model_copy(update={"kind": AccountKind.PROFILE})
    registry = district(account("a", network="mynet"), page, person)
    found: dict[str, AccountView] = {}
    adapter = Small({"a": Page((_post("1", comments=1),))}, {"1": Page((said,))})
    asked = [Asked("accounts", registry.accounts, OWN)]
    drive(
        collect_views(
            {"mynet": adapter}, asked, WINDOW, registry=registry, now=lambda: NOW,
            emit=lambda _part, view: found.__setitem__(view.account, view),
        )
    )  # fmt: skip
    assert [one.by_account or "" for one in found["a"].comments.value or ()] == [mark], situation


@pytest.mark.parametrize(
    ("situation", "asked", "since", "until"),
    [
        ("four weeks before the running one", {}, "2026-10-25 21:00", "2026-11-25 07:00"),
        ("one week", {"weeks": 1}, "2026-11-15 21:00", "2026-11-25 07:00"),
        ("days, both included", {"since": date(2026, 10, 1), "until": date(2026, 10, 31)}, "2026-09-30 21:00",
         "2026-10-31 21:00"),
        ("today alone", {"since": date(2026, 11, 25)}, "2026-11-24 21:00", "2026-11-25 07:00"),
        ("an end in the future", {"until": date(2027, 1, 1)}, "2026-10-25 21:00", "2026-11-25 07:00"),
    ],
)  # fmt: skip
def test_the_span_is_cut_by_the_clock_of_the_municipality(
    situation: str, asked: dict[str, Any], since: str, until: str
) -> None:
    window = window_of(NOW, "Europe/Moscow", **asked)
    told = [one.astimezone(UTC).strftime("%Y-%m-%d %H:%M") for one in window]
    assert told == [since, until], situation


@pytest.mark.parametrize(
    "asked",
    [
        {"weeks": 0},
        {"weeks": 521},
        {"since": date(2026, 11, 26)},
        {"since": date(2026, 2, 1), "until": date(2026, 1, 1)},
    ],
)
def test_a_span_without_sense_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        window_of(NOW, "Europe/Moscow", **asked)


def test_a_budget_counts_what_the_adapter_can_do_and_names_networks_without_one() -> None:
    registry = district(account("a", network="mynet"), account("b", network="nonet"))
    asked = [Asked("accounts", registry.accounts, OWN)]
    budget = budget_of({"mynet": Small({})}, asked, weeks=1)
    # A profile, the posts, and comments of ten posts: five a week for one week and the running one.
    assert budget.calls == {"mynet": 12, "nonet": None}
    assert budget.total == 12
    assert budget.lines("ru")[:2] == (
        f"mynet: вызовов около 12, аккаунтов {budget.accounts['mynet']}",
        "nonet: адаптера нет, вызовов не будет",
    )


class Talking(Small):
    """Lists messages and bans, too: ``posts`` holds their pages by what is listed."""

    capabilities: ClassVar[Capabilities] = Capabilities(
        {one: native() for one in (*ABILITIES, Ability.LIST_MESSAGES, Ability.READ_BANS)}
    )

    async def list_messages(
        self, account: NetworkAccount, *, since: datetime, cursor: str | None = None
    ) -> Page[Message]:
        page: Page[Message] = self._page(self.posts, "messages", cursor)
        return page

    async def read_bans(self, account: NetworkAccount, *, cursor: str | None = None) -> Page[Ban]:
        page: Page[Ban] = self._page(self.posts, "bans", cursor)
        return page


def _message(id: str, peer: str = "5") -> Message:
    return Message(id=id, peer_id=peer, at=NOW - timedelta(days=1), text="Жалоба")


UNSEEN = Missing(why=Why.UNREADABLE, ru="Не видно.", en="Not seen.", item="5")
ONCE, TWICE = _message("1"), _message("2")


@pytest.mark.parametrize(
    ("situation", "part", "pages", "seen", "gaps"),
    [
        ("a page hides something", "messages", Page((ONCE,), None, (UNSEEN,)), (ONCE,), (UNSEEN,)),
        ("the first page hides", "messages", [Page((), "1", (UNSEEN,)), Page((ONCE,))], (ONCE,), (UNSEEN,)),
        ("pages overlap", "messages", [Page((ONCE, TWICE), "1"), Page((TWICE,))], (ONCE, TWICE), ()),
        ("two dialogs", "messages", Page((ONCE, _message("1", "6"))), (ONCE, _message("1", "6")), ()),
        ("a ban is hidden", "bans", Page((Ban(user_id="7"),), None, (UNSEEN,)), (Ban(user_id="7"),), (UNSEEN,)),
        ("all is hidden", "messages", Page((), None, (UNSEEN,)), None, ()),
    ],
)
def test_what_a_page_says_it_hides_is_not_forgotten(
    situation: str, part: str, pages: Any, seen: Any, gaps: Any
) -> None:
    found = getattr(_views(Talking({part: pages}), "a", want=frozenset({part}))["a"], part)
    assert (found.value, found.gaps, found.complete) == (seen, gaps, not gaps and seen is not None), situation

"""The reading of one account in packs: what is asked, what came, what could not be seen and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from munsocial.errors import MunsocialError
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.content import Ban, Comment, Link, Post, PostState, Profile, Stats
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.network.missing import missing_of
from munsocial_vk import wire
from munsocial_vk.batch import Job
from munsocial_vk.decode import bans_of, blocked_of, comments_of, links_of, managers_of, posts_of, subscriptions_of
from munsocial_vk.listing import ENDLESS, CommentQuery, Progress, WallQuery, first_count, unshown
from munsocial_vk.places import Spot, is_number, number_of
from munsocial_vk.profile import profile_of_group, profile_of_user
from munsocial_vk.statistics import stats_of, stats_params

if TYPE_CHECKING:
    from munsocial_vk.collecting import Work

__all__ = ["NO_LINKS_SHOWN", "Viewing"]

_MAX_PAGES = 200
"""Pages of one listing; a network that repeats itself must not hold us for ever."""
_BANS = _LINKS = 200
_NOT_HERE = Missing(
    why=Why.ABSENT,
    ru="Этого не бывает на странице человека.",
    en="A person's page has no such thing.",
)

NO_LINKS_SHOWN = Missing(
    why=Why.NO_RIGHT,
    ru="ВКонтакте не показала блок ссылок: он пуст или не виден этому ключу.",
    en="VK showed no block of links: it is empty or not visible to this key.",
    item="links",
)


class Viewing:
    """One account under way."""

    def __init__(self, account: NetworkAccount, work: Work) -> None:
        self.account = account
        self.work = work
        self.person = account.kind is AccountKind.PROFILE
        number = number_of(account)
        self.known = number if is_number(number) else ""
        self.name = self.known or ("" if account.network_id else account.handle)
        self.found = self.known
        """The number, once it is known."""
        self.outstanding = 0
        self.begun = False
        self.pages = 0
        self.parts: dict[str, Observed[Any]] = {}
        self.posts: dict[str, Post] = {}
        self.comments: dict[str, Comment] = {}
        self.bans: dict[str, Ban] = {}
        self.gaps: dict[str, list[Missing]] = {"posts": [], "comments": [], "bans": [], "links": []}
        self.progress = {"bans": Progress(_BANS), "links": Progress(_LINKS)}

    @property
    def needs_profile(self) -> bool:
        """Whether anything wanted comes with the profile, or the id is still to be found."""
        return bool(self.work.want & {"profile", "handle_now", "links"}) or not self.known

    # The course of it

    def expect(self) -> None:
        """Note that something is outstanding."""
        self.outstanding += 1

    def begin(self) -> None:
        """Ask for everything that does not depend on the profile."""
        self.begun = True
        self.expect()
        if self.work.want & {"posts", "comments"} and self.name:
            owner = self._signed(self.known) if self.known else self.name
            self._ask_wall(WallQuery(owner, first_count(self.work.window, self.work.settings.first_page)))
        if self.known:
            self._ask_own(self.known)
        self.settle()

    def settle(self) -> None:
        """Note that something came; when nothing is outstanding the account is ready."""
        self.outstanding -= 1
        if self.begun and not self.outstanding:
            self.work.finished(self)

    def view(self) -> AccountView:
        """Put together what was seen."""
        if self.work.want & {"posts", "comments"}:
            self._close_listing("posts", self._inside(), "wall.get")
        if "comments" in self.work.want:
            self._close_comments()
        if "bans" in self.work.want:
            through = "account.getBanned" if self.person else "groups.getBanned"
            self._close_listing("bans", tuple(self.bans.values()), through)
        return AccountView(
            account=self.account.id,
            network=self.account.network,
            can=self.work.can(self.account),
            **{name: part for name, part in self.parts.items() if name in self.work.want or name == "posts"},
        )

    def _close_listing(self, part: str, items: tuple[Any, ...], through: str) -> None:
        if part not in self.parts:
            self.parts[part] = self._seen(items, through, self.gaps[part])

    def _close_comments(self) -> None:
        if self.parts["posts"].value is None:
            self.parts["comments"] = Observed(missing=self.parts["posts"].missing)
            return
        items = tuple(sorted(self.comments.values(), key=lambda one: (one.at, int(one.id))))
        self.parts["comments"] = self._seen(items, "wall.getComments", self.gaps["posts"] + self.gaps["comments"])

    def _seen(self, value: Any, method: str, gaps: list[Missing] | None = None) -> Observed[Any]:
        return Observed(value=value, at=self.work.now(), through=f"vk:{method}", gaps=tuple(gaps or ()))

    def _unseen(self, part: str, error: MunsocialError) -> None:
        self.parts[part] = Observed(missing=missing_of(error))

    def _ask(self, method: str, params: dict[str, Any], shape: Any, take: Callable[[Any], None], lose: Any) -> None:
        def done(value: Any, error: MunsocialError | None) -> None:
            if error is None:
                take(value)
            else:
                lose(error)
            self.settle()

        self.expect()
        self.work.packer.add(Job(self.account.id, method, params, shape, done))

    # Profile and handle

    def profile_came(self, seen: wire.Group | wire.User) -> None:
        """Take the profile, and what comes with it."""
        profile = profile_of_user(seen) if isinstance(seen, wire.User) else profile_of_group(seen)
        if profile is not None:
            method = "users.get" if isinstance(seen, wire.User) else "groups.getById"
            self.parts["profile"] = self._seen(profile, method)
            self._take_links(seen, profile)
            self._take_handle(profile)
            if not self.known:
                self.found = profile.network_id
                self._ask_own(profile.network_id)
        self.settle()

    def profile_failed(self, error: MunsocialError) -> None:
        """Note that the profile and all that hangs on it was not seen."""
        for part in ("profile", "links", *(() if self.known else ("handle_now", "managers", "bans", "stats"))):
            self._unseen(part, error)
        if not self.name:
            self._unseen("posts", error)
        if self.known and "handle_now" in self.work.want:
            self._ask_handle()
        self.settle()

    def _take_links(self, seen: wire.Group | wire.User, profile: Profile) -> None:
        if isinstance(seen, wire.User):
            if "links" in self.work.want:
                self._ask_subscriptions(profile.network_id)
            return
        if profile.blocked:
            self.parts["links"] = Observed(
                missing=Missing(why=Why.BLOCKED, ru="Страница заблокирована.", en="The page is blocked.")
            )
            return
        kept = links_of(seen)
        gaps = list(kept.gaps) if seen.links is not None else [NO_LINKS_SHOWN]
        self.parts["links"] = self._seen(kept.items, "groups.getById", gaps)

    def _take_handle(self, profile: Profile) -> None:
        if "handle_now" not in self.work.want or not self.account.handle:
            return
        same = (profile.handle or "").casefold() == self.account.handle.casefold()
        if (
            same
            or not self.known
            or number_of(self.account.model_copy(update={"network_id": ""})) == profile.network_id
        ):
            self.parts["handle_now"] = self._seen(profile.network_id, "groups.getById")
        else:
            self._ask_handle()

    def _ask_handle(self) -> None:
        def take(value: Any) -> None:
            if not isinstance(value, wire.Resolved):
                self.parts["handle_now"] = self._seen("", "utils.resolveScreenName")
                return
            # A person and a community may bear the same number: a handle that changed its kind is no longer ours.
            kind = "" if (value.type == "user") == self.person else value.type
            self.parts["handle_now"] = self._seen(f"{kind}{value.object_id}", "utils.resolveScreenName")

        def lose(error: MunsocialError) -> None:
            if error.code == "network.not_found":
                self.parts["handle_now"] = self._seen("", "utils.resolveScreenName")
            else:
                self._unseen("handle_now", error)

        params = {"screen_name": self.account.handle}
        self._ask("utils.resolveScreenName", params, wire.Resolution, take, lose)

    # Posts and comments

    def _ask_wall(self, query: WallQuery) -> None:
        def take(reply: wire.WallReply) -> None:
            kept = posts_of(reply, query.owner)
            self.gaps["posts"] += kept.gaps
            fresh = [post for post in kept.items if post.id not in self.posts]
            self.posts |= {post.id: post for post in fresh}
            if "comments" in self.work.want:
                self._ask_comments_of(fresh, query.owner if isinstance(query.owner, int) else _owner_in(reply))
            self.gaps["posts"] += unshown(reply, query.offset, "posts")
            following, cut = query.following(reply, self.work.window.since, new=bool(fresh))
            self.gaps["posts"] += cut
            if following is not None:
                self._ask_wall(following)

        def lose(error: MunsocialError) -> None:
            if isinstance(query.owner, str) and self.found:
                self._ask_wall(replace(query, owner=self._signed(self.found)))  # its short name did not lead there
            elif self.posts:
                self.gaps["posts"].append(missing_of(error, item="posts"))
            else:
                self._unseen("posts", error)

        self._ask("wall.get", query.params(), wire.WallReply, take, lose)

    def _signed(self, number: str) -> int:
        return int(number) * (1 if self.person else -1)

    def _is_inside(self, post: Post) -> bool:
        """Tell posts of the window; a pinned one is shown whatever its age."""
        return self.work.window.since <= post.at < self.work.window.until or post.pinned

    def _inside(self) -> tuple[Post, ...]:
        inside = (post for post in self.posts.values() if self._is_inside(post) or post.state is PostState.SCHEDULED)
        return tuple(sorted(inside, key=lambda post: (post.at, int(post.id))))

    def _ask_comments_of(self, posts: list[Post], owner: int | None) -> None:
        for post in posts:
            if post.comments == 0 or post.state is not PostState.PUBLISHED or not self._is_inside(post):
                continue
            if owner is not None:
                self._ask_comments(CommentQuery(Spot(owner, int(post.id))))

    def _ask_comments(self, query: CommentQuery) -> None:
        def take(reply: wire.CommentReply) -> None:
            thread = None if query.thread is None else str(query.thread)
            kept = comments_of(reply, post=query.spot.post, owner=query.spot.owner, thread=thread)
            self.gaps["comments"] += [one.model_copy(update={"item": query.spot.post}) for one in kept.gaps]
            self.gaps["comments"] += query.unshown(reply)
            known = len(self.comments)
            self.comments |= {one.id: one for one in kept.items}
            self.pages += 1
            new = not query.offset or not kept.items or len(self.comments) > known
            queries, cut = query.following(reply, new=new)
            if queries and self.pages > _MAX_PAGES * max(1, len(self.posts)):
                queries, cut = [], (ENDLESS,)
            self.gaps["comments"] += [one.model_copy(update={"item": query.spot.post}) for one in cut]
            for following in queries:
                self._ask_comments(following)

        def lose(error: MunsocialError) -> None:
            self.gaps["comments"].append(missing_of(error, item=query.spot.post))

        self._ask(query.spot.method("getComments"), query.params(), wire.CommentReply, take, lose)

    # What only a key of the page sees

    def _ask_own(self, number: str) -> None:
        want, person = self.work.want, self.person
        if "bans" in want:
            self._ask_bans(number, 0)
        if person:
            self.parts |= {part: Observed(missing=_NOT_HERE) for part in ("managers", "stats") if part in want}
            return
        if "managers" in want:
            self._ask_managers(number)
        if "stats" in want:
            self._ask_stats(number)

    def _ask_managers(self, number: str) -> None:
        def take(reply: wire.MembersReply) -> None:
            kept = managers_of(reply.items)
            if kept.gaps and not kept.items:  # to have been shown nobody is no proof that nobody has power
                hidden = (gap for gap in kept.gaps if gap.why is Why.NO_RIGHT)  # it says what would help
                self.parts["managers"] = Observed(missing=next(hidden, kept.gaps[0]))
            else:
                gaps = list(kept.gaps) or unshown(reply, 0, "managers")
                self.parts["managers"] = self._seen(kept.items, "groups.getMembers", gaps)

        params = {"group_id": number, "filter": "managers", "count": 1000, "fields": "screen_name"}
        self._ask("groups.getMembers", params, wire.MembersReply, take, lambda error: self._unseen("managers", error))

    def _ask_bans(self, number: str, offset: int) -> None:
        def take(reply: wire.BannedReply | wire.BlockedReply) -> None:
            kept = blocked_of(reply) if isinstance(reply, wire.BlockedReply) else bans_of(reply)
            self.gaps["bans"] += kept.gaps
            for one in kept.items:
                self.bans.setdefault(one.user_id, one)
            marks = [one.user_id for one in kept.items]
            onward = self.progress["bans"].step(marks, offset, reply.count, len(reply.items or ()))
            self.gaps["bans"] += [*unshown(reply, offset, "bans"), *onward.gaps]
            if onward.offset is not None:
                self._ask_bans(number, onward.offset)

        def lose(error: MunsocialError) -> None:
            if offset:
                self.gaps["bans"].append(missing_of(error, item="bans"))
            else:
                self._unseen("bans", error)

        page = {"count": _BANS, "offset": offset or None}
        if self.person:
            self._ask("account.getBanned", page, wire.BlockedReply, take, lose)
        else:
            self._ask("groups.getBanned", {"group_id": number, **page}, wire.BannedReply, take, lose)

    def _ask_stats(self, number: str) -> None:
        def take(periods: list[Any]) -> None:
            stats: Stats = stats_of(periods, self.work.window)
            self.parts["stats"] = self._seen(stats, "stats.get")

        shape = list[wire.Loose[wire.StatsPeriod]]
        params = stats_params(number, self.work.window)
        self._ask("stats.get", params, shape, take, lambda error: self._unseen("stats", error))

    def _ask_subscriptions(self, number: str, before: tuple[Link, ...] = (), offset: int = 0) -> None:
        def take(reply: wire.SubscriptionsReply) -> None:
            kept = subscriptions_of(reply)
            self.gaps["links"] += kept.gaps
            links = tuple(dict.fromkeys(before + kept.items))
            marks = [one and (one.type, one.id) for one in reply.items or ()]
            onward = self.progress["links"].step(marks, offset, reply.count, len(marks))
            if onward.offset is not None:
                self._ask_subscriptions(number, links, onward.offset)
            else:
                gaps = [*self.gaps["links"], *unshown(reply, offset, "links"), *onward.gaps]
                self.parts["links"] = self._seen(links, "users.getSubscriptions", gaps)

        def lose(error: MunsocialError) -> None:
            if before:
                gaps = [*self.gaps["links"], missing_of(error, item="links")]
                self.parts["links"] = self._seen(before, "users.getSubscriptions", gaps)
            else:
                self._unseen("links", error)

        params = {"user_id": number, "extended": True, "count": _LINKS, "offset": offset or None}
        self._ask("users.getSubscriptions", params, wire.SubscriptionsReply, take, lose)


def _owner_in(reply: wire.WallReply) -> int | None:
    return next((one.owner_id for one in reply.items or () if one is not None and one.owner_id is not None), None)

"""The abilities that read one fact: profile, handle, links, managers, statistics, keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from munsocial.errors import MunsocialError
from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Link, Manager, Profile, Stats
from munsocial.network.abilities import Ability
from munsocial.network.drafts import Window
from munsocial.network.keyreport import KeyReport
from munsocial.network.keys import KeyRing
from munsocial.sandbox.faults import FaultKind
from munsocial.sandbox.things import Page
from munsocial.testing.conformance.checks import caught, ours, saying
from munsocial.testing.conformance.comparing import as_there, named_as_there, web_addresses
from munsocial.testing.conformance.neighbours import freely_named
from munsocial.testing.conformance.overseer import Trouble
from munsocial.testing.conformance.reading import ReadingConformance
from munsocial.testing.conformance.spoiling import UNSEEN
from munsocial.testing.conformance.stage import Bench, Stage, Work
from munsocial.testing.conformance.targets import TEXTS, Target

__all__ = [
    "CheckKeysConformance",
    "ReadLinksConformance",
    "ReadManagersConformance",
    "ReadProfileConformance",
    "ReadStatsConformance",
    "ResolveHandleConformance",
]


_FIELDS = {
    "postal_address": "352000, Образцово, ул. Садовая, 1",
    "email": "adm@obraztsovo.example",
    "phone": "+7 861 000-11-22",
    "site": "https://obraztsovo.example",
    "activity": "Администрация сельского поселения",
    "working_hours": "пн–пт 8:00–16:12",
}
"""What a page may tell of itself, in the words of acts."""


class ReadProfileConformance(ReadingConformance):
    """The page as it shows itself; what the network does not show is None."""

    ability = Ability.READ_PROFILE

    def furnish(self, stage: Stage, number: int) -> Target:
        """Give the page another face."""
        page = stage.page
        page.name, page.description = f"Проба {number}", f"Страница для пробы, вид {number}"
        page.subscribers, page.avatar, page.cover = 4321 + number, bool(number % 2), not number % 2
        page.verified, page.closed = bool(number % 2), "closed" if number % 2 else "open"
        return Target()

    def perform(self, bench: Bench, target: Target) -> Work:
        """Read it."""
        return bench.adapter.read_profile(bench.account(self.ability))

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """Compare each fact that is not None."""
        page = stage.page
        assert isinstance(value, Profile), f"it returns {type(value).__name__} instead of Profile"
        assert value.network_id == page.id, f"network_id is {value.network_id!r}, not {page.id!r}"
        same = ("name", "description", "handle", "subscribers", "avatar", "cover", "verified")
        as_there(value, **{name: getattr(page, name) for name in same}, closed=page.closed != "open")
        blocked = f"blocked is read as {value.blocked!r}, in the world it is {page.blocked!r}"
        assert bool(value.blocked) == bool(page.blocked), blocked
        web_addresses([value], "a page")
        _leads_to(stage, page, value.url)
        assert value.name == page.name, "the name of a page is seen by everybody, but it is read as None"
        unseen = set(value.fields) - value.seen_fields
        assert not unseen, f"fields are filled that are not named in seen_fields: {', '.join(unseen)}"

    def test_it_reads_the_page_that_is_asked_for(self, stage: Stage) -> None:
        """Of two pages the named one is read, one after the other and both at once; or it is an error."""
        self.needs_world(stage)
        self.furnish(stage, 0)
        other = stage.another_page()
        accounts = (other, stage.account, other)
        bench = stage.open()
        urls: dict[str, str | None] = {}
        for account in accounts:
            value, error = caught(bench, bench.adapter.read_profile(account))
            ours(error, f"reading {account.handle}")
            seen = value.network_id if value else account.network_id
            assert seen == account.network_id, f"asked for {account.network_id} it reads {seen}"
            if error is not None:
                return  # others' pages are closed there
            urls[account.network_id] = value.url
        doubled = urls[other.network_id] is not None and len(set(urls.values())) == 1
        assert not doubled, f"two pages have one address: {urls[other.network_id]!r:.200}"
        loop = stage.open(asynchronous=True)
        at_once = loop.run_at_once(*(loop.adapter.read_profile(account) for account in accounts))
        seen_at_once = [one.name for one in at_once]
        assert seen_at_once == [other_name(stage, one) for one in accounts], f"at once it reads {seen_at_once}"

    @pytest.mark.parametrize("text", list(TEXTS))
    def test_texts_come_back(self, stage: Stage, text: str) -> None:
        """A description is read exactly as it stands there, or not at all."""
        self.needs_world(stage)
        target = self.furnish(stage, 0)
        stage.page.description = TEXTS[text]
        self.check(stage, target, self.read(stage.open(), target))

    def test_fields_that_can_be_seen_are_read(self, stage: Stage) -> None:
        """What is named in ``seen_fields`` is read when the page has it: else nobody could tell that it is empty."""
        self.needs_world(stage)
        target = self.furnish(stage, 0)
        stage.page.fields = dict(_FIELDS)
        value = self.read(stage.open(), target)
        blind = value.seen_fields & {"name", *_FIELDS} - set(value.fields)
        assert not blind, f"the page has {', '.join(sorted(blind))}, named in seen_fields, but they are not read"

    def test_features_are_declared(self, stage: Stage) -> None:
        """Nothing is told of features which the network is declared not to have."""
        value = self.read(stage.open(), self.prepared(stage))
        strange = (value.features or frozenset()) - stage.open().adapter.capabilities.features
        assert not strange, f"features are seen that are not declared: {', '.join(strange)}"

    def test_shown_features_are_declared(self, stage: Stage) -> None:
        """What a profile tells of pictures, the network is declared to have."""
        declared = stage.open().adapter.capabilities.features
        value = self.read(stage.open(), self.prepared(stage))
        shown = {name for name in ("avatar", "cover", "dynamic_cover") if getattr(value, name) is not None}
        assert shown <= declared, f"shown, but not declared among features: {', '.join(sorted(shown - declared))}"


def _leads_to(stage: Stage, page: Page, url: str | None) -> None:
    """Check that an address names the page, by its handle or id."""
    leads = unquote(url or "").casefold()
    named = any(name and name.casefold() in leads for name in (page.handle, page.id))
    lacking = "a network whose addresses hold neither handle nor id says so in Stage.lacks: {'named_addresses'}"
    assert url is None or named or "named_addresses" in stage.lacks, (
        f"the address leads to another page: {url!r}; {lacking}"
    )


def other_name(stage: Stage, account: NetworkAccount) -> str:
    """Return how a page is called in the world."""
    return stage.there.page(stage.network, account.network_id).name


class ResolveHandleConformance(ReadingConformance):
    """The id to which a handle leads now; None when it leads nowhere."""

    ability = Ability.RESOLVE_HANDLE
    named = False

    def furnish(self, stage: Stage, number: int) -> Target:
        """Rename the page."""
        world, page = stage.there, stage.page
        world.rename(page.network, page.id, f"proba{number}")
        return Target(text=page.handle)

    def prepared(self, stage: Stage, number: int = 0) -> Target:
        """With a cassette the account's own handle was recorded."""
        return Target(text=stage.account.handle) if stage.world is None else self.furnish(stage, number)

    def perform(self, bench: Bench, target: Target) -> Work:
        """Ask whose it is."""
        return bench.adapter.resolve_handle(target.text)

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """Compare the id."""
        assert value == stage.page.id, f"{target.text} is resolved to {value!r}, in the world it is {stage.page.id!r}"

    def test_a_handle_that_leads_nowhere_is_none(self, stage: Stage) -> None:
        """Nobody there is an answer and no error."""
        self.needs_world(stage)
        value = self.read(stage.open(), Target(text="nobody_has_this_handle"))
        assert value is None, f"a handle that nobody has is resolved to {value!r}"

    def test_a_former_handle_leads_nowhere(self, stage: Stage) -> None:
        """After a renaming the old handle is free."""
        self.needs_world(stage)
        former = self.furnish(stage, 0)
        self.furnish(stage, 1)
        value = self.read(stage.open(), former)
        assert value is None, f"a handle that was given up still leads to {value!r}"
        if "free_names" not in stage.lacks:
            with freely_named(stage) as place, saying("a handle with any signs"):
                self.check(
                    place, Target(text=place.account.handle), self.read(place.open(), Target(text=place.page.handle))
                )

    @pytest.mark.parametrize("handle", ["", " ", "щука", "a/b", "a?b=c&d#e", "..", "%2e", "\x00", "x" * 3000])
    def test_a_strange_handle_is_no_crash(self, stage: Stage, handle: str) -> None:
        """A handle that cannot be leads nowhere, or is our error."""
        self.needs_world(stage)
        bench = stage.open()
        value, error = caught(bench, self.perform(bench, Target(text=handle)))
        ours(error, f"the handle {handle[:20]!r}")
        assert value is None, f"the handle {handle[:20]!r} is resolved to {value!r}"


class ReadLinksConformance(ReadingConformance):
    """What the page links or is subscribed to."""

    ability = Ability.READ_LINKS

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let the page link another one, and the keys' persons follow it: networks show the one or the other."""
        world, page = stage.there, stage.page
        above = world.add_page(Page(page.network, "", f"above{number}", name=f"Администрация края {number}"))
        world.add_link(page.network, page.id, f"https://example.org/{above.handle}", above.name, to=above.id)
        for owner in stage.persons():
            world.subscribe(page.network, owner, above.id)
        return Target(user=above.id, text=above.handle)

    def perform(self, bench: Bench, target: Target) -> Work:
        """Read them."""
        return bench.adapter.read_links(bench.account(self.ability))

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """The new one is among them, and nothing that is not there."""
        assert isinstance(value, tuple), f"it returns {type(value).__name__} instead of a tuple"
        assert all(isinstance(one, Link) for one in value), f"not all are Link: {value!r:.200}"
        named = [one for one in value if _leads(one, target)]
        assert named, f"the link to {target.text} (id {target.user}) is not among {value!r:.400}"
        known = {one.id for one in stage.there.pages.values()} | {one.id for one in stage.there.users.values()}
        strange = [one.network_id for one in value if one.network_id and one.network_id.lstrip("-") not in known]
        assert not strange, f"links lead to {strange}, which do not exist"


def _leads(link: Link, target: Target) -> bool:
    ids = (link.network_id or "").lstrip("-") == target.user
    return ids or link.handle == target.text or bool(link.url and link.url.rstrip("/").endswith(f"/{target.text}"))


class ReadManagersConformance(ReadingConformance):
    """Persons with power over the page, each with a role in the network's own word."""

    ability = Ability.READ_MANAGERS

    def furnish(self, stage: Stage, number: int) -> Target:
        """Appoint somebody."""
        world, page = stage.there, stage.page
        user = world.add_user(page.network, f"Анна{number}", "Пробная")
        world.appoint(page.network, page.id, user.id, stage.role)
        world.add_user(page.network, f"Посторонний{number}", "Человек")
        return Target(user=user.id)

    def perform(self, bench: Bench, target: Target) -> Work:
        """Read them."""
        return bench.adapter.read_managers(bench.account(self.ability))

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """Exactly the managers of the world, with names and roles."""
        assert isinstance(value, tuple), f"it returns {type(value).__name__} instead of a tuple"
        assert all(isinstance(one, Manager) for one in value), f"not all are Manager: {value!r:.200}"
        seen, there = {one.network_id for one in value}, set(stage.page.managers)
        assert seen == there, f"managers are read as {sorted(seen)}, in the world they are {sorted(there)}"
        (one,) = (one for one in value if one.network_id == target.user)
        assert one.role, "a manager has no role"
        named_as_there(stage, target.user, one, "name")


def _week_before(stage: Stage) -> Window:
    end = stage.now.replace(minute=0, second=0, microsecond=0)
    return Window(end - timedelta(days=7), end)


class ReadStatsConformance(ReadingConformance):
    """Figures of a time; what is not told is absent, never zero."""

    ability = Ability.READ_STATS

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let the page have figures, under all names that faces show."""
        stage.page.statistics = dict.fromkeys(stage.figures, 700 + number)
        return Target(more={"figure": 700 + number})

    def perform(self, bench: Bench, target: Target) -> Work:
        """Read a week."""
        span = bench.stage.window or _week_before(bench.stage)
        return bench.adapter.read_stats(bench.account(self.ability), span)

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """Some figure is the world's, none is invented."""
        assert isinstance(value, Stats), f"it returns {type(value).__name__} instead of Stats"
        assert value.since < value.until, f"the time is from {value.since} to {value.until}"
        begin, end = _week_before(stage)
        away = max(abs(value.since - begin), abs(value.until - end))
        assert away <= timedelta(days=1), f"asked for the week up to {end}, it tells {value.since} to {value.until}"
        assert target.more["figure"] in value.figures.values(), f"none of the figures is read: {value.figures!r:.300}"

    def facts(self, value: Any) -> Any:
        """The raw answer is kept for people and may differ, and a figure more is no fault."""
        known = {name: figure for name, figure in value.figures.items() if name != UNSEEN}
        return value.model_copy(update={"raw": {}, "figures": known})

    def test_closed_statistics_are_not_zero(self, stage: Stage) -> None:
        """Where statistics are closed it is an error, or no figure at all."""
        self.needs_world(stage)
        target = self.furnish(stage, 0)
        stage.page.statistics, stage.page.statistics_open = {}, False
        bench = stage.open()
        value, error = caught(bench, self.perform(bench, target))
        ours(error, "closed statistics")
        zeros = [name for name, figure in value.figures.items() if figure == 0] if value else []
        assert not zeros, f"statistics are closed, but {', '.join(zeros)} are told as 0"


class CheckKeysConformance(ReadingConformance):
    """What each key of an account allows, asked of the network."""

    ability = Ability.CHECK_KEYS

    def furnish(self, stage: Stage, number: int) -> Target:
        """Nothing: the keys are those of the stage."""
        return Target()

    def perform(self, bench: Bench, target: Target) -> Work:
        """Ask."""
        return bench.adapter.check_keys(bench.account(self.ability))

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """Each is a report; at least one key serves."""
        reports = list(value)
        assert reports, "there are keys, but no report on them"
        assert all(isinstance(one, KeyReport) for one in reports), f"not all are KeyReport: {value!r:.200}"
        assert any(one.valid for one in reports), (
            f"all keys serve in the world, but none is told as valid: {value!r:.300}"
        )

    def test_without_keys_it_says_which_is_missing(self, stage: Stage) -> None:
        """No keys, no reports; or the missing one is named."""
        bench = stage.open(keys=KeyRing())
        value, error = caught(bench, self.perform(bench, Target()))
        ours(error, "without keys")
        assert not value, f"there are no keys, but reports on them: {value!r:.200}"

    def told(self, bench: Bench, error: BaseException | None, kind: FaultKind, value: Any) -> None:
        """A report may say that nothing is known; it may not call a key good which nobody could ask about."""
        if error is not None:
            super().told(bench, error, kind, value)
            return
        assert bench.port.requests, f"{kind}: nothing was asked"
        sure = [one.kind for one in value if one.valid and kind is not FaultKind.PERMISSION]
        asked = [one.kind for one in value if one.valid is not None or one.note is not None or one.missing]
        assert not sure or asked, f"{kind}: keys are told as valid although the network did not answer: {sure}"
        assert not [one for one in sure if kind is FaultKind.KEY], f"{kind}: revoked keys are told as valid: {sure}"

    def test_a_revoked_key_is_told(self, stage: Stage) -> None:
        """A key that the network refuses is not valid."""
        self.needs_world(stage)
        for key in stage.there.keys.values():
            key.revoked = True
        bench = stage.open()
        value, error = caught(bench, self.perform(bench, Target()))
        ours(error, "revoked keys")
        good = [one.kind for one in value or () if one.valid]
        assert isinstance(error, MunsocialError) or not good, f"revoked keys are told as valid: {', '.join(good)}"

    def test_a_passing_fault_is_borne(self, stage: Stage) -> None:  # type: ignore[override]  # has no cases here
        """A fault of a moment does not condemn a key."""
        target = self.prepared(stage)
        _, value, error = self.under(stage, Trouble(FaultKind.LOST_AFTER, times=1), target)
        ours(error, "lost_after")
        bad = [one.kind for one in value or () if one.valid is False]
        assert not bad, f"one lost answer, and keys are told as invalid: {bad}"

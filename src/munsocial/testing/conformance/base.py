"""What every ability is tried for, whatever it does: that it is there as declared, needs keys, and keeps them secret.

Children stand in `reading`, `listing` and `acting`; the classes of the abilities say only what to put into the world,
what to call, and what has to be seen afterwards.
"""

from __future__ import annotations

import inspect
import logging
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest

from munsocial.errors import AbilityAbsent, SecretUnavailable
from munsocial.network import protocols
from munsocial.network.abilities import Ability, How
from munsocial.network.keys import KeyRing
from munsocial.network.settings import addresses_in
from munsocial.sandbox.faults import FaultKind
from munsocial.testing.conformance.checks import caught, ours, saying
from munsocial.testing.conformance.neighbours import by_handle_alone, freely_named
from munsocial.testing.conformance.overseer import AFTER, BEFORE, IN_WORDS, Spoil, Trouble
from munsocial.testing.conformance.secrecy import noting_what_is_written, secret_kept_nowhere, secret_nowhere
from munsocial.testing.conformance.spoiling import leading_to
from munsocial.testing.conformance.stage import Bench, Stage, Work
from munsocial.testing.conformance.targets import Target
from munsocial.testing.scorecard import DECLARES, TRIED

__all__ = ["METHODS", "AbilityConformance"]

METHODS: dict[Ability, tuple[type, str]] = {
    Ability.READ_PROFILE: (protocols.ReadsProfile, "read_profile"),
    Ability.RESOLVE_HANDLE: (protocols.ResolvesHandles, "resolve_handle"),
    Ability.LIST_POSTS: (protocols.ListsPosts, "list_posts"),
    Ability.LIST_COMMENTS: (protocols.ListsComments, "list_comments"),
    Ability.READ_LINKS: (protocols.ReadsLinks, "read_links"),
    Ability.READ_MANAGERS: (protocols.ReadsManagers, "read_managers"),
    Ability.READ_BANS: (protocols.ReadsBans, "read_bans"),
    Ability.READ_STATS: (protocols.ReadsStats, "read_stats"),
    Ability.LIST_MESSAGES: (protocols.ListsMessages, "list_messages"),
    Ability.CHECK_KEYS: (protocols.ChecksKeys, "check_keys"),
    Ability.PUBLISH: (protocols.Publishes, "publish"),
    Ability.SCHEDULE: (protocols.Publishes, "publish"),
    Ability.EDIT_POST: (protocols.EditsPosts, "edit_post"),
    Ability.DELETE_POST: (protocols.DeletesPosts, "delete_post"),
    Ability.RESTORE_POST: (protocols.RestoresPosts, "restore_post"),
    Ability.PIN_POST: (protocols.PinsPosts, "pin_post"),
    Ability.REPLY: (protocols.Replies, "reply"),
    Ability.HIDE_COMMENT: (protocols.HidesComments, "hide_comment"),
    Ability.DELETE_COMMENT: (protocols.DeletesComments, "delete_comment"),
    Ability.RESTORE_COMMENT: (protocols.RestoresComments, "restore_comment"),
    Ability.REPORT_COMMENT: (protocols.ReportsComments, "report_comment"),
    Ability.CLOSE_COMMENTS: (protocols.ClosesComments, "close_comments"),
    Ability.BAN: (protocols.Bans, "ban"),
    Ability.UNBAN: (protocols.Bans, "unban"),
    Ability.SEND_MESSAGE: (protocols.SendsMessages, "send_message"),
    Ability.DELETE_MESSAGE: (protocols.DeletesMessages, "delete_message"),
    Ability.EDIT_LINKS: (protocols.EditsLinks, "add_link"),
    Ability.EDIT_PROFILE: (protocols.EditsProfile, "edit_profile"),
    Ability.SET_AVATAR: (protocols.SetsAvatar, "set_avatar"),
    Ability.SET_COVER: (protocols.SetsCover, "set_cover"),
    Ability.SUBSCRIBE: (protocols.Subscribes, "subscribe"),
    Ability.REMOVE_MANAGER: (protocols.RemovesManagers, "remove_manager"),
}
"""The protocol and the method of each ability."""

_ANY_NAME = "ids and handles with any signs (a network that has none says so in Stage.lacks: {'free_names'})"
_ELSEWHERE = "http://127.0.0.1:9/conformance"
"""Nobody answers there."""
_FREE = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)


def note_for_the_card(stage: Stage, ability: str, node: pytest.Item) -> None:
    """Leave in the test's report what was tried, and what the adapter declares."""
    capabilities = stage.open().adapter.capabilities
    # One text, not a list: it travels in three reports of every test, from worker to worker.
    native = " ".join(one.value for one in Ability if capabilities.of(one).how is How.NATIVE)
    # Not by the fixture record_property, which warns in runs that write JUnit files.
    node.user_properties += [(DECLARES, (stage.network, native)), (TRIED, (stage.network, ability))]


class AbilityConformance:
    """One ability. A subclass of the author's gives the fixture ``stage``, which returns a fresh `Stage`."""

    ability: ClassVar[Ability]
    named: ClassVar[bool] = True
    """Is the ability asked for an account, so that its errors name one?"""
    _request: pytest.FixtureRequest

    @property
    def folder(self) -> Path:
        """A place for files of the test, made when it is needed."""
        folder: Path = self._request.getfixturevalue("tmp_path")
        return folder

    @pytest.fixture(autouse=True)
    def declared(self, stage: Stage, request: pytest.FixtureRequest) -> None:
        """Skip what is not declared, with the declared reason."""
        self._request = request
        note_for_the_card(stage, self.ability.value, request.node)
        declared = stage.open().declared(self.ability)
        if declared.how is not How.NATIVE:
            why = declared.reason.ru if declared.reason else ""
            pytest.skip(f"{self.ability.value}: {declared.how.value}: {why}")

    def has_pages(self, stage: Stage) -> bool:
        """Tell whether the ability is asked for pages, and not for nobody or for an account of another kind."""
        return self.named and stage.world is not None and self.ability not in stage.accounts

    def by_its_handle_alone(self, stage: Stage, see: Callable[[Stage, Target, Any], None]) -> None:
        """Do it for accounts that the register knows by their handles: an id is filled in later, or never."""
        places = by_handle_alone(stage) if self.has_pages(stage) else ()
        for number, (case, place) in enumerate(places, start=1):
            target = self.furnish(place, number)
            bench = place.open(watching=True)
            with saying(case):
                value, error = caught(bench, self.perform(bench, target))
                if error is None:
                    see(place, target, value)
                    continue
                if bench.finds_handles:
                    raise error
                ours(error, "without a way to find handles")
                assert not bench.changes, f"something was changed before the error: {error}"

    def by_any_name(self, stage: Stage, see: Callable[[Stage, Target, Any], None]) -> None:
        """Do it where ids and handles hold signs that an address cannot: each has to be quoted, once."""
        if not self.has_pages(stage) or stage.beside is not None or "free_names" in stage.lacks:
            return
        with freely_named(stage) as place:
            handle, target = place.account.handle, self.furnish(place, 9)
            bench = place.open()
            value, error = caught(bench, self.perform(bench, target))
            with saying(f"{_ANY_NAME}, here of the page {handle!r}"):
                assert error is None, f"{error!r}"
                see(place, target, value)
        lines = [line for request in bench.port.requests for line in request.headers.values()]
        assert all(line.isascii() for line in lines), f"a header holds {handle!r} as it is: no server reads that"

    def furnish(self, stage: Stage, number: int) -> Target:
        """Put into the world what the ability needs; return what `perform` is to be called with."""
        raise LookupError(f"{type(self).__name__} does not say what to furnish")

    def prepared(self, stage: Stage, number: int = 0) -> Target:
        """Furnish the world; a cassette is furnished already."""
        return Target(post=stage.post) if stage.world is None else self.furnish(stage, number)

    def perform(self, bench: Bench, target: Target) -> Work:
        """Return the work: the ability at the target."""
        raise LookupError(f"{type(self).__name__} does not say what to do")

    def under(
        self, stage: Stage, trouble: Trouble | None, target: Target, *, spoil: Spoil | None = None, attempts: int = 3
    ) -> tuple[Bench, Any, BaseException | None]:
        """Try it under trouble; return the bench, what was returned and what was raised."""
        bench = stage.open(trouble, spoil=spoil, attempts=attempts)
        value, error = caught(bench, self.perform(bench, target))
        return bench, value, error

    def test_method_is_as_the_protocol_says(self, stage: Stage) -> None:
        """The method exists, is a coroutine function, and takes what the core will give it."""
        protocol, name = METHODS[self.ability]
        method = getattr(stage.open().adapter, name, None)
        assert callable(method), f"{self.ability.value} is declared, but there is no method {name}"
        assert inspect.iscoroutinefunction(method), f"{name} is not `async def`"
        promised = dict(inspect.signature(getattr(protocol, name)).parameters)
        promised.pop("self")
        own = inspect.signature(method).parameters
        swallows = any(one.kind is one.VAR_KEYWORD for one in own.values())
        lacking = [one for one in promised if one not in own and not swallows]
        assert not lacking, f"{name} does not take {', '.join(lacking)}"
        needed = [one for one in own.values() if one.default is one.empty and one.kind not in _FREE]
        extra = [one.name for one in needed if one.name not in promised]
        assert not extra, f"{name} wants {', '.join(extra)}, which nobody gives"
        forced = [one.name for one in needed if one.name in promised and promised[one.name].default is not one.empty]
        assert not forced, f"{name} demands {', '.join(forced)}, which callers may leave out"

    def test_without_keys_it_says_which_is_missing(self, stage: Stage) -> None:
        """Without a key it names the missing one, before anything is changed; a network may also need none."""
        target = self.prepared(stage)
        bench = stage.open(keys=KeyRing())
        value, error = caught(bench, self.perform(bench, target))
        if error is None:
            assert bench.port.requests, f"without keys and without asking anybody it returned {value!r:.200}"
            return
        assert isinstance(error, (AbilityAbsent, SecretUnavailable)), (
            f"without keys it ends in {type(error).__name__} instead of CapabilityMissing: {error}"
        )
        assert not bench.changes, "without keys something was changed before the error"
        claims = self.named and bench.adapter.has_key(self.ability, bench.account(self.ability).id)
        assert not claims, f"has_key says that a key is at hand where there is none: plans would promise it: {error}"
        remedy = error.remedy.say("en") if error.remedy else ""
        assert remedy, f"the error does not say which key is wanted (its remedy is empty): {error}"

    def test_each_declared_kind_of_key_serves(self, stage: Stage) -> None:
        """Each declared kind of keys is used when there is no other; that the network refuses it is told."""
        if stage.world is None:
            pytest.skip(f"{self.ability.value}: a cassette was recorded with its own keys")
        if not self.named:
            pytest.skip(f"{self.ability.value}: it is asked for nobody, and a key may serve one account only")
        kinds = stage.open().declared(self.ability).keys
        for number, kind in enumerate(kinds):
            mine = tuple(key for key in stage.keys.keys if key.kind == kind or key.kind not in kinds)
            secrets = {key.reveal(lines=True) for key in mine if key.kind == kind}
            if not secrets:
                continue
            target = self.prepared(stage, number)
            bench = stage.open(keys=KeyRing(mine))
            _, error = caught(bench, self.perform(bench, target))
            ours(error, f"with {kind} alone")
            used = any(secrets & set(request.secrets) for request in bench.port.requests)
            assert used, f"{kind} is declared for {self.ability.value}, but no call takes it: {error!r}"

    def test_it_goes_where_the_settings_say(self, stage: Stage) -> None:
        """``base_url`` leads every call of the interface elsewhere: to a proxy, or to a sandbox that is served.

        Further hosts (of tokens, of uploads) have settings of their own, of the kind `BaseAddress`: these lead there,
        too.
        """
        model = stage.open().adapter.settings_model
        if stage.world is None or (model is not None and "base_url" not in model.model_fields):
            pytest.skip(f"{self.ability.value}: the stage or the network's settings have no base_url to be changed")
        target = self.prepared(stage)
        moved = dict.fromkeys(("base_url", *(addresses_in(model) if model is not None else ())), _ELSEWHERE)
        bench = stage.but(settings={**stage.settings, **moved}).open()
        caught(bench, self.perform(bench, target))
        astray = [one.url for one in bench.port.requests if not one.url.startswith(_ELSEWHERE)]
        where = f"{' and '.join(moved)} lead to {_ELSEWHERE}, and yet it asked"
        assert not astray, f"{where} {astray[0]:.200} (a further host is told by a setting of its own: BaseAddress)"

    @pytest.mark.parametrize("address", ["http://169.254.169.254/latest/", "https://files.conformance.invalid/up"])
    def test_addresses_of_the_network_are_checked(self, stage: Stage, address: str) -> None:
        """An address that an answer hands out (for uploads, for further pages) is not followed just anywhere."""
        target = self.prepared(stage, 1)
        bench, _, error = self.under(stage, None, target, spoil=leading_to(address))
        ours(error, f"answers that lead to {address}")
        host = urlsplit(address).hostname
        followed = [one.url for one in bench.port.requests if urlsplit(one.url).hostname == host]
        assert not followed, f"it went to {followed[0]} because an answer said so: check it with `handed_over`"

    def test_the_secret_is_nowhere(
        self, stage: Stage, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """With and without trouble no key is in values, errors, chains, pickles, logs, warnings, output."""
        caplog.set_level(logging.DEBUG)
        target = self.prepared(stage)
        troubles = [None, *(Trouble(FaultKind(kind.value)) for kind in (*IN_WORDS, *BEFORE, *AFTER))]
        with noting_what_is_written(stage) as written:
            bench = self._searched(stage, target, troubles, caplog, capfd)
        secret_kept_nowhere(bench, written())

    def _searched(
        self,
        stage: Stage,
        target: Target,
        troubles: Iterable[Trouble | None],
        caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
    ) -> Bench:
        for trouble in troubles:
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                bench, value, error = self.under(stage, trouble, target)
            printed = "".join((*capfd.readouterr(), *(str(one.message) for one in warned)))
            secret_nowhere(bench, value, error, caplog.records, printed)
            caplog.clear()
        return bench

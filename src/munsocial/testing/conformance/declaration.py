"""What an adapter says of itself: everything that is absent has a reason, everything promised has a method."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from string import Formatter

import pytest

from munsocial.errors import InputError
from munsocial.model.base import Id
from munsocial.network.abilities import Ability, Capabilities, Declared, How
from munsocial.network.adapter import Adapter
from munsocial.network.protocols import EditsPosts, EstimatesCalls, RemembersCarried
from munsocial.testing.conformance.base import METHODS, note_for_the_card
from munsocial.testing.conformance.reaching import homes_of, reaching_of
from munsocial.testing.conformance.stage import Stage
from munsocial.transport.settings import TransportSettings
from munsocial.wording import Text

__all__ = ["DeclarationConformance"]

_PLACEHOLDERS = frozenset({"link", "text", "author", "ground", "until"})
_CYRILLIC, _LATIN = re.compile("[А-Яа-яЁё]"), re.compile("[A-Za-z]")
_LONGEST = 20_000
_APART = (
    "Завтра субботник в парке, сбор в девять.",
    "Завтра субботник в парке, сбор в десять.",
    "Завтра в 9:00 субботник",
    "Завтра в 9:30 субботник",
    *(f"{'Приходите всей семьёй. ' * 200}Сбор у {gate} ворот." for gate in ("южных", "северных")),
)


def _says(ability: Ability, text: Text, what: str) -> None:
    """Check that a text says something in both languages, each in its own letters."""
    assert _CYRILLIC.search(text.ru), f"{ability.value}: no {what} in Russian: {text.ru!r}"
    assert _LATIN.search(text.en), f"{ability.value}: no {what} in English: {text.en!r}"


def _leads(ability: Ability, instruction: Text) -> None:
    """Check that an instruction names what it is about, by words that the core fills in."""
    for said in instruction:
        try:
            named = {name for _, name, _, _ in Formatter().parse(said) if name is not None}
        except ValueError as error:
            raise AssertionError(f"{ability.value}: the instruction {said!r} cannot be filled in: {error}") from None
        strange = ", ".join(f"{{{one}}}" for one in sorted(named - _PLACEHOLDERS))
        assert not strange, f"{ability.value}: nobody fills in {strange} of the instruction {said!r}"
        assert named, f"{ability.value}: the instruction {said!r} does not say where: it needs {{link}}"


class DeclarationConformance:
    """The declaration as a whole. A subclass of the author's gives the fixture ``stage``."""

    @pytest.fixture(autouse=True)
    def declared(self, stage: Stage, request: pytest.FixtureRequest) -> None:
        """Tell the score card what has to be tried."""
        note_for_the_card(stage, "declaration", request.node)

    def test_it_is_an_adapter_with_a_name(self, stage: Stage) -> None:
        """Name, title, version and capabilities are there; the name is the network's in registries."""
        from pydantic import TypeAdapter

        adapter = stage.open().adapter
        assert isinstance(adapter, Adapter), f"{type(adapter).__name__} is no munsocial.network.Adapter"
        TypeAdapter(Id).validate_python(adapter.name)
        assert adapter.name == stage.network, (
            f"the adapter is {adapter.name!r}, the stage's account is of {stage.network!r}"
        )
        assert adapter.title.strip(), "title is empty: people read it"
        assert adapter.version.strip(), "version is empty"
        assert isinstance(adapter.capabilities, Capabilities), "capabilities are no Capabilities"
        strange = [one for one in adapter.capabilities.abilities if not isinstance(one, Ability)]
        assert not strange, f"no such abilities: {strange}"

    @pytest.mark.parametrize("ability", list(Ability))
    def test_what_is_promised_has_a_method(self, stage: Stage, ability: Ability) -> None:
        """A declared ability has its method, of the core's shape."""
        adapter = stage.open().adapter
        name = METHODS[ability][1]
        if adapter.capabilities.of(ability).how is How.NATIVE:
            method = getattr(adapter, name, None)
            assert inspect.iscoroutinefunction(method), f"{ability.value} is declared, but {name} is no `async def`"

    @pytest.mark.parametrize("ability", list(Ability))
    def test_what_is_not_there_has_a_reason(self, stage: Stage, ability: Ability) -> None:
        """What is declared as absent, manual or local says why in both languages; a manual task says what to do."""
        declared: Declared = stage.open().declared(ability)
        if declared.how is How.NATIVE:
            return
        assert declared.reason is not None, f"{ability.value}: {declared.how.value} without a reason"
        _says(ability, declared.reason, "reason")
        if declared.how is How.MANUAL:
            assert declared.instruction is not None, f"{ability.value}: manual, but nobody is told what to do"
            _says(ability, declared.instruction, "instruction")
            _leads(ability, declared.instruction)

    def test_what_has_a_method_is_declared(self, stage: Stage) -> None:
        """A method whose ability is declared absent is never called: declare it, or take it out."""
        adapter = stage.open().adapter
        used = {METHODS[one][1] for one in Ability if adapter.capabilities.of(one).how is How.NATIVE}
        idle = [
            f"{METHODS[one][1]} ({one.value})"
            for one in Ability
            if METHODS[one][1] not in used and callable(getattr(adapter, METHODS[one][1], None))
        ]
        assert not idle, f"methods that are declared absent: {', '.join(idle)}"

    @pytest.mark.parametrize("ability", list(Ability))
    def test_limits_are_sensible(self, stage: Stage, ability: Ability) -> None:
        """Limits are positive where they are told (0 means none of it)."""
        limits = stage.open().declared(ability).limits
        for name in ("text", "caption", "page", "poll_answers", "poll_answer_text", "per_day", "days"):
            value, least = getattr(limits, name), 0 if name == "days" else 1
            assert value is None or value >= least, f"{ability.value}: the limit {name} is {value}"
        assert limits.page is None or limits.page <= _LONGEST, f"{ability.value}: a page of {limits.page} items"

    def test_keys_of_the_stage_are_those_declared(self, stage: Stage) -> None:
        """The kinds of keys that are declared exist: those that the stage gives are among them."""
        declared = {kind for one in Ability for kind in stage.open().declared(one).keys}
        given = {key.kind for key in stage.keys.keys}
        if not declared:
            pytest.skip("no kinds of keys are declared")
        assert declared & given, f"declared are keys of the kinds {sorted(declared)}, the stage gives {sorted(given)}"

    def test_it_knows_no_http_library_and_no_event_loop(self, stage: Stage) -> None:
        """All that waits goes through the port, else the blocking face, recordings and faults are left out."""
        for home in homes_of(type(stage.open().adapter)):
            used = list(reaching_of(home))
            assert not used, f"{home}: {'; '.join(used)}: give a Request to the session instead, and wait by it"

    def test_its_own_words_are_refused_by_name(self, stage: Stage) -> None:
        """An unknown setting of the network is refused, if settings are read at all."""
        model = stage.open().adapter.settings_model
        if model is None:
            pytest.skip("no settings_model: the network has no settings of its own")
        with pytest.raises(Exception, match="conformance_unseen"):
            model.model_validate({"conformance_unseen": 1})

    def test_as_read_it_tells_texts_apart(self, stage: Stage) -> None:
        """Texts that differ in a word differ as they are read: else another post is taken for one that got lost."""
        adapter = stage.open().adapter
        seen: dict[str, str] = {}
        for text in _APART:
            read = adapter.as_read(text)
            assert read not in seen, f"as_read makes {text[-60:]!r} and {seen[read][-60:]!r} one: {read!r:.60}"
            seen[read] = text

    def test_its_way_is_of_known_settings(self, stage: Stage) -> None:
        """What ``way`` names are settings of the way, of their kinds: any other is passed over in silence."""
        way = dict(stage.open().adapter.way)
        strange = set(way) - {one.name for one in fields(TransportSettings)}
        assert not strange, f"way: TransportSettings has no {', '.join(sorted(strange))}"
        try:
            TransportSettings(**way)
        except InputError as error:
            raise AssertionError(f"way: {error}") from None

    def test_estimates_are_figures_that_do_not_fall(self, stage: Stage) -> None:
        """Reading an account costs a call at least; more accounts and more posts never cost less."""
        adapter = stage.open().adapter
        if not isinstance(adapter, EstimatesCalls):
            pytest.skip("no estimate_calls: the core counts calls by what is declared")
        want = frozenset({"profile", "posts", "comments"})
        told = [adapter.estimate_calls(accounts, posts, want) for accounts, posts in ((1, 1), (1, 90), (200, 90))]
        assert all(type(one) is int for one in told), f"estimate_calls tells {told!r}: no numbers of calls"
        assert told[0] >= 1, f"estimate_calls tells {told[0]} for one account: collecting it costs a call at least"
        assert told == sorted(told), f"estimate_calls falls from 1 account to 200, from 1 post to 90: {told}"

    def test_what_was_carried_is_given_back_for_its_key(self, stage: Stage) -> None:
        """Names of carried files come back as they were told, for their key alone; an edit takes the key, too."""
        adapter = stage.open().adapter
        if not isinstance(adapter, RemembersCarried):
            pytest.skip("no remember_carried and carried_for: files are carried anew with each attempt")
        told = {"park.mp4": "video1", "lake.mp4": ""}
        adapter.remember_carried("one", told, lambda _: None)
        found = adapter.carried_for("one")
        assert found == told, f"carried_for gives {found!r}, and {told!r} was told"
        assert not (other := adapter.carried_for("another")), f"carried_for gives {other!r} for a key of which none was"
        adapter.remember_carried("one", {}, lambda _: None)
        assert not adapter.carried_for("one"), "what the core does not tell any more is still given"
        if isinstance(adapter, EditsPosts):
            assert "key" in inspect.signature(adapter.edit_post).parameters, "edit_post does not take key"

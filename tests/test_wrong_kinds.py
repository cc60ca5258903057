"""A value of the wrong kind, or a moment without a zone, is told as the caller's mistake at the call that got it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import munsocial as ms
from munsocial.errors import DraftRefused, FileRefused, InputError, NaiveTime, OutputRefused
from munsocial.operate.plans.plan import load_plan, new_plan
from munsocial.testing import assert_complies
from munsocial.testing.factories import MOMENT, account, act, body, district, requirement, snapshot, view

DISTRICT = district(body("school"), account("school-vk", body="school"))
SEEN = snapshot(view("school-vk"))
ACTS = (act(requirement("account.exists")),)
NAIVE = datetime(2026, 12, 1, 10, tzinfo=UTC).replace(tzinfo=None)
ACT_TEXT = 'id = "x"\ntitle = "y"\n' + "# # #\n" * 100


def _audit(registry: Any = DISTRICT, seen: Any = SEEN, acts: Any = ACTS, at: Any = MOMENT) -> ms.Report:
    return ms.audit(registry, seen, acts, at=at)


REFUSED: list[tuple[str, Callable[[Path], object], type[InputError], str]] = [
    ("a day as the moment", lambda _: _audit(at=date(2026, 11, 25)), NaiveTime, "the moment of the audit has no"),
    ("no moment", lambda _: _audit(at=None), NaiveTime, "the moment of the audit has no time zone"),
    ("ids of acts", lambda _: _audit(acts="kalininsky"), InputError, "acts: this takes a list, and was given one"),
    ("one of them", lambda _: _audit(acts=[*ACTS, None]), InputError, "Load the acts: load_acts(['kalininsky'])."),
    ("a path as the register", lambda _: _audit("district.toml"), InputError, "registry: this takes Registry"),
    ("a register as the snapshot", lambda _: _audit(seen=DISTRICT), InputError, "snapshot: this takes Snapshot"),
    ("the path to connect", lambda _: ms.connect("d.toml"), InputError, "registry: this takes Registry"),  # type: ignore[arg-type]
    ("to aconnect", lambda _: ms.aconnect("d.toml"), InputError, "registry: this takes Registry"),  # type: ignore[arg-type]
    ("a draft for a moment", lambda _: ms.Draft(text="x", publish_at=NAIVE), NaiveTime, "2026-12-01 10:00 has no"),
    (
        "a poll until a moment",
        lambda _: ms.Poll(question="?", answers=("a", "b"), closes_at=NAIVE),
        NaiveTime,
        "the moment 2026-12-01 10:00 has no time zone. Add the zone",
    ),
    ("the text of an act", lambda _: ms.load_acts([ACT_TEXT]), FileRefused, "there is no act"),
    ("a long name", lambda _: ms.load_acts("x" * 300, beside=Path()), FileRefused, "there is no act 'xxx"),
    (
        "a register as a snapshot to write",
        lambda folder: ms.save_snapshot(DISTRICT, folder / "s.json"),  # type: ignore[arg-type]
        InputError,
        "snapshot: this takes Snapshot, and was given Registry",
    ),
    (
        "a snapshot as a register to write",
        lambda folder: ms.save_registry(SEEN, folder / "r.toml"),  # type: ignore[arg-type]
        InputError,
        "registry: this takes Registry, and was given Snapshot",
    ),
    (
        "a post as text",
        lambda folder: _social(folder, lambda s: s.plan_publication("x", to=["a"])),
        InputError,
        "draft: this takes",
    ),
    (
        "a warning as text",
        lambda folder: _social(folder, lambda s: s.plan_emergency("Паводок")),
        InputError,
        'draft: this takes Draft, and was given str. Make a draft: Draft(text="...").',
    ),
    (
        "an edit as text",
        lambda folder: _social(folder, lambda s: s.plan_change("edit_post", "school-vk", "1", draft="x")),
        InputError,
        'draft: this takes Draft, and was given str. Make a draft: Draft(text="...").',
    ),
    (
        "one network of the outbox",
        lambda folder: _social(folder, lambda s: s.outbox(acknowledge="facebook")),
        InputError,
        "acknowledge: this takes a list, and was given one string",
    ),
    (
        "one account to publish to",
        lambda folder: _social(folder, lambda s: s.plan_publication(ms.Draft(text="x"), to="school-vk")),
        InputError,
        'to: this takes a list, and was given one string: it would be read letter by letter. Give ["griv',
    ),
    (
        "one network to act in",
        lambda folder: _social(folder, lambda s: s.plan_moderation(SEEN, acknowledge="facebook")),
        InputError,
        "acknowledge: this takes a list, and was given one string",
    ),
    (
        "one network to publish in",
        lambda folder: _social(folder, lambda s: s.publish(ms.Draft(text="x"), to=["a"], acknowledge="facebook")),
        InputError,
        "acknowledge: this takes a list, and was given one string",
    ),
    (
        "one part to collect",
        lambda folder: _social(folder, lambda s: s.collect(want="bans")),
        InputError,
        'want: this takes a list, and was given one string: it would be read letter by letter. Give {"prof',
    ),
    (
        "the path of a snapshot",
        lambda folder: _social(folder, lambda s: s.plan_moderation("s.json")),
        InputError,
        "snapshot: this takes Snapshot, and was given str. Collect a snapshot or load one",
    ),
    (
        "the path of a plan",
        lambda folder: _social(folder, lambda s: s.apply("plan.json")),
        InputError,
        "plan: this takes Plan, and was given str. Load the plan: load_plan(path).",
    ),
    (
        "a comment's id as the question",
        lambda folder: _social(folder, lambda s: s.plan_answer("118", "Завтра")),
        InputError,
        "question: this takes Question, and was given str. Take a question of social.inbox(snapshot).",
    ),
    (
        "a day to report from",
        lambda folder: _social(folder, lambda s: s.moderation_report(since=date(2026, 11, 1))),
        NaiveTime,
        "since: a moment with a time zone is needed. Write datetime(",
    ),
    ("weeks as text", lambda folder: _social(folder, lambda s: s.collect(weeks="4")), InputError, "weeks = '4': "),
    (
        "no name of a file",
        lambda folder: _social(folder, lambda s: s.collect_to(".")),
        OutputRefused,
        "a file is needed",
    ),
    ("the number of a clause", lambda _: _audit().of(clause=5), InputError, 'Write "5".'),  # type: ignore[arg-type]
    ("in a test", lambda _: assert_complies(_audit(), clause=9.1), InputError, 'Write "9.1".'),  # type: ignore[arg-type]
    (
        "no finding",
        lambda _: _audit().say(None),  # type: ignore[arg-type]
        InputError,
        "finding: this takes Finding, and was given NoneType. Take",
    ),
    (
        "a moment as a text",
        lambda _: _audit(at="2026-11-23T10:00:00+03:00"),
        NaiveTime,
        "a text was given. Write e.g. datetime.fromisoformat(",
    ),
    ("no acts", lambda _: _audit(acts=None), InputError, "acts: this takes list, and was given NoneType. Give load"),
    (
        "no names of acts",
        lambda _: ms.load_acts(None),  # type: ignore[arg-type]
        InputError,
        'names: this takes list, and was given NoneType. Give ["kalininsky"], for example.',
    ),
    (
        "bytes as names of acts",
        lambda _: ms.load_acts(b"kalininsky"),  # type: ignore[arg-type]
        InputError,
        "names: this takes a list, and was given one string",
    ),
    (
        "a number as the part to collect",
        lambda folder: _social(folder, lambda s: s.collect(want=5)),
        InputError,
        'want: this takes list, and was given int. Give {"profile", "posts"}, for example.',
    ),
    (
        "nowhere to publish to",
        lambda folder: _social(folder, lambda s: s.plan_publication(ms.Draft(text="x"), to=None)),
        InputError,
        'to: this takes list, and was given NoneType. Give ["grivenskoye-vk"], for example.',
    ),
    (
        "no network of the outbox",
        lambda folder: _social(folder, lambda s: s.outbox(acknowledge=None)),
        InputError,
        'acknowledge: this takes list, and was given NoneType. Give ["facebook"], for example.',
    ),
    (
        "a moment as the clock",
        lambda _: ms.connect(DISTRICT, clock=MOMENT),  # type: ignore[arg-type]
        InputError,
        "clock: this takes a function, and was given datetime. Give lambda: datetime.now(UTC), for example.",
    ),
    (
        "a list as the plugins",
        lambda _: ms.connect(DISTRICT, plugins=[]),  # type: ignore[arg-type]
        InputError,
        "plugins: this takes Plugins, and was given list. Load the plugins: load_plugins().",
    ),
    (
        "a day as a text",
        lambda folder: _social(folder, lambda s: s.collect(since="2026-11-01")),
        InputError,
        "since: this takes date, and was given str. Give a day: date(2026, 11, 1), for example.",
    ),
    (
        "a number as the last day",
        lambda folder: _social(folder, lambda s: s.collect(until=0)),
        InputError,
        "until: this takes date, and was given int.",
    ),
    (
        "weeks to estimate",
        lambda folder: _social(folder, lambda s: s.budget(weeks="4")),
        InputError,
        "weeks: this takes int, and was given str. Give a whole number: 4, for example.",
    ),
    ("a path to route by", lambda _: ms.language.router("d.toml"), InputError, "bodies: this takes a list, and was"),
    ("nothing to route by", lambda _: ms.language.router(None), InputError, "Give registry.bodies, for example."),
    (
        "several kinds of findings",
        lambda _: _audit().of(kind=["account.exists"]),  # type: ignore[arg-type]
        InputError,
        "kind: there is no such value: ['account.exists']. Did you mean account.exists",
    ),
]

PLACES: list[tuple[str, Callable[[Path, Any], object]]] = [
    ("a register to read", lambda _, place: ms.load_registry(place)),
    ("a snapshot to read", lambda _, place: ms.load_snapshot(place)),
    ("a plan to read", lambda _, place: load_plan(place)),
    ("an act to read", lambda _, place: ms.load_acts([place])),
    ("a register to write", lambda _, place: ms.save_registry(DISTRICT, place)),
    ("a snapshot to write", lambda _, place: ms.save_snapshot(SEEN, place)),
    ("a plan to write", lambda _, place: new_plan("moderation", DISTRICT, (), now=MOMENT).save(place)),
    ("a report to write", lambda _, place: _audit().save(place)),
    ("a snapshot to collect to", lambda folder, place: _social(folder, lambda s: s.collect_to(place))),
    ("a plan by its id", lambda folder, place: _social(folder, lambda s: s.plan(place))),
    ("a journal to open", lambda _, place: ms.open_journal(place)),
    # Without one, a journal of the district's own name is meant.
    ("a journal to connect", lambda _, place: ms.connect(DISTRICT, journal=0 if place is None else place)),  # type: ignore[arg-type]
    ("to aconnect", lambda _, place: ms.aconnect(DISTRICT, journal=0 if place is None else place)),  # type: ignore[arg-type]
]


def _social(folder: Path, call: Callable[[Any], object]) -> object:
    """Call something of the face with arguments of any kind, as a program without type checks does."""
    known: dict[str, Any] = {"journal": folder / "journal.sqlite", "clock": lambda: MOMENT}
    with ms.connect(district(), plugins=ms.load_plugins(installed=False), **known) as social:
        return call(social)


@pytest.mark.parametrize(("situation", "call", "kind", "said"), REFUSED, ids=[one[0] for one in REFUSED])
def test_it_is_told_at_once(
    situation: str, call: Callable[[Path], object], kind: type[InputError], said: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        call(tmp_path)
    assert type(refused.value) is kind, situation
    assert said in refused.value.say("en")
    assert list(tmp_path.iterdir()) == [], "nothing was written"


@pytest.mark.parametrize("place", [None, b"district.toml", 5], ids=["nothing", "bytes", "a number"])
@pytest.mark.parametrize(("situation", "call"), PLACES, ids=[one[0] for one in PLACES])
def test_a_place_is_a_path(situation: str, call: Callable[[Path, Any], object], place: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        call(tmp_path, place)
    assert type(refused.value) is InputError, situation
    assert "this takes a path, and was given" in refused.value.say("en")
    assert refused.value.where
    assert refused.value.remedy
    assert list(tmp_path.iterdir()) == [], "nothing was written"


MADE: list[tuple[str, Callable[[], object], str]] = [
    ("a number as the text", lambda: ms.Draft(text=5), "Draft: the publication is made wrongly.\n  - text: a text is"),
    ("a field misspelt", lambda: ms.Draft(txt="a"), "txt: there is no such field. Did you mean text?"),  # type: ignore[call-arg]
    (
        "a name as a file",
        lambda: ms.Draft(media=["a.png"]),
        "media[1]: a record with fields is needed. Make one: Media(",
    ),
    ("a poll inside", lambda: ms.Draft(poll={"question": 1}), "poll.question: a text is needed."),
    ("what the poll lacks", lambda: ms.Draft(poll={"question": 1}), "poll.answers: a required field is not"),
    (
        "a poll of one text",
        lambda: ms.Poll(question="?", answers="да"),
        "Poll: the publication is made wrongly.\n  - answers",
    ),
    ("a number as a path", lambda: ms.Media(path=5), "path: a path of a file is needed."),
    (
        "an unknown kind",
        lambda: ms.Media(path=Path("a"), kind="foto"),
        "kind: there is no word 'foto' here. Did you mean",
    ),
    ("a word as a moment", lambda: ms.Draft(publish_at="x"), "publish_at: the moment cannot be read."),
    ("a change that does not fit", lambda: ms.Draft(text="a").but(txt=1), "txt: there is no such field."),
]


@pytest.mark.parametrize(("situation", "make", "said"), MADE, ids=[one[0] for one in MADE])
def test_what_a_caller_makes_wrongly_is_told_in_our_words(
    situation: str, make: Callable[[], object], said: str
) -> None:
    with pytest.raises(DraftRefused) as refused:
        make()
    assert said in refused.value.say("en"), situation
    assert all(one.remedy.ru for one in refused.value.problems)


def test_what_is_read_of_a_file_is_told_by_its_reader() -> None:
    with pytest.raises(ValidationError):
        ms.Draft.model_validate({"poll": {"question": 1}})


@pytest.mark.parametrize("lang", ["de", None, [], "EN"])
def test_a_language_that_is_none_is_told(lang: Any) -> None:
    report = _audit()
    for say in (report.findings[0].say, report.findings[0].advise, lambda lang: report.say(report.findings[0], lang)):
        with pytest.raises(InputError, match=r"lang: нет такого языка") as refused:
            say(lang)
        assert refused.value.say("en").endswith("Give 'ru' or 'en'.")


@pytest.mark.parametrize("limit", ["3", float("nan"), 1.5, [3]])
def test_a_limit_is_a_whole_number(limit: Any, tmp_path: Path) -> None:
    """Not a number lets nothing through, and would be told as a run in which all was done."""
    plan = new_plan("moderation", DISTRICT, (), now=datetime.now(UTC))
    with ms.connect(DISTRICT, plugins=ms.load_plugins(installed=False), journal=tmp_path / "j.sqlite") as social:
        for call in (lambda: social.apply(plan, limit=limit), lambda: social.outbox(limit=limit)):
            with pytest.raises(InputError, match="limit = "):
                call()


def test_places_may_be_named_as_texts(tmp_path: Path) -> None:
    plan = new_plan("moderation", DISTRICT, (), now=MOMENT)
    plan.save(str(tmp_path / "plan.json"))
    assert load_plan(str(tmp_path / "plan.json")) == plan
    assert _social(tmp_path, lambda social: social.collect_to(str(tmp_path / "snapshot.json")))
    assert ms.load_snapshot(tmp_path / "snapshot.json").municipality == district().municipality.id


def test_a_draft_keeps_what_a_list_named() -> None:
    """A list is taken, as the documents write it; what is added to it afterwards is not in the draft."""
    pictures, answers = [ms.Media(path=Path("park.jpg"))], ["в парк", "к школе"]
    draft = ms.Draft(text="x", media=pictures, poll=ms.Poll(question="?", answers=answers))
    pictures.clear()
    answers.clear()
    assert draft.media == (ms.Media(path=Path("park.jpg")),)
    assert draft.poll is not None
    assert draft.poll.answers == ("в парк", "к школе")

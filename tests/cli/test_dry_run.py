"""Nothing is written without --yes: a command has the word or only reads, and none makes a journal to look at it."""

from __future__ import annotations

import hashlib
import inspect
from pathlib import Path

import pytest

from command_line import run
from leaving_world import REGISTER
from munsocial.cli.commands import COMMANDS, GROUPS
from munsocial.journal import open_journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.checking.building import build_registry
from munsocial.operate.plans.plan import Plan, Step, new_plan, step_key
from old_journals import older

READS = {
    "demo", "init", "collect", "audit", "inbox", "custody", "remind", "networks", "new-adapter", "schema", "lint",
    "plan show", "plan week", "outbox list", "journal verify", "journal show", "journal anchor", "journal export",
    "journal evidence", "tasks list", "handover list", "handover show", "handover act", "registry check",
    "registry convert", "acts list", "acts show", "acts check", "keys check",
    "language explain", "language evaluate", "sandbox serve",
}  # fmt: skip
"""Commands that change nothing but a file which they were told to write."""

NAMES = {
    **{one.name: one for one in COMMANDS},
    **{f"{group} {one.name}": one for group, (_, commands) in GROUPS.items() for one in commands},
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_command_has_the_word_or_only_reads(name: str) -> None:
    parameters = inspect.signature(NAMES[name].run).parameters
    assert ("yes" in parameters) != (name in READS)
    if "yes" in parameters:
        assert parameters["yes"].default is False


def test_every_reading_command_is_there() -> None:
    assert READS - NAMES.keys() == set()


class Office:
    """A folder with a register, a journal with a step that waits and one whose end is unclear, and a plan to sign."""

    def __init__(self, folder: Path) -> None:
        import tomllib
        from datetime import UTC, datetime

        self.register = folder / "lesnoy.toml"
        self.journal = folder / "lesnoy.journal.sqlite"
        self.register.write_text(REGISTER, encoding="utf-8")
        registry = build_registry(tomllib.loads(REGISTER), where="lesnoy.toml")
        known = {"account": "lesnoy-vk", "network": "vk", "action": "pin_post", "ru": "а", "en": "a"}
        steps = [Step(id=f"s{place}", key=step_key(), params={"post": "1"}, **known) for place in (1, 2, 3)]
        self.plan = new_plan("change", registry, steps, now=datetime.now(UTC), made_by="elkina")
        self.plan_file = folder / "plan.json"
        self.plan.save(self.plan_file)

    def open(self) -> None:
        with open_journal(self.journal) as journal:
            book = StepBook(journal)
            rows = [(one.id, one.key, one.due) for one in self.plan.steps]
            book.enter(self.plan.id, self.plan.digest, self.plan.model_dump_json(exclude_defaults=True), rows)
            for step, state in (("s2", "uncertain"), ("s3", "manual")):
                book.take(self.plan.id, step)
                book.settle(self.plan.id, step, state, {"why": {"ru": "а", "en": "a"}})
            book.close()

    def place(self, step: str) -> str:
        return f"{self.plan.id}/{step}"

    def prints(self) -> dict[str, str]:
        """Return the digests of everything in the folder but the index of SQLite's log, which readers touch."""
        files = [one for one in self.register.parent.iterdir() if one.is_file() and not one.name.endswith("-shm")]
        return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in files if one.stat().st_size}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


OWN_WORD = [
    ("outbox drop {register} {plan}/s1", "s1"),
    ("outbox settle {register} {plan}/s2 --done", "сделан"),
    ("outbox settle {register} {plan}/s2 --not-done", "не сделан"),
    ("plan sign {file} --by sosnov", "одписано"),
    ("moderate {register} --leave lesnoy-vk:1 --why цитата", "1 оста"),
    ("tasks done {register} {plan}/s3 --by sosnov", "s3"),
    ("tasks drop {register} {plan}/s3 --by sosnov --note зачем", "s3"),
    ("handover start {register} --giver elkina --taker sosnov", "Подпись"),
    ("journal purge {register} --older-than 1", "ерсональн"),
]


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["nothing", "dry run"])
@pytest.mark.parametrize(("line", "said"), OWN_WORD, ids=[one[0].split(" {")[0] for one in OWN_WORD])
def test_a_persons_own_word_wants_yes_too(office: Office, line: str, said: str, dry: tuple[str, ...]) -> None:
    office.open()
    words = line.format(register=office.register, plan=office.plan.id, file=office.plan_file).split(" ")
    before = office.prints()
    ran = run(*words, *dry)
    assert (ran.code, said in ran.out, "--yes" in ran.out) == (0, True, True), ran.said
    assert office.prints() == before
    done = run(*words, "--yes")
    assert (done.code, said in done.out) == (0, True), done.said
    assert (office.prints() != before) == ("purge" not in line)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("outbox list {register}", 0),
        ("outbox run {register}", 0),
        ("outbox drop {register} p/s1", 2),
        ("outbox settle {register} p/s1 --done", 2),
        ("moderate {register} --leave lesnoy-vk:1 --why цитата", 0),
        ("moderate {register} --unbans", 0),
        ("apply {register} {file}", 0),
        ("tasks check {register}", 2),
        ("handover check {register}", 2),
        ("handover remove {register}", 2),
        ("journal purge {register} --older-than 1", 2),
    ],
)
def test_looking_makes_no_journal(office: Office, line: str, code: int) -> None:
    before = office.prints()
    ran = run(*line.format(register=office.register, file=office.plan_file).split(" "))
    assert ran.code == code, ran.said
    assert office.prints() == before


def test_a_journal_that_may_only_be_read_lets_nothing_be_done(office: Office) -> None:
    import munsocial as ms
    from munsocial.errors import JournalError

    office.open()
    registry = ms.load_registry(office.register)
    with (
        ms.connect(registry, journal=office.journal, only_read=True) as social,
        pytest.raises(JournalError, match="только для чтения"),
    ):
        social.apply(Plan.model_validate_json(office.plan_file.read_text(encoding="utf-8")))


OLD = [
    ("outbox list {register}", 0),
    ("outbox run {register}", 0),
    ("outbox drop {register} p/s1", 2),
    ("outbox settle {register} p/s1 --done", 2),
    ("apply {register} {file}", 0),
    ("publish {register} --to lesnoy-vk --text Друзья!", 0),
    ("moderate {register} --unbans", 0),
    ("moderate {register} --replay {settings}", 0),
    ("tasks list {register}", 0),
    ("tasks check {register}", 0),
    ("handover list {register}", 0),
    ("journal evidence {register}", 0),
    ("journal purge {register} --older-than 1", 0),
    ("journal verify {register}", 0),
]


@pytest.mark.parametrize(("line", "code"), OLD, ids=[one[0].split(" {")[0] for one in OLD])
def test_a_journal_of_the_first_version_is_looked_into_as_it_is(office: Office, line: str, code: int) -> None:
    older(office.journal)
    settings = office.register.with_name("strict.toml")
    settings.write_text("[sure]\nspam = 1.0\n", encoding="utf-8")
    before = office.prints()
    words = line.format(register=office.register, file=office.plan_file, settings=settings).split(" ")
    ran = run(*words)
    assert ran.code == code, ran.said
    assert office.prints() == before


def test_a_handover_that_has_begun_is_shown_as_it_stands(office: Office) -> None:
    words = ("handover", "start", office.register, "--giver", "elkina", "--taker", "sosnov")
    assert "Ничего не записано" in run(*words).out
    run(*words, "--yes")
    run("handover", "done", office.register, "password:lesnoy-vk", "--by", "sosnov", "--yes")
    before = office.prints()
    again = run(*words)
    assert "уже начата" in again.out
    assert "подтверждено лицом" in again.out
    assert office.prints() == before

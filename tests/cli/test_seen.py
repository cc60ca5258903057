"""What a command may say of a snapshot: of its own district only, and nothing of what was not read."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from command_line import Ran, run
from munsocial.cli.main import BAD_INPUT, NOTHING_DONE, VIOLATIONS
from munsocial.model.snapshot import Missing, Observed, Snapshot, Why
from munsocial.model.snapshots import load_snapshot, save_snapshot
from munsocial.sandbox.demo import sample

NO_KEY = Observed[Any](missing=Missing(why=Why.NO_KEY, ru="Ключа нет.", en="There is no key."))
READ = "administration-vk"


def _without(snapshot: Snapshot, *kept: str) -> Snapshot:
    """Return a snapshot in which neither comments nor black lists came, but of the accounts that are kept."""
    lacking = {"comments": NO_KEY, "bans": NO_KEY, "messages": NO_KEY}
    own, above = (
        tuple(one if one.account in kept else one.model_copy(update=lacking) for one in views)
        for views in (snapshot.accounts, snapshot.upstream)
    )
    return snapshot.model_copy(update={"accounts": own, "upstream": above})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seen")
    stage = sample(datetime.now(UTC))
    (folder / "district.toml").write_text(stage.registry_text, encoding="utf-8")
    with stage.connect(journal=folder / "unused.sqlite") as social:
        whole = social.collect(weeks=1, want=("profile", "posts", "comments", "messages", "bans"))
    save_snapshot(whole, folder / "whole.json")
    save_snapshot(_without(whole), folder / "blind.json")
    save_snapshot(_without(whole, READ), folder / "part.json")
    save_snapshot(whole.model_copy(update={"municipality": "ozero"}), folder / "other.json")
    (folder / "t.toml").write_text('[templates.a]\ntext = "Спасибо!"\n', encoding="utf-8")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "district"))


def at(folder: Path, words: str, snapshot: str) -> Ran:
    """Run a command of this folder on one of its snapshots; the words after its name follow the register."""
    names = words.split()
    count = 2 if names[0] in ("plan", "journal") else 1
    rest = [one.replace("{0}", str(folder)) for one in names[count:]]
    return run(*names[:count], folder / "district.toml", *rest, "--snapshot", folder / snapshot)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("inbox", "ждёт ли кто-то ответа, неизвестно"),
        ("inbox --json", "ждёт ли кто-то ответа, неизвестно"),
        ("answer --templates {0}/t.toml", "ждёт ли кто-то ответа, неизвестно"),
        ("moderate", "модерации не было"),
        ("moderate --shadow", "модерации не было"),
        ("moderate --shadow --yes", "модерации не было"),
        ("moderate --bans", "чёрный список не прочитан"),
    ],
)
def test_nothing_read_is_no_nothing_there(folder: Path, words: str, said: str) -> None:
    ran = at(folder, words, "blind.json")
    assert (ran.code, said in ran.err, "keys check" in ran.err) == (NOTHING_DONE, True, True), ran.said
    assert "Вопросов, ждущих ответа, нет" not in ran.out
    assert "Прочитано новых комментариев: 0" not in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("inbox", "Вопросов, ждущих ответа, нет."),
        ("inbox --json", '"questions": []'),
        ("moderate", "Делать нечего"),
        ("moderate --shadow", ""),
        ("moderate --bans", "Делать нечего"),
    ],
)
def test_a_register_without_accounts_leaves_nothing_unread(folder: Path, words: str, said: str) -> None:
    whole = load_snapshot(folder / "whole.json")
    save_snapshot(
        whole.model_copy(update={"municipality": "reka", "accounts": (), "upstream": ()}), folder / "empty.json"
    )
    (folder / "district.toml").write_text('[municipality]\nid = "reka"\nname = "Река"\n', encoding="utf-8")
    ran = at(folder, words, "empty.json")
    assert (ran.code, said in ran.out, ran.err) == (0, True, ""), ran.said


@pytest.mark.parametrize("words", ["inbox", "moderate", "moderate --bans"])
def test_a_snapshot_without_the_accounts_of_the_register_is_blind(folder: Path, words: str) -> None:
    whole = load_snapshot(folder / "whole.json")
    save_snapshot(whole.model_copy(update={"accounts": (), "upstream": ()}), folder / "empty.json")
    assert at(folder, words, "empty.json").code == NOTHING_DONE


def test_bans_that_end_by_the_journal_need_no_reading(folder: Path) -> None:
    ran = at(folder, "moderate --unbans", "blind.json")
    assert (ran.code, "Делать нечего" in ran.out) == (0, True), ran.said


@pytest.mark.parametrize("words", ["inbox", "answer --templates {0}/t.toml", "moderate --shadow", "moderate --bans"])
def test_accounts_that_were_not_read_are_named(folder: Path, words: str) -> None:
    ran = at(folder, words, "part.json")
    assert ran.code in (0, VIOLATIONS), ran.said
    assert "Не прочитано (" in ran.err
    assert "works-vk" in ran.err
    assert ": Ключа нет." in ran.err
    assert READ not in ran.err


def test_the_json_of_the_inbox_tells_what_was_not_read(folder: Path) -> None:
    found = json.loads(at(folder, "inbox --json", "part.json").out)
    unread = {(one["account"], one["part"]): one["why"] for one in found["unread"]}
    assert unread["works-vk", "comments"] == {"ru": "Ключа нет.", "en": "There is no key."}
    assert (READ, "comments") not in unread
    assert {one["account"] for one in found["questions"]} == {READ}
    assert found["partly"] == []
    blind = json.loads(at(folder, "inbox --json", "blind.json").out)
    assert (blind["questions"], len(blind["unread"]) > len(unread)) == ([], True)


@pytest.mark.parametrize("words", ["inbox", "inbox --json", "inbox --all"])
def test_overdue_questions_end_with_1_in_every_form(folder: Path, words: str) -> None:
    assert at(folder, words, "whole.json").code == VIOLATIONS


def test_a_body_that_is_not_there_has_no_questions_to_hide(folder: Path) -> None:
    ran = at(folder, "inbox --body nosuch", "whole.json")
    assert (ran.code, "--body nosuch: такого органа нет в реестре" in ran.err) == (BAD_INPUT, True), ran.said
    for body in ("works", "other"):
        assert at(folder, f"inbox --body {body}", "whole.json").code in (0, VIOLATIONS)


@pytest.mark.parametrize(
    "words",
    [
        "inbox",
        "answer --templates {0}/t.toml",
        "moderate",
        "moderate --shadow",
        "moderate --bans",
        "moderate --report",
        "moderate --replay {0}/t.toml",
        "moderate --leave works-vk:1 --why цитата --by Вербина",
        "plan week",
        "custody --leaving verbina",
        "remind",
        "audit",
        "journal observe",
    ],
)
def test_the_snapshot_of_another_district_is_refused(folder: Path, words: str) -> None:
    (folder / "t.toml").write_text("" if "--replay" in words else '[templates.a]\ntext = "Спасибо!"\n', "utf-8")
    ran = at(folder, words, "other.json")
    assert (ran.code, "снимок сделан для «ozero»" in ran.err) == (BAD_INPUT, True), ran.said
    assert not ran.out


def test_the_whole_snapshot_is_read_by_all(folder: Path) -> None:
    assert load_snapshot(folder / "whole.json").municipality != "ozero"
    assert "Вопросов, ждущих ответа, нет" not in at(folder, "inbox", "whole.json").out

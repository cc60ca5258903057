"""Snapshots survive saving; another version, a cut file or nonsense is one clear refusal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import FileRefused, SnapshotRefused
from munsocial.model.content import Comment, Post, Profile, Stats
from munsocial.model.snapshot import AccountView, Missing, Observed, Snapshot, Why
from munsocial.model.snapshots import load_snapshot, save_snapshot

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
BEFORE = datetime(2026, 10, 26, tzinfo=UTC)

PROFILE = Profile(network_id="1", features=frozenset({"app"}), fields={"site": "x"})


def _snapshot(**changes: Any) -> Snapshot:
    view = AccountView(
        account="adm-vk",
        network="vk",
        profile=Observed[Profile](
            value=Profile(network_id="1", features=frozenset({"app"}), fields={"site": "x"}), at=NOW
        ),
        posts=Observed[tuple[Post, ...]](
            value=(Post(id="1", at=BEFORE, text="Привет\n\U0001f600 \u2028", formats=("text", "photo")),),
            at=NOW,
            through="wall.get",
            gaps=(Missing(why=Why.QUOTA, ru="кончилось", en="spent", item="2"),),
        ),
        comments=Observed[tuple[Comment, ...]](value=(), at=NOW),
        stats=Observed[Stats](value=Stats(since=BEFORE, until=NOW, figures={"views": 1}, raw={"a": [1, None]})),
        can={"posts": True},
    )
    closed = AccountView(
        account="b-ok",
        network="ok",
        profile=Observed[Profile](missing=Missing(why=Why.CLOSED, ru="закрыто", en="closed")),
    )
    fields: dict[str, Any] = {
        "municipality": "reka",
        "since": BEFORE,
        "until": NOW,
        "taken_at": NOW,
        "accounts": (view, closed),
        "upstream": (view,),
    }
    return Snapshot(**{**fields, **changes})


@pytest.mark.parametrize("changes", [{}, {"accounts": (), "upstream": ()}, {"source": "sandbox"}])
def test_a_snapshot_survives_saving(tmp_path: Path, changes: dict[str, Any]) -> None:
    snapshot = _snapshot(**changes)
    file = tmp_path / "snapshot.json"
    save_snapshot(snapshot, file)
    assert load_snapshot(file) == snapshot
    assert json.loads(file.read_text("utf-8"))["schema"] == "munsocial.snapshot/1"


def test_each_account_has_a_line_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "snapshot.json"
    save_snapshot(_snapshot(), file)
    lines = [line for line in file.read_text("utf-8").split("\n") if line.startswith('{"account"')]
    assert len(lines) == 3


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_snapshot_says_that_it_is_cut(tmp_path: Path, share: float) -> None:
    file = tmp_path / "snapshot.json"
    save_snapshot(_snapshot(), file)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(SnapshotRefused, match="обрезан"):
        load_snapshot(file)


@pytest.mark.parametrize(
    ("situation", "text", "words"),
    [
        ("a later version", '{"schema": "munsocial.snapshot/2", "views": []}', "munsocial.snapshot/2"),
        ("no JSON", "не снимок", "line 1"),
        ("an empty file", "", "line 1"),
        ("a list", "[]", "not fit"),
        ("a naive time", '{"municipality": "a", "since": "2026-01-01T00:00:00"}', "time zone"),
        ("a day before all days", '{"municipality": "a", "since": "0001-01-01T00:00:00+14:00"}', "calendar"),
        ("an unknown key", '{"schema": "munsocial.snapshot/1", "colour": 1}', "colour"),
    ],
)
def test_what_is_no_snapshot_is_refused(tmp_path: Path, situation: str, text: str, words: str) -> None:
    file = tmp_path / "snapshot.json"
    file.write_text(text, "utf-8")
    with pytest.raises(SnapshotRefused) as caught:
        load_snapshot(file)
    assert words in caught.value.say("en"), situation
    assert caught.value.remedy is not None


@pytest.mark.parametrize(
    ("situation", "written", "damaged", "words"),
    [
        ("a network that is no id", '"network":"vk"', '"network":"ВКонтакте"', "это не годится как id"),
        ("a reason that does not exist", '"why":"quota"', '"why":"laziness"', "такого слова здесь нет"),
    ],
)
def test_a_word_that_does_not_fit_is_named_with_its_place(
    tmp_path: Path, situation: str, written: str, damaged: str, words: str
) -> None:
    file = tmp_path / "snapshot.json"
    save_snapshot(_snapshot(), file)
    text = file.read_text("utf-8")
    assert written in text, situation
    file.write_text(text.replace(written, damaged, 1), "utf-8")
    with pytest.raises(SnapshotRefused) as caught:
        load_snapshot(file)
    assert words in caught.value.say("ru")
    assert str(file) in caught.value.say("ru")


def test_a_snapshot_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    view = AccountView(account="a", network="vk")
    file = tmp_path / "snapshot.json"
    save_snapshot(_snapshot(accounts=(view, view), since=NOW, until=BEFORE), file)
    with pytest.raises(SnapshotRefused) as caught:
        load_snapshot(file)
    assert {problem.field for problem in caught.value.problems} == {"until", "account"}


def test_equal_snapshots_are_equal_files(tmp_path: Path) -> None:
    """A set of words has another order in each process: a file has one."""
    words = frozenset(f"field_{number}" for number in range(20))
    profile = Observed[Profile](value=Profile(network_id="1", seen_fields=words, features=words), at=NOW)
    file = tmp_path / "snapshot.json"
    view = AccountView(account="adm-vk", network="vk", profile=profile, can=dict.fromkeys(words, True))
    save_snapshot(_snapshot(accounts=(view,)), file)
    written = json.loads(file.read_bytes())["accounts"][0]
    value = written["profile"]["value"]
    assert list(written["can"]) == sorted(words)
    assert (value["seen_fields"], value["features"]) == (sorted(words), sorted(words))


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "snapshot.json"
    file.write_bytes('{"municipality": "Река"}'.encode("cp1251"))
    with pytest.raises(SnapshotRefused, match="строка 1"):
        load_snapshot(file)


def test_a_missing_snapshot_is_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="файла нет"):
        load_snapshot(tmp_path / "none.json")

"""`munsocial inbox` on an old snapshot: what was answered since by the journal beside the register waits no more."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from command_line import run
from munsocial.model.snapshots import save_snapshot
from munsocial.sandbox.demo import sample


def test_what_was_answered_since_the_snapshot_is_under_all_alone(tmp_path: Path) -> None:
    stage, register, taken = sample(datetime.now(UTC)), tmp_path / "district.toml", tmp_path / "snapshot.json"
    register.write_text(stage.registry_text, encoding="utf-8")
    with stage.connect(journal=tmp_path / "unused.sqlite") as social:
        save_snapshot(social.collect(weeks=1, want=("profile", "posts", "comments")), taken)
    listed = json.loads(run("inbox", register, "--snapshot", taken, "--json", "--sandbox").out)["questions"]
    code = next(one["code"] for one in listed if one["account"] == "administration-vk")
    # Each command has a world of its own with one morning: by its clock a reply may be older than the snapshot.
    said = ("answer", register, code, "--text", "Починим в среду!", "--own", "--snapshot", taken, "--sandbox")
    answered = run(*said, "--yes")
    assert answered.code == 0, answered.said
    for words, there in (((), False), (("--all",), True), (("--journal", tmp_path / "other.sqlite"), True)):
        left = run("inbox", register, "--snapshot", taken, *words, "--sandbox")
        assert (code in left.out) is there, words
    assert "ответ сюда уже отправлен" in run(*said).said

"""`munsocial audit`: its exit codes, its reports, the readings kept beside the snapshot; and `demo` as a whole."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from command_line import run
from munsocial.model.snapshots import save_snapshot
from munsocial.testing.factories import comment, missing, snapshot, view, weekly
from small_district import REGISTRY, files_of

ACT = """\
id = "my"
title = "Порядок"
[clauses."1"]
ru = "Не реже пяти публикаций в неделю."
en = "At least five posts a week."
[[requirements]]
id = "posts"
clause = "1"
kind = "posting.frequency"
level = "{level}"
applies_to = ["administration"]
params = {{min = {least}, comparator = "ge", period = "week", window = "calendar", scope = "per_account"}}
"""


@pytest.fixture
def district(tmp_path: Path) -> Path:
    files_of(tmp_path)
    return tmp_path


def _audit(folder: Path, *more: object, act: str = ACT.format(level="must", least=0)) -> tuple[int, str, str]:
    (folder / "act.toml").write_text(act, "utf-8")
    command = ["audit", folder / "district.toml", "--snapshot", folder / "snapshot.json", "--acts", folder / "act.toml"]
    ran = run(*command, *more)
    return ran.code, ran.out, ran.err


@pytest.mark.parametrize(
    ("situation", "level", "least", "code"),
    [
        ("a duty that is met", "must", 0, 0),
        ("a duty that is broken", "must", 50, 1),
        ("a recommendation that is not followed", "should", 50, 0),
    ],
)
def test_the_exit_code_tells_whether_a_duty_is_broken(
    district: Path, situation: str, level: str, least: int, code: int
) -> None:
    assert _audit(district, act=ACT.format(level=level, least=least))[0] == code, situation


def test_a_waived_violation_is_shown_and_does_not_fail(district: Path) -> None:
    waiver = '[[waivers]]\nrequirement = "posts"\nsubject = "adm-vk"\nreason = "Ремонт"\napprover = "anna"\n'
    (district / "district.toml").write_text(f"{REGISTRY}\n{waiver}last_day = 2027-01-01\n", "utf-8")
    code, out, _ = _audit(district, act=ACT.format(level="must", least=50))
    assert code == 0
    assert "Нарушений 0" in out
    assert re.search(r"под исключением [1-9]", out)


@pytest.mark.parametrize("situation", ["nothing answered", "the account is not in it"])
def test_a_snapshot_that_saw_nothing_is_told_apart_from_violations(district: Path, situation: str) -> None:
    gap = missing("no_key").but(ru="Переменная VK не задана.")
    views = (view("adm-vk", profile=gap, posts=gap, comments=gap),) if situation == "nothing answered" else ()
    save_snapshot(snapshot(*views).but(municipality="reka"), district / "snapshot.json")
    code, _, err = _audit(district, act=ACT.format(level="must", least=50))
    assert code == 3, err
    assert "munsocial collect" in err
    assert ("Переменная VK не задана." in err) == (situation == "nothing answered")


def test_every_form_is_written_and_named(district: Path) -> None:
    targets = [district / f"отчёт{suffix}" for suffix in (".html", ".json", ".xlsx", ".xml", ".sarif")]
    code, out, _ = _audit(district, "-q", *[word for target in targets for word in ("-o", target)])
    assert code == 0
    for target in targets:
        assert target.stat().st_size > 300
        assert f"Записан {target}." in out


def test_readings_are_kept_beside_the_snapshot_without_any_text(district: Path) -> None:
    kept = district / "snapshot.readings.json"
    _audit(district, "-q")
    content = kept.read_text("utf-8")
    assert json.loads(content)["readings"]["style"]
    assert "Спасибо" not in content
    before = kept.stat().st_mtime_ns
    assert _audit(district, "-q")[0] == 0
    assert kept.stat().st_mtime_ns == before


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"schema": "munsocial.readings/1", "reader": 1, "readings": 1}'])
def test_spoilt_readings_are_made_again(district: Path, content: str) -> None:
    kept = district / "snapshot.readings.json"
    kept.write_text(content)
    assert _audit(district, "-q")[0] == 0
    assert json.loads(kept.read_text("utf-8"))["readings"]


def test_readings_need_not_be_kept(district: Path) -> None:
    assert _audit(district, "-q", "--no-keep")[0] == 0
    assert not (district / "snapshot.readings.json").exists()


def test_judging_again_gives_the_same_report(district: Path) -> None:
    save_snapshot(
        snapshot(view("adm-vk", posts=weekly(9), comments=(comment("Вы просто пиздец"), comment("Ок", id="2")))).but(
            municipality="reka"
        ),
        district / "snapshot.json",
    )
    command = ["audit", district / "district.toml", "--snapshot", district / "snapshot.json", "-q", "-o"]
    for name in ("first.json", "second.json"):
        assert run(*command, district / name).code in (0, 1)
    assert (district / "first.json").read_bytes() == (district / "second.json").read_bytes()


def test_a_moment_before_the_snapshot_is_pointed_out(district: Path) -> None:
    """Both moments by the clock of the district, whatever zones they were given in."""
    _, _, err = _audit(district, "-q", "--at", "2026-11-01T10:00:00+05:00")
    assert re.search(r"Момент проверки 01\.11\.2026 08:00 раньше снимка \(\d\d\.\d\d\.\d{4} \d\d:\d\d\)", err), err


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written_withholds_no_judgement(district: Path) -> None:
    (district / "act.toml").write_text(ACT.format(level="must", least=0), "utf-8")
    district.chmod(0o555)
    try:
        assert run("audit", district / "district.toml", "--snapshot", district / "snapshot.json").code in (0, 1)
        refused = run(
            "audit", district / "district.toml", "--snapshot", district / "snapshot.json", "-o", district / "r.html"
        )
        assert refused.code == 2
        assert "нельзя записывать" in refused.err
    finally:
        district.chmod(0o755)


def test_the_demo_leaves_four_files_and_the_next_command_works(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    ran = run("demo", "--out", folder, "--at", "2026-11-25T10:00:00+03:00")
    assert ran.code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        ".munsocial-demo.json",  # out of sight: by it the next demo knows what it may replace
        "district.toml",
        "report.html",
        "report.json",
        "snapshot.json",
    ]
    assert f"все — в отчёте ({folder / 'report.html'})" in " ".join(ran.out.split())
    following = next(line.strip() for line in ran.out.splitlines() if line.strip().startswith("munsocial audit"))
    assert run(*following.split()[1:]).code == 1
    assert (folder / "report.xlsx").stat().st_size > 10_000
    again = run("demo", "--out", folder, "--at", "2026-11-25T10:00:00+03:00")
    assert again.out == ran.out


def test_the_demo_looks_the_same_on_any_day(tmp_path: Path) -> None:
    counts = set()
    for day in ("2026-11-25", "2027-03-02"):
        folder = tmp_path / day
        assert run("demo", "--out", folder, "--at", f"{day}T10:00:00+03:00").code == 0
        report = json.loads((folder / "report.json").read_text("utf-8"))
        counts.add(json.dumps(report["summary"]["outcomes"]))
    assert len(counts) == 1

"""`munsocial collect` over real HTTP: whole, interrupted, resumed; without a key, with a wrong one, with no network."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command_line import run, shell
from munsocial.model.snapshots import load_snapshot
from munsocial.sandbox.faults import Fault, FaultKind
from small_district import REGISTRY, Served, files_of, served

QUICK = "per_second = 50.0\ngraph_per_second = 50.0"


def _collect(district: Served, *more: str, **environment: str) -> tuple[int, str]:
    target = district.file.with_name("snapshot.json")
    ran = run("collect", district.file, "-o", target, *more, environment={**district.environment, **environment})
    assert "Traceback" not in ran.said
    assert not any(secret and secret in ran.said for secret in district.environment.values())
    return ran.code, ran.said


def test_a_district_is_collected_and_judged(tmp_path: Path) -> None:
    with served(tmp_path) as district:
        code, said = _collect(district, "--weeks", "1")
        assert code == 0
        assert "вызовов сетей 2" in said
        assert "munsocial audit" in said
    snapshot = load_snapshot(tmp_path / "snapshot.json")
    assert len(snapshot.accounts) == 3
    assert all(view.posts.value for view in snapshot.accounts)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["district.toml", "snapshot.json"]
    judged = run("audit", district.file, "--snapshot", tmp_path / "snapshot.json", "-q", "-o", tmp_path / "r.html")
    assert judged.code in (0, 1)
    assert (tmp_path / "r.html").stat().st_size > 10_000


def test_a_budget_is_said_and_nothing_is_sent(tmp_path: Path) -> None:
    with served(tmp_path) as district:
        code, said = _collect(district, "--budget")
        assert code == 0
        assert re.search(r"^vk: вызовов около \d+, аккаунтов 3$", said, re.MULTILINE)
        assert district.calls == 0
    assert not (tmp_path / "snapshot.json").exists()


@pytest.mark.parametrize(
    ("situation", "environment", "words"),
    [
        ("a missing key", {"BIG_SERVICE": ""}, ("BIG_SERVICE", "keys check")),
        ("a wrong key", {"BIG_SERVICE": "not-the-key-of-anybody"}, ("vk, аккаунтов 3", "keys check")),
    ],
)
def test_without_a_key_nothing_can_be_collected(
    tmp_path: Path, situation: str, environment: dict[str, str], words: tuple[str, ...]
) -> None:
    with served(tmp_path) as district:
        code, said = _collect(district, **environment)
    assert code == 3, situation
    for word in words:
        assert word in said
    assert all(secret not in said for secret in environment.values() if secret)
    judged = run("audit", district.file, "--snapshot", tmp_path / "snapshot.json", "-q")
    assert judged.code == 3
    assert "ни один аккаунт" in judged.err


def test_without_a_network_every_account_says_so(tmp_path: Path) -> None:
    with served(tmp_path) as district:
        pass
    code, said = _collect(district)
    assert code == 3
    assert "vk, аккаунтов 3" in said
    views = load_snapshot(tmp_path / "snapshot.json").accounts
    assert {view.posts.missing.why for view in views if view.posts.missing} == {"unreachable"}


@pytest.mark.parametrize("register", [REGISTRY, REGISTRY.partition("[[accounts]]")[0]], ids=["no key", "no account"])
def test_a_collection_that_saw_nothing_leaves_the_former_snapshot(tmp_path: Path, register: str) -> None:
    files_of(tmp_path)
    (tmp_path / "district.toml").write_text(register, "utf-8")
    before = (tmp_path / "snapshot.json").read_bytes()
    ran = run("collect", tmp_path / "district.toml", "-o", tmp_path / "snapshot.json")
    assert (ran.code, "Прежний снимок" in ran.out, "записан" in ran.out) == (3, True, False), ran.said
    assert (tmp_path / "snapshot.json").read_bytes() == before
    assert not (tmp_path / "snapshot.json.partial").exists()


def test_a_network_without_an_adapter_is_named(tmp_path: Path) -> None:
    file = tmp_path / "district.toml"
    file.write_text(REGISTRY.replace('network = "vk"', 'network = "mynet"'), "utf-8")
    ran = run("collect", file, "-o", tmp_path / "snapshot.json")
    assert ran.code == 3
    assert "mynet" in ran.err
    judged = run("audit", file, "--snapshot", tmp_path / "snapshot.json", "-q")
    assert judged.code == 3
    assert "mynet" in judged.err


def test_a_registry_without_accounts_says_what_to_fill_in(tmp_path: Path) -> None:
    file = tmp_path / "district.toml"
    file.write_text(REGISTRY.partition("[[accounts]]")[0], "utf-8")
    ran = run("collect", file, "-o", tmp_path / "snapshot.json")
    assert ran.code == 3
    assert "accounts" in ran.err


def test_one_failing_account_spoils_no_other(tmp_path: Path) -> None:
    with served(tmp_path, "ok", settings=QUICK) as district:
        district.faults.add(Fault(FaultKind.PERMISSION, account="71000000000002", times=None))
        code, _ = _collect(district, "--weeks", "1")
    assert code == 0
    seen = {view.account: view for view in load_snapshot(tmp_path / "snapshot.json").accounts}
    assert seen["account-1"].posts.value
    assert seen["account-3"].posts.value
    assert seen["account-2"].posts.missing or seen["account-2"].posts.gaps


def _started(district: Served) -> subprocess.Popen[bytes]:
    target = district.file.with_name("snapshot.json")
    command = [sys.executable, "-m", "munsocial", "collect", str(district.file), "-o", str(target), "--weeks", "1"]
    return subprocess.Popen(
        command, env={**os.environ, **district.environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _until_something_is_read(partial: Path) -> None:
    for _ in range(1200):
        if partial.exists() and partial.read_bytes().count(b"\n") > 1:
            return
        time.sleep(0.05)
    pytest.fail("nothing was read in a minute")


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_an_interrupted_run_keeps_what_it_read_and_the_next_one_does_not_read_it_again(
    tmp_path: Path, how: signal.Signals, code: int
) -> None:
    partial = tmp_path / "snapshot.json.partial"
    with served(tmp_path, "ok", accounts=6, settings=QUICK) as district:
        slow = Fault(FaultKind.DELAY, account="7100000000000[4-6]", times=None, seconds=1.0)
        district.faults.add(slow)
        running = _started(district)
        _until_something_is_read(partial)
        running.send_signal(how)
        _, said = running.communicate(timeout=60)
        assert running.returncode == code
        assert b"Traceback" not in said
        assert not (tmp_path / "snapshot.json").exists()
        kept = {json.loads(line.partition(b"\t")[0])[1] for line in partial.read_bytes().splitlines()[1:]}
        assert kept
        if code > 0:
            assert "сохранено" in said.decode()
        district.faults.clear()
        district.server.faces.calls.clear()
        assert _collect(district, "--weeks", "1")[0] == 0
        asked = {call.account for call in district.server.faces.calls}
    read = {f"7100000000000{name.removeprefix('account-')}" for name in kept if name != "account-6"}
    assert read.isdisjoint(asked)
    assert not partial.exists()
    views = load_snapshot(tmp_path / "snapshot.json").accounts
    assert [view.account for view in views] == [f"account-{number}" for number in range(1, 7)]
    assert all(view.posts.value for view in views)


def test_a_run_started_afresh_reads_everything_again(tmp_path: Path) -> None:
    with served(tmp_path) as district:
        partial = tmp_path / "snapshot.json.partial"
        partial.write_bytes(b'{"another": "aim"}\n["accounts", "account-1", null]\t{}\n')
        assert _collect(district, "--weeks", "1")[0] == 0
        first = district.calls
        assert _collect(district, "--weeks", "1", "--fresh")[0] == 0
        assert (
            district.calls - first >= 2
        )  # as many as a whole collecting takes; one may be refused by rate and repeated


def test_two_runs_into_one_file_do_not_mix(tmp_path: Path) -> None:
    with served(tmp_path, "ok", accounts=3, settings=QUICK) as district:
        district.faults.add(Fault(FaultKind.DELAY, times=None, seconds=5))
        running = _started(district)
        try:
            for _ in range(1200):
                if (tmp_path / "snapshot.json.partial").exists():
                    break
                time.sleep(0.05)
            code, said = _collect(district, "--weeks", "1")
        finally:
            running.kill()
            running.communicate()
    assert code == 2
    assert "другой сбор" in said


def test_a_disk_that_fills_up_is_told_and_what_was_read_stays(tmp_path: Path) -> None:
    limits = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); "
    with served(tmp_path, accounts=6) as district:
        code = limits + "from munsocial.cli import main; main(sys.argv[1:])"
        # -B: what Python compiles meanwhile would be cut at the same size, and be read by every later program.
        command = [sys.executable, "-B", "-c", code, "collect", str(district.file)]
        command += ["-o", str(tmp_path / "snapshot.json")]
        done = subprocess.run(
            command, env={**os.environ, **district.environment}, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 2
        assert "нет места" in done.stderr.decode()
        assert b"Traceback" not in done.stderr
        assert not (tmp_path / "snapshot.json").exists()
        assert _collect(district)[0] == 0
    assert len(load_snapshot(tmp_path / "snapshot.json").accounts) == 6


def test_a_device_for_a_target_gets_no_file_beside_it(tmp_path: Path) -> None:
    with served(tmp_path) as district:
        ran = shell("collect", district.file, "-o", "/dev/stdout", "--weeks", "1", environment=district.environment)
    assert ran.code == 0
    assert '"munsocial.snapshot/1"' in ran.out
    assert not Path("/dev/stdout.partial").exists()

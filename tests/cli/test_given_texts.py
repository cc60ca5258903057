"""Texts as they are given: whole, in the right encoding and once; options that contradict each other are refused."""

from __future__ import annotations

import getpass
import json
import os
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from command_line import Ran, run
from munsocial.cli.arguments import FILES, WORDS
from munsocial.cli.commands import COMMANDS, GROUPS
from munsocial.cli.linking import acting_for
from munsocial.journal import open_journal
from munsocial.sandbox.sample import sample_registry_text
from small_district import files_of

CP1251 = os.fsdecode("Завтра субботник".encode("cp1251"))
PUBLISH = ("publish", "district.toml", "--to", "adm-vk")
PLAY = ("publish", "sample.toml", "--to", "works-ok", "--sandbox", "-o", "p.json")
"""On the sample district, whose accounts have keys."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files_of(tmp_path)
    (tmp_path / "sample.toml").write_text(sample_registry_text(datetime.now(UTC)), "utf-8")
    (tmp_path / "post.txt").write_bytes("\ufeffЗавтра\r\nсубботник!\n".encode())
    (tmp_path / "wrong.txt").write_bytes("Завтра субботник".encode("cp1251"))
    (tmp_path / "long.txt").write_text("я" * (2 << 20) + "а", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan_of(ran: Ran) -> Any:
    assert ran.code == 0, ran.said
    return json.loads(Path("p.json").read_bytes())


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (("--text-file", "post.txt"), b""),
        (("--text-file", "-"), "\ufeffЗавтра\r\nсубботник!\n".encode()),
        (("--text", "Завтра\nсубботник!"), b""),
    ],
    ids=["a file", "the input", "the command"],
)
def test_a_text_is_the_same_however_it_is_given(words: tuple[str, ...], stdin: bytes) -> None:
    ran = run(*PLAY, *words, stdin=stdin)
    assert 'Завтра\\nсубботник!"' in json.dumps(plan_of(ran), ensure_ascii=False)


WRONG: list[tuple[tuple[str, ...], bytes, str]] = [
    ((*PUBLISH, "--text-file", "-"), "Завтра субботник".encode("cp1251"), "UTF-8"),
    ((*PUBLISH, "--text-file", "-"), ("я" * (2 << 20) + "а").encode(), "больше 4 МБ"),
    ((*PUBLISH, "--text-file", "wrong.txt"), b"", "UTF-8"),
    ((*PUBLISH, "--text-file", "long.txt"), b"", "больше 4 МБ"),
    ((*PUBLISH, "--text", CP1251), b"", "--text: в нём байты не в кодировке UTF-8"),
    ((*PUBLISH, "--text", "а", "--variant", "vk=wrong.txt"), b"", "UTF-8"),
    ((*PUBLISH, "--text", "а", "--media", f"{CP1251}.jpg"), b"", "--media: в нём байты не в кодировке UTF-8"),
    (("post", "edit", "district.toml", "adm-vk", "1", "--text", CP1251), b"", "--text: в нём байты"),
    (("answer", "district.toml", "abc123", "--text", CP1251), b"", "--text: в нём байты"),
    (("plan", "sign", "p.json", "--by", CP1251), b"", "--by: в нём байты"),
    (("journal", "show", "district.toml", "--kind", CP1251), b"", "--kind: в нём байты"),
    (("journal", "show", "district.toml", "--subject", CP1251), b"", "--subject: в нём байты"),
    (("outbox", "drop", "district.toml", f"{CP1251}/s1"), b"", "ПЛАН/ШАГ: в нём байты"),
    ((*PUBLISH, "--text", "а", "--text-file", "post.txt"), b"", "--text и --text-file"),
    (("post", "edit", "district.toml", "adm-vk", "1", "--text", "а", "--text-file", "post.txt"), b"", "--text и"),
    (("answer", "district.toml", "abc123", "--text", "а", "--text-file", "post.txt"), b"", "--text и --text-file"),
    ((*PUBLISH, "--text", "а", "--variant", "vkontakte=post.txt"), b"", "--variant vkontakte"),
    ((*PUBLISH, "--text", "а", "--variant", "ok=post.txt"), b"", "--variant ok"),
    ((*PUBLISH, "--emergency", "--text", "а"), b"", "--to"),
    (("publish", "district.toml", "--emergency", "--text", "а", "--when", "2026-12-27T10:00:00+03:00"), b"", "--when"),
    # names of files that are empty, or name a folder
    (("moderate", "district.toml", "--settings", ""), b"", "--settings: имя файла пустое. Назовите файл или уберите"),
    (("moderate", "district.toml", "--replay="), b"", "--replay: имя файла пустое"),
    (("inbox", "district.toml", "--snapshot", ""), b"", "--snapshot: имя файла пустое"),
    (("outbox", "list", "district.toml", "--journal", ""), b"", "--journal: имя файла пустое"),
    ((*PUBLISH, "--text", "а", "-o", ""), b"", "-o: имя файла пустое"),
    ((*PUBLISH, "--text", "а", "--text-file", ""), b"", "--text-file: имя файла пустое"),
    (("audit", "district.toml", "--acts", ""), b"", "--acts: имя файла пустое"),
    (("apply", "district.toml", ""), b"", "ПЛАН: имя файла пустое"),
    *(
        ((*words, place, *more), b"", said)
        for place, said in (
            ("", "имя файла пустое"),
            (".", ".: это папка, а нужен файл. Допишите имя файла."),
            ("/", "/: это папка, а нужен файл. Допишите имя файла."),
        )
        for words, more in (
            (("journal", "show"), ()),
            (("journal", "verify"), ()),
            (("journal", "export"), ("-o", "x.jsonl")),
            (("journal", "import"), ("x.sqlite",)),
        )
    ),
    *((("collect", "district.toml", "--journal", place), b"", f"{place}: это папка") for place in (".", "/")),
    *((("audit", "district.toml", "--snapshot", place), b"", "это папка, а нужен файл") for place in ("", ".", "/")),
]


@pytest.mark.parametrize(("words", "stdin", "said"), WRONG)
def test_what_cannot_be_meant_is_refused(words: tuple[str, ...], stdin: bytes, said: str) -> None:
    ran = run(*words, stdin=stdin)
    assert (ran.code, said in ran.err) == (2, True), ran.said
    assert run(*words, "--lang", "en", stdin=stdin).code == 2


@pytest.mark.parametrize("words", [(*PUBLISH, "--text-file", "-"), ("lint", "-"), ("language", "explain", "-")])
def test_a_closed_input_is_told(words: tuple[str, ...]) -> None:
    line = shlex.join([sys.executable, "-m", "munsocial", *words, "--lang", "ru"])
    done = subprocess.run(["bash", "-c", f"{line} <&-"], capture_output=True, timeout=60, check=False)
    assert (done.returncode, "ввод закрыт" in done.stderr.decode()) == (2, True), done


def test_letters_that_only_an_old_locale_did_not_read_are_read() -> None:
    """LC_ALL=C without the help of Python: every Russian argument comes as bytes."""
    given = "а".encode().decode("ascii", "surrogateescape")
    ran = run(*PLAY, "--text", given)
    assert '"text": "а"' in json.dumps(plan_of(ran), ensure_ascii=False)


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    """Names of files are bytes: one that is not UTF-8 holds a register, its journal and its plans, too."""
    folder = tmp_path / os.fsdecode(b"\xd0\xff")
    folder.mkdir()
    files_of(folder)
    with open_journal(folder / "district.journal.sqlite") as journal:
        journal.append("task.stated", subject="s1", body={})
    register = os.fsdecode(folder / "district.toml")
    for words in (("journal", "show"), ("journal", "verify"), ("outbox", "list"), ("journal", "anchor")):
        assert run(*words, register).code == 0
    plan = os.fsdecode(folder / "p.json")
    sample = os.fsdecode(folder / "sample.toml")
    Path(sample).write_bytes(Path("sample.toml").read_bytes())
    assert run("publish", sample, "--to", "works-ok", "--text", "а", "-o", plan, "--sandbox").code == 0
    assert run("plan", "show", plan).code == 0
    assert run("apply", sample, plan, "--sandbox").code == 0


def test_every_argument_is_known_as_a_text_or_as_a_file() -> None:
    import inspect

    runs = [*(one.run for one in COMMANDS), *(one.run for _, ones in GROUPS.values() for one in ones)]
    texts = {
        name
        for run in runs
        for name, one in inspect.signature(run, eval_str=True).parameters.items()
        if "str" in str(one.annotation)
    }
    assert not WORDS & FILES
    assert texts == WORDS | FILES


def test_nobody_is_named_where_the_system_knows_no_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows before Python 3.13 looks for a module of other systems when no variable names the person."""

    def unknown() -> str:
        raise ModuleNotFoundError("No module named 'pwd'")

    monkeypatch.setattr(getpass, "getuser", unknown)
    monkeypatch.delenv("USER", raising=False)
    assert acting_for("") == ""

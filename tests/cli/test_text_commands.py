"""`munsocial lint` and `munsocial language …` as a person or a CI runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import run

OFFICE = "Администрация осуществляет ремонт дороги."
TALK = "Завтра вывезем мусор, выставляйте мешки с утра!"


def test_a_post_to_rewrite_ends_with_one_and_a_good_one_with_nought() -> None:
    assert run("lint", "-", stdin=OFFICE.encode()).code == 1
    assert run("lint", "-", stdin=TALK.encode()).code == 0


def test_json_holds_the_same_remarks_and_the_same_exit_code(tmp_path: Path) -> None:
    post = tmp_path / "post.txt"
    post.write_bytes(b"\xef\xbb\xbf" + f"Друзья!\r\n{OFFICE}\r\n".encode())
    ran = run("lint", "--json", post)
    data = json.loads(ran.out)
    assert ran.code == 1
    assert not data["ok"]
    assert [(one["line"], one["column"], one["advice"]) for one in data["remarks"]] == [(2, 15, "«ремонтирует»")]


def test_advice_stays_russian_where_the_screen_is_english() -> None:
    ran = run("lint", "--lang", "en", "-", stdin=OFFICE.encode())
    assert "light verb: «ремонтирует»" in ran.out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"\xff\xfe\xd0", "UTF-8"),
        ("первая\nвторая\n".encode() + b"\xff", "строка 3"),
        (b"a" * (4 << 20) + b"a", "4 МБ"),
    ],
    ids=["no utf-8", "a later line", "too long"],
)
def test_an_input_that_is_no_text_is_refused_as_a_file_is(given: bytes, said: str) -> None:
    ran = run("lint", "-", stdin=given)
    assert ran.code == 2
    assert said in ran.err
    assert not ran.out


def test_an_empty_post_says_that_it_is_too_short() -> None:
    ran = run("lint", "-", stdin=b"")
    assert (ran.code, ran.out.strip()) == (0, "слишком коротко, чтобы судить")


@pytest.mark.parametrize("name", ["none.jsonl", "empty.jsonl", "labels.jsonl"])
def test_labelled_comments_that_cannot_be_measured_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", "utf-8")
    (tmp_path / "labels.jsonl").write_text('{"text": "а", "labels": ["rude"]}\n', "utf-8")
    ran = run("language", "evaluate", tmp_path / name)
    assert ran.code == 2
    assert name in ran.err
    assert "Errno" not in ran.err


def test_explaining_ends_well_whatever_was_found() -> None:
    assert "insult" in run("language", "explain", "-", stdin="Ты дурак".encode()).out
    assert run("language", "explain", "-", stdin="Спасибо за дорогу".encode()).code == 0


@pytest.mark.parametrize("command", [["lint"], ["language", "explain"]])
@pytest.mark.parametrize("text", ["Администрация осуществляет ремонт дороги.", "очень длинный текст " * 40])
def test_a_text_in_place_of_a_file_is_told_how_to_give_it(command: list[str], text: str) -> None:
    ended = run(*command, text)
    assert ended.code == 2
    assert "вместо файла" in ended.err
    assert "echo" in ended.err

"""Repetition in a stream: small changes do not hide it, ordinary short replies are not repetition."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.language import SpamWatch

TEXT = "Друзья, собираем подписи против свалки у реки, заходите на почту до пятницы"


def _last(texts: list[str], authors: list[str], **settings: Any) -> str | None:
    watch = SpamWatch(**settings)
    mark = None
    for text, author in zip(texts, authors, strict=True):
        mark = watch.repeated(text, author=author)
    return mark.rule if mark else None


@pytest.mark.parametrize(
    ("situation", "texts", "authors", "rule"),
    [
        ("said once", [TEXT], ["a"], None),
        ("asked twice", [TEXT] * 2, ["a"] * 2, None),
        ("one author, third time", [TEXT] * 3, ["a"] * 3, "repeated-by-one"),
        ("four authors, the same text", [TEXT] * 4, list("abcd"), "repeated-by-many"),
        ("three authors are still neighbours", [TEXT] * 3, list("abc"), None),
        (
            "small changes",
            [TEXT, f"!!! {TEXT.upper()} 2", f"Здравствуйте! {TEXT} https://a.example"],
            ["a"] * 3,
            "repeated-by-one",
        ),
        ("look-alike letters", [TEXT, TEXT.replace("о", "o"), TEXT.replace("е", "e")], ["a"] * 3, "repeated-by-one"),
        ("thanks", ["Спасибо за ремонт!"] * 9, list("abcdefghi"), None),
        (
            "one beginning, different ends",
            [
                f"Друзья, собираем {what}"
                for what in ("вещи погорельцам на Мира", "деньги врачу Кате", "бумагу у школы днём")
            ],
            ["a"] * 3,
            None,
        ),
        ("authors not known", [TEXT] * 3, [""] * 3, "repeated-by-many"),
    ],
)
def test_a_stream(situation: str, texts: list[str], authors: list[str], rule: str | None) -> None:
    assert _last(texts, authors) == rule, situation


def test_memory_is_bounded_and_the_oldest_are_forgotten() -> None:
    watch = SpamWatch(remember=10)
    for number in range(200):
        letters = "".join(chr(ord("а") + int(digit)) for digit in f"{number:04}")
        watch.repeated(" ".join(f"{letters}{ending}" for ending in ("один", "два", "три", "пять", "шесть", "семь")))
    assert len(watch._groups) == 10
    assert len(watch._by_pair) == 50


def test_seeing_gives_the_marks_of_the_text_too() -> None:
    watch = SpamWatch(repeats=2)
    watch.see(f"Дебил, {TEXT}", author="a")
    assert {mark.category for mark in watch.see(f"Дебил, {TEXT}", author="a")} == {"insult", "spam"}

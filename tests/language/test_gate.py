"""The gate lets through every line that matches; the shipped file is what the pages say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language import marks
from munsocial.language.comments.gate import Gate, gate
from munsocial.language.comments.lexicon import rules
from munsocial.language.comments.matcher import PlainMatcher
from munsocial.language.comments.unmask import plain_view, tight_view
from munsocial.language.engine import Pattern, which_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SETS = [*sorted((HERE / "data").glob("municipal_*.jsonl")), HERE / "data/adv_obscene.jsonl"]


def test_the_shipped_rules_are_those_of_the_pages() -> None:
    tool = ROOT / "tools/language/compile_rules.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "fresh"), done.stdout + done.stderr


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_no_line_that_matches_is_held_back(path: Path) -> None:
    lines = [line for rule in rules() if rule.view == "plain" for line in rule.lines]
    branches = [(number, branch) for number, line in enumerate(lines) for branch in range(len(line.parts))]
    which = which_of(lines[number].branch(branch) for number, branch in branches)
    matched = 0
    for row in path.read_text("utf-8").splitlines()[::2]:
        plain = plain_view(json.loads(row)["text"])
        for seen in (plain.seen, tight_view(plain).seen):
            through = _through(gate(), seen)
            needed = {branches[number] for number in which(seen) or ()}
            matched += len(needed)
            assert needed <= through, [lines[number].parts[branch] for number, branch in needed - through]
    assert matched or path.stem == "municipal_neutral"


def _through(made: Gate, seen: bytes) -> set[tuple[int, int]]:
    text = made.opened(seen)
    return {*text.shown, *text.apart}


def test_a_line_matches_where_one_of_its_branches_does() -> None:
    for rule in rules():
        for line in rule.lines:
            assert line.written == "|".join(line.parts)
            assert which_of([line.whole, *line.branches])(b" ") is None


# Lists: 0 «продам», 1 « дом », 2 digits, 3 «звон», 4 « не », 5 signs that hide letters.
# Ways by their trigger: how many digits there are; lists met beside it; line and branch; where a sentence begins
# (1: with the trigger, 2: with the first link); links with the first and the last place where each may stand.
_NEEDS = {
    "bits": ["продам|прода ", " дом ", "0", "звон", "*", " не "],
    "lists": ["0;0", "1;1", "2;2", "3;3", ";5", "4;"],
    "asked": 5,
    "ways": {
        "0": ["0;1;0 0;0;", "0;;4 0;0;"],
        "1": ["0;3;6 0;2;3 -9999 -1"],
        "2": ["3;3;1 0;0;3 -2 -1", "2;2;7 0;0;2 1 1"],
        "3": ["0;4;2 0;0;4 -1 -1", "0;;5 0;1;"],
        "5": ["0;0;3 0;0;"],
    },
}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ничего такого", []),
        ("продам дом", [0]),
        ("проодам  ДОМ", [0]),
        ("дом продам", [0]),
        ("продам домик", []),
        ("звони 8 900", [1, 5, 7]),
        ("звоните 900", [1, 5]),
        ("звоните 90", [5]),
        ("звоните на 900", [1, 5]),
        ("звоните мне на 900", [5]),
        ("звоните900", [1, 5, 7]),
        ("900 звони", []),
        ("[id900|Анна], звони", [5]),
        ("900 звони 900", [1]),
        ("90", []),
        ("9 0", [7]),
        ("9. 0", [7]),
        ("дом9 0", [7]),
        ("9kg0", [7]),  # where scripts meet new words begin, and nobody counts them
        ("не звони", [2]),
        ("не надо звонить", []),
        ("звони не мне", [5]),
        ("да. Звони", [5]),
        ("да . Звони", [5]),
        ("да.звони", [5]),
        ("да, звони", []),
        ("звони про дом", [5, 6]),
        ("ну звони про дом", []),
        ("про дом! звони", [5]),
        ("про**дам продам", [3]),
        ("продам *", [3]),
    ],
)
def test_a_line_needs_its_lists_in_their_order_and_near(text: str, lines: list[int]) -> None:
    made = Gate(_NEEDS, apart={4})
    text_ = made.opened(plain_view(text).seen)
    assert [line for line, _ in text_.shown] == lines
    assert [line for line, _ in text_.apart] == ([4] if "прод" in text or "проод" in text else [])


def test_words_of_any_length_are_looked_through() -> None:
    made = Gate({"bits": [" аб", "яэ"], "lists": ["0;0", "1;"], "asked": 2, "ways": {"0": ["0;1;0 0;0;1 0 0"]}})
    assert _through(made, plain_view("аб" + "в" * 10_000 + "яэ").seen) == {(0, 0)}


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("как-то так", False),
        ("до-м", True),
        ("зво-ни", True),
        ("про-дам", True),
        ("дом-дом", False),
        ("звон-дом", True),
    ],
)
def test_a_view_meets_more_where_words_put_together_mean_something(text: str, more: bool) -> None:
    plain = plain_view(text)
    for lists in (["0;0", "1;1", "2;", "3;3", ";", "4;"], [";0", ";1", ";", ";3", ";", ";"]):
        # a trigger means something even where no other line asks for it
        made = Gate({**_NEEDS, "lists": lists, "ways": {number: [f"0;;{number} 0;0;"] for number in "013"}})
        assert made.meets_more(tight_view(plain).seen, plain.seen) is more


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("про-дам", True),  # line 0 is read without the signs inside words, line 3 is not
        ("зво-ни", False),
        ("до-м", True),  # it may stand beside a trigger
        ("дом до-м", False),
        ("[id1|Анна], как дела", False),
    ],
)
def test_only_masked_lines_are_asked_of_words_put_together(text: str, more: bool) -> None:
    plain = plain_view(text)
    lists = ["0;0", "1;", "2;", ";3", ";", "4;"]
    made = Gate({**_NEEDS, "lists": lists, "ways": {number: [f"0;;{number} 0;0;"] for number in "03"}}, masked={0})
    assert made.meets_more(tight_view(plain).seen, plain.seen) is more


def test_a_category_that_has_found_enough_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("munsocial.language.comments.matcher._MOST_FINDS", 3)
    insult = "Ты дурак! "
    text = plain_view(insult * 2_000)  # of several parts
    fresh, tried = PlainMatcher(spam=False), list[bytes]()

    class Counted(Pattern):
        def is_there(self, seen: bytes) -> bool:
            tried.append(seen)
            return super().is_there(seen)

        def spans(self, seen: bytes) -> Iterator[tuple[int, int]]:
            tried.append(seen)
            return super().spans(seen)

    monkeypatch.setattr("munsocial.language.comments.matcher.Pattern", Counted)
    assert len(list(fresh.finds(text))) >= 3
    assert len(set(tried)) == 1, "only the first part should have been searched"


def test_a_text_full_of_triggers_is_not_asked_for_their_order() -> None:
    made = Gate(_NEEDS, apart={4})
    assert [line for line, _ in made.opened(plain_view("900 звони " * 60).seen).shown] == [1]
    assert [line for line, _ in made.opened(plain_view("900 звони " * 200).seen).shown] == [1, 5, 7]


@given(st.lists(st.sampled_from(["продам", "дом", "звони", "не", "900", "90.", "да!", "[id1|Анна]", "*"]), max_size=8))
def test_a_word_is_remembered_as_it_was_read(words: list[str]) -> None:
    seen = plain_view(" ".join(words)).seen
    used = Gate(_NEEDS)
    for other in (words[::-1], words):
        used.opened(plain_view(" ".join(other)).seen)
    assert used.opened(seen) == Gate(_NEEDS).opened(seen)


@pytest.mark.parametrize(
    ("text", "rules_met"),
    [
        ("хрюкни", ["send-away"]),  # once held back: no atom knew a line that is a single word at the end
        ("[id181425315|Анна], у нас на работе всё хорошо, спасибо", []),  # the number of a mention is nobody's phone
    ],
)
def test_what_the_gate_once_got_wrong(text: str, rules_met: list[str]) -> None:
    assert [mark.rule for mark in marks(text)] == rules_met


def test_texts_not_met_before_cost_few_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []

    def counted(pattern: bytes) -> Pattern:
        made.append(pattern)
        return Pattern(pattern)

    monkeypatch.setattr("munsocial.language.comments.matcher.Pattern", counted)
    fresh = PlainMatcher(spam=False)
    texts = [json.loads(row)["text"] for row in SETS[2].read_text("utf-8").splitlines()]
    for text in texts:
        assert list(fresh.finds(plain_view(text))) is not None
    assert SETS[2].stem == "municipal_neutral"
    assert 0 < len(made) < len(texts) / 2, "a comment that nobody minds should hardly ever need a pattern"


def test_a_part_of_a_long_text_passes_the_gate_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Gate(_NEEDS)
    seen = plain_view("продам дом " * 10).seen
    first = made.opened(seen)
    monkeypatch.setattr("munsocial.language.comments.gate.Opened", None)  # whoever opened it again would fail
    assert made.opened(seen) is first

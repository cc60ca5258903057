"""How quickly comments are sorted, beside two open libraries in the same run.

    python benchmarks/bench_language.py [FILE.jsonl ...]

Each line of a file is an object with ``text``; without files the lines of tests/language/data are read. The peers
`check-swear`, `glin-profanity` and `better-profanity` are measured when they can be imported and are named when they
cannot: they look for obscenity alone (the last with an English list), we look for all seven categories. Times are of
the process, one core. «First pass» is the best of three processes that never met these texts, after one short text
that loads the data; «again» is the best of three passes after it. On a machine that others use too, the least time that
each text took is told apart, as its sum.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_SETS = Path(__file__).parents[1] / "tests" / "language" / "data"
_HOSTILE = {
    "letters apart": "х у ",
    "stars": "*",
    "hidden letters": "х*й ",
    "brackets": "([{",
    "combining marks": "х\u0336",
    "zero width": "х\u200b",
    "surrogates": "\ud800",
    "one word of a megabyte": "ху",
    "digits apart": "1 ",
}
# Words in an order that never repeats: a part of the text is not like another.
_SHUFFLED = {
    "insults": "ты дебил козёл урод тварь вы все идиоты скотина баран а не глава , ! .",
    "threats": "я тебя вас убью зарежу голову ноги сломаю сожгу дом твой приду найду , .",
    "advertisements": "продам дёшево пишите в лс заработок на дому 8 900 123-45-67 звоните скидка 50 % работа руб",
    "signs": " ".join("*@#$.,-_+=!?()[]{}хуйпизд0123456789аеоtрx\u200b\u0336😀"),
}
_WARMING = "Спасибо за ремонт дороги"


def main(files: list[str]) -> None:
    """Print the whole table."""
    texts = [text for path in files or sorted(map(str, _SETS.glob("*.jsonl"))) for text in _texts(Path(path))]
    print(f"{len(texts)} comments, {sum(map(len, texts)) / len(texts):.0f} characters on average")
    _loading()
    from munsocial.language import categories, marks

    for function in (categories, marks):
        first = max(_first_pass(function.__name__, files) for _ in range(3))
        print(f"munsocial {function.__name__}, first pass{first:15,.0f} a second")
        _speed(f"munsocial {function.__name__}, all seven", function, texts)
    for name, make in _PEERS.items():
        try:
            peer = make()
            peer("проба")
        except (ImportError, LookupError) as error:  # LookupError: its own data would have to be downloaded
            print(f"{name:34} absent: {str(error).strip(' *').splitlines()[0]}")
        else:
            _speed(f"{name}, obscenity alone", peer, texts)
    _hostile(categories)


def _first_pass(name: str, files: list[str]) -> float:
    """Return how many comments a second a new process reads that has met none of them."""
    asked = [sys.executable, __file__, "--first", name, *files]
    return float(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


def _in_new_process(name: str, files: list[str]) -> None:
    from munsocial import language

    texts = [text for path in files or sorted(map(str, _SETS.glob("*.jsonl"))) for text in _texts(Path(path))]
    work: Callable[[str], object] = getattr(language, name)
    work(_WARMING)
    print(len(texts) / _pass(work, texts))


def _texts(path: Path) -> list[str]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [row["text"] for row in rows if "text" in row]


def _loading() -> None:
    started = time.perf_counter()
    import munsocial.language as language

    imported = time.perf_counter()
    language.categories(_WARMING)
    print(f"import {(imported - started) * 1e3:.1f} ms, first text {(time.perf_counter() - imported) * 1e3:.1f} ms")


def _speed(name: str, work: Callable[[str], object], texts: list[str]) -> None:
    _pass(work, texts)
    best = min(_pass(work, texts) for _ in range(3))
    each = sorted(min(times) for times in zip(*([_one(work, text) for text in texts] for _ in range(5)), strict=True))
    slow = each[int(len(each) * 0.99)]
    print(
        f"{name:34} {len(texts) / best:9,.0f} a second again, {len(texts) / sum(each):,.0f} by least times, "
        f"p99 {slow * 1e3:.3f} ms, slowest {each[-1] * 1e3:.2f} ms"
    )


def _pass(work: Callable[[str], object], texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - started


def _one(work: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    work(text)
    return time.perf_counter() - started


def _check_swear() -> Callable[[str], object]:
    from check_swear import SwearingCheck

    checker = SwearingCheck()
    return lambda text: checker.predict([text])


def _glin_profanity() -> Callable[[str], object]:
    from glin_profanity import Filter

    checker = Filter({"languages": ["russian"]})
    return lambda text: checker.is_profane(text)


def _better_profanity() -> Callable[[str], object]:
    from better_profanity import profanity

    profanity.load_censor_words()  # its own English list: the peer of speed for a plain list of words
    return lambda text: profanity.contains_profanity(text)


def _hostile(work: Callable[[str], object]) -> None:
    for name, piece in _HOSTILE.items():
        times = [_one(work, piece * (length // len(piece))) for length in (75_000, 150_000, 150_000)]
        print(f"hostile: {name:24} 75,000 in {times[0]:.3f} s, 150,000 in {min(times[1:]):.3f} s")
    for name, words in _SHUFFLED.items():
        half, whole, again = (_one(work, _shuffled(words, *made)) for made in ((75_000, 1), (150_000, 2), (150_000, 3)))
        print(f"hostile: {name + ', shuffled':24} 75,000 in {half:.3f} s, 150,000 in {min(whole, again):.3f} s")


def _shuffled(words: str, length: int, seed: int) -> str:
    chosen = random.Random(seed).choices(words.split(" "), k=length)
    return " ".join(chosen)[:length]


_PEERS = {"check-swear": _check_swear, "glin-profanity": _glin_profanity, "better-profanity": _better_profanity}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--first"]:
        _in_new_process(sys.argv[2], sys.argv[3:])
    else:
        main(sys.argv[1:])

"""How quickly comments are sorted, beside two open libraries in the same run.

    python benchmarks/bench_language.py [FILE.jsonl ...]

Each line of a file is an object with ``text``; without files the lines of tests/language/data are read. The peers
`check-swear`, `glin-profanity` and `better-profanity` are measured when they can be imported and are named when they
cannot: they look for obscenity alone (the last with an English list), we look for all seven categories. Times are of
the process, one core, the best of three passes after one pass that fills the automata; the first pass and the slowest
comment are printed too.
"""

from __future__ import annotations

import json
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


def main(files: list[str]) -> None:
    """Print the whole table."""
    texts = [text for path in files or sorted(map(str, _SETS.glob("*.jsonl"))) for text in _texts(Path(path))]
    print(f"{len(texts)} comments, {sum(map(len, texts)) / len(texts):.0f} characters on average")
    _loading()
    from munsocial.language import categories, marks

    _speed("munsocial categories, all seven", categories, texts)
    _speed("munsocial marks, all seven", marks, texts)
    for name, make in _PEERS.items():
        try:
            peer = make()
            peer("проба")
        except (ImportError, LookupError) as error:  # LookupError: its own data would have to be downloaded
            print(f"{name:34} absent: {str(error).strip(' *').splitlines()[0]}")
        else:
            _speed(f"{name}, obscenity alone", peer, texts)
    _hostile(categories)


def _texts(path: Path) -> list[str]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [row["text"] for row in rows if "text" in row]


def _loading() -> None:
    started = time.perf_counter()
    import munsocial.language as language

    imported = time.perf_counter()
    language.categories("Спасибо за ремонт дороги")
    print(f"import {(imported - started) * 1e3:.1f} ms, first text {(time.perf_counter() - imported) * 1e3:.1f} ms")


def _speed(name: str, work: Callable[[str], object], texts: list[str]) -> None:
    passes = [_pass(work, texts) for _ in range(4)]
    each = sorted(_one(work, text) for text in texts)
    best = min(passes[1:])
    slow = each[int(len(each) * 0.99)]
    print(
        f"{name:34} {len(texts) / best:9,.0f} a second, first pass {len(texts) / passes[0]:,.0f}, "
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


_PEERS = {"check-swear": _check_swear, "glin-profanity": _glin_profanity, "better-profanity": _better_profanity}

if __name__ == "__main__":
    main(sys.argv[1:])

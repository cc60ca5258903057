"""The journal: entries a second in batches, verifying of 100,000, and two programs at one journal with 10,000 steps.

    python benchmarks/bench_journal.py [--postgres ADDRESS] [--steps N] [--entries N]

The peer of the same run is the database alone: the same rows inserted by its own driver without a chain, and read back.
Without ``--postgres`` a server is started from the system's packages; that part is left out where there are none.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from munsocial.journal import Entry, open_journal
from munsocial.journal.stepbook import StepBook

BATCH = 1000
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def batches(count: int) -> Iterator[list[Entry]]:
    """Give entries as a moderation leaves them: one in four holds the text and author of a citizen."""
    for start in range(0, count, BATCH):
        yield [
            Entry(
                "seen.comment",
                f"lipovka-{number % 20}-vk",
                {"comment": str(number), "post": str(number // 50), "url": f"https://vk.com/wall-1_{number}"},
                NOW,
                {"text": "Когда уже починят дорогу у школы?", "author": str(number)} if number % 4 == 0 else None,
            )
            for number in range(start, min(start + BATCH, count))
        ]


def writing_and_verifying(place: str, count: int) -> dict[str, float]:
    """Write entries in batches, then verify the whole chain."""
    with open_journal(place) as journal:
        ready = list(batches(count))
        started, worked = time.perf_counter(), time.process_time()
        for batch in ready:
            journal.append_many(batch)
        wrote, wrote_cpu = time.perf_counter() - started, time.process_time() - worked
        started, worked = time.perf_counter(), time.process_time()
        verified = journal.verify()
        took, took_cpu = time.perf_counter() - started, time.process_time() - worked
    if not verified.whole or verified.count != count:
        raise SystemExit(verified.say("en"))
    return {
        "entries/s": count / wrote,
        "entries per cpu s": count / wrote_cpu,
        "verify s": took,
        "verify cpu s": took_cpu,
    }


def peer_sqlite(folder: Path, count: int) -> dict[str, float]:
    """The same rows by the driver alone: no chain, no seal; the same promises about the disk."""
    connection = sqlite3.connect(folder / "peer.sqlite", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY, at, kind, subject, body, personal)")
    connection.execute("CREATE INDEX by_subject ON entries (subject, seq)")
    connection.execute("CREATE INDEX by_kind ON entries (kind, seq)")
    ready = list(batches(count))
    started = time.perf_counter()
    for batch in ready:
        rows = [
            (None, one.at.isoformat(), one.kind, one.subject, json.dumps(dict(one.body)),
             json.dumps(dict(one.personal)) if one.personal else None)
            for one in batch
        ]  # fmt: skip
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO entries VALUES (?,?,?,?,?,?)", rows)
        connection.execute("COMMIT")
    wrote = time.perf_counter() - started
    started = time.perf_counter()
    for _ in connection.execute("SELECT * FROM entries ORDER BY seq"):
        pass
    read = time.perf_counter() - started
    connection.close()
    return {"entries/s": count / wrote, "read s": read}


def worker(place: str, names: list[str], out: Any) -> None:
    """One program: take every step that is free, do it, settle it."""
    done = Counter[str]()
    with open_journal(place) as journal:
        book = StepBook(journal)
        for name in names:
            if book.take("plan", name) is not None:
                done[name] += 1
                book.settle("plan", name, "confirmed", {"post": name})
    out.put(done)


def two_clients(place: str, count: int) -> dict[str, Any]:
    """Two programs at one journal: each step must be done once, and the chain stay whole."""
    names = [f"s{number}" for number in range(count)]
    steps = [{"id": name, "key": f"k{name}"} for name in names]
    with open_journal(place) as journal:
        StepBook(journal).enter("plan", "d", json.dumps({"steps": steps}), [(one, f"k{one}", None) for one in names])
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    workers = [context.Process(target=worker, args=(place, order, out)) for order in (names, names[::-1])]
    started = time.perf_counter()
    for one in workers:
        one.start()
    shares = [out.get(timeout=3600) for _ in workers]
    for one in workers:
        one.join()
    took = time.perf_counter() - started
    total = sum(shares, Counter[str]())
    with open_journal(place) as journal:
        verified = journal.verify()
        states = Counter(one.state for one in StepBook(journal).of("plan"))
    return {
        "steps": count,
        "done twice": sum(number - 1 for number in total.values()),
        "not done": count - len(total),
        "shares": [sum(one.values()) for one in shares],
        "states": dict(states),
        "whole": verified.whole,
        "entries": verified.count,
        "steps/s": round(count / took),
    }


@contextmanager
def postgres(address: str) -> Iterator[str]:
    """Give an address of an empty database: as told, else of a server of our own."""
    if address:
        yield address
        return
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    import pytest

    from postgres_server import postgres_server

    try:
        with postgres_server() as server:
            yield server
    except pytest.skip.Exception as why:
        print(f"PostgreSQL left out: {why}")
        yield ""


def fresh(address: str, name: str) -> str:
    """Make a database of that name on the server and return its address."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
    head, question, query = address.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{question}{query}"


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", default="")
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = writing_and_verifying(str(folder / "journal.sqlite"), given.entries)
        peer = peer_sqlite(folder, given.entries)
        print("SQLite     ", _rounded(ours))
        slower, longer = peer["entries/s"] / ours["entries/s"], ours["verify s"] / peer["read s"]
        print("  peer     ", _rounded(peer), f"writing takes x{slower:.2f}, verifying x{longer:.1f} of its reading")
        print("  clients  ", two_clients(str(folder / "steps.sqlite"), given.steps))
        with postgres(given.postgres) as server:
            if server:
                print("PostgreSQL ", _rounded(writing_and_verifying(fresh(server, "bench_entries"), given.entries)))
                print("  clients  ", two_clients(fresh(server, "bench_steps"), given.steps))


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2 if value < 100 else 0) for name, value in figures.items()}


if __name__ == "__main__":
    main()

"""How fast a register loads: 2,000 accounts from TOML and 20,000 from JSON, both within 2 seconds.

Run: python benchmarks/bench_registry.py
"""

from __future__ import annotations

import json
import tempfile
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from munsocial.model.checking.building import build_registry
from munsocial.model.files import load_registry, save_registry
from munsocial.model.phones import e164
from munsocial.model.registry import Registry

GOAL = 2.0


def register_of(accounts: int) -> Registry:
    """Make a register with a body, a person, a phone, an appointment and a key for each account."""
    numbers = range(accounts)
    day = date(2026, 2, 1)
    duties = ["credential_custody", "credential_handover", "running", "moderation"]
    tables: dict[str, Any] = {
        "municipality": {"id": "big", "name": "Большой район", "acts": ["kalininsky"]},
        "bodies": [
            {"id": f"b{n}", "kind": "settlement", "name": f"Администрация поселения № {n}", "places": [f"село {n}"]}
            for n in numbers
        ],
        "phones": [{"number": f"+7861{n:07}", "body": f"b{n}", "kind": "service"} for n in numbers],
        "people": [{"id": f"p{n}", "name": f"Иванова Мария {n}", "body": f"b{n}"} for n in numbers],
        "appointments": [
            {
                "person": f"p{n}",
                "body": f"b{n}",
                "duties": duties,
                "act": {"number": f"{n}-р", "date": day},
                "since": day,
            }
            for n in numbers
        ],
        "accounts": [
            {
                "id": f"a{n}",
                "body": f"b{n}",
                "network": "vk",
                "handle": f"page_{n}",
                "network_id": str(10**8 + n),
                "phone": f"+7861{n:07}",
                "opened": day,
            }
            for n in numbers
        ],
        "credentials": [
            {"account": f"a{n}", "kind": "community_key", "secret": f"env:KEY_{n}", "holder": f"p{n}", "since": day}
            for n in numbers
        ],
    }
    return build_registry(tables, where="made")


def measure(folder: Path, suffix: str, accounts: int) -> None:
    """Print the best of three loadings, beside what the parser alone takes."""
    file = folder / f"registry{suffix}"
    save_registry(register_of(accounts), file)
    best = min(_seconds(load_registry, file) for _ in range(3))
    parse = tomllib.loads if suffix == ".toml" else json.loads
    alone = min(_seconds(parse, file.read_text("utf-8")) for _ in range(3))
    verdict = "ok" if best <= GOAL else "TOO SLOW"
    size = file.stat().st_size / 1e6
    print(f"{suffix:6} {accounts:6} accounts {size:6.1f} MB  {best:5.2f} s (parser {alone:4.2f} s)  {verdict}")


def _seconds(call: Any, argument: Any) -> float:
    e164.cache_clear()
    begun = time.perf_counter()
    call(argument)
    return time.perf_counter() - begun


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for suffix, accounts in ((".toml", 2_000), (".json", 20_000), (".xlsx", 2_000)):
            measure_folder = Path(name)
            if suffix == ".xlsx":
                file = measure_folder / "registry.xlsx"
                save_registry(register_of(accounts), file)
                print(f".xlsx  {accounts:6} accounts {_seconds(load_registry, file):14.2f} s")
            else:
                measure(measure_folder, suffix, accounts)

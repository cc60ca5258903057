"""What an adapter's package may not use is found in its source, under whatever name and wherever it stands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from munsocial.testing.conformance.reaching import homes_of, reaching_in, reaching_of

SOURCES: tuple[tuple[str, str, list[str]], ...] = (
    ("a module", "import httpx", ["httpx"]),
    ("under another name", "import httpx as _h", ["httpx"]),
    ("a name of it", "from httpx import Client", ["httpx"]),
    ("a part of a package", "import urllib.request", ["urllib.request"]),
    ("a part, the other way", "from urllib import request as r", ["urllib.request"]),
    ("a name of a part", "from urllib.request import urlopen", ["urllib.request"]),
    ("inside a function", "def f():\n    import requests", ["requests"]),
    ("inside a method, asynchronous", "class A:\n  async def f(s):\n    from http import client", ["http.client"]),
    ("in a try", "try:\n    import aiohttp\nexcept ImportError:\n    aiohttp = None", ["aiohttp"]),
    ("a thread", "import threading\nthreading.Thread(target=print).start()", ["threading.Thread"]),
    ("a thread by its name", "from threading import Timer as T", ["threading.Timer"]),
    ("a pool", "from concurrent.futures import ThreadPoolExecutor", ["concurrent.futures"]),
    ("sleep", "import time; time.sleep(1)", ["time.sleep"]),
    ("sleep under another name", "import time as t\ndef f():\n    return t.sleep(1)", ["time.sleep"]),
    ("sleep by its name", "from time import sleep", ["time.sleep"]),
    ("everything of a module", "from time import *", ["time.sleep"]),
    ("a loop", "import asyncio.subprocess", ["asyncio"]),
    ("a socket", "import socket, json", ["socket"]),
    ("by a text", "import importlib\nimportlib.import_module('httpx')", ["httpx"]),
    ("by a text, inside", "f = lambda: __import__('urllib.request')", ["urllib.request"]),
    ("several", "import httpx\nimport asyncio", ["asyncio", "httpx"]),
    ("a lock", "import threading\nlock = threading.Lock()", []),
    ("what takes addresses apart", "from urllib.parse import quote\nimport urllib.parse", []),
    ("a clock", "import time\nnow = time.monotonic()", []),
    ("for the type checker", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import httpx", []),
    ("the session's own", "async def f(self):\n    await self.session.sleep(1)", []),
    ("a module beside it", "from . import requests", []),
    ("words in a text", "x = 'import httpx'", []),
)  # fmt: skip


@pytest.mark.parametrize(("situation", "source", "found"), SOURCES, ids=[one[0] for one in SOURCES])
def test_what_reaches_past_the_port_is_found(situation: str, source: str, found: list[str]) -> None:
    assert reaching_in(source) == found


def test_a_package_is_read_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "hasty_network"
    (package / "inner").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "adapter.py").write_text("class Hasty:\n    pass\n")
    (package / "inner" / "__init__.py").write_text("")
    (package / "inner" / "wire.py").write_text("import httpx\n")
    monkeypatch.syspath_prepend(tmp_path)
    from hasty_network.adapter import Hasty  # type: ignore[import-not-found]  # written above

    assert homes_of(Hasty) == ["hasty_network"]
    assert list(reaching_of("hasty_network")) == ["wire.py uses httpx"]
    for name in [one for one in sys.modules if one.startswith("hasty_network")]:
        monkeypatch.delitem(sys.modules, name)


HOMES: tuple[tuple[str, list[str]], ...] = (
    ("munsocial_latest.adapter", ["munsocial_latest"]),
    ("contest", ["contest"]),
    ("attestation.wire", ["attestation"]),
    ("tested.adapter", ["tested"]),
    ("test_adapter", []),
    ("tests.worlds.adapter", []),
    ("conftest", []),
)


@pytest.mark.parametrize(("module", "homes"), HOMES, ids=[one[0] for one in HOMES])
def test_only_modules_of_tests_are_left_out(module: str, homes: list[str]) -> None:
    assert homes_of(type("Hasty", (), {"__module__": module})) == homes

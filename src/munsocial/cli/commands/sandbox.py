"""`munsocial sandbox serve`: the sample district's networks on a loopback address."""

from __future__ import annotations

from typing import Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.tongue import both
from munsocial.wording import Text

__all__ = ["COMMANDS"]

Port = Annotated[
    int,
    typer.Option(
        "--port",
        min=0,
        max=65535,
        metavar=both("ПОРТ", "PORT"),
        help=both("Порт от 1 до 65535; 0 — любой.", "A port, 1 to 65535; 0 is any."),
    ),
]

_SERVED = Text(
    "Песочница (вымышленный район, не настоящие сети) отвечает здесь, остановка — Ctrl-C:",
    "The sandbox (a fictional district, no real networks) answers here, Ctrl-C stops it:",
)
_KEYS = Text(
    "Её ключи (вымышленные, больше нигде не действуют):",
    "Its keys (invented, they open nothing elsewhere):",
)
_STOPPED = Text("Песочница остановлена.", "The sandbox is stopped.")


def serve(
    context: typer.Context,
    port: Port = 0,
) -> None:
    """Serve until interrupted."""
    from contextlib import suppress
    from datetime import UTC, datetime

    from munsocial.plugins import load_plugins
    from munsocial.sandbox.sample import sample_world, sandbox_secrets
    from munsocial.sandbox.serve import serving

    world = sample_world(datetime.now(UTC), real_time=True)
    with suppress(KeyboardInterrupt), serving(world, port=port) as server:
        typer.echo(_SERVED.say(lang_of(context)))
        for network in load_plugins().faces:
            typer.echo(f"  {network}: {server.base(network)}")
        typer.echo(_KEYS.say(lang_of(context)))
        for name, key in sandbox_secrets().environment().items():
            typer.echo(f"  export {name}={key}")
        _wait()
    typer.echo(_STOPPED.say(lang_of(context)))


def _wait() -> None:
    import threading

    threading.Event().wait()


COMMANDS = (
    Command(
        "serve",
        serve,
        "Поднять песочницу на локальном адресе: другие программы могут к ней обращаться.",
        "Serve the sandbox on a loopback address, for other programs to be pointed at.",
        ("munsocial sandbox serve --port 8089",),
    ),
)

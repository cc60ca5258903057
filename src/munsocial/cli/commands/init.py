"""`munsocial init`: a commented registry to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import Force
from munsocial.cli.pasting import as_typed
from munsocial.cli.tongue import both
from munsocial.wording import Text

__all__ = ["COMMAND"]

_DONE = Text(
    "Создан {path}. Заполните его и проверьте: munsocial registry check {typed}",
    "Made {path}. Fill it in and check it: munsocial registry check {typed}",
)


def init(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            metavar=both("ФАЙЛ", "FILE"),
            help=both(
                "Реестр: .toml (с пояснениями), .xlsx или .json.", "Registry: .toml (with comments), .xlsx or .json."
            ),
        ),
    ] = Path("district.toml"),
    force: Force = False,
) -> None:
    """Write the template; only TOML has its comments, a workbook and JSON have the empty tables."""
    from munsocial.cli.outputs import check_free, check_target
    from munsocial.files import write_text
    from munsocial.model.checking.building import build_registry
    from munsocial.model.files import save_registry
    from munsocial.model.parsing import parse_toml
    from munsocial.model.template import template

    check_target(path)
    check_free(path, force=force)
    if path.suffix.lower() == ".toml":
        write_text(path, template())
    else:
        save_registry(build_registry(parse_toml(template(), where=str(path)), where=str(path)), path)
    typer.echo(_DONE.fill(path=path, typed=as_typed(str(path))).say(lang_of(context)))


COMMAND = Command(
    "init",
    init,
    "Создать реестр с пояснениями, который остаётся заполнить.",
    "Make a commented registry to fill in.",
    ("munsocial init district.toml",),
)

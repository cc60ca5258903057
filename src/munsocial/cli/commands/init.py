"""`munsocial init`: a commented registry to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.tongue import both
from munsocial.wording import Text

__all__ = ["COMMAND"]

_EXISTS = Text("Файл {path} уже есть, он не тронут.", "The file {path} exists and was left as it is.")
_OTHER = Text("Укажите другое имя или --force.", "Give another name or --force.")
_DONE = Text(
    "Создан {path}. Заполните его и проверьте: munsocial registry check {path}",
    "Made {path}. Fill it in and check it: munsocial registry check {path}",
)


def init(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            metavar=both("ФАЙЛ", "FILE"), help=both("Куда записать реестр.", "Where to write the registry.")
        ),
    ] = Path("district.toml"),
    force: Annotated[bool, typer.Option("--force", help=both("Заменить файл.", "Replace the file."))] = False,
) -> None:
    """Write the template."""
    from munsocial.errors import OutputRefused
    from munsocial.files import write_text
    from munsocial.model.template import template

    if path.exists() and not force:
        raise OutputRefused(_EXISTS.fill(path=path), remedy=_OTHER)
    write_text(path, template())
    typer.echo(_DONE.fill(path=path).say(lang_of(context)))


COMMAND = Command(
    "init",
    init,
    "Создать реестр с пояснениями, который остаётся заполнить.",
    "Make a commented registry to fill in.",
    ("munsocial init district.toml",),
)

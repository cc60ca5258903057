"""`munsocial lint`, `munsocial language evaluate|explain`: reading Russian from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import AsJson
from munsocial.cli.screen import at_keyboard, is_terminal
from munsocial.cli.speaking import echo, echo_json
from munsocial.cli.tongue import both
from munsocial.errors import InputError
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.language import Vocabulary

__all__ = ["COMMANDS", "LINT"]

_SHOWN = 60
_NO_FILE = Text("дан сам текст вместо файла.", "the text itself is given in place of a file.")
_TYPE = Text(
    "Наберите или вставьте текст; конец — Enter и Ctrl-D (в Windows Ctrl-Z и Enter), отказ — Ctrl-C.",
    "Type or paste the text; end it with Enter and Ctrl-D (on Windows Ctrl-Z and Enter), Ctrl-C gives up.",
)
_GIVE_TEXT = Text(
    "Дайте текст на ввод: echo 'текст' | munsocial … -, или назовите файл.",
    "Give the text as input: echo 'text' | munsocial … -, or name a file.",
)

Source = Annotated[
    str,
    typer.Argument(
        metavar=both("ФАЙЛ", "SOURCE"), help=both("Файл с текстом или - (ввод).", "A text file, or - for input.")
    ),
]
Words = Annotated[
    Path | None,
    typer.Option("--registry", help=both("Реестр со своими словами муниципалитета.", "A registry with own words.")),
]


def _text(source: str, lang: Lang) -> str:
    from munsocial.cli.given import file_or_input
    from munsocial.files import exists

    if " " in source and not exists(source):
        raise InputError(_NO_FILE, where=source[:_SHOWN], remedy=_GIVE_TEXT)
    if source == "-" and at_keyboard():
        echo(_TYPE.say(lang), err=True)
    return file_or_input(source)


def _width() -> int:
    """Columns to fold a post at: a narrower terminal would fold it itself, and leave the underlining behind."""
    widest = 96
    return min(widest, shutil.get_terminal_size((widest, 24)).columns) if is_terminal() else widest


def lint(
    context: typer.Context,
    source: Source = "-",
    as_json: AsJson = False,
) -> None:
    """Show a post with its weak places underlined and the advice beside; exit 1 when there are remarks."""
    from munsocial.language import lint_report

    report = lint_report(_text(source, lang_of(context)), lang_of(context))
    if as_json:
        echo_json(report.as_data())
    else:
        for line in report.lines(_width()):
            typer.echo(line)
    if not report.ok:
        raise typer.Exit(1)


def _own_words(registry: Path | None) -> Vocabulary | None:
    """The municipality's own words, which the audit and moderation read with."""
    from munsocial.language import Vocabulary
    from munsocial.model.files import load_registry

    return None if registry is None else Vocabulary.of(load_registry(registry).words)


def evaluate(
    file: Annotated[
        Path,
        typer.Argument(metavar=both("ФАЙЛ", "FILE"), help=both("Размеченные тексты, JSONL.", "Labelled texts, JSONL.")),
    ],
    registry: Words = None,
) -> None:
    """Measure on one's own labelled comments; prints the same table as the documentation."""
    from munsocial.language import evaluate_file, table

    typer.echo(table(evaluate_file(file, vocabulary=_own_words(registry))))


def explain(context: typer.Context, source: Source = "-", registry: Words = None) -> None:
    """Tell step by step how a comment was read and why something was marked."""
    from munsocial.language import explain as explain_text

    for step in explain_text(_text(source, lang_of(context)), vocabulary=_own_words(registry)):
        typer.echo(step.say(lang_of(context)))


LINT = Command(
    "lint",
    lint,
    "Показать слабые места поста (канцелярит) и совет к каждому.",
    "Show the weak places of a post (officialese) with advice for each.",
    ("munsocial lint post.txt", "echo 'Администрация осуществляет ремонт дороги.' | munsocial lint -"),
)

COMMANDS = (
    Command(
        "evaluate",
        evaluate,
        "Измерить точность и полноту на своих размеченных комментариях.",
        "Measure precision and recall on your own labelled comments.",
        ("munsocial language evaluate comments.jsonl",),
    ),
    Command(
        "explain",
        explain,
        "Объяснить по шагам, почему комментарий отмечен.",
        "Explain step by step why a comment is marked.",
        ("echo 'Текст комментария' | munsocial language explain -",),
    ),
)

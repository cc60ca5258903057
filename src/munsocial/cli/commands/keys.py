"""`munsocial keys check FILE`: what each key allows, and what will fail for want of what."""

from __future__ import annotations

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import Registered
from munsocial.wording import Lang, Text

__all__ = ["COMMANDS"]

_HEAD = Text(
    "Аккаунт|Ключ|Где хранится|Действует|Права|Чего не хватит", "Account|Key|Kept in|Valid|Rights|What will fail"
)
_VALID = {True: Text("да", "yes"), False: Text("нет", "no"), None: Text("неизвестно", "unknown")}
_NONE = Text(
    "В реестре нет ключей, доступных программе (таблица credentials, поле secret).",
    "The registry holds no keys that a program may use (table credentials, field secret).",
)


def check(context: typer.Context, file: Registered) -> None:
    """Ask the networks; exit 1 when a key is not valid, 3 when none could be asked."""
    from munsocial.cli.tables import show_table
    from munsocial.model.files import load_registry
    from munsocial.network.secrets import ChainSecrets
    from munsocial.social import connect

    lang = lang_of(context)
    with connect(load_registry(file), secrets=ChainSecrets.usual(file.parent)) as social:
        reports = social.check_keys()
    if not reports:
        typer.echo(_NONE.say(lang), err=True)
        raise typer.Exit(3)
    show_table(_HEAD.say(lang).split("|"), [_row(report, lang) for report in reports])
    if all(report.valid is None for report in reports):
        raise typer.Exit(3)
    if any(report.valid is False for report in reports):
        raise typer.Exit(1)


def _row(report: object, lang: Lang) -> list[str]:
    from munsocial.network.keyreport import KeyReport

    assert isinstance(report, KeyReport)
    lacks = [f"{ability.value}: {why.say(lang)}" for ability, why in report.missing]
    if report.note:
        lacks.insert(0, report.note.say(lang))
    return [
        report.account,
        report.kind,
        report.reference,
        _VALID[report.valid].say(lang),
        ", ".join(report.allows),
        "\n".join(lacks),
    ]


COMMANDS = (
    Command(
        "check",
        check,
        "Проверить ключи: что каждый позволяет и чего не хватит.",
        "Check the keys: what each allows and what will fail.",
        ("munsocial keys check district.toml",),
    ),
)

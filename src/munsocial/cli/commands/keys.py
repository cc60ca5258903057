"""`munsocial keys check FILE`: what each key allows, and what will fail for want of what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import Registered
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.network.keyreport import KeyReport

__all__ = ["COMMANDS"]

_KEYS = Text(
    "Ключ|Где хранится|Аккаунты|Чей|Действует|Права|Примечание", "Key|Kept in|Accounts|Whose|Valid|Rights|Note"
)
_LACKS = Text("Аккаунт|Не получится|Пункт|Чего не хватает", "Account|Will fail|Clause|What is wanting")
_ALL = Text("Ключей хватает на всё, что умеют сети.", "The keys serve for all that the networks can do.")
_SHOWN = 3
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
    with connect(load_registry(file), secrets=ChainSecrets.usual(file.parent), beside=file.parent) as social:
        reports = social.check_keys()
        lacks = social.key_lacks(reports)
    if not reports:
        typer.echo(_NONE.say(lang), err=True)
        raise typer.Exit(3)
    show_table(_KEYS.say(lang).split("|"), _rows(reports, lang))
    if lacks:
        rows = [[one.account, one.what.say(lang), one.clause, one.why.say(lang)] for one in lacks]
        show_table(_LACKS.say(lang).split("|"), rows)
    elif all(report.valid for report in reports):
        typer.echo(_ALL.say(lang))
    if all(report.valid is None for report in reports):
        raise typer.Exit(3)
    if any(report.valid is False for report in reports):
        raise typer.Exit(1)


def _rows(reports: Sequence[KeyReport], lang: Lang) -> list[list[str]]:
    """Make a row of each key; one that serves many accounts is one key."""
    from munsocial.policy.words import word_of

    same: dict[tuple[str, str, str, bool | None], list[KeyReport]] = {}
    for report in reports:
        same.setdefault((report.kind, report.reference, _whose(report), report.valid), []).append(report)
    return [
        [
            word_of(kind).say(lang),
            reference,
            _accounts([report.account for report in group]),
            whose,
            _VALID[valid].say(lang),
            ", ".join(group[0].allows),
            group[0].note.say(lang) if group[0].note else "",
        ]
        for (kind, reference, whose, valid), group in same.items()
    ]


def _whose(report: KeyReport) -> str:
    """Return whose a key is in the network's words; a network that knows no more than the account adds nothing."""
    return "" if report.whose == report.account else report.whose


def _accounts(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" +{more}" if more > 0 else "")


COMMANDS = (
    Command(
        "check",
        check,
        "Проверить ключи: что каждый позволяет и чего не хватит.",
        "Check the keys: what each allows and what will fail.",
        ("munsocial keys check district.toml",),
    ),
)

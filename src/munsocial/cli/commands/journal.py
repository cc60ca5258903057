"""`munsocial journal verify|show|export|anchor`: is it whole, what does it say, how is it shown to others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.commands import journal_upkeep, observe
from munsocial.cli.entry_lines import entry_line
from munsocial.cli.journals import Place, check_beside, reading_of, registry_of, verified_at
from munsocial.cli.speaking import WROTE, echo
from munsocial.cli.tongue import both
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.journal.entries import Entry

__all__ = ["COMMANDS"]

_ANCHORED = Text("Отметка стоит на месте (записей: {entries}).", "The anchor stands (entries: {entries}).")
_LEFT_OUT = Text(
    "Показано: {shown}; всех записей в журнале {all}. Больше — --last N.",
    "Shown: {shown}; the journal holds {all} in all. More: --last N.",
)
_EMPTY = Text("Записей нет.", "There are no entries.")
_EXPORTED = Text("Записан {path}: записей {count}. {kind}", "Wrote {path}. Entries: {count}. {kind}")
_WITHOUT = Text(
    "Без персональных данных и планов.", "Without personal data and plans."
)  # fmt: skip
_WITH = Text(
    "ВНУТРИ ПЕРСОНАЛЬНЫЕ ДАННЫЕ: храните как журнал.", "PERSONAL DATA INSIDE: keep it as the journal."
)  # fmt: skip

_Last = Annotated[
    int,
    typer.Option(
        "--last",
        min=1,
        max=100_000,
        metavar=both("ЧИСЛО", "NUMBER"),
        help=both("Сколько последних записей, от 1 до 100000.", "How many of the last entries, 1 to 100000."),
    ),
]


def verify(
    context: typer.Context,
    place: Place,
    anchor: Annotated[
        list[str] | None,
        typer.Option(
            "--anchor",
            metavar=both("ОТМЕТКА", "ANCHOR"),
            help=both(
                "Прежняя отметка: файл .json или число:отпечаток; можно несколько.",
                "A former anchor: a .json file or number:digest; repeatable.",
            ),
        ),
    ] = None,
) -> None:
    """Check every row; exit 1 and name the first that was touched."""
    from munsocial.journal.anchors import read_anchor

    lang = lang_of(context)
    anchors = [read_anchor(one) for one in anchor or ()]
    verified = verified_at(place, None)
    standing = []
    for one in anchors if verified.whole else ():
        verified = verified_at(place, one.pair)
        if not verified.whole:
            break
        standing.append(one)
    echo(verified.say(lang))
    for one in standing:
        echo(_ANCHORED.fill(entries=one.entries).say(lang))
    if not verified.whole:
        raise typer.Exit(1)


def show(
    context: typer.Context,
    place: Place,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar=both("ВИД", "KIND"),
            help=both("Только этого вида: step.confirmed, step.*", "Only of this kind: step.confirmed, step.*"),
        ),
    ] = "",
    subject: Annotated[
        str,
        typer.Option(
            "--subject",
            metavar="ID",
            help=both("Только о них: аккаунт, план, передача.", "Only of this account, plan or handover."),
        ),
    ] = "",
    last: _Last = 50,
    personal: Annotated[
        bool, typer.Option("--personal", help=both("Показать тексты и авторов.", "Show texts and authors."))
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=both("Записи целиком, строками JSON.", "Entries in full, lines of JSON."))
    ] = False,
) -> None:
    """Show entries, the newest last; texts and authors of citizens only when asked for."""
    lang = lang_of(context)
    found: list[Entry] = []
    count = 0
    with reading_of(place) as journal:
        for entry in journal.entries(kind=kind or None, subject=subject or None, newest_first=True):
            count += 1
            if count > last:
                break
            found.append(entry)
        total = journal.anchor()[0]
    for entry in reversed(found):
        echo(_json(entry, personal) if as_json else entry_line(entry, personal, lang))
    if not found and not as_json:
        echo(_EMPTY.say(lang))
    if count > last and not as_json:
        echo(_LEFT_OUT.fill(shown=len(found), all=total).say(lang), err=True)


def _json(entry: Entry, personal: bool) -> str:
    import json

    row: dict[str, Any] = {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "subject": entry.subject,
        "body": dict(entry.body),
        "purged": entry.purged,
        "digest": entry.digest,
    }
    if personal:
        row["personal"] = entry.personal
    return json.dumps(row, ensure_ascii=True, default=str)


def export(
    context: typer.Context,
    place: Place,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar=both("ФАЙЛ", "FILE"), help=both("Куда, .jsonl.", "Where, .jsonl."))
    ],
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help=both(
                "С персональными данными и планами: для переноса.", "With personal data and plans: to move a journal."
            ),
        ),
    ] = False,
) -> None:
    """Write the chain as lines of JSON, which can be verified anywhere."""
    from munsocial.errors import OutputRefused
    from munsocial.journal.moving import export_journal, is_export

    if not is_export(output):
        name = Text("Имя файла должно кончаться на .jsonl.", "Let the name end in .jsonl.")
        raise OutputRefused(Text("это не имя выгрузки.", "no name of an export."), where=str(output), remedy=name)
    check_beside([output], place)
    with reading_of(place) as journal:
        count = export_journal(journal, output, full=full)
    kind = _WITH if full else _WITHOUT
    echo(_EXPORTED.fill(path=output, count=count, kind=kind).say(lang_of(context)))


def anchor(
    context: typer.Context,
    place: Place,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            metavar=both("ФАЙЛ", "FILE"),
            help=both("Записать: .json для проверки, .txt для печати.", "Write: .json to check, .txt to print."),
        ),
    ] = None,
) -> None:
    """Print how long the journal is and what its end is; keep it where the journal's keeper cannot change it."""
    from munsocial.journal.anchors import anchor_of

    lang = lang_of(context)
    check_beside(output or (), place, (".json", ".txt"))
    registry = registry_of(place)
    name = registry.municipality.name if registry else ""
    with reading_of(place) as journal:
        made = anchor_of(journal, name=name)
    for path in output or ():
        made.save(path)
        echo(WROTE.fill(path=path).say(lang), err=True)
    if not output:
        echo(made.paper(lang), nl=False)


COMMANDS = (
    Command("verify", verify, "Проверить, цел ли журнал: каждая тронутая строка будет названа.",
            "Check that the journal is whole: any row that was touched is named.",
            ("munsocial journal verify district.toml",
             "munsocial journal verify district.journal.sqlite --anchor anchor.json")),
    Command("show", show, "Показать записи.", "Show entries.",
            ("munsocial journal show district.toml --kind 'step.*' --last 20",
             "munsocial journal show district.toml --subject grivenskoye-vk --json")),
    Command("anchor", anchor, "Отметка журнала: напечатать и хранить отдельно.",
            "An anchor of the journal: print it and keep it elsewhere.",
            ("munsocial journal anchor district.toml",
             "munsocial journal anchor district.toml -o anchor.json -o anchor.txt")),
    Command("export", export, "Выгрузить цепочку строками JSON.", "Export the chain as lines of JSON.",
            ("munsocial journal export district.toml -o journal.jsonl",)),
    observe.COMMAND,
    *journal_upkeep.COMMANDS,
)  # fmt: skip

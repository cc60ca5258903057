"""`munsocial journal evidence|purge|import`: print a proof, forget on term, move to another place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.journals import Place, check_beside, reading_of, registry_of, there
from munsocial.cli.linking import Yes
from munsocial.cli.speaking import WROTE, echo
from munsocial.cli.tongue import both
from munsocial.wording import Text

__all__ = ["COMMANDS"]

_NO_EVIDENCE = Text("В журнале нет снятых комментариев.", "The journal holds no removals.")
_WOULD = Text(
    "Старше срока (дней: {days}, до {day}): записей с персональными данными {entries}, планов {plans}.",
    "Older than the term (days: {days}, before {day}): entries with personal data {entries}, plans {plans}.",
)
_KEPT = Text("Не окончены и сохранят тексты: {plans}.", "Not over, and keep their texts: {plans}.")
_DRY = Text("Ничего не сделано. Выполнить: та же команда с --yes.", "Nothing was done. To act add --yes.")
_FORGOTTEN = Text(
    "Удалены персональные данные записей: {entries}, планов: {plans}. {whole}",
    "Personal data forgotten, entries: {entries}, plans: {plans}. {whole}",
)
_IMPORTED = Text("Внесено записей: {count}. {whole}", "Entries added: {count}. {whole}")
_IMPORT = Text("Источник: {source}. {whole} Будет внесён в {target}.",
               "The source: {source}. {whole} It would go to {target}.")  # fmt: skip


def evidence(
    context: typer.Context,
    place: Place,
    number: Annotated[
        int,
        typer.Argument(
            min=0,
            max=1_000_000_000,
            metavar=both("ЗАПИСЬ", "ENTRY"),
            help=both("Номер записи, целое число; без него — список.", "Whole number of the entry; none: the list."),
            show_default=False,
        ),
    ] = 0,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar=both("ФАЙЛ", "FILE"),
            help=both("Страница для печати, .html.", "A page, .html."),
        ),
    ] = None,
) -> None:
    """List what was removed, or make a page about one removal for a complaint."""
    from munsocial.files import write_bytes
    from munsocial.operate.moderating.evidence import evidence_html, removed_in, removed_one

    lang = lang_of(context)
    path = output or Path(f"evidence-{number}.html")
    check_beside([path], place, (".html",))
    with reading_of(place) as journal:
        if not number:
            registry = registry_of(place)
            zone = ZoneInfo(registry.municipality.timezone) if registry else UTC
            found = [one.say(lang, zone=zone) for one in removed_in(journal)]
            echo("\n".join(found) if found else _NO_EVIDENCE.say(lang))
            return
        removed = removed_one(journal, number)
        facts: dict[str, Any] = {"registry": registry_of(place), "whole": journal.verify().whole}
        page = evidence_html(removed, **facts, anchor=journal.anchor(), now=datetime.now(UTC))
    write_bytes(path, page, private=True)
    echo(WROTE.fill(path=path).say(lang))


def purge(
    context: typer.Context,
    place: Place,
    older_than: Annotated[
        int,
        typer.Option(
            "--older-than",
            min=1,
            max=36500,
            metavar=both("ДНЕЙ", "DAYS"),
            help=both("Старше скольких дней, от 1 до 36500.", "Older than so many days, 1 to 36500."),
        ),
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar=both("ТЕКСТ", "TEXT"), help=both("Основание.", "The ground."))
    ] = "срок хранения",
    yes: Yes = False,
) -> None:
    """Forget personal data on term: texts and authors go, the chain stays whole."""
    from munsocial.journal.journal import open_journal

    lang = lang_of(context)
    before = datetime.now(UTC) - timedelta(days=older_than)
    with open_journal(there(place), only_read=not yes) as journal:
        gone = journal.purge(before=before, reason=reason) if yes else journal.due(before=before)
        whole = journal.verify()
    counts = {"entries": len(gone.entries), "plans": len(gone.plans)}
    if yes:
        told = _FORGOTTEN.fill(**counts, whole=Text.of(whole))
    else:
        told = _WOULD.fill(**counts, days=older_than, day=f"{before:%d.%m.%Y}")
    echo(told.say(lang))
    if gone.kept:
        echo(_KEPT.fill(plans=", ".join(gone.kept)).say(lang))
    if not yes:
        echo(_DRY.say(lang))
    if not whole.whole:
        raise typer.Exit(1)


def bring(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar=both("ИСТОЧНИК", "SOURCE"),
            help=both("Журнал любой версии, полная выгрузка .jsonl, адрес.", "A journal, a full .jsonl, an address."),
            show_default=False,
        ),
    ],
    target: Annotated[
        str,
        typer.Argument(
            metavar=both("КУДА", "TARGET"),
            help=both(
                "Новый журнал: файл .sqlite или адрес postgresql://.", "A new journal: .sqlite or postgresql://."
            ),
            show_default=False,
        ),
    ],
    yes: Yes = False,
) -> None:
    """Bring a journal to another place, chain and all; the source is only read."""
    from munsocial.journal.journal import open_journal
    from munsocial.journal.moving import import_journal, is_export, vouched

    lang = lang_of(context)
    taken = source if is_export(source) else there(source)
    verified = vouched(taken)
    if not yes:
        whole = Text.of(verified)
        echo(_IMPORT.fill(source=source, whole=whole, target=target).say(lang))
        echo(_DRY.say(lang))
        return
    with open_journal(target if "://" in target else Path(target)) as journal:
        count = import_journal(taken, journal)
        after = journal.verify()
    echo(_IMPORTED.fill(count=count, whole=Text.of(after)).say(lang))
    if not after.whole:
        raise typer.Exit(1)


COMMANDS = (
    Command("evidence", evidence, "Доказательство снятого комментария для печати.",
            "Evidence of a removed comment, to print.",
            ("munsocial journal evidence district.toml",
             "munsocial journal evidence district.toml 124 -o complaint.html")),
    Command("import", bring, "Перенести журнал в новое место (в том числе в PostgreSQL).",
            "Bring a journal to a new place (PostgreSQL, too).",
            ("munsocial journal import old.journal.sqlite new.journal.sqlite --yes",
             "munsocial journal import district.journal.sqlite postgresql://user@server/munsocial --yes")),
    Command("purge", purge, "Удалить персональные данные старше срока; цепочка остаётся целой.",
            "Forget personal data on term; the chain stays whole.",
            ("munsocial journal purge district.toml --older-than 1095 --yes",)),
)  # fmt: skip

"""`munsocial post edit|delete|restore|pin|close-comments FILE ACCOUNT POST`: changes of what is published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.linking import By, PlanFile, Sandbox, Yes, acting_for, connected, finish
from munsocial.cli.options import JournalPlace, Registered
from munsocial.cli.tongue import both
from munsocial.errors import InputError
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.operate.publishing.changes import Change

__all__ = ["COMMANDS"]

_NO_TEXT = Text("для правки нужен новый текст.", "an edit wants a new text.")
_GIVE = Text("Дайте --text или --text-file.", "Give --text or --text-file.")

Account = Annotated[
    str,
    typer.Argument(metavar=both("АККАУНТ", "ACCOUNT"), help=both("Аккаунт из реестра.", "An account of the register.")),
]
Post = Annotated[
    str,
    typer.Argument(metavar=both("ЗАПИСЬ", "POST"), help=both("Номер записи в сети.", "The post's id in its network.")),
]


def edit(
    context: typer.Context,
    file: Registered,
    account: Account,
    post: Post,
    text: Annotated[str, typer.Option("--text", help=both("Новый текст.", "The new text."))] = "",
    text_file: Annotated[str, typer.Option("--text-file", help=both("Файл с текстом.", "A file with it."))] = "",
    yes: Yes = False,
    save: PlanFile = "",
    by: By = "",
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Plan a new text of a post, show, and with ``--yes`` put it there."""
    from munsocial.cli.given import text_given
    from munsocial.network.drafts import Draft

    given = text_given(text, text_file)
    if not given.strip():
        raise InputError(_NO_TEXT, where="--text", remedy=_GIVE)
    _change(context, "edit_post", file, account, post, Draft(text=given), (yes, save, by, journal, sandbox), text_file)


def _simple(change: Change) -> Callable[..., None]:
    def run(
        context: typer.Context,
        file: Registered,
        account: Account,
        post: Post,
        yes: Yes = False,
        save: PlanFile = "",
        by: By = "",
        journal: JournalPlace = "",
        sandbox: Sandbox = False,
    ) -> None:
        """Plan the change, show, and with ``--yes`` make it."""
        _change(context, change, file, account, post, None, (yes, save, by, journal, sandbox))

    return run


def _change(
    context: typer.Context,
    change: Change,
    file: Path,
    account: str,
    post: str,
    draft: Any,
    options: tuple[bool, str, str, str, bool],
    read: str = "",
) -> None:
    from munsocial.model.files import load_registry

    yes, save, by, journal, sandbox = options
    facts: dict[str, Any] = {"lang": lang_of(context), "yes": yes, "save": save}
    with connected(file, load_registry(file), journal, sandbox=sandbox, **facts, reads=(read,)) as social:
        # What is edited or deleted is shown before.
        found = social.read_post(account, post) if change in ("edit_post", "delete_post") else None
        plan = social.plan_change(change, account, post, draft=draft, found=found, made_by=acting_for(by))
        finish(social, plan, **facts)


COMMANDS = (
    Command(
        "edit",
        edit,
        "Изменить текст записи.",
        "Change the text of a post.",
        ("munsocial post edit district.toml grivenskoye-vk 17 --text-file post.txt --yes",),
    ),
    Command(
        "delete",
        _simple("delete_post"),
        "Удалить запись.",
        "Delete a post.",
        ("munsocial post delete district.toml grivenskoye-vk 17",),
    ),
    Command(
        "restore",
        _simple("restore_post"),
        "Вернуть удалённую запись.",
        "Bring a deleted post back.",
        ("munsocial post restore district.toml grivenskoye-vk 17 --yes",),
    ),
    Command(
        "pin",
        _simple("pin_post"),
        "Закрепить запись.",
        "Pin a post.",
        ("munsocial post pin district.toml grivenskoye-vk 17 --yes",),
    ),
    Command(
        "close-comments",
        _simple("close_comments"),
        "Закрыть комментарии под записью.",
        "Close the comments under a post.",
        ("munsocial post close-comments district.toml grivenskoye-vk 17 --yes",),
    ),
)

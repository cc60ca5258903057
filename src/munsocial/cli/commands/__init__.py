"""All commands and groups of commands, in the order of the help."""

from __future__ import annotations

from munsocial.cli.command import Command
from munsocial.cli.commands import (
    acts,
    audit,
    collect,
    custody,
    demo,
    handover,
    inbox,
    init,
    journal,
    keys,
    moderate,
    networks,
    new_adapter,
    outbox,
    plans,
    post,
    publish,
    registry,
    remind,
    sandbox,
    schema,
    tasks,
    texts,
)
from munsocial.cli.tongue import both

__all__ = ["COMMANDS", "GROUPS"]

COMMANDS: tuple[Command, ...] = (
    demo.COMMAND,
    init.COMMAND,
    collect.COMMAND,
    audit.COMMAND,
    publish.COMMAND,
    plans.APPLY,
    moderate.COMMAND,
    inbox.INBOX,
    inbox.ANSWER,
    custody.COMMAND,
    remind.COMMAND,
    networks.COMMAND,
    new_adapter.COMMAND,
    schema.COMMAND,
    texts.LINT,
)

GROUPS: dict[str, tuple[str, tuple[Command, ...]]] = {
    "plan": (both("Планы действий.", "Plans of deeds."), plans.COMMANDS),
    "post": (both("Изменить опубликованное.", "Change what is published."), post.COMMANDS),
    "outbox": (both("Очередь отложенного.", "What waits for its time."), outbox.COMMANDS),
    "journal": (both("Журнал увиденного и сделанного.", "The journal of what was seen and done."), journal.COMMANDS),
    "tasks": (both("Ручные задания.", "Tasks by hand."), tasks.COMMANDS),
    "handover": (both("Передача аккаунтов и ключей.", "Handing accounts and keys over."), handover.COMMANDS),
    "registry": (both("Реестр органов и аккаунтов.", "The register of bodies and accounts."), registry.COMMANDS),
    "acts": (both("Порядки и законы как данные.", "Orders and laws as data."), acts.COMMANDS),
    "keys": (both("Ключи доступа.", "Access keys."), keys.COMMANDS),
    "language": (both("Чтение русского текста.", "Reading Russian text."), texts.COMMANDS),
    "sandbox": (both("Встроенный мир сетей.", "The embedded world of networks."), sandbox.COMMANDS),
}

"""An entry of the journal as a line for a person: what happened and the facts that can be read; the rest is JSON's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.journal.entries import Entry

__all__ = ["HAPPENED", "entry_line"]

_PERSONAL = Text("[персональные данные скрыты, --personal]", "[personal data hidden, --personal]")
_PURGED = Text("[персональные данные удалены по сроку]", "[personal data forgotten on term]")
_MORE = Text("… (целиком: --json)", "... (in full: --json)")
_YES, _NO = Text("да", "yes"), Text("нет", "no")

HAPPENED = {
    "plan.entered": "план внесён",
    "plan.signed": "план подписан",
    "step.started": "шаг начат",
    "step.confirmed": "сделано",
    "step.rejected": "отказано",
    "step.uncertain": "исход неясен",
    "step.manual": "поручено человеку",
    "step.skipped": "пропущено",
    "step.planned": "вернулось в очередь",
    "step.scheduled": "поставлено на время",
    "files.carried": "файлы загружаются",
    "evidence.kept": "сохранено доказательство",
    "evidence.post": "сохранена запись",
    "shadow.decided": "решено без действия",
    "comment.left": "комментарий оставлен",
    "comment.restored": "комментарий возвращён",
    "comment.seen": "комментарий увиден",
    "ban.imported": "блокировка записана",
    "ban.lifted": "блокировка снята",
    "task.done": "задание сделано",
    "task.reopened": "задание открыто снова",
    "handover.begun": "передача начата",
    "handover.step": "шаг передачи",
    "handover.ended": "передача закончена",
    "handover.stopped": "передача прекращена",
    "seen.posts": "публикации увидены",
    "seen.vanished": "публикация исчезла",
    "seen.back": "публикация вернулась",
    "seen.managers": "управляющие увидены",
    "seen.handle": "короткое имя увидено",
    "seen.key": "ключ проверен",
    "journal.purged": "персональные данные удалены",
}
"""Each kind in Russian; a kind that is not here stands by its word alone, which ``--kind`` takes."""

_FACTS = {
    "account": "аккаунт", "accounts": "аккаунты", "action": "действие", "by": "кто", "clause": "пункт",
    "comment": "комментарий", "decided_by": "решил", "district": "район", "giver": "сдаёт", "ground": "основание",
    "item": "номер", "made_at": "составлен", "made_by": "составил", "page": "страница", "plan": "план",
    "post": "запись", "signed_by": "подписали", "state": "состояние", "step": "шаг", "steps": "шагов",
    "taker": "принимает", "text": "текст", "author": "автор", "urls": "где", "why": "почему", "note": "примечание",
    "written_at": "написано",
}  # fmt: skip

_FINGERPRINT = re.compile("[0-9a-f]{32,}")


def entry_line(entry: Entry, personal: bool, lang: Lang) -> str:
    """Return one line; texts and authors of citizens only when they are asked for."""
    name = HAPPENED.get(entry.kind) if lang == "ru" else None
    happened = f"{name} ({entry.kind})" if name else entry.kind
    told = [str(entry.seq), f"{entry.at:%Y-%m-%d %H:%M:%S}Z", happened, entry.subject, *_facts(entry.body, lang)]
    if entry.purged:
        told.append(_PURGED.say(lang))
    elif entry.personal is not None:
        told.append(_in_full(entry.personal) if personal else _PERSONAL.say(lang))
    return "  ".join(told)


def _in_full(personal: Mapping[str, Any]) -> str:
    """What was asked for by name is shown as it is kept, to the last word."""
    import json

    return json.dumps(dict(personal), ensure_ascii=False, default=str)


def _facts(body: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """Facts that a person can read, without fingerprints; records inside records are only told to be there."""
    shown: list[str] = []
    left_out = False
    for name, value in body.items():
        words = _words(value, lang)
        if words is None:
            left_out = True
        elif words:
            shown.append(f"{_FACTS.get(name, name) if lang == 'ru' else name}: {words}")
    if shown:
        yield "; ".join(shown)
    if left_out:
        yield _MORE.say(lang)


def _words(value: Any, lang: Lang) -> str | None:
    """Return a value in words, "" when there is nothing to read; None when it is a record of its own."""
    if value is None or _FINGERPRINT.fullmatch(str(value)):
        return ""
    if isinstance(value, bool):
        return (_YES if value else _NO).say(lang)
    if isinstance(value, (list, tuple)):
        parts = [_words(one, lang) for one in value]
        return None if None in parts else ", ".join(part for part in parts if part)
    return None if isinstance(value, Mapping) else str(value)

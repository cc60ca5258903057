"""One ban as a step: what was removed of whom, for how long, and the note that the banned person reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from munsocial.model.statements import Removal, Removed
from munsocial.operate.grounds import ground_name
from munsocial.operate.moderating.settings import Settings
from munsocial.operate.plans.plan import Proof, Step, step_key
from munsocial.wording import Lang, Text

__all__ = ["NO_APPEAL", "ban_step", "gravest", "step_of"]

_REVIEW = timedelta(days=7)
"""So long before its end a ban is looked at again; half its term when it is short."""

_BAN = Text("заблокировать {who} до {until}: удалено {what}", "ban {who} until {until}: removed {what}")
_NOTE = Text(
    "Удалено {what} (п. {clause}). Блокировка до {until}, пересмотр {review}.{appeal}",
    "Removed {what} (cl. {clause}). Banned until {until}, review on {review}.{appeal}",
)
_APPEAL = Text(" Обжаловать: {appeal}", " To appeal: {appeal}")
_KINDS = {
    Removed.COMMENT: Text("комментариев: {count} ({grounds})", "comments: {count} ({grounds})"),
    Removed.MESSAGE: Text("личных сообщений: {count} ({grounds})", "private messages: {count} ({grounds})"),
}
NO_APPEAL = Text(
    "в записке не будет сказано, где обжаловать блокировку: укажите appeal в настройках модерации (--settings)",
    "the note will not say where to appeal: give appeal in the settings of moderation (--settings)",
)


def ban_step(
    place: tuple[str, str],
    found: Sequence[Removal],
    network: str,
    settings: Settings,
    now: datetime,
    clause: str,
    timezone: str,
) -> Step:
    """Return the step that bans an author of an account for what was removed; it wants a second person's signature."""
    worst = gravest(found, settings)
    term = timedelta(days=settings.ban_days[worst.ground])
    until, review = now + term, now + max(term - _REVIEW, term / 2)
    zone, appeal = ZoneInfo(timezone), settings.appeal
    facts: dict[str, object] = {
        "what": Text(_counted(found, "ru"), _counted(found, "en")),
        "clause": ", ".join(dict.fromkeys(one.clause or clause for one in found)),
        "until": f"{until.astimezone(zone):%d.%m.%Y}",
        "review": f"{review.astimezone(zone):%d.%m.%Y}",
        "appeal": _APPEAL.fill(appeal=appeal) if appeal.strip() else Text("", ""),
    }
    params = {
        "user": place[1],
        "ground": worst.ground,
        "until": until.isoformat(),
        "review": review.isoformat(),
        "note": _NOTE.fill(**facts).ru,
        "show_note": True,
        "removals": [one.item for one in found],
    }
    proofs = tuple(Proof(text=one.text, author=one.author_id, url=one.url, at=one.at) for one in found)
    told = _BAN.fill(who=place[1], **facts)
    made = step_of(0, "ban", place[0], network, told, params=params, clause=clause)
    return made.model_copy(
        update={"ground": worst.ground, "evidence": proofs, "undo": "unban", "signatures": 1, "calls": 2}
    )


def gravest(found: Sequence[Removal], settings: Settings) -> Removal:
    """Return the removal whose ground brings the longest ban."""
    return max(found, key=lambda one: settings.ban_days[one.ground])


def _counted(found: Sequence[Removal], lang: Lang) -> str:
    """Say how many comments and messages were removed, and on which ground how many."""
    parts = []
    for kind, words in _KINDS.items():
        # A register may leave the kind out: a comment then.
        grounds = Counter(ground_name(one.ground).say(lang) for one in found if (one.kind or Removed.COMMENT) is kind)
        if grounds:
            told = ", ".join(f"{name} — {count}" for name, count in sorted(grounds.items()))
            parts.append(words.fill(count=grounds.total(), grounds=told).say(lang))
    return "; ".join(parts)


def step_of(
    place: int, action: str, account: str, network: str, told: Text, *, params: dict[str, object], clause: str
) -> Step:
    """Return a step of a plan of bans."""
    return Step(
        id=f"s{place + 1}",
        key=step_key(),
        account=account,
        network=network,
        action=action,
        params=params,
        ru=told.ru,
        en=told.en,
        clause=clause,
    )

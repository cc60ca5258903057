"""Evidence of what was removed, out of the journal, as a page to print for a complaint, a court or the police."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from munsocial.errors import InputError
from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.model.registry import Registry
from munsocial.operate.grounds import ground_name
from munsocial.operate.keys.custody import person_name
from munsocial.wording import Lang, Text, printable_bytes

__all__ = ["Removed", "evidence_html", "removed_in", "removed_one"]

_NONE = Text("в журнале нет такой записи о снятом.", "the journal has no such entry on a removal.")
_LIST = Text(
    "Список: munsocial journal evidence РЕЕСТР без номера.", "See: munsocial journal evidence REGISTRY, no number."
)

_ACTIONS = {
    "hide_comment": Text("скрытие комментария", "hiding of a comment"),
    "delete_comment": Text("удаление комментария", "removal of a comment"),
    "delete_message": Text("удаление сообщения", "removal of a message"),
    "edit_post": Text("правка публикации", "change of a post"),
    "delete_post": Text("удаление публикации", "removal of a post"),
    "refer": Text("передача человеку", "handing to a person"),
    "ban": Text("внесение автора в чёрный список", "putting the author into the black list"),
}
_STATES = {
    "confirmed": Text("выполнено, подтверждено сетью", "done, confirmed by the network"),
    "manual": Text("передано человеку, ждёт его", "left to a person, waits"),
    "rejected": Text("сеть отказала, не выполнено", "refused by the network, not done"),
    "uncertain": Text("ответ сети потерян, результат неясен", "the answer was lost, the result is unclear"),
    "skipped": Text("не выполнялось", "not done"),
    "planned": Text("ещё не выполнено", "not done yet"),
    "sending": Text("выполняется", "under way"),
}


@dataclass(frozen=True, slots=True)
class Removed:
    """One kept piece of evidence and what became of the removal: last state and its moment."""

    entry: Entry
    state: str
    state_at: datetime | None

    @property
    def proofs(self) -> tuple[dict[str, Any], ...]:
        """Texts with authors; empty when personal data were forgotten on term."""
        return tuple((self.entry.personal or {}).get("evidence", ()))

    def say(self, lang: Lang = "ru", *, zone: tzinfo = UTC) -> str:
        """Return one line for a list, its day as in the zone; it names nobody."""
        body = self.entry.body
        did, state = _named(_ACTIONS, body.get("action", "")).say(lang), _named(_STATES, self.state).say(lang)
        ground = ground_name(body.get("ground", "")).say(lang)
        at = f"{self.entry.at.astimezone(zone):%d.%m.%Y}"
        return f"{self.entry.seq}  {at}  {self.entry.subject}: {did} ({ground}) — {state}"


def _named(names: Mapping[str, Text], word: str) -> Text:
    return names.get(word, Text(word, word))


def removed_in(journal: Journal, *, account: str | None = None) -> Iterator[Removed]:
    """Give all kept evidence, the oldest first."""
    states: dict[tuple[str, str], Entry] = {}
    for entry in journal.entries(kind="step.*"):
        if entry.kind not in ("step.started", "step.scheduled"):
            states[entry.subject, entry.body["step"]] = entry
    for entry in journal.entries(kind="evidence.*", subject=account):
        last = states.get((entry.body.get("plan", ""), entry.body.get("step", "")))
        yield Removed(entry, last.kind.removeprefix("step.") if last else "planned", last.at if last else None)


def removed_one(journal: Journal, number: int) -> Removed:
    """Return the evidence of one entry by its number in the journal.

    Raises:
        InputError: there is no such entry, or it is none of evidence.
    """
    for one in removed_in(journal):
        if one.entry.seq == number:
            return one
    raise InputError(_NONE, where=str(number), remedy=_LIST)


def evidence_html(
    removed: Removed, *, registry: Registry | None, whole: bool, anchor: tuple[int, str], now: datetime
) -> bytes:
    """Return one self-contained page in Russian. ``whole``: the journal was verified just now."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("munsocial.operate.moderating"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    zone = ZoneInfo(registry.municipality.timezone if registry else "Europe/Moscow")
    page = environment.get_template("evidence.html.j2").render(
        rows=_rows(removed, registry, zone),
        proofs=[_proof(one, digest, zone) for one, digest in _paired(removed)],
        purged=removed.entry.purged,
        seq=removed.entry.seq,
        digest=removed.entry.digest,
        seal=removed.entry.seal,
        whole=whole,
        anchor=anchor,
        district=registry.municipality.name if registry else "",
        at=f"{now.astimezone(zone):%d.%m.%Y %H:%M}",
    )
    # What a citizen wrote must not turn the letters of the page round, which is shown to others.
    return printable_bytes(page)


def _rows(removed: Removed, registry: Registry | None, zone: ZoneInfo) -> list[tuple[str, str]]:
    body = removed.entry.body
    account = registry.account_by_id.get(removed.entry.subject) if registry else None
    page = f"{account.title or account.handle} ({account.network}, {account.handle})" if account else ""
    signed = ", ".join(_name(registry, one) for one in body.get("signed_by", ()))
    done = f", {removed.state_at.astimezone(zone):%d.%m.%Y %H:%M}" if removed.state_at else ""
    decided = (
        "программой по разрешённому основанию" if body.get("alone") else _name(registry, body.get("decided_by", ""))
    )
    return [
        ("Страница", page or removed.entry.subject),
        ("Действие", _named(_ACTIONS, body.get("action", "")).ru),
        ("Результат", _named(_STATES, removed.state).ru + done),
        ("Основание", ground_name(body.get("ground", "")).ru or "не записано"),
        ("Пункт порядка", body.get("clause", "") or "не записан"),
        ("Кто решил", decided + (f"; подписал: {signed}" if signed else "")),
        ("Доказательство сохранено", f"{removed.entry.at.astimezone(zone):%d.%m.%Y %H:%M:%S} (до действия)"),
        ("Номер в сети", str(body.get("item", "") or body.get("post", "") or "не записан")),
        ("План и шаг", f"{body.get('plan', '')} / {body.get('step', '')}"),
    ]


def _name(registry: Registry | None, person: str) -> str:
    return (person_name(registry, person) if registry else person) or "не записано"


def _paired(removed: Removed) -> Iterator[tuple[dict[str, Any], str]]:
    digests = tuple((removed.entry.personal or {}).get("digests", ()))
    for place, proof in enumerate(removed.proofs):
        yield proof, digests[place] if place < len(digests) else ""


def _proof(proof: dict[str, Any], digest: str, zone: ZoneInfo) -> dict[str, str]:
    at = proof.get("at")
    return {
        "text": str(proof.get("text", "")),
        "author": str(proof.get("author", "") or "не записан"),
        "url": str(proof.get("url", "")),
        "at": f"{datetime.fromisoformat(at).astimezone(zone):%d.%m.%Y %H:%M}" if at else "не записано",
        "note": str(proof.get("note", "")),
        "digest": digest,
    }

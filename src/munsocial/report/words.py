"""The words of all forms of the report: outcomes, levels, headings; and how moments and clauses are written."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from munsocial.policy.finding import Finding
from munsocial.policy.verdict import Level, Means, Outcome
from munsocial.wording import Lang, Text

__all__ = ["LEVELS", "MEANS", "OUTCOMES", "SIGNS", "clause_order", "first_link", "local", "standing", "status"]

OUTCOMES: dict[Outcome, Text] = {
    Outcome.MET: Text("соблюдено", "met"),
    Outcome.NOT_MET: Text("не соблюдено", "not met"),
    Outcome.UNKNOWN: Text("неизвестно", "unknown"),
    Outcome.NOT_APPLICABLE: Text("не применимо", "not applicable"),
    Outcome.SUSPENDED: Text("приостановлено", "suspended"),
}

SIGNS: dict[Outcome, str] = {
    Outcome.MET: "✓",
    Outcome.NOT_MET: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.NOT_APPLICABLE: "–",
    Outcome.SUSPENDED: "‖",
}

LEVELS: dict[Level, Text] = {
    Level.MUST: Text("обязан", "must"),
    Level.SHOULD: Text("рекомендовано", "should"),
    Level.MAY: Text("вправе", "may"),
}

MEANS: dict[Means, Text] = {
    Means.REGISTRY: Text("реестр", "registry"),
    Means.NETWORK: Text("сеть", "network"),
    Means.TEXT: Text("чтение текста программой", "text read by a program"),
    Means.ATTESTATION: Text("подтверждение", "attestation"),
    Means.LOG: Text("журнал", "log"),
}

_STANDING = {
    "violation": Text("нарушение", "violation"),
    "remark": Text("замечание", "remark"),
    "waived": Text("исключение", "waived"),
}


_STATUSES = {
    "draft": Text("проект", "draft"),
    "in_force": Text("действует", "in force"),
    "repealed": Text("утратил силу", "repealed"),
    "published": Text("опубликован", "published"),
    "digest": Text("рабочая выписка", "working digest"),
    "draft when reported": Text("по сообщению — проект", "draft when reported"),
    "unknown now": Text("действует ли сейчас, неизвестно", "unknown whether in force now"),
    "published page rules": Text("опубликованные правила страницы", "published page rules"),
}
_NUMBER = re.compile("([0-9]{1,9})([⁰¹²³⁴⁵⁶⁷⁸⁹]*)")


def status(word: str) -> Text:
    """Return the status of an act for people; a word that is not known here stands as it is."""
    if changed := re.fullmatch(r"amended (\d{4})", word):
        return Text(f"изменён в {changed.group(1)} году", word)
    return _STATUSES.get(word, Text(word, word))


def standing(finding: Finding) -> tuple[str, Text]:
    """Return how a finding stands for a reader: a word for styles and the word to be shown."""
    if finding.violation:
        return "violation", _STANDING["violation"]
    if finding.remark:
        return "remark", _STANDING["remark"]
    if finding.outcome is Outcome.NOT_MET and finding.waiver:
        return "waived", _STANDING["waived"]
    return finding.outcome.value, OUTCOMES[finding.outcome]


def first_link(finding: Finding) -> str:
    """Return the first address that a browser may follow, empty if there is none."""
    links = (one.link for one in finding.evidence)
    return next((link for link in links if link.startswith(("https://", "http://"))), "")


def local(moment: datetime, timezone: str, lang: Lang = "ru") -> str:
    """Return a moment as the municipality's clock shows it."""
    form = "%d.%m.%Y %H:%M" if lang == "ru" else "%Y-%m-%d %H:%M"
    return moment.astimezone(ZoneInfo(timezone)).strftime(form)


def clause_order(clause: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts clauses as the act numbers them: 9.2 before 10, 5¹ between 5 and 6."""
    parts = [part for part in re.split(r"[.,\s]+", clause) if part]
    return tuple((int(found[1]), found[2]) if (found := _NUMBER.fullmatch(part)) else (0, part) for part in parts)

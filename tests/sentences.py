"""What every sentence for people must be like, whichever rule wrote it and whatever the facts are."""

from __future__ import annotations

import re

from munsocial.policy import Finding

_LEFTOVERS = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|[{}]|  |\(\)|\bnull\b| [.,;:]|\.\.|,,|datetime|Outcome\.|: \.|—\s*—"
)
_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_MACHINE_WORD = re.compile(r"\b[a-z]+_[a-z_]+\b")
_ENDS = (".", "!", "?", "»", ".)")
_GENITIVE = re.compile(r"(?i:из|менее|больше|меньше|хватило|раз в|короче|последние) \d+ \w+")
# One, few, many: a number and a noun which do not agree.
_DISAGREES = re.compile(
    r"(?<![\d.,])(?:\d*[02-9])?1 (?:публикации|публикаций|дня|дней|часа|часов|поста|постов|комментария|комментариев)\b"
    r"|(?<![\d.,])(?:\d*[02-9])?[234] (?:публикация|публикаций|день|дней|час|часов|пост|постов)\b"
    r"|(?<![\d.,])(?:\d*[02-9])?[234] (?:комментарий|комментариев)\b"
    r"|(?<![\d.,])\d*(?:1\d|[05-9]) (?:публикация|публикации|день|дня|час|часа|пост|поста|комментарий|комментария)\b"
)


def fit_for_people(finding: Finding) -> None:
    """Check both languages of what a finding says and advises."""
    for lang in ("ru", "en"):
        complete(finding.say(lang), finding)
        if finding.remedy is not None:
            complete(finding.advise(lang), finding)


def complete(sentence: str, finding: Finding) -> None:
    """Check one text: whole sentences, nothing left over from the machine, numbers that agree."""
    told = f"{finding.kind} [{finding.derived}] {sentence!r}"
    assert sentence, told
    assert sentence == sentence.strip(), told
    assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "«", f"no capital: {told}"
    assert sentence.endswith(_ENDS), f"no full stop: {told}"
    assert not _LEFTOVERS.search(sentence), f"leftover {_LEFTOVERS.search(sentence)}: {told}"
    assert not _ISO_DAY.search(sentence), f"a day as machines write it: {told}"
    assert not _DISAGREES.search(_GENITIVE.sub("", sentence)), f"number and noun disagree: {told}"

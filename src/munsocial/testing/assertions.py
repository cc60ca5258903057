"""Assertions on a report, with a failure that a person can read: what is wrong, where, by which clause, what to do."""

from __future__ import annotations

from collections.abc import Iterable

from munsocial.model.given import is_a
from munsocial.policy.finding import Finding
from munsocial.policy.nobody import NOBODY_JUDGED
from munsocial.policy.report import Report
from munsocial.policy.verdict import Outcome
from munsocial.wording import Lang, Text

__all__ = ["assert_complies"]

_BROKEN = Text("Не соответствует: {n} из {all}.", "Does not comply: {n} of {all}.")
_NONE_FITS = Text(
    "Ничего не проверено: ни одно требование не подошло под отбор {chosen}.",
    "Nothing was judged: no requirement fits {chosen}.",
)
_UNSEEN = Text(
    "Ничего не проверено: ответ неизвестен, {n} из {all}. strict=False — падать только на нарушенных обязанностях.",
    "Nothing was judged: the answer is unknown, {n} of {all}. With strict=False only broken duties fail.",
)
_NOBODY = Text("Ничего не проверено: {why}", "Nothing was judged: {why}")
_SHOWN = 25


def assert_complies(
    report: Report,
    *,
    clause: str | None = None,
    kind: str | None = None,
    subject: str | None = None,
    act: str | None = None,
    strict: bool | None = None,
    lang: Lang = "ru",
) -> None:
    """Fail when something chosen breaks a duty, or a recommendation whose clause or kind was named.

    Whoever names a recommendation wants it followed: a check that cannot fail is none. ``strict=False`` fails on duties
    alone, ``strict=True`` on every remark, and on what could not be judged. A waived finding does not fail. A choice
    that fits no finding at all fails, and one under which nobody was judged: no account, another network, a rest. So
    does one whose every answer is unknown (nothing was seen), unless ``strict=False``.

    Raises:
        AssertionError: the readable list.
    """
    is_a(Report, report, "report")
    lang = "ru" if lang == "ru" else "en"  # what does not comply must not be hidden by the fault of a language
    chosen = {"clause": clause, "kind": kind, "subject": subject, "act": act}
    found = report.of(clause=clause, kind=kind, subject=subject, act=act)
    if not found:
        named = ", ".join(f"{name}={value!r}" for name, value in chosen.items() if value is not None) or "()"
        raise AssertionError(_NONE_FITS.fill(chosen=named).say(lang))
    if all(one.text in NOBODY_JUDGED for one in found):
        raise AssertionError(_NOBODY.fill(why=found[0].say(lang)).say(lang))
    unseen = [one for one in found if _is_unseen(one)]
    if unseen and strict is not False and all(_is_unseen(one) or one.text in NOBODY_JUDGED for one in found):
        head = _UNSEEN.fill(n=len(unseen), all=len(found)).say(lang)
        raise AssertionError("\n".join(_lines(report, unseen, head, lang)))
    remarks = strict if strict is not None else clause is not None or kind is not None
    broken = [one for one in found if _breaks(one, remarks, strict is True)]
    if broken:
        head = _BROKEN.fill(n=len(broken), all=len(found)).say(lang)
        raise AssertionError("\n".join(_lines(report, broken, head, lang)))


def _breaks(finding: Finding, remarks: bool, unknown: bool) -> bool:
    if finding.violation or (remarks and finding.remark):
        return True
    return unknown and _is_unseen(finding)


def _is_unseen(finding: Finding) -> bool:
    return finding.outcome is Outcome.UNKNOWN and finding.waiver is None


def _lines(report: Report, broken: list[Finding], head: str, lang: Lang) -> Iterable[str]:
    yield head
    for finding in broken[:_SHOWN]:
        yield f"  - [{finding.outcome}] {report.say(finding, lang)}"
        if finding.remedy:
            yield f"      → {finding.advise(lang)}"
        for evidence in finding.evidence[:3]:
            if evidence.link:
                yield f"      {evidence.link}"
    if len(broken) > _SHOWN:
        yield f"  … +{len(broken) - _SHOWN}"

"""Each provision of each act is tried on three districts: all in order, all broken, nothing seen.

Most provisions answer "met", "not met" and "unknown". The table lists those that answer otherwise, with the reason.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from munsocial.policy import audit, load_acts
from munsocial.policy.report import Report
from munsocial.testing.factories import moment
from sentences import fit_for_people
from two_districts import bad, blind, good

EXAMPLES = Path(__file__).parents[2] / "examples" / "acts"
ACTS = ("kalininsky", "federal", *sorted(path.stem for path in EXAMPLES.glob("*.toml")))
AT = moment("2026-11-22 23:00")  # a Sunday evening: the week is all but over
DISTRICTS = {"good": good, "bad": bad, "blind": blind}
WORST = ("not_met", "unknown", "met", "not_applicable", "suspended")
USUAL = ("met", "not_met", "unknown")

REGISTER = "реестр всё говорит сам, сеть не нужна"
JOURNAL = "журнал сообщений всё говорит сам, сеть не нужна"
UNREAD = "число или перечень в источнике не приведены: судить нельзя"
ONE_IS_ENOUGH = "достаточно страницы в любой сети, она есть и в плохом районе"
OPEN_LIST = "перечень форматов открыт, ни один не обязателен: только показ"
OPEN_TOPIC = "«иная социально важная информация» - открытый перечень: решает человек"
PERSON = "нарушение закона признаёт человек, а не программа"
NOT_USED = "право: неиспользование ничего не нарушает, блокировка без основания - нарушает"
SMALL = "порог в 10 000 не пройден"
NO_REPOSTS = "репостов нет"
NO_APPEALS = "обращений по 59-ФЗ нет"

# act, requirement: in the good district, in the bad one, with nothing seen, and why not as usual
OTHERWISE: dict[tuple[str, str], tuple[str, str, str, str]] = {
    ("kalininsky", "exists-administration"): ("met", "met", "unknown", ONE_IS_ENOUGH),
    ("kalininsky", "topics-administration"): ("met", "unknown", "unknown", OPEN_TOPIC),
    ("kalininsky", "topics-body"): ("met", "unknown", "unknown", OPEN_TOPIC),
    ("kalininsky", "phone-administration"): ("met", "not_met", "met", REGISTER),
    ("kalininsky", "phone-body"): ("met", "not_met", "met", REGISTER),
    ("kalininsky", "responsible"): ("met", "not_met", "met", REGISTER),
    ("kalininsky", "custody"): ("met", "not_met", "met", REGISTER),
    ("kalininsky", "responsible-administration"): ("met", "not_met", "met", REGISTER),
    ("kalininsky", "custody-administration"): ("met", "not_met", "met", REGISTER),
    ("kalininsky", "formats"): ("met", "met", "unknown", OPEN_LIST),
    ("kalininsky", "features"): ("met", "not_met", "met", REGISTER),
    ("kalininsky", "moderation"): ("met", "not_met", "met", REGISTER),
    ("kalininsky", "removal-law"): ("met", "unknown", "unknown", PERSON),
    ("kalininsky", "black-list"): ("not_applicable", "not_met", "unknown", NOT_USED),
    ("federal", "audience-register"): ("not_applicable", "not_met", "unknown", SMALL),
    ("federal", "repost-source"): ("not_applicable", "not_met", "unknown", NO_REPOSTS),
    ("federal", "appeal-term"): ("not_applicable", "not_met", "not_applicable", NO_APPEALS),
    ("chv-kozlovka-479", "1"): ("met", "not_met", "met", REGISTER),
    ("chv-kozlovka-479", "3"): ("met", "not_met", "met", REGISTER),
    ("ivn-open-sources", "1"): ("met", "not_met", "met", JOURNAL),
    ("ivn-open-sources", "2"): ("unknown", "unknown", "unknown", UNREAD),
    ("krd-sochi-1825", "1"): ("met", "met", "unknown", ONE_IS_ENOUGH),
    ("krv-pizhanka-461-1", "2"): ("met", "not_met", "met", REGISTER),
    ("kur-kursk-district-2020", "2"): ("met", "not_met", "met", REGISTER),
    ("kur-kursk-district-2020", "3"): ("met", "met", "unknown", ONE_IS_ENOUGH),
    ("nsk-region-order", "5"): ("met", "met", "unknown", OPEN_LIST),
    ("nsk-region-order", "8"): ("unknown", "unknown", "unknown", UNREAD),
    ("nsk-region-order", "9"): ("not_applicable", "not_met", "unknown", NOT_USED),
    ("orel-200", "2"): ("met", "not_met", "met", REGISTER),
    ("prim-spassk-rules", "3"): ("not_applicable", "not_met", "unknown", NOT_USED),
    ("sevastopol-2020", "1"): ("met", "not_met", "met", JOURNAL),
    ("sevastopol-2020", "2"): ("met", "not_met", "met", JOURNAL),
    ("sevastopol-2020", "3"): ("met", "not_met", "met", JOURNAL),
    ("spb-gospubliki-2024", "2"): ("met", "not_applicable", "unknown", "право иметь страницы в других сетях"),
    ("spb-gospubliki-2024", "3"): ("met", "not_met", "met", REGISTER),
    ("spb-gospubliki-2024", "4"): ("unknown", "unknown", "unknown", UNREAD),
    ("spb-gospubliki-2024", "5"): ("met", "not_met", "met", REGISTER),
    ("tomsk-region-2023", "2"): ("met", "met", "unknown", ONE_IS_ENOUGH),
    ("tomsk-region-2023", "7"): ("met", "unknown", "met", "владелец страницы в плохом районе не записан"),
    ("tomsk-region-2023", "8"): ("unknown", "unknown", "unknown", UNREAD),
    ("yar-region-draft", "1"): ("met", "not_met", "met", REGISTER),
    ("yar-region-draft", "2"): ("met", "not_met", "met", JOURNAL),
    ("yar-region-draft", "3"): ("met", "not_met", "met", JOURNAL),
    ("yar-region-draft", "4"): ("met", "not_met", "met", JOURNAL),
    ("yar-region-draft", "5"): ("met", "not_met", "met", JOURNAL),
}


@cache
def source(name: str) -> str | Path:
    return name if name in ("kalininsky", "federal") else EXAMPLES / f"{name}.toml"


@cache
def report(name: str, district: str) -> Report:
    registry, seen = DISTRICTS[district]()
    return audit(registry, seen, load_acts([source(name)]), AT)


def worst(name: str, requirement: str, district: str) -> str:
    """The gravest answer under a provision; risks that are only our advice are left out."""
    found = [one for one in report(name, district).findings if one.requirement == requirement]
    outcomes = {str(one.outcome) for one in found if one.derived in ("", "reading") or str(one.level) == "must"}
    return next(outcome for outcome in WORST if outcome in outcomes)


def provisions() -> list[tuple[str, str]]:
    return [(name, one.id) for name in ACTS for one in load_acts([source(name)])[0].requirements]


@pytest.mark.parametrize(("name", "requirement"), provisions())
def test_a_provision_answers_as_it_is_read(name: str, requirement: str) -> None:
    *expected, reason = OTHERWISE.get((name, requirement), (*USUAL, "как обычно"))
    assert [worst(name, requirement, district) for district in DISTRICTS] == expected, reason


def test_the_table_names_provisions_that_exist() -> None:
    assert set(OTHERWISE) <= set(provisions())
    assert all(row[:3] != USUAL for row in OTHERWISE.values())


@pytest.mark.parametrize("district", DISTRICTS)
@pytest.mark.parametrize("name", ACTS)
def test_every_sentence_is_fit_for_people(name: str, district: str) -> None:
    findings = report(name, district).findings
    assert findings
    for one in findings:
        fit_for_people(one)
